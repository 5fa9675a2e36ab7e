"""The whole draft of an assignment, read in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Count, F, Sum

from reporting.models import Answer, Assignment, Figure, Indicator, Section, SubmittedFigure, WarningReason
from reporting.models.assignment import predecessor_ids
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
    summed_from: dict[str, int] = field(default_factory=dict)
    """From how many units a figure of last year is summed, by code; only where it is more than one."""
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
    amounts = last_year_amounts(assignment)
    return Draft(
        assignment=assignment,
        sections=sections,
        answers={
            row.section_id: row
            for row in Answer.objects.filter(assignment=assignment).select_related("updated_by")
        },
        indicators=indicators,
        amounts=dict(Figure.objects.filter(assignment=assignment).values_list("indicator_id", "amount")),
        last_year={code: amount for code, (amount, _) in amounts.items()},
        summed_from={code: units for code, (_, units) in amounts.items() if units > 1},
        reasons=dict(WarningReason.objects.filter(assignment=assignment).values_list("check_code", "reason")),
    )


def last_year_amounts(assignment: Assignment) -> dict[str, tuple[int, int]]:
    """Figures of the accepted reports of the round before, by indicator code, with how many units gave them.

    Of the unit itself and of those it took over from by the end of the round's period; of several, sums are
    added up and rates left out. Empty when there is no round before; two queries.
    """
    previous = assignment.round.previous_id
    if previous is None:
        return {}
    rows = (
        SubmittedFigure.objects.filter(
            submission__assignment__round_id=previous,
            submission__assignment__unit_id__in=answering_ids(assignment),
            submission__assignment__accepted_submission_id=F("submission_id"),
        )
        .order_by()
        .values_list("indicator__code", "indicator__rollup")
        .annotate(summed=Sum("amount"), units=Count("pk"))
    )
    return {
        code: (int(summed), units)
        for code, rollup, summed, units in rows
        if units == 1 or rollup == Indicator.Rollup.SUM
    }


def answering_ids(assignment: Assignment) -> set[int]:
    """The unit and those whose duties it had taken over by the end of the round's period: one query."""
    unit_id = assignment.unit_id
    return {unit_id} | predecessor_ids([unit_id], assignment.round.period_to)
