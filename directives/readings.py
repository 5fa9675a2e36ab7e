"""A paper being read: begun, its letters chosen, its proposals decided one by one, thrown away.

Nothing here enters anything into the register; `entering` does, once everything is decided. Two people may
decide at once: every decision names the version it saw, and the second is told who was quicker.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from directives.models import Proposal, Reading
from directives.plans import read_paper
from directives.proposals import PAPER, proposals_of
from directives.register import RegisterRefused, refuse_secret
from units import uploads
from units.extraction.papers import Extracted
from units.models import User
from units.text import nfc
from units.uploads import StoredUpload

BLANK_HEADER = {
    "kind": "", "code": "", "issued_on": "", "issuer": "", "title": "", "signer_post": "", "signer_name": "",
    "is_draft": False,
}  # fmt: skip
WHO = "Văn bản do quản trị hệ thống đọc và đăng ký. Hãy liên hệ quản trị của Bộ."


class ReadingRefused(RegisterRefused):
    """The step cannot be taken; `str()` says in Vietnamese why and what to do."""


class DecidedMeanwhile(ReadingRefused):
    """Somebody else decided the same proposal after this person saw it."""


def begin(
    found: Extracted | None,
    *,
    stored: StoredUpload | None = None,
    unreadable: str = "",
    actor: User,
    now: datetime,
) -> Reading:
    """Keep a paper that was read, with its proposals; or a file that could not be, with the reason.

    `stored` is None for a pasted text. A text in the letters of an old font waits for `choose_letters`.
    """
    need_admin(actor)
    with transaction.atomic():
        reading = Reading(created_by=actor, created_at=now, unreadable=unreadable)
        if stored is not None:
            for name in ("name", "path", "content_type", "size", "sha256"):
                setattr(reading, name, getattr(stored, name))
        if found is not None:
            _take_text(reading, found)
        reading.save()
        _propose(reading)
    return reading


def give_text(reading: Reading, found: Extracted, *, actor: User, now: datetime) -> None:
    """Put pasted text beside a file that could not be read. Raises `ReadingRefused` where text is there."""
    need_admin(actor)
    with transaction.atomic():
        held = _held(reading)
        if held.text:
            raise ReadingRefused("Văn bản này đã có nội dung. Hãy tải lại trang để xem.")
        _take_text(held, found)
        held.unreadable = ""
        held.save()
        held.proposals.all().delete()
        _propose(held)


def _take_text(reading: Reading, found: Extracted) -> None:
    reading.format, reading.pages = found.format, found.pages
    reading.warnings = list(found.warnings)
    reading.text = found.normal
    reading.legacy = found.legacy or ""
    if found.legacy:
        reading.text_as_stored = _storable(found.text)
        reading.letters = Reading.Letters.ASKED
    if not reading.sha256:
        reading.sha256 = hashlib.sha256(found.text.encode("utf-8", errors="replace")).hexdigest()


def _storable(text: str) -> str:
    """Text in old letters, where a soft hyphen is a letter: only what no database takes is left out."""
    return "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs"))


def _propose(reading: Reading) -> None:
    """Write the proposals of the text; only the paper itself where there is none, none before letters are chosen."""
    if reading.letters == Reading.Letters.ASKED:
        return
    if not reading.text:
        Proposal.objects.create(reading=reading, letter=PAPER, number=0, read=BLANK_HEADER)
        return
    paper = read_paper(reading.text)
    Proposal.objects.bulk_create(
        Proposal(
            reading=reading,
            letter=each.letter,
            number=each.number,
            spans=[list(span) for span in each.spans],
            read=each.read,
        )
        for each in proposals_of(reading.text, paper)
    )
    reading.warnings = list(dict.fromkeys([*reading.warnings, *paper.warnings]))
    Reading.objects.filter(pk=reading.pk).update(warnings=reading.warnings)


def choose_letters(reading: Reading, *, convert: bool, actor: User, now: datetime) -> None:
    """Take the text as converted to Unicode, or as it came. Raises `ReadingRefused` when already chosen."""
    need_admin(actor)
    with transaction.atomic():
        held = _held(reading)
        if held.letters != Reading.Letters.ASKED:
            raise ReadingRefused("Đã chọn cách đọc bộ chữ của văn bản này. Hãy tải lại trang để xem.")
        held.letters = Reading.Letters.CONVERTED if convert else Reading.Letters.KEPT
        if not convert:
            held.text = held.text_as_stored
        held.save()
        _propose(held)


def decide(
    reading: Reading,
    key: str,
    decision: str,
    values: Mapping[str, Any],
    *,
    seen: int,
    actor: User,
    now: datetime,
) -> Proposal:
    """Note what a person decided about the proposal `key` ("A3"), having seen its version `seen`.

    `decision` is one of `Proposal.Decision`; OPEN takes a decision back and leaves its values for the form to
    begin with. `values` is what will be entered.
    Raises `DecidedMeanwhile`, `ReadingRefused`, or `RegisterRefused` for a mark of secrecy.
    """
    need_admin(actor)
    refuse_secret(*_texts(values))
    with transaction.atomic():
        _held(reading)
        row = proposal_of(reading, key)
        if row.letter == PAPER and decision == Proposal.Decision.REJECTED:
            raise ReadingRefused(
                "Thông tin của chính văn bản không bỏ được. Muốn dừng hẳn, chọn Bỏ văn bản này."
            )
        rows = Proposal.objects.filter(pk=row.pk, version=seen)
        if decision == Proposal.Decision.OPEN:  # what was typed before stays, for the form to begin with
            taken = rows.update(decision=decision, version=seen + 1, decided_by=None, decided_at=None)
        else:
            taken = rows.update(
                decision=decision, values=dict(values), version=seen + 1, decided_by=actor, decided_at=now
            )
        if not taken:
            raise DecidedMeanwhile(_who_was_quicker(row))
    row.refresh_from_db()
    return row


def _who_was_quicker(row: Proposal) -> str:
    if row.decided_by is None or row.decided_at is None:
        return f"Đề xuất {row.key} vừa được người khác mở lại. Trang đã cập nhật: hãy xem rồi quyết."
    who, what = row.decided_by, row.get_decision_display().lower()
    return (
        f"{who} vừa quyết đề xuất {row.key}: {what}. Quyết định của bạn chưa được ghi; hãy xem lại rồi quyết."
    )


def confirm_all(
    reading: Reading, settled: Mapping[str, Mapping[str, Any]], *, actor: User, now: datetime
) -> int:
    """Confirm what needs no decision: key → values to enter. What was decided meanwhile stays. Returns how many."""
    need_admin(actor)
    refuse_secret(*_texts(settled))
    confirmed = 0
    with transaction.atomic():
        _held(reading)
        for row in reading.proposals.filter(decision=Proposal.Decision.OPEN).exclude(letter=PAPER):
            if row.key in settled:
                confirmed += Proposal.objects.filter(pk=row.pk, version=row.version, decision="").update(
                    decision=Proposal.Decision.CONFIRMED,
                    values=dict(settled[row.key]),
                    version=row.version + 1,
                    decided_by=actor,
                    decided_at=now,
                )
    return confirmed


def discard(reading: Reading, *, actor: User, now: datetime) -> None:
    """Throw the paper away, text and file; who did it and when stays. Doing it twice changes nothing."""
    need_admin(actor)
    with transaction.atomic():
        held = Reading.objects.select_for_update().get(pk=reading.pk)
        if held.state == Reading.State.DISCARDED:
            return
        if held.state == Reading.State.ENTERED:
            raise ReadingRefused("Văn bản đã được ghi vào danh mục nên không bỏ được ở đây.")
        if held.path:
            transaction.on_commit(partial(uploads.discard, held.path))
        held.proposals.all().delete()
        held.state, held.ended_by, held.ended_at = Reading.State.DISCARDED, actor, now
        held.text = held.text_as_stored = held.path = ""
        held.save()


def proposal_of(reading: Reading, key: str) -> Proposal:
    """The proposal "A3" of a reading. Raises `Proposal.DoesNotExist`."""
    letter, digits = key.rstrip("0123456789"), key[len(key.rstrip("0123456789")) :]
    if not digits.isascii() or len(digits) > 6 or key != f"{letter}{int(digits or 0) or ''}":
        raise Proposal.DoesNotExist
    rows = Proposal.objects.select_related("decided_by")
    return rows.get(reading=reading, letter=letter, number=int(digits or 0))


def need_admin(actor: User) -> None:
    if not actor.is_admin:
        raise ReadingRefused(WHO)


def _held(reading: Reading) -> Reading:
    """The row, locked where the database can, and still waiting for decisions."""
    held = Reading.objects.select_for_update().select_related(None).get(pk=reading.pk)
    if held.state != Reading.State.CONFIRMING:
        raise ReadingRefused(
            f"Văn bản này đã kết thúc ({held.get_state_display().lower()}); không quyết thêm được."
        )
    return held


def _texts(values: Any) -> Iterator[str]:
    if isinstance(values, str):
        yield nfc(values)
    elif isinstance(values, Mapping):
        for each in values.values():
            yield from _texts(each)
    elif isinstance(values, list | tuple):
        for each in values:
            yield from _texts(each)
