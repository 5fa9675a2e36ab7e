"""Filters of the register: `{% load papers %}`."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from directives.codes import kind_label
from directives.models import DirectiveFile
from directives.reading_page import Page
from directives.sheet import Piece
from units.text import fold, nfc

register = template.Library()


@register.filter
def found(text: str, words: Iterable[str]) -> SafeString:
    """The text, escaped, with the whole words that match one of the folded words in `<mark>`."""
    plain = nfc(str(text or ""))
    marked = [False] * len(plain)
    for start, end in _stretches(plain, [word for word in words or [] if word]):
        marked[start:end] = [True] * (end - start)
    pieces, at = [], 0
    while at < len(plain):
        end = at
        while end < len(plain) and marked[end] == marked[at]:
            end += 1
        piece = escape(plain[at:end])
        pieces.append(f'<mark class="found">{piece}</mark>' if marked[at] else piece)
        at = end
    return mark_safe("".join(pieces))  # noqa: S308  (every piece was escaped above)


def _stretches(plain: str, words: list[str]) -> Iterable[tuple[int, int]]:
    """(start, end) in `plain` of the words; letters fold one by one, so places stay places."""
    folded, places = "", []
    for place, char in enumerate(plain):
        letters = fold(char) or (" " if char.isspace() else "")
        folded += letters
        places += [place] * len(letters)
    for word in words:
        # Whole words only: "nghi" is not marked in "nghiệp", nor "20" in "2023".
        for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", folded):
            yield places[match.start()], places[match.end() - 1] + 1


@register.filter
def short_hash(file: DirectiveFile) -> str:
    """ "pdf b41c…09de": kind of the file and the ends of its SHA-256."""
    suffix = file.path.rpartition(".")[2]
    return f"{suffix} {file.sha256[:4]}…{file.sha256[-4:]}"


@register.simple_tag
def sheet(page: Page, query: str = "") -> SafeString:
    """The read paper as paragraphs; every marked stretch leads to its proposal, every character is escaped."""
    written = []
    for paragraph in page.paragraphs:
        classes = f' class="doc-{paragraph.form}"' if paragraph.form else ""
        words = "".join(_piece(piece, page.visible, query) for piece in paragraph.pieces)
        written.append(f"<p{classes}>{words}</p>")
    return mark_safe("\n".join(written))  # noqa: S308  (every piece was escaped)


def _piece(piece: Piece, visible: Container[str], query: str) -> str:
    words = escape(piece.text)
    if not piece.key:
        return words
    key = escape(piece.key)
    # A proposal that is not on the page is brought there.
    away = "" if piece.key in visible else escape(f"?{query}{'&' if query else ''}xem={piece.key}")
    place = f' id="doc-{key}"' if piece.first else ""
    number = f"<sup>{key}</sup>" if piece.last else ""
    return f'<a class="hl hl-{key[:1].lower()}"{place} href="{away}#{key}">{words}{number}</a>'


@register.filter
def kind_name(kind: str) -> str:
    """The name of a kind for its letters; a word that is none of them stays."""
    return kind_label(kind)
