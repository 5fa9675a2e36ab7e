"""What a mail server says about a mail of ours that it could not deliver, read from its message. Plain Python.

Reports after RFC 3464 (multipart/report, report-type delivery-status) are read by their fields; those of servers
that write plain text (qmail, Exim, older ones) by the words they use. Answering machines and people who write
back are no bounces: nothing is read from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.utils import parseaddr

_CODE = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_REPLY = re.compile(r"(?<![\d.])([45]\d\d)[ -]\S")
_ADDRESS = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_FOR_GOOD = re.compile(
    r"permanent|fatal|could not be delivered|undeliverable|user unknown|mailbox (?:is )?(?:full|not found)",
    re.I,
)
_FOR_NOW = re.compile(
    r"delayed|will (?:continue|be retried|keep trying)|not yet been delivered|temporar", re.I
)
_DAEMONS = ("mailer-daemon", "postmaster", "mail-daemon", "mailerdaemon")
_LONGEST = 200_000  # characters of a plain message that are looked at


@dataclass(frozen=True)
class Bounce:
    """`message_id` is that of our mail, `status` an enhanced code (RFC 3463) such as "5.1.1".

    `address` is "" where the message names none; `is_final` says that the server gave up on the mail.
    """

    message_id: str
    address: str
    status: str
    words: str
    is_final: bool

    @property
    def blames_address(self) -> bool:
        """Whether the address is bad for good (5.x.x), not the way to it for the time being (4.x.x)."""
        return self.status.startswith("5")


def read_bounce(message: Message, domain: str) -> Bounce | None:
    """The bounce a message tells of, of a mail whose Message-ID is at `domain`; None where it tells of none."""
    wanted = re.compile(rf"<[\w.-]+@{re.escape(domain)}>")
    report = next(_parts(message, "message/delivery-status"), None)
    if report is not None:
        return _from_report(message, report, wanted)
    return _from_words(message, wanted) if _is_from_a_server(message) else None


def _parts(message: Message, kind: str) -> Iterator[Message]:
    return (part for part in message.walk() if part.get_content_type() == kind)


def _from_report(message: Message, report: Message, wanted: re.Pattern[str]) -> Bounce | None:
    message_id = _our_id(message, wanted)
    blocks = report.get_payload()
    if message_id is None:
        return None
    for block in _messages(blocks):
        action = _header(block, "Action").lower()
        status = _CODE.search(_header(block, "Status"))
        if action not in ("failed", "delayed") or status is None:
            continue
        recipient = _header(block, "Final-Recipient") or _header(block, "Original-Recipient")
        words = _header(block, "Diagnostic-Code").partition(";")[2].strip() or status.group(1)
        address = _address(recipient.partition(";")[2] or recipient)
        return Bounce(message_id, address, status.group(1), _brief(words), action == "failed")
    return None


def _messages(payload: object) -> list[Message]:
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []


def _our_id(message: Message, wanted: re.Pattern[str]) -> str | None:
    """The Message-ID in the part that comes back: the mail itself or its headers."""
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/rfc822":
            inner = part.get_payload()
            found = " ".join(_header(copy, "Message-ID") for copy in _messages(inner))
        elif kind in ("text/rfc822-headers", "message/rfc822-headers", "message/global-headers"):
            found = _text(part)
        else:
            continue
        match = wanted.search(found)
        if match:
            return match.group()
    match = wanted.search(f"{_header(message, 'In-Reply-To')} {_header(message, 'References')}")
    return match.group() if match else None


def _is_from_a_server(message: Message) -> bool:
    sender = parseaddr(_header(message, "From"))[1].lower()
    nobody = _header(message, "Return-Path").strip() == "<>"
    return bool(_header(message, "X-Failed-Recipients")) or sender.startswith(_DAEMONS) or nobody


def _from_words(message: Message, wanted: re.Pattern[str]) -> Bounce | None:
    said = "\n".join(_text(part) for part in message.walk() if not part.is_multipart())[:_LONGEST]
    match = wanted.search(said)
    if match is None:
        return None
    told = _before_the_copy(said[: match.start()])
    status = _status(told)
    if status is None:
        return None
    failed = _header(message, "X-Failed-Recipients") or told
    words = _brief(_line_with_code(told))
    return Bounce(match.group(), _address(failed), status, words, status.startswith("5"))


def _before_the_copy(said: str) -> str:
    """What the server says itself, without the copy of our mail below it."""
    below = re.search(r"^(?:-{2,}.*|Return-Path:.*|Received:.*)$", said, re.M)
    return said[: below.start()] if below and below.start() else said


def _status(told: str) -> str | None:
    if code := _CODE.search(told):
        return code.group(1) if code.group(1)[0] in "45" else None
    if reply := _REPLY.search(told):
        return f"{reply.group(1)[0]}.0.0"
    if _FOR_NOW.search(told):
        return "4.0.0"
    return "5.0.0" if _FOR_GOOD.search(told) else None


def _line_with_code(told: str) -> str:
    lines = [line for line in told.splitlines() if line.strip()]
    telling = [line for line in lines if _CODE.search(line) or _REPLY.search(line)]
    return (telling or [line for line in lines if _FOR_GOOD.search(line)] or lines or [""])[0]


def _address(text: str) -> str:
    found = _ADDRESS.search(text)
    return found.group().lower() if found else ""


def _brief(words: str) -> str:
    return " ".join(words.split())[:180]


def _header(message: Message, name: str) -> str:
    return str(message.get(name, ""))


def _text(part: Message) -> str:
    content = part.get_payload(decode=True)
    if isinstance(content, bytes):
        return content.decode("utf-8", "replace")
    return ""
