"""Handing over, sending back, sending: one verb each."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from reporting import rendering, submitting, tasks
from reporting.access import assignment_of_unit
from reporting.lifecycle import Refused
from reporting.views.checking import keep_reasons, show_check
from units.text import row_number


@require_POST
def request_approval(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the reasons typed beside the warnings, then hand the draft to the approver."""
    assignment = assignment_of_unit(request.standing, pk)  # type: ignore[attr-defined]
    if not keep_reasons(request, assignment):
        return show_check(request, pk, status=409)
    try:
        submitting.request_approval(
            assignment,
            actor=request.user,  # type: ignore[arg-type]
            now=timezone.now(),
            note=request.POST.get("note", ""),
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("reporting:check", pk)
    messages.success(request, "Đã trình lãnh đạo duyệt. Lãnh đạo được báo trong cổng và bằng thư điện tử.")
    return redirect("reporting:assignment", pk)


@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The approver hands the draft back with a note."""
    assignment = assignment_of_unit(request.standing, pk)  # type: ignore[attr-defined]
    try:
        submitting.send_back(
            assignment,
            actor=request.user,  # type: ignore[arg-type]
            now=timezone.now(),
            note=request.POST.get("note", ""),
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return show_check(request, pk, status=409)
    messages.success(request, "Đã chuyển lại người soạn kèm lời nhắn.")
    return redirect("reporting:assignment", pk)


@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve and send the draft that was read; the answer is the receipt."""
    assignment = assignment_of_unit(request.standing, pk)  # type: ignore[attr-defined]
    try:
        submission = submitting.submit(
            assignment,
            actor=request.user,  # type: ignore[arg-type]
            now=timezone.now(),
            seen=row_number(request.POST.get("seen", "")),
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("reporting:check", pk)
    # After the report is safely in: whatever happens to its print, the receipt page offers it again.
    rendering.request_submission_print(submission, actor=request.user, now=timezone.now())  # type: ignore[arg-type]
    transaction.on_commit(tasks.wake_printer)
    messages.success(request, f"Đã nộp báo cáo. Mã phiếu {submission.code}.")
    return redirect("reporting:receipt", submission.code)
