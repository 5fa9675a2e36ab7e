"""What is reminded of in a round, when and whom, and when a unit was left in peace."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from reporting.ladder import KIND_CHOICES, LONGEST, SIDE_CHOICES, Rung
from reporting.models.round import Round
from units.models import Unit


class ReminderRule(models.Model):
    """One version of one rung of a round's ladder. A change makes a new row and closes the old one.

    A version speaks at instants t with known_from ≤ t < ended_at: never for an instant before it was made,
    and a past season is answered by the rules it had. `days` are those of `ladder.Rung`.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="reminder_rules")
    kind = models.CharField("việc", max_length=10, choices=KIND_CHOICES)
    side = models.CharField("trước hay sau", max_length=6, choices=SIDE_CHOICES)
    days = models.PositiveSmallIntegerField("số ngày")
    at = models.TimeField("giờ nhắc")
    to_reporters = models.BooleanField("chuyên viên soạn", default=False)
    to_approvers = models.BooleanField("lãnh đạo đơn vị", default=False)
    to_contact = models.BooleanField("đầu mối văn phòng đơn vị", default=False)
    to_reviewers = models.BooleanField("chuyên viên Văn phòng", default=False)
    to_lead = models.BooleanField("lãnh đạo Văn phòng", default=False)
    is_on = models.BooleanField("đang dùng", default=True)
    known_from = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "quy tắc nhắc"
        ordering = ["kind", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "kind", "side", "days"],
                condition=Q(ended_at__isnull=True),
                name="reminder_rule_in_force_once",
            ),
            models.CheckConstraint(
                name="reminder_rule_days_in_range", condition=Q(days__gte=1, days__lte=LONGEST)
            ),
            models.CheckConstraint(
                name="reminder_rule_tells_somebody",
                condition=Q(to_reporters=True)
                | Q(to_approvers=True)
                | Q(to_contact=True)
                | Q(to_reviewers=True)
                | Q(to_lead=True),
            ),
            models.CheckConstraint(
                name="reminder_rule_ends_after_it_starts",
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("known_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.rung.label

    @property
    def rung(self) -> Rung:
        """The rule as the ladder counts with it."""
        told = frozenset(name for name in TOLD_FIELDS if getattr(self, TOLD_FIELDS[name]))
        return Rung(self.kind, self.side, self.days, self.at, told, self.known_from, self.ended_at)

    def speaks_at(self, moment: datetime) -> bool:
        return self.is_on and self.rung.speaks_at(moment)


TOLD_FIELDS = {
    "reporters": "to_reporters",
    "approvers": "to_approvers",
    "contact": "to_contact",
    "reviewers": "to_reviewers",
    "lead": "to_lead",
}
"""Column of each audience of `ladder.AUDIENCES`."""


class ReminderHold(models.Model):
    """A time in which nobody at a unit was reminded: from `since` up to the end of the day `until`.

    The ledger behind the columns of the unit, which know only the hold of now.
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="reminder_holds")
    since = models.DateTimeField("từ lúc")
    until = models.DateField("đến hết ngày")
    because = models.CharField("lý do", max_length=160)
    lifted_at = models.DateTimeField("nhắc lại lúc", null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "lần tạm ngừng nhắc"
        ordering = ["since", "id"]

    def __str__(self) -> str:
        return f"{self.unit}: đến hết {self.until:%d/%m/%Y}"
