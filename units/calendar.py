"""The calendar of working days as the admin keeps it."""

from __future__ import annotations

from units.models import CalendarDay
from units.workdays import WorkingCalendar


def working_calendar() -> WorkingCalendar:
    """Confirmed days off and swapped working days, read in one query."""
    rows = CalendarDay.objects.filter(confirmed=True).values_list("day", "kind")
    days = list(rows)
    return WorkingCalendar(
        days_off=frozenset(day for day, kind in days if kind != CalendarDay.Kind.WORKING),
        extra_working=frozenset(day for day, kind in days if kind == CalendarDay.Kind.WORKING),
    )
