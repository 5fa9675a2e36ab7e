"""Handing the open duties of a unit to the one that took over, round by round.

Nothing that points to the old unit is rewritten: its duty ends in state "superseded" and names the duty that
goes on, what it had sent stays under its name, and the successor gets a duty of its own where it has none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from reporting.extension_requests import carry, waiting
from reporting.lifecycle import Refused, transition
from reporting.models import Assignment, ExtensionRequest, RoundEvent
from reporting.opening import put_on_list
from reporting.reviewing import carry_extension
from reporting.states import OUT_OF_COUNT, WITH_UNIT, Action, RoundState, State
from units.models import Unit, User


@dataclass(frozen=True)
class Line:
    """One duty of the predecessor in an open round, and what becomes of it.

    `target` is the successor's duty in the same round, None where it will be made.
    """

    assignment: Assignment
    target: Assignment | None
    goes: bool

    @property
    def words(self) -> str:
        """What happens, for the preview."""
        if not self.goes:
            return "Giữ nguyên dưới tên cũ: việc đang ở Văn phòng hoặc đã xong."
        if self.target is None:
            extended = ", cùng hạn đã gia" if self.assignment.extension else ""
            words = f"Chuyển giao; đơn vị kế thừa nhận một nhiệm vụ mới cùng thời hạn của nhóm{extended}."
        elif self.target.state in OUT_OF_COUNT:
            words = "Chuyển giao; đơn vị kế thừa đã được miễn hoặc đã chuyển giao tiếp trong đợt này."
        else:
            words = "Chuyển giao; đơn vị kế thừa đã có nhiệm vụ trong đợt này và trả lời cho cả hai."
        asks = self.assignment.asks_for_time  # type: ignore[attr-defined]
        return (
            f"{words} Đề nghị gia hạn đang chờ chuyển theo, hoặc đóng lại nếu không còn cần."
            if asks
            else words
        )


@dataclass(frozen=True)
class HandoverPlan:
    predecessor: Unit
    successor: Unit
    lines: tuple[Line, ...]

    @property
    def going(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.goes)


def plan(predecessor: Unit, successor: Unit) -> HandoverPlan:
    """The predecessor's duties in open rounds and what becomes of each; writes nothing. Two queries."""
    duties = (
        Assignment.objects.filter(unit=predecessor, round__state=RoundState.OPEN)
        .exclude(state__in=OUT_OF_COUNT)
        .annotate(asks_for_time=Exists(waiting(ExtensionRequest.objects.filter(assignment=OuterRef("pk")))))
        .select_related("round__owner", "group", "deadline", "unit", "extension__deadline", "return_deadline")
        .order_by("deadline__due_at", "pk")
    )
    theirs = {
        row.round_id: row for row in Assignment.objects.filter(unit=successor, round__state=RoundState.OPEN)
    }
    return HandoverPlan(
        predecessor,
        successor,
        tuple(Line(row, theirs.get(row.round_id), State(row.state) in WITH_UNIT) for row in duties),
    )


def hand_over(predecessor: Unit, successor: Unit, *, actor: User, now: datetime) -> list[Assignment]:
    """Hand over every open duty; returns those that ended. All or nothing, safe to run twice.

    Raises `Refused` where `successor` is not recorded as taking over by then, or the actor has no right.
    """
    today = timezone.localdate(now)
    taken = predecessor.successors.filter(successor=successor, effective_on__lte=today).first()
    if taken is None:
        raise Refused(f"Chưa ghi {successor} kế thừa {predecessor} từ hôm nay trở về trước.")
    note = f"{successor.name} kế thừa từ ngày {taken.effective_on:%d/%m/%Y}"
    note += f", theo {taken.legal_basis}." if taken.legal_basis else "."
    with transaction.atomic():
        return [_move(line, successor, actor, now, note) for line in plan(predecessor, successor).going]


def _move(line: Line, successor: Unit, actor: User, now: datetime, note: str) -> Assignment:
    duty = line.assignment
    target = line.target or put_on_list(
        duty.round, successor, duty.group, actor=actor, now=now, note=f"Kế thừa {duty.unit_name}."
    )
    carry_extension(duty, target, actor=actor, now=now)
    note = f"{note} {carry(duty, target, actor=actor, now=now)}".strip()
    transition(duty, Action.SUPERSEDE, actor=actor, now=now, note=note, successor=target)
    RoundEvent.objects.create(
        round=duty.round,
        action="hand_over",
        actor=actor,
        at=now,
        note=f"{duty.unit_name} → {successor.name}. {note}",
    )
    return duty
