"""Who may act for which unit, on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date

from units.models import OFFICE_ROLES, UNIT_ROLES, Delegation, Membership, Role, Unit, User


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
        """Units for which the person drafts or approves, or whose papers they keep and so may read."""
        return [u for u, held in self.roles.items() if held & UNIT_ROLES]

    @property
    def office_ids(self) -> list[int]:
        """Offices where the person reviews, leads or keeps the registry."""
        return [u for u, held in self.roles.items() if held & OFFICE_ROLES]

    @property
    def is_office(self) -> bool:
        return bool(self.office_ids)


@dataclass(frozen=True)
class _Held:
    """What is stored of a person: (unit, role, from, to) of memberships, and whether anybody delegated."""

    roles: list[tuple[int, str, date | None, date | None]]
    is_deputy: bool


_steady: ContextVar[dict[int, _Held] | None] = ContextVar("steady_roles", default=None)


@contextmanager
def steady_roles() -> Iterator[None]:
    """For a block of many actions in which nobody's roles change: they are read once a person.

    Only where the caller holds the whole database, as in the one transaction that fills an empty one.
    """
    token = _steady.set({})
    try:
        yield
    finally:
        _steady.reset(token)


def _held(user: User) -> _Held:
    known = _steady.get()
    if known is not None and user.pk in known:
        return known[user.pk]
    rows = Membership.objects.filter(user=user).values_list("unit_id", "role", "valid_from", "valid_to")
    held = _Held(list(rows), Delegation.objects.filter(deputy=user).exists())
    if known is not None:
        known[user.pk] = held
    return held


def standing(user: User, on: date) -> Standing:
    """Memberships and delegations of `user` in force on that day: two queries, one more for a deputy."""
    held = _held(user)
    roles: dict[int, set[str]] = defaultdict(set)
    for unit_id, role, start, end in held.roles:
        if (start is None or start <= on) and (end is None or on < end):
            roles[unit_id].add(role)
    principals: dict[int, list[Delegation]] = defaultdict(list)
    for delegation in _lent(user, on) if held.is_deputy else ():
        if Role.APPROVER not in roles[delegation.unit_id] or principals[delegation.unit_id]:
            principals[delegation.unit_id].append(delegation)
        roles[delegation.unit_id].add(Role.APPROVER)
    return Standing(
        user=user,
        on=on,
        roles={unit: frozenset(names) for unit, names in roles.items()},
        principals={unit: tuple(rows) for unit, rows in principals.items()},
    )


def _lent(user: User, on: date) -> Iterable[Delegation]:
    return Delegation.objects.in_force(on).filter(deputy=user).select_related("principal")


def people_of(unit: Unit, on: date, *roles: str) -> list[User]:
    """Active persons who hold one of the roles at the unit on that day, in a stable order."""
    held = Membership.objects.in_force(on).filter(unit=unit, role__in=roles, user__is_active=True)
    return list(User.objects.filter(pk__in=held.values("user_id")).order_by("id"))
