"""The ministry's consolidated report, its paragraphs and where each came from."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from reporting.models.letter import UrgingLetter
from reporting.models.round import Round, Section
from reporting.models.submission import Passage, Submission
from reporting.states import REPORT_CHOICES, ReportState


class Report(models.Model):
    """One report of a round. What was issued never changes: a correction is a new row, `corrects` the old."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="reports")
    number = models.PositiveSmallIntegerField("lần", default=1)
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    state = models.CharField(max_length=14, choices=REPORT_CHOICES, default=ReportState.DRAFTING)
    title = models.CharField("trích yếu", max_length=300)
    addressee = models.CharField("kính gửi", max_length=200)
    opening = models.TextField("đoạn mở đầu")
    closing = models.TextField("đoạn kết")
    recipients = models.TextField("nơi nhận", help_text="Mỗi dòng một nơi.")
    place = models.CharField("địa danh", max_length=60, default="Hà Nội")
    authority = models.CharField("quyền hạn ký", max_length=60, default="KT. BỘ TRƯỞNG")
    post = models.CharField("chức vụ người ký", max_length=60, default="THỨ TRƯỞNG")
    signer_name = models.CharField("người ký", max_length=120, blank=True)
    signed_on = models.DateField("ngày ký", null=True, blank=True)
    signature_entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    issue_number = models.PositiveIntegerField("số", null=True, blank=True)
    symbol = models.CharField("ký hiệu", max_length=40, default="BC-BYT")
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    as_of = models.DateTimeField("số liệu đến", null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "báo cáo của Bộ"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="report_number_once_a_round"),
            models.CheckConstraint(
                name="issued_report_has_number_and_date",
                condition=~Q(state__in=["issued", "corrected"])
                | (Q(issue_number__isnull=False) & Q(issued_on__isnull=False) & ~Q(signer_name="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def code(self) -> str:
        """ "214/BC-BYT"; the number stays blank until the registry gives it."""
        return f"{self.issue_number:02d}/{self.symbol}" if self.issue_number else f"/{self.symbol}"


class Paragraph(models.Model):
    """A paragraph of the ministry's text. `version` as for answers: a stale save is a conflict."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="paragraphs")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    text = models.TextField("nội dung")
    own_words = models.BooleanField("Văn phòng Bộ tự viết", default=False)
    from_figures = models.BooleanField("viết từ số liệu tổng hợp", default=False)
    version = models.PositiveIntegerField(default=1)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    updated_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "đoạn của Bộ"
        ordering = ["section__position", "position", "id"]

    def __str__(self) -> str:
        return self.text[:80]


class Source(models.Model):
    """`paragraph` uses `passage`, whose text was `quoted` when it was taken."""

    paragraph = models.ForeignKey(Paragraph, on_delete=models.CASCADE, related_name="sources")
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="uses")
    quoted = models.TextField()

    class Meta:
        verbose_name = "nguồn"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["paragraph", "passage"], name="source_once_a_paragraph")
        ]

    def __str__(self) -> str:
        return f"{self.paragraph_id} ← {self.passage_id}"


class ReportEvent(models.Model):
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="events")
    action = models.CharField(max_length=20)
    from_state = models.CharField(max_length=14)
    to_state = models.CharField(max_length=14)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.report}: {self.action}"


class StoredFile(models.Model):
    """A rendered artefact: written once under a random name, never rewritten; a new rendering is a new row."""

    class Kind(models.TextChoices):
        SUBMISSION_PDF = "submission_pdf", "Bản nộp (PDF)"
        REPORT_PDF = "report_pdf", "Báo cáo (PDF)"
        REPORT_DOCX = "report_docx", "Báo cáo (Word)"
        MANIFEST = "manifest", "Bảng kê nguồn (JSON)"
        LETTER_PDF = "letter_pdf", "Công văn (PDF)"
        LETTER_DOCX = "letter_docx", "Công văn (Word)"
        LETTER_SCAN = "letter_scan", "Bản ký, đóng dấu"

    kind = models.CharField(max_length=14, choices=Kind.choices)
    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, null=True, blank=True, related_name="stored_files"
    )
    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, null=True, blank=True, related_name="stored_files"
    )
    letter = models.ForeignKey(
        UrgingLetter, on_delete=models.PROTECT, null=True, blank=True, related_name="stored_files"
    )
    name = models.CharField(max_length=200)
    path = models.CharField(max_length=200, unique=True)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveIntegerField(default=0)
    frozen = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="stored_file_belongs_to_one_thing",
                condition=Q(submission__isnull=False, report__isnull=True, letter__isnull=True)
                | Q(submission__isnull=True, report__isnull=False, letter__isnull=True)
                | Q(submission__isnull=True, report__isnull=True, letter__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["submission"], condition=Q(submission__isnull=False), name="submission_pdf_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RenderJob(models.Model):
    """Asks the worker for a print, of the report as of now or of a submission as it was sent.

    The row is the truth, the broker only wakes. `attempts` counts claims and so names the one that holds it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Chờ dựng"
        RUNNING = "running", "Đang dựng"
        DONE = "done", "Đã xong"
        FAILED = "failed", "Không dựng được"

    report = models.ForeignKey(
        Report, on_delete=models.CASCADE, null=True, blank=True, related_name="render_jobs"
    )
    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, null=True, blank=True, related_name="render_jobs"
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    progress = models.PositiveSmallIntegerField(default=0)
    message = models.CharField(max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="render_job_prints_one_thing",
                condition=Q(submission__isnull=False, report__isnull=True)
                | Q(submission__isnull=True, report__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["submission"],
                condition=Q(submission__isnull=False, state__in=["waiting", "running"]),
                name="submission_is_printed_by_one_job",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report or self.submission}: {self.state}"
