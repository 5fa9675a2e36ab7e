"""What of a round counts at an instant, and its figures summed by indicator and group.

`census` says who was expected and whose accepted report is included; without an instant it reads the rows
as they stand, with one it replays states, submissions, dates and extensions, so that a report whose data
were frozen says the same for good. Amounts are sums of integers of 10^-decimals; rates are never summed, only their range is shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Count, F, Max, Min, Q, Sum

from reporting.deadlines import version_kept
from reporting.models import (
    Assignment,
    Deadline,
    Event,
    Extension,
    Indicator,
    Round,
    Section,
    Submission,
    SubmittedFigure,
)
from reporting.quantities import format_amount
from reporting.states import OUT_OF_COUNT, State, Timeliness
from reporting.timeliness import date_to_keep, judge_by
from units.models import UnitGroup

NOT_SUMMED = "không cộng"


@dataclass(frozen=True)
class UnitLine:
    """One unit of the round: its state, its first and newest submission, and the one that is included.

    `deadline` (of the group) and `extension` are those in force at the census's instant.
    """

    assignment: Assignment
    state: State
    deadline: Deadline
    extension: Extension | None
    first_sent_at: datetime | None = None
    sent_at: datetime | None = None
    submission_id: int | None = None

    @property
    def expected(self) -> bool:
        return self.state not in OUT_OF_COUNT

    @property
    def included(self) -> bool:
        return self.submission_id is not None

    @property
    def judgement(self) -> Timeliness | None:
        """In time or late, by the submission the round judges by; None while nothing was sent."""
        moment = self._judged_at
        return judge_by(self.deadline, self.extension, moment) if moment else None

    @property
    def on_time_by_extension(self) -> bool:
        """Sent after the group's date, in time only because an extension counts so."""
        moment = self._judged_at
        return moment is not None and moment >= self.deadline.due_at and self.judgement == Timeliness.ON_TIME

    @property
    def _judged_at(self) -> datetime | None:
        by_last = self.assignment.round.judged_by == Round.JudgedBy.LAST
        return self.sent_at if by_last else self.first_sent_at

    @property
    def due_at(self) -> datetime:
        """The exclusive instant before which the first report was owed."""
        return date_to_keep(self.deadline, self.extension.deadline if self.extension else None).due_at


@dataclass(frozen=True)
class Census:
    """All units of a round at an instant, in the order of groups and names."""

    lines: Sequence[UnitLine]

    @cached_property
    def expected(self) -> list[UnitLine]:
        return [line for line in self.lines if line.expected]

    @cached_property
    def included(self) -> list[UnitLine]:
        return [line for line in self.lines if line.included]

    @cached_property
    def missing(self) -> list[UnitLine]:
        """Expected, but no accepted report is included."""
        return [line for line in self.expected if not line.included]

    @cached_property
    def excused(self) -> list[UnitLine]:
        """Waived or handed over: not expected any more."""
        return [line for line in self.lines if not line.expected]

    @property
    def submission_ids(self) -> list[int]:
        return [line.submission_id for line in self.included if line.submission_id is not None]

    @property
    def share(self) -> str:
        """ "118/131"."""
        return f"{len(self.included)}/{len(self.expected)}"


def census(row: Round, at: datetime | None = None) -> Census:
    """Who is expected and included: now in one query, at an earlier instant in five."""
    found = (
        Assignment.objects.filter(round=row)
        .select_related("unit", "group", "deadline", "extension__deadline")
        .order_by("group__position", "group_id", "unit__sort_key", "id")
    )
    if at is None:
        return Census([_line_now(assignment, row) for assignment in found])
    return Census(_lines_at(found.filter(created_at__lte=at), row, at))


def _line_now(assignment: Assignment, row: Round) -> UnitLine:
    assignment.round = row
    accepted = assignment.state == State.ACCEPTED
    return UnitLine(
        assignment,
        State(assignment.state),
        assignment.deadline,
        assignment.extension,
        assignment.first_submitted_at,
        assignment.last_submitted_at,
        assignment.accepted_submission_id if accepted else None,
    )


def _lines_at(assignments: Iterable[Assignment], row: Round, at: datetime) -> list[UnitLine]:
    """The same from events, submissions and versions of dates up to that instant."""
    states: dict[int, tuple[State, datetime]] = {}
    moves = Event.objects.filter(assignment__round=row, at__lte=at).exclude(to_state="").order_by("at", "id")
    for pk, state, moment in moves.values_list("assignment_id", "to_state", "at"):
        states[pk] = (State(state), moment)
    sent: dict[int, list[tuple[int, datetime]]] = defaultdict(list)
    rows = Submission.objects.filter(assignment__round=row, submitted_at__lte=at).order_by("number")
    for pk, submission_id, moment in rows.values_list("assignment_id", "id", "submitted_at"):
        sent[pk].append((submission_id, moment))
    versions: dict[int | None, list[Deadline]] = defaultdict(list)
    for version in row.deadlines.filter(group__isnull=False, created_at__lte=at).order_by("version"):
        versions[version.group_id].append(version)
    granted = Extension.objects.filter(assignment__round=row, granted_at__lte=at).order_by("granted_at", "id")
    extensions = {extension.assignment_id: extension for extension in granted.select_related("deadline")}
    lines = []
    for assignment in assignments:
        assignment.round = row
        state, _ = states.get(assignment.pk, (State.NOT_STARTED, at))
        mine = sent.get(assignment.pk, [])
        included = mine[-1][0] if mine and state == State.ACCEPTED else None
        first, last = (mine[0][1], mine[-1][1]) if mine else (None, None)
        deadline = version_kept(versions[assignment.group_id], first)
        extension = extensions.get(assignment.pk)
        lines.append(UnitLine(assignment, state, deadline, extension, first, last, included))
    return lines


@dataclass(frozen=True)
class Total:
    """The figures of one indicator in one place: `amount` is None for a rate and where nobody gave one."""

    indicator: Indicator
    units: int = 0
    amount: int | None = None
    lowest: int | None = None
    highest: int | None = None

    @property
    def text(self) -> str:
        """ "1.286"; for a rate its range, "82,5 – 100 %"; "" where nobody gave a figure."""
        decimals = self.indicator.decimals
        if self.units == 0:
            return ""
        if self.indicator.rollup == Indicator.Rollup.SUM:
            return format_amount(self.amount, decimals)
        low, high = format_amount(self.lowest, decimals), format_amount(self.highest, decimals)
        return f"{low}%" if low == high else f"{low} – {high}%"

    @property
    def phrase(self) -> str:
        """The figure in a sentence: "1.286 hội nghị quán triệt", "kinh phí dự kiến 12.340,5 triệu đồng"."""
        name = self.indicator.name[:1].lower() + self.indicator.name[1:]
        if self.indicator.rollup != Indicator.Rollup.SUM:
            low = format_amount(self.lowest, self.indicator.decimals)
            high = format_amount(self.highest, self.indicator.decimals)
            return f"{name} {low}%" if low == high else f"{name} từ {low}% đến {high}% tùy đơn vị"
        if name.startswith(self.indicator.unit_label.lower()):
            return f"{self.text} {name}"
        return f"{name} {self.text} {self.indicator.unit_label}"


@dataclass(frozen=True)
class GroupCount:
    group: UnitGroup
    expected: int
    included: int


@dataclass(frozen=True)
class Totals:
    """The table of a round: a column a group, a row an indicator."""

    groups: Sequence[GroupCount]
    indicators: Sequence[Indicator]
    by_group: dict[tuple[int, int], Total]
    overall: dict[int, Total]
    expected: int
    included: int

    def cell(self, indicator: Indicator, group: UnitGroup) -> Total:
        return self.by_group.get((indicator.pk, group.pk), Total(indicator))

    def total(self, indicator: Indicator) -> Total:
        return self.overall.get(indicator.pk, Total(indicator))

    def of_section(self, section: Section) -> list[Total]:
        """Totals of the section's indicators for which at least one unit gave a figure."""
        mine = [self.total(row) for row in self.indicators if row.section_id == section.pk]
        return [total for total in mine if total.units]

    def sentence(self, section: Section) -> str:
        """ "Theo báo cáo của 118/131 đơn vị: 1.286 hội nghị quán triệt, …."; "" without figures."""
        given = self.of_section(section)
        if not given:
            return ""
        return (
            f"Theo báo cáo của {self.included}/{self.expected} đơn vị: {'; '.join(t.phrase for t in given)}."
        )


def totals(row: Round, taken: Census | None = None) -> Totals:
    """Sum the figures of the included submissions: two queries beside the census."""
    taken = taken or census(row)
    indicators = list(Indicator.objects.filter(round=row).select_related("section"))
    known = {indicator.pk: indicator for indicator in indicators}
    by_group: dict[tuple[int, int], Total] = {}
    overall: dict[int, Total] = {}
    found = (
        SubmittedFigure.objects.filter(submission_id__in=taken.submission_ids)
        .values("indicator_id", group_id=F("submission__assignment__group_id"))
        .annotate(units=Count("id"), summed=Sum("amount"), lowest=Min("amount"), highest=Max("amount"))
        .order_by("indicator_id", "group_id")
    )
    for part in found:
        indicator = known[part["indicator_id"]]
        total = Total(
            indicator, part["units"], _summed(indicator, part["summed"]), part["lowest"], part["highest"]
        )
        by_group[indicator.pk, part["group_id"]] = total
        overall[indicator.pk] = _together(overall.get(indicator.pk), total)
    return Totals(_groups(taken), indicators, by_group, overall, len(taken.expected), len(taken.included))


def _summed(indicator: Indicator, amount: int) -> int | None:
    return int(amount) if indicator.rollup == Indicator.Rollup.SUM else None


def _together(one: Total | None, other: Total) -> Total:
    if one is None:
        return other
    return Total(
        one.indicator,
        one.units + other.units,
        None if one.amount is None or other.amount is None else one.amount + other.amount,
        min(x for x in (one.lowest, other.lowest) if x is not None),
        max(x for x in (one.highest, other.highest) if x is not None),
    )


def _groups(taken: Census) -> list[GroupCount]:
    counts: dict[int, list[int]] = {}
    groups: dict[int, UnitGroup] = {}
    for line in taken.lines:
        group = groups.setdefault(line.assignment.group_id, line.assignment.group)
        count = counts.setdefault(group.pk, [0, 0])
        count[0] += line.expected
        count[1] += line.included
    return [GroupCount(groups[pk], expected, included) for pk, (expected, included) in counts.items()]


@dataclass(frozen=True)
class Behind:
    """One unit behind a figure; `total` formats its amount like the sum."""

    line: UnitLine
    code: str
    amount: int | None
    indicator: Indicator

    @property
    def text(self) -> str:
        return format_amount(self.amount, self.indicator.decimals)


def units_behind(row: Round, indicator: Indicator, taken: Census | None = None) -> list[Behind]:
    """The included units and what each gave for the indicator (None: no figure), in order of the census."""
    taken = taken or census(row)
    amounts = dict(
        SubmittedFigure.objects.filter(
            indicator=indicator, submission_id__in=taken.submission_ids
        ).values_list("submission_id", "amount")
    )
    codes = dict(Submission.objects.filter(Q(pk__in=taken.submission_ids)).values_list("pk", "code"))
    return [
        Behind(line, codes[pk], amounts.get(pk), indicator)
        for line in taken.included
        if (pk := line.submission_id) is not None
    ]
