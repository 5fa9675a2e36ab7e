"""The address under which a person's calendar program fetches their deadlines."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class CalendarFeed(models.Model):
    """One address a person; only the hash of its token is kept, so that a copy of the rows opens nothing.

    Renewing puts another hash in place, revoking deletes the row: either way the old address ends at once.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    alarm = models.BooleanField("báo trước một ngày làm việc", default=True)
    made_at = models.DateTimeField()
    fetched_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "lịch hạn báo cáo"

    def __str__(self) -> str:
        return f"{self.person}"
