"""The portal's own task: a sign of life that travels the whole way scheduler → broker → worker → cache."""

from celery import shared_task
from django.utils import timezone

from portal.health import record_heartbeat


@shared_task(name="portal.heartbeat")
def heartbeat() -> None:
    """Note that a worker is alive; the scheduler asks for it every 20 seconds."""
    record_heartbeat(now=timezone.now())
