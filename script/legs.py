"""The legs of `script/test`, one after the other: lint, SQLite, PostgreSQL with Redis, end to end.

Every leg runs, whatever came before; the exit status is 1 when one failed or ran no test. The database
server and Redis are private: temporary folders, free ports, ended with this process.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree  # reads only the report that pytest wrote just before
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = ROOT / ".venv/bin/python"
# Two processes use two cores; more only help on larger machines.
PROCESSES = os.environ.get("TEST_PROCESSES", "2")
# End to end, one more: portals that start, stop and wait for the minute's tick leave the cores idle.
E2E_PROCESSES = str(int(PROCESSES) + 1)
# Where the end-to-end tests lie: collecting all the others takes a while in each process.
E2E_FOLDERS = ["tests/e2e", "tests/portal"]
# What a shell or an .env file sets for a running portal must not reach the tests: the first are taken out,
# the second are named in every leg, because the environment goes before .env.
PORTAL_SETTINGS = {
    "EMAIL_URL",
    "SECRET_KEY",
    "STATIC_ROOT",
    "STATIC_MANIFEST",
    "LOG_LEVEL",
    "DEFAULT_FROM_EMAIL",
}
EMBEDDED = {
    "REDIS_URL": "",
    "CELERY_BROKER_URL": "filesystem://localhost",
    "SECURE": "0",
    "DEBUG": "0",
    "ALLOWED_HOSTS": "localhost,127.0.0.1",
    "CSRF_TRUSTED_ORIGINS": "",
    "SITE_URL": "http://127.0.0.1:8000",
}


@dataclass(frozen=True)
class Outcome:
    """How one leg ended: what to print, seconds, and whether it passed."""

    name: str
    said: str
    seconds: float
    passed: bool


def free_port() -> int:
    """A TCP port of 127.0.0.1 on which nothing listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_port(port: int, process: subprocess.Popen[bytes], name: str) -> None:
    """Return when something listens on the port; RuntimeError when the process ended or 30 s have passed."""
    for _ in range(300):
        if process.poll() is not None:
            break
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"{name} did not start")


@contextlib.contextmanager
def running(command: list[str], *, port: int, folder: Path, stop: signal.Signals) -> Iterator[None]:
    """Keep a server up on `port` for the length of the block; its output goes to a log in `folder`."""
    name = Path(command[-1] if command[0] == "setpriv" else command[0]).name
    log = folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output, start_new_session=True)
    try:
        wait_for_port(port, process, name)
        yield
    except RuntimeError:
        print(log.read_text(errors="replace")[-2000:], file=sys.stderr)
        raise
    finally:
        process.send_signal(stop)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def postgresql_programs() -> Path:
    """The folder of the newest PostgreSQL installed: Debian keeps it off PATH, one folder a version."""
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]), reverse=True
    )
    found = versions[0] if versions else shutil.which("initdb")
    if not found:
        raise RuntimeError("PostgreSQL missing: sudo apt-get install -y postgresql")
    return Path(found).parent


@contextlib.contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """A private PostgreSQL cluster, fast rather than durable; yields its DATABASE_URL."""
    programs, data, port = postgresql_programs(), folder / "postgresql", free_port()
    data.mkdir()
    as_owner: list[str] = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(data, "postgres", "postgres")
        as_owner = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--init-groups"]
    cluster = data / "cluster"
    initdb = [str(programs / "initdb"), "--username", "portal", "--auth", "trust", "--encoding", "UTF8"]
    subprocess.run(
        [*as_owner, *initdb, "--locale", "C.UTF-8", "--no-sync", "-D", str(cluster)],
        check=True,
        cwd=data,
        stdout=subprocess.DEVNULL,
    )
    options = {
        "port": port,
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": data,
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "max_connections": 100,
    }
    settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    command = [*as_owner, str(programs / "postgres"), "-D", str(cluster), *settings]
    # SIGINT is PostgreSQL's fast shutdown.
    with running(command, port=port, folder=data, stop=signal.SIGINT):
        yield f"postgres://portal@127.0.0.1:{port}/postgres"


@contextlib.contextmanager
def redis(folder: Path) -> Iterator[str]:
    """A private Redis that keeps nothing on disk; yields its REDIS_URL."""
    home, port = folder / "redis", free_port()
    home.mkdir()
    options = [
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--appendonly",
        "no",
        "--dir",
        str(home),
    ]
    with running(["redis-server", *options], port=port, folder=home, stop=signal.SIGTERM):
        yield f"redis://127.0.0.1:{port}/0"


def read_report(report: Path) -> tuple[int, int]:
    """(tests that ran, tests skipped) of a JUnit report; nothing ran when there is no report."""
    if not report.exists():
        return 0, 0
    suites = ElementTree.parse(report).getroot().iter("testsuite")  # noqa: S314
    total = skipped = 0
    for suite in suites:
        total += int(suite.get("tests", 0))
        skipped += int(suite.get("skipped", 0))
    return total - skipped, skipped


def run_pytest(name: str, arguments: list[str], environment: dict[str, str], folder: Path) -> Outcome:
    """Run pytest as one leg; a leg in which no test ran has failed, whatever pytest says."""
    report = folder / f"{name.split()[0]}.xml"
    print(f"\n=== {name}", flush=True)
    started = time.monotonic()
    clean = {key: value for key, value in os.environ.items() if key not in PORTAL_SETTINGS}
    data = folder / f"data-{name.split()[0]}"
    (data / "static").mkdir(parents=True)  # WhiteNoise warns of a folder that is not there
    clean |= EMBEDDED | {"DATA_DIR": str(data), "DATABASE_URL": f"sqlite:///{data}/portal.sqlite3"}
    command = [str(PYTHON), "-m", "pytest", f"--junitxml={report}", *arguments]
    code = subprocess.run(command, cwd=ROOT, env=clean | environment).returncode
    ran, skipped = read_report(report)
    said = f"{ran} ran, {skipped} skipped" + ("" if code in (0, 5) else f", pytest ended with {code}")
    if ran == 0:
        said += ": no test ran, which is a failure"
    return Outcome(name, said, time.monotonic() - started, code == 0 and ran > 0)


def lint() -> Outcome:
    """Run script/lint."""
    print("\n=== lint", flush=True)
    started = time.monotonic()
    code = subprocess.run([str(ROOT / "script/lint")], cwd=ROOT).returncode
    return Outcome("lint", "clean" if code == 0 else "has complaints", time.monotonic() - started, code == 0)


def end_to_end(arguments: list[str]) -> list[str]:
    """What the e2e leg asks of pytest.

    Each file starts portals of its own and mostly waits for them, so files run side by side, in the order of
    tests/e2e/conftest.py. (By the number of tests, the journey, which is one, would begin last.)
    """
    options = ["-n", E2E_PROCESSES, "--dist", "loadfile", "--no-loadscope-reorder", "-m", "e2e"]
    named = any((ROOT / word.partition("::")[0]).exists() for word in arguments if not word.startswith("-"))
    return [*options, *arguments, *([] if named else E2E_FOLDERS)]


def run_legs(arguments: list[str], *, sqlite_only: bool, folder: Path) -> list[Outcome]:
    """Every leg in turn."""
    everywhere = ["-n", PROCESSES, "-m", "not e2e", *arguments]
    outcomes = [lint(), run_pytest("sqlite", everywhere, {}, folder)]
    if sqlite_only:
        return outcomes
    with postgresql(folder) as database_url, redis(folder) as redis_url:
        servers = {"DATABASE_URL": database_url, "REDIS_URL": redis_url, "CELERY_BROKER_URL": redis_url}
        outcomes.append(run_pytest("postgresql with redis", everywhere, servers, folder))
    outcomes.append(run_pytest("e2e", end_to_end(arguments), {}, folder))
    return outcomes


def main() -> int:
    """Run the legs and say how each ended."""
    parser = argparse.ArgumentParser(description="Runs the legs of script/test.", allow_abbrev=False)
    parser.add_argument("--sqlite-only", action="store_true")
    known, arguments = parser.parse_known_args()
    # An end from outside takes the way of an exception, so that the servers are ended too.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="portal-test-") as name:
        folder = Path(name)
        folder.chmod(0o711)  # the database's own user passes through
        outcomes = run_legs(arguments, sqlite_only=known.sqlite_only, folder=folder)
    print()
    for outcome in outcomes:
        verdict = "passed" if outcome.passed else "FAILED"
        print(f"{verdict}  {outcome.name}: {outcome.said} ({outcome.seconds:.0f} s)")
    if known.sqlite_only:
        print(
            "LEFT OUT by --sqlite-only: the tests on PostgreSQL with Redis, the end-to-end tests in a browser"
        )
    return 0 if all(outcome.passed for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
