"""Deadlines: what a printed phrase means, to the second and in working days.

A deadline keeps the phrase and the date as printed; the boundary says how they are read, and only the
boundary can be switched. `due_at` is exclusive: on time means handed in before that instant.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from directives.codes import LOOKALIKES
from directives.dates import DATE, PrintedDate, printed_date, read_printed
from units.text import align
from units.workdays import WorkingCalendar

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_ONE_DAY = timedelta(days=1)


class Boundary(StrEnum):
    """How a printed date bounds the time allowed."""

    BEFORE = "before"
    ON_OR_BEFORE = "on_or_before"
    BY_TIME = "by_time"
    RECURRING = "recurring"
    NONE = "none"


BOUNDARY_LABELS = {
    Boundary.BEFORE: "trước ngày",
    Boundary.ON_OR_BEFORE: "chậm nhất trong ngày",
    Boundary.BY_TIME: "trước giờ trong ngày",
    Boundary.RECURRING: "định kỳ",
    Boundary.NONE: "không có hạn cụ thể",
}
"""What each boundary is called on screen."""

_DATED = (Boundary.BEFORE, Boundary.ON_OR_BEFORE, Boundary.BY_TIME)


def _boundary_of(boundary: str, day: date | None, at: time | None) -> Boundary:
    known = Boundary(boundary)
    if known in _DATED and day is None:
        raise ValueError(f"a deadline of boundary {known} needs a date")
    if known is Boundary.BY_TIME and at is None:
        raise ValueError("a deadline by a clock time needs that time")
    return known


def due_at(boundary: str, printed_on: date | None, printed_time: time | None = None) -> datetime | None:
    """Return the instant from which a deadline is missed, in Asia/Ho_Chi_Minh; None for recurring and none.

    Exclusive: on time ⇔ submitted before it. "trước ngày D" is D 00:00, "chậm nhất ngày D" is the
    midnight that ends D, "trước 17 giờ ngày D" is D 17:00. ValueError for an unknown boundary, or where
    the boundary lacks its date or time.
    """
    known = _boundary_of(boundary, printed_on, printed_time)
    if known not in _DATED or printed_on is None:
        return None
    if known is Boundary.BY_TIME and printed_time is not None:
        return datetime.combine(printed_on, printed_time.replace(tzinfo=None), ZONE)
    day = printed_on if known is Boundary.BEFORE else printed_on + _ONE_DAY
    return datetime.combine(day, time.min, ZONE)


def last_day(boundary: str, printed_on: date | None) -> date | None:
    """Return the last calendar day on which it is still possible to be on time; None without a date.

    For `by_time` that is the printed day itself, up to its time. ValueError as for `due_at`.
    """
    known = _boundary_of(boundary, printed_on, time.min)
    if known not in _DATED or printed_on is None:
        return None
    return printed_on - _ONE_DAY if known is Boundary.BEFORE else printed_on


def last_working_day(boundary: str, printed_on: date | None, calendar: WorkingCalendar) -> date | None:
    """Return the last working day on which it is still possible to be on time; None without a date.

    The printed date never moves; this is the day to show beside it and to remind by.
    """
    day = last_day(boundary, printed_on)
    return None if day is None else calendar.last_working_on_or_before(day)


def format_phrase(boundary: str, printed_on: date | None, printed_time: time | None = None) -> str:
    """Return the phrase a letter would print: "trước ngày 20/10/2025", "trước 17 giờ 00 ngày 15/10/2025".

    Empty for recurring deadlines and for none, whose phrase only the paper itself has.
    """
    known = _boundary_of(boundary, printed_on, printed_time)
    if known not in _DATED or printed_on is None:
        return ""
    if known is Boundary.BY_TIME and printed_time is not None:
        return f"trước {printed_time.hour:02d} giờ {printed_time.minute:02d} ngày {printed_date(printed_on)}"
    lead = "trước ngày" if known is Boundary.BEFORE else "chậm nhất ngày"
    return f"{lead} {printed_date(printed_on)}"


@dataclass(frozen=True)
class Deadline:
    """A deadline as read from a text."""

    due: date | None
    """The printed date; None where the deadline recurs or has no date."""
    boundary: Boundary
    time: time | None
    """The printed clock time: of `by_time`, or of every occurrence of a recurring one."""
    recurrence: str | None
    """Rules joined by ";": daily, weekly:thu, monthly:25, monthly:last, quarterly:last-month:25,
    quarterly:next-month:05, yearly:06-15."""
    span: tuple[int, int] | None
    """Where the phrase stands in the text passed in, half-open; None where there is no phrase."""
    inferred_year: bool = False
    """The year is not printed beside the date but follows from the date of the paper."""


NO_DEADLINE = Deadline(None, Boundary.NONE, None, None, None)

# --- the words around a date -------------------------------------------------------------------------

_I = re.IGNORECASE
_EVERY = r"(?:hằng|hàng|mỗi|từng|các)"
_STRONG = (
    r"(?:chậm|muộn|trễ)\s+nhất|không\s+(?:muộn|chậm|trễ|quá)(?:\s+hơn)?|hạn\s+(?:cuối|chót)(?:\s+cùng)?"
    r"|(?:thời\s+)?hạn(?:\s+[^\W\d_]+){0,6}?\s+(?:là|đến|tới|vào)|(?:thời\s+)?hạn(?:\s+[^\W\d_]+){0,6}?\s*:"
    r"|thời\s+gian\s+(?:hoàn\s+thành|gửi|nộp|báo\s+cáo|trình|thực\s+hiện)\s*:?|(?:thời\s+)?hạn|xong|hoàn\s+thành"
)
_CUE = re.compile(
    rf"(?<!\w)(?:(?P<before>trước(?!\s+(?:đó|đây|mắt|hết|tiên|khi|sau)\b))|(?!hạn\s+(?:chế|hẹp|mức|điền)(?!\w))(?P<strong>{_STRONG})"
    r"|(?P<until>(?:(?:cho\s+)?(?:đến|tới)\s+)?hết|(?:đến|tới)(?=\s+(?:[0-9]{1,2}\s*(?:giờ|h|g|:))))"
    r"|(?P<within>trong|cuối)"
    rf"|(?P<weak>từ\s+ngày\s+[0-9]{{1,2}}\s*(?:đến|-|tới)\s*(?:hết\s+)?(?:ngày\s+)?(?=[0-9])|vào|ngày|thứ|chủ\s+nhật"
    rf"|(?:báo\s+cáo|gửi|cập\s+nhật|tổng\s+hợp)(?:\s+[^\W\d_]+){{0,3}}?(?=\s+{_EVERY}\s+ngày(?!\s*[0-9])))"
    r")(?!\w)",
    _I,
)
_FILL = re.compile(
    r"(?:[\s,:(\[“\"]{1,200}|(?:là|vào|lúc|đến|tới|trong|hết|hoặc|khoảng|của|trước(?=\s+(?:hoặc|và)\s)|và(?=\s+trong\s))(?!\w)){0,8}",
    _I,
)
_INCLUSIVE = re.compile(r"(?<!\w)(?:trong|hết|hoặc)(?!\w)", _I)
_TIME = re.compile(
    r"(?P<hour>[01]?[0-9]|2[0-4])\s*(?:giờ|h|g|:)\s*(?:(?P<minute>[0-5][0-9])(?![/.0-9]))?"
    r"(?:\s*(?:phút|ph|p|['’]))?(?!\w)(?:\s*(?P<part>sáng|trưa|chiều|tối)(?!\w))?",
    _I,
)
_WEEKDAY = re.compile(
    r"(?:(?:ngày|các\s+ngày|sáng|chiều|vào)\s+){0,3}(?:thứ\s+(?P<name>hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|(?P<sunday>chủ\s+nhật))"
    r"(?!\w)[\s,(]*",
    _I,
)
_WEEKDAY_CODES = {
    "hai": "mon", "2": "mon", "ba": "tue", "3": "tue", "tư": "wed", "4": "wed", "năm": "thu", "5": "thu",
    "sáu": "fri", "6": "fri", "bảy": "sat", "bẩy": "sat", "7": "sat",
}  # fmt: skip
_NOISE = re.compile(r"[\s,(]*(?:của\s+|hết\s+|trong\s+|các\s+)?", _I)
_DAY_WORD = re.compile(r"(?:các\s+)?ngày\s*(?:làm\s+việc\s*)?:?\s*", _I)
_LONE_DAY = re.compile(
    r"(?:mùng\s+|mồng\s+)?(?P<day>[0-3]?[0-9])(?![0-9]|\s*(?:ngày|giờ|h\b|tuần|%|\.[0-9]|/))", _I
)

_TAIL = re.compile(
    rf"""[\s,(]*(?:
      (?P<month>(?:của\s+)?{_EVERY}\s+tháng(?!\s*[0-9]))
    | (?P<last>(?:của\s+)?(?:{_EVERY}\s+)?tháng\s+(?:cuối(?:\s+cùng)?|thứ\s+ba|thứ\s+3)\s*(?:của\s+)?(?:{_EVERY}\s+)?quý)
    | (?P<next>(?:của\s+)?(?:{_EVERY}\s+)?tháng\s+(?:đầu(?:\s+tiên)?|thứ\s+nhất)\s*(?:của\s+)?(?:{_EVERY}\s+)?quý)
    | (?P<next_of>(?:của\s+)?tháng\s+(?:tiếp\s+theo|kế\s+tiếp|liền\s+kề|liền\s+sau|sau)(?:\s+(?:của\s+|sau\s+)?(?:{_EVERY}\s+)?quý)?)
    | (?P<own>(?:của|trong)\s+tháng(?:\s+báo\s+cáo)?(?!\s*[0-9])|tháng\s+báo\s+cáo)
    | (?P<quarter>(?:của\s+)?{_EVERY}\s+quý)
    )(?!\w)""",
    re.VERBOSE | _I,
)
_MONTHS = re.compile(
    r"\s*(?:của\s+)?(?:các\s+)?tháng\s+(?P<months>[01]?[0-9](?:\s*(?:,|và|;)\s*(?:tháng\s+)?[01]?[0-9](?![0-9])){1,11})"
    r"(?!\s*(?:/|năm\s+[0-9]))",
    _I,
)
_LAST_DAY = re.compile(
    rf"(?:cuối(?:\s+cùng)?|cuối\s+tháng)\s*(?:của\s+)?(?P<every>{_EVERY}\s+)?(?:tháng(?:\s+{_EVERY}\s+tháng)?)?(?!\w)",
    _I,
)
_YEARLY = re.compile(
    rf"[\s,)]*(?:của\s+)?(?:{_EVERY}\s+năm|năm\s+báo\s+cáo|năm\s+(?:sau|kế\s+tiếp|tiếp\s+theo)"
    r"|đối\s+với\s+(?:báo\s+cáo\s+)?(?:định\s+kỳ\s+)?(?:(?:6|06|sáu)\s+tháng|(?:cả\s+)?năm)(?!\s+(?:đầu|cuối|[0-9])))(?!\w)",
    _I,
)
_ANOTHER = re.compile(r"\s*(?:,|và|;|,\s*và|hoặc)\s*(?:trước\s+)?(?:ngày\s+)?", _I)
_WEEKLY = re.compile(rf"[\s,(]*(?:của\s+|trong\s+)?{_EVERY}\s+tuần(?!\w)", _I)
_DAILY = re.compile(rf"[\s,(]*{_EVERY}\s+ngày(?!\w|\s*[0-9])", _I)
_TIME_AFTER = re.compile(
    r"[\s,(]*(?:(?:trước|lúc|vào\s+lúc|chậm\s+nhất(?:\s+là)?|muộn\s+nhất)\s+)(?=[0-9])", _I
)

_YEAR_AFTER = r"(?:\s*(?:[/.-]|,?\s*năm)\s*(?P<{name}>(?:19|20)[0-9]{{2}}))?(?![0-9])"
_PERIOD = re.compile(
    rf"(?:tháng\s+(?:(?:1[0-2]|0?[1-9])\s*(?:-|đến|và)\s*(?:tháng\s+)?)?(?P<month>1[0-2]|0?[1-9]){_YEAR_AFTER.format(name='month_year')}(?!\s*[/-]\s*[0-9])"
    rf"|quý\s+(?:(?:IV|III|II|I|[1-4])\s*(?:-|đến|và)\s*(?:quý\s+)?)?(?P<quarter>IV|III|II|I|[1-4])(?!\w){_YEAR_AFTER.format(name='quarter_year')}"
    r"|(?:6|06|sáu)\s+tháng\s+(?P<half>đầu|cuối)\s+năm\s+(?P<half_year>20[0-9]{2})"
    r"|năm\s+(?P<year>20[0-9]{2}))(?!\w)",
    _I,
)
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}

# --- what stands before a phrase ---------------------------------------------------------------------

_SENTENCE_END = re.compile(r"[.!?]\s+(?=[^\W\d_]|[-+•])|\n\s*(?:[-+•]|[0-9]{1,2}[.)])\s")
_PERIODIC = re.compile(
    rf"(?<!\w)(?:(?P<day>{_EVERY}\s+ngày)|(?P<week>{_EVERY}\s+tuần|định\s+kỳ\s+tuần)"
    rf"|(?P<half>(?:6|06|sáu)\s+tháng)|(?P<month>(?:{_EVERY}|định\s+kỳ|báo\s+cáo)\s+(?:0?1\s+)?tháng)"
    rf"|(?P<quarter>(?:{_EVERY}|định\s+kỳ|báo\s+cáo)\s+(?:0?1\s+)?quý|,\s*quý)"
    rf"|(?P<year>(?:{_EVERY}|định\s+kỳ|báo\s+cáo|cả|0?1)\s+năm|(?:,|và)\s*(?:cả\s+)?năm(?=\s*\()))(?!\w)",
    _I,
)
_REPEATS = re.compile(
    r"(?<!\w)(?:định\s+k[ỳì]|thường\s+k[ỳì]|hằng|hàng(?=\s+(?:tuần|tháng|quý|năm|ngày))|mỗi)(?!\w)", _I
)
_DATA = re.compile(
    r"(?<!\w)(?:số\s+liệu|dữ\s+liệu|tính|chốt|l[ũu][yỹ]\s+kế|lũy\s+kế|luỹ\s+kế|hiệu\s+lực|giai\s+đoạn|thời\s+kỳ|"
    r"kỳ\s+báo\s+cáo|thống\s+kê|kết\s+quả|tình\s+hình|phát\s+sinh|diễn\s+ra|nghỉ|tồn\s+tại)(?!\w)",
    _I,
)
_DUTY = re.compile(
    r"(?<!\w)(?:hoàn\s+thành|xong|gửi|nộp|chậm\s+nhất|muộn\s+nhất|hạn|trình|ban\s+hành|báo\s+cáo\s+về|triển\s+khai|"
    r"khắc\s+phục|xây\s+dựng)(?!\w)",
    _I,
)
_PAST_THINGS = re.compile(
    r"(?<!\w)(?:phát\s+sinh|sinh|được\s+cấp|(?:đã|được)(?:\s+[^\W\d_]+){1,3}|có\s+hiệu\s+lực|hiệu\s+lực\s+thi\s+hành"
    r"|tuyển\s+dụng|nghỉ\s+hưu|thành\s+lập|số\s+liệu|chốt\s+số\s+liệu)\s*$",
    _I,
)
_OVER = re.compile(
    r"(?<!\w)(?:quá\s+(?:thời\s+)?hạn|thay\s+(?:vì|cho)|thời\s+hạn\s+cũ|hạn\s+cũ|hết\s+hạn)(?!\w)", _I
)
_ASKED_EARLIER = re.compile(
    r"(?<!\w)đã\s+(?:có|yêu\s+cầu|đề\s+nghị|ban\s+hành|chỉ\s+đạo|giao|gửi|đôn\s+đốc|thông\s+báo)(?!\w)", _I
)
_AGAIN_EVERY_YEAR = re.compile(r"[^.\n]{0,80}?(?<!\w)(?:hằng|hàng)\s+năm(?!\w)", _I)
_LONGEST_LIST = 12
_ANY_YEAR = 2001
_WINDOW = 160
_NEAR = 120


@dataclass(frozen=True)
class _Phrase:
    """One phrase in the normal text: a date with its boundary, or the rules of a repeating duty."""

    start: int
    end: int
    boundary: Boundary
    due: date | None = None
    at: time | None = None
    rules: tuple[str, ...] = ()
    inferred_year: bool = False
    doubtful: bool = False
    """An earlier paper asked for it: only counts if nothing else is asked."""


class _Reader:
    """Reads the phrase that follows one cue."""

    def __init__(self, text: str, cue: re.Match[str], document_date: date | None) -> None:
        self.text = text
        self.cue = cue
        self.document_date = document_date
        self.place = cue.end()
        self.at: time | None = None
        self.midnight = False
        self.inclusive = cue["before"] is None
        before = text[max(0, cue.start() - _WINDOW) : cue.start()]
        ends = list(_SENTENCE_END.finditer(before))
        self.before = before[ends[-1].end() :] if ends else before

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.text, self.place)
        if found:
            self.place = found.end()
        return found

    def _take_time(self) -> None:
        found = _TIME.match(self.text, self.place)
        if not found:
            return
        hour, minute = int(found["hour"]), int(found["minute"] or 0)
        if (found["part"] or "").lower() in ("chiều", "tối") and hour < 12:
            hour += 12
        self.place = found.end()
        self.midnight = hour == 24
        self.at = None if hour == 24 else time(hour, minute)

    def read(self) -> _Phrase | None:
        """Return the phrase, or None where the cue bounds no time."""
        if (
            self.cue["weak"]
            and self.cue["weak"].lower() in ("ngày", "thứ")
            or (self.cue["weak"] or "").lower()[:3] == "chủ"
        ):
            self.place = self.cue.start()
        filled = self._take(_FILL)
        if filled and _INCLUSIVE.search(filled.group()):
            self.inclusive = True
        self._take_time()
        self._take(_NOISE)
        weekday = self._take(_WEEKDAY)
        if weekday and (weekly := self._weekly(weekday)):
            return weekly
        daily = _DAILY.match(self.text, self.place)
        if daily and (self.at or self.cue["weak"]):
            self.place = daily.end()
            return self._recurring("daily")
        day_word = self._take(_DAY_WORD)
        return (
            self._day_of_months()
            or self._dated()
            or self._day_of_period(bool(day_word))
            or self._last_of_month(bool(day_word))
            or self._period()
            or self._time_of_period()
        )

    # repeating duties

    def _period_before(self) -> str:
        """Return the last period named before the cue: day, week, month, quarter, half, year, or ""."""
        named = list(_PERIODIC.finditer(self.before[-_NEAR:]))
        return (named[-1].lastgroup or "") if named else ""

    def _repeats(self) -> bool:
        return bool(_REPEATS.search(self.before))

    def _recurring(self, *rules: str) -> _Phrase:
        if self.at is None:
            mark = self.place
            if not (self._take(_TIME_AFTER) and _TIME.match(self.text, self.place)):
                self.place = mark
            else:
                self._take_time()
        return _Phrase(self.cue.start(), self.place, Boundary.RECURRING, at=self.at, rules=rules)

    def _weekly(self, weekday: re.Match[str]) -> _Phrase | None:
        code = "sun" if weekday["sunday"] else _WEEKDAY_CODES[weekday["name"].lower()]
        if self._take(_WEEKLY) or (
            self._period_before() == "week" and not DATE.match(self.text, self._after_day_word())
        ):
            return self._recurring(f"weekly:{code}")
        return None

    def _after_day_word(self) -> int:
        found = _DAY_WORD.match(self.text, self.place)
        return found.end() if found else self.place

    def _time_of_period(self) -> _Phrase | None:
        if self.at and not self.cue["weak"] and self._period_before() == "day":
            return self._recurring("daily")
        return None

    def _day_of_months(self) -> _Phrase | None:
        found = _LONE_DAY.match(self.text, self.place)
        months = _MONTHS.match(self.text, found.end()) if found else None
        if not found or not months:
            return None
        dates = [
            PrintedDate(int(found["day"]), int(month), None)
            for month in re.findall("[0-9]+", months["months"])
        ]
        rules = [f"yearly:{each.month:02d}-{each.day:02d}" for each in dates if each.in_year(_ANY_YEAR)]
        if not rules:
            return None
        self.place = months.end()
        self._take(_YEARLY)
        return self._recurring(*dict.fromkeys(rules))

    def _day_of_period(self, day_word: bool) -> _Phrase | None:
        found = _LONE_DAY.match(self.text, self.place)
        if not found or not 1 <= int(found["day"]) <= 31:
            return None
        days, end = self._listed_days(found)
        tail = _TAIL.match(self.text, end)
        period = self._period_before()
        if tail:
            self.place = tail.end()
            return self._recurring(*(self._rule_of_tail(tail, day, period) for day in days))
        day = days[0]
        if day_word and not self.cue["weak"] and period in ("month", "quarter") and self._repeats():
            self.place = found.end()
            return self._recurring(f"monthly:{day}" if period == "month" else f"quarterly:last-month:{day}")
        return None

    def _listed_days(self, first: re.Match[str]) -> tuple[list[str], int]:
        """Return the days of "ngày 05 và ngày 20", two digits each, and where the last of them ends."""
        days, end = [f"{int(first['day']):02d}"], first.end()
        for _ in range(_LONGEST_LIST):
            another = _ANOTHER.match(self.text, end)
            found = _LONE_DAY.match(self.text, another.end()) if another else None
            if not found or not 1 <= int(found["day"]) <= 31:
                break
            days.append(f"{int(found['day']):02d}")
            end = found.end()
        return days, end

    def _rule_of_tail(self, tail: re.Match[str], day: str, period: str) -> str:
        if tail["last"] or tail["quarter"]:
            return f"quarterly:last-month:{day}"
        if tail["next"]:
            return f"quarterly:next-month:{day}"
        if tail["next_of"]:
            quarterly = "quý" in tail["next_of"].lower() or period == "quarter"
            return f"quarterly:next-month:{day}" if quarterly else f"monthly:{day}"
        if tail["own"] and period == "quarter":
            return f"quarterly:last-month:{day}"
        return f"monthly:{day}"

    def _last_of_month(self, day_word: bool) -> _Phrase | None:
        found = _LAST_DAY.match(self.text, self.place)
        if not found or not (day_word or self.cue["within"]):
            return None
        if _PERIOD.match(self.text, found.end()) or re.match(
            r"\s*[0-9]", self.text[found.end() : found.end() + 4]
        ):
            return None
        if found["every"] or self._period_before() == "month" or "tháng" in found.group().lower():
            self.place = found.end()
            return self._recurring("monthly:last")
        return None

    # dated duties

    def _dates(self) -> Iterator[PrintedDate]:
        for _ in range(_LONGEST_LIST):
            found = DATE.match(self.text, self.place)
            printed = read_printed(found) if found else None
            if not found or not printed:
                return
            self.place = found.end()
            yield printed
            if printed.year:
                return
            another = _ANOTHER.match(self.text, self.place)
            if not another or not DATE.match(self.text, another.end()):
                return
            self.place = another.end()

    def _dated(self) -> _Phrase | None:
        first_end = DATE.match(self.text, self.place)
        dates = list(self._dates())
        if not dates or first_end is None:
            return None
        if not any(printed.year for printed in dates) and self._yearly():
            rules = dict.fromkeys(f"yearly:{printed.month:02d}-{printed.day:02d}" for printed in dates)
            return self._recurring(*rules)
        if self.cue["weak"]:
            return None
        year = next((printed.year for printed in dates if printed.year), None)
        self.place = first_end.end()
        first = PrintedDate(dates[0].day, dates[0].month, dates[0].year or year)
        return self._bounded(first, inferred=dates[0].year is None)

    def _yearly(self) -> bool:
        if self._take(_YEARLY):
            return True
        if self._period_before() not in ("half", "year", "quarter"):
            return False
        return self._repeats() or bool(_AGAIN_EVERY_YEAR.match(self.text, self.place))

    def _bounded(self, printed: PrintedDate, inferred: bool) -> _Phrase | None:
        if printed.year:
            due = printed.exact
        else:
            due = printed.on_or_after(self.document_date) if self.document_date else None
        if due is None:
            return None
        if self.at is None and not self.midnight:
            mark = self.place
            if self._take(_TIME_AFTER) and _TIME.match(self.text, self.place):
                self._take_time()
            else:
                self.place = mark
        boundary = Boundary.ON_OR_BEFORE if self.inclusive or self.midnight else Boundary.BEFORE
        if self.at is not None:
            boundary = Boundary.BY_TIME
        return self._unless_other(due, boundary, inferred)

    def _period(self) -> _Phrase | None:
        if self.cue["weak"] or self.at:
            return None
        found = _PERIOD.match(self.text, self.place)
        if not found or (found["year"] and not self.cue["strong"]):
            return None
        first, last = _period_days(found, self.document_date)
        if first is None or last is None:
            return None
        self.place = found.end()
        inferred = not any(found[name] for name in ("month_year", "quarter_year", "half_year", "year"))
        if self.inclusive:
            return self._unless_other(last, Boundary.ON_OR_BEFORE, inferred)
        return self._unless_other(first, Boundary.BEFORE, inferred)

    def _unless_other(self, due: date, boundary: Boundary, inferred: bool) -> _Phrase | None:
        """Return the phrase unless it bounds data, the past, or a duty that is over."""
        near = self.before[-_NEAR:]
        if _OVER.search(near[-60:]):
            return None
        if self.cue["before"] and _PAST_THINGS.search(near):
            return None
        if (self.cue["until"] or self.cue["within"]) and _is_about_data(near):
            return None
        if self.document_date and due < self.document_date:
            return None
        doubtful = bool(_ASKED_EARLIER.search(self.before))
        return _Phrase(
            self.cue.start(), self.place, boundary, due, self.at, inferred_year=inferred, doubtful=doubtful
        )


def _is_about_data(before: str) -> bool:
    data = list(_DATA.finditer(before))
    return bool(data) and not _DUTY.search(before, data[-1].end())


def _period_days(found: re.Match[str], document_date: date | None) -> tuple[date | None, date | None]:
    """Return the first and the last day of a printed month, quarter, half-year or year."""
    if found["month"]:
        months, year = (int(found["month"]), int(found["month"])), found["month_year"]
    elif found["quarter"]:
        quarter = _QUARTERS[found["quarter"].upper()]
        months, year = (3 * quarter - 2, 3 * quarter), found["quarter_year"]
    elif found["half"]:
        months, year = ((1, 6) if found["half"].lower() == "đầu" else (7, 12)), found["half_year"]
    else:
        months, year = (1, 12), found["year"]
    if year:
        return _ends_of(int(year), months)
    if document_date is None:
        return None, None
    first, last = _ends_of(document_date.year, months)
    return (first, last) if last >= document_date else _ends_of(document_date.year + 1, months)


def _ends_of(year: int, months: tuple[int, int]) -> tuple[date, date]:
    return date(year, months[0], 1), date(year, months[1], monthrange(year, months[1])[1])


def _phrases(text: str, document_date: date | None) -> Iterator[_Phrase]:
    consumed = 0
    for cue in _CUE.finditer(text):
        if cue.start() < consumed:
            continue
        phrase = _Reader(text, cue, document_date).read()
        if phrase:
            consumed = phrase.end
            yield phrase


def _joined(phrases: list[_Phrase]) -> list[_Phrase]:
    """Make one phrase of repeating rules that stand side by side ("6 tháng (…), năm (…)")."""
    joined: list[_Phrase] = []
    for phrase in phrases:
        last = joined[-1] if joined else None
        if last and last.rules and phrase.rules and phrase.start - last.end <= _NEAR:
            rules = tuple(dict.fromkeys(last.rules + phrase.rules))
            joined[-1] = _Phrase(
                last.start, phrase.end, Boundary.RECURRING, None, last.at or phrase.at, rules
            )
        else:
            joined.append(phrase)
    return joined


def find_deadlines(text: str, document_date: date | None = None) -> list[Deadline]:
    """Return every deadline of a text in order; phrases without a date are not among them. Never raises.

    `document_date` is the date of the paper: it supplies missing years and tells which dates are over. A
    date without a year is left out where it is unknown.
    """
    aligned = align(text, LOOKALIKES)
    phrases = _joined(list(_phrases(aligned.text, document_date)))
    if any(not phrase.doubtful for phrase in phrases):
        phrases = [phrase for phrase in phrases if not phrase.doubtful]
    return [
        Deadline(
            due=phrase.due,
            boundary=phrase.boundary,
            time=phrase.at,
            recurrence=";".join(phrase.rules) or None,
            span=aligned.span(phrase.start, phrase.end),
            inferred_year=phrase.inferred_year,
        )
        for phrase in phrases
    ]


def read_deadline(text: str, document_date: date | None = None) -> Deadline:
    """Return the deadline a fragment states, the first of them; `NO_DEADLINE` where it states none.

    Vague phrases, data cut-offs, dates of cited papers and deadlines that are over state none.
    """
    found = find_deadlines(text, document_date)
    return found[0] if found else NO_DEADLINE
