"""Normal form, search form and sort order of Vietnamese text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from units.text import SORT_KEY_MAX, align, fold, nfc, row_number, slugify_vi, sort_key


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("Hà Nội", "Hà Nội"),
        ("Ha\u0300 No\u0323\u0302i", "Hà Nội"),
        ("một\x00hai\x07", "mộthai"),
        ("cột\tmột\ndòng", "cột\tmột\ndòng"),
        ("cuối dòng\r\ndòng sau\rnữa", "cuối dòng\ndòng sau\nnữa"),
        ("\ufeffđầu tệp", "đầu tệp"),
        ("đảo\u202echiều", "đảochiều"),
        ("thay\ud800thế", "thaythế"),
        ("", ""),
    ],
)
def test_nfc(raw: str, stored: str) -> None:
    assert nfc(raw) == stored


@given(st.text())
def test_nfc_is_stable_and_storable(raw: str) -> None:
    once = nfc(raw)
    assert nfc(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "\x00" not in once
    once.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Hà Nội", "ha noi"),
        ("Kết luận", "ket luan"),
        ("KẾT   LUẬN\n86", "ket luan 86"),
        ("Đắk Lắk", "dak lak"),
        ("ƯỚC MƠ của Đỗ", "uoc mo cua do"),
        ("Ha\u0300 No\u0323\u0302i", "ha noi"),
        ("  45-NQ/TW ", "45-nq/tw"),
        ("số\u00a0\u200b12", "so 12"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_fold_is_stable(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Sở Y tế thành phố Hà Nội", "so-y-te-thanh-pho-ha-noi"),
        ("Vụ Kế hoạch - Tài chính", "vu-ke-hoach-tai-chinh"),
        ("Đắk Lắk (cũ)", "dak-lak-cu"),
        ("…", ""),
    ],
)
def test_slugify(text: str, slug: str) -> None:
    assert slugify_vi(text) == slug


@pytest.mark.parametrize(
    "ordered",
    [
        # every letter of the alphabet, f j w z at their Latin places
        list("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"),
        ["ba", "bà", "bả", "bã", "bá", "bạ"],
        ["bạ", "bă", "bằ", "bẳ", "bẵ", "bắ", "bặ", "bâ"],
        ["An Giang", "Ân Thi", "Bắc Ninh", "Cà Mau", "Cao Bằng", "Dak", "Đà Nẵng", "Đắk Lắk"],
        ["hà", "Hà", "HÀ"],
        ["Hà Nội", "Hải Phòng", "Hàn"],
        ["Quận", "Quận 2", "Quận 10", "Quận Mười"],
        ["Phòng 2", "Phòng 02", "Phòng 3"],
        ["1", "9", "10", "99", "100", "a"],
        ["Sở Y tế", "Sở Y tế - cũ", "Sở Y tế 2", "Sở Y tế Huế"],
        ["Thanh Hoá", "Thành Hoá", "Thanh Hoá 2"],
    ],
    ids=lambda ordered: " < ".join(ordered)[:40],
)
def test_sort_order(ordered: list[str]) -> None:
    backwards = list(reversed(ordered))
    assert sorted(backwards, key=sort_key) == ordered


def test_letters_outrank_tones() -> None:
    # "bà" carries a tone, but the letter that follows decides.
    assert sort_key("bàa") < sort_key("bab") < sort_key("bác")


def test_sort_key_does_not_see_the_unicode_form() -> None:
    composed = "Thừa Thiên Huế"
    assert sort_key(unicodedata.normalize("NFD", composed)) == sort_key(composed)


@given(st.text(max_size=300))
def test_sort_key_is_bounded_hex(text: str) -> None:
    key = sort_key(text)
    assert set(key) <= set("0123456789abcdef")
    assert len(key) <= SORT_KEY_MAX


def test_sort_key_of_a_very_long_text_is_cut() -> None:
    assert len(sort_key("ồ" * 5000)) == SORT_KEY_MAX


@pytest.mark.parametrize("text", ["Hà Nội – 45", "Ha\u0300 No\u0323\u0302i – 45", "\ufeffHà\u200b Nội – 45"])
def test_align_points_into_the_original(text: str) -> None:
    aligned = align(text, {0x2013: "-"})
    assert aligned.text == "Hà Nội - 45"
    start, end = aligned.span(3, 6)
    assert nfc(text[start:end]) == "Nội"


@pytest.mark.parametrize(
    ("text", "place", "span"), [("", 0, (0, 0)), ("a\u0301b", 1, (2, 2)), ("a\u0301", 1, (2, 2))]
)
def test_align_keeps_an_empty_span_empty(text: str, place: int, span: tuple[int, int]) -> None:
    assert align(text).span(place, place) == span


@given(st.text())
def test_align_spans_cover_the_text_in_order(text: str) -> None:
    aligned = align(text)
    spans = [aligned.span(place, place + 1) for place in range(len(aligned.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)


@pytest.mark.parametrize(
    ("typed", "number"),
    [("7", 7), ("007", 7), ("9" * 18, 10**18 - 1), ("9" * 19, None)]
    + [(odd, None) for odd in ("", "-1", "1.0", " 1", "٣", "²", "a")],
)
def test_only_what_a_database_can_be_asked_for_is_a_number_of_a_row(typed: str, number: int | None) -> None:
    assert row_number(typed) == number
