"""Who is to be reminded, and why: read from the facts, written to the outbox as rows.

Each date in force has a ladder of steps (`reporting.ladder`). At any instant only its latest due step
counts: a run that was missed is caught up once, never as a backlog. Somebody is reminded while the next
move is the unit's and the date is the one the unit keeps now: its group's, its extension's or its return's;
the office is reminded of its own dispatch until the report is issued.

`plan` reads the rows as they are, `would_remind` the ledger as it stood at an instant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count, F, Max, Q, QuerySet
from django.utils import timezone

from reporting import ladder
from reporting.drafting import refuse_secret
from reporting.lifecycle import Refused, require_office
from reporting.models import Assignment, Channel, Deadline, Event, Notice, Round, RoundEvent
from reporting.notifying import channels, people_by_role, together, why_held
from reporting.states import WITH_UNIT, Action, NoticeState, RoundState, State
from reporting.timeliness import date_to_keep, kept_deadline
from units.access import standing
from units.calendar import working_calendar
from units.models import Role, Unit, User
from units.text import nfc

Key = tuple[int, int | None, str, int, str]
"""Deadline, assignment, rule, recipient, channel: what may exist once."""

PAUSE, RESUME = "pause_reminders", "resume_reminders"
HOLD, LIFT = "hold_unit", "lift_hold"
LONGEST_HOLD = timedelta(days=366)
_NOT_ISSUED = (RoundState.OPEN, RoundState.CLOSED)


@dataclass(frozen=True)
class Planned:
    """One message that is due: `step.at` is when, `deadline` and `step.rule` are why."""

    round: Round
    assignment: Assignment | None
    unit: Unit
    deadline: Deadline
    step: ladder.Step
    recipient: User
    channel: str
    held: str = ""
    """Why it is not sent though it is due: the unit's reminders are held."""

    @property
    def key(self) -> Key:
        return (
            self.deadline.pk,
            self.assignment.pk if self.assignment else None,
            self.step.rule,
            self.recipient.pk,
            self.channel,
        )

    @property
    def unit_name(self) -> str:
        return self.assignment.unit_name if self.assignment else self.unit.name


@dataclass(frozen=True)
class Duty:
    """What a unit owes at an instant: by which date, in which state, and since when that state stands.

    Without an assignment it is the office's own dispatch.
    """

    round: Round
    assignment: Assignment | None
    unit: Unit
    deadline: Deadline
    state: str
    state_since: datetime | None
    known_from: datetime

    def why_held(self, at: datetime) -> str:
        return why_held(self.unit, at) if self.assignment is not None else ""


def plan(now: datetime, row: Round | None = None) -> list[Planned]:
    """What is due at `now` and not in the outbox yet, in a flat number of queries."""
    return [planned for planned in _unwritten(now, row) if not planned.held]


def _unwritten(now: datetime, row: Round | None = None) -> list[Planned]:
    due = _due(_present_duties(row), now)
    written = _keys(Notice.objects.all(), due)
    return [planned for planned in due if planned.key not in written]


def plan_due(now: datetime) -> int:
    """Write what is due to the outbox; returns how many rows are to go out.

    What is due to a held unit is written too, as skipped and why: it does not go out when the hold ends.
    Safe to run twice, late, and by two at once.
    """
    due = _unwritten(now)
    Notice.objects.bulk_create(
        (
            Notice(
                round=planned.round,
                assignment=planned.assignment,
                deadline=planned.deadline,
                rule=planned.step.rule,
                recipient=planned.recipient,
                address=planned.recipient.email if planned.channel == Channel.EMAIL else "",
                channel=planned.channel,
                due_at=planned.step.at,
                next_attempt_at=planned.step.at,
                created_at=now,
                state=NoticeState.SKIPPED if planned.held else NoticeState.PLANNED,
                reason=planned.held[:200],
            )
            for planned in due
        ),
        batch_size=500,
        ignore_conflicts=True,
    )
    return sum(not planned.held for planned in due)


def would_remind(at: datetime, row: Round | None = None) -> list[Planned]:
    """What would be due and unsent at that instant, from the facts as they stood just before it.

    Sends and writes nothing. State, submissions, dates, opening and pauses come from the ledgers, so that a
    past instant is answered as it was; a future one supposes that nothing more happens until then.
    """
    due = _due(_duties_as_of(at, row), at)
    finished = Q(sent_at__lt=at) | Q(
        state__in=[NoticeState.FAILED, NoticeState.BOUNCED, NoticeState.SKIPPED], created_at__lt=at
    )
    done = _keys(Notice.objects.filter(finished), due)
    return [planned for planned in due if planned.key not in done and not planned.held]


def pause(row: Round, *, actor: User, now: datetime) -> None:
    """The lead stops the round's reminders. Raises `Refused`."""
    _set_paused(row, True, actor=actor, now=now)


def resume(row: Round, *, actor: User, now: datetime) -> None:
    """The lead lets reminders go out again: of each date the latest due step. Raises `Refused`."""
    _set_paused(row, False, actor=actor, now=now)


def _set_paused(row: Round, paused: bool, *, actor: User, now: datetime) -> None:
    require_office(row, actor, now, Role.LEAD)
    with transaction.atomic():
        changed = Round.objects.filter(pk=row.pk, reminders_paused=not paused).update(reminders_paused=paused)
        if not changed:
            raise Refused("Nhắc việc của đợt đang tạm dừng." if paused else "Nhắc việc của đợt đang chạy.")
        RoundEvent.objects.create(round=row, action=PAUSE if paused else RESUME, actor=actor, at=now)
    row.reminders_paused = paused


def hold_unit(unit: Unit, *, until: date, reason: str, actor: User, now: datetime) -> None:
    """Remind nobody at the unit up to the end of that day, in any round; words of events still go out.

    For the offices that ask the unit to report (reviewer or lead) and admins. The ledger of each round in
    which the unit is asked says who, until when and why. Raises `Refused`.
    """
    rounds = _rounds_asking(unit, actor, now)
    because = nfc(" ".join(reason.split()))
    if not because:
        raise Refused("Hãy ghi lý do tạm ngừng nhắc.")
    if until < timezone.localdate(now):
        raise Refused("Ngày tạm ngừng nhắc đã qua. Hãy chọn hôm nay hoặc một ngày sau.")
    if until > timezone.localdate(now) + LONGEST_HOLD:
        raise Refused("Chỉ tạm ngừng nhắc được tối đa một năm. Hãy chọn ngày gần hơn.")
    refuse_secret(because)
    note = f"{unit.name}: đến hết {until:%d/%m/%Y}. {because}"
    _set_hold(unit, rounds, HOLD, note, actor, now, until=until, since=now, because=because[:160])


def lift_hold(unit: Unit, *, actor: User, now: datetime) -> None:
    """Remind the unit again from its next step on. Raises `Refused` where nothing is held."""
    rounds = _rounds_asking(unit, actor, now)
    if not why_held(unit, now):
        raise Refused(f"{unit} đang được nhắc như thường lệ.")
    _set_hold(unit, rounds, LIFT, unit.name, actor, now, until=None, since=None, because="")


def may_hold(unit: Unit, actor: User, now: datetime) -> bool:
    """Whether the person may hold the unit's reminders: an admin, or an office that asks it to report."""
    who = standing(actor, timezone.localdate(now))
    return actor.is_admin or any(who.has(row.owner_id, Role.REVIEWER, Role.LEAD) for row in _asking(unit))


def _asking(unit: Unit) -> list[Round]:
    return list(Round.objects.filter(state__in=_NOT_ISSUED, assignments__unit=unit))


def _rounds_asking(unit: Unit, actor: User, now: datetime) -> list[Round]:
    if not may_hold(unit, actor, now):
        raise Refused("Việc này do Văn phòng của đợt đang mở hoặc quản trị hệ thống làm.")
    return _asking(unit)


def _set_hold(
    unit: Unit, rounds: list[Round], action: str, note: str, actor: User, now: datetime, **hold: object
) -> None:
    facts = {f"reminders_held_{name}": value for name, value in hold.items()}
    with transaction.atomic():
        Unit.objects.filter(pk=unit.pk).update(**facts)
        RoundEvent.objects.bulk_create(
            RoundEvent(round=row, action=action, actor=actor, at=now, note=note) for row in rounds
        )
    for name, value in facts.items():
        setattr(unit, name, value)


# --- the facts as they are


def _present_duties(row: Round | None) -> list[Duty]:
    rounds = Round.objects.filter(state__in=_NOT_ISSUED, reminders_paused=False, opened_at__isnull=False)
    if row is not None:
        rounds = rounds.filter(pk=row.pk)
    owing = (
        Assignment.objects.filter(round__in=rounds, round__state=RoundState.OPEN)
        .owing()
        .select_related("round", "unit", "group", "deadline", "extension__deadline", "return_deadline")
    )
    waiting_since = _waiting_since(Event.objects.filter(assignment__round__in=rounds))
    duties = [_duty(a, a.state, kept_deadline(a), waiting_since.get(a.pk)) for a in owing]
    dispatches = Deadline.objects.filter(
        round__in=rounds, purpose=Deadline.Purpose.DISPATCH, replaced_at=None
    ).select_related("round__owner")
    return duties + [_dispatch_duty(deadline) for deadline in dispatches]


def _waiting_since(events: QuerySet[Event]) -> dict[int, datetime]:
    """When each report that waits for its approver began to wait."""
    waiting = State.AWAITING_APPROVAL
    rows = events.filter(to_state=waiting, assignment__state=waiting).exclude(from_state=waiting)
    return dict(rows.order_by().values_list("assignment_id").annotate(since=Max("at")))


def _duty(assignment: Assignment, state: str, deadline: Deadline, since: datetime | None) -> Duty:
    opened_at = assignment.round.opened_at or assignment.created_at
    return Duty(
        round=assignment.round,
        assignment=assignment,
        unit=assignment.unit,
        deadline=deadline,
        state=state,
        state_since=since,
        known_from=max(opened_at, deadline.created_at, assignment.created_at),
    )


def _dispatch_duty(deadline: Deadline) -> Duty:
    row = deadline.round
    return Duty(
        round=row,
        assignment=None,
        unit=row.owner,
        deadline=deadline,
        state="",
        state_since=None,
        known_from=max(row.opened_at or deadline.created_at, deadline.created_at),
    )


# --- the facts as they stood


def _duties_as_of(at: datetime, row: Round | None) -> list[Duty]:
    states = _round_states(at, row)
    rounds = Round.objects.filter(pk__in=states)
    dates = _deadlines_as_of(at, rounds)
    last = _last_events(at, rounds)
    first_sent = _first_submissions(at, rounds)
    duties = []
    opened = [pk for pk, state in states.items() if state == RoundState.OPEN]
    assignments = Assignment.objects.filter(round_id__in=opened, created_at__lt=at)
    for assignment in assignments.select_related("round", "unit", "group"):
        state, since = last.get(assignment.pk, (State.NOT_STARTED, None))
        deadline = dates.kept(assignment, has_sent=assignment.pk in first_sent)
        if state in WITH_UNIT and deadline is not None:
            duties.append(_duty(assignment, state, deadline, since))
    return duties + [_dispatch_duty(deadline) for deadline in dates.dispatches]


def _round_states(at: datetime, row: Round | None) -> dict[int, str]:
    """State of each round not issued at that instant; rounds that were paused are left out."""
    events = RoundEvent.objects.filter(at__lt=at, round__opened_at__lt=at)
    if row is not None:
        events = events.filter(round=row)
    states: dict[int, str] = {}
    paused: set[int] = set()
    for event in events.order_by("at", "id"):
        if event.to_state:
            states[event.round_id] = event.to_state
        elif event.action == PAUSE:
            paused.add(event.round_id)
        elif event.action == RESUME:
            paused.discard(event.round_id)
    return {pk: state for pk, state in states.items() if state in _NOT_ISSUED and pk not in paused}


@dataclass(frozen=True)
class _Dates:
    of_group: Mapping[tuple[int, int | None], Deadline]
    own: Mapping[tuple[int | None, str], Deadline]
    dispatches: list[Deadline]

    def kept(self, assignment: Assignment, *, has_sent: bool) -> Deadline | None:
        """The date the unit kept then, chosen as `timeliness.kept_deadline` does."""
        group = self.of_group.get((assignment.round_id, assignment.group_id))
        if group is None:
            return None
        returned = self.own.get((assignment.pk, Deadline.Purpose.RETURN)) if has_sent else None
        return date_to_keep(group, self.own.get((assignment.pk, Deadline.Purpose.EXTENSION)), returned)


def _deadlines_as_of(at: datetime, rounds: Iterable[Round]) -> _Dates:
    """The versions in force just before the instant."""
    in_force = Deadline.objects.filter(round__in=rounds, created_at__lt=at).filter(
        Q(replaced_at=None) | Q(replaced_at__gte=at)
    )
    dates = _Dates({}, {}, [])
    for deadline in in_force.select_related("round__owner").order_by("version"):
        if deadline.purpose == Deadline.Purpose.SUBMISSION:
            dates.of_group[deadline.round_id, deadline.group_id] = deadline  # type: ignore[index]
        elif deadline.purpose == Deadline.Purpose.DISPATCH:
            dates.dispatches.append(deadline)
        else:
            dates.own[deadline.assignment_id, deadline.purpose] = deadline  # type: ignore[index]
    return dates


def _last_events(at: datetime, rounds: Iterable[Round]) -> dict[int, tuple[str, datetime]]:
    """State and since when, of each assignment that had moved; a new date alone moves nothing."""
    events = Event.objects.filter(assignment__round__in=rounds, at__lt=at).exclude(to_state="")
    events = events.exclude(from_state=F("to_state"))
    rows = events.order_by("at", "id").values_list("assignment_id", "to_state", "at")
    return {pk: (state, moment) for pk, state, moment in rows}


def _first_submissions(at: datetime, rounds: Iterable[Round]) -> set[int]:
    sent = Event.objects.filter(assignment__round__in=rounds, action=Action.SUBMIT, at__lt=at)
    return set(sent.values_list("assignment_id", flat=True))


# --- from duties to messages


def _due(duties: list[Duty], now: datetime) -> list[Planned]:
    """The latest due step of each duty, for each person and channel; of held units with the reason."""
    calendar = working_calendar()
    ladders: dict[int, list[ladder.Step]] = {}
    stepped: list[tuple[Duty, ladder.Step]] = []
    for duty in duties:
        deadline = duty.deadline
        if deadline.pk not in ladders:
            ladders[deadline.pk] = ladder.steps(
                deadline.printed_date, deadline.due_at, calendar, duty.round.remind_at
            )
        step = ladder.latest(ladders[deadline.pk], since=duty.known_from, until=now)
        if step is not None:
            stepped.append((duty, step))
    people = people_by_role({duty.unit.pk for duty, _ in stepped}, timezone.localdate(now))
    return [
        Planned(
            duty.round,
            duty.assignment,
            duty.unit,
            duty.deadline,
            step,
            person,
            channel,
            duty.why_held(now),
        )
        for duty, step in stepped
        for person in recipients(duty, step, people.get(duty.unit.pk, {}))
        for channel in channels(person)
    ]


def recipients(duty: Duty, step: ladder.Step, people: Mapping[str, list[User]]) -> list[User]:
    """Who hears of a step: the writers always; the approver when it lies with them, and from the last
    working day on; the office's reviewers and lead of the dispatch.

    An approver who got the draft after the step was due has just had word of that, so is not told twice.
    """

    def holding(role: str) -> list[User]:
        return people.get(role, [])

    if duty.assignment is None:
        return together(holding(Role.REVIEWER), holding(Role.LEAD))
    waits = duty.state == State.AWAITING_APPROVAL and (
        duty.state_since is None or duty.state_since <= step.at
    )
    urgent = ladder.is_after(step.rule) or ladder.is_last_call(step.rule)
    writers = holding(Role.REPORTER)
    if waits or urgent or not writers:
        return together(writers, holding(Role.APPROVER))
    return together(writers)


def _keys(notices: QuerySet[Notice], due: list[Planned]) -> set[Key]:
    """The keys of those outbox rows that could be rows of `due`: one query."""
    if not due:
        return set()
    rows = notices.filter(
        deadline_id__in={planned.deadline.pk for planned in due},
        rule__in={planned.step.rule for planned in due},
    )
    return set(rows.values_list("deadline_id", "assignment_id", "rule", "recipient_id", "channel"))


# --- for the office's pages


def sent_per_step(deadlines: Iterable[Deadline]) -> dict[tuple[int, str], int]:
    """How many messages of each (deadline, rule) have gone out: one query."""
    rows = Notice.objects.filter(deadline__in=list(deadlines), state=NoticeState.SENT)
    counted = rows.order_by().values_list("deadline_id", "rule").annotate(count=Count("pk"))
    return {(deadline_id, rule): count for deadline_id, rule, count in counted}
