"""Tables of tasks in plans and their annexes: who leads each task and by when.

A table's head must name a column for who leads and one for the time.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from directives.addressees import GROUP, names_in
from directives.codes import LOOKALIKES
from directives.deadlines import NO_DEADLINE, Deadline, read_deadline
from directives.table_layouts import Cell, Row, Table, tables_in
from units.text import align, fold

Span = tuple[int, int]

_LEADS = re.compile(r"chu tri|(?:don vi|co quan) (?:thuc hien|bao cao)|trach nhiem|phan cong|don vi dau moi")
_WHEN = re.compile(r"thoi gian|thoi han|hoan thanh|tien do|han (?:gui|nop|bao cao)|ky han")
_PARTNERS = re.compile(r"phoi hop")
_PARTNERS_IN_CELL = re.compile(r"[,;.]?\s*(?:phối\s+hợp|đơn\s+vị\s+phối|cơ\s+quan\s+phối)", re.IGNORECASE)
_LEADER_IN_CELL = re.compile(
    r"\s*[-+]?\s*(?:chủ\s+trì|đơn\s+vị\s+chủ\s+trì|cơ\s+quan\s+chủ\s+trì)\s*:\s*", re.IGNORECASE
)
_OPENS_TIME = re.compile(
    r"(?<!\w)(?:trước|ngày|tháng|quý|năm|chậm\s+nhất|hết|đến|trong|từ)\s*$", re.IGNORECASE
)
_GOES_ON = re.compile(r"(?:[,;-]|(?<!\w)(?:và|của|các|thuộc|nhân|Ủy|Uỷ|với))\s*$")


@dataclass(frozen=True)
class Task:
    """One row of a table of tasks."""

    leaders: tuple[str, ...]
    deadline: Deadline
    """`NO_DEADLINE` where the row says no day ("thường xuyên")."""
    span: Span
    """The row, in the text that was passed in."""


def _column(head: tuple[str, ...], what: re.Pattern[str]) -> int | None:
    for place, cell in enumerate(head):
        named = fold(cell)
        if what.search(named) and (what is _WHEN or not _PARTNERS.search(named)) and len(named.split()) <= 8:
            return place
    return None


def _deadline(cell: Cell, document_date: date | None) -> Deadline | None:
    """Return the deadline of a cell: a phrase of its own, or a bare day or period."""
    whole = cell.text.strip()
    read = read_deadline(whole, document_date)
    if read.span is None:
        read = read_deadline(f"thời hạn: {whole}", document_date)
        read = replace(read, span=(0, len(whole)) if read.span else None)
    if read.span is None:
        return None
    lead = len(cell.text) - len(cell.text.lstrip())
    start = cell.start + lead + read.span[0]
    return replace(
        read, span=(min(start, cell.end), max(start, min(cell.end, cell.start + lead + read.span[1])))
    )


def _leaders(cell: str) -> tuple[str, ...]:
    plain = align(cell, LOOKALIKES).text.strip()
    plain = _PARTNERS_IN_CELL.split(_LEADER_IN_CELL.sub("", plain))[0]
    return names_in(plain) if GROUP.search(plain) else (plain,) if plain else ()


def _with_cues(cells: tuple[Cell, ...]) -> list[Cell]:
    """Join "Trước ngày" with the line below that says which."""
    joined: list[Cell] = []
    for cell in cells:
        if joined and _OPENS_TIME.search(joined[-1].text):
            joined[-1] = Cell(f"{joined[-1].text} {cell.text}", joined[-1].start, cell.end)
        else:
            joined.append(cell)
    return joined


def _stacked(row: Row, document_date: date | None) -> tuple[tuple[str, ...], Deadline]:
    """Return who leads and by when of a row whose cells are lines: the first line with a group, the last time."""
    lines = [align(cell.text, LOOKALIKES).text for cell in row.cells]
    times = _with_cues(row.cells[1:])
    deadline = next(
        (read for cell in reversed(times) if (read := _deadline(cell, document_date))), NO_DEADLINE
    )
    first = next((at for at, line in enumerate(lines) if at and GROUP.match(line)), 0)
    if not first:
        return (), deadline
    after = first + 1
    while after < len(lines) and (lines[after][:1].islower() or _GOES_ON.search(lines[after - 1])):
        after += 1
    return _leaders(" ".join(lines[first:after])), deadline


def _tasks(table: Table, document_date: date | None) -> Iterator[Task]:
    leads, when = _column(table.head, _LEADS), _column(table.head, _WHEN)
    stacked = any(row.stacked for row in table.rows)
    if leads is None or when is None or (leads == when and not stacked):
        return
    for row in table.rows:
        if row.stacked:
            leaders, deadline = _stacked(row, document_date)
        elif max(leads, when) < len(row.cells):
            leaders = _leaders(row.cells[leads].text)
            deadline = _deadline(row.cells[when], document_date) or NO_DEADLINE
        else:
            continue
        if leaders or deadline.span:
            yield Task(leaders, deadline, row.span)


def read_tasks(text: str, document_date: date | None) -> Iterator[Task]:
    """Yield the rows of every table of tasks, in order. Never raises; linear in the text.

    A row without a deadline is left out where its leaders have one in another row of the table.
    """
    if unicodedata.is_normalized("NFC", text):
        yield from _tasks_of_all(text, document_date)
        return
    # Combining accents take no room in a line: columns only stand one below the other without them.
    composed = align(text, {})
    for task in _tasks_of_all(composed.text, document_date):
        span = task.deadline.span
        deadline = replace(task.deadline, span=composed.span(*span)) if span else task.deadline
        yield replace(task, deadline=deadline, span=composed.span(*task.span))


def _tasks_of_all(text: str, document_date: date | None) -> Iterator[Task]:
    for table in tables_in(text):
        tasks = list(_tasks(table, document_date))
        timed = {fold(name) for task in tasks if task.deadline.span for name in task.leaders}
        for task in tasks:
            vague = tuple(name for name in task.leaders if fold(name) not in timed)
            if task.deadline.span:
                yield task
            elif vague:
                timed.update(fold(name) for name in vague)
                yield replace(task, leaders=vague)
