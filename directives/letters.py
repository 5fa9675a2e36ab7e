"""The letters of Vietnamese as sets for patterns: in Unicode, ranges of accented letters mix small and capital."""

from __future__ import annotations

_ACCENTED = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"

SMALL = f"a-z{_ACCENTED}"
"""What goes between the brackets of a pattern for one small letter."""

CAPITAL = f"A-Z{_ACCENTED.upper()}"
"""What goes between the brackets of a pattern for one capital."""
