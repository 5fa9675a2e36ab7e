"""Servers and workers of a trial, each in a process group of its own that can be killed and started again."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2

from script.legs import free_port, postgresql_programs

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
CELERY = str(ROOT / ".venv/bin/celery")


@dataclass
class Server:
    """One program with its children; `log` takes what it says."""

    name: str
    command: list[str]
    folder: Path
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> None:
        with (self.folder / f"{self.name}.log").open("ab") as out:
            self.process = subprocess.Popen(
                self.command,
                cwd=self.folder,
                env=self.environment,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )

    def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        """End the whole group at once, as when a machine's memory runs out; returns when it is gone."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, how)
        self.process.wait()
        self.process = None


def environment(folder: Path, database: str, broker: str, sink_port: int) -> dict[str, str]:
    """What the portal's processes of a trial see; nothing of the caller's own settings."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {
        "DATA_DIR": str(folder),
        "DATABASE_URL": database,
        "REDIS_URL": broker if broker.startswith("redis") else "",
        "CELERY_BROKER_URL": broker,
        "EMAIL_URL": f"smtp://127.0.0.1:{sink_port}",
        "DJANGO_SETTINGS_MODULE": "trial_settings",
        "PYTHONPATH": f"{ROOT}:{HERE}",
        "LOG_LEVEL": "ERROR",
        "C_FORCE_ROOT": "1",
    }


def sink(folder: Path, port: int, seconds: float) -> Server:
    """The mail server; what it was handed stands in `sink.txt`."""
    command = [sys.executable, str(HERE / "sink.py"), str(port), str(folder / "sink.txt"), str(seconds)]
    return Server("sink", command, folder, dict(os.environ))


def worker(folder: Path, env: dict[str, str], app: str = "trial_app:app") -> Server:
    command = [CELERY, "--quiet", "--app", app, "worker", "--loglevel", "ERROR", "--concurrency", "2"]
    return Server(
        "worker", [*command, "--without-gossip", "--without-mingle", "--without-heartbeat"], folder, env
    )


def scheduler(folder: Path, env: dict[str, str], number: int) -> Server:
    state = ["--schedule", str(folder / f"schedule-{number}"), "--pidfile="]
    command = [CELERY, "--quiet", "--app", "trial_app:app", "beat", "--loglevel", "ERROR", *state]
    return Server(f"scheduler-{number}", command, folder, env)


def redis(folder: Path, port: int) -> Server:
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    return Server("redis", [*command, "--dir", str(folder)], folder, dict(os.environ))


def postgresql(folder: Path, port: int) -> Server:
    """A new cluster with PostgreSQL's own settings of durability: what was committed outlives a kill."""
    data = folder / "postgresql"
    data.mkdir()
    as_owner: list[str] = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(data, "postgres", "postgres")
        as_owner = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--init-groups"]
    programs, cluster = postgresql_programs(), data / "cluster"
    initdb = [str(programs / "initdb"), "--username", "portal", "--auth", "trust", "--encoding", "UTF8"]
    subprocess.run(
        [*as_owner, *initdb, "--locale", "C.UTF-8", "-D", str(cluster)],
        check=True,
        cwd=data,
        stdout=subprocess.DEVNULL,
    )
    options = [
        "-c",
        f"port={port}",
        "-c",
        "listen_addresses=127.0.0.1",
        "-c",
        f"unix_socket_directories={data}",
    ]
    command = [*as_owner, str(programs / "postgres"), "-D", str(cluster), *options]
    return Server("postgresql", command, folder, dict(os.environ))


def answers(port: int) -> bool:
    """Whether PostgreSQL takes connections."""
    try:
        psycopg2.connect(f"postgres://portal@127.0.0.1:{port}/postgres", connect_timeout=2).close()
    except psycopg2.OperationalError:
        return False
    return True


def manage(env: dict[str, str], script: str, *arguments: str) -> str:
    """Run one of the scripts beside this file against the trial's database; returns what it printed."""
    ended = subprocess.run(
        [sys.executable, str(HERE / script), *arguments],
        env=env,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return ended.stdout


def wait_until(fits: Callable[[], object], seconds: float, what: str) -> None:
    """Return when `fits()` is true; RuntimeError with `what` after so many seconds."""
    until = time.monotonic() + seconds
    while not fits():
        if time.monotonic() > until:
            raise RuntimeError(f"{what} within {seconds:.0f} s: no")
        time.sleep(0.1)


def delivered(folder: Path) -> list[tuple[str, str, float]]:
    """(Message-ID, recipient, when) of everything the sink took, in order."""
    file = folder / "sink.txt"
    if not file.exists():
        return []
    lines = file.read_text(encoding="utf-8").split("\n")[:-1]  # a line half written does not count yet
    rows = (line.split("\t") for line in lines)
    return [(message, to, float(at)) for message, to, at in rows]


__all__ = [
    "Server",
    "answers",
    "delivered",
    "environment",
    "free_port",
    "manage",
    "postgresql",
    "redis",
    "scheduler",
    "sink",
    "wait_until",
    "worker",
]
