"""How the units' reports went in 2025, and how they stand in the round that is open now."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from directives.boundaries import ZONE
from reporting.demo.season import Course, at
from units.models import Unit
from units.workdays import WorkingCalendar


def _moment(dice: random.Random, day: date, first: int = 8, last: int = 17) -> datetime:
    return at(day, dice.randint(first, last - 1), dice.choice((2, 7, 11, 16, 23, 28, 34, 41, 47, 52, 58)))


def _day_back(dice: random.Random, due: date, calendar: WorkingCalendar, spread: tuple[int, ...]) -> date:
    """A working day some days before the printed date; most reports come in the last days."""
    return calendar.shift(due, -dice.choice(spread))


def _in_office_hours(moment: datetime) -> datetime:
    """The same moment, or the afternoon before when it falls into the night."""
    local = moment.astimezone(ZONE)
    if local.hour >= 8:
        return local
    return (local - timedelta(days=1)).replace(hour=16)


def _draft_times(course: Course, dice: random.Random, sent: datetime, opened: datetime) -> None:
    course.sent = sent
    course.asked = _in_office_hours(
        sent - timedelta(hours=dice.choice((1, 2, 3, 5, 20, 26)), minutes=dice.randint(1, 50))
    )
    course.written = course.asked - timedelta(minutes=dice.randint(10, 40))
    days = dice.randint(2, 12)
    course.begin = max(opened + timedelta(days=1), course.written - timedelta(days=days))


def finished_2025(
    units: list[Unit], due: dict[int, date], opened: datetime, calendar: WorkingCalendar
) -> list[Course]:
    """Every unit's report came in and was accepted by 3/11/2025, some late, some after a return."""
    return [_finished(place, unit, due[unit.pk], opened, calendar) for place, unit in enumerate(units)]


def _finished(place: int, unit: Unit, due: date, opened: datetime, calendar: WorkingCalendar) -> Course:
    dice = random.Random(f"2025-{unit.code}")
    course = Course(unit)
    province = unit.kind == "sở"
    if place % 19 == 7:
        day = calendar.shift(due, dice.choice((1, 2)) if not province else 1)
    else:
        day = _day_back(dice, due, calendar, (1, 1, 1, 2, 2, 3, 3, 4, 5, 6, 8, 10))
    sent = _moment(dice, day)
    if place in (23, 61):
        course.extended = at(calendar.shift(due, -3), 10, 20)
        course.extended_to = calendar.shift(due, 3)
        course.extension_counts = place == 23
        course.asks_time, course.asks_until = course.extended - timedelta(hours=1), course.extended_to
        sent = _moment(dice, calendar.shift(due, 2))
    _draft_times(course, dice, sent, opened)
    last = date(2025, 11, 3)
    course.decided = _moment(
        dice, min(calendar.shift(sent.date(), dice.choice((1, 1, 2, 3))), date(2025, 10, 31))
    )
    if place % 11 == 4 and not (province and sent.date() > date(2025, 10, 27)):
        course.returned = True
        course.return_until = min(calendar.shift(course.decided.date(), 4), date(2025, 10, 31))
        course.resent = _moment(dice, min(calendar.shift(course.decided.date(), 2), course.return_until), 13)
        course.accepted = _moment(dice, min(calendar.shift(course.resent.date(), 1), last), 8, 11)
    return course


# Where the reports of the open round stand, in the order of the list of ministry units; the rest as `_SHARES`.
_SHARES = (
    ("accepted", 56),
    ("submitted", 15),
    ("late_submitted", 4),
    ("returned", 6),
    ("returned_overdue", 1),
    ("resubmitted", 3),
    ("awaiting", 4),
    ("draft", 8),
    ("not_started", 4),
    ("waived", 2),
    ("extended", 3),
    ("excused", 2),
)
_PROVINCE_SHARES = (
    ("accepted", 4),
    ("submitted", 5),
    ("awaiting", 3),
    ("draft", 13),
    ("not_started", 7),
    ("returned", 2),
)


def live(
    units: list[Unit], due: dict[int, date], opened: datetime, today: date, calendar: WorkingCalendar
) -> list[Course]:
    """Courses cut off at the morning of `today`, with every state present in both large groups."""
    ministry = [unit for unit in units if unit.kind != "sở"]
    provinces = [unit for unit in units if unit.kind == "sở"]
    dealt = [*_deal(ministry, _SHARES), *_deal(provinces, _PROVINCE_SHARES)]
    return [_live(unit, fate, due[unit.pk], opened, today, calendar) for unit, fate in dealt]


_DEMO_FATES = {
    "cuc-quan-ly-y-duoc-co-truyen": "draft",
    "benh-vien-bach-mai": "returned",
    "so-y-te-hai-phong": "draft",
    "van-phong-bo": "submitted",
}
"""Units whose people sign in to the demo have something to do."""
_ASKING = frozenset({"cuc-quan-ly-y-duoc-co-truyen", "so-y-te-hai-phong"})
"""Units whose request for more time waits for the lead."""


def _deal(units: list[Unit], shares: tuple[tuple[str, int], ...]) -> list[tuple[Unit, str]]:
    fates = [fate for fate, count in shares for _ in range(count)]
    fates += ["accepted"] * (len(units) - len(fates))
    fixed = {unit.code: _DEMO_FATES[unit.code] for unit in units if unit.code in _DEMO_FATES}
    for fate in fixed.values():
        fates.remove(fate)
    random.Random("fates").shuffle(fates)
    rest = iter(fates)
    return [(unit, fixed.get(unit.code) or next(rest)) for unit in units]


def _live(
    unit: Unit, fate: str, due: date, opened: datetime, today: date, calendar: WorkingCalendar
) -> Course:
    dice = random.Random(f"live-{today:%Y-%m-%d}-{unit.code}")
    course = Course(unit)
    yesterday = calendar.shift(today, -1)
    latest = min(calendar.shift(due, -1), yesterday)
    sent = _moment(
        dice,
        calendar.last_working_on_or_before(latest - timedelta(days=dice.choice((0, 0, 1, 1, 2, 4, 6, 9)))),
    )
    if fate in ("accepted", "submitted", "returned", "returned_overdue", "resubmitted"):
        if fate in ("accepted", "returned_overdue", "resubmitted"):
            sent = min(sent, _moment(dice, calendar.shift(yesterday, -5)))
        _draft_times(course, dice, sent, opened)
    if fate == "accepted":
        course.decided = _moment(
            dice, min(calendar.shift(sent.date(), dice.choice((1, 2, 3))), yesterday), 8, 17
        )
        course.decided = max(course.decided, sent + timedelta(minutes=30))
    if fate in ("returned", "returned_overdue", "resubmitted"):
        _return(course, fate, dice, sent, yesterday, today, calendar)
    if fate == "late_submitted":
        _draft_times(
            course, dice, _moment(dice, max(calendar.next_working_on_or_after(due), yesterday)), opened
        )
    if fate == "excused":
        course.extended, course.extended_to = at(calendar.shift(due, -2), 14, 10), calendar.shift(today, 1)
        course.extension_counts = False
        _draft_times(course, dice, _moment(dice, yesterday), opened)
    if fate == "extended":
        course.extended, course.extended_to = at(calendar.shift(due, -2), 9, 40), calendar.shift(today, 3)
    if course.extended is not None:
        course.asks_time, course.asks_until = course.extended - timedelta(hours=1), course.extended_to
    if unit.code in _ASKING:
        course.asks_time, course.asks_until = at(yesterday, 14, 30), calendar.shift(today, 8)
    if fate in ("draft", "extended"):
        _partly(course, dice, dice.randint(4, 14), opened, yesterday)
    if fate == "awaiting":
        _partly(course, dice, 16, opened, yesterday)
        assert course.written is not None
        course.asked = course.written + timedelta(minutes=25)
    if fate == "waived":
        course.waived = at(calendar.shift(due, -6), 15, 30)
    return course


def _return(
    course: Course,
    fate: str,
    dice: random.Random,
    sent: datetime,
    yesterday: date,
    today: date,
    calendar: WorkingCalendar,
) -> None:
    course.returned = True
    if fate == "returned":
        course.decided = max(_moment(dice, yesterday, 13, 17), sent + timedelta(minutes=30))
        course.return_until = calendar.shift(today, dice.choice((2, 3, 4)))
        return
    course.decided = _moment(dice, calendar.shift(sent.date(), 1))
    course.return_until = calendar.shift(course.decided.date(), 2)
    if fate == "resubmitted":
        course.resent = _moment(dice, min(calendar.shift(course.decided.date(), 1), yesterday), 13)


def _partly(course: Course, dice: random.Random, sections: int, opened: datetime, yesterday: date) -> None:
    course.sections = sections
    course.written = _moment(dice, yesterday, 9, 16)
    course.begin = max(opened + timedelta(days=1), course.written - timedelta(days=dice.randint(2, 9)))


__all__ = ["finished_2025", "live"]
