"""Is the portal alive? Answers `/healthz` and, as `python -m portal.health ROLE`, container health checks."""

import json
import logging
import os
import sys
from datetime import datetime, timedelta
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import django
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)

HEARTBEAT_KEY = "portal.heartbeat"
# Four beats of the scheduler's 20 seconds and a little: one lost message is no outage.
HEARTBEAT_MAX_AGE = timedelta(seconds=90)


def record_heartbeat(*, now: datetime) -> None:
    """Keep `now` as the last sign of life of a worker."""
    cache.set(HEARTBEAT_KEY, now.timestamp(), timeout=None)


def database_answers() -> bool:
    """Whether the database answers a query; the reason why not is logged."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except Exception:  # whatever the driver raises, the answer is no
        logger.exception("The database does not answer")
        return False


def worker_answers(*, now: datetime) -> bool:
    """Whether a worker gave a sign of life within HEARTBEAT_MAX_AGE before `now`."""
    try:
        beat = cache.get(HEARTBEAT_KEY)
    except Exception:  # a cache that cannot be asked knows of no worker
        logger.exception("The cache does not answer")
        return False
    return beat is not None and now.timestamp() - beat < HEARTBEAT_MAX_AGE.total_seconds()


def scheduler_answers(*, now: datetime) -> bool:
    """Whether Celery beat wrote its schedule file within HEARTBEAT_MAX_AGE before `now`.

    It does so with every task it sends (CELERY_BEAT_SYNC_EVERY is 1).
    """
    written = Path(settings.CELERY_BEAT_SCHEDULE_FILENAME)
    times = [path.stat().st_mtime for path in written.parent.glob(written.name + "*")]
    return bool(times) and now.timestamp() - max(times) < HEARTBEAT_MAX_AGE.total_seconds()


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when database and worker are alive, else 503; says which: `{"database": "ok", "worker": "ok"}`."""
    found = {"database": database_answers(), "worker": worker_answers(now=timezone.now())}
    body = {part: "ok" if alive else "down" for part, alive in found.items()}
    return JsonResponse(body, status=200 if all(found.values()) else 503)


def web_answers(*, port: int) -> bool:
    """Whether the web process on this port of this machine answers and reaches its database."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    asked = Request(f"http://127.0.0.1:{port}/healthz", headers={"Host": host})
    try:
        with urlopen(asked, timeout=8) as answer:  # noqa: S310  (always this machine)
            body = answer.read()
    except HTTPError as answer:  # 503 is an answer too: a worker that is down is not this process's illness
        body = answer.read()
    except OSError:
        return False
    try:
        return json.loads(body)["database"] == "ok"
    except (ValueError, KeyError, TypeError):
        return False


def main(role: str) -> int:
    """Exit status of the health check of one process, `web`, `worker` or `scheduler`; 0 is healthy.

    `web` is asked on the port that PORT names, or on 8000.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    now = timezone.now()
    healthy = {
        "web": lambda: web_answers(port=int(os.environ.get("PORT", "8000"))),
        "worker": lambda: worker_answers(now=now),
        "scheduler": lambda: scheduler_answers(now=now),
    }[role]()
    return 0 if healthy else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
