"""HTML files and pasted HTML: the text as a browser would show it, lists with their labels."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from units.extraction.blocks import Block, Paragraph, Table, text_of
from units.extraction.labels import counted
from units.extraction.unreadable import Reason, Unreadable

_LOOKS_LIKE_HTML = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|style|div|p|span|table|h[1-6]|ul|ol|"
    r"b|strong|i|em|font|center|article|section|main|blockquote|pre|a|br|o:p)[\s>/:]",
    re.IGNORECASE | re.DOTALL,
)
_UNSEEN = frozenset(
    [
        "head",
        "script",
        "style",
        "template",
        "title",
        "noscript",
        "object",
        "iframe",
        "svg",
        "math",
        "select",
        "button",
        "textarea",
        "del",
    ]
)
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdo",
        "big",
        "cite",
        "code",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "tt",
        "u",
        "var",
        "img",
    ]
)
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


def looks_like_html(text: str) -> bool:
    """Whether a text begins as HTML does."""
    return bool(_LOOKS_LIKE_HTML.match(text[:5_000]))


def read_html(text: str) -> str:
    """Return the text a browser would show. Raises `Unreadable` for markup nothing can be made of."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = etree.fromstring(text.encode("utf-8", errors="replace"), parser)
    except etree.ParserError:
        raise Unreadable(Reason.BROKEN) from None
    if root is None:
        raise Unreadable(Reason.EMPTY)
    return text_of(list(_Flow().blocks(root)))


class _Flow:
    """Gathers inline text into paragraphs until a block element begins or ends."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._label = ""  # of the list item that has begun and has no text yet
        self._centred = False

    def blocks(self, element: etree._Element, *, label: str = "") -> Iterator[Block]:
        self._label = label or self._label
        yield from self._inside(element)
        yield from self._flush()

    def _inside(self, element: etree._Element) -> Iterator[Block]:
        keeps_blanks = _tag(element) == "pre"
        self._say(element.text, keeps_blanks)
        for child in element:
            yield from self._child(child)
            self._say(child.tail, keeps_blanks)

    def _child(self, child: etree._Element) -> Iterator[Block]:
        tag = _tag(child)
        if not tag or tag in _UNSEEN or _HIDDEN.search(child.get("style") or ""):
            return
        if tag == "br":
            self._parts.append("\n")
        elif tag in _INLINE or ":" in tag:
            yield from self._inside(child)
        elif tag == "table":
            yield from self._flush()
            yield Table([list(_cells(row)) for row in _rows(child)])
        elif tag in ("ol", "ul"):
            yield from self._flush()
            yield from self._list(child, ordered=tag == "ol")
        else:
            yield from self._flush()
            before, self._centred = self._centred, self._centred or _is_centred(child)
            yield from self.blocks(child)
            self._centred = before

    def _list(self, items: etree._Element, *, ordered: bool) -> Iterator[Block]:
        form = _FORMS.get(items.get("type") or "", "decimal")
        number = _whole(items.get("start"), 1)
        for item in items:
            if _tag(item) != "li":
                yield from self._child(item)
                continue
            number = _whole(item.get("value"), number)
            mark = ")" if form == "lowerLetter" else "."
            yield from self.blocks(item, label=f"{counted(number, form)}{mark}" if ordered else "-")
            number += 1

    def _say(self, text: str | None, keeps_blanks: bool) -> None:
        if not text:
            return
        if not keeps_blanks:
            text = _BLANKS.sub(" ", text)
            if self._parts and self._parts[-1].endswith((" ", "\n")):
                text = text.lstrip(" ")
        self._parts.append(text)

    def _flush(self) -> Iterator[Block]:
        text = "\n".join(line.strip(" ") for line in "".join(self._parts).split("\n"))
        self._parts = []
        if text.strip():
            if self._label:
                text = f"{self._label} {text.lstrip()}"
            self._label = ""
            yield Paragraph(text, self._centred)


def _tag(element: etree._Element) -> str:
    return element.tag.lower() if isinstance(element.tag, str) else ""


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch("[0-9]{1,6}", text.strip()) else otherwise


def _is_centred(element: etree._Element) -> bool:
    said = (element.get("align") or "").lower() == "center" or _tag(element) == "center"
    return said or bool(_CENTRED.search(element.get("style") or ""))


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if _tag(child) == "tr":
            yield child
        elif _tag(child) in ("thead", "tbody", "tfoot"):
            yield from _rows(child)


def _cells(row: etree._Element) -> Iterator[list[Block]]:
    for child in row:
        if _tag(child) in ("td", "th"):
            yield list(_Flow().blocks(child))
