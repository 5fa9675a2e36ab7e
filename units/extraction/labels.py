"""Labels of automatic lists, as Word and browsers print them: "1.", "a)", "IV."."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_PLACE = re.compile("%([1-9])")
_OWN_BULLETS = "-–—+*•"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def counted(number: int, form: str) -> str:
    """Return a number in a form of Word's ("decimal", "upperRoman", "lowerLetter", …); decimal if unknown."""
    if form == "none":
        return ""
    if form == "decimalZero":
        return f"{number:02d}"
    if form in ("lowerLetter", "upperLetter") and 1 <= number <= 780:
        text = _LETTERS[(number - 1) % 26] * ((number - 1) // 26 + 1)
        return text.upper() if form == "upperLetter" else text
    if form in ("lowerRoman", "upperRoman") and 1 <= number <= 3999:
        text, rest = "", number
        for value, letters in _ROMAN:
            text += letters * (rest // value)
            rest %= value
        return text.upper() if form == "upperRoman" else text
    return str(number)


@dataclass
class Level:
    """One level of a list: "decimal" and "%1." print 1., 2., …"""

    form: str = "decimal"
    pattern: str = ""
    start: int = 1
    legal: bool = False
    """Numbers of the levels above are printed in decimal, whatever their form."""
    restarts: bool = True


@dataclass
class Counter:
    """The running numbers of one list."""

    levels: dict[int, Level]
    numbers: dict[int, int] = field(default_factory=dict)

    def next(self, depth: int, start: int | None = None) -> str:
        """Count one item at a level (0 is the outermost) and return its label; `start` begins anew there."""
        level = self.levels.get(depth, Level())
        if start is not None:
            self.numbers[depth] = start
        else:
            self.numbers[depth] = self.numbers.get(depth, level.start - 1) + 1
        for deeper in [other for other in self.numbers if other > depth]:
            if self.levels.get(deeper, Level()).restarts:
                del self.numbers[deeper]
        if level.form == "bullet":
            return bullet(level.pattern)
        return _PLACE.sub(lambda found: self._printed(int(found[1]) - 1, level), level.pattern)

    def _printed(self, depth: int, level: Level) -> str:
        other = self.levels.get(depth, Level())
        number = self.numbers.get(depth, other.start)
        return counted(number, "decimal" if level.legal and other.form != "none" else other.form)


def bullet(pattern: str) -> str:
    """Return the sign of an unnumbered item; letters of symbol fonts become a dash."""
    sign = pattern.strip()[:1]
    return sign if sign and sign in _OWN_BULLETS else "-"
