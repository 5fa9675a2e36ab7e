"""The way of an urging letter: cleared, taken back, dropped, signed, issued, its signed copy attached."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from reporting import urging_issue
from reporting.access import letter_at_office
from reporting.issue_forms import IssueForm, NoteForm
from reporting.letter_forms import LetterSignForm, ScanForm
from reporting.models import UrgingLetter
from reporting.states import (
    LETTER_ACTION_LABELS,
    LETTER_LABELS,
    LETTER_TRANSITIONS,
    WITH_UNIT,
    LetterAction,
    LetterState,
)
from reporting.views.letters import letter_to_edit
from reporting.views.verbs import by, done, taken
from units import uploads
from units.models import Role
from units.text import row_number


def _letter_to(request: HttpRequest, code: str, pk: int, *roles: str, who: str) -> UrgingLetter:
    return letter_at_office(request.standing, code, pk, *roles, who=who)  # type: ignore[attr-defined]


@require_POST
def clear(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The lead clears the draft for signature, as the page showed it (`version`)."""
    row = letter_at_office(request.standing, code, pk)  # type: ignore[attr-defined]
    seen = row_number(request.POST.get("version", "")) or 0
    done(
        request,
        lambda: urging_issue.clear(row, seen_version=seen, **by(request)),
        "Đã trình ký. Danh sách và số liệu chốt tại thời điểm này; tải bản in để ký.",
    )
    return redirect(row)


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Back to the draft, with the reason."""
    row = _letter_to(request, code, pk, Role.LEAD, who="lãnh đạo Văn phòng")
    return _noted(request, row, LetterAction.TAKE_BACK, urging_issue.take_back, "Đã rút về dự thảo.")


@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Give the letter up, with the reason."""
    row = letter_to_edit(request, code, pk)
    return _noted(request, row, LetterAction.DROP, urging_issue.drop, "Đã bỏ công văn này.")


def _noted(
    request: HttpRequest, row: UrgingLetter, action: LetterAction, verb: Callable[..., None], said: str
) -> HttpResponse:
    form = NoteForm(request.POST or None)
    return _step(
        request, row, form, action, lambda: verb(row, **form.cleaned_data, **by(request)), lambda: said
    )


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Record the signature: as whom, who, when."""
    row = _letter_to(request, code, pk, Role.LEAD, Role.REGISTRY, who="lãnh đạo Văn phòng hoặc văn thư")
    proposed = (row.authority, row.post)
    signer = urging_issue.SIGNERS.index(proposed) if proposed in urging_issue.SIGNERS else 0
    form = LetterSignForm(request.POST or None, initial={"signed_on": timezone.localdate(), "signer": signer})
    return _step(
        request,
        row,
        form,
        LetterAction.SIGN,
        lambda: urging_issue.sign(row, **form.signature, **by(request)),
        lambda: f"Đã ghi nhận {row.signer_name} ký ngày {row.signed_on:%d/%m/%Y}.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The registry gives number and date; the files are frozen and the units are told."""
    row = _letter_to(request, code, pk, Role.REGISTRY, who="văn thư")
    form = IssueForm(request.POST or None, initial={"issued_on": timezone.localdate()})
    return _step(
        request,
        row,
        form,
        LetterAction.ISSUE,
        lambda: urging_issue.issue(row, **form.cleaned_data, **by(request)),
        lambda: f"Đã phát hành {row.name}. Các đơn vị còn nợ báo cáo được báo ngay.",
    )


def _step(
    request: HttpRequest,
    row: UrgingLetter,
    form: forms.Form,
    action: LetterAction,
    do: Callable[[], object],
    said: Callable[[], str],
) -> HttpResponse:
    """Take the step, with the form of it before; or say that it is not due (any more)."""
    if request.method == "POST" and form.is_valid() and taken(form, do):
        messages.success(request, said())
        return redirect(row)
    if request.method != "POST" and (LetterState(row.state), action) not in LETTER_TRANSITIONS:
        label = LETTER_LABELS[row.state].lower()
        messages.warning(request, f"Công văn hiện {label} nên không “{LETTER_ACTION_LABELS[action]}” được.")
        return redirect(row)
    settled = row.units.filter(left_because="").exclude(assignment__state__in=WITH_UNIT)
    context = {
        "round": row.round,
        "letter": row,
        "form": form,
        "action": action.value,
        "title": LETTER_ACTION_LABELS[action],
        "settled": list(settled) if action == LetterAction.ISSUE else [],
    }
    return render(request, "reporting/letter_step.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def scan(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The registry attaches the signed and stamped copy."""
    row = _letter_to(request, code, pk, Role.REGISTRY, who="văn thư")
    form = ScanForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        if taken(form, lambda: urging_issue.attach_scan(row, file, **by(request)), field="file"):
            messages.success(request, "Đã đính kèm bản ký, đóng dấu.")
            return redirect(row)
    context = {"round": row.round, "letter": row, "form": form, "upload_how": uploads.HOW}
    return render(request, "reporting/letter_scan.html", context, status=422 if form.errors else 200)
