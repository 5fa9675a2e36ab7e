"""Who is to be reminded, and why: read from the facts, written to the outbox as rows.

Each date in force has a ladder of steps, by the rules of its round (`reporting.reminder_rules`); so has what
waits for an approver or for the office. At any instant only the latest due step of a ladder counts: a run
that was missed is caught up once, never as a backlog. What is owed at an instant is `reporting.owing`'s to
say, whom a step names `reporting.audience`'s.

`plan` reads the rows as they are, `would_remind` the ledgers as they stood at an instant.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from reporting import ladder
from reporting.announcing import row_to, why_held
from reporting.audience import People, recipients, ways
from reporting.drafting import refuse_secret
from reporting.lifecycle import Refused, require_office
from reporting.models import (
    Assignment,
    Deadline,
    Notice,
    ReminderHold,
    Round,
    RoundEvent,
    of_a_ladder,
)
from reporting.owing import NOT_ISSUED, PAUSE, RESUME, Duty, Ledgers, present_duties
from reporting.reminder_rules import REPLACED
from reporting.round_ladders import Ladders
from reporting.states import STATE_LABELS, NoticeState, State
from units.access import standing
from units.calendar import working_calendar
from units.models import Role, Unit, User
from units.text import nfc

Key = tuple[int | None, int | None, int | None, str, int, str]
"""Deadline, event, assignment, rule, recipient, channel: what may exist once."""

HOLD, LIFT = "hold_unit", "lift_hold"
LONGEST_HOLD = timedelta(days=366)


@dataclass(frozen=True)
class Planned:
    """One message that is due: `step.at` is when, `deadline` and `step.rule` are why.

    Of something that waits (`event_id` is what began it) `deadline` is the date behind it.
    """

    duty: Duty
    step: ladder.Step
    recipient: User
    audience: str
    """As which of `ladder.AUDIENCES` the person is told."""
    channel: str
    why_not: str = ""
    """Why it is not sent though it is due: the unit's reminders are held, the person has no address."""

    @property
    def round(self) -> Round:
        return self.duty.round

    @property
    def assignment(self) -> Assignment | None:
        return self.duty.assignment

    @property
    def unit(self) -> Unit:
        return self.duty.unit

    @property
    def deadline(self) -> Deadline:
        return self.duty.deadline

    @property
    def event_id(self) -> int | None:
        return self.duty.event_id

    @property
    def key(self) -> Key:
        return (
            self.deadline.pk if self.event_id is None else None,
            self.event_id,
            self.assignment.pk if self.assignment else None,
            self.step.rule,
            self.recipient.pk,
            self.channel,
        )

    @property
    def unit_name(self) -> str:
        """Whose people are told, under the name it had when the round opened."""
        own = self.assignment is not None and self.assignment.unit_id == self.unit.pk
        return self.assignment.unit_name if own and self.assignment else self.unit.name

    @property
    def reason(self) -> str:
        """Why the person hears of this: "3 ngày làm việc trước hạn: đơn vị chưa nộp báo cáo (đang soạn); nhận với vai trò chuyên viên soạn"."""
        return f"{self.step.label}: {self.still_open}; nhận với vai trò {self.told_as}"

    @property
    def still_open(self) -> str:
        """What is not done yet, in words."""
        return _still_open(self.duty)

    @property
    def told_as(self) -> str:
        """As whom the person is told, in words."""
        return ladder.AUDIENCES[self.audience]


def _still_open(duty: Duty) -> str:
    """What is not done yet, in words."""
    if duty.assignment is None:
        return "báo cáo của Bộ chưa phát hành"
    since = f"{timezone.localtime(duty.state_since):%d/%m/%Y}" if duty.state_since else ""
    if duty.kind == ladder.APPROVAL:
        return f"báo cáo trình lãnh đạo đơn vị từ {since}, chưa duyệt"
    if duty.kind == ladder.BACKLOG:
        return f"báo cáo chờ Văn phòng từ {since}, chưa tiếp nhận hay trả lại"
    said = "chưa bổ sung và nộp lại" if duty.kind == ladder.RETURN else "chưa nộp báo cáo"
    return f"đơn vị {said} ({STATE_LABELS[State(duty.state)].lower()})"


def plan(now: datetime, row: Round | None = None) -> list[Planned]:
    """What is due at `now` and not in the outbox yet, in a flat number of queries."""
    return [planned for planned in _unwritten(now, row) if not planned.why_not]


def _unwritten(now: datetime, row: Round | None = None) -> list[Planned]:
    due = due_of(present_duties(row, now), now)
    written = _written(Notice.objects.all(), due)
    return _not_overtaken([p for p in due if p.key not in written or written[p.key].may_move_to(p.step.at)])


@dataclass(frozen=True)
class _Row:
    """An outbox row that stands where a planned one would."""

    pk: int
    state: str
    reason: str
    due_at: datetime

    def may_move_to(self, at: datetime) -> bool:
        """Whether its rule was changed before it went out, so that the next version may send it later."""
        return self.state == NoticeState.SKIPPED and self.reason == REPLACED and self.due_at < at


def _not_overtaken(due: list[Planned]) -> list[Planned]:
    """Without steps of ladders that were spoken from later on: where the clock went back, or the later rule
    was taken away, an earlier step is not sent after it.
    """
    if not due:
        return []
    rows = Notice.objects.filter(
        Q(deadline__in={p.deadline.pk for p in due if p.event_id is None})
        | Q(event__in={p.event_id for p in due if p.event_id is not None}),
        of_a_ladder(),
        copy=0,  # what the office sent again says nothing of the ladder
    )
    spoken = {
        (deadline, event, assignment): last
        for deadline, event, assignment, last in rows.order_by()
        .values_list("deadline_id", "event_id", "assignment_id")
        .annotate(last=Max("due_at"))
    }
    return [p for p in due if (last := spoken.get(p.key[:3])) is None or last <= p.step.at]


def plan_due(now: datetime) -> int:
    """Write what is due to the outbox; returns how many rows are to go out.

    What is due but cannot go out (a held unit, a person without address) is written too, as skipped and
    why: it is not caught up later. Safe to run twice, late, by two at once, and with a clock set back.
    """
    due = _unwritten(now)
    if not due:
        return 0
    moved = _written(Notice.objects.filter(state=NoticeState.SKIPPED, reason=REPLACED), due)
    for planned in due:
        if planned.key in moved:
            _plan_again(moved[planned.key], planned)
    Notice.objects.bulk_create(
        (row_of(planned, now) for planned in due if planned.key not in moved),
        batch_size=500,
        ignore_conflicts=True,
    )
    return sum(not planned.why_not for planned in due)


def _plan_again(row: _Row, planned: Planned) -> None:
    """The row of a rule that was changed before it went out goes out at the instant of the new rule."""
    waiting = Notice.objects.filter(pk=row.pk, state=NoticeState.SKIPPED, due_at=row.due_at)
    waiting.update(
        state=NoticeState.SKIPPED if planned.why_not else NoticeState.PLANNED,
        reason=planned.why_not[:200],
        due_at=planned.step.at,
        next_attempt_at=planned.step.at,
        attempts=0,
        head=None,
    )


def row_of(planned: Planned, now: datetime) -> Notice:
    """The row of the outbox that the message would be, not saved."""
    return row_to(
        planned.recipient,
        planned.channel,
        why_not=planned.why_not,
        round=planned.round,
        assignment=planned.assignment,
        deadline=planned.deadline if planned.event_id is None else None,
        event_id=planned.event_id,
        rule=planned.step.rule,
        due_at=planned.step.at,
        created_at=now,
    )


def would_remind(at: datetime, row: Round | None = None) -> list[Planned]:
    """What would be due and unsent at that instant, from the facts as they stood just before it.

    Sends and writes nothing. State, submissions, dates, rules, opening and pauses come from the ledgers, so
    that a past instant is answered as it was; a future one supposes that nothing more happens until then.
    """
    due = due_of(Ledgers(row).duties(at), at)
    done = _written(finished_before(at), due)
    return [planned for planned in due if planned.key not in done and not planned.why_not]


def finished_before(at: datetime) -> QuerySet[Notice]:
    """Rows that were done with before the instant: sent, given up, or not to be sent."""
    return Notice.objects.filter(
        Q(sent_at__lt=at)
        | Q(
            state__in=[NoticeState.FAILED, NoticeState.BOUNCED, NoticeState.SKIPPED],
            created_at__lt=at,
        )
    )


def due_of(
    duties: list[Duty], at: datetime, ladders: Ladders | None = None, people: People | None = None
) -> list[Planned]:
    """The latest due step of each duty, for each person and channel; what cannot go out with the reason.

    `ladders` and `people` are read where they are not given: four queries.
    """
    if not duties:
        return []
    if ladders is None:
        ladders = Ladders.load(working_calendar(), {duty.round.pk for duty in duties})
    due = [(duty, step) for duty in duties if (step := _due_step(duty, ladders, at)) is not None]
    if people is None:
        people = People.load({pk for duty, _ in due for pk in (duty.unit.pk, duty.round.owner_id)})
    on = timezone.localdate(at)
    return [
        Planned(duty, step, person, audience, channel, duty.held or why_not)
        for duty, step in due
        for person, audience in recipients(duty, step, people, on)
        for channel, why_not in ways(person, at)
    ]


def _due_step(duty: Duty, ladders: Ladders, at: datetime) -> ladder.Step | None:
    """The latest step, unless its rule has ended since."""
    step = ladder.latest(steps_of(duty, ladders), since=duty.known_from, until=at)
    return step if step is not None and (step.until is None or at < step.until) else None


def steps_of(duty: Duty, ladders: Ladders) -> list[ladder.Step]:
    """Every step of the duty's ladder in order of time."""
    if duty.event_id is not None and duty.state_since is not None:
        return ladders.of_wait(duty.round.pk, duty.kind, duty.state_since)
    return ladders.of(duty.deadline)


def written_keys(at: datetime, rounds: Iterable[int]) -> set[Key]:
    """The keys of every row of these rounds that was done with by the instant: one query."""
    by_then = finished_before(at + timedelta(microseconds=1))
    return set(by_then.filter(round_id__in=rounds).order_by().values_list(*_KEY))


_KEY = ("deadline_id", "event_id", "assignment_id", "rule", "recipient_id", "channel")


def _written(notices: QuerySet[Notice], due: list[Planned]) -> dict[Key, _Row]:
    """Those outbox rows that could be rows of `due`, by key: one query."""
    if not due:
        return {}
    rows = notices.filter(
        Q(deadline_id__in={p.deadline.pk for p in due if p.event_id is None})
        | Q(event_id__in={p.event_id for p in due if p.event_id is not None}),
        rule__in={planned.step.rule for planned in due},
        copy=0,
    )
    return {
        found[:6]: _Row(*found[6:])
        for found in rows.order_by().values_list(*_KEY, "pk", "state", "reason", "due_at")
    }


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
    return list(Round.objects.filter(state__in=NOT_ISSUED, assignments__unit=unit))


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
        ReminderHold.objects.filter(unit=unit, lifted_at=None).update(lifted_at=now)
        if action == HOLD:
            ReminderHold.objects.create(unit=unit, created_by=actor, **hold)
        RoundEvent.objects.bulk_create(
            RoundEvent(round=row, action=action, actor=actor, at=now, note=note) for row in rounds
        )
    for name, value in facts.items():
        setattr(unit, name, value)


# --- for the office's pages


def sent_per_step(deadlines: Iterable[Deadline]) -> dict[tuple[int, str], int]:
    """How many messages of each (deadline, rule) have gone out: one query."""
    rows = Notice.objects.filter(deadline__in=list(deadlines), state=NoticeState.SENT)
    counted = rows.order_by().values_list("deadline_id", "rule").annotate(count=Count("pk"))
    return {(deadline_id, rule): count for deadline_id, rule, count in counted}
