"""The task list of a report, its sections, the office's comments, and the draft as a paper."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reporting import changes, narrative, reviewing, submission_paper, tasklist
from reporting.access import as_the_office_sees, assignment_of_unit
from reporting.attaching import add_attachment
from reporting.checks import read_draft
from reporting.deadline_words import words_of
from reporting.decision_forms import ReplyForm
from reporting.drafting import Conflict
from reporting.last_year import last_year
from reporting.lifecycle import Refused
from reporting.models import Answer, Assignment, Comment, Figure, Indicator, Section
from reporting.quantities import format_amount
from reporting.section_form import AUTO, DONE, LATER, SectionForm, save_form
from reporting.states import ASIDE, EDITABLE, URGED, WITH_UNIT, Action, AnswerStatus, State
from reporting.timeliness import kept_deadline
from units.calendar import working_calendar
from units.contacts import contacts_of
from units.models import Role
from units.uploads import HOW, UploadRefused

EDITS = "reporting:section"


def page_of(request: HttpRequest, pk: int, now: datetime) -> tuple[Assignment, dict[str, Any]]:
    """The assignment, and what the head of each of its pages shows. 404 for whoever is not of the unit."""
    assignment = assignment_of_unit(request.standing, pk)  # type: ignore[attr-defined]
    owed = assignment.state in WITH_UNIT
    # A unit's contact reads along; who writes or approves may change the draft.
    writes = request.standing.has(assignment.unit_id, Role.REPORTER, Role.APPROVER)  # type: ignore[attr-defined]
    deadline = words_of(kept_deadline(assignment), working_calendar(), now, owed=owed)
    return assignment, {
        "assignment": assignment,
        "deadline": deadline,
        "owed": owed,
        "writes": writes,
        "editable": writes and assignment.state in EDITABLE and assignment.round.is_open,
        "several_units": len(request.standing.unit_ids) > 1,  # type: ignore[attr-defined]
    }


@require_safe
def assignment_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The task list: every section with its state, and what there is to do; the office sees its review."""
    if theirs := as_the_office_sees(request.standing, pk):  # type: ignore[attr-defined]
        return redirect("reporting:review", theirs.round.code, theirs.unit.code)
    assignment, context = page_of(request, pk, timezone.now())
    return _show_tasks(request, assignment, context)


def _show_tasks(
    request: HttpRequest, assignment: Assignment, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    tasks = tasklist.read_tasks(assignment)
    comments = tasklist.comments_for_unit(assignment)
    happenings = tasklist.timeline(assignment, tasks)
    last_request = assignment.extension_requests.last()
    return render(
        request,
        "reporting/assignment_tasks.html",
        context
        | {
            "tasks": tasks,
            "steps": tasklist.steps(assignment.state),
            "approves": request.standing.has(assignment.unit_id, Role.APPROVER),  # type: ignore[attr-defined]
            "last_request": last_request,
            "contacts": contacts_of([assignment.unit], timezone.localdate())[assignment.unit_id],
            "asked": last_request if last_request and last_request.is_open and context["owed"] else None,
            "may_ask": context["writes"] and context["owed"] and assignment.round.is_open,
            "comments": comments,
            "open_comments": sum(row.needs_answer and not row.reply for row in comments),
            "last_note": _last_note(assignment),
            "timeline": happenings,
            "last_year": last_year(assignment),
            "letters": list(
                assignment.urged.filter(event__isnull=False)
                .select_related("letter")
                .order_by("-event__at", "-pk")
            ),
            "submissions": assignment.submissions.order_by("-number"),
            "attachments": assignment.attachments.filter(removed_at=None, section=None),
            "upload_how": HOW,
        },
        status=status,
    )


def _last_note(assignment: Assignment) -> Any:
    """The event by which the report came back, while that is where it is."""
    wanted = {State.RETURNED: Action.RETURN, State.IN_PROGRESS: Action.SEND_BACK, State.WAIVED: Action.WAIVE}
    moves = assignment.events.exclude(action__in=(*ASIDE, URGED))
    last = moves.select_related("actor").last()
    return last if last and last.action == wanted.get(State(assignment.state)) else None


@require_http_methods(["GET", "HEAD", "POST"])
def section_page(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """One section: read and filled; a post saves what is valid of it, and a file with it."""
    now = timezone.now()
    assignment, context = page_of(request, pk, now)
    section = _section(assignment, key)
    if request.method != "POST":
        if not context["editable"]:
            return redirect(reverse("reporting:check", args=[pk]) + f"#s-{section.pk}")
        return _show_section(request, assignment, section, context, _form(assignment, section))
    if request.POST.get("resolve") == "theirs":
        messages.success(request, "Đã giữ bản của đồng nghiệp.", extra_tags=_saved(request))
        return redirect(EDITS, pk, key)
    return _save_section(request, assignment, section, context, now)


def _saved(request: HttpRequest) -> str:
    """Tells the browser to forget what it kept of the text posted to this page (static/js/kept.js)."""
    return f"saved:{request.path}"


def _section(assignment: Assignment, key: str) -> Section:
    found = Section.objects.filter(round_id=assignment.round_id, is_heading=False)
    return get_object_or_404(found.select_related("parent").prefetch_related("directives"), key=key)


def _form(assignment: Assignment, section: Section, data: Any = None) -> SectionForm:
    indicators = list(Indicator.objects.filter(section=section))
    figures = Figure.objects.filter(assignment=assignment, indicator__in=indicators)
    draft = read_draft(assignment) if indicators else None
    return SectionForm(
        data,
        indicators=indicators,
        stored=Answer.objects.filter(assignment=assignment, section=section).first(),
        amounts=dict(figures.values_list("indicator_id", "amount")),
        last_year=draft.last_year if draft else {},
        summed_from=draft.summed_from if draft else {},
    )


def _save_section(
    request: HttpRequest, assignment: Assignment, section: Section, context: dict[str, Any], now: datetime
) -> HttpResponse:
    how = DONE if request.POST.get("do") == "done" else LATER
    form = _form(assignment, section, request.POST)
    try:
        answer = save_form(form, assignment, section, how=how, actor=request.user, now=now)  # type: ignore[arg-type]
    except Conflict as conflict:
        return _conflict(request, assignment, section, form, conflict, context)
    if answer is not None:
        _keep_file(request, assignment, section, form, now)
    if form.errors:
        return _show_section(
            request, assignment, section, context, _renewed(form, answer), saved=answer, status=422
        )
    if request.POST.get("do") == "attach":
        messages.success(request, f"Đã lưu mục {section.number}.", extra_tags=_saved(request))
        return redirect(reverse(EDITS, args=[assignment.pk, section.key]) + "#tep")
    state = "hoàn thành" if how == DONE else "để lại sửa sau"
    if (
        how == DONE
        and answer is not None
        and answer.status in (AnswerStatus.NIL, AnswerStatus.NOT_APPLICABLE)
    ):
        state += f", {answer.get_status_display().lower()}"
    messages.success(request, f"Đã lưu mục {section.number}: {state}.", extra_tags=_saved(request))
    return redirect("reporting:assignment", assignment.pk)


def _keep_file(
    request: HttpRequest, assignment: Assignment, section: Section, form: SectionForm, now: datetime
) -> None:
    upload = request.FILES.get("file")
    if upload is None:
        return
    try:
        add_attachment(assignment, upload, section=section, actor=request.user, now=now)  # type: ignore[arg-type]
    except (UploadRefused, Refused) as refused:
        form.file_error = str(refused)  # type: ignore[attr-defined]
        form.add_error(None, f"Tài liệu kèm theo: {refused}")


def _renewed(form: SectionForm, answer: Answer | None) -> SectionForm:
    """The same form with what was typed, on top of the version that was saved just now."""
    if answer is not None:
        form.data = form.data.copy()  # type: ignore[attr-defined]
        form.data["version"] = answer.version  # type: ignore[index]
        form.stored = answer
    return form


def _show_section(
    request: HttpRequest,
    assignment: Assignment,
    section: Section,
    context: dict[str, Any],
    form: SectionForm,
    *,
    saved: Answer | None = None,
    status: int = 200,
) -> HttpResponse:
    tasks = tasklist.read_tasks(assignment)
    before, after = tasks.around(section)
    earlier = last_year(assignment)
    return render(
        request,
        "reporting/section_edit.html",
        context
        | {
            "section": section,
            "form": form,
            "saved": saved,
            "tasks": tasks,
            "previous_section": before,
            "next_section": after,
            "earlier": earlier,
            "earlier_html": earlier.texts.get(section.key, "") if earlier else "",
            "earlier_status": earlier.remarks.get(section.key, "") if earlier else "",
            "guidance": section.guidance.splitlines(),
            "comments": [c for c in tasklist.comments_for_unit(assignment) if c.section_id == section.pk],
            "attachments": assignment.attachments.filter(removed_at=None, section=section),
            "upload_how": HOW,
            "answering": assignment.state == State.RETURNED,
        },
        status=status,
    )


def _conflict_facts(assignment: Assignment, form: SectionForm, conflict: Conflict) -> dict[str, Any]:
    """Both texts, each with the words only it has, and the figures that differ."""
    try:
        mine = narrative.to_text(narrative.clean(form.html()))
    except narrative.NarrativeTooLong:
        mine = form.data.get("narrative", "")
    theirs = narrative.to_text(conflict.answer.narrative)
    mine_marked, theirs_marked = changes.word_sides(mine, theirs)
    stored = {row.code: format_amount(form.amounts.get(row.pk), row.decimals) for row in form.indicators}
    figures = [
        (row, form.data.get(f"fig_{row.code}", "").strip(), stored[row.code])
        for row in form.indicators
        if form.data.get(f"fig_{row.code}", "").strip() != stored[row.code]
    ]
    return {
        "assignment": assignment,
        "form": form,
        "theirs": conflict.answer,
        "mine_marked": mine_marked,
        "theirs_marked": theirs_marked,
        "figures": figures,
        "stored_figures": [(row, stored[row.code]) for row in form.indicators],
    }


def _conflict(
    request: HttpRequest,
    assignment: Assignment,
    section: Section,
    form: SectionForm,
    conflict: Conflict,
    context: dict[str, Any],
) -> HttpResponse:
    """A page of its own for those without scripts: nothing was saved, everything typed goes along."""
    skip = {"csrfmiddlewaretoken", "version", "resolve"}
    typed = [(name, value) for name, values in request.POST.lists() if name not in skip for value in values]
    facts = _conflict_facts(assignment, form, conflict)
    return render(
        request,
        "reporting/section_conflict.html",
        context | facts | {"section": section, "typed": typed},
        status=409,
    )


@require_POST
def section_autosave(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Save by the page itself: JSON when saved, 409 with both texts, 422 when nothing of it could be kept."""
    now = timezone.now()
    assignment = assignment_of_unit(request.standing, pk)  # type: ignore[attr-defined]
    section = _section(assignment, key)
    form = _form(assignment, section, request.POST)
    try:
        answer = save_form(form, assignment, section, how=AUTO, actor=request.user, now=now)  # type: ignore[arg-type]
    except Conflict as conflict:
        facts = _conflict_facts(assignment, form, conflict) | {"section": section}
        return render(request, "reporting/_section_conflict.html", facts, status=409)
    if answer is None:
        problem = " ".join(map(str, form.non_field_errors()))
        refusal = {"errors": form.field_errors(), "problem": problem, "secret": form.is_secret}
        return JsonResponse(refusal, status=422)
    saved_at = f"{timezone.localtime(now):%H:%M}"
    return JsonResponse({"saved_at": saved_at, "version": answer.version, "errors": form.field_errors()})


@require_POST
def reply(request: HttpRequest, pk: int, comment_pk: int) -> HttpResponse:
    """The unit's answer to a comment of the office."""
    assignment = assignment_of_unit(request.standing, pk)  # type: ignore[attr-defined]
    found = Comment.objects.filter(submission__assignment=assignment, sent_at__isnull=False)
    comment = get_object_or_404(found.select_related("submission__assignment", "section"), pk=comment_pk)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _reply_again(request, comment, form, status=422)
    try:
        reviewing.reply(comment, text=form.cleaned_data["text"], actor=request.user, now=timezone.now())  # type: ignore[arg-type]
    except Refused as refused:
        form.add_error("text", str(refused))
        return _reply_again(request, comment, form, status=409)
    messages.success(request, f"Đã lưu câu trả lời cho ý kiến ở mục {comment.section.number}.")
    if request.POST.get("back") == "section":
        return redirect(reverse(EDITS, args=[pk, comment.section.key]) + f"#y-kien-{comment.pk}")
    return redirect(reverse("reporting:assignment", args=[pk]) + f"#y-kien-{comment.pk}")


def _reply_again(request: HttpRequest, comment: Comment, form: ReplyForm, *, status: int) -> HttpResponse:
    """The page the answer was written on, with what was typed and why it was not saved."""
    assignment, context = page_of(request, comment.submission.assignment_id, timezone.now())
    context |= {"reply_form": form, "reply_to": comment.pk}
    if request.POST.get("back") != "section" or not context["editable"]:
        return _show_tasks(request, assignment, context, status=status)
    section = _section(assignment, comment.section.key)
    return _show_section(request, assignment, section, context, _form(assignment, section), status=status)


@require_safe
def print_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft in the form of an official report, to be printed, signed and stamped."""
    assignment, context = page_of(request, pk, timezone.now())
    draft = read_draft(assignment)
    sections = Section.objects.filter(round_id=assignment.round_id)
    parts = [
        {
            "section": section,
            "status": draft.status(section),
            "answer": draft.answers.get(section.pk),
            "figures": [
                (row, format_amount(draft.amounts.get(row.pk), row.decimals))
                for row in draft.indicators.get(section.pk, [])
                if row.pk in draft.amounts
            ],
        }
        for section in sections
    ]
    words = {
        "subject": submission_paper.subject_of(assignment.round.name),
        "addressee": submission_paper.addressee_of(assignment.round),
        "opening": submission_paper.opening_of(assignment.unit_name, assignment.round.name),
    }
    return render(
        request,
        "reporting/assignment_print.html",
        context | words | {"parts": parts, "round": assignment.round},
    )
