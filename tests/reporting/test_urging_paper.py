"""The letter in the form of Nghị định 30/2020/NĐ-CP: what is printed where. One PDF and one Word file."""

import io
from datetime import date

import pikepdf
import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from reporting.documents.docx import render_docx
from reporting.documents.pdf import render_pdf
from reporting.models import Round, UrgedUnit, UrgingLetter
from reporting.states import LetterState
from reporting.urging_paper import compose, content
from tests.factories import at
from tests.reporting.test_documents import Printed

GROUPS = ("Các đơn vị thuộc Bộ", "Sở Y tế các tỉnh, thành phố")
HEAD = "STT Đơn vị"


def letter(**changes):
    """A second letter to thirty units, signed by a deputy of the head of office."""
    facts = {
        "round": Round(code="khoa-giao-2026", name="Công tác khoa giáo năm 2026", issuing_body="BỘ Y TẾ"),
        "ordinal": 2,
        "state": LetterState.ISSUED,
        "subject": "đôn đốc gửi báo cáo công tác khoa giáo năm 2026 (lần 2)",
        "addressees": "Các đơn vị có tên trong Phụ lục kèm theo",
        "opening": "Thực hiện Kế hoạch số 288/KH-BYT ngày 24/02/2026 của Bộ Y tế.",
        "request": "Bộ Y tế đề nghị các đơn vị gửi báo cáo",
        "reply_by": date(2026, 3, 9),
        "reply_phrase": "trước ngày 09/3/2026",
        "closing": "Đơn vị có vướng mắc đề nghị có văn bản nêu rõ lý do.",
        "recipients": "Như trên\nBộ trưởng (để báo cáo)\nLưu: VT, VPB9",
        "authority": "TL. BỘ TRƯỞNG\nKT. CHÁNH VĂN PHÒNG",
        "post": "PHÓ CHÁNH VĂN PHÒNG",
        "signer_name": "Hà Văn Ký",
        "signed_on": date(2026, 3, 2),
        "issue_number": 7,
        "issued_on": date(2026, 3, 2),
        "expected": 1286,
        "as_of": at("2026-03-01 08:00"),
    }
    return UrgingLetter(**(facts | changes))


def units():
    return [
        UrgedUnit(
            position=n,
            unit_name=f"Đơn vị số {n}",
            group_name=GROUPS[n > 20],
            purpose="submission",
            phrase="trước ngày 20/02/2026",
            printed_date=date(2026, 2, 20),
            due_at=at("2026-02-20 00:00"),
            working_days_late=6,
            times_before=int(n <= 20),
            contact_at=at("2026-02-23 08:00") if n <= 20 else None,
            contact_words="Công văn số 05/BYT-VPB9 ngày 23/02/2026" if n <= 20 else "",
        )
        for n in range(1, 31)
    ]


def test_the_printed_letter_has_every_part_in_its_place():
    printed = render_pdf(compose(letter(), units()))
    read = Printed(printed.bytes)
    first, *annex = read.texts
    lines = first.splitlines()
    assert lines[:2] == ["BỘ Y TẾ", "Số: 07/BYT-VPB9"]
    assert lines[2].startswith("V/v đôn đốc gửi báo cáo")
    assert read.look("V/v đôn đốc") == ("Van-ban", 12.0)
    assert "Hà Nội, ngày 02 tháng 3 năm 2026" in lines
    assert read.look("Hà Nội, ngày") == ("Van-ban-Italic", 13.0)
    assert "Kính gửi: Các đơn vị có tên trong Phụ lục kèm theo" in lines
    flat = " ".join(lines)
    assert (
        "chưa nhận được báo cáo của 30 đơn vị đã quá thời hạn (trong tổng số 1.286 đơn vị phải báo cáo)"
        in flat
    )
    assert "gồm: 20 đơn vị thuộc Bộ; 10 Sở Y tế các tỉnh, thành phố" in flat
    assert "gửi báo cáo trước ngày 09/3/2026." in flat
    assert "nêu rõ lý do./." in flat
    assert all(
        post in lines for post in ("TL. BỘ TRƯỞNG", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG", "Hà Văn Ký")
    )
    assert "- Lưu: VT, VPB9." in lines
    assert "DỰ THẢO" not in flat
    _annex_is_numbered_and_repeats_its_head(read, annex)
    with pikepdf.open(io.BytesIO(printed.bytes)) as pdf:
        assert str(pdf.Root.Lang) == "vi"
        assert bool(pdf.Root.MarkInfo.Marked)
        metadata = pdf.open_metadata()
        assert metadata["pdfaid:part"] == "2"
        assert metadata["dc:title"] == "V/v đôn đốc gửi báo cáo công tác khoa giáo năm 2026 (lần 2)"
        assert metadata["dc:creator"] == ["Bộ Y tế"]


def _annex_is_numbered_and_repeats_its_head(read, annex):
    assert len(annex) > 1
    assert annex[0].splitlines()[:3] == [
        "Phụ lục",
        "DANH SÁCH ĐƠN VỊ CHƯA GỬI BÁO CÁO",
        "(Kèm theo Công văn số 07/BYT-VPB9 ngày 02/3/2026 của Bộ Y tế)",
    ]
    assert read.look("(Kèm theo", page=1) == ("Van-ban-Italic", 13.0)
    assert all("Liên hệ gần nhất" in text for text in annex)  # the head of the table, on each page
    assert annex[-1].splitlines()[0] == str(len(annex)) or annex[-1].splitlines()[-1] == str(len(annex))
    assert "10 lần" not in "".join(annex)
    assert "".join(annex).count("Lần đầu") == 10
    width, height = read.document[1].get_size()
    assert width > height


def test_the_draft_in_word_can_be_worked_on():
    draft = letter(
        state=LetterState.DRAFTING,
        issue_number=None,
        issued_on=None,
        addressees="Cục A\nSở B",
        signer_name="",
    )
    document = Document(io.BytesIO(render_docx(compose(draft, units()))))
    left, right = (cell.text.split("\n") for cell in document.tables[0].rows[0].cells)
    assert left[2].startswith("Số: \u00a0")
    assert left[3:] == ["V/v đôn đốc gửi báo cáo công tác khoa giáo năm 2026 (lần 2)", "DỰ THẢO"]
    assert right[3] == "Hà Nội, ngày" + "\u00a0" * 6 + "tháng" + "\u00a0" * 6 + "năm 2026"
    texts = [paragraph.text for paragraph in document.paragraphs]
    at_top = texts.index("Kính gửi:")
    assert texts[at_top + 1 : at_top + 3] == ["- Cục A;", "- Sở B."]
    assert [p.text for p in document.paragraphs if p.style.name == "Annex heading"] == [
        "Phụ lục\nDANH SÁCH ĐƠN VỊ CHƯA GỬI BÁO CÁO"
    ]
    signature = document.tables[1].rows[0].cells
    assert [p.text for p in signature[1].paragraphs][:3] == [
        "TL. BỘ TRƯỞNG",
        "KT. CHÁNH VĂN PHÒNG",
        "PHÓ CHÁNH VĂN PHÒNG",
    ]
    table = document.tables[2]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert len(table.rows) == 1 + 2 + 30
    assert document.sections[1].orientation == WD_ORIENT.LANDSCAPE
    assert document.core_properties.language == "vi-VN"


def test_a_letter_to_one_unit_has_no_annex():
    one = compose(letter(), units()[:1])
    assert one.annexes == ()
    assert "thời hạn: trước ngày 20/02/2026, quá hạn 6 ngày làm việc" in one.blocks[1].html


@pytest.mark.parametrize("changed", [{"closing": "Khác."}, {"issue_number": 8}, {"signer_name": "Khác"}])
def test_the_frozen_content_follows_everything_that_is_printed(changed):
    named = units()
    assert content(letter(), named) == content(letter(), named)
    assert content(letter(), named) != content(letter(**changed), named)
