"""What the page of a reading shows: the paper with its marks, and every proposal in words.

Rows in, plain objects out; the queries are few and the same for three proposals and three hundred.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from functools import cached_property
from typing import Any

from django.db.models import Count

from directives.boundaries import DATED_BOUNDARIES, Boundary, due_at, last_working_day
from directives.codes import KINDS
from directives.judging import Judgement, Register, weekday_words
from directives.models import Directive, Proposal, Reading, RelationKind
from directives.proposals import AREA, CITED, DEADLINE, GROUP, LETTERS, PAPER
from directives.reading_forms import boundary_choices
from directives.recurrences import recurrence_words
from directives.sheet import Mark, Paragraph, laid_out
from units.calendar import working_calendar
from units.models import GroupMembership, in_force_on
from units.text import fold
from units.workdays import WorkingCalendar

Decision = Proposal.Decision
OPEN_SHOWN = 60
"""Undecided proposals on one page; the rest come up as these are decided."""
DONE_SHOWN = 8
"""Decided proposals shown below; the rest are behind "Xem tất cả"."""


@dataclass(frozen=True)
class Shown:
    """One proposal as it stands on the page."""

    row: Proposal
    judgement: Judgement
    heading: str
    facts: tuple[str, ...]
    deadline: Mapping[str, str] | None = None
    boundaries: tuple[tuple[str, str], ...] = ()
    known: Directive | None = None
    """The registered paper a citation is or would be linked to."""

    @property
    def key(self) -> str:
        return self.row.key

    @property
    def is_open(self) -> bool:
        return self.row.decision == Decision.OPEN

    @property
    def needs_person(self) -> bool:
        return self.is_open and self.judgement.settled is None

    @property
    def is_off(self) -> bool:
        return self.row.decision == Decision.REJECTED


@dataclass(frozen=True)
class Asked:
    """What the address asks for: ?loc=<letter>&tat-ca=1&sua=<key>&xem=<key>."""

    letter: str = ""
    everything: bool = False
    correcting: str = ""
    seen: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Asked:
        letter = query.get("loc", "")
        return cls(
            letter if letter in LETTERS else "",
            bool(query.get("tat-ca")),
            query.get("sua", "")[:12],
            query.get("xem", "")[:12],
        )


@dataclass(frozen=True)
class Chip:
    letter: str
    words: str
    count: int


@dataclass
class Page:
    """The proposals of one reading, judged against the register of this moment."""

    reading: Reading
    today: date
    asked: Asked = field(default_factory=Asked)

    @cached_property
    def rows(self) -> list[Proposal]:
        return list(self.reading.proposals.select_related("decided_by"))

    @cached_property
    def register(self) -> Register:
        return Register(self.rows)

    @cached_property
    def judgements(self) -> dict[str, Judgement]:
        return {row.key: self.register.judge(row) for row in self.rows if row.decision == Decision.OPEN}

    @cached_property
    def settled(self) -> dict[str, Mapping[str, Any]]:
        """Key → what "confirm all" would enter."""
        found = {key: judgement.settled for key, judgement in self.judgements.items()}
        return {key: values for key, values in found.items() if values is not None}

    @property
    def total(self) -> int:
        return len(self.rows)

    @cached_property
    def left(self) -> int:
        return sum(row.decision == Decision.OPEN for row in self.rows)

    @property
    def done(self) -> int:
        return self.total - self.left

    @cached_property
    def own(self) -> Shown | None:
        """The paper itself; None while the letters of the text are not chosen."""
        return next((self._shown(row) for row in self.rows if row.letter == PAPER), None)

    @property
    def title(self) -> str:
        """Kind and title of the paper, as read or corrected; what it was uploaded as where neither is known."""
        values = {**self.own.row.read, **self.own.row.values} if self.own else {}
        if not values.get("title"):
            return str(self.reading)
        kind = values.get("kind_word") or KINDS.get(values["kind"], "")
        return f"{kind} {values['title']}".strip()

    @property
    def chips(self) -> list[Chip]:
        counts = {letter: sum(row.letter == letter for row in self.rows) for letter in LETTERS}
        found = [Chip(letter, words, counts[letter]) for letter, words in LETTERS.items() if counts[letter]]
        return [Chip("", "Tất cả", self.total), *found]  # with the paper itself, as "đã xử lý" counts it

    @cached_property
    def ordered(self) -> list[Proposal]:
        """What needs a person, what is open, what is decided; each in the order of the paper."""
        asked = [row for row in self.rows if row.letter != PAPER and self.asked.letter in ("", row.letter)]
        return sorted(asked, key=self._place)

    def _turn(self, row: Proposal) -> int:
        if row.decision != Decision.OPEN:
            return 2
        return 0 if row.key not in self.settled else 1

    @cached_property
    def shown(self) -> list[Shown]:
        """The proposals that stand on the page; those asked for by name are always among them."""
        waiting = [row for row in self.ordered if row.decision == Decision.OPEN]
        decided = [row for row in self.ordered if row.decision != Decision.OPEN]
        kept = set(waiting) | set(decided)
        if not self.asked.everything:
            kept = {*waiting[:OPEN_SHOWN], *decided[:DONE_SHOWN]}
        named = {self.asked.correcting, self.asked.seen}
        return [self._shown(row) for row in self.ordered if row in kept or row.key in named]

    @property
    def hidden(self) -> int:
        return len(self.ordered) - len(self.shown)

    def after(self, key: str) -> str:
        """Where to go on once `key` ("" for many) is decided: the next open proposal, else the first; at the end
        the button that enters everything."""
        own = [row for row in self.rows if row.letter == PAPER]
        waiting = [row for row in [*self.ordered, *own] if row.decision == Decision.OPEN and row.key != key]
        decided = next((row for row in self.rows if row.key == key), None)
        following = [
            row for row in waiting if decided and self._place(row) > self._place(decided, was_open=True)
        ]
        if waiting:
            return (following or waiting)[0].key
        return "de-xuat" if self.left > 1 else "ghi"

    def _place(self, row: Proposal, *, was_open: bool = False) -> tuple[int, str, int]:
        if row.letter == PAPER:
            return -1, "", 0
        turn = int(row.key in self.settled) if was_open else self._turn(row)
        return turn, row.letter, row.number

    # The paper ------------------------------------------------------------------------------------------

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        marks = [Mark(start, end, row.key) for row in self.rows for start, end in row.spans]
        return laid_out(self.reading.text, marks)

    @cached_property
    def visible(self) -> set[str]:
        return {each.key for each in self.shown}

    # In words -------------------------------------------------------------------------------------------

    @cached_property
    def calendar(self) -> WorkingCalendar:
        return working_calendar()

    @cached_property
    def linked(self) -> dict[int, Directive]:
        """The registered papers that decided citations were linked to."""
        return Directive.objects.in_bulk(
            [row.decided["known"] for row in self.rows if "known" in row.decided]
        )

    @cached_property
    def group_names(self) -> dict[int, str]:
        return {group.pk: group.name for group in self.register.groups}

    @cached_property
    def group_sizes(self) -> dict[int, int]:
        """Units of each group today."""
        members = GroupMembership.objects.in_force(self.today).filter(in_force_on(self.today, "unit__"))
        counted = members.values("group").annotate(size=Count("unit", distinct=True)).order_by()
        return {row["group"]: row["size"] for row in counted}

    def _shown(self, row: Proposal) -> Shown:
        judgement = self.judgements.get(row.key, Judgement())
        words = {PAPER: _paper, CITED: self._cited, DEADLINE: self._duty, AREA: _area, GROUP: self._group}
        heading, facts = words[row.letter](row, judgement)
        extra: dict[str, Any] = {}
        if row.letter == CITED:
            extra["known"] = judgement.known or self.linked.get(row.decided.get("known", 0))
        if row.letter == DEADLINE:
            extra["deadline"] = self._deadline(row)
            if row.decision == Decision.OPEN and row.read["due"]:
                extra["boundaries"] = tuple(boundary_choices(row.read))
        return Shown(row, judgement, heading, tuple(facts), **extra)

    def _cited(self, row: Proposal, judgement: Judgement) -> tuple[str, list[str]]:
        read = row.decided.get("new") or row.read
        facts = list(judgement.facts)
        if row.decided:
            facts.append(
                "Nối với bản ghi đã có." if "known" in row.decided else "Đăng ký mới trong cùng bước."
            )
        if read["title"] and not (judgement.known or "known" in row.decided):
            facts.append(f"Trích yếu: {read['title']}")
        ties = row.decided.get("ties", row.read["ties"])
        if row.decision != Decision.REJECTED:
            facts += [self._tie_words(tie) for tie in ties]
        return _name_of(read), facts

    def _tie_words(self, tie: Mapping[str, Any]) -> str:
        kind = RelationKind(tie["kind"]).label
        if tie["to"] is None:
            return f"Văn bản đang đọc {kind} văn bản này."
        return f"Văn bản này {kind} {self.register.codes.get(tie['to'], '')}."

    def _duty(self, row: Proposal, judgement: Judgement) -> tuple[str, list[str]]:
        values = {**row.read, **row.decided}
        who = "; ".join(values["addressees"]) or "Chưa rõ ai thực hiện"
        facts = [values["text"]]
        if values["recurrence"] and values["boundary"] == Boundary.RECURRING:
            facts.append(f"Định kỳ: {recurrence_words(values['recurrence'], values['time'])}.")
        if values["receiver"]:
            facts.append(f"Nơi nhận: {values['receiver']}.")
        if values.get("groups") and row.decided:
            facts.append(f"Nhóm: {self._names(values['groups'])}.")
        dated = values["due"] and values["boundary"] in DATED_BOUNDARIES
        return who if dated else f"{who}: {values['phrase'] or 'không in thời hạn'}", facts

    def _deadline(self, row: Proposal) -> Mapping[str, str] | None:
        values = {**row.read, **row.decided}
        if not values["due"] or values["boundary"] not in DATED_BOUNDARIES:
            return None
        day = date.fromisoformat(values["due"])
        at = time.fromisoformat(row.read["time"]) if row.read["time"] else None
        boundary = values["boundary"]
        if boundary == Boundary.BY_TIME and at is None:
            boundary = Boundary.ON_OR_BEFORE
        last = last_working_day(boundary, day, self.calendar)
        until = due_at(boundary, day, at)
        return {
            "phrase": values["phrase"],
            "last_working_text": weekday_words(last) if last else "",
            "left_text": f"đúng hạn khi nộp trước {until:%H:%M} {weekday_words(until.date())}"
            if until
            else "",
        }

    def _group(self, row: Proposal, judgement: Judgement) -> tuple[str, list[str]]:
        chosen = row.decided.get("groups") if row.decided else [group.pk for group in judgement.groups]
        facts = list(judgement.facts)
        if chosen:
            facts.append(f"Nhóm trong cổng: {self._names(chosen)}.")
        elif row.decision in (Decision.CONFIRMED, Decision.CORRECTED):
            facts.append("Không gắn với nhóm; ghi đúng như văn bản.")
        return row.read["addressee"], facts

    def _names(self, groups: Sequence[int]) -> str:
        return "; ".join(
            f"{self.group_names.get(pk, 'nhóm đã bỏ')} ({self.group_sizes.get(pk, 0)} đơn vị)"
            for pk in groups
        )


def _name_of(read: Mapping[str, Any]) -> str:
    day = f"{date.fromisoformat(read['issued_on']):%d/%m/%Y}" if read["issued_on"] else "không in ngày"
    kind = read.get("kind_word") or KINDS.get(read["kind"], read["kind"])
    return " · ".join(part for part in (read["code"], kind, day) if part)


def _paper(row: Proposal, judgement: Judgement) -> tuple[str, list[str]]:
    values = {**row.read, **row.values}
    if not (values["kind"] or values["title"]):
        return "Thông tin của văn bản", [
            "Ghi như bản giấy: loại, số, ký hiệu, ngày, cơ quan ban hành, trích yếu."
        ]
    kind = values.get("kind_word") or KINDS.get(values["kind"], values["kind"]) or "Chưa rõ loại"
    code = values["code"] or "còn để trống số"
    day = (
        f"ngày {date.fromisoformat(values['issued_on']):%d/%m/%Y}"
        if values["issued_on"]
        else "còn để trống ngày"
    )
    facts = [
        values["title"] or "Chưa đọc được trích yếu.",
        values["issuer"] or "Chưa đọc được cơ quan ban hành.",
    ]
    signer = [values[name] for name in ("signer_post", "signer_name") if values.get(name)]
    if signer:
        facts.append(f"Người ký: {', '.join(signer)}")
    return f"{kind} · {code} · {day}", facts


def _area(row: Proposal, judgement: Judgement) -> tuple[str, list[str]]:
    values = {**row.read, **row.decided}
    number = f" {row.read['number']}" if row.read["number"] else ""
    points = len(row.read["points"])
    facts = [f"{points} văn bản có nội dung trọng tâm riêng."] if points else []
    return f"Nội dung{number}: {values['title']}", facts


def alike(values: Mapping[str, Any]) -> list[Directive]:
    """Registered papers this one may be: the same number, or a draft of the same kind and title."""
    papers = Directive.objects.select_related("created_by").prefetch_related("files")
    if values["code"]:
        return list(papers.filter(code=values["code"])[:5])
    title = _said(values["title"])
    drafts = papers.filter(kind=values["kind"], code="").order_by("-pk")
    return [draft for draft in drafts if _one_in_the_other(title, _said(draft.title))][:5]


def _said(title: str) -> str:
    """What a title is compared by: no accents, without the "V/v" of a letter."""
    return fold(title).removeprefix("v/v ")


def _one_in_the_other(one: str, other: str) -> bool:
    """Whether the shorter title stands in the longer; one of a word or two says too little."""
    short, long = sorted((one, other), key=len)
    return len(short) >= 12 and short in long
