"""Which groups of the register the words of a paper mean: "Các đơn vị thuộc, trực thuộc Bộ Y tế".

Plain matching of words, without a database. A group is known by the words of its own name and by what
administrative papers say in their place; one word that nothing explains ("phía Nam", "Hải Phòng", "trừ")
and there is no match: a person would rather choose than find a wrong guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from units.models import UnitGroup
from units.text import fold

Bag = frozenset[str]

_UNIT, _OWN, _ATTACHED = "don_vi", "thuoc", "truc_thuoc"
_PROVINCES, _DISTRICTS, _COMMUNES = "cap_tinh", "cap_huyen", "cap_xa"

_LEVEL_XA = r"(?:xa|phuong|thi tran|dac khu|thi xa)"
_PHRASES: tuple[tuple[str, str], ...] = (
    (r"\([^)]*\)", " "),
    (r"\btp\b\.?", "thanh pho"),
    (r"\btw\b|\bt\.u\b", "trung uong"),
    (r"\bubnd\b", "uy ban nhan dan"),
    (r"\bsyt\b", "so y te"),
    (r"\bbyt\b", "bo y te"),
    (r"\b(?:tinh|thanh pho|tinh thanh)\s+truc thuoc\s+trung uong\b", r"thanh pho"),
    (r"\btruc thuoc trung uong\b", " "),
    (r"\b(?:thu truong|nguoi dung dau|lanh dao|giam doc|chu tich|thu truong co quan)\b", " "),
    (r"\bvu truong\b", "vu"),
    (r"\bcuc truong\b", "cuc"),
    (r"\bchanh (van phong|thanh tra)\b", r"\1"),
    (r"\b(?:trong|tren) (?:toan quoc|ca nuoc)\b|\b(?:toan quoc|ca nuoc)\b", " "),
    (r"\bcap tinh\b", _PROVINCES),
    (r"\bcap huyen\b", _DISTRICTS),
    (r"\bcap xa\b", _COMMUNES),
    (r"\b(?:quan|huyen)(?:\W+(?:va )?(?:quan|huyen|thi xa|thanh pho(?: thuoc tinh)?))+", _DISTRICTS),
    (rf"\b{_LEVEL_XA}(?:\W+(?:va )?{_LEVEL_XA})+\b", _COMMUNES),
    (r"\btinh\W+(?:va )?(?:cac )?thanh(?: pho)?\b", _PROVINCES),
    (r"\bthanh pho\W+(?:va )?(?:cac )?tinh\b", _PROVINCES),
    (r"\bdia phuong\b", _PROVINCES),
    (r"\btruc thuoc\b", _ATTACHED),
    (r"\bdon vi\b|\bco quan\b", _UNIT),
    (r"\bvan phong bo\b", "van_phong_bo bo"),
    (r"\bthanh tra bo\b", "thanh_tra_bo bo"),
    (r"\btong cuc\b", "tong_cuc"),
    (r"\bsu nghiep(?: cong lap)?\b", "su_nghiep"),
    (r"\b(?:khoi|nhom) don_vi\b", _UNIT),
)
"""What is read as one word, in this order."""

_SILENT = frozenset(
    {"cac", "nhung", "tat", "ca", "toan", "the", "va", "cung", "cua", "tai", "quy", "dong", "thoi", "gom"}
    | {"doi", "voi"}
)
_BETWEEN = re.compile(r"[;,\n+]|\bvà\b", re.IGNORECASE)
_MOST_PIECES = 20
_OWNER = frozenset({"bo", "so", "tong_cuc", "tap_doan", "tinh", "uy", "ban", "nganh"})
_TIES = frozenset({_OWN, _ATTACHED})
# What is said of the departments of a ministry where its own units are meant as a whole.
_STAFF = frozenset({"vu", "cuc", "tong_cuc", "van_phong_bo", "thanh_tra_bo", "thanh", "tra"})
# Kinds of attached units named beside "các đơn vị trực thuộc": that holds them already.
_INSTITUTIONS = frozenset(
    {"benh", "vien", "hoc", "truong", "dai", "cao", "dang", "trung", "tam", "bao", "su_nghiep"}
)
_NAME_OF_OWNER = re.compile(
    r"\b(?:bo|so|nganh) ((?:(?!cac\b|tinh\b|cap_|thuoc\b|don_vi\b|truc_thuoc\b)\w+ ?)+)"
)


def match_groups(addressee: str, groups: Sequence[UnitGroup], *, ministry: str = "") -> tuple[UnitGroup, ...]:
    """Return the groups that together are what the addressee says, in the order of `groups`.

    `addressee` is as the paper prints it, `ministry` the name of the ministry whose register this is ("Bộ Y
    tế"); without it the name is learnt from the groups ("Sở Y tế …"). "Các đơn vị thuộc, trực thuộc Bộ" are two groups where the register parts them. Empty where any word is
    left that no group explains. Never raises.
    """
    words = _Words(groups, ministry)
    whole = words.read(addressee)
    if whole:
        return whole
    pieces = [piece for piece in _BETWEEN.split(addressee) if piece.strip()]
    return _cover(pieces, words, groups) if len(pieces) <= _MOST_PIECES else ()


def _cover(pieces: list[str], words: _Words, groups: Sequence[UnitGroup]) -> tuple[UnitGroup, ...]:
    """Read an enumeration: the longest run of pieces that is a group, and then what follows it."""
    chosen: set[int] = set()
    start = 0
    while start < len(pieces):
        for end in range(len(pieces), start, -1):
            found = words.read(", ".join(pieces[start:end]))
            if found:
                chosen.update(groups.index(each) for each in found)
                start = end
                break
        else:
            return ()
    return tuple(groups[place] for place in sorted(chosen))


class _Words:
    """The groups by what their names say: as printed, and as other papers would say it."""

    def __init__(self, groups: Sequence[UnitGroup], ministry: str) -> None:
        self.groups = groups
        plain = [_plain(group.name) for group in groups]
        self.names = _names_of_owners([*plain, _plain(ministry)])
        self.printed = [_bag(text) for text in plain]
        self.owners = _owners(self.printed)
        self.meant = [self._meaning(_bag(self._without_owner_name(text))) for text in plain]

    def read(self, addressee: str) -> tuple[UnitGroup, ...]:
        text = _plain(addressee)
        said = _bag(text)
        if not said:
            return ()
        return (
            self._equal(said, self.printed)
            or self._equal(self._meaning(said), self.printed)
            or self._parts(self._meaning(_bag(self._without_owner_name(text))))
        )

    def _equal(self, said: Bag, bags: Sequence[Bag]) -> tuple[UnitGroup, ...]:
        found = [group for group, bag in zip(self.groups, bags, strict=True) if bag == said]
        return tuple(found) if len(found) == 1 else ()

    def _parts(self, said: Bag) -> tuple[UnitGroup, ...]:
        """The group that means this, or those that differ in nothing but the tie and together mean it."""
        alike = [bag for bag in self.meant if bag == said]
        if alike:
            return self._equal(said, self.meant)
        if not said >= _TIES:
            return ()
        found = [self._equal(said - {tie}, self.meant) for tie in (_OWN, _ATTACHED)]
        return (
            tuple(group for group in self.groups if any(group in each for each in found))
            if all(found)
            else ()
        )

    def _without_owner_name(self, text: str) -> str:
        """ "đơn vị thuộc Bộ Y tế" as "đơn vị thuộc Bộ", where this is the register's own ministry."""
        for name in self.names:
            text = re.sub(rf"\bbo {name}\b", "bo", text)
            text = re.sub(rf"\bthuoc so {name}\b", "thuoc so", text)
        return text

    def _meaning(self, bag: Bag) -> Bag:
        """What the words stand for: departments for a ministry's own units, attached ones for its institutions."""
        ties = bag & _TIES
        if (
            ties
            and not bag & _OWNER
            and len(self.owners) == 1
            and not bag - _STAFF - _INSTITUTIONS - {_UNIT} - ties
        ):
            bag |= self.owners
        if {_UNIT, "su_nghiep", "bo"} <= bag and ties:
            bag = bag - _TIES - {"su_nghiep"} | {_ATTACHED}
        if {_UNIT, _ATTACHED, "bo"} <= bag:
            bag -= _INSTITUTIONS
        if {"vu", "cuc"} <= bag:
            bag = bag - _STAFF | {_UNIT, _OWN, "bo"}
        elif {_UNIT, _OWN, "bo"} <= bag:
            bag -= _STAFF
        if "so" in bag and _UNIT not in bag:
            bag -= {_PROVINCES}
        return bag


def _plain(text: str) -> str:
    """The words without accents, what belongs together as one word, commas kept."""
    plain = re.sub(r"[^\w,;().]+", " ", fold(text).replace("/", ", "))
    for pattern, word in _PHRASES:
        plain = re.sub(pattern, f" {word} ", plain)
        plain = re.sub(r"\s+", " ", plain).strip()
    return plain


def _bag(text: str) -> Bag:
    words = re.findall(r"\w+", text)
    return frozenset(word for word in words if word not in _SILENT and not word.isdigit())


def _names_of_owners(texts: Iterable[str]) -> list[str]:
    """The names of ministries and fields the groups speak of: "y te" of "Sở Y tế", longest first."""
    found = {each.strip() for text in texts for each in _NAME_OF_OWNER.findall(text)}
    return sorted((re.escape(name) for name in found if name), key=len, reverse=True)


def _owners(bags: Iterable[Bag]) -> Bag:
    return frozenset(word for bag in bags if bag & _TIES for word in bag & {"bo", "so"})
