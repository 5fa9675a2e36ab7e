"""A date to keep in the words a page shows: the phrase as printed and the last working day, always together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from directives.deadlines import due_at, last_working_day
from reporting.models import Deadline
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
        left_text=_left(days, over, deadline, last, today) if owed else "",
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


def _left(days: int, over: bool, deadline: Deadline, last: date | None, today: date) -> str:
    if over:
        return f"quá hạn {days} ngày làm việc" if days else "vừa quá hạn"
    if last is not None and last < today:
        return f"đã qua ngày làm việc cuối, nhận đến {_last_moment(deadline)}"
    return f"còn {days} ngày làm việc" if days else "còn trong hôm nay"


def _last_moment(deadline: Deadline) -> str:
    """ "hết 19/10/2025"; where the time is not midnight "trước 17:00 ngày 19/10/2025"."""
    due = timezone.localtime(deadline.due_at)
    if due.time() == time.min:
        return f"hết {due - timedelta(days=1):%d/%m/%Y}"
    return f"trước {due:%H:%M} ngày {due:%d/%m/%Y}"


def day_words(boundary: str, day: date, phrase: str, calendar: WorkingCalendar) -> DeadlineWords:
    """The words of a date that is no row of its own, such as the one an urging letter gives."""
    last = last_working_day(boundary, day, calendar)
    instant = due_at(boundary, day)
    assert instant is not None  # every dated boundary has one
    return DeadlineWords(
        phrase=phrase,
        last_working_text=f"{weekday_vi(last)} {last:%d/%m}" if last else "",
        left_text="",
        tone="",
        days=0,
        over=False,
        due_at=instant,
    )
