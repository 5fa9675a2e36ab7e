"""Whatever the mail server does: nothing lost, nothing doubled, nobody else held up."""

from __future__ import annotations

import time
from collections import Counter

import pytest

from reporting import notifying, reminders, reviewing
from reporting.models import Channel, Notice
from reporting.notifying import claim_mail, send_all_due, send_due
from reporting.states import NoticeState
from tests.factories import World, at
from tests.reporting.sending.mail_server import running
from tests.reporting.sending.outbox import NOW, later, mails, states
from units.models import User

pytestmark = pytest.mark.django_db


def test_a_batch_goes_over_one_connection(world: World, smtp) -> None:
    server, backend = smtp
    reminders.plan_due(NOW)
    done = send_due(NOW, backend)
    assert len(server.taken) == len(mails()) > 5
    assert server.connections == 1
    assert states() == {"sent": len(mails())}
    assert done.failed == done.delayed == 0
    assert sorted(m["Message-ID"] for m in server.taken) == sorted(n.message_id for n in mails())
    (one,) = server.to("soan-cuc-a")
    assert one["Auto-Submitted"] == "auto-generated"
    assert one.get_body(("plain",)).get_content().startswith("Kính gửi Chuyên viên Cục YDCT")
    assert "trước ngày 20/10/2025" in one.get_body(("html",)).get_content()


@pytest.mark.parametrize("place", ["answers", "data_answers"])
def test_a_refused_address_is_marked_and_others_go_on(world: World, smtp, place: str) -> None:
    server, backend = smtp
    getattr(server, place)["soan-cuc-a@example.com"] = "550 5.1.1 no such mailbox"
    reminders.plan_due(NOW)
    done = send_due(NOW, backend)
    row = Notice.objects.get(recipient=world.reporters["cuc-a"], channel=Channel.EMAIL)
    assert (row.state, row.reason) == ("failed", "550 5.1.1 no such mailbox")
    assert done.failed == 1
    assert states() == {"failed": 1, "sent": len(mails()) - 1}
    assert User.objects.get(username="soan-cuc-a").email_bounced_at == NOW
    assert User.objects.filter(email_bounced_at__isnull=False).count() == 1
    next_step = at("2025-10-15 08:00")
    reminders.plan_due(next_step)
    mine = Notice.objects.filter(recipient__username="soan-cuc-a", rule="before-3").order_by("channel")
    assert [(n.channel, n.state, n.reason) for n in mine] == [
        (Channel.EMAIL, "skipped", "thư gửi tới địa chỉ này đã bị trả lại"),
        (Channel.IN_APP, "planned", ""),
    ]


def test_a_busy_server_is_tried_again_and_given_up_in_the_end(world: World, smtp) -> None:
    server, backend = smtp
    server.answers["soan-cuc-a@example.com"] = "451 4.3.0 try again later"
    reminders.plan_due(NOW)
    attempts = []
    for minute in range(0, 90):
        if send_due(later(minutes=minute), backend).delayed:
            attempts.append(minute)
    assert attempts == [0, 1, 6, 21]
    row = Notice.objects.get(recipient=world.reporters["cuc-a"], channel=Channel.EMAIL)
    assert (row.state, row.attempts) == ("failed", 5)
    assert row.reason == "451 4.3.0 try again later"
    assert world.reporters["cuc-a"].email_bounced_at is None
    assert states() == {"failed": 1, "sent": len(mails()) - 1}


def test_a_server_that_recovers_gets_the_mail_once(world: World, smtp) -> None:
    server, backend = smtp
    server.answers["soan-cuc-a@example.com"] = "451 greylisted"
    reminders.plan_due(NOW)
    send_due(NOW, backend)
    row = Notice.objects.get(recipient=world.reporters["cuc-a"], channel=Channel.EMAIL)
    assert (row.state, row.reason) == ("planned", "451 greylisted; thử lại 08:01")
    server.answers.clear()
    send_due(later(minutes=1), backend)
    assert len(server.to("soan-cuc-a")) == 1
    assert states() == {"sent": len(mails())}
    assert Notice.objects.get(pk=row.pk).reason == ""


def test_a_dead_server_costs_one_attempt_and_keeps_the_bell_ringing(world: World) -> None:
    with running() as (_, backend):
        pass  # gone: nothing listens on that port any more
    reminders.plan_due(NOW)
    done = send_all_due(NOW, backend)
    assert done.reachable is False
    assert states() == {"planned": len(mails())}
    assert Counter(n.attempts for n in mails()) == {0: len(mails()) - 1, 1: 1}
    assert not Notice.objects.filter(channel=Channel.IN_APP).exclude(state="sent").exists()
    assert send_all_due(later(seconds=30), backend).total == 0
    with running() as (server, alive):
        send_all_due(later(minutes=1), alive)
        assert len(server.taken) == len(mails())


def test_a_dead_server_loses_nothing_in_a_day(world: World) -> None:
    with running() as (_, backend):
        pass
    reminders.plan_due(NOW)
    for hour in range(24):
        send_all_due(later(hours=hour), backend)
    assert states() == {"planned": len(mails())}


def test_word_of_an_event_is_given_up_after_three_days(world: World) -> None:
    with running() as (_, backend):
        pass
    reviewing.waive(world.assignment("cuc-a"), reason="Gộp", actor=world.lead, now=NOW)
    for hour in range(0, 24 * 5):
        send_all_due(later(hours=hour), backend)
    assert states() == {"failed": len(mails())}
    assert User.objects.filter(email_bounced_at__isnull=False).count() == 0


def test_a_slow_server_ends_the_batch_in_time(world: World, smtp) -> None:
    server, backend = smtp
    server.delay, backend.timeout = 30, 1
    reminders.plan_due(NOW)
    started = time.monotonic()
    done = send_all_due(NOW, backend, seconds=4)
    assert time.monotonic() - started < 8
    assert done.reachable is False
    assert states()["sent"] == 0
    assert states()["claimed"] == 0, "nothing stays held"
    assert not Notice.objects.filter(channel=Channel.IN_APP).exclude(state="sent").exists()


def test_a_batch_that_runs_out_of_time_frees_the_rest(world: World, smtp) -> None:
    server, backend = smtp
    server.delay = 0.4
    reminders.plan_due(NOW)
    send_due(NOW, backend, seconds=0.9)
    sent = len(server.taken)
    assert 1 <= sent < len(mails())
    assert states() == {"sent": sent, "planned": len(mails()) - sent}
    assert {n.attempts for n in mails() if n.state == "planned"} == {0}
    server.delay = 0
    send_all_due(NOW, backend)
    assert len(server.taken) == len(mails())


def test_a_server_that_hangs_up_midway_delays_one_mail(world: World, smtp) -> None:
    server, backend = smtp
    server.hang_up_after = 3
    reminders.plan_due(NOW)
    send_due(NOW, backend)
    assert states()["planned"] <= 1
    send_all_due(later(minutes=1), backend)
    assert states() == {"sent": len(mails())}
    ids = Counter(m["Message-ID"] for m in server.taken)
    assert len(ids) == len(mails())
    assert sum(ids.values()) <= len(mails()) + 1


def test_killed_between_claim_and_send_is_retaken(world: World, smtp) -> None:
    server, backend = smtp
    reminders.plan_due(NOW)
    claim_mail(NOW, 1000)  # and the process is gone
    assert not send_all_due(later(minutes=2), backend).mails
    assert server.taken == []
    send_all_due(later(minutes=10), backend)
    assert sorted(m["Message-ID"] for m in server.taken) == sorted(n.message_id for n in mails())


def test_killed_between_send_and_mark_repeats_with_the_same_id(world: World, smtp, monkeypatch) -> None:
    server, backend = smtp
    reminders.plan_due(NOW)

    class Killed(BaseException):
        pass

    def die(rows: list[Notice], **values: object) -> int:
        if values.get("state") == NoticeState.SENT and rows[0].channel == Channel.EMAIL:
            raise Killed
        return close(rows, **values)

    close = notifying._close
    with monkeypatch.context() as patched:
        patched.setattr(notifying, "_close", die)
        with pytest.raises(Killed):
            send_due(NOW, backend)
    backend.close()
    assert len(server.taken) == 1
    send_all_due(later(minutes=10), backend)
    ids = Counter(m["Message-ID"] for m in server.taken)
    assert sorted(ids.values()) == [1] * (len(mails()) - 1) + [2]
