"""The portal's own tasks: a sign of life, and the calendar of the year to come."""

from celery import shared_task
from django.utils import timezone

from portal.health import record_heartbeat
from units.calendar import extend_calendar


@shared_task(name="portal.heartbeat")
def heartbeat() -> None:
    """Note that a worker is alive: the call has gone the whole way scheduler → broker → worker → cache."""
    record_heartbeat(now=timezone.now())


@shared_task(name="portal.calendar")
def calendar() -> None:
    """Enter the holidays of this year and the next, once each; the scheduler asks for it every six hours."""
    extend_calendar(timezone.localdate())
