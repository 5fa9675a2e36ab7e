"""The office sends a mail of the log again: a row of its own, once, and only what is still so."""

from __future__ import annotations

import pytest
from django.core import mail

from reporting import reminders
from reporting.lifecycle import Refused
from reporting.models import Notice, RoundEvent
from reporting.notifying import send_all_due
from reporting.resending import RESEND, resend
from tests.factories import World, at, submit
from units.models import User

pytestmark = pytest.mark.django_db
NOW = at("2025-10-09 08:00")
LATER = at("2025-10-09 09:00")


@pytest.fixture
def row(world: World) -> Notice:
    reminders.plan_due(NOW)
    send_all_due(NOW)
    mail.outbox.clear()
    return fresh()


def fresh(**wanted: object) -> Notice:
    return Notice.objects.select_related("recipient", "round").get(
        **{"recipient__username": "soan-cuc-a", "channel": "email", "copy": 0, **wanted}
    )


def test_it_goes_again_with_a_record_of_its_own(row: Notice, world: World) -> None:
    User.objects.filter(pk=row.recipient_id).update(email="moi@example.com")
    copy = resend(fresh(), actor=world.reviewer, now=LATER)
    send_all_due(LATER)
    (letter,) = mail.outbox
    assert letter.to == ["moi@example.com"]
    assert letter.extra_headers["Message-ID"] == copy.message_id != row.message_id
    copy.refresh_from_db()
    assert (copy.state, copy.copy, copy.asked_by, copy.address) == (
        "sent",
        1,
        world.reviewer,
        "moi@example.com",
    )
    assert fresh().sent_at == NOW
    event = RoundEvent.objects.get(action=RESEND)
    assert event.note == "Chuyên viên Cục YDCT (moi@example.com): 7 ngày làm việc trước hạn"
    assert resend(fresh(), actor=world.lead, now=LATER).copy == 2


def test_one_copy_waits_at_a_time(row: Notice, world: World) -> None:
    resend(row, actor=world.reviewer, now=LATER)
    with pytest.raises(Refused, match=r"đang chờ gửi"):
        resend(row, actor=world.lead, now=LATER)


def test_a_copy_says_nothing_of_the_ladder(row: Notice, world: World) -> None:
    """Sent again at 8:01 on the day of the next step, before the tick: that step goes out all the same."""
    resend(row, actor=world.reviewer, now=at("2025-10-15 08:01"))
    now = at("2025-10-15 08:02")
    reminders.plan_due(now)
    send_all_due(now)
    assert fresh(rule="before-3").state == "sent"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda w: submit(w, "cuc-a", "2025-10-09 08:30"), "không còn đúng: đã nộp"),
        (lambda w: User.objects.filter(username="soan-cuc-a").update(is_active=False), "đã khóa"),
        (lambda w: User.objects.filter(username="soan-cuc-a").update(email=""), "không có địa chỉ thư"),
        (
            lambda w: User.objects.filter(username="soan-cuc-a").update(email_bounced_at=NOW),
            "đã bị trả lại",
        ),
        (lambda w: reminders.pause(w.round, actor=w.lead, now=LATER), "tạm dừng"),
        (
            lambda w: reminders.hold_unit(
                w.units[0], until=LATER.date(), reason="Bão", actor=w.lead, now=LATER
            ),
            "tạm ngừng nhắc",
        ),
    ],
)
def test_only_what_is_still_so_and_can_arrive(row: Notice, world: World, change, said: str) -> None:
    change(world)
    with pytest.raises(Refused, match=said):
        resend(fresh(rule="before-7"), actor=world.reviewer, now=LATER)
    assert not Notice.objects.filter(copy__gt=0).exists()


def test_not_the_bell_and_not_what_waits(row: Notice, world: World) -> None:
    with pytest.raises(Refused, match=r"không cần gửi lại"):
        resend(fresh(channel="in_app"), actor=world.reviewer, now=LATER)
    Notice.objects.filter(pk=row.pk).update(state="planned")
    with pytest.raises(Refused, match=r"đang chờ gửi"):
        resend(fresh(), actor=world.reviewer, now=LATER)


def test_only_the_office_asks(row: Notice, world: World) -> None:
    for stranger in (world.outsider, world.reporters["cuc-a"], world.registry, world.admin):
        with pytest.raises(Refused, match=r"Việc này do"):
            resend(row, actor=stranger, now=LATER)
