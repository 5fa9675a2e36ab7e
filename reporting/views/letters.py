"""Urging letters: drafted from the late list in one click, edited, cleared, signed, issued; read by whom they name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reporting import rendering, urging, urging_issue
from reporting.access import letter_at_office, letter_of_unit, need_role, office_round
from reporting.deadline_words import DeadlineWords, day_words, words_of
from reporting.documents.content import Block
from reporting.documents.pdf import RenderFailed
from reporting.documents.xlsx import Cell, SheetColumn, table_xlsx
from reporting.issue_forms import IssueForm, NoteForm
from reporting.letter_forms import GroupForm, LetterSignForm, ScanForm, UnitsForm, WordsForm
from reporting.lifecycle import Refused, StaleState
from reporting.models import LetterEvent, Round, StoredFile, UrgingLetter
from reporting.states import (
    LETTER_ACTION_LABELS,
    LETTER_LABELS,
    LETTER_TRANSITIONS,
    WITH_UNIT,
    LetterAction,
    LetterState,
    RoundState,
)
from reporting.timeliness import kept_deadline
from reporting.urging_paper import paper
from reporting.views.spreadsheets import moment, sheet_response
from units import uploads
from units.calendar import working_calendar
from units.models import Role

PAGE = 30
STEPS = (
    (LetterState.DRAFTING, "chuyên viên soạn, số liệu theo đợt"),
    (LetterState.FOR_SIGNATURE, "lãnh đạo Văn phòng trình; số liệu chốt"),
    (LetterState.SIGNED, "người có thẩm quyền ký"),
    (LetterState.ISSUED, "văn thư cấp số, ngày; không sửa được nữa"),
)
_EDITORS_ARE = "chuyên viên hoặc lãnh đạo Văn phòng"


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
            moment(letter.drafted_at),
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
        made = urging.start(row, group=form.cleaned_data["group"], **_who(request))
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


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"actor": request.user, "now": timezone.now()}


# One letter ---------------------------------------------------------------------------------------------


@require_safe
def letter(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The letter as it will be printed, its units, and what can be done with it."""
    return _page(request, letter_at_office(request.standing, code, pk))  # type: ignore[attr-defined]


def _page(
    request: HttpRequest, row: UrgingLetter, units_form: UnitsForm | None = None, status: int = 200
) -> HttpResponse:
    now = timezone.now()
    printed = paper(row)
    may_write = row.is_draft and request.standing.has(row.round.owner_id, *urging.EDITORS)  # type: ignore[attr-defined]
    found = urging.candidates(row.round, now) if row.is_draft else []
    units = list(row.units.select_related("assignment__unit"))
    named = [unit for unit in units if not unit.left_because]
    files = list(row.stored_files.all())
    context = {
        "round": row.round,
        "letter": row,
        "paper": printed,
        "body": _shown(printed.blocks),
        "annexes": [(annex, _shown(annex.blocks)) for annex in printed.annexes],
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
        "steps": _steps(row),
        "dropped": row.events.filter(to_state=LetterState.DROPPED).select_related("actor").first(),
        "frozen": [file for file in files if file.kind != StoredFile.Kind.LETTER_SCAN],
        "scans": [file for file in files if file.kind == StoredFile.Kind.LETTER_SCAN],
        "may_scan": row.state in urging_issue.TAKES_SCAN
        and request.standing.has(row.round.owner_id, Role.REGISTRY),  # type: ignore[attr-defined]
        "reply": _reply(row),
        "upload_how": uploads.HOW,
        "round_is_open": row.round.state == RoundState.OPEN,
    }
    return render(request, "reporting/letter.html", context, status=status)


def _reply(row: UrgingLetter) -> DeadlineWords:
    """The date the letter gives, with its last working day."""
    return day_words(row.reply_boundary, row.reply_by, row.reply_phrase, working_calendar())


def _picked(form: UnitsForm | None, named: list[Any]) -> set[int]:
    """Which boxes are ticked: as they were sent, else as the letter stands."""
    if form is None:
        return {unit.assignment_id for unit in named}
    return {int(pk) for pk in form.data.getlist("units") if pk.isdecimal() and len(pk) < 19}  # type: ignore[attr-defined]


def _shown(blocks: tuple[Block, ...]) -> list[tuple[str, Block]]:
    """Blocks with their kind, for the template."""
    return [(type(block).__name__.lower(), block) for block in blocks]


def _steps(row: UrgingLetter) -> list[dict[str, Any]]:
    """The four steps with the event that reached each, the present one marked."""
    reached: dict[str, LetterEvent] = {}
    for event in row.events.select_related("actor"):
        if event.to_state:
            reached[event.to_state] = event
    order = [state for state, _ in STEPS]
    here = order.index(LetterState(row.state)) if row.state in order else -1
    return [
        {
            "label": LETTER_LABELS[step],
            "hint": hint,
            "event": reached.get(step) if index <= here else None,
            "now": index == here,
        }
        for index, (step, hint) in enumerate(STEPS)
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The words of the draft; what was typed stays when it is refused."""
    row = letter_at_office(request.standing, code, pk)  # type: ignore[attr-defined]
    _need(request, row, *urging.EDITORS, who=_EDITORS_ARE)
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
            **_who(request),
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
    row = letter_at_office(request.standing, code, pk)  # type: ignore[attr-defined]
    _need(request, row, *urging.EDITORS, who=_EDITORS_ARE)
    now = timezone.now()
    form = UnitsForm(request.POST, found=urging.candidates(row.round, now))
    if form.is_valid():
        try:
            urging.choose(
                row,
                form.cleaned_data["units"],
                seen_version=form.cleaned_data["version"],
                actor=request.user,  # type: ignore[arg-type]
                now=now,
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Đã cập nhật danh sách, số liệu và những đoạn chưa sửa tay.")
            return redirect(reverse("reporting:letter", args=[code, pk]) + "#don-vi")
    return _page(request, row, form, status=422)


def _need(request: HttpRequest, row: UrgingLetter, *roles: str, who: str) -> None:
    need_role(request.standing, row.round.owner_id, *roles, who=who)  # type: ignore[attr-defined]


# Steps --------------------------------------------------------------------------------------------------


@require_POST
def clear(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The lead clears the draft for signature, as the page showed it (`version`)."""
    row = letter_at_office(request.standing, code, pk)  # type: ignore[attr-defined]
    seen = request.POST.get("version", "")
    try:
        version = int(seen) if seen.isdecimal() and len(seen) < 10 else row.version
        urging_issue.clear(row, seen_version=version, **_who(request))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request, "Đã trình ký. Danh sách và số liệu chốt tại thời điểm này; tải bản in để ký."
        )
    return redirect(row)


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Back to the draft, with the reason."""
    row = letter_at_office(request.standing, code, pk)  # type: ignore[attr-defined]
    _need(request, row, Role.LEAD, who="lãnh đạo Văn phòng")
    return _noted(request, row, LetterAction.TAKE_BACK, urging_issue.take_back, "Đã rút về dự thảo.")


@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Give the letter up, with the reason."""
    row = letter_at_office(request.standing, code, pk)  # type: ignore[attr-defined]
    _need(request, row, *urging.EDITORS, who=_EDITORS_ARE)
    return _noted(request, row, LetterAction.DROP, urging_issue.drop, "Đã bỏ công văn này.")


def _noted(
    request: HttpRequest, row: UrgingLetter, action: LetterAction, verb: Callable[..., None], said: str
) -> HttpResponse:
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            verb(row, note=form.cleaned_data["note"], **_who(request))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, said)
            return redirect(row)
    return _step(request, row, form, action)


def _step(request: HttpRequest, row: UrgingLetter, form: forms.Form, action: LetterAction) -> HttpResponse:
    """The form of a step, or the word that it is not due (any more)."""
    if request.method != "POST" and (LetterState(row.state), action) not in LETTER_TRANSITIONS:
        label = LETTER_LABELS[row.state].lower()
        messages.warning(request, f"Công văn hiện {label} nên không “{LETTER_ACTION_LABELS[action]}” được.")
        return redirect(row)
    settled = []
    if action == LetterAction.ISSUE:
        named = row.units.filter(left_because="").exclude(assignment__state__in=WITH_UNIT)
        settled = list(named)
    context = {
        "round": row.round,
        "letter": row,
        "form": form,
        "action": action.value,
        "title": LETTER_ACTION_LABELS[action],
        "settled": settled,
    }
    return render(request, "reporting/letter_step.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Record the signature: as whom, who, when."""
    row = letter_at_office(request.standing, code, pk)  # type: ignore[attr-defined]
    _need(request, row, Role.LEAD, Role.REGISTRY, who="lãnh đạo Văn phòng hoặc văn thư")
    proposed = (row.authority, row.post)
    signer = urging_issue.SIGNERS.index(proposed) if proposed in urging_issue.SIGNERS else 0
    form = LetterSignForm(request.POST or None, initial={"signed_on": timezone.localdate(), "signer": signer})
    if request.method == "POST" and form.is_valid():
        try:
            urging_issue.sign(
                row,
                authority=form.authority,
                post=form.post,
                name=form.cleaned_data["name"],
                signed_on=form.cleaned_data["signed_on"],
                **_who(request),
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Đã ghi nhận {row.signer_name} ký ngày {row.signed_on:%d/%m/%Y}.")
            return redirect(row)
    return _step(request, row, form, LetterAction.SIGN)


@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The registry gives number and date; the files are frozen and the units are told."""
    row = letter_at_office(request.standing, code, pk)  # type: ignore[attr-defined]
    _need(request, row, Role.REGISTRY, who="văn thư")
    form = IssueForm(request.POST or None, initial={"issued_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            urging_issue.issue(row, **form.cleaned_data, **_who(request))
        except (Refused, RenderFailed) as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, f"Đã phát hành {row.name}. Các đơn vị còn nợ báo cáo được báo ngay.")
            return redirect(row)
    return _step(request, row, form, LetterAction.ISSUE)


@require_http_methods(["GET", "HEAD", "POST"])
def scan(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The registry attaches the signed and stamped copy."""
    row = letter_at_office(request.standing, code, pk)  # type: ignore[attr-defined]
    _need(request, row, Role.REGISTRY, who="văn thư")
    form = ScanForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            urging_issue.attach_scan(row, form.cleaned_data["file"], **_who(request))
        except (Refused, uploads.UploadRefused) as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, "Đã đính kèm bản ký, đóng dấu.")
            return redirect(row)
    context = {"round": row.round, "letter": row, "form": form, "upload_how": uploads.HOW}
    return render(request, "reporting/letter_scan.html", context, status=422 if form.errors else 200)


# Files --------------------------------------------------------------------------------------------------


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


# The unit -----------------------------------------------------------------------------------------------


@require_safe
def unit_letter(request: HttpRequest, pk: int, letter_pk: int) -> HttpResponse:
    """An issued letter, to a unit it names: what is asked of it, by when, and the files."""
    named = letter_of_unit(request.standing, pk, letter_pk)  # type: ignore[attr-defined]
    printed = paper(named.letter)
    context = {
        "named": named,
        "letter": named.letter,
        "assignment": named.assignment,
        "reply": _reply(named.letter),
        "owes": named.assignment.state in WITH_UNIT,
        "words": _own_date(named.assignment, timezone.now()),
        "paper": printed,
        "body": _shown(printed.blocks),
        "annexes": [(annex, _shown(annex.blocks)) for annex in printed.annexes],
        "files": list(named.letter.stored_files.order_by("-kind", "-id")),
    }
    return render(request, "reporting/unit_letter.html", context)


def _own_date(assignment: Any, now: datetime) -> Any:
    owed = assignment.state in WITH_UNIT
    return words_of(kept_deadline(assignment), working_calendar(), now, owed=owed)


@require_safe
def unit_file(request: HttpRequest, pk: int, letter_pk: int, file_pk: int) -> HttpResponseBase:
    """A file of a letter that names the unit."""
    named = letter_of_unit(request.standing, pk, letter_pk)  # type: ignore[attr-defined]
    return _served(get_object_or_404(named.letter.stored_files, pk=file_pk))
