"""Deadlines read from text: the printed date, how it bounds, its time and its repetition."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time

from directives.addressees import GROUP
from directives.boundaries import (
    BOUNDARY_LABELS,
    ZONE,
    Boundary,
    due_at,
    format_phrase,
    last_day,
    last_working_day,
)
from directives.codes import LOOKALIKES
from directives.dates import printed_date
from directives.deadline_periods import Phrase
from directives.deadline_phrases import phrases_in
from units.text import align

__all__ = [
    "BOUNDARY_LABELS", "NO_DEADLINE", "ZONE", "Boundary", "Deadline", "due_at", "find_deadlines", "format_phrase",
    "last_day", "last_working_day", "printed_date", "read_deadline",
]  # fmt: skip


@dataclass(frozen=True)
class Deadline:
    """A deadline as read from a text."""

    due: date | None
    """The printed date; None where the deadline recurs or has no date."""
    boundary: Boundary
    time: time | None
    """The printed clock time: of `by_time`, or of every occurrence of a recurring one."""
    recurrence: str | None
    """Rules joined by ";": daily, weekly:thu, monthly:25, monthly:last, quarterly:last-month:25,
    quarterly:next-month:05, yearly:06-15."""
    span: tuple[int, int] | None
    """Where the phrase stands in the text passed in, half-open; None where there is no phrase."""
    inferred_year: bool = False
    """The year is not printed beside the date but follows from the date of the paper."""


NO_DEADLINE = Deadline(None, Boundary.NONE, None, None, None)


# Side by side in one breath: the next item of a list or another group's clause is a deadline of its own.
_NEAR = 120
_ITEM = re.compile(r"\n\s*(?:[-+•*]|[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}[.)]?|[a-zđ]\))\s")


def _is_one_duty(between: str) -> bool:
    return len(between) <= _NEAR and not _ITEM.search(between) and not GROUP.search(between)


def _joined(text: str, phrases: list[Phrase]) -> list[Phrase]:
    """Make one phrase of repeating rules that stand side by side ("6 tháng (…), năm (…)")."""
    joined: list[Phrase] = []
    for phrase in phrases:
        last = joined[-1] if joined else None
        apart = last and last.at and phrase.at and last.at != phrase.at
        if last and last.rules and phrase.rules and not apart and _is_one_duty(text[last.end : phrase.start]):
            rules = tuple(dict.fromkeys(last.rules + phrase.rules))
            joined[-1] = Phrase(last.start, phrase.end, Boundary.RECURRING, None, last.at or phrase.at, rules)
        else:
            joined.append(phrase)
    return joined


_SOONER = re.compile(r"[\s,(]*(?:và\s+)?", re.IGNORECASE)


def _sooner(text: str, phrases: list[Phrase]) -> list[Phrase]:
    """Leave out a period that the next words narrow: "trong quý II, chậm nhất ngày 15/6/2026"."""
    kept: list[Phrase] = []
    for phrase in phrases:
        last = kept[-1] if kept else None
        narrows = (
            last
            and last.due
            and phrase.due
            and phrase.due <= last.due
            and last.boundary is Boundary.ON_OR_BEFORE
        )
        if last and narrows and _SOONER.fullmatch(text, last.end, phrase.start):
            kept.pop()
        kept.append(phrase)
    return kept


def find_deadlines(text: str, document_date: date | None = None) -> list[Deadline]:
    """Return every deadline of a text in order; phrases without a date are not among them. Never raises.

    `document_date` is the date of the paper: it supplies missing years and tells which dates are over. A
    date without a year is left out where it is unknown.
    """
    aligned = align(text, LOOKALIKES)
    phrases = _sooner(aligned.text, _joined(aligned.text, list(phrases_in(aligned.text, document_date))))
    if any(not phrase.doubtful for phrase in phrases):
        phrases = [phrase for phrase in phrases if not phrase.doubtful]
    return [
        Deadline(
            due=phrase.due,
            boundary=phrase.boundary,
            time=phrase.at,
            recurrence=";".join(phrase.rules) or None,
            span=aligned.span(phrase.start, phrase.end),
            inferred_year=phrase.inferred_year,
        )
        for phrase in phrases
    ]


def read_deadline(text: str, document_date: date | None = None) -> Deadline:
    """Return the deadline a fragment states, the first of them; `NO_DEADLINE` where it states none.

    Vague phrases, data cut-offs, dates of cited papers and deadlines that are over state none.
    """
    found = find_deadlines(text, document_date)
    return found[0] if found else NO_DEADLINE
