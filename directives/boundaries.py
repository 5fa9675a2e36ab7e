"""What a deadline means, to the second and in working days.

A deadline keeps the phrase and the date as printed; the boundary says how they are read, and only the
boundary can be switched. `due_at` is exclusive: on time means handed in before that instant.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from directives.dates import printed_date
from units.workdays import WorkingCalendar

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_ONE_DAY = timedelta(days=1)


class Boundary(StrEnum):
    """How a printed date bounds the time allowed."""

    BEFORE = "before"
    ON_OR_BEFORE = "on_or_before"
    BY_TIME = "by_time"
    RECURRING = "recurring"
    NONE = "none"


BOUNDARY_LABELS = {
    Boundary.BEFORE: "trước ngày",
    Boundary.ON_OR_BEFORE: "chậm nhất trong ngày",
    Boundary.BY_TIME: "trước giờ trong ngày",
    Boundary.RECURRING: "định kỳ",
    Boundary.NONE: "không có hạn cụ thể",
}
"""What each boundary is called on screen."""

DATED_BOUNDARIES = (Boundary.BEFORE, Boundary.ON_OR_BEFORE, Boundary.BY_TIME)
"""Those that count by a printed date."""


def _boundary_of(boundary: str, day: date | None, at: time | None) -> Boundary:
    known = Boundary(boundary)
    if known in DATED_BOUNDARIES and day is None:
        raise ValueError(f"a deadline of boundary {known} needs a date")
    if known is Boundary.BY_TIME and at is None:
        raise ValueError("a deadline by a clock time needs that time")
    return known


def due_at(boundary: str, printed_on: date | None, printed_time: time | None = None) -> datetime | None:
    """Return the instant from which a deadline is missed, in Asia/Ho_Chi_Minh; None for recurring and none.

    Exclusive: on time ⇔ submitted before it. "trước ngày D" is D 00:00, "chậm nhất ngày D" is the
    midnight that ends D, "trước 17 giờ ngày D" is D 17:00. ValueError for an unknown boundary, or where
    the boundary lacks its date or time.
    """
    known = _boundary_of(boundary, printed_on, printed_time)
    if known not in DATED_BOUNDARIES or printed_on is None:
        return None
    if known is Boundary.BY_TIME and printed_time is not None:
        return datetime.combine(printed_on, printed_time.replace(tzinfo=None), ZONE)
    day = printed_on if known is Boundary.BEFORE else printed_on + _ONE_DAY
    return datetime.combine(day, time.min, ZONE)


def last_day(boundary: str, printed_on: date | None) -> date | None:
    """Return the last calendar day on which it is still possible to be on time; None without a date.

    For `by_time` that is the printed day itself, up to its time. ValueError as for `due_at`.
    """
    known = _boundary_of(boundary, printed_on, time.min)
    if known not in DATED_BOUNDARIES or printed_on is None:
        return None
    return printed_on - _ONE_DAY if known is Boundary.BEFORE else printed_on


def last_working_day(boundary: str, printed_on: date | None, calendar: WorkingCalendar) -> date | None:
    """Return the last working day on which it is still possible to be on time; None without a date.

    The printed date never moves; this is the day to show beside it and to remind by.
    """
    day = last_day(boundary, printed_on)
    return None if day is None else calendar.last_working_on_or_before(day)


def format_phrase(boundary: str, printed_on: date | None, printed_time: time | None = None) -> str:
    """Return the phrase a letter would print: "trước ngày 20/10/2025", "trước 17 giờ 00 ngày 15/10/2025".

    Empty for recurring deadlines and for none, whose phrase only the paper itself has.
    """
    known = _boundary_of(boundary, printed_on, printed_time)
    if known not in DATED_BOUNDARIES or printed_on is None:
        return ""
    if known is Boundary.BY_TIME and printed_time is not None:
        return f"trước {printed_time.hour:02d} giờ {printed_time.minute:02d} ngày {printed_date(printed_on)}"
    lead = "trước ngày" if known is Boundary.BEFORE else "chậm nhất ngày"
    return f"{lead} {printed_date(printed_on)}"
