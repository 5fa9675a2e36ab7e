"""A unit's report in the official form, from the stored JSON of its submission and from nothing else."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Literal

from django.utils import timezone

from reporting.consolidation import body_in_prose
from reporting.documents.content import (
    Block,
    Column,
    Heading,
    Note,
    OfficialPaper,
    Para,
    Receipt,
    Row,
    Signature,
    Table,
)
from reporting.models import Round, Submission
from reporting.quantities import format_amount
from reporting.states import ANSWER_LABELS, EXTENSION_COUNTS, AnswerStatus
from units.models import Unit


def paper(submission: Submission) -> OfficialPaper:
    """Exactly what was sent, with the receipt block: code, instant, SHA-256 of the stored content."""
    content, row = json.loads(submission.content), submission.assignment.round
    sender = submission.submitted_by.full_name
    if submission.on_behalf_of is not None:
        sender = f"{submission.authority} {submission.on_behalf_of.full_name}: {sender}".strip()
    receipt = Receipt(
        submission.code, submission.submitted_at, submission.sha256, sender, tuple(dates_of(content))
    )
    return of_content(
        content,
        submission.assignment.unit,
        addressee=addressee_of(row),
        at=submission.submitted_at,
        signer=sender if submission.on_behalf_of is None else submission.submitted_by.full_name,
        deputy=submission.authority,
        receipt=receipt,
    )


def of_content(
    content: dict[str, Any],
    unit: Unit,
    *,
    addressee: str,
    at: datetime,
    signer: str = "",
    deputy: str = "",
    receipt: Receipt | None = None,
) -> OfficialPaper:
    """The paper of a submission's content, or of a draft in the same shape (then without receipt)."""
    post = (unit.head_title or "Thủ trưởng đơn vị").upper()
    return OfficialPaper(
        issuing_body=content["unit"]["name"],
        parent_body=unit.parent_body,
        symbol=f"BC-{unit.code_letters}" if unit.code_letters else "BC",
        place=unit.place or "Hà Nội",
        year=content["round"]["year"],
        subject=subject_of(content["round"]["name"]),
        author=content["unit"]["name"],
        addressees=(addressee,),
        opening=opening_of(content["unit"]["name"], content["round"]["name"]),
        blocks=tuple(_blocks(content)),
        closing=f"Trên đây là báo cáo của {content['unit']['name']}",
        signature=_signature(post, signer, deputy),
        recipients=("Như trên", "Lưu: VT"),
        draft=receipt is None,
        receipt=receipt,
        dated=timezone.localtime(at),
    )


def dates_of(content: dict[str, Any]) -> list[str]:
    """By when the report was owed, as its record says: the group's date, and the extension's where it had one."""
    lines = [f"Thời hạn: {content['deadline']['phrase']}"]
    extension = content.get("extension")
    if extension:
        lines.append(f"Gia hạn: {extension['phrase']}, {extension_terms(extension)}")
    return lines


def extension_terms(extension: dict[str, Any]) -> str:
    """How a report within the extension counts, and by which paper: of the record of a submission."""
    terms = EXTENSION_COUNTS[extension["counts_on_time"]]
    number = extension["decision_number"]
    return f"{terms} (theo {number})" if number else terms


def addressee_of(row: Round) -> str:
    """To whom the reports of a round go: "Bộ Y tế (Văn phòng Bộ)"."""
    return f"{body_in_prose(row.issuing_body)} ({row.owner})"


def subject_of(round_name: str) -> str:
    """What the report is about, under the word BÁO CÁO."""
    return f"Kết quả thực hiện {_lower_first(round_name)}"


def opening_of(unit_name: str, round_name: str) -> str:
    """The sentence the report begins with."""
    return f"{unit_name} báo cáo kết quả thực hiện {_lower_first(round_name)} như sau:"


def _signature(post: str, signer: str, deputy: str) -> Signature:
    """Who signs: the head, a deputy for the head (KT.), or somebody by order (TL., TUQ.)."""
    if not deputy:
        return Signature(post, signer)
    return Signature(f"PHÓ {post}" if deputy == "KT." else "", signer, f"{deputy} {post}")


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def _blocks(content: dict[str, Any]) -> list[Block]:
    blocks: list[Block] = []
    top: Literal[1, 2] = 2 if content["format"] == 1 else 1
    printed: list[dict[str, str]] = []
    for section in content["sections"]:
        path = section.get("path", [])
        blocks += [
            _heading(top + depth, above)
            for depth, above in enumerate(path)
            if path[: depth + 1] != printed[: depth + 1]
        ]
        printed = path
        blocks.append(_heading(top + len(path), section))
        blocks += _section(section)
    blocks += _list(
        top,
        "Giải trình",
        [f"{warned(row['check'], content)}: {row['reason']}" for row in content.get("warnings", [])],
    )
    blocks += _list(
        top,
        "Trả lời ý kiến của Văn phòng",
        [f"Mục {row['section']}: “{row['comment']}” – {row['reply']}" for row in content.get("replies", [])],
    )
    blocks += _list(
        top,
        "Tài liệu kèm theo",
        [f"{row['name']} (SHA-256: {row['sha256']})" for row in content.get("attachments", [])],
    )
    return blocks


def _heading(level: int, place: dict[str, Any]) -> Heading:
    """The outline keeps its own numbers, so that a comment on "mục 1.2" is found on paper."""
    return Heading(min(level, 4), f"{place['number']}.", place["title"])  # type: ignore[arg-type]  # 1 to 4


def warned(check: str, content: dict[str, Any]) -> str:
    """What a warning of the record was about, in words: its code names a section or an indicator."""
    kind, _, about = check.partition("-")
    if kind == "change":
        names = {row["code"]: row["name"] for section in content["sections"] for row in section["figures"]}
        return f"Thay đổi lớn: {names.get(about, about)}"
    return f"Nội dung ngắn, mục {about}" if kind == "short" else check


def _section(section: dict[str, Any]) -> list[Block]:
    blocks: list[Block] = []
    if section["figures"]:
        columns = (
            Column("Chỉ tiêu", 4),
            Column("Đơn vị tính", 1.5, "center"),
            Column("Số liệu", 1.5, "right"),
        )
        rows = tuple(
            Row((figure["name"], figure["unit"], format_amount(figure["amount"], figure["decimals"])))
            for figure in section["figures"]
        )
        blocks.append(Table(columns, rows))
    if section["html"]:
        blocks.append(Para(section["html"]))
    elif section["status"] != AnswerStatus.DONE:
        label = ANSWER_LABELS[AnswerStatus(section["status"])]
        reason = f": {section['reason']}" if section["reason"] else ""
        blocks.append(Note(f"{label}{reason}."))
    return blocks


def _list(level: Literal[1, 2], title: str, lines: list[str]) -> list[Block]:
    return [Heading(level, "", title), *(Note(line) for line in lines)] if lines else []
