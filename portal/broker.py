"""Kombu's filesystem broker, made safe for several processes that write and read at once.

The one in Kombu opens a message under its final name and then writes it, so that a reader may take it
while it is empty; and it truncates its table of queues before it locks it. Either ends a worker. Here a
message appears whole or not at all, is taken by one rename, and the table is read and written under one
lock. A message that cannot be read is dropped: it only wakes a worker (see portal.celery).
"""

import fcntl
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty
from typing import Any
from uuid import uuid4

from kombu.transport import filesystem
from kombu.utils.json import dumps, loads

logger = logging.getLogger(__name__)


class Channel(filesystem.Channel):
    """One connection's view of the folder of messages (`<time>_<id>.<queue>.msg`, one file a message)."""

    @contextmanager
    def _table_lock(self) -> Iterator[None]:
        self.control_folder.mkdir(parents=True, exist_ok=True)
        with (self.control_folder / "lock").open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield

    def get_table(self, exchange: str) -> list[Any]:
        with self._table_lock():
            return super().get_table(exchange)

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str | None, queue: str) -> None:
        with self._table_lock():
            super()._queue_bind(exchange, routing_key, pattern, queue)

    # Kombu's own filesystem channel and its base class name the second argument differently.
    def _put(self, queue: str, message: Any, **kwargs: Any) -> None:  # type: ignore[override]
        folder = Path(self.data_folder_out)
        name = f"{time.time_ns()}_{uuid4()}.{queue}"
        unfinished = folder / f"{name}.part"
        unfinished.write_text(dumps(message), encoding="utf-8")
        unfinished.rename(folder / f"{name}.msg")

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        for name in sorted(os.listdir(self.data_folder_in)):
            if name.partition(".")[2] != f"{queue}.msg":
                continue
            path = Path(self.data_folder_in, name)
            mine = path.with_suffix(".taken")
            try:
                path.rename(mine)
            except FileNotFoundError:  # another worker was faster
                continue
            text = mine.read_text(encoding="utf-8", errors="replace")
            mine.unlink()
            try:
                return loads(text)
            except ValueError:
                logger.warning("Dropped an unreadable broker message: %s", name)
        raise Empty


class Transport(filesystem.Transport):
    """What `filesystem://` names once portal.celery is imported."""

    Channel = Channel


def sweep_messages(folder: Path, *, older_than_seconds: float, now: float) -> int:
    """Remove messages, whole or half taken, that were written that long before `now` (a Unix time).

    Returns how many. For the start of the embedded portal: after an outage the database says what is to be
    done, and a pile of old wake-up calls would only keep the worker busy.
    """
    removed = 0
    for path in folder.glob("*_*.*"):
        if path.suffix in {".msg", ".part", ".taken"} and path.stat().st_mtime < now - older_than_seconds:
            path.unlink(missing_ok=True)
            removed += 1
    return removed
