"""What the person's units owe, and what they have sent."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reporting import duty_list, ladder
from reporting.models import Round
from reporting.round_ladders import Ladders
from reporting.states import Timeliness
from reporting.timeliness import kept_deadline
from units.calendar import working_calendar


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Duties by date, who does what, coming reminders, what was sent lately."""
    now = timezone.now()
    standing = request.standing  # type: ignore[attr-defined]
    rows = duty_list.duties(standing, now)
    overdue = [row for row in rows if row.timeliness == Timeliness.OVERDUE]
    again = sum(row.assignment.first_submitted_at is not None for row in overdue)
    return render(
        request,
        "reporting/duty_list.html",
        {
            "duties": rows,
            "overdue": len(overdue) - again,
            "overdue_again": again,
            "first_counts": all(row.assignment.round.judged_by == Round.JudgedBy.FIRST for row in overdue),
            "staff": duty_list.staff(standing, now),
            "reminders": _coming(rows, now),
            "sent": duty_list.recently_sent(standing),
            "today": now,
        },
    )


_OURS = {"reporters", "approvers"}
"""Audiences of a rule that the people who see this page belong to."""


def _coming(rows: list[duty_list.Duty], now: datetime) -> list[ladder.Step]:
    """The next reminders of what is owed, one an instant."""
    owed = [row.assignment for row in rows if not row.assignment.round.reminders_paused]
    ladders = Ladders.load(working_calendar(), {assignment.round_id for assignment in owed})
    coming: dict[datetime, ladder.Step] = {}
    for assignment in owed:
        for step in ladders.of(kept_deadline(assignment)):
            if step.at > now and step.until is None and not step.told.isdisjoint(_OURS):
                coming.setdefault(step.at, step)
    return [coming[at] for at in sorted(coming)][:3]


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Everything the units sent, by year, with receipts."""
    rows = duty_list.sent(request.standing)  # type: ignore[attr-defined]
    by_year = sorted(rows, key=lambda row: -row.submission.assignment.round.year)
    years = groupby(by_year, key=lambda row: row.submission.assignment.round.year)
    return render(
        request,
        "reporting/submission_list.html",
        {"years": [(year, list(group)) for year, group in years], "total": len(rows)},
    )
