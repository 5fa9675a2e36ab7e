"""Vietnamese typed before Unicode: TCVN3 (fonts .VnTime…) and VNI (fonts VNI-Times…), told and converted.

In both, a letter of the western code page stands for a Vietnamese one and only the font shows it right, so
that "Công văn" is stored as "C«ng v¨n" (TCVN3) or "Coâng vaên" (VNI).

TCVN3 has no codes for capitals with a tone: fonts whose name ends in H (.VnTimeH) draw the small letters as
capitals. Whether "¸" is "á" or "Á" is therefore known only from the font (`capitals`) or guessed from the
letters around it (a word or line otherwise in capitals).
"""

from __future__ import annotations

import re
import unicodedata

ENCODINGS = ("tcvn3", "vni")

_FAMILIES = (
    "aàáảãạ",
    "ăằắẳẵặ",
    "âầấẩẫậ",
    "eèéẻẽẹ",
    "êềếểễệ",
    "iìíỉĩị",
    "oòóỏõọ",
    "ôồốổỗộ",
    "ơờớởỡợ",
    "uùúủũụ",
    "ưừứửữự",
    "yỳýỷỹỵ",
)

_TCVN3_SMALL = dict(
    zip(
        "µ¸¶·¹" "¨»¾¼½Æ" "©ÇÊÈÉË" "®" "ÌÐÎÏÑ" "ªÒÕÓÔÖ" "×ÝØÜÞ" "ßãáâä" "«åèæçé" "¬êíëìî" "ïóñòô" "\u00adõøö÷ù" "úýûüþ",
        "àáảãạ" "ăằắẳẵặ" "âầấẩẫậ" "đ" "èéẻẽẹ" "êềếểễệ" "ìíỉĩị" "òóỏõọ" "ôồốổỗộ" "ơờớởỡợ" "ùúủũụ" "ưừứửữự" "ỳýỷỹỵ",
        strict=True,
    )
)  # fmt: skip
TCVN3 = _TCVN3_SMALL | dict(zip("¡¢§£¤¥¦", "ĂÂĐÊÔƠƯ", strict=True))
"""Stored character → letter; capitals with a tone have no code of their own."""

# Tones after a, e, o, u, y, ơ (ô), ư (ö): grave, acute, hook, tilde, dot; then with circumflex, then breve.
_VNI_TONES = "øùûõï"
_VNI_CIRCUMFLEX = "âàáåãä"
_VNI_BREVE = "êèéúüë"


def _vni() -> dict[str, str]:
    table: dict[str, str] = {"ñ": "đ", "ô": "ơ", "ö": "ư"}
    table |= dict(zip("ìíæóòî", "ìíỉĩịỵ", strict=True))
    for family, base in zip(_FAMILIES, "aaaeeiooôuöy", strict=True):
        plain = family[0]
        if plain == "i":
            continue
        if plain in "âêô":
            marks, letters = _VNI_CIRCUMFLEX, family
        elif plain == "ă":
            marks, letters = _VNI_BREVE, family
        else:
            marks, letters = _VNI_TONES, family[1:]
        table |= {base + mark: letter for mark, letter in zip(marks, letters, strict=True) if letter != "ỵ"}
    capitals = {stored.upper(): letter.upper() for stored, letter in table.items()}
    # A capital is also found with the small mark behind it: "Aùp".
    mixed = {stored[0].upper() + stored[1:]: letter.upper() for stored, letter in table.items()}
    return mixed | capitals | table


VNI = _vni()
"""Stored one or two characters → letter."""

_VNI_STORED = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))
_TCVN3_TABLE = str.maketrans(TCVN3)

# A word as stored: ASCII letters and whatever the western code page has above them.
_WORD = re.compile("[A-Za-z\u00a1-\u00ff\u0100-\u024f\u0300-\u036f\u1e00-\u1eff]{2,}")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_SYLLABLE = re.compile(
    "(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnprstvx])?"
    "(?:uyê|uya|uyu|iê|ia|yê|ya|uâ|uê|uô|uơ|ua|uy|ươ|ưa|oa|oă|oe|oo|[aăâeêioôơuưy])"
    "(?:ch|ng|nh|[cmnptiouy])?"
)
_JUDGED = 200_000
_ENOUGH = 0.7


def is_syllable(word: str) -> bool:
    """Whether a word could be a Vietnamese syllable, by its letters; case and tone do not count."""
    toneless = "".join(char for char in unicodedata.normalize("NFD", word.lower()) if char not in _TONES)
    return bool(_SYLLABLE.fullmatch(unicodedata.normalize("NFC", toneless)))


def likeness(text: str) -> float:
    """Return which part of the words with letters beyond ASCII are Vietnamese syllables; 0.0 without such."""
    return _share([word for word in _WORD.findall(text[:_JUDGED]) if not word.isascii()])


def _share(words: list[str]) -> float:
    return sum(map(is_syllable, words)) / len(words) if words else 0.0


def detect_legacy(text: str) -> str | None:
    """Return "tcvn3" or "vni" where a text is stored in it, None for Unicode and for other languages.

    Judged by words: read as stored they are no Vietnamese, converted they are. Reads the first 200 000
    characters; never raises.
    """
    words = [word for word in _WORD.findall(text[:_JUDGED]) if not word.isascii()]
    as_stored = _share(words)
    if not words or as_stored >= 0.5:
        return None
    shares = {encoding: _share([_converted(word, encoding) for word in words]) for encoding in ENCODINGS}
    best = max(ENCODINGS, key=lambda encoding: shares[encoding])
    return best if shares[best] >= _ENOUGH and shares[best] > as_stored + 0.2 else None


def convert_legacy(text: str, encoding: str, *, capitals: bool = False) -> str:
    """Return the text in Unicode (NFC letters); `capitals` for fonts that draw small letters as capitals.

    Letters that are already Vietnamese stay. ValueError for an encoding other than `ENCODINGS`.
    """
    if encoding not in ENCODINGS:
        raise ValueError(f"unknown legacy encoding {encoding!r}")
    converted = _converted(text, encoding)
    if capitals:
        return converted.upper()
    return _capitals_restored(converted, text) if encoding == "tcvn3" else converted


def is_stored_in_font(text: str) -> bool:
    """Whether text set in a font made for an old encoding is stored in it, and not in Unicode all the same.

    Of the Vietnamese letters with marks a third and more lie beyond the western code page; old texts have none.
    """
    marked = [char for char in text if not char.isascii() and not char.isspace()]
    beyond = sum(char > "\u00ff" and char.isalpha() for char in marked)
    return beyond * 10 < len(marked)


def legacy_of_font(name: str) -> tuple[str, bool] | None:
    """Return (encoding, capitals) of a font made for it (".VnTimeH" → "tcvn3", True), else None."""
    plain = name.strip().lower()
    if plain.startswith(".vn"):
        return "tcvn3", plain.endswith("h")
    if plain.startswith(("vni-", "vni ")):
        return "vni", False
    return None


def _converted(text: str, encoding: str) -> str:
    if encoding == "tcvn3":
        return text.translate(_TCVN3_TABLE)
    return _VNI_STORED.sub(lambda found: VNI[found.group()], text)


_LINE = re.compile(r"[^\n\t]+")
_LETTERS = re.compile(r"[^\W\d_]+")


def _capitals_restored(converted: str, stored: str) -> str:
    """Make capitals of small letters in words and lines that otherwise have capitals only."""
    if len(converted) != len(stored):  # never so: TCVN3 goes character for character
        return converted
    return _LINE.sub(
        lambda found: _capital_line(found.group(), stored[found.start() : found.end()]), converted
    )


def _capital_line(line: str, stored: str) -> str:
    """Capitals throughout if a word shows that they are meant: "TR¦êNG" does, "Sè" and "UBND" do not."""
    capitals, small = _ascii_case(stored)
    if not capitals:
        return line
    words = [(found, stored[found.start() : found.end()]) for found in _LETTERS.finditer(line)]
    if not small and any(_ascii_case(word)[0] >= 2 and not word.isascii() for _, word in words):
        return line.upper()
    return _LETTERS.sub(lambda found: _capital_word(found.group(), stored[found.start() : found.end()]), line)


def _capital_word(word: str, stored: str) -> str:
    capitals, small = _ascii_case(stored)
    return word.upper() if capitals >= 2 and not small else word


def _ascii_case(stored: str) -> tuple[int, int]:
    plain = [char for char in stored if char.isascii() and char.isalpha()]
    capitals = sum(char.isupper() for char in plain)
    return capitals, len(plain) - capitals
