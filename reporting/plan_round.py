"""What a confirmed plan says of its round: its year and name, whom it asks by when, to whom the ministry reports."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

from directives.boundaries import DATED_BOUNDARIES, Boundary
from directives.deadlines import read_deadline
from directives.group_matching import match_groups
from directives.models import Directive, Requirement
from reporting.deadlines import DateToKeep
from reporting.models import Round
from units.models import UnitGroup
from units.text import fold, slugify_vi

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_LEADS_IN = re.compile(
    r"^(?:(?:kế hoạch|v/v|về việc|về|triển khai|thực hiện|tổ chức thực hiện)\s+)+(?=\w)", re.IGNORECASE
)
_OFFICE = "van phong"
_CODE_MAX, _NAME_MAX = 60, 200
RENAMED = {"ban tuyen giao trung uong": (date(2025, 2, 3), "Ban Tuyên giáo và Dân vận Trung ương")}
"""Folded name of a body → from when it bears another, and which."""


@dataclass(frozen=True)
class PlanRound:
    """What the form of the round is filled with. `groups` by the key of a group; `dispatch` may be missing."""

    year: int
    name: str
    code: str
    groups: dict[int, DateToKeep]
    dispatch: DateToKeep | None
    addressee: str
    left_over: tuple[Requirement, ...] = ()
    """What the plan dates and the round cannot: of nobody the register knows, or again and again."""


def read_plan(plan: Directive, groups: Sequence[UnitGroup], *, ministry: str, on: date) -> PlanRound:
    """Everything the plan's requirements and title say; `on` is the day whose year stands in for a missing one.

    A requirement entered without its group is matched by its words; the date of the office, or else the latest
    one of nobody the register knows, is the ministry's own. Of several dates of one group the latest counts.
    """
    every = list(plan.requirements.all())
    rows = [row for row in every if row.due_date and row.boundary in DATED_BOUNDARIES]
    asked: dict[int, Requirement] = {}
    rest: list[Requirement] = []
    for row in sorted(rows, key=_due):
        meant = _groups_of(row, groups, ministry)
        asked |= dict.fromkeys(meant, row)
        rest += [] if meant else [row]
    last = next(iter([*filter(_is_of_office, reversed(rest)), *reversed(rest)]), None)
    year = _year_of(plan, rows, on)
    name = name_of(plan.title, year)
    return PlanRound(
        year=year,
        name=name,
        code=free_code(name, Round.objects.values_list("code", flat=True)),
        groups={key: _date_of(row) for key, row in asked.items()},
        dispatch=_date_of(last) if last is not None else None,
        addressee=_today_called(last.receiver, _due(last)) if last is not None else "",
        left_over=tuple(row for row in every if row.phrase and row is not last and row not in asked.values()),
    )


def _due(row: Requirement) -> date:
    return row.due_date or date.min


def _groups_of(row: Requirement, groups: Sequence[UnitGroup], ministry: str) -> list[int]:
    if row.group_id is not None:
        return [row.group_id]
    return [group.pk for group in match_groups(row.addressee, groups, ministry=ministry)]


def _is_of_office(row: Requirement) -> bool:
    return fold(row.addressee).startswith(_OFFICE)


def _date_of(row: Requirement) -> DateToKeep:
    return DateToKeep(Boundary(row.boundary), _due(row), read_deadline(row.phrase).time, row.phrase)


def _year_of(plan: Directive, rows: Iterable[Requirement], on: date) -> int:
    """The year of the last date, or of the paper, or of today; the title may name that one or the one before.

    A title also names years far away ("đến năm 2030"), and a report of 2025 may be due in January 2026.
    """
    year = max((_due(row).year for row in rows), default=(plan.issued_on or on).year)
    named = {int(found) for found in _YEAR.findall(plan.title)}
    return year - 1 if year not in named and year - 1 in named else year


def name_of(title: str, year: int) -> str:
    """ "Triển khai công tác khoa giáo năm 2025" → "Công tác khoa giáo năm 2025"; the year is there once."""
    bare = _LEADS_IN.sub("", " ".join(title.split())).rstrip(" .") or f"Đợt báo cáo năm {year}"
    if str(year) not in bare:
        bare = f"{bare[: _NAME_MAX - 9]} năm {year}"
    return (bare[:1].upper() + bare[1:])[:_NAME_MAX]


def free_code(name: str, taken: Iterable[str]) -> str:
    """A code no round has, from the words of the name: "khoa-giao-2025", then "khoa-giao-2025-2"."""
    words = [
        w for w in slugify_vi(name).split("-") if w not in ("cong", "tac", "nam", "viec", "cac", "va", "ve")
    ]
    code = "-".join(words) or "dot"
    if len(code) > _CODE_MAX - 3:
        tail = words[-1]
        code = f"{code[: _CODE_MAX - 4 - len(tail)].rsplit('-', 1)[0]}-{tail}"[: _CODE_MAX - 3]
    known = set(taken)
    return next(each for each in _numbered(code) if each not in known)


def _numbered(code: str) -> Iterator[str]:
    yield code
    yield from (f"{code}-{n}" for n in count(2))


def _today_called(receiver: str, on: date) -> str:
    """The receiver without "(qua …)", by the name it bears on that day."""
    bare = receiver.partition("(")[0].strip()
    since, name = RENAMED.get(fold(bare), (date.max, bare))
    return name if on >= since else bare
