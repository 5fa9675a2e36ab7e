"""One mail a person and day: its rows tied at the first claim, its words one table."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reporting import daily_mail, notifying, reminders, reviewing, submitting
from reporting.models import Notice
from reporting.notifying import claim_mail, send_all_due, send_due
from reporting.states import Action
from tests.factories import World, accept, at, fill, give, submit
from tests.reporting.test_lapsing import wait
from units.models import Role, User

pytestmark = pytest.mark.django_db
NOW = at("2025-10-09 08:00")
WRITER = "soan-cuc-a"


def with_two_duties(world: World) -> User:
    """The writer of `cuc-a` writes for the hospital too; both are reminded at the same step."""
    return give(world.reporters["cuc-a"], world.units[1], Role.REPORTER)


def to(username: str = WRITER) -> list[mail.EmailMultiAlternatives]:
    return [m for m in mail.outbox if m.to == [f"{username}@example.com"]]  # type: ignore[misc]


def rows(username: str = WRITER) -> list[Notice]:
    return list(Notice.objects.filter(recipient__username=username, channel="email").order_by("pk"))


def later(**step: float) -> datetime:
    return NOW + timedelta(**step)


def test_everything_owed_goes_as_one_mail(world: World, settings) -> None:
    settings.SITE_URL = "https://bao-cao.example.com"
    with_two_duties(world)
    reminders.plan_due(NOW)
    done = send_all_due(NOW)
    (letter,) = to()
    first, second = rows()
    assert {first.head_id, second.head_id} == {first.pk}
    assert letter.extra_headers["Message-ID"] == first.message_id == second.message_id
    assert {(n.state, n.subject, n.address) for n in rows()} == {
        ("sent", letter.subject, f"{WRITER}@example.com")
    }
    assert letter.subject == "Nhắc 2 việc cần làm, gần nhất còn 6 ngày làm việc"
    html = str(letter.alternatives[0][0])
    for text in (letter.body, html):
        for words in (
            "Kính gửi Chuyên viên Cục YDCT",
            "Nộp báo cáo",
            "Cục Quản lý Y, Dược cổ truyền",
            "Bệnh viện Bạch Mai",
            "trước ngày 20/10/2025",
            "thứ Sáu 17/10/2025",
            "Chưa bắt đầu",
            f"https://bao-cao.example.com/viec/{first.assignment_id}/",
            f"https://bao-cao.example.com/viec/{second.assignment_id}/",
        ):
            assert words in text
    assert done.mails == len(mail.outbox)
    bell = Notice.objects.filter(recipient__username=WRITER, channel="in_app")
    assert {(n.state, n.head_id) for n in bell} == {("sent", None)}, "the bell tells each for itself"
    assert bell.count() == 2


def test_a_claim_never_parts_what_shares_a_mail(world: World) -> None:
    with_two_duties(world)
    reminders.plan_due(NOW)
    Notice.objects.exclude(recipient__username=WRITER).update(next_attempt_at=later(days=1))
    (mine,) = claim_mail(NOW, 1)
    assert [n.pk for n in mine] == [n.pk for n in rows()]


def test_a_repeat_is_the_same_mail(world: World, monkeypatch) -> None:
    """Killed between sending and marking; meanwhile one report came in and another step fell due."""
    with_two_duties(world)
    reminders.plan_due(NOW)

    class Killed(BaseException):
        pass

    def die(sent: list[Notice], **values: object) -> int:
        if values.get("state") == "sent" and sent[0].recipient.username == WRITER:
            raise Killed
        return close(sent, **values)

    close = notifying._close
    with monkeypatch.context() as patched:
        patched.setattr(notifying, "_close", die)
        Notice.objects.filter(channel="in_app").delete()
        with pytest.raises(Killed):
            send_due(NOW)
    submit(world, "benh-vien-b", "2025-10-09 08:01")
    send_all_due(later(minutes=10))
    first, again = [m for m in to() if "Nhắc" in m.subject]
    assert first.extra_headers["Message-ID"] == again.extra_headers["Message-ID"]
    assert "Bệnh viện Bạch Mai" in first.body
    assert "Bệnh viện Bạch Mai" not in again.body
    assert [n.state for n in rows()[:2]] == ["sent", "skipped"]


def test_what_nobody_tried_finds_its_mail_anew(world: World) -> None:
    """Freed untried, then joined by another row: one mail, not two."""
    with_two_duties(world)
    reminders.plan_due(NOW)
    late = rows()[1]
    Notice.objects.filter(pk=late.pk).update(next_attempt_at=later(minutes=1))
    send_due(NOW, seconds=-1)
    assert {(n.state, n.attempts, n.head_id) for n in rows()} == {("planned", 0, None)}
    send_all_due(later(minutes=1))
    assert len(to()) == 1


def test_what_was_tried_keeps_its_mail_to_itself(world: World) -> None:
    with_two_duties(world)
    reminders.plan_due(NOW)
    first, second = rows()
    Notice.objects.filter(pk=first.pk).update(attempts=1, head=first.pk)
    send_all_due(NOW)
    assert [m.extra_headers["Message-ID"] for m in to()] == [first.message_id, second.message_id]


def test_words_go_at_once_and_alone(world: World) -> None:
    with_two_duties(world)
    reminders.plan_due(NOW)
    reviewing.waive(world.assignment("cuc-a"), reason="x", actor=world.lead, now=NOW)
    send_all_due(NOW)
    assert sorted(m.subject.partition(":")[0] for m in to()) == ["Nhắc", "Được miễn nộp"]


def test_the_daily_choice_joins_words_to_the_reminders(world: World) -> None:
    with_two_duties(world)
    User.objects.filter(username=WRITER).update(daily_mail=True)
    world.round.daily_mail_allowed = True
    world.round.save()
    submit(world, "benh-vien-b", "2025-10-08 14:00")
    accept(world, "benh-vien-b", "2025-10-08 16:00")
    send_all_due(at("2025-10-08 16:01"))
    assert to() == []
    reminders.plan_due(NOW)
    send_all_due(NOW)
    (letter,) = to()
    assert letter.subject == (
        "Nhắc: nộp báo cáo, Công tác khoa giáo năm 2025 (còn 6 ngày làm việc); 2 tin về báo cáo của đơn vị"
    )
    for words in ("Đã tiếp nhận: báo cáo", "Phiếu tiếp nhận: báo cáo", "Mã phiếu: KG25-"):
        assert words in letter.body
    assert "Báo cáo của Bệnh viện Bạch Mai đã được tiếp nhận" in str(letter.alternatives[0][0])


def test_what_waits_is_said_alone_and_in_the_table(world: World) -> None:
    fill(world.assignment("cuc-a"), actor=world.reporters["cuc-a"], now=NOW)
    submitting.request_approval(world.assignment("cuc-a"), actor=world.reporters["cuc-a"], now=NOW)
    approval = wait(world, Action.REQUEST_APPROVAL, "approval-2", world.approvers["cuc-a"])
    send_all_due(at("2025-10-13 08:00"))
    approval.refresh_from_db()
    assert approval.subject == "Chờ duyệt 2 ngày làm việc: báo cáo Công tác khoa giáo năm 2025"
    (letter,) = [m for m in to("duyet-cuc-a") if m.subject == approval.subject]
    for words in ("Trình lúc: 08:00 ngày 09/10/2025", "thứ Sáu 17/10/2025", "/viec/"):
        assert words in letter.body
    submitting.submit(world.assignment("cuc-a"), actor=world.approvers["cuc-a"], now=at("2025-10-13 09:00"))
    backlog = wait(world, Action.SUBMIT, "backlog-3", world.reviewer)
    mail.outbox.clear()
    now = at("2025-10-16 08:00")
    reminders.plan_due(now)
    send_all_due(now)
    (letter,) = to("xem-1")
    backlog.refresh_from_db()
    assert backlog.state == "sent"
    assert letter.subject == (
        "Nhắc 1 việc cần làm, gần nhất còn 13 ngày làm việc, 1 báo cáo chờ Văn phòng xem"
    )
    for words in (
        "Xem và tiếp nhận báo cáo: Cục Quản lý Y, Dược cổ truyền",
        "Gửi báo cáo của Bộ: Văn phòng Bộ",
        "trước ngày 5/11/2025",
        "/dot/khoa-giao-2025/don-vi/cuc-a/",
    ):
        assert words in letter.body


def line(kind: str, left: str = "đã chờ 8 ngày làm việc") -> daily_mail.Owed:
    over, waits = kind == "over", kind == "waits"
    return daily_mail.Owed(
        "nộp báo cáo", "Cục A", "Đợt B", "", "", left, "", "", over, (not over, NOW), waits
    )


@pytest.mark.parametrize(
    ("kinds", "subject", "lead"),
    [
        (["over"], "Quá hạn: nộp báo cáo, Đợt B (đã chờ", "Có 1 việc chưa xong và đã quá hạn."),
        (
            ["over", "over", "soon", "waits"],
            "Quá hạn 2 việc, 1 việc sắp đến hạn, 1 báo cáo chờ Văn phòng xem",
            "Có 4 việc chưa xong, trong đó 2 việc đã quá hạn.",
        ),
        (
            ["waits", "waits"],
            "2 báo cáo chờ Văn phòng xem, lâu nhất đã chờ 8 ngày làm việc",
            "Có 2 việc chưa xong, việc lâu nhất đã chờ 8 ngày làm việc.",
        ),
    ],
)
def test_what_waits_for_the_office_is_not_about_to_fall_due(
    kinds: list[str], subject: str, lead: str
) -> None:
    owed = [line(kind) for kind in kinds]
    assert daily_mail._subject(owed, []).startswith(subject)
    assert daily_mail._lead(owed, []).startswith(lead)


def test_the_work_of_a_mail_is_flat(world: World) -> None:
    """One look and one mark a mail, however many rows it has."""
    writer = with_two_duties(world)
    reminders.plan_due(NOW)
    Notice.objects.exclude(recipient=writer).delete()
    Notice.objects.filter(channel="in_app").delete()
    with CaptureQueriesContext(connection) as two:
        send_due(NOW)
    Notice.objects.all().delete()
    writer.memberships.exclude(unit=world.units[0]).delete()
    reminders.plan_due(NOW)
    Notice.objects.exclude(recipient=writer).delete()
    Notice.objects.filter(channel="in_app").delete()
    with CaptureQueriesContext(connection) as one:
        send_due(NOW)
    assert len(two) == len(one)
