"""The processes of docker-compose.yml, run natively: its commands, the settings of .env.example, a private
PostgreSQL and a private Redis in place of the containers."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from script import legs
from tests.portal.running_portal import free_port
from tests.portal.test_compose import ROOT, example

pytestmark = pytest.mark.e2e
BIN = Path(sys.executable).parent


def commands(port: int) -> dict[str, list[str]]:
    """Service → command: the composition's own, and the image's for web, on a port of this machine."""
    services: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    found = {name: services[name]["command"] for name in ("migrate", "worker", "scheduler")}
    image = (ROOT / "Dockerfile").read_text().rpartition("\nCMD ")[2].replace("\\\n", "")
    found["web"] = [part.replace("0.0.0.0:8000", f"127.0.0.1:{port}") for part in json.loads(image)]
    return {name: [str(BIN / command[0]), *command[1:]] for name, command in found.items()}


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The production environment, with the two servers up."""
    folder = tmp_path_factory.mktemp("production")
    servers = Path("/tmp") / f"portal-production-{os.getpid()}"  # PostgreSQL's own user must reach it
    servers.mkdir(mode=0o711)
    try:
        with legs.postgresql(servers) as database_url, legs.redis(servers) as redis_url:
            yield {
                **example(),
                "DATABASE_URL": database_url,
                "REDIS_URL": redis_url,
                "DATA_DIR": str(folder),
                "PATH": os.environ["PATH"],
                "PORT": str(free_port()),
            }
    finally:
        shutil.rmtree(servers)


@pytest.fixture(scope="module")
def services(environment: dict[str, str]) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    """web, worker and scheduler after the migration; every one is ended."""
    found = commands(int(environment["PORT"]))
    subprocess.run(found.pop("migrate"), cwd=ROOT, env=environment, check=True)
    with contextlib.ExitStack() as stack:
        started = {}
        for name, command in found.items():
            log = stack.enter_context((Path(environment["DATA_DIR"]) / f"{name}.txt").open("wb"))
            started[name] = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            yield started
        finally:
            for process in started.values():
                process.terminate()
            for process in started.values():
                process.wait(timeout=30)


def healthy(name: str, environment: dict[str, str], seconds: float = 60) -> bool:
    """Whether the health check of the composition passes within the time."""
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    check = services[name]["healthcheck"]["test"][1:]
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if subprocess.run([str(BIN / check[0]), *check[1:]], cwd=ROOT, env=environment).returncode == 0:
            return True
        time.sleep(0.5)
    return False


def ask(environment: dict[str, str], path: str, **headers: str) -> tuple[int, dict[str, str]]:
    """Status and headers of an answer, as a proxy in front would get them; redirects are not followed."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *args: Any, **kwargs: Any) -> None:
            return None

    url = f"http://127.0.0.1:{environment['PORT']}{path}"
    request = urllib.request.Request(url, headers={"Host": environment["ALLOWED_HOSTS"], **headers})
    try:
        with urllib.request.build_opener(Stay).open(request, timeout=10) as answer:
            return answer.status, dict(answer.headers)
    except urllib.error.HTTPError as answer:
        return answer.code, dict(answer.headers)


@pytest.mark.parametrize("name", ["web", "worker", "scheduler"])
def test_every_process_becomes_healthy(
    services: dict[str, subprocess.Popen[bytes]], environment: dict[str, str], name: str
) -> None:
    log = Path(environment["DATA_DIR"]) / f"{name}.txt"
    assert healthy(name, environment), log.read_text()[-3000:]
    assert services[name].poll() is None


def test_the_whole_is_alive_and_speaks_https(
    services: dict[str, subprocess.Popen[bytes]], environment: dict[str, str]
) -> None:
    assert healthy("web", environment)
    assert healthy("worker", environment)
    assert ask(environment, "/healthz")[0] == 200
    status, headers = ask(environment, "/")
    assert (status, headers["Location"]) == (301, "https://bao-cao.example.com/")
    status, headers = ask(environment, "/", **{"X-Forwarded-Proto": "https"})
    assert status == 302  # to the page for signing in
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert ask(environment, "/", **{"X-Forwarded-Proto": "https", "Host": "elsewhere.example.com"})[0] == 400


def test_a_health_check_fails_where_the_process_is_not(
    services: dict[str, subprocess.Popen[bytes]], environment: dict[str, str]
) -> None:
    assert healthy("scheduler", environment)
    cold = environment | {"DATA_DIR": environment["DATA_DIR"] + "/elsewhere"}
    assert not healthy("scheduler", cold, seconds=1)
    assert not healthy("web", environment | {"PORT": str(free_port())}, seconds=1)
