"""The outline a plan asks for: its content areas and papers, under the keys by which years are compared.

Where a content area or a paper had its section in the outline before, it keeps that section's key, short title
and figures, so that last year's text and numbers are found again. What every report answers besides
(`outline_matching.is_standing`) stays. The admin who prepares the round chooses from these lines.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from django.db.models import QuerySet
from django.utils.text import Truncator

from directives.codes import KINDS
from directives.models import ContentArea, ContentPoint, Directive
from reporting import outlines
from reporting.models import Round
from reporting.outline_matching import Heading, counterparts, is_standing
from reporting.outlines import IndicatorSpec, SectionSpec

GUIDANCE_MAX = 4000
TITLE_MAX, SHORT_MAX = 400, 120
_SHORT_WORDS = 9
_LONG_LINE = 220
_LEADS_IN = re.compile(
    r"^(?:(?:công tác|tăng cường|tiếp tục|đẩy mạnh|việc|tổ chức)\s+)+(?=\w)", re.IGNORECASE
)
_SHORT_ENDS = re.compile(
    r"\s+(?:các (?:nghị quyết|văn bản)|việc|nhằm|để|giữa|đối với|theo)(?!\w)", re.IGNORECASE
)
_NAMES_PAPER = re.compile(
    rf"(?:{'|'.join(map(re.escape, KINDS.values()))})\s+(?:số\s*:?\s*)?\d+[-/]", re.IGNORECASE
)

Key = tuple[str, object]
"""Code and day of issue of a paper."""


class Fate(StrEnum):
    """What became of a section since the outline before."""

    NEW = "new"
    KEPT = "kept"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Line:
    """A section that may stand in the outline. `mark` names it between two requests; `was` is its number
    in the outline before, empty for a new one. Its heading is `spec.parent_key`."""

    mark: str
    spec: SectionSpec
    fate: Fate
    was: str = ""


@dataclass(frozen=True)
class PlanOutline:
    """Every line in reading order: the plan's areas, the standing sections, and what the plan no longer asks.

    `basis` is the round that is compared with; None for the built-in outline.
    """

    lines: tuple[Line, ...]
    basis: Round | None = None

    @property
    def proposed(self) -> list[str]:
        """Marks of the lines that stand in the outline unless the admin chooses otherwise."""
        return [line.mark for line in self.lines if line.fate != Fate.DROPPED]

    @property
    def new_count(self) -> int:
        return self._count(Fate.NEW)

    @property
    def kept_count(self) -> int:
        return self._count(Fate.KEPT)

    @property
    def dropped_count(self) -> int:
        return self._count(Fate.DROPPED)

    def _count(self, fate: Fate) -> int:
        """Sections that are answered, headings aside."""
        return sum(1 for line in self.lines if line.fate == fate and not line.spec.is_heading)

    def chosen(self, marks: Collection[str]) -> tuple[SectionSpec, ...]:
        """The outline of these lines, numbered anew. A heading stands where something below it does.

        Figures of a subsection that the plan no longer asks pass to the first one left under its heading, so
        that they are still asked.
        """
        wanted = {line.mark for line in self.lines if line.mark in marks and not line.spec.is_heading}
        parents = {line.spec.key: line for line in self.lines if line.spec.is_heading}
        for line in [line for line in self.lines if line.mark in wanted]:
            above = parents.get(line.spec.parent_key or "")
            while above is not None and above.mark not in wanted:
                wanted.add(above.mark)
                above = parents.get(above.spec.parent_key or "")
        kept = [line.spec for line in self.lines if line.mark in wanted]
        return tuple(_numbered(_with_figures(kept, self._orphaned(marks))))

    def _orphaned(self, marks: Collection[str]) -> dict[str, tuple[IndicatorSpec, ...]]:
        """Key of a heading → figures of its subsections that the plan dropped."""
        found: dict[str, tuple[IndicatorSpec, ...]] = {}
        for line in self.lines:
            heading = line.spec.parent_key
            if heading is not None and line.fate == Fate.DROPPED and line.mark not in marks:
                found[heading] = found.get(heading, ()) + line.spec.indicators
        return found


def _with_figures(
    specs: Iterable[SectionSpec], orphaned: dict[str, tuple[IndicatorSpec, ...]]
) -> Iterator[SectionSpec]:
    """Each figure once: where it is asked first."""
    left, asked = dict(orphaned), set[str]()
    for spec in specs:
        below = spec.parent_key if spec.parent_key and not spec.is_heading else None
        figures = (*spec.indicators, *(left.pop(below, ()) if below else ()))
        fresh = tuple(figure for figure in figures if figure.code not in asked)
        asked.update(figure.code for figure in fresh)
        yield replace(spec, indicators=fresh)


def _numbered(specs: Iterable[SectionSpec]) -> Iterator[SectionSpec]:
    """Numbers follow the order; headings come before what stands below them."""
    counts: dict[str | None, int] = {}
    numbers: dict[str, str] = {}
    for spec in specs:
        counts[spec.parent_key] = counts.get(spec.parent_key, 0) + 1
        above = f"{numbers[spec.parent_key]}." if spec.parent_key is not None else ""
        numbers[spec.key] = f"{above}{counts[spec.parent_key]}"
        yield replace(spec, number=numbers[spec.key])


# From the register ---------------------------------------------------------------------------------------


def areas_of(plan: Directive) -> list[ContentArea]:
    """The confirmed content areas with their points and the papers these name; three queries."""
    areas: QuerySet[ContentArea] = plan.content_areas.prefetch_related("points__cited")
    return list(areas)


def of_plan(plan: Directive, basis: Round | None) -> PlanOutline | None:
    """The outline of a plan, compared with the round before or, without one, with the built-in outline.

    None for a plan whose content areas nobody has confirmed.
    """
    areas = areas_of(plan)
    if not areas:
        return None
    before = outlines.of_round(basis) if basis else outlines.built_in(outlines.STANDARD)
    return PlanOutline(lines_of(areas, before, outlines.used_keys()), basis)


def round_before(plan: Directive, year: int) -> Round | None:
    """The newest round up to that year that this plan did not ask for."""
    return Round.objects.filter(year__lte=year).exclude(plan=plan).first()


# The lines -----------------------------------------------------------------------------------------------


@dataclass
class _Before:
    """The outline that is compared with, and what of it has found its place."""

    specs: Sequence[SectionSpec]
    taken: set[str] = field(default_factory=set)

    def below(self, spec: SectionSpec | None) -> list[SectionSpec]:
        return [each for each in self.specs if spec is not None and each.parent_key == spec.key]

    def papers(self, spec: SectionSpec) -> frozenset[object]:
        return frozenset(key for each in (spec, *self.below(spec)) for key in each.directives)

    def of_paper(self, key: Key) -> SectionSpec | None:
        """The subsection that was about this paper."""
        return next((each for each in self.specs if key in each.directives and not each.is_heading), None)

    def left(self, specs: Iterable[SectionSpec]) -> list[SectionSpec]:
        return [each for each in specs if each.key not in self.taken]


def lines_of(
    areas: Sequence[ContentArea], before: Sequence[SectionSpec], used: Collection[str]
) -> tuple[Line, ...]:
    """The lines for these areas (points prefetched), compared with the outline before.

    `used` are keys that stand for something else already: a new section gets none of them.
    """
    was = _Before(before)
    keys = {*used, *(spec.key for spec in before)}
    old = [spec for spec in before if spec.is_heading or not (spec.parent_key and spec.directives)]
    found = counterparts(
        [Heading(area.title, _cited(area)) for area in areas],
        [Heading(spec.title, was.papers(spec)) for spec in old],
    )
    matched = {area.pk: old[found[n]] for n, area in enumerate(areas) if n in found}
    was.taken.update(spec.key for spec in matched.values())
    lines = [line for area in areas for line in _of_area(area, matched.get(area.pk), was, keys)]
    return (*lines, *_of_the_rest(was))


def _cited(area: ContentArea) -> frozenset[object]:
    return frozenset(_key(point.cited) for point in area.points.all() if point.cited)


def _key(paper: Directive) -> Key:
    return paper.code, paper.issued_on


def _of_area(area: ContentArea, match: SectionSpec | None, was: _Before, keys: set[str]) -> Iterator[Line]:
    points = list(area.points.all())
    spec = SectionSpec(
        key=match.key if match else _new_key("", keys),
        number="",
        title=_cut(area.title, TITLE_MAX),
        short_title=match.short_title if match else short_title(area.title),
        guidance=_cut(prompts(area.guidance) or (match.guidance if match else ""), GUIDANCE_MAX),
        indicators=(*match.indicators, *_figures_below(match, was)) if match else (),
    )
    # A section that was answered as a whole stays one: its figures and its text were given there.
    splits = bool(points) and not (match and not match.is_heading)
    if not splits:
        papers = tuple(dict.fromkeys(_paper_keys(points)))
        more = [text for point in points if (text := prompts(point.guidance))]
        text = _cut("\n".join(filter(None, [spec.guidance, *more])), GUIDANCE_MAX)
        yield _line(f"nd-{area.pk}", replace(spec, guidance=text, directives=papers), match)
    else:
        yield _line(f"nd-{area.pk}", replace(spec, guidance="", is_heading=True, indicators=()), match)
        yield from _of_points(points, spec.key, was, keys)
    for gone in was.left(was.below(match)):
        yield from _of_one_left(replace(gone, parent_key=spec.key if splits else None), gone, was)


def _of_one_left(spec: SectionSpec, gone: SectionSpec, was: _Before) -> Iterator[Line]:
    """A section no area asks, with all that stood below it; a heading follows what is below."""
    was.taken.add(gone.key)
    below = [line for each in was.left(was.below(gone)) for line in _of_one_left(each, each, was)]
    if gone.is_heading:
        if below:
            stays = any(line.fate == Fate.KEPT for line in below)
            yield _line(f"cu-{gone.key}", spec, gone, dropped=not stays)
        yield from below
        return
    stays = is_standing(gone.title) and not gone.directives
    yield _line(f"cu-{gone.key}", spec, gone, dropped=not stays)


def _of_points(points: Sequence[ContentPoint], heading: str, was: _Before, keys: set[str]) -> Iterator[Line]:
    """A subsection for each paper; papers that shared one before share it again."""
    done: dict[str, list[ContentPoint]] = {}
    order: list[tuple[SectionSpec | None, list[ContentPoint]]] = []
    for point in points:
        match = was.of_paper(_key(point.cited)) if point.cited else None
        if match is not None and match.key in done:
            done[match.key].append(point)
            continue
        if match is not None and match.key in was.taken:
            match = None  # another area has it
        together = [point]
        if match is not None:
            done[match.key] = together
            was.taken.add(match.key)
        order.append((match, together))
    for match, together in order:
        yield _of_papers(together, match, heading, keys)


def _of_papers(
    points: Sequence[ContentPoint], match: SectionSpec | None, heading: str, keys: set[str]
) -> Line:
    text = "\n".join(filter(None, (prompts(point.guidance) for point in points)))
    first = points[0]
    named = _named(first.cited) if first.cited else " ".join(first.guidance.split())
    spec = SectionSpec(
        key=match.key if match else _new_key(heading, keys),
        number="",
        title=match.title if match else _cut(named, TITLE_MAX),
        short_title=match.short_title if match else _short_name(first),
        guidance=_cut(text or (match.guidance if match else ""), GUIDANCE_MAX),
        parent_key=heading,
        directives=tuple(dict.fromkeys(_paper_keys(points))),
        indicators=match.indicators if match else (),
    )
    return _line(f"vb-{first.pk}", spec, match)


def _of_the_rest(was: _Before) -> Iterator[Line]:
    """What no area asks: the standing sections stay with their headings, the others are put forward as dropped."""
    headings = {spec.key for spec in was.specs if spec.is_heading and spec.key not in was.taken}
    for spec in list(was.specs):
        if spec.key not in was.taken and spec.parent_key not in headings:
            yield from _of_one_left(replace(spec, parent_key=None), spec, was)


def _figures_below(heading: SectionSpec, was: _Before) -> tuple[IndicatorSpec, ...]:
    """Figures asked by paper under a heading that is answered as a whole this year."""
    return tuple(figure for each in was.below(heading) if each.directives for figure in each.indicators)


def _line(mark: str, spec: SectionSpec, match: SectionSpec | None, *, dropped: bool = False) -> Line:
    fate = Fate.DROPPED if dropped else Fate.KEPT if match else Fate.NEW
    return Line(mark, spec, fate, match.number if match else "")


def _new_key(parent: str, keys: set[str]) -> str:
    made = outlines.new_key(parent, keys)
    keys.add(made)
    return made


# Words ---------------------------------------------------------------------------------------------------


def _paper_keys(points: Iterable[ContentPoint]) -> Iterator[tuple]:
    """Keys of the papers that have one; a draft is named in the title only."""
    return (_key(p.cited) for p in points if p.cited and p.cited.code and p.cited.issued_on)


def _named(paper: Directive) -> str:
    """ "Chỉ thị số 25-CT/TW ngày 25/10/2023 về …"."""
    if not paper.code:
        return paper.label
    day = f" ngày {paper.issued_on:%d/%m/%Y}" if paper.issued_on else ""
    title = paper.title[:1].lower() + paper.title[1:] if paper.title[1:2].islower() else paper.title
    return f"{paper.label}{day} {title}"


def _short_name(point: ContentPoint) -> str:
    if point.cited:
        return _cut(point.cited.label, SHORT_MAX)
    return short_title(point.guidance)


def short_title(title: str) -> str:
    """A name for menus and narrow columns, from the first words of a long one."""
    plain = " ".join(title.split())
    bare = _LEADS_IN.sub("", plain)
    bare = _SHORT_ENDS.split(bare, maxsplit=1)[0].rstrip(" ,;:") or plain
    short = str(Truncator(bare).words(_SHORT_WORDS, truncate="")).rstrip(" ,;:")
    return _cut(short[:1].upper() + short[1:], SHORT_MAX)


def prompts(text: str) -> str:
    """Guidance as it stands beside the editor, one prompt a line.

    A line that opens with the number of a paper gives what follows its colon, or nothing where it only names
    the paper; long enumerations are parted at their semicolons.
    """
    found: list[str] = []
    for line in text.splitlines():
        plain = " ".join(line.split()).strip(" -–+•*")
        if _NAMES_PAPER.match(plain):
            plain = plain.partition(": ")[2]
        parts = re.split(r";\s+", plain) if len(plain) > _LONG_LINE else [plain]
        found += [part.strip(" .;") for part in parts if part.strip(" .;")]
    return "\n".join(part[:1].upper() + part[1:] for part in found)


def _cut(text: str, most: int) -> str:
    """Text that fits its column, cut after a whole word."""
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
