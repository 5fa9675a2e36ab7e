"""The office asks units to confirm their people; a unit tells the office and the admins what is wrong.

Both stand in the ledger of the unit's report and go out through the outbox.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from reporting.announcing import announce, announce_all
from reporting.deadlines import hold
from reporting.lifecycle import Refused, require_office
from reporting.models import Assignment, Event, Round
from reporting.readiness import look
from reporting.states import Action, RoundState
from units import contacts
from units.models import ContactWord, Role, Unit, User

NOT_AGAIN_FOR = timedelta(days=3)
"""A unit that was asked is left in peace so long."""


@dataclass(frozen=True)
class Asked:
    """How many units were asked now, and how many had been a short while ago."""

    units: int
    lately: int


@dataclass(frozen=True)
class LastAsked:
    """When the round's units were asked last, by whom and how many; whether that was a short while ago."""

    at: datetime
    by: User
    units: int
    lately: bool


def last_asked(row: Round, now: datetime) -> LastAsked | None:
    """The last time the office asked units of the round to confirm their people: two queries."""
    asked = Event.objects.filter(assignment__round=row, action=Action.ASK_CONTACTS)
    last = asked.select_related("actor").order_by("at", "pk").last()
    if last is None:
        return None
    return LastAsked(last.at, last.actor, asked.filter(at=last.at).count(), last.at > now - NOT_AGAIN_FOR)


def ask_units(row: Round, *, actor: User, now: datetime) -> Asked:
    """Ask every owing unit without a confirmation that counts; each person hears once.

    Raises `Refused` for anybody but a reviewer or the lead, and for a round that is not open.
    """
    require_office(row, actor, now, Role.REVIEWER, Role.LEAD)
    with transaction.atomic():
        hold(row)
        if not row.is_open:
            raise Refused("Đợt báo cáo không còn mở nên không gửi đề nghị được.")
        silent = [trouble.assignment for trouble in look(row, now).of("chua-xac-nhan").troubles]
        asked = Event.objects.filter(
            assignment__in=silent, action=Action.ASK_CONTACTS, at__gt=now - NOT_AGAIN_FOR
        )
        lately = set(asked.values_list("assignment_id", flat=True))
        events = []
        for assignment in silent:
            if assignment.pk not in lately:
                assignment.round = row
                events.append(Event(assignment=assignment, action=Action.ASK_CONTACTS, actor=actor, at=now))
        announce_all(Event.objects.bulk_create(events), now=now)
    return Asked(len(silent) - len(lately), len(lately))


def report_wrong(unit: Unit, *, seen: str, text: str, actor: User, now: datetime) -> ContactWord:
    """The unit says what is not right any more; the office that asks it and the admins are told.

    Without a round that asks the unit the word stands on the unit's page. Raises `contacts.ContactRefused`.
    """
    with transaction.atomic():
        word = contacts.correct(unit, seen=seen, text=text, actor=actor, now=now)
        asking = Assignment.objects.filter(unit=unit, round__state__in=(RoundState.OPEN, RoundState.CLOSED))
        newest = asking.select_related("round").order_by("-round__opened_at", "-pk").first()
        if newest is not None:
            event = Event.objects.create(
                assignment=newest,
                action=Action.CORRECT_CONTACTS,
                actor=actor,
                at=now,
                note=word.correction,
            )
            announce(event, now=now)
    return word
