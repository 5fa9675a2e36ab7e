"""What the same unit, or those it took over from, had accepted in the round before: read beside the draft."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils.html import format_html

from reporting.checks import answering_ids
from reporting.models import Assignment, Section, Submission


@dataclass(frozen=True)
class LastYear:
    """The accepted reports of the round before, the unit's own first; at least one.

    `texts` are narratives, `remarks` statuses, by the section's key; of several units each text stands under
    its unit's name, and a remark is there only where nobody wrote.
    """

    submissions: tuple[Submission, ...]
    year: int
    texts: dict[str, str]
    remarks: dict[str, str]

    @property
    def submission(self) -> Submission:
        return self.submissions[0]


def last_year(assignment: Assignment) -> LastYear | None:
    """The accepted reports of the round before, or None: three queries, or none without a round before."""
    previous = assignment.round.previous_id
    if previous is None:
        return None
    found = (
        Submission.objects.filter(
            assignment__round_id=previous,
            assignment__unit_id__in=answering_ids(assignment),
            assignment__accepted_submission_id=F("pk"),
        )
        .select_related("assignment__round")
        .order_by("assignment__unit__sort_key", "pk")
    )
    submissions = sorted(found, key=lambda row: row.assignment.unit_id != assignment.unit_id)
    if not submissions:
        return None
    keys = dict(Section.objects.filter(round_id=previous).values_list("number", "key"))
    texts: dict[str, str] = defaultdict(str)
    remarks: dict[str, str] = {}
    for submission in submissions:
        sections: list[dict[str, Any]] = json.loads(submission.content)["sections"]
        for row in sections:
            key = keys.get(row["number"])
            if key is None:
                continue
            if not row["html"]:
                remarks.setdefault(key, row["status"])
                continue
            if len(submissions) > 1:
                texts[key] += format_html("<p><strong>{}</strong></p>", submission.unit_name)
            texts[key] += row["html"]
    return LastYear(
        submissions=tuple(submissions),
        year=submissions[0].assignment.round.year,
        texts=dict(texts),
        remarks={key: status for key, status in remarks.items() if key not in texts},
    )
