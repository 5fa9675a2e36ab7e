"""Tables as they come out of files: cells parted by marks, set out with blanks, or one below the other.

Pasted tables part their cells with "|", files with tabs. Text laid out by position keeps the columns in place
with blanks, and a cell goes on in the line below. Where a cell has several paragraphs, or a PDF writes cell by
cell, every cell stands on lines of its own and only the running number tells the rows apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from units.text import fold

Span = tuple[int, int]

_RULE = re.compile(r"[\s|:+-]*")
_FEWEST_CELLS = 3
_CHUNK = re.compile(r"[^\s](?:[^\s]|[ ](?=[^\s]))*")
# Text recognised from pictures: two blanks between words, more between columns.
_WIDE_CHUNK = re.compile(r"[^\s](?:[^\s]|[ ]{1,2}(?=[^\s]))*")
_SINGLE_BLANK = re.compile(r"[^\s][ ][^\s]")
_NUMBER_HEAD = re.compile(r"(?:s\w?\s*)?t\.?t\.?|so thu tu|so tt|#")
_ROW_NUMBER = re.compile(r"(?P<number>[0-9]{1,3}|[IVX]{1,5})[.)]?(?=\s|$)")
_ROW_LABEL = re.compile(r".{1,40}")
_LINE = re.compile(r"[^\n]*\n?")
_LONGEST_HEAD = 12
_LONGEST_ROW = 30
_LINES_ABOVE_HEAD = 2
_WIDEST_HEAD = 200


@dataclass
class Cell:
    """What stands in one cell, its lines joined with blanks."""

    text: str
    start: int
    end: int
    """Where its first line stands in the text that was passed in."""

    def add(self, text: str) -> None:
        self.text = f"{self.text} {text}".strip()


@dataclass(frozen=True)
class Row:
    """One row: its cells by column; of a row in lines one below the other, every line is a cell."""

    cells: tuple[Cell, ...]
    span: Span
    stacked: bool = False


@dataclass
class Table:
    """The head and the rows below it."""

    head: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)


def _lines(text: str) -> list[tuple[int, str]]:
    return [(match.start(), match.group().rstrip("\r\n")) for match in _LINE.finditer(text) if match.group()]


def _parted(line: str, start: int) -> tuple[Cell, ...]:
    """Return the cells of a line with tabs or bars, none where it is no row."""
    mark = "\t" if line.count("\t") >= _FEWEST_CELLS - 1 else "|"
    if line.count(mark) < _FEWEST_CELLS - 1 or _RULE.fullmatch(line.replace("\t", "x")):
        return ()
    cells, place = [], start
    for part in line.split(mark):
        cells.append(Cell(part, place, place + len(part)))
        place += len(part) + 1
    # "| a | b |" opens and closes with an empty cell.
    return tuple(cells[1 if mark == "|" and not cells[0].text.strip() else 0 :])


def _chunks(line: str, start: int) -> list[Cell]:
    """Return what wide blanks part; a running number is parted by one."""
    chunk = _CHUNK if _SINGLE_BLANK.search(line) else _WIDE_CHUNK
    found = [
        Cell(match.group(), start + match.start(), start + match.end()) for match in chunk.finditer(line)
    ]
    first = found[0] if found else None
    number = _ROW_NUMBER.match(first.text) if first else None
    if first and number and number.end() < len(first.text):
        rest = first.text[number.end() :].lstrip()
        at = first.end - len(rest)
        found[:1] = [Cell(number.group(), first.start, first.start + number.end()), Cell(rest, at, first.end)]
    return found


def tables_in(text: str) -> Iterator[Table]:
    """Yield every table with a head. Never raises; linear in the text."""
    lines = _lines(text)
    place = 0
    while place < len(lines):
        start, line = lines[place]
        if not line.strip():
            place += 1
            continue
        cells = _parted(line, start)
        table: Table | None = None
        if cells:
            table, after = _parted_table(lines, place, cells)
        elif _opens_head(line.strip()) or _names_columns(line):
            alone = len(_chunks(line, start)) == 1
            table, after = _stacked_table(lines, place) if alone else _spaced_table(lines, place)
        else:
            after = place + 1
        if table and table.rows:
            yield table
        place = max(after, place + 1)


def _opens_head(line: str) -> bool:
    return line[0] in "sSTt#" and bool(_NUMBER_HEAD.fullmatch(fold(line[:_LONGEST_HEAD].split("  ")[0])))


# "Biểu   Nội dung   Đơn vị báo cáo   Thời hạn gửi": a head without a running number.
_NAMES_COLUMNS = re.compile(
    r"(?:đơn vị|cơ quan) (?:chủ trì|thực hiện|báo cáo|đầu mối).* {3,}(?:thời|hạn|tiến độ)", re.IGNORECASE
)


def _names_columns(line: str) -> bool:
    return "   " in line and len(line) <= _WIDEST_HEAD and bool(_NAMES_COLUMNS.search(line))


# --- cells with marks ---------------------------------------------------------------------------------


def _parted_table(lines: list[tuple[int, str]], place: int, head: tuple[Cell, ...]) -> tuple[Table, int]:
    table = Table(tuple(cell.text for cell in head))
    place += 1
    while place < len(lines):
        start, line = lines[place]
        cells = _parted(line, start)
        if cells and _NUMBER_HEAD.fullmatch(fold(cells[0].text).strip()):
            break
        if cells:
            table.rows.append(Row(cells, (start, start + len(line))))
        elif (number := _ROW_NUMBER.fullmatch(line.strip())) and number["number"].isdigit():
            row, place = _stacked_row(lines, place)
            table.rows.append(row)
            continue
        elif not _RULE.fullmatch(line):
            break
        place += 1
    return table, place


# --- one below the other ------------------------------------------------------------------------------


def _stacked_table(lines: list[tuple[int, str]], place: int) -> tuple[Table | None, int]:
    head: list[str] = []
    first = place
    while place < len(lines) and place - first < 2 * _LONGEST_HEAD and len(head) < _LONGEST_HEAD:
        line = lines[place][1].strip()
        number = _ROW_NUMBER.match(line)
        if number and number["number"] in ("1", "01", "I"):
            break
        if line:
            head.append(line)
        place += 1
    else:
        return None, first + 1
    table = Table(tuple(head))
    wanted = 1
    while place < len(lines):
        number = _ROW_NUMBER.match(lines[place][1].strip())
        if not number:
            break
        if number["number"].isdigit() and int(number["number"]) == wanted:
            wanted += 1
        elif number["number"].isdigit() or number.end() == len(lines[place][1].strip()):
            break
        row, place = _stacked_row(lines, place)
        table.rows.append(row)
    return table, place


_ENDS_TABLE = re.compile(
    r"\s*(?:[IVX]{1,5}[.)-]\s|[A-H][.)]\s|(?:Nơi\s+nhận|NƠI\s+NHẬN|TM\.|KT\.|TL\.|T/M|GIÁM|CHỦ|BỘ\s+TRƯỞNG|PHỤ|Trên\s+đây)(?!\w)|[0-9]{1,2}[.)]\s)"
)


def _stacked_row(lines: list[tuple[int, str]], place: int) -> tuple[Row, int]:
    """Return the row whose number stands at `place`, every line a cell, and the line after it."""
    start, line = lines[place]
    number = _ROW_NUMBER.match(line.strip())
    rest = line.strip()[number.end() :].strip() if number else ""
    cells = [Cell(rest, start + len(line.rstrip()) - len(rest), start + len(line.rstrip()))] if rest else []
    first, end = place, start + len(line)
    place += 1
    while place < len(lines) and place - first < _LONGEST_ROW:
        start, line = lines[place]
        found = _ROW_NUMBER.match(line.strip())
        if (found and (found["number"].isdigit() or found.end() == len(line.strip()))) or _ENDS_TABLE.match(
            line
        ):
            break
        if _parted(line, start):
            break
        if line.strip():
            at = start + len(line) - len(line.lstrip())
            cells.append(Cell(line.strip(), at, start + len(line.rstrip())))
            end = start + len(line)
        place += 1
    return Row(tuple(cells), (lines[first][0], end), stacked=True), place


# --- set out with blanks ------------------------------------------------------------------------------


@dataclass
class _Column:
    left: int
    right: int
    name: str


def _columns(head: list[tuple[int, list[Cell]]]) -> list[_Column]:
    """Return the columns the chunks of the head's lines stand in, from the left."""
    columns: list[_Column] = []
    for start, chunks in head:
        for chunk in chunks:
            left, right = chunk.start - start, chunk.end - start
            over = [each for each in columns if left < each.right and right > each.left]
            if over:
                over[0].left, over[0].right = min(over[0].left, left), max(over[0].right, right)
                over[0].name = f"{over[0].name} {chunk.text}"
            else:
                columns.append(_Column(left, right, chunk.text))
    return sorted(columns, key=lambda each: each.left)


def _column_of(columns: list[_Column], left: int, right: int) -> int:
    """Return the column a chunk overlaps most, else the nearest."""
    overlap = [min(right, each.right) - max(left, each.left) for each in columns]
    best = max(range(len(columns)), key=lambda at: overlap[at])
    begins = [at for at, each in enumerate(columns) if abs(each.left - left) <= 1]
    return begins[0] if begins else best


def _head_lines(lines: list[tuple[int, str]], place: int) -> tuple[list[tuple[int, list[Cell]]], int]:
    """Return the lines of a head whose running number stands at `place`, and the line after them."""
    number = lines[place][1].index(lines[place][1].strip()[0])
    first, numbered = place, _opens_head(lines[place][1].strip())
    while numbered and first > 0 and place - first < _LINES_ABOVE_HEAD:
        start, line = lines[first - 1]
        chunks = _chunks(line, start)
        if len(chunks) < 2 or chunks[0].start - start <= number + 4:
            break
        first -= 1
    head, after = [], first
    while after < len(lines) and after - first < _LONGEST_HEAD:
        start, line = lines[after]
        found = _ROW_NUMBER.match(line.strip())
        if found and after > place:
            break
        if (
            not numbered
            and after > place
            and (not line.strip() or len(line) - len(line.lstrip()) <= number + 1)
        ):
            break
        if line.strip():
            head.append((start, _chunks(line, start)))
        after += 1
    return head, after


def _spaced_table(lines: list[tuple[int, str]], place: int) -> tuple[Table | None, int]:
    head, after = _head_lines(lines, place)
    numbered = _opens_head(lines[place][1].strip())
    columns = _columns(head)
    if len(columns) < _FEWEST_CELLS:
        return None, place + 1
    table = Table(tuple(each.name for each in columns))
    cells: list[Cell] = []
    begin = end = 0
    for at in range(after, len(lines)):
        start, line = lines[at]
        chunks = _chunks(line, start)
        if not chunks:
            continue
        number = _ROW_NUMBER.fullmatch(chunks[0].text) if numbered else _ROW_LABEL.fullmatch(chunks[0].text)
        numbers = bool(number) and chunks[0].start - start <= columns[0].right + 1
        lone = len(chunks) == (2 if numbers else 1)
        reaches = chunks[-1].end - start > columns[2].left + 4
        leftmost = chunks[0].start - start < columns[1].left - 1
        if not numbered and leftmost and len(chunks) == 1:
            break
        if (
            lone
            and reaches
            and leftmost
            or (leftmost and not numbers and chunks[0].end - start > columns[1].left)
        ):
            break
        if number and not numbers and lone:
            continue  # the number of a page
        if numbers and cells:
            table.rows.append(Row(tuple(cells), (begin, end)))
        if numbers:
            cells, begin = [Cell("", start, start) for _ in columns], start
        if not cells:
            break
        for chunk in chunks[1 if numbers else 0 :]:
            cell = cells[_column_of(columns, chunk.start - start, chunk.end - start)]
            if not cell.text:
                cell.start, cell.end = chunk.start, chunk.end
            cell.add(chunk.text)
        end, after = start + len(line), at + 1
    if cells:
        table.rows.append(Row(tuple(cells), (begin, end)))
    return table, after
