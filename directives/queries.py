"""Readings of the register: the list people search, a paper's lineage, who must act."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import Case, IntegerField, Prefetch, Q, Value, When

from directives.codes import KINDS, kind_label
from directives.deadlines import Boundary, last_working_day
from directives.lineage import Box, Drawing, Link, layout, reached
from directives.models import SECOND_WORDS, Directive, Relation, RelationKind, Requirement
from units.text import fold, sort_key
from units.workdays import WorkingCalendar, weekday_vi

CARRIED_OUT = (RelationKind.IMPLEMENTS, RelationKind.DISSEMINATES, RelationKind.BASED_ON)
"""Through these a paper is carried out by another one; the rest only relate papers."""

ORDERS = {
    "-ngay": "Mới ban hành trước",
    "ngay": "Cũ trước",
    "so": "Số, ký hiệu tăng dần",
    "-so": "Số, ký hiệu giảm dần",
}
_MOST_LEAVES = 6
_MOST_RELATIONS = 2
_LONGEST_KIND = 14  # letters of a kind that leave room for the date in a box


# The register -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RegisterFilter:
    """What the page of the register is asked for; anything unknown counts as not asked."""

    words: str = ""
    kind: str = ""
    status: str = ""
    year: int | None = None
    order: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> RegisterFilter:
        """From a query string: tim, loai, hieu-luc, nam, xep."""
        year = query.get("nam", "")
        status, order = query.get("hieu-luc", ""), query.get("xep", "")
        return cls(
            words=query.get("tim", "").strip()[:200],
            kind=query.get("loai", "") if query.get("loai", "") in KINDS else "",
            status=status if status in Directive.Status.values else "",
            year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
            order=order if order in ORDERS else "",
        )

    @cached_property
    def folded(self) -> list[str]:
        return fold(self.words).split()

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.kind or self.status or self.year)


@dataclass(frozen=True)
class Found:
    """Keys of the papers found, in order; `exact` of them bear the number that was searched for."""

    keys: Sequence[int]
    exact: int | None = None


def find(asked: RegisterFilter) -> Found:
    """Papers that fit, in one query: by the order asked, else number, whole phrase, single words; newest first."""
    papers = Directive.objects.search(asked.words)
    if asked.kind:
        papers = papers.filter(kind=asked.kind)
    if asked.status:
        papers = papers.filter(status=asked.status)
    if asked.year:
        papers = papers.filter(issued_on__year=asked.year)
    bearing = _bears_number(asked.folded)
    ranks = [When(bearing, then=Value(0))] if bearing else []
    ranks.append(When(search_text__contains=" ".join(asked.folded), then=Value(1)))
    match = Case(*ranks, default=Value(2), output_field=IntegerField())
    rows = list(papers.annotate(match=match).values_list("pk", "code", "match"))
    rows = _ordered(rows, asked.order) if asked.order else sorted(rows, key=lambda row: row[2])
    return Found([pk for pk, _, _ in rows], sum(row[2] == 0 for row in rows) if bearing else None)


def _ordered(listed: list[tuple[int, str, int]], order: str) -> list[tuple[int, str, int]]:
    """In Python, because the two databases sort codes differently; the rows come newest first."""
    if order == "ngay":
        return listed[::-1]
    if order in ("so", "-so"):
        with_code = sorted((row for row in listed if row[1]), key=lambda row: sort_key(row[1]))
        without = [row for row in listed if not row[1]]
        return (with_code if order == "so" else with_code[::-1]) + without
    return listed


def _bears_number(words: list[str]) -> Q | None:
    """The condition "its number is one of the words", narrowed to a kind that the words name; None without."""
    numbers = [word for word in words if word[0].isdigit()]
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


def rows(keys: Sequence[int]) -> list[Directive]:
    """The papers of one page in the order of `keys`, with what the table shows: five queries.

    Each has `rounds_using` (number of started rounds whose plan it is or whose outline names it),
    `relations_shown` and `relations_more` (how many are left out).
    """
    related = Relation.objects.select_related("to_directive")
    found = Directive.objects.prefetch_related(Prefetch("relations_out", queryset=related), "files").in_bulk(
        list(keys)
    )
    using = _rounds_using(keys)
    for pk, paper in found.items():
        relations = list(paper.relations_out.all())
        paper.rounds_using = len(using[pk])  # type: ignore[attr-defined]
        paper.relations_shown = relations[:_MOST_RELATIONS]  # type: ignore[attr-defined]
        paper.relations_more = len(relations[_MOST_RELATIONS:])  # type: ignore[attr-defined]
    return [found[pk] for pk in keys if pk in found]


def _rounds_using(keys: Sequence[int]) -> dict[int, set[int]]:
    # The app above puts `rounds` (of a plan) and `sections` on a paper; read by name, nothing is imported.
    using: dict[int, set[int]] = defaultdict(set)
    papers = Directive.objects.order_by().filter(pk__in=keys)
    for way in ("rounds", "sections__round"):
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


# A paper's lineage --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RequirementLine:
    """Who must do what by when; the phrase as printed goes with the last working day."""

    requirement: Requirement
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


def family(focus: Directive) -> Family:
    """The lineage of a paper: three queries however large it is."""
    edges = list(Relation.objects.order_by("id").values_list("from_directive", "to_directive", "kind"))
    own = str(focus.pk)
    up = [int(k) for k in reached(own, [(str(later), str(earlier)) for later, earlier, _ in edges])]
    down = [int(k) for k in reached(own, [(str(earlier), str(later)) for later, earlier, _ in edges])]
    carried = [(str(earlier), str(later)) for later, earlier, kind in edges if kind in CARRIED_OUT]
    carriers = [int(k) for k in reached(own, carried)]
    keys = {focus.pk, *up, *down}
    papers = {paper.pk: paper for paper in Directive.objects.filter(pk__in=keys).order_by("issued_on", "pk")}
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
            row,
            row.phrase,
            _last_working_text(row.boundary, row.due_date, calendar),
            row.directive_id == kin.focus.pk,
        )
        for row in kin.requirements
    ]


def _last_working_text(boundary: str, due: date | None, calendar: WorkingCalendar) -> str:
    last = last_working_day(boundary or Boundary.NONE, due, calendar) if due else None
    return f"{weekday_vi(last)} {last:%d/%m/%Y}" if last else ""


def draw(kin: Family) -> Drawing | None:
    """The lineage with those who must act at its right end; None for a paper that stands alone."""
    leaves = [row for row in kin.requirements if row.group_id or row.due_date][:_MOST_LEAVES]
    if kin.is_alone and not leaves:
        return None
    boxes = [_paper_box(paper, here=pk == kin.focus.pk) for pk, paper in kin.papers.items()]
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
    ]
    links += [Link(str(row.directive_id), f"r{row.pk}") for row in leaves]
    return layout(str(kin.focus.pk), boxes, links)


_ENDED = (Directive.Status.REPLACED, Directive.Status.REPEALED)


def _paper_box(paper: Directive, *, here: bool) -> Box:
    css = "draft" if paper.status == Directive.Status.DRAFT else "ended" if paper.status in _ENDED else ""
    day = f"{paper.issued_on:%d/%m/%Y}" if paper.issued_on else "chưa có số, ngày"
    kind = paper.kind_label if len(paper.kind_label) <= _LONGEST_KIND else paper.kind
    return Box(
        str(paper.pk),
        paper.code or f"{paper.kind_label} ({paper.issuer})",
        f"{kind} · {day}",
        paper.get_absolute_url(),
        f"{css} here".strip() if here else css,
    )
