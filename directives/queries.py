"""Readings of the register: the list people search, a paper's lineage, who must act."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Case, IntegerField, Prefetch, Q, QuerySet, Value, When
from django.utils.text import Truncator

from directives.codes import KINDS, kind_label
from directives.deadlines import Boundary, last_working_day
from directives.lineage import Box, Drawing, Link, layout, reached
from directives.models import (
    SECOND_WORDS,
    Directive,
    DirectiveQuerySet,
    Relation,
    RelationKind,
    Requirement,
    StatusChange,
    asked_words,
)
from directives.validity import validity_on, with_status
from units.models import UnitGroup
from units.text import fold, nfc, row_number, sort_key
from units.workdays import WorkingCalendar, weekday_vi

CARRIED_OUT = (RelationKind.IMPLEMENTS, RelationKind.DISSEMINATES, RelationKind.BASED_ON)
"""Through these a paper is carried out by another one; the rest only relate papers."""

ORDERS = {
    "-ngay": "Mới ban hành trước",
    "ngay": "Cũ trước",
    "so": "Số, ký hiệu tăng dần",
    "-so": "Số, ký hiệu giảm dần",
    "co-quan": "Cơ quan ban hành A–Y",
    "-co-quan": "Cơ quan ban hành Y–A",
    "trich-yeu": "Trích yếu A–Y",
    "-trich-yeu": "Trích yếu Y–A",
}
APPLIES = "ap-dung"
VALIDITIES = [(APPLIES, "Đang có hiệu lực, kể cả đã sửa đổi"), *Directive.Status.choices]
"""What the list can be narrowed to: papers that apply, or one status."""
_MOST_LEAVES = 6
_MOST_DRAWN = 30
"""Papers on a drawing; of a larger lineage the nearest are drawn, and the list below has them all."""
_MOST_ABOVE = 12
_MOST_RELATIONS = 2
_LONGEST_KIND = 14  # letters of a kind that leave room for the date in a box


# The register -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RegisterFilter:
    """What the page of the register is asked for; anything unknown counts as not asked."""

    words: str = ""
    kind: str = ""
    status: str = ""
    """A status, or `APPLIES`: in force, amended or not."""
    year: int | None = None
    issuer: str = ""
    cited_by: int | None = None
    """Key of a paper: those it is based on, carries out, amends … are asked for."""
    citing: int | None = None
    """Key of a paper: those that name it in such a relation are asked for."""
    round_code: str = ""
    order: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> RegisterFilter:
        """From a query string: tim, loai, hieu-luc, nam, co-quan, vien-dan-boi, vien-dan, trong-dot, xep."""
        year = query.get("nam", "")
        status, order = query.get("hieu-luc", ""), query.get("xep", "")
        return cls(
            words=query.get("tim", "").strip()[:200],
            kind=query.get("loai", "") if query.get("loai", "") in KINDS else "",
            status=status if status in dict(VALIDITIES) else "",
            year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
            issuer=nfc(query.get("co-quan", "")).strip()[:200],
            cited_by=row_number(query.get("vien-dan-boi", "")),
            citing=row_number(query.get("vien-dan", "")),
            round_code=nfc(query.get("trong-dot", "")).strip()[:60],
            order=order if order in ORDERS else "",
        )

    @cached_property
    def folded(self) -> list[str]:
        return asked_words(self.words)

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.kind or self.status or self.year or self.has_more)

    @property
    def has_more(self) -> bool:
        """Whether one of the rarer conditions is asked for."""
        return bool(self.issuer or self.cited_by or self.citing or self.round_code)


@dataclass(frozen=True)
class Found:
    """Keys of the papers found, in order; `exact` of them bear the number that was searched for."""

    keys: Sequence[int]
    exact: int | None = None


def find(asked: RegisterFilter, on: date) -> Found:
    """Papers that fit, in one query: by the order asked, else number, whole phrase, single words; newest first.

    `on` is the day whose validity counts.
    """
    papers = _narrowed(Directive.objects.search(asked.words), asked, on)
    bearing = _bears_number(asked.folded)
    ranks = [When(bearing, then=Value(0))] if bearing else []
    ranks.append(When(search_text__contains=" ".join(asked.folded), then=Value(1)))
    match = Case(*ranks, default=Value(2), output_field=IntegerField())
    listed = list(papers.annotate(match=match).values_list("pk", "match", "code", "issuer", "title"))
    listed = _ordered(listed, asked.order) if asked.order else sorted(listed, key=lambda row: row[1])
    return Found([row[0] for row in listed], sum(row[1] == 0 for row in listed) if bearing else None)


def _narrowed(papers: DirectiveQuerySet, asked: RegisterFilter, on: date) -> QuerySet[Any]:
    if asked.kind:
        papers = papers.filter(kind=asked.kind)
    if asked.year:
        papers = papers.filter(issued_on__year=asked.year)
    if asked.issuer:
        papers = papers.filter(issuer=asked.issuer)
    if asked.cited_by:
        cited = Relation.objects.filter(from_directive=asked.cited_by)
        papers = papers.filter(pk__in=cited.order_by().values("to_directive"))
    if asked.citing:
        citing = Relation.objects.filter(to_directive=asked.citing)
        papers = papers.filter(pk__in=citing.order_by().values("from_directive"))
    if asked.round_code:
        papers = papers.filter(_in_round(asked.round_code))
    if asked.status == APPLIES:
        applying = (Directive.Status.IN_FORCE, Directive.Status.AMENDED)
        return with_status(papers, on).filter(status_on_day__in=applying)
    return with_status(papers, on).filter(status_on_day=asked.status) if asked.status else papers


_ROUND_WAYS = ("rounds", "sections__round")
"""What the app above puts on a paper, the rounds of a plan and of the outlines: by name, nothing is imported."""


def _in_round(code: str) -> Q:
    fits = Q()
    for way in _ROUND_WAYS:
        asked = {f"{way}__code": code, f"{way}__opened_at__isnull": False}
        fits |= Q(pk__in=Directive.objects.order_by().filter(**asked).values("pk"))
    return fits


_COLUMNS = {"so": 2, "co-quan": 3, "trich-yeu": 4}
Listed = tuple[int, int, str, str, str]


def _ordered(listed: list[Listed], order: str) -> list[Listed]:
    """In Python, because the two databases sort letters differently; the rows come newest first."""
    if order in ("ngay", "-ngay"):
        return listed[::-1] if order == "ngay" else listed
    column = _COLUMNS[order.removeprefix("-")]
    filled = sorted((row for row in listed if row[column]), key=lambda row: sort_key(str(row[column])))
    empty = [row for row in listed if not row[column]]
    return (filled[::-1] if order.startswith("-") else filled) + empty


_DAY = re.compile(r"\d\d/\d\d/\d{4}", re.ASCII)


def _bears_number(words: list[str]) -> Q | None:
    """The condition "its number is one of the words", narrowed to a kind that the words name; None without."""
    numbers = [word for word in words if word[0].isdigit() and not _DAY.fullmatch(word)]
    if not numbers:
        return None
    bearing = Q()
    for number in numbers:
        starts = [number] if not number.isdigit() else [f"{number}-", f"{number}/"]
        for start in starts:
            bearing |= Q(code__istartswith=start) | Q(printed_as__istartswith=start)
    text = " ".join(words)
    named = [kind for kind in KINDS if fold(KINDS[kind]) in text]
    said = [word for word in SECOND_WORDS.values() if fold(word) in text]
    if not (named or said):
        return bearing
    return bearing & (Q(kind__in=named, kind_word="") | Q(kind_word__in=said))


def rows(keys: Sequence[int], on: date) -> list[Directive]:
    """The papers of one page in the order of `keys`, with what the table shows: six queries.

    Each has `validity` on the day, `rounds_using` (number of started rounds whose plan it is or whose outline names it),
    `relations_shown` and `relations_more` (how many are left out).
    """
    related = Relation.objects.select_related("to_directive")
    changes = StatusChange.objects.select_related("by")
    found = Directive.objects.prefetch_related(
        Prefetch("relations_out", queryset=related), Prefetch("status_changes", queryset=changes), "files"
    ).in_bulk(list(keys))
    using = _rounds_using(keys)
    for pk, paper in found.items():
        relations = list(paper.relations_out.all())
        paper.validity = validity_on(paper, on)  # type: ignore[attr-defined]
        paper.rounds_using = len(using[pk])  # type: ignore[attr-defined]
        paper.relations_shown = relations[:_MOST_RELATIONS]  # type: ignore[attr-defined]
        paper.relations_more = len(relations[_MOST_RELATIONS:])  # type: ignore[attr-defined]
    return [found[pk] for pk in keys if pk in found]


def _rounds_using(keys: Sequence[int]) -> dict[int, set[int]]:
    using: dict[int, set[int]] = defaultdict(set)
    papers = Directive.objects.order_by().filter(pk__in=keys)
    for way in _ROUND_WAYS:
        started = papers.filter(**{f"{way}__opened_at__isnull": False})
        for pk, round_id in started.values_list("pk", way):
            using[pk].add(round_id)
    return using


def shared_codes() -> set[str]:
    """Codes that more than one paper bears; these are shown with their year."""
    codes = Counter(Directive.objects.order_by().exclude(code="").values_list("code", flat=True))
    return {code for code, times in codes.items() if times > 1}


def kinds_in_use() -> list[tuple[str, str]]:
    """(letters, name) of the kinds the register holds, in alphabetical order of the names."""
    kinds = Directive.objects.order_by().values_list("kind", flat=True).distinct()
    return sorted(((kind, kind_label(kind)) for kind in kinds), key=lambda pair: sort_key(pair[1]))


def years_in_use() -> list[int]:
    return [day.year for day in Directive.objects.order_by().dates("issued_on", "year", order="DESC")]


def issuers_in_use() -> list[str]:
    return sorted(Directive.objects.order_by().values_list("issuer", flat=True).distinct(), key=sort_key)


def rounds_in_use() -> list[tuple[str, str]]:
    """(code, name) of the started rounds that some paper stands in, newest first."""
    found: dict[str, tuple[int, str]] = {}
    for way in _ROUND_WAYS:
        started = Directive.objects.order_by().filter(**{f"{way}__opened_at__isnull": False})
        for code, year, name in started.values_list(
            f"{way}__code", f"{way}__year", f"{way}__name"
        ).distinct():
            found[code] = (year, name)
    newest_first = sorted(found.items(), key=lambda pair: (-pair[1][0], sort_key(pair[1][1]), pair[0]))
    return [(code, name) for code, (_, name) in newest_first]


def related_papers() -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """(papers that name others, papers that are named), each as (key, words to choose it by), by number."""
    citing, cited = set(), set()
    for later, earlier in Relation.objects.order_by().values_list("from_directive", "to_directive"):
        citing.add(later)
        cited.add(earlier)
    papers = sorted(Directive.objects.filter(pk__in=citing | cited), key=lambda paper: sort_key(paper.label))
    named = [(paper.pk, _choice(paper)) for paper in papers]
    return [one for one in named if one[0] in citing], [one for one in named if one[0] in cited]


def _choice(paper: Directive) -> str:
    if not paper.code:
        return Truncator(paper.label).chars(60)
    return f"{paper.label} ({paper.issued_on:%d/%m/%Y})" if paper.issued_on else paper.label


# A paper's lineage --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RequirementLine:
    """Who must do what by when; the phrase as printed goes with the last working day.

    A paper that speaks to several groups at once says it once: `groups` are all of them.
    """

    requirement: Requirement
    groups: Sequence[UnitGroup]
    phrase: str
    last_working_text: str
    own: bool

    @property
    def paper(self) -> Directive:
        return self.requirement.directive


@dataclass(frozen=True)
class Family:
    """A paper with everything above and below it. `down` leads through any relation, `carriers` through
    those by which a paper is carried out; both nearest first."""

    focus: Directive
    papers: Mapping[int, Directive]
    relations: Sequence[Relation]
    up: Sequence[int]
    down: Sequence[int]
    carriers: Sequence[int]
    requirements: Sequence[Requirement] = field(default=())

    @property
    def is_alone(self) -> bool:
        return not self.relations

    @cached_property
    def drawn(self) -> set[int]:
        """Keys of the papers that stand on the drawing: this one and the nearest above and below."""
        below = [key for key in self.down if key not in self.up]
        above = self.up[: max(_MOST_ABOVE, _MOST_DRAWN - 1 - len(below))]
        return {self.focus.pk, *above, *below[: _MOST_DRAWN - 1 - len(above)]}

    @property
    def not_drawn(self) -> int:
        return len(self.papers) - len(self.drawn)


def family(focus: Directive, on: date) -> Family:
    """The lineage of a paper, each with its status on the day: three queries however large it is."""
    edges = list(Relation.objects.order_by("id").values_list("from_directive", "to_directive", "kind"))
    own = str(focus.pk)
    up = [int(k) for k in reached(own, [(str(later), str(earlier)) for later, earlier, _ in edges])]
    down = [int(k) for k in reached(own, [(str(earlier), str(later)) for later, earlier, _ in edges])]
    carried = [(str(earlier), str(later)) for later, earlier, kind in edges if kind in CARRIED_OUT]
    carriers = [int(k) for k in reached(own, carried)]
    keys = {focus.pk, *up, *down}
    found = with_status(Directive.objects.filter(pk__in=keys).order_by("issued_on", "pk"), on)
    papers = {paper.pk: paper for paper in found}
    relations = [
        Relation(from_directive=papers[later], to_directive=papers[earlier], kind=kind)
        for later, earlier, kind in edges
        if later in keys and earlier in keys
    ]
    asked = Requirement.objects.filter(directive__in=[focus.pk, *carriers]).select_related("group")
    requirements = list(asked)
    for requirement in requirements:
        requirement.directive = papers[requirement.directive_id]
    order = {pk: place for place, pk in enumerate([focus.pk, *carriers])}
    requirements.sort(key=lambda row: (order[row.directive_id], row.position, row.pk))
    return Family(focus, papers, relations, up, down, carriers, requirements)


def requirement_lines(kin: Family, calendar: WorkingCalendar) -> list[RequirementLine]:
    """What the paper itself asks, then what the papers that carry it out ask."""
    return [
        RequirementLine(
            alike[0],
            [row.group for row in alike if row.group],
            alike[0].phrase,
            _last_working_text(alike[0].boundary, alike[0].due_date, calendar),
            alike[0].directive_id == kin.focus.pk,
        )
        for alike in _said_once(kin.requirements)
    ]


def _said_once(requirements: Sequence[Requirement]) -> list[list[Requirement]]:
    """The rows in their order, those together that differ in their group only."""
    alike: dict[tuple[Any, ...], list[Requirement]] = {}
    for row in requirements:
        said = (
            row.directive_id,
            row.addressee,
            row.text,
            row.phrase,
            row.boundary,
            row.due_date,
            row.receiver,
        )
        alike.setdefault(said, []).append(row)
    return list(alike.values())


def _last_working_text(boundary: str, due: date | None, calendar: WorkingCalendar) -> str:
    last = last_working_day(boundary or Boundary.NONE, due, calendar) if due else None
    return f"{weekday_vi(last)} {last:%d/%m/%Y}" if last else ""


def draw(kin: Family) -> Drawing | None:
    """The lineage with those who must act at its right end; None for a paper that stands alone."""
    asked = [row for row in kin.requirements if row.directive_id in kin.drawn]
    leaves = [alike[0] for alike in _said_once(asked) if alike[0].group_id or alike[0].due_date][
        :_MOST_LEAVES
    ]
    if kin.is_alone and not leaves:
        return None
    boxes = [
        _paper_box(paper, here=pk == kin.focus.pk) for pk, paper in kin.papers.items() if pk in kin.drawn
    ]
    here = kin.focus.get_absolute_url()
    boxes += [
        Box(
            f"r{row.pk}",
            row.addressee,
            row.phrase or "không in thời hạn",
            f"{here}#yeu-cau-{row.pk}",
            "",
            True,
        )
        for row in leaves
    ]
    links = [
        Link(
            str(row.to_directive_id),
            str(row.from_directive_id),
            str(RelationKind(row.kind).label),
            row.kind in (RelationKind.IMPLEMENTS, RelationKind.DISSEMINATES, RelationKind.REPLACES),
        )
        for row in kin.relations
        if {row.to_directive_id, row.from_directive_id} <= kin.drawn
    ]
    links += [Link(str(row.directive_id), f"r{row.pk}") for row in leaves]
    return layout(str(kin.focus.pk), boxes, links)


_OVER = (Directive.Status.REPLACED, Directive.Status.REPEALED)


def _paper_box(paper: Directive, *, here: bool) -> Box:
    status = paper.status_on_day  # type: ignore[attr-defined]
    css = "draft" if paper.is_draft else "ended" if status in _OVER else ""
    day = f"{paper.issued_on:%d/%m/%Y}" if paper.issued_on else "chưa có số, ngày"
    kind = paper.kind_label if len(paper.kind_label) <= _LONGEST_KIND else paper.kind
    return Box(
        str(paper.pk),
        paper.code or f"{paper.kind_label} ({paper.issuer})",
        f"{kind} · {day}",
        paper.get_absolute_url(),
        f"{css} here".strip() if here else css,
    )
