"""The one font of our documents: Tinos (Times New Roman's metrics, every Vietnamese letter), shipped here.

It goes under a family name of its own, so that no font of the machine can take its place: Debian's
Liberation Serif, for one, has the same metrics and lacks 92 of the 146 Vietnamese letters.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

FAMILY = "Van ban"
SCHEME = "vanban"
FOLDER = Path(__file__).resolve().parents[2] / "static" / "fonts" / "tinos"
FACES = {
    "regular": ("normal", "normal", "tinos-regular.ttf"),
    "italic": ("normal", "italic", "tinos-italic.ttf"),
    "bold": ("bold", "normal", "tinos-bold.ttf"),
    "bold-italic": ("bold", "italic", "tinos-bold-italic.ttf"),
}
"""Face → (CSS weight, CSS style, file)."""

VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵfjwz"
_REPLACEMENT = "\u25a1"
_ASSET = re.compile(rf"{SCHEME}:font/([a-z-]+)")


class FontIncomplete(RuntimeError):
    """A shipped font file is missing or lacks a Vietnamese letter."""


def fonts_complete() -> None:
    """Check that all four faces are there and hold every Vietnamese letter, ặ and ỹ among them.

    Raises `FontIncomplete` naming the file and the letters. Cheap enough for every start (about 0,1 s).
    """
    for face, (_, _, name) in FACES.items():
        path = FOLDER / name
        if not path.is_file():
            raise FontIncomplete(f"Font file {path} is missing.")
        missing = [letter for letter in VIETNAMESE + VIETNAMESE.upper() if ord(letter) not in covered(face)]
        if missing:
            raise FontIncomplete(f"Font file {path} lacks {''.join(missing)}.")


@cache
def covered(face: str) -> frozenset[int]:
    """Code points the face has a glyph for."""
    with TTFont(FOLDER / FACES[face][2], lazy=True) as font:
        return frozenset(font.getBestCmap())


@cache
def _printable() -> frozenset[int]:
    shared = frozenset.intersection(*(covered(face) for face in FACES))
    return shared | {0x09, 0x0A, 0x20}


def printable(text: str) -> str:
    """Replace every character our font has no glyph for by "□": PDF/A allows no missing glyph."""
    known = _printable()
    if all(ord(char) in known for char in set(text)):
        return text
    return "".join(char if ord(char) in known else _REPLACEMENT for char in text)


def asset(url: str) -> bytes | None:
    """The bytes of a named asset (`vanban:font/bold`); None for every other address."""
    match = _ASSET.fullmatch(url)
    if match is None or match.group(1) not in FACES:
        return None
    return (FOLDER / FACES[match.group(1)][2]).read_bytes()


@cache
def version() -> str:
    """A hash over the font files: part of the key under which printed pieces are kept."""
    digest = hashlib.sha256()
    for _, _, name in FACES.values():
        digest.update((FOLDER / name).read_bytes())
    return digest.hexdigest()[:16]


def font_face_rules() -> str:
    """The @font-face rules, one for each face, pointing at named assets only."""
    return "\n".join(
        f'@font-face {{ font-family: "{FAMILY}"; font-weight: {weight}; font-style: {style}; '
        f"src: url({SCHEME}:font/{face}); }}"
        for face, (weight, style, _) in FACES.items()
    )
