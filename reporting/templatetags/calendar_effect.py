"""What the calendar means for the dates of open rounds: `{% load calendar_effect %}`.

The calendar's page belongs to an app that knows nothing of rounds, so it asks for this part by name.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django import template

from directives.deadlines import last_working_day
from reporting.models import Deadline
from reporting.states import RoundState
from units.access import Standing
from units.calendar import working_calendar
from units.workdays import WorkingCalendar, weekday_vi

register = template.Library()


@dataclass(frozen=True)
class Effect:
    """A date of an open round; `other` is its last working day were the changed day the opposite."""

    deadline: Deadline
    title: str
    last: str
    other: str


@register.inclusion_tag("reporting/_calendar_effect.html", takes_context=True)
def calendar_effect(context: template.Context, changed: date | None = None) -> dict[str, Any]:
    """Last working days of open rounds by the calendar as it is; for admins and the office only."""
    request = context["request"]
    standing: Standing = request.standing
    if not (standing.user.is_admin or standing.is_office):
        return {"effects": []}
    effects = effects_on_open_rounds(standing, working_calendar(), changed)
    return {"effects": effects, "changed": changed, "moved": [e for e in effects if e.other]}


def effects_on_open_rounds(
    standing: Standing, calendar: WorkingCalendar, changed: date | None
) -> list[Effect]:
    """One line a date of the open rounds the reader may see: one query."""
    rows = Deadline.objects.filter(
        round__state=RoundState.OPEN,
        replaced_at=None,
        purpose__in=[Deadline.Purpose.SUBMISSION, Deadline.Purpose.DISPATCH],
    ).select_related("round", "group")
    if not standing.user.is_admin:
        rows = rows.filter(round__owner_id__in=standing.office_ids)
    opposite = _with_the_opposite(calendar, changed) if changed else calendar
    return [_effect(row, calendar, opposite) for row in rows.order_by("round__code", "due_at", "pk")]


def _effect(row: Deadline, calendar: WorkingCalendar, opposite: WorkingCalendar) -> Effect:
    last = last_working_day(row.boundary, row.printed_date, calendar)
    other = last_working_day(row.boundary, row.printed_date, opposite)
    title = row.group.name if row.group else "Bộ gửi báo cáo"
    return Effect(row, title, _said(last), _said(other) if other != last else "")


def _said(day: date | None) -> str:
    return f"{weekday_vi(day)} {day:%d/%m/%Y}" if day else ""


def _with_the_opposite(calendar: WorkingCalendar, day: date) -> WorkingCalendar:
    if calendar.is_working(day):
        return replace(
            calendar, days_off=calendar.days_off | {day}, extra_working=calendar.extra_working - {day}
        )
    return replace(calendar, extra_working=calendar.extra_working | {day})
