"""The receipt of a submission: permanent, with exactly what was sent."""

from __future__ import annotations

import json
import logging
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reporting import rendering
from reporting.access import submission_for
from reporting.bench import used_passages
from reporting.documents.pdf import RenderFailed
from reporting.models import Attachment, Source, Submission
from reporting.rendering import FROZEN
from reporting.submission_paper import warned
from reporting.submitting import is_intact
from reporting.timeliness import judgement
from units import uploads
from units.calendar import working_calendar
from units.workdays import weekday_vi

log = logging.getLogger(__name__)


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
        "of_unit": of_unit,
        "later": assignment.submissions.filter(number__gt=submission.number).order_by("-number").first(),
        "accepted": assignment.accepted_submission_id == submission.pk,
        "attachments": _sent_files(submission, content),
        "used": _used(submission),
        "warnings": [(warned(row["check"], content), row["reason"]) for row in content["warnings"]],
    }


def _last_working(due_at: str) -> str:
    """ "thứ Sáu 17/10": the last working day before the (exclusive) instant that the record holds."""
    last_moment = timezone.localtime(datetime.fromisoformat(due_at)) - timedelta(microseconds=1)
    day = working_calendar().last_working_on_or_before(last_moment.date())
    return f"{weekday_vi(day)} {day:%d/%m}"


def _sent_files(submission: Submission, content: dict[str, Any]) -> list[dict[str, Any]]:
    """The files as the record names them, each with the row it can be fetched by."""
    rows = {row.sha256: row for row in Attachment.objects.filter(assignment=submission.assignment)}
    return [entry | {"row": rows.get(entry["sha256"])} for entry in content["attachments"]]


def _used(submission: Submission) -> list[Source]:
    """Passages that stand in the ministry's report, once it is issued: a draft of it is the office's own."""
    return [row for row in used_passages(submission) if row.paragraph.report.state in FROZEN]


@require_safe
def submission_pdf(request: HttpRequest, code: str) -> HttpResponseBase:
    """The PDF of exactly what was sent; when it cannot be made just now, a page that says so."""
    submission = submission_for(request.standing, code)  # type: ignore[attr-defined]
    try:
        kept = rendering.submission_pdf(submission, now=timezone.now())
    except (RenderFailed, OSError):
        log.exception("the PDF of submission %s could not be made", submission.code)
        return render(request, "reporting/receipt_unprinted.html", {"submission": submission}, status=503)
    return uploads.serve(kept.path, name=kept.name, content_type=rendering.content_type(kept))
