"""Finding the phrases of deadlines in text: a cue, then the date, the period or the repetition after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace as dataclass_replace
from datetime import date, time

from directives.boundaries import Boundary
from directives.dates import DATE, PrintedDate, read_printed
from directives.deadline_context import (
    is_about_data,
    is_asked,
    is_asked_elsewhere,
    is_asked_in_period,
    is_done_in_year,
    is_known_until,
    is_over,
    is_past,
    is_sent_on,
    is_start,
)
from directives.deadline_grammar import (
    AGAIN_EVERY_YEAR,
    AND_DAY,
    AND_LAST_DAY,
    AND_WEEKDAY,
    ANOTHER,
    COMPLETES,
    COUNTED,
    CUE,
    DAILY,
    DAY_WORD,
    DAYS_OF_MONTH,
    EVENT,
    FILL,
    HALF_AND_WHOLE,
    INCLUSIVE,
    IS_LAST,
    LAST_DAY,
    LONE_DAY,
    MONTHS,
    MORE_TIMES,
    NOISE,
    OCCASION,
    OF_EVERY_MONTH,
    OPENING_HOURS,
    ORDINAL,
    OTHER_YEAR_END,
    PERIOD,
    PERIOD_BEFORE,
    PERIODIC,
    REPEATS,
    SENTENCE_END,
    TAIL,
    TIME,
    TIME_AFTER,
    TIME_BEFORE,
    UNTIL,
    WEEKDAY,
    WEEKLY,
    YEARLY,
)
from directives.deadline_periods import Phrase, days_of_period, rule_of_weekday
from directives.deadline_windows import (
    LAST_OF_QUARTER,
    QUARTER_ENDS,
    WINDOW,
    end_of_window,
    rule_of_window,
)

_LONGEST_LIST = 12
_ANY_YEAR = 2001
_YEARS_OF_PERIOD = ("month_year", "quarter_year", "half_year", "year")
_WINDOW = 160
_DAYS_OF_WEEK = 7
# Months ago that a report still speaks of.
_JUST_PAST = 3
_NEAR = 120


class _Reader:
    """Reads the phrase that follows one cue."""

    def __init__(self, text: str, cue: re.Match[str], document_date: date | None) -> None:
        self.text = text
        self.cue = cue
        self.document_date = document_date
        self.place = cue.end()
        self.at: time | None = None
        self.midnight = False
        self.further: list[Phrase] = []
        """Other dates the same cue bounds."""
        self.inclusive = cue["before"] is None
        before = text[max(0, cue.start() - _WINDOW) : cue.start()]
        ends = list(SENTENCE_END.finditer(before))
        self.before = before[ends[-1].end() :] if ends else before

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.text, self.place)
        if found:
            self.place = found.end()
        return found

    def _take_time(self) -> None:
        found = TIME.match(self.text, self.place)
        if not found:
            return
        hour, minute = int(found["hour"]), int(found["minute"] or 0)
        if (found["part"] or "").lower() in ("chiều", "tối") and hour < 12:
            hour += 12
        self.place = found.end()
        # "10h và 16h hằng ngày": the first of the day counts.
        self._take(MORE_TIMES)
        self.midnight = hour == 24
        self.at = None if hour == 24 else time(hour, minute)

    def read(self) -> Phrase | None:
        """Return the phrase, or None where the cue bounds no time."""
        if self.cue["year_end"]:
            return self._year_end()
        if self.cue["until"] and OPENING_HOURS.search(self.before):
            return None
        if (
            self.cue["weak"]
            and self.cue["weak"].lower() in ("ngày", "thứ")
            or (self.cue["weak"] or "").lower()[:3] == "chủ"
        ):
            self.place = self.cue.start()
        filled = self._take(FILL)
        if filled and INCLUSIVE.search(filled.group()):
            self.inclusive = True
        self._take_time()
        self._take(NOISE)
        weekday = self._take(WEEKDAY)
        if weekday and (weekly := self._weekly(weekday)):
            return weekly
        daily = DAILY.match(self.text, self.place)
        if daily and (self.at or self.cue["weak"]):
            self.place = daily.end()
            return self._recurring("daily")
        day_word = self._take(OCCASION) if self.cue["before"] or self.cue["strong"] else None
        day_word = day_word or self._take(DAY_WORD)
        return (
            self._window()
            or self._day_of_months()
            or self._dated()
            or self._day_of_period(bool(day_word))
            or self._last_of_month(bool(day_word))
            or self._period()
            or self._time_of_period()
        )

    # repeating duties

    def _period_before(self) -> str:
        """Return the last period named before the cue: day, week, month, quarter, half, year, or ""."""
        named = list(PERIODIC.finditer(self.before[-_NEAR:]))
        return (named[-1].lastgroup or "") if named else ""

    def _repeats(self) -> bool:
        return bool(REPEATS.search(self.before)) or bool(OF_EVERY_MONTH.search(self.before))

    def _recurring(self, *rules: str) -> Phrase | None:
        after = self.text[self.place : self.place + _NEAR]
        if self.cue["weak"] and is_start(self.before):
            return None
        if self.cue["weak"] and not is_asked(
            self.before, f"{self.cue.group()} {after}", weekly=rules[0].startswith("weekly")
        ):
            return None
        ahead = TIME_BEFORE.search(self.before[-40:]) if self.at is None and self.cue["weak"] else None
        if ahead and (found := TIME.match(ahead["time"])):
            self.at = time(int(found["hour"]), int(found["minute"] or 0))
        if self.at is None:
            mark = self.place
            if not (self._take(TIME_AFTER) and TIME.match(self.text, self.place)):
                self.place = mark
            else:
                self._take_time()
        return Phrase(self.cue.start(), self.place, Boundary.RECURRING, at=self.at, rules=rules)

    def _weekly(self, weekday: re.Match[str]) -> Phrase | None:
        # "tuần thứ tư hằng tháng" counts weeks.
        if ORDINAL.search(self.text[max(0, weekday.start() - 8) : weekday.start()]):
            return None
        rules = [rule_of_weekday(weekday)]
        while len(rules) < _DAYS_OF_WEEK and (joint := AND_WEEKDAY.match(self.text, self.place)):
            another = WEEKDAY.match(self.text, joint.end())
            if not another:
                break
            self.place = another.end()
            rules.append(rule_of_weekday(another))
        if self._take(WEEKLY) or (
            self._period_before() == "week" and not DATE.match(self.text, self._after_day_word())
        ):
            return self._recurring(*dict.fromkeys(rules))
        return None

    def _after_day_word(self) -> int:
        found = DAY_WORD.match(self.text, self.place)
        return found.end() if found else self.place

    def _time_of_period(self) -> Phrase | None:
        if self.at and not self.cue["weak"] and self._period_before() == "day":
            return self._recurring("daily")
        return None

    def _day_of_months(self) -> Phrase | None:
        found = LONE_DAY.match(self.text, self.place)
        months = MONTHS.match(self.text, found.end()) if found else None
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
        self._take(YEARLY)
        return self._recurring(*dict.fromkeys(rules))

    def _day_of_period(self, day_word: bool) -> Phrase | None:
        found = LONE_DAY.match(self.text, self.place)
        if not found or not 1 <= int(found["day"]) <= 31:
            return None
        days, end = self._listed_days(found)
        if last := AND_LAST_DAY.match(self.text, end):
            self.place = last.end()
            return self._recurring(*(f"monthly:{day}" for day in days), "monthly:last")
        tail = TAIL.match(self.text, end)
        period = self._period_before()
        if tail:
            self.place = tail.end()
            return self._recurring(*(self._rule_of_tail(tail, day, period) for day in days))
        day = days[0]
        bare = bool(self.cue["weak"]) and not PERIOD_BEFORE.search(self.before[-30:])
        if day_word and not bare and period in ("month", "quarter") and self._repeats():
            self.place = found.end()
            return self._recurring(f"monthly:{day}" if period == "month" else f"quarterly:last-month:{day}")
        return None

    def _listed_days(self, first: re.Match[str]) -> tuple[list[str], int]:
        """Return the days of "ngày 05 và ngày 20", two digits each, and where the last of them ends."""
        days, end = [f"{int(first['day']):02d}"], first.end()
        for _ in range(_LONGEST_LIST):
            another = ANOTHER.match(self.text, end)
            found = LONE_DAY.match(self.text, another.end()) if another else None
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

    def _window(self) -> Phrase | None:
        """Read a week, some days or a half of a month: "tuần đầu mỗi tháng", "nửa đầu tháng 5/2026"."""
        found = WINDOW.match(self.text, self.place)
        if not found or self.at:
            return None
        rule = rule_of_window(found)
        if rule:
            self.place = found.end()
            return self._recurring(rule)
        due, inferred = end_of_window(found, self.document_date)
        if due is None or not (self.cue["strong"] or is_asked_in_period(self.before)):
            return None
        self.place = found.end()
        return self._unless_other(due, Boundary.ON_OR_BEFORE, inferred)

    def _last_of_month(self, day_word: bool) -> Phrase | None:
        if day_word and (quarter := LAST_OF_QUARTER.match(self.text, self.place)):
            self.place = quarter.end()
            return self._recurring(*QUARTER_ENDS)
        found = LAST_DAY.match(self.text, self.place)
        if not found or not (day_word or self.cue["within"] or found["every"]):
            return None
        if PERIOD.match(self.text, found.end()) or re.match(
            r"\s*[0-9]", self.text[found.end() : found.end() + 4]
        ):
            return None
        if (self.cue["within"] or self.cue["weak"]) and self._is_about_data():
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
            if not found or not printed or self._is_item_number(found) or self._is_count(found):
                return
            self.place = found.end()
            yield printed
            if printed.year:
                return
            another = ANOTHER.match(self.text, self.place)
            if not another or not DATE.match(self.text, another.end()):
                return
            self.place = another.end()

    def _is_count(self, found: re.Match[str]) -> bool:
        """Say whether "11/12 chỉ tiêu" is meant."""
        return found["mark"] == "/" and not found["year"] and bool(COUNTED.match(self.text, found.end()))

    def _is_item_number(self, found: re.Match[str]) -> bool:
        """Say whether "1.2" heads a line, or "25.⏎5" ends one item and numbers the next: no days."""
        return found["mark"] == "." and not found["year"] and "\n" in self.text[self.cue.end() : found.end()]

    def _dated(self) -> Phrase | None:
        earlier = DAYS_OF_MONTH.match(self.text, self.place) if not self.cue["weak"] else None
        if earlier:
            self.place = earlier.end()
        first_end = DATE.match(self.text, self.place)
        dates = list(self._dates())
        if not dates or first_end is None:
            return None
        if not any(printed.year for printed in dates) and self._yearly():
            rules = dict.fromkeys(f"yearly:{printed.month:02d}-{printed.day:02d}" for printed in dates)
            return self._recurring(*rules)
        bare = (self.cue["weak"] or self.cue["when"]) and not IS_LAST.match(self.text, self.place)
        on_day = (self.cue["weak"] or "").lower() == "ngày" and dates[0].year
        if bare and not (on_day and self._is_due_on()):
            return None
        year = next((printed.year for printed in dates if printed.year), None)
        self.place = first_end.end()
        first = PrintedDate(dates[0].day, dates[0].month, dates[0].year or year)
        phrase = self._bounded(first, inferred=dates[0].year is None)
        if phrase and earlier:
            self._read_earlier(earlier["days"], first)
        if phrase and phrase.boundary is not Boundary.BY_TIME:
            self._read_further(first_end.end())
        return phrase

    def _is_due_on(self) -> bool:
        """Say whether a bare day is a deadline: "gửi Bộ Y tế ngày …", "đến ngày … hoàn thành"."""
        until = UNTIL.search(self.before) and COMPLETES.match(self.text, self.place)
        return is_sent_on(self.before) or (bool(until) and not self._is_about_data())

    def _read_earlier(self, days: str, last: PrintedDate) -> None:
        """Read the days that stand before the last of "các ngày 20, 21, 22/10/2025"."""
        for day in re.findall("[0-9]+", days):
            phrase = self._bounded(PrintedDate(int(day), last.month, last.year), inferred=last.year is None)
            if phrase:
                self.further.append(phrase)

    def _read_further(self, place: int) -> None:
        """Read the other dates of "trước ngày 15/6/2025 và ngày 15/12/2025", each a deadline of its own."""
        listed: list[tuple[re.Match[str], PrintedDate]] = []
        joint = None
        for _ in range(_LONGEST_LIST):
            joint_here = AND_DAY.match(self.text, place)
            found = DATE.match(self.text, joint_here.end()) if joint_here else None
            printed = read_printed(found) if found else None
            if not joint_here or not found or not printed:
                break
            joint = joint_here
            listed.append((found, printed))
            place = found.end()
        # Dates that only commas join may begin the next clause.
        if joint is None or "và" not in joint.group().lower():
            return
        for found, printed in listed:
            self.place = found.end()
            phrase = self._bounded(printed, inferred=printed.year is None)
            if phrase:
                self.further.append(dataclass_replace(phrase, start=found.start()))
        self.place = place

    def _yearly(self) -> bool:
        if self._take(YEARLY):
            return True
        if self._period_before() not in ("half", "year", "quarter"):
            return False
        return (
            self._repeats()
            or bool(AGAIN_EVERY_YEAR.match(self.text, self.place))
            or bool(HALF_AND_WHOLE.search(self.text, max(0, self.cue.start() - _NEAR), self.place + _NEAR))
        )

    def _bounded(self, printed: PrintedDate, inferred: bool) -> Phrase | None:
        if printed.year:
            due = printed.exact
        else:
            due = printed.on_or_after(self.document_date) if self.document_date else None
        if due is None:
            return None
        if self.at is None and not self.midnight:
            mark = self.place
            if self._take(TIME_AFTER) and TIME.match(self.text, self.place):
                self._take_time()
            else:
                self.place = mark
        boundary = Boundary.ON_OR_BEFORE if self.inclusive or self.midnight else Boundary.BEFORE
        if self.at is not None:
            boundary = Boundary.BY_TIME
        return self._unless_other(due, boundary, inferred)

    def _year_end(self) -> Phrase | None:
        year = self.cue["ending"] or (self.document_date and self.document_date.year)
        if not year or OTHER_YEAR_END.match(self.text, self.place):
            return None
        return self._unless_other(
            date(int(year), 12, 31), Boundary.ON_OR_BEFORE, inferred=not self.cue["ending"]
        )

    def _period(self) -> Phrase | None:
        into = (self.cue["weak"] or "").lower() == "vào" and is_asked_in_period(self.before)
        if (self.cue["weak"] and not into) or self.at:
            return None
        found = PERIOD.match(self.text, self.place)
        at_end = self.cue.group().lower() == "cuối" and is_asked_in_period(self.before)
        if not found:
            return None
        if found["year"] and not (
            self.cue["strong"] or at_end or (self.cue["within"] and is_done_in_year(self.before))
        ):
            return None
        if self.cue["when"] and EVENT.match(self.text, found.end()):
            return None
        # Which year does not matter for a period of every year.
        every = YEARLY.match(self.text, found.end())
        first, last = days_of_period(found, self.document_date or (date(_ANY_YEAR, 1, 1) if every else None))
        if first is None or last is None:
            return None
        self.place = found.end()
        if not any(found[name] for name in _YEARS_OF_PERIOD) and self._take(YEARLY):
            bound = last if self.inclusive else first
            return self._recurring(f"yearly:{bound.month:02d}-{bound.day:02d}")
        inferred = not any(found[name] for name in _YEARS_OF_PERIOD)
        if inferred and self._tells_of_past(found["month"]):
            return None
        if self.inclusive:
            return self._unless_other(last, Boundary.ON_OR_BEFORE, inferred)
        return self._unless_other(first, Boundary.BEFORE, inferred)

    def _tells_of_past(self, month: str | None) -> bool:
        """Say whether "Trong tháng 8, …" opens a sentence of a paper of September: what has happened."""
        if not month or not self.document_date or not self.cue.group()[0].isupper():
            return False
        return 1 <= (self.document_date.month - int(month)) % 12 <= _JUST_PAST

    def _is_about_data(self) -> bool:
        return is_about_data(self.before[-_NEAR:], within=bool(self.cue["within"]))

    def _is_known(self, due: date) -> bool:
        today = bool(self.cue["until"]) and due == self.document_date
        return today and is_known_until(self.cue.group(), self.text[self.place : self.place + _NEAR])

    def _unless_other(self, due: date, boundary: Boundary, inferred: bool) -> Phrase | None:
        """Return the phrase unless it bounds data, the past, or a duty that is over."""
        near = self.before[-_NEAR:]
        if is_over(near, self.cue.group()) or (self.cue["before"] and is_past(near)):
            return None
        if (self.cue["until"] or self.cue["within"]) and self._is_about_data():
            return None
        if self.document_date and (due < self.document_date or self._is_known(due)):
            return None
        doubtful = is_asked_elsewhere(self.before)
        return Phrase(
            self.cue.start(), self.place, boundary, due, self.at, inferred_year=inferred, doubtful=doubtful
        )


def phrases_in(text: str, document_date: date | None) -> Iterator[Phrase]:
    """Yield every phrase of normal text in order, doubtful ones too."""
    consumed = 0
    recurred = -1
    for cue in CUE.finditer(text):
        if cue.start() < consumed:
            continue
        # "trước 16h30 hằng ngày trong tháng 12": how long it goes on, no deadline of its own.
        if (
            (cue["within"] or cue["until"])
            and recurred >= 0
            and not text[recurred : cue.start()].strip(" ,(\n")
        ):
            continue
        reader = _Reader(text, cue, document_date)
        phrase = reader.read()
        if phrase:
            consumed = max(phrase.end, reader.place)
            recurred = consumed if phrase.rules else -1
            yield phrase
            yield from reader.further
