"""Two blanks between words are read as one, and spans still find the original."""

from hypothesis import given
from hypothesis import strategies as st

from directives.spacing import single_blanks
from units.text import align


def test_two_blanks_become_one_and_columns_stay() -> None:
    text = "trước  ngày  20/10/2025   về  Bộ\n  gửi"
    read = single_blanks(align(text))
    assert read.text == "trước ngày 20/10/2025   về Bộ\n  gửi"
    assert text[slice(*read.span(0, 21))] == "trước  ngày  20/10/2025"


@given(st.text(alphabet=" ab\n", max_size=40))
def test_spans_find_the_same_characters(text: str) -> None:
    read = single_blanks(align(text))
    assert [text[slice(*read.span(at, at + 1))] for at in range(len(read.text))] == list(read.text)
