"""Word files (.docx): paragraphs and tables as they print, without headers, footers and what was deleted."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from lxml.etree import _Element as Element

from units.extraction.blocks import Block, Paragraph, Table, text_of
from units.extraction.labels import Counter, Level
from units.extraction.legacy import convert_legacy, is_stored_in_font, legacy_of_font
from units.extraction.unreadable import MOST_PAGES, Reason, Unreadable

_MOST_PARTS = 5_000
_MOST_XML = 40 << 20
"""Bytes of the unpacked text part; that of 200 close-printed pages has about a quarter of it."""
_MOST_SIDE_XML = 8 << 20
_MOST_STYLES_DEEP = 20
_MOST_MARGINS = 10
_TRANSPARENT = frozenset(
    ("ins", "moveTo", "sdt", "sdtContent", "customXml", "smartTag", "hyperlink", "fldSimple", "bdo", "dir")
)
_LEFT_OUT = frozenset(("del", "moveFrom", "pPr", "rPr", "sdtPr", "instrText", "delText", "tblPr", "tblGrid"))


@dataclass
class WordText:
    """What a Word file says; `converted` is `text` with runs in TCVN3 or VNI fonts put into Unicode."""

    text: str
    converted: str
    legacy: str | None
    pages: int
    margins: str
    """Text of headers, footers and watermarks; no part of the paper, but a stamp may stand there."""
    has_deletions: bool


def read_word(data: bytes, *, most_pages: int | None = MOST_PAGES) -> WordText:
    """Return the text of a .docx. Raises `Unreadable`; `most_pages` None reads files of any length."""
    package = _Package(data)
    body = package.main
    pages = _pages(body)
    if most_pages is not None and pages > most_pages:
        raise Unreadable(Reason.TOO_MANY_PAGES)
    plain = _Reading(package)
    text = plain.text()
    known = tuple(code for code, runs in plain.in_fonts.items() if is_stored_in_font("".join(runs)))
    converted = _Reading(package, known).text() if known else text
    found = list(body.iter("{*}del", "{*}moveFrom"))
    return WordText(
        text=text,
        converted=converted,
        legacy=known[0] if known else None,
        pages=pages,
        margins=package.margins(),
        has_deletions=bool(found),
    )


def is_word(data: bytes) -> bool:
    """Whether a zip file holds a Word document. `Unreadable` for a zip that cannot be opened."""
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Unreadable(Reason.BROKEN) from None
    return any(name.startswith("word/") and name.endswith(".xml") for name in names)


def _name(element: Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _value(element: Element | None, name: str = "val") -> str | None:
    if element is None:
        return None
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def _child(element: Element | None, *path: str) -> Element | None:
    for step in path:
        if element is None:
            return None
        element = next((child for child in element if _name(child) == step), None)
    return element


def _is_on(element: Element | None) -> bool:
    return element is not None and (_value(element) or "1") not in ("0", "false", "off")


def _number(text: str | None, otherwise: int = 0) -> int:
    try:
        return int(text or "")
    except ValueError:
        return otherwise


class _Package:
    """The parts of a Word file, unpacked one at a time and never beyond a limit."""

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise Unreadable(Reason.BROKEN) from None
        self._names = self._archive.namelist()
        if len(self._names) > _MOST_PARTS:
            raise Unreadable(Reason.UNSAFE)
        self._main_name = self._find_main()
        main = self.part(self._main_name, _MOST_XML)
        self.folder = posixpath.dirname(self._main_name)
        found = _child(main, "body")
        if found is None:
            raise Unreadable(Reason.BROKEN)
        self.main: Element = found

    def _find_main(self) -> str:
        relations = self.part("_rels/.rels", _MOST_SIDE_XML)
        for each in relations if relations is not None else ():
            if (each.get("Type") or "").endswith("/officeDocument"):
                target = (each.get("Target") or "").lstrip("/")
                if target in self._names:
                    return target
        return "word/document.xml"

    def beside(self, name: str) -> Element | None:
        """Return a part that lies beside the text: styles, numbering, footnotes."""
        return self.part(posixpath.join(self.folder, name), _MOST_SIDE_XML)

    def part(self, name: str, most: int) -> Element | None:
        if name not in self._names:
            return None
        try:
            with self._archive.open(name) as stream:
                data = stream.read(most + 1)
        except RuntimeError:  # how zipfile says that a password is needed
            raise Unreadable(Reason.ENCRYPTED) from None
        except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, zlib.error):
            raise Unreadable(Reason.BROKEN) from None
        if len(data) > most:
            raise Unreadable(Reason.TOO_LONG)
        return parsed(data)

    def margins(self) -> str:
        names = [
            name
            for name in self._names
            if name.startswith(f"{self.folder}/")
            and posixpath.basename(name).startswith(("header", "footer"))
        ]
        lines: list[str] = []
        for name in sorted(names)[:_MOST_MARGINS]:
            root = self.part(name, _MOST_SIDE_XML)
            if root is None:
                continue
            for paragraph in root.iter("{*}p"):
                lines.append("".join(part.text or "" for part in paragraph.iter("{*}t")))
            lines += [mark.get("string") or "" for mark in root.iter("{*}textpath")]
        return "\n".join(line for line in lines if line.strip())


def parsed(data: bytes) -> Element:
    """Return the root of an XML part; no entity is ever expanded, nothing outside is read."""
    declared = "<!DOCTYPE"
    if any(declared.encode(code) in data for code in ("utf-8", "utf-16-le", "utf-16-be")):
        raise Unreadable(Reason.UNSAFE)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(_reason_of(str(error).lower())) from None


def _reason_of(complaint: str) -> Reason:
    if "depth" in complaint:
        return Reason.NESTED
    # Where memory runs out, libxml2 often cannot say even that.
    out_of_memory = "memory" in complaint or "unknown error" in complaint
    return Reason.MEMORY if out_of_memory else Reason.BROKEN


def _pages(body: Element) -> int:
    """Return how many pages Word last counted, or at least those that begin with a page break."""
    printed = sum(1 for _ in body.iter("{*}lastRenderedPageBreak"))
    forced = sum(1 for each in body.iter("{*}br") if _value(each, "type") == "page")
    return 1 + max(printed, forced)


@dataclass
class _Style:
    """What a paragraph style says, its bases included."""

    font: str = ""
    caps: bool = False
    centred: bool = False
    list_id: str | None = None
    depth: int = 0


class _Styles:
    def __init__(self, root: Element | None) -> None:
        self._rows: dict[str, Element] = {}
        self._known: dict[str | None, _Style] = {}
        self._default = _Style()
        if root is None:
            return
        for row in root:
            if _name(row) == "style" and _value(row, "type") == "paragraph":
                self._rows[_value(row, "styleId") or ""] = row
        defaults = _child(root, "docDefaults", "rPrDefault", "rPr")
        self._default = _Style(font=_font(defaults))
        normal = next((key for key, row in self._rows.items() if _value(row, "default") == "1"), None)
        self._normal = normal

    _normal: str | None = None

    def of(self, paragraph_properties: Element | None) -> _Style:
        key = _value(_child(paragraph_properties, "pStyle")) or self._normal
        if key not in self._known:
            self._known[key] = self._resolved(key)
        return self._known[key]

    def _resolved(self, key: str | None) -> _Style:
        chain: list[Element] = []
        while key in self._rows and len(chain) < _MOST_STYLES_DEEP:
            chain.append(self._rows[key])
            key = _value(_child(chain[-1], "basedOn"))
        style = _Style(self._default.font)
        for row in reversed(chain):
            properties, letters = _child(row, "pPr"), _child(row, "rPr")
            style.font = _font(letters) or style.font
            if (caps := _child(letters, "caps")) is not None:
                style.caps = _is_on(caps)
            if (place := _child(properties, "jc")) is not None:
                style.centred = _value(place) == "center"
            if (numbered := _child(properties, "numPr")) is not None:
                style.list_id = _value(_child(numbered, "numId")) or style.list_id
                style.depth = _number(_value(_child(numbered, "ilvl")), style.depth)
        return style


def _font(run_properties: Element | None) -> str:
    fonts = _child(run_properties, "rFonts")
    return _value(fonts, "ascii") or _value(fonts, "hAnsi") or ""


class _Lists:
    """Automatic numbering: which label the next item of a list gets."""

    def __init__(self, root: Element | None) -> None:
        self._patterns: dict[str, dict[int, Level]] = {}
        self._of_list: dict[str, str] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._counters: dict[str, Counter] = {}
        self._begun: set[tuple[str, int]] = set()
        links: dict[str, str] = {}
        styles: dict[str, str] = {}
        for row in root if root is not None else ():
            if _name(row) == "abstractNum":
                key = _value(row, "abstractNumId") or ""
                self._patterns[key] = _levels(row)
                if (link := _value(_child(row, "numStyleLink"))) is not None:
                    links[key] = link
                if (own := _value(_child(row, "styleLink"))) is not None:
                    styles[own] = key
        for key, link in links.items():
            self._patterns[key] = self._patterns.get(styles.get(link, ""), {})
        for row in root if root is not None else ():
            if _name(row) == "num":
                self._add_list(row)

    def _add_list(self, row: Element) -> None:
        key = _value(row, "numId") or ""
        pattern = _value(_child(row, "abstractNumId")) or ""
        own: dict[int, Level] = {}
        for override in row:
            if _name(override) != "lvlOverride":
                continue
            depth = _number(_value(override, "ilvl"))
            if (level := _child(override, "lvl")) is not None:
                own[depth] = _level(level)
            if (start := _value(_child(override, "startOverride"))) is not None:
                self._starts.setdefault(key, {})[depth] = _number(start, 1)
        if own:  # a list with levels of its own counts for itself
            self._patterns[f"list {key}"] = self._patterns.get(pattern, {}) | own
            pattern = f"list {key}"
        self._of_list[key] = pattern

    def label(self, list_id: str, depth: int) -> str:
        """Count one item and return its label, "" for a list that is unknown."""
        pattern = self._of_list.get(list_id)
        if pattern is None or pattern not in self._patterns:
            return ""
        counter = self._counters.setdefault(pattern, Counter(self._patterns[pattern]))
        start = None
        if (list_id, depth) not in self._begun:
            self._begun.add((list_id, depth))
            start = self._starts.get(list_id, {}).get(depth)
        return counter.next(depth, start)


def _levels(row: Element) -> dict[int, Level]:
    return {_number(_value(each, "ilvl")): _level(each) for each in row if _name(each) == "lvl"}


def _level(row: Element) -> Level:
    return Level(
        form=_value(_child(row, "numFmt")) or "decimal",
        pattern=_value(_child(row, "lvlText")) or "",
        start=_number(_value(_child(row, "start")), 1),
        legal=_is_on(_child(row, "isLgl")),
        restarts=_value(_child(row, "lvlRestart")) != "0",
    )


@dataclass
class _Line:
    """A paragraph while it is read."""

    style: _Style
    parts: list[str] = field(default_factory=list)
    boxes: list[Block] = field(default_factory=list)


class _Reading:
    """One walk through the document; runs in fonts of the encodings `convert` come out in Unicode."""

    def __init__(self, package: _Package, convert: tuple[str, ...] = ()) -> None:
        self.in_fonts: dict[str, list[str]] = {}
        self._convert = convert
        self._body = package.main
        self._styles = _Styles(package.beside("styles.xml"))
        self._lists = _Lists(package.beside("numbering.xml"))
        self._notes: list[Element] = []
        self._sources = {
            "footnoteReference": _notes(package.beside("footnotes.xml")),
            "endnoteReference": _notes(package.beside("endnotes.xml")),
        }

    def text(self) -> str:
        """Return the text of the paper, its footnotes at the end."""
        parts = [text_of(list(self._blocks(self._body)))]
        for note in self._notes:  # notes of notes do not exist
            parts.append(text_of(list(self._blocks(note))))
        return "\n\n".join(filter(None, parts))

    def _blocks(self, parent: Element) -> Iterator[Block]:
        for child in parent:
            name = _name(child)
            if name == "p":
                yield from self._paragraph(child)
            elif name == "tbl":
                yield Table([list(self._cells(row)) for row in _rows(child)])
            elif name in _TRANSPARENT:
                yield from self._blocks(child)
            elif name == "AlternateContent":
                yield from self._blocks(_choice(child))

    def _cells(self, row: Element) -> Iterator[list[Block]]:
        for child in row:
            if _name(child) == "tc":
                yield list(self._blocks(child))
            elif _name(child) in _TRANSPARENT:
                yield from self._cells(child)

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        properties = _child(paragraph, "pPr")
        line = _Line(self._styles.of(properties))
        self._inline(paragraph, line)
        text = "".join(line.parts)
        marks = _child(properties, "rPr")
        deleted = _child(marks, "del") is not None
        if not (deleted and not text.strip()):
            label = self._label(properties, line.style)
            if label and text.strip():
                text = f"{label} {text.lstrip()}"
            place = _child(properties, "jc")
            centred = _value(place) == "center" if place is not None else line.style.centred
            yield Paragraph(text, centred, runs_on=deleted)
        yield from line.boxes

    def _label(self, properties: Element | None, style: _Style) -> str:
        numbered = _child(properties, "numPr")
        list_id = _value(_child(numbered, "numId")) or style.list_id
        depth = _number(_value(_child(numbered, "ilvl")), style.depth)
        return self._lists.label(list_id, depth) if list_id and list_id != "0" else ""

    def _inline(self, parent: Element, line: _Line) -> None:
        for child in parent:
            name = _name(child)
            if name == "r":
                self._run(child, line)
            elif name in ("oMath", "oMathPara"):
                line.parts += [part.text or "" for part in child.iter("{*}t")]
            elif name not in _LEFT_OUT:
                self._inline(_choice(child) if name == "AlternateContent" else child, line)

    def _run(self, run: Element, line: _Line) -> None:
        properties = _child(run, "rPr")
        if _is_on(_child(properties, "vanish")):
            return
        caps = _child(properties, "caps")
        font = legacy_of_font(_font(properties) or line.style.font)
        text = "".join(self._pieces(run, line, in_legacy_font=font is not None))
        if font is not None and text:
            text = self._in_font(text, *font)
        if _is_on(caps) or (caps is None and line.style.caps):
            text = text.upper()
        line.parts.append(text)

    def _in_font(self, text: str, encoding: str, capitals: bool) -> str:
        if encoding in self._convert and (text.isascii() or is_stored_in_font(text)):
            return convert_legacy(text, encoding, capitals=capitals)
        self.in_fonts.setdefault(encoding, []).append(text)
        return text

    def _pieces(self, parent: Element, line: _Line, *, in_legacy_font: bool) -> Iterator[str]:
        for child in parent:
            name = _name(child)
            if name == "t":
                yield child.text or ""
            elif name in ("tab", "ptab"):
                yield "\t"
            elif name in ("br", "cr"):
                yield "\n"
            elif name == "noBreakHyphen":
                yield "-"
            elif name == "softHyphen" and in_legacy_font:
                yield "\u00ad"  # in TCVN3 that is the letter ư
            elif name in self._sources:
                self._note(name, _value(child, "id"))
            elif name == "AlternateContent":
                yield from self._pieces(_choice(child), line, in_legacy_font=in_legacy_font)
            elif name in ("drawing", "pict", "object"):
                for box in _outermost_boxes(child):
                    line.boxes += self._blocks(box)

    def _note(self, source: str, key: str | None) -> None:
        note = self._sources[source].pop(key or "", None)
        if note is not None:
            self._notes.append(note)


def _choice(alternatives: Element) -> Element:
    """Return the first of several drawings of the same thing."""
    return next((child for child in alternatives if _name(child) in ("Choice", "Fallback")), alternatives)


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if _name(child) == "tr":
            if _child(child, "trPr", "del") is None:
                yield child
        elif _name(child) in _TRANSPARENT:
            yield from _rows(child)


def _outermost_boxes(drawing: Element) -> Iterator[Element]:
    for child in drawing:
        name = _name(child)
        if name == "txbxContent":
            yield child
        elif name == "AlternateContent":
            yield from _outermost_boxes(_choice(child))
        else:
            yield from _outermost_boxes(child)


def _notes(root: Element | None) -> dict[str, Element]:
    rows = root if root is not None else ()
    return {
        _value(row, "id") or "": row
        for row in rows
        if _name(row) in ("footnote", "endnote") and _value(row, "type") in (None, "normal")
    }
