"""Clocks that jump, schedulers that double, databases that go away: nothing is lost, nothing said twice."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import OperationalError

from reporting import notifying, reminders, tasks
from reporting.models import Channel, Notice
from reporting.notifying import claim_mail, send_all_due, send_due
from tests.factories import World, at

pytestmark = pytest.mark.django_db
NOW = at("2025-10-09 08:00")


def ids() -> Counter[str]:
    return Counter(str(m.extra_headers["Message-ID"]) for m in mail.outbox)  # type: ignore[attr-defined]


def planned() -> int:
    return Notice.objects.filter(channel=Channel.EMAIL).count()


@pytest.mark.parametrize("step", [timedelta(hours=-3), timedelta(hours=5), timedelta(days=-2)])
def test_a_clock_put_forward_or_back_says_nothing_twice(world: World, step: timedelta) -> None:
    reminders.plan_due(NOW)
    send_all_due(NOW)
    before = ids()
    assert set(before.values()) == {1}
    for moment in (NOW + step, NOW, NOW + step, NOW + timedelta(minutes=1)):
        reminders.plan_due(moment)
        send_all_due(moment)
    assert set(ids().values()) == {1}
    rules = Counter(Notice.objects.values_list("assignment", "deadline", "rule", "recipient", "channel"))
    assert set(rules.values()) == {1}


@pytest.mark.parametrize("back", [timedelta(minutes=20), timedelta(hours=20)])
def test_a_claim_of_a_clock_that_was_put_back_waits_and_is_not_lost(world: World, back: timedelta) -> None:
    """Nobody can tell whether its owner still sends, so it keeps its lease by its own clock."""
    reminders.plan_due(NOW)
    claim_mail(NOW)
    send_all_due(NOW - back)
    assert mail.outbox == []
    send_all_due(NOW + notifying.LEASE)
    assert len(ids()) == planned()


def test_a_claim_of_a_clock_that_was_days_ahead_is_retaken(world: World) -> None:
    reminders.plan_due(NOW)
    claim_mail(NOW + timedelta(days=400))
    send_all_due(NOW)
    assert len(ids()) == planned()


def test_a_wait_set_by_a_clock_that_was_days_ahead_ends(world: World) -> None:
    reminders.plan_due(NOW)
    Notice.objects.filter(channel=Channel.EMAIL).update(attempts=1, next_attempt_at=NOW + timedelta(days=400))
    send_all_due(NOW)
    assert len(ids()) == planned()


def test_a_sender_whose_clock_jumped_stops_where_another_took_over(world: World) -> None:
    """The clock goes on by an hour while a batch is sent: the next tick takes the claims for dead."""
    reminders.plan_due(NOW)

    class Jumping(EmailBackend):
        def send_messages(self, messages):  # type: ignore[no-untyped-def]
            done = super().send_messages(messages)
            if len(mail.outbox) == 2:
                send_all_due(NOW + timedelta(hours=1), EmailBackend())
            return done

    send_due(NOW, Jumping())
    assert len(ids()) == planned()
    assert sum(ids().values()) <= planned() + 1, "at most the one in the air"
    assert not Notice.objects.exclude(state="sent").exists()


def test_two_schedulers_make_one_plan_and_one_mail(world: World, time_machine) -> None:
    time_machine.move_to(NOW, tick=False)
    for _ in range(3):
        tasks.tick()
    assert set(ids().values()) == {1}
    assert len(ids()) == planned() > 0


def test_a_database_that_goes_away_costs_no_message(world: World, monkeypatch) -> None:
    """Composing fails with the database: no word against the message, its claim dies and is retaken."""
    reminders.plan_due(NOW)
    with monkeypatch.context() as away:

        def gone(*_: object) -> None:
            raise OperationalError("server closed the connection unexpectedly")

        away.setattr(notifying, "compose", gone)
        with pytest.raises(OperationalError):
            send_due(NOW)
    assert not Notice.objects.filter(state="failed").exists()
    send_all_due(NOW + notifying.LEASE)
    assert len(ids()) == planned()
    assert not Notice.objects.exclude(state="sent").exists()
