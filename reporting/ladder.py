"""The ladder of reminders: which rungs there are and when each falls due. Pure: no clock, no database.

Rungs before a date count working days back from the printed day (N = 1 is the last working day before it);
rungs after it stand N calendar days past the printed day, on the next working day where that is a day off,
and never before the deadline is really missed. Rungs of something that waits (a report for the office, a
draft for its approver) stand on the N-th working day after the day it began to wait.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from directives.deadlines import ZONE
from units.workdays import WorkingCalendar

BEFORE = (30, 14, 7, 3, 1)
"""Working days before the printed date."""
AFTER = (1, 3, 7)
"""Calendar days after it."""
LONGEST = 120
"""No rung stands further from its date."""
_ONE_DAY = timedelta(days=1)

SUBMISSION, RETURN, DISPATCH, BACKLOG, APPROVAL = "submission", "return", "dispatch", "backlog", "approval"
KIND_LABELS: Final[dict[str, str]] = {
    SUBMISSION: "Hạn nộp báo cáo",
    RETURN: "Hạn bổ sung báo cáo bị trả lại",
    APPROVAL: "Báo cáo chờ lãnh đạo đơn vị duyệt",
    BACKLOG: "Báo cáo chờ Văn phòng xem",
    DISPATCH: "Hạn Bộ gửi báo cáo",
}
KIND_CHOICES: Final = list(KIND_LABELS.items())
WAITING: Final = frozenset({BACKLOG, APPROVAL})
"""Kinds without a date of their own: they count from the day the waiting began."""

SIDE_CHOICES: Final = [("before", "trước hạn"), ("after", "sau")]

AUDIENCES: Final[dict[str, str]] = {
    "reporters": "chuyên viên soạn",
    "approvers": "lãnh đạo đơn vị",
    "contact": "đầu mối văn phòng đơn vị",
    "reviewers": "chuyên viên Văn phòng",
    "lead": "lãnh đạo Văn phòng",
}
"""Who can be told, lowest rung of the ladder first."""
_OFFICE = ("reviewers", "lead")
_UNIT = ("reporters", "approvers", "contact", "lead")
AUDIENCES_OF: Final[dict[str, tuple[str, ...]]] = {
    SUBMISSION: _UNIT,
    RETURN: _UNIT,
    APPROVAL: _UNIT,
    BACKLOG: _OFFICE,
    DISPATCH: _OFFICE,
}


@dataclass(frozen=True)
class Rung:
    """One rule: how many days on which side, at what time in Asia/Ho_Chi_Minh, and who is told.

    It speaks at instants t with since ≤ t < until; without them always.
    """

    kind: str
    side: str
    days: int
    at: time
    told: frozenset[str]
    since: datetime | None = None
    until: datetime | None = None

    @property
    def code(self) -> str:
        """The rule of the outbox: "before-7", "after-3"; "backlog-3", "approval-2" for what waits."""
        return f"{self.kind if self.kind in WAITING else self.side}-{self.days}"

    @property
    def label(self) -> str:
        return rule_label(self.code)

    def speaks_at(self, moment: datetime) -> bool:
        return (self.since is None or self.since <= moment) and (self.until is None or moment < self.until)


@dataclass(frozen=True)
class Step:
    """One rung of one date: its rule and the instant from which it is due.

    `told` are audiences; `until` is when its rule ended (None: in force), from then on it is not sent.
    """

    rule: str
    at: datetime
    told: frozenset[str] = frozenset()
    until: datetime | None = None

    @property
    def label(self) -> str:
        return rule_label(self.rule)


_WORDS: Final = {
    "before": "{} ngày làm việc trước hạn",
    "after": "{} ngày sau hạn",
    BACKLOG: "chờ Văn phòng xem {} ngày làm việc",
    APPROVAL: "chờ lãnh đạo duyệt {} ngày làm việc",
}


SIDES: Final = tuple(_WORDS)
"""What the codes of rules begin with."""


def rule_label(rule: str) -> str:
    """The rule in words: "7 ngày làm việc trước hạn", "3 ngày sau hạn". ValueError for another code."""
    side, days = _parts(rule)
    return _WORDS[side].format(days)


def is_rule(rule: str) -> bool:
    """Whether the code is one of the ladder, and not an event of which word is given."""
    side, _, days = rule.partition("-")
    return side in _WORDS and days.isdecimal()


def is_after(rule: str) -> bool:
    """Whether the rule speaks once the date has passed."""
    return _parts(rule)[0] == "after"


def _parts(rule: str) -> tuple[str, int]:
    side, _, days = rule.partition("-")
    if not is_rule(rule):
        raise ValueError(f"no rule of the ladder: {rule!r}")
    return side, int(days)


def date_kind(purpose: str) -> str:
    """The kind whose rules follow a date of that purpose; an extension is followed like the group's date."""
    return SUBMISSION if purpose == "extension" else purpose


def usual(kind: str, at: time) -> list[Rung]:
    """The rungs a round begins with where there is no round before it: the further, the more are told."""
    if kind in WAITING:
        return [Rung(kind, "after", days, at, frozenset(told)) for days, told in _USUAL_WAITING[kind].items()]
    before = [Rung(kind, "before", days, at, _usual_told(kind, "before", days)) for days in BEFORE]
    return before + [Rung(kind, "after", days, at, _usual_told(kind, "after", days)) for days in AFTER]


_USUAL_WAITING: Final[dict[str, dict[int, Collection[str]]]] = {
    APPROVAL: {2: ("approvers",), 5: ("approvers", "contact")},
    BACKLOG: {3: ("reviewers",), 7: ("reviewers", "lead")},
}


def _usual_told(kind: str, side: str, days: int) -> frozenset[str]:
    if kind == DISPATCH:
        return frozenset(_OFFICE)
    told = {"reporters"}
    if side == "after" or days == 1:
        told.add("approvers")
    if side == "after" and days >= 3:
        told.add("contact")
    if side == "after" and days >= 7:
        told.add("lead")
    return frozenset(told)


def place(rung: Rung) -> tuple[int, int]:
    """Sorts rungs of a kind as they come in time."""
    return (0, -rung.days) if rung.side == "before" else (1, rung.days)


def instant(rung: Rung, printed_date: date, due_at: datetime, calendar: WorkingCalendar) -> datetime:
    """When the rung of a date falls due; `due_at` is the exclusive instant that follows from the date."""
    if rung.side == "before":
        return datetime.combine(calendar.shift(printed_date, -rung.days), rung.at, ZONE)
    return _after(printed_date + timedelta(days=rung.days), due_at, calendar, rung.at)


def steps(
    printed_date: date, due_at: datetime, calendar: WorkingCalendar, rungs: Iterable[Rung]
) -> list[Step]:
    """Every step of a date in order of time.

    A rung that did not speak at its instant gives no step. Two steps may share an instant, when both were
    moved to the same working day; the later rule then stands last.
    """
    return _ordered(
        (rung, instant(rung, printed_date, due_at, calendar)) for rung in sorted(rungs, key=place)
    )


def waiting_instant(rung: Rung, day: date, calendar: WorkingCalendar) -> datetime:
    """When the rung falls due of something that began to wait on that day."""
    return datetime.combine(calendar.shift(day, rung.days), rung.at, ZONE)


def waiting_steps(since: datetime, calendar: WorkingCalendar, rungs: Iterable[Rung]) -> list[Step]:
    """Every step of something that began to wait at `since`, in order of time."""
    day = since.astimezone(ZONE).date()
    return _ordered((rung, waiting_instant(rung, day, calendar)) for rung in sorted(rungs, key=place))


def _ordered(found: Iterable[tuple[Rung, datetime]]) -> list[Step]:
    made = [
        Step(rung.code, moment, rung.told, rung.until) for rung, moment in found if rung.speaks_at(moment)
    ]
    return sorted(made, key=lambda step: step.at)


def _after(day: date, due_at: datetime, calendar: WorkingCalendar, at: time) -> datetime:
    while True:
        day = calendar.next_working_on_or_after(day)
        moment = datetime.combine(day, at, ZONE)
        if moment >= due_at:
            return moment
        day += _ONE_DAY


def latest(rungs: Iterable[Step], *, since: datetime, until: datetime) -> Step | None:
    """The last step with since ≤ at ≤ until: after an outage it alone is sent, not the backlog."""
    due = [step for step in rungs if since <= step.at <= until]
    return due[-1] if due else None
