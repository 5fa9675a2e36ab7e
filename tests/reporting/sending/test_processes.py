"""Real processes over one database: two at once, one killed."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection

from reporting import reminders
from reporting.models import Channel
from tests.factories import make_world
from tests.reporting.sending.outbox import NOW, later

ROOT = Path(__file__).resolve().parents[3]
CHILD = """
import sys
from datetime import datetime
import django
django.setup()
from reporting import notifying, reminders
now = datetime.fromisoformat(sys.argv[1])
reminders.plan_due(now)
while notifying.send_due(now, limit=2).total:
    pass
"""


@pytest.fixture
def tick_process(transactional_db, tmp_path: Path, smtp) -> Callable[[datetime], subprocess.Popen[bytes]]:
    """Start a tick as a process of its own, on the database of this test and its mail server."""
    server, backend = smtp
    if connection.vendor == "sqlite":
        database = f"sqlite:///{tmp_path / 'portal.sqlite3'}"
    else:
        place = connection.settings_dict
        login = f"{place['USER']}:{place['PASSWORD']}".rstrip(":")
        database = f"postgres://{login}@{place['HOST']}:{place['PORT']}/{place['NAME']}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": database,
        "EMAIL_URL": f"smtp://127.0.0.1:{backend.port}",
    }

    def start(now: datetime) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", CHILD, now.isoformat()]
        return subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE)

    return start


def share_database(tmp_path: Path) -> None:
    """The tests' SQLite lives in memory: put a copy where other processes find it."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(tmp_path / "portal.sqlite3")) as copy:
            connection.connection.backup(copy)


def finish(*children: subprocess.Popen[bytes]) -> None:
    for child in children:
        _, trouble = child.communicate(timeout=60)
        assert child.returncode == 0, trouble.decode()[-2000:]


@pytest.mark.django_db(transaction=True)
def test_two_ticks_at_once_send_once(smtp, tick_process, tmp_path: Path) -> None:
    server, _ = smtp
    make_world(more_units=6)
    expected = len([p for p in reminders.plan(NOW) if p.channel == Channel.EMAIL])
    share_database(tmp_path)
    finish(tick_process(NOW), tick_process(NOW))
    ids = Counter(m["Message-ID"] for m in server.taken)
    assert len(ids) == expected > 10
    assert set(ids.values()) == {1}
    assert len({(m["To"], m["Subject"]) for m in server.taken}) == expected
    finish(tick_process(later(minutes=10)))
    assert len(server.taken) == expected


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_is_made_good(smtp, tick_process, tmp_path: Path) -> None:
    server, _ = smtp
    make_world(more_units=6)
    expected = len([p for p in reminders.plan(NOW) if p.channel == Channel.EMAIL])
    share_database(tmp_path)
    server.delay = 0.2
    child = tick_process(NOW)
    for _ in range(1200):  # a minute: under load a process takes long to start
        if len(server.taken) >= 3:
            break
        time.sleep(0.05)
    child.kill()
    child.communicate()
    before = len(server.taken)
    assert 3 <= before < expected
    server.delay = 0
    finish(tick_process(later(minutes=10)))
    ids = Counter(m["Message-ID"] for m in server.taken)
    assert len(ids) == expected, "none lost"
    assert sum(ids.values()) <= expected + 1, "at most the one in the air goes twice, under the same id"
