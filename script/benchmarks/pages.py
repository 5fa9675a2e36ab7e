"""Median time of a page against the floor on the same server, asked in turns. Prints a JSON list."""

from __future__ import annotations

import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import time

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.urls import reverse  # noqa: E402

from reporting.models import Assignment, Round  # noqa: E402
from units.models import Role, User  # noqa: E402

ROUNDS, WARM_UP = 40, 6


def session_of(user: User) -> str:
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    assert store.session_key
    return store.session_key


def ask(port: int, path: str, session: str) -> tuple[float, int]:
    """Seconds and bytes of one request over a new connection; anything but 200 stops the run."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    started = time.perf_counter()
    connection.request("GET", path, headers={"Cookie": f"sessionid={session}", "Host": "127.0.0.1"})
    answer = connection.getresponse()
    body = answer.read()
    seconds = time.perf_counter() - started
    connection.close()
    if answer.status != 200:
        raise SystemExit(f"{path}: {answer.status}")
    return seconds, len(body)


def measure(port: int, page: str, path: str, session: str) -> dict[str, object]:
    _, size = ask(port, path, session)
    mine, floor = [], []
    for turn in range(ROUNDS + WARM_UP):
        page_time, size = ask(port, path, session)
        bare_time, _ = ask(port, f"/san/{size}/", session)
        if turn >= WARM_UP:
            mine.append(page_time)
            floor.append(bare_time)
    here, there = statistics.median(mine), statistics.median(floor)
    return {
        "page": page,
        "milliseconds": round(here * 1000, 2),
        "bare_milliseconds": round(there * 1000, 2),
        "ratio": round(here / there, 2),
        "bytes": size,
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main() -> None:
    newest = Round.objects.filter(state="open").order_by("-year").first()
    assert newest is not None
    reviewer = User.objects.get(username="tonghop1")
    owing = Assignment.objects.filter(round=newest, state="in_progress").order_by("pk").first()
    assert owing is not None
    reporter = owing.unit.memberships.filter(role=Role.REPORTER)[0].user
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "portal.wsgi", "-b", f"127.0.0.1:{port}", "--log-level", "error"],
        env=dict(os.environ),
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for(port)
        rows = [
            measure(
                port, "office dashboard", reverse("reporting:round", args=[newest.code]), session_of(reviewer)
            ),
            measure(port, "unit home", reverse("reporting:home"), session_of(reporter)),
        ]
    finally:
        server.terminate()
        server.wait()
    print(json.dumps(rows))


def wait_for(port: int) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the server did not start")


if __name__ == "__main__":
    main()
