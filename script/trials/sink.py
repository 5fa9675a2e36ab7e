"""A mail server that keeps nothing but who was handed which message: `sink.py PORT FILE [SECONDS A MESSAGE]`.

One line a message, `Message-ID <tab> recipient <tab> time`, is written before the server says that it took it: what
a client counts as sent stands in the file, and a client that dies in between has sent it all the same.
"""

from __future__ import annotations

import asyncio
import re
import sys
import time
from pathlib import Path
from typing import Any, TextIO

from aiosmtpd.smtp import SMTP

_ID = re.compile(rb"^message-id:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


class Ledger:
    """What aiosmtpd asks when a message has come."""

    def __init__(self, out: TextIO, seconds: float) -> None:
        self.out = out
        self.seconds = seconds

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd's name)
        await asyncio.sleep(self.seconds)
        found = _ID.search(envelope.content)
        self.out.write(f"{found[1].decode() if found else '-'}\t{envelope.rcpt_tos[0]}\t{time.time():.3f}\n")
        self.out.flush()
        return "250 OK"


async def serve(port: int, file: Path, seconds: float) -> None:
    """Take mail on 127.0.0.1 until killed."""
    with file.open("a", encoding="utf-8") as out:
        ledger = Ledger(out, seconds)
        server = await asyncio.get_running_loop().create_server(
            lambda: SMTP(ledger, hostname="sink.test"), "127.0.0.1", port
        )
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]) if len(sys.argv) > 3 else 0.0))
