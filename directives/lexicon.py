"""The words of duties and of names, read once from the lists beside this module.

`words/verbs.txt` holds how a duty begins, `words/nouns.txt` what offices are for, `words/ties.txt` what ties a
name together, `words/places.txt` provinces. A word of both a duty and a name is in doubt: what stands around
it decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path

from directives.addressee_words import BODIES, MANY, POSTS

_LONGEST_WORD, _MOST_TOKENS = 60, 8
_WORDS = Path(__file__).parent / "words"
_TOKEN = re.compile(r"[^\W_]+|[-/]")
_PLACED = {"oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy"}
_LATE_TONE = re.compile("(?:o[àáảãạ]|(?<!q)u[ỷỹỵ])(?![^\\W_])")
# "tuyên truyền viên", "hợp tác xã" are no deeds.
_DOERS = (" viên", " sinh", " xã", " nhân")


class WordKind(StrEnum):
    """What a word says about where a name ends."""

    VERB = "verb"
    NOUN = "noun"
    BOTH = "both"
    OPEN = "open"
    """A tie after which the name must go on: "và", "của"."""
    CLOSER = "closer"
    """A name can end with it: "tỉnh", "liên quan"."""


@dataclass(frozen=True)
class Word:
    """A word of the lists that stands in a text: how many tokens it has and what it is."""

    length: int
    kind: WordKind


@lru_cache(maxsize=8192)
def spelt(word: str) -> str:
    """Return a lower-case word with the tone where the lists put it: "hoá" → "hóa"."""
    return _LATE_TONE.sub(lambda found: _PLACED[found.group()], word.lower())


def _listed(name: str) -> dict[str, list[str]]:
    """Return the words of a file by the part they stand in, spelt and parted into tokens."""
    parts: dict[str, list[str]] = {"": []}
    part = ""
    for line in (_WORDS / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            part = line[1:].split(":")[0].strip() if ":" in line else part
            parts.setdefault(part, [])
            continue
        words = (" ".join(_TOKEN.findall(spelt(word))) for word in line.split(","))
        parts[part].extend(word for word in words if word)
    return parts


def signs(part: str) -> frozenset[str]:
    """Return the words of one part of `words/signs.txt`, spelt."""
    return frozenset(_listed("signs")[part])


@cache
def _lexicon() -> tuple[dict[str, WordKind], dict[str, int]]:
    """Return (the words with what they say, the most tokens of a word by the first of them)."""
    verbs = {word for words in _listed("verbs").values() for word in words}
    ties = _listed("ties")
    nouns = {word for words in _listed("nouns").values() for word in words} | set(ties["inner"])
    bodies = (
        {" ".join(_TOKEN.findall(spelt(word))) for word in f"{BODIES}, {POSTS}".split(",")} - verbs - {""}
    )
    # What "các" makes a group of, where it is more than one syllable.
    bodies |= {" ".join(word.split()) for word in MANY.split(",") if " " in word.strip()} - verbs
    kinds: dict[str, WordKind] = {}
    for word in nouns | bodies:
        head = " ".join(word.split()[:2])
        doubtful = word in verbs or (head in verbs and not word.endswith(_DOERS))
        kinds[word] = WordKind.BOTH if doubtful else WordKind.NOUN
    for word in verbs - nouns:
        kinds[word] = WordKind.VERB
    for word in ties["open"]:
        kinds[word] = WordKind.BOTH if word in verbs else WordKind.OPEN
    for word in [*ties["closers"], *_listed("places")[""]]:
        kinds[word] = WordKind.CLOSER
    longest: dict[str, int] = {}
    for word in kinds:
        parts = word.split()
        longest[parts[0]] = max(longest.get(parts[0], 0), len(parts))
    return kinds, longest


def longest_word(tokens: list[str], place: int) -> Word | None:
    """Return the longest word of the lists that begins at a token; the tokens are `spelt`.

    Its last syllable goes to the next word where both are words then: "Kiểm tra · Đảng ủy", not "Kiểm tra Đảng · ủy".
    """
    kinds, longest = _lexicon()
    for length in range(min(longest.get(tokens[place], 0), len(tokens) - place), 0, -1):
        kind = kinds.get(" ".join(tokens[place : place + length]))
        if kind:
            shorter = kinds.get(" ".join(tokens[place : place + length - 1])) if length > 1 else None
            after = tokens[place + length - 1 : place + length + 1]
            if shorter and len(after) == 2 and " ".join(after) in kinds and after[1] not in kinds:
                return Word(length - 1, shorter)
            return Word(length, kind)
    return None


def _word_at(text: str, place: int) -> tuple[WordKind | None, int]:
    """Return (what the longest listed word is that begins at a place of a text, where it ends)."""
    tokens = list(islice(_TOKEN.finditer(text, place, place + _LONGEST_WORD), _MOST_TOKENS))
    word = longest_word([spelt(found.group()) for found in tokens], 0) if tokens else None
    return (word.kind, tokens[word.length - 1].end()) if word else (None, place)


def opens_duty(text: str, place: int) -> bool:
    """Say whether a duty begins at a place of a text, whatever the case of its first letter."""
    kind, end = _word_at(text, place)
    # "Phòng", "Báo" alone are offices far more often than deeds.
    return kind is WordKind.VERB or (kind is WordKind.BOTH and len(text[place:end].split()) > 1)


def name_word_end(text: str, place: int, *, doubtful: bool = True) -> int:
    """Return where a word ends that begins at a place and can stand in a name; 0 for none.

    `doubtful` takes a word of a duty too where it may stand in a name.
    """
    kind, end = _word_at(text, place)
    return end if kind is WordKind.NOUN or (doubtful and kind is WordKind.BOTH) else 0


def holds_duty(text: str) -> bool:
    """Say whether a word of two syllables or more that only duties have stands in a text."""
    tokens = [spelt(found) for found in _TOKEN.findall(text)]
    place = 0
    while place < len(tokens):
        word = longest_word(tokens, place)
        if word and word.kind is WordKind.VERB and word.length > 1:
            return True
        place += word.length if word else 1
    return False
