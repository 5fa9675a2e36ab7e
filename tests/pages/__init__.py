"""Every address of the portal, from the URLconf, with who gets what there.

`addresses()` walks the resolver; `ROWS` says for each name which rows of the scene it takes and what every
persona gets. The access matrix, the axe run and the screenshots all read this one list; a name without a row
fails a test, and so does a row without a name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.pages import (
    consolidating,
    drafting,
    issuing,
    letters,
    office,
    papers,
    reminders,
    rounds,
    site,
    units,
)
from tests.pages.audiences import Answer
from tests.pages.row import Row
from tests.personas import Persona, Scene

__all__ = ["ROWS", "Answer", "Row", "addresses", "expected", "pages", "problems"]


def addresses() -> Iterator[tuple[str, str]]:
    """(name with namespace, pattern) of every address; the name is empty where a pattern has none."""
    return _walk(get_resolver().url_patterns, "", "")


def _walk(patterns: list[Any], space: str, before: str) -> Iterator[tuple[str, str]]:
    for entry in patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry.url_patterns, inner, f"{before}{entry.pattern}")
        elif isinstance(entry, URLPattern):
            yield (f"{space}{entry.name}" if entry.name else "", f"{before}{entry.pattern}")


def expected(row: Row, verb: str, scene: Scene, persona: Persona, unit_code: str) -> Answer | None:
    """What the persona gets; None where nobody may use that verb."""
    answers = row.get if verb == "GET" else row.post
    return (
        None if answers is None else answers[scene.relation_of(persona, unit_code) if row.unit else persona]
    )


_PARTS = (site, papers, drafting, office, reminders, letters, consolidating, issuing, rounds, units)
ROWS: list[Row] = [row for part in _PARTS for row in part.ROWS]


def problems() -> list[str]:
    """What the table lacks or has too much, in words; nothing when it is whole."""
    names = {name for name, _ in addresses()}
    listed = {row.name for row in ROWS}
    nameless = [f"the pattern {pattern!r} has no name" for name, pattern in addresses() if not name]
    return [
        *nameless,
        *(f"{name} has no row in tests/pages/" for name in sorted(names - listed - {""})),
        *(f"{name} has a row in tests/pages/ but no address" for name in sorted(listed - names)),
    ]


def pages() -> list[Row]:
    """The rows that are HTML pages to look at."""
    return [row for row in ROWS if row.get is not None and row.page]
