"""The portal's Celery application for trials: batches and the claims of the dead last seconds, not minutes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from portal.celery import app

LEASE = timedelta(seconds=8)
BATCH_SECONDS = 3.0  # as in the portal, a batch is over long before its lease


@app.on_after_finalize.connect
def shorten(sender: Any, **kwargs: Any) -> None:
    """Runs in the worker before it forks, so that every child has it."""
    from reporting import notifying

    notifying.LEASE = LEASE
    notifying.BATCH_SECONDS = BATCH_SECONDS
