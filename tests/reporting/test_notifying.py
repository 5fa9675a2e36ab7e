"""The outbox: claimed once, looked at again, sent once, whatever the mail server does."""

from __future__ import annotations

import asyncio
import email.policy
import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from django.core import mail
from django.core.mail.backends.smtp import EmailBackend
from django.db import connection

from reporting import notifying, reminders, reviewing, submitting, tasks
from reporting.announcing import AUDIENCE
from reporting.deadlines import DateToKeep, round_deadline
from reporting.models import Channel, Deadline, Notice, RenderJob, Report
from reporting.notifying import claim_in_app, claim_mail, send_all_due, send_due
from reporting.states import NoticeState
from tests.factories import World, accept, at, fill, make_world, return_report, submit
from units.models import Role, User

pytestmark = pytest.mark.django_db
NOW = at("2025-10-09 08:00")


def mails() -> list[Notice]:
    return list(Notice.objects.filter(channel=Channel.EMAIL).order_by("id"))


def states(**wanted: object) -> Counter[str]:
    rows = Notice.objects.filter(channel=Channel.EMAIL, **wanted)
    return Counter(rows.values_list("state", flat=True))


Claim = Callable[[datetime, int], list[Notice]]


def claim_mail_rows(now: datetime, limit: int) -> list[Notice]:
    return [notice for rows in claim_mail(now, limit) for notice in rows]


def later(**step: int) -> datetime:
    return NOW + timedelta(**step)


# --- claiming


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


# --- what goes out


def test_a_reminder_says_what_is_owed_and_by_when(world: World, settings) -> None:
    settings.SITE_URL = "https://bao-cao.example.com"
    reminders.plan_due(NOW)
    send_all_due(NOW)
    (sent,) = [m for m in mail.outbox if m.to == ["soan-cuc-a@example.com"]]
    notice = Notice.objects.get(recipient=world.reporters["cuc-a"], channel=Channel.EMAIL)
    assert sent.subject == notice.subject
    assert sent.subject.startswith("Nhắc: nộp báo cáo, Công tác khoa giáo năm 2025")
    assert sent.extra_headers["Message-ID"] == notice.message_id
    link = f"https://bao-cao.example.com/viec/{notice.assignment_id}/"
    html = str(sent.alternatives[0][0])
    for text in (sent.body, html):
        assert "Kính gửi Chuyên viên Cục YDCT" in text
        assert "trước ngày 20/10/2025" in text
        assert "thứ Sáu 17/10/2025" in text
        assert link in text
    assert "<img" not in html, "no tracking"


def test_an_overdue_reminder_says_so(world: World) -> None:
    now = at("2025-10-23 08:00")
    reminders.plan_due(now)
    send_all_due(now)
    (sent,) = [m for m in mail.outbox if m.to == ["duyet-cuc-a@example.com"]]
    assert sent.subject.startswith("Quá hạn: nộp báo cáo")
    assert "đã quá hạn" in sent.body


def test_names_are_escaped_in_html_and_plain_in_text(world: World) -> None:
    who = world.reporters["cuc-a"]
    User.objects.filter(pk=who.pk).update(full_name="Lê <b>Ánh</b> & Cộng sự")
    reminders.plan_due(NOW)
    send_all_due(NOW)
    (sent,) = [m for m in mail.outbox if m.to == [who.email]]
    assert "Kính gửi Lê <b>Ánh</b> & Cộng sự," in sent.body
    assert "Lê &lt;b&gt;Ánh&lt;/b&gt; &amp; Cộng sự" in str(sent.alternatives[0][0])


def test_the_bell_needs_no_mail(world: World) -> None:
    reminders.plan_due(NOW)
    done = send_all_due(NOW)
    rows = Notice.objects.filter(channel=Channel.IN_APP)
    assert {n.state for n in rows} == {NoticeState.SENT}
    assert {n.sent_at for n in rows} == {NOW}
    assert all(n.subject for n in rows)
    assert done.sent == rows.count() + len(mail.outbox)


def test_sending_again_sends_nothing(world: World) -> None:
    reminders.plan_due(NOW)
    send_all_due(NOW)
    count = len(mail.outbox)
    assert send_all_due(later(days=1)).total == 0
    assert len(mail.outbox) == count > 0


# --- looked at again before it goes


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


# --- word of events


def sent_to(username: str) -> list[EmailMessage]:
    return [m for m in mail.outbox if m.to == [f"{username}@example.com"]]


def test_the_way_of_a_report_is_told(world: World) -> None:
    submission = submit(world, "cuc-a", "2025-10-08 15:00")
    send_all_due(at("2025-10-08 15:01"))
    receipts = {m.to[0]: m for m in mail.outbox if m.subject.startswith("Phiếu tiếp nhận")}
    assert set(receipts) == {"soan-cuc-a@example.com", "duyet-cuc-a@example.com"}, "both get a receipt"
    for receipt in receipts.values():
        assert submission.code in receipt.body
        assert submission.sha256 in receipt.body
        assert "15:00:00 ngày 08/10/2025" in receipt.body
        assert f"/phieu/{submission.code}/" in receipt.body
    mail.outbox.clear()
    return_report(world, "cuc-a", when="2025-10-12 10:00")
    send_all_due(at("2025-10-12 10:01"))
    (told,) = sent_to("soan-cuc-a")
    assert told.subject.startswith("Trả lại bổ sung")
    assert "Đề nghị bổ sung số liệu." in told.body
    assert "Số ý kiến: 1" in told.body
    assert "chậm nhất ngày 24/10/2025" in told.body
    assert "thứ Sáu 24/10/2025" in told.body
    assert sent_to("nguoi-ngoai") == []


def test_the_approver_is_asked_and_not_when_it_is_settled(world: World) -> None:
    for code in ("cuc-a", "so-c"):
        fill(world.assignment(code), actor=world.reporters[code], now=NOW)
        submitting.request_approval(world.assignment(code), actor=world.reporters[code], now=NOW)
    submitting.send_back(
        world.assignment("so-c"), actor=world.approvers["so-c"], now=later(minutes=1), note="Sửa mục 2"
    )
    send_all_due(later(minutes=2))
    assert [m.subject.partition(":")[0] for m in sent_to("duyet-cuc-a")] == ["Chờ duyệt"]
    assert sent_to("duyet-so-c") == []
    (back,) = sent_to("soan-so-c")
    assert "Sửa mục 2" in back.body


def test_every_announced_action_has_its_words(world: World) -> None:
    from reporting import mail as words

    assert set(words._SUBJECTS) == set(words._LEADS) == set(AUDIENCE)
    reviewing.waive(world.assignment("so-c"), reason="Gộp", actor=world.lead, now=NOW)
    submit(world, "cuc-a", "2025-10-08 15:00")
    accept(world, "cuc-a", "2025-10-09 07:00")
    reviewing.reopen(world.assignment("cuc-a"), actor=world.lead, now=NOW, note="Xem lại số liệu")
    send_all_due(later(minutes=1))
    assert {m.subject.partition(":")[0] for m in mail.outbox} == {
        "Được miễn nộp",
        "Phiếu tiếp nhận",
        "Đã tiếp nhận",
        "Mở lại để xem xét",
    }


def test_the_tick_plans_and_sends(world: World, time_machine) -> None:
    time_machine.move_to(NOW, tick=False)
    tasks.tick()
    assert [m.subject for m in sent_to("soan-cuc-a")] != []
    count = len(mail.outbox)
    tasks.tick()
    assert len(mail.outbox) == count


def test_the_tick_wakes_the_printer_where_a_print_waits(world: World, monkeypatch, time_machine) -> None:
    time_machine.move_to(NOW, tick=False)
    woken: list[dict[str, object]] = []
    monkeypatch.setattr(tasks.render, "apply_async", lambda **options: woken.append(options))
    tasks.tick()
    assert woken == []
    report = Report.objects.create(
        round=world.round,
        title="Báo cáo",
        addressee="Ban",
        opening="",
        closing="",
        recipients="",
        created_by=world.lead,
        created_at=NOW,
    )
    RenderJob.objects.create(report=report, requested_by=world.lead, requested_at=NOW)
    tasks.tick()
    assert woken == [{"expires": 55}]


def test_what_is_planned_goes_out_even_when_planning_fails(world: World, monkeypatch, time_machine) -> None:
    reminders.plan_due(NOW)
    time_machine.move_to(NOW, tick=False)

    def fail(now: datetime) -> int:
        raise RuntimeError("planning is broken")

    monkeypatch.setattr(reminders, "plan_due", fail)
    with pytest.raises(RuntimeError):
        tasks.tick()
    assert states() == {"sent": len(mails())}


# --- a real mail server


class Server:
    """An SMTP server that answers as it is told, per recipient, and keeps what it took."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.answers: dict[str, str] = {}
        self.data_answers: dict[str, str] = {}
        self.delay = 0.0
        self.hang_up_after: int | None = None
        self.connections = 0

    async def handle_EHLO(self, server: SMTP, session, envelope, hostname, responses):
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server: SMTP, session, envelope, address: str, options) -> str:
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session, envelope) -> str:
        if self.delay:
            await asyncio.sleep(self.delay)
        answer = self.data_answers.get(envelope.rcpt_tos[0], "250 OK")
        if answer.startswith("250"):
            self.taken.append(message_from_bytes(envelope.content, policy=email.policy.default))
        if self.hang_up_after is not None and len(self.taken) >= self.hang_up_after:
            self.hang_up_after = None
            server.transport.close()
        return answer

    def to(self, username: str) -> list[EmailMessage]:
        return [m for m in self.taken if m["To"] == f"{username}@example.com"]


@contextmanager
def running() -> Iterator[tuple[Server, EmailBackend]]:
    server = Server()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield server, EmailBackend(host="127.0.0.1", port=port, timeout=10, use_tls=False, username="")
    finally:
        controller.stop()


@pytest.fixture
def smtp() -> Iterator[tuple[Server, EmailBackend]]:
    with running() as both:
        yield both


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


# --- real processes over one database

ROOT = Path(__file__).resolve().parents[2]
CHILD = """
import sys
from datetime import datetime
import django
django.setup()
from reporting import notifying, reminders
now = datetime.fromisoformat(sys.argv[1])
reminders.plan_due(now)
while notifying.send_due(now, limit=2).total:
    pass
"""


@pytest.fixture
def tick_process(transactional_db, tmp_path: Path, smtp) -> Callable[[datetime], subprocess.Popen[bytes]]:
    """Start a tick as a process of its own, on the database of this test and its mail server."""
    server, backend = smtp
    if connection.vendor == "sqlite":
        database = f"sqlite:///{tmp_path / 'portal.sqlite3'}"
    else:
        place = connection.settings_dict
        login = f"{place['USER']}:{place['PASSWORD']}".rstrip(":")
        database = f"postgres://{login}@{place['HOST']}:{place['PORT']}/{place['NAME']}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": database,
        "EMAIL_URL": f"smtp://127.0.0.1:{backend.port}",
    }

    def start(now: datetime) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", CHILD, now.isoformat()]
        return subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE)

    return start


def share_database(tmp_path: Path) -> None:
    """The tests' SQLite lives in memory: put a copy where other processes find it."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(tmp_path / "portal.sqlite3")) as copy:
            connection.connection.backup(copy)


def finish(*children: subprocess.Popen[bytes]) -> None:
    for child in children:
        _, trouble = child.communicate(timeout=60)
        assert child.returncode == 0, trouble.decode()[-2000:]


@pytest.mark.django_db(transaction=True)
def test_two_ticks_at_once_send_once(smtp, tick_process, tmp_path: Path) -> None:
    server, _ = smtp
    make_world(more_units=6)
    expected = len([p for p in reminders.plan(NOW) if p.channel == Channel.EMAIL])
    share_database(tmp_path)
    finish(tick_process(NOW), tick_process(NOW))
    ids = Counter(m["Message-ID"] for m in server.taken)
    assert len(ids) == expected > 10
    assert set(ids.values()) == {1}
    assert len({(m["To"], m["Subject"]) for m in server.taken}) == expected
    finish(tick_process(later(minutes=10)))
    assert len(server.taken) == expected


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_is_made_good(smtp, tick_process, tmp_path: Path) -> None:
    server, _ = smtp
    make_world(more_units=6)
    expected = len([p for p in reminders.plan(NOW) if p.channel == Channel.EMAIL])
    share_database(tmp_path)
    server.delay = 0.2
    child = tick_process(NOW)
    for _ in range(1200):  # a minute: under load a process takes long to start
        if len(server.taken) >= 3:
            break
        time.sleep(0.05)
    child.kill()
    child.communicate()
    before = len(server.taken)
    assert 3 <= before < expected
    server.delay = 0
    finish(tick_process(later(minutes=10)))
    ids = Counter(m["Message-ID"] for m in server.taken)
    assert len(ids) == expected, "none lost"
    assert sum(ids.values()) <= expected + 1, "at most the one in the air goes twice, under the same id"


def test_a_name_of_two_lines_makes_one_subject(world: World) -> None:
    world.round.name = "Đợt một\nBcc: ai-do@example.com"
    world.round.save(update_fields=["name"])
    reminders.plan_due(NOW)
    sent = send_all_due(NOW)
    assert (sent.failed, len(mail.outbox)) == (0, len(mails())), "none is refused as a bad header"
    assert mail.outbox
    assert not any("\n" in message.subject for message in mail.outbox)


def test_a_message_that_cannot_be_written_fails_alone(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    reminders.plan_due(NOW)
    broken = mails()[0]
    written = notifying.compose

    def compose(rows: list[Notice], *rest: object) -> object:
        if broken in rows:
            raise ValueError("no words")
        return written(rows, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(notifying, "compose", compose)
    send_all_due(NOW)
    broken.refresh_from_db()
    assert (broken.state, broken.reason) == (NoticeState.FAILED, "không soạn được nội dung thư")
    assert states() == {NoticeState.FAILED: 1, NoticeState.SENT: len(mails()) - 1}
