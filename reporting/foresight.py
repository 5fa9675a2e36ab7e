"""A season of reminders on a fake clock: what went or will go out between two days, and who hears nothing.

Nothing is sent or written. The ledgers are read once; then the clock jumps from one step of a ladder to the
next, as the minute's tick would have met them, and to the instants at which somebody is owed reminders again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from reporting.announcing import why_held
from reporting.audience import People, ways
from reporting.models import Assignment, Channel, Round
from reporting.owing import Ledgers
from reporting.reminders import Key, Planned, due_of, written_keys
from reporting.round_ladders import Ladders
from reporting.states import WITH_UNIT, RoundState, State
from units.calendar import working_calendar
from units.models import Role, User

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Foreseen:
    """A message and the instant at which the tick that sends it runs."""

    at: datetime
    planned: Planned


class _Season:
    """The ledgers of some rounds with their rules and people: ten queries, whatever the length of the season."""

    def __init__(self, row: Round | None, *, nobody_acts: bool = False) -> None:
        self.ledgers = Ledgers(row, nobody_acts=nobody_acts)
        self.ladders = Ladders.load(working_calendar(), self.ledgers.rounds)
        places = {assignment.unit_id for assignment in self.ledgers.assignments}
        self.people = People.load(places | {found.owner_id for found in self.ledgers.rounds.values()})

    def instants(self) -> list[datetime]:
        """Every instant at which a tick can find something new to send, in order of time."""
        found = {step.at for deadline in self.ledgers.deadlines for step in self.ladders.of(deadline)}
        for round_id, kind, since in self.ledgers.waits():
            found.update(step.at for step in self.ladders.of_wait(round_id, kind, since))
        found.update(_next_tick(moment) for moment in self.ledgers.returns_to_life())
        return sorted(found)

    def due(self, at: datetime) -> list[Planned]:
        return due_of(self.ledgers.duties(at), at, self.ladders, self.people)

    def play(self, instants: Iterable[datetime], done: set[Key]) -> Iterator[Foreseen]:
        """What each tick finds due and not done yet; what is held back counts as done, as in the outbox."""
        for at in instants:
            for planned in self.due(at):
                if planned.key not in done:
                    done.add(planned.key)
                    if not planned.why_not:
                        yield Foreseen(at, planned)


def _next_tick(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0) + _MINUTE


def simulate(
    start: datetime, end: datetime, row: Round | None = None, *, nobody_acts: bool = False
) -> list[Foreseen]:
    """What was or will be sent at start ≤ at < end, played from each round's opening, in order of time.

    Each step comes at its own instant and never twice, whatever the outbox holds and whatever state the
    round is in today. Facts are taken as they happened; with `nobody_acts` as `owing.Ledgers` says. Who
    joined a unit between two steps hears with the next step of anybody.
    """
    season = _Season(row, nobody_acts=nobody_acts)
    instants = [at for at in season.instants() if at < end]
    return [one for one in season.play(instants, set()) if one.at >= start]


def upcoming(start: datetime, end: datetime, row: Round | None = None) -> list[Planned]:
    """Who will get what at start ≤ at < end, and why (`Planned.reason`), in order of time.

    From the facts as they stand; it is supposed that nothing more happens until then. What is already due
    at `start` and not sent yet comes first, with the instant of its own step.
    """
    season = _Season(row)
    instants = [start, *(at for at in season.instants() if start < at < end)]
    done = written_keys(start, {found.pk for found in season.ledgers.rounds.values()})
    return [one.planned for one in season.play(instants, done)]


# --- who hears nothing


@dataclass(frozen=True)
class Silent:
    """A unit, or one person of it, that gets nothing, and why: `why` is a key of `SILENT_LABELS`."""

    assignment: Assignment
    why: str
    person: User | None = None
    words: str = ""
    """More than the label says: until when it is held, who has no address."""


SILENT_LABELS = {
    "submitted": "đã nộp",
    "accepted": "đã tiếp nhận",
    "waived": "được miễn nộp",
    "superseded": "đã chuyển giao",
    "held": "đang tạm ngừng nhắc",
    "paused": "nhắc việc của đợt đang tạm dừng",
    "closed": "đợt không còn mở",
    "nobody": "chưa có người nhận",
    "no_mail": "không gửi thư được, chỉ có thông báo trong cổng",
}
"""Why nobody is told, in the order they are looked at."""
_TOLD_AT_UNIT = (Role.REPORTER, Role.APPROVER)
_SETTLED = {
    State.SUBMITTED: "submitted",
    State.ACCEPTED: "accepted",
    State.WAIVED: "waived",
    State.SUPERSEDED: "superseded",
}


def silent(row: Round, at: datetime) -> list[Silent]:
    """Who of the round is not told at that instant, and why, by the state of now: three queries.

    One line a unit that hears nothing at all, one a person whom mail does not reach.
    """
    present = _Present(row, at)
    return [line for assignment in present.assignments for line in present.lines(assignment)]


class _Present:
    def __init__(self, row: Round, at: datetime) -> None:
        self.row, self.at, self.on = row, at, timezone.localdate(at)
        found = Assignment.objects.filter(round=row).select_related("unit", "round", "group")
        self.assignments = list(found.order_by("group__position", "unit__sort_key"))
        self.people = People.load({assignment.unit_id for assignment in self.assignments})

    def lines(self, assignment: Assignment) -> Iterator[Silent]:
        settled = _SETTLED.get(assignment.state)  # type: ignore[call-overload]
        if settled is not None:
            yield Silent(assignment, settled)
        elif self.row.state != RoundState.OPEN:
            yield Silent(assignment, "closed")
        elif self.row.reminders_paused:
            yield Silent(assignment, "paused")
        elif held := why_held(assignment.unit, self.at):
            yield Silent(assignment, "held", words=held)
        elif assignment.state in WITH_UNIT:
            yield from self._unreached(assignment)

    def _unreached(self, assignment: Assignment) -> Iterator[Silent]:
        held = self.people.at(assignment.unit_id, self.on)
        told = {person for role in _TOLD_AT_UNIT for person in held.get(role, [])}
        if not told:
            yield Silent(assignment, "nobody")
        for person in sorted(told, key=lambda one: one.pk):
            for channel, why_not in ways(person, self.at):
                if channel == Channel.EMAIL and why_not:
                    yield Silent(assignment, "no_mail", person, why_not)
