"""An instant at which reminders fall due, and what lies in the outbox."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from email.message import EmailMessage

from django.core import mail

from reporting.models import Channel, Notice
from tests.factories import at

NOW = at("2025-10-09 08:00")


def mails() -> list[Notice]:
    return list(Notice.objects.filter(channel=Channel.EMAIL).order_by("id"))


def states(**wanted: object) -> Counter[str]:
    rows = Notice.objects.filter(channel=Channel.EMAIL, **wanted)
    return Counter(rows.values_list("state", flat=True))


def later(**step: int) -> datetime:
    return NOW + timedelta(**step)


def sent_to(username: str) -> list[EmailMessage]:
    return [m for m in mail.outbox if m.to == [f"{username}@example.com"]]
