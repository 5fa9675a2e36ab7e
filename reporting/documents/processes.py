"""Child processes that render: started with limits, killed when they overrun, spoken to over pipes.

Plain subprocesses, not multiprocessing: a Celery worker may not fork children of that kind, and a rendering
process must start from nothing, without our database connections and settings.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
_ANSWER_LIMIT = 400_000_000


@dataclass(frozen=True)
class Limits:
    """What one rendering process may use; `seconds` is wall time a job, `cpu_seconds` processor time a job."""

    seconds: float = 90.0
    cpu_seconds: int = 90
    memory_bytes: int = 2 << 30
    file_bytes: int = 64 << 20


class RenderFailed(RuntimeError):
    """A document could not be rendered.

    `reason` is one of "timeout", "memory", "crash", "error"; `detail` is for the log; the message is for the
    person who asked for the document.
    """

    _MESSAGES = {
        "timeout": "Dựng văn bản quá lâu nên đã dừng. Nội dung có thể quá dài hoặc có bảng quá phức tạp.",
        "memory": "Văn bản quá lớn, không đủ bộ nhớ để dựng. Hãy chia nhỏ nội dung hoặc rút gọn bảng.",
        "crash": "Tiến trình dựng văn bản dừng đột ngột. Hãy thử lại; nếu vẫn lỗi, hãy báo quản trị.",
        "error": "Không dựng được văn bản. Hãy báo quản trị kèm thời điểm xảy ra lỗi.",
    }

    def __init__(self, reason: str, detail: str = "") -> None:
        """Take the reason and what the process said about it."""
        self.reason = reason
        self.detail = detail
        super().__init__(self._MESSAGES[reason])


@dataclass(frozen=True)
class Answer:
    """What a process returned for one job; `peak_memory_kb` is the process's own peak so far."""

    pdf: bytes
    pages: int
    seconds: float
    peak_memory_kb: int
    refused: tuple[str, ...]


class RenderProcess:
    """One warm rendering process; use it as a context manager and from one thread at a time."""

    def __init__(self, limits: Limits | None = None) -> None:
        """Start the process; it is ready for a job at once (jobs wait in its pipe while it imports)."""
        self.limits = limits or Limits()
        settings = {"memory_bytes": self.limits.memory_bytes, "file_bytes": self.limits.file_bytes}
        self._last_words = ""  # the end of what it wrote to standard error, once it is closed
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 — closed with the process
        self._child = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "reporting.documents.renderer", json.dumps(settings)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            cwd=ROOT,
            env=_environment(),
        )

    def __enter__(self) -> RenderProcess:
        """Return the running process."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process, whatever it is doing."""
        self.close()

    def close(self) -> None:
        """Kill the process and collect it; safe to call twice."""
        self._child.kill()
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue  # the child died with part of a job unread
        self._child.wait()
        if not self._complaints.closed:
            size = self._complaints.seek(0, os.SEEK_END)
            self._complaints.seek(max(0, size - 2_000))
            self._last_words = self._complaints.read().decode(errors="replace").strip()
            self._complaints.close()

    def render(self, html: str) -> Answer:
        """Render one document. Raises `RenderFailed`; after that the process is dead."""
        overran = threading.Event()

        def stop() -> None:
            overran.set()
            self._child.kill()

        timer = threading.Timer(self.limits.seconds, stop)
        timer.start()
        try:
            head, pdf = self._exchange(html.encode())
        except (OSError, EOFError, ValueError) as error:
            self.close()
            raise self._failure(timed_out=overran.is_set()) from error
        finally:
            timer.cancel()
        if "error" in head:
            self.close()
            detail = str(head["error"])
            raise RenderFailed("memory" if _is_out_of_memory(detail) else "error", detail)
        return Answer(pdf, head["pages"], head["seconds"], head["peak_memory_kb"], tuple(head["refused"]))

    def _exchange(self, content: bytes) -> tuple[dict[str, Any], bytes]:
        child_in, child_out = self._child.stdin, self._child.stdout
        assert child_in is not None
        assert child_out is not None
        job = {"length": len(content), "cpu_seconds": self.limits.cpu_seconds}
        child_in.write(json.dumps(job).encode() + b"\n")
        child_in.write(content)
        child_in.flush()
        line = child_out.readline()
        if not line:
            raise EOFError
        head = json.loads(line)
        if not 0 <= head["length"] <= _ANSWER_LIMIT:
            raise ValueError("The renderer announced an answer of impossible size.")
        pdf = child_out.read(head["length"])
        if len(pdf) != head["length"]:
            raise EOFError
        return head, pdf

    def _failure(self, *, timed_out: bool) -> RenderFailed:
        status = self._child.returncode
        if timed_out or status == -24:  # SIGXCPU: the processor time of the job was used up
            return RenderFailed("timeout", f"after {self.limits.seconds} s")
        detail = f"exit status {status}: {self._last_words}"
        return RenderFailed("memory" if _is_out_of_memory(detail) else "crash", detail)


def _is_out_of_memory(detail: str) -> bool:
    """Whether Python, GLib or the C++ runtime said that memory ran out, each in its own words."""
    signs = ("memory", "MemoryError", "failed to allocate", "Cannot allocate", "bad_alloc")
    return any(sign in detail for sign in signs)


def _environment() -> dict[str, str]:
    """A bare environment: no settings, no secrets, and a fontconfig that knows no font of the machine."""
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR", "LD_LIBRARY_PATH") if name in os.environ}
    return kept | {
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "FONTCONFIG_FILE": str(Path(__file__).parent / "fonts.conf"),
    }
