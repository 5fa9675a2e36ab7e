"""Requests for more time: the unit asks and withdraws, the office sees them all."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, Q, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from reporting import extension_requests
from reporting.access import as_the_office_sees, assignment_of_unit, office_round
from reporting.deadline_words import words_of
from reporting.decision_forms import ExtensionRequestForm
from reporting.documents.xlsx import Cell, SheetColumn, table_xlsx
from reporting.lifecycle import available_actions
from reporting.models import Assignment, ExtensionRequest, Round
from reporting.overview import LISTS, listed
from reporting.states import WITH_UNIT, Action
from reporting.timeliness import kept_deadline
from reporting.views.drafts import page_of
from reporting.views.spreadsheets import sheet_response
from reporting.views.verbs import by, done, taken
from units.calendar import working_calendar
from units.text import fold

PAGE = 50
Outcome = ExtensionRequest.Outcome
TAGS = {
    Outcome.OPEN: ("hourglass-split", "warn"),
    Outcome.GRANTED: ("check-lg", "ok"),
    Outcome.DECLINED: ("x-lg", "danger"),
    Outcome.WITHDRAWN: ("arrow-counterclockwise", ""),
    Outcome.LAPSED: ("slash-circle", ""),
}
"""Icon and colour of what became of a request."""


# --- the unit


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a request, the one that waits, and those that were answered; a post asks.

    A mail about a request leads here whoever opens it: the office is sent on to its own page of the unit.
    """
    standing = request.standing  # type: ignore[attr-defined]
    if request.method != "POST":
        if theirs := as_the_office_sees(standing, pk):
            return redirect(_review_page(theirs))
        return _page(request, pk, ExtensionRequestForm())
    assignment = assignment_of_unit(standing, pk)
    form = ExtensionRequestForm(request.POST)
    if not form.is_valid():
        return _page(request, pk, form, status=422)
    data = form.cleaned_data
    if not taken(
        form,
        lambda: extension_requests.ask(assignment, until=data["until"], reason=data["reason"], **by(request)),
    ):
        return _page(request, pk, form, status=409)
    messages.success(request, "Đã gửi đề nghị gia hạn. Lãnh đạo Văn phòng được báo ngay.")
    return redirect("reporting:extension_ask", pk)


def _review_page(assignment: Assignment) -> str:
    place = reverse("reporting:review", args=[assignment.round.code, assignment.unit.code])
    return f"{place}#gia-han"


def _page(request: HttpRequest, pk: int, form: ExtensionRequestForm, *, status: int = 200) -> HttpResponse:
    now = timezone.now()
    assignment, context = page_of(request, pk, now)
    actions = {a.action: a for a in available_actions(assignment, request.user, now)}  # type: ignore[arg-type]
    asking = actions.get(Action.ASK_EXTENSION)
    requests = _requests(assignment.extension_requests.all())
    waiting = next((row for row in requests if row.is_open), None)
    context |= {
        "form": form,
        "why_not": () if waiting or asking is None else asking.blockers,
        "may_ask": form.is_bound or (asking is not None and asking.possible),
        "may_withdraw": Action.WITHDRAW_EXTENSION in actions,
        "owed": assignment.state in WITH_UNIT,
        "returned": assignment.first_submitted_at is not None,
        "waiting": waiting if assignment.state in WITH_UNIT else None,
        "requests": [(row, *TAGS[Outcome(row.outcome)]) for row in requests if row is not waiting],
        "extensions": assignment.extensions.select_related("deadline", "granted_by"),
    }
    return render(request, "reporting/extension_ask.html", context, status=status)


def _requests(found: QuerySet[ExtensionRequest]) -> QuerySet[ExtensionRequest]:
    """Newest first, those that wait before all others."""
    waits = Case(When(outcome=Outcome.OPEN, then=Value(0)), default=Value(1))
    return found.select_related("asked_by", "answered_by", "granted__extension").order_by(
        waits, "-asked_at", "-id"
    )


@require_POST
def withdraw(request: HttpRequest, pk: int, request_pk: int) -> HttpResponse:
    """The unit takes its request back."""
    assignment = assignment_of_unit(request.standing, pk)  # type: ignore[attr-defined]
    row = get_object_or_404(
        ExtensionRequest.objects.select_related("assignment__round", "assignment__unit"),
        assignment=assignment,
        pk=request_pk,
    )
    done(request, lambda: extension_requests.withdraw(row, **by(request)), "Đã rút đề nghị gia hạn.")
    return redirect("reporting:extension_ask", pk)


# --- the office


def extension_list(request: HttpRequest, code: str) -> HttpResponse:
    """Every request of the round, those that wait first, and what the extensions came to."""
    row = office_round(request.standing, code)  # type: ignore[attr-defined]
    now = timezone.now()
    page = Paginator(_filtered(request, row), PAGE).get_page(request.GET.get("page"))
    calendar = working_calendar()
    rows = [
        (
            asked,
            words_of(kept_deadline(asked.assignment), calendar, now, owed=asked.is_open),
            *TAGS[Outcome(asked.outcome)],
        )
        for asked in page.object_list
    ]
    names = ("gia-han", "gia-han-dung-han", "gia-han-ghi-muon", "muon-co-gia-han", "xin-gia-han")
    return render(
        request,
        "reporting/extension_list.html",
        {
            "round": row,
            "page": page,
            "rows": rows,
            "outcomes": Outcome.choices,
            "chosen": request.GET.get("trang-thai", ""),
            "numbers": [(name, LISTS[name][0], listed(row, name, now).count()) for name in names],
        },
    )


def _filtered(request: HttpRequest, row: Round) -> QuerySet[ExtensionRequest]:
    """?trang-thai=<outcome>&tim=<words of the unit>. 404 for an outcome that does not exist."""
    found = _requests(ExtensionRequest.objects.filter(assignment__round=row)).select_related(
        "asked_by",
        "answered_by",
        "granted__extension",
        *(
            f"assignment__{name}"
            for name in ("round", "unit", "group", "deadline", "extension__deadline", "return_deadline")
        ),
    )
    if outcome := request.GET.get("trang-thai"):
        if outcome not in Outcome.values:
            raise Http404
        found = found.filter(outcome=outcome)
    for word in fold(request.GET.get("tim", "")).split():
        found = found.filter(Q(assignment__unit__search_text__contains=word))
    return found


_COLUMNS = [
    SheetColumn("Đơn vị", 42),
    SheetColumn("Xin đến hết ngày", 14),
    SheetColumn("Thời hạn đang có", 28),
    SheetColumn("Lý do", 50),
    SheetColumn("Người xin", 28),
    SheetColumn("Xin lúc", 17),
    SheetColumn("Kết quả", 16),
    SheetColumn("Hạn được gia", 28),
    SheetColumn("Cách tính", 36),
    SheetColumn("Số văn bản", 18),
    SheetColumn("Trả lời", 50),
    SheetColumn("Người trả lời", 28),
    SheetColumn("Trả lời lúc", 17),
]


def extensions_xlsx(request: HttpRequest, code: str) -> HttpResponse:
    """The same list as a spreadsheet."""
    row = office_round(request.standing, code)  # type: ignore[attr-defined]
    rows = [_cells(asked) for asked in _filtered(request, row)]
    return sheet_response(
        table_xlsx(f"{row.name}: đề nghị gia hạn", _COLUMNS, rows), f"{row.code}-gia-han.xlsx"
    )


def _cells(asked: ExtensionRequest) -> list[Cell]:
    extension: Any = getattr(asked.granted, "extension", None) if asked.granted else None
    return [
        asked.assignment.unit_name,
        asked.until,
        kept_deadline(asked.assignment).phrase,
        asked.reason,
        str(asked.asked_by),
        asked.asked_at,
        Outcome(asked.outcome).label,
        asked.granted.phrase if asked.granted else "",
        extension.counting if extension else "",
        extension.decision_number if extension else "",
        asked.answer,
        str(asked.answered_by or ""),
        asked.answered_at,
    ]
