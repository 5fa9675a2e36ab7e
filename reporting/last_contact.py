"""When the office last turned to a unit: by mail or by an official letter that names it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.utils import timezone

from directives.dates import printed_date
from reporting.models import Assignment, Channel, Notice, UrgedUnit
from reporting.states import URGED, Action, NoticeState


@dataclass(frozen=True)
class Contact:
    """`words` say what it was, for a page; `printed` the same for a paper, with its day."""

    at: datetime
    words: str
    printed: str


def put_last_contact(assignments: Sequence[Assignment]) -> None:
    """Set `last_contact` (a `Contact` or None) on each: three queries whatever their number."""
    found = _mails(assignments)
    for pk, letter in _letters(assignments).items():
        if pk not in found or found[pk].at <= letter.at:
            found[pk] = letter
    for assignment in assignments:
        assignment.last_contact = found.get(assignment.pk)  # type: ignore[attr-defined]


def _mails(assignments: Sequence[Assignment]) -> dict[int, Contact]:
    """The last mail about the report: the letter speaks for its own, who is who at a unit is another matter."""
    newest = (
        Notice.objects.filter(assignment__in=assignments, channel=Channel.EMAIL, state=NoticeState.SENT)
        .exclude(rule__in=[URGED, Action.ASK_CONTACTS, Action.CORRECT_CONTACTS])
        .order_by()
        .values("assignment")
        .annotate(last=Max("pk"))
        .values_list("last", flat=True)
    )
    return {
        notice.assignment_id or 0: Contact(
            notice.sent_at,
            notice.subject or notice.get_channel_display(),
            f"thư điện tử ngày {printed_date(timezone.localdate(notice.sent_at))}",
        )
        for notice in Notice.objects.filter(pk__in=list(newest))
        if notice.sent_at is not None
    }


def _letters(assignments: Sequence[Assignment]) -> dict[int, Contact]:
    named = UrgedUnit.objects.filter(assignment__in=assignments, event__isnull=False)
    return {
        row.assignment_id: Contact(row.event.at, row.letter.name, row.letter.name)
        for row in named.select_related("letter", "event").order_by("event__at", "id")
        if row.event is not None
    }
