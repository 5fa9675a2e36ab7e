"""Urging letters: the list of a round, drafting one from the late list in one click, its page and its words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reporting import urging, urging_issue
from reporting.access import letter_at_office, office_round
from reporting.deadline_words import DeadlineWords, day_words
from reporting.documents.xlsx import Cell, SheetColumn, table_xlsx
from reporting.letter_forms import GroupForm, UnitsForm, WordsForm
from reporting.lifecycle import Refused, StaleState
from reporting.models import Round, StoredFile, UrgingLetter
from reporting.states import (
    LETTER_LABELS,
    WITH_UNIT,
    LetterState,
)
from reporting.urging_paper import paper
from reporting.views.papers import on_screen, steps
from reporting.views.spreadsheets import sheet_response
from reporting.views.verbs import by, taken
from units import uploads
from units.calendar import working_calendar
from units.models import Role
from units.text import row_number

PAGE = 30
STEPS = (
    (LetterState.DRAFTING, "chuyên viên soạn, số liệu theo đợt"),
    (LetterState.FOR_SIGNATURE, "lãnh đạo Văn phòng trình; số liệu chốt"),
    (LetterState.SIGNED, "người có thẩm quyền ký"),
    (LetterState.ISSUED, "văn thư cấp số, ngày; không sửa được nữa"),
)


# The list -----------------------------------------------------------------------------------------------


@require_safe
def letter_list(request: HttpRequest, code: str) -> HttpResponse:
    """The letters of the round, and what a new one would hold."""
    row = office_round(request.standing, code)  # type: ignore[attr-defined]
    now = timezone.now()
    found = urging.candidates(row, now)
    page = Paginator(_letters(row), PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "reporting/letter_list.html",
        {
            "round": row,
            "page": page,
            "late": len(found),
            "ready": sum(not c.taken and not c.held for c in found),
            "groups": list({c.assignment.group_id: c.assignment.group for c in found}.values()),
            "drafted": urging.drafted(row),
            "may_write": request.standing.has(row.owner_id, *urging.EDITORS),  # type: ignore[attr-defined]
            "now": now,
        },
    )


def _letters(row: Round) -> QuerySet[UrgingLetter]:
    named = Count("units", filter=Q(units__left_because=""))
    found = UrgingLetter.objects.filter(round=row).select_related("drafted_by", "round")
    return found.annotate(named=named).order_by("-ordinal", "-id")


_COLUMNS = [
    SheetColumn("Thứ tự", 8),
    SheetColumn("Số, ký hiệu", 18),
    SheetColumn("Ngày", 12),
    SheetColumn("Trích yếu", 50),
    SheetColumn("Số đơn vị", 10),
    SheetColumn("Trạng thái", 16),
    SheetColumn("Thời hạn mới", 24),
    SheetColumn("Người ký", 28),
    SheetColumn("Người soạn", 28),
    SheetColumn("Lúc soạn", 17),
]


@require_safe
def letters_xlsx(request: HttpRequest, code: str) -> HttpResponse:
    """The same list as a spreadsheet."""
    row = office_round(request.standing, code)  # type: ignore[attr-defined]
    rows: list[list[Cell]] = [
        [
            letter.ordinal,
            letter.code if letter.issue_number else "",
            f"{letter.issued_on:%d/%m/%Y}" if letter.issued_on else "",
            letter.subject,
            letter.named,  # type: ignore[attr-defined]
            LETTER_LABELS[letter.state],
            letter.reply_phrase,
            letter.signer_name,
            letter.drafted_by.full_name,
            letter.drafted_at,
        ]
        for letter in _letters(row)
    ]
    return sheet_response(
        table_xlsx(f"{row.name}: công văn đôn đốc", _COLUMNS, rows), f"{row.code}-cong-van-don-doc.xlsx"
    )


@require_POST
def start(request: HttpRequest, code: str) -> HttpResponse:
    """One click on the late list: a draft to every late unit, or to those of one group (`group`)."""
    row = office_round(request.standing, code)  # type: ignore[attr-defined]
    form = GroupForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Không có nhóm đơn vị này. Hãy chọn lại nhóm.")
        return redirect("reporting:letters", code)
    try:
        made = urging.start(row, group=form.cleaned_data["group"], **by(request))
    except urging.AlreadyDrafted as there:
        messages.warning(request, str(there))
        return redirect(there.letter)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("reporting:letters", code)
    messages.success(
        request,
        f"Đã soạn dự thảo gửi {made.units.count()} đơn vị quá hạn. Xem lại danh sách và lời văn rồi trình ký.",
    )
    return redirect(made)


# One letter ---------------------------------------------------------------------------------------------


@require_safe
def letter(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The letter as it will be printed, its units, and what can be done with it."""
    return _page(request, letter_at_office(request.standing, code, pk))  # type: ignore[attr-defined]


def _page(
    request: HttpRequest, row: UrgingLetter, units_form: UnitsForm | None = None, status: int = 200
) -> HttpResponse:
    now = timezone.now()
    may_write = row.is_draft and request.standing.has(row.round.owner_id, *urging.EDITORS)  # type: ignore[attr-defined]
    found = urging.candidates(row.round, now) if row.is_draft else []
    units = list(row.units.select_related("assignment__unit"))
    named = [unit for unit in units if not unit.left_because]
    files = list(row.stored_files.all())
    context = {
        **on_screen(paper(row)),
        "round": row.round,
        "letter": row,
        "units": named,
        "left": [unit for unit in units if unit.left_because],
        "settled": [unit for unit in named if unit.assignment.state not in WITH_UNIT],
        "drift": urging.drift(row, found, now) if row.is_draft else None,
        "may_write": may_write,
        "still_running": urging.still_running(row, timezone.localdate(now)) if row.is_draft else [],
        "found": found,
        "picked": _picked(units_form, named),
        "units_form": units_form,
        "actions": {a.action for a in urging_issue.available_actions(row, request.user, now)},  # type: ignore[arg-type]
        "steps": steps(row, row.state, STEPS, LETTER_LABELS),
        "dropped": row.events.filter(to_state=LetterState.DROPPED).select_related("actor").first(),
        "frozen": [file for file in files if file.kind != StoredFile.Kind.LETTER_SCAN],
        "scans": [file for file in files if file.kind == StoredFile.Kind.LETTER_SCAN],
        "may_scan": row.state in urging_issue.TAKES_SCAN
        and request.standing.has(row.round.owner_id, Role.REGISTRY),  # type: ignore[attr-defined]
        "reply": reply(row),
        "upload_how": uploads.HOW,
    }
    return render(request, "reporting/letter.html", context, status=status)


def reply(row: UrgingLetter) -> DeadlineWords:
    """The date the letter gives, with its last working day."""
    return day_words(row.reply_boundary, row.reply_by, row.reply_phrase, working_calendar())


def _picked(form: UnitsForm | None, named: list[Any]) -> set[int]:
    """Which boxes are ticked: as they were sent, else as the letter stands."""
    if form is None:
        return {unit.assignment_id for unit in named}
    return {pk for pk in map(row_number, form.data.getlist("units")) if pk}  # type: ignore[attr-defined]


def letter_to_edit(request: HttpRequest, code: str, pk: int) -> UrgingLetter:
    """The letter, for those who may change its draft."""
    who = "chuyên viên hoặc lãnh đạo Văn phòng"
    return letter_at_office(request.standing, code, pk, *urging.EDITORS, who=who)  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The words of the draft; what was typed stays when it is refused."""
    row = letter_to_edit(request, code, pk)
    if request.method != "POST":
        if not row.is_draft:
            messages.warning(request, "Công văn không còn là dự thảo nên không sửa lời văn được.")
            return redirect(row)
        return _words_page(request, row, WordsForm.filled(row))
    form = WordsForm(request.POST)
    if form.is_valid() and _save_words(request, row, form):
        messages.success(request, "Đã lưu lời văn của công văn.")
        return redirect(row)
    return _words_page(request, row, form, status=422)


def _words_page(request: HttpRequest, row: UrgingLetter, form: WordsForm, status: int = 200) -> HttpResponse:
    conflict = form.has_error(NON_FIELD_ERRORS, "stale")
    if conflict:
        row.refresh_from_db()
    context = {"round": row.round, "letter": row, "form": form, "conflict": conflict}
    return render(request, "reporting/letter_words.html", context, status=status)


def _save_words(request: HttpRequest, row: UrgingLetter, form: WordsForm) -> bool:
    authority, post = form.signer_posts
    try:
        urging.save_words(
            row,
            form.words,
            reply_by=form.cleaned_data["reply_by"],
            reply_boundary=form.cleaned_data["reply_boundary"],
            authority=authority,
            post=post,
            seen_version=form.cleaned_data["version"],
            **by(request),
        )
    except urging.PastDate as refused:
        form.add_error("reply_by", str(refused))
        return False
    except Refused as refused:
        code = "stale" if isinstance(refused, StaleState) else "refused"
        form.add_error(None, forms.ValidationError(str(refused), code=code))
        return False
    return True


@require_POST
def choose(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Name the ticked units, with the facts of now."""
    row = letter_to_edit(request, code, pk)
    who = by(request)
    form = UnitsForm(request.POST, found=urging.candidates(row.round, who["now"]))
    data = form.cleaned_data if form.is_valid() else {}
    if data and taken(form, lambda: urging.choose(row, data["units"], seen_version=data["version"], **who)):
        messages.success(request, "Đã cập nhật danh sách, số liệu và những đoạn chưa sửa tay.")
        return redirect(reverse("reporting:letter", args=[code, pk]) + "#don-vi")
    return _page(request, row, form, status=422)
