"""Text recognised from pictures sets words apart by two blanks; the grammar reads it as if by one."""

from __future__ import annotations

import re

from units.text import Aligned

_TWO_BLANKS = re.compile(r"(?<=[^\s])[ ]{2}(?=[^\s])")


def single_blanks(aligned: Aligned) -> Aligned:
    """Return the text with one blank where two stand between words. Wider gaps, as of columns, stay.

    Linear in the text; the spans of the result are still those of the original.
    """
    doubled = [match.start() for match in _TWO_BLANKS.finditer(aligned.text)]
    if not doubled:
        return aligned
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    place = 0
    for blank in [*doubled, len(aligned.text) - 1]:
        pieces.append(aligned.text[place : blank + 1])
        starts += aligned.starts[place : blank + 1]
        ends += aligned.ends[place : blank + 1]
        place = blank + 2
    return Aligned("".join(pieces), starts, ends)
