"""Forms of units, people and days: what a person may type."""

import pytest
from django import forms

from units.forms import BAD_DATE, DayField


@pytest.mark.parametrize("typed", ["01/01/1900", "31/12/2100", "2025-03-01", "1.3.2025"])
def test_days_that_are_understood(typed: str):
    assert DayField().clean(typed) is not None


@pytest.mark.parametrize("typed", ["31/12/9999", "01/01/2101", "31/12/1899", "02/01/0001", "mai"])
def test_days_no_paper_bears_are_refused(typed: str):
    with pytest.raises(forms.ValidationError) as refused:
        DayField().clean(typed)
    assert refused.value.messages[0].startswith(BAD_DATE)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("31/02/2026", "Lịch không có ngày 31/02/2026. "),
        (" 0-13-2026 ", "Lịch không có ngày 0-13-2026. "),
        ("1/3/26", ""),
    ],
)
def test_a_day_the_calendar_does_not_have_is_told(typed: str, told: str) -> None:
    with pytest.raises(forms.ValidationError) as refused:
        DayField().clean(typed)
    assert refused.value.messages == [told + BAD_DATE]
