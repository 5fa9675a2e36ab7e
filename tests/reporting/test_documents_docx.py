"""The Word file: styles an office worker knows, the form of the decree, and that a word processor opens it."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from reporting.documents.content import Para
from reporting.documents.docx import render_docx
from tests.reporting import document_samples as samples


def _opened(paper: object) -> object:
    return Document(io.BytesIO(render_docx(paper)))


def test_headings_and_text_have_real_styles() -> None:
    document = _opened(samples.report())
    by_style: dict[str, list[str]] = {}
    for paragraph in document.paragraphs:
        by_style.setdefault(paragraph.style.name, []).append(paragraph.text)
    assert by_style["Heading 1"] == ["I. KẾT QUẢ THỰC HIỆN", "II. KIẾN NGHỊ"]
    assert by_style["Heading 2"] == ["1. Tổ chức quán triệt"]
    assert by_style["Heading 3"] == ["a) Chỉ thị số 25-CT/TW ngày 25/10/2023"]
    assert by_style["List Paragraph"] == ["Hội nghị trực tuyến;", "Sổ tay điện tử."]
    assert by_style["Title"] == ["BÁO CÁO", "Kết quả công tác khoa giáo năm 2025"]
    assert by_style["Normal"][-2:] != []
    assert "Trên đây là báo cáo của Bộ Y tế./." in by_style["Normal"]
    normal = document.styles["Normal"]
    assert (normal.font.name, normal.font.size.pt) == ("Times New Roman", 14)


def test_letterhead_is_a_borderless_table_in_the_form_of_the_decree() -> None:
    table = _opened(samples.report()).tables[0]
    left, right = (cell.text.split("\n") for cell in table.rows[0].cells)
    assert left == ["BỘ Y TẾ", "", "Số: \u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0/BC-BYT", "DỰ THẢO"]
    assert right[:2] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert right[3].startswith("Hà Nội, ngày")
    assert table._tbl.tblPr.find(qn("w:tblBorders")) is None
    assert table.style.name == "Normal Table"


def test_numbers_stand_in_the_header_from_page_two_and_start_anew_in_annexes() -> None:
    sections = _opened(samples.report()).sections
    assert all(section.different_first_page_header_footer for section in sections)
    assert "PAGE" in sections[0].header._element.xml
    assert all(section.header.is_linked_to_previous for section in sections[1:])
    assert [section._sectPr.find(qn("w:pgNumType")) is not None for section in sections] == [
        False,
        True,
        True,
    ]
    assert [section.orientation for section in sections] == [
        WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT,
    ]  # fmt: skip


def test_table_headings_are_repeated_and_spans_kept() -> None:
    html = (
        "<table><thead><tr><th>A</th><th>B</th><th>C</th></tr></thead><tbody><tr><td rowspan=2>1</td>"
        "<td colspan=2>2</td></tr><tr><td>3</td><td>4</td></tr></tbody></table>"
    )
    document = _opened(samples.report(blocks=(Para(html),), annexes=()))
    table = document.tables[1]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table.rows[1]._tr.trPr.find(qn("w:tblHeader")) is None
    texts = [[cell.text for cell in row.cells] for row in table.rows]
    assert texts == [["A", "B", "C"], ["1", "2", "2"], ["1", "3", "4"]]


def test_numbered_lists_count_from_one_each() -> None:
    html = "<ol><li>a</li><li>b</li></ol><p>giữa</p><ol><li>c</li></ol>"
    document = _opened(samples.report(blocks=(Para(html),), annexes=()))
    numbers = [
        paragraph._p.pPr.numPr.numId.val
        for paragraph in document.paragraphs
        if paragraph.style.name == "List Paragraph"
    ]
    assert numbers[0] == numbers[1] != numbers[2]


def test_properties_language_and_control_characters() -> None:
    content = render_docx(
        samples.report(subject="Kết quả\x0b năm\ufffe 2025\x1f", blocks=(Para("<p>a</p>"),))
    )
    document = Document(io.BytesIO(content))
    assert document.core_properties.title == "Báo cáo kết quả năm 2025"
    assert document.core_properties.author == "Bộ Y tế"
    styles = zipfile.ZipFile(io.BytesIO(content)).read("word/styles.xml").decode()
    assert 'w:val="vi-VN"' in styles
    assert any(paragraph.text == "Kết quả năm 2025" for paragraph in document.paragraphs)


def test_a_paper_without_closing_ends_its_last_paragraph_with_the_mark() -> None:
    document = _opened(samples.unit_report())
    assert any(paragraph.text == "Viện đã giám sát 41 điểm./." for paragraph in document.paragraphs)
    assert any("KG25-0007-AB12" in paragraph.text for paragraph in document.paragraphs)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice Writer is not installed")
@pytest.mark.parametrize("make", [samples.report, samples.unit_report, samples.letter])
def test_libreoffice_opens_the_file(make: object, tmp_path: Path) -> None:
    source = tmp_path / "van-ban.docx"
    source.write_bytes(render_docx(make()))
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'ho-so').as_uri()}", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(source)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    document = pypdfium2.PdfDocument(tmp_path / "van-ban.pdf")
    text = " ".join(document[0].get_textpage().get_text_range().split())
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc" in text
    if make is samples.report:
        assert "2" in document[1].get_textpage().get_text_range().split("\n")[0]
        assert document[0].get_width() < document[len(document) - 3].get_width()
