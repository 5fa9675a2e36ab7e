"""Content areas: the numbered items of a plan's content part, as the outline of reports they propose."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from directives.citations import Citation
from directives.sections import Section, body_end, is_titled, read_sections, tidy
from units.text import Aligned

Span = tuple[int, int]

_CONTENT_TITLES = ("noi dung", "nhiem vu", "giai phap", "cong tac trong tam")
_ASSIGNMENT_TITLES = ("to chuc thuc hien", "phan cong", "che do bao cao")
# A heading that runs on into its text ends with its first sentence.
_SENTENCE_END = re.compile(r"[.;](?=\s)")
_LONGEST_PRINTED = 160
"""No printed line holds more characters: a paper with a longer one is not wrapped."""
_ARTICLE = 3
_NUMBERED = (4, 5)


@dataclass(frozen=True)
class DirectivePoint:
    """One paper cited in a content area, with what the plan says of it."""

    citation: Citation
    guidance: str
    """From the mention to the next cited paper: its title and key points."""


@dataclass(frozen=True)
class ContentArea:
    """One numbered item of the content part: a section of the outline it proposes."""

    number: str
    title: str
    citations: tuple[Citation, ...]
    """Papers cited in it, in order of first mention."""
    guidance: str
    """The text under the title."""
    span: Span
    points: tuple[DirectivePoint, ...] = ()
    """A subsection for each cited paper."""


def _items(sections: list[Section]) -> list[Section]:
    """Return the numbered items of the content parts, or of a paper that has no parts at all."""
    parts = [section for section in sections if section.rank <= _ARTICLE]
    if not parts:
        return [
            section
            for section in sections
            if section.rank == _NUMBERED[0] and not is_titled(section, _ASSIGNMENT_TITLES)
        ]
    every = [section for part in parts for section in part.walk() if section.rank <= _ARTICLE]
    content = [
        part for part in every if is_titled(part, _CONTENT_TITLES) and not is_titled(part, _ASSIGNMENT_TITLES)
    ]
    return [child for part in content for child in part.children if child.rank in _NUMBERED]


def _points(
    text: str, aligned: Aligned, section: Section, first: list[tuple[int, Citation]]
) -> tuple[DirectivePoint, ...]:
    """Cut the text of an item at the first mention of each paper. `first` holds places in the original."""
    if not first:
        return ()
    ends = [start for start, _ in first[1:]] + [aligned.span(section.start, section.end)[1]]
    points = []
    for (start, citation), end in zip(first, ends, strict=True):
        guidance = " ".join(text[start:end].split()).strip(" -–+•;,.")
        points.append(DirectivePoint(citation, guidance))
    return tuple(points)


def _title_end(plain: str, section: Section) -> int:
    """Where the title ends: with its first sentence, or its line where a whole paragraph stands on the next."""
    cut = _SENTENCE_END.search(plain, section.body, section.title_end)
    end = cut.start() if cut else section.title_end
    line = plain.find("\n", section.body, end)
    if line < 0:
        return end
    after = plain[line : section.own_end].lstrip()
    return line if len(after.partition("\n")[0]) > _LONGEST_PRINTED else end


def read_content_areas(text: str, aligned: Aligned, citations: tuple[Citation, ...]) -> list[ContentArea]:
    """Return the content areas of a paper; spans index `text`, which `aligned` was made from. Never raises."""
    plain = aligned.text
    mentions = sorted((start, place) for place, each in enumerate(citations) for start, _ in each.mentions)
    areas = []
    for section in _items(read_sections(plain, 0, body_end(plain))):
        span = aligned.span(section.start, section.end)
        between = mentions[bisect_left(mentions, (span[0], 0)) : bisect_left(mentions, (span[1], 0))]
        first: dict[int, int] = {}
        for start, place in between:
            first.setdefault(place, start)
        named = [(start, citations[place]) for place, start in first.items()]
        title_end = _title_end(plain, section)
        areas.append(
            ContentArea(
                number=section.number,
                title=tidy(plain[section.body : title_end]).rstrip(":. "),
                citations=tuple(citation for _, citation in named),
                guidance=plain[title_end : section.end].lstrip(" \n.:;").rstrip(),
                span=span,
                points=_points(text, aligned, section, named),
            )
        )
    return areas
