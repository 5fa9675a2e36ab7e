"""What was sent, exactly as it was sent, and what the office said about it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from reporting.models.assignment import Assignment, AssignmentQuerySet
from reporting.models.round import Indicator, Section
from units.access import Standing


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def visible_to(self, standing: Standing) -> SubmissionQuerySet:
        """Of the own units and their predecessors, and of rounds the own office owns."""
        assignments = AssignmentQuerySet(Assignment)
        return self.filter(
            Q(assignment__in=assignments.visible_to(standing))
            | Q(assignment__in=assignments.inherited_by(standing))
        )

    def of_units(self, standing: Standing) -> SubmissionQuerySet:
        """Of the person's own units and of those whose duties they took over."""
        assignments = AssignmentQuerySet(Assignment)
        return self.filter(
            Q(assignment__in=assignments.of_units(standing))
            | Q(assignment__in=assignments.inherited_by(standing))
        )


class Submission(models.Model):
    """Immutable: canonical JSON text, the hash of those bytes, names as they were, who sent it for whom."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField("lần nộp")
    code = models.CharField("mã phiếu", max_length=20, unique=True)
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    unit_name = models.CharField(max_length=255)
    group_name = models.CharField(max_length=160)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    authority = models.CharField(max_length=4, blank=True)
    submitted_at = models.DateTimeField()

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = "bản nộp"
        ordering = ["submitted_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "number"], name="submission_number_once")
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("reporting:receipt", args=[self.code])


class Passage(models.Model):
    """A paragraph of a submission; the ministry's text names its sources by these rows."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="passages")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    html = models.TextField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64, db_index=True)
    search_text = models.TextField(default="")
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "đoạn"
        ordering = ["submission_id", "section_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "section", "position"], name="passage_place_once")
        ]

    def __str__(self) -> str:
        return self.text[:80]


class SubmittedFigure(models.Model):
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="figures")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField()

    class Meta:
        ordering = ["indicator__position"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "indicator"], name="submitted_figure_once")
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.amount}"


class Comment(models.Model):
    """A remark of the office on a place of a submission; `sent_at` is empty until the report is returned."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="comments")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+")
    passage = models.ForeignKey(
        Passage, on_delete=models.SET_NULL, null=True, blank=True, related_name="comments"
    )
    quote = models.CharField("chỗ được góp ý", max_length=400, blank=True)
    text = models.TextField("ý kiến")
    needs_answer = models.BooleanField("cần trả lời", default=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    reply = models.TextField("trả lời", blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    replied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "ý kiến"
        ordering = ["section__position", "id"]
        constraints = [
            models.CheckConstraint(
                name="reply_has_its_time", condition=Q(reply="") | Q(replied_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]
