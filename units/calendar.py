"""The calendar of working days: what the law gives, entered once a year, and what the admin makes of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction

from units.holidays_vn import WORKING_SATURDAY, CalendarSeed, holidays_for
from units.models import CalendarDay, CalendarYear, User
from units.register import RegisterRefused, need_admin
from units.text import nfc
from units.workdays import WorkingCalendar

SATURDAY = 5


def working_calendar() -> WorkingCalendar:
    """Confirmed days off and swapped working days, read in one query."""
    rows = CalendarDay.objects.filter(confirmed=True).values_list("day", "kind")
    days = list(rows)
    return WorkingCalendar(
        days_off=frozenset(day for day, kind in days if kind != CalendarDay.Kind.WORKING),
        extra_working=frozenset(day for day, kind in days if kind == CalendarDay.Kind.WORKING),
    )


def load_calendar(years: Iterable[int]) -> None:
    """Enter the holidays and swapped Saturdays of years that were not entered yet.

    A year is entered once: rows an admin added, changed or took away stay as they are.
    """
    wanted = sorted(set(years) - loaded_years())
    if not wanted:
        return
    with transaction.atomic():
        CalendarDay.objects.bulk_create(
            (
                CalendarDay(day=seed.day, kind=_kind_of(seed), name=seed.name, confirmed=seed.confirmed)
                for year in wanted
                for seed in holidays_for(year)
            ),
            ignore_conflicts=True,
        )
        CalendarYear.objects.bulk_create((CalendarYear(year=year) for year in wanted), ignore_conflicts=True)


def _kind_of(seed: CalendarSeed) -> str:
    return CalendarDay.Kind.WORKING if seed.kind == WORKING_SATURDAY else seed.kind


def extend_calendar(today: date) -> None:
    """Enter this year and the next, so that a reminder never goes out on a holiday nobody entered."""
    load_calendar((today.year, today.year + 1))


def loaded_years() -> set[int]:
    """The years whose holidays were entered."""
    return set(CalendarYear.objects.values_list("year", flat=True))


def missing_years(today: date) -> list[int]:
    """Of this year and the next, those without holidays: dates in them would count as working days."""
    return sorted({today.year, today.year + 1} - loaded_years())


def is_calendar_as_loaded() -> bool:
    """Whether the calendar holds exactly what the law gives for the years entered."""
    found = set(CalendarDay.objects.values_list("day", "kind", "name", "confirmed"))
    wanted = {
        (seed.day, _kind_of(seed), seed.name, seed.confirmed)
        for year in loaded_years()
        for seed in holidays_for(year)
    }
    return found == wanted


def set_day(
    day: date,
    *,
    kind: str,
    name: str,
    confirmed: bool,
    actor: User,
    now: datetime,
    row: CalendarDay | None = None,
) -> CalendarDay:
    """Add a day that is not what its weekday says, or change `row`. One row a day."""
    need_admin(actor)
    if not name.strip():
        raise RegisterRefused("Hãy ghi tên của ngày, ví dụ Quốc khánh.")
    if kind == CalendarDay.Kind.WORKING and day.weekday() < SATURDAY:
        raise RegisterRefused("Làm bù chỉ ghi cho thứ Bảy hoặc Chủ nhật.")
    if kind in (CalendarDay.Kind.IN_LIEU, CalendarDay.Kind.SWAPPED) and day.weekday() >= SATURDAY:
        raise RegisterRefused(
            "Thứ Bảy, Chủ nhật đã là ngày nghỉ; nghỉ bù hay hoán đổi ghi cho ngày trong tuần."
        )
    others = CalendarDay.objects.filter(day=day)
    if row is not None:
        others = others.exclude(pk=row.pk)
    if others.exists():
        raise RegisterRefused(f"Ngày {day:%d/%m/%Y} đã có trong lịch. Hãy sửa dòng đó.")
    made = row or CalendarDay()
    made.day, made.kind, made.name, made.confirmed = day, kind, nfc(name).strip(), confirmed
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise RegisterRefused(f"Ngày {day:%d/%m/%Y} vừa được người khác thêm. Hãy tải lại trang.") from None
    return made


def confirm_day(row: CalendarDay, *, actor: User, now: datetime) -> None:
    """From now on the day counts in every computation of working days."""
    need_admin(actor)
    CalendarDay.objects.filter(pk=row.pk).update(confirmed=True)
    row.confirmed = True


def remove_day(row: CalendarDay, *, actor: User, now: datetime) -> None:
    """The day is again what its weekday says."""
    need_admin(actor)
    CalendarDay.objects.filter(pk=row.pk).delete()
