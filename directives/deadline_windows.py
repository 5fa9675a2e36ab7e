"""Parts of a period as bounds: the first week of every month, the first half of May, the last day of a quarter."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_EVERY = r"(?:hằng|hàng|mỗi|từng|các)"
_DAYS_OF_WEEK = 7

WINDOW = re.compile(
    rf"""(?:
      tuần\s+(?:lễ\s+)?(?P<week>đầu|cuối)(?:\s+tiên|\s+cùng)?
    | (?P<days>0?[1-9]|1[0-9])\s+ngày\s+(?:làm\s+việc\s+)?đầu(?:\s+tiên)?
    | nửa\s+(?P<half>đầu|cuối|sau)
    )\s*(?:(?:của|trong)\s+)?(?:
      (?P<every>{_EVERY}\s+tháng(?!\s*[0-9]))
    | tháng\s+(?P<month>1[0-2]|0?[1-9])(?:\s*(?:/|năm)\s*(?P<month_year>20[0-9]{{2}}))?
    | năm\s+(?P<year>20[0-9]{{2}})
    )(?![\w/])""",
    re.VERBOSE | re.IGNORECASE,
)
"""A week, some days or a half of a month or year; what follows "trong", "vào", "xong"."""

LAST_OF_QUARTER = re.compile(
    rf"cuối(?:\s+cùng)?\s*(?:của\s+)?(?:{_EVERY}\s+)?quý(?:\s+báo\s+cáo)?(?!\s*(?:IV|III|II|I|[1-4])(?!\w))(?!\w)",
    re.IGNORECASE,
)
QUARTER_ENDS = ("yearly:03-31", "yearly:06-30", "yearly:09-30", "yearly:12-31")
"""The last days of the quarters as rules."""


def rule_of_window(found: re.Match[str]) -> str | None:
    """Return the rule of a window of every month, by its last day; None for other windows."""
    if not found["every"]:
        return None
    last = _last_day_of_window(found, 31)
    return "monthly:last" if last > 28 else f"monthly:{last:02d}"


def end_of_window(found: re.Match[str], document_date: date | None) -> tuple[date | None, bool]:
    """Return (the last day of a window of one month or year, whether its year was inferred)."""
    if found["year"]:
        if not found["half"]:
            return None, False
        year = int(found["year"])
        return (date(year, 6, 30) if found["half"].lower() == "đầu" else date(year, 12, 31)), False
    if not found["month"]:
        return None, False
    month = int(found["month"])
    if found["month_year"]:
        return _end_in(found, int(found["month_year"]), month), False
    if document_date is None:
        return None, True
    due = _end_in(found, document_date.year, month)
    return (due if due >= document_date else _end_in(found, document_date.year + 1, month)), True


def _end_in(found: re.Match[str], year: int, month: int) -> date:
    length = monthrange(year, month)[1]
    return date(year, month, min(length, _last_day_of_window(found, length)))


def _last_day_of_window(found: re.Match[str], length: int) -> int:
    if found["days"]:
        return int(found["days"])
    if found["half"]:
        return 15 if found["half"].lower() == "đầu" else length
    return length if found["week"].lower() == "cuối" else _DAYS_OF_WEEK
