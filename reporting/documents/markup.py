"""A paper as HTML and print CSS: the one source of the PDF, whole or in pieces.

Everything is escaped; the only markup let through is a narrative, cleaned once more here.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.template import Context, Engine
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from reporting import narrative
from reporting.documents import fonts
from reporting.documents.content import (
    Annex,
    Block,
    Column,
    Contribution,
    Heading,
    Note,
    OfficialPaper,
    Para,
    Row,
    Table,
    base_line,
    clock_line,
    ended,
    words_of,
)

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"

# A printed page holds about 500 words. A piece is cut at a heading or between two units, at a place chosen by
# the content itself, so that a unit that comes late shifts the cuts around it and not all that follow.
PIECE_LEAST = 5_000
PIECE_MOST = 12_000
_CUT_ONE_IN = 3

# A word longer than a line is cut letter by letter, which takes the square of its length: offer it places to
# break at (a zero-width space, in print only).
_LONG_RUN = re.compile(r"[^\s<>&\u00a0]{30}(?=[^\s<>&\u00a0]{10})")
_LAST_END = re.compile(r"[\s.;/]*(</(?:p|li)>(?:</(?:li|ul|ol)>)*)\s*$")


@cache
def _engine() -> Engine:
    return Engine(dirs=[str(TEMPLATES)], autoescape=True)


@cache
def version() -> str:
    """A hash over templates and fonts: what was printed with another version is not used again."""
    digest = hashlib.sha256(fonts.version().encode())
    for name in ("paper.html", "paper.css"):
        digest.update((TEMPLATES / "documents" / name).read_bytes())
    for module in ("markup.py", "content.py", "renderer.py"):
        digest.update((Path(__file__).parent / module).read_bytes())
    return digest.hexdigest()[:16]


def paper_html(paper: OfficialPaper, *, compendia: bool = True) -> str:
    """The whole paper as one HTML document; without its compendium annexes when `compendia` is False."""
    annexes = [annex for annex in paper.annexes if compendia or not annex.compendium]
    described = []
    for index, annex in enumerate(annexes, start=1):
        groups = pieces(annex.blocks) if annex.compendium else [annex.blocks]
        described.append(_annex_context(annex, f"phu-luc-{index}", groups, headed=True))
    return _whole(paper, described)


def piece_html(paper: OfficialPaper, annex: Annex, group: Sequence[Block], *, first: bool) -> str:
    """One piece of a compendium as a document of its own, without page numbers: the merger stamps them.

    It depends on the blocks alone (the first also on the annex's heading), so it stays usable when the
    paper around it changes.
    """
    described = _annex_context(annex, "phu-luc-1", [group], headed=first)
    return _printed(
        {
            "title": f"{annex.label}. {annex.title}",
            "author": paper.author,
            "css": mark_safe(_css([described], numbered=False)),  # noqa: S308 — our own style sheet
            "annexes": [described],
        }
    )


def pieces(blocks: Sequence[Block]) -> list[tuple[Block, ...]]:
    """Cut the blocks of a compendium into pieces of about 10 to 25 pages, stable under small edits."""
    groups: list[tuple[Block, ...]] = []
    current: list[Block] = []
    words = 0
    for block in blocks:
        if current and _cut_before(block, current[-1], words):
            groups.append(tuple(current))
            current, words = [], 0
        current.append(block)
        words += words_of(block)
    if current:
        groups.append(tuple(current))
    return groups


def _cut_before(block: Block, previous: Block, words: int) -> bool:
    if isinstance(previous, Heading) or words < PIECE_LEAST:
        return False
    if isinstance(block, Heading):
        if words >= PIECE_MOST * 2 // 3:
            return True
        name = f"{block.number} {block.text}"
    elif isinstance(block, Contribution):
        name = block.unit
    else:
        return False
    if words >= PIECE_MOST:
        return True
    return (
        hashlib.sha256(name.encode()).digest()[0] % (_CUT_ONE_IN if isinstance(block, Heading) else 16) == 0
    )


def _annex_context(
    annex: Annex, name: str, groups: Sequence[Sequence[Block]], *, headed: bool
) -> dict[str, Any]:
    return {
        "name": name,
        "heading": annex if headed else None,
        "bookmark": f"{annex.label}. {annex.title}",
        "landscape": annex.landscape,
        "cut": annex.compendium,
        "pieces": [blocks_html(group, offset=2) for group in groups],
    }


def _whole(paper: OfficialPaper, annexes: list[dict[str, Any]]) -> str:
    body, closing = _body(paper)
    return _printed(
        {
            "paper": paper,
            "title": paper.title,
            "author": paper.author,
            "dated": paper.dated.isoformat(timespec="seconds") if paper.dated else "",
            "css": mark_safe(_css(annexes, numbered=True)),  # noqa: S308 — our own style sheet
            "with_body": True,
            "body": body,
            "closing": closing,
            "addressees": listed(paper.addressees),
            "recipients": listed(paper.recipients),
            "bases": [base_line(base, index, paper.bases) for index, base in enumerate(paper.bases)],
            "receipt_lines": receipt_lines(paper),
            "annexes": annexes,
        }
    )


def _printed(values: dict[str, Any]) -> str:
    context = Context(values, use_l10n=False, use_tz=False)
    return fonts.printable(_engine().get_template("documents/paper.html").render(context))


def receipt_lines(paper: OfficialPaper) -> list[str]:
    """The lines of the receipt block: who sent what, when it came in, under which code and hash."""
    receipt = paper.receipt
    if receipt is None:
        return []
    lines = [f"Mã tiếp nhận: {receipt.code}", f"Thời điểm: {clock_line(receipt.received_at)}"]
    if receipt.sender:
        lines.append(f"Người nộp: {receipt.sender}")
    return [*lines, *receipt.dates, f"SHA-256 của nội dung: {receipt.sha256}"]


def listed(lines: Sequence[str]) -> list[str]:
    """Lines of a list of addressees or recipients: ";" after each, "." after the last."""
    return [line.rstrip(" ;.") + ("." if line is lines[-1] else ";") for line in lines]


def _body(paper: OfficialPaper) -> tuple[SafeString, str]:
    """The blocks of the body and its closing paragraph, "./." at the very end of the two."""
    html = blocks_html(paper.blocks, offset=1)
    if paper.closing:
        return html, ended(paper.closing)
    marked, found = _LAST_END.subn(r"./.\1", html)
    return (mark_safe(marked), "") if found else (html, "./.")  # noqa: S308 — only "./." was added


def _css(annexes: Sequence[dict[str, Any]], *, numbered: bool) -> str:
    """Style sheet of one document: the form, the fonts, and the page rules of its annexes."""
    sheet = (TEMPLATES / "documents" / "paper.css").read_text(encoding="utf-8")
    rules = [fonts.font_face_rules(), sheet, "@page :first { @top-center { content: none; } }"]
    for annex in annexes:
        name = annex["name"]
        rules.append(f"#{name} {{ page: {name}; }}")
        if annex["landscape"]:
            rules.append(f"@page {name} {{ size: A4 landscape; margin: 22mm 20mm 18mm 20mm; }}")
        rules.append(f"@page :nth(1 of {name}) {{ counter-reset: page 1; @top-center {{ content: none; }} }}")
    if not numbered:
        rules.append("@page { @top-center { content: none; } }")
    return "\n".join(rules)


def blocks_html(blocks: Sequence[Block], *, offset: int) -> SafeString:
    """Blocks as HTML; `offset` is added to a heading's level to give its element (h2 … h6)."""
    return mark_safe("\n".join(_block_html(block, offset) for block in blocks))  # noqa: S308 — escaped parts


def _block_html(block: Block, offset: int) -> str:
    match block:
        case Heading():
            return _heading_html(block, offset)
        case Para():
            return _narrative_html(block.html)
        case Note():
            return format_html('<p class="note">{}</p>', block.text)
        case Contribution():
            return _contribution_html(block)
        case Table():
            return _table_html(block)


def _narrative_html(html: str) -> str:
    return _LONG_RUN.sub("\\g<0>\u200b", narrative.clean(html))


def _heading_html(block: Heading, offset: int) -> str:
    element = mark_safe(f"h{min(block.level + offset, 6)}")  # noqa: S308 — a number
    text = f"{block.number} {block.text}".strip()
    return format_html('<{0} class="level-{1}" data-bookmark="{2}">{2}</{0}>', element, block.level, text)


def _contribution_html(block: Contribution) -> str:
    remark = format_html(' <span class="remark">({})</span>', block.remark) if block.remark else ""
    name = format_html('<p class="unit-name">{}{}</p>', block.unit, remark)
    return f"{name}\n{_narrative_html(block.html)}"


def _table_html(table: Table) -> str:
    total = sum(column.share for column in table.columns)
    widths = format_html_join(
        "", '<col style="width: {}%">', ((f"{100 * column.share / total:.3f}",) for column in table.columns)
    )
    head = format_html_join("", '<th scope="col">{}</th>', ((column.title,) for column in table.columns))
    rows = mark_safe("\n".join(_row_html(row, table.columns) for row in table.rows))  # noqa: S308 — escaped
    caption = format_html('<p class="caption">{}</p>', table.caption) if table.caption else ""
    return format_html(
        '{}<table class="figures"><colgroup>{}</colgroup><thead><tr>{}</tr></thead><tbody>{}</tbody></table>',
        caption,
        widths,
        head,
        rows,
    )


def _row_html(row: Row, columns: Sequence[Column]) -> str:
    if row.span:
        return format_html(
            '<tr class="span"><td colspan="{}">{}</td></tr>', len(columns), row.cells[0] if row.cells else ""
        )
    cells = [*row.cells[: len(columns)], *[""] * (len(columns) - len(row.cells))]
    printed = format_html_join(
        "",
        '<td class="at-{}">{}</td>',
        ((column.align, cell) for column, cell in zip(columns, cells, strict=True)),
    )
    return format_html("<tr{}>{}</tr>", SafeString(' class="strong"' if row.strong else ""), printed)
