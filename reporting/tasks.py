"""Background work of rounds. A message only wakes a worker; the rows say what is to be done."""

from __future__ import annotations

import contextlib
import logging

from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from reporting import notifying, reminders, rendering
from reporting.models import RenderJob

logger = logging.getLogger(__name__)


@shared_task(name="reporting.tick")
def tick() -> None:
    """Every minute: plan what is due, send what is due, wake the printer where a print waits."""
    now = timezone.now()
    try:
        reminders.plan_due(now)
    finally:
        # What is in the outbox goes out even when planning fails.
        sent = notifying.send_all_due(now)
    if sent.total:
        logger.info(
            "Sent %s, failed %s, skipped %s, delayed %s", sent.sent, sent.failed, sent.skipped, sent.delayed
        )
    if RenderJob.objects.filter(state__in=[RenderJob.State.WAITING, RenderJob.State.RUNNING]).exists():
        render.apply_async(expires=55)


@shared_task(name="reporting.render")
def render() -> None:
    """Do every print that waits."""
    rendering.run_waiting(timezone.now())


def wake_printer() -> None:
    """Tell a worker that a print waits; when the broker is away the minute tick finds the job anyway."""
    with contextlib.suppress(OperationalError, OSError):
        render.delay()
