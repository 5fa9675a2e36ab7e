"""One sender at a time on a machine: two schedulers, or a tick that outlasts its minute, share one mail connection.

Claims alone keep a row from going out twice. This keeps small what a kill can repeat: of one sender at most the one mail
that the server took and nobody wrote down. The system lets go of the place when its holder dies.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import connection


@contextmanager
def sole_sender() -> Iterator[bool]:
    """Whether this process holds the place of the one that sends for this database; never waits for it."""
    database = sha256(str(connection.settings_dict["NAME"]).encode()).hexdigest()[:12]
    with (Path(settings.DATA_DIR) / f"sending-{database}.lock").open("w") as place:
        try:
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
