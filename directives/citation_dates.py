"""Dates and issuers of cited papers: after the code, before it, shared by a list, or one after the other."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from directives.codes import KIND_WORD, Code
from directives.dates import DATE, PrintedDate, read_printed

_LOOK_BACK = 220
_LOOK_AHEAD = 200
_LINKED = re.compile(r"\s*(?:,|;|và|,\s*và|;\s*và)\s*(?:các\s+)?", re.IGNORECASE)
_TERM = r"(?:[\s,]*\(?\s*kho[áa]\s+[IVXL]+\s*\)?|[\s,]*\(?\s*khóa\s+[IVXL]+\s*\)?)?"
_ISSUED = r"(?:(?:đã|mới|vừa|được)\s+)?(?:(?:ký\s+)?ban\s+hành|ký|phát\s+hành|thông\s+qua)"
_PASSED = r"(?:đã\s+)?được\s+Quốc\s+hội\s[^.;:/]{0,80}?thông\s+qua\s*"
DAY_AFTER = re.compile(
    rf"{_TERM}[\s,]*\(?\s*(?:{_PASSED}|(?:{_ISSUED}\s*)?)(?P<same>cùng\s+)?(?:ngày|đề\s+ngày)\s*:?\s*",
    re.IGNORECASE,
)
_DAY_IN_BRACKETS = re.compile(r"\s*\(\s*")
_ISSUER_AHEAD = re.compile(r"\s*[,(]?\s*(?:của|do)\s+", re.IGNORECASE)
_DAY_LATER = re.compile(rf"{_TERM}[\s,()]*(?:{_ISSUED}\s*)?(?:vào\s+)?ngày\s*$", re.IGNORECASE)
_NO_BRIDGE = re.compile(
    r"[.;:]\s|[“”\"]|(?<!\w)(?:trước|đến|từ|nhất|hạn|trong|về|gửi|báo\s+cáo|hoàn\s+thành|tại|kể|thực\s+hiện|"
    r"triển\s+khai|yêu\s+cầu|đề\s+nghị|hiệu\s+lực|hết|tổ\s+chức|sau|quy\s+định|hướng\s+dẫn|phê\s+duyệt|sửa\s+đổi)(?!\w)",
    re.IGNORECASE,
)
_ISSUER_END = re.compile(
    r"[,.;:()“”\"/]|\n\s*\n\s*[-–+•]|(?<!\w)(?:về|v/v|ngày|(?:đã\s+|ký\s+)?ban\s+hành|thực\s+hiện|triển\s+khai|quy\s+định|"
    r"hướng\s+dẫn|giai\s+đoạn|đã|trình|gửi|tại|trong|phê\s+duyệt|sửa\s+đổi|để|nhằm|theo|năm|là|có|được|yêu\s+cầu|"
    rf"đề\s+nghị|trước|và\s+(?:{KIND_WORD}))(?!\w)",
    re.IGNORECASE,
)
_ISSUED_BEFORE = re.compile(
    rf"\s*,?\s*(?P<issuer>[^.;:\n]{{2,120}}?)\s+(?:{_ISSUED}|có|ra)\s*(?:các\s+|bản\s+|một\s+)?$",
    re.IGNORECASE,
)
DAY_WORD = re.compile(r"(?<!\w)ngày\s+", re.IGNORECASE)


@dataclass
class Mention:
    """A mention while it is being read; positions in the normal text."""

    code: Code
    start: int
    end: int
    word_end: int | None = None
    day: date | None = None
    issuer: str = ""
    note: str = ""
    chained: bool = False
    shares_date: bool = False
    extra: list[str] = field(default_factory=list)


def _read_day(text: str, place: int, code: Code) -> tuple[date | None, int, bool]:
    """Return (date, where it ends, whether it is printed at all) for a date that starts at `place`."""
    found = DATE.match(text, place)
    if not found:
        return None, place, False
    printed: PrintedDate | None = read_printed(found)
    if printed is None:
        return None, found.end(), True
    # Without a year only a normative code tells which one; "ngày 05/3" of another paper stays unknown.
    day = printed.exact or (printed.in_year(code.year) if code.year else None)
    return day, found.end(), True


def read_ahead(text: str, found: Mention, ceiling: int) -> None:
    """Fill in the date and the issuer that follow a code; `ceiling` is where the next code starts."""
    limit = min(ceiling, found.end + _LOOK_AHEAD)
    lead = DAY_AFTER.match(text, found.end, limit)
    brackets = None if lead else _DAY_IN_BRACKETS.match(text, found.end, limit)
    opening = lead or brackets
    if opening:
        day, end, printed = _read_day(text, opening.end(), found.code)
        if printed and (lead or day):
            found.day, found.end = day or found.day, end
            found.shares_date = bool(lead and lead["same"])
    _read_issuer(text, found, limit)
    if found.day is None:
        _read_day_after_issuer(text, found, limit)


def _read_issuer(text: str, found: Mention, limit: int) -> None:
    lead = _ISSUER_AHEAD.match(text, found.end, limit)
    if not lead:
        return
    stretch = text[lead.end() : min(limit, lead.end() + 110)]
    end = _ISSUER_END.search(stretch)
    issuer = " ".join((stretch[: end.start()] if end else stretch).split())
    if issuer and issuer[0].isupper():
        found.issuer = issuer


def _read_day_after_issuer(text: str, found: Mention, limit: int) -> None:
    """Read the date in "45-NQ/TW của Ban Chấp hành Trung ương ngày 24/11/2023"."""
    if not _ISSUER_AHEAD.match(text, found.end, limit):
        return
    stretch = text[found.end : limit]
    day_word = DAY_WORD.search(stretch)
    if not day_word or _NO_BRIDGE.search(stretch[: day_word.start()]):
        return
    day, end, printed = _read_day(text, found.end + day_word.end(), found.code)
    if printed and day:
        found.day, found.end = day, end


def read_behind(text: str, found: Mention, floor: int) -> None:
    """Read the date in "Ngày 10/9/2020, Ban Tuyên giáo ban hành Hướng dẫn số 151-HD/BTGTW"."""
    begin = max(floor, found.start - _LOOK_BACK)
    window = text[begin : found.start]
    for word in reversed(list(DAY_WORD.finditer(window))):
        printed = DATE.match(window, word.end())
        if not printed:
            continue
        issued = _ISSUED_BEFORE.match(window, printed.end())
        read = read_printed(printed)
        blocked = re.search(r"(?:trước|từ|đến|sau|hết|kể\s+từ)\s+$", window[: word.start()], re.IGNORECASE)
        if issued and read and read.exact and not blocked:
            found.day = read.exact
            found.issuer = found.issuer or " ".join(issued["issuer"].split())
        return


def share_dates(text: str, mentions: list[Mention]) -> None:
    """Give the items of one list the date printed after the last of them."""
    for earlier, later in zip(reversed(mentions[:-1]), reversed(mentions[1:]), strict=True):
        if earlier.day is not None or later.day is None:
            continue
        between = text[earlier.end : later.start][:60]
        linked = later.shares_date and _LINKED.fullmatch(between)
        if later.chained or linked:
            earlier.day = later.day
            earlier.shares_date = later.shares_date


_IN_TURN = re.compile(
    r"(?:\s*(?:của|do)\s[^.;:\n]{2,80}?(?=\s(?:lần\s+lượt|theo\s+thứ)))?[\s,(]*(?P<turn>(?:lần\s+lượt|theo\s+thứ\s+tự)\s*(?:là|vào|:)?\s*)?(?:các\s+)?ngày\s+",
    re.IGNORECASE,
)
_NEXT_DAY = re.compile(r"\s*(?:,|;|và|,\s*và)\s*(?:ngày\s+)?", re.IGNORECASE)
_MOST_DAYS = 12


def _days_in_turn(text: str, place: int) -> tuple[list[date], int]:
    """Return (the dates printed one after the other from `place`, where the last ends)."""
    days: list[date] = []
    for _ in range(_MOST_DAYS):
        found = DATE.match(text, place)
        printed = read_printed(found) if found else None
        if not found or not printed or not printed.exact:
            break
        days.append(printed.exact)
        following = _NEXT_DAY.match(text, found.end())
        if not following or not DATE.match(text, following.end()):
            return days, found.end()
        place = following.end()
    return days, place


def give_days_in_turn(text: str, mentions: list[Mention], code_ends: list[int]) -> None:
    """Give a list of papers the list of dates after it: "20-NQ/TW, 21-NQ/TW lần lượt ngày …, …"."""
    for place, last in enumerate(mentions):
        lead = _IN_TURN.match(text, code_ends[place])
        if not lead:
            continue
        days, end = _days_in_turn(text, lead.end())
        first = place
        while first > 0 and place - first < len(days) - 1:
            before = mentions[first - 1]
            if text[before.end : mentions[first].start].count(".") or mentions[first].start - before.end > 60:
                break
            if before.day is not None:
                break
            first -= 1
        if len(days) < 2 or place - first + 1 != len(days):
            continue
        for found, day in zip(mentions[first : place + 1], days, strict=True):
            found.day, found.shares_date = day, False
        last.end = max(last.end, end)
