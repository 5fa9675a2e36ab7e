"""What changed between two versions of a report, word by word. Pure: content in, safe HTML out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from reporting import narrative
from reporting.models import Submission
from reporting.quantities import format_amount

_TOKEN = re.compile(r"\n+|[^\S\n]+|[^\s]+")
MOST_TOKENS = 6_000
"""Above this two texts are compared line by line: words would take too long."""
CONTEXT = 24
"""Unchanged words kept around a change in a shortened diff."""


@dataclass(frozen=True)
class FigureChange:
    name: str
    unit: str
    before: str
    after: str


@dataclass(frozen=True)
class SectionChange:
    """One section in both versions; `diff` has <ins> and <del>, and is empty when the text is the same."""

    number: str
    title: str
    changed: bool
    status_before: str
    status_after: str
    reason_before: str
    reason_after: str
    diff: SafeString
    figures: tuple[FigureChange, ...]


def changes_since(before: Submission, after: Submission) -> list[SectionChange]:
    """Section by section, what `after` says otherwise than `before`, in the order of `after`."""
    return section_changes(json.loads(before.content)["sections"], json.loads(after.content)["sections"])


def section_changes(
    before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> list[SectionChange]:
    """The same on the `sections` of two contents, one of which may be a draft."""
    old = {row["number"]: row for row in before}
    return [_section_change(old.get(row["number"], {}), row) for row in after]


def _section_change(old: Mapping[str, Any], new: Mapping[str, Any]) -> SectionChange:
    old_text, new_text = (narrative.to_text(row.get("html", "")) for row in (old, new))
    figures = tuple(_figure_changes(old.get("figures", []), new["figures"]))
    status = (old.get("status", "not_started"), new["status"])
    reasons = (old.get("reason", ""), new["reason"])
    # Bold or a table grid may change while the words stay; that is a change without a diff of words.
    same = (
        old.get("html", "") == new["html"]
        and not figures
        and status[0] == status[1]
        and reasons[0] == reasons[1]
    )
    return SectionChange(
        number=new["number"],
        title=new["title"],
        changed=not same,
        status_before=status[0],
        status_after=status[1],
        reason_before=reasons[0],
        reason_after=reasons[1],
        diff=word_diff(old_text, new_text, context=CONTEXT) if old_text != new_text else SafeString(""),
        figures=figures,
    )


def _figure_changes(
    before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> list[FigureChange]:
    old, new = ({row["code"]: row for row in rows} for rows in (before, after))
    found = []
    for code in dict.fromkeys([*new, *old]):
        values = [_shown(rows.get(code)) for rows in (old, new)]
        if values[0] != values[1]:
            row = new.get(code) or old[code]
            found.append(FigureChange(row["name"], row["unit"], *values))
    return found


def _shown(row: Mapping[str, Any] | None) -> str:
    return format_amount(row["amount"], row["decimals"]) if row else ""


def word_diff(before: str, after: str, *, context: int | None = None) -> SafeString:
    """`after` with what was added in <ins> and what was dropped in <del>; line breaks become <br>.

    With `context`, long unchanged runs are shortened to that many words at either end.
    """
    return _joined(before, after, context, show=("del", "ins"))


def word_sides(before: str, after: str) -> tuple[SafeString, SafeString]:
    """Both texts whole, each with the words that only it has marked: <del> in the first, <ins> in the second."""
    return _joined(before, after, None, show=("del", "")), _joined(before, after, None, show=("", "ins"))


def _joined(before: str, after: str, context: int | None, *, show: tuple[str, str]) -> SafeString:
    old, new = _tokens(before, after)
    pieces: list[str] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    steps = matcher.get_opcodes()
    for index, (kind, i1, i2, j1, j2) in enumerate(steps):
        if kind == "equal":
            pieces.append(_same(new[j1:j2], context, first=index == 0, last=index == len(steps) - 1))
            continue
        if show[0]:
            pieces.append(_marked(show[0], old[i1:i2]))
        if show[1]:
            pieces.append(_marked(show[1], new[j1:j2]))
    return mark_safe("".join(pieces))  # noqa: S308  (every token was escaped)


def _tokens(before: str, after: str) -> tuple[list[str], list[str]]:
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if len(old) + len(new) > MOST_TOKENS:
        return before.splitlines(keepends=True), after.splitlines(keepends=True)
    return old, new


def _marked(element: str, tokens: Sequence[str]) -> str:
    text = _html(tokens)
    return f"<{element}>{text}</{element}>" if text else ""


def _same(tokens: Sequence[str], context: int | None, *, first: bool, last: bool) -> str:
    """Unchanged tokens; each word has a blank after it, hence twice the number of words."""
    if context is None or len(tokens) <= 4 * context:
        return _html(tokens)
    head = "" if first else _html(tokens[: 2 * context])
    tail = "" if last else _html(tokens[-2 * context :])
    return f"{head} … {tail}"


def _html(tokens: Sequence[str]) -> str:
    return re.sub(r"\n+", "<br>", escape("".join(tokens), quote=False))
