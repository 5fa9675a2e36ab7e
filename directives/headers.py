"""What the head and the foot of a paper say about it: kind, number, date, issuer, title, signer's post."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from directives.codes import CODE, KIND_WORD, code_of_match, kinds_of_word
from directives.dates import DATE, read_printed
from directives.letters import CAPITAL, SMALL
from directives.sections import tidy

_I = re.IGNORECASE
_HEAD_LENGTH = 4000
_LONGEST_TITLE = 1000
_FOOT_LENGTH = 3000


@dataclass(frozen=True)
class Header:
    """What the head and foot of a paper say about it; blank fields of a draft stay None."""

    kind: str | None
    number: str | None
    code: str | None
    issued_on: date | None
    issuer: str
    subject: str
    signer_post: str
    is_draft: bool
    """Number or date is left blank in print."""
    not_before: date | None = None
    """The first day a paper with a blank day or month can have, by its printed year; None where unknown."""
    signer_name: str = ""


_KIND_LINE = re.compile(
    rf"^[ \t*#]*(?P<word>{KIND_WORD})(?:\s+(?:liên\s+ngành|liên\s+tịch|phối\s+hợp|hành\s+động))?[ \t*]*$",
    _I | re.MULTILINE,
)
_NUMBER_LINE = re.compile(
    r"(?:^[ \t*|]*(?:Luật[ ]+)?|[ ]{3}|\t)S[ốôỐÔ][ ]*[:.]?[ ]*(?=[0-9]|[ _.…]{0,40}[/-][ ]{0,3}[^\W\d_])",
    re.MULTILINE,
)
_BLANK_NUMBER = re.compile(r"[ _.…]*[/-][ ]{0,3}[^\W\d_]")
_PLACE_AND_DAY = re.compile(
    r"(?<![\w/-])[^\W\d_][^\n,;:/]{1,40},\s{0,40}(?:(?:(?:hồi|lúc)\s+)?[0-9]{1,2}\s*(?:giờ|h)\s*[0-9]{0,2}(?:\s*phút)?,?\s+)?ngày(?P<blank>[ _.…]{1,40}(?:tháng|/)(?!\s+năm\s+sinh)|[ _.…]{0,40}[0-9]{0,2}[ ]{0,5}tháng[ _.…]{1,40}năm(?!\s+sinh))?",
    _I,
)
# "Ban Bí thư, ngày 25/10/2023" at the head of a line: who issued a cited paper, no place.
_BODY_OF_STATE = re.compile(
    r"(?:ban|bộ|chính\s+phủ|thủ\s+tướng|quốc\s+hội|[uủ][ỷy]\s+ban|ubnd|tỉnh\s+[uủ][ỷy]|thành\s+[uủ][ỷy]|hội\s+đồng|hđnd|trung\s+ương|sở)(?!\w)",
    _I,
)
# What stands before a place at the head of its line or column.
_LINE_OPENS = re.compile(r"(?:^|\n|\t|[|]|[ ]{3})[ *|]*\Z")
_SUBJECT_OF_LETTER = re.compile(r"(?:^[ \t*]*|[ ]{3})V/v\s*:?[ ]*(?=\S)", _I | re.MULTILINE)
_MOTTO = re.compile(r"cộng\s+h[òo][àa]\s+xã\s+hội|độc\s+lập\s*-|đảng\s+cộng\s+sản\s+việt\s+nam", _I)
_COLUMNS = re.compile(r"[ ]{3,}|\t+")
_GREETING_LINE = re.compile(r"^[ \t*]*Kính\s+(?:gửi|trình)", _I | re.MULTILINE)
_TITLE_END = re.compile(
    r"\n\s*(?:Căn\s+cứ|Thực\s+hiện|[IVX]+[.-]|-{3,}|_{3,}|\*{3}|[A-ZÀ-ÝĐ][^\n]{90})|\n[ ]*[*\-_]+[ ]*\n"
)
_ISSUER_IN_BODY = re.compile(
    rf"[,;]\s+(?P<issuer>[{CAPITAL}][^,.;:\n]{{3,70}}?)\s+(?:xây\s+dựng|ban\s+hành|yêu\s+cầu|đề\s+nghị|hướng\s+dẫn|thông\s+báo|báo\s+cáo)"
    r"(?!\w)"
)
_AUTHORITY = re.compile(
    r"(?:^[ *]*|[ ]{2,})(?P<post>(?:KT|TM|TL|TUQ|Q|T/M|K/T|T/L|TUN)(?:\.|(?=[ ]))[^\n]*(?:\n[ *]*[^\n]*){0,3})",
    re.MULTILINE,
)
_BARE_POST = re.compile(
    r"^[ *]*(?P<post>(?:BỘ TRƯỞNG|THỨ TRƯỞNG|CHỦ TỊCH|GIÁM ĐỐC|CỤC TRƯỞNG|VỤ TRƯỞNG|BÍ THƯ|PHÓ BÍ THƯ|TRƯỞNG BAN|CHÁNH VĂN PHÒNG|THỦ TƯỚNG|HIỆU TRƯỞNG)"
    rf"[{CAPITAL} -]{{0,40}})[ *]*$",
    re.MULTILINE,
)

# "Nguyễn Văn A" alone on its line or in its column, under the post and what stands for the signature.
_NAME_BELOW = re.compile(
    rf"(?:\n|[ ]{{3,}}|\t)[ *]*(?P<name>[{CAPITAL}][{SMALL}]+(?:[ ][{CAPITAL}][{SMALL}]*){{1,4}})[ *]*(?:\n|\Z)"
)


def _kind_line(text: str) -> re.Match[str] | None:
    """Return the line that names the kind: alone, in capitals, and below the number where there is one."""
    lines = [
        line
        for line in _KIND_LINE.finditer(text, 0, min(len(text), _HEAD_LENGTH))
        if line["word"].isupper() and kinds_of_word(line["word"])
    ]
    number = _NUMBER_LINE.search(text, 0, min(len(text), _HEAD_LENGTH))
    below = [line for line in lines if number and line.start() > number.start()]
    return next(iter(below or lines), None)


def head_end(text: str) -> int:
    """Return where the line that names the kind ends; 0 for papers without one, letters above all."""
    line = _kind_line(text)
    return line.end() if line else 0


def _limit(text: str, kind_line: re.Match[str] | None) -> int:
    """Return where the number and the date of the paper cannot stand any more."""
    if kind_line:
        return min(len(text), kind_line.end() + 150)
    greeting = _GREETING_LINE.search(text, 0, min(len(text), _HEAD_LENGTH))
    return min(len(text), greeting.start() + 600 if greeting else _HEAD_LENGTH)


# "Số 09 KH-MTTQ-BTT": the slash lost in scanning.
_LOST_SLASH = re.compile(r"(?P<number>[0-9]{1,6}[a-z]?)[ ]{1,3}(?P<symbol>[A-ZĐ][\w&]*-[A-ZĐ][\w&+-]*)")


def _own_number(text: str, limit: int) -> tuple[str | None, str | None, str | None, bool]:
    """Return (kind, number, code, blank) from the line "Số: …"."""
    line = _NUMBER_LINE.search(text, 0, limit)
    if not line:
        return None, None, None, False
    found = CODE.match(text, line.end())
    if not found and (lost := _LOST_SLASH.match(text, line.end())):
        found = CODE.match(f"{lost['number']}/{lost['symbol']}")
    if found:
        code = code_of_match(found)
        return code.kind, code.number, code.text, False
    return None, None, None, bool(_BLANK_NUMBER.match(text, line.end()))


_MONTH_AND_YEAR = re.compile(
    r"ngày[ _.…/]{1,40}(?:tháng[ ]*)?(?P<month>1[0-2]|0?[1-9])?[ _.…/]{1,40}(?:năm[ ]*)?(?P<year>20[0-9]{2})",
    _I,
)
_YEAR_OF_TITLE = re.compile(r"(?<!\w)năm\s+(?P<year>20[0-9]{2})(?!\s*[-–]|\s+và\s+năm)", _I)


def _not_before(text: str, limit: int, title: str) -> date | None:
    """Return the first day of the month or year a draft prints, else of the year its title names."""
    found = _MONTH_AND_YEAR.search(text, 0, limit)
    if found:
        return date(int(found["year"]), int(found["month"] or 1), 1)
    named = _YEAR_OF_TITLE.search(title)
    return date(int(named["year"]), 1, 1) if named else None


_BLANKS = re.compile(r"\s{0,40}")


def _opens_line(text: str, place: int) -> bool:
    return text[place].isupper() and bool(_LINE_OPENS.search(text, max(0, place - 40), place))


def _is_of_cited(text: str, place: int, limit: int) -> bool:
    """Say whether a date in the subject of a letter is a cited paper's: no place opens its line."""
    letter = _SUBJECT_OF_LETTER.search(text, 0, limit)
    if not letter or place < letter.end():
        return False
    return not _opens_line(text, place) or bool(_BODY_OF_STATE.match(text, place))


def _own_date(text: str, limit: int) -> tuple[date | None, bool]:
    """Return (date of the paper, whether it is left blank) from the line of place and date.

    A blank one counts wherever it stands in the head: the subject above it may print a cited paper's date.
    """
    lines = list(_PLACE_AND_DAY.finditer(text, 0, limit))
    if any(line["blank"] and _opens_line(text, line.start()) for line in lines):
        return None, True
    for line in lines:
        if line["blank"]:
            return None, True
        place = _BLANKS.match(text, line.end())
        found = DATE.match(text, place.end() if place else line.end())
        printed = read_printed(found) if found else None
        if not (printed and printed.exact and found):
            continue
        in_words = "tháng" in found.group().lower()
        if not in_words and _is_of_cited(text, line.start(), limit):
            continue
        if in_words or not text[found.end() : found.end() + 80].split("\n")[0].strip():
            return printed.exact, False
    return None, False


def _lines_of_subject(text: str, start: int) -> str:
    """Return the subject of a letter: its lines up to the greeting, the motto, a place or a paragraph."""
    lines: list[str] = []
    after_blank = False
    for line in text[start : start + _LONGEST_TITLE].split("\n"):
        words = _COLUMNS.split(line.strip())[0]
        if not words.strip():
            after_blank = bool(lines)
            continue
        opens = _GREETING_LINE.match(line) or _MOTTO.search(words) or _PLACE_AND_DAY.match(words)
        if lines and (opens or (after_blank and not (words[0].islower() or words[0].isdigit()))):
            break
        lines.append(words)
        after_blank = False
    return tidy(" ".join(lines))


def _subject(text: str, kind_line: re.Match[str] | None) -> str:
    letter = _SUBJECT_OF_LETTER.search(text, 0, min(len(text), _HEAD_LENGTH))
    if letter and (kind_line is None or letter.start() < kind_line.start()):
        return _lines_of_subject(text, letter.end())
    if kind_line is None:
        return ""
    rest = text[kind_line.end() : kind_line.end() + _LONGEST_TITLE].lstrip()
    return tidy(_TITLE_END.split(re.split(r"\n\s*\n(?=\s*[A-ZÀ-ÝĐ])", rest)[0])[0])


def _issuer(text: str, kind_line: re.Match[str] | None, limit: int) -> str:
    number = _NUMBER_LINE.search(text, 0, limit)
    if number:
        heads: list[str] = []
        for line in text[: number.start()].split("\n"):
            words = tidy(next((part for part in _COLUMNS.split(line.strip()) if part), ""))
            if (
                not words
                or words != words.upper()
                or _MOTTO.search(words)
                or not any(map(str.isalpha, words))
            ):
                continue
            goes_on = heads and (
                words.startswith(("VÀ ", "TỈNH ", "THÀNH PHỐ ")) or heads[-1].endswith(" VÀ")
            )
            heads[-1:] = [f"{heads[-1]} {words}"] if goes_on else [*heads[-1:], words]
        if heads:
            return heads[-1]
    body = _ISSUER_IN_BODY.search(text, kind_line.end() if kind_line else 0)
    return tidy(body["issuer"]) if body else ""


def _signature(text: str) -> tuple[str, str]:
    """Return (the signer's authority and post, the signer's name) from the foot; empty where they do not stand."""
    tail = text[-_FOOT_LENGTH:]
    found = list(_AUTHORITY.finditer(tail)) or list(_BARE_POST.finditer(tail))
    if not found:
        return "", ""
    lines = [tidy(line) for line in found[-1]["post"].split("\n")]
    name = _NAME_BELOW.search(tail, found[-1].start())
    return " ".join(line for line in lines if line and line == line.upper()), tidy(
        name["name"]
    ) if name else ""


def read_header(text: str) -> Header:
    """Return what head and foot of a paper say. Takes normal text (see `codes.LOOKALIKES`). Never raises."""
    kind_line = _kind_line(text)
    limit = _limit(text, kind_line)
    symbol_kind, number, code, blank_number = _own_number(text, limit)
    issued_on, blank_date = _own_date(text, limit)
    allowed = kinds_of_word(kind_line["word"]) if kind_line else None
    has_subject = bool(_SUBJECT_OF_LETTER.search(text, 0, min(len(text), _HEAD_LENGTH)))
    is_letter = kind_line is None and (blank_number or has_subject)
    named = allowed[0] if allowed else None
    kind = (
        symbol_kind
        if symbol_kind not in (None, "CV")
        else named or symbol_kind or ("CV" if is_letter else None)
    )
    subject = _subject(text, kind_line)
    post, name = _signature(text)
    return Header(
        kind=kind,
        number=number,
        code=code,
        issued_on=issued_on,
        issuer=_issuer(text, kind_line, limit),
        subject=subject,
        signer_post=post,
        signer_name=name,
        is_draft=blank_number or blank_date,
        not_before=issued_on or _not_before(text, limit, subject),
    )
