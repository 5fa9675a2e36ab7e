"""The text people write in a report: what is kept of it, and how it is read.

A narrative is a small HTML fragment: paragraphs, lists and tables, nothing else. `clean` is applied when
a narrative is saved and again when it is printed, so that neither an old row nor a row written around the
form can bring in a script, an address to fetch or a table that hangs the renderer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, wraps

import nh3

from reporting.narrative_tree import (
    INLINE,
    MAX_LINES,
    PARAGRAPHS,
    SPACES,
    SPLITTERS,
    TABLE_PARTS,
    Node,
    descendants,
    grown,
    parsed,
    serialise,
)
from units.secrecy import has_secret_mark as has_secret_mark  # read by drafting and the checks
from units.text import nfc

MAX_BYTES = 200_000
MAX_RAW_BYTES = 2_000_000
_SHORT = 8_000  # characters of a text that is worth remembering; longer ones would fill the memory

_ACCEPTED = {*INLINE, *PARAGRAPHS, *SPLITTERS, *TABLE_PARTS, "br", "ul", "ol", "li", "span"}
_KNOWN_TAG = re.compile(r"<\s*/?\s*(?:[a-z][a-z0-9]*(?::[a-z]+)?)(?:\s[^<>]*)?/?>|<!--", re.IGNORECASE)
_CONDITIONAL = re.compile(r"<!\[(?:if|endif)[^>]*\]>", re.IGNORECASE)
_UNSEEN = re.compile("[\u200b-\u200f\u2060-\u206f\ufffe\uffff]")
_BULLET = re.compile(r"^[-–•+*·]\s+")


class NarrativeTooLong(ValueError):
    """The narrative is larger than `MAX_BYTES`; the message is for the person who wrote it."""

    def __init__(self, size: int) -> None:
        """Keep the size found, in bytes, and say it in thousands."""
        self.size = size
        super().__init__(
            f"Nội dung quá dài ({size // 1000} kB, tối đa {MAX_BYTES // 1000} kB). "
            "Hãy rút gọn hoặc đưa phần chi tiết vào tệp đính kèm."
        )


@dataclass(frozen=True)
class Paragraph:
    """One passage of a narrative: a paragraph, a list item or a table, as HTML and as plain text."""

    html: str
    text: str


def _remembered(read: Callable[[str], str]) -> Callable[[str], str]:
    """Keep the latest answers: the same text is read when saved, checked, shown, sent and printed."""
    kept = lru_cache(maxsize=1024)(read)

    @wraps(read)
    def answer(html: str) -> str:
        return kept(html) if len(html) <= _SHORT else read(html)

    return answer


@_remembered
def clean(html: str) -> str:
    """Return the safe, NFC form of a narrative; the same result when applied again.

    Text without a single tag is read as typed text (see `from_plain`). Raises `NarrativeTooLong` when the
    fragment exceeds `MAX_BYTES` after cleaning, or is absurdly large before.
    """
    size = len(html) if html.isascii() else len(html.encode("utf-8", "surrogatepass"))
    if size > MAX_RAW_BYTES:
        raise NarrativeTooLong(size)
    if not html.strip():
        return ""
    if not _KNOWN_TAG.search(html):
        cleaned = from_plain(html)
    else:
        cleaned = _stable(serialise(grown(_filtered(_tidied(html))).children))
    _refuse_long(cleaned)
    return cleaned


def from_plain(text: str) -> str:
    """Turn typed text into a narrative: blank line = new paragraph, lines starting with "- " = list items.

    A single line break inside a paragraph is kept as a line break. Raises `NarrativeTooLong`.
    """
    blocks: list[Node | str] = []
    for chunk in re.split(r"\n[ \t]*\n", _tidied(text).replace("\r\n", "\n").replace("\r", "\n")):
        _add_chunk(blocks, [_line(line) for line in chunk.split("\n") if line.strip()])
    html = serialise(blocks)
    _refuse_long(html)
    return html


@_remembered
def to_text(html: str) -> str:
    """Return the narrative as plain text that `from_plain` reads back: blank lines, "- " for list items.

    Cells of a table row are parted by a tab, rows by a line break.
    """
    return "\n\n".join(_block_texts(parsed(html).children)).strip()


def paragraphs(html: str) -> list[Paragraph]:
    """Split a cleaned narrative into passages: every top-level paragraph, list item and table is one.

    A list item comes as its list with that one item, so each passage stands alone as HTML.
    """
    passages: list[Paragraph] = []
    for node in parsed(html).children:
        if isinstance(node, str):
            continue
        for part in _passages_of(node):
            text = "\n".join(_block_texts([part])).strip()
            if text:
                passages.append(Paragraph(serialise([part]), text))
    return passages


def tree(html: str) -> Node:
    """Return a cleaned narrative as a tree, for printing it as something else than HTML."""
    return parsed(clean(html))


def word_count(html: str) -> int:
    """Number of words of a narrative; in Vietnamese a word is what stands between blanks."""
    return sum(any(char.isalnum() for char in word) for word in to_text(html).split())


def _stable(html: str) -> str:
    """Clean again until nothing changes: dropping one thing may leave another at an edge."""
    for _ in range(4):
        again = serialise(grown(_filtered(html)).children)
        if again == html:
            break
        html = again
    return html


def _refuse_long(html: str) -> None:
    size = len(html.encode())
    if size > MAX_BYTES:
        raise NarrativeTooLong(size)


def _tidied(text: str) -> str:
    """NFC without lone surrogates, control, zero-width and direction characters."""
    return _UNSEEN.sub("", nfc(text))


def _filtered(html: str) -> str:
    """First pass: nh3 drops everything unknown; only Word's list marks survive as attributes."""
    return nh3.clean(
        _CONDITIONAL.sub("", html),
        tags=_ACCEPTED,
        clean_content_tags={"script", "style", "title", "head", "xml", "svg", "math", "iframe", "object"},
        attributes={
            "p": {"style"},
            "span": {"style"},
            "td": {"colspan", "rowspan"},
            "th": {"colspan", "rowspan"},
        },
        attribute_filter=_filter_attribute,
        strip_comments=True,
        link_rel=None,
        url_schemes=set(),
    )


def _filter_attribute(tag: str, name: str, value: str) -> str | None:
    if name == "style":
        folded = value.lower().replace(" ", "")
        if "mso-list:ignore" in folded:
            return "ignore"
        return "item" if tag == "p" and "mso-list:" in folded and "mso-list:none" not in folded else None
    return value if value.isascii() and value.isdigit() and len(value) < 8 else None


def _line(text: str) -> str:
    return SPACES.sub(" ", text).strip()


def _add_chunk(blocks: list[Node | str], lines: list[str]) -> None:
    """Append the blocks of one run of typed lines: list items join the list that is already open."""
    for index, line in enumerate(lines):
        last = blocks[-1] if blocks else None
        if _BULLET.match(line):
            item = Node("li", children=[_BULLET.sub("", line)])
            if isinstance(last, Node) and last.tag == "ul":
                last.children.append(item)
            else:
                blocks.append(Node("ul", children=[item]))
        elif index % MAX_LINES and isinstance(last, Node):
            target = last if last.tag == "p" else last.children[-1]
            assert isinstance(target, Node)
            target.children += [Node("br"), line]
        else:
            blocks.append(Node("p", children=[line]))


def _passages_of(node: Node) -> Iterator[Node]:
    if node.tag in {"ul", "ol"}:
        for item in node.children:
            if isinstance(item, Node):
                yield Node(node.tag, {}, [item])
    else:
        yield node


def _block_texts(children: list[Node | str]) -> list[str]:
    """One string a block; lists and tables keep their lines together."""
    texts: list[str] = []
    for child in children:
        if isinstance(child, str):
            if child.strip():
                texts.append(child.strip())
        elif child.tag in {"ul", "ol"}:
            texts.append("\n".join(_item_lines(child)))
        elif child.tag == "table":
            rows = [node for node in descendants(child) if node.tag == "tr"]
            texts.append("\n".join(_row_text(row) for row in rows))
        else:
            texts.append(_inline_text(child))
    return [text for text in texts if text.strip()]


def _item_lines(node: Node) -> Iterator[str]:
    for item in node.children:
        if not isinstance(item, Node):
            continue
        own = Node("li", {}, [c for c in item.children if isinstance(c, str) or c.tag not in {"ul", "ol"}])
        text = _inline_text(own)
        if text:
            yield f"- {text}"
        for child in item.children:
            if isinstance(child, Node) and child.tag in {"ul", "ol"}:
                yield from _item_lines(child)


def _row_text(row: Node) -> str:
    cells = [cell for cell in row.children if isinstance(cell, Node)]
    return "\t".join(_inline_text(cell).replace("\n", " ") for cell in cells)


def _inline_text(node: Node) -> str:
    parts: list[str] = []
    for child in node.children:
        if isinstance(child, str):
            parts.append(child)
        elif child.tag == "br":
            parts.append("\n")
        else:
            inner = _inline_text(child)
            parts.append(f"\n{inner}\n" if child.tag in {"p", "ul", "ol", "table", "tr"} and parts else inner)
    return re.sub(r"\n{2,}", "\n", "".join(parts)).strip()
