"""How dates and numbers are written for a Vietnamese reader. Pure: no Django, no clock.

Aware instants are shown in Asia/Ho_Chi_Minh; a naive datetime is refused, since nobody knows its zone.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from directives.boundaries import ZONE

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def local(moment: datetime) -> datetime:
    """The instant on Vietnamese clocks; ValueError when it carries no zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be shown")
    return moment.astimezone(ZONE)


def date_text(day: date) -> str:
    """`17/10/2025`; of an aware instant, its day in Vietnam."""
    if isinstance(day, datetime):
        day = local(day).date()
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def weekday_text(day: date) -> str:
    """`thứ Sáu`; of an aware instant, its day in Vietnam."""
    if isinstance(day, datetime):
        day = local(day).date()
    return WEEKDAYS[day.weekday()]


def datetime_text(moment: datetime) -> str:
    """`15:42 thứ Sáu 17/10/2025`."""
    here = local(moment)
    return f"{here:%H:%M} {weekday_text(here)} {date_text(here)}"


def datetime_short(moment: datetime) -> str:
    """`17/10/2025 15:42`, for tables and lists that sort by the day."""
    here = local(moment)
    return f"{date_text(here)} {here:%H:%M}"


def time_text(moment: datetime) -> str:
    """`15:42`."""
    return f"{local(moment):%H:%M}"


def number_text(value: int | float | Decimal | str, decimals: int | None = None) -> str:
    """`1.286`, `98,5`: "." between thousands, "," before decimals.

    `decimals` fixes their count (rounded half up); None keeps what the value has, without trailing zeros.
    ValueError when the value is not a finite number.
    """
    try:
        number = Decimal(str(value))
    except ArithmeticError as wrong:
        raise ValueError(f"not a number: {value!r}") from wrong
    if not number.is_finite():
        raise ValueError(f"not a number: {value!r}")
    if decimals is not None:
        number = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{number:,f}"
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")


def initials(name: str) -> str:
    """Two capitals for an avatar: first and last word of a name (`Lê Thị Ánh` → `LÁ`), or less."""
    words = [word for word in name.split() if word[:1].isalnum()]
    chosen = words[:1] + words[-1:] if len(words) > 1 else words
    return "".join(word[0].upper() for word in chosen)
