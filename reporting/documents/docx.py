"""Prints a paper as a Word file an office worker can go on editing: real styles, real lists, real sections.

The form is the PDF's (Nghị định 30/2020/NĐ-CP); lines under names are paragraph borders, the letterhead is a
table without borders, page numbers are a field in the header, absent on first pages.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu, Mm, Pt, RGBColor

from reporting import narrative
from reporting.documents.content import (
    Annex,
    Block,
    Contribution,
    Heading,
    Note,
    OfficialPaper,
    Para,
    Table,
    base_line,
    ended,
)
from reporting.documents.markup import listed, receipt_lines

FONT = "Times New Roman"
_PORTRAIT_WIDTH = 162
_LANDSCAPE_WIDTH = 257
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
_NO_DATE = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)


def render_docx(paper: OfficialPaper) -> bytes:
    """Return the paper, annexes included, as a .docx file. Equal content gives equal documents."""
    return _Writer(paper).written()


class _Writer:
    def __init__(self, paper: OfficialPaper) -> None:
        self.paper = paper
        self.document: Any = Document()
        self.width = _PORTRAIT_WIDTH
        self.style_ids: dict[str, str] = {}
        _set_styles(self.document)
        self.dash = _add_list_kind(self.document, "bullet", "-")
        self.numbered = _add_list_kind(self.document, "decimal", "%1.")

    def written(self) -> bytes:
        self._properties()
        _set_page(self.document.sections[0], landscape=False, restart=False)
        self._letterhead()
        self._title()
        self._addressees()
        for index, base in enumerate(self.paper.bases):
            self._paragraph(base_line(base, index, self.paper.bases)).runs[0].italic = True
        if self.paper.opening:
            self._paragraph(self.paper.opening)
        self._blocks(self.paper.blocks)
        self._closing()
        self._signature()
        self._receipt()
        for annex in self.paper.annexes:
            self._annex(annex)
        target = io.BytesIO()
        self.document.save(target)
        return _without_clock(target.getvalue())

    def _properties(self) -> None:
        properties = self.document.core_properties
        properties.title = _writable(self.paper.title)[:255]
        properties.author = _writable(self.paper.author)[:255]
        properties.last_modified_by = properties.author
        properties.language = "vi-VN"
        properties.comments = ""
        properties.created = properties.modified = (self.paper.dated or _NO_DATE).astimezone(dt.UTC)

    def _paragraph(self, text: str = "", style: str = "Normal", place: Any = None) -> Any:
        paragraph = (place or self.document).add_paragraph()
        if style != "Normal":
            self._dress(paragraph, style)
        if text:
            paragraph.add_run(_writable(text))
        return paragraph

    def _dress(self, paragraph: Any, style: str) -> None:
        """Give a paragraph a style by its id: looking one up by name walks all styles, each time."""
        if style not in self.style_ids:
            self.style_ids[style] = self.document.styles[style].style_id
        paragraph._p.style = self.style_ids[style]

    # Letterhead, title, addressees

    def _letterhead(self) -> None:
        paper = self.paper
        table = self.document.add_table(rows=1, cols=2)
        _fix_widths(table, (65, 97))
        left, right = table.rows[0].cells
        lines: list[tuple[str, float, bool, bool]] = []
        if paper.parent_body:
            lines.append((paper.parent_body.upper(), 12, False, False))
        lines.append((paper.issuing_body.upper(), 12, True, False))
        self._lines(left, lines)
        self._rule(left, 65, 22)
        self._lines(left, [(paper.printed_number, 13, False, False)], before=4)
        if not paper.kind:
            self._lines(left, [(paper.printed_subject, 12, False, False)])
        if paper.draft:
            self._lines(left, [("DỰ THẢO", 12, True, False)], before=4, boxed=True)
        self._lines(right, [("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, True, False)])
        self._lines(right, [("Độc lập - Tự do - Hạnh phúc", 13, True, False)])
        self._rule(right, 97, 58)
        self._lines(right, [(paper.printed_place_and_date, 13, False, True)], before=4)
        _drop_first(left)
        _drop_first(right)

    def _lines(
        self,
        cell: Any,
        lines: Sequence[tuple[str, float, bool, bool]],
        before: float = 0,
        *,
        boxed: bool = False,
    ) -> None:
        for text, size, bold, italic in lines:
            paragraph = self._paragraph(text, "Letterhead", cell)
            run = paragraph.runs[0]
            run.font.size, run.bold, run.italic = Pt(size), bold, italic
            paragraph.paragraph_format.space_before = Pt(before)
            if boxed:
                paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(17)
                _border(paragraph, ("top", "left", "bottom", "right"))

    def _rule(self, cell: Any, width: float, length: float) -> None:
        """A line of `length` mm in the middle of `width` mm: the lower border of an empty paragraph."""
        paragraph = self._paragraph("", "Letterhead", cell)
        form = paragraph.paragraph_format
        form.line_spacing = Pt(2)
        # Word's cells keep 1.9 mm free at either side.
        form.left_indent = form.right_indent = Mm((width - 3.8 - length) / 2)
        _border(paragraph, ("bottom",))

    def _title(self) -> None:
        if not self.paper.kind:
            return
        kind = self._paragraph(self.paper.kind, "Title")
        kind.paragraph_format.space_before = Pt(18)
        self._paragraph(self.paper.subject, "Title")
        rule = self._paragraph("", "Letterhead")
        rule.paragraph_format.line_spacing = Pt(3)
        rule.paragraph_format.left_indent = rule.paragraph_format.right_indent = Mm(58)
        _border(rule, ("bottom",))
        if self.paper.as_of_line:
            self._paragraph(f"({self.paper.as_of_line})", "Reference")

    def _addressees(self) -> None:
        names = self.paper.addressees
        if len(names) == 1:
            paragraph = self._paragraph(f"Kính gửi: {names[0]}", "Addressee")
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.paragraph_format.space_before = Pt(12)
        elif names:
            label = self._paragraph("Kính gửi:", "Addressee").paragraph_format
            label.left_indent, label.space_before = Mm(22), Pt(16)
            for name in listed(names):
                paragraph = self._paragraph(f"- {name}", "Addressee")
                paragraph.paragraph_format.left_indent = Mm(42)
                paragraph.paragraph_format.space_before = Pt(0)

    # Body

    def _blocks(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            match block:
                case Heading():
                    text = f"{block.number} {block.text}".strip()
                    self._paragraph(text.upper() if block.level == 1 else text, f"Heading {block.level}")
                case Para():
                    self._narrative(block.html)
                case Note():
                    self._paragraph(block.text).runs[0].italic = True
                case Contribution():
                    self._contribution(block)
                case Table():
                    self._table(block)

    def _contribution(self, block: Contribution) -> None:
        name = self._paragraph(block.unit, "Unit name")
        if block.remark:
            run = name.add_run(_writable(f" ({block.remark})"))
            run.bold = False
        self._narrative(block.html)

    def _closing(self) -> None:
        if self.paper.closing:
            self._paragraph(ended(self.paper.closing))
            return
        paragraphs = self.document.paragraphs
        last = paragraphs[-1] if paragraphs else self._paragraph()
        if last.runs:
            last.runs[-1].text = last.runs[-1].text.rstrip(" .;/")
        last.add_run("./.")

    def _signature(self) -> None:
        paper = self.paper
        if not (paper.signature or paper.recipients):
            return
        table = self.document.add_table(rows=1, cols=2)
        _fix_widths(table, (78, 84))
        _keep_row(table.rows[0], header=False)
        left, right = table.rows[0].cells
        if paper.recipients:
            label = self._paragraph("Nơi nhận:", "Recipients", left)
            label.runs[0].bold = label.runs[0].italic = True
            label.runs[0].font.size = Pt(12)
            for line in listed(paper.recipients):
                self._paragraph(f"- {line}", "Recipients", left)
        if paper.signature:
            for line in (paper.signature.authority, paper.signature.post):
                if line:
                    self._paragraph(line.upper(), "Signature", right)
            name = self._paragraph(paper.signature.name, "Signature", right)
            name.paragraph_format.space_before = Pt(72)
        for cell in (left, right):
            _drop_first(cell)
            cell.paragraphs[0].paragraph_format.space_before = Pt(14)

    def _receipt(self) -> None:
        lines = receipt_lines(self.paper)
        if not lines:
            return
        for index, line in enumerate(["PHIẾU TIẾP NHẬN ĐIỆN TỬ", *lines]):
            paragraph = self._paragraph(line, "Receipt")
            paragraph.runs[0].bold = index == 0
            paragraph.paragraph_format.space_before = Pt(18 if index == 0 else 0)
            _border(paragraph, ("top", "left", "bottom", "right"))

    def _annex(self, annex: Annex) -> None:
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        _set_page(section, landscape=annex.landscape, restart=True)
        self.width = _LANDSCAPE_WIDTH if annex.landscape else _PORTRAIT_WIDTH
        heading = self._paragraph(annex.label, "Annex heading")
        heading.add_run().add_break()
        run = heading.add_run(_writable(annex.title.upper()))
        run.font.size = Pt(13)
        if annex.reference:
            self._paragraph(f"({annex.reference})", "Reference")
        self._blocks(annex.blocks)

    def _table(self, table: Table) -> None:
        if table.caption:
            caption = self._paragraph(table.caption, "Caption")
            caption.paragraph_format.keep_with_next = True
        total = sum(column.share for column in table.columns)
        grid = self.document.add_table(rows=1, cols=len(table.columns), style="Table Grid")
        _fix_widths(grid, [self.width * column.share / total for column in table.columns], bordered=True)
        _keep_row(grid.rows[0], header=True)
        for cell, column in zip(grid.rows[0].cells, table.columns, strict=True):
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            self._fill(cell, column.title, WD_ALIGN_PARAGRAPH.CENTER, bold=True)
        for row in table.rows:
            line = grid.add_row()
            _keep_row(line, header=False)
            cells = line.cells
            if row.span:
                merged = cells[0].merge(cells[-1])
                for extra in merged.paragraphs[1:]:
                    extra._element.getparent().remove(extra._element)
                self._fill(merged, row.cells[0] if row.cells else "", WD_ALIGN_PARAGRAPH.LEFT, bold=True)
                continue
            for cell, column, text in zip(cells, table.columns, row.cells, strict=False):
                self._fill(cell, text, _ALIGN[column.align], bold=row.strong)

    def _fill(self, cell: Any, text: str, align: Any, *, bold: bool) -> None:
        paragraph = cell.paragraphs[0]
        self._dress(paragraph, "Table text")
        paragraph.alignment = align
        if text:
            paragraph.add_run(_writable(text)).bold = bold or None

    # Narratives

    def _narrative(self, html: str) -> None:
        for node in narrative.tree(html).children:
            if isinstance(node, narrative.Node):
                self._narrative_block(node, self.document, 0)

    def _narrative_block(self, node: narrative.Node, place: Any, level: int) -> None:
        if node.tag in {"ul", "ol"}:
            self._list(node, place, level)
        elif node.tag == "table":
            self._narrative_table(node)
        else:
            self._inline(node, self._paragraph(place=place))

    def _list(self, node: narrative.Node, place: Any, level: int) -> None:
        number = _new_list(self.document, self.numbered) if node.tag == "ol" else self.dash
        for item in node.children:
            if not isinstance(item, narrative.Node):
                continue
            nested = [
                c for c in item.children if isinstance(c, narrative.Node) and c.tag in {"ul", "ol", "table"}
            ]
            own = [c for c in item.children if isinstance(c, str) or c not in nested]
            if own:
                paragraph = self._paragraph(style="List Paragraph", place=place)
                _put_in_list(paragraph, number, min(level, 8))
                self._inline(narrative.Node("li", {}, own), paragraph)
            for child in nested:
                self._narrative_block(child, place, level + 1)

    def _inline(self, node: narrative.Node, paragraph: Any, marks: frozenset[str] = frozenset()) -> None:
        for index, child in enumerate(node.children):
            if isinstance(child, str):
                run = paragraph.add_run(_writable(child))
                run.bold = "strong" in marks or None
                run.italic = "em" in marks or None
                run.underline = "u" in marks or None
            elif child.tag == "br":
                paragraph.add_run().add_break()
            else:
                if child.tag == "p" and index:
                    paragraph.add_run().add_break()
                self._inline(child, paragraph, marks | {child.tag})

    def _narrative_table(self, node: narrative.Node) -> None:
        rows = list(_rows(node, in_head=False))
        placed, height, width = _grid(rows)
        if not width:
            return
        grid = self.document.add_table(rows=height, cols=width, style="Table Grid")
        _fix_widths(grid, [self.width / width] * width, bordered=True)
        matrix = [list(row.cells) for row in grid.rows]
        for index, (_, head) in enumerate(rows):
            _keep_row(grid.rows[index], header=head)
        for line, column, tall, wide, cell in placed:
            target = matrix[line][column]
            if tall > 1 or wide > 1:
                target = target.merge(matrix[line + tall - 1][column + wide - 1])
                for extra in target.paragraphs[1:]:
                    extra._element.getparent().remove(extra._element)
            paragraph = target.paragraphs[0]
            self._dress(paragraph, "Table text")
            if cell.tag == "th":
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            self._inline(_flattened(cell), paragraph, frozenset({"strong"} if cell.tag == "th" else ()))


def _rows(node: narrative.Node, *, in_head: bool) -> Any:
    for child in node.children:
        if isinstance(child, narrative.Node):
            if child.tag == "tr":
                yield child, in_head
            else:
                yield from _rows(child, in_head=child.tag == "thead")


def _grid(
    rows: Sequence[tuple[narrative.Node, bool]],
) -> tuple[list[tuple[int, int, int, int, Any]], int, int]:
    """Lay cells with spans on a grid: (row, column, rows, columns, cell) each, and the grid's size."""
    taken: set[tuple[int, int]] = set()
    placed, width = [], 0
    for line, (row, _) in enumerate(rows):
        column = 0
        for cell in row.children:
            if not isinstance(cell, narrative.Node):
                continue
            while (line, column) in taken:
                column += 1
            tall = min(cell.attributes.get("rowspan", 1), len(rows) - line)
            wide = cell.attributes.get("colspan", 1)
            while wide > 1 and any((line, column + step) in taken for step in range(wide)):
                wide -= 1
            taken |= {(line + down, column + right) for down in range(tall) for right in range(wide)}
            placed.append((line, column, tall, wide, cell))
            column += wide
            width = max(width, column)
    return placed, len(rows), width


def _flattened(cell: narrative.Node) -> narrative.Node:
    """A cell's content with its lists as lines starting with "- "."""
    flat = narrative.Node("p")
    for child in cell.children:
        if isinstance(child, narrative.Node) and child.tag in {"ul", "ol"}:
            for item in child.children:
                if isinstance(item, narrative.Node):
                    flat.children.append(narrative.Node("p", {}, ["- ", *item.children]))
        else:
            flat.children.append(child)
    return flat


def _writable(text: str) -> str:
    """Without the control characters XML, and so Word, does not know."""
    return _UNWRITABLE.sub("", text)


# Styles, numbering, sections


def _set_styles(document: Any) -> None:
    styles = document.styles
    defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    language = defaults.find(qn("w:lang"))
    for name in ("w:val", "w:eastAsia"):
        language.set(qn(name), "vi-VN")
    _style(styles["Normal"], size=14, first_line=12.7, before=6, justify=True)
    for level, look in enumerate(({"bold": True}, {"bold": True}, {}, {"italic": True}), start=1):
        _style(styles[f"Heading {level}"], size=14, first_line=12.7, before=9, after=3, keep=True, **look)
    _style(styles["Title"], size=14, bold=True, centred=True, keep=True)
    title_border = styles["Title"].element.find(qn("w:pPr")).find(qn("w:pBdr"))
    if title_border is not None:
        title_border.getparent().remove(title_border)
    _style(styles["Header"], size=13, centred=True)
    _style(styles["Caption"], size=13, bold=True, centred=True, before=6, keep=True)
    _style(styles["List Paragraph"], size=14, before=6, justify=True)
    contextual = styles["List Paragraph"].element.find(qn("w:pPr")).find(qn("w:contextualSpacing"))
    if contextual is not None:  # it would swallow the gap between items
        contextual.getparent().remove(contextual)
    made: dict[str, dict[str, Any]] = {
        "Letterhead": {"size": 12, "centred": True},
        "Addressee": {"size": 14, "before": 6},
        "Reference": {"size": 13, "italic": True, "centred": True, "before": 4, "after": 4},
        "Recipients": {"size": 11},
        "Signature": {"size": 14, "bold": True, "centred": True},
        "Receipt": {"size": 11},
        "Table text": {"size": 12, "before": 2, "after": 2},
        "Unit name": {"size": 14, "bold": True, "italic": True, "before": 9, "keep": True},
    }
    for name, look in made.items():
        style = styles.add_style(name, 1)
        style.base_style = styles["Normal"]
        _style(style, **look)
    heading = styles.add_style("Annex heading", 1)
    heading.base_style = styles["Heading 1"]
    _style(heading, size=14, bold=True, centred=True, keep=True)


def _style(
    style: Any,
    *,
    size: float,
    bold: bool = False,
    italic: bool = False,
    centred: bool = False,
    justify: bool = False,
    first_line: float = 0,
    before: float = 0,
    after: float = 0,
    keep: bool = False,
) -> None:
    font, form = style.font, style.paragraph_format
    font.name, font.size, font.bold, font.italic = FONT, Pt(size), bold, italic
    font.color.rgb = RGBColor(0, 0, 0)
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    form.first_line_indent, form.left_indent = Mm(first_line), Mm(0)
    form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), 1.15 if justify else 1.0
    form.keep_with_next = keep
    if centred:
        form.alignment = WD_ALIGN_PARAGRAPH.CENTER
    else:
        form.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY if justify or first_line else WD_ALIGN_PARAGRAPH.LEFT


def _add_list_kind(document: Any, kind: str, text: str) -> int:
    """Define a list with nine levels; return the number of its first list."""
    numbering = document.part.numbering_part.element
    key = 1 + max(
        (int(item.get(qn("w:abstractNumId"))) for item in numbering.findall(qn("w:abstractNum"))), default=0
    )
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:suff w:val="space"/>'
        f'<w:lvlText w:val="{text.replace("%1", f"%{level + 1}")}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{level * 450}" w:firstLine="720"/></w:pPr>'
        f'<w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}"/></w:rPr></w:lvl>'
        for level in range(9)
    )
    first_list = numbering.find(qn("w:num"))
    first_list.addprevious(
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{key}"><w:multiLevelType w:val="multilevel"/>'
            f"{levels}</w:abstractNum>"
        )
    )
    return int(numbering.add_num(key).numId)


def _new_list(document: Any, number: int) -> int:
    """Another list of the same kind, counting from 1 again."""
    numbering = document.part.numbering_part.element
    kind = numbering.num_having_numId(number).abstractNumId.val
    fresh = numbering.add_num(kind)
    fresh.add_lvlOverride(0).add_startOverride(1)
    return int(fresh.numId)


def _put_in_list(paragraph: Any, number: int, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = number


def _set_page(section: Any, *, landscape: bool, restart: bool) -> None:
    """A4 with the margins of the form; the page number centred in the header, from page 2."""
    section.page_width, section.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.top_margin, section.bottom_margin = Mm(22), Mm(20)
    section.left_margin, section.right_margin = (Mm(20), Mm(20)) if landscape else (Mm(30), Mm(18))
    section.header_distance = Mm(12)
    section.different_first_page_header_footer = True
    if restart:
        numbers = OxmlElement("w:pgNumType")
        numbers.set(qn("w:start"), "1")
        existing = section._sectPr.find(qn("w:pgNumType"))
        if existing is not None:
            section._sectPr.remove(existing)
        section._sectPr.find(qn("w:pgMar")).addnext(numbers)
        return  # its header is the one of the section before
    paragraph = section.header.paragraphs[0]
    paragraph.style = "Header"
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind in ("begin", "", "separate", "text", "end"):
        run = paragraph.add_run("2" if kind == "text" else "")
        if kind == "":
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = " PAGE "
            run._r.append(code)
        elif kind != "text":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def _fix_widths(table: Any, widths: Sequence[float], *, bordered: bool = False) -> None:
    """Fixed column widths in mm; a table without borders spans the text exactly."""
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    if bordered:
        table._tbl.tblPr.append(
            parse_xml(
                f'<w:tblCellMar {nsdecls("w")}><w:left w:w="68" w:type="dxa"/><w:right w:w="68" w:type="dxa"/>'
                "</w:tblCellMar>"
            )
        )
    else:
        table.style = "Normal Table"
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Emu(Mm(width))


def _keep_row(row: Any, *, header: bool) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))


def _border(paragraph: Any, sides: Sequence[str]) -> None:
    edges = "".join(f'<w:{side} w:val="single" w:sz="6" w:space="1" w:color="000000"/>' for side in sides)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        parse_xml(f"<w:pBdr {nsdecls('w')}>{edges}</w:pBdr>"),
        "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr",
    )  # fmt: skip


def _drop_first(cell: Any) -> None:
    """Remove the empty paragraph every new cell starts with, when others follow it."""
    if len(cell.paragraphs) > 1:
        first = cell.paragraphs[0]._element
        first.getparent().remove(first)


def _without_clock(docx: bytes) -> bytes:
    """The same parts in an archive that does not say when it was packed: equal content, equal bytes."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(docx)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(
                zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0)),
                source.read(name),
                zipfile.ZIP_DEFLATED,
            )
    return packed.getvalue()
