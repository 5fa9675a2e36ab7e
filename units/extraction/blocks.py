"""Paragraphs and tables of a paper, and the text they make in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from units.extraction.legacy import ENCODINGS, convert_legacy
from units.text import fold

_MOTTO = re.compile("cong hoa xa hoi|dang cong san viet nam|doc lap - tu do")
_LETTERHEAD_LINES = 15
_MOST_LETTERHEAD_ROWS = 6


@dataclass
class Paragraph:
    """One paragraph; `centred` tells titles from what follows them, `runs_on` that the next one goes on."""

    text: str
    centred: bool = False
    runs_on: bool = False


@dataclass
class Table:
    """Rows of cells, each cell what stands in it."""

    rows: list[list[list[Block]]]


Block = Paragraph | Table


def text_of(blocks: Sequence[Block]) -> str:
    """Return the text in reading order, a paragraph a line, an empty line where the print leaves room.

    A letterhead of two columns is read one column after the other, whether it is a table or set with tabs.
    Rows of other tables are lines with tabs between cells; cells of several lines stand below each other.
    """
    lines: list[str] = []
    centred = False
    for block in _run_together(blocks):
        if isinstance(block, Table):
            rows = [[_cell_lines(cell) for cell in row] for row in block.rows]
            head = sum(map(bool, lines)) < _LETTERHEAD_LINES and _is_letterhead(rows)
            lines += ["", *(_columns(rows) if head else _rows(rows)), ""]
        else:
            if block.centred != centred:
                lines.append("")
            lines += block.text.split("\n")
        centred = isinstance(block, Paragraph) and block.centred
    return "\n".join(_spaced(_untabbed(lines)))


def is_motto(text: str) -> bool:
    """Whether the national name or motto, or the Party's name, stands in a text, in whatever encoding."""
    return any(
        _MOTTO.search(fold(each)) for each in (text, *(convert_legacy(text, code) for code in ENCODINGS))
    )


def _run_together(blocks: Sequence[Block]) -> Iterator[Block]:
    waiting: Paragraph | None = None
    for block in blocks:
        if waiting is not None and isinstance(block, Paragraph):
            block = Paragraph(waiting.text + block.text, block.centred, block.runs_on)
        elif waiting is not None:
            yield waiting
        waiting = None
        if isinstance(block, Paragraph) and block.runs_on:
            waiting = block
        else:
            yield block
    if waiting is not None:
        yield waiting


def _cell_lines(cell: list[Block]) -> list[str]:
    return [line.strip() for line in text_of(cell).split("\n") if line.strip()]


def _is_letterhead(rows: list[list[list[str]]]) -> bool:
    if len(rows) > _MOST_LETTERHEAD_ROWS or max(map(len, rows), default=0) not in (2, 3):
        return False
    return any(is_motto("\n".join(cell)) for row in rows for cell in row)


def _columns(rows: list[list[list[str]]]) -> list[str]:
    """Read column by column: "Số: …" stays under its issuer, the date under the motto."""
    lines: list[str] = []
    for place in range(max(map(len, rows))):
        column = [line for row in rows if place < len(row) for line in row[place]]
        if column:
            lines += [*column, ""]
    return lines


def _rows(rows: list[list[list[str]]]) -> list[str]:
    lines: list[str] = []
    for row in rows:
        if all(len(cell) <= 1 for cell in row):
            lines.append("\t".join(cell[0] if cell else "" for cell in row).rstrip())
        else:
            lines += [line for cell in row for line in cell]
    return lines


def _untabbed(lines: list[str]) -> list[str]:
    """Part a letterhead that is set with tabs into its two columns."""
    places = [place for place, line in enumerate(lines[:_LETTERHEAD_LINES]) if "\t" in line.strip()]
    if len(places) < 2 or not any(is_motto(lines[place]) for place in places):
        return lines
    first, end = places[0], places[-1] + 1
    left, right = [], []
    for line in lines[first:end]:
        before, _, after = line.partition("\t")
        left.append(before.strip())
        right.append(after.replace("\t", " ").strip())
    return [*lines[:first], *filter(None, left), "", *filter(None, right), "", *lines[end:]]


def _spaced(lines: list[str]) -> Iterator[str]:
    """Yield the lines with never more than one empty line, none at either end."""
    begun = empty = False
    for line in lines:
        kept = line.rstrip()
        if not kept:
            empty = begun
            continue
        if empty:
            yield ""
        yield kept
        begun, empty = True, False
