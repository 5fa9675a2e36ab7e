"""A date to keep in the words a page shows: the phrase as printed and the last working day, always together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from directives.deadlines import last_working_day
from reporting.models import Assignment, Deadline
from reporting.timeliness import DUE_SOON
from units.workdays import WorkingCalendar, weekday_vi


@dataclass(frozen=True)
class DeadlineWords:
    """What `{% deadline_line %}` shows. `days` counts working days left, or past the date when `over`."""

    phrase: str
    last_working_text: str
    left_text: str
    tone: str
    days: int
    over: bool
    due_at: datetime


def kept_deadline(assignment: Assignment) -> Deadline:
    """The date the unit must keep now: of the return, of the extension, or of its group."""
    if assignment.first_submitted_at is not None and assignment.return_deadline is not None:
        return assignment.return_deadline
    if assignment.extension is not None:
        return assignment.extension.deadline
    return assignment.deadline


def words_of(
    deadline: Deadline, calendar: WorkingCalendar, now: datetime, *, owed: bool = True
) -> DeadlineWords:
    """The words of a deadline at that instant; `owed` False leaves out what is left and the colour."""
    today = timezone.localdate(now)
    over = now >= deadline.due_at
    last = last_working_day(deadline.boundary, deadline.printed_date, calendar)
    days = _days_past(deadline, today, calendar) if over else _days_left(last, today, calendar)
    soon = now >= deadline.due_at - DUE_SOON
    return DeadlineWords(
        phrase=deadline.phrase,
        last_working_text=f"{weekday_vi(last)} {last:%d/%m}" if last else "",
        left_text=_left(days, over) if owed else "",
        tone=("over" if over else "soon" if soon else "") if owed else "",
        days=days,
        over=over,
        due_at=deadline.due_at,
    )


def _days_left(last: date | None, today: date, calendar: WorkingCalendar) -> int:
    """Working days from tomorrow to the last one; 0 means today is the last."""
    if last is None or last <= today:
        return 0
    return calendar.working_days_between(today, last)


def _days_past(deadline: Deadline, today: date, calendar: WorkingCalendar) -> int:
    """Working days gone by since the day on which the time ran out."""
    return calendar.working_days_between(timezone.localdate(deadline.due_at), today)


def _left(days: int, over: bool) -> str:
    if over:
        return f"quá hạn {days} ngày làm việc" if days else "vừa quá hạn"
    return f"còn {days} ngày làm việc" if days else "còn trong hôm nay"
