"""The portal's Celery application for trials: a batch lasts seconds, as does the lease of `trial_settings`."""

from __future__ import annotations

from typing import Any

from portal.celery import app

BATCH_SECONDS = 5.0  # as in the portal, a batch is over long before its lease


@app.on_after_finalize.connect
def shorten(sender: Any, **kwargs: Any) -> None:
    """Runs in the worker before it forks, so that every child has it."""
    from reporting import notifying

    notifying.BATCH_SECONDS = BATCH_SECONDS
