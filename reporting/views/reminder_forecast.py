"""Who will get what in the coming days, and why; who hears nothing; the very words of a mail to come."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from directives.deadlines import ZONE
from reporting import foresight
from reporting.access import office_round
from reporting.daily_mail import compose
from reporting.deadline_words import words_of
from reporting.documents.xlsx import Cell, SheetColumn, table_xlsx
from reporting.foresight import SILENT_LABELS, Silent
from reporting.mail import render as render_mail
from reporting.models import Channel, Round
from reporting.reminder_lines import days_of
from reporting.reminders import Planned, row_of
from reporting.views.spreadsheets import sheet_response
from units.calendar import working_calendar

SPANS = {"mai": (1, "Đến hết ngày mai"), "tuan": (7, "7 ngày tới"), "thang": (30, "30 ngày tới")}
"""?khoang= → so many days after today, and its name."""


def forecast(request: HttpRequest, code: str) -> HttpResponse:
    """Day by day who gets what and why, as far as ?khoang= says; then who hears nothing."""
    row = office_round(request.standing, code)  # type: ignore[attr-defined]
    now, calendar = timezone.now(), working_calendar()
    span = _span(request)
    days = days_of(_planned(row, now, span), calendar, now)
    silent = sorted(foresight.silent(row, now), key=lambda line: list(SILENT_LABELS).index(line.why))
    return render(
        request,
        "reporting/reminder_forecast.html",
        {
            "round": row,
            "now": now,
            "days": days,
            "mails": sum(day.mails for day in days),
            "span": span,
            "spans": [(key, words) for key, (_, words) in SPANS.items()],
            "silent": [
                (SILENT_LABELS[why], why, list(lines))
                for why, lines in groupby(silent, key=lambda one: one.why)
            ],
        },
    )


def _span(request: HttpRequest) -> str:
    asked = request.GET.get("khoang", "")
    return asked if asked in SPANS else "tuan"


def _planned(row: Round, now: datetime, span: str) -> list[Planned]:
    last = timezone.localdate(now) + timedelta(days=SPANS[span][0] + 1)
    return foresight.upcoming(now, datetime.combine(last, datetime.min.time(), ZONE), row)


_COLUMNS = [
    SheetColumn("Lúc", 17),
    SheetColumn("Đơn vị", 42),
    SheetColumn("Người nhận", 30),
    SheetColumn("Địa chỉ", 32),
    SheetColumn("Gửi bằng", 18),
    SheetColumn("Vì sao", 60),
    SheetColumn("Thời hạn", 28),
    SheetColumn("Ngày làm việc cuối", 22),
]
_SILENT_COLUMNS = [
    SheetColumn("Đơn vị", 42),
    SheetColumn("Nhóm", 32),
    SheetColumn("Vì sao không nhắc", 36),
    SheetColumn("Người", 30),
    SheetColumn("Ghi chú", 50),
]


def forecast_xlsx(request: HttpRequest, code: str) -> HttpResponse:
    """The same list, a line a message, as a spreadsheet."""
    row = office_round(request.standing, code)  # type: ignore[attr-defined]
    now, calendar = timezone.now(), working_calendar()
    rows: list[list[Cell]] = [
        [
            max(one.step.at, now),
            one.unit_name,
            one.recipient.full_name,
            one.recipient.email if one.channel == Channel.EMAIL else "",
            Channel(one.channel).label,
            one.reason,
            one.deadline.phrase,
            words_of(one.deadline, calendar, now).last_working_text,
        ]
        for one in _planned(row, now, _span(request))
    ]
    title = f"{row.name}: nhắc việc sắp gửi, tính đến {timezone.localtime(now):%H:%M %d/%m/%Y}"
    return sheet_response(table_xlsx(title, _COLUMNS, rows), f"{row.code}-sap-nhac.xlsx")


def silent_xlsx(request: HttpRequest, code: str) -> HttpResponse:
    """Who hears nothing and why, as a spreadsheet."""
    row = office_round(request.standing, code)  # type: ignore[attr-defined]
    now = timezone.now()
    rows: list[list[Cell]] = [_silent_cells(line) for line in foresight.silent(row, now)]
    title = f"{row.name}: không nhắc, tính đến {timezone.localtime(now):%H:%M %d/%m/%Y}"
    return sheet_response(table_xlsx(title, _SILENT_COLUMNS, rows), f"{row.code}-khong-nhac.xlsx")


def _silent_cells(line: Silent) -> list[Cell]:
    return [
        line.assignment.unit_name,
        line.assignment.group.name,
        SILENT_LABELS[line.why],
        line.person.full_name if line.person else "",
        line.words,
    ]


def mail_to_come(request: HttpRequest, code: str, person: int) -> HttpResponse:
    """The mail that a person will get on ?ngay=YYYY-MM-DD, in the words it would have today; or that there is none."""
    row = office_round(request.standing, code)  # type: ignore[attr-defined]
    now = timezone.now()
    on = _day(request.GET.get("ngay", ""))
    theirs = [
        one
        for one in _planned(row, now, "thang")
        if one.recipient.pk == person
        and one.channel == Channel.EMAIL
        and on in (timezone.localdate(one.step.at), timezone.localdate(max(one.step.at, now)))
    ]
    if not theirs:
        return render(request, "reporting/reminder_mail.html", {"round": row})
    at = max(theirs[-1].step.at, now)
    rows = [row_of(one, now) for one in theirs]
    mail = render_mail(compose(rows, working_calendar(), at), rows, theirs[0].recipient.email)
    return render(
        request,
        "reporting/reminder_mail.html",
        {
            "round": row,
            "mail": mail,
            "person": theirs[0].recipient,
            "at": at,
            "planned": theirs,
        },
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
