"""Forms of the office's decisions. Dates are typed dd/mm/yyyy."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from reporting.deadlines import DateToKeep

DATE_WIDGET = {"inputmode": "numeric", "placeholder": "dd/mm/yyyy", "autocomplete": "off"}
BAD_DATE = "Nhập ngày theo dạng dd/mm/yyyy, ví dụ 28/10/2025."


class VietnameseDateField(forms.DateField):
    """A date typed as people write it; the message says how."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"])
        kwargs.setdefault("widget", forms.DateInput(format="%d/%m/%Y", attrs=dict(DATE_WIDGET)))
        kwargs.setdefault("error_messages", {"invalid": BAD_DATE, "required": BAD_DATE})
        super().__init__(**kwargs)


class CommentForm(forms.Form):
    text = forms.CharField(label="Ý kiến", max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    quote = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput())
    needs_answer = forms.BooleanField(label="Cần trả lời", required=False, initial=True)


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label="Quyết định",
        choices=[("accept", "Tiếp nhận"), ("return", "Trả lại bổ sung")],
        initial="accept",
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn tiếp nhận hoặc trả lại bổ sung."},
    )
    until = VietnameseDateField(label="Bổ sung chậm nhất ngày", required=False)
    note = forms.CharField(label="Lời nhắn", required=False, max_length=2000)
    # The number of the submission that stood on the page: the decision is about that one.
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("decision") == "return":
            if not data.get("until") and "until" not in self.errors:
                self.add_error("until", "Trả lại thì phải có ngày bổ sung. " + BAD_DATE)
            if not (data.get("note") or "").strip():
                self.add_error("note", "Ghi lời nhắn để đơn vị biết cần bổ sung gì.")
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


class ExtensionForm(forms.Form):
    until_date = VietnameseDateField(label="Gia hạn đến hết ngày")
    reason = forms.CharField(
        label="Lý do",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Hãy ghi lý do gia hạn."},
    )
    decision_number = forms.CharField(label="Số văn bản quyết định", required=False, max_length=80)
    counts_on_time = forms.BooleanField(
        label="Nộp trong hạn mới được tính đúng hạn", required=False, initial=True
    )

    @property
    def date_to_keep(self) -> DateToKeep:
        day: date = self.cleaned_data["until_date"]
        return DateToKeep("on_or_before", day)
