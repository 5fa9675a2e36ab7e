"""Files made for the tests of extraction: Word from its XML, PDF from placed words, and hostile ones."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Sequence
from itertools import groupby
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="a" Target="word/document.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>'
    "</Relationships>"
)


def xml(name: str, content: str) -> str:
    """A part of a Word file: the element w:NAME around the content."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><w:{name} xmlns:w="{W}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        f'xmlns:v="urn:schemas-microsoft-com:vml">{content}</w:{name}>'
    )


def zipped(parts: dict[str, str | bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A Word file around the XML of its body; other parts by name: `numbering="…"` (XML inside the root)."""
    written: dict[str, str | bytes] = {
        "_rels/.rels": _RELATIONS,
        "word/document.xml": xml("document", f"<w:body>{body}</w:body>"),
    }
    roots = {"header1": "hdr"}
    for name, content in parts.items():
        written[f"word/{name}.xml"] = xml(roots.get(name, name), content)
    return zipped(written)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*texts: str, properties: str = "") -> str:
    """A paragraph of plain texts, or of XML where a text begins with "<"."""
    inside = "".join(text if text.startswith("<") else run(text) for text in texts)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def in_font(text: str, font: str) -> str:
    return run(text, f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>')


def table(*rows: Sequence[str]) -> str:
    """A table of cells; a cell is XML or a text, "|" parts its paragraphs."""
    return f"<w:tbl>{''.join(_row(row) for row in rows)}</w:tbl>"


def _row(cells: Sequence[str]) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{_cell(cell)}</w:tc>' for cell in cells)}</w:tr>"


def _cell(cell: str) -> str:
    return cell if cell.startswith("<") else "".join(paragraph(line) for line in cell.split("|"))


Placed = tuple[float, float, str]
"""x to the right, y up from the bottom of an A4 page, in points; the words."""


def pdf(
    pages: Sequence[Sequence[Placed]], *, size: float = 13, turned: int = 0, picture: bool = False
) -> bytes:
    """A PDF whose letters are all half as wide as they are high; `picture` covers every page with an image.

    Words that begin with "^" are set smaller: raise them yourself. `turned` pages are stored lying on their side (clockwise, in degrees) and shown upright.
    """
    letters = sorted({char for page in pages for _, _, text in page for char in text})
    codes = {char: place + 33 for place, char in enumerate(letters)}
    assert len(codes) < 220
    mapped = "\n".join(f"<{codes[char]:02x}> <{char.encode('utf-16-be').hex()}>" for char in letters)
    cmap = (
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange "
        f"{len(codes)} beginbfchar {mapped} endbfchar endcmap"
    )
    widths = " ".join(["500"] * 256)
    # Digits come from a second, lower font, as where a program has cut a font into subsets.
    low = (
        "<< /Type /FontDescriptor /FontName /ABCDEF+Low /Flags 32 /FontBBox [0 -50 500 400] /Ascent 400 "
        "/Descent -50 /CapHeight 400 /ItalicAngle 0 /StemV 80 >>"
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{8 + 2 * n} 0 R' for n in range(len(pages)))}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /FirstChar 0 /LastChar 255 "
        f"/Widths [{widths}] /ToUnicode 4 0 R >>",
        _stream(cmap.encode()),
        _stream(
            b"\x80",
            "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray",
        ),
        "<< /Type /Font /Subtype /Type1 /BaseFont /ABCDEF+Low /FirstChar 0 /LastChar 255 "
        f"/Widths [{widths}] /ToUnicode 4 0 R /FontDescriptor 7 0 R >>",
        low,
    ]
    for page in pages:
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects) + 2} 0 R "
            f"/Rotate {turned} "
            "/Resources << /Font << /F 3 0 R /L 6 0 R >> /XObject << /I 5 0 R >> >> >>"
        )
        drawn = "q 595 0 0 842 0 0 cm /I Do Q\n" if picture else ""
        for x, y, text in page:
            place = {
                0: f"1 0 0 1 {x} {y}",
                90: f"0 1 -1 0 {595 - y} {x}",
                180: f"-1 0 0 -1 {595 - x} {842 - y}",
                270: f"0 -1 1 0 {y} {842 - x}",
            }[turned]
            points = size * 0.6 if text.startswith("^") else size
            drawn += f"BT {place} Tm "
            for is_digit, run_of in groupby(text.lstrip("^"), key=str.isdigit):
                shown = "".join(f"{codes[char]:02x}" for char in run_of)
                drawn += f"/{'L' if is_digit else 'F'} {points} Tf <{shown}> Tj "
            drawn += "ET\n"
        objects.append(_stream(drawn.encode()))
    return pdf_of_objects(objects)


def _stream(content: bytes, dictionary: str = "") -> bytes:
    packed = zlib.compress(content, 9)
    head = f"<< {dictionary} /Length {len(packed)} /Filter /FlateDecode >>\nstream\n"
    return head.encode() + packed + b"\nendstream"


def pdf_of_objects(objects: Sequence[str | bytes]) -> bytes:
    """A PDF of numbered objects; the first is its catalogue."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, each in enumerate(objects, 1):
        places.append(out.tell())
        out.write(
            f"{number} 0 obj\n".encode()
            + (each if isinstance(each, bytes) else each.encode())
            + b"\nendobj\n"
        )
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.writelines(f"{place:010d} 00000 n \n".encode() for place in places)
    out.write(f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


# --- hostile files ---------------------------------------------------------------------------------------


def heavy_docx(
    megabytes: int, inside: bytes = b"<w:p><w:r><w:t>" + b"a" * 985 + b"</w:t></w:r></w:p>"
) -> bytes:
    """A Word file whose text part unpacks to so many megabytes."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", _RELATIONS)
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            part.write(xml("document", "<w:body>@</w:body>").partition("@")[0].encode())
            block = inside * (1_000_000 // len(inside))
            for _ in range(megabytes):
                part.write(block)
            part.write(b"</w:body></w:document>")
    return held.getvalue()


def entity_docx(declarations: str, used: str) -> bytes:
    """A Word file whose text part declares entities and uses them."""
    part = (
        f"<!DOCTYPE x [{declarations}]>"
        + xml("document", f"<w:body>{paragraph('<w:r><w:t>' + used + '</w:t></w:r>')}</w:body>").partition(
            "?>"
        )[2]
    )
    return zipped({"_rels/.rels": _RELATIONS, "word/document.xml": part})


def laughing_docx() -> bytes:
    """A billion laughs: ten entities, each ten times the one before."""
    lines = ['<!ENTITY a0 "ha">'] + [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 11)]
    return entity_docx("".join(lines), "&a10;")


def many_entities_docx() -> bytes:
    """Ten thousand entities, all used."""
    names = [f"e{n}" for n in range(10_000)]
    return entity_docx(
        "".join(f'<!ENTITY {name} "x">' for name in names), "".join(f"&{name};" for name in names)
    )


def quadratic_docx() -> bytes:
    """One long entity used many times."""
    return entity_docx(f'<!ENTITY a "{"x" * 100_000}">', "&a;" * 30_000)


def external_docx(path: str) -> bytes:
    return entity_docx(f'<!ENTITY a SYSTEM "file://{path}">', "&a;")


def nested_docx(depth: int) -> bytes:
    """Tables in tables."""
    return docx("<w:tbl><w:tr><w:tc>" * depth + paragraph("sâu") + "</w:tc></w:tr></w:tbl>" * depth)


def zip_in_zip(depth: int) -> bytes:
    data = b"x" * 1_000_000
    for level in range(depth):
        data = zipped({f"{level}-{copy}.zip": data for copy in range(4)})
    return data


def chained_pdf(depth: int) -> bytes:
    """A page tree that is one long chain."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    objects += [f"<< /Type /Pages /Count 1 /Kids [{n + 3} 0 R] /Parent {n + 1} 0 R >>" for n in range(depth)]
    objects.append(f"<< /Type /Page /Parent {depth + 1} 0 R /MediaBox [0 0 595 842] >>")
    return pdf_of_objects(objects)


def bracketed_pdf(depth: int) -> bytes:
    """A page whose resources are arrays in arrays."""
    deep = "[" * depth + "]" * depth
    return pdf_of_objects(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources {deep} /Contents 4 0 R >>",
            _stream(deep.encode() + b" Tj"),
        ]
    )


def self_drawing_pdf() -> bytes:
    """A drawing that draws itself twice."""
    form = _stream(
        b"/X Do /X Do",
        "/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /X 4 0 R >> >>",
    )
    return pdf_of_objects(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
            "/Resources << /XObject << /X 4 0 R >> >> >>",
            form,
            _stream(b"/X Do"),
        ]
    )


def inflated_pdf(megabytes: int) -> bytes:
    """A page whose content unpacks to so many megabytes, packed twice."""
    once = zlib.compress(b"(a) Tj " * (megabytes * 1_000_000 // 7), 9)
    twice = zlib.compress(once, 9)
    head = f"<< /Length {len(twice)} /Filter [/FlateDecode /FlateDecode] >>\nstream\n".encode()
    return pdf_of_objects(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
            head + twice + b"\nendstream",
        ]
    )
