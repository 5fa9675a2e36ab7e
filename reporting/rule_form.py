"""The form of one rule of a round's reminders."""

from __future__ import annotations

from typing import Any

from django import forms

from reporting import ladder
from reporting.ladder import Rung
from reporting.models import Round
from units.forms import TIMES

_MISSING = "Nhập số ngày, ví dụ 5."


def time_field(label: str) -> forms.TimeField:
    """A time of day, typed as people write it."""
    return forms.TimeField(
        label=label,
        input_formats=TIMES,
        widget=forms.TimeInput(format="%H:%M", attrs={"placeholder": "08:00", "autocomplete": "off"}),
        error_messages={"required": "Nhập giờ theo dạng 08:00.", "invalid": "Nhập giờ theo dạng 08:00."},
    )


class TimeOfDayForm(forms.Form):
    """The time at which the round reminds."""

    at = time_field("Giờ nhắc của đợt")


class RuleForm(forms.Form):
    """One rule. With `kind` given it is one of that kind, and only its audiences are offered."""

    kind = forms.ChoiceField(label="Việc", choices=ladder.KIND_CHOICES)
    days = forms.IntegerField(
        label="Số ngày",
        min_value=1,
        max_value=ladder.LONGEST,
        error_messages={
            "required": _MISSING,
            "invalid": _MISSING,
            "min_value": f"Số ngày từ 1 đến {ladder.LONGEST}.",
            "max_value": f"Số ngày từ 1 đến {ladder.LONGEST}.",
        },
    )
    side = forms.ChoiceField(
        label="Trước hay sau", choices=[("before", "trước hạn"), ("after", "sau hạn, sau ngày bắt đầu chờ")]
    )
    at = time_field("Lúc")
    told = forms.MultipleChoiceField(
        label="Ai nhận",
        choices=[(name, label[0].upper() + label[1:]) for name, label in ladder.AUDIENCES.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Hãy chọn ít nhất một nơi nhận."},
    )

    def __init__(self, *args: Any, kind: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.settled = kind
        if kind in ladder.WAITING:
            self.counting = _COUNTED_WAITING
        else:
            self.counting = _COUNTED if kind else f"{_COUNTED} Báo cáo đang chờ: {_COUNTED_WAITING.lower()}"
        if kind:
            del self.fields["kind"]
            names = ladder.AUDIENCES_OF[kind]
            offered = self.fields["told"]
            offered.choices = [pair for pair in offered.choices if pair[0] in names]  # type: ignore[attr-defined]
            self.fields["side"].choices = [("before", "trước hạn"), ("after", "sau hạn")]  # type: ignore[attr-defined]
        if kind in ladder.WAITING:
            del self.fields["side"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kind = self.settled or data.get("kind", "")
        if kind in ladder.WAITING and data.get("side") == "before":
            self.add_error("side", "Báo cáo đang chờ xử lý chỉ nhắc sau, tính từ ngày bắt đầu chờ.")
        wrong = set(data.get("told", ())) - set(ladder.AUDIENCES_OF.get(kind, ladder.AUDIENCES))
        if wrong:
            names = ", ".join(ladder.AUDIENCES[name] for name in ladder.AUDIENCES if name in wrong)
            self.add_error("told", f"Việc này không nhắc {names}. Hãy bỏ chọn.")
        return data

    @property
    def rung(self) -> Rung:
        data = self.cleaned_data
        kind = self.settled or data["kind"]
        side = "after" if kind in ladder.WAITING else data["side"]
        return Rung(kind, side, data["days"], data["at"], frozenset(data["told"]))


_COUNTED = (
    "Trước hạn tính ngày làm việc; sau hạn tính ngày lịch, gặp ngày nghỉ thì dời sang ngày làm việc kế tiếp."
)
_COUNTED_WAITING = "Tính theo ngày làm việc từ ngày báo cáo bắt đầu chờ."


def new_rule_form(row: Round, *args: Any) -> RuleForm:
    return RuleForm(*args, initial={"at": row.remind_at, "told": ["reporters"]}, prefix="moi")
