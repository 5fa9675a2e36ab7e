"""Labels of automatic lists."""

import pytest

from units.extraction.labels import Counter, Level, bullet, counted


@pytest.mark.parametrize(
    ("number", "form", "printed"),
    [
        (4, "decimal", "4"),
        (4, "decimalZero", "04"),
        (4, "lowerLetter", "d"),
        (28, "lowerLetter", "bb"),
        (3, "upperLetter", "C"),
        (14, "upperRoman", "XIV"),
        (9, "lowerRoman", "ix"),
        (0, "upperRoman", "0"),
        (5, "none", ""),
        (7, "hebrew1", "7"),
    ],
)
def test_forms(number, form, printed):
    assert counted(number, form) == printed


def test_levels_count_under_each_other_and_begin_anew():
    counter = Counter(
        {
            0: Level("upperRoman", "%1."),
            1: Level("decimal", "%1.%2.", legal=True),
            2: Level("lowerLetter", "%3)"),
            3: Level("bullet", "\uf0b7"),
        }
    )
    depths = [0, 1, 2, 2, 3, 1, 0, 1, 2]
    assert [counter.next(depth) for depth in depths] == [
        "I.",
        "1.1.",
        "a)",
        "b)",
        "-",
        "1.2.",
        "II.",
        "2.1.",
        "a)",
    ]


def test_a_level_may_go_on_counting():
    counter = Counter({0: Level("upperRoman", "%1."), 1: Level("decimal", "%2.", restarts=False)})
    assert [counter.next(depth) for depth in (0, 1, 0, 1)] == ["I.", "1.", "II.", "2."]


def test_a_list_may_begin_anywhere():
    counter = Counter({0: Level("decimal", "%1.", start=5)})
    assert [counter.next(0), counter.next(0), counter.next(0, start=1), counter.next(0)] == [
        "5.",
        "6.",
        "1.",
        "2.",
    ]


@pytest.mark.parametrize(
    ("sign", "printed"), [("•", "•"), ("+", "+"), ("\uf0a7", "-"), ("", "-"), ("o", "-")]
)
def test_bullets(sign, printed):
    assert bullet(sign) == printed
