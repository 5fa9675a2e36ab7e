"""Reading an uploaded paper: hand its bytes to a child process with limits, take back its text."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from units.extraction.unreadable import LARGEST, Reason, Unreadable
from units.text import nfc

ROOT = Path(__file__).resolve().parents[2]
_LONGEST_ANSWER = 40_000_000
_SIDE_BY_SIDE = threading.BoundedSemaphore(2)
"""So many files are read at once in this process; others wait, so that memory has an end."""


@dataclass(frozen=True)
class Limits:
    """What reading one file may use; `seconds` is wall time, `memory_bytes` address space."""

    seconds: float = 30.0
    cpu_seconds: int = 20
    memory_bytes: int = 768 << 20


LIMITS = Limits()
FIRST_PAGE_LIMITS = Limits(seconds=15.0, cpu_seconds=10)


@dataclass(frozen=True)
class Extracted:
    """The text of a paper, as it came: not normalised, so that positions in it are positions in the file."""

    text: str
    format: str
    """docx, pdf, txt or html."""
    pages: int | None
    """As printed (pdf), as Word last counted (docx), None without pages."""
    warnings: tuple[str, ...]
    """Vietnamese sentences for the person who uploaded it."""
    legacy: str | None = None
    """"tcvn3" or "vni" where the letters are stored in it."""
    converted: str = ""
    """The text in Unicode; the same as `text` where `legacy` is None. A proposal to look at."""

    @property
    def normal(self) -> str:
        """The converted text in the form in which text is stored (NFC)."""
        return nfc(self.converted)


def extract(data: bytes, name: str = "", *, limits: Limits = LIMITS) -> Extracted:
    """Return the text of a file; `name` is only said in messages, the bytes decide the type.

    Takes .docx, .pdf with a text layer, plain text (UTF-8, UTF-16, windows-1258, TCVN3, VNI) and HTML.
    Raises `Unreadable` for everything else, and where a limit is reached.
    """
    answer = _answer(data, name, limits, whole=True)
    text = answer["text"]
    converted = answer["converted"]
    return Extracted(
        text=text,
        format=answer["format"],
        pages=answer["pages"],
        warnings=tuple(answer["warnings"]),
        legacy=answer["legacy"],
        converted=text if converted is None else converted,
    )


def extract_pasted(text: str) -> Extracted:
    """Return the text of what was pasted, plain or HTML. Raises `Unreadable`."""
    return extract(text.encode("utf-8", errors="replace"))


def first_page(data: bytes, name: str = "", *, limits: Limits = FIRST_PAGE_LIMITS) -> str:
    """Return what stands on the first page, margins included, however long the paper is.

    Text in TCVN3 or VNI is there as stored and converted. Raises `Unreadable`.
    """
    return str(_answer(data, name, limits, whole=False)["first_page"])


def extract_rows(data: bytes, name: str = "", *, limits: Limits = LIMITS) -> list[list[str]]:
    """Return the rows of a table people filled in (.xlsx, .ods, .csv), cells as text, dates as dd/mm/yyyy.

    Empty rows stay, so that the place in the list is the line people see. Raises `Unreadable`; its words are
    about papers, so say its `reason` in words about tables.
    """
    rows: list[list[str]] = _answer(data, name, limits, whole=True, rows=True)["rows"]
    return rows


def _answer(data: bytes, name: str, limits: Limits, *, whole: bool, rows: bool = False) -> dict[str, Any]:
    if len(data) > LARGEST:
        raise Unreadable(Reason.TOO_LARGE, name)
    with _SIDE_BY_SIDE:
        answer = _asked(data, limits, whole=whole, rows=rows)
    if "unreadable" in answer:
        raise Unreadable(Reason(answer["unreadable"]), name)
    return answer


def _asked(data: bytes, limits: Limits, *, whole: bool, rows: bool) -> dict[str, Any]:
    told = {
        "memory_bytes": limits.memory_bytes,
        "cpu_seconds": limits.cpu_seconds,
        "whole": whole,
        "rows": rows,
    }
    overran = threading.Event()
    # What it says about a file on standard error may be the file's text, which belongs into no log.
    child = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "units.extraction.reader", json.dumps(told)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env=_environment(),
    )

    def stop() -> None:
        overran.set()
        child.kill()

    timer = threading.Timer(limits.seconds, stop)
    timer.start()
    try:
        said = _exchange(child, data)
    finally:
        timer.cancel()
        child.kill()  # does nothing to one that has ended
        child.wait()
    if overran.is_set() or child.returncode == -signal.SIGXCPU:
        return {"unreadable": Reason.TIMEOUT}
    try:
        answer = json.loads(said)
    except ValueError:  # it died over the file before it could say why
        return {"unreadable": Reason.BROKEN}
    return answer if isinstance(answer, dict) else {"unreadable": Reason.BROKEN}


def _exchange(child: subprocess.Popen[bytes], data: bytes) -> bytes:
    """Give the file, take the answer. The child says nothing before it has read everything."""
    assert child.stdin is not None
    assert child.stdout is not None
    with child.stdout:
        try:
            child.stdin.write(data)
            child.stdin.close()
        except OSError:  # it died while it was being told
            return b""
        said = child.stdout.read(_LONGEST_ANSWER + 1)
        if len(said) <= _LONGEST_ANSWER:
            child.wait()
    return said if len(said) <= _LONGEST_ANSWER else b""


def _environment() -> dict[str, str]:
    """A bare environment: no settings, no secrets."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return kept | {"LANG": "C.UTF-8", "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
