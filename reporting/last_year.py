"""What the same unit had accepted in the round before, to be read beside this year's draft."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from reporting.models import Assignment, Section, Submission


@dataclass(frozen=True)
class LastYear:
    """The accepted report of the round before; `texts` are narratives by the section's key."""

    submission: Submission
    year: int
    texts: dict[str, str]
    remarks: dict[str, str]


def last_year(assignment: Assignment) -> LastYear | None:
    """The accepted report of the round before, or None: two queries, or none without a round before."""
    previous = assignment.round.previous_id
    if previous is None:
        return None
    submission = (
        Submission.objects.filter(
            assignment__round_id=previous,
            assignment__unit_id=assignment.unit_id,
            assignment__accepted_submission__isnull=False,
        )
        .filter(pk__in=Assignment.objects.filter(round_id=previous).values("accepted_submission_id"))
        .select_related("assignment__round")
        .first()
    )
    if submission is None:
        return None
    keys = dict(Section.objects.filter(round_id=previous).values_list("number", "key"))
    sections: list[dict[str, Any]] = json.loads(submission.content)["sections"]
    known = [(keys[row["number"]], row) for row in sections if row["number"] in keys]
    return LastYear(
        submission=submission,
        year=submission.assignment.round.year,
        texts={key: row["html"] for key, row in known if row["html"]},
        remarks={key: row["status"] for key, row in known if not row["html"]},
    )
