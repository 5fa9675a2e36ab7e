"""/healthz tells a living portal from one whose database or worker is away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from portal import health
from portal.tasks import heartbeat

NOW = datetime(2025, 10, 13, 1, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _no_heartbeat_yet(db: None) -> Iterator[None]:
    cache.delete(health.HEARTBEAT_KEY)
    yield
    cache.delete(health.HEARTBEAT_KEY)


def broken(*_: object, **__: object) -> None:
    raise OperationalError("the server closed the connection")


def test_healthz_with_database_and_worker(client: Client) -> None:
    heartbeat()
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"database": "ok", "worker": "ok"}
    assert "no-store" in answer["Cache-Control"]


def test_healthz_without_a_worker(client: Client) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json() == {"database": "ok", "worker": "down"}


def test_healthz_with_a_worker_that_fell_silent(client: Client) -> None:
    health.record_heartbeat(now=timezone.now() - timedelta(seconds=91))
    assert client.get("/healthz").json() == {"database": "ok", "worker": "down"}


def test_healthz_without_a_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    heartbeat()
    monkeypatch.setattr(health, "connection", SimpleNamespace(cursor=broken))
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json() == {"database": "down", "worker": "ok"}


def test_healthz_without_a_cache(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "cache", SimpleNamespace(get=broken))
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json() == {"database": "ok", "worker": "down"}


def test_healthz_only_answers_readers(client: Client) -> None:
    assert client.post("/healthz").status_code == 405


@pytest.mark.parametrize(("age", "alive"), [(0, True), (89.9, True), (90, False), (3600, False)])
def test_a_worker_is_alive_for_ninety_seconds(age: float, alive: bool) -> None:
    health.record_heartbeat(now=NOW - timedelta(seconds=age))
    assert health.worker_answers(now=NOW) is alive


def test_a_scheduler_is_alive_while_it_writes_its_schedule(settings: Any, tmp_path: Path) -> None:
    settings.CELERY_BEAT_SCHEDULE_FILENAME = str(tmp_path / "celerybeat-schedule")
    assert health.scheduler_answers(now=timezone.now()) is False
    (tmp_path / "celerybeat-schedule.db").touch()  # some dbm libraries add an ending
    assert health.scheduler_answers(now=timezone.now()) is True
    assert health.scheduler_answers(now=timezone.now() + timedelta(seconds=91)) is False
