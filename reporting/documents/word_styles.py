"""What a Word file of ours looks like: its styles, its two kinds of lists, its pages."""

from __future__ import annotations

from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

FONT = "Times New Roman"


def set_styles(document: Any) -> None:
    """Give the document's styles the sizes, indents and gaps of the form, and make the ones it lacks."""
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


def add_list_kind(document: Any, kind: str, text: str) -> int:
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


def new_list(document: Any, number: int) -> int:
    """Another list of the same kind, counting from 1 again."""
    numbering = document.part.numbering_part.element
    kind = numbering.num_having_numId(number).abstractNumId.val
    fresh = numbering.add_num(kind)
    fresh.add_lvlOverride(0).add_startOverride(1)
    return int(fresh.numId)


def put_in_list(paragraph: Any, number: int, level: int) -> None:
    """Make the paragraph an item of the list `number`; levels count from 0."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = number


def set_page(section: Any, *, landscape: bool, restart: bool) -> None:
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
