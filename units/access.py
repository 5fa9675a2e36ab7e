"""Who may act for which unit, on a day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from units.models import OFFICE_ROLES, Delegation, Membership, Role, Unit, User


@dataclass(frozen=True)
class Standing:
    """What one person may do on one day, read once a request.

    ``roles[unit_id]`` holds the roles at a unit, delegated approval included;
    ``principals[unit_id]`` the delegations behind an approval that is not the person's own role.
    """

    user: User
    on: date
    roles: dict[int, frozenset[str]]
    principals: dict[int, tuple[Delegation, ...]]

    def has(self, unit_id: int, *wanted: str) -> bool:
        return not self.roles.get(unit_id, frozenset()).isdisjoint(wanted)

    @property
    def unit_ids(self) -> list[int]:
        """Units for which the person drafts or approves."""
        return [u for u, held in self.roles.items() if held & {Role.REPORTER, Role.APPROVER}]

    @property
    def office_ids(self) -> list[int]:
        """Offices where the person reviews, leads or keeps the registry."""
        return [u for u, held in self.roles.items() if held & OFFICE_ROLES]

    @property
    def is_office(self) -> bool:
        return bool(self.office_ids)


def standing(user: User, on: date) -> Standing:
    """Memberships and delegations of `user` in force on that day: two queries."""
    roles: dict[int, set[str]] = defaultdict(set)
    for unit_id, role in Membership.objects.in_force(on).filter(user=user).values_list("unit_id", "role"):
        roles[unit_id].add(role)
    principals: dict[int, list[Delegation]] = defaultdict(list)
    held = Delegation.objects.in_force(on).filter(deputy=user).select_related("principal")
    for delegation in held:
        if Role.APPROVER not in roles[delegation.unit_id] or principals[delegation.unit_id]:
            principals[delegation.unit_id].append(delegation)
        roles[delegation.unit_id].add(Role.APPROVER)
    return Standing(
        user=user,
        on=on,
        roles={unit: frozenset(names) for unit, names in roles.items()},
        principals={unit: tuple(rows) for unit, rows in principals.items()},
    )


def people_of(unit: Unit, on: date, *roles: str) -> list[User]:
    """Active persons who hold one of the roles at the unit on that day, in a stable order."""
    held = Membership.objects.in_force(on).filter(unit=unit, role__in=roles, user__is_active=True)
    return list(User.objects.filter(pk__in=held.values("user_id")).order_by("id"))
