"""The places of those who send on a machine: so many at a time, whatever schedulers and late ticks ask for.

Claims alone keep a row from going out twice. The places keep small what a kill can repeat: of each sender at most the
one mail that the server took and nobody wrote down. The system frees a place when its holder dies.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import connection

PLACES = 2
"""As many as the worker has processes: composing a mail is work for a processor, not only waiting for the server."""


@contextmanager
def sender_place() -> Iterator[bool]:
    """Whether this process holds one of the places of those that send for this database; never waits for it."""
    database = sha256(str(connection.settings_dict["NAME"]).encode()).hexdigest()[:12]
    with ExitStack() as held:
        for number in range(1, PLACES + 1):
            place = held.enter_context(
                (Path(settings.DATA_DIR) / f"sending-{database}-{number}.lock").open("w")
            )
            try:
                fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            yield True
            return
        yield False
