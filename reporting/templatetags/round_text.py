"""Small words of the round's pages: `{% load round_text %}`."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from reporting.overview import GroupLine, MatrixRow, Tally

register = template.Library()
_SWATCHES = {
    "t-ok": "s-ok",
    "t-sent": "s-accent",
    "t-out": "s-out",
    "t-late": "s-danger",
    "t-back": "s-warn",
    "t-prog": "s-progress",
}


@register.filter
def tallied(tally: Tally, name: str) -> int:
    """The number under a name of `overview.LISTS`; 0 where nothing was counted."""
    return tally.of(name)


@register.filter
def tile_swatch(css: str) -> str:
    return _SWATCHES.get(css, "")


@register.simple_tag(takes_context=True)
def list_link(context: template.Context, line: GroupLine, name: str) -> str:
    """The list behind a number of one group or sector."""
    query = {"loc": name, "nhom": line.group.code if line.group else ""}
    if line.sector:
        query["linh-vuc"] = line.sector
    return f"{reverse('reporting:units', args=[context['round'].code])}?{urlencode(query)}"


@register.simple_tag
def stat_words(total: Tally, name: str) -> str:
    """What stands small under a main number."""
    expected, sent = total.of("phai-nop"), total.of("da-nop")
    words: dict[str, Any] = {
        "phai-nop": f"{total.of('mien')} được miễn, {total.of('gia-han')} được gia hạn",
        "da-nop": f"{round(100 * sent / expected)} % số phải nộp" if expected else "",
        "dung-han": f"{total.of('nop-muon')} muộn, {total.of('muon-co-gia-han')} muộn có gia hạn",
        "tiep-nhan": f"{round(100 * total.of('tiep-nhan') / sent)} % số đã nộp" if sent else "",
        "cho-xem": "xem theo thứ tự đến",
        "tra-lai": "đang bổ sung ở đơn vị",
        "qua-han": "kể cả hạn bổ sung",
    }
    return words.get(name, "")


@register.simple_tag
def heat_cells(row: MatrixRow, url: str) -> SafeString:
    """The cells of one row, made at once: two hundred of them are too dear as template nodes.

    They lead to the section as it was sent; of a unit that has sent nothing there is only the page itself.
    """
    sent = row.assignment.first_submitted_at is not None
    return format_html_join(
        "",
        '<td><a class="c {}" href="{}{}"><span class="visually-hidden">Mục {}: {}</span></a></td>',
        (
            (cell.css, url, f"#muc-{cell.number}" if sent else "", cell.number, cell.words)
            for cell in row.cells
        ),
    )
