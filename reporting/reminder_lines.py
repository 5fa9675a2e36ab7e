"""Reminders foreseen, as lines of a page: everybody who hears of the same step of the same date in one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from reporting import ladder
from reporting.deadline_words import DeadlineWords, words_of
from reporting.models import Channel, Deadline
from reporting.reminders import Planned
from units.models import User
from units.workdays import WorkingCalendar


@dataclass(frozen=True)
class Told:
    """A person of a line, as whom the person is told, and the day of the mail in which it stands."""

    person: User
    role: str
    on: date


@dataclass
class Urged:
    """One unit of a line, what it has not done yet, and who is told."""

    name: str
    code: str
    why: str
    people: list[Told]


@dataclass
class Line:
    """Everybody who hears of the same step of the same date."""

    step: ladder.Step
    deadline: Deadline
    words: DeadlineWords
    who: str
    why: str
    units: list[Urged]
    mailed: frozenset[int]
    """Who of them gets a mail."""

    @property
    def people(self) -> int:
        return len({told.person.pk for unit in self.units for told in unit.people})

    @property
    def is_over(self) -> bool:
        return ladder.is_after(self.step.rule)


_WHY = {
    Deadline.Purpose.SUBMISSION: "Nộp báo cáo",
    Deadline.Purpose.EXTENSION: "Nộp báo cáo theo hạn được gia",
    Deadline.Purpose.RETURN: "Bổ sung sau trả lại",
    Deadline.Purpose.DISPATCH: "Bộ gửi báo cáo",
}


def lines_of(planned: Iterable[Planned], calendar: WorkingCalendar, at: datetime) -> list[Line]:
    """The lines in order of time, deadlines and steps; days left are counted at `at`."""
    grouped: dict[tuple[Any, ...], list[Planned]] = defaultdict(list)
    for one in planned:
        # Own dates of several units (returns, extensions) that say the same stand in one line.
        same = one.deadline.pk if one.assignment is None else one.deadline.purpose
        group = one.assignment.group_id if one.assignment else None
        if one.event_id is not None:
            same = one.duty.kind
        grouped[one.step.at, one.step.rule, same, group, one.deadline.phrase].append(one)
    lines = [_line(rows, calendar, at) for rows in grouped.values()]
    return sorted(lines, key=lambda line: (line.step.at.time(), line.deadline.due_at, line.step.rule))


def _line(rows: list[Planned], calendar: WorkingCalendar, at: datetime) -> Line:
    first = rows[0]
    units: dict[str, Urged] = {}
    for one in rows:
        about = one.assignment.unit if one.assignment else one.unit
        name = one.assignment.unit_name if one.assignment else one.unit.name
        told = units.setdefault(about.code, Urged(name, about.code, one.still_open, []))
        if all(one.recipient != known.person for known in told.people):
            told.people.append(Told(one.recipient, one.told_as, timezone.localdate(one.step.at)))
    if first.assignment is None:
        who = first.unit.name
    elif first.duty.kind == ladder.BACKLOG:
        who = f"{first.unit.name}: {len(units)} báo cáo của {first.assignment.group.name}"
    else:
        who = f"{len(units)} đơn vị: {first.assignment.group.name}"
    return Line(
        step=first.step,
        deadline=first.deadline,
        words=words_of(first.deadline, calendar, at),
        who=who,
        why=_WHY[Deadline.Purpose(first.deadline.purpose)]
        if first.event_id is None
        else ladder.KIND_LABELS[first.duty.kind],
        units=list(units.values()),
        mailed=frozenset(one.recipient.pk for one in rows if one.channel == Channel.EMAIL),
    )


def mailed_by(lines: Iterable[Line]) -> set[int]:
    """The persons who get a mail by these lines: as many mails, if the lines are of one day."""
    return {person for line in lines for person in line.mailed}


@dataclass(frozen=True)
class Day:
    """What goes out on one day."""

    on: date
    lines: list[Line]

    @property
    def anchor(self) -> str:
        return f"ngay-{self.on:%Y-%m-%d}"

    @property
    def mails(self) -> int:
        """What is due to a person on a day goes as one mail."""
        return len(mailed_by(self.lines))

    @property
    def units(self) -> int:
        return len({unit.code for line in self.lines for unit in line.units})


def days_of(planned: Iterable[Planned], calendar: WorkingCalendar, now: datetime) -> list[Day]:
    """What is foreseen, day by day; what is already due and not sent yet stands under today."""
    by_day: dict[date, list[Planned]] = defaultdict(list)
    for one in planned:
        by_day[timezone.localdate(max(one.step.at, now))].append(one)
    return [
        Day(on, lines_of(rows, calendar, max(rows[-1].step.at, now))) for on, rows in sorted(by_day.items())
    ]
