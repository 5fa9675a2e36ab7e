"""The ministry's report: its print on screen, its files, and the steps to its issue."""

from __future__ import annotations

from collections.abc import Callable
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
from reporting.documents.content import Annex, OfficialPaper
from reporting.issue_forms import FrontForm, IssueForm, NoteForm, SignForm
from reporting.lifecycle import Refused
from reporting.models import Deadline, RenderJob, Report, Round, StoredFile
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
from reporting.views.papers import on_screen, steps
from reporting.views.verbs import by, done, taken
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
    reached = ReportState.ISSUED if report.state == ReportState.CORRECTED else report.state
    findings = issuing.findings(report) if drafting else []
    context = {
        "round": row,
        "report": report,
        **on_screen(printed),
        "compendium": _compendium(printed),
        "findings": findings,
        "open_findings": sum(not finding.ok for finding in findings),
        "steps": steps(report, reached, STEPS, REPORT_LABELS),
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


def _compendium(printed: OfficialPaper) -> Annex | None:
    return next((annex for annex in printed.annexes if annex.compendium), None)


def _dispatch(row: Round, now: Any) -> Any:
    deadline = Deadline.objects.filter(round=row, purpose=Deadline.Purpose.DISPATCH, replaced_at=None).first()
    return (
        words_of(deadline, working_calendar(), now, owed=row.state != RoundState.ISSUED) if deadline else None
    )


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
    valid = request.method == "POST" and form.is_valid()
    if valid and taken(form, lambda: consolidation.save_front(report, **form.cleaned_data, **by(request))):
        messages.success(request, "Đã lưu lời văn đầu, cuối của báo cáo.")
        return redirect("reporting:report", code)
    return _form(request, report, form, "Lời văn đầu, cuối của báo cáo", "Lưu")


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


@require_POST
def clear(request: HttpRequest, code: str) -> HttpResponse:
    """The lead clears the draft for signature; its data are frozen."""
    report, who = _newest(request, code), by(request)

    def clear_and_print() -> None:
        with transaction.atomic():
            issuing.clear(report, **who)
            rendering.request_print(report, **who)
            transaction.on_commit(tasks.wake_printer)

    done(
        request,
        clear_and_print,
        "Đã trình ký. Số liệu chốt tại thời điểm này; bản in để ký đang được dựng.",
    )
    return redirect("reporting:report", code)


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, code: str) -> HttpResponse:
    """Back to the draft, with the reason."""
    said = "Đã rút về dự thảo; số liệu lại theo đợt."
    return _noted(request, code, ReportAction.TAKE_BACK, issuing.take_back, said)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a correction of the issued report."""
    said = "Đã lập bản đính chính. Bản đã phát hành và tệp của nó giữ nguyên."
    return _noted(request, code, ReportAction.CORRECT, issuing.correct, said)


def _noted(
    request: HttpRequest, code: str, action: ReportAction, verb: Callable[..., object], said: str
) -> HttpResponse:
    report = _newest(request, code)
    _need(request, report, Role.LEAD, who="lãnh đạo Văn phòng")
    form = NoteForm(request.POST or None)
    return _step(
        request, report, form, action, lambda: verb(report, **form.cleaned_data, **by(request)), lambda: said
    )


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, code: str) -> HttpResponse:
    """Record the signature: as whom, who, when."""
    report = _newest(request, code)
    _need(request, report, Role.LEAD, Role.REGISTRY, who="lãnh đạo Văn phòng hoặc văn thư")
    form = SignForm(request.POST or None, initial={"signed_on": timezone.localdate()})
    return _step(
        request,
        report,
        form,
        ReportAction.SIGN,
        lambda: issuing.sign(report, **form.signature, **by(request)),
        lambda: f"Đã ghi nhận {report.signer_name} ký ngày {report.signed_on:%d/%m/%Y}.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest, code: str) -> HttpResponse:
    """The registry gives number and date; the files are frozen."""
    report = _newest(request, code)
    _need(request, report, Role.REGISTRY, who="văn thư")
    form = IssueForm(request.POST or None, initial={"issued_on": timezone.localdate()})
    return _step(
        request,
        report,
        form,
        ReportAction.ISSUE,
        lambda: issuing.issue(report, **form.cleaned_data, **by(request)),
        lambda: f"Đã phát hành Báo cáo số {report.code}. Tệp PDF và Word được giữ nguyên mãi.",
    )


def _step(
    request: HttpRequest,
    report: Report,
    form: forms.Form,
    action: ReportAction,
    do: Callable[[], object],
    said: Callable[[], str],
) -> HttpResponse:
    """Take the step, with the form of it before; or say that it is not due (any more)."""
    if request.method == "POST" and form.is_valid() and taken(form, do):
        messages.success(request, said())
        return redirect("reporting:report", report.round.code)
    if request.method != "POST" and (ReportState(report.state), action) not in REPORT_TRANSITIONS:
        label = REPORT_LABELS[ReportState(report.state)].lower()
        messages.warning(request, f"Báo cáo hiện {label} nên không “{REPORT_ACTION_LABELS[action]}” được.")
        return redirect("reporting:report", report.round.code)
    return _form(
        request, report, form, REPORT_ACTION_LABELS[action], REPORT_ACTION_LABELS[action], action=action
    )


@require_safe
def file(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """A stored file of a report of the round, exactly as it was stored."""
    row = office_round(request.standing, code)  # type: ignore[attr-defined]
    found = get_object_or_404(StoredFile, pk=pk, report__round=row)
    return uploads.serve(found.path, name=found.name, content_type=rendering.content_type(found))
