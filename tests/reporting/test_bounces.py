"""Mail that came back: read from what servers write, noted once, at the row and at the address."""

from __future__ import annotations

import json
import mailbox
from email import message_from_string
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from reporting import bounces, reminders
from reporting.bounce_reading import Bounce, read_bounce
from reporting.bounces import Noted, note, record_bounce
from reporting.lifecycle import Refused
from reporting.models import MAIL_DOMAIN, Notice, RoundEvent
from reporting.notifying import send_all_due
from tests.factories import World, at, give
from units.models import Role, User

NOW = at("2025-10-09 08:00")
LATER = at("2025-10-09 09:00")
WRITER = "soan-cuc-a"
ID = "<notice-{}@cong-chi-dao-bao-cao>"


def dsn(
    number: int = 7,
    *,
    address: str = "soan-cuc-a@example.com",
    status: str = "5.1.1",
    action: str = "failed",
    diagnostic: str = "smtp; 550 5.1.1 no such mailbox",
    copy: str = "text/rfc822-headers",
) -> str:
    return f"""Return-Path: <>
From: MAILER-DAEMON@mx.example.com (Mail Delivery System)
To: cong-bao-cao@example.com
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain; charset=utf-8

This is the mail system at host mx.example.com. I'm sorry.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com
X-Postfix-Queue-ID: 12345

Final-Recipient: rfc822; {address}
Original-Recipient: rfc822;{address}
Action: {action}
Status: {status}
Diagnostic-Code: {diagnostic}

--B
Content-Type: {copy}

Message-ID: {ID.format(number)}
Subject: abc
To: {address}

--B--
"""


QMAIL = f"""Return-Path: <>
From: MAILER-DAEMON@mx.example.com
Subject: failure notice

Hi. This is the qmail-send program at mx.example.com.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<soan-cuc-a@example.com>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Return-Path: <cong-bao-cao@example.com>
Message-ID: {ID.format(7)}
Subject: 450 4.2.2 is not the answer
"""
EXIM = f"""From: Mail Delivery System <Mailer-Daemon@mx.example.com>
X-Failed-Recipients: soan-cuc-a@example.com
Subject: Mail delivery failed: returning message to sender

A message that you sent could not be delivered to one or more of its recipients.
This is a permanent error. The following address(es) failed:

  soan-cuc-a@example.com
    host mx.example.com [192.0.2.1]: 550 Unknown user

------ This is a copy of the message, including all the headers. ------

Message-ID: {ID.format(7)}
"""
DELAYED = f"""From: Mail Delivery System <Mailer-Daemon@mx.example.com>
Subject: Warning: message delayed 24 hours

A message that you sent has not yet been delivered to soan-cuc-a@example.com.
No action is required on your part. Delivery attempts will continue for some time.

------ copy ------
Message-ID: {ID.format(7)}
"""
VACATION = f"""From: Chuyên viên <soan-cuc-a@example.com>
Subject: Tôi đi vắng
Auto-Submitted: auto-replied
In-Reply-To: {ID.format(7)}

Tôi nghỉ đến hết tuần, 5.1.1 là mục cần xem.
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            dsn(),
            Bounce(
                ID.format(7), "soan-cuc-a@example.com", "5.1.1", "550 5.1.1 no such mailbox", is_final=True
            ),
        ),
        (
            dsn(copy="message/rfc822", diagnostic="", address="Soan-Cuc-A@EXAMPLE.com", status="5.2.1 (off)"),
            Bounce(ID.format(7), "soan-cuc-a@example.com", "5.2.1", "5.2.1", is_final=True),
        ),
        (
            dsn(status="4.4.1", action="delayed", diagnostic="smtp; 451 4.4.1 timed out"),
            Bounce(ID.format(7), "soan-cuc-a@example.com", "4.4.1", "451 4.4.1 timed out", is_final=False),
        ),
        (
            dsn(status="4.4.7", diagnostic="smtp; expired"),
            Bounce(ID.format(7), "soan-cuc-a@example.com", "4.4.7", "expired", is_final=True),
        ),
        (dsn(status="2.0.0", action="delivered"), None),
        (dsn().replace("cong-chi-dao-bao-cao", "elsewhere.example"), None),
        (
            QMAIL,
            Bounce(
                ID.format(7),
                "soan-cuc-a@example.com",
                "5.1.1",
                "Sorry, no mailbox here by that name. (#5.1.1)",
                is_final=True,
            ),
        ),
        (
            EXIM,
            Bounce(
                ID.format(7),
                "soan-cuc-a@example.com",
                "5.0.0",
                "host mx.example.com [192.0.2.1]: 550 Unknown user",
                is_final=True,
            ),
        ),
        (
            DELAYED,
            Bounce(
                ID.format(7),
                "soan-cuc-a@example.com",
                "4.0.0",
                "A message that you sent has not yet been delivered to soan-cuc-a@example.com.",
                is_final=False,
            ),
        ),
        (VACATION, None),
        ("", None),
        ("From: a@b.vn\n\nChào", None),
        (
            "Content-Type: multipart/report; boundary=B\n\n--B\nContent-Type: message/delivery-status\n\n",
            None,
        ),
    ],
)
def test_what_a_server_says(text: str, expected: Bounce | None) -> None:
    assert read_bounce(message_from_string(text), MAIL_DOMAIN) == expected


@pytest.fixture
def sent(world: World) -> Notice:
    """A mail of two rows that has gone out."""
    give(world.reporters["cuc-a"], world.units[1], Role.REPORTER)
    reminders.plan_due(NOW)
    send_all_due(NOW)
    return Notice.objects.filter(recipient__username=WRITER, channel="email").order_by("pk")[0]


def rows() -> set[tuple[str, str]]:
    found = Notice.objects.filter(recipient__username=WRITER, channel="email")
    return set(found.values_list("state", "reason"))


def read(notice: Notice, **facts: str) -> Noted:
    bounce = read_bounce(message_from_string(dsn(notice.pk, **facts)), MAIL_DOMAIN)
    assert bounce is not None
    return note(bounce, now=LATER)


def test_every_row_of_the_mail_and_the_address_are_marked_once(sent: Notice) -> None:
    assert read(sent) == Noted.BOUNCED
    assert rows() == {("bounced", "550 5.1.1 no such mailbox")}
    who = User.objects.get(username=WRITER)
    assert (who.email_bounced_at, who.email_bounced_because) == (LATER, "550 5.1.1 no such mailbox")
    assert read(sent) == Noted.KNOWN
    reminders.plan_due(at("2025-10-15 08:00"))
    later = Notice.objects.filter(recipient=who, channel="email", rule="before-3")
    assert {n.reason for n in later} == {"thư gửi tới địa chỉ này đã bị trả lại"}


def test_a_delay_is_only_noted(sent: Notice) -> None:
    facts = {"status": "4.4.1", "action": "delayed", "diagnostic": "smtp; timed out"}
    assert read(sent, **facts) == Noted.DELAYED
    assert rows() == {("sent", "máy chủ báo chậm: 4.4.1 timed out")}
    assert read(sent, **facts) == Noted.KNOWN
    assert User.objects.get(username=WRITER).email_bounced_at is None


def test_a_mail_that_expired_came_back_but_the_address_may_be_good(sent: Notice) -> None:
    assert read(sent, status="4.4.7", diagnostic="smtp; expired") == Noted.RETURNED
    assert rows() == {("bounced", "4.4.7 expired")}
    assert User.objects.get(username=WRITER).email_bounced_at is None


def test_what_speaks_of_no_mail_of_ours_marks_nothing(sent: Notice) -> None:
    assert read(sent, address="ai-khac@example.com") == Noted.STRANGE
    bounce = Bounce("<notice-99999999@cong-chi-dao-bao-cao>", "", "5.1.1", "x", is_final=True)
    assert note(bounce, now=LATER) == Noted.STRANGE
    odd = Bounce("<notice-٣@cong-chi-dao-bao-cao>", "", "5.1.1", "x", is_final=True)
    assert note(odd, now=LATER) == Noted.STRANGE
    assert {state for state, _ in rows()} == {"sent"}


def test_an_address_that_changed_since_is_not_marked(sent: Notice) -> None:
    User.objects.filter(username=WRITER).update(email="moi@example.com")
    assert read(sent) == Noted.BOUNCED
    assert User.objects.get(username=WRITER).email_bounced_at is None


def test_the_office_notes_it_by_hand(sent: Notice, world: World) -> None:
    with pytest.raises(Refused, match=r"Hãy ghi máy chủ"):
        record_bounce(sent, because=" ", actor=world.reviewer, now=LATER)
    for stranger in (world.outsider, world.reporters["cuc-a"], world.registry):
        with pytest.raises(Refused, match=r"Việc này do"):
            record_bounce(sent, because="Đã nghỉ hưu", actor=stranger, now=LATER)
    record_bounce(sent, because="Đã nghỉ  hưu", actor=world.reviewer, now=LATER)
    assert rows() == {("bounced", "Đã nghỉ hưu")}
    event = RoundEvent.objects.get(action=bounces.BY_HAND)
    assert event.note == "Chuyên viên Cục YDCT (soan-cuc-a@example.com): Đã nghỉ hưu"
    assert event.label == "Ghi nhận thư bị trả lại"
    with pytest.raises(Refused, match=r"Chỉ ghi được"):
        record_bounce(sent, because="x", actor=world.admin, now=LATER)


# --- the command


def run(path: Path, *flags: str) -> str:
    out = StringIO()
    call_command("read_bounces", str(path), *flags, stdout=out)
    return out.getvalue()


def test_a_mailbox_is_read(sent: Notice, tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "tra-lai.mbox")
    for text in (VACATION.encode(), dsn(sent.pk).encode(), dsn(sent.pk + 10**6).encode()):
        box.add(text)
    box.close()
    answer = json.loads(run(tmp_path / "tra-lai.mbox", "--json"))
    assert answer["messages"] == 3
    assert [(b["message"], b["outcome"], b["status"]) for b in answer["bounces"]] == [
        (2, "bounced", "5.1.1"),
        (3, "strange", "5.1.1"),
    ]
    again = run(tmp_path / "tra-lai.mbox")
    assert "Thư 2: soan-cuc-a@example.com, 5.1.1: đã ghi nhận từ trước" in again
    assert again.splitlines()[-1].startswith(
        "Đọc 3 thư, 2 thư báo trả lại: 1 đã ghi nhận từ trước; 1 không có"
    )


def test_a_folder_and_a_single_message_are_read_too(sent: Notice, tmp_path: Path) -> None:
    folder = mailbox.Maildir(tmp_path / "Maildir")
    folder.add(dsn(sent.pk).encode())
    assert "bị trả lại, đã đánh dấu địa chỉ" in run(tmp_path / "Maildir")
    (tmp_path / "mot.eml").write_text(dsn(sent.pk))
    assert "đã ghi nhận từ trước" in run(tmp_path / "mot.eml")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "Không mở được"),
        (b"\0\1\2PK", "không phải hộp thư"),
        ("chỉ là chữ".encode(), "không phải hộp thư"),
    ],
)
def test_a_bad_file_says_so(db, tmp_path: Path, content: bytes | None, said: str) -> None:
    path = tmp_path / "x"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError, match=said):
        run(path)


def test_a_folder_that_is_no_mailbox_and_an_empty_box(db, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Maildir"):
        run(tmp_path)
    (tmp_path / "rong").write_bytes(b"")
    assert run(tmp_path / "rong") == "Đọc 0 thư, 0 thư báo trả lại.\n"
