"""The calendar of working days: everybody who signs in reads it, admins keep it."""

from __future__ import annotations

from calendar import Calendar
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from units import calendar as keeping
from units import queries
from units.calendar import working_calendar
from units.forms import DayForm
from units.models import CalendarDay
from units.register import RegisterRefused
from units.views.rights import need_admin, today
from units.workdays import WorkingCalendar

WEEKDAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True)
class Cell:
    """One square of a month; `day` is None before the first and after the last."""

    day: date | None
    off: bool = False
    row: CalendarDay | None = None


@dataclass(frozen=True)
class Month:
    number: int
    weeks: list[list[Cell]]
    rows: list[CalendarDay]
    working: int


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Twelve months of ?nam=<year>, and the days that are not what their weekday says."""
    return _page(request, _year(request))


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("nam", "")
    if asked.isascii() and asked.isdigit() and FIRST_YEAR <= int(asked) <= LAST_YEAR:
        return int(asked)
    return today().year


def _page(request: HttpRequest, year: int, *, status: int = 200, form: DayForm | None = None) -> HttpResponse:
    rows = queries.days_of(year)
    months = months_of(year, rows, working_calendar())
    context: dict[str, Any] = {
        "year": year,
        "years": sorted({*queries.years_with_days(), year, today().year}),
        "months": months,
        "working": sum(month.working for month in months),
        "rows": rows,
        "unconfirmed": [row for row in rows if not row.confirmed],
        "weekdays": WEEKDAYS,
        "form": form or DayForm(),
        "today": today(),
        "changed": _changed(request),
        "missing": _missing(year),
    }
    return render(request, "units/calendar.html", context, status=status)


def _missing(year: int) -> list[int]:
    """Years whose holidays nobody entered: the one looked at, this one and the next."""
    ahead = {year} if year >= today().year else set()
    return sorted({*keeping.missing_years(today()), *(ahead - keeping.loaded_years())})


def _changed(request: HttpRequest) -> date | None:
    try:
        return date.fromisoformat(request.GET.get("vua-doi", ""))
    except ValueError:
        return None


def months_of(year: int, rows: list[CalendarDay], working: WorkingCalendar) -> list[Month]:
    """The year as twelve months of weeks from Monday, each with its own rows and count of working days."""
    by_day = {row.day: row for row in rows}
    return [_month(year, number, by_day, working) for number in range(1, 13)]


def _month(year: int, number: int, by_day: dict[date, CalendarDay], working: WorkingCalendar) -> Month:
    weeks = [
        [
            Cell(day, not working.is_working(day), by_day.get(day)) if day.month == number else Cell(None)
            for day in week
        ]
        for week in Calendar().monthdatescalendar(year, number)
    ]
    return Month(
        number=number,
        weeks=weeks,
        rows=[row for day, row in by_day.items() if day.month == number],
        working=sum(1 for week in weeks for cell in week if cell.day and not cell.off),
    )


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    actor = need_admin(request)
    form = DayForm(request.POST)
    if form.is_valid():
        try:
            row = keeping.set_day(**form.cleaned_data, actor=actor, now=timezone.now())
        except RegisterRefused as refusal:
            form.add_error("day", str(refusal))
        else:
            messages.success(request, f"Đã thêm {row}.")
            return _back(row.day)
    year = form.cleaned_data["day"].year if form.cleaned_data.get("day") else _year(request)
    return _page(request, year, status=422, form=form)


@require_POST
def load_year(request: HttpRequest, year: int) -> HttpResponse:
    """Enter the public holidays of a year, once; what stands there already stays."""
    need_admin(request)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    keeping.load_calendar([year])
    messages.success(request, f"Đã nạp ngày nghỉ lễ, tết năm {year}. Đối chiếu với thông báo của Nhà nước.")
    return redirect(f"{reverse('units:calendar')}?nam={year}")


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    actor = need_admin(request)
    row = get_object_or_404(CalendarDay, pk=pk)
    initial = {name: getattr(row, name) for name in ("day", "kind", "name", "confirmed")}
    form = DayForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            saved = keeping.set_day(**form.cleaned_data, actor=actor, now=timezone.now(), row=row)
        except RegisterRefused as refusal:
            form.add_error("day", str(refusal))
        else:
            messages.success(request, f"Đã lưu {saved}.")
            return _back(saved.day)
    status = 422 if form.errors else 200
    heading = f"{initial['day']:%d/%m/%Y} {initial['name']}"
    context = {"form": form, "row": row, "heading": heading, "year": initial["day"].year}
    return render(request, "units/calendar_day.html", context, status=status)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    actor = need_admin(request)
    row = get_object_or_404(CalendarDay, pk=pk)
    keeping.confirm_day(row, actor=actor, now=timezone.now())
    messages.success(request, f"Đã xác nhận {row}; ngày này được tính từ bây giờ.")
    return _back(row.day)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    actor = need_admin(request)
    row = get_object_or_404(CalendarDay, pk=pk)
    keeping.remove_day(row, actor=actor, now=timezone.now())
    messages.success(request, f"Đã bỏ {row} khỏi lịch.")
    return _back(row.day)


def _back(day: date) -> HttpResponseRedirect:
    """To the year of the day, at what the change does to the dates of open rounds."""
    return redirect(f"{reverse('units:calendar')}?nam={day.year}&vua-doi={day.isoformat()}")
