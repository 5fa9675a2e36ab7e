"""The tree of a narrative stays small whatever is sent, and loses no text by it."""

from __future__ import annotations

import pytest

from reporting.narrative import clean
from reporting.narrative_tree import MAX_DEPTH, MAX_LINES, descendants, parsed, serialise


def test_a_tree_gives_back_the_html_it_was_read_from() -> None:
    html = '<p>a &lt; <strong>b</strong></p><table><tbody><tr><td colspan="2">c</td></tr></tbody></table>'
    root = parsed(html)
    assert [node.tag for node in descendants(root)] == ["p", "strong", "table", "tbody", "tr", "td"]
    assert serialise(root.children) == html


@pytest.mark.parametrize("tag", ["ul><li", "div", "b", "table><tr><td", "blockquote"])
def test_clean_bounds_depth(tag: str) -> None:
    cleaned = clean(f"<{tag}>" * 4000 + "x")
    depth = deepest = 0
    for part in cleaned.split("<")[1:]:
        depth += -1 if part.startswith("/") else 1
        deepest = max(deepest, depth)
    assert deepest <= MAX_DEPTH
    assert "x" in cleaned


def test_clean_bounds_the_columns_of_a_table_whatever_the_spans() -> None:
    row = "<tr>" + '<td colspan="20" rowspan="20">x</td>' * 50 + "</tr>"
    cleaned = clean("<table>" + row * 30 + "</table>")
    assert cleaned.count("<td") <= 2 * 30
    assert cleaned.count("x") == 50 * 30, "the text of surplus cells stays"


def test_clean_gives_up_line_breaks_before_they_cost_the_square() -> None:
    cleaned = clean("<p><b>" + "a<br>" * 1000 + "</b></p>")
    assert cleaned.count("a") == 1000 + 0
    assert max(part.count("<br>") for part in cleaned.split("</p>")) < MAX_LINES
    assert cleaned.count("<p><strong>") == cleaned.count("<p>") > 20
