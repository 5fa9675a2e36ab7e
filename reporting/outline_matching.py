"""Which headings of two outlines speak of the same matter, although a plan words them anew each year.

Plain Python. Headings are compared by their pairs of neighbouring words ("giám sát", "sơ kết"); a pair that
many headings share ("nghị quyết") says little.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from units.text import fold

ENOUGH = 0.5
PAPERS_WEIGH = 0.6
_LINKS = frozenset(
    {"cong", "tac", "viec", "cac", "va", "cua", "ve", "de", "nham", "cho", "trong", "theo", "den"}
)
_STANDING = (
    "kho khan",
    "vuong mac",
    "khen thuong",
    "bieu duong",
    "kinh phi",
    "kien nghi",
    "de xuat",
    "phuong huong",
    "nhiem vu nam",
    "nhiem vu trong tam nam",
    "nhiem vu, giai phap nam",
)


@dataclass(frozen=True)
class Heading:
    """A title and the papers that stand under it, by any keys that can be compared."""

    title: str
    papers: frozenset[object] = frozenset()


def is_standing(title: str) -> bool:
    """Whether every report answers this, whatever the plan asks: difficulties, commendations, funding,
    proposals, next year's tasks."""
    return any(words in fold(title) for words in _STANDING)


def counterparts(new: Sequence[Heading], old: Sequence[Heading]) -> dict[int, int]:
    """Index of a new heading → index of the old one that speaks of the same; each at most once.

    What they share counts against all that the shorter title says, and so does the share of the new
    heading's papers that stood under the old one; the best pairs are taken first.
    """
    said_new, said_old = [_pairs(each.title) for each in new], [_pairs(each.title) for each in old]
    often = _counted(said_new) | _counted(said_old)  # in the outline where it stands more often
    scored = [
        (_likeness(said_new[n], said_old[o], often) + _shared_papers(new[n], old[o]), -n, -o)
        for n in range(len(new))
        for o in range(len(old))
    ]
    found: dict[int, int] = {}
    for score, n, o in sorted(scored, reverse=True):
        if score >= ENOUGH and -n not in found and -o not in found.values():
            found[-n] = -o
    return found


def _pairs(title: str) -> frozenset[str]:
    """Neighbouring words that no comma parts; of a title of single words, these."""
    pairs: set[str] = set()
    alone: set[str] = set()
    for run in re.split(r"[^\w\s]+", fold(title)):
        words = [word for word in run.split() if word not in _LINKS]
        alone.update(words)
        pairs.update(f"{first} {second}" for first, second in pairwise(words))
    return frozenset(pairs or alone)


def _counted(titles: Iterable[frozenset[str]]) -> Counter[str]:
    return Counter(pair for pairs in titles for pair in pairs)


def _likeness(one: frozenset[str], other: frozenset[str], often: Counter[str]) -> float:
    shorter = min(_weight(one, often), _weight(other, often))
    return _weight(one & other, often) / shorter if shorter else 0.0


def _weight(pairs: Iterable[str], often: Counter[str]) -> float:
    return sum(1 / often[pair] for pair in pairs)


def _shared_papers(new: Heading, old: Heading) -> float:
    """Less than what the titles say: any area may name a paper."""
    return PAPERS_WEIGH * len(new.papers & old.papers) / len(new.papers) if new.papers else 0.0
