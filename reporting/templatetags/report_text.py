"""Filters for what units write: `{% load report_text %}`."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

from reporting import narrative, quantities
from reporting.documents.content import ended

register = template.Library()


@register.filter
def narrative_html(html: str) -> SafeString:
    """The narrative cleaned once more, so that a row written around the form brings nothing in."""
    return mark_safe(narrative.clean(html or ""))  # noqa: S308  (cleaned to a small, known set of elements)


@register.filter
def amount(value: int | None, decimals: int = 0) -> str:
    """ "1.286", "98,5": a stored figure as it is written; nothing for a missing one."""
    return quantities.format_amount(value, decimals)


@register.filter
def file_size(size: int) -> str:
    """ "1,2 MB", "340 kB"."""
    if size >= 1_000_000:
        return f"{quantities.format_amount(round(size / 100_000), 1)} MB"
    return f"{max(1, round(size / 1000))} kB"


@register.filter
def closed(text: str) -> str:
    """The last paragraph with the "./." every official text ends with; what is marked safe stays so."""
    return mark_safe(ended(text)) if isinstance(text, SafeString) else ended(text)  # noqa: S308  (only "./." was added)
