"""Texts compared by their words: what changed between two, which of several is nearest, which repeat.

Pure: no database, no clock. Comparison of likeness is on folded text (no accents, no case).
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from units.text import fold

GRAM = 5
ALIKE = 0.6
_CROWD = 60  # a run of words that more texts share than this is a formula and says nothing about likeness


@dataclass(frozen=True)
class Change:
    """A run of words: kept, only in the old text, or only in the new one."""

    kind: Literal["same", "removed", "added"]
    text: str


def word_diff(old: str, new: str) -> list[Change]:
    """How `old` became `new`, word by word, in reading order."""
    before, after = old.split(), new.split()
    changes: list[Change] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            changes.append(Change("same", " ".join(before[a:b])))
            continue
        if b > a:
            changes.append(Change("removed", " ".join(before[a:b])))
        if d > c:
            changes.append(Change("added", " ".join(after[c:d])))
    return changes


def grams(text: str) -> frozenset[str]:
    """Runs of five words of the folded text; a shorter text is one run."""
    words = [word.strip(".,;:!?()[]“”\"'") for word in fold(text).split()]
    words = [word for word in words if word]
    if len(words) <= GRAM:
        return frozenset({" ".join(words)}) if words else frozenset()
    return frozenset(" ".join(words[i : i + GRAM]) for i in range(len(words) - GRAM + 1))


def nearest(text: str, others: Sequence[str]) -> int | None:
    """The index of the text that shares most words with `text`; None where none shares any."""
    wanted = set(fold(text).split())
    scores = [
        len(wanted & set(fold(other).split())) / (len(wanted | set(fold(other).split())) or 1)
        for other in others
    ]
    if not scores or max(scores) == 0:
        return None
    return scores.index(max(scores))


def groups(texts: Sequence[str]) -> list[list[int]]:
    """Indexes of texts that say nearly the same, two or more a group, in order of the first of each.

    A text joins the first earlier one with which it shares `ALIKE` of the smaller set of five-word runs.
    """
    known = [grams(text) for text in texts]
    holders: dict[str, list[int]] = defaultdict(list)
    home: list[int] = []
    for index, mine in enumerate(known):
        shared: dict[int, int] = defaultdict(int)
        for gram in mine:
            for other in holders[gram]:
                shared[other] += 1
        found = next((o for o in sorted(shared) if shared[o] >= ALIKE * min(len(mine), len(known[o]))), None)
        home.append(index if found is None else home[found])
        if found is None:
            for gram in mine:
                if len(holders[gram]) < _CROWD:
                    holders[gram].append(index)
    gathered: dict[int, list[int]] = defaultdict(list)
    for index, first in enumerate(home):
        gathered[first].append(index)
    return [members for members in gathered.values() if len(members) > 1]
