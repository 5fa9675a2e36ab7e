"""The ladder of each date of a round, by the round's own rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from reporting import ladder
from reporting.ladder import Rung, Step
from reporting.models import Deadline, ReminderRule
from units.workdays import WorkingCalendar


class Ladders:
    """The steps of dates and of things that wait, by the rules of their rounds, each counted once."""

    def __init__(self, calendar: WorkingCalendar, rules: Iterable[ReminderRule]) -> None:
        self._calendar = calendar
        self._rungs: dict[tuple[int, str], list[Rung]] = defaultdict(list)
        for rule in rules:
            if rule.is_on:
                self._rungs[rule.round_id, rule.kind].append(rule.rung)
        self._steps: dict[object, list[Step]] = {}

    @classmethod
    def load(cls, calendar: WorkingCalendar, rounds: Iterable[int]) -> Ladders:
        """With every version of the rules of these rounds (their numbers): one query."""
        return cls(calendar, ReminderRule.objects.filter(round_id__in=set(rounds)))

    def of(self, deadline: Deadline) -> list[Step]:
        """The steps of a date, those of rules that have ended since among them."""
        if deadline.pk not in self._steps:
            rungs = self._rungs[deadline.round_id, ladder.date_kind(deadline.purpose)]
            self._steps[deadline.pk] = ladder.steps(
                deadline.printed_date, deadline.due_at, self._calendar, rungs
            )
        return self._steps[deadline.pk]

    def of_wait(self, round_id: int, kind: str, since: datetime) -> list[Step]:
        """The steps of a report that waits since then, for the office or for its approver."""
        key = (round_id, kind, since)
        if key not in self._steps:
            self._steps[key] = ladder.waiting_steps(since, self._calendar, self._rungs[round_id, kind])
        return self._steps[key]
