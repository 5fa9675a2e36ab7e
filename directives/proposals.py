"""What a paper was read as, cut into the proposals a person confirms one by one; plain Python.

A proposal has a letter and a number, the same in the paper and beside it: A a cited paper with what ties it to
this one, B a deadline or a duty without one, C a content area, D a group of addressees. VB is the paper itself.
What was read is kept as plain objects for JSON, so that a later grammar cannot shift what was decided.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from directives.addressees import GROUP as NAME_OF_GROUP
from directives.citations import Citation
from directives.deadlines import Boundary
from directives.plans import ContentArea, Header, Obligation, Paper
from units.text import nfc

Span = tuple[int, int]
Read = dict[str, Any]

PAPER, CITED, DEADLINE, AREA, GROUP = "VB", "A", "B", "C", "D"
LETTERS = {CITED: "Văn bản", DEADLINE: "Thời hạn", AREA: "Nội dung", GROUP: "Nhóm đơn vị"}
"""Letter of a proposal → what it proposes, as on screen."""

LONGEST_TITLE = 600
LONGEST_AREA = 400
LONGEST_DUTY = 1200
_LONGEST_NAME = 200
_LONGEST_PHRASE = 160
_LONGEST_SIGNER = 120
_PRINTED = re.compile(r"“([^”]+)”")
# Between a citation and its title: date, issuer, congress, a remark in brackets; never another's clause.
_NO_CLAUSE = (
    r"(?:(?!(?<!\w)(?:đề\s+nghị|yêu\s+cầu|báo\s+cáo|gửi|nộp|trình|giao|xây\s+dựng|ban\s+hành|hướng\s+dẫn|thông\s+báo|tổng\s+hợp"
    r"|thực\s+hiện|triển\s+khai|trong\s+đó|phê\s+duyệt|về)(?!\w))"
    r"(?:[^,.;:“”\"()\n]|\n(?=[ ]*[^\W\d_][^).])))"
)
_BETWEEN = (
    r"(?:\s*,?\s*(?:\([^()\n]{1,80}\)|(?:ngày|tháng|năm|khóa|khoá|kỳ\s+họp|nhiệm\s+kỳ|hội\s+nghị|lần\s+thứ|của|do|giữa|giai\s+đoạn|ban\s+bí\s+thư|ban\s+chấp\s+hành"
    rf"|trung\s+ương|quốc\s+hội|chính\s+phủ)(?!\w){_NO_CLAUSE}{{0,120}}+)){{0,5}}+\s*[,–-]?\s*"
)
_ABOUT = re.compile(rf"(?i:{_BETWEEN})(?<!\w)(?P<title>[Vv]ề\s+[^.;\n“”\"]{{3,}})")
# "về Bộ Y tế" names a receiver.
_RECEIVED = re.compile(r"[Vv]ề\s+(?=[A-ZÀ-ÝĐ])")
_WRAPPED = re.compile(r"\s*\n\s*(?=[a-zà-ỹđ0-9])")
_OF_BREAK = re.compile(r"-\s+")
_LISTS = re.compile(r"(?:[,;]|(?<!\w)(?:và|cùng|hoặc))\s*$")
_QUOTED = re.compile(
    rf"(?i:{_BETWEEN})(?:(?:phê\s+duyệt|ban\s+hành|[Vv]ề)\s[^,.;:“”\"()\n]{{0,80}})?[“\"]\s*(?P<title>[^”\"]{{3,600}})[”\"]"
)
_TITLE_BREAK = re.compile(
    r",\s+(?=(?:[A-ZÀ-ÝĐ]|các (?:sở|phòng|ban|bộ|đơn vị|cơ quan|địa phương))[^,.;]{0,60}\s(?:xây dựng|ban hành|yêu cầu|đề nghị|hướng dẫn|thông báo|báo cáo"
    r"|gửi|nộp|trình|tổng hợp)(?=[\s:,]|\Z))|\s+\(|:\s*(?=[0-9]{1,2}\Z|[0-9]{1,2}[.)]|[-+]\s|[a-zđ]\)|\Z)"
)
_TASK_LISTS = ("CV", "CĐ", "TB")
"""Kinds whose numbered items are tasks, each with its date: no outline of a report."""
_SENTENCE_ENDS = re.compile(r"[.;](?=\s)|\n\s*\n|\n(?=\s*[-+•*]\s)|\Z")
_ITEM_MARK = re.compile(r"^\s*(?:[-+•*]|[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]|[a-zđ]\)|[IVX]{1,5}\.)\s+")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class Proposed:
    """One thing read from a paper. `spans` are half-open places in the text, the first one leading."""

    letter: str
    number: int
    spans: tuple[Span, ...]
    read: Read

    @property
    def key(self) -> str:
        """ "A3"; the paper itself is "VB"."""
        return self.letter if self.letter == PAPER else f"{self.letter}{self.number}"


def proposals_of(text: str, paper: Paper) -> list[Proposed]:
    """Cut a read paper into proposals, the paper itself first. Spans index `text`. Linear in the text."""
    numbers = {id(citation): number for number, citation in enumerate(paper.citations, start=1)}
    groups = _groups(text, paper.obligations)
    return [
        Proposed(PAPER, 0, (), header_read(paper.header, text)),
        *_cited(text, paper, numbers),
        *_deadlines(text, paper.obligations, {name: key.number for name, key in groups.items()}),
        *_areas(text, () if paper.header.kind in _TASK_LISTS else paper.content_areas, numbers),
        *groups.values(),
    ]


def header_read(header: Header, text: str) -> Read:
    """What head and foot of the paper say; blank things are empty."""
    return {
        "kind": header.kind or "",
        "code": header.code or "",
        "issued_on": header.issued_on.isoformat() if header.issued_on else "",
        "issuer": _tidy(_in_small_letters(header.issuer, text), _LONGEST_NAME),
        "title": _tidy(header.subject, LONGEST_TITLE),
        "signer_post": _tidy(header.signer_post, _LONGEST_PHRASE),
        "signer_name": _tidy(header.signer_name, _LONGEST_SIGNER),
        "is_draft": header.is_draft,
    }


def _in_small_letters(name: str, text: str) -> str:
    """A name the head prints in capitals, as the body writes it; as it is where the body does not name it."""
    words = name.split()
    if not words or name != name.upper():
        return name
    pattern = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + r"(?!\w)", re.IGNORECASE)
    written = (found[0] for found in pattern.finditer(text))
    return next((each for each in written if each != each.upper() and each[0].isupper()), name)


# A: cited papers ----------------------------------------------------------------------------------------


def _cited(text: str, paper: Paper, numbers: dict[int, int]) -> Iterator[Proposed]:
    ties: dict[int, list[Read]] = {}
    for relation in paper.relations:
        # A tie between two cited papers is shown with the one that acts.
        at = relation.target if relation.source is None else relation.source
        to = None if relation.source is None else numbers[id(relation.target)]
        ties.setdefault(id(at), []).append({"kind": relation.kind, "to": to})
    spans = sorted(span for citation in paper.citations for span in _mentions(citation))
    for citation in paper.citations:
        yield Proposed(
            CITED,
            numbers[id(citation)],
            _mentions(citation),
            {
                "kind": citation.kind,
                "code": citation.code,
                "printed": _printed(citation.note),
                "issued_on": citation.issued_on.isoformat() if citation.issued_on else "",
                "issuer": _tidy(citation.issuer, _LONGEST_NAME),
                "title": _title(text, citation, spans),
                "note": citation.note,
                "ties": ties.get(id(citation), []),
            },
        )


def _mentions(citation: Citation) -> tuple[Span, ...]:
    return citation.mentions or (citation.span,)


def _trimmed(text: str, span: Span) -> Span:
    """The span without the blanks at its ends."""
    words = text[slice(*span)]
    start = span[0] + len(words) - len(words.lstrip())
    return start, max(start, span[0] + len(words.rstrip()))


def _printed(note: str) -> str:
    """The code as the paper prints it, where its letters were put right; else empty."""
    found = _PRINTED.search(note)
    return found[1] if found else ""


def _title(text: str, citation: Citation, spans: Sequence[Span]) -> str:
    """The words after one of the mentions that say what the cited paper is about; empty without."""
    for _, end in _mentions(citation):
        after = bisect_left(spans, (end, 0))
        stop = min(len(text), end + LONGEST_TITLE + 200)
        named: Span | None = None
        if after < len(spans) and spans[after][0] < stop:
            stop, named = spans[after][0], spans[after]
        found = title_after(nfc(text[end:stop]), nfc(text[slice(*named)]) if named else "")
        if found:
            return found
    return ""


def title_after(words: str, named: str = "") -> str:
    """ "của Ban Bí thư về phát triển …; " → "Về phát triển …"; empty where the words name no subject.

    `named` is the next cited paper, where the words end at one: "về thực hiện " goes on with its name, a
    list does not.
    """
    line = _WRAPPED.sub(" ", words)
    ended = _SENTENCE_ENDS.search(line)
    quoted, about = _QUOTED.match(line), _ABOUT.match(line)
    if quoted and (not about or quoted.start("title") <= about.start("title")):
        return _titled(quoted["title"])
    if not about or _goes_to(about["title"]) or (ended and ended.start() < about.start("title")):
        return ""
    parted = _TITLE_BREAK.search(about["title"])
    if parted:
        return _titled(about["title"][: parted.start()])
    goes_on = named and about.end() == len(line) and not _LISTS.search(line)
    return _titled(
        f"{about['title']} {_OF_BREAK.sub('-', named)}" if goes_on else _LISTS.sub("", about["title"])
    )


def _goes_to(words: str) -> bool:
    """Whether "về …" says who receives something: "về Bộ Y tế", "về Văn phòng Bộ"."""
    about = _RECEIVED.match(words)
    return bool(about and NAME_OF_GROUP.match(words, about.end()))


def _titled(words: str) -> str:
    tidy = _tidy(words, LONGEST_TITLE).strip(" ,:-")
    return tidy[:1].upper() + tidy[1:]


# B: deadlines and duties --------------------------------------------------------------------------------


def _deadlines(text: str, obligations: Sequence[Obligation], groups: dict[str, int]) -> Iterator[Proposed]:
    for number, each in enumerate(obligations, start=1):
        deadline, span = each.deadline, _trimmed(text, each.span)
        names = [_tidy(name, _LONGEST_NAME) for name in each.addressees]
        phrase = _tidy(text[slice(*deadline.span)], _LONGEST_PHRASE) if deadline.span else ""
        yield Proposed(
            DEADLINE,
            number,
            (span,),
            {
                "addressees": names,
                "groups": [groups[name] for name in names if name in groups],
                "text": duty_around(text, span),
                "phrase": phrase,
                "due": deadline.due.isoformat() if deadline.due else "",
                "boundary": str(Boundary(deadline.boundary)),
                "time": f"{deadline.time:%H:%M}" if deadline.time else "",
                "recurrence": deadline.recurrence or "",
                "receiver": _tidy(each.receiver, _LONGEST_PHRASE),
                "inferred_year": deadline.inferred_year,
            },
        )


def duty_around(text: str, span: Span) -> str:
    """The sentence a span stands in, without its mark; at most `LONGEST_DUTY` characters."""
    floor = max(0, span[0] - LONGEST_DUTY)
    before = text[floor : span[0]]
    begin = floor
    for found in re.finditer(r"[.;](?=\s)|\n\s*\n|\n(?=\s*[-+•*]\s)", before):
        begin = floor + found.end()
    ended = _SENTENCE_ENDS.search(text, span[1], min(len(text), span[1] + LONGEST_DUTY))
    end = ended.start() if ended else span[1]
    return _tidy(_ITEM_MARK.sub("", text[begin:end]), LONGEST_DUTY)


# C: content areas ---------------------------------------------------------------------------------------


def _areas(text: str, areas: Sequence[ContentArea], numbers: dict[int, int]) -> Iterator[Proposed]:
    for number, area in enumerate(areas, start=1):
        yield Proposed(
            AREA,
            number,
            (_heading(text, area),),
            {
                "number": area.number,
                "title": _tidy(area.title, LONGEST_AREA),
                "guidance": nfc(area.guidance).strip(),
                "points": [
                    {"cited": numbers.get(id(point.citation)), "guidance": _tidy(point.guidance)}
                    for point in area.points
                ],
            },
        )


def _heading(text: str, area: ContentArea) -> Span:
    """The number and the title of an area, without the text under it."""
    start, end = area.span
    words = area.title.split()
    near = text[start : min(end, start + 4 * len(area.title) + 80)]
    found = re.search(r"\s+".join(map(re.escape, words)), nfc(near)) if words else None
    if found is None or nfc(near) != near:
        line = text.find("\n", start, end)
        return start, line if line > start else end
    return start, start + found.end()


# D: groups ----------------------------------------------------------------------------------------------


def _groups(text: str, obligations: Sequence[Obligation]) -> dict[str, Proposed]:
    """One proposal for every name of addressees, at the place nearest before its first duty."""
    found: dict[str, Proposed] = {}
    for each in obligations:
        for name in each.addressees:
            tidy = _tidy(name, _LONGEST_NAME)
            if tidy and tidy not in found:
                place = _place_of(text, name, each.span)
                found[tidy] = Proposed(GROUP, len(found) + 1, (place,) if place else (), {"addressee": tidy})
    return found


_FAR = 20_000


def _place_of(text: str, name: str, span: Span) -> Span | None:
    """Where the name stands: last before the duty, in it, or first after it; None where its words are others."""
    words = name.split()
    if not words:
        return None
    # At most that far back: names of a long paper's head are found from its first duty anyway.
    pattern = re.compile(r"\s+".join(map(re.escape, words)), re.IGNORECASE)
    last = None
    for last in pattern.finditer(text, max(0, span[0] - _FAR), span[1]):  # noqa: B007
        pass
    found = last or pattern.search(text, span[1], min(len(text), span[1] + _FAR))
    return found.span() if found else None


def _tidy(text: str, longest: int | None = None) -> str:
    """One line in the form in which text is stored, cut at a word where it is too long."""
    line = _BLANKS.sub(" ", nfc(text)).strip()
    if longest is None or len(line) <= longest:
        return line
    cut = line[: longest - 1]
    return f"{cut.rpartition(' ')[0] or cut}…"
