"""The log of what was sent: of a round, and of one unit over all rounds; filtered, exported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from reporting.access import office_round, unit_to_hold
from reporting.documents.xlsx import Cell, SheetColumn, table_xlsx
from reporting.mail import rule_text
from reporting.models import Channel, Notice, Round
from reporting.states import NOTICE_CHOICES, NOTICE_LABELS, NoticeState
from reporting.views.spreadsheets import sheet_response
from units.access import Standing
from units.models import Role, Unit
from units.text import fold, row_number

PAGE = 50
_TAGS = {
    NoticeState.PLANNED: ("hourglass-split", "warn"),
    NoticeState.CLAIMED: ("arrow-repeat", "progress"),
    NoticeState.SENT: ("envelope-check", "ok"),
    NoticeState.FAILED: ("envelope-x", "danger"),
    NoticeState.BOUNCED: ("envelope-x", "danger"),
    NoticeState.SKIPPED: ("slash-circle", ""),
}
"""Icon and colour of a row of the log."""


@dataclass(frozen=True)
class LogRow:
    notice: Notice
    unit_name: str
    unit_code: str
    words: str
    icon: str
    tone: str


def log_of(row: Round) -> QuerySet[Notice]:
    """Every message of the round, the latest first."""
    return _ordered(Notice.objects.filter(round=row))


def _ordered(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    return (
        notices.select_related("assignment__unit", "recipient", "deadline", "round__owner", "asked_by")
        .annotate(moment=Coalesce("sent_at", "due_at"))
        .order_by("-moment", "-id")
    )


def log_rows(notices: QuerySet[Notice]) -> list[LogRow]:
    rows = []
    for notice in notices:
        unit = notice.assignment.unit if notice.assignment else notice.round.owner
        icon, tone = _TAGS[NoticeState(notice.state)]
        name = notice.assignment.unit_name if notice.assignment else unit.name
        rows.append(
            LogRow(notice, name, unit.code if notice.assignment else "", rule_text(notice), icon, tone)
        )
    return rows


def _filtered(request: HttpRequest, found: QuerySet[Notice]) -> QuerySet[Notice]:
    """?tim=<words of the unit>&trang-thai=<state>&quy-tac=<rule>&gui-bang=<channel>&han=<deadline>."""
    for word in fold(request.GET.get("tim", "")).split():
        of_unit = Q(assignment__unit__search_text__contains=word)
        found = found.filter(of_unit | Q(assignment=None, round__owner__search_text__contains=word))
    if state := request.GET.get("trang-thai"):
        found = found.filter(state=state)
    if rule := request.GET.get("quy-tac"):
        found = found.filter(rule=rule)
    if channel := request.GET.get("gui-bang"):
        found = found.filter(channel=channel)
    if dates := _dates(request):
        found = found.filter(deadline_id__in=dates)
    return found


def _dates(request: HttpRequest) -> list[int]:
    return [pk for pk in map(row_number, request.GET.getlist("han")) if pk is not None]


def notice_log(request: HttpRequest, code: str) -> HttpResponse:
    """Every message of the round: to whom, why, when, and what became of it."""
    row = office_round(request.standing, code)  # type: ignore[attr-defined]
    may_act = request.standing.has(row.owner_id, Role.REVIEWER, Role.LEAD)  # type: ignore[attr-defined]
    return _page(request, log_of(row), {"round": row, "may_act": may_act})


def unit_log(request: HttpRequest, unit_code: str) -> HttpResponse:
    """Every message about a unit, in all rounds."""
    unit = unit_to_hold(request.standing, unit_code, timezone.now())  # type: ignore[attr-defined]
    return _page(request, _of_unit(request, unit), {"unit": unit})


def _of_unit(request: HttpRequest, unit: Unit) -> QuerySet[Notice]:
    """Of the rounds of the person's own office; an admin sees those of every office."""
    standing: Standing = request.standing  # type: ignore[attr-defined]
    about = Notice.objects.filter(Q(assignment__unit=unit) | Q(assignment=None, round__owner=unit))
    if not standing.user.is_admin:
        about = about.filter(round__owner_id__in=standing.office_ids)
    return _ordered(about)


def _page(request: HttpRequest, log: QuerySet[Notice], of: dict[str, Any]) -> HttpResponse:
    page = Paginator(_filtered(request, log), PAGE).get_page(request.GET.get("page"))
    plain = log.order_by()
    counts = dict(plain.values_list("state").annotate(count=Count("pk")))
    return render(
        request,
        "reporting/reminder_log.html",
        {
            **of,
            "page": page,
            "rows": log_rows(page.object_list),  # type: ignore[arg-type]
            "states": [(key, label, counts.get(key, 0)) for key, label in NOTICE_CHOICES if counts.get(key)],
            "rules": _rules(plain),
            "channels": Channel.choices,
            "chosen": {
                "state": request.GET.get("trang-thai", ""),
                "rule": request.GET.get("quy-tac", ""),
                "channel": request.GET.get("gui-bang", ""),
                "dates": _dates(request),
            },
            "total": sum(counts.values()),
        },
    )


def _rules(log: QuerySet[Notice]) -> list[tuple[str, str]]:
    """The rules that occur in the log, in words."""
    seen = log.values_list("rule", "deadline").distinct()
    known = {rule: rule_text(Notice(rule=rule, deadline_id=deadline)) for rule, deadline in seen}
    return sorted(known.items(), key=lambda pair: (pair[0].partition("-")[0], _days(pair[0])))


def _days(rule: str) -> int:
    days = rule.partition("-")[2]
    return int(days) if days.isdecimal() else 0


_COLUMNS = [
    SheetColumn("Đợt", 30),
    SheetColumn("Phải gửi lúc", 17),
    SheetColumn("Đơn vị", 42),
    SheetColumn("Người nhận", 30),
    SheetColumn("Địa chỉ", 32),
    SheetColumn("Gửi bằng", 18),
    SheetColumn("Vì sao", 24),
    SheetColumn("Thời hạn", 28),
    SheetColumn("Kết quả", 16),
    SheetColumn("Lúc gửi", 17),
    SheetColumn("Số lần thử", 10),
    SheetColumn("Ghi chú", 40),
]


def notice_log_xlsx(request: HttpRequest, code: str) -> HttpResponse:
    """The log as filtered, as a spreadsheet."""
    row = office_round(request.standing, code)  # type: ignore[attr-defined]
    title = f"{row.name}: sổ nhắc việc, thông báo"
    return _sheet(title, _filtered(request, log_of(row)), f"{row.code}-so-nhac-viec.xlsx")


def unit_log_xlsx(request: HttpRequest, unit_code: str) -> HttpResponse:
    """The log of a unit as filtered, as a spreadsheet."""
    unit = unit_to_hold(request.standing, unit_code, timezone.now())  # type: ignore[attr-defined]
    title = f"{unit.name}: sổ nhắc việc, thông báo"
    return _sheet(title, _filtered(request, _of_unit(request, unit)), f"{unit.code}-so-nhac-viec.xlsx")


def _sheet(title: str, log: QuerySet[Notice], name: str) -> HttpResponse:
    rows: list[list[Cell]] = [
        [
            line.notice.round.name,
            line.notice.due_at,
            line.unit_name,
            line.notice.recipient.full_name,
            line.notice.address,
            Channel(line.notice.channel).label,
            line.words,
            line.notice.deadline.phrase if line.notice.deadline else "",
            NOTICE_LABELS[line.notice.state],
            line.notice.sent_at,
            line.notice.attempts,
            line.notice.reason,
        ]
        for line in log_rows(log)
    ]
    return sheet_response(table_xlsx(title, _COLUMNS, rows), name)
