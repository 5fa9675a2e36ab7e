"""What a deadline means: boundary, instant, last day."""

from datetime import date, datetime, time, timedelta, timezone

import pytest

from directives.boundaries import (
    BOUNDARY_LABELS,
    Boundary,
    due_at,
    format_phrase,
    last_day,
    last_working_day,
)
from units.workdays import WorkingCalendar

HANOI = timezone(timedelta(hours=7))


@pytest.mark.parametrize(
    ("boundary", "day", "at", "instant"),
    [
        ("before", date(2025, 10, 20), None, datetime(2025, 10, 20, 0, 0, tzinfo=HANOI)),
        ("on_or_before", date(2025, 10, 20), None, datetime(2025, 10, 21, 0, 0, tzinfo=HANOI)),
        ("on_or_before", date(2025, 12, 31), None, datetime(2026, 1, 1, 0, 0, tzinfo=HANOI)),
        ("by_time", date(2025, 10, 15), time(17, 0), datetime(2025, 10, 15, 17, 0, tzinfo=HANOI)),
        # a time printed beside another boundary does not move it
        ("before", date(2025, 10, 20), time(17, 0), datetime(2025, 10, 20, 0, 0, tzinfo=HANOI)),
        ("recurring", date(2025, 10, 20), None, None),
        ("recurring", None, time(17, 0), None),
        ("none", None, None, None),
    ],
)
def test_due_at(boundary: str, day: date | None, at: time | None, instant: datetime | None) -> None:
    assert due_at(boundary, day, at) == instant


def test_due_at_is_an_instant_of_ho_chi_minh_city() -> None:
    instant = due_at("before", date(2025, 10, 20))
    assert instant is not None
    assert instant.isoformat() == "2025-10-20T00:00:00+07:00"
    assert str(instant.tzinfo) == "Asia/Ho_Chi_Minh"


@pytest.mark.parametrize(
    ("boundary", "day", "at"),
    [("before", None, None), ("by_time", date(2025, 1, 1), None), ("soon", date(2025, 1, 1), None)],
)
def test_due_at_refuses_half_a_deadline(boundary: str, day: date | None, at: time | None) -> None:
    with pytest.raises(ValueError):
        due_at(boundary, day, at)


@pytest.mark.parametrize(
    ("boundary", "day", "last", "last_working"),
    [
        ("before", date(2025, 10, 20), date(2025, 10, 19), date(2025, 10, 17)),
        ("on_or_before", date(2025, 10, 20), date(2025, 10, 20), date(2025, 10, 20)),
        ("on_or_before", date(2025, 10, 18), date(2025, 10, 18), date(2025, 10, 17)),
        ("by_time", date(2025, 10, 19), date(2025, 10, 19), date(2025, 10, 17)),
        ("recurring", None, None, None),
        ("none", None, None, None),
    ],
)
def test_last_days(boundary: str, day: date | None, last: date | None, last_working: date | None) -> None:
    assert last_day(boundary, day) == last
    assert last_working_day(boundary, day, WorkingCalendar()) == last_working


@pytest.mark.parametrize(
    ("boundary", "day", "at", "phrase"),
    [
        ("before", date(2025, 10, 20), None, "trước ngày 20/10/2025"),
        ("before", date(2025, 11, 5), None, "trước ngày 05/11/2025"),
        ("on_or_before", date(2025, 10, 28), None, "chậm nhất ngày 28/10/2025"),
        ("on_or_before", date(2026, 2, 1), None, "chậm nhất ngày 01/02/2026"),
        ("by_time", date(2025, 7, 1), time(17, 0), "trước 17 giờ 00 ngày 01/7/2025"),
        ("by_time", date(2025, 7, 1), time(8, 30), "trước 08 giờ 30 ngày 01/7/2025"),
        ("recurring", None, None, ""),
        ("none", None, None, ""),
    ],
)
def test_format_phrase(boundary: str, day: date | None, at: time | None, phrase: str) -> None:
    assert format_phrase(boundary, day, at) == phrase


def test_every_boundary_has_a_label() -> None:
    assert set(BOUNDARY_LABELS) == set(Boundary)
