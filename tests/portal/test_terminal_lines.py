"""The listener that shows the children's lines speaks supervisord's protocol in bytes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from portal import terminal_lines

LISTENER = Path(terminal_lines.__file__)


def event(name: str, text: str) -> bytes:
    payload = f"processname:{name} groupname:{name} pid:1 channel:stdout\n{text}".encode()
    return (
        f"ver:3.0 server:s serial:1 pool:terminal eventname:PROCESS_LOG_STDOUT len:{len(payload)}\n".encode()
        + payload
    )


def test_every_line_carries_the_name_of_its_process() -> None:
    found = subprocess.run(
        [sys.executable, "-I", str(LISTENER)],
        input=event("web", "Báo cáo đã gửi\nhai\n") + event("scheduler", "ba: bốn\n"),
        capture_output=True,
        check=True,
    )
    assert found.stderr.decode().splitlines() == [
        "web       | Báo cáo đã gửi",
        "web       | hai",
        "scheduler | ba: bốn",
    ]
    assert found.stdout == b"READY\nRESULT 2\nOKREADY\nRESULT 2\nOKREADY\n"
