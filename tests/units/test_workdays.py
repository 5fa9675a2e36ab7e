"""Counting working days over weekends, holidays and swapped Saturdays."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from units.workdays import WorkingCalendar, weekday_vi

PLAIN = WorkingCalendar()
# Around the national day of 2025: Monday and Tuesday off.
SEPTEMBER = WorkingCalendar(days_off=frozenset({date(2025, 9, 1), date(2025, 9, 2)}))
# Friday 2 May off, Saturday 26 April worked instead, with 30 April and 1 May off as well.
APRIL = WorkingCalendar(
    days_off=frozenset({date(2025, 4, 30), date(2025, 5, 1), date(2025, 5, 2)}),
    extra_working=frozenset({date(2025, 4, 26)}),
)


@pytest.mark.parametrize(
    ("calendar", "day", "working"),
    [
        (PLAIN, date(2025, 10, 17), True),
        (PLAIN, date(2025, 10, 18), False),
        (PLAIN, date(2025, 10, 19), False),
        (SEPTEMBER, date(2025, 9, 2), False),
        (APRIL, date(2025, 4, 26), True),
        (APRIL, date(2025, 4, 27), False),
    ],
)
def test_is_working(calendar: WorkingCalendar, day: date, working: bool) -> None:
    assert calendar.is_working(day) is working


def test_a_day_both_off_and_swapped_is_worked() -> None:
    both = WorkingCalendar(frozenset({date(2025, 4, 26)}), frozenset({date(2025, 4, 26)}))
    assert both.is_working(date(2025, 4, 26))


@pytest.mark.parametrize(
    ("calendar", "day", "before", "on_or_before", "on_or_after"),
    [
        # "trước ngày 20/10/2025", a Monday: the last working day is Friday the 17th
        (PLAIN, date(2025, 10, 20), date(2025, 10, 17), date(2025, 10, 20), date(2025, 10, 20)),
        (PLAIN, date(2025, 10, 18), date(2025, 10, 17), date(2025, 10, 17), date(2025, 10, 20)),
        (SEPTEMBER, date(2025, 9, 3), date(2025, 8, 29), date(2025, 9, 3), date(2025, 9, 3)),
        (SEPTEMBER, date(2025, 8, 30), date(2025, 8, 29), date(2025, 8, 29), date(2025, 9, 3)),
        (APRIL, date(2025, 4, 28), date(2025, 4, 26), date(2025, 4, 28), date(2025, 4, 28)),
        (APRIL, date(2025, 4, 30), date(2025, 4, 29), date(2025, 4, 29), date(2025, 5, 5)),
    ],
)
def test_nearest_working_days(
    calendar: WorkingCalendar, day: date, before: date, on_or_before: date, on_or_after: date
) -> None:
    assert calendar.last_working_before(day) == before
    assert calendar.last_working_on_or_before(day) == on_or_before
    assert calendar.next_working_on_or_after(day) == on_or_after


@pytest.mark.parametrize(
    ("calendar", "day", "count", "reached"),
    [
        (PLAIN, date(2025, 10, 20), -1, date(2025, 10, 17)),
        (PLAIN, date(2025, 10, 20), -3, date(2025, 10, 15)),
        (PLAIN, date(2025, 10, 20), -14, date(2025, 9, 30)),
        (PLAIN, date(2025, 10, 20), 1, date(2025, 10, 21)),
        (PLAIN, date(2025, 10, 18), 1, date(2025, 10, 20)),
        (PLAIN, date(2025, 10, 18), -1, date(2025, 10, 17)),
        (PLAIN, date(2025, 10, 18), 0, date(2025, 10, 18)),
        (SEPTEMBER, date(2025, 9, 3), -1, date(2025, 8, 29)),
        (APRIL, date(2025, 4, 25), 1, date(2025, 4, 26)),
        (APRIL, date(2025, 4, 29), 1, date(2025, 5, 5)),
    ],
)
def test_shift(calendar: WorkingCalendar, day: date, count: int, reached: date) -> None:
    assert calendar.shift(day, count) == reached


@pytest.mark.parametrize(
    ("calendar", "start", "end", "count"),
    [
        # what the plan of 2025 leaves the office between the last provincial report and its own
        (PLAIN, date(2025, 10, 29), date(2025, 11, 4), 4),
        (PLAIN, date(2025, 10, 17), date(2025, 10, 20), 1),
        (PLAIN, date(2025, 10, 17), date(2025, 10, 19), 0),
        (PLAIN, date(2025, 10, 17), date(2025, 10, 17), 0),
        (PLAIN, date(2025, 10, 20), date(2025, 10, 17), -1),
        (SEPTEMBER, date(2025, 8, 29), date(2025, 9, 3), 1),
        (APRIL, date(2025, 4, 25), date(2025, 5, 5), 4),
    ],
)
def test_working_days_between(calendar: WorkingCalendar, start: date, end: date, count: int) -> None:
    assert calendar.working_days_between(start, end) == count


@given(
    st.dates(date(2024, 1, 1), date(2031, 1, 1)),
    st.integers(-60, 60).filter(bool),
    st.frozensets(st.dates(date(2024, 1, 1), date(2031, 1, 1)), max_size=20),
)
def test_shift_and_between_agree(day: date, count: int, off: frozenset[date]) -> None:
    calendar = WorkingCalendar(days_off=off)
    start = calendar.next_working_on_or_after(day)
    reached = calendar.shift(start, count)
    assert calendar.is_working(reached)
    assert calendar.working_days_between(start, reached) == count


def test_a_calendar_without_working_days_is_refused() -> None:
    start = date(2025, 1, 1)
    closed = WorkingCalendar(frozenset(start + timedelta(days=offset) for offset in range(800)))
    with pytest.raises(ValueError, match="no working day"):
        closed.next_working_on_or_after(date(2025, 2, 1))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2025, 10, 20), "thứ Hai"),
        (date(2025, 10, 23), "thứ Năm"),
        (date(2025, 10, 25), "thứ Bảy"),
        (date(2025, 10, 26), "Chủ nhật"),
    ],
)
def test_weekday_vi(day: date, name: str) -> None:
    assert weekday_vi(day) == name
