"""The outbox: one row is one message to one person through one channel, and its whole history."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from reporting.ladder import SIDES
from reporting.models.assignment import Assignment, Event
from reporting.models.round import Deadline, Round
from reporting.states import NOTICE_CHOICES, NoticeState

MAIL_DOMAIN = "cong-chi-dao-bao-cao"
"""What stands after the @ of our Message-IDs."""


class Channel(models.TextChoices):
    EMAIL = "email", "Thư điện tử"
    IN_APP = "in_app", "Thông báo trong cổng"


NEW_DATE = "new_date"
"""Rule of the word that a date has changed; its row has the new deadline."""
_LADDERS = tuple(f"{side}-" for side in SIDES)
"""How the rules of reminders begin: steps before and after a date, of what waits for a leader or the office."""


class NoticeQuerySet(models.QuerySet["Notice"]):
    def reminders(self) -> NoticeQuerySet:
        return self.filter(of_a_ladder())

    def grouped(self) -> NoticeQuerySet:
        """Rows that share the person's mail of the day."""
        return self.filter(of_a_ladder() | Q(daily=True))


def of_a_ladder() -> Q:
    """The condition that a row is a step of a ladder, not word of something that happened."""
    found = Q()
    for beginning in _LADDERS:
        found |= Q(rule__startswith=beginning)
    return found


class Notice(models.Model):
    """A reminder (a step of a ladder) or word of something that happened. The row is the truth:

    planned by the tick or in the transaction of the event, claimed by conditional update, sent once. It
    speaks of a deadline or of an event: reminders of what waits have the event since which it waits.

    Rows of one person that are claimed together and may share a mail (`daily`, and every reminder) go out as
    one: `head` is the first of them, itself included, and is never changed once somebody tried to send it.
    The Message-ID is made of the head's id, so that a repeat can be told from a second mail.
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
    head = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="in_one_mail"
    )
    daily = models.BooleanField("đi trong thư gộp của ngày", default=False)
    copy = models.PositiveSmallIntegerField("lần gửi lại", default=0)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "nhắc việc, thông báo"
        ordering = ["-due_at", "-id"]
        indexes = [
            models.Index(fields=["state", "next_attempt_at"], name="notice_to_send"),
            models.Index(fields=["recipient", "channel", "read_at"], name="notice_bell"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["deadline", "assignment", "rule", "recipient", "channel", "copy"],
                condition=Q(deadline__isnull=False, assignment__isnull=False),
                name="reminder_of_an_assignment_once",
            ),
            models.UniqueConstraint(
                fields=["deadline", "rule", "recipient", "channel", "copy"],
                condition=Q(deadline__isnull=False, assignment__isnull=True),
                name="reminder_of_a_round_once",
            ),
            models.UniqueConstraint(
                fields=["event", "rule", "recipient", "channel", "copy"],
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
    def is_reminder(self) -> bool:
        return self.rule.startswith(_LADDERS)

    @property
    def message_id(self) -> str:
        """Of the mail the row goes out with; the same at every attempt."""
        return f"<notice-{self.head_id or self.pk}@{MAIL_DOMAIN}>"
