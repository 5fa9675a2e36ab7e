"""Reading a unit's report: in order of arrival, with comments at the passages, then one decision."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from reporting import extension_requests, reviewing
from reporting.access import assignment_at_office, office_round
from reporting.announcing import why_held
from reporting.changes import changes_since
from reporting.deadline_words import DeadlineWords, words_of
from reporting.decision_forms import (
    CommentForm,
    DecisionForm,
    DeclineForm,
    ExtensionForm,
    NewDateForm,
    ReasonForm,
)
from reporting.extension_requests import open_request
from reporting.lifecycle import Refused, available_actions
from reporting.models import (
    Assignment,
    Comment,
    Deadline,
    Event,
    ExtensionRequest,
    Notice,
    Passage,
    Section,
    Submission,
)
from reporting.states import WITH_UNIT, Action, RoundState, State
from reporting.timeliness import judgement, kept_deadline, timeliness
from reporting.views.verbs import by, done
from units.access import people_of
from units.calendar import working_calendar
from units.models import Role
from units.text import nfc, row_number

PAGE = 50
PREFIXES = {
    "extension_form": "x",
    "move_form": "m",
    "waive_form": "w",
    "unwaive_form": "u",
    "reopen_form": "r",
    "decline_form": "n",
}
"""The small forms of the page by their names in the template."""


def queue(request: HttpRequest, code: str) -> HttpResponse:
    """Reports that wait for the office, in order of arrival."""
    row = office_round(request.standing, code)  # type: ignore[attr-defined]
    waiting = (
        Assignment.objects.filter(round=row, state=State.SUBMITTED)
        .select_related("unit", "group", "round", "deadline", "extension__deadline", "return_deadline")
        .order_by("last_submitted_at", "pk")
    )
    page = Paginator(waiting, PAGE).get_page(request.GET.get("page"))
    rows = [(a, judgement(a), a.last_submitted_at != a.first_submitted_at) for a in page.object_list]
    return render(request, "reporting/review_queue.html", {"round": row, "page": page, "rows": rows})


def review(request: HttpRequest, code: str, unit_code: str) -> HttpResponse:
    """The office's page of one unit: what it sent, what was said about it, and what can be done now."""
    assignment = assignment_at_office(request.standing, code, unit_code)  # type: ignore[attr-defined]
    return _page(request, assignment)


def _page(request: HttpRequest, assignment: Assignment, *, status: int = 200, **forms: Any) -> HttpResponse:
    now = timezone.now()
    submissions = list(
        assignment.submissions.select_related("submitted_by", "on_behalf_of").order_by("number")
    )
    newest = submissions[-1] if submissions else None
    actions = {a.action: a for a in available_actions(assignment, request.user, now)}  # type: ignore[arg-type]
    earlier, later, place, waiting = _neighbours(assignment)
    asked = open_request(assignment) if assignment.state in WITH_UNIT else None
    context = {
        "round": assignment.round,
        "assignment": assignment,
        "words": words_of(
            kept_deadline(assignment), working_calendar(), now, owed=assignment.state in WITH_UNIT
        ),
        "timeliness": timeliness(assignment, now),
        "judgement": judgement(assignment),
        "submissions": submissions,
        "newest": newest,
        "sections": _sections(newest) if newest else [],
        "changes": changes_since(submissions[-2], newest) if newest and len(submissions) > 1 else [],
        "unsent": newest.comments.filter(sent_at=None).count() if newest else 0,
        "actions": actions,
        "can_decide": Action.ACCEPT in actions or Action.RETURN in actions,
        "events": _events(assignment),
        "people": _people(assignment, now),
        "notices": list(
            Notice.objects.filter(assignment=assignment, deadline__isnull=False)
            .select_related("recipient")
            .order_by("-due_at", "-id")[:8]
        ),
        "letters": list(
            assignment.urged.filter(event__isnull=False)
            .select_related("letter__round")
            .order_by("-event__at")
        ),
        "extensions": list(assignment.extensions.select_related("deadline", "granted_by")),
        "is_lead": request.standing.has(assignment.round.owner_id, Role.LEAD),  # type: ignore[attr-defined]
        "may_hold": request.standing.has(assignment.round.owner_id, Role.REVIEWER, Role.LEAD)  # type: ignore[attr-defined]
        and assignment.round.state in (RoundState.OPEN, RoundState.CLOSED),
        "held": why_held(assignment.unit, now),
        "refused": [forms[key] for key in PREFIXES if key in forms],
        "sent_on": _sent_on(assignment, now),
        "can_extend": Action.EXTEND in actions and actions[Action.EXTEND].possible,
        "can_move_date": Action.MOVE_DATE in actions and actions[Action.MOVE_DATE].possible,
        "asked": asked,
        "can_decline": Action.DECLINE_EXTENSION in actions and actions[Action.DECLINE_EXTENSION].possible,
        "past_requests": list(
            assignment.extension_requests.exclude(outcome=ExtensionRequest.Outcome.OPEN)
            .select_related("asked_by", "answered_by", "granted")
            .order_by("-asked_at")[:5]
        ),
        "earlier": earlier,
        "later": later,
        "place": place,
        "waiting": waiting,
        "decision_form": DecisionForm(prefix="d"),
        **_small_forms(assignment, asked),
        **forms,
    }
    _renew(asked, forms)
    context["decline_lost"] = not context["can_decline"] and "decline_form" in forms
    # A remark that was refused stands at its passage again, unless the report left the office or was sent anew.
    context["comment_lost"] = not (context["can_decide"] and forms.get("comment_passage"))
    return render(request, "reporting/review.html", context, status=status)


def _sent_on(assignment: Assignment, now: datetime) -> DeadlineWords | None:
    """By when the ministry's own report goes out: a unit that sends after it is left out of that report."""
    dispatch = Deadline.objects.filter(
        round=assignment.round_id, purpose=Deadline.Purpose.DISPATCH, replaced_at=None
    ).first()
    return words_of(dispatch, working_calendar(), now, owed=False) if dispatch else None


def _small_forms(assignment: Assignment, asked: ExtensionRequest | None) -> dict[str, ReasonForm]:
    """Forms of what may be decided beside the report itself; those of a date hold what the unit asks for."""
    kinds = {"extension_form": ExtensionForm, "move_form": NewDateForm, "decline_form": DeclineForm}
    now = assignment.return_deadline
    wish = _wish(asked) if asked else {}
    first: dict[str, dict[str, Any]] = {
        "extension_form": wish,
        "move_form": wish | ({"seen": now.version} if now else {}),
        "decline_form": {"request": asked.pk} if asked else {},
    }
    return {
        key: kinds.get(key, ReasonForm)(prefix=prefix, initial=first.get(key))
        for key, prefix in PREFIXES.items()
    }


def _renew(asked: ExtensionRequest | None, forms: dict[str, Any]) -> None:
    """What was typed speaks from now on of the request that waits now, if one does."""
    for form in (forms.get(key) for key in ("extension_form", "move_form", "decline_form")):
        if form is not None:
            form.data = form.data.copy()
            form.data[form.add_prefix("request")] = asked.pk if asked else ""


def _wish(asked: ExtensionRequest) -> dict[str, Any]:
    reason = f"Theo đề nghị của đơn vị: {asked.reason}"
    return {"until_date": asked.until, "reason": reason[:1000], "request": asked.pk}


def _events(assignment: Assignment) -> list[Event]:
    """What concerns the office; how the unit hands its draft to and fro is the unit's own affair."""
    internal = (Action.START, Action.REQUEST_APPROVAL, Action.SEND_BACK)
    found = assignment.events.exclude(action__in=internal).select_related("actor", "on_behalf_of")
    return list(found.order_by("-at", "-id")[:20])


def _people(assignment: Assignment, now: datetime) -> dict[str, list[Any]]:
    today = timezone.localdate(now)
    return {
        "reporters": people_of(assignment.unit, today, Role.REPORTER),
        "approvers": people_of(assignment.unit, today, Role.APPROVER),
    }


def _neighbours(assignment: Assignment) -> tuple[str | None, str | None, int, int]:
    """Unit codes before and after in the queue, the place in it (0 when not waiting) and its length."""
    codes = list(
        Assignment.objects.filter(round=assignment.round, state=State.SUBMITTED)
        .order_by("last_submitted_at", "pk")
        .values_list("unit__code", flat=True)
    )
    if assignment.unit.code not in codes:
        return None, codes[0] if codes else None, 0, len(codes)
    at = codes.index(assignment.unit.code)
    return (
        codes[at - 1] if at else None,
        codes[at + 1] if at + 1 < len(codes) else None,
        at + 1,
        len(codes),
    )


def _sections(submission: Submission) -> list[dict[str, Any]]:
    """The sections as sent, with their passages and the comments on each: four queries."""
    passages: dict[int, list[Passage]] = defaultdict(list)
    for passage in submission.passages.all():
        passages[passage.section_id].append(passage)
    comments: dict[int, list[Comment]] = defaultdict(list)
    loose: dict[int, list[Comment]] = defaultdict(list)
    found = Comment.objects.filter(submission__assignment_id=submission.assignment_id).select_related(
        "author", "replied_by", "passage"
    )
    last_sent = submission.assignment.last_submitted_at
    for number, comment in enumerate(found, start=1):
        comment.number = number  # type: ignore[attr-defined]
        # An answer is the unit's own draft until it goes with a resubmission.
        is_sent = comment.replied_at is not None and last_sent is not None and last_sent >= comment.replied_at
        comment.sent_reply = comment.reply if is_sent else ""  # type: ignore[attr-defined]
        own = comment.submission_id == submission.pk and comment.passage_id
        (comments[comment.passage_id or 0] if own else loose[comment.section_id]).append(comment)
    by_number = {s.number: s for s in Section.objects.filter(round_id=submission.assignment.round_id)}
    return [
        {
            **section,
            "row": by_number[section["number"]],
            "passages": [(p, comments[p.pk]) for p in passages[by_number[section["number"]].pk]],
            "comments": loose[by_number[section["number"]].pk],
        }
        for section in json.loads(submission.content)["sections"]
    ]


def _back(assignment: Assignment, anchor: str = "") -> HttpResponseRedirect:
    return redirect(reverse("reporting:review", args=[assignment.round.code, assignment.unit.code]) + anchor)


@require_POST
def comment_add(request: HttpRequest, code: str, unit_code: str) -> HttpResponse:
    """Put a remark on a passage or a section of the newest submission."""
    assignment = assignment_at_office(request.standing, code, unit_code)  # type: ignore[attr-defined]
    newest = get_object_or_404(assignment.submissions.order_by("-number")[:1])
    form = CommentForm(request.POST)
    section = get_object_or_404(Section, round=assignment.round, key=nfc(request.POST.get("section", "")))
    chosen = row_number(request.POST.get("passage", "")) or 0
    passage = newest.passages.filter(pk=chosen, section=section).first()
    place = {"comment_form": form, "comment_section": section, "comment_passage": passage}
    if not form.is_valid():
        return _page(request, assignment, status=422, **place)
    try:
        comment = reviewing.add_comment(
            newest,
            section,
            passage=passage,
            quote=form.cleaned_data["quote"],
            text=form.cleaned_data["text"],
            needs_answer=form.cleaned_data["needs_answer"],
            actor=request.user,  # type: ignore[arg-type]
            now=timezone.now(),
        )
    except Refused as refused:
        form.add_error("text", str(refused))
        fresh = assignment_at_office(request.standing, code, unit_code)  # type: ignore[attr-defined]
        return _page(request, fresh, status=409, **place)
    return _back(assignment, f"#y-kien-{comment.pk}")


@require_POST
def comment_remove(request: HttpRequest, code: str, unit_code: str, comment_pk: int) -> HttpResponse:
    """Take back a remark that the unit has not seen."""
    assignment = assignment_at_office(request.standing, code, unit_code)  # type: ignore[attr-defined]
    comment = get_object_or_404(Comment, pk=comment_pk, submission__assignment=assignment)
    done(request, lambda: reviewing.remove_comment(comment, **by(request)), "Đã bỏ ý kiến.")
    return _back(assignment)


@require_POST
def decide(request: HttpRequest, code: str, unit_code: str) -> HttpResponse:
    """Accept the newest submission, or return it with its comments and a date."""
    assignment = assignment_at_office(request.standing, code, unit_code)  # type: ignore[attr-defined]
    comments = Comment.objects.filter(submission__assignment=assignment, sent_at=None)
    form = DecisionForm(request.POST, prefix="d", has_comments=comments.exists())
    if not form.is_valid():
        return _page(request, assignment, status=422, decision_form=form)
    now = timezone.now()
    try:
        if form.cleaned_data["decision"] == "accept":
            reviewing.accept(
                assignment,
                actor=request.user,  # type: ignore[arg-type]
                now=now,
                note=form.cleaned_data["note"],
                seen=form.cleaned_data["seen"],
            )
            messages.success(request, f"Đã tiếp nhận báo cáo của {assignment.unit_name}.")
        else:
            reviewing.return_to_unit(
                assignment,
                until=form.date_to_keep,
                note=form.cleaned_data["note"],
                actor=request.user,  # type: ignore[arg-type]
                now=now,
                seen=form.cleaned_data["seen"],
            )
            messages.success(request, f"Đã trả lại báo cáo cho {assignment.unit_name}; đơn vị nhận thư ngay.")
    except Refused as refused:
        form.add_error(None, str(refused))
        fresh = assignment_at_office(request.standing, code, unit_code)  # type: ignore[attr-defined]
        return _page(request, fresh, status=409, decision_form=form)
    return _next(assignment)


def _next(assignment: Assignment) -> HttpResponseRedirect:
    """On to the next report that waits, or to the empty queue."""
    following = (
        Assignment.objects.filter(round=assignment.round, state=State.SUBMITTED)
        .order_by("last_submitted_at", "pk")
        .values_list("unit__code", flat=True)
        .first()
    )
    if following:
        return redirect("reporting:review", assignment.round.code, following)
    return redirect("reporting:queue", assignment.round.code)


def _decision(
    key: str,
    form_class: type[ReasonForm],
    verb: Callable[[Assignment, Any, dict[str, Any]], object],
    said: str,
) -> Callable[..., HttpResponse]:
    """A view that takes the small form `key` and carries `verb(assignment, form, who and when)` out.

    What is wrong or refused stands on the page again, with what was typed; `said` may name the {unit}.
    """

    @require_POST
    def view(request: HttpRequest, code: str, unit_code: str) -> HttpResponse:
        assignment = assignment_at_office(request.standing, code, unit_code)  # type: ignore[attr-defined]
        form = form_class(request.POST, prefix=PREFIXES[key])
        if not form.is_valid():
            return _page(request, assignment, status=422, **{key: form})
        try:
            verb(assignment, form, by(request))
        except Refused as refused:
            fresh = assignment_at_office(request.standing, code, unit_code)  # type: ignore[attr-defined]
            return _page(request, fresh, status=409, refusal=str(refused), **{key: form})
        messages.success(request, said.format(unit=assignment.unit_name))
        return _back(assignment)

    return view


def _reasoned(verb: Callable[..., object], name: str = "reason") -> Callable[..., object]:
    return lambda assignment, form, who: verb(assignment, **{name: form.cleaned_data["reason"]}, **who)


reopen = _decision(
    "reopen_form",
    ReasonForm,
    _reasoned(reviewing.reopen, "note"),
    "Đã mở lại; báo cáo trở về hàng chờ xem.",
)
extend = _decision(
    "extension_form",
    ExtensionForm,
    lambda assignment, form, who: reviewing.extend(
        assignment,
        until=form.date_to_keep,
        reason=form.cleaned_data["reason"],
        decision_number=form.cleaned_data["decision_number"],
        counts_on_time=form.cleaned_data["counts_on_time"],
        request=form.cleaned_data["request"],
        **who,
    ),
    "Đã gia hạn cho {unit}; đơn vị nhận thư ngay.",
)
move_date = _decision(
    "move_form",
    NewDateForm,
    lambda assignment, form, who: reviewing.move_return_date(
        assignment,
        until=form.date_to_keep,
        reason=form.cleaned_data["reason"],
        seen=form.cleaned_data["seen"],
        request=form.cleaned_data["request"],
        **who,
    ),
    "Đã dời hạn bổ sung của {unit}; đơn vị nhận thư ngay.",
)
decline = _decision(
    "decline_form",
    DeclineForm,
    lambda assignment, form, who: extension_requests.decline(
        get_object_or_404(
            ExtensionRequest.objects.select_related("assignment__round", "assignment__unit"),
            assignment=assignment,
            pk=form.cleaned_data["request"],
        ),
        reason=form.cleaned_data["reason"],
        **who,
    ),
    "Đã trả lời không gia hạn cho {unit}; đơn vị nhận thư ngay.",
)
waive = _decision("waive_form", ReasonForm, _reasoned(reviewing.waive), "Đã miễn nộp cho {unit}.")
unwaive = _decision(
    "unwaive_form",
    ReasonForm,
    _reasoned(reviewing.unwaive),
    "Đã bỏ miễn nộp; {unit} phải nộp báo cáo của đợt này.",
)
