"""What a phrase of a deadline states; days of the week as rules; months, quarters, halves and years as bounds: their first and last days."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, time

from directives.boundaries import Boundary
from directives.deadline_grammar import QUARTERS, WEEKDAY_CODES


@dataclass(frozen=True)
class Phrase:
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


def days_of_period(found: re.Match[str], document_date: date | None) -> tuple[date | None, date | None]:
    """Return the first and the last day of a printed month, quarter, half-year or year."""
    if found["month"]:
        months, year = (int(found["month"]), int(found["month"])), found["month_year"]
    elif found["quarter"]:
        quarter = QUARTERS[found["quarter"].upper()]
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


def rule_of_weekday(weekday: re.Match[str]) -> str:
    """Return the rule of a weekday: weekly:thu."""
    code = "sun" if weekday["sunday"] else WEEKDAY_CODES[weekday["name"].lower()]
    return f"weekly:{code}"
