"""Whether a paper is in force on a day: worked out from what was noted, never stored.

A change counts from its day on: a repeal noted today for next year leaves the paper in force until then.
Said twice, as a function and as an annotation for filters; one test holds them together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, CharField, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from directives.models import Directive, StatusChange

Status = Directive.Status
ENDED = (Status.AMENDED, Status.REPLACED, Status.REPEALED)
"""What a paper becomes through another one."""


@dataclass(frozen=True)
class Validity:
    """A paper's standing on a day: which, since when, by which paper; `upcoming` is noted for a later day."""

    status: Directive.Status
    since: date | None = None
    by: Directive | None = None
    upcoming: StatusChange | None = None

    @property
    def label(self) -> str:
        return str(self.status.label)


def validity_on(paper: Directive, day: date) -> Validity:
    """The standing of one paper, from `status_changes` (one query unless they were prefetched)."""
    if paper.is_draft:
        return Validity(Status.DRAFT)
    noted = sorted((row for row in paper.status_changes.all() if row.status != Status.DRAFT), key=_turn)
    begun = [row for row in noted if row.since is None or row.since <= day]
    later = next((row for row in noted if row.since is not None and row.since > day), None)
    if not begun:
        return Validity(Status.IN_FORCE, paper.issued_on, None, later if _ends(later) else None)
    counts = begun[-1]
    return Validity(Status(counts.status), counts.since, counts.by, later)


def _ends(row: StatusChange | None) -> bool:
    return row is not None and row.status in ENDED


def _turn(row: StatusChange) -> tuple[date, datetime, int]:
    """Of two changes from one day the one noted later counts."""
    return row.since or date.min, row.noted_at, row.pk


def with_status(papers: QuerySet[Directive], day: date) -> QuerySet[Any]:
    """The papers with `status_on_day`, the same as `validity_on(paper, day).status`."""
    begun = (
        StatusChange.objects.filter(Q(since=None) | Q(since__lte=day), directive=OuterRef("pk"))
        .exclude(status=Status.DRAFT)
        .order_by(F("since").desc(nulls_last=True), "-noted_at", "-pk")
    )
    noted = Coalesce(Subquery(begun.values("status")[:1]), Value(str(Status.IN_FORCE)))
    return papers.annotate(
        status_on_day=Case(
            When(is_draft=True, then=Value(str(Status.DRAFT))), default=noted, output_field=CharField()
        )
    )
