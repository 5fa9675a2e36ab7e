"""The way of an office's paper from draft to issue, told by a table: what the report and a letter share.

State changes by compare-and-set against the table, each with a row in the paper's ledger (`paper.events`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils import timezone

from reporting.lifecycle import Refused, StaleState, who_came_first
from reporting.models import Report, UrgingLetter
from units.access import standing
from units.models import User
from units.text import nfc

Paper = Report | UrgingLetter


@dataclass(frozen=True)
class Available:
    """An action the person may take now."""

    action: Any
    label: str


@dataclass(frozen=True)
class Way:
    """One kind of paper: what it is called, its table (state, action) → (state, roles at the office), its words."""

    noun: str
    table: Mapping[tuple[Any, Any], tuple[Any, frozenset[str]]]
    states: type[StrEnum]
    labels: Mapping[str, str]
    action_labels: Mapping[str, str]

    def available(self, paper: Paper, user: User, now: datetime) -> list[Available]:
        """What `user` may do with the paper in its state; buttons and views ask this."""
        who = standing(user, timezone.localdate(now))
        return [
            Available(action, self.action_labels[action])
            for (state, action), (_, roles) in self.table.items()
            if state == paper.state and who.has(paper.round.owner_id, *roles)
        ]

    def check(self, paper: Paper, action: str, *, actor: User, now: datetime) -> Any:
        """The state `action` leads to; raises `Refused` or `StaleState` when table or roles forbid it."""
        rule = self.table.get((self.states(paper.state), action))
        if rule is None:
            raise self.stale(paper, action)
        to, roles = rule
        if not standing(actor, timezone.localdate(now)).has(paper.round.owner_id, *roles):
            raise Refused(f"Bạn không có quyền “{self.action_labels[action]}” với {self.noun} này.")
        return to

    def stale(self, paper: Paper, action: str) -> StaleState:
        """Says who came first and where the paper stands."""
        rows: Any = type(paper).objects  # type: ignore[attr-defined]  # the plugin knows it of each model only
        state = self.labels[rows.values_list("state", flat=True).get(pk=paper.pk)].lower()
        last = paper.events.select_related("actor").last()
        who = f"{who_came_first(last)}: " if last else ""
        return StaleState(
            f"{who}{self.noun} hiện {state}, không thể “{self.action_labels[action]}”. Hãy tải lại trang."
        )

    def move(
        self, paper: Paper, action: str, *, actor: User, now: datetime, note: str = "", **facts: object
    ) -> None:
        """Change state by compare-and-set and write the event; call in one transaction with what hangs on it."""
        to = self.check(paper, action, actor=actor, now=now)
        seen = paper.state
        rows: Any = type(paper).objects  # type: ignore[attr-defined]
        with transaction.atomic():
            if not rows.filter(pk=paper.pk, state=seen).update(state=to, **facts):
                raise self.stale(paper, action)
            paper.events.create(
                action=action, from_state=seen, to_state=to, actor=actor, at=now, note=nfc(note).strip()
            )
        paper.state = to
        for name, value in facts.items():
            setattr(paper, name, value)

    def refuse_number(self, paper: Paper, number: int, issued_on: date, now: datetime) -> None:
        """Raise `Refused` for a number or day of issue that cannot be, or that another paper has."""
        if number < 1:
            raise Refused("Số văn bản phải từ 1.")
        if paper.signed_on and issued_on < paper.signed_on:
            raise Refused(f"Ngày ban hành không thể trước ngày ký ({paper.signed_on:%d/%m/%Y}).")
        if issued_on > timezone.localdate(now):
            raise Refused("Ngày ban hành ở sau hôm nay. Hãy xem lại ngày.")
        rows: Any = type(paper).objects  # type: ignore[attr-defined]
        taken = rows.filter(issue_number=number, symbol=paper.symbol, issued_on__year=issued_on.year)
        if taken.exclude(pk=paper.pk).exists():
            raise Refused(
                f"Số {number}/{paper.symbol} năm {issued_on.year} đã cấp cho {self.noun} khác. Hãy dùng số khác."
            )


def refuse_signature(name: str, signed_on: date, cleared_at: datetime | None, now: datetime) -> None:
    """Raise `Refused` when nobody is named, or the day of signature cannot be."""
    if not name:
        raise Refused("Hãy ghi họ và tên người ký.")
    if signed_on > timezone.localdate(now):
        raise Refused("Ngày ký ở sau hôm nay. Hãy xem lại ngày.")
    cleared_on = timezone.localdate(cleared_at) if cleared_at else None
    if cleared_on and signed_on < cleared_on:
        raise Refused(f"Ngày ký không thể trước ngày trình ký ({cleared_on:%d/%m/%Y}).")
