"""Texts from before Unicode: told apart from Unicode and other languages, converted letter by letter."""

import pytest

from units.extraction import legacy
from units.extraction.legacy import TCVN3, VNI, convert_legacy, detect_legacy, is_syllable, legacy_of_font

SMALL = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
LETTERS = SMALL + SMALL.upper()
PAPER = (
    "Căn cứ Chỉ thị của Ban Bí thư, Ủy ban nhân dân tỉnh yêu cầu các sở, ngành quán triệt đầy đủ, nghiêm túc; "
    "mở rộng tuyên truyền, kịp thời khuyến khích người tốt, việc tốt; định kỳ gửi báo cáo về Văn phòng."
)


def stored(text: str, table: dict[str, str]) -> str:
    """The text as its old encoding stores it; of several ways the longest key, which is the usual one."""
    inverse: dict[str, str] = {}
    for key, letter in table.items():
        if key == key.lower() or key == key.upper():
            inverse[letter] = key
    return "".join(inverse.get(char, char) for char in text)


def test_the_alphabet_is_whole():
    assert len(set(LETTERS)) == 134


@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_goes_to_vni_and_back(letter):
    assert convert_legacy(stored(letter, VNI), "vni") == letter


@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_goes_to_tcvn3_and_back(letter):
    """Capitals with a tone have the code of the small letter and a font that draws capitals."""
    assert convert_legacy(stored(letter.lower(), TCVN3), "tcvn3", capitals=letter.isupper()) == letter


def test_no_two_letters_share_a_code():
    assert len(TCVN3) == len(set(TCVN3.values())) == 67 + 7
    assert set(VNI.values()) == set(LETTERS)


@pytest.mark.parametrize(
    ("text", "encoding", "meant"),
    [
        ("C«ng v¨n", "tcvn3", "Công văn"),
        ("Coâng vaên", "vni", "Công văn"),
        ("Céng hoµ x· héi chñ nghÜa ViÖt Nam", "tcvn3", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "vni", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("Uû ban nh©n d©n tØnh th«ng b¸o", "tcvn3", "Uỷ ban nhân dân tỉnh thông báo"),
        ("ÑAÛNG COÄNG SAÛN VIEÄT NAM", "vni", "ĐẢNG CỘNG SẢN VIỆT NAM"),
        ("ngöôøi ñöôïc höôûng quyeàn lôïi", "vni", "người được hưởng quyền lợi"),
        ("tr­êng häc, ®­îc h­ëng", "tcvn3", "trường học, được hưởng"),
    ],
)
def test_stored_texts_are_told_and_converted(text, encoding, meant):
    assert detect_legacy(text) == encoding
    assert convert_legacy(text, encoding) == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc 123",
        PAPER,
        "có là và cô bé",
        "Ủy ban nhân dân",
        "été à côté où naïve façade",
        "© 2024 §5 «Công văn» 30°C ±3",
        "Müller, Jørgensen und Ångström",
    ],
)
def test_unicode_and_other_languages_are_left_alone(text):
    assert detect_legacy(text) is None


@pytest.mark.parametrize(("encoding", "table"), [("tcvn3", TCVN3), ("vni", VNI)])
def test_a_whole_sentence_comes_back(encoding, table):
    old = stored(PAPER, table).replace("Ủ", "Uñ")
    assert detect_legacy(old) == encoding
    assert convert_legacy(stored(PAPER.lower(), table), encoding) == PAPER.lower()


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Sè: 12/Q§-UBND", "Số: 12/QĐ-UBND"),
        ("TR¦êNG §¹I HäC Y D¦îC", "TRƯỜNG ĐẠI HỌC Y DƯỢC"),
        ("BAN TæNG HîP vµ ë ®©y", "BAN TỔNG HỢP và ở đây"),
        ("K h¸", "K há"),
    ],
)
def test_small_letters_among_capitals_are_capitals(text, meant):
    assert convert_legacy(text, "tcvn3") == meant


def test_a_font_of_capitals_says_so():
    assert legacy_of_font(".VnTimeH") == ("tcvn3", True)
    assert legacy_of_font(".VnTime") == ("tcvn3", False)
    assert legacy_of_font("VNI-Times") == ("vni", False)
    assert legacy_of_font("Times New Roman") is None


@pytest.mark.parametrize("word", ["nghiêng", "khuyến", "Quốc", "ở", "thuở", "giường", "xoong", "yêu"])
def test_syllables(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["vaên", "c«ng", "straße", "été", "bcd", "xyz"])
def test_no_syllables(word):
    assert not is_syllable(word)


def test_an_unknown_encoding_is_an_error():
    with pytest.raises(ValueError, match="viscii"):
        convert_legacy("a", "viscii")


def test_long_texts_are_judged_by_their_beginning():
    assert detect_legacy(PAPER + "C«ng v¨n " * legacy._JUDGED) == "tcvn3"
    assert detect_legacy(PAPER * (legacy._JUDGED // 100) + "C«ng v¨n " * 100_000) is None


@pytest.mark.parametrize(
    ("text", "stored_so"),
    [
        ("Bé Y tÕ", True),
        ("Có là và Ủy ban nhân dân", False),
        ("UBND", False),
        ("céng – hoµ x· héi chñ nghÜa", True),
    ],
)
def test_unicode_in_an_old_font_is_told(text, stored_so):
    assert legacy.is_stored_in_font(text) is stored_so
