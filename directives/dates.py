"""Dates as Vietnamese papers print them."""

from __future__ import annotations

from datetime import date


def printed_date(day: date) -> str:
    """Return a date in the form of Nghị định 30/2020/NĐ-CP: a zero before days < 10 and months 1 and 2.

    1 July 2025 gives "01/7/2025", 5 February 2025 "05/02/2025", 20 October 2025 "20/10/2025".
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year:04d}"
