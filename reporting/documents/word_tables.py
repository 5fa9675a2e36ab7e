"""Tables of a Word file: cells with spans laid on a grid, widths, borders, rows that are not torn apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Emu, Mm

from reporting.narrative_tree import Node


def table_rows(node: Node, *, in_head: bool) -> Iterator[tuple[Node, bool]]:
    """The rows of a narrative's table, each with whether it belongs to the head."""
    for child in node.children:
        if isinstance(child, Node):
            if child.tag == "tr":
                yield child, in_head
            else:
                yield from table_rows(child, in_head=child.tag == "thead")


def laid_out(
    rows: Sequence[tuple[Node, bool]],
) -> tuple[list[tuple[int, int, int, int, Any]], int, int]:
    """Lay cells with spans on a grid: (row, column, rows, columns, cell) each, and the grid's size."""
    taken: set[tuple[int, int]] = set()
    placed, width = [], 0
    for line, (row, _) in enumerate(rows):
        column = 0
        for cell in row.children:
            if not isinstance(cell, Node):
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


def flattened(cell: Node) -> Node:
    """A cell's content with its lists as lines starting with "- "."""
    flat = Node("p")
    for child in cell.children:
        if isinstance(child, Node) and child.tag in {"ul", "ol"}:
            for item in child.children:
                if isinstance(item, Node):
                    flat.children.append(Node("p", {}, ["- ", *item.children]))
        else:
            flat.children.append(child)
    return flat


def fix_widths(table: Any, widths: Sequence[float], *, bordered: bool = False) -> None:
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


def keep_row(row: Any, *, header: bool) -> None:
    """Never break the row over a page; a header is repeated on each."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))


def border(paragraph: Any, sides: Sequence[str]) -> None:
    """Draw thin lines at the named sides ("top", "left" …) of a paragraph."""
    edges = "".join(f'<w:{side} w:val="single" w:sz="6" w:space="1" w:color="000000"/>' for side in sides)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        parse_xml(f"<w:pBdr {nsdecls('w')}>{edges}</w:pBdr>"),
        "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr",
    )  # fmt: skip


def drop_first(cell: Any) -> None:
    """Remove the empty paragraph every new cell starts with, when others follow it."""
    if len(cell.paragraphs) > 1:
        first = cell.paragraphs[0]._element
        first.getparent().remove(first)
