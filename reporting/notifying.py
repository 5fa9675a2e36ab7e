"""The outbox of messages. `announce` writes rows in the transaction of an event; `send_due` sends them.

The row is the truth: claimed by conditional update, sent once, retried with backoff, a stale claim retaken.
"""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from reporting.models import Channel, Event, Notice
from reporting.states import Action
from units.access import people_of
from units.models import Role, User

AUDIENCE: dict[str, tuple[str, ...]] = {
    Action.REQUEST_APPROVAL: (Role.APPROVER,),
    Action.SEND_BACK: (Role.REPORTER,),
    Action.SUBMIT: (Role.REPORTER,),
    Action.ACCEPT: (Role.REPORTER, Role.APPROVER),
    Action.RETURN: (Role.REPORTER, Role.APPROVER),
    Action.REOPEN: (Role.REPORTER,),
    Action.WAIVE: (Role.REPORTER, Role.APPROVER),
    Action.UNWAIVE: (Role.REPORTER, Role.APPROVER),
    Action.SUPERSEDE: (Role.REPORTER, Role.APPROVER),
}
"""Who at the unit hears of an event; the one who did it does not."""


def announce(event: Event, *, now: datetime) -> list[Notice]:
    """Write the messages about a transition to the outbox; call inside its transaction."""
    roles = AUDIENCE.get(event.action, ())
    if not roles:
        return []
    assignment = event.assignment
    people = [
        p for p in people_of(assignment.unit, timezone.localdate(now), *roles) if p.pk != event.actor_id
    ]
    return Notice.objects.bulk_create(
        Notice(
            round_id=assignment.round_id,
            assignment=assignment,
            event=event,
            rule=event.action,
            recipient=person,
            address=person.email,
            channel=channel,
            due_at=now,
            next_attempt_at=now,
            created_at=now,
        )
        for person in people
        for channel in _channels(person)
    )


def _channels(person: User) -> list[str]:
    return [Channel.IN_APP, Channel.EMAIL] if person.email else [Channel.IN_APP]
