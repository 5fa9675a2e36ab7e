"""The groups a paper assigns tasks to: the items of its assignment part that name one.

Directives, telegrams, notices, decisions and letters have no part of that name; there, groups that stand side
by side as numbered items are assigned.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from directives.addressees import GROUP, is_generic, leading_names, names_in
from directives.letters import CAPITAL, SMALL
from directives.lexicon import opens_duty
from directives.sections import Section, folded, is_titled, tidy

Span = tuple[int, int]
Told = tuple[int, int, tuple[str, ...]]
"""Where a sentence begins that tells groups to do something, where the next begins, and the groups."""
_I = re.IGNORECASE
_FREE_KINDS = ("CT", "CĐ", "TB", "QĐ", "CV", "KL", "HD", None)
# Items below this rank are numbered or lettered, those from it on have dashes.
_NUMBERED = 9
_ARTICLE, _PLAIN = 3, 4
# Words of a heading that is no more than a name.
_LONGEST_NAME = 8
_LONGEST_LIST = 40
_LONGEST_HEADING = 30
_LONGEST_SENTENCE = 600
_FIGURES = re.compile(r"[0-9]{3}|[0-9][/%.]")
_SENTENCE_MARK = re.compile(r"[.;:!?]")
_ASSIGNMENT = (
    "to chuc thuc hien",
    "to chuc trien khai",
    "phan cong",
    "trach nhiem thuc hien",
    "trach nhiem thi hanh",
    "trach nhiem cua",
    "trach nhiem to chuc",
    "che do bao cao",
    "nhiem vu cua cac",
)


_REPORTING = ("che do bao cao",)


def assigns_freely(kind: str | None) -> bool:
    """Say whether papers of this kind assign tasks without a part of that name."""
    return kind in _FREE_KINDS


def is_assignment(section: Section) -> bool:
    """Say whether a heading opens the part that assigns the tasks."""
    # "Chánh Văn phòng … chịu trách nhiệm thi hành Quyết định này" closes a decision.
    return (
        (is_titled(section, _ASSIGNMENT) or folded(section.title).strip(": .") == "trach nhiem")
        and "chiu trach nhiem" not in folded(section.title)
        and not _ASSIGNS_ALL.match(section.title)
        and not _is_told_article(section)
    )


# "Điều 1. Phân công các đơn vị thuộc Bộ thực hiện Chương trình": what the paper itself does.
_ASSIGNS_ALL = re.compile(r"(?:Phân\s+công|Giao)(?:\s+nhiệm\s+vụ)?(?:\s+cho)?\s+các\s", _I)


def _is_told_article(section: Section) -> bool:
    """Say whether an article is a sentence: "Điều 2. Giao Sở Y tế tổ chức thực hiện Kế hoạch"."""
    return section.rank == _ARTICLE and bool(_TOLD.match(section.title) or GROUP.match(section.title))


_COLON = re.compile(r"\s*[^\W\d_][^:.;\n]{2,70}:")
_THINGS = re.compile(
    r"(?:về|kinh\s+phí|thời\s+(?:gian|hạn)|địa\s+điểm|công\s+tác|nội\s+dung|nguồn|chế\s+độ|tổ\s+chức|thông\s+tin|kiểm\s+tra|giám\s+sát|sơ\s+kết|"
    r"tổng\s+kết|khen|hồ\s+sơ|đối\s+tượng|thành\s+phần|báo\s+cáo|hình\s+thức|yêu\s+cầu|mục|tiến\s+độ|lưu\s+ý|nhiệm\s+vụ|xây|đơn\s+vị\s+chủ|cơ\s+quan\s+chủ|chủ\s+trì|phối\s+hợp|đơn\s+vị\s+phối|cơ\s+quan\s+phối|đợt|lần|giai\s+đoạn|bước|từ|trước|sau|tháng|quý)(?!\w)",
    _I,
)


def _is_short(heading: str) -> bool:
    return len(heading.split()) <= _LONGEST_NAME and not _FIGURES.search(heading)


def _unlisted_names(text: str, item: Section) -> tuple[str, ...]:
    """Return what an item among groups is headed with, although no listed word opens it.

    "Giáo viên chủ nhiệm: …", a heading on a line of its own over its tasks, "Già làng vận động …".
    """
    if opens_duty(text, item.body) or _THINGS.match(text, item.body):
        return ()
    colon = _COLON.match(text, item.body, item.end)
    if colon and _is_short(colon.group()):
        return (tidy(colon.group()).rstrip(": "),)
    heading = text[item.body : item.title_end].strip()
    if item.title_end < item.end - 5 and not _SENTENCE_MARK.search(heading) and not _FIGURES.search(heading):
        return names_in(heading) if len(heading.split()) <= _LONGEST_HEADING else ()
    return ()


def names_beside_groups(text: str, siblings: tuple[Section, ...]) -> list[tuple[Section, tuple[str, ...]]]:
    """Return the items side by side that name a group; where most do, an unlisted name is one too."""
    named = [(each, leading_names(text, each.body, each.title_end)[0]) for each in siblings]
    groups = sum(bool(names) for _, names in named)
    if not groups:
        return []
    found = []
    for each, names in named:
        if not names and 2 * groups >= len(named):
            names = _unlisted_names(text, each)
        if names:
            found.append((each, names))
    return found


_Named = tuple[Section, tuple[str, ...]]


def _groups_under(text: str, section: Section) -> Iterator[_Named]:
    """Yield the items under a heading that name a group, those inside them left out."""
    named = {each.start: names for each, names in names_beside_groups(text, section.children)}
    for child in section.children:
        if child.start not in named:
            yield from _groups_under(text, child)
            continue
        if _heads_groups(text, child):
            yield from _groups_under(text, child)
        else:
            yield child, named[child.start]


def _heads_groups(text: str, item: Section) -> bool:
    """Say whether an item is no more than a heading over groups, each with its own tasks."""
    if not _is_heading_only(text, item):
        return False
    named = names_beside_groups(text, item.children)
    return len(named) > 1 and (named[0][0].rank < _NUMBERED or len(named) == len(item.children))


def _is_heading_only(text: str, section: Section) -> bool:
    return section.own_end - section.title_end < 5


def _free_groups(text: str, sections: list[Section]) -> Iterator[_Named]:
    """Yield the items of papers without an assignment part that name groups side by side."""
    levels: list[tuple[Section | None, tuple[Section, ...]]] = [(None, tuple(sections))]
    levels += [(each, each.children) for top in sections for each in top.walk()]
    for parent, siblings in levels:
        named = names_beside_groups(text, tuple(each for each in siblings if each.rank < _NUMBERED))
        named = [
            (each, names)
            for each, names in named
            if not _WILL.match(text, _name_place(text, each))
            and not is_own_deed(text, parent, each)
            and not _assigns_all(text, each)
        ]
        if len(named) > 1 or any(_is_told(text, each) or _has_duty(text, each) for each, _ in named):
            yield from ((each, names) for each, names in named if not _heads_groups(text, each))
        dashes = tuple(each for each in siblings if each.rank >= _NUMBERED)
        done = [each for each in dashes if _has_done(text, each)]
        listed = [] if done else names_beside_groups(text, dashes)
        if len(listed) > 1 and 2 * len(listed) > len(dashes):
            yield from listed
        yield from (
            (each, leading_names(text, each.body, each.title_end)[0])
            for each in dashes
            if _is_told(text, each) and not is_own_deed(text, parent, each)
        )


# "Tổ trưởng được sử dụng con dấu", "Tổ công tác tự giải thể": what a body is and may, no task.
_WILL = re.compile(
    r"\s+(?:sẽ|được|tự\s+giải\s+thể|chấm\s+dứt\s+hoạt\s+động|(?:làm\s+việc|hoạt\s+động)\s+(?:theo|kiêm)|gồm|bao\s+gồm|có\s+(?:con\s+dấu|tư\s+cách|thời\s+hạn)|sử\s+dụng\s+con\s+dấu|hưởng|do\s)(?!\w)",
    _I,
)


def _assigns_all(text: str, item: Section) -> bool:
    """Say whether an article only says that the paper assigns tasks; the next articles say which."""
    return item.rank == _ARTICLE and not item.children and bool(_ASSIGNS_ALL.match(text, item.body))


def _name_place(text: str, item: Section) -> int:
    """Return where the names at the head of an item end."""
    return leading_names(text, item.body, item.title_end)[1]


_DONE = re.compile(r"[\s,:]*(?:đã|có|đang|chưa|còn|là|được|không|báo\s+cáo\s+đã)(?!\w)", _I)
_TOLD = re.compile(r"(?:Giao|Đề\s+nghị|Yêu\s+cầu|Phân\s+công)(?!\w)")
# "…. Giao Vụ Pháp chế …", "; đề nghị Bộ Công an …"; "5. Về cán bộ: Vụ Tổ chức cán bộ tham mưu …".
_TOLD_INSIDE = re.compile(
    rf"(?:(?<=[.;:]\s)|(?<=\n))(?:Giao|giao|Đề\s+nghị|đề\s+nghị|Yêu\s+cầu|yêu\s+cầu|Phân\s+công)\s+(?:nhiệm\s+vụ\s+)?(?:cho\s+)?(?=[{CAPITAL}]|(?:các|những)\s|(?:các\s+)?đồng\s+chí\s+[{CAPITAL}])"
)
_TOLD_OR_BARE = re.compile(
    rf"{_TOLD_INSIDE.pattern}|(?:(?<=[.;]\s)|(?<=[.;]\n\n))(?:đồng\s+chí\s+)?(?=[{CAPITAL}])"
)
# In these a sentence that begins with a group tells it what to do.
_TELLING_KINDS = ("TB", "KL", "CĐ", "CT")
_ABOUT = re.compile(rf"Về\s[^.;:\n]{{2,90}}(?:\n[^.;:\n]{{2,60}})?:\s+(?=[{CAPITAL}])")
_BELOW_HEADING = re.compile(rf"[ ]*\n\s*(?=[{CAPITAL}])")
_ACTS = re.compile(rf":?\s+[{SMALL}]|:\s+[{CAPITAL}]")
_SPEAKS = re.compile(
    r"[\s,:]*(?:đã|sẽ|có(?!\s+(?:phương\s+án|trách\s+nhiệm|văn\s+bản|kế\s+hoạch|giải\s+pháp|biện\s+pháp|ý\s+kiến|báo\s+cáo|nhiệm\s+vụ|hình\s+thức|lộ\s+trình)(?!\w))|đang|chưa|còn|là|được|không|yêu\s+cầu|đề\s+nghị|giao|nhận|ghi\s+nhận|biểu\s+dương|đánh\s+giá|thống\s+nhất|kết\s+luận|thông\s+báo|cơ\s+bản|chịu\s+trách\s+nhiệm\s+trước|phải\s+(?:nêu|chịu)|xin|trân\s+trọng|kính)(?!\w)",
    _I,
)


def _has_done(text: str, item: Section) -> bool:
    """Say whether an item tells what a group has done or how it is."""
    names, end = leading_names(text, item.body, item.title_end)
    return bool(names) and ":" not in text[end : end + 3] and bool(_SPEAKS.match(text, end))


# "Phân công phòng Văn hóa làm đầu mối" under a commune's heading.
_OWN_DEED = re.compile(r"(?:Yêu\s+cầu|Phân\s+công|Chỉ\s+đạo)\s")


def is_own_deed(text: str, parent: Section | None, item: Section) -> bool:
    """Say whether an item that tells somebody is what the group above it is to do, not a task of its own."""
    if parent is None or not _OWN_DEED.match(text, item.body):
        return False
    names, _ = leading_names(text, parent.body, parent.title_end)
    if not names or is_generic(names) or len(parent.children) > _LONGEST_LIST:
        return False
    return sum(_is_told(text, each) for each in parent.children) <= 1


def _with_parents(
    sections: Iterable[Section], parent: Section | None = None
) -> Iterator[tuple[Section | None, Section]]:
    """Yield (what an item stands under, the item) of every item, in order."""
    for each in sections:
        yield parent, each
        yield from _with_parents(each.children, each)


def _is_told(text: str, section: Section) -> bool:
    return bool(_TOLD.match(text, section.body))


def _has_duty(text: str, section: Section) -> bool:
    """Say whether the only group of a list is told to do something, rather than said to have done it."""
    _, end = leading_names(text, section.body, section.title_end)
    return section.rank == _PLAIN and not _DONE.match(text, end)


_PARAGRAPH = re.compile(rf"(?<=[.;])[ ]*\n\s*(?=[{CAPITAL}])")


def _lists_told(text: str, item: Section) -> bool:
    """Say whether every paragraph below the heading of an item tells another group what to do."""
    if not (below := _BELOW_HEADING.match(text, item.title_end, item.own_end)):
        return False
    starts = [below.end(), *(found.end() for found in _PARAGRAPH.finditer(text, below.end(), item.own_end))]
    return len(starts) > 1 and len(list(_told(text, starts, item.own_end))) == len(starts)


def groups_told(text: str, sections: list[Section], kind: str | None, body: Span) -> Iterator[Told]:
    """Yield (start, end, names) of the sentences inside items that tell a group to do something.

    What a sentence says reaches to the next that tells a group. In papers that assign without a part of that
    name every item is looked at, in others that part's own paragraphs. Linear in the text.
    """
    free = assigns_freely(kind)
    assigned = {
        each.start for top in sections for part in top.walk() if is_assignment(part) for each in part.walk()
    }
    for parent, item in _with_parents(sections):
        if not free and item.start not in assigned:
            continue
        heads = bool(leading_names(text, item.body, item.title_end)[0])
        bare = kind in _TELLING_KINDS or is_assignment(item) or heads or _lists_told(text, item)
        sentences = (_TOLD_OR_BARE if bare else _TOLD_INSIDE).finditer(text, item.body + 1, item.own_end)
        told = {found.end() for found in sentences}
        if _is_told(text, item) and not is_own_deed(text, parent, item) and not _assigns_all(text, item):
            told.add(item.body)
        if about := _ABOUT.match(text, item.body, item.own_end):
            told.add(about.end())
        if below := _BELOW_HEADING.match(text, item.title_end, item.own_end):
            told.add(below.end())
        yield from _told(text, sorted(told), item.end)
    start = max([each.end for each in sections if each.end <= body[1]], default=body[0])
    if free or (sections and is_assignment(sections[-1])):
        bare = kind in _TELLING_KINDS or bool(sections and is_assignment(sections[-1]))
        sentences = (_TOLD_OR_BARE if bare else _TOLD_INSIDE).finditer(text, start, body[1])
        after = [found.end() for found in sentences]
        yield from (
            each for each in _told(text, after, body[1]) if not _CLOSING.search(text, each[0], each[1])
        )


# "Yêu cầu Giám đốc các sở nghiêm túc thực hiện." closes a paper and assigns nothing.
_CLOSING = re.compile(
    r"nghiêm\s+túc|(?:triển\s+khai|tổ\s+chức)[,\s]+thực\s+hiện|thực\s+hiện\s*\.?/?\.?\s*\Z|đúng\s+(?:thời\s+)?hạn|biết,?\s+(?:và\s+)?thực\s+hiện|quan\s+tâm|phối\s+hợp\s*\.?/",
    _I,
)


def _told(text: str, starts: list[int], stop: int) -> Iterator[Told]:
    for start, after in pairwise([*starts, stop]):
        names, end = leading_names(text, start, min(after, start + _LONGEST_SENTENCE))
        if (
            names
            and not is_generic(names)
            and not names[0].startswith("Những")
            and _ACTS.match(text, end)
            and not _SPEAKS.match(text, end)
        ):
            yield start, after, names


def _asked_by_letter(text: str, sections: list[Section], parts: list[Section]) -> Iterator[_Named]:
    """Yield the numbered items of a letter outside its assignment part where nearly all tell a group to do something."""
    inside = {each.start for part in parts for each in part.walk()}
    for top in sections:
        for above in top.walk():
            items = tuple(
                each for each in above.children if each.rank < _NUMBERED and each.start not in inside
            )
            named = names_beside_groups(text, items)
            told = [
                (each, names)
                for each, names in named
                if not is_generic(names)
                and (_is_told(text, each) or _ACTS.match(text, _name_place(text, each)))
                and not _SPEAKS.match(text, _name_place(text, each))
            ]
            if len(told) > 1 and 4 * len(told) >= 3 * len(items):
                yield from told


def assigned_groups(text: str, sections: list[Section], kind: str | None) -> list[_Named]:
    """Return every assigned group with its names, once, for a paper of this kind. Linear in the text."""
    parts = [each for top in sections for each in top.walk() if is_assignment(each)]
    groups: list[_Named] = []
    for part in parts:
        groups.extend(_groups_under(text, part))
    if kind in _TELLING_KINDS or (kind in _FREE_KINDS and all(is_titled(part, _REPORTING) for part in parts)):
        groups.extend(_free_groups(text, sections))
    elif kind == "CV":
        groups.extend(_asked_by_letter(text, sections, parts))
    return list({each.start: (each, names) for each, names in groups if names}.values())
