"""The objects the reading commands print: shapes, blanks, lines of input, files that cannot be read."""

from datetime import date
from pathlib import Path

import pytest

from directives.reading import citations_of_line, deadline_of_line, file_object, fragment_of_line
from tests.units.extraction.paper_samples import docx, paragraph, pdf, table
from units.extraction.unreadable import LARGEST

PLAN = docx(
    table(
        [
            "BỘ Y TẾ|Số: 12/KH-BYT",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập - Tự do - Hạnh phúc|Hà Nội, ngày 05 tháng 3 năm 2025",
        ]
    )
    + paragraph("KẾ HOẠCH", properties='<w:jc w:val="center"/>')
    + paragraph("Chăm sóc người cao tuổi năm 2025", properties='<w:jc w:val="center"/>')
    + paragraph(
        "Căn cứ Kết luận số 86-KT/TW ngày 10/7/2024 của Ban Bí thư, Bộ Y tế ban hành Kế hoạch như sau:"
    )
    + paragraph("I. TỔ CHỨC THỰC HIỆN")
    + paragraph(
        "1. Sở Y tế các tỉnh, thành phố: báo cáo về Bộ Y tế (qua Văn phòng Bộ) trước 17 giờ ngày 30/10/2025."
    )
)


def written(tmp_path: Path, name: str, data: bytes) -> str:
    (tmp_path / name).write_bytes(data)
    return str(tmp_path / name)


def test_a_plan_is_read_as_the_contract_says(tmp_path):
    file = written(tmp_path, "ke-hoach.docx", PLAN)
    found = file_object(file)
    assert found["file"] == file
    assert found["header"] == {
        "kind": "KH",
        "number": "12",
        "code": "12/KH-BYT",
        "issued_on": "2025-03-05",
        "issuer": "BỘ Y TẾ",
        "subject": "Chăm sóc người cao tuổi năm 2025",
    }
    (cited,) = found["citations"]
    assert cited["note"]
    assert (cited["kind"], cited["code"], cited["issued_on"], cited["issuer"]) == (
        "KL",
        "86-KL/TW",
        "2024-07-10",
        "Ban Bí thư",
    )
    (duty,) = found["obligations"]
    start, end = duty.pop("span")
    assert end > start
    assert duty == {
        "addressees": ["Sở Y tế các tỉnh, thành phố"],
        "due": "2025-10-30",
        "boundary": "by_time",
        "time": "17:00",
        "recurrence": None,
        "receiver": "Bộ Y tế (qua Văn phòng Bộ)",
    }
    assert cited["note"] in found["warnings"]


def test_spans_index_the_text_as_it_was_read(tmp_path):
    text = "Thực hiện Nghị quyết số 20-NQ/TW ngày 25/10/2017, đơn vị báo cáo."
    (cited,) = file_object(written(tmp_path, "a.txt", b"\xef\xbb\xbf" + text.encode()))["citations"]
    start, end = cited["span"]
    assert text[start:end] == "Nghị quyết số 20-NQ/TW ngày 25/10/2017"


EMPTY = {
    "header": {"kind": None, "number": None, "code": None, "issued_on": None, "issuer": "", "subject": ""},
    "citations": [],
    "obligations": [],
}


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("quet.pdf", pdf([[]], picture=True), "bản quét"),
        ("cu.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), ".docx"),
        ("lon.txt", b"a" * (LARGEST + 1), "20 MB"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path, name, data, words):
    file = written(tmp_path, name, data)
    found = file_object(file)
    (warning,) = found.pop("warnings")
    assert found == {"file": file, **EMPTY}
    assert name in warning
    assert words in warning


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("mat.txt", "BỘ MẪU\nMẬT\n\nSố: 12/BM-VP\nBáo cáo trước ngày 20/10/2030.".encode()),
        ("mat.docx", docx(paragraph("BỘ MẪU") + paragraph("MẬT") + paragraph("Số: 12/BM-VP"))),
    ],
)
def test_a_paper_with_a_secrecy_mark_is_not_read(tmp_path, name, data):
    file = written(tmp_path, name, data)
    found = file_object(file)
    (warning,) = found.pop("warnings")
    assert found == {"file": file, **EMPTY}
    assert warning.startswith(f"Văn bản trong tệp {name} mang dấu MẬT nên không được để trên máy này. Bí mật")


@pytest.mark.parametrize("file", ["khong-co.docx", ".", "a\0b"])
def test_a_file_that_cannot_be_opened_says_so(file):
    found = file_object(file)
    assert found.pop("warnings")[0].startswith("Không mở được tệp")
    assert found == {"file": file, **EMPTY}


def test_what_was_extracted_with_a_warning_says_it_first(tmp_path):
    old = "C«ng v¨n sè 12/BYT-VP ngµy 01/02/2004 cña Bé Y tÕ vÒ viÖc b¸o c¸o"
    found = file_object(written(tmp_path, "cu.txt", old.encode()))
    assert "TCVN3" in found["warnings"][0]
    assert [each["code"] for each in found["citations"]] == ["12/BYT-VP"]


@pytest.mark.parametrize(
    ("line", "fragment", "day"),
    [
        ("trước 20/10", "trước 20/10", None),
        (r"số 07-\nNQ/TU", "số 07-\nNQ/TU", None),
        ("trước 20/10\t2025-01-05", "trước 20/10", date(2025, 1, 5)),
        ("trước 20/10\t", "trước 20/10", None),
        ("a\tb\t2025-01-05 ", "a\tb", date(2025, 1, 5)),
        ("a\tb", "a\tb", None),
        ("a\t2025-02-30", "a\t2025-02-30", None),
        ("", "", None),
    ],
)
def test_lines_of_input(line, fragment, day):
    assert fragment_of_line(line) == (fragment, day)


def test_a_line_without_deadline_or_citation_still_answers():
    assert deadline_of_line("kịp thời") == {"due": None, "boundary": "none", "time": None, "recurrence": None}
    assert citations_of_line("khóa XIII, khoản 2 Điều 5") == {"citations": []}


def test_a_date_without_a_year_takes_the_documents():
    assert deadline_of_line("gửi báo cáo trước ngày 20/10\t2025-01-05")["due"] == "2025-10-20"
