"""The office's first page of a round, and the lists behind its numbers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from reporting import overview as figures
from reporting import readiness
from reporting.access import may_urge, office_round
from reporting.deadline_words import words_of
from reporting.deadlines import current_deadlines
from reporting.documents.xlsx import table_xlsx
from reporting.last_contact import put_last_contact
from reporting.models import Assignment, Deadline, Round, Section
from reporting.states import STATE_LABELS, TIMELINESS_LABELS, State, Timeliness
from reporting.timeliness import kept_deadline
from reporting.views.pace_chart import pace_chart
from reporting.views.spreadsheets import sheet_response
from units.calendar import working_calendar
from units.models import Role, UnitGroup
from units.text import fold
from units.workdays import WorkingCalendar

PAGE = 50
SHOWN_LATE = 8
SHOWN_IN_MATRIX = 12


def round_overview(request: HttpRequest, code: str) -> HttpResponse:
    """Counts, groups, provinces, pace, who is late, units × sections: every number opens its list."""
    row = office_round(request.standing, code)  # type: ignore[attr-defined]
    now = timezone.now()
    calendar = working_calendar()
    deadlines = current_deadlines(row)
    standing = figures.overview(row, deadlines, now)
    late = figures.late_list(row, now, SHOWN_LATE)
    tiles = figures.tiles(row, now)
    shown = list(_everybody(row, now)[:SHOWN_IN_MATRIX])
    sections, matrix_rows = figures.matrix(row, shown, now)
    dispatch = next((d for d in deadlines if d.purpose == Deadline.Purpose.DISPATCH), None)
    pace = figures.pace(row, deadlines, standing.total.of("phai-nop"), now)
    return render(
        request,
        "reporting/round_overview.html",
        {
            "round": row,
            "now": now,
            "readiness": readiness.panel(row, now),
            "total": standing.total,
            "asking": figures.listed(row, "xin-gia-han", now).count(),
            "lines": [
                (line, line.deadline and words_of(line.deadline, calendar, now)) for line in standing.lines
            ],
            "late": _with_words(late, calendar, now),
            "tiles": tiles,
            "tile_legend": figures.tile_legend(tiles),
            "province_words": _province_words(deadlines, calendar, now),
            "sections": sections,
            "matrix_rows": matrix_rows,
            "chart": pace_chart(pace, deadlines),
            "dispatch": dispatch and words_of(dispatch, calendar, now),
            "may_urge": may_urge(request.standing, row),  # type: ignore[attr-defined]
            "may_lead": request.standing.has(row.owner_id, Role.LEAD),  # type: ignore[attr-defined]
        },
    )


def _province_words(deadlines: list[Deadline], calendar: WorkingCalendar, now: datetime) -> Any:
    found = next((d for d in deadlines if d.group and d.group.code == "so-y-te"), None)
    return found and words_of(found, calendar, now)


def _with_words(
    assignments: list[Assignment], calendar: WorkingCalendar, now: datetime
) -> list[tuple[Any, Any]]:
    return [(a, words_of(kept_deadline(a), calendar, now)) for a in assignments]


def _everybody(row: Round, now: datetime) -> Any:
    return (
        figures.listed(row, "phai-nop", now)
        .select_related("unit")
        .order_by("group__position", "unit__sort_key")
    )


def pace_table(request: HttpRequest, code: str) -> HttpResponse:
    """The curve of submissions as a table."""
    row = office_round(request.standing, code)  # type: ignore[attr-defined]
    now = timezone.now()
    expected = figures.listed(row, "phai-nop", now).count()
    pace = figures.pace(row, current_deadlines(row), expected, now)
    days = [
        (day, sent if day <= pace.today else None, pace.before[n] if pace.before else None)
        for n, (day, sent) in enumerate(zip(pace.days, pace.sent, strict=True))
    ]
    return render(request, "reporting/round_pace.html", {"round": row, "days": days, "pace": pace})


def units(request: HttpRequest, code: str) -> HttpResponse:
    """The list behind a number: ?loc=<name of the list>&nhom=<group>&linh-vuc=<sector>&tim=<words>."""
    row = office_round(request.standing, code)  # type: ignore[attr-defined]
    now = timezone.now()
    found = _filtered(request, row, now)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    put_last_contact(shown)
    asking = figures.asking(shown)
    name = request.GET.get("loc", "phai-nop")
    return render(
        request,
        "reporting/round_units.html",
        {
            "round": row,
            "page": page,
            "rows": [(*pair, asking.get(pair[0].pk)) for pair in _with_words(shown, working_calendar(), now)],
            "list_name": name,
            "list_label": figures.LISTS[name][0],
            "lists": [(key, label) for key, (label, _) in figures.LISTS.items()],
            "groups": _groups(row),
            "may_urge": may_urge(request.standing, row),  # type: ignore[attr-defined]
            "list_log": figures.list_log(row),
            "now": now,
            "sections_total": Section.objects.filter(round=row, is_heading=False).count(),
        },
    )


def _groups(row: Round) -> list[UnitGroup]:
    return [d.group for d in current_deadlines(row) if d.group]


def _filtered(request: HttpRequest, row: Round, now: datetime) -> Any:
    name = request.GET.get("loc", "phai-nop")
    if name not in figures.LISTS:
        raise Http404
    found = figures.listed(row, name, now).select_related(
        "unit", "group", "deadline", "extension__deadline", "return_deadline", "round"
    )
    if group := request.GET.get("nhom"):
        found = found.filter(group__code=group)
    if sector := request.GET.get("linh-vuc"):
        found = found.filter(unit__sector="" if sector == "khac" else sector)
    for word in fold(request.GET.get("tim", "")).split():
        found = found.filter(unit__search_text__contains=word)
    return found.order_by("group__position", "unit__sort_key")


def units_xlsx(request: HttpRequest, code: str) -> HttpResponse:
    """The same list as a spreadsheet."""
    row = office_round(request.standing, code)  # type: ignore[attr-defined]
    now = timezone.now()
    assignments = list(_filtered(request, row, now))
    asking = figures.asking(assignments)
    columns = [
        "Đơn vị",
        "Nhóm",
        "Tình trạng",
        "Đúng hạn",
        "Thời hạn",
        "Gia hạn",
        "Số văn bản gia hạn",
        "Xin gia hạn đến hết ngày",
        "Nộp lần đầu",
        "Nộp gần nhất",
        "Tiếp nhận",
        "Mục xong",
    ]
    rows = [
        [
            a.unit_name,
            a.group.name,
            STATE_LABELS[State(a.state)],
            TIMELINESS_LABELS[Timeliness(a.timeliness)] if a.timeliness else "",
            kept_deadline(a).phrase,
            f"{a.extension.deadline.phrase}, {a.extension.counting}" if a.extension else "",
            a.extension.decision_number if a.extension else "",
            asking.get(a.pk),
            a.first_submitted_at,
            a.last_submitted_at,
            a.accepted_at,
            a.sections_done,
        ]
        for a in assignments
    ]
    return sheet_response(
        table_xlsx(f"{row.name}: {figures.LISTS[request.GET.get('loc', 'phai-nop')][0]}", columns, rows),
        f"{row.code}-don-vi.xlsx",
    )


def matrix(request: HttpRequest, code: str) -> HttpResponse:
    """Units × sections, fifty units a page."""
    row = office_round(request.standing, code)  # type: ignore[attr-defined]
    now = timezone.now()
    found = _filtered(request, row, now)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    sections, rows = figures.matrix(row, list(page.object_list), now)
    return render(
        request,
        "reporting/round_matrix.html",
        {
            "round": row,
            "page": page,
            "sections": sections,
            "matrix_rows": rows,
            "groups": _groups(row),
            "now": now,
        },
    )
