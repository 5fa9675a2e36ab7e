"""A read paper laid out for the eye: paragraphs, and in them the marked stretches; plain Python.

Marks may lie over each other; every character belongs to at most one, the one that matters most, so that no
link stands in a link. One pass over sorted marks: the cost grows with the length of the text.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Span = tuple[int, int]

_ORDER = {"B": 0, "A": 1, "D": 2, "C": 3}
"""Which mark is seen where several lie over each other: the smaller number."""
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_GOES_ON = re.compile(r"\s*[a-zà-ỹđ]")
_ENDED = re.compile(r"[.:;!?”\"/*]\s*$")
_STOPPED = re.compile(r"[,.:;!?]$|^(?:Kính|Số|Nơi|Căn cứ|Theo|Thực hiện)(?!\w)")
_MARKED = re.compile(r"\s*(?:[-+•*]|[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]|[a-zđ]\)|[IVX]{1,5}\.)\s")
_PART = re.compile(r"\s*(?:[IVX]{1,5}|[A-H])[.)]\s|\s*(?:Điều|ĐIỀU|Chương|CHƯƠNG|Phần|PHẦN)\s")
_BREAK = re.compile(r"\n")
_CENTRED_AT_MOST = 140
_LONGEST_NAME_OF_PAPER = 200


@dataclass(frozen=True)
class Mark:
    """A stretch of the text that belongs to the proposal `key` ("A3")."""

    start: int
    end: int
    key: str


@dataclass(frozen=True)
class Piece:
    """Words of a paragraph; `key` is empty where nothing was read from them."""

    text: str
    key: str = ""
    first: bool = False
    """The first piece of the proposal's first mark: the place its number leads to."""
    last: bool = False
    """The last piece of a mark: the number is written behind it."""


@dataclass(frozen=True)
class Paragraph:
    form: str
    """title (capitals, in the middle), part (a heading of the paper) or empty."""
    pieces: tuple[Piece, ...]


def laid_out(text: str, marks: Sequence[Mark]) -> list[Paragraph]:
    """The paragraphs of a text with its marks. Marks outside the text or empty are left out."""
    pieces = _flattened(text, marks)
    paragraphs: list[Paragraph] = []
    seen: set[str] = set()
    at = 0
    for start, end in _paragraphs(text, [place for mark in marks for place in _crossed(text, mark)]):
        while at < len(pieces) and pieces[at][1] <= start:
            at += 1
        before = paragraphs[-1].form if paragraphs else ""
        written = tuple(_within(text, pieces, at, (start, end), seen))
        paragraphs.append(Paragraph(_form(text[start:end], before), written))
    return paragraphs


def _within(
    text: str, pieces: list[tuple[int, int, str, bool]], at: int, span: Span, seen: set[str]
) -> Iterator[Piece]:
    place, end = span
    while at < len(pieces) and pieces[at][0] < end:
        start, stop, key, closes = pieces[at]
        start, cut = max(start, place), min(stop, end)
        if start > place:
            yield Piece(text[place:start])
        yield Piece(text[start:cut], key, key not in seen, closes and cut == stop)
        seen.add(key)
        place, at = cut, at + 1
    if place < end:
        yield Piece(text[place:end])


def _flattened(text: str, marks: Sequence[Mark]) -> list[tuple[int, int, str, bool]]:
    """(start, end, key, whether the mark ends here), in order, none over another."""
    size = len(text)
    kept = sorted(
        (max(0, mark.start), min(size, mark.end), mark.key)
        for mark in marks
        if mark.start < min(mark.end, size)
    )
    places = sorted({place for start, end, _ in kept for place in (start, end)})
    found: list[tuple[int, int, str, bool]] = []
    open_marks: list[tuple[int, int, str, int]] = []
    coming = 0
    for start, end in zip(places, places[1:], strict=False):
        while coming < len(kept) and kept[coming][0] <= start:
            begin, stop, key = kept[coming]
            heapq.heappush(open_marks, (_ORDER.get(key[:1], 9), begin, key, stop))
            coming += 1
        while open_marks and open_marks[0][3] <= start:
            heapq.heappop(open_marks)
        if open_marks:
            _, _, key, stop = open_marks[0]
            if found and found[-1][2] == key and found[-1][1] == start and not found[-1][3]:
                found[-1] = (found[-1][0], end, key, end == stop)
            else:
                found.append((start, end, key, end == stop))
    return found


def _crossed(text: str, mark: Mark) -> Iterator[int]:
    """Line breaks inside a number or a date: the width of the page made them."""
    if mark.key[:1] in "AB" and mark.end - mark.start <= _LONGEST_NAME_OF_PAPER:
        yield from (mark.start + found.start() for found in _BREAK.finditer(text[mark.start : mark.end]))


def _paragraphs(text: str, crossed: Sequence[int]) -> Iterator[Span]:
    """Lines, with those joined that only the width of the page had parted."""
    joined = set(crossed)
    begin: int | None = None
    end = 0
    for line in _LINE.finditer(text):
        if begin is None:
            begin, end = line.span()
        elif not joined.isdisjoint(range(end, line.start())) or _is_same(text, end, line):
            end = line.end()
        else:
            yield begin, end
            begin, end = line.span()
    if begin is not None:
        yield begin, end


def _is_same(text: str, end: int, line: re.Match[str]) -> bool:
    """Whether a line goes on with the paragraph that ends at `end`."""
    if _MARKED.match(line[0]):
        return False
    return bool(_GOES_ON.match(line[0])) and not _ENDED.search(text, max(0, end - 20), end)


def _form(text: str, before: str) -> str:
    plain = text.strip().strip("*_# ")
    if len(plain) > _CENTRED_AT_MOST:
        return ""
    if _PART.match(plain):
        return "part"
    letters = [char for char in plain if char.isalpha()]
    if letters and plain == plain.upper():
        return "title"
    # What a plan is about stands under its name: "KẾ HOẠCH", and below it the title.
    return "title" if before == "title" and not _MARKED.match(plain) and not _STOPPED.search(plain) else ""
