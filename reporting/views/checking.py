"""Check answers: everything on one page before it is sent, and reasons for the warnings."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from reporting import changes, summary_cards, tasklist
from reporting.access import assignment_of_unit
from reporting.checks import Draft, find, read_draft
from reporting.checks.findings import Level
from reporting.drafting import give_reasons
from reporting.lifecycle import Refused, available_actions
from reporting.models import Assignment
from reporting.states import ASIDE, WITH_UNIT, Action, State
from reporting.submitting import handed_over, section_content
from reporting.views.drafts import page_of


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """The page before sending, the same for writer and approver; a post keeps the reasons."""
    if request.method == "POST":
        assignment = assignment_of_unit(request.standing, pk)  # type: ignore[attr-defined]
        if not keep_reasons(request, assignment):
            return show_check(request, pk, status=409)
        messages.success(request, "Đã lưu lý do.")
        return redirect("reporting:check", pk)
    return show_check(request, pk)


def show_check(request: HttpRequest, pk: int, *, status: int = 200) -> HttpResponse:
    """The page itself; after a refusal with the reasons as they were typed."""
    now = timezone.now()
    assignment, context = page_of(request, pk, now)
    draft = read_draft(assignment)
    typed = [name for name in request.POST if name.startswith("reason:")]
    draft.reasons.update((name.removeprefix("reason:"), request.POST[name]) for name in typed)
    summary = summary_cards.summarise(draft)
    changed = _changes(assignment, draft)
    note = request.POST.get("note", "").strip()
    offered = available_actions(assignment, request.user, now)  # type: ignore[arg-type]
    actions = [found for found in offered if found.action not in ASIDE]
    may_send_back = any(found.action == Action.SEND_BACK for found in actions)
    return render(
        request,
        "reporting/assignment_check.html",
        context
        | {
            "summary": summary,
            "problems": [_problem(assignment, finding) for finding in summary.errors],
            "steps": tasklist.steps(assignment.state, checking=True),
            "actions": actions,
            "note": note,
            "texts": [note] if note and not may_send_back else [],
            "if_sent": summary_cards.if_sent_now(assignment, now) if assignment.state in WITH_UNIT else None,
            "approvers": summary_cards.approvers_of(assignment.unit, now),
            "changes": changed,
            "files": assignment.attachments.filter(removed_at=None).select_related("section"),
            "handed_over": handed_over(assignment) if assignment.state == State.AWAITING_APPROVAL else None,
            "any_change": any(row.changed for row in changed or []),
            "newest": assignment.submissions.order_by("-number").first(),
            "last_year": assignment.round.year - 1,
            "replies": [c for c in tasklist.comments_for_unit(assignment) if c.reply],
        },
        status=status,
    )


def _problem(assignment: Assignment, finding: Any) -> dict[str, str]:
    return {
        "text": f"Mục {finding.section.number}: {finding.message}",
        "url": reverse("reporting:section", args=[assignment.pk, finding.section.key]),
        "fix": finding.cure,
    }


def _changes(assignment: Assignment, draft: Draft) -> list[changes.SectionChange] | None:
    """What the draft says otherwise than the newest submission; None before the first, or once sent."""
    newest = assignment.submissions.order_by("-number").first()
    if newest is None or assignment.state not in WITH_UNIT:
        return None
    now = [section_content(draft, section) for section in draft.sections]
    return changes.section_changes(json.loads(newest.content)["sections"], now)


def keep_reasons(request: HttpRequest, assignment: Assignment) -> bool:
    """Store the reasons that came with the post, of warnings that are really there; say why when refused."""
    draft = read_draft(assignment)
    codes = {f.code for f in find(draft) if f.level == Level.WARNING}
    given = {
        code: request.POST[f"reason:{code}"]
        for code in codes
        if f"reason:{code}" in request.POST and request.POST[f"reason:{code}"] != draft.reasons.get(code, "")
    }
    if not given:
        return True
    try:
        give_reasons(assignment, given, actor=request.user, now=timezone.now())  # type: ignore[arg-type]
    except Refused as refused:
        messages.error(request, str(refused))
        return False
    return True
