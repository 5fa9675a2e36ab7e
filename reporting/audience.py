"""Who is told of a reminder: people by unit, role and day, and which of them a step of the ladder names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from reporting import ladder
from reporting.announcing import why_no_mail
from reporting.ladder import Step
from reporting.models import Channel
from reporting.owing import Duty
from reporting.states import State
from units.models import Delegation, Membership, Role, User

Held = dict[str, list[User]]
"""People by role."""

_ROLE_AT_UNIT = {"reporters": Role.REPORTER, "approvers": Role.APPROVER, "contact": Role.CONTACT}
_ROLE_AT_OFFICE = {"reviewers": Role.REVIEWER, "lead": Role.LEAD}


@dataclass
class People:
    """Active persons of some units by role, on any day; delegated approvers count, as long as the approval
    they were lent does. Says the same as `announcing.people_by_role`, for many days at once.
    """

    _memberships: dict[int, list[Membership]] = field(default_factory=lambda: defaultdict(list))
    _delegations: dict[int, list[Delegation]] = field(default_factory=lambda: defaultdict(list))
    _known: dict[tuple[int, date], Held] = field(default_factory=dict)

    @classmethod
    def load(cls, unit_ids: Iterable[int]) -> People:
        """Two queries."""
        wanted = set(unit_ids)
        people = cls()
        held = Membership.objects.filter(unit_id__in=wanted, user__is_active=True)
        for membership in held.select_related("user").order_by("user_id"):
            people._memberships[membership.unit_id].append(membership)
        lent = Delegation.objects.filter(unit_id__in=wanted, deputy__is_active=True)
        for delegation in lent.select_related("deputy").order_by("deputy_id"):
            people._delegations[delegation.unit_id].append(delegation)
        return people

    def at(self, unit_id: int, on: date) -> Held:
        """Who holds which role at the unit on that day."""
        key = (unit_id, on)
        if key not in self._known:
            self._known[key] = self._look(unit_id, on)
        return self._known[key]

    def _look(self, unit_id: int, on: date) -> Held:
        found: Held = defaultdict(list)
        for membership in self._memberships.get(unit_id, []):
            if _lasts(membership, on):
                _add(found[membership.role], membership.user)
        own = {person.pk for person in found[Role.APPROVER]}
        for delegation in self._delegations.get(unit_id, []):
            if delegation.principal_id in own and _lasts(delegation, on):
                _add(found[Role.APPROVER], delegation.deputy)
        return found


def _lasts(row: Membership | Delegation, on: date) -> bool:
    return (row.valid_from is None or row.valid_from <= on) and (row.valid_to is None or on < row.valid_to)


def _add(people: list[User], person: User) -> None:
    if person not in people:
        people.append(person)


def recipients(duty: Duty, step: Step, people: People, on: date) -> list[tuple[User, str]]:
    """Whom a step names, each once with the audience as which they are told, by the account's number.

    Where a rule goes to the writers, the approver is told too while the draft lies with them, and in their
    place where nobody writes. An approver who got the draft after the step was due has just had word of
    that, so is not told twice.
    """
    at_unit, at_office = people.at(duty.unit.pk, on), people.at(duty.round.owner_id, on)
    found: dict[int, tuple[User, str]] = {}
    for audience in ladder.AUDIENCES:
        if audience in step.told or (audience == "approvers" and _stands_in(duty, step, at_unit)):
            for person in _holding(audience, at_unit, at_office):
                found.setdefault(person.pk, (person, audience))
    return [found[pk] for pk in sorted(found)]


def _holding(audience: str, at_unit: Held, at_office: Held) -> list[User]:
    if audience in _ROLE_AT_UNIT:
        return at_unit.get(_ROLE_AT_UNIT[audience], [])
    return at_office.get(_ROLE_AT_OFFICE[audience], [])


def _stands_in(duty: Duty, step: Step, at_unit: Held) -> bool:
    if "reporters" not in step.told:
        return False
    waits = duty.state == State.AWAITING_APPROVAL and (
        duty.state_since is None or duty.state_since <= step.at
    )
    return waits or not at_unit.get(Role.REPORTER)


def ways(person: User, at: datetime) -> list[tuple[str, str]]:
    """Channels to a person at that instant, each with why it cannot be used ("" when it can)."""
    bounced_later = person.email_bounced_at is not None and person.email_bounced_at > at
    why_not = "" if person.email and bounced_later else why_no_mail(person)
    return [(Channel.IN_APP, ""), (Channel.EMAIL, why_not)]
