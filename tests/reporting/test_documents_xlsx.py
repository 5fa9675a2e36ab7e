"""Spreadsheets: read back with another library, no formula comes in, numbers stay numbers."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from reporting.documents.xlsx import SheetColumn, table_xlsx

HOSTILE = [
    "=1+1",
    '=HYPERLINK("http://x")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "http://example.com",
    "0123",
    "{=1}",
]


def _rows(content: bytes) -> list[list[object]]:
    return (
        CalamineWorkbook.from_filelike(io.BytesIO(content))
        .get_sheet_by_index(0)
        .to_python(skip_empty_area=False)
    )


def test_strings_that_look_like_formulas_stay_strings() -> None:
    content = table_xlsx("Đơn vị", ["Nội dung"], [[text] for text in HOSTILE])
    assert [row[0] for row in _rows(content)[3:]] == HOSTILE
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet.lower()


def test_numbers_dates_and_gaps_keep_their_kind() -> None:
    columns = [
        SheetColumn("Đơn vị", 40),
        SheetColumn("Số", 10, 0),
        SheetColumn("Tỷ lệ", 10, 1),
        "Ngày",
        "Trống",
    ]
    content = table_xlsx("Bảng", columns, [["Sở Y tế", 1286, Decimal("98.5"), dt.date(2025, 10, 20), None]])
    rows = _rows(content)
    assert rows[0][0] == "Bảng"
    assert rows[2] == ["Đơn vị", "Số", "Tỷ lệ", "Ngày", "Trống"]
    assert rows[3] == ["Sở Y tế", 1286.0, 98.5, dt.date(2025, 10, 20), ""]


def test_instants_are_sorted_by_time_and_show_the_clocks_of_vietnam() -> None:
    content = table_xlsx("Bảng", ["Lúc"], [[dt.datetime(2025, 10, 17, 18, 30, tzinfo=dt.UTC)]])
    assert _rows(content)[3] == [dt.datetime(2025, 10, 18, 1, 30)]  # noqa: DTZ001
    styles = zipfile.ZipFile(io.BytesIO(content)).read("xl/styles.xml").decode()
    assert 'formatCode="dd/mm/yyyy hh:mm"' in styles


def test_header_is_frozen_and_widths_are_set() -> None:
    content = table_xlsx("Bảng", [SheetColumn("A", 33), SheetColumn("B", 7)], [["x", 1]])
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    assert 'ySplit="3"' in sheet
    assert 'state="frozen"' in sheet
    assert 'width="33.7109375"' in sheet


def test_titles_that_excel_refuses_as_sheet_names_and_control_characters() -> None:
    content = table_xlsx(
        "Báo cáo: 2024/2025 [bản 'nháp'] dài hơn ba mươi mốt ký tự", ["A"], [["x\x00\x1fy\ny"]]
    )
    assert _rows(content)[3][0] == "xy\ny"
    assert len(CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names[0]) <= 31
    assert _rows(table_xlsx("///", ["A"], []))[0][0] == "///"


@pytest.mark.parametrize("row", [["a", "b"], [dt.datetime(2025, 1, 1)]])  # noqa: DTZ001
def test_rows_that_do_not_fit_are_refused(row: list[object]) -> None:
    with pytest.raises(ValueError):
        table_xlsx("Bảng", ["A"], [row])


def test_equal_tables_give_equal_files() -> None:
    assert table_xlsx("Bảng", ["A"], [["x"]]) == table_xlsx("Bảng", ["A"], [["x"]])
