"""JSON Lines in and out of the reading commands: one object a line, in whatever locale they run."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandParser


def input_lines() -> Iterator[str]:
    """Yield the lines of standard input as UTF-8; only line feeds part lines, a last empty one is none."""
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", errors="replace").removesuffix("\n").removesuffix("\r")


def write(objects: Iterable[dict[str, Any]], target: Any) -> None:
    """Write each object as it comes; letters are escaped only where the output cannot take them."""
    for each in objects:
        line = json.dumps(each, ensure_ascii=False)
        target.write(line if _takes(target, line) else json.dumps(each))


def _takes(target: Any, line: str) -> bool:
    stream: TextIO = getattr(target, "_out", target)
    try:
        line.encode(getattr(stream, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


class FragmentCommand(BaseCommand):
    """A command that reads one fragment a line and needs neither database nor checks."""

    requires_system_checks: list[str] = []
    read: Callable[[str], dict[str, Any]]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object a line (the default)")

    def handle(self, *args: Any, **options: Any) -> None:
        write(map(type(self).read, input_lines()), self.stdout)
