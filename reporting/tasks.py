"""Background work of rounds. A message only wakes a worker; the rows say what is to be done."""

from __future__ import annotations

import contextlib
import logging
from datetime import datetime

from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from reporting import notifying, reminders, rendering
from reporting.models import RenderJob
from reporting.sender_places import sender_place

logger = logging.getLogger(__name__)


@shared_task(name="reporting.tick")
def tick() -> None:
    """Every minute: plan what is due, send what is due, wake the printer where a print waits."""
    now = timezone.now()
    try:
        reminders.plan_due(now)
    finally:
        # What is in the outbox goes out even when planning fails.
        _wake_second_sender(now)
        _send(now)
    if RenderJob.objects.filter(state__in=[RenderJob.State.WAITING, RenderJob.State.RUNNING]).exists():
        render.apply_async(expires=55)


def _wake_second_sender(now: datetime) -> None:
    """Where there is much to send; without a broker the tick sends alone."""
    with contextlib.suppress(OperationalError, OSError):
        if notifying.is_much(now):
            send.apply_async(expires=55)


@shared_task(name="reporting.send")
def send() -> None:
    """Beside the tick that woke us, send what is due."""
    _send(timezone.now())


def _send(now: datetime) -> None:
    """Send what is due, unless enough processes of this machine are at it: they find the new rows too."""
    with sender_place() as mine:
        sent = notifying.send_all_due(now) if mine else notifying.Sent()
    if sent.total:
        logger.info(
            "Sent %s, failed %s, skipped %s, delayed %s", sent.sent, sent.failed, sent.skipped, sent.delayed
        )


@shared_task(name="reporting.render")
def render() -> None:
    """Do every print that waits."""
    rendering.run_waiting(timezone.now())


def wake_printer() -> None:
    """Tell a worker that a print waits; when the broker is away the minute tick finds the job anyway."""
    with contextlib.suppress(OperationalError, OSError):
        render.delay()
