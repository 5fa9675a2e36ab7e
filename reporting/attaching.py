"""Files that go with a report: added and taken away while it is being written, kept once it was sent."""

from __future__ import annotations

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from reporting.drafting import require_editable
from reporting.lifecycle import Refused
from reporting.models import Assignment, Attachment, Section, Submission
from units import uploads
from units.access import Standing
from units.models import User

MOST_FILES = 30


def add_attachment(
    assignment: Assignment, upload: UploadedFile, *, section: Section | None, actor: User, now: datetime
) -> Attachment:
    """Check the file, keep it and put it to the report. Raises `uploads.UploadRefused` or `Refused`."""
    checked = uploads.check(upload)  # may take seconds; nobody should wait for the database meanwhile
    with uploads.rows_and_files() as paths:
        require_editable(assignment, actor=actor, now=now)
        if assignment.attachments.filter(removed_at=None).count() >= MOST_FILES:
            raise Refused(f"Báo cáo đã có {MOST_FILES} tệp. Hãy bỏ bớt hoặc gộp tệp trước khi thêm.")
        stored = uploads.keep(checked, folder=f"attachments/{assignment.round.code}")
        paths.append(stored.path)
        return Attachment.objects.create(
            assignment=assignment,
            section=section,
            name=stored.name,
            path=stored.path,
            content_type=stored.content_type,
            size=stored.size,
            sha256=stored.sha256,
            uploaded_by=actor,
            uploaded_at=now,
        )


def remove_attachment(attachment: Attachment, *, actor: User, now: datetime) -> None:
    """Take the file out of the draft; what was sent with it before keeps it. Raises `Refused`."""
    with transaction.atomic():
        require_editable(attachment.assignment, actor=actor, now=now)
        Attachment.objects.filter(pk=attachment.pk, removed_at=None).update(removed_at=now)


def may_download(attachment: Attachment, standing: Standing) -> bool:
    """The unit sees its draft's files and those it sent; office and successors only those that were sent."""
    if attachment.removed_at is None and attachment.assignment.unit_id in standing.unit_ids:
        return True
    sent = Submission.objects.filter(
        assignment_id=attachment.assignment_id, content__contains=f'"sha256":"{attachment.sha256}"'
    )
    return sent.exists()
