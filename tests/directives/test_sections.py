"""The skeleton of a paper: marks, nesting, headings that wrap."""

import pytest

from directives.sections import body_end, heading_end, is_titled, read_sections, tidy

PAPER = """I. MỤC ĐÍCH
1. Nâng cao nhận thức.
II. TỔ CHỨC THỰC HIỆN
1. Sở Y tế
a) Chủ trì thực hiện.
- Lập danh sách.
+ Theo mẫu.
1.1. Tổng hợp
2- Sở Tài chính
Điều 3. Hiệu lực
Nơi nhận:
- Lưu: VT.
"""


def _shape(text: str) -> list[tuple[int, str, str]]:
    found = read_sections(text, 0, body_end(text))
    return [(each.rank, each.number, each.title) for top in found for each in top.walk()]


def test_marks_and_levels() -> None:
    assert _shape(PAPER) == [
        (2, "I", "MỤC ĐÍCH"),
        (4, "1", "Nâng cao nhận thức."),
        (2, "II", "TỔ CHỨC THỰC HIỆN"),
        (4, "1", "Sở Y tế"),
        (8, "a", "Chủ trì thực hiện."),
        (9, "-", "Lập danh sách."),
        (10, "+", "Theo mẫu."),
        (5, "1.1", "Tổng hợp"),
        (4, "2", "Sở Tài chính"),
        (3, "3", "Hiệu lực"),
    ]


def test_items_are_nested() -> None:
    part = read_sections(PAPER, 0, body_end(PAPER))[1]
    assert [child.number for child in part.children] == ["1", "2", "3"]
    assert [child.number for child in part.children[0].children] == ["a", "1.1"]
    assert part.children[1].end == PAPER.index("Điều 3")


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("phát triển kinh tế\n- xã hội hằng năm", []),
        ("theo Nghị quyết số\n20-NQ/TW của Đảng", []),
        ("ngày\n25.12.2017 đã họp", []),
        ("**III. TỔ CHỨC**\n\n**1. Văn phòng**", [(2, "III", "TỔ CHỨC"), (4, "1", "Văn phòng")]),
        ("Phần thứ ba\nTỔ CHỨC THỰC HIỆN\n1. Sở Y tế", [(0, "Phần thứ ba", "TỔ CHỨC THỰC HIỆN"), (4, "1", "Sở Y tế")]),
        ("IV- KẾT QUẢ\n1 . Văn phòng : đôn đốc", [(2, "IV", "KẾT QUẢ"), (4, "1", "Văn phòng : đôn đốc")]),
        ("A. NỘI DUNG\n(1) Việc thứ nhất", [(1, "A", "NỘI DUNG"), (7, "1", "Việc thứ nhất")]),
    ],
)  # fmt: skip
def test_what_is_a_mark(text: str, shape: list[tuple[int, str, str]]) -> None:
    assert _shape(text) == shape


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("Sở Y tế\nChủ trì thực hiện", "Sở Y tế"),
        ("Sở Y tế các tỉnh, thành phố trực thuộc\nTrung ương\nChủ trì", "Sở Y tế các tỉnh, thành phố trực thuộc Trung ương"),
        ("Sở Y tế và các\nđơn vị\n\nBáo cáo", "Sở Y tế và các đơn vị"),
        ("Sở Y tế:\ntriển khai", "Sở Y tế:"),
    ],
)  # fmt: skip
def test_headings_wrap(text: str, heading: str) -> None:
    assert tidy(text[: heading_end(text, 0, len(text))]) == heading


def test_a_closing_paragraph_ends_the_list() -> None:
    text = "1. Sở Y tế\n- Lập kế hoạch.\nBáo cáo gửi về Sở trước ngày 25/6/2025.\nNơi nhận: VT"
    (item,) = read_sections(text, 0, body_end(text))
    assert text[item.end :].startswith("Báo cáo gửi")


def test_only_short_items_name_a_part() -> None:
    part, item = (
        read_sections("II. VỀ TỔ CHỨC THỰC HIỆN", 0)[0],
        read_sections("1. Công tác tổ chức thực hiện")[0],
    )
    assert is_titled(part, ("to chuc thuc hien",))
    assert not is_titled(item, ("to chuc thuc hien",))
