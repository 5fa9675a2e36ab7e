"""The holidays that seed the calendar, against the dates published for 2025–2030."""

from datetime import date

import pytest

from units.holidays_vn import CULTURE_DAY, HOLIDAY, IN_LIEU, WORKING_SATURDAY, CalendarSeed, holidays_for


def _days_off(year: int) -> set[date]:
    return {seed.day for seed in holidays_for(year) if seed.kind in (HOLIDAY, IN_LIEU)}


def _named(year: int, name: str) -> list[CalendarSeed]:
    return [seed for seed in holidays_for(year) if seed.name.startswith(name)]


@pytest.mark.parametrize(
    "first",
    # The first day of the first lunar month; in 2030 it is a day before the Chinese one.
    [
        date(2025, 1, 29),
        date(2026, 2, 17),
        date(2027, 2, 6),
        date(2028, 1, 26),
        date(2029, 2, 13),
        date(2030, 2, 2),
    ],
    ids=str,
)
def test_tet(first: date) -> None:
    assert [seed.day for seed in _named(first.year, "Tết Nguyên Đán")] == [first]
    tet = [day for day in _days_off(first.year) if abs((day - first).days) <= 5]
    assert len(tet) >= 5


@pytest.mark.parametrize(
    "day",
    [
        date(2025, 4, 7),
        date(2026, 4, 26),
        date(2027, 4, 16),
        date(2028, 4, 4),
        date(2029, 4, 23),
        date(2030, 4, 12),
    ],
    ids=str,
)
def test_hung_kings(day: date) -> None:
    assert _named(day.year, "Giỗ Tổ Hùng Vương")[0].day == day


@pytest.mark.parametrize("year", range(2025, 2031))
def test_fixed_days(year: int) -> None:
    assert {date(year, 1, 1), date(year, 4, 30), date(year, 5, 1), date(year, 9, 2)} <= _days_off(year)
    national = _days_off(year) & {date(year, 9, 1), date(year, 9, 3)}
    assert len(national) == 1


def test_national_day_of_2025() -> None:
    assert {day for day in _days_off(2025) if day.month == 9} == {date(2025, 9, 1), date(2025, 9, 2)}


def test_culture_day_waits_for_confirmation() -> None:
    assert _named(2025, CULTURE_DAY) == []
    assert _named(2026, CULTURE_DAY) == [
        CalendarSeed(date(2026, 11, 24), CULTURE_DAY, HOLIDAY, confirmed=False)
    ]
    unconfirmed = {
        seed.day for year in range(2025, 2031) for seed in holidays_for(year) if not seed.confirmed
    }
    assert {(day.year, day.month) for day in unconfirmed} == {(year, 11) for year in range(2026, 2031)}


@pytest.mark.parametrize(
    ("off", "worked"),
    [(date(2025, 5, 2), date(2025, 4, 26)), (date(2026, 1, 2), date(2026, 1, 10))],
)
def test_swapped_saturdays(off: date, worked: date) -> None:
    kinds = {seed.day: seed.kind for seed in holidays_for(off.year)}
    assert kinds[off] == IN_LIEU
    assert kinds[worked] == WORKING_SATURDAY


@pytest.mark.parametrize("year", range(2025, 2031))
def test_seeds_are_one_a_day_in_order(year: int) -> None:
    days = [seed.day for seed in holidays_for(year)]
    assert days == sorted(set(days))
    assert {day.year for day in days} == {year}
