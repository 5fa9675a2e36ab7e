"""From the draft to the issued report: cleared, signed, numbered, frozen; later perhaps corrected.

State changes by compare-and-set against `REPORT_TRANSITIONS`, each with an event. What was issued never
changes: its files are frozen, its text refuses every verb, a correction is a report of its own.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from reporting import bench, rendering
from reporting.consolidation import figures_are_old
from reporting.documents.pdf import RenderedPdf
from reporting.lifecycle import Refused
from reporting.models import Paragraph, Report, Section, Source, StoredFile, Submission
from reporting.opening import move_round
from reporting.paper_steps import Available, Way, refuse_signature
from reporting.report_paper import Material, compose, gather
from reporting.rollup import census, totals
from reporting.states import (
    REPORT_ACTION_LABELS,
    REPORT_LABELS,
    REPORT_TRANSITIONS,
    ReportAction,
    ReportState,
    RoundState,
)
from units import uploads
from units.models import Unit, User
from units.text import nfc

SIGNERS: tuple[tuple[str, str], ...] = (
    ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"),
    ("", "BỘ TRƯỞNG"),
    ("", "Q. BỘ TRƯỞNG"),
)
"""Authority and post of those who may sign a ministry's report (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục 7)."""


@dataclass(frozen=True)
class Finding:
    """Something to look at before the report goes on. `kind` names it, `sections` says where."""

    kind: str
    text: str
    ok: bool = False
    sections: tuple[Section, ...] = ()


WAY = Way("báo cáo", REPORT_TRANSITIONS, ReportState, REPORT_LABELS, REPORT_ACTION_LABELS)


def available_actions(report: Report, user: User, now: datetime) -> list[Available]:
    """What `user` may do with the report in its state; buttons and views ask this."""
    return WAY.available(report, user, now)


def check(report: Report, action: ReportAction, *, actor: User, now: datetime) -> ReportState:
    """The state `action` leads to; raises `Refused` or `StaleState` when the table or the roles forbid it."""
    return ReportState(WAY.check(report, action, actor=actor, now=now))


def findings(report: Report) -> list[Finding]:
    """What to look at before clearing: nothing here forbids it, everything is named."""
    sections = list(Section.objects.filter(round=report.round, is_heading=False))
    paragraphs = Paragraph.objects.filter(report=report, removed_at=None)
    return [
        _front(report),
        _traced(paragraphs.filter(sources=None, own_words=False, from_figures=False).count()),
        _written(report, sections, set(paragraphs.values_list("section_id", flat=True))),
        _everybody(report),
        _unchanged(report),
        _counted(report, paragraphs.filter(from_figures=True).select_related("section")),
    ]


def _front(report: Report) -> Finding:
    empty = [
        label
        for label, value in (
            ("trích yếu", report.title),
            ("kính gửi", report.addressee),
            ("đoạn mở đầu", report.opening),
            ("đoạn kết", report.closing),
            ("nơi nhận", report.recipients),
        )
        if not value.strip()
    ]
    if empty:
        return Finding("front", f"Thể thức còn thiếu: {', '.join(empty)}.")
    return Finding("front", "Thể thức theo Nghị định 30/2020/NĐ-CP: đủ thành phần", ok=True)


def _traced(untraced: int) -> Finding:
    if untraced:
        return Finding("traced", f"{untraced} đoạn không có nguồn và không ghi Văn phòng Bộ tự viết.")
    return Finding("traced", "Mọi đoạn có nguồn hoặc ghi rõ Văn phòng Bộ tự viết", ok=True)


def _written(report: Report, sections: list[Section], written: set[int]) -> Finding:
    seen = bench.coverage(report, report.round)
    empty = tuple(section for section in sections if section.pk in seen and section.pk not in written)
    if empty:
        return Finding(
            "written",
            f"{len(empty)} mục đơn vị đã báo cáo nhưng Văn phòng Bộ chưa tổng hợp: bản in chỉ nêu số liệu.",
            sections=empty,
        )
    return Finding("written", "Mục nào có nội dung của đơn vị cũng đã được tổng hợp", ok=True)


def _everybody(report: Report) -> Finding:
    taken = census(report.round, report.as_of)
    if taken.missing:
        by_group: dict[str, int] = {}
        for line in taken.missing:
            name = line.assignment.group.name
            by_group[name] = by_group.get(name, 0) + 1
        parts = ", ".join(f"{count} {name.removeprefix('Các ')}" for name, count in by_group.items())
        return Finding("missing", f"{len(taken.missing)} đơn vị chưa có báo cáo được tiếp nhận: {parts}.")
    return Finding("missing", f"Đủ {taken.share} đơn vị", ok=True)


def _unchanged(report: Report) -> Finding:
    changed = bench.changed_sources(report)
    if changed:
        places = {row.source.paragraph.section_id: row.source.paragraph.section for row in changed}
        return Finding(
            "changed", f"{len(changed)} nguồn thay đổi sau khi trích.", sections=tuple(places.values())
        )
    return Finding("changed", "Không nguồn nào thay đổi sau khi trích", ok=True)


def _counted(report: Report, paragraphs: Iterable[Paragraph]) -> Finding:
    table = totals(report.round)
    old = {p.section_id: p.section for p in paragraphs if figures_are_old(p, table, p.section)}
    if old:
        return Finding(
            "figures",
            f"{len(old)} mục có câu số liệu cũ: từ khi viết đã tiếp nhận thêm.",
            sections=tuple(old.values()),
        )
    return Finding("figures", "Câu số liệu đúng với số liệu tổng hợp", ok=True)


def clear(report: Report, *, actor: User, now: datetime, note: str = "") -> None:
    """The lead clears the draft for signature; from now on its data are those of this instant."""
    WAY.move(report, ReportAction.CLEAR, actor=actor, now=now, note=note, as_of=now)


def take_back(report: Report, *, actor: User, now: datetime, note: str) -> None:
    """Back to the draft, with the reason; data follow the round again."""
    if not note.strip():
        raise Refused("Hãy ghi lý do rút về dự thảo.")
    WAY.move(report, ReportAction.TAKE_BACK, actor=actor, now=now, note=note, as_of=None)


def sign(
    report: Report, *, authority: str, post: str, name: str, signed_on: date, actor: User, now: datetime
) -> None:
    """Record who signed, as what and when. Raises `Refused` when the signer or the day cannot be."""
    who = nfc(name).strip()
    check(report, ReportAction.SIGN, actor=actor, now=now)
    _refuse_signer(nfc(authority).strip().upper(), nfc(post).strip().upper())
    refuse_signature(who, signed_on, report.as_of, now)
    WAY.move(
        report,
        ReportAction.SIGN,
        actor=actor,
        now=now,
        note=f"{authority} {post} {who}".strip(),
        authority=nfc(authority).strip().upper(),
        post=nfc(post).strip().upper(),
        signer_name=who,
        signed_on=signed_on,
        signature_entered_by=actor,
    )


def _refuse_signer(authority: str, post: str) -> None:
    if (authority, post) in SIGNERS:
        return
    if authority.startswith(("TL.", "TUQ.")) or "VĂN PHÒNG" in post:
        raise Refused(
            "Báo cáo của Bộ do Bộ trưởng hoặc Thứ trưởng (KT. BỘ TRƯỞNG) ký; Chánh Văn phòng ký thừa lệnh không được."
        )
    raise Refused("Quyền hạn và chức vụ không khớp: chọn KT. BỘ TRƯỞNG / THỨ TRƯỞNG hoặc BỘ TRƯỞNG.")


def issue(report: Report, *, number: int, issued_on: date, actor: User, now: datetime) -> list[StoredFile]:
    """The registry gives number and date: the files are printed and frozen, the round becomes issued.

    Raises `Refused` (a number already used, a wrong date), `StaleState` or `RenderFailed`; nothing is stored
    then. Returns the frozen PDF, Word file and manifest.
    """
    check(report, ReportAction.ISSUE, actor=actor, now=now)
    WAY.refuse_number(report, number, issued_on, now)
    printed = copy.copy(report)
    printed.issue_number, printed.issued_on, printed.state = number, issued_on, ReportState.ISSUED
    material = gather(printed, now=now)
    with rendering.sole_issue():
        if not Report.objects.filter(pk=report.pk, state=report.state).exists():
            raise WAY.stale(report, ReportAction.ISSUE)  # issued while we waited for the place
        pdf, word = rendering.print_paper(compose(material))
    before = (report.state, report.issue_number, report.issued_on)
    note = f"{number}/{report.symbol}"
    try:
        with uploads.rows_and_files() as paths:
            # One registry, one series of numbers: whoever issues holds the office's row meanwhile.
            Unit.objects.select_for_update().get(pk=report.round.owner_id)
            WAY.refuse_number(report, number, issued_on, now)
            facts = {"issue_number": number, "issued_on": issued_on}
            WAY.move(report, ReportAction.ISSUE, actor=actor, now=now, note=note, **facts)
            kept = _freeze(report, pdf, word, material, paths, now)
            if report.round.state != RoundState.ISSUED:
                move_round(report.round, "issue", actor=actor, now=now, note=note, issued_at=now)
    except BaseException:
        report.state, report.issue_number, report.issued_on = before
        raise
    return kept


def _freeze(
    report: Report, pdf: RenderedPdf, word: bytes, material: Material, paths: list[str], now: datetime
) -> list[StoredFile]:
    """Store PDF, Word file and manifest for good; `paths` names what was written should the rest fail."""
    kept: list[StoredFile] = []
    name = f"{report.issue_number:02d}-{report.symbol}-{report.issued_on:%Y}".lower()

    def freeze(kind: StoredFile.Kind, data: bytes, suffix: str, pages: int = 0) -> None:
        kept.append(
            rendering.keep(
                kind, data, name=f"{name}{suffix}", pages=pages, frozen=True, report=report, now=now
            )
        )
        paths.append(kept[-1].path)

    freeze(StoredFile.Kind.REPORT_PDF, pdf.bytes, ".pdf", pdf.pages)
    freeze(StoredFile.Kind.REPORT_DOCX, word, ".docx")
    freeze(StoredFile.Kind.MANIFEST, manifest(material, list(kept), issued_at=now), ".json")
    return kept


def manifest(material: Material, files: list[StoredFile], *, issued_at: datetime) -> bytes:
    """What the issued report was made of: files, included submissions, paragraphs with versions and sources."""
    report = material.report
    submissions = Submission.objects.filter(pk__in=material.taken.submission_ids).order_by("code")
    content = {
        "format": 1,
        "report": report.code,
        "round": report.round.code,
        "issued_on": report.issued_on.isoformat() if report.issued_on else None,
        "issued_at": timezone.localtime(issued_at).isoformat(timespec="seconds"),
        "as_of": timezone.localtime(material.at).isoformat(timespec="seconds"),
        "units_expected": len(material.taken.expected),
        "units_included": len(material.taken.included),
        "files": [{"name": f.name, "sha256": f.sha256, "size": f.size, "pages": f.pages} for f in files],
        "submissions": [
            {"code": s.code, "unit": s.unit_name, "sha256": s.sha256} for s in submissions.defer("content")
        ],
        "paragraphs": _traces(report),
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1).encode()


def _traces(report: Report) -> list[dict[str, object]]:
    found = (
        Paragraph.objects.filter(report=report, removed_at=None)
        .select_related("section")
        .prefetch_related("sources__passage__submission")
    )
    return [
        {
            "section": paragraph.section.key,
            "version": paragraph.version,
            "own_words": paragraph.own_words,
            "from_figures": paragraph.from_figures,
            "sources": [
                {
                    "submission": source.passage.submission.code,
                    "position": source.passage.position,
                    "sha256": source.passage.sha256,
                }
                for source in paragraph.sources.all()
            ],
        }
        for paragraph in found
    ]


def correct(report: Report, *, note: str, actor: User, now: datetime) -> Report:
    """Begin a correction: a new draft with the same text; the issued one and its files stay as they are."""
    if not note.strip():
        raise Refused("Hãy ghi lý do đính chính.")
    with transaction.atomic():
        WAY.move(report, ReportAction.CORRECT, actor=actor, now=now, note=note)
        kept = (
            "title",
            "addressee",
            "opening",
            "closing",
            "recipients",
            "place",
            "symbol",
            "authority",
            "post",
        )
        new = Report.objects.create(
            round=report.round,
            number=report.number + 1,
            corrects=report,
            created_by=actor,
            created_at=now,
            **{name: getattr(report, name) for name in kept},
        )
        for paragraph in Paragraph.objects.filter(report=report, removed_at=None).prefetch_related("sources"):
            sources = list(paragraph.sources.all())
            paragraph.pk, paragraph.report, paragraph.version = None, new, 1
            paragraph._state.adding = True
            paragraph.save(force_insert=True)
            Source.objects.bulk_create(
                Source(paragraph=paragraph, passage_id=source.passage_id, quoted=source.quoted)
                for source in sources
            )
    return new
