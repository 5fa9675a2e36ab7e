"""The ministry's report as an official paper: text by section, figures, units, and what each unit wrote.

What is included is decided by the report's `as_of` (the ledger is replayed to that instant) or, while it is
a draft, by the rows as they stand. Nothing here writes.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from reporting import narrative
from reporting.consolidation import body_in_prose
from reporting.documents.content import (
    Annex,
    Block,
    Column,
    Contribution,
    Heading,
    Note,
    OfficialPaper,
    Para,
    Row,
    Signature,
    Table,
    as_of,
)
from reporting.models import Paragraph, Report, Section, Submission
from reporting.rollup import NOT_SUMMED, Census, Totals, UnitLine, census, totals
from reporting.states import STATE_LABELS, TIMELINESS_LABELS, AnswerStatus, ReportState, Timeliness

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
ANSWERED = frozenset({AnswerStatus.DONE})


@dataclass(frozen=True)
class Material:
    """Everything the paper is made of, read once."""

    report: Report
    taken: Census
    figures: Totals
    sections: list[Section]
    paragraphs: dict[int, list[Paragraph]]
    content: dict[int, dict[str, Any]]
    codes: dict[int, str]
    at: datetime
    live: bool = False

    def answers(self, section: Section) -> Iterable[tuple[UnitLine, dict[str, Any]]]:
        """What each included unit answered in the section, in the order of the census."""
        for line in self.taken.included:
            given = self.content[line.submission_id or 0].get(section.number)
            if given is not None:
                yield line, given

    def written_by(self, section: Section) -> int:
        return sum(given["status"] in ANSWERED for _, given in self.answers(section))


def gather(report: Report, *, now: datetime, live: bool = False) -> Material:
    """Read what the paper needs in a fixed number of queries. `live` ignores the frozen instant."""
    frozen = None if live else report.as_of
    taken = census(report.round, frozen)
    paragraphs: dict[int, list[Paragraph]] = defaultdict(list)
    if report.pk is not None:
        for paragraph in Paragraph.objects.filter(report=report, removed_at=None):
            paragraphs[paragraph.section_id].append(paragraph)
    content: dict[int, dict[str, Any]] = {}
    codes: dict[int, str] = {}
    rows = Submission.objects.filter(pk__in=taken.submission_ids).values_list("pk", "code", "content")
    for pk, code, text in rows:
        codes[pk] = code
        content[pk] = {section["number"]: section for section in json.loads(text)["sections"]}
    return Material(
        report=report,
        taken=taken,
        figures=totals(report.round, taken),
        sections=list(Section.objects.filter(round_id=report.round_id).order_by("position")),
        paragraphs=paragraphs,
        content=content,
        codes=codes,
        at=frozen or now,
        live=live,
    )


def paper(report: Report, *, now: datetime, live: bool = False) -> OfficialPaper:
    """The whole paper. `live` prints it as a draft of this instant, whatever was signed or issued before."""
    return compose(gather(report, now=now, live=live))


def compose(material: Material) -> OfficialPaper:
    """The paper of what was gathered."""
    report, live = material.report, material.live
    final = not live and report.state in (ReportState.SIGNED, ReportState.ISSUED, ReportState.CORRECTED)
    numbered = not live and report.issue_number is not None
    return OfficialPaper(
        issuing_body=report.round.issuing_body,
        symbol=report.symbol,
        place=report.place,
        year=report.round.year,
        subject=report.title,
        author=body_in_prose(report.round.issuing_body),
        number=str(report.issue_number) if numbered else "",
        issued_on=report.issued_on if numbered else None,
        addressees=(report.addressee,),
        opening=report.opening,
        blocks=tuple(body(material)),
        closing=report.closing,
        signature=Signature(report.post, report.signer_name if final else "", report.authority),
        recipients=tuple(report.recipients.splitlines()),
        draft=live or report.state == ReportState.DRAFTING,
        as_of_line=as_of(material.at, len(material.taken.included), len(material.taken.expected)),
        annexes=(figures_annex(material), units_annex(material), contributions_annex(material)),
        dated=material.at,
    )


@dataclass(frozen=True)
class Place:
    """A section with the number it is printed under."""

    section: Section
    level: int
    number: str


def places(sections: Iterable[Section]) -> list[Place]:
    """Printed numbers: I for content areas, 1 below them, a) below those."""
    depth: dict[int, int] = {}
    counters: dict[int | None, int] = defaultdict(int)
    found = []
    for section in sections:
        level = min(depth.get(section.parent_id or 0, 0) + 1, 3)
        depth[section.pk] = level
        counters[section.parent_id] += 1
        found.append(Place(section, level, _number(level, counters[section.parent_id])))
    return found


def _number(level: int, count: int) -> str:
    if level == 1:
        return f"{ROMAN[count - 1] if count <= len(ROMAN) else count}."
    return f"{count}." if level == 2 else f"{chr(96 + count) if count <= 26 else count})"


def body(material: Material) -> list[Block]:
    """The sections with the ministry's paragraphs; where none is written, what can be said of it honestly."""
    blocks: list[Block] = []
    for place in places(material.sections):
        section = place.section
        blocks.append(Heading(place.level, place.number, section.title))  # type: ignore[arg-type]  # 1 to 3
        if section.is_heading:
            continue
        written = material.paragraphs.get(section.pk)
        if written:
            blocks += [Para(narrative.from_plain(paragraph.text)) for paragraph in written]
        else:
            blocks.append(Para(narrative.from_plain(unwritten(material, section))))
    return blocks


def unwritten(material: Material, section: Section) -> str:
    """The sentence of a section nobody has consolidated yet: how many wrote, and the summed figures."""
    count = material.written_by(section)
    if not material.taken.included:
        return "Chưa có báo cáo nào của các đơn vị được tiếp nhận."
    said = (
        f"{count}/{len(material.taken.expected)} đơn vị báo cáo kết quả nội dung này; kết quả cụ thể của từng "
        "đơn vị tại Phụ lục III."
        if count
        else f"Trong {material.taken.share} đơn vị đã báo cáo, chưa có đơn vị nào nêu kết quả nội dung này."
    )
    return f"{said} {material.figures.sentence(section)}".strip()


def figures_annex(material: Material) -> Annex:
    """Phụ lục I: every indicator by group and in all; rates show their range."""
    figures = material.figures
    columns = [Column("Chỉ tiêu", 4), Column("Đơn vị tính", 1.6, "center")]
    columns += [Column(count.group.name, 2, "right") for count in figures.groups]
    columns.append(Column("Toàn ngành", 2, "right"))
    rows = [
        Row(
            (
                "Số đơn vị đã tiếp nhận/phải báo cáo",
                "đơn vị",
                *(f"{count.included}/{count.expected}" for count in figures.groups),
                f"{figures.included}/{figures.expected}",
            ),
            strong=True,
        )
    ]
    seen: int | None = None
    for indicator in figures.indicators:
        if indicator.section_id != seen:
            seen = indicator.section_id
            rows.append(Row((f"{indicator.section.number}. {indicator.section.short_title}",), span=True))
        total = figures.total(indicator)
        rate = indicator.rollup != indicator.Rollup.SUM
        rows.append(
            Row(
                (
                    f"{indicator.name} ({NOT_SUMMED}, thấp nhất – cao nhất)" if rate else indicator.name,
                    indicator.unit_label,
                    *(figures.cell(indicator, count.group).text or "–" for count in figures.groups),
                    total.text or "–",
                )
            )
        )
    table = Table(tuple(columns), tuple(rows))
    blocks: tuple[Block, ...] = (
        (table,) if figures.indicators else (Note("Đề cương không có chỉ tiêu số liệu."),)
    )
    return Annex(
        "I", "Tổng hợp số liệu theo nhóm đơn vị", blocks, landscape=True, reference=_reference(material)
    )


def _reference(material: Material) -> str:
    """The line under an annex's title; none on a draft."""
    report = material.report
    if material.live or report.issue_number is None or report.issued_on is None:
        return ""
    day = report.issued_on
    body = body_in_prose(report.round.issuing_body)
    return f"Kèm theo Báo cáo số {report.code} ngày {day:%d/%m/%Y} của {body}"


def units_annex(material: Material) -> Annex:
    """Phụ lục II: who is included, who is missing and why, who was excused; with dates and timeliness."""
    taken = material.taken
    blocks: list[Block] = [Note(timeliness_words(taken, material.at))]
    columns = (
        Column("STT", 0.9, "center"),
        Column("Đơn vị", 4),
        Column("Tình trạng", 1.9),
        Column("Nộp lần đầu", 2.1, "center"),
        Column("Thời hạn", 1.8),
        Column("Mã phiếu", 2.4),
    )
    for number, (title, lines) in enumerate(
        (
            (f"Đơn vị có báo cáo được tổng hợp ({taken.share})", taken.included),
            (f"Đơn vị chưa có báo cáo được tổng hợp ({len(taken.missing)})", taken.missing),
            (f"Đơn vị không phải báo cáo ({len(taken.excused)})", taken.excused),
        ),
        start=1,
    ):
        if not lines and number == 3:
            continue
        blocks.append(Heading(2, f"{number}.", title))
        if not lines:
            blocks.append(Note("Không có."))
            continue
        blocks.append(Table(columns, tuple(_unit_rows(lines, material))))
    return Annex("II", "Danh sách đơn vị báo cáo", tuple(blocks), reference=_reference(material))


def _unit_rows(lines: Iterable[UnitLine], material: Material) -> Iterable[Row]:
    group: int | None = None
    for number, line in enumerate(lines, start=1):
        assignment = line.assignment
        if assignment.group_id != group:
            group = assignment.group_id
            yield Row((assignment.group.name,), span=True)
        yield Row(
            (
                str(number),
                assignment.unit_name,
                STATE_LABELS[line.state],
                f"{timezone.localtime(line.first_sent_at):%d/%m/%Y}" if line.first_sent_at else "–",
                _timeliness(line, material.at),
                material.codes.get(line.submission_id or 0, "–"),
            )
        )


def timeliness_words(taken: Census, at: datetime) -> str:
    """How many reported in time, late, and by an extension: the statistics above the list of units."""
    judged = Counter(line.judgement for line in taken.expected if line.judgement is not None)
    overdue = sum(line.judgement is None and at >= line.due_at for line in taken.expected)
    given = [line.extension for line in taken.expected if line.extension is not None]
    on_time = sum(extension.counts_on_time for extension in given)
    words = [
        f"{TIMELINESS_LABELS[kind]}: {judged[kind]}"
        for kind in (Timeliness.ON_TIME, Timeliness.LATE_EXCUSED, Timeliness.LATE)
    ]
    words.append(f"chưa nộp, đã quá hạn: {overdue}")
    extended = f"Được gia hạn: {len(given)} đơn vị"
    if given:
        extended += f" (tính đúng hạn: {on_time}; ghi là muộn có gia hạn: {len(given) - on_time})"
    return f"{'; '.join(words)}. {extended}."


def _timeliness(line: UnitLine, at: datetime) -> str:
    judged = line.judgement
    if line.on_time_by_extension:
        return f"{TIMELINESS_LABELS[Timeliness.ON_TIME]} (có gia hạn)"
    if judged is not None:
        return TIMELINESS_LABELS[judged]
    if not line.expected:
        return "–"
    return TIMELINESS_LABELS["overdue" if at >= line.due_at else "not_due"]


def contributions_annex(material: Material) -> Annex:
    """Phụ lục III: what every included unit wrote, section by section, under its name and receipt code."""
    blocks: list[Block] = []
    for place in places(material.sections):
        blocks.append(Heading(min(place.level + 1, 4), place.number, place.section.title))  # type: ignore[arg-type]
        if not place.section.is_heading:
            blocks += _contributions(material, place.section)
    if not material.taken.included:
        blocks = [Note("Chưa có báo cáo nào của các đơn vị được tiếp nhận.")]
    return Annex(
        "III",
        "Nội dung báo cáo của các đơn vị",
        tuple(blocks),
        compendium=True,
        reference=_reference(material),
    )


def _contributions(material: Material, section: Section) -> list[Block]:
    blocks: list[Block] = []
    silent: dict[str, list[str]] = defaultdict(list)
    for line, given in material.answers(section):
        if given["html"]:
            blocks.append(
                Contribution(
                    line.assignment.unit_name, given["html"], material.codes[line.submission_id or 0]
                )
            )
        else:
            silent[given["status"]].append(line.assignment.unit_name)
    if silent[AnswerStatus.NIL]:
        blocks.append(Note(f"Không phát sinh: {'; '.join(silent[AnswerStatus.NIL])}."))
    if silent[AnswerStatus.NOT_APPLICABLE]:
        blocks.append(Note(f"Không thuộc phạm vi: {'; '.join(silent[AnswerStatus.NOT_APPLICABLE])}."))
    return blocks or [Note("Chưa có đơn vị nào báo cáo nội dung này.")]
