"""Files that go with a report."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from reporting.access import assignment_of_unit
from reporting.attaching import add_attachment, may_download, remove_attachment
from reporting.lifecycle import Refused
from reporting.models import Assignment, Attachment, Section
from reporting.views.drafts import page_of
from units import uploads
from units.text import nfc


@require_POST
def attachment_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a file to the whole report (the signed copy), or to the section that `section` names."""
    now = timezone.now()
    assignment, context = page_of(request, pk, now)
    section = _section(assignment, nfc(request.POST.get("section", "")))
    upload = request.FILES.get("file")
    error = "Hãy chọn một tệp rồi bấm Tải lên."
    if upload is not None:
        try:
            row = add_attachment(assignment, upload, section=section, actor=request.user, now=now)  # type: ignore[arg-type]
        except (uploads.UploadRefused, Refused) as refused:
            error = str(refused)
        else:
            messages.success(request, f"Đã thêm tệp {row.name}.")
            return redirect(_back(assignment, section))
    return render(
        request,
        "reporting/attachment_add.html",
        context
        | {"error": error, "section": section, "upload_how": uploads.HOW, "back": _back(assignment, section)},
        status=422,
    )


def _section(assignment: Assignment, key: str) -> Section | None:
    if not key:
        return None
    return get_object_or_404(Section, round_id=assignment.round_id, key=key, is_heading=False)


def _back(assignment: Assignment, section: Section | None) -> str:
    if section is None:
        return reverse("reporting:assignment", args=[assignment.pk]) + "#tep"
    return reverse("reporting:section", args=[assignment.pk, section.key]) + "#tep"


@require_safe
def attachment(request: HttpRequest, pk: int, file_pk: int) -> HttpResponseBase:
    """The file, to its unit; to the office and to the unit's successor once it was sent."""
    standing = request.standing  # type: ignore[attr-defined]
    visible = Q(assignment__in=Assignment.objects.visible_to(standing))
    inherited = Q(assignment__in=Assignment.objects.inherited_by(standing))
    found = Attachment.objects.filter(visible | inherited, assignment__pk=pk).select_related("assignment")
    row = get_object_or_404(found, pk=file_pk)
    if not may_download(row, standing):
        raise Http404
    return uploads.serve(row.path, name=row.name, content_type=row.content_type)


@require_POST
def attachment_remove(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """Take a file out of the draft."""
    assignment = assignment_of_unit(request.standing, pk)  # type: ignore[attr-defined]
    found = Attachment.objects.filter(assignment=assignment, removed_at=None)
    row = get_object_or_404(found.select_related("assignment__round", "section"), pk=file_pk)
    try:
        remove_attachment(row, actor=request.user, now=timezone.now())  # type: ignore[arg-type]
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"Đã bỏ tệp {row.name}.")
    return redirect(_back(assignment, row.section))
