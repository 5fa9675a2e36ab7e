"""From a plan to a round: prepare it, open it, keep its list of units, close it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from directives.models import Directive
from reporting import outlines
from reporting.deadlines import DateToKeep, round_deadline
from reporting.lifecycle import Refused
from reporting.models import Assignment, Deadline, Event, Round, RoundEvent
from reporting.states import ROUND_LABELS, ROUND_TRANSITIONS, RoundState, State
from units.access import standing
from units.models import Unit, UnitGroup, User
from units.text import nfc


@dataclass(frozen=True)
class RoundPlan:
    """What the admin decides before a round exists. `groups` in the order they are shown."""

    code: str
    name: str
    year: int
    owner: Unit
    addressee: str
    period_from: date
    period_to: date
    groups: Mapping[UnitGroup, DateToKeep]
    dispatch: DateToKeep
    outline: Sequence[outlines.SectionSpec]
    plan: Directive | None = None
    data_cutoff: date | None = None
    previous: Round | None = None


def prepare_round(plan: RoundPlan, *, actor: User, now: datetime) -> Round:
    """Create a round in state "preparing" with its outline and dates. Raises `Refused`."""
    if not actor.is_admin:
        raise Refused("Đợt báo cáo do quản trị hệ thống mở.")
    if not plan.groups:
        raise Refused("Hãy chọn ít nhất một nhóm đơn vị phải báo cáo.")
    if Round.objects.filter(code=plan.code).exists():
        raise Refused(f"Đã có đợt mang mã {plan.code}. Hãy chọn mã khác.")
    with transaction.atomic():
        row = Round.objects.create(
            code=plan.code,
            name=nfc(plan.name),
            year=plan.year,
            plan=plan.plan,
            owner=plan.owner,
            addressee=nfc(plan.addressee),
            period_from=plan.period_from,
            period_to=plan.period_to,
            data_cutoff=plan.data_cutoff,
            previous=plan.previous,
            created_by=actor,
            created_at=now,
        )
        outlines.build(row, tuple(plan.outline))
        for group, until in plan.groups.items():
            round_deadline(row, Deadline.Purpose.SUBMISSION, group, until, actor=actor, now=now)
        round_deadline(row, Deadline.Purpose.DISPATCH, None, plan.dispatch, actor=actor, now=now)
        RoundEvent.objects.create(
            round=row, action="prepare", to_state=RoundState.PREPARING, actor=actor, at=now
        )
    return row


def open_round(row: Round, *, actor: User, now: datetime) -> int:
    """Open the round: every unit in force in its groups gets an assignment. Returns how many there are."""
    with transaction.atomic():
        move_round(row, "open", actor=actor, now=now, opened_at=now)
        today = timezone.localdate(now)
        taken: set[int] = set()
        for deadline in row.deadlines.filter(purpose=Deadline.Purpose.SUBMISSION, replaced_at=None):
            for unit in deadline.group.units(today):  # type: ignore[union-attr]
                if unit.pk not in taken:
                    taken.add(unit.pk)
                    _assign(row, unit, deadline, now=now)
    return len(taken)


def _assign(row: Round, unit: Unit, deadline: Deadline, *, now: datetime) -> Assignment:
    return Assignment.objects.create(
        round=row,
        unit=unit,
        group_id=deadline.group_id,
        unit_name=unit.name,
        deadline=deadline,
        created_at=now,
    )


def add_unit(
    row: Round, unit: Unit, group: UnitGroup, *, actor: User, now: datetime, note: str
) -> Assignment:
    """Put one more unit on the list of an open round; the addition is dated in the ledger."""
    if row.state != RoundState.OPEN:
        raise Refused("Chỉ thêm đơn vị được khi đợt đang mở.")
    if Assignment.objects.filter(round=row, unit=unit).exists():
        raise Refused(f"{unit} đã có trong danh sách của đợt này.")
    deadline = row.deadlines.filter(
        purpose=Deadline.Purpose.SUBMISSION, group=group, replaced_at=None
    ).first()
    if deadline is None:
        raise Refused(f"Đợt này không có nhóm {group}.")
    with transaction.atomic():
        assignment = _assign(row, unit, deadline, now=now)
        Event.objects.create(
            assignment=assignment, action="add", to_state=State.NOT_STARTED, actor=actor, at=now, note=note
        )
        RoundEvent.objects.create(round=row, action="add_unit", actor=actor, at=now, note=f"{unit}. {note}")
    return assignment


def close_round(row: Round, *, actor: User, now: datetime, note: str = "") -> None:
    """The lead closes the round: nothing is taken in any more."""
    move_round(row, "close", actor=actor, now=now, note=note, closed_at=now)


def move_round(
    row: Round, action: str, *, actor: User, now: datetime, note: str = "", **facts: object
) -> None:
    """Change a round's state by the table, by compare-and-set, with an event. Raises `Refused`."""
    rule = ROUND_TRANSITIONS.get((RoundState(row.state), action))
    if rule is None:
        raise Refused(
            f"Đợt báo cáo {ROUND_LABELS[RoundState(row.state)].lower()} nên không làm được việc này."
        )
    to, roles, by_admin = rule
    who = standing(actor, timezone.localdate(now))
    if not (who.has(row.owner_id, *roles) or (by_admin and actor.is_admin)):
        raise Refused("Bạn không có quyền làm việc này với đợt báo cáo.")
    seen = row.state
    if not Round.objects.filter(pk=row.pk, state=seen).update(state=to, **facts):
        raise Refused("Người khác vừa đổi trạng thái của đợt. Hãy tải lại trang.")
    RoundEvent.objects.create(
        round=row, action=action, from_state=seen, to_state=to, actor=actor, at=now, note=note
    )
    row.state = to
    for name, value in facts.items():
        setattr(row, name, value)
