"""An urging letter as an official paper, and the canonical content that is frozen with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from directives.dates import printed_date
from reporting import narrative
from reporting.consolidation import body_in_prose
from reporting.documents.content import (
    NBSP,
    Annex,
    Block,
    Column,
    OfficialPaper,
    Para,
    Row,
    Signature,
    Table,
    format_number,
)
from reporting.models import UrgedUnit, UrgingLetter
from reporting.states import LetterState
from reporting.submitting import canonical_json
from reporting.urging import as_named
from reporting.urging_words import Named, counts, request_line

SHOWS_SIGNER = (LetterState.SIGNED, LetterState.ISSUED)


def named_units(letter: UrgingLetter) -> list[UrgedUnit]:
    """The units the letter names, in its order."""
    return list(letter.units.filter(left_because=""))


def paper(letter: UrgingLetter) -> OfficialPaper:
    """The letter as it stands; until it is issued number and date stay blank."""
    return compose(letter, named_units(letter))


def compose(letter: UrgingLetter, units: Sequence[UrgedUnit]) -> OfficialPaper:
    """The letter with the given units. More than one unit makes an annex."""
    named = [as_named(unit) for unit in units]
    numbered = letter.issue_number is not None and letter.issued_on is not None
    final = letter.state in SHOWS_SIGNER
    issued_on = letter.issued_on if numbered else None
    return OfficialPaper(
        issuing_body=letter.round.issuing_body,
        symbol=letter.symbol,
        place=letter.place,
        year=(issued_on or timezone.localdate(letter.as_of)).year,
        subject=letter.subject,
        author=body_in_prose(letter.round.issuing_body),
        kind="",
        number=str(letter.issue_number) if numbered else "",
        issued_on=issued_on,
        addressees=tuple(letter.addressees.splitlines()),
        blocks=tuple(_paragraph(text) for text in paragraphs(letter, named)),
        closing=letter.closing,
        signature=Signature(letter.post, letter.signer_name if final else "", letter.authority),
        recipients=tuple(letter.recipients.splitlines()),
        draft=letter.state == LetterState.DRAFTING,
        annexes=(annex(letter, named),) if len(named) > 1 else (),
        dated=letter.as_of,
    )


def _paragraph(text: str) -> Block:
    return Para(narrative.from_plain(text))


def paragraphs(letter: UrgingLetter, named: Sequence[Named]) -> list[str]:
    """The body: basis, counts (made from the rows), request with its date. The closing follows."""
    body = body_in_prose(letter.round.issuing_body)
    counted = counts(named, expected=letter.expected, as_of=letter.as_of, body=body, annex=len(named) > 1)
    return [letter.opening, *counted, request_line(letter.request, letter.reply_phrase)]


def annex(letter: UrgingLetter, named: Sequence[Named]) -> Annex:
    """The numbered list: date owed, days late, earlier letters if any went, last contact."""
    again = any(unit.times_before for unit in named)
    columns = [
        Column("STT", 1, "center"),
        Column("Đơn vị", 4),
        Column("Thời hạn gửi báo cáo", 2.6),
        Column("Quá hạn (ngày làm việc)", 1.5, "center"),
    ]
    if again:
        columns.append(Column("Đã đôn đốc bằng công văn", 1.9, "center"))
    columns.append(Column("Liên hệ gần nhất", 3))
    rows: list[Row] = []
    for index, unit in enumerate(named, start=1):
        if index == 1 or unit.group != named[index - 2].group:
            size = sum(other.group == unit.group for other in named)
            rows.append(Row((f"{unit.group} ({format_number(size)} đơn vị)",), span=True))
        cells = [format_number(index), unit.name, owed(unit), format_number(unit.working_days_late)]
        if again:
            cells.append(urged(unit.times_before))
        rows.append(Row((*cells, unit.contact)))
    return Annex(
        "",
        "Danh sách đơn vị chưa gửi báo cáo",
        (Table(tuple(columns), tuple(rows)),),
        landscape=again,
        reference=reference(letter),
    )


def owed(unit: Named) -> str:
    """The date as the paper printed it, and what kind it is where it is the unit's own."""
    own = "hạn bổ sung" if unit.is_return else "đã gia hạn" if unit.is_extended else ""
    return f"{unit.phrase} ({own})" if own else unit.phrase


def urged(times: int) -> str:
    """ "2 lần"; a unit that is named for the first time is marked."""
    return f"{format_number(times)} lần" if times else "Lần đầu"


def reference(letter: UrgingLetter) -> str:
    """The line under the annex's title; number and date stay blank with those of the letter."""
    body = body_in_prose(letter.round.issuing_body)
    if letter.issue_number is None or letter.issued_on is None:
        year = timezone.localdate(letter.as_of).year
        return f"Kèm theo Công văn số{NBSP * 8}/{letter.symbol} ngày{NBSP * 6}tháng{NBSP * 6}năm {year} của {body}"
    return f"Kèm theo Công văn số {letter.code} ngày {printed_date(letter.issued_on)} của {body}"


def content(letter: UrgingLetter, units: Sequence[UrgedUnit]) -> str:
    """What the letter says, as canonical JSON: the text whose SHA-256 is kept with the issued letter."""
    return canonical_json(
        {
            "format": 1,
            "round": letter.round.code,
            "ordinal": letter.ordinal,
            "code": letter.code,
            "issued_on": letter.issued_on.isoformat() if letter.issued_on else None,
            "subject": letter.subject,
            "addressees": letter.addressees.splitlines(),
            "body": [*paragraphs(letter, [as_named(unit) for unit in units]), letter.closing],
            "reply_by": letter.reply_by.isoformat(),
            "recipients": letter.recipients.splitlines(),
            "signature": {
                "authority": letter.authority,
                "post": letter.post,
                "name": letter.signer_name,
                "signed_on": letter.signed_on.isoformat() if letter.signed_on else None,
            },
            "as_of": timezone.localtime(letter.as_of).isoformat(timespec="seconds"),
            "units_expected": letter.expected,
            "units": [_unit(unit) for unit in units],
        }
    )


def _unit(unit: UrgedUnit) -> dict[str, Any]:
    return {
        "position": unit.position,
        "name": unit.unit_name,
        "group": unit.group_name,
        "purpose": unit.purpose,
        "phrase": unit.phrase,
        "due_at": timezone.localtime(unit.due_at).isoformat(timespec="seconds"),
        "working_days_late": unit.working_days_late,
        "times_before": unit.times_before,
        "contact_at": timezone.localtime(unit.contact_at).isoformat(timespec="seconds")
        if unit.contact_at
        else None,
        "contact": unit.contact_words,
    }
