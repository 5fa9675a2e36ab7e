"""Forms of the office's decisions and remarks, and of a unit's answers. Dates are typed dd/mm/yyyy."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from reporting.deadlines import DateToKeep
from units.forms import BAD_DATE, DayField
from units.models import Unit


class Prose(forms.CharField):
    """Text of several lines; a line break counts once, as it does for `maxlength` in a browser."""

    def __init__(self, *, missing: str, max_length: int, rows: int = 10, **options: Any) -> None:
        most = f"{max_length:,}".replace(",", ".")
        errors = {
            "required": missing,
            "max_length": f"Dài quá {most} ký tự (đang có %(show_value)d). Hãy rút gọn.",
        }
        super().__init__(
            max_length=max_length, error_messages=errors, widget=forms.Textarea({"rows": rows}), **options
        )

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value)


class CommentForm(forms.Form):
    text = Prose(label="Ý kiến", max_length=2000, missing="Hãy ghi ý kiến.")
    quote = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput())
    needs_answer = forms.BooleanField(label="Cần trả lời", required=False, initial=True)


class ReplyForm(forms.Form):
    text = Prose(label="Câu trả lời của đơn vị", max_length=4000, missing="Hãy ghi câu trả lời.")


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label="Quyết định",
        choices=[("accept", "Tiếp nhận"), ("return", "Trả lại bổ sung")],
        initial="accept",
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn tiếp nhận hoặc trả lại bổ sung."},
    )
    until = DayField(label="Bổ sung chậm nhất ngày", required=False)
    note = forms.CharField(label="Lời nhắn", required=False, max_length=2000)
    # The number of the submission that stood on the page: the decision is about that one.
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, has_comments: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_comments = has_comments

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("decision") == "return":
            if not data.get("until") and "until" not in self.errors:
                self.add_error("until", "Trả lại thì phải có ngày bổ sung. " + BAD_DATE)
            if not self.has_comments and not (data.get("note") or "").strip():
                self.add_error(
                    "note", "Ghi lời nhắn hoặc ý kiến ở đoạn cần bổ sung để đơn vị biết phải làm gì."
                )
        return data

    @property
    def date_to_keep(self) -> DateToKeep:
        return DateToKeep("on_or_before", self.cleaned_data["until"])


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Lý do",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Hãy ghi lý do."},
    )


class ExtensionForm(ReasonForm):
    field_order = ("until_date", "reason", "decision_number", "counts_on_time")
    until_date = DayField(label="Gia hạn đến hết ngày")
    decision_number = forms.CharField(label="Số văn bản quyết định", required=False, max_length=80)
    counts_on_time = forms.BooleanField(
        label="Nộp trong hạn mới được tính đúng hạn", required=False, initial=True
    )
    # The unit's request on the page, if there was one: the date is its answer.
    request = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @property
    def date_to_keep(self) -> DateToKeep:
        day: date = self.cleaned_data["until_date"]
        return DateToKeep("on_or_before", day)


class NewDateForm(ReasonForm):
    """Another date for a report that was returned; `seen` is the version of the date on the page."""

    field_order = ("until_date", "reason")
    until_date = DayField(label="Hạn bổ sung mới: chậm nhất ngày")
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    request = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @property
    def date_to_keep(self) -> DateToKeep:
        return DateToKeep("on_or_before", self.cleaned_data["until_date"])


class DeclineForm(ReasonForm):
    """Why the office keeps the date; `request` is the one that stood on the page."""

    request = forms.IntegerField(widget=forms.HiddenInput)


class ExtensionRequestForm(forms.Form):
    """What a unit asks for; the secrecy of its reason is looked at where it is stored."""

    until = DayField(label="Xin gia hạn đến hết ngày")
    reason = Prose(label="Lý do", max_length=2000, rows=5, missing="Hãy ghi lý do xin gia hạn.")


class CorrectionForm(forms.Form):
    """What a unit says is not right about its people."""

    text = Prose(
        label="Điều cần sửa",
        max_length=2000,
        missing="Hãy ghi điều cần sửa: ai thôi việc, ai thay, địa chỉ nào sai.",
        rows=5,
        help_text="Ví dụ: đồng chí A đã chuyển công tác từ 01/10; người thay là đồng chí B, địa chỉ …, điện thoại …",
    )


class HoldForm(forms.Form):
    """Until when and why a unit is not reminded."""

    until = DayField(label="Tạm ngừng nhắc đến hết ngày")
    reason = forms.CharField(
        label="Lý do", max_length=160, error_messages={"required": "Hãy ghi lý do tạm ngừng nhắc."}
    )


class HoldUnitForm(HoldForm):
    """The same for one of the units a round asks."""

    field_order = ("unit", "until", "reason")
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label="Đơn vị",
        empty_label="Chọn đơn vị",
        error_messages={"required": "Chọn đơn vị.", "invalid_choice": "Chọn một đơn vị trong danh sách."},
    )

    def __init__(self, *args: Any, asked: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = asked  # type: ignore[attr-defined]
