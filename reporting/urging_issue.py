"""From the draft of an urging letter to the issued one: cleared, signed, numbered, frozen, told to its units.

State changes by compare-and-set against `LETTER_TRANSITIONS`. Whoever is named gets an entry in the ledger of
its duty, the step of the ladder after the reminders, and word of it as long as it owes something.
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Collection
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from reporting import rendering
from reporting.announcing import announce_all
from reporting.documents.pdf import RenderedPdf
from reporting.lifecycle import Refused, require_office
from reporting.models import Event, LetterEvent, StoredFile, UrgedUnit, UrgingLetter
from reporting.paper_steps import Available, Way, refuse_signature
from reporting.states import (
    LETTER_ACTION_LABELS,
    LETTER_LABELS,
    LETTER_TRANSITIONS,
    URGED,
    WITH_UNIT,
    LetterAction,
    LetterState,
    RoundState,
)
from reporting.urging import candidates, drift, refresh
from reporting.urging_paper import compose, content, named_units
from reporting.urging_words import joined
from units import uploads
from units.models import Role, Unit, User
from units.text import nfc

WAY = Way("công văn", LETTER_TRANSITIONS, LetterState, LETTER_LABELS, LETTER_ACTION_LABELS)

SIGNERS: tuple[tuple[str, str], ...] = (
    ("TL. BỘ TRƯỞNG", "CHÁNH VĂN PHÒNG"),
    ("TL. BỘ TRƯỞNG\nKT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
    ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"),
    ("", "BỘ TRƯỞNG"),
)
"""Authority and post of those who may sign (Nghị định 30/2020/NĐ-CP, Điều 13; Phụ lục I, mục 7)."""
TAKES_SCAN = (LetterState.SIGNED, LetterState.ISSUED)


def available_actions(letter: UrgingLetter, user: User, now: datetime) -> list[Available]:
    """What `user` may do with the letter in its state; buttons and views ask this."""
    return WAY.available(letter, user, now)


def clear(letter: UrgingLetter, *, seen_version: int, actor: User, now: datetime) -> None:
    """The lead clears the draft for signature, with days and contacts as of now.

    Raises `Refused` while it names a unit that is late no more, gives a date gone by, or the round is closed.
    """
    WAY.check(letter, LetterAction.CLEAR, actor=actor, now=now)
    if letter.round.state != RoundState.OPEN:
        raise Refused("Đợt báo cáo không mở nên đơn vị không nộp được nữa; không trình công văn đôn đốc.")
    if letter.reply_by <= timezone.localdate(now):
        raise Refused("Thời hạn mới trong công văn đã qua. Hãy sửa thời hạn rồi trình.")
    left = drift(letter, candidates(letter.round, now), now).left
    if left:
        names = joined([f"{name} ({why})" for name, why in left[:5]])
        raise Refused(
            f"Từ khi lập dự thảo, {len(left)} đơn vị không còn quá hạn: {names}. Hãy cập nhật danh sách rồi trình."
        )
    with transaction.atomic():
        refresh(letter, seen_version=seen_version, actor=actor, now=now)
        WAY.move(letter, LetterAction.CLEAR, actor=actor, now=now, cleared_at=now)


def take_back(letter: UrgingLetter, *, note: str, actor: User, now: datetime) -> None:
    """Back to the draft, with the reason. Raises `Refused` when another draft of the round stands by now."""
    if not note.strip():
        raise Refused("Hãy ghi lý do rút về dự thảo.")
    try:
        WAY.move(letter, LetterAction.TAKE_BACK, actor=actor, now=now, note=note, cleared_at=None)
    except IntegrityError:
        raise Refused("Đợt đã có một dự thảo công văn khác. Hãy trình hoặc bỏ dự thảo đó trước.") from None


def drop(letter: UrgingLetter, *, note: str, actor: User, now: datetime) -> None:
    """Give the letter up, with the reason; its rows stay in the list of the round's letters."""
    if not note.strip():
        raise Refused("Hãy ghi lý do bỏ công văn.")
    WAY.move(letter, LetterAction.DROP, actor=actor, now=now, note=note)


def sign(
    letter: UrgingLetter, *, authority: str, post: str, name: str, signed_on: date, actor: User, now: datetime
) -> None:
    """Record who signed, as what and when. Raises `Refused` when the signer or the day cannot be."""
    who = nfc(name).strip()
    WAY.check(letter, LetterAction.SIGN, actor=actor, now=now)
    if (authority, post) not in SIGNERS:
        raise Refused("Quyền hạn và chức vụ không khớp: hãy chọn một dòng trong danh sách người ký.")
    refuse_signature(who, signed_on, letter.cleared_at, now)
    WAY.move(
        letter,
        LetterAction.SIGN,
        actor=actor,
        now=now,
        note=" / ".join([*authority.splitlines(), post, who]),
        authority=authority,
        post=post,
        signer_name=who,
        signed_on=signed_on,
        signature_entered_by=actor,
    )


def issue(
    letter: UrgingLetter, *, number: int, issued_on: date, actor: User, now: datetime
) -> list[StoredFile]:
    """The registry gives number and date: content and files are frozen, every named unit's ledger gets its step.

    Raises `Refused` (a number already used, a wrong date), `StaleState` or `RenderFailed`; nothing is stored
    then. Returns the frozen PDF and Word file.
    """
    WAY.check(letter, LetterAction.ISSUE, actor=actor, now=now)
    WAY.refuse_number(letter, number, issued_on, now)
    printed = copy.copy(letter)
    printed.issue_number, printed.issued_on, printed.state = number, issued_on, LetterState.ISSUED
    units = named_units(letter)
    text = content(printed, units)
    with rendering.sole_issue():
        if not UrgingLetter.objects.filter(pk=letter.pk, state=letter.state).exists():
            raise WAY.stale(letter, LetterAction.ISSUE)  # issued while we waited for the place
        pdf, word = rendering.print_paper(compose(printed, units))
    facts = {
        "issue_number": number,
        "issued_on": issued_on,
        "content": text,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }
    before = {name: getattr(letter, name) for name in ("state", *facts)}
    try:
        with uploads.rows_and_files() as paths:
            # One registry, one series of numbers: whoever issues holds the office's row meanwhile.
            Unit.objects.select_for_update().get(pk=letter.round.owner_id)
            WAY.refuse_number(letter, number, issued_on, now)
            WAY.move(letter, LetterAction.ISSUE, actor=actor, now=now, note=printed.code, **facts)
            kept = _freeze(letter, pdf, word, paths, now)
            _escalate(letter, units, actor=actor, now=now)
    except BaseException:
        for name, value in before.items():
            setattr(letter, name, value)
        raise
    return kept


def _freeze(
    letter: UrgingLetter, pdf: RenderedPdf, word: bytes, paths: list[str], now: datetime
) -> list[StoredFile]:
    kept: list[StoredFile] = []
    name = f"{letter.issue_number:02d}-{letter.symbol}-{letter.issued_on:%Y}".lower()
    for kind, data, suffix, pages in (
        (StoredFile.Kind.LETTER_PDF, pdf.bytes, ".pdf", pdf.pages),
        (StoredFile.Kind.LETTER_DOCX, word, ".docx", 0),
    ):
        file = rendering.keep(
            kind, data, name=f"{name}{suffix}", pages=pages, frozen=True, letter=letter, now=now
        )
        paths.append(file.path)
        kept.append(file)
    return kept


def _escalate(letter: UrgingLetter, units: Collection[UrgedUnit], *, actor: User, now: datetime) -> None:
    """The step in each named unit's ledger; word of it to those that still owe something."""
    events = Event.objects.bulk_create(
        Event(
            assignment_id=unit.assignment_id,
            action=URGED,
            actor=actor,
            at=now,
            note=f"{letter.name}, đôn đốc lần {unit.times_before + 1}",
        )
        for unit in units
    )
    for unit, event in zip(units, events, strict=True):
        unit.event = event
    UrgedUnit.objects.bulk_update(units, ["event"])
    told = Event.objects.filter(
        pk__in=[event.pk for event in events], assignment__state__in=WITH_UNIT
    ).select_related("assignment__round")
    announce_all(list(told), now=now)


def attach_scan(letter: UrgingLetter, upload: UploadedFile, *, actor: User, now: datetime) -> StoredFile:
    """Keep the signed and stamped copy with the letter. Raises `uploads.UploadRefused` or `Refused`.

    A second one stands beside the first; the newest is shown.
    """
    require_office(letter.round, actor, now, Role.REGISTRY)
    if letter.state not in TAKES_SCAN:
        raise Refused("Bản ký, đóng dấu được đính kèm khi công văn đã ký. Hãy ghi nhận chữ ký trước.")
    checked = uploads.check(upload)  # may take seconds; nobody should wait for the database meanwhile
    if checked.content_type not in ("application/pdf", "image/png", "image/jpeg"):
        raise uploads.UploadRefused(
            "Bản ký, đóng dấu phải là PDF hoặc ảnh PNG, JPEG. Hãy quét lại rồi tải lên."
        )
    with uploads.rows_and_files() as paths:
        kept = rendering.keep(
            StoredFile.Kind.LETTER_SCAN,
            checked.data,
            name=checked.name,
            frozen=True,
            letter=letter,
            suffix=uploads.SUFFIX[checked.content_type],
            now=now,
        )
        paths.append(kept.path)
        LetterEvent.objects.create(letter=letter, action="scan", actor=actor, at=now, note=checked.name)
    return kept
