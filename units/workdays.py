"""Working days: arithmetic on dates over a given calendar of days off; no clock, no database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

WEEKDAYS_VI = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5
# No calendar closes an office for a year on end: past this the calendar itself is wrong.
_LONGEST_CLOSURE = 366


def weekday_vi(day: date) -> str:
    """Return the Vietnamese name of the weekday: "thứ Hai" … "thứ Bảy", "Chủ nhật"."""
    return WEEKDAYS_VI[day.weekday()]


@dataclass(frozen=True)
class WorkingCalendar:
    """Monday to Friday, less `days_off`, plus `extra_working` (swapped Saturdays).

    A date in both sets is a working day: the swap was decided knowing the day off.
    """

    days_off: frozenset[date] = frozenset()
    extra_working: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """Say whether offices work on this day."""
        if day in self.extra_working:
            return True
        return day.weekday() < _SATURDAY and day not in self.days_off

    def _working_from(self, day: date, step: timedelta) -> Iterator[date]:
        closed = 0
        while closed < _LONGEST_CLOSURE:
            if self.is_working(day):
                closed = 0
                yield day
            else:
                closed += 1
            day += step
        raise ValueError(f"the calendar has no working day for a year up to {day.isoformat()}")

    def last_working_before(self, day: date) -> date:
        """Return the last working day strictly before `day`; ValueError if a year has none."""
        return next(self._working_from(day - _ONE_DAY, -_ONE_DAY))

    def last_working_on_or_before(self, day: date) -> date:
        """Return `day` where it is a working day, else the last one before it."""
        return next(self._working_from(day, -_ONE_DAY))

    def next_working_on_or_after(self, day: date) -> date:
        """Return `day` where it is a working day, else the next one after it."""
        return next(self._working_from(day, _ONE_DAY))

    def shift(self, day: date, working_days: int) -> date:
        """Return the n-th working day strictly after `day`, or strictly before it for a negative n.

        −1 is the last working day before `day`; 0 is `day` itself, working or not.
        """
        if working_days == 0:
            return day
        step = _ONE_DAY if working_days > 0 else -_ONE_DAY
        return next(islice(self._working_from(day + step, step), abs(working_days) - 1, None))

    def working_days_between(self, start: date, end: date) -> int:
        """Return how many working days lie after `start` up to and including `end`.

        The half-open interval (start, end]: from a Friday to the next Monday is 1, a day to itself 0.
        Where `end` is the earlier date the result is minus that of the swapped arguments.
        """
        if end < start:
            return -self.working_days_between(end, start)
        days = (start + timedelta(days=offset) for offset in range(1, (end - start).days + 1))
        return sum(1 for day in days if self.is_working(day))
