"""Vietnamese text: the normal form that is stored, the folded form that is searched, the key that sorts.

Both databases must give the same answers, so nothing here is left to their collations: search runs over
`fold`, ordering over `sort_key`, and both are computed once, when a row is saved.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SORT_KEY_MAX = 480
"""Longest key `sort_key` returns; columns that store one are at least this wide."""

# Marks that say nothing and hide in pasted text: soft hyphen, zero-width space, byte-order mark and the
# overrides of writing direction, which can make a line read differently from what it is.
_INVISIBLE = frozenset("\u00ad\u200b\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LINE_BREAKS = re.compile("\r\n?|[\u2028\u2029\u0085]")
_BLANKS = re.compile(r"\s+")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def _is_stored(char: str) -> bool:
    if char in "\n\t":
        return True
    return char not in _INVISIBLE and unicodedata.category(char) not in ("Cc", "Cs")


def nfc(text: str) -> str:
    """Return the form in which text is stored: NFC, line breaks as "\\n", no control characters.

    Tab and line feed stay; every other control character, lone surrogates and invisible direction marks
    are dropped (PostgreSQL refuses NUL, encoders refuse surrogates). Idempotent; never raises.
    """
    unified = _LINE_BREAKS.sub("\n", text)
    if not unified.isprintable():
        unified = "".join(char for char in unified if _is_stored(char))
    return unicodedata.normalize("NFC", unified)


def row_number(text: str) -> int | None:
    """The number of a row as an address or a form sends it; None for what no database can be asked for."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


@dataclass(frozen=True)
class Aligned:
    """Text in NFC that remembers where each of its characters stood in the text it was made from."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open span of the original text for one of `text`; an empty span stays empty."""
        if start >= end:
            place = self.starts[start] if start < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return place, place
        return self.starts[start], self.ends[end - 1]


def _clusters(text: str, replacing: Mapping[int, str]) -> list[tuple[str, int, int]]:
    clusters, start = [], 0
    while start < len(text):
        end = start + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        char = text[start]
        if char not in _INVISIBLE or ord(char) in replacing:
            clusters.append((unicodedata.normalize("NFC", text[start:end]).translate(replacing), start, end))
        start = end
    return clusters


def align(text: str, replacing: Mapping[int, str] | None = None) -> Aligned:
    """Return text in NFC without invisible marks, with `replacing` applied (one character for one).

    Readers of papers search in the result and give spans of the original, however that was encoded.
    """
    table = replacing or {}
    if unicodedata.is_normalized("NFC", text) and _INVISIBLE.isdisjoint(text):
        return Aligned(text.translate(table), range(len(text)), range(1, len(text) + 1))
    chars, starts, ends = [], [], []
    for piece, start, end in _clusters(text, table):
        for char in piece:
            chars.append(char)
            starts.append(start)
            ends.append(end)
    return Aligned("".join(chars), starts, ends)


def _without_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if unicodedata.category(char) not in ("Mn", "Me", "Cf", "Cs"))


def fold(text: str) -> str:
    """Return text as it is searched: no accents, lower case, đ as d, one blank between words.

    "Hà Nội" gives "ha noi", "KẾT  LUẬN" gives "ket luan". Idempotent; never raises.
    """
    plain = _without_marks(_without_marks(text).lower()).replace("đ", "d")
    visible = "".join(" " if unicodedata.category(char) == "Cc" else char for char in plain)
    return _BLANKS.sub(" ", visible).strip()


def slugify_vi(text: str) -> str:
    """Return an ASCII slug, "Sở Y tế Hà Nội" → "so-y-te-ha-noi"; empty where no letter or digit is left."""
    return _NOT_SLUG.sub("-", fold(text)).strip("-")


# The Vietnamese alphabet; f j w z, which it lacks, stand where the Latin one has them.
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_PUNCTUATION = "_-,;:!?.'\"()[]{}@*/\\&#%+=<>|~$"
_WEIGHT_BLANK = 0x02
_WEIGHT_PUNCTUATION = 0x03
_WEIGHT_NUMBER = 0x30  # plus the number of digits: shorter numbers are smaller
_WEIGHT_DIGIT = 0x50
_WEIGHT_LETTER = 0x60
_WEIGHT_OTHER = 0xF0  # followed by the code point, three bytes
_LONGEST_NUMBER = 0x1F
_LETTERS = {letter: _WEIGHT_LETTER + place for place, letter in enumerate(_ALPHABET)}
_MARKS = {mark: _WEIGHT_PUNCTUATION + place for place, mark in enumerate(_PUNCTUATION)}

_TONE_NONE = 1
# Dictionary order of the tones: ngang, huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": 2, "\u0309": 3, "\u0303": 4, "\u0301": 5, "\u0323": 6}
_TONE_FOREIGN = 7
# Marks that make a letter of the alphabet rather than a tone: breve, circumflex, horn.
_LETTER_MARKS = "\u0306\u0302\u031b"
_NUMBER = re.compile(r"[0-9]+")


def _letter_and_tone(char: str) -> tuple[str, int]:
    base, tone, letter = "", _TONE_NONE, ""
    for part in unicodedata.normalize("NFD", char.lower()):
        if part in _LETTER_MARKS:
            letter += part
        elif unicodedata.combining(part):
            tone = _TONES.get(part, _TONE_FOREIGN)
        else:
            base += part
    composed = unicodedata.normalize("NFC", base + letter)
    if composed in _LETTERS:
        return composed, tone
    return (base, _TONE_FOREIGN) if base in _LETTERS else ("", tone)


def _number_weights(digits: str) -> tuple[str, str, str]:
    plain = digits.lstrip("0")
    zeros = min(len(digits) - len(plain), 0xE)
    length = min(len(plain), _LONGEST_NUMBER)
    weights = [_WEIGHT_NUMBER + length] + [_WEIGHT_DIGIT + int(digit) for digit in plain]
    return "".join(f"{weight:02x}" for weight in weights), "", f"{zeros + 1:x}"


def _char_weights(char: str) -> tuple[str, str, str]:
    if char.isspace():
        return f"{_WEIGHT_BLANK:02x}", "", ""
    if char in _MARKS:
        return f"{_MARKS[char]:02x}", "", ""
    letter, tone = _letter_and_tone(char)
    if letter:
        return f"{_LETTERS[letter]:02x}", f"{tone:x}", "1" if char == char.lower() else "2"
    return f"{_WEIGHT_OTHER:02x}{ord(char):06x}", "", ""


def _pieces(text: str) -> list[tuple[str, str, str]]:
    pieces, place = [], 0
    while place < len(text):
        number = _NUMBER.match(text, place)
        if number:
            pieces.append(_number_weights(number.group()))
            place = number.end()
        else:
            pieces.append(_char_weights(text[place]))
            place += 1
    return pieces


def sort_key(text: str) -> str:
    """Return a key whose plain comparison is Vietnamese dictionary order.

    Letters first (a ă â b c d đ e ê …), tones second (ngang huyền hỏi ngã sắc nặng), lower before upper
    case last; blank before punctuation before numbers before letters; runs of digits compare as numbers
    ("Quận 2" before "Quận 10"). The key holds only 0-9 and a-f in weights of fixed width, on which every
    locale of every database agrees with byte order. At most `SORT_KEY_MAX` characters: longer texts are
    told apart by their beginning only.
    """
    # More letters than this cannot reach the key, whatever they weigh.
    cleaned = _BLANKS.sub(" ", nfc(text[: 4 * SORT_KEY_MAX])).strip()[:SORT_KEY_MAX]
    pieces = _pieces(cleaned)
    levels = ("".join(piece[level] for piece in pieces) for level in range(3))
    return "00".join(levels)[:SORT_KEY_MAX]
