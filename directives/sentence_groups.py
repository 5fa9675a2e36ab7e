"""The groups a sentence names in one place or another: receivers, clauses of their own, leaders of tasks."""

from __future__ import annotations

import re

from directives.addressees import GROUP, name_end, names_in
from directives.letters import CAPITAL, SMALL
from directives.sections import Section, tidy

Span = tuple[int, int]
_I = re.IGNORECASE
LOOK_BACK = 600
"""How far before a deadline its group may stand."""
_COMMA = re.compile(r"[,;]\s+(?:và\s+|còn\s+|riêng\s+)?|:\s+")
_COLON = re.compile(r":\s+")
_LEADER = re.compile(
    r"(?<!\w)(?:(?:đơn\s+vị|cơ\s+quan|bộ\s+phận|tổ\s+chức)\s+(?:chủ\s+trì|thực\s+hiện|đầu\s+mối|chịu\s+trách\s+nhiệm)(?:\s+thực\s+hiện)?|chủ\s+trì|phân\s+công|trách\s+nhiệm|cơ\s+quan\s+báo\s+cáo|đơn\s+vị\s+báo\s+cáo)\s*:\s*"
    rf"(?P<names>[^\n.;|]{{2,200}}(?:\n(?-i:(?=[{SMALL}]))[^\n.;|]{{2,200}})?)",
    _I,
)
_PARTNERS = re.compile(r"[,.]?\s*(?:phối\s+hợp|cùng|đơn\s+vị\s+phối|thời\s+(?:gian|hạn))(?!\w)", _I)
# "Đơn vị thực hiện: Văn phòng Bộ chủ trì, phối hợp với …"
_LEADS_IT = re.compile(
    r"\s+(?:chủ\s+trì|thực\s+hiện|(?:làm\s+|là\s+)?đầu\s+mối|tham\s+mưu)(?:\s+thực\s+hiện)?\s*\Z", _I
)
_OTHERS = re.compile(r"(?:các\s+)?(?:cơ\s+quan|đơn\s+vị)\s+(?:có\s+)?liên\s+quan", _I)
_NOT_SUBJECT = re.compile(
    r"(?<!\w)(?:về|gửi|cho|với|của|tại|qua|trình|thuộc|báo\s+cáo|hợp|và|từ|do|ở|bởi|theo|là|trong|đến|tới|giữa|tham\s+mưu|giúp|bộ\s+phận|với\s+các|cùng|trực\s+thuộc|\()\s*$",
    _I,
)
_TO = re.compile(
    rf"(?<!\w)(?:về|gửi|(?<!hợp\s)với|cho|trình|báo\s+cáo)\s+(?!việc)(?P<receiver>[{CAPITAL}][^,.;:()\n]{{1,90}}?(?:\n[^,.;:()\n]{{1,90}}?)??)\s*"
    r"(?P<via>\(\s*(?:qua|thông\s+qua)[^)]{1,80}\))?(?=\s*(?:$|[,.;:()]|ngày\s+[0-9]|trước|chậm|muộn|để|theo|định\s+kỳ|vào|hằng|hàng|trong|xong|kết\s+quả|tình\s+hình|không|và\s|qua\s|đúng|ngay|khi))",
)


def receiver(sentence: str, until: int) -> str:
    """Return to whom a sentence reports before a place, "" where it does not say: "Bộ Y tế (qua Văn phòng Bộ)"."""
    found = [each for each in _TO.finditer(sentence) if each.start() < until]
    if not found:
        return ""
    last = found[-1]
    via = tidy(last["via"] or "")
    named = last["receiver"]
    if not via and GROUP.match(sentence, last.start("receiver")):
        # "Sở Nông nghiệp và Môi trường": the pattern stops at the first "và".
        whole = name_end(sentence, last.start("receiver"), until)
        named = sentence[last.start("receiver") : max(whole, last.end("receiver"))]
    return f"{tidy(named)} {via}".strip()


def clause_group(sentence: str, start: int, until: int) -> tuple[str, ...]:
    """Return the group with which the last clause between two places begins: "…, các Sở Y tế gửi …"."""
    others: list[Span] | None = None
    for comma in reversed(list(_COMMA.finditer(sentence, min(start, until), until))[-6:]):
        found = GROUP.match(sentence, comma.end())
        if not found or _is_within_brackets(sentence, comma.start()):
            continue
        others = _listed_others(sentence, until) if others is None else others
        if any(low <= comma.start() < high for low, high in others):
            continue
        end = name_end(sentence, comma.end(), until)
        if _OF_THEIRS.match(sentence, end):
            continue
        if sentence[end:until].strip() and sentence[end : end + 1] not in ",:;(.":
            return names_in(sentence[_list_start(sentence, start, comma.end(), end) : end])
    return ()


# "cho đảng viên ở chi bộ, đảng bộ mình, hoàn thành trước …"
_OF_THEIRS = re.compile(r"\s+(?:của\s+)?mình(?!\w)", _I)


def _list_start(sentence: str, start: int, begin: int, end: int) -> int:
    """Return where the names begin whose last begins and ends here: "Chế độ báo cáo: Các sở, ngành, UBND xã gửi"."""
    for colon in reversed(list(_COLON.finditer(sentence, start, begin))):
        if GROUP.match(sentence, colon.end()) and name_end(sentence, colon.end(), end) >= end:
            return colon.end()
        break
    return begin


# "Phối hợp với Sở Y tế, Sở Nội vụ rà soát": partners; "báo cáo UBND tỉnh, Bộ Y tế trước ngày …": receivers.
_NAMES_OTHERS = re.compile(
    r"(?<!\w)(?:(?P<partners>phối\s+hợp(?:\s+(?:chặt\s+chẽ|cùng|với)){0,2}|cùng\s+với)|báo\s+cáo|gửi|trình|về|cho|tới|đến)\s+(?:với\s+)?",
    _I,
)
_NO_DEED = re.compile(
    r"\s*(?:định\s+kỳ|trước|chậm|muộn|hằng|hàng|vào|theo|để|trong|qua|kết\s+quả|tình\s+hình|đúng|ngay|khi|kịp|\(|[.;,]|\Z)",
    _I,
)


def _listed_others(sentence: str, until: int) -> list[Span]:
    """Return the stretches before a deadline that name partners or receivers one after the other."""
    spans: list[Span] = []
    for cue in _NAMES_OTHERS.finditer(sentence, 0, until):
        if GROUP.match(sentence, cue.end()):
            end = name_end(sentence, cue.end(), until)
            if cue["partners"] or _NO_DEED.match(sentence, end):
                spans.append((cue.start(), end))
    return spans


def _is_within_brackets(sentence: str, place: int) -> bool:
    opened = sentence.rfind("(", 0, place)
    return opened > sentence.rfind(")", 0, place) and sentence.find(")", place) > 0


# "Kiện toàn Trạm Y tế": what is done to a group does not bind it.
_VERB_ONLY = re.compile(rf"[\s*]*[{CAPITAL}][{SMALL}]*(?:\s+[{SMALL}]+){{0,2}}\s+")
_MANY = re.compile(r"(?:các|những|toàn|mỗi|từng|tất)(?!\w)", _I)


def mentioned_group(sentence: str) -> tuple[str, ...]:
    """Return the first group of a sentence that is not somebody's receiver or partner."""
    place = 0
    while found := GROUP.search(sentence, place):
        end = name_end(sentence, found.start(), len(sentence))
        place = max(end, found.end())
        if found.group()[0].islower() and not _MANY.match(found.group()):
            continue
        if _VERB_ONLY.fullmatch(sentence, 0, found.start()):
            continue
        if not _NOT_SUBJECT.search(sentence[max(0, found.start() - 24) : found.start()]):
            return names_in(sentence[found.start() : end])
    return ()


def task_leader(text: str, section: Section) -> tuple[str, ...]:
    """Return who leads a task: the line "Đơn vị chủ trì: …" of an item."""
    found = _LEADER.search(text, section.start, min(section.end, section.start + 1500))
    return _led(found) if found else ()


def _led(found: re.Match[str]) -> tuple[str, ...]:
    names = _LEADS_IT.sub("", _PARTNERS.split(found["names"])[0])
    return names_in(_OTHERS.sub("", names))


_FIELD = re.compile(
    r"[ \t]*(?:[-+•]\s*|[a-zđ]\)\s*)?(?:thời\s+(?:gian|hạn)|tiến\s+độ|hạn|hoàn\s+thành)[^:\n]{0,40}:", _I
)


def field_leader(text: str, start: int, floor: int) -> tuple[str, ...]:
    """Return who leads a task whose fields stand in lines: "Đơn vị chủ trì: …", "Thời gian hoàn thành: …"."""
    low = max(floor, start - LOOK_BACK)
    if not _FIELD.match(text, max(low, text.rfind("\n", low, start) + 1)):
        return ()
    leaders = list(_LEADER.finditer(text, low, start))
    return _led(leaders[-1]) if leaders else ()


_OPENS_BRACKETS = re.compile(r"\s*\(\s*(?:giao\s+)?(?=\S)", _I)
_LEADS_TASK = re.compile(r"\s*(?:(?:chủ\s+trì|thực\s+hiện|đầu\s+mối|tham\s+mưu)\s*)?", _I)


def group_in_brackets(text: str, end: int) -> tuple[str, ...]:
    """Return the group named right after a deadline: "trong quý III (Cục Bảo trợ xã hội)"."""
    opening = _OPENS_BRACKETS.match(text, end)
    if not opening or not GROUP.match(text, opening.end()):
        return ()
    close = text.find(")", opening.end(), opening.end() + 200)
    end = name_end(text, opening.end(), close) if close > 0 else -1
    if end < 0 or not _LEADS_TASK.fullmatch(text, end, close):
        return ()
    return names_in(text[opening.end() : end])
