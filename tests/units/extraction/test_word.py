"""Word files: what prints is read, in the order it is read on paper."""

import pytest

from tests.units.extraction.paper_samples import docx, in_font, paragraph, run, table, xml, zipped
from units.extraction.unreadable import Reason, Unreadable
from units.extraction.word import is_word, read_word

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập - Tự do - Hạnh phúc|Hà Nội, ngày 05 tháng 3 năm 2025"
NUMBERING = """
<w:abstractNum w:abstractNumId="1">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="1"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
"""


def text(body: str, **parts: str) -> str:
    return read_word(docx(body, **parts)).text


def item(words: str, depth: int, list_id: int = 1) -> str:
    return paragraph(
        words, properties=f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>'
    )


def test_paragraphs_are_lines_and_spare_ones_a_single_empty_line():
    assert text(paragraph("Một") + paragraph("Hai") + paragraph() * 3 + paragraph("Ba")) == "Một\nHai\n\nBa"


def test_an_empty_line_ends_a_centred_title():
    title = '<w:jc w:val="center"/>'
    body = (
        paragraph("KẾ HOẠCH", properties=title)
        + paragraph("về việc thử", properties=title)
        + paragraph("Thân")
    )
    assert text(body) == "KẾ HOẠCH\nvề việc thử\n\nThân"


def test_a_letterhead_is_read_column_by_column():
    head = table(["UBND TỈNH A|SỞ Y TẾ", MOTTO], ["Số: 12/KH-SYT", ""])
    assert text(head + paragraph("KẾ HOẠCH")).split("\n") == [
        "UBND TỈNH A",
        "SỞ Y TẾ",
        "Số: 12/KH-SYT",
        "",
        *MOTTO.split("|"),
        "",
        "KẾ HOẠCH",
    ]


def test_a_letterhead_set_with_tabs_is_read_column_by_column():
    tab = "<w:r><w:tab/></w:r>"
    body = paragraph("BỘ Y TẾ", tab, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + paragraph(
        "Số: 5/CT-BYT", tab, "Hà Nội, ngày 01 tháng 02 năm 2025"
    )
    assert text(body) == (
        "BỘ Y TẾ\nSố: 5/CT-BYT\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nHà Nội, ngày 01 tháng 02 năm 2025"
    )


def test_other_tables_are_read_row_by_row():
    tasks = table(["TT", "Nhiệm vụ", "Thời hạn"], ["1", "Rà soát|Cập nhật", "Trước ngày 30/6/2025"])
    assert text(paragraph("Phụ lục") + tasks) == (
        "Phụ lục\n\nTT\tNhiệm vụ\tThời hạn\n1\nRà soát\nCập nhật\nTrước ngày 30/6/2025"
    )


def test_automatic_lists_get_their_labels_back():
    body = (
        item("Mục đích", 0) + item("Yêu cầu", 1) + item("ý một", 2) + item("ý hai", 2) + item("Nội dung", 0)
    )
    body += item("Việc đầu", 1) + paragraph("xen giữa") + item("Việc sau", 1) + item("Danh sách khác", 1, 2)
    assert text(body, numbering=NUMBERING).split("\n") == [
        "I. Mục đích",
        "1. Yêu cầu",
        "a) ý một",
        "b) ý hai",
        "II. Nội dung",
        "1. Việc đầu",
        "xen giữa",
        "2. Việc sau",
        "1. Danh sách khác",
    ]


def test_a_style_numbers_and_centres_and_capitalises():
    styles = """<w:style w:type="paragraph" w:styleId="Muc"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>
    <w:rPr><w:caps/></w:rPr></w:style>
    <w:style w:type="paragraph" w:styleId="Con"><w:basedOn w:val="Muc"/></w:style>"""
    body = paragraph("tổ chức", properties='<w:pStyle w:val="Con"/>')
    assert text(body, numbering=NUMBERING, styles=styles) == "I. TỔ CHỨC"


def test_deletions_are_left_out_and_insertions_kept():
    deleted = "<w:del><w:r><w:delText>trước ngày 01/6</w:delText></w:r></w:del>"
    inserted = f"<w:ins>{run('trước ngày 15/6')}</w:ins>"
    moved = f"<w:moveFrom>{run('bỏ')}</w:moveFrom><w:moveTo>{run(' nhé')}</w:moveTo>"
    found = read_word(docx(paragraph("Gửi ", deleted, inserted, moved)))
    assert found.text == "Gửi trước ngày 15/6 nhé"
    assert found.has_deletions
    assert not read_word(docx(paragraph("Gửi"))).has_deletions


def test_a_deleted_paragraph_mark_joins_two_paragraphs():
    joined = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + run("Công văn số 07-") + "</w:p>"
    assert text(joined + paragraph("NQ/TU") + paragraph("sau")) == "Công văn số 07-NQ/TU\nsau"


def test_what_does_not_print_is_left_out():
    hidden = run("ẩn", "<w:vanish/>")
    field = "<w:r><w:instrText>PAGE \\* MERGEFORMAT</w:instrText></w:r>"
    header = f"<w:p>{run('Trang đầu mối')}</w:p>"
    found = read_word(docx(paragraph("Chữ", hidden, field), header1=header))
    assert found.text == "Chữ"
    assert found.margins == "Trang đầu mối"


def test_hyphens_tabs_and_breaks_are_kept():
    special = (
        "<w:r><w:t>45</w:t><w:noBreakHyphen/><w:t>NQ/TW</w:t><w:softHyphen/><w:br/><w:t>dòng hai</w:t></w:r>"
    )
    assert text(paragraph(special)) == "45-NQ/TW\ndòng hai"


def test_a_text_box_is_read_once_after_its_paragraph():
    box = f"<w:txbxContent>{paragraph('DỰ THẢO')}</w:txbxContent>"
    drawing = (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing>" + box + "</w:drawing></mc:Choice>"
        "<mc:Fallback><w:pict>" + box + "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert text(paragraph("BỘ Y TẾ", drawing) + paragraph("Số: /KH-BYT")) == "BỘ Y TẾ\nDỰ THẢO\nSố: /KH-BYT"


def test_footnotes_stand_at_the_end():
    notes = (
        f'<w:footnote w:id="0" w:type="separator">{paragraph("---")}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph("Chú thích")}</w:footnote>'
    )
    body = paragraph(
        "45-NQ/TW", '<w:r><w:footnoteReference w:id="2"/></w:r>', " ngày 24/11/2023"
    ) + paragraph("Hết")
    assert text(body, footnotes=notes) == "45-NQ/TW ngày 24/11/2023\nHết\n\nChú thích"


def test_runs_in_old_fonts_are_converted_and_others_are_not():
    body = paragraph(in_font("Bé Y tÕ ", ".VnTime"), run("Bộ Y tế "), in_font("céng hoµ", ".VnTimeH"))
    found = read_word(docx(body))
    assert found.legacy == "tcvn3"
    assert found.text == "Bé Y tÕ Bộ Y tế céng hoµ"
    assert found.converted == "Bộ Y tế Bộ Y tế CỘNG HOÀ"


def test_unicode_set_in_an_old_font_stays():
    found = read_word(docx(paragraph(in_font("Có là và Ủy ban nhân dân", ".VnTime"))))
    assert found.legacy is None
    assert found.converted == found.text


def test_a_soft_hyphen_in_an_old_font_is_a_letter():
    body = paragraph(
        in_font("§iÒu ®", ".VnTime"),
        '<w:r><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr><w:softHyphen/></w:r>',
        in_font("îc", ".VnTime"),
    )
    assert read_word(docx(body)).converted == "Điều được"


def test_pages_are_those_word_counted():
    broken = '<w:r><w:br w:type="page"/></w:r>'
    rendered = "<w:r><w:lastRenderedPageBreak/></w:r>"
    assert read_word(docx(paragraph("a", broken, rendered, rendered))).pages == 3
    with pytest.raises(Unreadable) as caught:
        read_word(docx(paragraph("a") + paragraph(broken) * 200))
    assert caught.value.reason == Reason.TOO_MANY_PAGES
    assert read_word(docx(paragraph("a") + paragraph(broken) * 200), most_pages=None).text == "a"


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"word/document.xml": "<w:document"}, Reason.BROKEN),
        ({"word/document.xml": xml("document", "")}, Reason.BROKEN),
        ({"word/styles.xml": "<x/>"}, Reason.BROKEN),
        ({"word/document.xml": "<!DOCTYPE a><a/>"}, Reason.UNSAFE),
        ({"word/document.xml": "<!DOCTYPE a><a/>".encode("utf-16")}, Reason.UNSAFE),
        ({f"word/{n}": "" for n in range(5_001)}, Reason.UNSAFE),
    ],
)
def test_files_that_are_no_papers(parts, reason):
    with pytest.raises(Unreadable) as caught:
        read_word(zipped(parts))
    assert caught.value.reason == reason


def test_what_is_a_word_file():
    assert is_word(docx(""))
    assert not is_word(zipped({"xl/workbook.xml": ""}))
    with pytest.raises(Unreadable):
        is_word(b"PK\x03\x04 broken")
