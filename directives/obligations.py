"""Obligations: which group must do or report something, to whom, by when.

One obligation is one addressee group with one deadline. A deadline's group is looked for in its sentence,
then in the headings it stands under, then in whom a letter greets. A group of the assignment part that has
no deadline gets one obligation of the boundary none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from directives.addressees import GROUP, greeting, is_generic, leading_names, name_end, names_in
from directives.assigned_groups import (
    assigned_groups,
    assigns_freely,
    groups_told,
    is_assignment,
    is_own_deed,
    names_beside_groups,
)
from directives.deadlines import NO_DEADLINE, Deadline
from directives.headers import head_end
from directives.sections import (
    Section,
    appendix_start,
    body_end,
    columns_of,
    folded,
    is_titled,
    read_sections,
    unwrapped,
)
from directives.sentence_groups import (
    LOOK_BACK,
    clause_group,
    field_leader,
    group_in_brackets,
    mentioned_group,
    receiver,
    task_leader,
)
from directives.task_tables import Task
from units.text import Aligned

Span = tuple[int, int]
_I = re.IGNORECASE


@dataclass(frozen=True)
class Obligation:
    """One addressee group with one deadline."""

    addressees: tuple[str, ...]
    deadline: Deadline
    receiver: str
    """To whom, as printed: "Bộ Y tế (qua Văn phòng Bộ)"; empty where the paper does not say."""
    span: Span
    """The deadline phrase, or the heading of a group that has none."""


# What stands under these headings has happened or is hoped for; nobody is asked by when.
_NO_DUTIES = (
    "tinh hinh",
    "ket qua dat duoc",
    "ket qua thuc hien",
    "thuc trang",
    "danh gia",
    "nguyen nhan",
    "muc tieu",
    "muc dich",
    "han che",
)
_ENFORCED = re.compile(
    r"chịu\s+trách\s+nhiệm\s+(?:tổ\s+chức\s+)?(?:triển\s+khai\s+)?(?:thi\s+hành|thực\s+hiện)(?:\s*\.|\s+)(?:/|\s*\Z|Quyết|Nghị|Thông|Kế|Chỉ|Chương|Công|Kết|Hướng)",
    _I,
)
_SENTENCE = re.compile(
    r"[.;!?](?=\s)|\.(?=/)|\n[ \t]*(?=[-+•*]\s|[0-9]{1,2}[.)]\s|[a-zđ]\)\s)|(?<=\n)[^\n]{0,50}\n[ \t]*\n\s*(?=[A-ZÀ-ÝĐ])"
)
_ASKS = re.compile(
    r"(?<!\w)(?:đề\s+nghị|yêu\s+cầu|(?<!bàn\s)(?<!chuyển\s)(?<!được\s)giao(?:\s+(?:nhiệm\s+vụ\s+)?cho)?|phân\s+công|đề\s+xuất|riêng(?:\s+đối\s+với)?|đối\s+với|mong)\s+(?!của(?!\w))",
    _I,
)
_POINTS_BACK = re.compile(
    r"(?:quý\s+[^\W\d_]+(?:\s+[^\W\d_]+)?|(?:các\s+)?(?:cơ\s+quan|đơn\s+vị|địa\s+phương|đồng\s+chí)(?:\s*,\s*(?:cơ\s+quan|đơn\s+vị|địa\s+phương))*)(?!\w)",
    _I,
)
# "Định kỳ … báo cáo Bộ Y tế, UBND tỉnh": what follows that duty is no clause of its own.
_ADVERBIAL = re.compile(
    r"\s*(?:(?:Căn\s+cứ|Trên\s+cơ\s+sở|Để|Sau|Theo|Trong|Ngay|Khi|Nhằm|Thực\s+hiện|Từ|Nhận\s+được)(?!\w)"
    r"[^.;\n]{0,160}?,\s*|\s*(?:Định\s+kỳ|Hằng|Hàng|Trước|Chậm\s+nhất)(?!\w)(?:(?!báo\s+cáo|gửi|trình)[^.;\n]){0,160}?,\s*)?",
)
_VAGUE_DUTY = re.compile(
    r"(?<!\w)(?:báo\s+cáo|gửi)(?!\w)[^.;\n]{0,160}(?:kịp\s+thời|theo\s+quy\s+định|khi\s+có\s+yêu\s+cầu|khi\s+được\s+yêu\s+cầu|theo\s+yêu\s+cầu|đúng\s+(?:thời\s+)?hạn|đúng\s+thời\s+gian"
    r"|trước\s+ngày\s*[.…_/ ]{2,}|ngay\s+sau\s+khi|trong\s+vòng|kể\s+từ\s+ngày)",
    _I,
)
_HEAD = 8000
# Items among which "các đơn vị" is compared with the others.
_MOST_ITEMS = 40


@dataclass(frozen=True)
class _Reading:
    """The normal text with what was read from it so far; the spans of deadlines are of the normal text."""

    aligned: Aligned
    deadlines: tuple[Deadline, ...]
    starts: tuple[int, ...]
    greeted: tuple[str, ...]
    body: int
    """Where the body begins: after whom a letter greets."""
    sections: tuple[Section, ...] = ()
    columns: int = 0
    """How wide the lines are that wrap."""
    free: bool = False
    """The paper is of a kind that assigns tasks without a part of that name."""
    known: dict[int, dict[int, tuple[str, ...]]] = field(default_factory=dict)
    """What `beside` has found before: one heading may stand over many deadlines."""

    @property
    def text(self) -> str:
        return self.aligned.text

    def beside(self, start: int, siblings: tuple[Section, ...]) -> dict[int, tuple[str, ...]]:
        """Return the groups that items side by side name, by where each begins; `start` stands for them all."""
        if start not in self.known:
            found = names_beside_groups(self.text, siblings)
            self.known[start] = {each.start: names for each, names in found}
        return self.known[start]

    def within(self, start: int, end: int) -> tuple[Deadline, ...]:
        return self.deadlines[bisect_left(self.starts, start) : bisect_left(self.starts, end)]


def _sentence(text: str, start: int, end: int, floor: int, columns: int) -> tuple[int, str]:
    """Return (where it begins, the sentence around a phrase); lines that wrap at `columns` are joined."""
    low = max(floor, start - LOOK_BACK)
    breaks = list(_SENTENCE.finditer(text, low, start))
    begin = breaks[-1].end() if breaks else low
    after = _SENTENCE.search(text, end, min(len(text), end + 200))
    return begin, unwrapped(text, begin, after.start() if after else min(len(text), end + 200), columns)


def _asked(reading: _Reading, sentence: str, until: int, own: bool = False) -> tuple[str, ...]:
    """Return whom the sentence asks: "đề nghị các đơn vị …", "giao Vụ Pháp chế …".

    `own` says that it begins with what a group is to ask others.
    """
    for ask in reversed(list(_ASKS.finditer(sentence, 0, until))):
        if not sentence[: ask.start()].strip():
            if own:
                continue
            names, _ = leading_names(sentence, 0, len(sentence))
            if names and not is_generic(names):
                return names
        found = GROUP.match(sentence, ask.end())
        if found:
            names = names_in(sentence[ask.end() : name_end(sentence, ask.end(), len(sentence))])
            return _pointed(reading, names)
        if _POINTS_BACK.match(sentence, ask.end()) and reading.greeted:
            return reading.greeted
    return ()


def _pointed(reading: _Reading, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return whom "các đơn vị", "quý cơ quan" of a letter mean: whom it greets."""
    return reading.greeted if names and reading.greeted and is_generic(names) else names


def _subject(reading: _Reading, sentence: str, until: int) -> tuple[str, ...]:
    """Return the group a sentence begins with, or the last clause of it before the deadline.

    "Trước ngày …," and "Căn cứ …," may stand in front; "…, các Sở Y tế gửi …" is a clause of its own.
    """
    lead = _ADVERBIAL.match(sentence)
    names: tuple[str, ...] = ()
    end = 0
    for start in sorted({0, lead.end() if lead else 0}):
        names, end = leading_names(sentence, start, len(sentence))
        if names:
            break
    return _pointed(reading, clause_group(sentence, end, until) or names)


def _above(reading: _Reading, path: list[Section]) -> tuple[str, ...]:
    """Return the group that an item or one above it names at its head, or the one that leads its task."""
    for at in range(len(path) - 1, -1, -1):
        section = path[at]
        if is_own_deed(reading.text, path[at - 1] if at else None, section):
            continue
        names, _ = leading_names(reading.text, section.body, section.title_end)
        if names:
            return _pointed(reading, names)
        if introduced := _introduced(reading, path, at):
            return introduced
        if named := _beside(reading, path, at):
            return named
        if section.rank > 2 and (led := task_leader(reading.text, section)):
            return led
    return ()


def _begins_own_deed(reading: _Reading, path: list[Section], begin: int) -> bool:
    return len(path) > 1 and begin <= path[-1].body and is_own_deed(reading.text, path[-2], path[-1])


_PROCLAIMS = re.compile(
    r"\s*(?:ban\s+hành|thông\s+báo|hướng\s+dẫn|quy\s+định|xây\s+dựng|yêu\s+cầu|đề\s+nghị|có\s+ý\s+kiến|kết\s+luận|đã|được|gồm|là)(?!\w)",
    _I,
)


def _introduced(reading: _Reading, path: list[Section], at: int) -> tuple[str, ...]:
    """Return the group of the sentence that introduces a list: "Hội LHPN các xã báo cáo như sau:"."""
    if not at:
        return ()
    text, first = reading.text, path[at - 1].children[0].start
    low = max(path[at - 1].body, first - LOOK_BACK)
    if not text[low:first].rstrip().endswith(":"):
        return ()
    breaks = list(_SENTENCE.finditer(text, low, first))
    begin = max(breaks[-1].end() if breaks else low, min(path[at - 1].title_end, first))
    sentence = unwrapped(text, begin, first, reading.columns)
    names, end = leading_names(sentence, 0, len(sentence))
    if names and not _PROCLAIMS.match(sentence, end):
        return _pointed(reading, names)
    return ()


_SUMS_UP = re.compile(
    r"\s*(?:(?:gửi\s+|tổng\s+hợp\s+)?(?:các\s+|báo\s+cáo\s+)?(?:kết\s+quả|nội\s+dung\s+trên|nhiệm\s+vụ\s+trên)|tất\s+cả|hoàn\s+thành|xong|thời\s+hạn|thời\s+gian)(?!\w)"
)


# "Vụ A hướng dẫn; Vụ B bố trí kinh phí, hoàn thành các nhiệm vụ trên trong năm 2026"
_SUMS_UP_INSIDE = re.compile(
    r"[,;]\s*(?:phải\s+|cần\s+)?(?:hoàn\s+thành|thực\s+hiện(?:\s+xong)?|báo\s+cáo\s+kết\s+quả(?:\s+thực\s+hiện)?|tất\s+cả)\s+(?:các\s+|những\s+)?(?:nhiệm\s+vụ|nội\s+dung|công\s+việc|việc)\s+(?:nêu\s+)?(?:trên|này)(?!\w)",
    _I,
)


def _side_by_side(
    reading: _Reading, path: list[Section], begin: int, sentence: str, until: int
) -> tuple[str, ...]:
    """Return every group of an item's clauses that its end sums up: "Sở A rà soát; Sở B xác nhận; kết quả gửi …"."""
    text = reading.text
    if not path or begin <= path[-1].body or text[begin - 1] != ";":
        return ()
    inside = _SUMS_UP_INSIDE.search(sentence, 0, until)
    if not inside and not _SUMS_UP.match(sentence):
        return ()
    told: list[str] = []
    place, last = path[-1].body, begin + inside.start() if inside else begin
    while 0 <= place < last:
        names, end = leading_names(text, place, last)
        if names and end < last and text[end] not in ";.":
            told.extend(names)
        place = text.find(";", max(end, place), last) + 1 or last
    return tuple(told) if len(told) > 1 else ()


def _headed(reading: _Reading, path: list[Section], begin: int) -> tuple[str, ...]:
    """Return the groups an item begins with where a sentence begins in mid-list: "UBND các xã; các đơn vị …: gửi"."""
    if not path or begin <= path[-1].body:
        return ()
    names, end = leading_names(reading.text, path[-1].body, path[-1].end)
    return _pointed(reading, names) if names and end > begin else ()


def _beside(reading: _Reading, path: list[Section], at: int) -> tuple[str, ...]:
    """Return the unlisted name an item has that stands among items with the names of groups."""
    if not reading.free and not any(is_assignment(above) for above in path[:at]):
        return ()
    siblings = path[at - 1].children if at else reading.sections
    return reading.beside(siblings[0].start, siblings).get(path[at].start, ())


def _before(reading: _Reading, begin: int, floor: int) -> tuple[str, ...]:
    """Return the group of the sentences before, within the same item."""
    text, place = reading.text, begin
    for _ in range(3):
        breaks = list(_SENTENCE.finditer(text, max(floor, place - LOOK_BACK), max(floor, place - 1)))
        start = breaks[-1].end() if breaks else max(floor, place - LOOK_BACK)
        if start >= place:
            return ()
        sentence = text[start:place]
        names = _asked(reading, sentence, len(sentence)) or _subject(reading, sentence, len(sentence))
        if names:
            return names
        place = start
    return ()


def _everyone(reading: _Reading, path: list[Section], begin: int) -> tuple[str, ...]:
    """Return "các cơ quan, đơn vị" as printed at the head of an item that stands beside items of single groups.

    There the words mean everybody, those with items of their own too, rather than point back to the greeting.
    """
    if not reading.greeted or len(reading.sections) > _MOST_ITEMS:
        return ()
    if len(path) != 1 or begin > path[0].body or path[0].children:
        return ()
    names, end = leading_names(reading.text, path[0].body, path[0].title_end)
    if (
        not names
        or not is_generic(names)
        or names[-1].endswith("trên")
        or clause_group(reading.text, end, path[0].end)
    ):
        return ()
    beside = reading.beside(reading.sections[0].start, reading.sections)
    single = [each for each in beside.values() if not is_generic(each)]
    return names if 2 * len(single) > len(reading.sections) else ()


def _bound(reading: _Reading, deadline: Deadline, path: list[Section], floor: int) -> Obligation:
    """Return the obligation a deadline makes, read from its sentence and the headings above it."""
    start, end = deadline.span or (floor, floor)
    text = reading.text
    inner = floor
    if path:
        inner = path[-1].title_end if path[-1].title_end <= start else path[-1].body
    begin, sentence = _sentence(text, start, end, max(floor, min(inner, start)), reading.columns)
    until = start - begin
    own = _begins_own_deed(reading, path, begin)
    names = (
        group_in_brackets(text, end)
        or field_leader(text, start, floor)
        or _side_by_side(reading, path, begin, sentence, until)
        or _headed(reading, path, begin)
        or _asked(reading, sentence, until, own=own)
        or (() if own else _everyone(reading, path, begin) or _subject(reading, sentence, until))
        or _above(reading, path)
        or _before(reading, begin, max(floor, inner))
        or reading.greeted
        or mentioned_group(sentence)
    )
    names = tuple(dict.fromkeys(names))
    span = reading.aligned.span(start, end)
    return Obligation(names, replace(deadline, span=span), receiver(sentence, until), span)


def _start(section: Section) -> int:
    return section.start


def _path(sections: list[Section], place: int) -> list[Section]:
    """Return the items around a place, the topmost first."""
    path: list[Section] = []
    level: Sequence[Section] = sections
    while True:
        at = bisect_left(level, place + 1, key=_start) - 1
        if at < 0 or place >= level[at].end:
            return path
        path.append(level[at])
        level = level[at].children


def _unbound(
    deadlines: tuple[Deadline, ...], bound: dict[int, Obligation], names: tuple[str, ...]
) -> tuple[str, ...]:
    """Return those an item names that none of its deadlines bind; none where a deadline may bind them all.

    "Sở A, Sở B theo dõi; Sở B báo cáo trước ngày …" leaves Sở A.
    """
    if is_generic(names):
        return ()
    left = names
    for deadline in deadlines:
        obligation = bound.get(deadline.span[0] if deadline.span else -1)
        if not obligation or not obligation.addressees:
            return ()
        told = {folded(name) for name in obligation.addressees}
        left = tuple(name for name in left if folded(name) not in told)
    return left


def _without_deadline(
    reading: _Reading, sections: list[Section], kind: str | None, bound: dict[int, Obligation]
) -> Iterator[Obligation]:
    """Yield an obligation without a date for every assigned group that has no deadline of its own."""
    text = reading.text
    seen: set[str] = set()
    for group, names in sorted(assigned_groups(text, sections, kind), key=lambda each: each[0].start):
        within = reading.within(group.start, group.end)
        if within and not group.children:
            names = _unbound(within, bound, names)
        if within and (group.children or not names):
            continue
        if _ENFORCED.search(text, group.start, group.end):
            continue
        body = text[group.start : group.end]
        span = reading.aligned.span(group.start, group.title_end)
        told = {folded(name) for name in names}
        if told <= seen:
            continue
        seen |= told
        yield Obligation(names, NO_DEADLINE, receiver(body, len(body)), span)


def _told(
    reading: _Reading, sections: list[Section], kind: str | None, bound: list[Obligation]
) -> Iterator[Obligation]:
    """Yield an obligation without a date for every group a sentence tells to do something and nothing binds yet."""
    seen = {folded(name) for each in bound for name in each.addressees}
    for start, end, names in groups_told(
        reading.text, sections, kind, (reading.body, body_end(reading.text))
    ):
        if reading.within(start, end) or any(folded(name) in seen for name in names):
            continue
        if _ENFORCED.search(reading.text, start, end):
            continue
        if not _may_bind(_path(sections, start)):
            continue
        seen.update(folded(name) for name in names)
        span = reading.aligned.span(start, end)
        yield Obligation(names, NO_DEADLINE, receiver(reading.text[start:end], end - start), span)


def _floor(sections: list[Section], path: list[Section], place: int, body: int) -> int:
    """Return where the text begins that a deadline belongs to: its item, or what follows the last one."""
    if path:
        return min(path[0].start, place)
    above = bisect_left(sections, place + 1, key=_start)
    return min(sections[above - 1].end, place) if above else min(body, place)


def _in_tables(tasks: tuple[Task, ...], place: int) -> bool:
    above = bisect_left(tasks, place + 1, key=lambda task: task.span[0])
    return above > 0 and place < tasks[above - 1].span[1]


def _may_bind(path: list[Section]) -> bool:
    return not any(is_titled(section, _NO_DUTIES) for section in path if section.rank <= 2)


def read_obligations(
    aligned: Aligned, deadlines: tuple[Deadline, ...], kind: str | None, tasks: tuple[Task, ...] = ()
) -> list[Obligation]:
    """Return every obligation of a paper in order. `deadlines` carry spans of the normal text.

    `tasks` are the rows of its tables of tasks, with spans of the original.

    `kind` is the kind of the paper: directives, telegrams, notices, decisions and letters assign without a
    part of that name. Never raises; linear in the text.
    """
    text = aligned.text
    starts = tuple(deadline.span[0] if deadline.span else 0 for deadline in deadlines)
    greeted, body = greeting(text, _HEAD)
    body = max(body, head_end(text))
    sections = read_sections(text, body, body_end(text)) + read_sections(text, appendix_start(text))
    reading = _Reading(
        aligned, deadlines, starts, greeted, body, tuple(sections), columns_of(text), assigns_freely(kind)
    )
    obligations = []
    bound: dict[int, Obligation] = {}
    for deadline in deadlines:
        place = deadline.span[0] if deadline.span else 0
        path = _path(sections, place)
        if _may_bind(path) and not _in_tables(tasks, aligned.span(place, place + 1)[0]):
            bound[place] = _bound(reading, deadline, path, _floor(sections, path, place, body))
            obligations.append(bound[place])
    timed = {folded(name) for each in obligations for name in each.addressees}
    obligations.extend(
        Obligation(task.leaders, task.deadline, "", task.deadline.span or task.span)
        for task in tasks
        if task.deadline.span or not timed.issuperset(folded(name) for name in task.leaders)
    )
    obligations.extend(_without_deadline(reading, sections, kind, bound))
    obligations.extend(_told(reading, sections, kind, obligations))
    if not obligations and greeted and (vague := _VAGUE_DUTY.search(text, body)):
        obligations.append(Obligation(greeted, NO_DEADLINE, "", aligned.span(*vague.span())))
    leading_names.cache_clear()  # it would keep the text
    return sorted(obligations, key=lambda each: each.span)
