"""A row is claimed once, within its lease."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail

from reporting import notifying, reminders
from reporting.models import Notice
from reporting.notifying import claim_in_app, claim_mail, send_all_due
from reporting.states import NoticeState
from tests.factories import World
from tests.reporting.sending.outbox import NOW, later

pytestmark = pytest.mark.django_db
Claim = Callable[[datetime, int], list[Notice]]


def claim_mail_rows(now: datetime, limit: int) -> list[Notice]:
    return [notice for rows in claim_mail(now, limit) for notice in rows]


@pytest.mark.parametrize("claim", [claim_in_app, claim_mail_rows])
def test_a_claim_is_exclusive_within_its_lease(world: World, claim: Claim) -> None:
    reminders.plan_due(NOW)
    mine = claim(NOW, 3)
    assert len(mine) == 3
    rest = claim(NOW, 1000)
    planned = Notice.objects.filter(channel=mine[0].channel).count()
    assert len(rest) == planned - 3
    assert not {n.pk for n in mine} & {n.pk for n in rest}
    assert claim(NOW + notifying.LEASE - timedelta(seconds=1), 1000) == []
    retaken = claim(NOW + notifying.LEASE, 1000)
    assert len(retaken) == planned
    assert {n.attempts for n in retaken} == {2}


def test_what_is_not_due_is_not_claimed(world: World) -> None:
    reminders.plan_due(NOW)
    Notice.objects.update(next_attempt_at=later(minutes=1))
    assert claim_in_app(NOW, 10) == claim_mail(NOW, 10) == []


def test_a_lost_lease_does_not_overwrite_the_new_owner(world: World) -> None:
    """A process that slept through its lease finds that its word counts no more."""
    reminders.plan_due(NOW)
    slow = claim_mail_rows(NOW, 1)[0]
    other = claim_mail_rows(later(minutes=11), 1000)
    assert slow.pk in {n.pk for n in other}
    assert notifying._SecondLook().at([slow]) == []
    assert notifying._close([slow], state=NoticeState.FAILED) == 0
    assert Notice.objects.get(pk=slow.pk).state == NoticeState.CLAIMED


def test_a_later_batch_claims_at_its_own_instant(world: World, monkeypatch) -> None:
    """Another sender, whose tick came later, must not take the claim of a long run for dead."""
    reminders.plan_due(NOW)
    instants: list[datetime] = []
    clock = iter(range(0, 10_000, 13))
    monkeypatch.setattr(notifying.time, "monotonic", lambda: float(next(clock)))
    whole = notifying.send_due

    def one_batch(now: datetime, server: object, **how: float) -> notifying.Sent:
        instants.append(now)
        with monkeypatch.context() as real:
            real.setattr(notifying.time, "monotonic", lambda: 0.0)
            return whole(now, server, limit=2, **how)

    monkeypatch.setattr(notifying, "send_due", one_batch)
    send_all_due(NOW, seconds=60)
    assert instants[0] == NOW + timedelta(seconds=13)
    assert instants[:3] == [NOW + timedelta(seconds=13 * place) for place in (1, 2, 3)]


def test_sending_again_sends_nothing(world: World) -> None:
    reminders.plan_due(NOW)
    send_all_due(NOW)
    count = len(mail.outbox)
    assert send_all_due(later(days=1)).total == 0
    assert len(mail.outbox) == count > 0
