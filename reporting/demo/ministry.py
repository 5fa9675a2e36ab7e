"""The office's side of the demo: reading passages, writing the ministry's text, signature and issue."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from reporting import consolidation, issuing
from reporting.demo import prose
from reporting.demo.people import Crew
from reporting.models import Indicator, Paragraph, Passage, Report, Round, Section
from reporting.rollup import totals
from units.models import User

SIGNER = "Đỗ Xuân Tuyên"
"""The signer printed on the plan of 2025; the demo names no other person."""
HIGHLIGHTS = 3


def write_report(row: Round, crew: Crew, *, now: datetime, sections: int | None = None) -> Report:
    """Start the report and write its first `sections` sections (all of them without a number)."""
    author = crew.reviewers[0]
    report = consolidation.start_report(row, actor=author, now=now)
    written = list(Section.objects.filter(round=row, is_heading=False).order_by("position"))
    sums = _sums(row)
    reported = row.assignments.filter(accepted_submission__isnull=False).count()
    for place, section in enumerate(written[:sections]):
        when = now + timedelta(minutes=7 * place)
        _write_section(report, section, sums, reported, actor=author, now=when)
        consolidation.mark_section_read(row, section, actor=author, now=when + timedelta(minutes=5))
    return report


def _sums(row: Round) -> dict[str, int]:
    """Sums of the accepted figures by indicator code; figures that are never summed are left out."""
    table = totals(row)
    summed = Indicator.objects.filter(round=row, rollup=Indicator.Rollup.SUM)
    return {i.code: table.total(i).amount or 0 for i in summed}


def _write_section(
    report: Report, section: Section, sums: dict[str, int], reported: int, *, actor: User, now: datetime
) -> None:
    chosen = _chosen(report.round, section)
    highlights = [(p.submission.unit_name, _first_sentence(p.text)) for p in chosen]
    texts = prose.ministry_text(section.key, report.round.year, sums, reported, highlights)
    for text in texts:
        if chosen and text.startswith("Một số kết quả tiêu biểu"):
            _quote(report, chosen, text, actor=actor, now=now)
        else:
            consolidation.write(report, section, text, actor=actor, now=now)


def _chosen(row: Round, section: Section) -> list[Passage]:
    """A few passages of middling length, of different units, the same ones every time."""
    found = (
        consolidation.accepted_passages(row)
        .filter(section=section)
        .select_related("submission")
        .order_by("submission__unit_name", "position")
    )
    fitting = [p for p in found if 18 <= len(p.text.split()) <= 60]
    dice = random.Random(f"highlights-{row.code}-{section.key}")
    dice.shuffle(fitting)
    by_unit: dict[int, Passage] = {}
    for passage in fitting:
        by_unit.setdefault(passage.submission_id, passage)
        if len(by_unit) == HIGHLIGHTS:
            break
    return list(by_unit.values())


def _first_sentence(text: str) -> str:
    return text.removeprefix("- ").split(". ")[0].strip().rstrip(".")


def _quote(report: Report, passages: list[Passage], text: str, *, actor: User, now: datetime) -> None:
    """One paragraph with all the passages as its sources, then worded by the office."""
    paragraph = consolidation.take_group(report, passages, actor=actor, now=now)
    fresh = Paragraph.objects.get(pk=paragraph.pk)
    consolidation.save_paragraph(
        fresh, text, seen_version=fresh.version, actor=actor, now=now + timedelta(minutes=2)
    )


def sign_and_issue(
    report: Report, crew: Crew, *, cleared: datetime, signed: date, number: int, issued: datetime
) -> None:
    """The lead clears it, the signature is entered, the registry gives number and date."""
    issuing.clear(report, actor=crew.lead, now=cleared)
    issuing.sign(
        report,
        authority="KT. BỘ TRƯỞNG",
        post="THỨ TRƯỞNG",
        name=SIGNER,
        signed_on=signed,
        actor=crew.registry,
        now=issued - timedelta(minutes=30),
    )
    issuing.issue(report, number=number, issued_on=issued.date(), actor=crew.registry, now=issued)
