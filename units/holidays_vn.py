"""Days that seed the office's calendar: the public holidays of Việt Nam and the Saturdays worked instead.

The `holidays` package knows the lunar calendar and the swaps announced so far; what it lacks stands in
`_ANNOUNCED` below. An admin edits the resulting rows, so this only has to be a good start. Law: Bộ luật
Lao động 2019, article 112 (holidays) and article 111 (a holiday on a rest day is taken on the next
working day).
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import NamedTuple

import holidays

HOLIDAY = "holiday"
IN_LIEU = "in_lieu"
WORKING_SATURDAY = "working_saturday"

CULTURE_DAY = "Ngày Văn hóa Việt Nam"


class CalendarSeed(NamedTuple):
    """One day that differs from an ordinary Monday-to-Friday week."""

    day: date
    name: str
    kind: str
    """`HOLIDAY` or `IN_LIEU` (both off), or `WORKING_SATURDAY` (worked)."""
    confirmed: bool
    """False where the day is policy rather than law and an admin has to confirm it."""


_NAMES = {
    "Ngày Chiến thắng": "Ngày Chiến thắng (30/4)",
    "Ngày Quốc tế Lao động": "Ngày Quốc tế Lao động (01/5)",
    "Ngày Giỗ Tổ Hùng Vương": "Giỗ Tổ Hùng Vương (10/3 âm lịch)",
    "Ngày nghỉ": "Nghỉ hoán đổi",
}

# Swaps announced by the authorities that the package does not carry (2 January 2026 for 10 January).
_ANNOUNCED = (
    CalendarSeed(date(2026, 1, 2), "Nghỉ hoán đổi (làm bù ngày 10/01/2026)", IN_LIEU, confirmed=True),
    CalendarSeed(date(2026, 1, 10), "Làm bù cho ngày 02/01/2026", WORKING_SATURDAY, confirmed=True),
)
_LIEU_MARKS = ("nghỉ bù", "thay cho ngày")


def _day_off(day: date, printed: str) -> CalendarSeed:
    base, bracket, rest = printed.partition(" (")
    kind = IN_LIEU if any(mark in rest for mark in _LIEU_MARKS) else HOLIDAY
    name = _NAMES.get(base, base) + bracket + rest.replace("thay cho ngày", "làm bù ngày")
    return CalendarSeed(day, name, kind, confirmed=base != CULTURE_DAY)


def holidays_for(year: int) -> list[CalendarSeed]:
    """Return the days off and the working Saturdays of a year, by date, with Vietnamese names.

    Weekend days of a long holiday are listed too, so that the calendar shows the whole of it. 24/11 (from
    2026) and its day in lieu come unconfirmed. Days that the Government has yet to announce for a coming
    year follow the usual pattern. Source: the package `holidays`, and domain facts checked by the tests.
    """
    return list(_computed(year))


@cache
def _computed(year: int) -> tuple[CalendarSeed, ...]:
    source = holidays.country_holidays("VN", years=year, language="vi")
    seeds = {}
    for day, printed in source.items():
        # Two holidays on one date come joined by "; ": the day is named once, by the first of them.
        seeds[day] = _day_off(day, printed.split("; ")[0])
    for day in getattr(source, "weekend_workdays", ()):
        seeds[day] = CalendarSeed(day, "Làm bù theo lịch hoán đổi", WORKING_SATURDAY, confirmed=True)
    for seed in _ANNOUNCED:
        seeds[seed.day] = seed
    return tuple(sorted(seed for seed in seeds.values() if seed.day.year == year))
