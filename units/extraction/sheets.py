"""Tables people fill in: the first sheet of a spreadsheet (.xlsx, .ods), or a text table (.csv), as rows of text.

Runs in the child process: a spreadsheet is opened nowhere else.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from units.extraction.plain import decoded
from units.extraction.unreadable import Reason, Unreadable

MOST_ROWS = 5_000
MOST_COLUMNS = 60
LONGEST_CELL = 4_000
_MOST_PARTS = 2_000
_MOST_UNPACKED = 200 << 20
_DELIMITERS = (";", ",", "\t", "|")
_SAMPLE = 20
_BOOKS = ("xl/workbook.xml", "content.xml")


def read_rows(data: bytes) -> list[list[str]]:
    """Return every row down to the last that holds something, cells as text, dates as dd/mm/yyyy.

    Empty rows stay, so that the place in the list is the line people see. Raises `Unreadable`: TOO_LONG for
    more rows or columns than a table of papers has.
    """
    rows = _book(data) if data.startswith(b"PK") else _text_table(data)
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise Unreadable(Reason.EMPTY)
    return rows


def _book(data: bytes) -> list[list[str]]:
    _weigh(data)
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError:
        raise Unreadable(Reason.ENCRYPTED) from None
    shown = [
        place
        for place, sheet in enumerate(book.sheets_metadata)
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]
    for place in shown:
        sheet = book.get_sheet_by_index(place)
        if sheet.end is None:
            continue
        if sheet.end[0] >= MOST_ROWS or sheet.end[1] >= MOST_COLUMNS:
            raise Unreadable(Reason.TOO_LONG)
        return _capped(sheet.to_python(skip_empty_area=False))
    raise Unreadable(Reason.EMPTY)


def _weigh(data: bytes) -> None:
    """Look into the parcel before it is unpacked: how many parts, how large, and whether it is a spreadsheet."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Unreadable(Reason.BROKEN) from None
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
        raise Unreadable(Reason.UNSAFE)
    names = {part.filename for part in parts}
    if not names.intersection(_BOOKS):
        raise Unreadable(Reason.OTHER_OFFICE)


def _text_table(data: bytes) -> list[list[str]]:
    text = decoded(data)
    if text.lstrip().startswith(("<", "{\\rtf", "%PDF-")):
        raise Unreadable(Reason.UNKNOWN)
    csv.field_size_limit(1 << 20)
    try:
        rows = _capped(csv.reader(io.StringIO(text), delimiter=_delimiter(text), strict=True))
    except csv.Error:
        raise Unreadable(Reason.BROKEN) from None
    if max(map(len, rows), default=0) > MOST_COLUMNS or len(rows) > MOST_ROWS:
        raise Unreadable(Reason.TOO_LONG)
    return rows


def _delimiter(text: str) -> str:
    """The one that parts the most cells in the first rows; an Excel set to Vietnamese writes semicolons."""

    def cells(delimiter: str) -> int:
        try:
            rows = list(islice(csv.reader(io.StringIO(text), delimiter=delimiter), _SAMPLE))
        except csv.Error:
            return 0
        return max(map(len, rows), default=0)

    return max(_DELIMITERS, key=cells)


def _capped(rows: Iterable[list[Any]]) -> list[list[str]]:
    return list(_as_text(islice(rows, MOST_ROWS + 1)))


def _as_text(rows: Iterable[list[Any]]) -> Iterator[list[str]]:
    for row in rows:
        cells = [_cell(value) for value in row[: MOST_COLUMNS + 1]]
        while cells and not cells[-1]:
            cells.pop()
        yield cells


def _cell(value: Any) -> str:
    if isinstance(value, dt.date):  # a datetime as well
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()[:LONGEST_CELL]
