"""The skeleton of a paper: its numbered, lettered and bulleted items, nested as the printer meant them.

Works on normal text. Lines may be wrapped anywhere and stand apart by blank lines: an item reaches from its
mark to the next mark of the same or a higher level.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from directives.letters import CAPITAL
from directives.lexicon import opens_duty
from units.text import fold

_I = re.IGNORECASE
# Marks, the highest level first. Bold and heading marks of converted papers may stand before them.
_MARK = re.compile(
    rf"""^[ \t>*_#]*(?:
      (?P<part>(?:PHẦN|Phần|CHƯƠNG|Chương|PHỤ[ ]+LỤC|Phụ[ ]+lục)[ ]+(?:[IVX]+|[0-9]{{1,2}}|thứ[ ]+[^\W\d_]+|THỨ[ ]+[^\W\d_]+)[.:]?[ ]*(?=\S|$))
    | (?P<letter>[A-HK-UWYĐ])[.)-][ ]*(?=[ ][{CAPITAL}]|[{CAPITAL}]{{2}})
    | (?P<roman>[IVX]{{1,5}})[ ]{{0,2}}(?:[.)]-?|-)[ ]*(?=[ *]*[{CAPITAL}“"])
    | (?:Điều|ĐIỀU)[ ]+(?P<article>[0-9]{{1,3}})[.:][ ]*
    | (?P<number>[0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{0,3}})[ ]{{0,2}}(?:[.)][ *]*-?|-)[ *]+(?=[^\W_]|[“"(])
    | (?P<dotted>[0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{1,3}})[ ]+(?=[{CAPITAL}])
    | \((?P<bracketed>[0-9]{{1,2}}|[ivx]{{1,4}})\)[ ]+(?=\S)
    | (?P<small>[a-zđ][.)]|[ivx]{{2,4}}\))[ ]+(?=\S)
    | (?P<dash>[-•*●▪])[ ]+(?=\S)
    | (?P<plus>[+o◦])[ ]+(?=\S)
    )""",
    re.VERBOSE | re.MULTILINE,
)
_RANKS = {
    "part": 0, "letter": 1, "roman": 2, "article": 3, "number": 4, "dotted": 4, "bracketed": 7, "small": 8,
    "dash": 9, "plus": 10,
}  # fmt: skip
_LIST_RANK = _RANKS["dash"]
_ENDED = re.compile(r"[.;:,!?/)”\"*][ *_]*\s*$")
_RECIPIENTS = re.compile(r"^[ *_]*Nơi\s+nhận\b", _I | re.MULTILINE)
_APPENDIX = re.compile(r"^[ *_#]*PHỤ[ ]+LỤC", re.MULTILINE)
# How the last unnumbered paragraph of a body begins; it closes the list above it.
_CLOSER = re.compile(
    r"(?<=[.;:/])[ ]*\n\s*(?=(?:Trên\s+đây|Nhận\s+được|Trong\s+quá\s+trình|Trân\s+trọng|Yêu\s+cầu|Đề\s+nghị|Giao|Báo\s+cáo|"
    r"Kết\s+quả|Mọi|Để|Nếu|Định\s+kỳ|Trường\s+hợp|Các|(?:Chỉ\s+thị|Kế\s+hoạch|Nghị\s+quyết|Quyết\s+định|Kết\s+luận|Công\s+điện|Hướng\s+dẫn|Thông\s+báo|"
    r"Chương\s+trình)\s+này|(?<=[./]\n)(?:Chánh|Thủ\s+trưởng|Văn\s+phòng|Giám\s+đốc|Chủ\s+tịch|Ủy\s+ban|Sở|Cục|Vụ|Ban)(?=\s)|(?<=[./]\n\n)(?:Chánh|Thủ\s+trưởng|Văn\s+phòng|Giám\s+đốc|Chủ\s+tịch|Ủy\s+ban|Sở|Cục|Vụ|Ban)(?=\s)|[^.;:\n]{3,70}\s(?:đề\s+nghị|yêu\s+cầu|thông\s+báo|kính\s+đề\s+nghị|kính\s+mong))(?!\w))"
)
_HEADING_GOES_ON = re.compile(
    r"(?:[,-]|(?<!\w)(?:và|của|các|thuộc|gửi|trình|báo\s+cáo|trước|từ|đến|tại|ở|do|theo|qua|Ủy|Uỷ|nhân|với|cho|về|(?:,|và|các)\s+(?:Cục|Vụ|Sở|Bộ|Ban|Phòng|Viện|Hội|Đoàn|Tổ|Trung|Văn)))\s*$"
)
# A full line that ends with the noun of an office breaks off in its name.
_NOUN_BREAKS_OFF = re.compile(
    r"(?:\A|[\s,;:(])(?:(?:(?:Chi|Tổng)\s+)?[Cc]ục|Vụ|Sở|Bộ|Ban|Phòng|Viện|Trung(?:\s+tâm)?|Chi|Tổng|(?:Bệnh|Học)(?:\s+viện)?|Trường(?:\s+(?:Đại\s+học|Cao\s+đẳng))?|Đảng|Hội|Đoàn|Ủy\s+ban|Khoa|Liên\s+đoàn|Tập\s+đoàn|Công)\Z"
)
_NEARLY_FULL = 45
# A line this long may have been wrapped in mid-name, unless a duty begins the next.
_LONG_LINE = 52
_LONGEST_HEADING = 400
# Columns of a letterhead or a table.
_APART = re.compile(r" {3}|\t|\|")
_SHORT_LINE, _WIDEST_PAGE, _UNWRAPPED = 45, 130, 10**6
# Lines of proportional type that wrap at one edge differ by this many characters.
_RAGGED = 8


@dataclass(frozen=True)
class Section:
    """One item with what stands under it; positions in the text it was read from."""

    rank: int
    """Lower is higher: 0 part, 1 A., 2 I., 3 Điều, 4 "1.", 5 "1.1.", 7 "(1)", 8 a), 9 dash, 10 plus."""
    number: str
    start: int
    body: int
    """Where the words after the mark begin."""
    end: int
    own_end: int
    """Where the first item under it begins; `end` where there is none."""
    title: str
    """The heading: the first line and the lines that wrap it."""
    title_end: int
    children: tuple[Section, ...] = ()

    def walk(self) -> Iterator[Section]:
        """Yield the item and everything under it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass
class _Open:
    """An item whose end is not known yet."""

    rank: int
    number: str
    start: int
    body: int
    children: list[Section] = field(default_factory=list)


def tidy(text: str) -> str:
    """Return text on one line, without the marks of bold type."""
    return " ".join(text.replace("*", " ").replace("#", " ").split())


def body_end(text: str) -> int:
    """Return where the body ends: at "Nơi nhận", else at the end of the text."""
    found = _RECIPIENTS.search(text)
    return found.start() if found else len(text)


def appendix_start(text: str) -> int:
    """Return where what follows the recipients goes on as an appendix; the end of the text for none."""
    found = _APPENDIX.search(text, body_end(text))
    return found.start() if found else len(text)


def _is_mark(text: str, match: re.Match[str]) -> bool:
    """Tell a list's dash from a word's ("kinh tế⏎- xã hội"), and a numbered item from a wrapped number."""
    kind = match.lastgroup or ""
    if kind in ("part", "roman", "article"):
        return True
    before = text[max(0, match.start() - 60) : match.start()]
    after = text[match.end() : match.end() + 1]
    if not before.strip():
        return True
    if after.isupper() or after in '“"(':
        return kind != "letter" or bool(_ENDED.search(before)) or "\n\n" in before or before.isupper()
    return bool(_ENDED.search(before))


def _rank(match: re.Match[str]) -> tuple[int, str]:
    kind = match.lastgroup or "dash"
    number = match[kind].rstrip(".) ")
    depth = number.count(".") if kind in ("number", "dotted") else 0
    return _RANKS[kind] + min(depth, 2), number


def columns_of(text: str) -> int:
    """Return how wide the lines are that wrap; `_UNWRAPPED` for a text with a paragraph on each line."""
    lines = (line.strip() for line in text.split("\n"))
    lengths = sorted(len(line) for line in lines if len(line) > _SHORT_LINE and not _APART.search(line))
    if not lengths:
        return _UNWRAPPED
    widest = lengths[len(lengths) * 9 // 10]
    return max(widest, _LONG_LINE) if widest <= _WIDEST_PAGE else _UNWRAPPED


def heading_end(text: str, body: int, stop: int, columns: int = 0) -> int:
    """Return where a heading ends: at a line's end that neither wraps nor breaks off in mid-name.

    With the width of the wrapped lines in `columns`, a line wraps where the next word had no room.
    """
    limit = min(stop, body + _LONGEST_HEADING)
    place = max(text.rfind("\n", max(0, body - _LONG_LINE), body) + 1, body - _LONG_LINE)
    while True:
        end = text.find("\n", max(place, body), limit)
        if end < 0:
            return limit
        line = text[place:end].strip()
        rest = text[end:limit].lstrip()
        if not rest:
            return end
        if not text[body:end].strip():
            # "Phần thứ ba" and "Chương II" stand on a line of their own.
            place = body = limit - len(rest)
            continue
        wraps = rest[0].islower() or bool(_HEADING_GOES_ON.search(line)) or _is_full(line, rest, columns)
        broken = breaks_off(text, end)
        wraps = wraps or broken
        full = broken or (bool(columns) and _is_full(line, rest, columns))
        if (
            not wraps
            or (rest[0].isupper() and not full and opens_duty(rest, 0))
            or line.endswith((":", ".", ";"))
        ):
            return end
        place = limit - len(rest)


def breaks_off(text: str, end: int) -> bool:
    """Say whether the line that ends at a place is long and its last word is the bare noun of an office."""
    line = text[text.rfind("\n", 0, end) + 1 : end].strip()
    return len(line) >= _NEARLY_FULL and bool(_NOUN_BREAKS_OFF.search(line))


def unwrapped(text: str, start: int, end: int, columns: int) -> str:
    """Return a stretch with a blank for every line break that only wraps a line of this width; as long as before."""
    stretch = text[start:end]
    if columns >= _UNWRAPPED or "\n" not in stretch:
        return stretch
    chars = list(stretch)
    at = stretch.find("\n")
    while at >= 0:
        line = text[text.rfind("\n", 0, start + at) + 1 : start + at].strip()
        rest = text[start + at + 1 : start + at + 60].lstrip(" \t")
        if line and rest.strip() and rest[0] != "\n" and _is_full(line, rest, columns):
            chars[at] = " "
        at = stretch.find("\n", at + 1)
    return "".join(chars)


def _is_full(line: str, rest: str, columns: int) -> bool:
    if not columns:
        return len(line) >= _LONG_LINE
    return len(line) + 1 + len(rest.split(None, 1)[0]) > columns - _RAGGED


def _marks(text: str, start: int, end: int) -> list[tuple[int, str, int, int]]:
    found = []
    for match in _MARK.finditer(text, start, end):
        if _is_mark(text, match):
            rank, number = _rank(match)
            found.append((rank, number, match.start(), match.end()))
    return found


def _closer(text: str, marks: list[tuple[int, str, int, int]], end: int) -> int:
    """Return where the unnumbered closing paragraphs begin, after the last item of the body."""
    numbered = [mark[3] for mark in marks]
    if not numbered:
        return end
    found = _CLOSER.search(text, numbered[-1], end)
    return found.end() if found else end


def _closed(text: str, item: _Open, end: int, columns: int) -> Section:
    own_end = item.children[0].start if item.children else end
    title_end = heading_end(text, item.body, own_end, columns)
    return Section(
        item.rank,
        item.number,
        item.start,
        item.body,
        end,
        own_end,
        tidy(text[item.body : title_end]),
        title_end,
        tuple(item.children),
    )


def read_sections(text: str, start: int = 0, end: int | None = None) -> list[Section]:
    """Return the topmost items between two places, everything else nested in them. Linear in the text."""
    stop = len(text) if end is None else end
    marks = _marks(text, start, stop)
    stop = _closer(text, marks, stop)
    columns = columns_of(text)
    top: list[Section] = []
    stack: list[_Open] = []

    def close(until: int, rank: int) -> None:
        while stack and stack[-1].rank >= rank:
            done = _closed(text, stack.pop(), until, columns)
            (stack[-1].children if stack else top).append(done)

    for rank, number, place, body in marks:
        close(place, rank)
        stack.append(_Open(rank, number, place, body))
    close(stop, -1)
    return top


@lru_cache(maxsize=16384)
def folded(title: str) -> str:
    """Return a heading as it is compared; headings are asked about again and again."""
    return fold(title)


def is_titled(section: Section, words: tuple[str, ...]) -> bool:
    """Say whether a heading names one of these things; folded words."""
    title = folded(section.title)
    if section.rank <= _RANKS["article"]:
        return any(word in title for word in words)
    return title.removeprefix("ve ").startswith(words) and len(title.split()) <= 12
