"""How a round stands: counts by group, who is late, the provinces, the pace of submissions.

Every count is one of `LISTS`: the number on the dashboard and the list behind it share one condition.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from reporting.last_contact import put_last_contact
from reporting.models import (
    Answer,
    Assignment,
    Deadline,
    ExtensionRequest,
    Round,
    RoundEvent,
    Section,
)
from reporting.states import (
    LIST_CHANGES,
    OUT_OF_COUNT,
    WITH_UNIT,
    AnswerStatus,
    State,
    Timeliness,
)
from reporting.timeliness import with_timeliness
from units.models import UnitGroup

ZONE = timezone.get_default_timezone
EXPECTED = ~Q(state__in=OUT_OF_COUNT)
SENT = EXPECTED & Q(first_submitted_at__isnull=False)

LISTS: dict[str, tuple[str, Q]] = {
    "phai-nop": ("Phải nộp", EXPECTED),
    "da-nop": ("Đã nộp", SENT),
    "dung-han": ("Đúng hạn", SENT & Q(judgement=Timeliness.ON_TIME)),
    "nop-muon": ("Nộp muộn", SENT & Q(judgement=Timeliness.LATE)),
    "muon-co-gia-han": ("Muộn có gia hạn", SENT & Q(judgement=Timeliness.LATE_EXCUSED)),
    "tiep-nhan": ("Đã tiếp nhận", Q(state=State.ACCEPTED)),
    "cho-xem": ("Chờ xem", Q(state=State.SUBMITTED)),
    "tra-lai": ("Trả lại bổ sung", EXPECTED & Q(state__in=WITH_UNIT, first_submitted_at__isnull=False)),
    "qua-han": ("Quá hạn", Q(is_overdue=True)),
    "dang-soan": (
        "Đang soạn",
        Q(state__in=[State.IN_PROGRESS, State.AWAITING_APPROVAL], first_submitted_at__isnull=True),
    ),
    "chua-bat-dau": ("Chưa bắt đầu", Q(state=State.NOT_STARTED)),
    "gia-han": ("Được gia hạn", EXPECTED & Q(extension__isnull=False)),
    "gia-han-dung-han": (
        "Gia hạn, tính đúng hạn",
        EXPECTED & Q(extension__isnull=False, extension__counts_on_time=True),
    ),
    "gia-han-ghi-muon": (
        "Gia hạn, ghi là muộn có gia hạn",
        EXPECTED & Q(extension__isnull=False, extension__counts_on_time=False),
    ),
    "xin-gia-han": (
        "Đang xin gia hạn",
        # At most one request waits, so the join repeats no assignment.
        Q(state__in=WITH_UNIT, extension_requests__outcome=ExtensionRequest.Outcome.OPEN),
    ),
    "mien": ("Được miễn", Q(state=State.WAIVED)),
}
"""Name in the address → (label, condition on assignments annotated by `with_timeliness`)."""


def listed(row: Round, name: str, now: datetime) -> QuerySet[Any]:
    """The assignments behind a number. KeyError for an unknown name."""
    return with_timeliness(Assignment.objects.filter(round=row), now).filter(LISTS[name][1])


@dataclass
class Tally:
    """Numbers of one line; `shares` adds up to the expected ones, for the bar."""

    numbers: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, name: str, number: int) -> None:
        self.numbers[name] += number

    def of(self, name: str) -> int:
        return self.numbers.get(name, 0)

    @property
    def shares(self) -> list[tuple[str, str, int]]:
        """(css class, words, count), each expected unit in exactly one of them."""
        return [
            ("f-ok", "tiếp nhận", self.of("tiep-nhan")),
            ("f-accent", "chờ xem", self.of("cho-xem")),
            ("f-warn", "trả lại", self.of("bar-returned")),
            ("f-progress", "đang soạn", self.of("bar-drafting")),
            ("f-idle", "chưa bắt đầu", self.of("bar-idle")),
            ("f-danger", "quá hạn", self.of("qua-han")),
        ]

    @property
    def bar(self) -> list[tuple[str, str, str]]:
        """(css class, x, width) in per cent with a point, as svg attributes want them."""
        total = sum(count for _, _, count in self.shares) or 1
        at, parts = 0.0, []
        for css, _, count in self.shares:
            width = 100 * count / total
            if count:
                parts.append((css, f"{at:.3f}%", f"{width:.3f}%"))
            at += width
        return parts

    @property
    def bar_words(self) -> str:
        return ", ".join(f"{count} {words}" for _, words, count in self.shares)


@dataclass
class GroupLine:
    group: UnitGroup | None
    name: str
    deadline: Deadline | None = None
    sector: str = ""
    tally: Tally = field(default_factory=Tally)


@dataclass
class Overview:
    lines: list[GroupLine]
    total: Tally


def overview(row: Round, deadlines: Iterable[Deadline], now: datetime) -> Overview:
    """Counts by group and, within a group, by sector where there are several: one grouped query."""
    by_group = {d.group_id: d for d in deadlines if d.group_id}
    groups = {line.pk: line for line in UnitGroup.objects.filter(pk__in=by_group)}
    lines: dict[tuple[int, str], GroupLine] = {}
    total = Tally()
    rows = (
        with_timeliness(Assignment.objects.filter(round=row), now)
        .order_by()
        .values("group_id", "unit__sector", "state", "judgement", "is_overdue", "extension__counts_on_time")
        .annotate(number=Count("pk"), sent=Count("first_submitted_at"), extended=Count("extension_id"))
    )
    for cell in rows:
        group_id = cell["group_id"]
        if group_id not in groups:
            continue
        whole = lines.setdefault(
            (group_id, ""), GroupLine(groups[group_id], groups[group_id].name, by_group[group_id])
        )
        part = lines.setdefault(
            (group_id, cell["unit__sector"] or "Khác"),
            GroupLine(
                groups[group_id], cell["unit__sector"] or "Khác", sector=cell["unit__sector"] or "khac"
            ),
        )
        for tally in (whole.tally, part.tally, total):
            _count(tally, cell)
    return Overview(_in_order(lines), total)


def _count(tally: Tally, cell: dict) -> None:
    state, number, sent = cell["state"], cell["number"], cell["sent"]
    if state == State.WAIVED:
        tally.add("mien", number)
    if state in OUT_OF_COUNT:
        return
    tally.add("phai-nop", number)
    tally.add("da-nop", sent)
    tally.add("gia-han", cell["extended"])
    if cell["extended"]:
        on_time = cell["extension__counts_on_time"]
        tally.add("gia-han-dung-han" if on_time else "gia-han-ghi-muon", cell["extended"])
    judged = {
        Timeliness.ON_TIME: "dung-han",
        Timeliness.LATE: "nop-muon",
        Timeliness.LATE_EXCUSED: "muon-co-gia-han",
    }
    if cell["judgement"]:
        tally.add(judged[Timeliness(cell["judgement"])], number)
    if cell["is_overdue"]:
        tally.add("qua-han", number)
    back = number if state in WITH_UNIT and sent else 0
    tally.add("tra-lai", back)
    if state == State.ACCEPTED:
        tally.add("tiep-nhan", number)
    elif state == State.SUBMITTED:
        tally.add("cho-xem", number)
    elif not sent:
        tally.add("chua-bat-dau" if state == State.NOT_STARTED else "dang-soan", number)
    if not cell["is_overdue"] and state in WITH_UNIT:
        name = "bar-returned" if sent else "bar-idle" if state == State.NOT_STARTED else "bar-drafting"
        tally.add(name, number)


def _in_order(lines: dict[tuple[int, str], GroupLine]) -> list[GroupLine]:
    """Groups by position, each followed by its sectors when it has more than one, largest first."""
    ordered: list[GroupLine] = []
    wholes = [line for (_, sector), line in lines.items() if sector == ""]
    for whole in sorted(wholes, key=lambda line: line.group.position if line.group else 0):
        ordered.append(whole)
        parts = [line for (_, sector), line in lines.items() if sector and line.group == whole.group]
        if len(parts) > 1:
            ordered += sorted(
                parts, key=lambda line: (line.name == "Khác", -line.tally.of("phai-nop"), line.name)
            )
    return ordered


# Who is late --------------------------------------------------------------------------------------------


_DATE_COLUMNS = ("phrase", "boundary", "printed_date", "due_at")
_LATE_COLUMNS = (
    "unit_name",
    "state",
    "sections_done",
    "first_submitted_at",
    "unit__code",
    "extension__id",
    *(
        f"{relation}__{column}"
        for relation in ("deadline", "extension__deadline", "return_deadline")
        for column in _DATE_COLUMNS
    ),
)


def late_list(row: Round, now: datetime, most: int) -> list[Assignment]:
    """The units that owe something past its date, the longest first, each with `last_contact`."""
    late = list(
        listed(row, "qua-han", now)
        .select_related("unit", "deadline", "extension__deadline", "return_deadline")
        .only(*_LATE_COLUMNS)
        .order_by("current_due_at", "unit__sort_key")[:most]
    )
    put_last_contact(late)
    return late


def list_log(row: Round) -> QuerySet[RoundEvent]:
    """Who was added to the round's list or taken off it since it opened, the newest first: one query."""
    changes = row.events.filter(action__in=LIST_CHANGES).select_related("actor")
    return changes.order_by("-at", "-pk")


def asking(assignments: Iterable[Assignment]) -> dict[int, date]:
    """Assignment → the day up to which its unit asks for time, of requests that wait: one query."""
    waiting = ExtensionRequest.objects.filter(
        assignment__in=list(assignments), outcome=ExtensionRequest.Outcome.OPEN
    )
    return dict(waiting.order_by().values_list("assignment_id", "until"))


# The provinces ------------------------------------------------------------------------------------------

_TILES = (
    # (class, words), chosen by the first condition that holds
    ("t-ok", "đã tiếp nhận"),
    ("t-sent", "đã nộp, chờ xem"),
    ("t-out", "được miễn, đã chuyển giao"),
    ("t-late", "quá hạn"),
    ("t-back", "trả lại bổ sung"),
    ("t-prog", "đang soạn"),
    ("", "chưa bắt đầu"),
)


@dataclass(frozen=True)
class Tile:
    province_code: str
    name: str
    unit_code: str
    css: str
    words: str


def tiles(row: Round, now: datetime) -> list[Tile]:
    """One tile a provincial department of the round, for the map; empty for a round without provinces."""
    rows = (
        with_timeliness(Assignment.objects.filter(round=row), now)
        .exclude(unit__province_code="")
        .order_by("unit__province_code")
        .values_list(
            "unit__province_code",
            "unit__short_name",
            "unit__name",
            "unit__code",
            "state",
            "is_overdue",
            "first_submitted_at",
        )
    )
    return [
        Tile(code, (short or name).removeprefix("SYT "), unit_code, *_tile(state, is_overdue, bool(first)))
        for code, short, name, unit_code, state, is_overdue, first in rows
    ]


def _tile(state: str, is_overdue: bool, was_sent: bool) -> tuple[str, str]:
    holds = (
        state == State.ACCEPTED,
        state == State.SUBMITTED,
        state in OUT_OF_COUNT,
        is_overdue,
        was_sent,
        state != State.NOT_STARTED,
        True,
    )
    return _TILES[holds.index(True)]


def tile_legend(tiles_shown: list[Tile]) -> list[tuple[str, str, int]]:
    """(css, words, count) of the kinds of tiles that occur."""
    counts = dict.fromkeys(_TILES, 0)
    for tile in tiles_shown:
        counts[tile.css, tile.words] += 1
    return [(css, words, number) for (css, words), number in counts.items() if number]


# The pace -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pace:
    """First submissions, accumulated by day of the round's last weeks; `before` is last year's, by day of year."""

    days: list[date]
    sent: list[int]
    before: list[int]
    expected: int
    today: date


def pace(row: Round, deadlines: Iterable[Deadline], expected: int, now: datetime) -> Pace:
    """From three weeks before the first date to the dispatch; last year's curve laid on the same distance."""
    dates = [d.printed_date for d in deadlines]
    today = timezone.localdate(now)
    if not dates:
        return Pace([], [], [], expected, today)
    first, last = min(dates) - timedelta(days=19), max(dates)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    before: list[int] = []
    if row.previous_id:
        past = list(
            Deadline.objects.filter(round_id=row.previous_id, purpose="dispatch", replaced_at=None)[:1]
        )
        shift = (last - past[0].printed_date) if past else timedelta(0)
        before = _accumulated(row.previous_id, [day - shift for day in days])
    return Pace(days, _accumulated(row.pk, days), before, expected, today)


def _accumulated(round_id: int, days: list[date]) -> list[int]:
    rows = (
        Assignment.objects.filter(round_id=round_id, first_submitted_at__isnull=False)
        .exclude(state__in=OUT_OF_COUNT)
        .order_by()
        .annotate(day=TruncDate("first_submitted_at", tzinfo=ZONE()))
        .values("day")
        .annotate(number=Count("pk"))
    )
    by_day = {cell["day"]: cell["number"] for cell in rows}
    running = sum(number for day, number in by_day.items() if day < days[0])
    total = []
    for day in days:
        running += by_day.get(day, 0)
        total.append(running)
    return total


# Units × sections ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cell:
    number: str
    css: str
    words: str


@dataclass(frozen=True)
class MatrixRow:
    assignment: Assignment
    cells: list[Cell]


def matrix(row: Round, assignments: list[Assignment], now: datetime) -> tuple[list[Section], list[MatrixRow]]:
    """The state of every section of the given units: two queries whatever their number."""
    sections = list(Section.objects.filter(round=row, is_heading=False))
    status: dict[tuple[int, int], str] = {
        (a, s): value
        for a, s, value in Answer.objects.filter(assignment__in=assignments).values_list(
            "assignment_id", "section_id", "status"
        )
    }
    rows = [
        MatrixRow(
            assignment,
            [
                Cell(section.number, *_cell(status.get((assignment.pk, section.pk), ""), assignment))
                for section in sections
            ],
        )
        for assignment in assignments
    ]
    return sections, rows


_CELLS = {
    AnswerStatus.DONE: ("c-done", "hoàn thành"),
    AnswerStatus.IN_PROGRESS: ("c-prog", "đang soạn"),
    AnswerStatus.NIL: ("c-nil", "không phát sinh"),
    AnswerStatus.NOT_APPLICABLE: ("c-na", "không thuộc phạm vi"),
}


def _cell(status: str, assignment: Assignment) -> tuple[str, str]:
    known = _CELLS.get(AnswerStatus(status)) if status else None
    if known is not None:
        return known
    return ("c-late", "chưa có, quá hạn") if assignment.is_overdue else ("c-none", "chưa bắt đầu")  # type: ignore[attr-defined]
