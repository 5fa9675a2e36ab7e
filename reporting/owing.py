"""What is owed at an instant: by the rows as they are, or as the ledgers say it was then.

A duty is what the ladder follows: a report by the date its unit keeps, a draft that waits for its approver,
a report that waits for the office, and the office's own dispatch.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F, QuerySet
from django.utils import timezone

from reporting import ladder
from reporting.announcing import why_held
from reporting.models import Assignment, Deadline, Event, ReminderHold, Round, RoundEvent
from reporting.states import WITH_UNIT, Action, RoundState, State
from reporting.timeliness import date_to_keep, kept_deadline
from units.models import Unit

PAUSE, RESUME = "pause_reminders", "resume_reminders"
NOT_ISSUED = (RoundState.OPEN, RoundState.CLOSED)
_WAIT = {State.AWAITING_APPROVAL: ladder.APPROVAL, State.SUBMITTED: ladder.BACKLOG}


@dataclass(frozen=True)
class Duty:
    """What a unit owes at an instant: by which date, in which state, and since when that state stands.

    `unit` is whose move it is: the office's for a report that was sent, and for its own dispatch, which has
    no assignment. What waits (`event_id` is what began it) has no
    date of its own: `deadline` is then the one behind it, the unit's or the office's.
    """

    kind: str
    round: Round
    assignment: Assignment | None
    unit: Unit
    deadline: Deadline
    state: str
    state_since: datetime | None
    known_from: datetime
    event_id: int | None = None
    held: str = ""
    """Why nobody at the unit is told though it is due."""


@dataclass(frozen=True)
class Standing:
    """Where an assignment stands: its state, and since when and by which event it is in it."""

    state: str
    since: datetime | None = None
    event_id: int | None = None


def _duties_of(
    assignment: Assignment,
    stands: Standing,
    kept: Deadline,
    dispatch: Deadline | None,
    *,
    is_open: bool,
    held: str,
) -> Iterator[Duty]:
    """What follows from where one assignment stands in a round that is not issued."""
    row = assignment.round
    if is_open and stands.state in WITH_UNIT:
        yield Duty(
            kind=ladder.date_kind(kept.purpose),
            round=row,
            assignment=assignment,
            unit=assignment.unit,
            deadline=kept,
            state=stands.state,
            state_since=stands.since,
            known_from=max(row.opened_at or kept.created_at, kept.created_at, assignment.created_at),
            held=held,
        )
    kind = _WAIT.get(stands.state)  # type: ignore[call-overload]
    if kind is None or stands.since is None or stands.event_id is None:
        return
    if is_open or kind == ladder.BACKLOG:
        at_office = kind == ladder.BACKLOG
        yield Duty(
            kind=kind,
            round=row,
            assignment=assignment,
            unit=row.owner if at_office else assignment.unit,
            deadline=dispatch if at_office and dispatch is not None else kept,
            state=stands.state,
            state_since=stands.since,
            known_from=stands.since,
            event_id=stands.event_id,
            held="" if at_office else held,
        )


def _dispatch_duty(deadline: Deadline) -> Duty:
    row = deadline.round
    return Duty(
        kind=ladder.DISPATCH,
        round=row,
        assignment=None,
        unit=row.owner,
        deadline=deadline,
        state="",
        state_since=None,
        known_from=max(row.opened_at or deadline.created_at, deadline.created_at),
    )


# --- the facts as they are


def present_duties(row: Round | None, now: datetime) -> list[Duty]:
    """Everything owed now in rounds that are not issued and not paused: three queries."""
    rounds = Round.objects.filter(state__in=NOT_ISSUED, reminders_paused=False, opened_at__isnull=False)
    if row is not None:
        rounds = rounds.filter(pk=row.pk)
    of_dispatch = Deadline.objects.filter(
        round__in=rounds, purpose=Deadline.Purpose.DISPATCH, replaced_at=None
    ).select_related("round__owner")
    dispatches = {deadline.round_id: deadline for deadline in of_dispatch}
    assignments = Assignment.objects.filter(
        round__in=rounds, state__in=[*WITH_UNIT, State.SUBMITTED]
    ).select_related("round__owner", "unit", "group", "deadline", "extension__deadline", "return_deadline")
    waiting = _waiting(rounds)
    duties = [
        duty
        for assignment in assignments
        for duty in _duties_of(
            assignment,
            waiting.get(assignment.pk) or Standing(assignment.state),
            kept_deadline(assignment),
            dispatches.get(assignment.round_id),
            is_open=assignment.round.state == RoundState.OPEN,
            held=why_held(assignment.unit, now),
        )
    ]
    return duties + [_dispatch_duty(deadline) for deadline in dispatches.values()]


def _waiting(rounds: QuerySet[Round]) -> dict[int, Standing]:
    """Since when and by which event each report waits that waits for its approver or for the office."""
    moved = Event.objects.filter(
        assignment__round__in=rounds, to_state__in=list(_WAIT), to_state=F("assignment__state")
    ).exclude(from_state=F("to_state"))
    rows = moved.order_by("at", "id").values_list("assignment_id", "to_state", "at", "id")
    return {pk: Standing(state, at, event) for pk, state, at, event in rows}


# --- the facts as they stood


@dataclass
class _Course:
    """How one assignment went: the instants at which its state changed, and where it then stood."""

    moments: list[datetime] = field(default_factory=list)
    standings: list[Standing] = field(default_factory=list)
    sent_at: datetime | None = None

    def before(self, at: datetime) -> Standing:
        place = bisect_left(self.moments, at)
        return self.standings[place - 1] if place else Standing(State.NOT_STARTED)


@dataclass
class _RoundCourse:
    moments: list[datetime] = field(default_factory=list)
    states: list[tuple[str, bool]] = field(default_factory=list)

    def before(self, at: datetime) -> tuple[str, bool]:
        """State and whether it was paused."""
        place = bisect_left(self.moments, at)
        return self.states[place - 1] if place else (RoundState.PREPARING, False)


class Ledgers:
    """The ledgers of rounds, read once; `duties(at)` says what was owed just before any instant.

    A future instant supposes that nothing more happens until then. With `nobody_acts` it is supposed that
    no unit and no office ever did anything about a report: no submission, extension, waiver or pause, and
    the round never closed; the list of units, the dates and the rules stand as they were.
    """

    def __init__(self, row: Round | None = None, *, nobody_acts: bool = False) -> None:
        self.nobody_acts = nobody_acts
        rounds = Round.objects.exclude(opened_at=None).select_related("owner")
        if row is not None:
            rounds = rounds.filter(pk=row.pk)
        self.rounds = {found.pk: found for found in rounds}
        wanted = list(self.rounds)
        self.deadlines = list(
            Deadline.objects.filter(round_id__in=wanted)
            .select_related("round__owner")
            .order_by("version", "id")
        )
        self.assignments = list(
            Assignment.objects.filter(round_id__in=wanted).select_related("round__owner", "unit", "group")
        )
        self._courses = self._read_courses(wanted)
        self._round_courses = self._read_round_courses(wanted)
        self._holds: dict[int, list[ReminderHold]] = defaultdict(list)
        for hold in ReminderHold.objects.filter(unit__assignments__round_id__in=wanted).distinct():
            self._holds[hold.unit_id].append(hold)

    def _read_courses(self, wanted: list[int]) -> dict[int, _Course]:
        courses: dict[int, _Course] = defaultdict(_Course)
        events = Event.objects.filter(assignment__round_id__in=wanted).exclude(to_state="")
        moved = events.exclude(from_state=F("to_state")).order_by("at", "id")
        for pk, action, state, at, event in moved.values_list(
            "assignment_id", "action", "to_state", "at", "id"
        ):
            if self.nobody_acts and state != State.SUPERSEDED:
                continue
            course = courses[pk]
            course.moments.append(at)
            course.standings.append(Standing(state, at, event))
            if action == Action.SUBMIT and course.sent_at is None:
                course.sent_at = at
        return courses

    def _read_round_courses(self, wanted: list[int]) -> dict[int, _RoundCourse]:
        courses: dict[int, _RoundCourse] = defaultdict(_RoundCourse)
        events = RoundEvent.objects.filter(round_id__in=wanted).order_by("at", "id")
        for event in events.only("round_id", "action", "to_state", "at"):
            course = courses[event.round_id]
            state, paused = course.states[-1] if course.states else (str(RoundState.PREPARING), False)
            if event.to_state:
                state = event.to_state
            elif event.action in (PAUSE, RESUME):
                paused = event.action == PAUSE
            else:
                continue
            course.moments.append(event.at)
            course.states.append((state, paused))
        return courses

    def duties(self, at: datetime) -> list[Duty]:
        """What was owed just before the instant, in rounds neither issued nor paused then."""
        states = {pk: self._state(pk, at) for pk in self.rounds}
        dates = _Dates(self.deadlines, at, own=not self.nobody_acts)
        duties: list[Duty] = []
        for assignment in self.assignments:
            state = states[assignment.round_id]
            if state not in NOT_ISSUED or assignment.created_at >= at:
                continue
            course = self._courses.get(assignment.pk) or _Course()
            has_sent = course.sent_at is not None and course.sent_at < at
            kept = dates.kept(assignment, has_sent=has_sent)
            if kept is not None:
                duties += _duties_of(
                    assignment,
                    course.before(at),
                    kept,
                    dates.dispatches.get(assignment.round_id),
                    is_open=state == RoundState.OPEN,
                    held=self._why_held(assignment.unit, at),
                )
        return duties + [
            _dispatch_duty(deadline) for pk, deadline in dates.dispatches.items() if states[pk] in NOT_ISSUED
        ]

    def _state(self, pk: int, at: datetime) -> str:
        """The round's state just before the instant; "" where it was not open yet, or paused."""
        opened_at = self.rounds[pk].opened_at
        if opened_at is None or opened_at >= at:
            return ""
        if self.nobody_acts:
            return RoundState.OPEN
        state, paused = self._round_courses[pk].before(at)
        return "" if paused else state

    def _why_held(self, unit: Unit, at: datetime) -> str:
        if self.nobody_acts:
            return ""
        for hold in self._holds.get(unit.pk, []):
            ended = hold.lifted_at is not None and hold.lifted_at <= at
            if hold.since <= at and timezone.localdate(at) <= hold.until and not ended:
                return held_words(hold)
        return why_held(unit, at)

    def waits(self) -> Iterator[tuple[int, str, datetime]]:
        """Every wait there was: round, kind, since when."""
        for assignment in self.assignments:
            for standing in (self._courses.get(assignment.pk) or _Course()).standings:
                kind = _WAIT.get(standing.state)  # type: ignore[call-overload]
                if kind is not None and standing.since is not None:
                    yield assignment.round_id, kind, standing.since

    def returns_to_life(self) -> Iterator[datetime]:
        """Instants from which somebody is owed reminders again: a round resumed or opened again, a waiver
        withdrawn. The latest step is then due at once, as after an outage.
        """
        for course in () if self.nobody_acts else self._round_courses.values():
            for before, moment, after in zip(
                course.states, course.moments[1:], course.states[1:], strict=False
            ):
                if before != after and after == (RoundState.OPEN, False):
                    yield moment
        for one in self._courses.values():
            for earlier, later in zip(one.standings, one.standings[1:], strict=False):
                if earlier.state == State.WAIVED and later.since is not None:
                    yield later.since


def held_words(hold: ReminderHold) -> str:
    because = f": {hold.because}" if hold.because else ""
    return f"tạm ngừng nhắc đến hết {hold.until:%d/%m/%Y}{because}"


class _Dates:
    """The versions of dates in force just before an instant."""

    def __init__(self, deadlines: list[Deadline], at: datetime, *, own: bool) -> None:
        self._of_group: dict[tuple[int, int | None], Deadline] = {}
        self._own: dict[tuple[int | None, str], Deadline] = {}
        self.dispatches: dict[int, Deadline] = {}
        for deadline in deadlines:
            if deadline.created_at >= at or (deadline.replaced_at is not None and deadline.replaced_at < at):
                continue
            if deadline.purpose == Deadline.Purpose.SUBMISSION:
                self._of_group[deadline.round_id, deadline.group_id] = deadline
            elif deadline.purpose == Deadline.Purpose.DISPATCH:
                self.dispatches[deadline.round_id] = deadline
            elif own:
                self._own[deadline.assignment_id, deadline.purpose] = deadline

    def kept(self, assignment: Assignment, *, has_sent: bool) -> Deadline | None:
        """The date the unit kept then, chosen as `timeliness.kept_deadline` does."""
        group = self._of_group.get((assignment.round_id, assignment.group_id))
        if group is None:
            return None
        returned = self._own.get((assignment.pk, Deadline.Purpose.RETURN)) if has_sent else None
        return date_to_keep(group, self._own.get((assignment.pk, Deadline.Purpose.EXTENSION)), returned)
