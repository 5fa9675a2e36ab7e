"""How a proposal stands against the register today: what confirming it would enter, and what needs a person.

What was read never changes; what it means does, because papers are registered and groups renamed meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from directives.boundaries import Boundary
from directives.group_matching import match_groups
from directives.known_papers import KnownPapers, Match
from directives.models import Directive, Proposal
from directives.proposals import AREA, CITED, DEADLINE, GROUP
from units.models import Unit, UnitGroup
from units.text import fold
from units.workdays import weekday_vi

Values = dict[str, Any]


@dataclass(frozen=True)
class Offer:
    """One way to decide: `do` is what the form posts, `values` what would be entered."""

    do: str
    words: str
    values: Values


@dataclass(frozen=True)
class Judgement:
    """What a person is told of a proposal, and what may be decided without typing anything."""

    doubts: tuple[str, ...] = ()
    """Why a person must decide; empty where confirming all may take it."""
    facts: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
    """The first is the one proposed; empty where something must be filled in first."""
    others: tuple[Directive, ...] = ()
    """Registered papers with the same code, shown beside the cited one."""
    groups: tuple[UnitGroup, ...] = ()
    known: Directive | None = None
    """The registered paper the first offer links to."""

    @property
    def settled(self) -> Values | None:
        """What "confirm all" enters; None where a person must look."""
        return self.offers[0].values if self.offers and not self.doubts else None


class Register:
    """What the register holds now of everything the proposals of one reading name; a few queries in all."""

    def __init__(self, proposals: Sequence[Proposal]) -> None:
        cited = [each.read for each in proposals if each.letter == CITED]
        self.papers = KnownPapers(
            code for read in cited for code in (read.get("code", ""), read.get("printed", ""))
        )
        self.groups = list(UnitGroup.objects.all()) if _has(proposals, GROUP) else []
        self.units = (
            {fold(name) for name in Unit.objects.values_list("name", flat=True)}
            if _has(proposals, GROUP)
            else set()
        )
        self.dated = {
            number
            for each in proposals
            if each.letter == DEADLINE and each.read.get("due")
            for number in each.read.get("groups", ())
        }
        self.codes = {each.number: each.read.get("code", "") for each in proposals if each.letter == CITED}

    def judge(self, proposal: Proposal) -> Judgement:
        """Say how a proposal stands. The paper itself always needs a person."""
        judged = {CITED: self._cited, DEADLINE: _duty, AREA: _area, GROUP: self._group}.get(proposal.letter)
        return judged(proposal) if judged else _own(proposal)

    def _cited(self, proposal: Proposal) -> Judgement:
        read = proposal.read
        match = self.papers.match(read["code"], _day(read["issued_on"]))
        doubts = [read["note"]] if read["note"] else []
        words = f"Lấy {read['code']}" if read["note"] else "Xác nhận"
        offers, facts = [], []
        if match.paper is not None:
            facts.append(_known_words(read, match))
            offers.append(Offer("confirm", words, {"known": match.paper.pk, "ties": _ties(read)}))
        else:
            doubts += self._doubts_of_new(read, match)
            facts.append("Chưa có trong danh mục: đăng ký mới trong cùng bước.")
            offers += _links(read, match)
            if not _missing(read):
                at = 0 if not match.others else len(offers)
                new = words if not match.others else "Đăng ký văn bản mới"
                offers.insert(at, Offer("confirm", new, _new(read, read["code"])))
        if read["note"]:
            offers += self._as_printed(read)
        return Judgement(tuple(doubts), tuple(facts), tuple(offers), match.others, known=match.paper)

    @staticmethod
    def _doubts_of_new(read: Values, match: Match) -> list[str]:
        doubts = []
        missing = _missing(read)
        if missing:
            doubts.append(f"Văn bản chưa có trong danh mục và còn thiếu {', '.join(missing)}: hãy điền.")
        if match.others:
            days = ", ".join(_day_words(paper.issued_on) for paper in match.others)
            day = _day(read["issued_on"])
            said = f"ở đây in ngày {day:%d/%m/%Y}" if day else "ở đây không in ngày"
            doubts.append(f"Danh mục đã có {read['code']} {days}; {said}. Hãy chọn đúng văn bản.")
        return doubts

    def _as_printed(self, read: Values) -> list[Offer]:
        match = self.papers.match(read["printed"], _day(read["issued_on"]), also_as_printed=False)
        if match.paper is not None:
            return [Offer("as_printed", "Giữ như in", {"known": match.paper.pk, "ties": _ties(read)})]
        if _missing(read):
            return []
        return [Offer("as_printed", "Giữ như in", _new(read | {"printed": ""}, read["printed"]))]

    def _group(self, proposal: Proposal) -> Judgement:
        name = proposal.read["addressee"]
        found = match_groups(name, self.groups)
        offer = Offer("confirm", "Xác nhận", {"groups": [group.pk for group in found]})
        if found:
            return Judgement((), (), (offer,), groups=found)
        if self._is_unit(name):
            return Judgement((), ("Là một đơn vị; ghi đúng như văn bản, không gắn với nhóm.",), (offer,))
        fact = "Không khớp nhóm nào trong cổng; ghi đúng như văn bản, không gắn với nhóm."
        if proposal.number not in self.dated:
            return Judgement((), (fact,), (offer,))
        doubt = "Không khớp nhóm nào trong cổng. Chọn nhóm (Sửa), hoặc để không gắn với nhóm."
        return Judgement((doubt,), (), (Offer("confirm", "Không gắn với nhóm", offer.values),))

    def _is_unit(self, name: str) -> bool:
        folded = fold(name)
        return any(folded == unit or folded.startswith(f"{unit} ") for unit in self.units)


def _own(proposal: Proposal) -> Judgement:
    """The paper itself: always looked at by a person; what is blank in print is said."""
    if not (proposal.read["kind"] or proposal.read["title"]):
        return Judgement(("Hãy ghi thông tin của văn bản.",))
    blank = [words for name, words in (("code", "số"), ("issued_on", "ngày")) if not proposal.read[name]]
    if not blank:
        return Judgement(("Hãy kiểm tra thông tin của văn bản.",))
    return Judgement(
        (f"Văn bản còn để trống {' và '.join(blank)}: ghi là bản dự thảo, bổ sung được sau (hoặc Sửa).",)
    )


def _has(proposals: Iterable[Proposal], letter: str) -> bool:
    return any(each.letter == letter for each in proposals)


def _known_words(read: Values, match: Match) -> str:
    assert match.paper is not None
    if match.by_date:
        return "Đã có trong danh mục, nối với bản ghi đó."
    return (
        "Văn bản không in ngày; nối với văn bản duy nhất có số, ký hiệu này trong danh mục, "
        f"{_day_words(match.paper.issued_on)}."
    )


def _links(read: Values, match: Match) -> list[Offer]:
    return [
        Offer(
            f"link-{paper.pk}",
            f"Là văn bản {_day_words(paper.issued_on)} đã có",
            {"known": paper.pk, "ties": _ties(read)},
        )
        for paper in match.others
    ]


def _ties(read: Values) -> list[Values]:
    return [dict(tie) for tie in read.get("ties", ())]


def _new(read: Values, code: str) -> Values:
    new = {name: read[name] for name in ("kind", "issued_on", "issuer", "title")}
    return {"new": new | {"code": code, "kind_word": "", "printed_as": read["printed"]}, "ties": _ties(read)}


def _missing(read: Values) -> list[str]:
    """What a paper that is not registered needs before it can be."""
    needed = {"issued_on": "ngày ban hành", "issuer": "cơ quan ban hành", "title": "trích yếu"}
    return [words for name, words in needed.items() if not read[name]]


def _duty(proposal: Proposal) -> Judgement:
    read = proposal.read
    doubts = []
    if not read["addressees"]:
        doubts.append("Chưa đọc được ai phải thực hiện: hãy sửa để ghi đúng như văn bản.")
    if read["boundary"] == Boundary.NONE:
        doubts.append("Văn bản không in ngày cụ thể. Điền thời hạn (Sửa), hoặc ghi là không có hạn.")
    if read["inferred_year"]:
        doubts.append(
            f"Văn bản không in năm; năm {read['due'][:4]} được suy ra từ ngày của văn bản."
            if read["due"]
            else "Văn bản không in năm; năm được suy ra."
        )
    words = "Ghi không có hạn" if read["boundary"] == Boundary.NONE else "Xác nhận"
    offers = (Offer("confirm", words, duty_values(read)),) if read["addressees"] else ()
    return Judgement(tuple(doubts), (), offers)


def duty_values(read: Mapping[str, Any]) -> Values:
    """What a deadline enters as it was read; its groups are those its addressees are given."""
    names = ("text", "phrase", "due", "boundary", "receiver")
    return {name: read[name] for name in names} | {"addressees": list(read["addressees"]), "groups": None}


def _area(proposal: Proposal) -> Judgement:
    return Judgement((), (), (Offer("confirm", "Xác nhận", {"title": proposal.read["title"]}),))


def _day(iso: str) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _day_words(day: date | None) -> str:
    return f"ngày {day:%d/%m/%Y}" if day else "chưa có ngày"


def weekday_words(day: date) -> str:
    """ "thứ Sáu 17/10/2025"."""
    return f"{weekday_vi(day)} {day:%d/%m/%Y}"
