"""The receipt of a submission: permanent, with exactly what was sent."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from reporting import rendering, tasks
from reporting.access import submission_for
from reporting.bench import used_passages
from reporting.models import Attachment, Source, Submission
from reporting.rendering import FROZEN
from reporting.submission_paper import extension_terms, warned
from reporting.submitting import is_intact
from reporting.timeliness import judgement
from units import uploads
from units.calendar import working_calendar
from units.workdays import weekday_vi

SLOW_AFTER = timedelta(minutes=3)
"""A print of one unit's report takes seconds; longer means that no worker is there or all are busy."""


@require_safe
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """Code, time, hash, who and for whom, how it counts, what comes next, and the whole content."""
    submission = submission_for(request.standing, code)  # type: ignore[attr-defined]
    return render(request, "reporting/receipt.html", _facts(request, submission))


def _facts(request: HttpRequest, submission: Submission) -> dict[str, Any]:
    assignment = submission.assignment
    content = json.loads(submission.content)
    of_unit = assignment.unit_id in request.standing.unit_ids  # type: ignore[attr-defined]
    return {
        "submission": submission,
        "assignment": assignment,
        "content": content,
        "intact": is_intact(submission),
        "judgement": judgement(assignment),
        "last_working": _last_working(content["deadline"]["due_at"]),
        "extension": _extension(content),
        "of_unit": of_unit,
        "at_office": assignment.round.owner_id in request.standing.office_ids,  # type: ignore[attr-defined]
        "later": assignment.submissions.filter(number__gt=submission.number).order_by("-number").first(),
        "accepted": assignment.accepted_submission_id == submission.pk,
        "attachments": _sent_files(submission, content),
        "used": _used(submission),
        **_print_state(submission),
        "warnings": [(warned(row["check"], content), row["reason"]) for row in content["warnings"]],
    }


def _last_working(due_at: str) -> str:
    """ "thứ Sáu 17/10": the last working day before the (exclusive) instant that the record holds."""
    last_moment = timezone.localtime(datetime.fromisoformat(due_at)) - timedelta(microseconds=1)
    day = working_calendar().last_working_on_or_before(last_moment.date())
    return f"{weekday_vi(day)} {day:%d/%m}"


def _extension(content: dict[str, Any]) -> dict[str, str] | None:
    """The extension of the record in words; None where it names none."""
    extension = content.get("extension")
    if not extension:
        return None
    return {
        "phrase": extension["phrase"],
        "last_working": _last_working(extension["due_at"]),
        "terms": extension_terms(extension),
    }


def _sent_files(submission: Submission, content: dict[str, Any]) -> list[dict[str, Any]]:
    """The files as the record names them, each with the row it can be fetched by."""
    rows = {row.sha256: row for row in Attachment.objects.filter(assignment=submission.assignment)}
    return [entry | {"row": rows.get(entry["sha256"])} for entry in content["attachments"]]


def _used(submission: Submission) -> list[Source]:
    """Passages that stand in the ministry's report, once it is issued: a draft of it is the office's own."""
    return [row for row in used_passages(submission) if row.paragraph.report.state in FROZEN]


@require_safe
def submission_pdf(request: HttpRequest, code: str) -> HttpResponseBase:
    """The PDF of exactly what was sent; until it is printed, the page that waits for it."""
    submission = submission_for(request.standing, code)  # type: ignore[attr-defined]
    kept = rendering.printed_submission(submission)
    if kept is None:
        return redirect("reporting:submission_print", code)
    return uploads.serve(kept.path, name=kept.name, content_type=rendering.content_type(kept))


@require_safe
def submission_print(request: HttpRequest, code: str) -> HttpResponse:
    """Whether the PDF is there; the page renews itself while a job is at it."""
    submission = submission_for(request.standing, code)  # type: ignore[attr-defined]
    state = _print_state(submission)
    name = "reporting/_receipt_print.html" if request.htmx else "reporting/receipt_print.html"  # type: ignore[attr-defined]
    return render(request, name, {"submission": submission, **state})


def _print_state(submission: Submission) -> dict[str, Any]:
    """The stored file, or the job that waits or failed; `slow` when no worker took it for a while."""
    file = rendering.printed_submission(submission)
    job = submission.render_jobs.first() if file is None else None
    going = job is not None and job.state in rendering.UNDER_WAY
    slow = job is not None and going and timezone.now() - job.requested_at > SLOW_AFTER
    return {"file": file, "job": job, "going": going, "slow": slow}


@require_POST
def submission_print_request(request: HttpRequest, code: str) -> HttpResponse:
    """Have what was sent printed, first or after a failure."""
    submission = submission_for(request.standing, code)  # type: ignore[attr-defined]
    rendering.request_submission_print(submission, actor=request.user, now=timezone.now())  # type: ignore[arg-type]
    transaction.on_commit(tasks.wake_printer)
    return redirect("reporting:submission_print", code)
