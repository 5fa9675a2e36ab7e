"""A whole embedded portal for a test: `script/server` with its own data folder and port, ended afterwards."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SERVER = ROOT / "script/server"
# The supervisor's children by a word of their command line.
CHILDREN = {"gunicorn": "web", "worker": "worker", "beat": "scheduler", "terminal_lines.py": "terminal"}
# What the test run sets for itself must not reach the portal, which is to be the embedded one.
FOREIGN = {
    "DATABASE_URL",
    "REDIS_URL",
    "CELERY_BROKER_URL",
    "SITE_URL",
    "ALLOWED_HOSTS",
    "DJANGO_SETTINGS_MODULE",
}


def free_port() -> int:
    """A port of 127.0.0.1 on which nothing listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def embedded_environment(data_dir: Path) -> dict[str, str]:
    """This process's environment, with the portal's settings left at their defaults but for the data folder."""
    kept = {key: value for key, value in os.environ.items() if key not in FOREIGN}
    return kept | {"DATA_DIR": str(data_dir)}


def processes_of(data_dir: Path) -> dict[int, str]:
    """Processes of the portal with this data folder, by id, with their command lines; zombies do not count."""
    mark = f"DATA_DIR={data_dir}".encode()
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if mark in (entry / "environ").read_bytes().split(b"\0"):
                found[int(entry.name)] = (
                    (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
                )
    return {pid: command for pid, command in found.items() if command and pid != os.getpid()}


def parent_of(pid: int) -> int:
    """The parent's process id; 0 when the process is gone."""
    with contextlib.suppress(OSError):
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return 0


@dataclass
class RunningPortal:
    """A started portal: its address, its supervisor and where its data and terminal output lie."""

    url: str
    port: int
    data_dir: Path
    process: subprocess.Popen[bytes]
    terminal: Path

    def health(self) -> tuple[int, dict[str, str]]:
        """Status and body of /healthz; (0, {}) when nothing answers."""
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=10) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as answer:
            return answer.code, json.load(answer)
        except OSError:
            return 0, {}

    def children(self) -> dict[str, int]:
        """The supervisor's children: web, worker, scheduler, terminal → process id."""
        return {
            name: pid
            for pid, command in processes_of(self.data_dir).items()
            for word, name in CHILDREN.items()
            if parent_of(pid) == self.process.pid and word in {Path(part).name for part in command.split()}
        }

    def wait_until_healthy(self, seconds: float = 120) -> None:
        """Return when /healthz answers 200; AssertionError with the terminal's last lines when it does not."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.process.poll() is None:
            if self.health()[0] == 200:
                return
            time.sleep(0.25)
        raise AssertionError(
            f"The portal is not healthy.\n{self.terminal.read_text(errors='replace')[-3000:]}"
        )

    def stop(self, number: signal.Signals = signal.SIGINT, seconds: float = 60) -> int:
        """End it as Ctrl-C would; returns the supervisor's exit status."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(timeout=seconds)


@contextlib.contextmanager
def running_portal(
    data_dir: Path, *options: str, port: int | None = None, environment: dict[str, str] | None = None
) -> Iterator[RunningPortal]:
    """Start `script/server OPTIONS`, wait until it is healthy, and leave no process of it behind."""
    port = port or free_port()
    data_dir.mkdir(parents=True, exist_ok=True)
    terminal = data_dir.parent / f"{data_dir.name}-terminal.txt"
    with terminal.open("wb") as output:
        process = subprocess.Popen(
            [str(SERVER), "--port", str(port), *options],
            cwd=ROOT,
            env=embedded_environment(data_dir) | (environment or {}),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    portal = RunningPortal(f"http://127.0.0.1:{port}", port, data_dir, process, terminal)
    try:
        portal.wait_until_healthy()
        yield portal
    finally:
        with contextlib.suppress(subprocess.TimeoutExpired):
            portal.stop()
        for pid in processes_of(data_dir):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
