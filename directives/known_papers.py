"""Finding a cited paper in the register: by code and date, or by its code where nothing contradicts it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from directives.models import Directive
from units.text import fold

_DASHES = re.compile(r"\s*[-‐‑–—−]\s*")


@dataclass(frozen=True)
class Match:
    """What the register knows of a code: the paper meant, or none, and others that bear the same code."""

    paper: Directive | None
    by_date: bool
    """Code and date agree. False with a paper: the code alone, which only one registered paper bears."""
    others: tuple[Directive, ...] = ()


class KnownPapers:
    """The registered papers by their codes, accents and ways of writing aside; one query."""

    def __init__(self, codes: Iterable[str]) -> None:
        """Take the codes that will be asked for."""
        wanted = {_key(code) for code in codes if code}
        self._by_code: dict[str, list[Directive]] = {}
        self._by_print: dict[str, list[Directive]] = {}
        named = Directive.objects.exclude(code="").values_list("pk", "code", "printed_as") if wanted else ()
        keys = {pk: (_key(code), _key(printed)) for pk, code, printed in named}
        meant = [pk for pk, both in keys.items() if not wanted.isdisjoint(both)]
        for paper in Directive.objects.filter(pk__in=meant) if meant else ():
            code, printed = keys[paper.pk]
            self._by_code.setdefault(code, []).append(paper)
            if printed:
                self._by_print.setdefault(printed, []).append(paper)

    def match(self, code: str, issued_on: date | None, *, also_as_printed: bool = True) -> Match:
        """Find the paper that `code` and the printed date mean; without a date the only one of that code."""
        same = self._by_code.get(_key(code), [])
        if not same and also_as_printed:
            same = self._by_print.get(_key(code), [])
        if issued_on is None:
            return Match(same[0], by_date=False) if len(same) == 1 else Match(None, False, tuple(same))
        exact = next((paper for paper in same if paper.issued_on == issued_on), None)
        others = tuple(paper for paper in same if paper is not exact)
        return Match(exact, by_date=exact is not None, others=others)


def _key(code: str) -> str:
    return _DASHES.sub("-", fold(code)).replace(" ", "")
