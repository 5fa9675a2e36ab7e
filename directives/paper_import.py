"""Many papers at once, from a table: what each line would do, and doing it.

`assess` only looks; `import_papers` looks again inside its transaction, so that a second click, another admin
or a paper registered meanwhile changes what happens, never registers a paper twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from directives.models import Directive, RelationKind
from directives.paper_sheets import Entry, Named, SheetRefused
from directives.register import PaperSpec, RegisterRefused, change_status, register, relate
from units.models import User


class Outcome(StrEnum):
    """What a line would do: register, register after a person's yes, nothing, nothing before it is put right."""

    NEW = "new"
    QUESTION = "question"
    KNOWN = "known"
    FAULTY = "faulty"


Target = Directive | Entry
"""What a line names: a registered paper, or another line."""


@dataclass
class ImportLine:
    """A line and what it would do. `known`: the paper it is already; `others`: same number, another day."""

    entry: Entry
    outcome: Outcome = Outcome.NEW
    known: Directive | None = None
    others: list[Directive] = field(default_factory=list)
    relations: list[tuple[RelationKind, Target]] = field(default_factory=list)
    ended_by: Target | None = None
    problems: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def can_be_chosen(self) -> bool:
        return self.outcome in (Outcome.NEW, Outcome.QUESTION)

    @property
    def status_label(self) -> str:
        return str(Directive.Status(self.entry.status).label)


class _Register:
    """The registered papers that the lines may mean: two queries."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        named = [one for entry in entries for one in (*entry.implements, *entry.based_on)]
        named += [entry.status_by for entry in entries if entry.status_by]
        codes = {entry.code for entry in entries} | {one.code for one in named}
        self.by_code: dict[str, list[Directive]] = defaultdict(list)
        for paper in Directive.objects.filter(code__in=codes - {""}):
            self.by_code[paper.code].append(paper)
        titles = {entry.title for entry in entries if not entry.code}
        self.drafts = {
            (paper.kind, paper.issuer, paper.title): paper
            for paper in Directive.objects.filter(code="", title__in=titles)
        }

    def known(self, entry: Entry) -> Directive | None:
        if not entry.code:
            return self.drafts.get((entry.kind, entry.issuer, entry.title))
        return next((one for one in self.by_code[entry.code] if one.issued_on == entry.issued_on), None)


def assess(entries: Sequence[Entry], today: date) -> list[ImportLine]:
    """What each line would do if all of them were confirmed; two queries, nothing is stored."""
    registered = _Register(entries)
    lines = [
        ImportLine(entry, problems=[*entry.problems], doubts=[*entry.doubts], remarks=[*entry.remarks])
        for entry in entries
    ]
    first: dict[tuple[object, ...], ImportLine] = {}
    for line in lines:
        _look_for_the_same(line, registered, first, today)
    beside = [line.entry for line in lines if line.can_be_chosen]
    for line in lines:
        if line.can_be_chosen:
            _look_for_the_named(line, registered, beside)
    return lines


def _key(entry: Entry) -> tuple[object, ...]:
    return (entry.code, entry.issued_on) if entry.code else (entry.kind, entry.issuer, entry.title)


def _look_for_the_same(
    line: ImportLine, registered: _Register, first: dict[tuple[object, ...], ImportLine], today: date
) -> None:
    entry = line.entry
    if line.problems:
        line.outcome = Outcome.FAULTY
        return
    line.known = registered.known(entry)
    earlier = first.setdefault(_key(entry), line)
    if line.known is not None:
        line.outcome = Outcome.KNOWN
        return
    if earlier is not line:
        line.outcome = Outcome.KNOWN
        line.remarks.append(f"Trùng với dòng {earlier.entry.line}.")
        return
    _doubt(line, registered, first, today)
    if line.doubts:
        line.outcome = Outcome.QUESTION


def _doubt(
    line: ImportLine, registered: _Register, first: dict[tuple[object, ...], ImportLine], today: date
) -> None:
    entry = line.entry
    if entry.code:
        line.others = registered.by_code[entry.code]
        days = [f"{other.issued_on:%d/%m/%Y}" for other in line.others if other.issued_on]
        if days:
            line.doubts.append(f"Đã có {entry.code} ban hành ngày {', '.join(days)}.")
        lines = [
            str(other.entry.line)
            for key, other in first.items()
            if key[0] == entry.code and other is not line and other.known is None
        ]
        if lines:
            line.doubts.append(f"Dòng {', '.join(lines)} cùng số, ký hiệu nhưng khác ngày.")
    if entry.issued_on and entry.issued_on > today:
        line.doubts.append("Ngày ban hành chưa đến.")


def _look_for_the_named(line: ImportLine, registered: _Register, beside: Sequence[Entry]) -> None:
    entry = line.entry
    for kind, named in (
        *((RelationKind.IMPLEMENTS, one) for one in entry.implements),
        *((RelationKind.BASED_ON, one) for one in entry.based_on),
    ):
        target, why = _resolved(named, entry, registered, beside)
        if target is not None:
            line.relations.append((kind, target))
        else:
            line.remarks.append(f"{why} Quan hệ “{kind.label} {named}” không được ghi.")
    if entry.status_by is None or entry.status in ("draft", "in_force"):
        return
    line.ended_by, why = _resolved(entry.status_by, entry, registered, beside)
    if line.ended_by is None:
        line.problems.append(f"{why} Hãy đăng ký văn bản đó trước hoặc thêm vào bảng.")
    if entry.status_since and entry.issued_on and entry.status_since < entry.issued_on:
        line.problems.append("Ngày thay đổi hiệu lực trước ngày ban hành. Hãy kiểm tra hai ngày.")
    if line.problems:
        line.outcome = Outcome.FAULTY


def _resolved(
    named: Named, entry: Entry, registered: _Register, beside: Iterable[Entry]
) -> tuple[Target | None, str]:
    """The one paper that is meant, else why there is none."""
    found: list[Target] = [*registered.by_code[named.code]]
    found += [one for one in beside if one.code == named.code and one is not entry]
    if named.issued_on:
        found = [one for one in found if one.issued_on == named.issued_on]
    if len(found) == 1:
        return found[0], ""
    if not found:
        return None, f"Chưa có {named} trong danh mục."
    return (
        None,
        f"Có {len(found)} văn bản số {named.code}: ghi thêm ngày, ví dụ {named.code} ngày 24/11/2023.",
    )


# Doing it -----------------------------------------------------------------------------------------------


def import_papers(
    entries: Sequence[Entry], chosen: Collection[int], *, source: str, actor: User, now: datetime
) -> list[Directive]:
    """Register the chosen lines with their relations and validity, all or none; those known stay as they are.

    `chosen` are numbers of lines; `source` names the table in each paper's history. Raises `SheetRefused`
    with the line that stands against it.
    """
    if not actor.is_admin:
        raise SheetRefused("Văn bản chỉ đạo do quản trị hệ thống đăng ký.")
    with transaction.atomic():
        # One import of a person at a time: the second click waits and then finds the papers known.
        User.objects.select_for_update().get(pk=actor.pk)
        lines = assess([entry for entry in entries if entry.line in chosen], timezone.localdate(now))
        for line in lines:
            if line.outcome == Outcome.FAULTY:
                raise SheetRefused(f"Dòng {line.entry.line}: {line.problems[0]}")
        new = [line for line in lines if line.can_be_chosen]
        made = {}
        for line in new:
            try:
                made[line.entry.line] = register(_spec(line.entry, source), actor=actor, now=now)
            except RegisterRefused as refusal:
                raise SheetRefused(f"Dòng {line.entry.line}: {refusal}") from None
        for line in new:
            try:
                _relate(line, made, actor=actor, now=now)
            except RegisterRefused as refusal:
                raise SheetRefused(f"Dòng {line.entry.line}: {refusal}") from None
    return list(made.values())


def _relate(line: ImportLine, made: dict[int, Directive], *, actor: User, now: datetime) -> None:
    def paper(target: Target) -> Directive:
        return target if isinstance(target, Directive) else made[target.line]

    entry, own = line.entry, made[line.entry.line]
    for kind, target in line.relations:
        relate(own, kind, paper(target), actor=actor, now=now)
    if line.ended_by is not None and entry.status_since is not None:
        by = paper(line.ended_by)
        change_status(own, entry.status, since=entry.status_since, by=by, actor=actor, now=now)


def _spec(entry: Entry, source: str) -> PaperSpec:
    return PaperSpec(
        kind=entry.kind,
        kind_word=entry.kind_word,
        code=entry.code,
        printed_as=entry.printed_as,
        issued_on=entry.issued_on,
        issuer=entry.issuer,
        title=entry.title,
        status=Directive.Status.DRAFT if entry.is_draft else Directive.Status.IN_FORCE,
        source=f"{source}, dòng {entry.line}",
    )
