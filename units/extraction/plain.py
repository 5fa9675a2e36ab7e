"""Plain text: which encoding it is in, told by its bytes."""

from __future__ import annotations

import codecs
import re
import unicodedata

from units.extraction.legacy import detect_legacy, likeness
from units.extraction.unreadable import Reason, Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 8_000
_LINE_BREAK = re.compile("\r\n?")
_MOST_CONTROLS = 0.02
_MOST_BROKEN = 0.001


def decoded(data: bytes) -> str:
    """Return the text of a file, line breaks as "\\n", a byte-order mark left out; letters as they came.

    UTF-8, UTF-16 with or without a mark, windows-1258 (its tones stay separate characters), and western
    bytes as such where they hold TCVN3 or VNI. Raises `Unreadable` for bytes that are no text.
    """
    text = _LINE_BREAK.sub("\n", _decoded(data))
    sample = text[:_SAMPLE]
    controls = sum(unicodedata.category(char) == "Cc" and char not in "\n\t\f\v" for char in sample)
    if controls > _MOST_CONTROLS * len(sample):
        raise Unreadable(Reason.UNKNOWN)
    return text


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    wide = _wide(data[:_SAMPLE])
    if wide:
        return data.decode(wide, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="replace")
    if text.count("\ufffd") <= max(1, _MOST_BROKEN * len(text)) and likeness(text) >= 0.5:
        return text
    return _eight_bits(data)


def _wide(sample: bytes) -> str | None:
    """Return UTF-16 of the byte order that puts the many zero bytes of Latin letters where they are."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = max(1, len(sample) // 2)
    if odd > 0.3 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.3 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _eight_bits(data: bytes) -> str:
    western = data.decode("latin-1") if b"\x81" in data else data.decode("cp1252", errors="replace")
    vietnamese = data.decode("cp1258", errors="replace")
    as_vietnamese = likeness(unicodedata.normalize("NFC", vietnamese))
    if as_vietnamese >= 0.9 or detect_legacy(western) is None:
        return vietnamese
    return western
