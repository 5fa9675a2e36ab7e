"""Plain text in the encodings people save it in."""

import unicodedata

import pytest

from tests.units.extraction.test_legacy import PAPER, TCVN3, VNI, stored
from units.extraction.plain import decoded
from units.extraction.unreadable import Reason, Unreadable

DECOMPOSED = unicodedata.normalize("NFD", PAPER)


def windows_1258(text: str) -> bytes:
    """Base letters with their hats are one character there, tones are characters of their own."""
    out = []
    for char in unicodedata.normalize("NFC", text):
        try:
            out.append(char.encode("cp1258"))
        except UnicodeEncodeError:
            base, *tones = unicodedata.normalize("NFD", char)
            hats = "".join(mark for mark in tones if mark in "\u0302\u0306\u031b")
            rest = "".join(mark for mark in tones if mark not in "\u0302\u0306\u031b")
            out.append((unicodedata.normalize("NFC", base + hats) + rest).encode("cp1258"))
    return b"".join(out)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("text", [PAPER, DECOMPOSED])
def test_unicode_comes_as_it_was(encoding, text):
    assert decoded(text.encode(encoding)) == text


def test_utf_16_of_the_other_byte_order_is_told_by_its_mark():
    assert decoded(b"\xfe\xff" + PAPER.encode("utf-16-be")) == PAPER


@pytest.mark.parametrize(
    "text", [PAPER, "Công văn số 12 của Ủy ban nhân dân tỉnh", "Thông báo về việc nghỉ lễ"]
)
def test_windows_1258_keeps_its_tones_apart(text):
    found = decoded(windows_1258(text))
    assert unicodedata.normalize("NFC", found) == text
    assert found != text


@pytest.mark.parametrize("table", [TCVN3, VNI])
def test_old_encodings_stay_as_stored(table):
    old = stored(PAPER.lower(), table)
    assert decoded(old.encode("latin-1")) == old


def test_line_breaks_are_unified():
    assert decoded(b"a\r\nb\rc\n") == "a\nb\nc\n"


def test_a_broken_letter_does_not_spoil_a_paper():
    assert decoded(PAPER.encode() * 20 + b"\xe1\xbb") == PAPER * 20 + "\ufffd"


@pytest.mark.parametrize("data", [bytes(range(32)) * 9, b"MZ\x90\x00\x03\x00\x00\x00" * 50, b"\x00" * 100])
def test_bytes_that_are_no_text(data):
    with pytest.raises(Unreadable) as caught:
        decoded(data)
    assert caught.value.reason == Reason.UNKNOWN
