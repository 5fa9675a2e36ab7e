"""Dates as Vietnamese papers print them, and how they are printed back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_YEAR = r"(?:19|20)[0-9]{2}"
_B = r"\s{0,40}"
DATE = re.compile(
    rf"""(?<![0-9/])
    (?:(?P<day>[0-3]?[0-9]){_B}(?P<mark>[/.-]){_B}(?P<month>[01]?[0-9])
        (?:{_B}(?P=mark){_B}(?P<year>{_YEAR}|[0-9]{{2}})|\s{{1,40}}năm\s{{1,40}}(?P<year_n>{_YEAR}))?(?![0-9])(?!{_B}[/-]{_B}[0-9])(?!\.[0-9])
    |(?P<day_w>[0-3]?[0-9])\s+(?:của\s+)?tháng\s+(?P<month_w>[01]?[0-9])(?![0-9])
        (?:(?:{_B},)?{_B}năm{_B}(?P<year_w>{_YEAR})|{_B}[/.-]{_B}(?P<year_s>{_YEAR}))?(?![0-9])
    )""",
    re.VERBOSE | re.IGNORECASE,
)
"""A day and a month, day first, with or without a year: 24/11/2023, 01-10-1997, 24 tháng 11 năm 2023."""

# Two-digit years of papers at hand: 97 is 1997, 25 is 2025.
_FIRST_YEAR_OF_CENTURY = 70
_ANY_LEAP_YEAR = 2000


@dataclass(frozen=True)
class PrintedDate:
    """A day and a month that exist, and the year where one is printed."""

    day: int
    month: int
    year: int | None

    def in_year(self, year: int) -> date | None:
        """Return the date in the printed year, or in `year` where none is; None for 29/02 out of season."""
        try:
            return date(self.year or year, self.month, self.day)
        except ValueError:
            return None

    @property
    def exact(self) -> date | None:
        """The date where the year is printed, else None."""
        return self.in_year(self.year) if self.year else None

    def on_or_after(self, earliest: date) -> date | None:
        """Return the printed date, or without a year the first such day not before `earliest`."""
        if self.year:
            return self.exact
        found = self.in_year(earliest.year)
        return found if found and found >= earliest else self.in_year(earliest.year + 1)


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) > 2:
        return year
    return 1900 + year if year >= _FIRST_YEAR_OF_CENTURY else 2000 + year


def read_printed(match: re.Match[str]) -> PrintedDate | None:
    """Return what a match of `DATE` prints, None where there is no such day (31/02, 45/13)."""
    year = match["year"] or match["year_n"] or match["year_w"] or match["year_s"]
    printed = PrintedDate(
        int(match["day"] or match["day_w"]),
        int(match["month"] or match["month_w"]),
        _full_year(year) if year else None,
    )
    return printed if printed.in_year(_ANY_LEAP_YEAR) else None


def printed_date(day: date) -> str:
    """Return a date in the form of Nghị định 30/2020/NĐ-CP: a zero before days < 10 and months 1 and 2.

    1 July 2025 gives "01/7/2025", 5 February 2025 "05/02/2025", 20 October 2025 "20/10/2025".
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year:04d}"
