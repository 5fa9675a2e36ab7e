"""At once or once a day: what the office allows in a round, and what a person chooses.

Reminders of one day always share a mail; the choice is about words of what happened. What somebody must act on
(`announcing.AT_ONCE`) goes at once whatever was chosen, and the bell never waits.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from reporting.lifecycle import Refused, require_office
from reporting.models import NEW_DATE, Channel, Notice, Round, RoundEvent
from reporting.states import NoticeState, RoundState
from units.access import Standing
from units.models import Role, User

ALLOW, FORBID = "allow_daily_mail", "forbid_daily_mail"


def allow_daily(row: Round, allowed: bool, *, actor: User, now: datetime) -> None:
    """The lead lets the people of a round have words of it once a day, or no longer. Raises `Refused`."""
    require_office(row, actor, now, Role.LEAD)
    with transaction.atomic():
        others = Round.objects.filter(pk=row.pk, daily_mail_allowed=not allowed)
        if not others.update(daily_mail_allowed=allowed):
            raise Refused("Đợt này đã cho nhận thư gộp." if allowed else "Đợt này đang gửi thư ngay.")
        RoundEvent.objects.create(round=row, action=ALLOW if allowed else FORBID, actor=actor, at=now)
    row.daily_mail_allowed = allowed


def rounds_that_offer_it(standing: Standing) -> QuerySet[Round]:
    """Rounds not issued yet that the person hears of and whose office allows the mail of the day."""
    mine = Q(assignments__unit__in=standing.unit_ids) | Q(owner__in=standing.office_ids)
    running = Round.objects.filter(state__in=[RoundState.OPEN, RoundState.CLOSED], daily_mail_allowed=True)
    return running.filter(mine).distinct()


def choose_daily(person: User, daily: bool, *, now: datetime) -> None:
    """The person's own choice, for what happens from now on; of "at once" what was kept goes out at once."""
    with transaction.atomic():
        User.objects.filter(pk=person.pk).update(daily_mail=daily)
        if not daily:
            kept = Notice.objects.filter(
                recipient=person, channel=Channel.EMAIL, state=NoticeState.PLANNED, daily=True, attempts=0
            ).exclude(rule=NEW_DATE)
            kept.update(daily=False, due_at=now, next_attempt_at=now)
    person.daily_mail = daily
