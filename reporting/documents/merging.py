"""Joins a printed report with the pieces of its compendium annexes into one tagged PDF/A-2a file.

The report's own file is the base: its metadata, language, colour profile and outline stay. Behind it go
the pages of the pieces; their tag trees become children of the base's tree, page numbers are stamped as
artefacts in the embedded font, outline entries are added, and the pieces' font subsets are replaced by one
subset a face.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf

from reporting.documents import fonts

MM = 72 / 25.4
# Where the style sheet puts the number of a page: 13 pt, its line resting 19 mm below the upper edge.
NUMBER_SIZE = 13.0
_LINE_BOTTOM = 19 * MM
_DESCENT = 0.216
_PORTRAIT_CENTRE = (30 + (210 - 30 - 18) / 2) * MM
_LANDSCAPE_CENTRE = 297 / 2 * MM

SubsetMaker = Callable[[str, frozenset[int]], bytes]


@dataclass(frozen=True)
class Merged:
    """The joined file and its number of pages."""

    content: bytes
    pages: int


def merge(
    base: bytes, compendia: Sequence[Sequence[bytes]], make_subset: SubsetMaker | None = None
) -> Merged:
    """Append each compendium (its pieces in order) to the base; pages of a compendium are numbered from 1.

    `make_subset(face, glyph ids)` may return a kept subset; by default it is made anew. Equal input gives
    equal bytes. Raises `pikepdf.PdfError` when a piece is not a PDF.
    """
    make_subset = make_subset or font_subset
    with Pdf.open(io.BytesIO(base)) as pdf:
        number = _number_font(pdf)
        stamps: list[tuple[Any, int]] = []
        sources: list[Pdf] = []
        entries: list[tuple[int, str, int, float]] = []
        for compendium in compendia:
            printed = 0
            for piece in compendium:
                source = Pdf.open(io.BytesIO(piece))
                sources.append(source)  # stays open until the joined file is written
                first = len(pdf.pages)
                pdf.pages.extend(source.pages)
                entries += [(level, title, first + page, top) for level, title, page, top in _entries(source)]
                _graft_tags(pdf, source, first)
                for index in range(first, len(pdf.pages)):
                    printed += 1
                    if printed > 1:
                        stamps.append((pdf.pages[index], printed))
        _add_outline(pdf, entries)
        _stamp(pdf, stamps, number)
        _unite_fonts(pdf, make_subset)
        target = io.BytesIO()
        pdf.save(
            target,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
        pages = len(pdf.pages)
        for source in sources:
            source.close()
    return Merged(target.getvalue(), pages)


def _entries(source: Pdf) -> Iterator[tuple[int, str, int, float]]:
    """Outline entries of a piece: depth, title, page in the piece, height on the page."""
    places: dict[Any, int] = {page.objgen: index for index, page in enumerate(source.pages)}

    def walk(items: Sequence[OutlineItem], depth: int) -> Iterator[tuple[int, str, int, float]]:
        for item in items:
            target: Any = item.destination
            if isinstance(target, Array):
                yield depth, item.title, places[target[0].objgen], float(target[3])
            yield from walk(item.children, depth + 1)

    with source.open_outline() as outline:
        # A piece that starts in the middle of a section has no entry of depth 1: its entries hang below.
        shallowest = 0 if _starts_annex(outline.root) else 1
        yield from walk(outline.root, shallowest)


def _starts_annex(items: Sequence[OutlineItem]) -> bool:
    return bool(items) and items[0].title.startswith("Phụ lục")


def _add_outline(pdf: Pdf, entries: Sequence[tuple[int, str, int, float]]) -> None:
    with pdf.open_outline() as outline:
        trail: list[Any] = []
        for depth, title, page, top in entries:
            del trail[depth:]
            item = OutlineItem(title, page, pikepdf.PageLocation.XYZ, left=0, top=top)
            item.is_closed = True
            (trail[-1].children if trail else outline.root).append(item)
            trail.append(item)


def _graft_tags(pdf: Pdf, source: Pdf, first: int) -> None:
    """Make the piece's tag tree part of the base's: new keys in the parent tree, new parents above."""
    root = pdf.Root.StructTreeRoot
    document = root.K[0]
    nums = root.ParentTree.Nums
    offset = int(nums[-2]) + 1 if len(nums) else 0
    foreign = pdf.copy_foreign(source.Root.StructTreeRoot)
    for child in foreign.K[0].K:
        child.P = document
        document.K.append(child)
    pairs = foreign.ParentTree.Nums
    for index in range(0, len(pairs), 2):
        nums.append(int(pairs[index]) + offset)
        nums.append(pairs[index + 1])
    for page in pdf.pages[first:]:
        page.StructParents = int(page.StructParents) + offset


def _number_font(pdf: Pdf) -> Any:
    """The upright face the base already embeds; its page numbers prove that it holds digits."""
    for font in _fonts(pdf.pages[0].obj):
        if face_of(font) == "regular":
            return font
    raise ValueError("The report does not use the upright face.")


def _stamp(pdf: Pdf, stamps: Sequence[tuple[Any, int]], base_font: Any) -> None:
    """Write the page numbers; they are pagination artefacts, no content of the tag tree."""
    if not stamps:
        return
    glyphs, widths = _digits()
    font = _digit_font(pdf, base_font, glyphs, widths)
    opening = pdf.make_stream(b"q\n")
    for page, number in stamps:
        text = str(number)
        width = sum(widths[digit] for digit in text) * NUMBER_SIZE / 1000
        box = [float(edge) for edge in page.MediaBox]
        wide, high = box[2] - box[0], box[3] - box[1]
        centre = _LANDSCAPE_CENTRE if wide > high else _PORTRAIT_CENTRE
        codes = "".join(f"{glyphs[digit]:04x}" for digit in text)
        baseline = high - _LINE_BOTTOM + _DESCENT * NUMBER_SIZE
        closing = (
            f"Q\n/Artifact <</Type /Pagination /Subtype /Header>> BDC\nBT /SoTrang {NUMBER_SIZE:g} Tf "
            f"{centre - width / 2:.2f} {baseline:.2f} Td <{codes}> Tj ET\nEMC\n"
        )
        page.Contents = Array([opening, *_streams(page.Contents), pdf.make_stream(closing.encode())])
        page.Resources.Font[Name.SoTrang] = font


def _streams(contents: Any) -> list[Any]:
    return list(contents) if isinstance(contents, Array) else [contents]


def _digits() -> tuple[dict[str, int], dict[str, int]]:
    """Glyph ids and widths (per mille of the size) of the digits in the upright face."""
    with TTFont(fonts.FOLDER / fonts.FACES["regular"][2], lazy=True) as font:
        names = {digit: font.getBestCmap()[ord(digit)] for digit in "0123456789"}
        scale = 1000 / font["head"].unitsPerEm
        glyphs = {digit: font.getGlyphID(name) for digit, name in names.items()}
        widths = {digit: round(font["hmtx"][name][0] * scale) for digit, name in names.items()}
    return glyphs, widths


def _digit_font(pdf: Pdf, base_font: Any, glyphs: dict[str, int], widths: dict[str, int]) -> Any:
    """A font object for the numbers: same descriptor as the base's upright face, widths of the digits."""
    inner = base_font.DescendantFonts[0]
    flat: list[Any] = []
    for digit in sorted(glyphs, key=lambda digit: glyphs[digit]):
        flat += [glyphs[digit], Array([widths[digit]])]
    descendant = Dictionary({key: value for key, value in inner.items() if key != "/W"})
    descendant.W = Array(flat)
    mapping = "\n".join(f"<{glyphs[digit]:04x}> <{ord(digit):04x}>" for digit in glyphs)
    unicode_map = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo << /Registry (Adobe) "
        "/Ordering (UCS) /Supplement 0 >> def /CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{len(glyphs)} beginbfchar\n{mapping}\n"
        "endbfchar endcmap CMapName currentdict /CMap defineresource pop end end"
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=base_font.BaseFont,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
            ToUnicode=pdf.make_stream(unicode_map.encode()),
        )
    )


def _fonts(page: Any) -> Iterator[Any]:
    yield from page.Resources.Font.values()


def face_of(font: Any) -> str:
    """Which of our faces a font object of a printed file shows: "regular", "bold-italic", …"""
    name = str(font.BaseFont).rpartition("+")[2].lower()
    style = name.removeprefix(fonts.FAMILY.lower().replace(" ", "-")).strip("-")
    return style or "regular"


def _unite_fonts(pdf: Pdf, make_subset: SubsetMaker) -> None:
    """Give all font objects of a face one embedded subset that holds the glyphs of all of them."""
    found: dict[tuple[int, int], Any] = {}
    for page in pdf.pages:
        for font in _fonts(page.obj):
            found[font.objgen] = font
    by_face: dict[str, list[Any]] = defaultdict(list)
    for font in found.values():
        by_face[face_of(font)].append(font)
    for face, same in by_face.items():
        glyphs = frozenset(glyph for font in same for glyph in _glyphs(font))
        content = make_subset(face, glyphs)
        stream = pdf.make_stream(content, Length1=len(content))
        for font in same:
            descriptor = font.DescendantFonts[0].FontDescriptor
            descriptor.FontFile2 = stream
            if Name.CIDSet in descriptor:
                del descriptor[Name.CIDSet]
            font.BaseFont = same[0].BaseFont
            font.DescendantFonts[0].BaseFont = same[0].BaseFont
            descriptor.FontName = same[0].BaseFont


def _glyphs(font: Any) -> Iterator[int]:
    """Glyph ids a font object uses: the keys of its width array, and no glyph twice."""
    widths = list(font.DescendantFonts[0].W)
    index = 0
    while index < len(widths):
        start, following = int(widths[index]), widths[index + 1]
        if isinstance(following, Array):
            yield from range(start, start + len(following))
            index += 2
        else:
            yield from range(start, int(following) + 1)
            index += 3


def font_subset(face: str, glyphs: frozenset[int]) -> bytes:
    """The shipped face reduced to these glyph ids, ids kept; layout tables and hints dropped."""
    options = subset.Options(
        retain_gids=True, hinting=False, layout_features=[], notdef_outline=True, glyph_names=False
    )
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "DSIG"]
    font = TTFont(fonts.FOLDER / fonts.FACES[face][2], recalcTimestamp=False)
    worker = subset.Subsetter(options)
    worker.populate(gids=sorted(glyphs | {0}))
    worker.subset(font)
    target = io.BytesIO()
    font.save(target)
    return target.getvalue()
