"""Citations: the papers a text names by number and symbol, with their dates and issuers.

Plain rules over text in normal form. Every look around a code is bounded, so the cost grows with the
length of the text and nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from directives.citation_dates import (
    DAY_AFTER,
    DAY_WORD,
    Mention,
    give_days_in_turn,
    read_ahead,
    read_behind,
    share_dates,
)
from directives.codes import (
    CODE,
    KIND_WORD,
    KINDS,
    LOOKALIKES,
    Code,
    code_of_match,
    parse_code,
)
from directives.dates import DATE, read_printed
from units.text import Aligned, align


@dataclass(frozen=True)
class Citation:
    """One cited paper. Spans are half-open and index the text that was passed in."""

    kind: str
    code: str
    issued_on: date | None
    issuer: str
    span: tuple[int, int]
    """The first mention: from the kind word to the end of the code, or of the date beside it."""
    note: str = ""
    """Vietnamese remark where the printed letters were corrected, else empty."""
    mentions: tuple[tuple[int, int], ...] = ()
    """Every mention, the first included."""


_LOOK_BACK = 220

_SHORT_WORDS = "NQ|CT|KL|KH|HD|QĐ|TB|BC|NĐ|TT|CV|CTr|TTr|CĐ"
_WORD = re.compile(rf"(?<!\w)(?:(?P<word>{KIND_WORD})|(?-i:(?P<short>{_SHORT_WORDS})))(?!\w)", re.IGNORECASE)
_NUMBER_WORD = re.compile(r"(?:(?<!\w)(?:số|sô)\s*(?:hiệu\s*)?[:.]?)?[\s“\"(]*$", re.IGNORECASE)
_PARAGRAPH_END = re.compile(r"[.;!?]\s|:\s*\n|[“”\"]")
# What a number may hang on without naming a directive: forms, permits, accounts, standards, addresses.
_OTHER_THINGS = re.compile(
    r"(?<!\w)(?:biểu\s+mẫu|mẫu|biểu|phụ\s+lục|bảng|phiếu|hợp\s+đồng|giấy\s+phép(?:\s+\w+){0,3}|"
    r"giấy\s+chứng\s+nhận(?:\s+\w+){0,4}|chứng\s+chỉ(?:\s+\w+){0,3}|hóa\s+đơn|hoá\s+đơn|tài\s+khoản|bản\s+án|"
    r"lô|thửa(?:\s+đất)?|tờ\s+bản\s+đồ|qcvn|tcvn|iso|điện\s+thoại|đt|fax|tổ|khu\s+phố|đường|nhà|tuyến|điều|khoản|mã)"
    r"\s*(?:số\s*)?(?:ký\s+hiệu\s*)?[:.]?\s*$",
    re.IGNORECASE,
)
_FORM_OF = re.compile(r"(?<!\w)(?:biểu\s+mẫu|mẫu|biểu|phụ\s+lục)\s*(?:số\s*)?$", re.IGNORECASE)
_SAME_BREATH = re.compile(
    r"\s*(?:,|;|và|,\s*và|;\s*và|cùng|hoặc|&|\+)?\s*(?:các\s+)?(?:số\s*[:.]?)?\s*$", re.IGNORECASE
)
_EARLIER_NUMBERS = re.compile(
    r"(?P<list>(?:(?<![\w/.])[0-9]{1,5}[a-z]?\s*(?:,|;|và|,\s*và)\s*(?:số\s*)?){1,8})$", re.IGNORECASE
)
_ENDS_IN_NUMBER_WORD = re.compile(r"(?<!\w)số\s*[:.]?\s*$", re.IGNORECASE)
_NUMBER_IN_LIST = re.compile(r"[0-9]{1,5}[a-z]?(?!\w)")
_SMALL_GAP = re.compile(r"(?:\s+[^\W\d_]+){1,5}\s*")
_OF = re.compile(r"\s*(?:của|do)\s", re.IGNORECASE)


def _sentence_before(text: str, start: int, floor: int) -> tuple[int, str]:
    """Return (where it begins, the stretch before `start` within the same sentence)."""
    begin = max(floor, start - _LOOK_BACK, 0)
    window = text[begin:start]
    last = 0
    for end in _PARAGRAPH_END.finditer(window):
        # The dot of "số." before a number ends no sentence.
        if window[: end.start()].lower().endswith((" số", "\nsố")) and end.end() == len(window):
            continue
        last = end.end() if window[end.start()] not in '“”"' else last
    return begin + last, window[last:]


def _last_word(window: str) -> re.Match[str] | None:
    words = list(_WORD.finditer(window))
    return words[-1] if words else None


@dataclass(frozen=True)
class _Context:
    """What stands before a code."""

    word: str | None
    """The kind word that governs it."""
    strict: bool
    """The word stands beside the number, so it overrules the letters."""
    numbered: bool
    """"số" stands before the number."""
    start: int
    """Where the mention begins: at the kind word, else at the number."""
    day: date | None = None
    """A date between the kind word and the number."""


def _context(text: str, anchor: int, floor: int) -> _Context | None:
    """Read what stands before the number at `anchor`; None where it belongs to a form, a permit, an address."""
    begin, window = _sentence_before(text, anchor, floor)
    if _OTHER_THINGS.search(window[-60:]):
        return None
    number_word = _NUMBER_WORD.search(window)
    cut = number_word.start() if number_word else len(window)
    numbered = "s" in window[cut:].lower()
    word = _last_word(window[:cut])
    if word is None:
        return _Context(None, strict=False, numbered=numbered, start=anchor)
    if _FORM_OF.search(window[: word.start()]):
        return None
    gap = window[word.end() : cut]
    printed = word["word"] or word["short"]
    if not gap.strip(' \n\r(“"'):
        return _Context(printed, strict=True, numbered=numbered, start=begin + word.start())
    if not numbered:
        return _Context(None, strict=False, numbered=False, start=anchor)
    return _context_across(gap, printed, begin + word.start())


def _context_across(gap: str, printed: str, start: int) -> _Context:
    """Read a kind word that stands away from its "số": names of laws, issuers, dates in between."""
    day = None
    for word in DAY_WORD.finditer(gap):
        found = DATE.match(gap, word.end())
        read = read_printed(found) if found else None
        day = read.exact if read else None
    small = bool(_SMALL_GAP.fullmatch(gap)) and gap == gap.lower()
    strict = small or bool(_OF.match(gap)) or (day is not None and gap.strip().lower().startswith("ngày"))
    return _Context(printed, strict=strict, numbered=True, start=start, day=day)


def _is_law(match: re.Match[str]) -> bool:
    return bool(match["law"])


def _law_word(text: str, match: re.Match[str]) -> str | None:
    """Return the nearest word before a code of the National Assembly that can carry such a code."""
    _, window = _sentence_before(text, match.start(), floor=0)
    words = [word["word"] for word in _WORD.finditer(window) if word["word"]]
    for word in reversed(words):
        if " ".join(word.lower().split()) in ("luật", "bộ luật", "nghị quyết", "pháp lệnh"):
            return word
    return None


def _governing_word(text: str, match: re.Match[str], context: _Context) -> str | None:
    if _is_law(match):
        return _law_word(text, match)
    if context.word is None:
        return None
    if context.strict:
        return context.word
    # From afar the word only helps where the letters themselves say nothing.
    letters = code_of_match(match, None)
    return context.word if letters.shape in ("party",) and letters.kind == "CV" else None


def _is_chained(text: str, match: re.Match[str], previous: Mention | None) -> bool:
    return (
        previous is not None
        and bool(_SAME_BREATH.match(text[previous.end : match.start()][:40]))
        and (match.start() - previous.end <= 40)
    )


def _day_follows(text: str, place: int) -> bool:
    lead = DAY_AFTER.match(text, place)
    return bool(lead and DATE.match(text, lead.end()))


def _stands_alone(text: str, match: re.Match[str], code: Code, numbered: bool) -> bool:
    """Say whether a code without a kind word is a citation all the same."""
    known = code.kind != "CV" or code.symbol.startswith("CV")
    if match["law"]:
        return True
    if match["party_kind"]:
        printed = text[match.end("number") : match.start("party_kind")]
        central = code.symbol.endswith(("/TW", "/TU"))
        return (known or central) and ("-" in printed or numbered)
    if match["state_kind"] or match["norm_kind"] or match["dashed_kind"]:
        return known
    if match["norm_other"] or match["letter"]:
        several = "-" in code.symbol
        dated = _day_follows(text, match.end())
        return (numbered and (several or dated)) or (several and dated)
    return False


def _is_citation(text: str, match: re.Match[str], code: Code, context: _Context) -> bool:
    if context.word is None:
        return _stands_alone(text, match, code, context.numbered)
    return not match["bare"] or (context.strict and _old_style(code))


def _accepted(
    text: str, match: re.Match[str], context: _Context, earlier: list[str], previous: Mention | None
) -> Mention | None:
    """Return the mention a match of `CODE` is, or None where it is no citation."""
    chained = context.word is None and _is_chained(text, match, previous)
    word = _governing_word(text, match, context)
    code = code_of_match(match, word)
    if chained and previous is not None:
        code = _inherited(match, code, previous)
    elif not _is_citation(text, match, code, context):
        return None
    start = context.start if context.strict or _is_law(match) else match.start()
    found = Mention(code, start, match.end(), day=context.day, note=code.note, chained=chained)
    found.extra = [number + code.text[len(code.number) :] for number in earlier]
    return found


def _old_style(code: Code) -> bool:
    """Say whether "number-LETTERS" looks like the codes of the last century (63-CP, 200-TTg)."""
    return code.symbol in ("CP", "TTg", "HĐBT", "CT", "TW", "TU", "BYT") or code.symbol in KINDS


def _inherited(match: re.Match[str], code: Code, previous: Mention) -> Code:
    """Read a later item of a list under the kind of the item before it, where its letters are silent."""
    if code.kind != "CV" or code.symbol.startswith("CV"):
        return code
    return replace(code, kind=previous.code.kind) if code.shape in ("letter", "normative") else code


def _earlier_numbers(text: str, match: re.Match[str], floor: int) -> tuple[int, list[str]]:
    """Return (where the list begins, 18 and whatever else stands before 19 in "số 18, 19-NQ/TW")."""
    begin = max(floor, match.start() - 60)
    numbers = _EARLIER_NUMBERS.search(text[begin : match.start()])
    if not numbers:
        return match.start(), []
    head = text[max(0, begin + numbers.start() - 12) : begin + numbers.start()]
    if not _ENDS_IN_NUMBER_WORD.search(head):
        return match.start(), []
    return begin + numbers.start(), _NUMBER_IN_LIST.findall(numbers["list"])


def _mentions(text: str) -> list[Mention]:
    matches = list(CODE.finditer(text))
    mentions: list[Mention] = []
    previous: Mention | None = None
    form_end: int | None = None
    code_ends: list[int] = []
    for index, match in enumerate(matches):
        floor = previous.end if previous else 0
        anchor, earlier = _earlier_numbers(text, match, floor)
        context = _context(text, anchor, floor)
        listed = form_end is not None and _SAME_BREATH.fullmatch(text[form_end:anchor][:40])
        if context is None or (listed and context.word is None):
            form_end = match.end()
            continue
        found = _accepted(text, match, context, earlier, previous)
        if found is None:
            continue
        ceiling = matches[index + 1].start() if index + 1 < len(matches) else len(text)
        read_ahead(text, found, ceiling)
        if found.day is None and not found.chained:
            read_behind(text, found, floor)
        mentions.append(found)
        code_ends.append(match.end())
        previous = found
    give_days_in_turn(text, mentions, code_ends)
    share_dates(text, mentions)
    return mentions


def _with_earlier_numbers(mentions: list[Mention]) -> list[Mention]:
    spread: list[Mention] = []
    for found in mentions:
        for text in found.extra:
            code = parse_code(text)
            if code is not None:
                spread.append(replace(found, code=replace(code, kind=found.code.kind), extra=[]))
        spread.append(found)
    return spread


def _merged(aligned: Aligned, mentions: list[Mention]) -> list[Citation]:
    """Make one citation of all mentions of a paper; a code with two dates stays two papers."""
    papers: dict[tuple[str, date | None], list[Mention]] = {}
    latest: dict[str, date | None] = {}
    for found in mentions:
        key = found.code.key
        day = found.day if found.day is not None else latest.get(key)
        if day is not None and latest.get(key, day) is None:
            # The mentions so far had no date: this one supplies it.
            papers[(key, day)] = papers.pop((key, None))
        papers.setdefault((key, day), []).append(found)
        latest[key] = day
    return [_cited(aligned, day, paper) for (_, day), paper in papers.items()]


def _cited(aligned: Aligned, day: date | None, paper: list[Mention]) -> Citation:
    spans = tuple(aligned.span(found.start, found.end) for found in paper)
    first = paper[0]
    return Citation(
        kind=first.code.kind,
        code=first.code.text,
        issued_on=day,
        issuer=next((found.issuer for found in paper if found.issuer), ""),
        span=spans[0],
        note=next((found.note for found in paper if found.note), ""),
        mentions=spans,
    )


def find_citations(
    text: str, own_code: str | None = None, own_issued_on: date | None = None
) -> list[Citation]:
    """Return every paper cited in a text, in order of first mention. Never raises; linear in the text.

    A citation needs a number and a symbol. The same paper cited twice is one citation, a mention without
    a date belongs to the dated one; one code with two dates is two. `own_code` is the number of the paper
    itself and is left out, unless it stands with a date other than `own_issued_on`.
    """
    return citations_of(align(text, LOOKALIKES), own_code, own_issued_on)


def citations_of(
    aligned: Aligned, own_code: str | None = None, own_issued_on: date | None = None
) -> list[Citation]:
    """Return what `find_citations` does for text already in normal form; spans index the original."""
    mentions = _with_earlier_numbers(_mentions(aligned.text))
    citations = sorted(_merged(aligned, mentions), key=lambda citation: citation.span)
    own = parse_code(own_code) if own_code else None
    if own is None:
        return citations
    return [
        citation
        for citation in citations
        if citation.code.lstrip("0") != own.key
        or (
            citation.issued_on is not None
            and own_issued_on is not None
            and citation.issued_on != own_issued_on
        )
    ]
