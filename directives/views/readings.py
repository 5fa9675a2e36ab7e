"""Reading a new paper: it is uploaded or pasted, looked at with what was read from it, decided, entered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from directives import entering, readings
from directives.boundaries import DATED_BOUNDARIES
from directives.forms import PaperForm
from directives.models import Directive, Proposal, Reading
from directives.proposals import AREA, CITED, DEADLINE, GROUP, PAPER
from directives.reading_forms import (
    AreaForm,
    CitedForm,
    DutyForm,
    GroupForm,
    IntakeForm,
    PasteForm,
    paper_initial,
    paper_values,
)
from directives.reading_page import Asked, Page, alike
from directives.register import RegisterRefused
from directives.views.rights import need_admin
from units import uploads
from units.extraction.papers import Extracted, extract, extract_pasted, first_page
from units.extraction.unreadable import Unreadable
from units.secrecy import WHERE_TO, paper_has_secret_mark
from units.text import row_number
from units.uploads import UploadRefused
from units.views.rights import person_of

Decision = Proposal.Decision
ENDED_SHOWN = 20


def readings_list(request: HttpRequest) -> HttpResponse:
    """Take a paper in, and the papers somebody has begun to read."""
    need_admin(request)
    form = IntakeForm(request.POST, request.FILES) if request.method == "POST" else IntakeForm()
    if form.is_bound and form.is_valid():
        try:
            reading = _taken_in(request, form)
        except UploadRefused as refusal:
            form.add_error("file" if form.cleaned_data["file"] else "text", str(refusal))
        else:
            return redirect(reading)
    rows = Reading.objects.select_related("created_by", "directive", "ended_by")
    context = {
        "form": form,
        "waiting": _with_counts(rows.filter(state=Reading.State.CONFIRMING)),
        "ended": rows.exclude(state=Reading.State.CONFIRMING)[:ENDED_SHOWN],
    }
    return render(request, "directives/reading_list.html", context, status=422 if form.errors else 200)


def _with_counts(rows: QuerySet[Reading]) -> list[Reading]:
    counted = rows.defer("text", "text_as_stored").annotate(
        proposed=Count("proposals"),
        undecided=Count("proposals", filter=Q(proposals__decision="")),
        title=Subquery(
            Proposal.objects.filter(reading=OuterRef("pk"), letter=PAPER).values("read__title")[:1]
        ),
    )
    return list(counted)


def _taken_in(request: HttpRequest, form: IntakeForm) -> Reading:
    """Read what was given and keep it. Raises `UploadRefused`; nothing is kept then."""
    upload: UploadedFile | None = form.cleaned_data["file"]
    person, now = person_of(request), timezone.now()
    if upload is None:
        return readings.begin(_pasted(form.cleaned_data["text"]), actor=person, now=now)
    checked = uploads.check_paper(upload)
    found: Extracted | None = None
    why = ""
    try:
        found = extract(checked.data, checked.name)
    except Unreadable as refusal:
        why = str(refusal)
    with uploads.rows_and_files() as paths:
        stored = uploads.keep(checked, folder="van-ban")
        paths.append(stored.path)
        return readings.begin(found, stored=stored, unreadable=why, actor=person, now=now)


def _pasted(text: str) -> Extracted:
    """The text that was pasted. Raises `UploadRefused` for one that carries a mark or cannot be read."""
    try:
        if mark := paper_has_secret_mark(first_page(text.encode("utf-8", errors="replace"))):
            raise UploadRefused(f"Văn bản mang dấu {mark}. {WHERE_TO}")
        return extract_pasted(text)
    except Unreadable as refusal:
        raise UploadRefused(str(refusal.of("vừa dán"))) from None


@require_safe
def reading(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper with what was read from it, to be decided: ?loc=<letter>&sua=<proposal>&tat-ca=1."""
    need_admin(request)
    return _page(request, get_object_or_404(Reading, pk=pk))


def _page(
    request: HttpRequest,
    row: Reading,
    *,
    status: int = 200,
    correcting: str = "",
    form: forms.Form | None = None,
    paste: PasteForm | None = None,
) -> HttpResponse:
    asked = Asked.read(request.GET.dict())
    if correcting:
        asked = Asked(asked.letter, asked.everything, correcting, asked.seen)
    page = Page(row, timezone.localdate(), asked)
    own = page.own
    waiting = row.state == Reading.State.CONFIRMING
    if waiting and own and own.is_open and row.unreadable and not asked.correcting:
        asked = page.asked = Asked(asked.letter, asked.everything, PAPER, asked.seen)
    if waiting and asked.correcting and form is None:
        form = _form_for(page, asked.correcting)
    context = {
        "reading": row,
        "page": page,
        "own": own,
        "asked": asked,
        "form": form,
        "paste": paste or PasteForm(),
        "alike": alike({**own.row.read, **own.row.values}) if own and waiting else [],
        "twins": _same_file(row) if waiting else [],
        "waiting": waiting,
        "is_plan": row.directive is not None and row.directive.kind == "KH",
        "query": _query(asked),
    }
    return render(request, "directives/reading.html", context, status=status)


def _same_file(row: Reading) -> list[Reading]:
    """Other papers of the very same content that somebody is still confirming."""
    same = Reading.objects.filter(sha256=row.sha256, state=Reading.State.CONFIRMING).exclude(pk=row.pk)
    return list(same.select_related("created_by").defer("text", "text_as_stored")[:3])


def _asked_page(request: HttpRequest, row: Reading) -> Page:
    return Page(row, timezone.localdate(), Asked.read(request.GET.dict()))


def _form_for(page: Page, key: str, data: Any = None) -> forms.Form | None:
    """The form that corrects a proposal; None where it is decided or there is none of that name."""
    row = next((row for row in page.rows if row.key == key and row.decision == Decision.OPEN), None)
    if row is None:
        return None
    if row.letter == PAPER:
        return PaperForm(data, initial=paper_initial({**row.read, **row.values}))
    if row.letter == CITED:
        return CitedForm(data, proposal=row, codes=page.register.codes, known=page.judgements[key].known)
    if row.letter == DEADLINE:
        groups = row.values.get("groups")
        return DutyForm(data, row=row, groups=groups if groups is not None else _groups_of(page, row))
    if row.letter == AREA:
        return AreaForm(data, read={**row.read, **row.values})
    groups = row.values.get("groups", [group.pk for group in page.judgements[key].groups])
    return GroupForm(data, groups=groups)


def _groups_of(page: Page, row: Proposal) -> list[int]:
    """The groups the addressees of a duty are given, decided or proposed."""
    found: list[int] = []
    for each in page.rows:
        if each.letter == GROUP and each.number in row.read["groups"]:
            found += (
                each.decided.get("groups", [])
                if each.decision
                else [group.pk for group in page.judgements[each.key].groups]
            )
    return found


@require_POST
def decide(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Confirm as proposed, take one of the other readings offered, reject, or open again."""
    row = _row(request, pk)
    page = _asked_page(request, row)
    found = next((each for each in page.rows if each.key == key), None)
    if found is None:
        raise Http404
    decided = _decided(request, page, found)
    if decided is None:
        return _page(request, row, status=422, correcting=key, form=_own_form(page, found))
    decision, values = decided
    going = page.after(key)
    try:
        readings.decide(
            row, key, decision, values, seen=_seen(request), actor=person_of(request), now=timezone.now()
        )
    except RegisterRefused as refusal:
        messages.error(request, str(refusal))
        going = key
    return _back(row, page.asked, key if decision == Decision.OPEN else going)


def _decided(request: HttpRequest, page: Page, row: Proposal) -> tuple[str, dict[str, Any]] | None:
    """(decision, values) of a post; None where something must be filled in first."""
    do = request.POST.get("do", "")
    if do == "reject":
        return Decision.REJECTED, {}
    if do == "reopen":
        return Decision.OPEN, {}
    if row.decision != Decision.OPEN:
        return Decision.CONFIRMED, dict(row.values)  # the version seen is an old one: the person is told
    if row.letter == PAPER:
        form = _own_form(page, row)
        agreed = do == "confirm" and form.is_valid()
        return (Decision.CONFIRMED, paper_values(form)) if agreed else None
    offer = next((each for each in page.judgements[row.key].offers if each.do == do), None)
    if offer is None:
        return None
    values = dict(offer.values)
    boundary = request.POST.get("boundary", "")
    if row.letter == DEADLINE and boundary in DATED_BOUNDARIES and row.read["due"]:
        changed = boundary != values["boundary"]
        return (Decision.CORRECTED if changed else Decision.CONFIRMED), values | {"boundary": boundary}
    return (Decision.CONFIRMED if do == "confirm" else Decision.CORRECTED), values


def _own_form(page: Page, row: Proposal) -> Any:
    """The form of the paper itself, filled in as it was read; the empty form of any other proposal."""
    if row.letter != PAPER:
        return _form_for(page, row.key)
    initial = paper_initial({**row.read, **row.values})
    day = initial["issued_on"]
    return PaperForm(initial | {"issued_on": f"{day:%d/%m/%Y}" if day else ""}, initial=initial)


@require_POST
def correct(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Decide a proposal with what a person typed."""
    row = _row(request, pk)
    page = _asked_page(request, row)
    form = _form_for(page, key, request.POST)
    if form is None:
        messages.error(request, f"Đề xuất {key} đã được quyết. Muốn sửa, hãy mở lại đề xuất đó.")
        return _back(row, page.asked, "de-xuat")
    if not form.is_valid():
        return _page(request, row, status=422, correcting=key, form=form)
    values = paper_values(form) if isinstance(form, PaperForm) else form.values()  # type: ignore[attr-defined]
    going = page.after(key)
    try:
        readings.decide(
            row,
            key,
            Decision.CORRECTED,
            values,
            seen=_seen(request),
            actor=person_of(request),
            now=timezone.now(),
        )
    except RegisterRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, row, status=422, correcting=key, form=form)
    return _back(row, page.asked, going)


@require_POST
def confirm_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm everything that needs no decision of a person."""
    row = _row(request, pk)
    page = _asked_page(request, row)
    try:
        confirmed = readings.confirm_all(row, page.settled, actor=person_of(request), now=timezone.now())
    except RegisterRefused as refusal:
        messages.error(request, str(refusal))
        return _back(row, page.asked, "de-xuat")
    messages.success(request, f"Đã xác nhận {confirmed} đề xuất.")
    return _back(row, page.asked, _asked_page(request, row).after(""))


@require_POST
def give_text(request: HttpRequest, pk: int) -> HttpResponse:
    """Paste the text of a paper whose file could not be read; the file stays."""
    row = _row(request, pk)
    form = PasteForm(request.POST)
    if form.is_valid():
        try:
            found = _pasted(form.cleaned_data["text"])
            readings.give_text(row, found, actor=person_of(request), now=timezone.now())
        except (UploadRefused, RegisterRefused) as refusal:
            form.add_error("text", str(refusal))
        else:
            return redirect(row)
    return _page(request, row, status=422, paste=form)


@require_POST
def letters(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a text in old letters as converted, or as it came."""
    row = _row(request, pk)
    convert = request.POST.get("do") != "keep"
    try:
        readings.choose_letters(row, convert=convert, actor=person_of(request), now=timezone.now())
    except RegisterRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(row)


@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter everything that was confirmed, at once."""
    row = _row(request, pk)
    try:
        directive = entering.enter(row, actor=person_of(request), now=timezone.now())
    except RegisterRefused as refusal:
        messages.error(request, str(refusal))
        return _back(row, Asked(), "de-xuat")
    messages.success(request, f"Đã ghi {directive.label} và những gì bạn xác nhận vào danh mục.")
    return redirect(row if directive.kind == "KH" else directive)


@require_POST
def attach(request: HttpRequest, pk: int, directive_pk: int) -> HttpResponse:
    """The paper is registered already: keep only its file, there."""
    row = _row(request, pk)
    directive = get_object_or_404(Directive, pk=directive_pk)
    try:
        entering.attach_to(row, directive, actor=person_of(request), now=timezone.now())
    except RegisterRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(row)
    messages.success(request, f"Đã đính kèm {row.name} vào {directive.label}.")
    return redirect(directive)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw the paper away, text and file."""
    row = _row(request, pk)
    try:
        readings.discard(row, actor=person_of(request), now=timezone.now())
    except RegisterRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(row)
    messages.success(request, "Đã bỏ văn bản. Không có gì được ghi vào danh mục.")
    return redirect("directives:readings")


@require_safe
def file(request: HttpRequest, pk: int) -> FileResponse:
    """The file as it was uploaded, until it belongs to a registered paper."""
    need_admin(request)
    row = get_object_or_404(Reading.objects.exclude(path=""), pk=pk)
    return uploads.serve(row.path, name=row.name, content_type=row.content_type)


def _row(request: HttpRequest, pk: int) -> Reading:
    need_admin(request)
    return get_object_or_404(Reading, pk=pk)


def _seen(request: HttpRequest) -> int:
    """The version of the proposal the person looked at; −1, which no proposal has, for anything odd."""
    seen = row_number(request.POST.get("seen", ""))
    return -1 if seen is None else seen


def _query(asked: Asked) -> str:
    parts = [f"loc={asked.letter}"] if asked.letter else []
    return "&".join([*parts, *(["tat-ca=1"] if asked.everything else [])])


def _back(row: Reading, asked: Asked, anchor: str) -> HttpResponseRedirect:
    query = _query(asked)
    if anchor not in ("de-xuat", "ghi"):
        query = "&".join(filter(None, [query, f"xem={anchor}"]))
    return redirect(f"{reverse('directives:reading', args=[row.pk])}{'?' if query else ''}{query}#{anchor}")
