"""A database that restarts between a mail and its mark: the mail does not go out again."""

from __future__ import annotations

import pytest
from django.core import mail
from django.db import OperationalError

from reporting import notifying, reminders
from reporting.models import Channel, Notice
from reporting.states import NoticeState
from tests.factories import at, make_world

NOW = at("2025-10-09 08:00")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("failures", [1, 4])
def test_a_mail_is_marked_once_the_database_is_back(monkeypatch, failures: int) -> None:
    make_world()
    reminders.plan_due(NOW)
    left = [failures]
    close = notifying._close

    def away_at_first(rows, **values):
        if rows and "address" in values and left[0]:
            left[0] -= 1
            raise OperationalError("server closed the connection unexpectedly")
        return close(rows, **values)

    slept: list[float] = []
    monkeypatch.setattr(notifying, "_close", away_at_first)
    monkeypatch.setattr(notifying.time, "sleep", slept.append)
    notifying.send_all_due(NOW)
    assert slept == list(notifying.DATABASE_BACK[:failures])
    assert {n.state for n in Notice.objects.filter(channel=Channel.EMAIL)} == {NoticeState.SENT}
    notifying.send_all_due(NOW + notifying.LEASE)
    assert len({m.extra_headers["Message-ID"] for m in mail.outbox}) == len(mail.outbox)


@pytest.mark.django_db(transaction=True)
def test_a_database_that_stays_away_leaves_the_claim(monkeypatch) -> None:
    make_world()
    reminders.plan_due(NOW)

    def away(rows, **values):
        raise OperationalError("server closed the connection unexpectedly")

    with monkeypatch.context() as patched:
        patched.setattr(notifying, "_close", away)
        patched.setattr(notifying.time, "sleep", lambda seconds: None)
        patched.setattr(notifying, "claim_in_app", lambda now, limit: [])
        with pytest.raises(OperationalError):
            notifying.send_all_due(NOW)
    assert len(mail.outbox) == 1
    notifying.send_all_due(NOW + notifying.LEASE)
    assert {n.state for n in Notice.objects.filter(channel=Channel.EMAIL)} == {NoticeState.SENT}
