"""Filters of the register: `{% load papers %}`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from directives.models import DirectiveFile
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
