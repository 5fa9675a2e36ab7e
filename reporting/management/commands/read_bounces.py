"""`manage.py read_bounces MBOX`: mark what mail servers sent back, from the mailbox they wrote to."""

from __future__ import annotations

import json as jsonlib
import mailbox
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from reporting.bounce_reading import read_bounce
from reporting.bounces import NOTED_LABELS, note
from reporting.models import MAIL_DOMAIN
from units.commands import DomainCommand


class Command(DomainCommand):
    help = (
        "Reads a mailbox (a file in mbox form, one message, or a Maildir folder) and notes which mail of the "
        "portal came back. Running it again on the same mailbox changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("mailbox", help="file in mbox form, a single message, or a Maildir folder")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, mailbox: str, json: bool, **options: Any) -> None:
        now = timezone.now()
        found: list[dict[str, str | int]] = []
        count = 0
        for count, message in enumerate(_messages(Path(mailbox)), start=1):
            bounce = read_bounce(message, MAIL_DOMAIN)
            if bounce is not None:
                outcome = note(bounce, now=now)
                found.append(
                    {
                        "message": count,
                        "message_id": bounce.message_id,
                        "address": bounce.address,
                        "status": bounce.status,
                        "words": bounce.words,
                        "outcome": outcome.value,
                        "said": NOTED_LABELS[outcome],
                    }
                )
        if json:
            self.stdout.write(
                jsonlib.dumps({"messages": count, "bounces": found}, ensure_ascii=False, indent=2)
            )
            return
        for one in found:
            self.stdout.write(
                f"Thư {one['message']}: {one['address'] or one['message_id']}, {one['status']}: {one['said']}"
            )
        outcomes = Counter(str(one["said"]) for one in found)
        summary = "; ".join(f"{number} {said}" for said, number in outcomes.items())
        self.stdout.write(
            f"Đọc {count} thư, {len(found)} thư báo trả lại{f': {summary}' if summary else ''}."
        )


def _messages(path: Path) -> Iterator[Message]:
    if path.is_dir():
        yield from _of_folder(path)
        return
    try:
        with path.open("rb") as file:
            start = file.read(4096)
    except OSError as trouble:
        raise CommandError(f"Không mở được {path}: {trouble.strerror}.") from None
    if start.startswith(b"From "):
        yield from _of_box(mailbox.mbox(path, create=False))
    elif start.strip():
        yield _single(path, start)


def _of_folder(path: Path) -> Iterator[Message]:
    if not (path / "cur").is_dir() or not (path / "new").is_dir():
        raise CommandError(f"{path} là thư mục nhưng không phải hộp thư Maildir (thiếu cur, new).")
    yield from _of_box(mailbox.Maildir(path, create=False))


def _of_box(box: mailbox.Mailbox[Any]) -> Iterator[Message]:
    for key in box.keys():  # noqa: SIM118  (a mailbox iterates over messages, not keys)
        yield message_from_bytes(box.get_bytes(key))


def _single(path: Path, start: bytes) -> Message:
    """A file that holds one message as it came; anything else is refused by name."""
    try:
        message = message_from_bytes(path.read_bytes() if b"\0" not in start else b"")
    except (OSError, MessageError):
        message = Message()
    if message.get("From") is None and message.get("Message-ID") is None:
        raise CommandError(
            f"{path} không phải hộp thư: không bắt đầu bằng dòng “From ” của dạng mbox, cũng không phải một thư."
        )
    return message
