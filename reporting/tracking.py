"""What has been done about a directive: round by round, section by section, unit by unit.

Everything here is read from what was **sent**. While a report is with the office (submitted, accepted) its
answers are locked, so the rows of `Answer` say what was sent; a report that is with its unit again after a
return is read from its newest submission, never from the draft.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum

from directives.models import Directive
from directives.queries import Family
from reporting.models import (
    Answer,
    Assignment,
    Indicator,
    Paragraph,
    Passage,
    Report,
    Round,
    Section,
    Submission,
    SubmittedFigure,
)
from reporting.quantities import format_amount
from reporting.rollup import Total
from reporting.states import OUT_OF_COUNT, STATE_LABELS, WITH_UNIT, AnswerStatus, ReportState, State
from reporting.timeliness import with_timeliness
from units.access import Standing
from units.models import OFFICE_ROLES, UnitGroup
from units.text import fold

WORDS_SHOWN = 40
_LOCKED = (State.SUBMITTED, State.ACCEPTED)
_SENT_STATUSES = (AnswerStatus.DONE, AnswerStatus.NIL, AnswerStatus.NOT_APPLICABLE)

LISTS = {
    "phai-nop": "Phải báo cáo",
    "da-nop": "Đã báo cáo",
    "chua-nop": "Chưa báo cáo",
    "hoan-thanh": "Hoàn thành",
    "khong-phat-sinh": "Không phát sinh",
    "khong-thuoc-pham-vi": "Không thuộc phạm vi",
    "tiep-nhan": "Đã tiếp nhận",
    "qua-han": "Quá hạn",
}
"""Name in the address → label of a list of units; the first is the one shown when none is asked for."""
_STATUS_LISTS = {
    "hoan-thanh": AnswerStatus.DONE,
    "khong-phat-sinh": AnswerStatus.NIL,
    "khong-thuoc-pham-vi": AnswerStatus.NOT_APPLICABLE,
}


@dataclass
class SectionLine:
    """One section of a round that the directive stands behind, with what was reported in it."""

    section: Section
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    ministry: list[Paragraph] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)

    @property
    def done(self) -> int:
        return self.counts[AnswerStatus.DONE]

    @property
    def nil(self) -> int:
        return self.counts[AnswerStatus.NIL]

    @property
    def not_applicable(self) -> int:
        return self.counts[AnswerStatus.NOT_APPLICABLE]


@dataclass
class RoundLine:
    """One round in which something was reported on the directive.

    `through` names the paper that leads to it when the directive itself is neither in the outline nor the
    plan. `is_plan`: the whole report answers it, not a section. `report` is the ministry's report the
    person may read: the issued one, for the office also a draft.
    """

    round: Round
    through: Directive | None = None
    is_plan: bool = False
    lines: list[SectionLine] = field(default_factory=list)
    expected: int = 0
    sent: int = 0
    accepted: int = 0
    report: Report | None = None
    at_office: bool = False

    @property
    def stats(self) -> list[tuple[str, str, int, str]]:
        """(name of the list, label, number, icon): the counts of the round and, of one section, its answers."""
        numbers = [
            ("phai-nop", self.expected, "people"),
            ("da-nop", self.sent, "send-fill"),
            ("chua-nop", self.expected - self.sent, "circle"),
        ]
        if len(self.lines) == 1 and not self.is_plan:
            line = self.lines[0]
            numbers += [
                ("hoan-thanh", line.done, "check-circle-fill"),
                ("khong-phat-sinh", line.nil, "slash-circle"),
                ("khong-thuoc-pham-vi", line.not_applicable, "dash-circle"),
            ]
        numbers.append(("tiep-nhan", self.accepted, "check-lg"))
        return [(name, LISTS[name], number, icon) for name, number, icon in numbers]


# Which rounds -------------------------------------------------------------------------------------------


def rounds_of(kin: Family, standing: Standing) -> list[RoundLine]:
    """The rounds in which the directive, or a paper that carries it out, was reported on; newest first.

    Ten queries, however many rounds, sections and units there are.
    """
    lines = _round_lines(kin)
    for line in lines:
        line.at_office = standing.has(line.round.owner_id, *OFFICE_ROLES)
    _put_counts(lines)
    _put_section_counts(lines)
    _put_totals(lines)
    _put_ministry(lines)
    return lines


def _round_lines(kin: Family) -> list[RoundLine]:
    """Direct ones first decide: a round reached both ways is not marked as indirect."""
    ways = [kin.focus.pk, *kin.carriers]
    carried: dict[int, dict[int, list[Section]]] = defaultdict(lambda: defaultdict(list))
    bound = Section.directives.through.objects.filter(
        directive__in=ways, section__round__opened_at__isnull=False
    )
    pairs = [
        (row.directive_id, row.section)
        for row in bound.select_related("section").order_by("section__position")
    ]
    for directive_id, section in pairs:
        carried[section.round_id][directive_id].append(section)
    wanted = Q(pk__in=list(carried)) | Q(plan__in=ways)
    rounds = list(Round.objects.started().filter(wanted).select_related("owner", "plan"))
    whole = {row.pk for row in rounds if row.plan_id in ways and kin.focus.pk not in carried[row.pk]}
    outlines: dict[int, list[Section]] = defaultdict(list)
    for section in Section.objects.filter(round__in=whole, is_heading=False):
        outlines[section.round_id].append(section)
    return [_round_line(row, kin, ways, carried[row.pk], outlines[row.pk]) for row in rounds]


def _round_line(
    row: Round,
    kin: Family,
    ways: Sequence[int],
    carried: Mapping[int, list[Section]],
    outline: list[Section],
) -> RoundLine:
    for key in ways:  # nearest first: the directive itself, then what carries it out
        through = None if key == kin.focus.pk else kin.papers[key]
        if carried.get(key):
            return RoundLine(row, through, lines=[SectionLine(section) for section in carried[key]])
        if row.plan_id == key:
            return RoundLine(row, through, is_plan=True, lines=[SectionLine(section) for section in outline])
    raise AssertionError("a round is listed because one of the ways leads to it")


# Numbers ------------------------------------------------------------------------------------------------


def _put_counts(lines: Sequence[RoundLine]) -> None:
    by_round = {line.round.pk: line for line in lines}
    found = (
        Assignment.objects.filter(round__in=by_round)
        .exclude(state__in=OUT_OF_COUNT)
        .order_by()
        .values("round_id")
        .annotate(
            expected=Count("pk"),
            sent=Count("pk", filter=Q(first_submitted_at__isnull=False)),
            accepted=Count("pk", filter=Q(state=State.ACCEPTED)),
        )
    )
    for part in found:
        line = by_round[part["round_id"]]
        line.expected, line.sent, line.accepted = part["expected"], part["sent"], part["accepted"]


def _put_section_counts(lines: Sequence[RoundLine]) -> None:
    by_section = {part.section.pk: part for line in lines for part in line.lines}
    locked = (
        Answer.objects.filter(
            section__in=by_section, assignment__state__in=_LOCKED, status__in=_SENT_STATUSES
        )
        .order_by()
        .values("section_id", "status")
        .annotate(number=Count("pk"))
    )
    for part in locked:
        by_section[part["section_id"]].counts[part["status"]] += part["number"]
    places = {(part.section.round_id, part.section.number): part for part in by_section.values()}
    for assignment, content in _back_with_unit({line.round.pk for line in lines}):
        for number, said in content.items():
            place = places.get((assignment.round_id, number))
            if place is not None:
                place.counts[said["status"]] += 1


def _back_with_unit(rounds: Iterable[int]) -> list[tuple[Assignment, dict[str, dict[str, Any]]]]:
    """Reports that were sent and are with their unit again: (assignment, what it sent by section number)."""
    found = (
        Submission.objects.filter(assignment__round__in=list(rounds), assignment__state__in=WITH_UNIT)
        .filter(number=_newest_number("assignment"))
        .select_related("assignment")
        .only("content", "assignment__round", "assignment__state")
    )
    return [(row.assignment, _sections_sent(row.content)) for row in found]


def _sections_sent(content: str) -> dict[str, dict[str, Any]]:
    return {section["number"]: section for section in json.loads(content)["sections"]}


def _newest_number(assignment: str) -> Subquery:
    newest = Submission.objects.filter(assignment=OuterRef(assignment)).order_by("-number")
    return Subquery(newest.values("number")[:1])


def _put_totals(lines: Sequence[RoundLine]) -> None:
    """Figures of the accepted reports, summed as in the consolidation; a plan's sections stay without."""
    by_section = {part.section.pk: part for line in lines if not line.is_plan for part in line.lines}
    indicators = {row.pk: row for row in Indicator.objects.filter(section__in=by_section)}
    found = (
        SubmittedFigure.objects.filter(
            indicator__in=indicators,
            submission__assignment__state=State.ACCEPTED,
            submission=F("submission__assignment__accepted_submission"),
        )
        .order_by("indicator__position")
        .values("indicator_id")
        .annotate(units=Count("pk"), summed=Sum("amount"), lowest=Min("amount"), highest=Max("amount"))
    )
    for part in found:
        indicator = indicators[part["indicator_id"]]
        summed = int(part["summed"]) if indicator.rollup == Indicator.Rollup.SUM else None
        total = Total(indicator, part["units"], summed, part["lowest"], part["highest"])
        by_section[indicator.section_id].totals.append(total)


def _put_ministry(lines: Sequence[RoundLine]) -> None:
    """The ministry's words: of the issued report for everybody, of a draft only for the owning office."""
    by_round = {line.round.pk: line for line in lines}
    issued = (ReportState.ISSUED, ReportState.CORRECTED)
    for report in Report.objects.filter(round__in=by_round).order_by("number"):
        line = by_round[report.round_id]
        better = line.report is None or line.report.state not in issued or report.state in issued
        if (report.state in issued or line.at_office) and better:
            line.report = report
    sections = {part.section.pk: part for line in lines if not line.is_plan for part in line.lines}
    reports = [line.report.pk for line in lines if line.report is not None]
    found = Paragraph.objects.filter(report__in=reports, section__in=sections, removed_at=None)
    for paragraph in found.annotate(source_count=Count("sources")).order_by("position", "pk"):
        sections[paragraph.section_id].ministry.append(paragraph)


# Units --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class UnitFilter:
    """Which units of a round are asked for; anything unknown counts as not asked."""

    name: str = "phai-nop"
    group: str = ""
    state: str = ""
    words: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> UnitFilter:
        """From a query string: loc, nhom, tinh-trang, tim."""
        name, state = query.get("loc", ""), query.get("tinh-trang", "")
        return cls(
            name=name if name in LISTS else "phai-nop",
            group=query.get("nhom", "")[:60],
            state=state if state in STATE_LABELS else "",
            words=query.get("tim", "").strip()[:200],
        )


@dataclass(frozen=True)
class SectionAnswer:
    """What a unit sent in one section: its status, the reason of a nil, its text and figures."""

    section: Section
    status: str
    reason: str = ""
    paragraphs: Sequence[str] = ()
    figures: Sequence[str] = ()

    @property
    def head(self) -> str:
        """The first forty words."""
        words = " ".join(self.paragraphs).split()
        return " ".join(words[:WORDS_SHOWN]) + ("…" if len(words) > WORDS_SHOWN else "")

    @property
    def is_long(self) -> bool:
        return len(" ".join(self.paragraphs).split()) > WORDS_SHOWN


@dataclass(frozen=True)
class UnitLine:
    assignment: Any
    answers: Sequence[SectionAnswer]
    submission_code: str

    @property
    def sent_at(self) -> datetime | None:
        return self.assignment.last_submitted_at


def units_of(
    line: RoundLine, asked: UnitFilter, now: datetime, *, only: Sequence[int] | None = None
) -> QuerySet[Any]:
    """The assignments of the round that fit, in the order of groups and names.

    `only` keeps to some units: what a person may see who is not at the owning office.
    """
    found = with_timeliness(Assignment.objects.filter(round=line.round), now)
    if only is not None:
        found = found.filter(unit__in=only)
    else:
        found = found.exclude(state__in=OUT_OF_COUNT)
    if asked.group:
        found = found.filter(group__code=asked.group)
    if asked.state:
        found = found.filter(state=asked.state)
    for word in fold(asked.words).split():
        found = found.filter(unit__search_text__contains=word)
    return (
        _of_list(found, line, asked.name)
        .annotate(newest_number=_newest_number("pk"))
        .select_related("unit", "group")
        .order_by("group__position", "unit__sort_key", "pk")
    )


def _of_list(found: QuerySet[Any], line: RoundLine, name: str) -> QuerySet[Any]:
    if name == "da-nop":
        return found.filter(first_submitted_at__isnull=False)
    if name == "chua-nop":
        return found.filter(first_submitted_at__isnull=True)
    if name == "tiep-nhan":
        return found.filter(state=State.ACCEPTED)
    if name == "qua-han":
        return found.filter(is_overdue=True)
    if name in _STATUS_LISTS:
        return found.filter(pk__in=_answering(line, _STATUS_LISTS[name]))
    return found


def _answering(line: RoundLine, status: AnswerStatus) -> list[int]:
    """Assignments that sent this status in one of the sections of the line."""
    sections = [part.section for part in line.lines]
    locked = Answer.objects.filter(section__in=sections, status=status, assignment__state__in=_LOCKED)
    keys = list(locked.values_list("assignment_id", flat=True))
    numbers = {section.number for section in sections}
    for assignment, content in _back_with_unit([line.round.pk]):
        if any(content[number]["status"] == status for number in numbers & set(content)):
            keys.append(assignment.pk)
    return keys


def unit_lines(line: RoundLine, assignments: Sequence[Any]) -> list[UnitLine]:
    """What the units of one page sent in the sections of the line: four queries.

    Of a plan there is no one section to quote; its units come with their state only.
    """
    sent = {row.assignment_id: row for row in _newest_submissions(assignments)}
    sections = [] if line.is_plan else [part.section for part in line.lines]
    texts = _texts(sent.values(), sections)
    figures = _figures(sent.values(), sections)
    said = _said(assignments, sent, sections)
    lines = []
    for assignment in assignments:
        own = sent.get(assignment.pk)
        answers = [
            SectionAnswer(
                section,
                *said.get((assignment.pk, section.pk), ("", "")),
                texts.get((own.pk, section.pk), []),
                figures.get((own.pk, section.pk), []),
            )
            for section in sections
            if own is not None
        ]
        lines.append(UnitLine(assignment, answers, own.code if own else ""))
    return lines


def _newest_submissions(assignments: Sequence[Any]) -> list[Submission]:
    found = Submission.objects.filter(assignment__in=assignments).filter(number=_newest_number("assignment"))
    return list(found.defer("content"))


def _texts(sent: Iterable[Submission], sections: Sequence[Section]) -> dict[tuple[int, int], list[str]]:
    texts: dict[tuple[int, int], list[str]] = defaultdict(list)
    found = Passage.objects.filter(submission__in=list(sent), section__in=sections).order_by("position")
    for submission_id, section_id, text in found.values_list("submission_id", "section_id", "text"):
        texts[submission_id, section_id].append(text)
    return texts


def _figures(sent: Iterable[Submission], sections: Sequence[Section]) -> dict[tuple[int, int], list[str]]:
    figures: dict[tuple[int, int], list[str]] = defaultdict(list)
    found = SubmittedFigure.objects.filter(
        submission__in=list(sent), indicator__section__in=sections
    ).select_related("indicator")
    for row in found.order_by("indicator__position"):
        amount = format_amount(row.amount, row.indicator.decimals)
        figures[row.submission_id, row.indicator.section_id].append(
            f"{row.indicator.name}: {amount} {row.indicator.unit_label}"
        )
    return figures


def _said(
    assignments: Sequence[Any], sent: Mapping[int, Submission], sections: Sequence[Section]
) -> dict[tuple[int, int], tuple[str, str]]:
    """(assignment, section) → (status, reason) as sent: from the rows while locked, else from the submission."""
    locked = [a.pk for a in assignments if a.state in _LOCKED]
    rows = Answer.objects.filter(assignment__in=locked, section__in=sections)
    said = {
        (assignment_id, section_id): (status, reason)
        for assignment_id, section_id, status, reason in rows.values_list(
            "assignment_id", "section_id", "status", "reason"
        )
    }
    again = [sent[a.pk].pk for a in assignments if a.pk in sent and a.state not in _LOCKED]
    for assignment_id, content in Submission.objects.filter(pk__in=again).values_list(
        "assignment_id", "content"
    ):
        by_number = _sections_sent(content)
        for section in sections:
            if part := by_number.get(section.number):
                said[assignment_id, section.pk] = (part["status"], part["reason"])
    return said


def groups_of(row: Round) -> list[UnitGroup]:
    """The groups that report in the round, in their order."""
    return list(UnitGroup.objects.filter(pk__in=Assignment.objects.filter(round=row).values("group")))
