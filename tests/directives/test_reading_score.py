"""The bar: how well whole papers are read, as printed and with what scanners and converters do to them."""

import re
import textwrap
import unicodedata
from collections import Counter
from collections.abc import Callable

import pytest

from tests.directives.reading_score import (
    MEASURES,
    PAPERS,
    Score,
    Tally,
    line_of,
    new_score,
    read_gold,
    score_paper,
)

_CODE = re.compile(r"(?<![\w/])\d{1,5}[a-z]?(?:/\d{4})?\s?[-/]\s?[A-ZĐƯ][\w&]*(?:\s?[-/]\s?[A-ZĐ][\w&]*)*")


def _in_codes(change: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: _CODE.sub(lambda match: change(match.group()), unicodedata.normalize("NFC", text))


def _wrapped(text: str) -> str:
    """Break paragraphs at 60 columns; tables and letterheads of two columns stay."""
    lines: list[str] = []
    for line in unicodedata.normalize("NFC", text).replace("\r\n", "\n").split("\n"):
        whole = len(line) <= 60 or "\t" in line or "|" in line or re.search(r"\S {3,}\S|^ {30}", line)
        lines += [line] if whole else textwrap.wrap(line, 60, break_long_words=False)
    return "\n".join(lines)


VARIANTS: dict[str, Callable[[str], str]] = {
    "as printed": str,
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "en dashes": _in_codes(lambda code: code.replace("-", "–")),
    "broken at the dash": _in_codes(lambda code: re.sub(r"-(?=[A-ZĐ])", "-\n\n   ", code, count=1)),
    "broken at the slash": _in_codes(lambda code: re.sub(r"/(?=[A-ZĐ])", "/\n", code, count=1)),
    "blanks in the code": _in_codes(lambda code: code.replace("-", " - ").replace("/", " / ")),
    "hyphen lost": _in_codes(lambda code: re.sub(r"^(\d+)-(?=[A-ZĐ])", r"\1 ", code)),
    "TƯ": _in_codes(lambda code: code.replace("TW", "TƯ")),
    "every second line blank": lambda text: text.replace("\n", "\n\n"),
    "carriage returns": lambda text: text.replace("\r\n", "\n").replace("\n", "\r\n"),
    "wrapped at 60": _wrapped,
    "double spaces": lambda text: text.replace(" ", "  "),
    "dots in dates": lambda text: re.sub(r"(\d{1,2})/(\d{1,2})/(\d{4})(?!/)", r"\1.\2.\3", text),
}


def _score(name: str) -> Score:
    """Score all papers as printed; what is done to them is tried on every third one."""
    variant, total = VARIANTS[name], new_score()
    papers = sorted(PAPERS.glob("*.txt"))
    for path in papers if variant is str else papers[::3]:
        text, gold = read_gold(path)
        score = score_paper(variant(text), gold)
        for measure in MEASURES:
            total[measure].add(score[measure])
    return total


@pytest.mark.parametrize("name", VARIANTS)
def test_papers_meet_the_bar(name: str) -> None:
    score = _score(name)
    told = line_of(score)
    assert score["citations"].f1 >= 0.99, told
    assert score["dates"].f1 >= 0.99, told
    assert score["deadlines"].f1 >= 0.98, told
    assert score["addressees"].recall >= 0.97, told
    assert score["names"].recall >= 0.97, told
    assert score["headers"].f1 >= 0.98, told
    assert score["relations"].f1 >= 0.98, told


def test_every_paper_has_its_gold() -> None:
    papers = {path.stem for path in PAPERS.glob("*.txt")}
    assert len(papers) >= 40
    assert papers == {path.stem for path in PAPERS.glob("*.json")}


def test_a_tally_counts_each_occurrence() -> None:
    tally = Tally()
    tally.count(Counter("aab"), Counter("abbc"))
    assert (tally.hits, tally.missed, sorted(tally.alarms)) == (2, ["a"], ["b", "c"])
    assert tally.recall == pytest.approx(2 / 3)
    assert tally.f1 == pytest.approx(4 / 7)
