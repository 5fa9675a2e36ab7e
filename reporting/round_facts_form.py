"""The fields that say what a round is: asked when it is prepared, put right until it closes."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django import forms

from reporting.models import Round
from reporting.round_facts import RoundFacts, facts_of
from units.forms import DayField
from units.text import nfc


class RoundFactsForm(forms.Form):
    """Name, receiver and days of a round."""

    name = forms.CharField(
        label="Tên đợt",
        max_length=200,
        error_messages={"required": "Đặt tên đợt, ví dụ Công tác khoa giáo năm 2026."},
    )
    addressee = forms.CharField(
        label="Nơi nhận báo cáo của Bộ",
        max_length=200,
        error_messages={"required": "Ghi nơi nhận báo cáo của Bộ."},
    )
    period_from = DayField(label="Kỳ báo cáo từ")
    period_to = DayField(label="Kỳ báo cáo đến")
    data_cutoff = DayField(label="Chốt số liệu", required=False)

    @classmethod
    def of(cls, row: Round, data: Any = None) -> RoundFactsForm:
        return cls(data, initial=asdict(facts_of(row)))

    def clean_name(self) -> str:
        return nfc(self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("period_from"), data.get("period_to")
        if start and end and end < start:
            self.add_error("period_to", "Kỳ báo cáo phải kết thúc sau ngày bắt đầu.")
        cutoff = data.get("data_cutoff")
        if cutoff and start and cutoff < start:
            self.add_error("data_cutoff", "Ngày chốt số liệu không thể trước kỳ báo cáo.")
        return data

    @property
    def facts(self) -> RoundFacts:
        """Of a valid form."""
        return RoundFacts(**{name: self.cleaned_data[name] for name in RoundFactsForm.base_fields})
