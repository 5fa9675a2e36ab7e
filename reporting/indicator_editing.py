"""The figures a section asks, while its round is being prepared: added, put right, taken out.

Every function is for admins and raises `Refused` for others, and for a round that was opened. Years are compared
by a figure's code: one that says the same as a figure of an earlier round takes its code, one whose unit, decimals
or way of summing is changed is another figure and gets another.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import count

from django.db.models import Max, QuerySet

from reporting import outlines
from reporting.lifecycle import Refused
from reporting.models import Indicator, Section
from reporting.outline_editing import held, note
from units.models import User
from units.text import fold, nfc, slugify_vi

PERCENT = "%"
_CODE_MAX = 36
_Meaning = tuple[str, str, int, str]


@dataclass(frozen=True)
class IndicatorWords:
    """What an admin enters of a figure. A share in "%" is at most 100 and never summed, whatever `rollup` says."""

    name: str
    unit_label: str
    decimals: int = 0
    rollup: str = Indicator.Rollup.SUM
    required: bool = True


def add_indicator(section: Section, words: IndicatorWords, *, actor: User, now: datetime) -> Indicator:
    """Ask one more figure in a section, after those it asks already."""
    with held(section.round, actor):
        if section.is_heading:
            raise Refused(f"Mục {section.number} chỉ là đề mục nên không có chỉ tiêu. Hãy thêm vào mục con.")
        made = Indicator(round=section.round, section=section)
        _write(made, words)
        made.code = _code_for(made)
        made.position = _last_position(section) + 1
        made.save()
        _place_all(made)
        note(section.round, f"Thêm chỉ tiêu {made.name} vào mục {section.number}", actor, now)
    return made


def revise_indicator(indicator: Indicator, words: IndicatorWords, *, actor: User, now: datetime) -> None:
    """Change what a figure is called or how it is counted."""
    with held(indicator.round, actor):
        was = _meaning(indicator)
        _write(indicator, words)
        if _meaning(indicator)[1:] != was[1:]:
            indicator.code = _code_for(indicator)
        indicator.save()
        note(indicator.round, f"Sửa chỉ tiêu {indicator.name} ở mục {indicator.section.number}", actor, now)


def remove_indicator(indicator: Indicator, *, actor: User, now: datetime) -> None:
    """Ask the figure no more."""
    with held(indicator.round, actor):
        indicator.delete()
        note(indicator.round, f"Bỏ chỉ tiêu {indicator.name} ở mục {indicator.section.number}", actor, now)


def _write(indicator: Indicator, words: IndicatorWords) -> None:
    name, unit_label = " ".join(nfc(words.name).split()), " ".join(nfc(words.unit_label).split())
    beside = Indicator.objects.filter(section=indicator.section).exclude(pk=indicator.pk)
    if any(fold(other.name) == fold(name) for other in beside):
        raise Refused(f"Mục {indicator.section.number} đã có chỉ tiêu “{name}”. Hãy đặt tên khác.")
    if words.decimals != indicator.decimals or unit_label != indicator.unit_label:
        indicator.maximum = 100 * 10**words.decimals if unit_label == PERCENT else None
    indicator.name, indicator.unit_label = name, unit_label
    indicator.decimals, indicator.required = words.decimals, words.required
    indicator.rollup = Indicator.Rollup.NONE if unit_label == PERCENT else words.rollup


def _meaning(row: Indicator | outlines.IndicatorSpec) -> _Meaning:
    """What a figure says; two that agree in it can be compared."""
    return fold(row.name), fold(row.unit_label), row.decimals, str(row.rollup)


def _others(indicator: Indicator) -> QuerySet[Indicator]:
    return Indicator.objects.exclude(pk=indicator.pk)


def _code_for(indicator: Indicator) -> str:
    """The code of the same figure elsewhere, newest round first; else one that no figure has."""
    here = set(_others(indicator).filter(round=indicator.round).values_list("code", flat=True))
    standard = [each for spec in outlines.built_in(outlines.STANDARD) for each in spec.indicators]
    elsewhere: list[Indicator | outlines.IndicatorSpec] = [
        *_others(indicator).order_by("-round__year", "-round_id"),
        *standard,
    ]
    for other in elsewhere:
        if other.code not in here and _meaning(other) == _meaning(indicator):
            return other.code
    used = here | {other.code for other in elsewhere}
    base = slugify_vi(indicator.name)[:_CODE_MAX].strip("-").replace("-", "_") or "so_lieu"
    return next(code for code in (base, *(f"{base}_{n}" for n in range(2, 1000))) if code not in used)


def _last_position(section: Section) -> int:
    return Indicator.objects.filter(round=section.round).aggregate(last=Max("position"))["last"] or 0


def _place_all(made: Indicator) -> None:
    """Positions run through the round in the order of its sections."""
    every = list(Indicator.objects.filter(round=made.round).order_by("section__position", "position", "pk"))
    for position, row in zip(count(1), every, strict=False):
        row.position = position
    Indicator.objects.bulk_update(every, ["position"])
