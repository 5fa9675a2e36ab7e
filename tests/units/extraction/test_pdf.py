"""PDF: reading order, letterheads, running heads, scans."""

import re
import unicodedata

import pikepdf
import pytest

from tests.units.extraction.paper_samples import Placed, pdf
from units.extraction.pdf import first_page, read_pdf
from units.extraction.unreadable import Reason, Unreadable

HEAD: list[Placed] = [
    (75, 790, "ỦY BAN NHÂN DÂN"),
    (82, 774, "TỈNH QUẢNG THỬ"),
    (260, 790, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (300, 774, "Độc lập - Tự do - Hạnh phúc"),
    (75, 750, "Số: 21/KH-UBND"),
    (300, 750, "Quảng Thử, ngày 05 tháng 3 năm 2025"),
    (270, 710, "KẾ HOẠCH"),
]
HEAD_TEXT = (
    "ỦY BAN NHÂN DÂN\nTỈNH QUẢNG THỬ\nSố: 21/KH-UBND\n\n"
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nQuảng Thử, ngày 05 tháng 3 năm 2025\n\n"
    "KẾ HOẠCH"
)


def body(*lines: str, top: float = 680, left: float = 85) -> list[Placed]:
    return [(left, top - 18 * place, line) for place, line in enumerate(lines)]


def text(*pages: list[Placed]) -> str:
    return read_pdf(pdf(pages)).text


FILLING = body(
    "Đoạn thứ nhất của văn bản được viết để thử nghiệm",
    "đoạn thứ hai tiếp theo ngay bên dưới đoạn đầu",
    "và kết thúc.",
)


@pytest.mark.parametrize(
    "order", [range(7), [0, 2, 1, 3, 4, 5, 6], [2, 3, 5, 0, 1, 4, 6], [6, 5, 4, 3, 2, 1, 0]]
)
def test_a_letterhead_is_read_column_by_column_however_it_was_written(order):
    assert text([HEAD[place] for place in order] + FILLING).startswith(HEAD_TEXT)


def test_the_partys_letterhead_has_a_narrower_right_column():
    head: list[Placed] = [
        (80, 790, "THÀNH ỦY HẢI THỬ"),
        (330, 790, "ĐẢNG CỘNG SẢN VIỆT NAM"),
        (80, 760, "Số 7-CT/TU"),
        (290, 760, "Hải Thử, ngày 05 tháng 3 năm 2025"),
        (275, 720, "CHỈ THỊ"),
    ]
    found = [line for line in text(head + FILLING).split("\n") if line]
    assert found[:5] == [head[place][2] for place in (0, 2, 1, 3, 4)]


def test_a_title_on_the_left_ends_the_letterhead():
    assert text([*HEAD[:6], (85, 710, "KẾ HOẠCH"), *FILLING]).startswith(HEAD_TEXT)


def test_a_mark_of_a_footnote_does_not_become_part_of_a_number():
    pieces = [
        (85, 600, "số 45-NQ/TW"),
        (156.5, 605, "^1"),
        (170, 600, "rộng 10 m"),
        (228.5, 605, "^2"),
        (240, 600, "đất"),
    ]
    assert text(FILLING + pieces).split()[-6:] == ["số", "45-NQ/TW", "rộng", "10", "m2", "đất"]


@pytest.mark.parametrize("label", ["1.", "a)", "IV.", "2.1.", "-", "\uf0b7"])
def test_labels_stand_before_their_items(label):
    found = text([*FILLING, (85, 560, label), (140, 560, "Sở Y tế")])
    assert found.endswith(f"\n{'-' if label == chr(0xF0B7) else label} Sở Y tế")


def test_blanks_in_the_text_are_no_cells():
    line = [(85, 600, "theo Quyết định số"), (270, 600, "/QĐ-BYT ngày"), (400, 600, "tháng 5")]
    assert re.search(r"định số {10,}/QĐ-BYT ngày {8,}tháng 5$", text(FILLING + line))


def test_decomposed_letters_stay_whole():
    line = unicodedata.normalize("NFD", "Thực hiện chương trình của Ủy ban nhân dân tỉnh")
    assert unicodedata.normalize("NFC", text(body(line))) == unicodedata.normalize("NFC", line)


def test_blanks_of_a_draft_stay_blank():
    draft: list[Placed] = [
        (75, 750, "Số:"),
        (135, 750, "/SYT-VP"),
        (300, 750, "Hải Thử, ngày"),
        (430, 750, "tháng"),
        (490, 750, "năm 2025"),
    ]
    found = text([*HEAD[:4], *draft, *FILLING])
    assert re.search(r"^Số: {8,}/SYT-VP$", found, re.MULTILINE)
    assert re.search(r"^Hải Thử, ngày {8,}tháng {5,}năm 2025$", found, re.MULTILINE)


def test_words_broken_over_lines_stay_broken():
    assert "số 07-\nNQ/TU" in text(
        body("Thực hiện Nghị quyết số 07-", "NQ/TU ngày 02/8/2018 của Ban Thường vụ")
    )


def test_the_order_of_the_file_keeps_cells_together():
    cells = [
        (85, 600, "Rà soát toàn bộ"),
        (85, 582, "hồ sơ"),
        (300, 600, "Sở Y tế"),
        (450, 600, "30/6/2025"),
        (85, 560, "Dòng sau"),
    ]
    lines = [line for line in text(FILLING + cells).split("\n") if line]
    assert lines[-4:-2] == ["Rà soát toàn bộ", "hồ sơ"]
    assert lines[-2] == "Sở Y tế\t30/6/2025"
    assert lines[-1] == "Dòng sau"


def test_a_file_in_disorder_is_read_from_the_top():
    lines = [f"Dòng chữ thứ {number} của trang này" for number in range(12)]
    placed = body(*lines)
    shuffled = [placed[place] for place in (7, 3, 11, 0, 9, 5, 1, 10, 2, 8, 4, 6)]
    assert text(shuffled) == "\n".join(lines)


def test_page_numbers_and_running_heads_go():
    pages = [
        [
            (290, 810, f"{number}"),
            (85, 30, "Kế hoạch công tác năm 2025"),
            *body(f"Trang này là trang {number}", f"Nội dung số {number} của kế hoạch"),
        ]
        for number in range(1, 5)
    ]
    assert text(*pages).split("\n") == [
        line
        for number in range(1, 5)
        for line in (f"Trang này là trang {number}", f"Nội dung số {number} của kế hoạch")
    ]


@pytest.mark.parametrize("number", ["- 2 -", "2/14", "Trang 2"])
def test_forms_of_page_numbers(number):
    assert number not in text(FILLING, [(290, 812, number), *FILLING])


def test_numbers_in_the_text_stay():
    assert text(FILLING, [(85, 812, "2. Sở Y tế"), (85, 400, "15"), *FILLING]).count("2. Sở Y tế") == 1
    assert "\n15" in text([*FILLING, (85, 400, "15")])


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_turned_page_is_read(turned):
    lines = [f"Dòng thứ {n} của phụ lục được in nằm ngang trên trang giấy" for n in range(4)]
    assert read_pdf(pdf([body(*lines, top=400)], turned=turned)).text.split("\n") == lines


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf([[], []]), Reason.NO_TEXT),
        (pdf([[], []], picture=True), Reason.SCANNED),
        (pdf([[(400, 800, "Ký bởi: Bộ Y tế, ngày 12/3/2025")]], picture=True), Reason.SCANNED),
        (pdf([FILLING] * 201), Reason.TOO_MANY_PAGES),
        (b"%PDF-1.7\n%%EOF", Reason.BROKEN),
        (pdf([FILLING])[:300], Reason.BROKEN),
    ],
)
def test_what_cannot_be_read(data, reason):
    with pytest.raises(Unreadable) as caught:
        read_pdf(data)
    assert caught.value.reason == reason


def test_a_password_is_told(tmp_path):
    path = tmp_path / "khoa.pdf"
    path.write_bytes(pdf([FILLING]))
    with pikepdf.open(path) as document:
        document.save(tmp_path / "1.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))
        document.save(tmp_path / "2.pdf", encryption=pikepdf.Encryption(owner="a", user=""))
    with pytest.raises(Unreadable) as caught:
        read_pdf((tmp_path / "1.pdf").read_bytes())
    assert caught.value.reason == Reason.ENCRYPTED
    assert read_pdf((tmp_path / "2.pdf").read_bytes()).text.startswith("Đoạn thứ nhất")


def test_pages_without_text_among_others_are_named():
    found = read_pdf(
        pdf([body(*(f"{line} {n}" for n in range(5) for _, _, line in FILLING)), []], picture=True)
    )
    assert (found.pages, found.unread) == (2, (2,))


def test_the_first_page_has_its_margins_and_no_end_of_pages():
    pages = [[(85, 815, "TỐI MẬT"), *FILLING], *([FILLING] * 250)]
    assert first_page(pdf(pages)).startswith("TỐI MẬT\n")


def test_digits_of_a_lower_font_stay():
    """The sample draws digits with a font of its own, whose boxes are lower than those of the letters."""
    line = "Nghị quyết số 45-NQ/TW ngày 24/11/2023 của Hội nghị"
    assert text(body(line)) == line
