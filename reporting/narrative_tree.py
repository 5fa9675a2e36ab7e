"""The tree of a narrative: grown from HTML that was filtered, of known shape and bounded size; and back to HTML.

The bounds keep a table or a run of line breaks from hanging whatever lays the text out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

MAX_DEPTH = 30
MAX_SPAN = 20
MAX_COLUMNS = 40
MAX_BREAKS = 2  # line breaks in a row
MAX_LINES = 40  # line breaks in one paragraph: breaking lines costs the square of them
INLINE = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "u": "u"}
PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6"}
SPLITTERS = {"div", "section", "article", "blockquote", "pre", "dl", "dt", "dd", "center"}
TABLE_PARTS = {"table", "thead", "tbody", "tfoot", "tr", "td", "th"}
SPACES = re.compile(r"[ \t\r\n\f]+")
_TYPED_NUMBER = re.compile(r"^\s*[\(\[]?(?:\d{1,3}|[a-zđ]|[ivx]{1,5})[.)\]]", re.IGNORECASE)
_RAW_MARKERS = re.compile(r"^[\s\u00a0\uf000-\uf0ff§·•o\-–]+$")


@dataclass
class Node:
    """An element of a narrative's tree; children are elements or text.

    Tags: root; p, ul, ol, table, thead, tbody, tr, th, td, li; strong, em, u, br. `attributes` holds only
    colspan and rowspan.
    """

    tag: str
    attributes: dict[str, int] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)


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
        if tag in TABLE_PARTS and self._inside_table(tag):
            self.names.append("inner")
            self.handle_data(" ")
            return
        node = self._node_for(tag, given)
        if node is None:
            self.names.append(None)
            return
        self._place(node)
        if tag in PARAGRAPHS - {"p"}:
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
            if tag in SPLITTERS:
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
        if tag in SPLITTERS:
            self._end_loose()
            return None
        if tag == "span" or depth > MAX_DEPTH:
            return None
        if tag in INLINE:
            inside = any(node.tag == INLINE[tag] for node in self.open)
            return None if inside else Node(INLINE[tag])
        if tag in PARAGRAPHS:
            return Node("mso-item" if given.get("style") == "item" else "p")
        if tag in TABLE_PARTS:
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
        block = node.tag not in INLINE.values()
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
            cells = [inner for inner in descendants(node) if inner.tag in {"td", "th"}]
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


def descendants(node: Node) -> Iterator[Node]:
    """Every element below the node, in the order of the text."""
    for child in node.children:
        if isinstance(child, Node):
            yield child
            yield from descendants(child)


def parsed(html: str) -> Node:
    """The tree of HTML that was filtered or cleaned; bounded, but neither settled nor emptied of blanks."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root


def grown(html: str) -> Node:
    """Parse, make real lists out of Word's list paragraphs, drop what is empty, settle the blanks."""
    root = parsed(html)
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
            text = SPACES.sub(" ", child)
            if kept and isinstance(kept[-1], str):
                text = SPACES.sub(" ", f"{kept.pop()}{text}")
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


def serialise(children: list[Node | str]) -> str:
    """The HTML of elements and text."""
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
            parts.append(f"<{child.tag}{attributes}>{serialise(child.children)}</{child.tag}>")
    return "".join(parts)
