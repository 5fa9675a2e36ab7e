"""Reading a whole paper: header, citations, relations, obligations, content areas.

What comes out are proposals with the span each was read from; a person confirms them. Plain rules, no
register: addressees are the words of the paper, matched to unit groups elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from directives.citations import Citation, find_citations
from directives.codes import CODE, KIND_WORD, LOOKALIKES, code_of_match, kinds_of_word
from directives.dates import DATE, read_printed
from directives.deadlines import NO_DEADLINE, Deadline, find_deadlines
from units.text import Aligned, align, fold

Span = tuple[int, int]


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


@dataclass(frozen=True)
class Relation:
    """A tie to a cited paper, of this paper or of another cited one."""

    source: Citation | None
    """None: the paper that is read."""
    kind: str
    """based_on, implements, amends, replaces or combined_with."""
    target: Citation
    span: Span


@dataclass(frozen=True)
class Obligation:
    """One addressee group with one deadline."""

    addressees: tuple[str, ...]
    deadline: Deadline
    receiver: str
    """To whom, as printed: "Bộ Y tế (qua Văn phòng Bộ)"; empty where the paper does not say."""
    span: Span
    """The deadline phrase, or the heading of a group that has none."""


@dataclass(frozen=True)
class ContentArea:
    """One numbered item of the content part: a section of the outline it proposes."""

    number: str
    title: str
    citations: tuple[Citation, ...]
    """Papers cited in it, a subsection each."""
    guidance: str
    """The text under the title."""
    span: Span


@dataclass(frozen=True)
class Paper:
    """Everything read from one paper."""

    header: Header
    citations: tuple[Citation, ...]
    relations: tuple[Relation, ...]
    obligations: tuple[Obligation, ...]
    content_areas: tuple[ContentArea, ...]
    warnings: tuple[str, ...]


# --- header --------------------------------------------------------------------------------------------

_HEAD_LENGTH = 4000
_I = re.IGNORECASE
_KIND_LINE = re.compile(rf"^[ *]*(?P<word>{KIND_WORD})[ *]*$", _I | re.MULTILINE)
_NUMBER_LINE = re.compile(r"^[ *]*số[ ]*:?[ ]*(?=[0-9]|[ _.…]{0,40}[/-][ ]{0,3}[^\W\d_])", _I | re.MULTILINE)
_BLANK_NUMBER = re.compile(r"[ _.…]*[/-][ ]{0,3}[^\W\d_]")
_PLACE_AND_DAY = re.compile(
    r"[^\W\d_][^\n,]{1,40},\s{0,40}ngày(?P<blank>[ _.…]{2,40}tháng|[ _.…]{0,40}[0-9]{0,2}[ ]{0,5}tháng[ _.…]{2,40}năm)?",
    _I,
)
_SUBJECT_OF_LETTER = re.compile(r"^[ *]*V/v:?[ ]+(?=\S)", _I | re.MULTILINE)
_MOTTO = re.compile(r"cộng\s+h[òo][àa]\s+xã\s+hội|độc\s+lập\s*-|đảng\s+cộng\s+sản\s+việt\s+nam", _I)
_ISSUER_IN_BODY = re.compile(
    r"[,;]\s+(?P<issuer>[^\W\d_a-zà-ỹđ][^,.;:\n]{3,70}?)\s+(?:xây\s+dựng|ban\s+hành|yêu\s+cầu|đề\s+nghị|hướng\s+dẫn|thông\s+báo|báo\s+cáo)"
    r"(?!\w)"
)
_AUTHORITY = re.compile(r"^[ *]*(?P<post>(?:KT|TM|TL|TUQ|Q)\.[^\n]*(?:\n[ *]*[^\n]*){0,2})", re.MULTILINE)


def _tidy(text: str) -> str:
    return " ".join(text.replace("*", " ").split())


def _kind_line(text: str) -> re.Match[str] | None:
    """Return the line that names the kind: alone, and in capitals."""
    lines = _KIND_LINE.finditer(text, 0, min(len(text), _HEAD_LENGTH))
    return next((line for line in lines if line["word"].isupper()), None)


def _own_number(text: str) -> tuple[str | None, str | None, str | None, bool]:
    """Return (kind, number, code, blank) from the line "Số: …"."""
    line = _NUMBER_LINE.search(text[:_HEAD_LENGTH])
    if not line:
        return None, None, None, False
    found = CODE.match(text, line.end())
    if found:
        code = code_of_match(found)
        return code.kind, code.number, code.text, False
    return None, None, None, bool(_BLANK_NUMBER.match(text, line.end()))


def _own_date(text: str) -> tuple[date | None, bool]:
    """Return (date of the paper, whether it is left blank) from the line of place and date."""
    for line in _PLACE_AND_DAY.finditer(text[:_HEAD_LENGTH]):
        if line["blank"]:
            return None, True
        place = re.compile(r"\s{0,40}").match(text, line.end())
        found = DATE.match(text, place.end() if place else line.end())
        printed = read_printed(found) if found else None
        if printed and printed.exact and found and "tháng" in found.group().lower():
            return printed.exact, False
    return None, False


def _subject(text: str, kind_line: re.Match[str] | None) -> str:
    letter = _SUBJECT_OF_LETTER.search(text[:_HEAD_LENGTH])
    if letter and (kind_line is None or letter.start() < kind_line.start()):
        lines = text[letter.end() : letter.end() + 1000].split("\n")
        blank = next((place for place, line in enumerate(lines) if not line.strip()), len(lines))
        return _tidy(" ".join(lines[:blank]))
    if kind_line is None:
        return ""
    rest = text[kind_line.end() : kind_line.end() + 1000].lstrip()
    return _tidy(re.split(r"\n\s*\n|\n[ ]*(?:Căn\s+cứ|Thực\s+hiện|[IVX]+\.|-{3,}|_{3,})", rest)[0])


def _issuer(text: str, kind_line: re.Match[str] | None) -> str:
    number = _NUMBER_LINE.search(text[:_HEAD_LENGTH])
    if number:
        lines = [_tidy(line) for line in text[: number.start()].split("\n")]
        heads = [line for line in lines if line and line == line.upper() and not _MOTTO.search(line)]
        if heads:
            return heads[-1]
    body = _ISSUER_IN_BODY.search(text, kind_line.end() if kind_line else 0)
    return _tidy(body["issuer"]) if body else ""


def _signer_post(text: str) -> str:
    tail = text[-3000:]
    found = list(_AUTHORITY.finditer(tail))
    if not found:
        return ""
    lines = [_tidy(line) for line in found[-1]["post"].split("\n")]
    return " ".join(line for line in lines if line and line == line.upper())


def _header(text: str) -> Header:
    kind_line = _kind_line(text)
    symbol_kind, number, code, blank_number = _own_number(text)
    issued_on, blank_date = _own_date(text)
    allowed = kinds_of_word(kind_line["word"]) if kind_line else None
    is_letter = kind_line is None and (blank_number or bool(_SUBJECT_OF_LETTER.search(text[:_HEAD_LENGTH])))
    kind = symbol_kind or (allowed[0] if allowed else None) or ("CV" if is_letter else None)
    return Header(
        kind=kind,
        number=number,
        code=code,
        issued_on=issued_on,
        issuer=_issuer(text, kind_line),
        subject=_subject(text, kind_line),
        signer_post=_signer_post(text),
        is_draft=blank_number or blank_date,
    )


# --- parts -----------------------------------------------------------------------------------------------

_PART = re.compile(r"^[ *]*(?P<number>[IVX]{1,5})[.)][ ]+(?P<title>[^\n]+)$", re.MULTILINE)
_ITEM = re.compile(r"^[ *]*(?P<number>[0-9]{1,2})[.)][ ]+(?P<title>\S[^\n]*)$", re.MULTILINE)
_CLOSING = re.compile(
    r"^[ *]*(?:Nơi\s+nhận|Trên\s+đây\s+là|Đề\s+nghị\s+các\s+đơn\s+vị\s+nghiêm)", re.MULTILINE
)
_CONTENT_TITLES = ("noi dung", "nhiem vu", "giai phap", "cong tac trong tam")
_ASSIGNMENT_TITLES = ("to chuc thuc hien", "phan cong", "trach nhiem thuc hien", "che do bao cao")


@dataclass(frozen=True)
class _Block:
    number: str
    title: str
    start: int
    body: int
    end: int


def _blocks(text: str, pattern: re.Pattern[str], start: int, end: int) -> list[_Block]:
    heads = list(pattern.finditer(text, start, end))
    if not heads:
        return []
    ends = [head.start() for head in heads[1:]] + [end]
    return [
        _Block(head["number"], _tidy(head["title"]), head.start(), head.end(), stop)
        for head, stop in zip(heads, ends, strict=True)
    ]


def _body_end(text: str) -> int:
    closing = list(_CLOSING.finditer(text))
    return closing[0].start() if closing else len(text)


def _parts(text: str, titles: tuple[str, ...]) -> list[_Block]:
    blocks = _blocks(text, _PART, 0, _body_end(text))
    return [block for block in blocks if any(title in fold(block.title) for title in titles)]


# --- obligations -----------------------------------------------------------------------------------------

_ADDRESSEE_END = re.compile(
    r"\s*(?::|;|\.(?:\s|$)|\(|(?<!\w)(?:chủ\s+trì|phối\s+hợp|chịu\s+trách\s+nhiệm|có\s+trách\s+nhiệm|căn\s+cứ|tổ\s+chức|xây\s+dựng|"
    r"tham\s+mưu|hướng\s+dẫn|theo\s+dõi|làm\s+đầu\s+mối|là\s+đầu\s+mối|chỉ\s+đạo|thực\s+hiện|triển\s+khai|báo\s+cáo|gửi|tổng\s+hợp|"
    r"rà\s+soát|bố\s+trí|đôn\s+đốc|tiếp\s+tục|trên\s+cơ\s+sở|theo\s+chức\s+năng|chủ\s+động|hoàn\s+thành|trước\s+ngày)(?!\w))",
    _I,
)
_NEXT_ADDRESSEE = re.compile(r"\s*(?:[,;]|\s+và)\s+(?=[A-ZĐÂÊÔƠƯĂ])")
_GREETING = re.compile(r"Kính\s+gửi[ ]*:?", _I)
_BODY_OPENS = re.compile(
    r"(?:Căn\s+cứ|Thực\s+hiện|Để|Theo|Ngày|Tại|Nhằm|Tiếp\s+theo|Triển\s+khai)(?!\w)|[^-].{90}"
)
_LONGEST_GREETING = 25
_SENTENCE = re.compile(r"[.;](?=\s)|\n\s*(?=[-+•*]\s|[0-9]{1,2}[.)]\s|[a-zđ]\)\s)")
_GROUP_IN_SENTENCE = re.compile(
    r"(?<!\w)(?P<group>(?:Các\s+(?:đơn\s+vị|vụ|cục|sở|bộ|ban|cơ\s+sở|bệnh\s+viện|trường|phòng|địa\s+phương)|các\s+(?:đơn\s+vị|vụ,\s*cục|sở|bệnh\s+viện|cơ\s+sở|địa\s+phương)|"
    r"Sở\s|UBND\s|Ủy\s+ban\s+nhân\s+dân\s|Văn\s+phòng\s|Vụ\s|Cục\s|Thanh\s+tra\s|Ban\s|Trung\s+tâm\s|Bệnh\s+viện\s)[^.;:\n()]{0,120})"
)
_TO = re.compile(
    r"(?<!\w)(?:về|gửi|với|cho|trình)\s+(?!việc)(?P<receiver>[A-ZĐÂÊÔƠƯĂ][^,.;()\n]{1,90}?)\s*"
    r"(?P<via>\(\s*(?:qua|thông\s+qua)[^)\n]{1,80}\))?(?=\s*(?:$|[,.;()]|trước|chậm|muộn|để|theo|định\s+kỳ|vào|hằng|hàng|trong|xong))",
)
_VAGUE_DUTY = re.compile(
    r"(?<!\w)(?:báo\s+cáo|gửi)(?!\w)[^.;\n]{0,120}(?:kịp\s+thời|theo\s+quy\s+định|khi\s+có\s+yêu\s+cầu|đúng\s+thời\s+hạn)",
    _I,
)


def _addressees(title: str) -> tuple[str, ...]:
    end = _ADDRESSEE_END.search(title)
    named = _tidy(title[: end.start()] if end else title).strip(" ,.-")
    return tuple(part.strip(" ,.") for part in _NEXT_ADDRESSEE.split(named) if part.strip(" ,."))


def _greeted(text: str) -> tuple[str, ...]:
    """Return whom a letter is addressed to, from the lines under "Kính gửi"."""
    found = _GREETING.search(text[: 2 * _HEAD_LENGTH])
    if not found:
        return ()
    named: list[str] = []
    for line in text[found.end() : found.end() + _HEAD_LENGTH].split("\n")[:_LONGEST_GREETING]:
        tidied = _tidy(line)
        if _BODY_OPENS.match(tidied) or (named and not tidied and not named[-1].endswith((";", ","))):
            break
        if tidied:
            named.append(tidied)
    parts = (part.strip(" -.;,") for line in named for part in line.split("; "))
    return tuple(part for part in parts if part)


def _sentence_around(text: str, start: int, end: int, floor: int) -> tuple[int, str]:
    before = text[max(floor, start - 600) : start]
    breaks = list(_SENTENCE.finditer(before))
    begin = start - len(before) + (breaks[-1].end() if breaks else 0)
    after = _SENTENCE.search(text, end, min(len(text), end + 200))
    return begin, text[begin : after.start() if after else end]


def _receiver(sentence: str, until: int) -> str:
    found = [each for each in _TO.finditer(sentence) if each.start() < until]
    if not found:
        return ""
    last = found[-1]
    via = _tidy(last["via"] or "")
    return f"{_tidy(last['receiver'])} {via}".strip()


def _in_sentence(sentence: str) -> tuple[str, ...]:
    found = _GROUP_IN_SENTENCE.search(sentence)
    return _addressees(found["group"]) if found else ()


@dataclass(frozen=True)
class _Reading:
    """The normal text with what was read from it so far; the spans of deadlines are of the normal text."""

    aligned: Aligned
    deadlines: tuple[Deadline, ...]
    starts: tuple[int, ...]
    """Where each deadline begins, ascending."""

    def within(self, start: int, end: int) -> tuple[Deadline, ...]:
        return self.deadlines[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def obligation(self, deadline: Deadline, addressees: tuple[str, ...], floor: int) -> Obligation:
        start, end = deadline.span or (floor, floor)
        begin, sentence = _sentence_around(self.aligned.text, start, end, floor)
        own = addressees or _in_sentence(sentence)
        span = self.aligned.span(start, end)
        return Obligation(own, replace(deadline, span=span), _receiver(sentence, start - begin), span)


def _assigned(reading: _Reading, block: _Block) -> Iterator[Obligation]:
    """Yield the obligations of one numbered group of the assignment part, at least one."""
    addressees = _addressees(block.title)
    found = reading.within(block.start, block.end)
    for deadline in found:
        yield reading.obligation(deadline, addressees, block.start)
    if not found and addressees:
        body = reading.aligned.text[block.start : block.end]
        span = reading.aligned.span(block.start, block.body)
        yield Obligation(addressees, NO_DEADLINE, _receiver(body, len(body)), span)


def _obligations(reading: _Reading) -> list[Obligation]:
    text = reading.aligned.text
    greeted = _greeted(text)
    obligations: list[Obligation] = []
    assigned: set[int] = set()
    for part in _parts(text, _ASSIGNMENT_TITLES):
        for block in _blocks(text, _ITEM, part.body, part.end):
            obligations.extend(_assigned(reading, block))
            assigned.update(map(id, reading.within(block.start, block.end)))
    obligations.extend(
        _elsewhere(reading, deadline, greeted)
        for deadline in reading.deadlines
        if id(deadline) not in assigned
    )
    if not obligations and greeted and (vague := _VAGUE_DUTY.search(text)):
        obligations.append(Obligation(greeted, NO_DEADLINE, "", reading.aligned.span(*vague.span())))
    return sorted(obligations, key=lambda each: each.span)


def _elsewhere(reading: _Reading, deadline: Deadline, greeted: tuple[str, ...]) -> Obligation:
    """Return an obligation outside the assignment part: of whom the sentence names, else of whom is greeted."""
    read = reading.obligation(deadline, (), 0)
    return read if read.addressees else replace(read, addressees=greeted)


# --- relations -------------------------------------------------------------------------------------------

_TIES = (
    ("replaces", re.compile(r"(?<!\w)(?:thay\s+thế|bãi\s+bỏ)(?:\s+(?:cho|các))?\s+$", _I)),
    ("amends", re.compile(r"(?<!\w)sửa\s+đổi(?:,\s*bổ\s+sung)?(?:\s+một\s+số\s+\w+)?(?:\s+của)?\s+$", _I)),
    (
        "combined_with",
        re.compile(r"(?<!\w)kết\s+hợp(?:\s+với)?(?:\s+(?:thực\s+hiện|triển\s+khai|việc))*\s+$", _I),
    ),
    (
        "implements",
        re.compile(
            r"(?<!\w)(?:(?:tổ\s+chức|tiếp\s+tục)\s+)?(?:thực\s+hiện|triển\s+khai|quán\s+triệt|học\s+tập|tuyên\s+truyền)"
            r"(?:\s+có\s+hiệu\s+quả|\s+(?:hiệu\s+quả|các|nội\s+dung))*\s+$",
            _I,
        ),
    ),
)
_BASIS = re.compile(r"(?<!\w)căn\s+cứ(?!\w)", _I)
_ABOUT = re.compile(r"(?<!\w)(?:về|v/v)(?!\w)", _I)


def _tie(before: str) -> str | None:
    return next((kind for kind, pattern in _TIES if pattern.search(before[-60:])), None)


def _relations(aligned: Aligned, text: str, citations: tuple[Citation, ...]) -> list[Relation]:
    """Read the words before every mention: of this paper, or of the paper cited just before it."""
    mentions = sorted((span, citation) for citation in citations for span in citation.mentions)
    relations: dict[tuple[int | None, str, int], Relation] = {}
    bases: set[int] = set()
    previous: tuple[Span, Citation] | None = None
    for span, citation in mentions:
        floor = max(previous[0][1] if previous else 0, span[0] - 300)
        between = align(text[floor : span[0]], LOOKALIKES).text
        nested = previous is not None and floor == previous[0][1] and not _SENTENCE.search(between)
        kind = _tie(between)
        is_base = bool(_BASIS.search(_SENTENCE.split(between)[-1]))
        source = previous[1] if nested and previous and kind and _is_title(between) else None
        in_basis = nested and previous is not None and id(previous[1]) in bases
        if kind is None and (is_base or in_basis):
            kind = "based_on"
            bases.add(id(citation))
        if kind and source is not citation:
            key = (id(source) if source else None, kind, id(citation))
            relations.setdefault(key, Relation(source, kind, citation, span))
        previous = (span, citation)
    return list(relations.values())


def _is_title(between: str) -> bool:
    return bool(_ABOUT.search(between)) or len(between.split()) <= 4


# --- the whole -------------------------------------------------------------------------------------------


def _content_areas(aligned: Aligned, citations: tuple[Citation, ...]) -> list[ContentArea]:
    text = aligned.text
    parts = _parts(text, _CONTENT_TITLES)
    if parts:
        blocks = [block for part in parts for block in _blocks(text, _ITEM, part.body, part.end)]
    elif _PART.search(text):
        blocks = []
    else:
        blocks = _blocks(text, _ITEM, 0, _body_end(text))
    mentions = sorted((start, place) for place, each in enumerate(citations) for start, _ in each.mentions)
    areas = []
    for block in blocks:
        span = aligned.span(block.start, block.end)
        between = mentions[bisect_left(mentions, (span[0], 0)) : bisect_left(mentions, (span[1], 0))]
        inside = tuple(citations[place] for place in dict.fromkeys(place for _, place in between))
        guidance = text[block.body : block.end].strip()
        areas.append(ContentArea(block.number, block.title.rstrip(":. "), inside, guidance, span))
    return areas


def _warnings(header: Header, citations: tuple[Citation, ...], obligations: list[Obligation]) -> list[str]:
    warnings = [citation.note for citation in citations if citation.note]
    if header.is_draft:
        warnings.append("Văn bản còn để trống số hoặc ngày, tháng: ghi nhận là bản dự thảo.")
    if header.kind is None:
        warnings.append("Không đọc được loại văn bản ở phần đầu.")
    if any(each.deadline.inferred_year for each in obligations):
        warnings.append("Có thời hạn không in năm; năm được suy ra từ ngày của văn bản.")
    return warnings


def read_paper(text: str) -> Paper:
    """Return everything that can be proposed from the text of one paper. Never raises; linear in the text.

    Spans are half-open and index `text` as passed in. Warnings are Vietnamese sentences for the person who
    confirms. Vague or missing deadlines of a group come with the boundary none.
    """
    aligned = align(text, LOOKALIKES)
    header = _header(aligned.text)
    citations = tuple(find_citations(text, own_code=header.code, own_issued_on=header.issued_on))
    deadlines = tuple(find_deadlines(aligned.text, header.issued_on))
    starts = tuple(deadline.span[0] if deadline.span else 0 for deadline in deadlines)
    obligations = _obligations(_Reading(aligned, deadlines, starts))
    return Paper(
        header=header,
        citations=citations,
        relations=tuple(_relations(aligned, text, citations)),
        obligations=tuple(obligations),
        content_areas=tuple(_content_areas(aligned, citations)),
        warnings=tuple(_warnings(header, citations, obligations)),
    )
