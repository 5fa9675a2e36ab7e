"""The text people write in a report: what is kept of it, and how it is read.

A narrative is a small HTML fragment: paragraphs, lists and tables, nothing else. `clean` is applied when
a narrative is saved and again when it is printed, so that neither an old row nor a row written around the
form can bring in a script, an address to fetch or a table that hangs the renderer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache, wraps
from html import escape
from html.parser import HTMLParser

import nh3

from units.secrecy import has_secret_mark as has_secret_mark  # read by drafting and the checks
from units.text import nfc

MAX_BYTES = 200_000
MAX_RAW_BYTES = 2_000_000
MAX_DEPTH = 30
MAX_SPAN = 20
MAX_COLUMNS = 40
MAX_BREAKS = 2  # line breaks in a row
_SHORT = 8_000  # characters of a text that is worth remembering; longer ones would fill the memory
MAX_LINES = 40  # line breaks in one paragraph: breaking lines costs the square of them

_INLINE = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "u": "u"}
_PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6"}
_SPLITTERS = {"div", "section", "article", "blockquote", "pre", "dl", "dt", "dd", "center"}
_TABLE_PARTS = {"table", "thead", "tbody", "tfoot", "tr", "td", "th"}
_ACCEPTED = {*_INLINE, *_PARAGRAPHS, *_SPLITTERS, *_TABLE_PARTS, "br", "ul", "ol", "li", "span"}
_KNOWN_TAG = re.compile(r"<\s*/?\s*(?:[a-z][a-z0-9]*(?::[a-z]+)?)(?:\s[^<>]*)?/?>|<!--", re.IGNORECASE)
_CONDITIONAL = re.compile(r"<!\[(?:if|endif)[^>]*\]>", re.IGNORECASE)
_UNSEEN = re.compile("[\u200b-\u200f\u2060-\u206f\ufffe\uffff]")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_BULLET = re.compile(r"^[-–•+*·]\s+")
_TYPED_NUMBER = re.compile(r"^\s*[\(\[]?(?:\d{1,3}|[a-zđ]|[ivx]{1,5})[.)\]]", re.IGNORECASE)
_RAW_MARKERS = re.compile(r"^[\s\u00a0\uf000-\uf0ff§·•o\-–]+$")


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


@dataclass
class Node:
    """An element of a narrative's tree; children are elements or text.

    Tags: root; p, ul, ol, table, thead, tbody, tr, th, td, li; strong, em, u, br. `attributes` holds only
    colspan and rowspan.
    """

    tag: str
    attributes: dict[str, int] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)


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
        cleaned = _stable(_serialise(_grown(_filtered(_tidied(html))).children))
    _refuse_long(cleaned)
    return cleaned


def from_plain(text: str) -> str:
    """Turn typed text into a narrative: blank line = new paragraph, lines starting with "- " = list items.

    A single line break inside a paragraph is kept as a line break. Raises `NarrativeTooLong`.
    """
    blocks: list[Node | str] = []
    for chunk in re.split(r"\n[ \t]*\n", _tidied(text).replace("\r\n", "\n").replace("\r", "\n")):
        _add_chunk(blocks, [_line(line) for line in chunk.split("\n") if line.strip()])
    html = _serialise(blocks)
    _refuse_long(html)
    return html


@_remembered
def to_text(html: str) -> str:
    """Return the narrative as plain text that `from_plain` reads back: blank lines, "- " for list items.

    Cells of a table row are parted by a tab, rows by a line break.
    """
    return "\n\n".join(_block_texts(_parsed(html).children)).strip()


def paragraphs(html: str) -> list[Paragraph]:
    """Split a cleaned narrative into passages: every top-level paragraph, list item and table is one.

    A list item comes as its list with that one item, so each passage stands alone as HTML.
    """
    passages: list[Paragraph] = []
    for node in _parsed(html).children:
        if isinstance(node, str):
            continue
        for part in _passages_of(node):
            text = "\n".join(_block_texts([part])).strip()
            if text:
                passages.append(Paragraph(_serialise([part]), text))
    return passages


def tree(html: str) -> Node:
    """Return a cleaned narrative as a tree, for printing it as something else than HTML."""
    return _parsed(clean(html))


def word_count(html: str) -> int:
    """Number of words of a narrative; in Vietnamese a word is what stands between blanks."""
    return sum(any(char.isalnum() for char in word) for word in to_text(html).split())


def _stable(html: str) -> str:
    """Clean again until nothing changes: dropping one thing may leave another at an edge."""
    for _ in range(4):
        again = _serialise(_grown(_filtered(html)).children)
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
    return _SPACES.sub(" ", text).strip()


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


class _Builder(HTMLParser):
    """Second pass over nh3's well-formed output: a small tree of known shape and bounded size."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("root")
        self.open: list[Node] = [self.root]
        self.names: list[str | None] = []  # what each open source tag became, None = dropped
        self.ignoring = 0
        self.inner_tables = 0  # tables inside a table are read as text of the cell they stand in
        self.lines = 0  # line breaks in the present paragraph
        self.columns = 0  # columns the present row already covers
        self.spans: list[list[int]] = []  # cells still reaching down into later rows: [columns, rows left]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open the element if it may stand here; remember what it became so its end tag matches."""
        if tag == "br":
            self._break()
            return
        given = dict(attrs)
        if tag == "span" and given.get("style") == "ignore":
            self.ignoring += 1
            self.names.append("ignore")
            return
        if tag in _TABLE_PARTS and self._inside_table(tag):
            self.names.append("inner")
            self.handle_data(" ")
            return
        node = self._node_for(tag, given)
        if node is None:
            self.names.append(None)
            return
        self._place(node)
        if tag in _PARAGRAPHS - {"p"}:
            strong = Node("strong")
            node.children.append(strong)
            self.open.append(strong)
        self.names.append(node.tag)

    def handle_endtag(self, tag: str) -> None:
        """Close what the matching start tag opened."""
        if tag == "br" or not self.names:
            return
        name = self.names.pop()
        if name == "ignore":
            self.ignoring -= 1
        elif name == "inner":
            self.inner_tables -= tag == "table"
        elif name is None:
            if tag in _SPLITTERS:
                self._end_loose()
        else:
            self._close(name)

    def handle_data(self, data: str) -> None:
        """Take text; loose text at the top becomes a paragraph, text between table parts is dropped."""
        if self.ignoring:
            return
        parent = self.open[-1]
        if parent.tag in {"table", "thead", "tbody", "tr", "ul", "ol"}:
            if not data.strip():
                return
            parent = self._cell_or_item()
        if parent.tag == "root":
            if not data.strip():
                return
            parent = self._loose()
        parent.children.append(data)

    def _node_for(self, tag: str, given: dict[str, str | None]) -> Node | None:
        depth = len(self.open)
        if tag in _SPLITTERS:
            self._end_loose()
            return None
        if tag == "span" or depth > MAX_DEPTH:
            return None
        if tag in _INLINE:
            inside = any(node.tag == _INLINE[tag] for node in self.open)
            return None if inside else Node(_INLINE[tag])
        if tag in _PARAGRAPHS:
            return Node("mso-item" if given.get("style") == "item" else "p")
        if tag in _TABLE_PARTS:
            return self._table_node(tag, given)
        return Node(tag)

    def _inside_table(self, tag: str) -> bool:
        """Whether this part of a table belongs to a table inside a table; counts those tables."""
        if tag == "table" and any(node.tag == "table" for node in self.open):
            self.inner_tables += 1
        return self.inner_tables > 0

    def _table_node(self, tag: str, given: dict[str, str | None]) -> Node | None:
        if tag == "table":
            self.spans = []
            return Node("table")
        if not any(node.tag == "table" for node in self.open):
            return None
        if tag == "tr":
            self.spans = [[columns, rows - 1] for columns, rows in self.spans if rows > 1]
            self.columns = sum(columns for columns, _ in self.spans)
            return Node("tr")
        if tag in {"thead", "tbody", "tfoot"}:
            self.spans = []
            return Node("thead" if tag == "thead" else "tbody")
        return self._cell(tag, given)

    def _cell(self, tag: str, given: dict[str, str | None]) -> Node | None:
        left = MAX_COLUMNS - self.columns
        if left < 1:
            return None
        columns = max(1, min(int(given.get("colspan") or 1), MAX_SPAN, left))
        rows = max(1, min(int(given.get("rowspan") or 1), MAX_SPAN))
        self.columns += columns
        if rows > 1:
            self.spans.append([columns, rows])
        wanted = {"colspan": columns, "rowspan": rows}
        return Node(tag, {name: value for name, value in wanted.items() if value > 1})

    def _place(self, node: Node) -> None:
        block = node.tag not in _INLINE.values()
        if block:
            self.lines = 0
            self._end_loose()
            self._end_text()
        parent = self.open[-1]
        if not block and parent.tag == "root":
            parent = self._loose()
        elif parent.tag in {"ul", "ol"} and node.tag != "li":
            parent = self._cell_or_item()
        elif node.tag == "li" and parent.tag not in {"ul", "ol"}:
            parent = self._opened("ul")
        parent.children.append(node)
        self.open.append(node)

    def _opened(self, tag: str) -> Node:
        """Open an element the source left out, as a child of the present one."""
        last = self.open[-1].children[-1] if self.open[-1].children else None
        if isinstance(last, Node) and last.tag == tag:
            self.open.append(last)
            return last
        node = Node(tag)
        self.open[-1].children.append(node)
        self.open.append(node)
        return node

    def _loose(self) -> Node:
        self.lines = 0
        node = Node("p", {"loose": 1})
        self.root.children.append(node)
        self.open.append(node)
        return node

    def _end_loose(self) -> None:
        """Close the paragraph that loose top-level text opened, with the inline elements in it."""
        for index, node in enumerate(self.open):
            if node.attributes.get("loose"):
                del self.open[index:]
                return

    def _end_text(self) -> None:
        """Close inline elements and a paragraph: a block never stands inside them."""
        while self.open[-1].tag in {"strong", "em", "u", "p", "mso-item"}:
            self.open.pop()

    def _cell_or_item(self) -> Node:
        """Where stray content inside a list or table row goes: the last item or cell, else a new one."""
        parent = self.open[-1]
        if parent.tag in {"ul", "ol"}:
            last = parent.children[-1] if parent.children else None
            if not (isinstance(last, Node) and last.tag == "li"):
                last = Node("li")
                parent.children.append(last)
            return last
        for node in reversed(self.open):
            cells = [inner for inner in _descendants(node) if inner.tag in {"td", "th"}]
            if cells or node.tag == "table":
                return cells[-1] if cells else Node("dropped")
        return Node("dropped")

    def _close(self, name: str) -> None:
        for index in range(len(self.open) - 1, 0, -1):
            if self.open[index].tag == name:
                del self.open[index:]
                return

    def _break(self) -> None:
        parent = self.open[-1]
        if parent.tag in {"root", "table", "thead", "tbody", "tr", "ul", "ol"}:
            self._end_loose()
            return
        trailing = 0
        for child in reversed(parent.children):
            if not (isinstance(child, Node) and child.tag == "br"):
                break
            trailing += 1
        if trailing >= MAX_BREAKS:
            return
        self.lines += 1
        if self.lines < MAX_LINES:
            parent.children.append(Node("br"))
        elif self._paragraph() is None:
            parent.children.append(" ")
        else:
            self._next_paragraph()

    def _paragraph(self) -> int | None:
        """Where the open paragraph stands among the open elements."""
        for index in range(len(self.open) - 1, 0, -1):
            if self.open[index].tag == "p":
                return index
        return None

    def _next_paragraph(self) -> None:
        """Go on in a new paragraph beside the open one, inside copies of the same inline elements."""
        index = self._paragraph()
        assert index is not None
        self.lines = 0
        for place in range(index, len(self.open)):
            old = self.open[place]
            fresh = Node(old.tag, dict(old.attributes))
            self.open[place - 1].children.append(fresh)
            self.open[place] = fresh


def _descendants(node: Node) -> Iterator[Node]:
    for child in node.children:
        if isinstance(child, Node):
            yield child
            yield from _descendants(child)


def _parsed(html: str) -> Node:
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root


def _grown(html: str) -> Node:
    """Parse, make real lists out of Word's list paragraphs, drop what is empty, settle the blanks."""
    root = _parsed(html)
    _make_lists(root)
    _settle(root)
    return root


def _make_lists(node: Node) -> None:
    children: list[Node | str] = []
    for child in node.children:
        if isinstance(child, str) or child.tag != "mso-item":
            if isinstance(child, Node):
                _make_lists(child)
            children.append(child)
            continue
        item = Node("li", children=_without_typed_mark(child.children))
        last = children[-1] if children else None
        if isinstance(last, Node) and last.tag == "ul" and last.attributes.get("made"):
            last.children.append(item)
        else:
            children.append(Node("ul", {"made": 1}, [item]))
    for child in children:
        if isinstance(child, Node):
            child.attributes.pop("made", None)
    node.children = children


def _without_typed_mark(children: list[Node | str]) -> list[Node | str]:
    """Drop the bullet glyph Word writes as text in front of a list paragraph; typed numbers stay."""
    if children and isinstance(children[0], str):
        first = children[0].lstrip("\u00a0 \t\r\n")
        head, _, rest = first.partition("\u00a0")
        if rest and _RAW_MARKERS.match(head) and not _TYPED_NUMBER.match(head):
            return [rest.lstrip("\u00a0 "), *children[1:]]
    return children


def _settle(node: Node) -> None:
    """Collapse blanks, drop empty elements (cells stay: they hold the columns)."""
    kept: list[Node | str] = []
    for child in node.children:
        if isinstance(child, str):
            text = _SPACES.sub(" ", child)
            if kept and isinstance(kept[-1], str):
                text = _SPACES.sub(" ", f"{kept.pop()}{text}")
            kept.append(text)
            continue
        _settle(child)
        if child.tag in {"td", "th", "br"} or child.children:
            kept.append(child)
    if node.tag in {"p", "li", "td", "th"}:
        kept = _trimmed(kept)
    if node.tag in {"root", "table", "thead", "tbody", "tr", "ul", "ol"}:
        kept = [child for child in kept if not isinstance(child, str)]
    if node.tag == "tr" and not any(isinstance(child, Node) for child in kept):
        kept = []
    node.children = kept


def _trimmed(children: list[Node | str]) -> list[Node | str]:
    """Without blanks and line breaks at either end; empty when nothing is left to read."""
    blank = " \u00a0"
    while children:
        if isinstance(children[0], str):
            children[0] = children[0].lstrip(blank)
        if children[0] == "" or _is_break(children[0]):
            children.pop(0)
            continue
        if isinstance(children[-1], str):
            children[-1] = children[-1].rstrip(blank)
        if children[-1] == "" or _is_break(children[-1]):
            children.pop()
            continue
        break
    return children


def _is_break(child: Node | str) -> bool:
    return isinstance(child, Node) and child.tag == "br"


def _serialise(children: list[Node | str]) -> str:
    parts: list[str] = []
    for child in children:
        if isinstance(child, str):
            parts.append(escape(child, quote=False))
        elif child.tag == "br":
            parts.append("<br>")
        else:
            attributes = "".join(
                f' {name}="{value}"' for name, value in child.attributes.items() if name.endswith("span")
            )
            parts.append(f"<{child.tag}{attributes}>{_serialise(child.children)}</{child.tag}>")
    return "".join(parts)


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
            rows = [node for node in _descendants(child) if node.tag == "tr"]
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
