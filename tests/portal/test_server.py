"""script/server as a person uses it: real processes, real signals, its own data folder and port."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.portal.running_portal import (
    ROOT,
    SERVER,
    RunningPortal,
    embedded_environment,
    free_port,
    processes_of,
    running_portal,
)

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPortal]:
    with running_portal(tmp_path_factory.mktemp("server") / "var", "--no-demo") as started:
        yield started


def eventually(holds: Callable[[], bool], seconds: float = 45) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.25)
    return False


def ask_to_start(data_dir: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run script/server where it is expected to refuse."""
    return subprocess.run(
        [str(SERVER), *options],
        cwd=ROOT,
        env=embedded_environment(data_dir),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def last_heartbeat(data_dir: Path) -> float:
    """The time of the worker's last sign of life as the portal's own cache has it."""
    found = subprocess.run(
        [
            sys.executable,
            "-c",
            "import django; django.setup()\nfrom portal import health\n"
            "print(health.cache.get(health.HEARTBEAT_KEY))",
        ],
        cwd=ROOT,
        env=embedded_environment(data_dir) | {"DJANGO_SETTINGS_MODULE": "portal.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    return float(found.stdout)


def test_web_worker_and_scheduler_run_under_one_supervisor(portal: RunningPortal) -> None:
    assert eventually(lambda: set(portal.children()) == {"web", "worker", "scheduler", "terminal"})
    # Another test may just have killed a child: it is started again, which takes a moment.
    assert eventually(lambda: portal.health() == (200, {"database": "ok", "worker": "ok"}), seconds=60)


def test_lines_of_the_children_are_on_the_terminal_and_in_the_log_folder(portal: RunningPortal) -> None:
    portal.health()
    assert eventually(lambda: "web       | GET /healthz 200" in portal.terminal.read_text())
    assert "GET /healthz 200" in (portal.data_dir / "log/web.log").read_text()
    assert {path.name for path in (portal.data_dir / "log").iterdir()} >= {"worker.log", "scheduler.log"}


def test_the_scheduler_wakes_the_worker_through_the_broker(portal: RunningPortal) -> None:
    before = last_heartbeat(portal.data_dir)
    assert eventually(lambda: last_heartbeat(portal.data_dir) > before + 15, seconds=60)
    messages = portal.data_dir / "broker/messages"
    assert eventually(lambda: list(messages.iterdir()) == [])


@pytest.mark.parametrize("name", ["worker", "web", "scheduler"])
def test_a_child_that_died_is_started_again(portal: RunningPortal, name: str) -> None:
    before = portal.children()
    os.kill(before[name], signal.SIGKILL)
    assert eventually(lambda: portal.children().get(name, before[name]) != before[name])
    portal.wait_until_healthy()
    others = {key: pid for key, pid in portal.children().items() if key != name}
    assert others == {key: pid for key, pid in before.items() if key != name}


def test_a_second_server_on_the_same_data_is_refused(portal: RunningPortal) -> None:
    answer = ask_to_start(portal.data_dir, "--port", str(free_port()))
    assert answer.returncode == 1
    assert answer.stderr.strip() == (
        f"The portal already runs on this data (process {portal.process.pid}, {portal.data_dir}). "
        f"Stop it first: kill {portal.process.pid}"
    )


def test_a_busy_port_is_said_before_anything_is_made(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        answer = ask_to_start(tmp_path / "var", "--port", str(port))
    assert answer.returncode == 1
    assert answer.stderr.strip() == (
        f"Port {port} is busy: another program listens on it. Choose another: script/server --port {port + 1}"
    )
    assert not (tmp_path / "var/portal.sqlite3").exists()


@pytest.mark.parametrize("wrong", ["abc", "0", "65536", ""])
def test_a_port_that_is_none_is_refused(tmp_path: Path, wrong: str) -> None:
    answer = ask_to_start(tmp_path / "var", "--port", wrong)
    assert answer.returncode == 1
    assert answer.stderr.strip() == f"--port takes a number from 1 to 65535, not '{wrong}'."


def test_ctrl_c_ends_everything_and_the_data_stay_until_fresh(tmp_path: Path) -> None:
    data_dir = tmp_path / "var"
    with running_portal(data_dir, "--no-demo") as first:
        assert first.stop(signal.SIGINT) == 0
    assert processes_of(data_dir) == {}
    key = (data_dir / "secret-key").read_text()
    (data_dir / "kept-by-hand.txt").touch()

    started = time.monotonic()
    with running_portal(data_dir, "--no-demo") as second:
        assert time.monotonic() - started < 30
        assert (data_dir / "secret-key").read_text() == key
        assert second.stop(signal.SIGTERM) == 0
    assert processes_of(data_dir) == {}

    with running_portal(data_dir, "--no-demo", "--fresh") as third:
        assert (data_dir / "secret-key").read_text() != key
        assert (data_dir / "kept-by-hand.txt").exists()
        if shutil.which("setpriv"):  # children do not outlive a supervisor that was killed outright
            third.process.kill()
            assert eventually(lambda: processes_of(data_dir) == {})


def test_fresh_refuses_a_database_that_is_not_its_own(tmp_path: Path) -> None:
    answer = subprocess.run(
        [str(SERVER), "--fresh", "--port", str(free_port())],
        cwd=ROOT,
        env=embedded_environment(tmp_path / "var") | {"DATABASE_URL": "postgres://portal@127.0.0.1:1/portal"},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert answer.returncode == 1
    assert "--fresh only throws away the embedded data" in answer.stderr
