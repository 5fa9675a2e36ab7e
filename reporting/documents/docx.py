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
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

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
from reporting.documents.word_styles import add_list_kind, new_list, put_in_list, set_page, set_styles
from reporting.documents.word_tables import (
    border,
    drop_first,
    fix_widths,
    flattened,
    keep_row,
    laid_out,
    table_rows,
)
from reporting.narrative_tree import Node

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
        set_styles(self.document)
        self.dash = add_list_kind(self.document, "bullet", "-")
        self.numbered = add_list_kind(self.document, "decimal", "%1.")

    def written(self) -> bytes:
        self._properties()
        set_page(self.document.sections[0], landscape=False, restart=False)
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
        paragraph = place.add_paragraph() if place is not None else self._last_paragraph()
        if style != "Normal":
            self._dress(paragraph, style)
        if text:
            paragraph.add_run(_writable(text))
        return paragraph

    def _last_paragraph(self) -> Any:
        """A new paragraph at the end. The library looks for that end among all that is there, each time."""
        made = OxmlElement("w:p")
        self.document.element.body[-1].addprevious(made)  # the last child is the page's own properties
        return Paragraph(made, self.document._body)

    def _dress(self, paragraph: Any, style: str) -> None:
        """Give a paragraph a style by its id: looking one up by name walks all styles, each time."""
        if style not in self.style_ids:
            self.style_ids[style] = self.document.styles[style].style_id
        paragraph._p.style = self.style_ids[style]

    # Letterhead, title, addressees

    def _letterhead(self) -> None:
        paper = self.paper
        table = self.document.add_table(rows=1, cols=2)
        fix_widths(table, (65, 97))
        left, right = table.rows[0].cells
        lines: list[tuple[str, float, bool, bool]] = []
        if paper.parent_body:
            lines.append((paper.parent_body.upper(), 12, False, False))
        lines.append((paper.issuing_body.upper(), 12, True, False))
        self._lines(left, lines)
        # A capital of 12 pt is about 2,4 mm wide; the line is a third to half of the name.
        self._rule(left, 65, min(max(0.45 * 2.4 * len(paper.issuing_body), 7), 26))
        self._lines(left, [(paper.printed_number, 13, False, False)], before=4)
        if not paper.kind:
            self._lines(left, [(paper.printed_subject, 12, False, False)])
        if paper.draft:
            self._lines(left, [("DỰ THẢO", 12, True, False)], before=4, boxed=True)
        self._lines(right, [("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, True, False)])
        self._lines(right, [("Độc lập - Tự do - Hạnh phúc", 13, True, False)])
        self._rule(right, 97, 58)
        self._lines(right, [(paper.printed_place_and_date, 13, False, True)], before=4)
        drop_first(left)
        drop_first(right)

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
                border(paragraph, ("top", "left", "bottom", "right"))

    def _rule(self, cell: Any, width: float, length: float) -> None:
        """A line of `length` mm in the middle of `width` mm: the lower border of an empty paragraph."""
        paragraph = self._paragraph("", "Letterhead", cell)
        form = paragraph.paragraph_format
        form.line_spacing = Pt(2)
        # Word's cells keep 1.9 mm free at either side.
        form.left_indent = form.right_indent = Mm((width - 3.8 - length) / 2)
        border(paragraph, ("bottom",))

    def _title(self) -> None:
        if not self.paper.kind:
            return
        kind = self._paragraph(self.paper.kind, "Title")
        kind.paragraph_format.space_before = Pt(18)
        self._paragraph(self.paper.subject, "Title")
        rule = self._paragraph("", "Letterhead")
        rule.paragraph_format.line_spacing = Pt(3)
        rule.paragraph_format.left_indent = rule.paragraph_format.right_indent = Mm(58)
        border(rule, ("bottom",))
        if self.paper.as_of_line:
            self._paragraph(f"({self.paper.as_of_line})", "Reference")

    def _addressees(self) -> None:
        names = self.paper.addressees
        if len(names) == 1:
            paragraph = self._paragraph(f"Kính gửi: {names[0]}", "Addressee")
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.paragraph_format.space_before = Pt(12 if self.paper.kind else 20)
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
        fix_widths(table, (78, 84))
        keep_row(table.rows[0], header=False)
        left, right = table.rows[0].cells
        if paper.recipients:
            label = self._paragraph("Nơi nhận:", "Recipients", left)
            label.runs[0].bold = label.runs[0].italic = True
            label.runs[0].font.size = Pt(12)
            for line in listed(paper.recipients):
                self._paragraph(f"- {line}", "Recipients", left)
        if paper.signature:
            for line in paper.signature.posts:
                self._paragraph(line.upper(), "Signature", right)
            name = self._paragraph(paper.signature.name, "Signature", right)
            name.paragraph_format.space_before = Pt(72)
        for cell in (left, right):
            drop_first(cell)
            cell.paragraphs[0].paragraph_format.space_before = Pt(14)

    def _receipt(self) -> None:
        lines = receipt_lines(self.paper)
        if not lines:
            return
        for index, line in enumerate(["PHIẾU TIẾP NHẬN ĐIỆN TỬ", *lines]):
            paragraph = self._paragraph(line, "Receipt")
            paragraph.runs[0].bold = index == 0
            paragraph.paragraph_format.space_before = Pt(18 if index == 0 else 0)
            border(paragraph, ("top", "left", "bottom", "right"))

    def _annex(self, annex: Annex) -> None:
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        set_page(section, landscape=annex.landscape, restart=True)
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
        fix_widths(grid, [self.width * column.share / total for column in table.columns], bordered=True)
        keep_row(grid.rows[0], header=True)
        for cell, column in zip(grid.rows[0].cells, table.columns, strict=True):
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            self._fill(cell, column.title, WD_ALIGN_PARAGRAPH.CENTER, bold=True)
        for row in table.rows:
            line = grid.add_row()
            keep_row(line, header=False)
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
            if isinstance(node, Node):
                self._narrative_block(node, self.document, 0)

    def _narrative_block(self, node: Node, place: Any, level: int) -> None:
        if node.tag in {"ul", "ol"}:
            self._list(node, place, level)
        elif node.tag == "table":
            self._narrative_table(node)
        else:
            self._inline(node, self._paragraph(place=place))

    def _list(self, node: Node, place: Any, level: int) -> None:
        number = new_list(self.document, self.numbered) if node.tag == "ol" else self.dash
        for item in node.children:
            if not isinstance(item, Node):
                continue
            nested = [c for c in item.children if isinstance(c, Node) and c.tag in {"ul", "ol", "table"}]
            own = [c for c in item.children if isinstance(c, str) or c not in nested]
            if own:
                paragraph = self._paragraph(style="List Paragraph", place=place)
                put_in_list(paragraph, number, min(level, 8))
                self._inline(Node("li", {}, own), paragraph)
            for child in nested:
                self._narrative_block(child, place, level + 1)

    def _inline(self, node: Node, paragraph: Any, marks: frozenset[str] = frozenset()) -> None:
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

    def _narrative_table(self, node: Node) -> None:
        rows = list(table_rows(node, in_head=False))
        placed, height, width = laid_out(rows)
        if not width:
            return
        grid = self.document.add_table(rows=height, cols=width, style="Table Grid")
        fix_widths(grid, [self.width / width] * width, bordered=True)
        matrix = [list(row.cells) for row in grid.rows]
        for index, (_, head) in enumerate(rows):
            keep_row(grid.rows[index], header=head)
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
            self._inline(flattened(cell), paragraph, frozenset({"strong"} if cell.tag == "th" else ()))


def _writable(text: str) -> str:
    """Without the control characters XML, and so Word, does not know."""
    return _UNWRITABLE.sub("", text)


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
