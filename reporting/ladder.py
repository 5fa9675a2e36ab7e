"""The ladder of reminders of one date: when each step falls due. Pure: no clock, no database.

Steps before a date count working days back from the printed day (N = 1 is the last working day before it);
steps after it stand N calendar days past the printed day, on the next working day where that is a day off,
and never before the deadline is really missed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from directives.deadlines import ZONE
from units.workdays import WorkingCalendar

BEFORE = (30, 14, 7, 3, 1)
"""Working days before the printed date."""
AFTER = (1, 3, 7)
"""Calendar days after it."""
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Step:
    """One rung: its rule ("before-7", "after-3") and the instant from which it is due."""

    rule: str
    at: datetime

    @property
    def label(self) -> str:
        return rule_label(self.rule)


def rule_label(rule: str) -> str:
    """The rule in words: "7 ngày làm việc trước hạn", "3 ngày sau hạn". ValueError for another code."""
    side, days = _parts(rule)
    return f"{days} ngày làm việc trước hạn" if side == "before" else f"{days} ngày sau hạn"


def is_after(rule: str) -> bool:
    """Whether the rule speaks once the date has passed."""
    return _parts(rule)[0] == "after"


def is_last_call(rule: str) -> bool:
    """Whether the rule is the last working day before the date."""
    return _parts(rule) == ("before", 1)


def _parts(rule: str) -> tuple[str, int]:
    side, _, days = rule.partition("-")
    if side not in ("before", "after") or not days.isdecimal():
        raise ValueError(f"no rule of the ladder: {rule!r}")
    return side, int(days)


def steps(
    printed_date: date,
    due_at: datetime,
    calendar: WorkingCalendar,
    at: time,
    *,
    before: Iterable[int] = BEFORE,
    after: Iterable[int] = AFTER,
) -> list[Step]:
    """Every step of a date in order of time, each at the clock time `at` in Asia/Ho_Chi_Minh.

    `due_at` is the exclusive instant that follows from the printed date. Two steps may share an instant,
    when both were moved to the same working day; the later rule then stands last.
    """
    rungs = [
        Step(f"before-{days}", datetime.combine(calendar.shift(printed_date, -days), at, ZONE))
        for days in sorted(before, reverse=True)
    ]
    rungs += [
        Step(f"after-{days}", _after(printed_date + timedelta(days=days), due_at, calendar, at))
        for days in sorted(after)
    ]
    return sorted(rungs, key=lambda step: step.at)


def _after(day: date, due_at: datetime, calendar: WorkingCalendar, at: time) -> datetime:
    while True:
        day = calendar.next_working_on_or_after(day)
        instant = datetime.combine(day, at, ZONE)
        if instant >= due_at:
            return instant
        day += _ONE_DAY


def latest(rungs: Iterable[Step], *, since: datetime, until: datetime) -> Step | None:
    """The last step with since ≤ at ≤ until: after an outage it alone is sent, not the backlog."""
    due = [step for step in rungs if since <= step.at <= until]
    return due[-1] if due else None
