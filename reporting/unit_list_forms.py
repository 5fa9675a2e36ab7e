"""Forms that change whom a round asks: one more unit, a unit that takes over from others."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from reporting.models import Round
from units.forms import DayField
from units.models import Unit, UnitGroup


class AddUnitForm(forms.Form):
    unit = forms.ModelChoiceField(
        label="Đơn vị",
        queryset=Unit.objects.none(),
        empty_label="Chọn đơn vị…",
        error_messages={"required": "Chọn đơn vị.", "invalid_choice": "Đơn vị này đã có hoặc đã kết thúc."},
    )
    group = forms.ModelChoiceField(
        label="Theo hạn của nhóm",
        queryset=UnitGroup.objects.none(),
        empty_label=None,
        error_messages={"required": "Chọn nhóm.", "invalid_choice": "Chọn nhóm của đợt này."},
    )
    note = forms.CharField(
        label="Lý do",
        max_length=300,
        help_text="Ghi vào sổ của đợt, ví dụ: bổ sung theo công văn số …",
        error_messages={"required": "Hãy ghi lý do thêm đơn vị."},
    )

    def __init__(self, *args: Any, round: Round, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = round.assignments.values("unit_id")
        self.fields["unit"].queryset = Unit.objects.in_force(on).exclude(pk__in=there)  # type: ignore[attr-defined]
        asked = round.deadlines.filter(replaced_at=None, group__isnull=False).values("group_id")
        self.fields["group"].queryset = UnitGroup.objects.filter(pk__in=asked)  # type: ignore[attr-defined]


class HandoverForm(forms.Form):
    """Who takes over from whom, from which day and on what ground."""

    successor = forms.ModelChoiceField(
        label="Đơn vị kế thừa",
        queryset=Unit.objects.none(),
        empty_label="Chọn đơn vị…",
        error_messages={"required": "Chọn đơn vị kế thừa.", "invalid_choice": "Chọn đơn vị trong danh sách."},
    )
    together = forms.ModelMultipleChoiceField(
        to_field_name="code",
        label="Cùng sáp nhập với",
        queryset=Unit.objects.none(),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text="Giữ Ctrl để chọn nhiều đơn vị.",
    )
    effective_on = DayField(label="Từ ngày")
    legal_basis = forms.CharField(
        label="Căn cứ",
        max_length=255,
        help_text="Ví dụ: Quyết định số …, ngày …",
        error_messages={"required": "Ghi căn cứ, ví dụ số và ngày của quyết định."},
    )
    with_people = forms.BooleanField(
        label="Cấp cho người của đơn vị cũ cùng vai trò ở đơn vị kế thừa", required=False, initial=True
    )

    def __init__(self, *args: Any, predecessor: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.predecessor = predecessor
        others = Unit.objects.filter(valid_to=None).exclude(pk=predecessor.pk)
        self.fields["successor"].queryset = others  # type: ignore[attr-defined]
        self.fields["together"].queryset = others  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("successor") in list(data.get("together") or []):
            self.add_error("together", "Đơn vị kế thừa không thể vừa là đơn vị bị sáp nhập.")
        return data

    @property
    def predecessors(self) -> list[Unit]:
        return [self.predecessor, *self.cleaned_data["together"]]
