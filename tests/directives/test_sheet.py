"""A paper laid out with its marks: paragraphs joined, marks never one in another, nothing lost."""

import pytest

from directives.sheet import Mark, laid_out


def drawn(text, *marks):
    """ "[A1^:words$]" where a mark begins for the first time (^) and ends ($)."""
    return [
        "".join(
            f"[{piece.key}{'^' if piece.first else ''}:{piece.text}{'$' if piece.last else ''}]"
            if piece.key
            else piece.text
            for piece in paragraph.pieces
        )
        for paragraph in laid_out(text, [Mark(*mark) for mark in marks])
    ]


@pytest.mark.parametrize(
    ("text", "marks", "expected"),
    [
        ("Theo 5-CT/TW nay.", [(5, 12, "A1")], ["Theo [A1^:5-CT/TW$] nay."]),
        ("abcdef", [(0, 6, "C1"), (2, 4, "A1")], ["[C1^:ab][A1^:cd$][C1:ef$]"]),
        ("abcdef", [(0, 4, "A1"), (2, 6, "B1")], ["[A1^:ab][B1^:cdef$]"]),
        ("abcd", [(0, 2, "A1"), (2, 4, "A1")], ["[A1^:ab$][A1:cd$]"]),
        ("abcd", [(0, 4, "A1"), (0, 4, "D1")], ["[A1^:abcd$]"]),
        ("abc", [(2, 99, "A1"), (3, 3, "A2"), (50, 60, "A3")], ["ab[A1^:c$]"]),
        ("a.\nb.", [(0, 5, "C1")], ["[C1^:a.]", "[C1:b.$]"]),
        ("Theo số 07-\nNQ/TU nay", [(5, 17, "A1")], ["Theo [A1^:số 07-\nNQ/TU$] nay"]),
    ],
)
def test_every_character_has_one_mark_at_most(text, marks, expected):
    assert drawn(text, *marks) == expected


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("Dòng một\ncòn tiếp\n\nvà hết.\nDòng hai", ["Dòng một\ncòn tiếp\n\nvà hết.", "Dòng hai"]),
        ("Gồm:\n- một\n- hai", ["Gồm:", "- một", "- hai"]),
        ("Việc:\nnhỏ", ["Việc:", "nhỏ"]),
        ("\n \n", []),
    ],
)
def test_only_lines_the_page_parted_are_joined(text, paragraphs):
    assert drawn(text) == paragraphs


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("KẾ HOẠCH\nPhòng dịch năm 2025\nCăn cứ luật.", ["title", "title", ""]),
        ("I. MỤC ĐÍCH\nNội dung.", ["part", ""]),
        ("Điều 5. Hiệu lực", ["part"]),
        ("SỞ Y TẾ\nSố: 5/SYT", ["title", ""]),
    ],
)
def test_headings_are_told_from_text(text, forms):
    assert [paragraph.form for paragraph in laid_out(text, [])] == forms


def test_nothing_is_lost_between_marks():
    text = "".join(chr(97 + n % 26) for n in range(2_000))
    marks = [Mark(n % 1_900, n % 1_900 + n % 90, f"{'ABCD'[n % 4]}{n}") for n in range(500)]
    (paragraph,) = laid_out(text, marks)
    assert "".join(piece.text for piece in paragraph.pieces) == text
