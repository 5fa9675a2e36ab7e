"""Numbers and symbols of papers: shapes, quirks, the kind word against the letters."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.codes import KINDS, canonical, kind_label, kinds_of_word, parse_code


@pytest.mark.parametrize(
    ("text", "kind", "number", "year", "symbol"),
    [
        ("45-NQ/TW", "NQ", "45", None, "NQ/TW"),
        ("04-CTr/BTGTW-BYT", "CTr", "04", None, "CTr/BTGTW-BYT"),
        ("288/QĐ-BYT", "QĐ", "288", None, "QĐ-BYT"),
        ("30/2020/NĐ-CP", "NĐ", "30", 2020, "NĐ-CP"),
        ("08/2015/TTLT-BYT-BTC", "TTLT", "08", 2015, "TTLT-BYT-BTC"),
        ("202/2025/QH15", "Luật", "202", 2025, "QH15"),
        ("1211/2016/UBTVQH13", "NQ", "1211", 2016, "UBTVQH13"),
        ("4396/BYT-KH-TC", "CV", "4396", None, "BYT-KH-TC"),
        ("499/BDN", "CV", "499", None, "BDN"),
        ("141/KH-BCĐTKNQ18", "KH", "141", None, "KH-BCĐTKNQ18"),
        ("60a/KH-UBND", "KH", "60a", None, "KH-UBND"),
        ("19-2018/NQ-CP", "NQ", "19-2018", None, "NQ-CP"),
        ("12/BC", "BC", "12", None, "BC"),
        ("22-CP", "CV", "22", None, "CP"),
    ],
)
def test_shapes(text: str, kind: str, number: str, year: int | None, symbol: str) -> None:
    code = parse_code(text)
    assert code is not None
    assert (code.kind, code.number, code.year, code.symbol, code.text) == (kind, number, year, symbol, text)


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("45 – NQ/TW", "45-NQ/TW"),
        ("45—NQ / TW", "45-NQ/TW"),
        ("45‑NQ∕TW", "45-NQ/TW"),
        ("07-\nNQ/TU", "07-NQ/TU"),
        ("07-NQ/\n\n      TU", "07-NQ/TU"),
        ("45-CT/TƯ", "45-CT/TW"),
        ("12-HD/BTGTƯ", "12-HD/BTGTW"),
        ("45-CTR/TU", "45-CTr/TU"),
        ("19/CT-TTG", "19/CT-TTg"),
        ("155/TTR-BYT", "155/TTr-BYT"),
        ("08-QĐI/TW", "08-QĐi/TW"),
        ("45 NQ/TW", "45-NQ/TW"),
        ("45NQ/TW", "45-NQ/TW"),
        ("4667/QĐ BYT", "4667/QĐ-BYT"),
        ("30/2020/NĐ CP", "30/2020/NĐ-CP"),
        ("45-nq/tw", "45-NQ/TW"),
        ("45/NQ-TW", "45-NQ/TW"),
        ("45-NQ-TW", "45-NQ/TW"),
        ("số: 288/QĐ-BYT.", "288/QĐ-BYT"),
        ("Kết luận số 86-KL/TW", "86-KL/TW"),
        ("288/QÐ-BYT", "288/QĐ-BYT"),
        ("63/2025/QH 15", "63/2025/QH15"),
    ],
)
def test_quirks(printed: str, text: str) -> None:
    assert canonical(printed) == text
    assert canonical(unicodedata.normalize("NFD", printed)) == text


@pytest.mark.parametrize(
    ("printed", "word", "kind", "text", "corrected"),
    [
        ("86-KT/TW", "Kết luận", "KL", "86-KL/TW", True),
        ("86-KT/TW", "KẾT  LUẬN", "KL", "86-KL/TW", True),
        ("12-CT/TU", "Chương trình", "CTr", "12-CTr/TU", True),
        ("12/TT-BYT", "Tờ trình", "TTr", "12/TTr-BYT", True),
        ("12/NQ-UBND", "Quyết định", "QĐ", "12/QĐ-UBND", True),
        ("66-QĐ/TW", "Quy định", "QĐ", "66-QĐ/TW", False),
        ("08-QĐi/TW", "Quy định", "QĐi", "08-QĐi/TW", False),
        ("50-CTr/TU", "Chương trình hành động", "CTr", "50-CTr/TU", False),
        ("50-CTHĐ/ĐU", "Chương trình", "CTHĐ", "50-CTHĐ/ĐU", False),
        ("15-TB/TW", "Thông báo kết luận", "TB", "15-TB/TW", False),
        ("321-QĐNS/TW", "Quyết định", "QĐ", "321-QĐNS/TW", False),
        ("98/2023/QH15", "Nghị quyết", "NQ", "98/2023/QH15", False),
        ("98/2023/QH15", "Bộ luật", "Luật", "98/2023/QH15", False),
        ("1234/TB-BYT", "Công văn", "CV", "1234/TB-BYT", False),
        ("290/TB-BYT", "văn bản", "TB", "290/TB-BYT", False),
        ("1234/SGDĐT-VP", "văn bản", "CV", "1234/SGDĐT-VP", False),
        ("63-CP", "Nghị định", "NĐ", "63-CP", False),
    ],
)
def test_kind_word_against_letters(printed: str, word: str, kind: str, text: str, corrected: bool) -> None:
    code = parse_code(printed, word)
    assert code is not None
    assert (code.kind, code.text, bool(code.note)) == (kind, text, corrected)


def test_a_correction_names_both_readings() -> None:
    code = parse_code("86-KT/TW", "Kết luận")
    assert code is not None
    assert "86-KT/TW" in code.note
    assert "86-KL/TW" in code.note


@pytest.mark.parametrize(
    "text",
    [
        "",
        "khóa XIII",
        "khoản 2 Điều 5",
        "024.62732273",
        "15.000.000 đồng",
        "20/10/2025",
        "HIV/AIDS",
        "số",
        "12",
        "/KH-BYT",
    ],
)
def test_no_code(text: str) -> None:
    assert parse_code(text) is None


def test_leading_zeros_do_not_make_another_paper() -> None:
    first, second = parse_code("07-NQ/TU"), parse_code("7-NQ/TU")
    assert first is not None
    assert second is not None
    assert first.key == second.key
    assert first.text != second.text


@pytest.mark.parametrize(
    ("abbreviation", "label"), [("NQ", "Nghị quyết"), ("CTr", "Chương trình"), ("XX", "XX")]
)
def test_kind_label(abbreviation: str, label: str) -> None:
    assert kind_label(abbreviation) == label


@pytest.mark.parametrize(
    ("word", "allowed"),
    [("Quy\nđịnh", ("QĐ", "QĐi", "QyĐ")), ("văn bản", ()), ("NQ", ("NQ",)), ("bài thơ", None)],
)
def test_kinds_of_word(word: str, allowed: tuple[str, ...] | None) -> None:
    assert kinds_of_word(word) == allowed


_kinds = st.sampled_from([kind for kind in KINDS if kind not in ("Luật", "L")])
_agencies = st.sampled_from(
    ["TU", "BTGTW", "BYT", "UBND", "CP", "TTg", "BCĐTKNQ18", "ĐU", "HĐND", "SYT-NVY", "VPCP"]
)
_numbers = st.integers(1, 99999).map(lambda number: f"{number:02d}")
_party = st.builds(lambda n, k, a: f"{n}-{k}/{a}", _numbers, _kinds, _agencies | st.just("TW"))
_state = st.builds(lambda n, k, a: f"{n}/{k}-{a}", _numbers, _kinds, _agencies)
_normative = st.builds(
    lambda n, y, k, a: f"{n}/{y}/{k}-{a}", _numbers, st.integers(1990, 2039), _kinds, _agencies
)
_laws = st.builds(lambda n, y, t: f"{n}/{y}/QH{t}", _numbers, st.integers(1990, 2039), st.integers(9, 20))
_letters = st.builds(
    lambda n, a: f"{n}/{a}",
    _numbers,
    st.sampled_from(["BYT-KH-TC", "BYT-VPB9", "SGDĐT-VP", "BDN", "VPCP-KGVX"]),
)
_codes = st.one_of(_party, _state, _normative, _laws, _letters)
_quirks = st.sampled_from(
    [
        lambda text: text,
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("-", "–"),
        lambda text: text.replace("-", " - "),
        lambda text: text.replace("/", " / "),
        lambda text: text.replace("-", "-\n", 1),
        lambda text: text.replace("/", "/\n   ", 1),
        lambda text: text.replace("-", "\u00a0-\u00a0"),
        lambda text: text.replace("TW", "TƯ"),
        lambda text: text.lower(),
    ]
)


@given(
    _codes, st.lists(_quirks, min_size=1, max_size=3), st.sampled_from(["{}", "số: {}", "Số {}.", " {}, "])
)
def test_any_code_with_quirks_parses_back(text: str, quirks: list, around: str) -> None:
    printed = text
    for quirk in quirks:
        printed = quirk(printed)
    code = parse_code(around.format(printed))
    assert code is not None
    assert code.text == text


@given(st.text(alphabet="0123456789/- \nNQTWĐKHđ–.,sốCTr", max_size=60), st.none() | st.text(max_size=20))
def test_no_input_raises(text: str, word: str | None) -> None:
    code = parse_code(text, word)
    assert code is None or canonical(code.text) == code.text or code.note
