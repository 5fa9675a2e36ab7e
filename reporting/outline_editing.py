"""Changing the outline of one round while it is being prepared: sections, their order, their directives.

Every function is for admins and raises `Refused` for others, and for a round that was opened: from then on
all units answer the same outline. Numbers follow the order; a section's key stays, because years are compared
by it, and a new section gets a key that no round has used.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import F

from directives.models import Directive
from reporting import outlines
from reporting.deadlines import hold
from reporting.lifecycle import Refused
from reporting.models import Round, RoundEvent, Section
from reporting.states import RoundState
from units.models import User
from units.text import nfc

LEDGER = "outline"
_OUT_OF_THE_WAY = 10_000
"""Added to positions while they are changed, so that no two sections ever share one."""


@dataclass(frozen=True)
class SectionWords:
    """What an admin enters of a section; a heading carries no directive."""

    title: str
    short_title: str
    guidance: str = ""
    directives: Collection[Directive] = ()


@dataclass
class _Place:
    """A section and what stands under it, in order."""

    section: Section
    below: list[_Place] = field(default_factory=list)


def revise_section(section: Section, words: SectionWords, *, actor: User, now: datetime) -> None:
    """Change the words of a section and the directives it is about."""
    with held(section.round, actor):
        _write_words(section, words)
        section.save(update_fields=["title", "short_title", "guidance"])
        section.directives.set([] if section.is_heading else words.directives)
        note(section.round, f"Sửa mục {section.number}", actor, now)


def add_section(
    row: Round,
    words: SectionWords,
    *,
    after: Section | None,
    under: Section | None = None,
    is_heading: bool = False,
    actor: User,
    now: datetime,
) -> Section:
    """Add a section behind `after`, beside it; or as the last one under the heading `under`, or of the whole."""
    with held(row, actor):
        parent = after.parent if after is not None else under
        if parent is not None and not parent.is_heading:
            raise Refused(f"Mục {parent.number} có nội dung trả lời nên không chứa mục con được.")
        made = Section(
            round=row,
            parent=parent,
            key=outlines.new_key(parent.key if parent else "", outlines.used_keys()),
            is_heading=is_heading,
            position=_OUT_OF_THE_WAY - 1,
        )
        _write_words(made, words)
        made.save()
        made.directives.set([] if is_heading else words.directives)
        tree = _tree(row)
        beside, at = _find(tree, made)
        place = beside.pop(at)
        beside.insert(_find(tree, after)[1] + 1 if after is not None else len(beside), place)
        _write_order(row, tree)
        made.refresh_from_db()
        note(row, f"Thêm mục {made.number} {made.short_title}", actor, now)
    return made


def move_section(section: Section, *, up: bool, actor: User, now: datetime) -> None:
    """Change places with the section before or after it under the same heading, each with what is below."""
    with held(section.round, actor):
        tree = _tree(section.round)
        beside, at = _find(tree, section)
        other = at - 1 if up else at + 1
        if not 0 <= other < len(beside):
            raise Refused(f"Mục {section.number} đã ở {'đầu' if up else 'cuối'}.")
        beside[at], beside[other] = beside[other], beside[at]
        _write_order(section.round, tree)
        before = section.number
        section.refresh_from_db()
        note(section.round, f"Chuyển mục {before} thành mục {section.number}", actor, now)


def remove_section(section: Section, *, actor: User, now: datetime) -> None:
    """Take a section with its figures out of the outline; a heading only when nothing is below it."""
    row = section.round
    with held(row, actor):
        if section.children.exists():
            raise Refused(f"Mục {section.number} còn mục con. Hãy bỏ hoặc chuyển các mục con trước.")
        answered = row.sections.filter(is_heading=False).exclude(pk=section.pk)
        if not section.is_heading and not answered.exists():
            raise Refused("Đề cương phải còn ít nhất một mục để trả lời.")
        section.delete()
        _write_order(row, _tree(row))
        note(row, f"Bỏ mục {section.number} {section.short_title}", actor, now)


@contextmanager
def held(row: Round, actor: User) -> Iterator[None]:
    """A transaction in which the round is ours and still being prepared."""
    if not actor.is_admin:
        raise Refused("Đề cương do quản trị hệ thống sửa.")
    with transaction.atomic():
        hold(row)
        if row.state != RoundState.PREPARING:
            raise Refused("Đợt đã mở nên đề cương giữ nguyên.")
        yield


def _write_words(section: Section, words: SectionWords) -> None:
    section.title, section.short_title = nfc(words.title).strip(), nfc(words.short_title).strip()
    section.guidance = nfc(words.guidance).strip()


def _tree(row: Round) -> list[_Place]:
    """The sections as they stand, those under a heading below it."""
    places = {section.pk: _Place(section) for section in row.sections.order_by("position")}
    roots: list[_Place] = []
    for place in places.values():
        parent = place.section.parent_id
        (places[parent].below if parent is not None else roots).append(place)
    return roots


def _find(tree: list[_Place], section: Section) -> tuple[list[_Place], int]:
    """The sections under the same heading, and where among them this one stands."""
    levels = [tree]
    while levels:
        level = levels.pop()
        for at, place in enumerate(level):
            if place.section.pk == section.pk:
                return level, at
            levels.append(place.below)
    raise Refused("Người khác vừa bỏ mục này. Hãy tải lại trang.")


def _write_order(row: Round, tree: list[_Place]) -> None:
    """Number and place every section by the tree."""
    ordered = list(_numbered(tree, ""))
    for position, section in enumerate(ordered, start=1):
        section.position = position
    row.sections.update(position=F("position") + _OUT_OF_THE_WAY)
    Section.objects.bulk_update(ordered, ["number", "position"])


def _numbered(tree: list[_Place], above: str) -> Iterator[Section]:
    for n, place in enumerate(tree, start=1):
        place.section.number = f"{above}{n}"
        yield place.section
        yield from _numbered(place.below, f"{place.section.number}.")


def note(row: Round, words: str, actor: User, now: datetime) -> None:
    """Put a change of the outline into the ledger of the round."""
    RoundEvent.objects.create(round=row, action=LEDGER, actor=actor, at=now, note=words)
