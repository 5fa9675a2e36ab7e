"""Outlines of rounds: sections and indicators as data, built in or cloned from the round before."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path

from directives.models import Directive
from reporting.models import Indicator, Round, Section

DATA = Path(__file__).parent / "data"
STANDARD = "khoa_giao"
"""The outline that comes along."""


@dataclass(frozen=True)
class IndicatorSpec:
    code: str
    name: str
    unit_label: str
    decimals: int = 0
    maximum: int | None = None
    rollup: str = "sum"
    required: bool = True


@dataclass(frozen=True)
class SectionSpec:
    """`directives` are keys (code, date of issue); a heading has subsections and takes no answer."""

    key: str
    number: str
    title: str
    short_title: str
    guidance: str = ""
    is_heading: bool = False
    parent_key: str | None = None
    directives: tuple[tuple[str, date], ...] = ()
    indicators: tuple[IndicatorSpec, ...] = ()


@cache
def built_in(name: str) -> tuple[SectionSpec, ...]:
    """The outline in `data/outline_<name>.json`. KeyError or FileNotFoundError for an unknown name."""
    rows = json.loads((DATA / f"outline_{name}.json").read_text(encoding="utf-8"))
    return tuple(_spec(row) for row in rows["sections"])


def _spec(row: dict) -> SectionSpec:
    return SectionSpec(
        key=row["key"],
        number=row.get("number", row["key"]),
        title=row["title"],
        short_title=row["short_title"],
        guidance="\n".join(row.get("guidance", [])),
        is_heading=row.get("is_heading", False),
        parent_key=row.get("parent"),
        directives=tuple((code, date.fromisoformat(day)) for code, day in row.get("directives", [])),
        indicators=tuple(IndicatorSpec(**spec) for spec in row.get("indicators", [])),
    )


def of_round(row: Round) -> tuple[SectionSpec, ...]:
    """The outline of an earlier round, to be cloned into a new one.

    "năm 2026" in a section of the 2025 round becomes the year after the new round's; titles that quote a
    directive keep their years.
    """
    sections = row.sections.select_related("parent").prefetch_related("directives", "indicators")
    return tuple(
        SectionSpec(
            key=section.key,
            number=section.number,
            **_texts_without_years(section, row.year),
            is_heading=section.is_heading,
            parent_key=section.parent.key if section.parent else None,
            directives=tuple(
                (d.code, d.issued_on) for d in section.directives.all() if d.code and d.issued_on
            ),
            indicators=tuple(
                IndicatorSpec(i.code, i.name, i.unit_label, i.decimals, i.maximum, i.rollup, i.required)
                for i in section.indicators.all()
            ),
        )
        for section in sections
    )


def _texts_without_years(section: Section, year: int) -> dict[str, str]:
    texts = {name: getattr(section, name) for name in ("title", "short_title", "guidance")}
    if section.directives.all():
        return texts
    return {name: _with_marks(text, year) for name, text in texts.items()}


def _with_marks(text: str, year: int) -> str:
    marked = re.sub(rf"(?i)(?<=\bnăm ){year + 1}\b", "{next_year}", text)
    return re.sub(rf"(?i)(?<=\bnăm ){year}\b", "{year}", marked)


def with_years(text: str, year: int) -> str:
    """The text of a section in the round of that year."""
    return text.replace("{next_year}", str(year + 1)).replace("{year}", str(year))


def used_keys() -> set[str]:
    """Keys that stand for a section in some round or in the outline that comes along."""
    return set(Section.objects.values_list("key", flat=True)) | {spec.key for spec in built_in(STANDARD)}


def new_key(parent: str, used: Collection[str]) -> str:
    """The first number under the parent's key ("" for the top) that is not used."""
    begin = f"{parent}." if parent else ""
    return next(key for key in (f"{begin}{n}" for n in count(1)) if key not in used)


def build(row: Round, outline: tuple[SectionSpec, ...]) -> None:
    """Write the sections and indicators of a round that is being prepared."""
    by_key: dict[str, Section] = {}
    known = {(d.code, d.issued_on): d for d in Directive.objects.exclude(code="")}
    for position, spec in enumerate(outline, start=1):
        by_key[spec.key] = Section.objects.create(
            round=row,
            parent=by_key.get(spec.parent_key or ""),
            key=spec.key,
            number=spec.number,
            title=with_years(spec.title, row.year),
            short_title=with_years(spec.short_title, row.year),
            guidance=with_years(spec.guidance, row.year),
            is_heading=spec.is_heading,
            position=position,
        )
    carries = Section.directives.through
    carries.objects.bulk_create(
        carries(section_id=by_key[spec.key].pk, directive_id=known[key].pk)
        for spec in outline
        for key in dict.fromkeys(spec.directives)
        if key in known
    )
    asked = [(by_key[spec.key], indicator) for spec in outline for indicator in spec.indicators]
    Indicator.objects.bulk_create(
        Indicator(
            round=row,
            section=section,
            code=indicator.code,
            name=indicator.name,
            unit_label=indicator.unit_label,
            decimals=indicator.decimals,
            maximum=indicator.maximum,
            rollup=indicator.rollup,
            required=indicator.required,
            position=place,
        )
        for place, (section, indicator) in enumerate(asked, start=1)
    )
