"""Where the name of a group ends and its duty begins.

No list can hold every name and every verb, so every place between two words is weighed: what stands before it
must be a whole name, what follows must open a duty. The place that costs least is the end. Costs are small
numbers: 0 is what is expected, 3 and more is what hardly ever happens.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from directives.lexicon import WordKind, longest_word, signs, spelt

_TOKEN = re.compile(r"[^\W_]+|[^\w\s]|_")
_MANY = frozenset(("các", "những", "mọi", "mỗi", "từng"))
_OFFICES, _MAKES, _OBJECTS = signs("offices"), signs("makes"), signs("objects")
_VERBAL_FIRST, _VERBAL_LAST = signs("verbal first"), signs("verbal last")
_WHOLE_FIELDS, _JOINTS, _MANNERS = signs("whole fields"), signs("joints"), signs("manners")
_DEEDS = (WordKind.VERB, WordKind.BOTH)
# After a comma these open what is done, not another name.
_ADVERBIAL = re.compile(
    r"(?:căn\s+cứ|theo|trước|sau|trên\s+cơ\s+sở|định\s+kỳ|khi|hằng|hàng|chậm|để|trong|nếu|từ|cần|phải|có|đồng\s+thời|tiếp\s+tục|chủ\s+động|ngay|thường\s+xuyên|khẩn)(?!\w)",
    re.IGNORECASE,
)

# "Ban Chỉ đạo phòng, chống ma túy", "tìm kiếm, cứu nạn": the comma parts nothing.
_JOINED_DEEDS = tuple(
    tuple(words.replace(",", " ,").split())
    for words in (
        "phòng, chống", "khám, chữa", "khám bệnh, chữa bệnh", "tìm kiếm, cứu nạn", "cứu nạn, cứu hộ", "cứu hộ, cứu nạn",
        "phòng cháy, chữa cháy", "giải đáp, tư vấn",
    )
)  # fmt: skip
_OPEN_JOINED = frozenset(deed[0] for deed in _JOINED_DEEDS)
_OPEN_DEEDS = frozenset(("phòng chống", "khám chữa"))
_ROMAN = re.compile("[ivx]+")
_RESUMING, _RESUMED = frozenset(("quốc gia", "trung ương", "việt nam")), 0.5
# What a deed governs rather than goes on a name: "các Bộ, ngành chỉ đạo bệnh viện trực thuộc".
_GOVERNED = frozenset(
    ("bệnh viện", "đơn vị", "cơ sở", "doanh nghiệp", "trường", "nhà trường", "cán bộ", "cơ quan")
)
_CLOSED_BY = {
    "tổng hợp": ("kế hoạch", "hành chính", "nghiên cứu", "khoa ngoại", "khoa nội"),
    "thống kê": ("thông tin", "dữ liệu", "tổng hợp", "nghiệp vụ"),
}
_HANDED_ON = frozenset(
    ("báo cáo", "trình", "gửi", "đề xuất", "tham mưu", "nộp", "báo", "đề nghị", "kiến nghị")
)
# A deed has two syllables; what has more is a field of work: "chuyển đổi số".
_DEED = 2
_NEVER, _UNLIKELY = 9.0, 3.0
_NO_END = 0.1
# Before a colon unknown words are likely to belong to the name.
_BEFORE_COLON = 0.45


@dataclass(frozen=True)
class Unit:
    """A word of the stretch: listed, in capitals, unknown, or a mark."""

    start: int
    end: int
    text: str
    """Spelt."""
    kind: WordKind | None
    """None for unknown words, figures and marks."""
    capital: bool
    tokens: int
    proper: bool = False
    """Two capitals in a row that no list explains: most likely a place."""

    @property
    def is_mark(self) -> bool:
        return self.kind is None and not self.text[0].isalnum()

    @property
    def is_figure(self) -> bool:
        return self.text[0].isdigit() or (self.capital and bool(_ROMAN.fullmatch(self.text)))


class _Units:
    """Units in the order of the text, told apart when they are first asked for: most names end early."""

    def __init__(self, source: Iterator[Unit]) -> None:
        self._source = source
        self.read: list[Unit] = []

    def at(self, place: int) -> Unit | None:
        """Return a unit by its number, None past the last."""
        while len(self.read) <= place:
            unit = next(self._source, None)
            if unit is None:
                return None
            self.read.append(unit)
        return self.read[place]


def _units(text: str, start: int, end: int, whole: Callable[[int], int]) -> Iterator[Unit]:
    """Yield the units between two places; `whole` says where what is one word to it ends, 0 for none."""
    tokens = list(_TOKEN.finditer(text, start, end))
    spelled = [spelt(token.group()) for token in tokens]
    last: Unit | None = None
    at = 0
    while at < len(tokens):
        first = tokens[at]
        through = whole(first.start())
        if through > first.start():
            after = at
            while after < len(tokens) and tokens[after].start() < through:
                after += 1
            ends = tokens[after - 1].end()
            last = Unit(first.start(), ends, "·", WordKind.CLOSER, capital=False, tokens=after - at)
            yield last
            at = after
            continue
        if joined := _joined_deed(spelled, at):
            deed = " ".join(word for word in spelled[at : at + joined] if word != ",")
            kind = WordKind.OPEN if deed in _OPEN_DEEDS else WordKind.BOTH
            capital = kind is WordKind.BOTH and first.group()[0].isupper()
            ends = tokens[at + joined - 1].end()
            last = Unit(first.start(), ends, deed, kind, capital=capital, tokens=joined - 1)
            yield last
            at += joined
            continue
        word = longest_word(spelled, at) if first.group()[0].isalpha() else None
        length = word.length if word else 1
        capital = first.group()[0].isupper()
        if word and capital and word.kind is WordKind.OPEN:
            word = None  # "Ba Vì"
            length = 1
        if (
            word
            and word.kind is WordKind.VERB
            and capital
            and length > 1
            and not tokens[at + 1].group()[0].isupper()
            and last
            and last.capital
            and last.kind is None
        ):
            # "Hải Phòng chống buôn lậu": the second capital closes a place.
            word, length = None, 1
        last = Unit(
            first.start(),
            tokens[at + length - 1].end(),
            " ".join(spelled[at : at + length]),
            word.kind if word else None,
            capital,
            length,
        )
        yield last
        at += length


def _joined_deed(spelled: list[str], at: int) -> int:
    """Return how many tokens two deeds have that a comma joins to one, 0 where none begin."""
    if spelled[at] not in _OPEN_JOINED:
        return 0
    return next((len(deed) for deed in _JOINED_DEEDS if tuple(spelled[at : at + len(deed)]) == deed), 0)


@dataclass
class _Name:
    """The name as far as it has been read, and what it has cost."""

    cost: float = 0.0
    head: bool = True
    """Nothing but the first noun so far."""
    person: bool = False
    """It is a post: what follows in small letters is what they do."""
    many: bool = False
    """It is a group of many: "các đơn vị"."""
    open: bool = False
    """A tie was last: the name must go on."""
    closed: bool = False
    """A closer or a place was last."""
    field: bool = False
    """A whole field of work was last."""
    deed: bool = False
    """A deed is part of the name: "Trung tâm Kiểm soát bệnh tật"."""
    makes: bool = False
    """A deed in capitals was last that another may follow: "Viện Nghiên cứu phát triển"."""
    capitals: int = 0
    """Unknown words in capitals in a row just before."""
    unknown: int = 0
    """Unknown words in small letters in a row just before."""
    office: bool = False
    """The noun of an office was last."""
    comma: bool = False
    named: bool = False
    """Something in capitals named it after its first noun."""


def _boundary_cost(name: _Name, unit: Unit, following: Unit | None) -> float:
    """Return what it costs that the duty begins with a unit in small letters."""
    cost = 0.0
    if unit.kind is WordKind.VERB:
        cost = 0.0 if unit.tokens > 1 else 0.25
    elif unit.kind is WordKind.BOTH:
        cost = 0.2 if name.closed else 0.8
        if name.makes:
            cost += 0.5
        if unit.text == "tổ chức" and following and following.kind is WordKind.VERB:
            # "Các cụm thi đua tổ chức ký kết giao ước", "Các cơ quan, đơn vị tổ chức trực ban"
            cost -= 0.75 if name.many and not name.head else 0.6
        if unit.tokens > _DEED:
            cost += 0.3
        if (
            following
            and following.text.split()[0] in _OBJECTS
            or following
            and not following.capital
            and following.text in _GOVERNED
        ):
            cost -= 0.4
        elif following and following.is_figure:
            cost -= 0.3
    elif unit.kind is WordKind.NOUN and _is_manner(unit, following):
        cost = 0.3
    elif unit.kind is WordKind.NOUN:
        cost = 2.6 if name.closed else _UNLIKELY
        if unit.tokens == 1:
            cost -= 0.6
    elif unit.is_figure:
        cost = 4.0
    elif unit.kind is None:
        cost = 0.6 if name.closed else 1.0
        if (
            following
            and following.kind is None
            and following.text in _VERBAL_LAST
            or unit.text in _VERBAL_FIRST
        ):
            cost -= 0.4
    else:
        cost = 4.0
    if name.open:
        cost += 6.0
    if name.capitals == 1:
        # "Lữ hành", "Thể thao": a field of work seldom ends with one syllable in capitals.
        cost += 0.8 if unit.kind is None else 0.2
    if name.head and not name.many and name.office:
        cost += 2.0
    elif name.head and not name.many:
        cost += 0.4
    elif name.head:
        cost += 0.2
    return cost


def _is_manner(unit: Unit, following: Unit | None) -> bool:
    """Say whether a noun tells how the deed after it is done: "thường trực theo dõi", "tổng dọn vệ sinh"."""
    return unit.text in _MANNERS and following is not None and following.kind in _DEEDS


def _inside_cost(name: _Name, unit: Unit, following: Unit | None, closing: float) -> float:
    """Return what it costs that a unit in small letters belongs to the name."""
    if unit.kind is WordKind.VERB and name.open and following and following.kind in _DEEDS:
        return 1.0  # "Ban Công nghệ và tự động hóa nâng cấp …"
    if unit.kind is WordKind.NOUN and not name.open and _is_manner(unit, following):
        return 1.0
    if unit.kind is WordKind.VERB:
        return _UNLIKELY if unit.tokens > 1 else 1.7
    if unit.kind is WordKind.BOTH:
        if name.head and name.office:
            return 0.0
        if following is None and closing < _NO_END:
            return 0.3
        if name.head and name.many:
            return 1.5 if name.person else 0.5
        if name.makes:
            return 0.1
        if name.open or name.comma:
            return 0.3 if name.deed else 0.7
        if name.office:
            return 0.1
        if name.closed:
            return 2.0
        return 1.2 if unit.tokens <= _DEED else 0.8
    if unit.kind is WordKind.NOUN:
        return 0.3 if name.closed and unit.tokens == 1 else 0.0 if unit.tokens > 1 else 0.15
    if unit.kind in (WordKind.OPEN, WordKind.CLOSER):
        return 0.0
    if unit.is_figure:
        return 0.2
    if name.capitals == 1:
        return 0.2
    if name.unknown == 1:
        return 0.5
    return 1.6 if name.closed else 1.2


def _add(name: _Name, unit: Unit, cost: float) -> None:
    """Take a unit into the name."""
    last = unit.text.split()[-1]
    small = not unit.capital
    name.cost += cost
    name.open = unit.kind is WordKind.OPEN or (unit.kind is WordKind.BOTH and unit.text in _JOINTS)
    name.comma = False
    name.closed = unit.kind is WordKind.CLOSER or unit.is_figure
    name.office = small and unit.text in _OFFICES
    name.field = unit.kind is WordKind.NOUN and unit.tokens > 1 and not name.office
    if unit.kind in (WordKind.BOTH, WordKind.VERB):
        name.deed = True
    name.makes = unit.capital and (unit.text in _MAKES or (unit.kind is WordKind.VERB and unit.tokens > 1))
    if unit.capital:
        name.named = True
        alone = (
            unit.tokens == 1
            and len(unit.text) > 1
            and not unit.is_figure
            and last not in _WHOLE_FIELDS
            and unit.kind is not WordKind.CLOSER
        )
        name.capitals = name.capitals + 1 if alone else 0
        name.closed = name.closed or name.capitals > 1
        name.unknown = 0
    else:
        name.capitals = 0
        name.unknown = name.unknown + 1 if unit.kind is None and not unit.is_figure else 0
    name.head = False


def cheapest_end(
    text: str,
    start: int,
    end: int,
    *,
    whole: Callable[[int], int],
    opens: Callable[[int], int],
    closing: float,
    person: bool = False,
) -> int:
    """Return where the names that begin at `start` end, at `end` at the latest.

    `whole(place)` returns where a stretch that is one word of a name ends, 0 for none; `opens(place)` where the
    first noun of another name ends that begins there, 0 for none. `closing` is what it costs that the name
    reaches to the end and no duty follows; `person` says that the name begins with a post.
    """
    first = _past_head(text, opens(start) or start, end)
    units = _Units(_units(text, first, end, whole))
    name = _Name(
        person=person,
        many=person or _begins_many(text, start),
        office=not person and _ends_in_office(text, start, first),
    )
    best, place = _NEVER * 9, end
    at = 0
    while unit := units.at(at):
        following = units.at(at + 1)
        if name.cost >= best:
            return place
        before = units.read[at - 1].end if at else first
        if unit.is_mark:
            if unit.text in ",;" and following:
                cost = name.cost + _comma_cost(text, name, following, opens)
                if cost < best:
                    best, place = cost, before
                name.comma = True
            at += 1
            continue
        another = opens(unit.start) if (name.comma or name.open or unit.capital) else 0
        if another and (name.comma or name.open):
            tokens = at
            while (inner := units.at(tokens)) and inner.start < another:
                tokens += 1
            cost = name.cost
            plain = not unit.capital
            name = _Name(
                cost=cost + (0.1 if plain else 0.0),
                many=_begins_many(text, unit.start) or plain,
                office=_ends_in_office(text, unit.start, another),
            )
            if tokens > at and units.read[tokens - 1].end > another:
                # The noun of a body reaches into a listed word: "phòng chống" begins no name.
                _add(name, units.read[tokens - 1], 0.0)
            at = tokens
            continue
        if unit.capital:
            if name.comma and not name.open:
                name.comma = False
            _add(name, unit, 0.0)
            at += 1
            continue
        after_comma = units.at(at + 2) if following and following.text == "," else following
        cost = name.cost + _boundary_cost(name, unit, after_comma if unit.text in _MANNERS else following)
        if _sums_up_field(text[start : unit.start], unit, following):
            _add(name, unit, 0.0)
            at += 1
            continue
        if name.comma:
            cost = _NEVER * 9  # the place before the comma was weighed already
        if cost < best:
            best, place = cost, before
        if unit.kind in (WordKind.VERB, WordKind.BOTH) and _resumes(units, at):
            _add(name, unit, _RESUMED)
            at += 1
            continue
        inside = _inside_cost(name, unit, following, closing)
        _add(name, unit, inside * _BEFORE_COLON if unit.kind is None and closing < _NO_END else inside)
        at += 1
    if name.open:
        closing += 4.0
    return end if name.cost + closing <= best else place


def _sums_up_field(before: str, unit: Unit, following: Unit | None) -> bool:
    """Say whether a deed ends a name: "Phòng Kế hoạch tổng hợp lập dự trù", not "… tổng hợp số liệu"."""
    if " ".join(before.split()[-2:]).lower() not in _CLOSED_BY.get(unit.text, ()):
        return False
    if following is None or following.kind is not WordKind.VERB or following.text in _HANDED_ON:
        return False
    return following.tokens > 1 or following.text == "lập"


def _resumes(units: _Units, at: int) -> bool:
    """Say whether a closer in capitals takes a name up again: "Mua sắm tập trung thuốc Quốc gia"."""
    for place in range(at + 1, at + 4):
        unit = units.at(place)
        if unit is None or unit.is_mark or unit.kind is WordKind.VERB:
            return False
        if unit.capital:
            return unit.text in _RESUMING
    return False


def _comma_cost(text: str, name: _Name, following: Unit, opens: Callable[[int], int]) -> float:
    """Return what it costs that a name ends before a comma and its duty follows."""
    if following.capital or opens(following.start):
        return _NEVER
    cost = 6.0 if name.open else 0.0
    if _ADVERBIAL.match(text, following.start):
        return cost + 0.3
    if following.kind is WordKind.VERB:
        return cost + (1.0 if not name.deed else 1.4)
    if following.kind is WordKind.BOTH:
        return cost + (1.3 if following.tokens <= _DEED else 2.1)
    if following.kind is None:
        return cost + 1.7
    return cost + 4.0


def _begins_many(text: str, start: int) -> bool:
    return (
        spelt(text[start : start + 6].split(None, 1)[0] if text[start : start + 6].split() else "") in _MANY
    )


def _ends_in_office(text: str, start: int, end: int) -> bool:
    words = [spelt(word) for word in text[start:end].split()]
    if words[:1] == ["đảng"]:
        return False  # "Đảng ủy cơ sở kiểm tra"
    words = words[-2:]
    if words and words[0] in _WITH_AREA:
        return False  # "Tỉnh đoàn" is whole
    return " ".join(words) in _OFFICES or (bool(words) and words[-1] in _OFFICES)


_WITH_AREA = frozenset(("tỉnh", "thành", "huyện", "quận", "xã", "phường", "công", "liên"))


_LAST_TOKEN = re.compile(r"[^\W_]+\s*\Z")


def _past_head(text: str, place: int, end: int) -> int:
    """Return where the last word of a first noun ends: "các khu" reads on to "các khu phố"."""
    last = _LAST_TOKEN.search(text, max(0, place - 20), place)
    if not last:
        return place
    tokens = list(_TOKEN.finditer(text, last.start(), min(end, place + 40)))
    if len(before := text[max(0, last.start() - 20) : place].split()) > 1:
        pair = longest_word([spelt(each) for each in before[-2:]], 0)
        if pair and pair.length == 2:
            return place  # "hội nông dân" does not read on to "dân vận"
    word = longest_word([spelt(token.group()) for token in tokens], 0)
    if not word or word.length < 2 or word.kind in (WordKind.VERB, WordKind.BOTH):
        return place
    return (
        place
        if any(token.group()[0].isupper() for token in tokens[1 : word.length])
        else tokens[word.length - 1].end()
    )
