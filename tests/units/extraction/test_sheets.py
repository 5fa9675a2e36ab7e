"""Tables people fill in: what comes out as rows, and that no spreadsheet does harm."""

import datetime as dt
import io
import zipfile

import pytest
import xlsxwriter

from units.extraction.papers import extract_rows
from units.extraction.sheets import MOST_COLUMNS, MOST_ROWS, read_rows
from units.extraction.unreadable import Reason, Unreadable

HEAD = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = "</sheetData></worksheet>"


def xlsx(*rows, hidden_first=False):
    """A spreadsheet; dates are written as dates."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        if hidden_first:
            hidden = book.add_worksheet("ẩn")
            hidden.write(0, 0, "không đọc")
            hidden.hide()
        sheet = book.add_worksheet("Văn bản")
        if hidden_first:
            sheet.activate()
            sheet.set_first_sheet()
        for line, row in enumerate(rows):
            for place, value in enumerate(row):
                if isinstance(value, dt.date):
                    sheet.write_datetime(line, place, dt.datetime(value.year, value.month, value.day), day)
                else:
                    sheet.write(line, place, value)
    return out.getvalue()


def with_sheet(xml):
    """A spreadsheet whose first sheet is the given XML."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx(["a"]))) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book,
    ):
        for name in source.namelist():
            book.writestr(name, xml if name == "xl/worksheets/sheet1.xml" else source.read(name))
    return out.getvalue()


def ods(cells):
    """A LibreOffice table of one row."""
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{space}:office:1.0" '
        f'xmlns:table="{space}:table:1.0" xmlns:text="{space}:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="A"><table:table-row>{cells}</table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("META-INF/manifest.xml", "<manifest/>")
        book.writestr("content.xml", content)
    return out.getvalue()


ROWS = [["Số", "Ngày", "Trang"], [], ["45-NQ/TW", "24/11/2023", "12"]]
TABLES = {
    "xlsx": xlsx(["Số", "Ngày", "Trang"], [], ["45-NQ/TW", dt.date(2023, 11, 24), 12]),
    "not the hidden sheet": xlsx(
        ["Số", "Ngày", "Trang"], [], ["45-NQ/TW", dt.date(2023, 11, 24), 12], hidden_first=True
    ),
    "csv": "Số,Ngày,Trang\n\n45-NQ/TW,24/11/2023,12\n\n".encode(),
    "csv of a Vietnamese Excel": "\ufeffSố;Ngày;Trang\r\n\r\n45-NQ/TW;24/11/2023;12\r\n".encode(),
    "csv with tabs": "Số\tNgày\tTrang\n\n45-NQ/TW\t24/11/2023\t12".encode("utf-16"),
}


@pytest.mark.parametrize("name", TABLES)
def test_rows_of_text(name):
    assert read_rows(TABLES[name]) == ROWS


def test_a_table_of_libreoffice():
    day = '<table:table-cell office:value-type="date" office:date-value="2023-11-24"><text:p>24/11/23</text:p></table:table-cell>'
    text = '<table:table-cell office:value-type="string"><text:p>45-NQ/TW</text:p></table:table-cell>'
    assert read_rows(ods(text + day)) == [["45-NQ/TW", "24/11/2023"]]


HOSTILE = {
    "a cell at the far end": (
        with_sheet(
            f'{HEAD}<row r="1"><c r="A1"><v>1</v></c></row>'
            f'<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>{TAIL}'
        ),
        Reason.BROKEN,
    ),
    "entities": (
        with_sheet(
            f'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>{HEAD[21:]}'
            f'<row r="1"><c r="A1" t="str"><v>&b;</v></c></row>{TAIL}'
        ),
        Reason.BROKEN,
    ),
    "cut off": (TABLES["xlsx"][:700], Reason.BROKEN),
    "nothing in it": (xlsx(), Reason.EMPTY),
    "empty": (b"  ", Reason.EMPTY),
    "many rows": (b"a,b\n" * (MOST_ROWS + 1), Reason.TOO_LONG),
    "many columns": (b"a," * (MOST_COLUMNS + 1), Reason.TOO_LONG),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500, Reason.OLD_OFFICE),
    "picture": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, Reason.IMAGE),
    "another parcel": (b"PK\x05\x06" + b"\x00" * 18, Reason.OTHER_OFFICE),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_table_is_refused(name):
    data, reason = HOSTILE[name]
    with pytest.raises(Unreadable) as caught:
        extract_rows(data)
    assert caught.value.reason == reason
