"""A real portal, a real browser and a real mail server for the end-to-end tests.

`script/server` runs web, worker and scheduler with their own data folder; `tests.e2e.staging` fills it
before. Playwright's objects are made once a module: two of its loops cannot run side by side.
"""

from __future__ import annotations

import contextlib
import email
import email.policy
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Browser, sync_playwright

from tests.portal.running_portal import ROOT, RunningPortal, embedded_environment, free_port, running_portal


@dataclass
class Mailbox:
    """Everything that a mail server on `port` was handed."""

    port: int
    arrived: threading.Condition = field(default_factory=threading.Condition)
    messages: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd's name)
        parsed = email.message_from_bytes(envelope.content, policy=email.policy.default)
        with self.arrived:
            self.messages.append(parsed)  # type: ignore[arg-type]
            self.arrived.notify_all()
        return "250 OK"

    def wait_for(self, fits: Callable[[EmailMessage], bool], seconds: float = 150) -> EmailMessage:
        """The first message that fits, when it is there; AssertionError with all subjects when it is not."""

        def found() -> EmailMessage | None:
            return next((message for message in self.messages if fits(message)), None)

        with self.arrived:
            self.arrived.wait_for(lambda: found() is not None, timeout=seconds)
            message = found()
        assert message is not None, [f"{m['To']}: {m['Subject']}" for m in self.messages]
        return message


@dataclass
class Staged:
    """A running portal, what `staging` said about its data, and where its mail goes."""

    portal: RunningPortal
    data: dict[str, Any]
    mailbox: Mailbox
    environment: dict[str, str]

    @property
    def today(self) -> date:
        """The day in Việt Nam when the data were made."""
        return date.fromisoformat(self.data["today"])


def _run(environment: dict[str, str], *arguments: str) -> str:
    ended = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr[-3000:]
    return ended.stdout


def staging(environment: dict[str, str], *arguments: str) -> dict[str, Any]:
    """Run `tests.e2e.staging` on a portal's data; returns what it said."""
    said: dict[str, Any] = json.loads(
        _run(environment, "-m", "tests.e2e.staging", *arguments).splitlines()[-1]
    )
    return said


@contextlib.contextmanager
def staged_portal(folder: Path, stage: str) -> Iterator[Staged]:
    """Make the data of `stage`, start the portal on it, and leave nothing behind."""
    data_dir = folder / "var"
    data_dir.mkdir(parents=True)
    mailbox = Mailbox(free_port())
    settings = {
        "EMAIL_URL": f"smtp://127.0.0.1:{mailbox.port}",
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PYTHONPATH": str(ROOT),
    }
    environment = embedded_environment(data_dir) | settings
    _run(environment, str(ROOT / "manage.py"), "migrate", "--no-input")
    data = staging(environment, stage)
    server = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port)
    server.start()
    try:
        with running_portal(
            data_dir, "--no-demo", environment={"EMAIL_URL": settings["EMAIL_URL"]}
        ) as portal:
            yield Staged(portal, data, mailbox, environment)
    finally:
        server.stop()


# Files that take longest begin first; those that are not named come last.
LONGEST_FIRST = ("test_demo.py", "test_axe.py", "test_journey.py", "test_server.py", "test_editor.py")


def _place(item: pytest.Item) -> int:
    name = item.path.name
    return LONGEST_FIRST.index(name) if name in LONGEST_FIRST else len(LONGEST_FIRST)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Side by side, the last file to begin decides when all are done. Within a file the order stays."""
    items.sort(key=_place)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser that CHROMIUM names, else Debian's."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def scene_portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staged]:
    with staged_portal(tmp_path_factory.mktemp("scene"), "scene") as staged:
        yield staged


@pytest.fixture(scope="module")
def ministry_portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staged]:
    with staged_portal(tmp_path_factory.mktemp("ministry"), "ministry") as staged:
        yield staged


@pytest.fixture(scope="module")
def drafts_portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staged]:
    with staged_portal(tmp_path_factory.mktemp("drafts"), "drafts") as staged:
        yield staged
