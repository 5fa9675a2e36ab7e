"""What reminders and words of events say, and to whom they go."""

from __future__ import annotations

import pytest
from django.core import mail

from reporting import notifying, reminders, reviewing, submitting
from reporting.announcing import AUDIENCE
from reporting.models import Channel, Notice
from reporting.notifying import send_all_due
from reporting.states import NoticeState
from tests.factories import World, accept, at, fill, return_report, submit
from tests.reporting.sending.outbox import NOW, later, mails, sent_to, states
from units.models import User

pytestmark = pytest.mark.django_db


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
