"""Số, ký hiệu: the numbers and symbols of Party and State papers, parsed and put in canonical form.

Shapes (Quy định 66-QĐ/TW, Nghị định 30/2020/NĐ-CP): Party `number-KIND/AGENCY`; State, administrative
`number/KIND-AGENCY`; State, normative `number/YEAR/KIND-AGENCY` and `number/YEAR/QHnn`; official letters
`number/AGENCY-UNIT`. A code alone names no paper: series start again every year or term, so the key of a
paper is its code with its date of issue.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

KINDS: dict[str, str] = {
    "NQ": "Nghị quyết",
    "CT": "Chỉ thị",
    "KL": "Kết luận",
    "KH": "Kế hoạch",
    "HD": "Hướng dẫn",
    "CTr": "Chương trình",
    "CTHĐ": "Chương trình hành động",
    "QĐ": "Quyết định",
    "QĐi": "Quy định",
    "QyĐ": "Quy định",
    "QC": "Quy chế",
    "TB": "Thông báo",
    "BC": "Báo cáo",
    "TTr": "Tờ trình",
    "Luật": "Luật",
    "PL": "Pháp lệnh",
    "NĐ": "Nghị định",
    "TT": "Thông tư",
    "TTLT": "Thông tư liên tịch",
    "NQLT": "Nghị quyết liên tịch",
    "VBHN": "Văn bản hợp nhất",
    "CV": "Công văn",
    "CĐ": "Công điện",
    "ĐA": "Đề án",
    "DA": "Dự án",
    "PA": "Phương án",
    "GM": "Giấy mời",
    "GUQ": "Giấy ủy quyền",
    "BB": "Biên bản",
    "TC": "Thông cáo",
    "PC": "Phiếu chuyển",
    "ĐL": "Điều lệ",
    "SL": "Sắc lệnh",
    "L": "Lệnh",
}
"""Abbreviation of every kind of paper → its Vietnamese name."""

# Name of the kind → the abbreviations papers print for it, the usual one first. An empty tuple: a generic
# word that says nothing about the kind.
_WORDS: dict[str, tuple[str, ...]] = {
    "nghị quyết": ("NQ", "NQLT"),
    "nghị quyết liên tịch": ("NQLT", "NQ"),
    "chỉ thị": ("CT",),
    "kết luận": ("KL",),
    "kế hoạch": ("KH",),
    "hướng dẫn": ("HD",),
    "chương trình": ("CTr", "CTHĐ"),
    "chương trình hành động": ("CTHĐ", "CTr"),
    "quyết định": ("QĐ",),
    "quy định": ("QĐ", "QĐi", "QyĐ"),
    "qui định": ("QĐ", "QĐi", "QyĐ"),
    "quy chế": ("QC",),
    "qui chế": ("QC",),
    "thông báo kết luận": ("TB", "KL"),
    "thông báo": ("TB",),
    "báo cáo": ("BC",),
    "tờ trình": ("TTr",),
    "bộ luật": ("Luật",),
    "luật": ("Luật",),
    "pháp lệnh": ("PL",),
    "nghị định": ("NĐ",),
    "thông tư": ("TT", "TTLT"),
    "thông tư liên tịch": ("TTLT", "TT"),
    "thông tri": ("TT",),
    "văn bản hợp nhất": ("VBHN",),
    "công văn": ("CV",),
    "công điện": ("CĐ",),
    "đề án": ("ĐA",),
    "dự án": ("DA",),
    "phương án": ("PA",),
    "giấy mời": ("GM",),
    "giấy ủy quyền": ("GUQ",),
    "giấy uỷ quyền": ("GUQ",),
    "biên bản": ("BB",),
    "thông cáo": ("TC",),
    "phiếu chuyển": ("PC",),
    "điều lệ": ("ĐL",),
    "sắc lệnh": ("SL",),
    "lệnh": ("L",),
    "văn bản": (),
}
_LABELS_OF_SHARED = {"QĐ": "Quyết định / Quy định", "TT": "Thông tư / Thông tri"}
_LAW_KINDS = {"luật": "Luật", "bộ luật": "Luật", "nghị quyết": "NQ", "pháp lệnh": "PL"}

# Letters that papers in capitals flatten; everything else in a symbol is capitals anyway.
_MIXED_CASE = {
    letters.upper(): letters
    for letters in ("CTr", "TTr", "TTg", "QĐi", "QyĐ", "CTrPH", "CTrHĐ", "TTrB", "ĐTr")
}
_PARTY_CENTRE = "TW"
_PARTY_AGENCIES = frozenset({"TW", "TU", "ĐU", "HU", "QU", "VPTW", "BTGTW", "BTCTW", "UBKTTW", "ĐUK", "BCĐ"})

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u00ad"), "-")
_SLASHES = dict.fromkeys(map(ord, "\u2044\u2215\uff0f"), "/")
# The Icelandic Ð and the African Ɖ look like Đ and come out of old key maps; no paper means them.
_LOOKALIKES = {0xD0: "Đ", 0xF0: "đ", 0x189: "Đ"}
_BLANKS = dict.fromkeys(
    map(ord, "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u202f\u3000\t"), " "
)
# A carriage return only comes before a line feed; the others break a line or a page.
_BREAKS = {0x0D: " ", 0x0B: "\n", 0x0C: "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n"}
LOOKALIKES: dict[int, str] = {**_BREAKS, **_DASHES, **_SLASHES, **_LOOKALIKES, **_BLANKS}
"""Characters read as another one, position by position (for `str.translate`; lengths stay)."""

_UPPER = "A-ZĐƯÔƠÂĂÊ"
# A blank stretch inside a code: a few blanks, or one break of the line with what indents the next.
_GAP = r"(?:[ ]{0,3}(?:\r?\n\s{0,60})?)"
_TIGHT = r"[ ]{0,3}"
_PART = rf"[{_UPPER}](?:[{_UPPER}0-9]|[&+](?=[{_UPPER}])|[a-zđ](?![a-zđ])){{0,20}}(?!\w)"
_YEAR = r"(?:19|20)[0-9]{2}"
_KIND_LETTERS = "|".join(
    sorted({form for kind in KINDS if kind not in ("Luật", "L") for form in (kind, kind.upper())}, key=len)[
        ::-1
    ]
)
# "-VP" goes on with a symbol; after a line break only when the dash is not the bullet of a list.
# ".HC" after a province's symbol belongs to it; a Roman number does not.
_MORE = rf"(?:{_TIGHT}(?:\r?\n\s{{0,60}}(?=-\S))?-{_GAP}{_PART}|\.(?![IVX]+(?!\w))[{_UPPER}]{{2,6}}(?!\w))"
# "4396/BYT KH TC": dashes lost in scanning, where nothing but the date or the issuer can follow.
_LOST_DASHES = (
    rf"(?:(?:[ ][{_UPPER}]{{2,8}}(?!\w)){{1,3}}(?={_TIGHT}(?:\Z|[,;.()]|(?:ngày|của|NGÀY|CỦA)(?!\w))))"
)
# "12/KH⏎UBND ngày": the dash lost where the line broke.
_LOST_AT_BREAK = rf"{_TIGHT}\n\s{{0,60}}(?=[{_UPPER}]{{2,10}}[ ]{{1,3}}(?:ngày|của)(?!\w))"
_NUMBER = rf"(?P<number>[0-9]{{1,6}}(?:-{_YEAR}(?={_GAP}/))?(?:[a-zA-Z](?=[-/\s]))?)"

CODE = re.compile(
    rf"""(?<![\w/])(?<!\w-)(?<![0-9][.,]){_NUMBER}
    (?:
      {_GAP}/{_GAP}(?P<law_year>{_YEAR}){_GAP}/{_GAP}(?P<law>(?:UBTV)?QH{_TIGHT}[0-9]{{1,2}})(?!\w)
    | {_GAP}/{_GAP}(?P<year>{_YEAR}){_GAP}[/-]{_GAP}
      (?:(?P<norm_kind>{_KIND_LETTERS})(?:[ ]|{_GAP}-{_GAP})(?P<norm_agency>{_PART}{_MORE}{{0,4}})
        |(?P<norm_other>{_PART}{_MORE}{{0,4}}))
    | {_GAP}/{_GAP}(?P<state_kind>{_KIND_LETTERS})(?:[ ]{{1,2}}|{_GAP}[-/]{_GAP}|{_LOST_AT_BREAK})(?P<state_agency>{_PART}{_MORE}{{0,4}})
    | {_GAP}/{_GAP}(?P<letter>{_PART}{_MORE}{{0,4}}{_LOST_DASHES}?)
    | {_GAP}-?{_GAP}(?P<party_kind>{_PART}){_GAP}/{_GAP}(?P<party_agency>{_PART}{_MORE}{{0,4}})
    | (?:{_GAP}-{_GAP}|[ ](?=[A-ZĐ][A-Za-zĐ]{{0,4}}-[A-ZĐ]{{2}}[^\n]{{0,30}}[ ]ngày[ ][0-9]))(?P<dashed_kind>{_KIND_LETTERS}){_GAP}-{_GAP}(?P<dashed_agency>{_PART})
    | {_TIGHT}-{_TIGHT}(?P<bare>{_PART})
    )""",
    re.VERBOSE,
)
"""Finds every stretch that may be a code, in text already passed through `LOOKALIKES` and NFC."""

KIND_WORD = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(_WORDS, key=len)[::-1])
"""Regular expression (ignore case) for the names of kinds, longest first."""


@dataclass(frozen=True)
class Code:
    """One code in canonical form."""

    kind: str
    """Abbreviation, a key of `KINDS`; CV where the symbol shows no kind."""
    number: str
    """As printed, leading zeros kept."""
    year: int | None
    """Only in normative State codes."""
    symbol: str
    """What follows number and year: "NQ/TW", "NĐ-CP", "BYT-KH-TC"."""
    text: str
    """The whole code, NFC: "45-NQ/TW", "30/2020/NĐ-CP"."""
    note: str = ""
    """Vietnamese remark where the printed letters were corrected, else empty."""
    shape: str = "letter"
    """`party`, `state`, `normative`, `law`, `letter`, or `bare` (number-LETTERS, from old papers)."""

    @property
    def key(self) -> str:
        """The code without leading zeros, by which mentions of one paper are told to be the same."""
        return self.text.lstrip("0")


def kind_label(abbreviation: str) -> str:
    """Return the Vietnamese name of a kind, or the abbreviation itself where it is unknown."""
    return _LABELS_OF_SHARED.get(abbreviation) or KINDS.get(abbreviation, abbreviation)


def normal_code_text(text: str) -> str:
    """Return text in NFC with look-alike dashes, slashes, blanks and letters made one."""
    return unicodedata.normalize("NFC", text).translate(LOOKALIKES)


def kinds_of_word(word: str) -> tuple[str, ...] | None:
    """Return the abbreviations a kind word allows, the usual one first; None for no known word.

    Takes the word in any case and spacing, or an abbreviation itself; a generic word ("văn bản") gives ().
    """
    plain = " ".join(normal_code_text(word).split())
    known = _WORDS.get(plain.lower())
    if known is not None:
        return known
    letters = _letters(plain)
    return (letters,) if letters in KINDS else None


def _letters(part: str) -> str:
    central = part.replace("TƯ", "TW")
    upper = central.upper()
    if upper in _MIXED_CASE:
        return _MIXED_CASE[upper]
    return upper if upper in KINDS or upper in _PARTY_AGENCIES else central


def _symbol(printed: str) -> str:
    tight = re.sub(r"\s+", "", re.sub(r"(?<=\w)[ ](?=\w)", "-", printed))
    return "-".join(_letters(part) for part in tight.split("-"))


def _known_prefix(letters: str) -> str:
    for length in range(len(letters), 1, -1):
        if letters[:length] in KINDS:
            return letters[:length]
    return ""


def _built(number: str, year: int | None, kind: str, agency: str, shape: str) -> tuple[str, str]:
    """Return (symbol, whole code) for a code that carries kind letters."""
    if shape == "party":
        return f"{kind}/{agency}", f"{number}-{kind}/{agency}"
    symbol = f"{kind}-{agency}"
    middle = f"/{year}/" if year else "/"
    return symbol, f"{number}{middle}{symbol}"


def _shape_of(match: re.Match[str]) -> tuple[str, str, str]:
    """Return (shape, kind letters, agency) of a code that carries kind letters; shape empty for others."""
    if match["party_kind"]:
        return "party", _letters(match["party_kind"]), _symbol(match["party_agency"])
    if match["norm_kind"]:
        return "normative", _letters(match["norm_kind"]), _symbol(match["norm_agency"])
    kind = match["state_kind"] or match["dashed_kind"]
    if not kind:
        return "", "", ""
    agency = _symbol(match["state_agency"] or match["dashed_agency"])
    # The centre of the Party has no State series: a slash before the kind is a slip of the pen.
    party = agency == _PARTY_CENTRE or (match["dashed_kind"] and agency in _PARTY_AGENCIES)
    return ("party" if party else "state"), _letters(kind), agency


def _agreed(letters: str, allowed: tuple[str, ...] | None) -> tuple[str, str]:
    """Return (kind, letters to print) for the letters of a symbol under what the kind word allows."""
    if not allowed:
        return (letters if letters in KINDS else _known_prefix(letters) or "CV"), letters
    if letters in allowed:
        return letters, letters
    # "QĐNS" and "KHPH" go into more detail than the word, without contradicting it.
    if letters not in KINDS and letters.startswith(allowed):
        return allowed[0], letters
    if allowed[0] in ("CV", "Luật"):
        return allowed[0], letters
    return allowed[0], allowed[0]


def _with_kind(match: re.Match[str], word: str | None) -> Code | None:
    shape, letters, agency = _shape_of(match)
    if not shape:
        return None
    kind, kept = _agreed(letters, kinds_of_word(word) if word else None)
    year = int(match["year"]) if match["year"] else None
    symbol, text = _built(match["number"], year, kept, agency, shape)
    code = Code(kind, match["number"], year, symbol, text, shape=shape)
    if kept == letters:
        return code
    printed = _built(match["number"], year, letters, agency, shape)[1]
    note = f"Bản in ghi “{printed}”; “{kind_label(kind)}” có ký hiệu {kind} nên đọc là {text}."
    return replace(code, note=note)


def _law(match: re.Match[str], word: str | None) -> Code:
    symbol = re.sub(r"\s+", "", match["law"])
    plain = " ".join((word or "").lower().split())
    default = "NQ" if symbol.startswith("UBTV") else "Luật"
    text = f"{match['number']}/{match['law_year']}/{symbol}"
    return Code(
        _LAW_KINDS.get(plain, default), match["number"], int(match["law_year"]), symbol, text, shape="law"
    )


_JOINT = re.compile(r"(?P<kind>KH|HD|QC|CTr?|TB|QĐ|NQ|BC|BB)(?:LN|LT|PH|NS|HĐ)(?=-|$)")


def _joint_kind(symbol: str) -> str:
    """Return the kind that joint papers lengthen ("HDLN", "KHPH", "QCPH"); CV where there is none."""
    joint = _JOINT.match(symbol)
    if not joint:
        return "CV"
    return "CTr" if joint["kind"] == "CT" else joint["kind"]


def _without_kind(match: re.Match[str], word: str | None) -> Code:
    allowed = kinds_of_word(word) if word else None
    printed = match["norm_other"] or match["letter"] or match["bare"]
    symbol = _symbol(printed)
    own = symbol if symbol in KINDS else _joint_kind(symbol)
    year = int(match["year"]) if match["year"] else None
    separator = "-" if match["bare"] else f"/{year}/" if year else "/"
    shape = "bare" if match["bare"] else "normative" if year else "letter"
    kind = allowed[0] if allowed else own
    return Code(kind, match["number"], year, symbol, f"{match['number']}{separator}{symbol}", shape=shape)


def code_of_match(match: re.Match[str], kind_word: str | None = None) -> Code:
    """Return the code of a match of `CODE`, read under the kind word that stands before it, if any."""
    if match["law"]:
        return _law(match, kind_word)
    return _with_kind(match, kind_word) or _without_kind(match, kind_word)


_LEAD = re.compile(r"\s*(?:số)?\s*[:.]?\s*", re.IGNORECASE)
_LEADING_WORD = re.compile(rf"\s*(?P<word>{KIND_WORD})(?!\w)", re.IGNORECASE)


def parse_code(text: str, kind_word: str | None = None) -> Code | None:
    """Return the code that `text` is, or None where it is none. Never raises.

    Takes every quirk of domain papers: decomposed Unicode, other dashes, blanks and line breaks inside the
    symbol, lost hyphens, TƯ, capitals, small letters, "số" or a kind word in front. Where `kind_word` (or
    the word in front) contradicts the letters, the word wins and `note` says so in Vietnamese.
    """
    plain = normal_code_text(text)
    leading = _LEADING_WORD.match(plain)
    if leading:
        kind_word, plain = kind_word or leading["word"], plain[leading.end() :]
    start = _LEAD.match(plain)
    plain = plain[start.end() :].rstrip(" \n.,;:") if start else plain
    match = CODE.fullmatch(plain) or CODE.fullmatch(plain.upper())
    return code_of_match(match, kind_word) if match else None


def canonical(text: str) -> str:
    """Return the canonical form of a code, or the text itself, tidied, where it is no code."""
    code = parse_code(text)
    return code.text if code else " ".join(normal_code_text(text).split())
