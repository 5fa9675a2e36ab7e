"""The whole draft of an assignment, read in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import F

from reporting.models import Answer, Assignment, Figure, Indicator, Section, SubmittedFigure, WarningReason
from reporting.states import AnswerStatus


@dataclass(frozen=True)
class Draft:
    """Sections that take an answer, in order; answers and figures by id; last year's figures by code."""

    assignment: Assignment
    sections: list[Section]
    answers: dict[int, Answer]
    indicators: dict[int, list[Indicator]]
    amounts: dict[int, int]
    last_year: dict[str, int]
    reasons: dict[str, str] = field(default_factory=dict)

    def status(self, section: Section) -> str:
        answer = self.answers.get(section.pk)
        return answer.status if answer else AnswerStatus.NOT_STARTED


def read_draft(assignment: Assignment) -> Draft:
    """Everything the checks, the check page and the submission look at."""
    sections = list(
        Section.objects.filter(round_id=assignment.round_id, is_heading=False)
        .select_related("parent")
        .prefetch_related("directives")
    )
    indicators: dict[int, list[Indicator]] = {section.pk: [] for section in sections}
    for indicator in Indicator.objects.filter(round_id=assignment.round_id):
        indicators.setdefault(indicator.section_id, []).append(indicator)
    return Draft(
        assignment=assignment,
        sections=sections,
        answers={
            row.section_id: row
            for row in Answer.objects.filter(assignment=assignment).select_related("updated_by")
        },
        indicators=indicators,
        amounts=dict(Figure.objects.filter(assignment=assignment).values_list("indicator_id", "amount")),
        last_year=last_year_amounts(assignment),
        reasons=dict(WarningReason.objects.filter(assignment=assignment).values_list("check_code", "reason")),
    )


def last_year_amounts(assignment: Assignment) -> dict[str, int]:
    """Figures of the accepted report of the round before, by indicator code; empty when there is none."""
    previous = assignment.round.previous_id
    if previous is None:
        return {}
    rows = SubmittedFigure.objects.filter(
        submission__assignment__round_id=previous,
        submission__assignment__unit_id=assignment.unit_id,
        submission__assignment__accepted_submission_id=F("submission_id"),
    )
    return dict(rows.values_list("indicator__code", "amount"))
