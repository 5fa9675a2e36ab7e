"""A small grammar for prose: alternatives in square brackets, slots in braces, one seeded stream.

`[a|b|c]` stands for one of its alternatives (which may hold further brackets, or be empty), `{name}`
for a word the caller supplies, `{n:10-40}` for a whole number. Nothing here knows what is written.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypeVar

_T = TypeVar("_T")
_MASK = (1 << 64) - 1

#: ("text", words) | ("slot", name) | ("choice", alternatives)
_Node = tuple[str, object]
_Sequence = tuple[_Node, ...]


class Stream:
    """Repeatable choices from a text seed: the same seed gives the same choices on every machine."""

    def __init__(self, *seed: object) -> None:
        digest = hashlib.sha256("\x1f".join(str(part) for part in seed).encode()).digest()
        self._state = int.from_bytes(digest[:8], "big")

    def below(self, bound: int) -> int:
        """A whole number 0 ≤ n < bound (bound ≥ 1), by SplitMix64."""
        self._state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        mixed = self._state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
        return ((mixed ^ (mixed >> 31)) >> 11) % bound

    def between(self, low: int, high: int) -> int:
        """A whole number low ≤ n ≤ high."""
        return low + self.below(high - low + 1)

    def chance(self, percent: int) -> bool:
        """True about `percent` times in a hundred."""
        return self.below(100) < percent

    def pick(self, items: Sequence[_T]) -> _T:
        """One of the items (at least one)."""
        return items[self.below(len(items))]

    def shuffled(self, items: Sequence[_T]) -> list[_T]:
        """The items in a new order."""
        left = list(items)
        for position in range(len(left) - 1, 0, -1):
            other = self.below(position + 1)
            left[position], left[other] = left[other], left[position]
        return left


def grouped(number: int) -> str:
    """12345 → "12.345", the Vietnamese way to write thousands."""
    return f"{number:,}".replace(",", ".")


def tenths(amount: int) -> str:
    """A count of tenths as Vietnamese text: 9874 → "987,4", 950 → "95"."""
    whole, rest = divmod(amount, 10)
    return f"{grouped(whole)},{rest}" if rest else grouped(whole)


_TOKEN = re.compile(r"[\[\]|]|\{[^}]*\}|[^\[\]|{}]+")


@lru_cache(maxsize=8192)
def _parse(template: str) -> _Sequence:
    tokens = _TOKEN.findall(template)
    if "".join(tokens) != template:
        raise ValueError(f"stray brace in template: {template!r}")
    sequence, rest = _parse_alternatives(tokens, 0)
    if rest != len(tokens) or len(sequence) != 1:
        raise ValueError(f"unbalanced template: {template!r}")
    return sequence[0]


def _parse_alternatives(tokens: list[str], at: int) -> tuple[tuple[_Sequence, ...], int]:
    alternatives: list[_Sequence] = []
    nodes: list[_Node] = []
    while at < len(tokens) and tokens[at] != "]":
        mark = tokens[at]
        if mark == "[":
            inner, at = _parse_alternatives(tokens, at + 1)
            if at >= len(tokens):
                raise ValueError("a bracket is never closed")
            nodes.append(("choice", inner))
        elif mark == "|":
            alternatives.append(tuple(nodes))
            nodes = []
        elif mark[0] == "{":
            nodes.append(("slot", mark[1:-1]))
        else:
            nodes.append(("text", mark))
        at += 1
    alternatives.append(tuple(nodes))
    return tuple(alternatives), at


def expand(template: str, stream: Stream, slot: Callable[[str], str]) -> str:
    """One wording of the template; `slot` answers every {name} other than {n:low-high}.

    Raises ValueError for brackets or braces that do not match.
    """
    parts: list[str] = []
    _render(_parse(template), stream, slot, parts)
    return "".join(parts)


def _render(nodes: _Sequence, stream: Stream, slot: Callable[[str], str], parts: list[str]) -> None:
    for kind, value in nodes:
        if kind == "text":
            parts.append(str(value))
        elif kind == "choice":
            alternatives: Sequence[_Sequence] = value  # type: ignore[assignment]
            _render(stream.pick(alternatives), stream, slot, parts)
        else:
            name = str(value)
            if name.startswith("n:"):
                low, high = name[2:].split("-")
                parts.append(grouped(stream.between(int(low), int(high))))
            else:
                parts.append(slot(name))


_SPACES = re.compile(r"\s+")
_BEFORE_MARK = re.compile(r"\s+([,.;:])")


def sentence(text: str) -> str:
    """Tidy one sentence: single blanks, no blank before a mark, a capital first, a full stop last."""
    text = _BEFORE_MARK.sub(r"\1", _SPACES.sub(" ", text)).strip()
    text = re.sub(r",\s*,", ",", text)
    text = text[0].upper() + text[1:]
    return text if text[-1] in ".:;!" else text + "."
