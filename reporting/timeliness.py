"""In time or not: derived from facts and the clock, never stored.

Said twice, as a function of one assignment and as an annotation of a set; `tests/reporting/
test_timeliness.py` holds the two to the same answer.

* The **judgement** of a report that was sent: its first (or last, as the round says) submission against
  the printed deadline: on time; late; or late but excused by an extension that does not count as on time.
  A return does not touch it.
* The **timeliness** now: while the unit owes something, its current date against the clock; otherwise the
  judgement.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import BooleanField, Case, CharField, DateTimeField, F, Q, QuerySet, Value, When

from reporting.models import Assignment, Deadline, Extension, Round
from reporting.states import WITH_UNIT, Timeliness

DUE_SOON = timedelta(days=7)


def date_to_keep(group: Deadline, extended: Deadline | None, returned: Deadline | None = None) -> Deadline:
    """Which of a unit's dates it must keep: that of its return, else the later of its group's and its own.

    An extension only ever gives time: one that the group's date has overtaken takes nothing away.
    """
    if returned is not None:
        return returned
    return extended if extended is not None and extended.due_at > group.due_at else group


def kept_deadline(assignment: Assignment) -> Deadline:
    """The date the unit must keep now; a return's counts once something was sent."""
    returned = assignment.return_deadline if assignment.first_submitted_at is not None else None
    extension = assignment.extension
    return date_to_keep(assignment.deadline, extension.deadline if extension else None, returned)


def current_due_at(assignment: Assignment) -> datetime:
    """The exclusive instant of `kept_deadline`."""
    return kept_deadline(assignment).due_at


def judgement(assignment: Assignment) -> Timeliness | None:
    """How the submission is judged, or None while there is none."""
    by_last = assignment.round.judged_by == Round.JudgedBy.LAST
    sent_at = assignment.last_submitted_at if by_last else assignment.first_submitted_at
    if sent_at is None:
        return None
    return judge(assignment, sent_at)


def judge(assignment: Assignment, sent_at: datetime) -> Timeliness:
    """How a submission at that instant would be judged."""
    return judge_by(assignment.deadline, assignment.extension, sent_at)


def judge_by(deadline: Deadline, extension: Extension | None, sent_at: datetime) -> Timeliness:
    """The same by a group's date and an extension that are given."""
    if sent_at < deadline.due_at:
        return Timeliness.ON_TIME
    if extension is not None and sent_at < extension.deadline.due_at:
        return Timeliness.ON_TIME if extension.counts_on_time else Timeliness.LATE_EXCUSED
    return Timeliness.LATE


def timeliness(assignment: Assignment, now: datetime) -> Timeliness | None:
    """Where the assignment stands now; None for one that is waived or handed over unsent."""
    if assignment.state not in WITH_UNIT:
        return judgement(assignment)
    due_at = current_due_at(assignment)
    if now >= due_at:
        return Timeliness.OVERDUE
    return Timeliness.DUE_SOON if now >= due_at - DUE_SOON else Timeliness.NOT_DUE


def with_timeliness(assignments: QuerySet[Assignment], now: datetime) -> QuerySet[Any]:
    """Annotate `current_due_at`, `judgement` and `timeliness`, the same as the functions."""
    text = CharField(null=True)
    sent_at = Case(
        When(round__judged_by=Round.JudgedBy.LAST, then=F("last_submitted_at")),
        default=F("first_submitted_at"),
        output_field=DateTimeField(null=True),
    )
    owes = Q(state__in=WITH_UNIT)
    return (
        assignments.annotate(
            sent_at=sent_at,
            current_due_at=Case(
                When(
                    first_submitted_at__isnull=False,
                    return_deadline__isnull=False,
                    then=F("return_deadline__due_at"),
                ),
                When(
                    extension__deadline__due_at__gt=F("deadline__due_at"),
                    then=F("extension__deadline__due_at"),
                ),
                default=F("deadline__due_at"),
                output_field=DateTimeField(),
            ),
        )
        .annotate(
            judgement=Case(
                When(sent_at__isnull=True, then=Value(None, output_field=text)),
                When(sent_at__lt=F("deadline__due_at"), then=Value(Timeliness.ON_TIME.value)),
                When(
                    sent_at__lt=F("extension__deadline__due_at"),
                    extension__counts_on_time=True,
                    then=Value(Timeliness.ON_TIME.value),
                ),
                When(sent_at__lt=F("extension__deadline__due_at"), then=Value(Timeliness.LATE_EXCUSED.value)),
                default=Value(Timeliness.LATE.value),
                output_field=text,
            ),
        )
        .annotate(
            timeliness=Case(
                When(~owes, then=F("judgement")),
                When(current_due_at__lte=now, then=Value(Timeliness.OVERDUE.value)),
                When(current_due_at__lte=now + DUE_SOON, then=Value(Timeliness.DUE_SOON.value)),
                default=Value(Timeliness.NOT_DUE.value),
                output_field=text,
            ),
            is_overdue=Case(
                When(owes & Q(current_due_at__lte=now), then=Value(True)),
                default=Value(False),
                output_field=BooleanField(),
            ),
        )
    )
