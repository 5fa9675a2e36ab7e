"""A unit asks for more time; the office answers with a date or with a reason why not."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from reporting.models.assignment import Assignment
from reporting.models.round import Deadline


class ExtensionRequest(models.Model):
    """One request of a unit, and what became of it; a unit has one open at a time.

    `granted` is the version of the date that answered it: of an extension, or of a return for a report that
    had been sent. It need not be the day that was asked for.
    """

    class Outcome(models.TextChoices):
        OPEN = "open", "Chờ trả lời"
        GRANTED = "granted", "Đã gia hạn"
        DECLINED = "declined", "Không gia hạn"
        WITHDRAWN = "withdrawn", "Đơn vị đã rút"
        LAPSED = "lapsed", "Không còn cần"

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="extension_requests")
    until = models.DateField("xin gia hạn đến hết ngày")
    reason = models.TextField("lý do")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    outcome = models.CharField("kết quả", max_length=9, choices=Outcome.choices, default=Outcome.OPEN)
    answer = models.TextField("trả lời", blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    granted = models.OneToOneField(
        Deadline, on_delete=models.PROTECT, null=True, blank=True, related_name="extension_request"
    )

    class Meta:
        verbose_name = "đề nghị gia hạn"
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"], condition=Q(outcome="open"), name="one_open_extension_request"
            ),
            models.CheckConstraint(
                name="answered_extension_request_says_when",
                condition=Q(outcome="open", answered_at__isnull=True)
                | (~Q(outcome="open") & Q(answered_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment}: {self.until:%d/%m/%Y}"

    @property
    def is_open(self) -> bool:
        return self.outcome == self.Outcome.OPEN
