"""Repeating deadlines in words: the rules a paper was read as, said back; plain Python."""

from __future__ import annotations

_WEEKDAYS = {
    "mon": "thứ Hai", "tue": "thứ Ba", "wed": "thứ Tư", "thu": "thứ Năm", "fri": "thứ Sáu", "sat": "thứ Bảy",
    "sun": "Chủ nhật",
}  # fmt: skip


def recurrence_words(rules: str, at: str = "") -> str:
    """ "monthly:25;yearly:06-15" → "ngày 25 hằng tháng; ngày 15/6 hằng năm"; `at` is a clock time or empty.

    A rule of another form is said as it stands. Never raises.
    """
    said = "; ".join(_rule_words(rule) for rule in rules.split(";") if rule)
    return f"{said}, trước {at}" if at else said


def _rule_words(rule: str) -> str:
    kind, _, rest = rule.partition(":")
    if kind == "daily":
        return "hằng ngày"
    if kind == "weekly" and rest in _WEEKDAYS:
        return f"{_WEEKDAYS[rest]} hằng tuần"
    if kind == "monthly" and rest:
        return "ngày cuối tháng, hằng tháng" if rest == "last" else f"ngày {rest} hằng tháng"
    month, _, day = rest.partition(":")
    if kind == "quarterly" and month in _MONTHS and day:
        return f"ngày {day} {_MONTHS[month]}, hằng quý"
    month, _, day = rest.partition("-")
    if kind == "yearly" and month.isdigit() and day:
        return f"ngày {day}/{int(month)} hằng năm"
    return rule


_MONTHS = {"last-month": "tháng cuối quý", "next-month": "tháng đầu quý sau"}
