"""A table of papers: its columns, and every line with the quirks people type."""

from datetime import date

import pytest

from directives.paper_sheets import MOST_LINES, TEMPLATE, Named, SheetRefused, lines_of, read_line

HEADING = ["Loại", "Số, ký hiệu", "Ngày ban hành", "Cơ quan ban hành", "Trích yếu"]
FULL = {"kind": "Nghị quyết", "code": "45-NQ/TW", "issued_on": "24/11/2023", "issuer": "BCH", "title": "Về x"}


def line(**cells):
    return read_line(2, {**FULL, **cells})


def test_columns_are_found_by_their_headings():
    rows = [
        ["Văn bản cần đăng ký"],
        [],
        ["STT", "SỐ  KÝ HIỆU", "Trích yếu nội dung (ngắn)", "Ghi riêng"],
        ["1", "45-NQ/TW", "Về x"],
        ["2"],
        ["", "46-NQ/TW"],
    ]
    lines, unused = lines_of(rows, "a.xlsx")
    assert lines == [(4, {"code": "45-NQ/TW", "title": "Về x"}), (6, {"code": "46-NQ/TW", "title": ""})]
    assert unused == ["Ghi riêng"]


def test_the_template_is_understood():
    lines, unused = lines_of([[title for title, _ in TEMPLATE], ["Kế hoạch"] * len(TEMPLATE)], "a.xlsx")
    assert len(lines[0][1]) == len(TEMPLATE)
    assert unused == []


@pytest.mark.parametrize(
    ("rows", "name", "words"),
    [
        ([["a", "b"]], "a.xlsx", "Không thấy dòng tiêu đề"),
        ([HEADING], "a.xlsx", "chưa có văn bản nào"),
        ([HEADING, *[["KH", "1/KH-BYT"]] * (MOST_LINES + 1)], "a.xlsx", f"nhiều nhất {MOST_LINES}"),
        (
            [HEADING, ["KH", "1/KH-BYT", "", "", "Kế hoạch (TỐI MẬT)"]],
            "a.xlsx",
            "Dòng 2 của bảng mang dấu TỐI MẬT",
        ),
        ([HEADING, ["KH", "1/KH-BYT", "", "", "x", "", "Mật"]], "a.xlsx", "Dòng 2 của bảng mang dấu MẬT"),
        ([HEADING, ["KH", "1/KH-BYT"]], "Danh muc (MẬT).xlsx", "Tên tệp mang dấu MẬT"),
    ],
)
def test_tables_that_cannot_be_taken(rows, name, words):
    with pytest.raises(SheetRefused, match=words.replace("(", r"\(")):
        lines_of(rows, name)


@pytest.mark.parametrize(
    ("cells", "kind", "code", "kind_word"),
    [
        ({}, "NQ", "45-NQ/TW", ""),
        ({"code": "45 – NQ / TƯ"}, "NQ", "45-NQ/TW", ""),
        ({"code": "07-\nNQ/TU"}, "NQ", "07-NQ/TU", ""),
        ({"kind": "", "code": "Số: 30/2020/NĐ-CP"}, "NĐ", "30/2020/NĐ-CP", ""),
        ({"kind": "", "code": "Kế hoạch số 12/KH-BYT"}, "KH", "12/KH-BYT", ""),
        ({"kind": "Quy định", "code": "66-QĐ/TW"}, "QĐ", "66-QĐ/TW", "Quy định"),
        ({"kind": "Quyết định (QĐ)", "code": "288/QĐ-BYT"}, "QĐ", "288/QĐ-BYT", ""),
        ({"kind": "", "code": "4396/BYT-KH-TC"}, "CV", "4396/BYT-KH-TC", ""),
    ],
)
def test_numbers_with_their_quirks(cells, kind, code, kind_word):
    entry = line(**cells)
    assert (entry.kind, entry.code, entry.kind_word, entry.problems) == (kind, code, kind_word, [])


def test_letters_against_the_kind_are_put_right_and_said():
    entry = line(kind="Kết luận", code="86-KT/TW")
    assert (entry.code, entry.printed_as) == ("86-KL/TW", "86-KT/TW")
    assert "86-KL/TW" in entry.remarks[0]


@pytest.mark.parametrize(
    "typed",
    [
        "10/7/2024",
        "10/07/2024",
        "10.7.2024",
        "10-7-2024",
        "ngày 10 tháng 7 năm 2024",
        "2024-07-10",
        "2024-07-10 00:00:00",
    ],
)
def test_dates_as_people_type_them(typed):
    assert line(issued_on=typed).issued_on == date(2024, 7, 10)


@pytest.mark.parametrize("typed", ["07/24/2024", "31/02/2024", "10/7", "45483", "sau", "1/1/0001"])
def test_what_is_no_date_says_how_to_write_one(typed):
    entry = line(issued_on=typed)
    assert entry.issued_on is None
    (problem,) = entry.problems
    assert "dd/mm/yyyy" in problem
    assert ("định dạng ô" in problem) == typed.isdigit()


def test_a_date_behind_the_number_is_taken_when_its_own_cell_is_empty():
    entry = line(code="45-NQ/TW ngày 24/11/2023", issued_on="")
    assert (entry.code, entry.issued_on, entry.problems) == ("45-NQ/TW", date(2023, 11, 24), [])


def test_papers_a_line_names():
    entry = line(
        implements="45-NQ/TW; 20-NQ/TW (ngày 25/10/2017)\nKế hoạch số 20-KH/TW", based_on="25–CT/TƯ và gì đó"
    )
    assert entry.implements == [Named("45-NQ/TW"), Named("20-NQ/TW", date(2017, 10, 25)), Named("20-KH/TW")]
    assert entry.based_on == [Named("25-CT/TW")]
    assert "gì đó" in entry.remarks[0]


@pytest.mark.parametrize(
    ("typed", "status", "since", "by"),
    [
        ("", "in_force", None, None),
        ("Còn hiệu lực", "in_force", None, None),
        ("DỰ THẢO", "draft", None, None),
        ("Đã thay thế từ 01/9/2024 theo 40-CT/TW", "replaced", date(2024, 9, 1), Named("40-CT/TW")),
        (
            "không còn hiệu lực từ ngày 1/9/2024 bởi Chỉ thị số 40-CT/TW ngày 01/9/2024",
            "repealed",
            date(2024, 9, 1),
            Named("40-CT/TW", date(2024, 9, 1)),
        ),
    ],
)
def test_validity_in_words(typed, status, since, by):
    entry = line(status=typed)
    assert (entry.status, entry.status_since, entry.status_by, entry.problems) == (status, since, by, [])


def test_validity_in_the_columns_of_the_export():
    entry = line(status="Đã bãi bỏ", status_since="01/09/2024", status_by="Chỉ thị số 40-CT/TW")
    assert (entry.status, entry.status_since, entry.status_by) == (
        "repealed",
        date(2024, 9, 1),
        Named("40-CT/TW"),
    )


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"title": " "}, "Thiếu trích yếu"),
        ({"issuer": ""}, "Thiếu cơ quan ban hành"),
        ({"code": ""}, "Thiếu số, ký hiệu"),
        ({"issued_on": ""}, "Thiếu ngày ban hành"),
        ({"kind": "", "code": "", "status": "Dự thảo"}, "Không biết loại"),
        ({"status": "hết hiệu lực"}, "chưa nói từ ngày nào"),
        ({"status": "treo"}, "Không hiểu hiệu lực"),
        ({"title": "x" * 601}, "dài hơn 600"),
    ],
)
def test_what_is_missing_says_what_to_write(cells, words):
    (problem,) = line(**cells).problems
    assert words in problem


def test_a_draft_lacks_number_and_date():
    assert not line(code="", issued_on="", status="Dự thảo").problems


def test_an_unreadable_number_is_a_question():
    entry = line(code="số lạ ##")
    assert (entry.problems, entry.code) == ([], "số lạ ##")
    assert "Không đọc được" in entry.doubts[0]
