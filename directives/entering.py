"""Entering a confirmed paper: the directive, the papers it cites, relations, duties, outline and file at once.

One transaction, taken by one conditional update of the reading: nothing is half done, nothing is done twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from directives import register as keeping
from directives.models import Directive, Proposal, Reading, RelationKind
from directives.outline_proposals import AreaSpec, PointSpec, set_content_areas
from directives.proposals import AREA, CITED, DEADLINE, GROUP, PAPER
from directives.readings import ReadingRefused, need_admin
from directives.register import PaperSpec, RequirementSpec
from units import uploads
from units.models import UnitGroup, User
from units.uploads import StoredUpload

Decision = Proposal.Decision
_TAKEN = (Decision.CONFIRMED, Decision.CORRECTED)


def enter(reading: Reading, *, actor: User, now: datetime) -> Directive:
    """Enter everything that was confirmed and return the paper; said twice it returns the same paper.

    Raises `ReadingRefused` while proposals are open or when the reading was thrown away, `RegisterRefused`
    where the register refuses (a paper of the same number and date came meanwhile); nothing is entered then.
    """
    need_admin(actor)
    with uploads.rows_and_files() as written:
        if not _take(reading, actor=actor, now=now):
            return _entered_before(reading)
        rows = list(reading.proposals.all())
        undecided = sum(row.decision == Decision.OPEN for row in rows)
        if undecided:
            raise ReadingRefused(f"Còn {undecided} đề xuất chưa xử lý. Hãy xác nhận, sửa hoặc bỏ rồi ghi.")
        directive = _Entering(rows, actor, now).directive
        _give_file(reading, directive, written, actor=actor, now=now)
    return directive


def attach_to(reading: Reading, directive: Directive, *, actor: User, now: datetime) -> None:
    """The paper is registered already: only its file goes there, and the reading ends. Said twice: once.

    Raises `ReadingRefused` for a pasted text, which has no file.
    """
    need_admin(actor)
    with uploads.rows_and_files() as written:
        if not _take(reading, actor=actor, now=now):
            _entered_before(reading)
            return
        if not Reading.objects.get(pk=reading.pk).path:
            raise ReadingRefused("Văn bản này được dán, không có tệp để đính kèm.")
        _give_file(reading, directive, written, actor=actor, now=now)


def _take(reading: Reading, *, actor: User, now: datetime) -> bool:
    """Whether it was this call that ended the reading."""
    waiting = Reading.objects.filter(pk=reading.pk, state=Reading.State.CONFIRMING)
    return bool(waiting.update(state=Reading.State.ENTERED, ended_by=actor, ended_at=now))


def _entered_before(reading: Reading) -> Directive:
    row = Reading.objects.select_related("directive").get(pk=reading.pk)
    if row.state != Reading.State.ENTERED or row.directive is None:
        raise ReadingRefused("Văn bản này đã được bỏ, không ghi được nữa. Hãy tải lên lại.")
    return row.directive


def _give_file(
    reading: Reading, directive: Directive, written: list[str], *, actor: User, now: datetime
) -> None:
    """The bytes belong to the directive from here on; the row keeps name and hash.

    A pasted paper has no file: its text becomes one, so that what the directive was read from stays with it.
    `written` takes the path of a file that is new, should the transaction fail.
    """
    row = Reading.objects.get(pk=reading.pk)
    if row.path:
        stored = StoredUpload(row.name, row.path, row.content_type, row.size, row.sha256)
        keeping.attach(directive, stored, actor=actor, now=now)
    elif row.text:
        name = f"van-ban-dan-{timezone.localdate(row.created_at):%d-%m-%Y}.txt"
        pasted = uploads.keep(uploads.CheckedUpload(name, row.text.encode(), uploads.TEXT), folder="van-ban")
        written.append(pasted.path)
        keeping.attach(directive, pasted, actor=actor, now=now)
    Reading.objects.filter(pk=row.pk).update(directive=directive, path="")


class _Entering:
    """Walks the decided proposals once; what one letter makes the next ones use."""

    def __init__(self, rows: Sequence[Proposal], actor: User, now: datetime) -> None:
        self.actor, self.now = actor, now
        self.taken = [row for row in rows if row.decision in _TAKEN]
        (own,) = self._of(PAPER)
        self.directive = keeping.register(paper_spec(own.values), actor=actor, now=now)
        self.cited = {row.number: self._paper(row.values) for row in self._of(CITED)}
        for row in self._of(CITED):
            self._relate(self.cited[row.number], row.values.get("ties", ()))
        self.groups = {row.number: row.values.get("groups", ()) for row in self._of(GROUP)}
        self.group_numbers = {row.read["addressee"]: row.number for row in rows if row.letter == GROUP}
        for row in self._of(DEADLINE):
            self._require(row)
        areas = [self._area(row) for row in self._of(AREA)]
        if areas:
            set_content_areas(self.directive, areas, actor=actor, now=now)

    def _of(self, letter: str) -> list[Proposal]:
        return sorted((row for row in self.taken if row.letter == letter), key=lambda row: row.number)

    def _paper(self, values: Mapping[str, Any]) -> Directive:
        """The registered paper a citation was linked to, or the one registered for it now."""
        if "known" in values:
            known = Directive.objects.filter(pk=values["known"]).first()
            if known is None:
                raise ReadingRefused(
                    "Một văn bản đã nối không còn trong danh mục. Hãy tải lại trang và chọn lại."
                )
            return known
        spec = paper_spec(values["new"])
        known = keeping.known_paper(spec.code, spec.issued_on)
        return known or keeping.register(spec, actor=self.actor, now=self.now)

    def _relate(self, cited: Directive, ties: Sequence[Mapping[str, Any]]) -> None:
        for tie in ties:
            to = tie.get("to")
            later, earlier = (self.directive, cited) if to is None else (cited, self.cited.get(to))
            # A tie to a rejected paper falls with it; a paper that cites its own number ties nothing.
            if earlier is not None and later.pk != earlier.pk:
                keeping.relate(later, RelationKind(tie["kind"]), earlier, actor=self.actor, now=self.now)

    def _require(self, row: Proposal) -> None:
        values = row.values
        for addressee in values["addressees"]:
            chosen = values["groups"]
            if chosen is None:
                chosen = self.groups.get(self.group_numbers.get(addressee, 0), ())
            groups: list[UnitGroup | None] = [*UnitGroup.objects.filter(pk__in=chosen)]
            for group in groups or [None]:
                spec = RequirementSpec(
                    addressee=addressee,
                    text=values["text"],
                    group=group,
                    phrase=values["phrase"],
                    boundary=values["boundary"],
                    due_date=date.fromisoformat(values["due"]) if values["due"] else None,
                    receiver=values["receiver"],
                )
                keeping.add_requirement(self.directive, spec, actor=self.actor, now=self.now)

    def _area(self, row: Proposal) -> AreaSpec:
        points = tuple(
            PointSpec(self._point_paper(point["cited"]), point["guidance"]) for point in row.read["points"]
        )
        return AreaSpec(row.values["title"], row.read["number"][:20], row.read["guidance"], points)

    def _point_paper(self, number: int | None) -> Directive | None:
        cited = self.cited.get(number) if number is not None else None
        return None if cited is None or cited.pk == self.directive.pk else cited


def paper_spec(values: Mapping[str, Any]) -> PaperSpec:
    """What is registered of a paper, from the plain object it was kept as."""
    kept = {name: value for name, value in values.items() if name in _COLUMNS and value}
    day = kept.pop("issued_on", None)
    return PaperSpec(**_REQUIRED | kept, issued_on=date.fromisoformat(day) if day else None)


_REQUIRED = {"kind": "", "title": "", "issuer": ""}
_COLUMNS = (
    "kind", "kind_word", "code", "issued_on", "issuer", "title", "status", "signer_post", "signer_name",
    "printed_as", "note",
)  # fmt: skip
