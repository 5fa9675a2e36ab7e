"""Who is told of what: rows of the outbox, written in the transaction of the event. `notifying` sends them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from directives.deadlines import ZONE
from reporting.models import NEW_DATE, Assignment, Channel, Deadline, Event, Notice, Round
from reporting.states import URGED, Action, NoticeState
from units.calendar import working_calendar
from units.models import Delegation, Membership, Role, Unit, User

AUDIENCE: dict[str, tuple[str, ...]] = {
    Action.REQUEST_APPROVAL: (Role.APPROVER,),
    Action.SEND_BACK: (Role.REPORTER,),
    Action.SUBMIT: (Role.REPORTER, Role.APPROVER),
    Action.ACCEPT: (Role.REPORTER, Role.APPROVER),
    Action.RETURN: (Role.REPORTER, Role.APPROVER),
    Action.MOVE_DATE: (Role.REPORTER, Role.APPROVER),
    Action.EXTEND: (Role.REPORTER, Role.APPROVER),
    Action.ASK_EXTENSION: (Role.APPROVER,),
    Action.WITHDRAW_EXTENSION: (Role.REPORTER, Role.APPROVER),
    Action.DECLINE_EXTENSION: (Role.REPORTER, Role.APPROVER),
    Action.ASK_CONTACTS: (Role.REPORTER, Role.APPROVER, Role.CONTACT),
    Action.CORRECT_CONTACTS: (Role.APPROVER,),
    Action.REOPEN: (Role.REPORTER,),
    Action.WAIVE: (Role.REPORTER, Role.APPROVER),
    Action.UNWAIVE: (Role.REPORTER, Role.APPROVER),
    Action.SUPERSEDE: (Role.REPORTER, Role.APPROVER),
    URGED: (Role.REPORTER, Role.APPROVER),
}
"""Who at the unit hears of an event; the one who did it does not, but for the receipt of a submission."""

OFFICE_AUDIENCE: dict[str, tuple[str, ...]] = {
    Action.ASK_EXTENSION: (Role.LEAD,),
    Action.WITHDRAW_EXTENSION: (Role.LEAD,),
    Action.CORRECT_CONTACTS: (Role.REVIEWER, Role.LEAD),
}
"""Who at the office that owns the round hears of it too."""
FOR_ADMINS = frozenset({Action.CORRECT_CONTACTS})
"""What the admins mend, so hear of."""

AT_ONCE = frozenset(
    {
        Action.REQUEST_APPROVAL,
        Action.SEND_BACK,
        Action.RETURN,
        Action.MOVE_DATE,
        Action.UNWAIVE,
        Action.ASK_EXTENSION,
        Action.DECLINE_EXTENSION,
        URGED,
        Action.CORRECT_CONTACTS,
    }
)
"""Somebody must act, or by another date than hoped: never kept for the mail of the day."""
_TELLS_WHO_WAS_REMINDED = frozenset({Action.EXTEND, Action.MOVE_DATE, Action.WAIVE, Action.SUPERSEDE})
"""Heard also by whoever was reminded of the date that is gone, such as the office's lead."""
_NAMES_THE_DATE = (
    Action.REQUEST_APPROVAL,
    Action.RETURN,
    Action.MOVE_DATE,
    Action.EXTEND,
    Action.UNWAIVE,
)
"""Words of events that say by when."""


def people_by_role(unit_ids: Iterable[int], on: date) -> dict[int, dict[str, list[User]]]:
    """Active persons per unit and role on that day, delegated approvers included: two queries."""
    wanted = set(unit_ids)
    found: dict[int, dict[str, list[User]]] = defaultdict(lambda: defaultdict(list))
    held = Membership.objects.in_force(on).filter(unit_id__in=wanted, user__is_active=True)
    for membership in held.select_related("user").order_by("user_id"):
        _add(found[membership.unit_id][membership.role], membership.user)
    deputies = Delegation.objects.in_force(on).filter(unit_id__in=wanted, deputy__is_active=True)
    for delegation in deputies.select_related("deputy").order_by("deputy_id"):
        _add(found[delegation.unit_id][Role.APPROVER], delegation.deputy)
    return found


def _add(people: list[User], person: User) -> None:
    if person not in people:
        people.append(person)


def together(*groups: Iterable[User]) -> list[User]:
    """Everybody of the groups, each person once, in order of the account's number."""
    return sorted({person.pk: person for group in groups for person in group}.values(), key=lambda p: p.pk)


def channels(person: User) -> list[str]:
    """In the portal and by mail, both in the ledger for everybody.

    Where `why_no_mail` says something the row of the mail is written as skipped, with those words.
    """
    return [Channel.IN_APP, Channel.EMAIL]


def why_no_mail(person: User) -> str:
    """Why no mail can go to the person, as the ledger says it; "" where it can."""
    if not person.email:
        return "không có địa chỉ thư"
    if person.email_bounced_at is not None:
        return "thư gửi tới địa chỉ này đã bị trả lại"
    return ""


def why_held(unit: Unit, at: datetime) -> str:
    """Why nobody at the unit is reminded at that instant, as the log says it; "" when they are."""
    until, since = unit.reminders_held_until, unit.reminders_held_since
    if until is None or until < timezone.localdate(at) or (since is not None and at < since):
        return ""
    because = f": {unit.reminders_held_because}" if unit.reminders_held_because else ""
    return f"tạm ngừng nhắc đến hết {until:%d/%m/%Y}{because}"


def row_to(person: User, channel: str, *, why_not: str = "", **facts: object) -> Notice:
    """A row of the outbox to the person that is not stored yet; skipped with `why_not`, or where no mail can go.

    `facts` are its other columns, `due_at` and `created_at` among them.
    """
    by_mail = channel == Channel.EMAIL
    why_not = why_not or (why_no_mail(person) if by_mail else "")
    return Notice(
        recipient=person,
        channel=channel,
        address=person.email if by_mail else "",
        state=NoticeState.SKIPPED if why_not else NoticeState.PLANNED,
        reason=why_not[:200],
        **{"next_attempt_at": facts.get("due_at"), **facts},
    )


def announce(event: Event, *, now: datetime) -> list[Notice]:
    """Write the messages about a transition to the outbox; call inside its transaction."""
    return announce_all([event], now=now)


def announce_all(events: Sequence[Event], *, now: datetime) -> list[Notice]:
    """The same of several events at once, in as many queries as of one; read with `assignment__round`."""
    heard = [event for event in events if event.action in AUDIENCE]
    if not heard:
        return []
    duties = [event.assignment for event in heard]
    places = {place for duty in duties for place in (duty.unit_id, duty.round.owner_id)}
    by_role = people_by_role(places, timezone.localdate(now))
    return Notice.objects.bulk_create(
        _word(person, channel, event, now)
        for event in heard
        for person in _hearers(event, by_role)
        for channel in channels(person)
    )


def _hearers(event: Event, by_role: Mapping[int, Mapping[str, list[User]]]) -> list[User]:
    """Who is told, at the unit and for some events at the office; the one who did it as a rule is not."""
    at_unit, at_office = by_role[event.assignment.unit_id], by_role[event.assignment.round.owner_id]
    people = together(
        *(at_unit[role] for role in AUDIENCE[event.action]),
        *(at_office[role] for role in OFFICE_AUDIENCE.get(event.action, ())),
        User.objects.filter(is_admin=True, is_active=True) if event.action in FOR_ADMINS else (),
    )
    if event.action in _TELLS_WHO_WAS_REMINDED:
        people = together(people, _reminded(event.assignment))
    if event.action == Action.SUBMIT:
        return together(people, [event.actor])
    return [person for person in people if person.pk != event.actor_id]


def _reminded(assignment: Assignment) -> list[User]:
    """Active persons who were sent a date of the assignment."""
    sent = Notice.objects.filter(assignment=assignment, state=NoticeState.SENT, deadline__isnull=False)
    return list(User.objects.filter(is_active=True, pk__in=sent.order_by().values("recipient_id")))


def _word(person: User, channel: str, event: Event, now: datetime) -> Notice:
    row = event.assignment.round
    kept = (
        channel == Channel.EMAIL
        and person.daily_mail
        and row.daily_mail_allowed
        and event.action not in AT_ONCE
    )
    return row_to(
        person,
        channel,
        round=row,
        assignment=event.assignment,
        event=event,
        rule=event.action,
        daily=kept,
        due_at=next_daily_mail(row, now) if kept else now,
        created_at=now,
    )


def next_daily_mail(row: Round, now: datetime) -> datetime:
    """When the mail of the day goes out next: on a working day at the hour the round reminds."""
    calendar, day = working_calendar(), timezone.localdate(now)
    instant = datetime.combine(calendar.next_working_on_or_after(day), row.remind_at, ZONE)
    if instant >= now:
        return instant
    return datetime.combine(calendar.next_working_on_or_after(day + timedelta(days=1)), row.remind_at, ZONE)


# --- a date that was told is not the date any more


@dataclass(frozen=True)
class Change:
    """What a unit, or the office of its dispatch (no assignment), was to keep and keeps from now on."""

    round: Round
    assignment: Assignment | None
    old: Deadline
    new: Deadline

    @property
    def is_one(self) -> bool:
        return _says(self.old) != _says(self.new)


def _says(deadline: Deadline) -> tuple[object, ...]:
    return deadline.due_at, deadline.phrase


def tell_new_dates(changes: list[Change], *, actor: User, now: datetime) -> list[Notice]:
    """Word of the new date to each person whom the last message told another one, but for the actor; once a date.

    Call in the transaction of the change. Whoever was told nothing yet hears of the new date by its own steps.
    """
    changes = [change for change in changes if change.is_one]
    told = _last_told(changes)
    rows = [
        row_to(
            person,
            channel,
            round=change.round,
            assignment=change.assignment,
            deadline=change.new,
            rule=NEW_DATE,
            daily=True,
            due_at=now,
            created_at=now,
        )
        for change in changes
        for person, last in told.get(change.assignment.pk if change.assignment else 0, {}).values()
        if last != _says(change.new) and person.pk != actor.pk
        for channel in channels(person)
    ]
    return Notice.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def _last_told(changes: list[Change]) -> dict[int, dict[int, tuple[User, tuple[object, ...]]]]:
    """By assignment (0: the dispatch) and person the date they were told last: two queries at most."""
    if not changes:
        return {}
    old = {change.assignment.pk if change.assignment else 0: change.old for change in changes}
    of_units = Q(assignment__in=[pk for pk in old if pk])
    of_dispatch = Q(assignment=None, round=changes[0].round)
    sent = (
        Notice.objects.filter(of_units | of_dispatch if 0 in old else of_units)
        .filter(Q(deadline__isnull=False) | Q(event__action__in=_NAMES_THE_DATE), recipient__is_active=True)
        .filter(state__in=[NoticeState.SENT, NoticeState.CLAIMED])
        .select_related("deadline", "event", "recipient")
        .order_by("created_at", "id")
    )
    told: dict[int, dict[int, tuple[User, tuple[object, ...]]]] = defaultdict(dict)
    for notice in sent:
        place = notice.assignment_id or 0
        named = notice.deadline
        if named is None:
            assert notice.event is not None
            if notice.event.at < old[place].created_at:
                continue  # of a date before the one that changes now
            named = old[place]
        told[place][notice.recipient_id] = (notice.recipient, _says(named))
    return told
