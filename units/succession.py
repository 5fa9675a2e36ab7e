"""When units merge or are renamed into another: say first what will happen, then do it.

The plan is made from rows already read and changes nothing; `apply` writes exactly what the plan says. Open
duties of a round are handed over in `reporting.handover`, since units know nothing of rounds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from units import people, register
from units.models import (
    UNIT_ROLES,
    GroupMembership,
    Membership,
    Role,
    Succession,
    Unit,
    UnitGroup,
    User,
)
from units.text import nfc


@dataclass(frozen=True)
class RoleToGive:
    """A role a person of a predecessor gets at the successor; the old one stays for the old reports."""

    person: User
    role: Role
    predecessor: Unit


@dataclass(frozen=True)
class SuccessionPlan:
    """What a merge will do. `problems` (Vietnamese sentences) must be empty for it to be done."""

    predecessors: tuple[Unit, ...]
    successor: Unit
    effective_on: date
    legal_basis: str
    ending: tuple[Unit, ...]
    groups: tuple[UnitGroup, ...]
    roles: tuple[RoleToGive, ...]
    problems: tuple[str, ...]


def plan(
    predecessors: Sequence[Unit],
    successor: Unit,
    *,
    effective_on: date,
    legal_basis: str,
    groups_of: Sequence[GroupMembership] = (),
    people_of: Sequence[Membership] = (),
    known: Sequence[Succession] = (),
) -> SuccessionPlan:
    """What happens when `successor` takes over. Pure: reads only the rows given, no clock, no database.

    `groups_of` and `people_of` are the memberships of all units concerned, `known` the successions so far.
    The successor enters the predecessors' groups only when it is in none itself; nobody gets a role twice.
    """
    old = {unit.pk for unit in predecessors}
    own_groups = [row for row in groups_of if row.unit_id == successor.pk and _lasts(row, effective_on)]
    groups: dict[int, UnitGroup] = {}
    if not own_groups:
        groups = {
            row.group_id: row.group
            for row in groups_of
            if row.unit_id in old and _lasts_to(row, effective_on)
        }
    return SuccessionPlan(
        predecessors=tuple(predecessors),
        successor=successor,
        effective_on=effective_on,
        legal_basis=nfc(legal_basis).strip(),
        ending=tuple(unit for unit in predecessors if unit.valid_to is None),
        groups=tuple(groups.values()),
        roles=_roles(predecessors, successor, effective_on, people_of),
        problems=tuple(_problems(predecessors, successor, effective_on, known)),
    )


def _lasts(row: GroupMembership | Membership, on: date) -> bool:
    return row.valid_to is None or row.valid_to > on


def _lasts_to(row: GroupMembership | Membership, on: date) -> bool:
    """Open up to that day at least: a membership that ended with the unit counts."""
    return row.valid_to is None or row.valid_to >= on


def _roles(
    predecessors: Sequence[Unit], successor: Unit, on: date, people: Sequence[Membership]
) -> tuple[RoleToGive, ...]:
    units = {unit.pk: unit for unit in predecessors}
    held = {(row.user_id, row.role) for row in people if row.unit_id == successor.pk and _lasts(row, on)}
    given: list[RoleToGive] = []
    for row in people:
        wanted = row.role in UNIT_ROLES and row.user.is_active and _lasts(row, on)
        if row.unit_id in units and wanted and (row.user_id, row.role) not in held:
            held.add((row.user_id, row.role))
            given.append(RoleToGive(row.user, Role(row.role), units[row.unit_id]))
    return tuple(given)


def _problems(
    predecessors: Sequence[Unit], successor: Unit, on: date, known: Sequence[Succession]
) -> list[str]:
    found = []
    after: dict[int, set[int]] = {}
    for row in known:
        after.setdefault(row.predecessor_id, set()).add(row.successor_id)
    if not successor.in_force(on):
        found.append(f"{successor} không tồn tại vào ngày {on:%d/%m/%Y} nên không nhận chuyển giao được.")
    for unit in predecessors:
        if unit.pk == successor.pk:
            found.append("Đơn vị không thể chuyển giao cho chính mình.")
        elif successor.pk in after.get(unit.pk, set()):
            found.append(f"Đã ghi {successor} kế thừa {unit}.")
        elif unit.pk in _all_after(successor.pk, after):
            found.append(f"{unit} đang kế thừa {successor}; không ghi ngược lại được.")
        if unit.valid_from is not None and on <= unit.valid_from:
            found.append(f"{unit} chỉ có từ ngày {unit.valid_from:%d/%m/%Y}; hãy chọn ngày sau đó.")
        if unit.valid_to is not None and on < unit.valid_to:
            found.append(f"{unit} còn đến trước ngày {unit.valid_to:%d/%m/%Y}; hãy chọn từ ngày đó.")
    return found


def _all_after(start: int, after: dict[int, set[int]]) -> set[int]:
    reached: set[int] = set()
    waiting = [start]
    while waiting:
        for following in after.get(waiting.pop(), set()) - reached:
            reached.add(following)
            waiting.append(following)
    return reached


def plan_now(
    predecessors: Sequence[Unit], successor: Unit, *, effective_on: date, legal_basis: str
) -> SuccessionPlan:
    """`plan` with the rows as they are in the database: three queries."""
    units = [*predecessors, successor]
    return plan(
        predecessors,
        successor,
        effective_on=effective_on,
        legal_basis=legal_basis,
        groups_of=list(GroupMembership.objects.filter(unit__in=units).select_related("group")),
        people_of=list(Membership.objects.filter(unit__in=units).select_related("user")),
        known=list(Succession.objects.all()),
    )


def apply(plan: SuccessionPlan, *, actor: User, now: datetime, with_people: bool = True) -> list[Succession]:
    """Do what the plan says, all or nothing. Raises `register.RegisterRefused` where the plan has problems.

    No row that points to a predecessor is rewritten: earlier reports stay under the old name.
    """
    if not actor.is_admin:
        raise register.RegisterRefused("Việc này do quản trị hệ thống làm.")
    if plan.problems:
        raise register.RegisterRefused(" ".join(plan.problems))
    with transaction.atomic():
        made = [
            Succession.objects.create(
                predecessor=unit,
                successor=plan.successor,
                effective_on=plan.effective_on,
                legal_basis=plan.legal_basis,
            )
            for unit in plan.predecessors
        ]
        for unit in plan.ending:
            because = f"Chuyển tiếp sang {plan.successor.name}"
            because += f" theo {plan.legal_basis}" if plan.legal_basis else ""
            register.end_unit(unit, on=plan.effective_on, because=because[:255], actor=actor, now=now)
        for group in plan.groups:
            register.join_group(plan.successor, group, actor=actor, now=now, valid_from=plan.effective_on)
        for given in plan.roles if with_people else ():
            people.grant(
                given.person, plan.successor, given.role, actor=actor, now=now, valid_from=plan.effective_on
            )
    return made
