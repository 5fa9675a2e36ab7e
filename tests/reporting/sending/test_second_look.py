"""What is no longer so when its turn comes does not go out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.core import mail

from reporting import notifying, reminders, reviewing
from reporting.deadlines import DateToKeep, round_deadline
from reporting.models import Channel, Deadline, Notice
from reporting.notifying import send_all_due
from reporting.states import NoticeState
from tests.factories import World, at, return_report, submit
from tests.reporting.sending.outbox import NOW, later
from units.models import Role, User

pytestmark = pytest.mark.django_db


def skipped_reason(world: World, code: str = "cuc-a") -> str:
    send_all_due(later(hours=3))
    row = Notice.objects.get(recipient=world.reporters[code], rule="before-7", channel=Channel.EMAIL)
    assert row.state == NoticeState.SKIPPED
    assert [m for m in mail.outbox if m.to == [row.recipient.email] and "Nhắc" in m.subject] == []
    return row.reason


def test_who_submitted_meanwhile_is_not_reminded(world: World) -> None:
    reminders.plan_due(NOW)
    submit(world, "cuc-a", "2025-10-09 09:00")
    assert skipped_reason(world) == "đã nộp"


def test_who_submits_between_claim_and_send_is_not_reminded(world: World, monkeypatch) -> None:
    reminders.plan_due(NOW)
    claim = notifying.claim_mail

    def claim_then_submit(now: datetime, limit: int) -> list[list[Notice]]:
        mine = claim(now, limit)
        if world.assignment("cuc-a").state != "submitted":
            submit(world, "cuc-a", "2025-10-09 08:00")
        return mine

    monkeypatch.setattr(notifying, "claim_mail", claim_then_submit)
    assert skipped_reason(world) == "đã nộp"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            lambda w: reviewing.waive(w.assignment("cuc-a"), reason="x", actor=w.lead, now=later(hours=1)),
            "được miễn nộp",
        ),
        (
            lambda w: reviewing.extend(
                w.assignment("cuc-a"),
                until=DateToKeep("before", date(2025, 10, 27)),
                reason="x",
                actor=w.lead,
                now=later(hours=1),
            ),
            "đã gia hạn: trước ngày 27/10/2025",
        ),
        (
            lambda w: round_deadline(
                w.round,
                Deadline.Purpose.SUBMISSION,
                w.thuoc,
                DateToKeep("before", date(2025, 10, 22)),
                actor=w.admin,
                now=later(hours=1),
            ),
            "thời hạn đã thay: trước ngày 22/10/2025",
        ),
        (
            lambda w: User.objects.filter(username="soan-cuc-a").update(email_bounced_at=NOW),
            "thư gửi tới địa chỉ này đã bị trả lại",
        ),
        (
            lambda w: User.objects.filter(username="soan-cuc-a").update(email=""),
            "không có địa chỉ thư",
        ),
        (
            lambda w: User.objects.filter(username="soan-cuc-a").update(is_active=False),
            "tài khoản người nhận đã khóa",
        ),
        (
            lambda w: w.units[0].memberships.filter(role=Role.REPORTER).update(valid_to=date(2025, 10, 9)),
            "người nhận không còn là đầu mối của đơn vị",
        ),
        (
            lambda w: type(w.round).objects.filter(pk=w.round.pk).update(state="closed"),
            "đợt báo cáo không còn mở",
        ),
    ],
)
def test_why_a_reminder_is_not_sent(world: World, change: Callable[[World], object], reason: str) -> None:
    reminders.plan_due(NOW)
    change(world)
    assert skipped_reason(world) == reason


def test_a_returned_report_does_not_get_the_old_reminder(world: World) -> None:
    reminders.plan_due(NOW)
    submit(world, "cuc-a", "2025-10-09 08:30")
    return_report(world, "cuc-a", when="2025-10-09 09:00")
    assert skipped_reason(world) == "đã nộp", "set aside by the submission, before the return"


def test_only_the_latest_step_leaves_the_outbox_after_an_outage(world: World) -> None:
    """Planned on the 9th, not sent; the worker comes back on the 16th."""
    reminders.plan_due(NOW)
    back = at("2025-10-16 09:00")
    reminders.plan_due(back)
    send_all_due(back)
    rows = Notice.objects.filter(recipient=world.reporters["cuc-a"], channel=Channel.EMAIL)
    assert {(n.rule, n.state, n.reason) for n in rows} == {
        ("before-7", "skipped", "đã đến bậc nhắc sau (3 ngày làm việc trước hạn)"),
        ("before-3", "sent", ""),
    }


def test_a_pause_keeps_what_is_planned(world: World) -> None:
    reminders.plan_due(NOW)
    reminders.pause(world.round, actor=world.lead, now=later(minutes=1))
    assert send_all_due(later(minutes=2)).total == 0
    reminders.resume(world.round, actor=world.lead, now=later(hours=1))
    assert send_all_due(later(hours=1)).sent == Notice.objects.count()


def hold(world: World, when: datetime) -> None:
    reminders.hold_unit(
        world.units[0],
        until=date(2025, 10, 10),
        reason="Đang chuyển trụ sở.",
        actor=world.reviewer,
        now=when,
    )


def test_a_held_unit_is_skipped_and_hears_of_events(world: World) -> None:
    reminders.plan_due(NOW)
    hold(world, at("2025-10-09 08:05"))
    send_all_due(later(minutes=6))
    submit(world, "so-c", "2025-10-09 08:10")
    reviewing.waive(world.assignment("cuc-a"), reason="Gộp", actor=world.lead, now=later(minutes=15))
    send_all_due(later(hours=1))
    mine = Notice.objects.filter(recipient=world.reporters["cuc-a"], channel=Channel.EMAIL)
    assert {(n.rule, n.state) for n in mine} == {("before-7", "skipped"), ("waive", "sent")}
    assert mine.get(rule="before-7").reason == "tạm ngừng nhắc đến hết 10/10/2025: Đang chuyển trụ sở."
