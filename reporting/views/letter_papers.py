"""Urging letters as papers: printed, served as stored, read by a unit they name."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reporting import rendering
from reporting.access import letter_at_office, letter_of_unit
from reporting.deadline_words import words_of
from reporting.documents.pdf import RenderFailed
from reporting.lifecycle import Refused
from reporting.models import StoredFile, UrgingLetter
from reporting.states import WITH_UNIT
from reporting.timeliness import kept_deadline
from reporting.urging_paper import paper
from reporting.views.letters import reply
from reporting.views.papers import on_screen
from units import uploads
from units.calendar import working_calendar


@require_safe
def print_pdf(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """The letter as PDF: the frozen file once it is issued, else a print of this moment."""
    return _print(request, code, pk, StoredFile.Kind.LETTER_PDF)


@require_safe
def print_docx(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """The same for Word."""
    return _print(request, code, pk, StoredFile.Kind.LETTER_DOCX)


def _print(request: HttpRequest, code: str, pk: int, kind: StoredFile.Kind) -> HttpResponseBase:
    row = letter_at_office(request.standing, code, pk)  # type: ignore[attr-defined]
    kept = row.stored_files.filter(kind=kind).first()
    if kept is not None:
        return _served(kept)
    try:
        data, content_type, suffix = _printed(row, kind)
    except (Refused, RenderFailed) as problem:
        messages.error(request, str(problem))
        return redirect(row)
    stage = "du-thao" if row.is_draft else "trinh-ky"
    response = HttpResponse(data, content_type=content_type)
    name = f"{stage}-cong-van-{row.round.code}-{row.ordinal}{suffix}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _printed(row: UrgingLetter, kind: StoredFile.Kind) -> tuple[bytes, str, str]:
    if kind == StoredFile.Kind.LETTER_DOCX:
        return rendering.print_word(paper(row)), uploads.DOCX, ".docx"
    with rendering.sole_issue():
        return rendering.print_pdf(paper(row)).bytes, "application/pdf", ".pdf"


def _served(found: StoredFile) -> HttpResponseBase:
    return uploads.serve(found.path, name=found.name, content_type=rendering.content_type(found))


@require_safe
def file(request: HttpRequest, code: str, pk: int, file_pk: int) -> HttpResponseBase:
    """A stored file of the letter, exactly as it was stored."""
    row = letter_at_office(request.standing, code, pk)  # type: ignore[attr-defined]
    return _served(get_object_or_404(row.stored_files, pk=file_pk))


@require_safe
def unit_letter(request: HttpRequest, pk: int, letter_pk: int) -> HttpResponse:
    """An issued letter, to a unit it names: what is asked of it, by when, and the files."""
    named = letter_of_unit(request.standing, pk, letter_pk)  # type: ignore[attr-defined]
    owes, deadline = named.assignment.state in WITH_UNIT, kept_deadline(named.assignment)
    context = {
        **on_screen(paper(named.letter)),
        "named": named,
        "letter": named.letter,
        "assignment": named.assignment,
        "reply": reply(named.letter),
        "owes": owes,
        "words": words_of(deadline, working_calendar(), timezone.now(), owed=owes),
        "files": list(named.letter.stored_files.order_by("-kind", "-id")),
    }
    return render(request, "reporting/unit_letter.html", context)


@require_safe
def unit_file(request: HttpRequest, pk: int, letter_pk: int, file_pk: int) -> HttpResponseBase:
    """A file of a letter that names the unit."""
    named = letter_of_unit(request.standing, pk, letter_pk)  # type: ignore[attr-defined]
    return _served(get_object_or_404(named.letter.stored_files, pk=file_pk))
