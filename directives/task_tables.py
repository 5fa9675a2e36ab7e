"""Tables of tasks in plans and their annexes: who leads each task and by when.

A table is lines of cells, parted by tabs (as read from files) or by "|" (as pasted). Its head must name a
column for who leads and one for the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from directives.addressees import GROUP, names_in
from directives.codes import LOOKALIKES
from directives.deadlines import Deadline, read_deadline
from units.text import align, fold

Span = tuple[int, int]

_LEADS = re.compile(r"chu tri|don vi thuc hien|co quan thuc hien|trach nhiem|phan cong|don vi dau moi")
_WHEN = re.compile(r"thoi gian|thoi han|hoan thanh|tien do|han (?:gui|nop|bao cao)|ky han")
_PARTNERS = re.compile(r"phoi hop")
_RULE = re.compile(r"[\s|:+-]*")
_FEWEST_CELLS = 3


@dataclass(frozen=True)
class Task:
    """One row of a table of tasks."""

    leaders: tuple[str, ...]
    deadline: Deadline
    span: Span
    """The row, in the text that was passed in."""


@dataclass(frozen=True)
class _Cell:
    text: str
    start: int


def _cells(line: str, start: int) -> list[_Cell]:
    """Return the cells of a line, none where it is no row."""
    mark = "\t" if line.count("\t") >= _FEWEST_CELLS - 1 else "|"
    if line.count(mark) < _FEWEST_CELLS - 1 or _RULE.fullmatch(line.replace("\t", "x")):
        return []
    cells, place = [], start
    for part in line.split(mark):
        cells.append(_Cell(part, place))
        place += len(part) + 1
    # "| a | b |" opens and closes with an empty cell.
    return cells[1 if mark == "|" and not cells[0].text.strip() else 0 :]


def _column(cells: list[_Cell], what: re.Pattern[str]) -> int | None:
    for place, cell in enumerate(cells):
        named = fold(cell.text)
        if what.search(named) and (what is _WHEN or not _PARTNERS.search(named)) and len(named.split()) <= 8:
            return place
    return None


def _deadline(cell: _Cell, document_date: date | None) -> Deadline | None:
    """Return the deadline of a cell: a phrase of its own, or a bare day or period."""
    lead = ""
    read = read_deadline(cell.text, document_date)
    if read.span is None:
        lead = "thời hạn: "
        read = read_deadline(lead + cell.text.strip(), document_date)
    if read.span is None:
        return None
    end = cell.start + len(cell.text.rstrip())
    start = cell.start + len(cell.text) - len(cell.text.lstrip()) if lead else cell.start + read.span[0]
    return replace(read, span=(start, end if lead else cell.start + read.span[1]))


def _leaders(cell: _Cell) -> tuple[str, ...]:
    plain = align(cell.text, LOOKALIKES).text.strip()
    return names_in(plain) if GROUP.search(plain) else (plain,) if plain else ()


def read_tasks(text: str, document_date: date | None) -> Iterator[Task]:
    """Yield the rows with a deadline of every table of tasks. Never raises; linear in the text."""
    columns: tuple[int, int] | None = None
    place = 0
    for line in text.split("\n"):
        cells = _cells(line, place)
        begin, place = place, place + len(line) + 1
        if not cells:
            columns = columns if _RULE.fullmatch(line) else None
            continue
        leads, when = _column(cells, _LEADS), _column(cells, _WHEN)
        if leads is not None and when is not None and leads != when:
            columns = leads, when
        elif columns and max(columns) < len(cells):
            deadline = _deadline(cells[columns[1]], document_date)
            if deadline:
                yield Task(_leaders(cells[columns[0]]), deadline, (begin, begin + len(line)))
