"""Reading for the consolidation bench: what units wrote in a section, what of it was used, what changed since.

All readings take a fixed number of queries, whatever the number of units.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count, Prefetch, Q, QuerySet

from reporting import likeness
from reporting.consolidation import accepted_passages
from reporting.models import Assignment, Paragraph, Passage, Report, Round, Section, Source, Submission
from reporting.states import OUT_OF_COUNT, State
from units.text import fold


@dataclass(frozen=True)
class Unused:
    """Words of an older submission that the ministry's text still stands on."""

    source: Source
    newest: Passage | None
    changes: list[likeness.Change]

    @property
    def unit_label(self) -> str:
        return self.source.passage.submission.assignment.unit.label


@dataclass(frozen=True)
class Card:
    """One accepted passage on the bench. `used_in` is the paragraph that cites it, `place` its number there."""

    passage: Passage
    of: int
    used_in: Paragraph | None = None
    place: int = 0
    source: Source | None = None

    @property
    def state(self) -> str:
        """ "used", "read" or "unread"."""
        if self.used_in is not None:
            return "used"
        return "read" if self.passage.read_at else "unread"

    @property
    def text(self) -> str:
        return self.passage.text.removeprefix("- ")

    @property
    def has_number(self) -> bool:
        return any(char.isdigit() for char in self.passage.text)


@dataclass(frozen=True)
class MinistryParagraph:
    """A paragraph of the ministry with its sources, and those whose unit has sent a newer report since."""

    paragraph: Paragraph
    place: int
    sources: Sequence[Source]
    changed: Sequence[Unused]

    @property
    def changed_ids(self) -> set[int]:
        return {row.source.pk for row in self.changed}


@dataclass(frozen=True)
class Coverage:
    """How much of what units wrote has been looked at; every unit with text counts once."""

    units: int = 0
    used: int = 0
    read: int = 0
    unread: int = 0

    @property
    def looked_at(self) -> int:
        """Units of which nothing is unread, used or not."""
        return self.units - self.unread

    def percent(self, part: int) -> str:
        """A share as an SVG width: "35.11%"."""
        return f"{100 * part / self.units:.2f}%" if self.units else "0%"

    @property
    def used_width(self) -> str:
        return self.percent(self.used)

    @property
    def read_width(self) -> str:
        return self.percent(self.read)


@dataclass
class Bench:
    """Everything the page of one section shows."""

    section: Section
    cards: list[Card]
    paragraphs: list[MinistryParagraph]
    coverage: Coverage
    included: int
    expected: int
    changed: list[Unused] = field(default_factory=list)

    @cached_property
    def alike(self) -> list[list[Card]]:
        """Cards of different units that say nearly the same, largest group first."""
        found = likeness.groups([card.passage.text for card in self.cards])
        gathered = [[self.cards[i] for i in members] for members in found]
        several = [g for g in gathered if len({c.passage.submission.assignment_id for c in g}) > 1]
        return sorted(several, key=len, reverse=True)

    def chosen(self, wanted: str, words: str = "") -> list[Card]:
        """The cards of a filter ("unread", "used", "read", "figures", "" for all) that hold every word."""
        found = self.cards
        if wanted in ("unread", "used", "read"):
            found = [card for card in found if card.state == wanted]
        elif wanted == "figures":
            found = [card for card in found if card.has_number]
        parts = fold(words).split()
        if parts:
            found = [card for card in found if all(part in _searched(card.passage) for part in parts)]
        return found

    def count(self, wanted: str) -> int:
        return len(self.chosen(wanted))


def _searched(passage: Passage) -> str:
    return f"{passage.search_text} {passage.submission.assignment.unit.search_text}"


def bench(report: Report | None, row: Round, section: Section) -> Bench:
    """The accepted passages of a section by unit, the ministry's paragraphs, coverage and changed sources."""
    passages = list(
        accepted_passages(row)
        .filter(section=section)
        .select_related("submission__assignment__unit")
        .order_by(
            "submission__assignment__group__position", "submission__assignment__unit__sort_key", "position"
        )
    )
    paragraphs = _paragraphs(report, section)
    changed = _changed([source for p in paragraphs for source in p.sources.all()])
    used = {
        source.passage_id: (paragraph, place, source)
        for place, paragraph in enumerate(paragraphs, start=1)
        for source in paragraph.sources.all()
    }
    sizes: dict[int, int] = defaultdict(int)
    for passage in passages:
        sizes[passage.submission_id] += 1
    cards = [
        Card(passage, sizes[passage.submission_id], *used.get(passage.pk, (None, 0, None)))
        for passage in passages
    ]
    included, expected = counts(row)
    return Bench(
        section=section,
        cards=cards,
        paragraphs=[
            MinistryParagraph(
                paragraph,
                place,
                list(paragraph.sources.all()),
                [row for row in changed if row.source.paragraph_id == paragraph.pk],
            )
            for place, paragraph in enumerate(paragraphs, start=1)
        ],
        coverage=_coverage((card.passage.submission_id, card.state) for card in cards),
        included=included,
        expected=expected,
        changed=changed,
    )


def counts(row: Round) -> tuple[int, int]:
    """Units whose report is accepted, and units expected."""
    found = Assignment.objects.filter(round=row).aggregate(
        included=Count("id", filter=Q(state=State.ACCEPTED)),
        expected=Count("id", filter=~Q(state__in=OUT_OF_COUNT)),
    )
    return found["included"], found["expected"]


_SOURCES = Prefetch(
    "sources", Source.objects.select_related("passage__submission__assignment__unit", "passage__section")
)


def _paragraphs(report: Report | None, section: Section | None) -> list[Paragraph]:
    if report is None:
        return []
    found = Paragraph.objects.filter(report=report, removed_at=None).select_related("updated_by", "section")
    if section is not None:
        found = found.filter(section=section)
    return list(found.prefetch_related(_SOURCES))


def _coverage(seen: Iterable[tuple[int, str]]) -> Coverage:
    """Of (submission, state of a passage): used wins over unread, unread over read."""
    states: dict[int, set[str]] = defaultdict(set)
    for submission_id, state in seen:
        states[submission_id].add(state)
    used = sum("used" in found for found in states.values())
    unread = sum("used" not in found and "unread" in found for found in states.values())
    return Coverage(len(states), used, len(states) - used - unread, unread)


def coverage(report: Report | None, row: Round) -> dict[int, Coverage]:
    """Coverage of every section that takes an answer, by section id, in two queries."""
    used = set(_cited(report).values_list("passage_id", flat=True)) if report is not None else set()
    seen: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for pk, section_id, submission_id, read_at in accepted_passages(row).values_list(
        "pk", "section_id", "submission_id", "read_at"
    ):
        state = "used" if pk in used else "read" if read_at else "unread"
        seen[section_id].append((submission_id, state))
    return {section_id: _coverage(rows) for section_id, rows in seen.items()}


def _cited(report: Report) -> QuerySet[Source]:
    return Source.objects.filter(paragraph__report=report, paragraph__removed_at=None)


def changed_sources(report: Report) -> list[Unused]:
    """Sources of the whole report whose unit's accepted report is another one by now."""
    return _changed(
        _cited(report).select_related(
            "paragraph__section", "passage__submission__assignment__unit", "passage__section"
        )
    )


def _changed(sources: Iterable[Source]) -> list[Unused]:
    """Those that stand on a submission that feeds the report no more, each with its difference."""
    old = [
        s
        for s in sources
        if s.passage.submission.assignment.accepted_submission_id != s.passage.submission_id
    ]
    if not old:
        return []
    newest = _newest_passages(
        {s.passage.submission.assignment_id for s in old}, {s.passage.section_id for s in old}
    )
    return [
        _unused(s, newest.get((s.passage.submission.assignment_id, s.passage.section_id), [])) for s in old
    ]


def _newest_passages(assignments: set[int], sections: set[int]) -> dict[tuple[int, int], list[Passage]]:
    last: dict[int, int] = {}
    for pk, submission_id in (
        Submission.objects.filter(assignment_id__in=assignments)
        .order_by("number")
        .values_list("assignment_id", "id")
    ):
        last[pk] = submission_id
    found: dict[tuple[int, int], list[Passage]] = defaultdict(list)
    rows = Passage.objects.filter(submission_id__in=last.values(), section_id__in=sections)
    for passage in rows.select_related("submission").order_by("position"):
        found[passage.submission.assignment_id, passage.section_id].append(passage)
    return found


def _unused(source: Source, candidates: list[Passage]) -> Unused:
    others = [passage for passage in candidates if passage.submission_id != source.passage.submission_id]
    at = likeness.nearest(source.quoted, [passage.text for passage in others])
    newest = others[at] if at is not None else None
    if candidates and not others:  # reopened: the same words are being looked at once more
        return Unused(source, None, [])
    return Unused(source, newest, likeness.word_diff(source.quoted, newest.text if newest else ""))


def used_passages(submission: Submission) -> list[Source]:
    """Passages of a submission that the newest report of its round uses, in reading order, for its receipt."""
    newest = Report.objects.filter(round_id=submission.assignment.round_id).order_by("-number").first()
    if newest is None:
        return []
    return list(
        _cited(newest)
        .filter(passage__submission=submission)
        .select_related("passage__section", "paragraph__section", "paragraph__report")
        .order_by("passage__section__position", "passage__position")
    )
