"""The Celery application, `portal.celery:app`; its settings are the CELERY_ ones of portal.settings.

A message only wakes a worker. What is to be done, and whether it was done, stands in the database, and
every task may run twice, late or never: the minute tick finds again what nobody finished.
"""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_ready
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

# `filesystem://` means our careful variant of Kombu's folder of messages.
TRANSPORT_ALIASES["filesystem"] = "portal.broker:Transport"

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_ready.connect
def say_at_once(**kwargs: Any) -> None:
    """Ask the worker that just started for its first sign of life; the scheduler's may be 20 seconds away."""
    app.send_task("portal.heartbeat", expires=60)
