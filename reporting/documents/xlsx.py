"""Tables as spreadsheets: text stays text, numbers are numbers, and a formula cannot come in."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from directives.deadlines import ZONE

Cell = str | int | Decimal | dt.date | dt.datetime | None
MAX_CELL = 32_767
MAX_ROWS = 200_000
_SHEET_NAME_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_CREATED = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)  # fixed, so that equal tables give equal files


@dataclass(frozen=True)
class SheetColumn:
    """A column: heading, width in characters, and how many `decimals` its numbers show (None: as they come)."""

    title: str
    width: float = 16.0
    decimals: int | None = None


def table_xlsx(title: str, columns: Sequence[SheetColumn | str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Write one table: bold title line, frozen header row, filter arrows; return the .xlsx file.

    Strings are always written as strings (`=1+1` stays text), int and Decimal as numbers, dates as dates,
    instants as Vietnam's clocks show them, None as an empty cell. Raises ValueError when an instant has no zone, when a row has more cells than there are columns, or when there
    are more than `MAX_ROWS` rows.
    """
    described = [SheetColumn(column) if isinstance(column, str) else column for column in columns]
    target = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"title": title, "author": "Cổng Chỉ đạo – Báo cáo", "created": _CREATED})
        name = " ".join(title.translate(_SHEET_NAME_FORBIDDEN).split())[:31].strip() or "Bảng"
        sheet = book.add_worksheet(name)
        base = {"font_name": "Times New Roman", "font_size": 12}
        framed = base | {"border": 1, "valign": "top"}
        sheet.write_string(0, 0, title, book.add_format(base | {"bold": True, "font_size": 14}))
        head = book.add_format(
            framed
            | {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True, "bg_color": "#E8EEF0"}
        )
        for index, column in enumerate(described):
            sheet.set_column(index, index, column.width)
            sheet.write_string(2, index, column.title, head)
        formats = _Formats(
            book.add_format(framed | {"text_wrap": True}),
            [book.add_format(framed | {"num_format": _number_format(column)}) for column in described],
            book.add_format(framed | {"num_format": "dd/mm/yyyy", "align": "center"}),
            book.add_format(framed | {"num_format": "dd/mm/yyyy hh:mm", "align": "center"}),
        )
        last = _write_rows(sheet, rows, len(described), formats)
        sheet.freeze_panes(3, 0)
        if described:
            sheet.autofilter(2, 0, max(last, 2), len(described) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.repeat_rows(2)
        sheet.fit_to_pages(1, 0)
    return target.getvalue()


@dataclass(frozen=True)
class _Formats:
    text: Format
    numbers: Sequence[Format]
    date: Format
    instant: Format


def _number_format(column: SheetColumn) -> str:
    """Excel's own pattern language; a Vietnamese Excel shows it with "." for thousands."""
    if column.decimals is None:
        return "General"
    return "#,##0" + ("." + "0" * column.decimals if column.decimals else "")


def _write_rows(sheet: Worksheet, rows: Iterable[Sequence[Cell]], width: int, formats: _Formats) -> int:
    line = 2
    for row in rows:
        line += 1
        if line - 2 > MAX_ROWS:
            raise ValueError(f"More than {MAX_ROWS} rows for one sheet.")
        if len(row) > width:
            raise ValueError(f"Row {line - 2} has {len(row)} cells for {width} columns.")
        for index, cell in enumerate(row):
            _write_cell(sheet, line, index, cell, formats)
    return line


def _write_cell(sheet: Worksheet, line: int, index: int, cell: Cell, formats: _Formats) -> None:
    if cell is None:
        sheet.write_blank(line, index, None, formats.text)
    elif isinstance(cell, str):
        sheet.write_string(line, index, _readable(cell)[:MAX_CELL], formats.text)
    elif isinstance(cell, dt.datetime):
        if cell.tzinfo is None:
            raise ValueError("An instant without a zone: nobody knows when that was.")
        # A spreadsheet knows no zone, so it gets the local time.
        sheet.write_datetime(line, index, cell.astimezone(ZONE).replace(tzinfo=None), formats.instant)
    elif isinstance(cell, dt.date):
        sheet.write_datetime(line, index, dt.datetime(cell.year, cell.month, cell.day), formats.date)  # noqa: DTZ001
    else:
        sheet.write_number(line, index, cell, formats.numbers[index])


def _readable(text: str) -> str:
    """Without the control characters XML does not know."""
    return "".join(char for char in text if char in "\n\t" or char.isprintable() or char == "\u00a0")
