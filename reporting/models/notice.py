"""The outbox: one row is one message to one person through one channel, and its whole history."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from reporting.models.assignment import Assignment, Event
from reporting.models.round import Deadline, Round
from reporting.states import NOTICE_CHOICES, NoticeState


class Channel(models.TextChoices):
    EMAIL = "email", "Thư điện tử"
    IN_APP = "in_app", "Thông báo trong cổng"


class Notice(models.Model):
    """A reminder (it has a deadline) or word of an event (it has an event). The row is the truth:

    planned by the tick or in the transaction of the event, claimed by conditional update, sent once;
    the Message-ID of its mail is made of the row's id, so that a repeat can be told from a second mail.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="notices")
    assignment = models.ForeignKey(
        Assignment, on_delete=models.CASCADE, null=True, blank=True, related_name="notices"
    )
    deadline = models.ForeignKey(
        Deadline, on_delete=models.CASCADE, null=True, blank=True, related_name="notices"
    )
    event = models.ForeignKey(Event, on_delete=models.CASCADE, null=True, blank=True, related_name="notices")
    rule = models.CharField("quy tắc", max_length=30)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    address = models.CharField("địa chỉ", max_length=254, blank=True)
    channel = models.CharField("gửi bằng", max_length=6, choices=Channel.choices)
    subject = models.CharField("tiêu đề", max_length=255, blank=True)
    due_at = models.DateTimeField("phải gửi lúc")
    state = models.CharField(max_length=8, choices=NOTICE_CHOICES, default=NoticeState.PLANNED)
    reason = models.CharField("vì sao", max_length=200, blank=True)
    created_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    claim = models.CharField(max_length=32, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "nhắc việc, thông báo"
        ordering = ["-due_at", "-id"]
        indexes = [
            models.Index(fields=["state", "next_attempt_at"], name="notice_to_send"),
            models.Index(fields=["recipient", "channel", "read_at"], name="notice_bell"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["deadline", "assignment", "rule", "recipient", "channel"],
                condition=Q(deadline__isnull=False, assignment__isnull=False),
                name="reminder_of_an_assignment_once",
            ),
            models.UniqueConstraint(
                fields=["deadline", "rule", "recipient", "channel"],
                condition=Q(deadline__isnull=False, assignment__isnull=True),
                name="reminder_of_a_round_once",
            ),
            models.UniqueConstraint(
                fields=["event", "rule", "recipient", "channel"],
                condition=Q(event__isnull=False),
                name="word_of_an_event_once",
            ),
            models.CheckConstraint(
                name="notice_has_one_cause",
                condition=Q(deadline__isnull=False, event__isnull=True)
                | Q(deadline__isnull=True, event__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} → {self.recipient}"

    @property
    def message_id(self) -> str:
        return f"<notice-{self.pk}@cong-chi-dao-bao-cao>"
