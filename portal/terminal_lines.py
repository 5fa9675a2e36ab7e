"""A supervisord event listener that shows the children's lines on the terminal, each with its process's name.

supervisord writes a child's output to one file; this copies the same lines to where script/server runs.
The protocol speaks of bytes (supervisor's own childutils counts characters, which breaks on Vietnamese).
"""

import sys
from typing import BinaryIO


def read_event(source: BinaryIO) -> bytes | None:
    """The payload of the next event, or None at the end: `key:value key:value\\n`, then the child's bytes."""
    header = source.readline()
    if not header:
        return None
    fields = dict(pair.split(":", 1) for pair in header.decode().split())
    return source.read(int(fields["len"]))


def lines_of(payload: bytes) -> list[bytes]:
    """What a PROCESS_LOG event says, as whole lines ready to be written."""
    about, _, data = payload.partition(b"\n")
    fields = dict(pair.split(b":", 1) for pair in about.split())
    name = fields.get(b"processname", b"").ljust(9)
    return [name + b" | " + line + b"\n" for line in data.splitlines()]


def main() -> None:
    """Acknowledge events one by one until supervisord closes the pipe."""
    source, answers, terminal = sys.stdin.buffer, sys.stdout.buffer, sys.stderr.buffer
    while True:
        answers.write(b"READY\n")
        answers.flush()
        payload = read_event(source)
        if payload is None:
            return
        terminal.writelines(lines_of(payload))
        terminal.flush()
        answers.write(b"RESULT 2\nOK")
        answers.flush()


if __name__ == "__main__":
    main()
