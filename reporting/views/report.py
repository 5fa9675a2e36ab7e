"""The ministry's report: its print on screen, its files, and the steps to its issue."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reporting import consolidation, issuing, rendering, tasks
from reporting.access import need_role, office_round, report_at_office
from reporting.deadline_words import words_of
from reporting.documents.content import Annex, Block, OfficialPaper
from reporting.documents.pdf import RenderFailed
from reporting.issue_forms import FrontForm, IssueForm, NoteForm, SignForm
from reporting.lifecycle import Refused
from reporting.models import Deadline, RenderJob, Report, ReportEvent, Round, StoredFile
from reporting.report_paper import paper
from reporting.rollup import census
from reporting.states import (
    REPORT_ACTION_LABELS,
    REPORT_LABELS,
    REPORT_TRANSITIONS,
    ReportAction,
    ReportState,
    RoundState,
)
from units import uploads
from units.calendar import working_calendar
from units.models import Role

FRONT = ("title", "addressee", "opening", "closing", "recipients")
FILE_ORDER = {"report_pdf": 0, "report_docx": 1, "manifest": 2}
STEPS = (
    (ReportState.DRAFTING, "Văn phòng soạn, dữ liệu theo đợt"),
    (ReportState.FOR_SIGNATURE, "lãnh đạo Văn phòng trình; số liệu chốt"),
    (ReportState.SIGNED, "lãnh đạo Bộ ký"),
    (ReportState.ISSUED, "văn thư cấp số, ngày; không sửa được nữa"),
)


@require_safe
def current(request: HttpRequest, code: str) -> HttpResponse:
    """The newest report of the round, or what to do when there is none."""
    row = office_round(request.standing, code)  # type: ignore[attr-defined]
    report = consolidation.current_report(row)
    if report is None:
        return render(
            request, "reporting/report_none.html", {"round": row, "may_write": _may_write(request, row)}
        )
    return _preview(request, report)


@require_safe
def version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """An earlier (or the newest) report of the round."""
    return _preview(request, report_at_office(request.standing, code, number))  # type: ignore[attr-defined]


def _may_write(request: HttpRequest, row: Round) -> bool:
    return request.standing.has(row.owner_id, *consolidation.EDITORS)  # type: ignore[attr-defined]


def _preview(request: HttpRequest, report: Report) -> HttpResponse:
    now = timezone.now()
    row = report.round
    printed = paper(report, now=now)
    newest = Report.objects.filter(round=row).order_by("-number").values_list("number", flat=True)[0]
    files = sorted(
        report.stored_files.all()[:12], key=lambda f: (-f.created_at.timestamp(), FILE_ORDER[f.kind])
    )
    drafting = report.state == ReportState.DRAFTING
    findings = issuing.findings(report) if drafting else []
    context = {
        "round": row,
        "report": report,
        "paper": printed,
        "body": _shown(printed.blocks),
        "annexes": [(annex, _shown(annex.blocks)) for annex in printed.annexes if not annex.compendium],
        "compendium": _compendium(printed),
        "findings": findings,
        "open_findings": sum(not finding.ok for finding in findings),
        "steps": _steps(report),
        "actions": {a.action: a for a in issuing.available_actions(report, request.user, now)},  # type: ignore[arg-type]
        "may_write": drafting and _may_write(request, row),
        "is_newest": report.number == newest,
        "versions": list(Report.objects.filter(round=row)),
        "frozen": [file for file in files if file.frozen],
        "prints": [file for file in files if not file.frozen],
        "latest": next((file for file in files if file.kind == StoredFile.Kind.REPORT_PDF), None),
        "job": report.render_jobs.first(),
        "taken": census(row, report.as_of),
        "words": _dispatch(row, now),
        "waits": report.state not in rendering.FROZEN,
        "now": now,
    }
    return render(request, "reporting/report_preview.html", context)


def _shown(blocks: tuple[Block, ...]) -> list[tuple[str, Block]]:
    """Blocks with their kind, for the template: "heading", "para", "note", "table", "contribution"."""
    return [(type(block).__name__.lower(), block) for block in blocks]


def _compendium(printed: OfficialPaper) -> Annex | None:
    return next((annex for annex in printed.annexes if annex.compendium), None)


def _dispatch(row: Round, now: Any) -> Any:
    deadline = Deadline.objects.filter(round=row, purpose=Deadline.Purpose.DISPATCH, replaced_at=None).first()
    return (
        words_of(deadline, working_calendar(), now, owed=row.state != RoundState.ISSUED) if deadline else None
    )


def _steps(report: Report) -> list[dict[str, Any]]:
    """The four steps with the event that reached each, the present one marked."""
    reached: dict[str, ReportEvent] = {}
    for event in report.events.select_related("actor"):
        reached[event.to_state] = event
    order = [state for state, _ in STEPS]
    state = ReportState.ISSUED if report.state == ReportState.CORRECTED else ReportState(report.state)
    here = order.index(state)
    return [
        {
            "label": REPORT_LABELS[step],
            "hint": hint,
            "event": reached.get(step) if index <= here else None,
            "now": index == here,
        }
        for index, (step, hint) in enumerate(STEPS)
    ]


@require_POST
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Begin the round's report and go to the bench."""
    row = office_round(request.standing, code)  # type: ignore[attr-defined]
    try:
        consolidation.start_report(row, actor=request.user, now=timezone.now())  # type: ignore[arg-type]
    except Refused as problem:
        messages.error(request, str(problem))
        return redirect("reporting:report", code)
    messages.success(request, "Đã lập báo cáo của Bộ. Lấy nội dung của các đơn vị vào từng mục.")
    return redirect("reporting:bench", code)


def _newest(request: HttpRequest, code: str) -> Report:
    row = office_round(request.standing, code)  # type: ignore[attr-defined]
    return get_object_or_404(
        Report.objects.filter(round=row).select_related("round__owner").order_by("-number")[:1]
    )


@require_http_methods(["GET", "HEAD", "POST"])
def front(request: HttpRequest, code: str) -> HttpResponse:
    """The words around the sections."""
    report = _newest(request, code)
    _need(request, report, *consolidation.EDITORS, who="chuyên viên hoặc lãnh đạo Văn phòng")
    form = FrontForm(request.POST or None, initial={name: getattr(report, name) for name in FRONT})
    if request.method == "POST" and form.is_valid():
        try:
            consolidation.save_front(report, **form.cleaned_data, **_who(request))
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Đã lưu lời văn đầu, cuối của báo cáo.")
            return redirect("reporting:report", code)
    return _form(request, report, form, "Lời văn đầu, cuối của báo cáo", "Lưu")


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"actor": request.user, "now": timezone.now()}


def _need(request: HttpRequest, report: Report, *roles: str, who: str) -> None:
    need_role(request.standing, report.round.owner_id, *roles, who=who)  # type: ignore[attr-defined]


def _form(
    request: HttpRequest, report: Report, form: forms.Form, title: str, button: str, **more: Any
) -> HttpResponse:
    context = {
        "round": report.round,
        "report": report,
        "form": form,
        "title": title,
        "button": button,
        **more,
    }
    return render(request, "reporting/report_form.html", context, status=422 if form.errors else 200)


@require_POST
def request_print(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for a new PDF and Word file of the report as it stands."""
    report = _newest(request, code)
    try:
        with transaction.atomic():
            job = rendering.request_print(report, actor=request.user, now=timezone.now())  # type: ignore[arg-type]
            transaction.on_commit(tasks.wake_printer)
    except Refused as problem:
        messages.error(request, str(problem))
        return redirect("reporting:report", code)
    return redirect("reporting:report_job", code, job.pk)


@require_safe
def job(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """How far a print is; the page renews itself until it is done."""
    row = office_round(request.standing, code)  # type: ignore[attr-defined]
    found = get_object_or_404(
        RenderJob.objects.select_related("report", "requested_by"), pk=pk, report__round=row
    )
    ended = found.state in (RenderJob.State.DONE, RenderJob.State.FAILED)
    files = []
    if found.state == RenderJob.State.DONE:
        since = StoredFile.objects.filter(report=found.report_id, created_at__gte=found.requested_at)
        files = list(since[:2])
    context = {"round": row, "job": found, "ended": ended, "files": files}
    name = "reporting/_report_job.html" if request.htmx else "reporting/report_job.html"  # type: ignore[attr-defined]
    return render(request, name, context)


def _decide(request: HttpRequest, code: str, verb: Any, said: str) -> HttpResponse:
    report = _newest(request, code)
    try:
        verb(report)
    except Refused as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, said)
    return redirect("reporting:report", code)


@require_POST
def clear(request: HttpRequest, code: str) -> HttpResponse:
    """The lead clears the draft for signature; its data are frozen."""

    def verb(report: Report) -> None:
        with transaction.atomic():
            now = timezone.now()
            issuing.clear(report, actor=request.user, now=now)  # type: ignore[arg-type]
            rendering.request_print(report, actor=request.user, now=now)  # type: ignore[arg-type]
            transaction.on_commit(tasks.wake_printer)

    return _decide(
        request, code, verb, "Đã trình ký. Số liệu chốt tại thời điểm này; bản in để ký đang được dựng."
    )


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, code: str) -> HttpResponse:
    """Back to the draft, with the reason."""
    report = _newest(request, code)
    return _noted(
        request,
        report,
        ReportAction.TAKE_BACK,
        lambda note: issuing.take_back(report, note=note, actor=request.user, now=timezone.now()),  # type: ignore[arg-type]
        said="Đã rút về dự thảo; số liệu lại theo đợt.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a correction of the issued report."""
    report = _newest(request, code)
    return _noted(
        request,
        report,
        ReportAction.CORRECT,
        lambda note: issuing.correct(report, note=note, actor=request.user, now=timezone.now()),  # type: ignore[arg-type]
        said="Đã lập bản đính chính. Bản đã phát hành và tệp của nó giữ nguyên.",
    )


def _noted(
    request: HttpRequest, report: Report, action: ReportAction, verb: Any, *, said: str
) -> HttpResponse:
    _need(request, report, Role.LEAD, who="lãnh đạo Văn phòng")
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            verb(form.cleaned_data["note"])
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, said)
            return redirect("reporting:report", report.round.code)
    return _step(request, report, form, action)


def _step(request: HttpRequest, report: Report, form: forms.Form, action: ReportAction) -> HttpResponse:
    """The form of a step, or the word that it is not due (any more)."""
    if request.method != "POST" and (ReportState(report.state), action) not in REPORT_TRANSITIONS:
        label = REPORT_LABELS[ReportState(report.state)].lower()
        messages.warning(request, f"Báo cáo hiện {label} nên không “{REPORT_ACTION_LABELS[action]}” được.")
        return redirect("reporting:report", report.round.code)
    return _form(
        request, report, form, REPORT_ACTION_LABELS[action], REPORT_ACTION_LABELS[action], action=action
    )


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, code: str) -> HttpResponse:
    """Record the signature: as whom, who, when."""
    report = _newest(request, code)
    _need(request, report, Role.LEAD, Role.REGISTRY, who="lãnh đạo Văn phòng hoặc văn thư")
    form = SignForm(request.POST or None, initial={"signed_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            issuing.sign(
                report,
                authority=form.authority,
                post=form.post,
                name=form.cleaned_data["name"],
                signed_on=form.cleaned_data["signed_on"],
                actor=request.user,  # type: ignore[arg-type]
                now=timezone.now(),
            )
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(
                request, f"Đã ghi nhận {report.signer_name} ký ngày {report.signed_on:%d/%m/%Y}."
            )
            return redirect("reporting:report", code)
    return _step(request, report, form, ReportAction.SIGN)


@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest, code: str) -> HttpResponse:
    """The registry gives number and date; the files are frozen."""
    report = _newest(request, code)
    _need(request, report, Role.REGISTRY, who="văn thư")
    form = IssueForm(request.POST or None, initial={"issued_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            issuing.issue(report, **form.cleaned_data, **_who(request))
        except (Refused, RenderFailed) as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(
                request, f"Đã phát hành Báo cáo số {report.code}. Tệp PDF và Word được giữ nguyên mãi."
            )
            return redirect("reporting:report", code)
    return _step(request, report, form, ReportAction.ISSUE)


@require_safe
def file(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """A stored file of a report of the round, exactly as it was stored."""
    row = office_round(request.standing, code)  # type: ignore[attr-defined]
    found = get_object_or_404(StoredFile, pk=pk, report__round=row)
    return uploads.serve(found.path, name=found.name, content_type=rendering.content_type(found))
