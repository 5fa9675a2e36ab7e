"""What the units of a person owe, by date, and what they have sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from reporting.deadline_words import DeadlineWords, words_of
from reporting.models import Assignment, Comment, ExtensionRequest, Section, Submission, UrgedUnit
from reporting.states import WITH_UNIT, RoundState, State, Timeliness
from reporting.timeliness import judgement, kept_deadline, timeliness
from units.access import Standing
from units.calendar import working_calendar
from units.contacts import Contacts, contacts_of
from units.models import Role, Unit


@dataclass(frozen=True)
class Duty:
    """One report that is owed: its date in words, how far it is, and the next action for this person."""

    assignment: Assignment
    deadline: DeadlineWords
    timeliness: Timeliness | None
    sections_total: int
    open_comments: int
    label: str
    page: str
    asks_until: date | None = None
    """The day of a request for more time that waits."""
    urged: UrgedUnit | None = None
    """What the newest letter that urges says of it."""

    @property
    def touched_at(self) -> datetime | None:
        return self.assignment.touched_at


@dataclass(frozen=True)
class Staff:
    """Who writes and who approves at a unit on a day."""

    unit: Unit
    reporters: int
    approvers: int
    contacts: Contacts


@dataclass(frozen=True)
class Sent:
    """A submission with the state its report is in and how it is judged."""

    submission: Submission
    state: str
    judgement: Timeliness | None
    is_newest: bool
    is_own: bool
    """Of the person's own unit; one of a predecessor can be read, its page is not theirs."""


def duties(standing: Standing, now: datetime) -> list[Duty]:
    """What the person's units owe in open rounds, the earliest date first: three queries."""
    calendar = working_calendar()
    found = (
        Assignment.objects.of_units(standing)
        .filter(round__state=RoundState.OPEN, state__in=WITH_UNIT)
        .select_related("round", "unit", "deadline", "extension__deadline", "return_deadline")
        .annotate(sections_total=_sections_total(), open_comments=_open_comments(), asks_until=_asks_until())
    )
    urged = urging_letters(found)
    rows = [
        Duty(
            assignment=row,
            urged=urged.get(row.pk),
            deadline=words_of(kept_deadline(row), calendar, now),
            timeliness=timeliness(row, now),
            sections_total=row.sections_total,
            open_comments=row.open_comments,
            asks_until=row.asks_until,
            **_next_action(row, standing),
        )
        for row in found
    ]
    return sorted(rows, key=lambda duty: (duty.deadline.due_at, duty.assignment.pk))


def urging_letters(found: Iterable[Assignment]) -> dict[int, UrgedUnit]:
    """The newest issued letter that names each of the assignments, by the assignment's key."""
    named = UrgedUnit.objects.filter(assignment__in=found, event__isnull=False, left_because="")
    return {row.assignment_id: row for row in named.select_related("letter").order_by("event__at", "id")}


def _sections_total() -> Coalesce:
    counted = (
        Section.objects.filter(round=OuterRef("round"), is_heading=False)
        .order_by()
        .values("round")
        .annotate(total=Count("pk"))
        .values("total")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _asks_until() -> Subquery:
    waiting = ExtensionRequest.objects.filter(
        assignment=OuterRef("pk"), outcome=ExtensionRequest.Outcome.OPEN
    )
    return Subquery(waiting.order_by().values("until")[:1])


def _open_comments() -> Coalesce:
    counted = (
        Comment.objects.filter(
            submission__assignment=OuterRef("pk"), needs_answer=True, sent_at__isnull=False, reply=""
        )
        .order_by()
        .values("submission__assignment")
        .annotate(total=Count("pk"))
        .values("total")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _next_action(row: Assignment, standing: Standing) -> dict[str, str]:
    """Words and page (a URL name) of the one button a duty has."""
    if row.state == State.NOT_STARTED:
        return {"label": "Bắt đầu", "page": "reporting:assignment"}
    if row.state == State.AWAITING_APPROVAL:
        approves = standing.has(row.unit_id, Role.APPROVER)
        return {"label": "Duyệt và nộp" if approves else "Xem bản trình", "page": "reporting:check"}
    if row.state == State.RETURNED:
        done = row.open_comments == 0  # type: ignore[attr-defined]
        return {
            "label": "Kiểm tra và trình lại" if done else "Trả lời ý kiến",
            "page": "reporting:check" if done else "reporting:assignment",
        }
    if row.sections_done >= row.sections_total:  # type: ignore[attr-defined]
        return {"label": "Kiểm tra và trình duyệt", "page": "reporting:check"}
    return {"label": "Tiếp tục soạn", "page": "reporting:assignment"}


def staff(standing: Standing, now: datetime) -> list[Staff]:
    """Who writes and approves at each of the person's units, and its word about them: three queries."""
    units = list(Unit.objects.filter(pk__in=standing.unit_ids))
    contacts = contacts_of(units, timezone.localdate(now))
    return [
        Staff(
            unit,
            len(contacts[unit.pk].people.get(Role.REPORTER, [])),
            len(contacts[unit.pk].people.get(Role.APPROVER, [])),
            contacts[unit.pk],
        )
        for unit in units
    ]


def sent(standing: Standing) -> list[Sent]:
    """Submissions of the person's units and their predecessors, the newest first: two queries."""
    return [_sent(row, standing) for row in _submissions(Submission.objects.of_units(standing))]


RECENT = 3


def recently_sent(standing: Standing) -> list[Sent]:
    """The newest submission of each report that is not owed any more: one query."""
    own = Submission.objects.filter(assignment__in=Assignment.objects.of_units(standing))
    rows = _submissions(own).exclude(assignment__state__in=WITH_UNIT)
    newest = [_sent(row, standing) for row in rows[: RECENT * 4]]
    return [row for row in newest if row.is_newest][:RECENT]


def _submissions(found: QuerySet[Submission]) -> QuerySet[Submission]:
    later = Submission.objects.filter(assignment=OuterRef("assignment"), number__gt=OuterRef("number"))
    return (
        found.select_related(
            "assignment__round", "assignment__deadline", "assignment__extension__deadline", "submitted_by"
        )
        .annotate(is_replaced=Exists(later))
        .order_by("-submitted_at", "-id")
    )


def _sent(row: Submission, standing: Standing) -> Sent:
    return Sent(
        submission=row,
        state=row.assignment.state,
        judgement=judgement(row.assignment),
        is_newest=not row.is_replaced,  # type: ignore[attr-defined]
        is_own=row.assignment.unit_id in standing.unit_ids,
    )
