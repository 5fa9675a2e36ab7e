"""Figures as people write them in Vietnamese and as they are stored: integers of 10^-decimals."""

from __future__ import annotations

import re

# Groups of three are parted by dots or by blanks, not by both; "4 5" is two numbers, not 45.
_GROUPED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]+")
_FRACTION = re.compile(r"[0-9]+")
LARGEST = 10**15
"""No figure of a report comes near it; the columns hold more."""


class NotAQuantity(ValueError):
    """The text is not a number; `str()` says in Vietnamese what to type."""


def parse_amount(text: str, decimals: int) -> int | None:
    """Read "1.286" or "98,5" into an integer count of 10^-decimals; blank gives None.

    "." or a blank groups thousands, "," separates decimals, a "%" at the end is let go. Raises `NotAQuantity`.
    """
    cleaned = " ".join(text.split()).removesuffix("%").strip()
    if not cleaned:
        return None
    negative = cleaned.startswith("-")
    whole, comma, fraction = cleaned.removeprefix("-").partition(",")
    if not _GROUPED.fullmatch(whole) or (comma and not _FRACTION.fullmatch(fraction)):
        raise NotAQuantity(_how_to_type(decimals))
    if len(fraction.rstrip("0")) > decimals:
        raise NotAQuantity(_how_to_type(decimals))
    units = int(re.sub(r"[. ]", "", whole)) * 10**decimals if len(whole) <= 20 else LARGEST
    amount = units + int(fraction[:decimals].ljust(decimals, "0") or 0)
    if amount >= LARGEST:
        raise NotAQuantity("Số quá lớn. Hãy kiểm tra lại số chữ số và đơn vị tính.")
    return -amount if negative else amount


def _how_to_type(decimals: int) -> str:
    if decimals:
        return f"Nhập số, tối đa {decimals} chữ số sau dấu phẩy, ví dụ 98,5."
    return "Nhập số nguyên, ví dụ 1.286."


def format_amount(amount: int | None, decimals: int = 0) -> str:
    """ "1.286", "98,5"; trailing zero decimals are left out; None gives an empty string."""
    if amount is None:
        return ""
    sign = "-" if amount < 0 else ""
    whole, fraction = divmod(abs(amount), 10**decimals)
    grouped = f"{whole:,}".replace(",", ".")
    tail = str(fraction).rjust(decimals, "0").rstrip("0") if decimals else ""
    return f"{sign}{grouped},{tail}" if tail else f"{sign}{grouped}"


def percent_change(before: int, now: int) -> int | None:
    """Change in whole per cent, rounded half away from zero; None when there was nothing before."""
    if before == 0:
        return None
    tenths = (
        (now - before) * 1000 // before
        if (now - before) * before >= 0
        else -((before - now) * 1000 // before)
    )
    return (abs(tenths) + 5) // 10 * (1 if tenths >= 0 else -1)
