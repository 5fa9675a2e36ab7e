"""The curve of submissions as coordinates for a small svg; its numbers stand in a table of their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from reporting.models import Deadline
from reporting.overview import Pace

LEFT, RIGHT, TOP, BOTTOM = 44, 684, 32, 232


@dataclass(frozen=True)
class Mark:
    x: int
    label: str
    words: str = ""
    anchor: str = "middle"


@dataclass(frozen=True)
class Chart:
    line: str
    area: str
    past: str
    levels: list[tuple[int, int]]
    """(y, number) of the horizontal lines."""
    days: list[Mark]
    dates: list[Mark]
    dot: tuple[int, int] | None
    sent: int
    sent_before: int | None
    today: date
    expected: int


def pace_chart(pace: Pace, deadlines: Iterable[Deadline]) -> Chart | None:
    """None when there is nothing to draw yet."""
    if not pace.days or not pace.expected:
        return None
    until = max((n for n, day in enumerate(pace.days) if day <= pace.today), default=-1)
    top = max(pace.expected, *pace.sent, *(pace.before or [0]))
    x = [round(LEFT + (RIGHT - LEFT) * n / max(len(pace.days) - 1, 1)) for n in range(len(pace.days))]

    def y(number: int) -> int:
        return round(BOTTOM - (BOTTOM - TOP) * number / top)

    line = _steps(x[: until + 1], [y(n) for n in pace.sent[: until + 1]])
    return Chart(
        line=line,
        area=f"{line} V{BOTTOM} H{LEFT} Z" if line else "",
        past=_steps(x, [y(n) for n in pace.before]) if pace.before else "",
        levels=[(y(n), n) for n in _levels(top)],
        days=_day_marks(pace, x, deadlines),
        dates=_date_marks(pace, x, deadlines),
        dot=(x[until], y(pace.sent[until])) if until >= 0 else None,
        sent=pace.sent[until] if until >= 0 else 0,
        sent_before=pace.before[until] if pace.before and until >= 0 else None,
        today=pace.today,
        expected=pace.expected,
    )


def _steps(xs: list[int], ys: list[int]) -> str:
    if not xs:
        return ""
    return f"M{xs[0]} {ys[0]}" + "".join(f" H{x} V{y}" for x, y in zip(xs[1:], ys[1:], strict=True))


def _levels(top: int) -> list[int]:
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000) if top / s <= 4)
    inner = [n for n in range(step, top, step) if top - n > step * 0.4]
    return [0, *inner, top]


def _day_marks(pace: Pace, x: list[int], deadlines: Iterable[Deadline]) -> list[Mark]:
    taken = [x[n] for n, day in enumerate(pace.days) if any(d.printed_date == day for d in deadlines)]
    weekly = [(x[n], day) for n, day in enumerate(pace.days) if n % 7 == 0]
    return [Mark(at, f"{day:%d/%m}") for at, day in weekly if all(abs(at - other) > 40 for other in taken)]


def _date_marks(pace: Pace, x: list[int], deadlines: Iterable[Deadline]) -> list[Mark]:
    """One mark a date; groups that share a date share the mark."""
    marks: dict[date, str] = {}
    for deadline in deadlines:
        if deadline.group is None:
            words = "Bộ gửi"
        else:
            words = "Sở Y tế" if deadline.group.code == "so-y-te" else "đơn vị của Bộ"
        marks.setdefault(deadline.printed_date, words)
    return [
        Mark(x[n], f"{day:%d/%m}", marks[day], "end" if x[n] > RIGHT - 30 else "middle")
        for n, day in enumerate(pace.days)
        if day in marks
    ]
