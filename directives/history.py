"""The history of a paper in the register: who changed what and when, told from the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from directives.models import Directive, DirectiveEvent, RelationKind, StatusChange
from units.models import User


def _label(field: str) -> str:
    """What the history calls a column."""
    if field == "is_draft":
        return "tình trạng"
    model = StatusChange if field == "since" else Directive
    return str(model._meta.get_field(field).verbose_name)  # type: ignore[union-attr]


@dataclass(frozen=True)
class FieldChange:
    """One field put right; an empty value stood empty."""

    label: str
    was: str
    became: str


@dataclass(frozen=True)
class HistoryLine:
    """One change. `papers` are the other papers it names, `words` what it was about, `sha256` a file's hash."""

    at: datetime
    actor: User | None
    label: str
    words: str = ""
    papers: Sequence[Directive] = ()
    changes: Sequence[FieldChange] = ()
    sha256: str = ""


def history(paper: Directive) -> list[HistoryLine]:
    """Every change of a paper, newest first: what was noted of its validity and everything else; two queries."""
    of_paper = DirectiveEvent.objects.filter(Q(directive=paper) | Q(other=paper))
    events = list(of_paper.select_related("directive", "other", "actor"))
    told = [_told(event, paper) for event in events]
    registered = {event.at for event in events if event.what == DirectiveEvent.What.REGISTERED}
    told += [
        _noted(change)
        for change in paper.status_changes.select_related("by", "noted_by")
        if change.noted_at not in registered
    ]
    return sorted(told, key=lambda line: line.at)[::-1]


def _noted(change: StatusChange) -> HistoryLine:
    since = f" từ {change.since:%d/%m/%Y}" if change.since else ""
    words = f"{change.get_status_display().lower()}{since}"
    papers = (change.by,) if change.by else ()
    return HistoryLine(
        change.noted_at, change.noted_by, "Ghi hiệu lực", words + (", theo" if papers else ""), papers
    )


def _told(event: DirectiveEvent, paper: Directive) -> HistoryLine:
    words, papers = _about(event, paper)
    changes = [
        FieldChange(_label(row["field"]), row["was"], row["became"])
        for row in event.details.get("changes", ())
    ]
    sha256 = event.details.get("sha256", "")
    return HistoryLine(event.at, event.actor, event.get_what_display(), words, papers, changes, sha256)


def _about(event: DirectiveEvent, paper: Directive) -> tuple[str, Sequence[Directive]]:
    details: Mapping[str, Any] = event.details
    what = DirectiveEvent.What
    if event.what in (what.RELATED, what.UNRELATED) and event.other is not None:
        return _relation(event, paper, RelationKind(details["kind"]))
    if event.what in (what.REQUIREMENT_ADDED, what.REQUIREMENT_REMOVED):
        phrase = f" ({details['phrase']})" if details.get("phrase") else ""
        return f"{details['addressee']}: {details['text']}{phrase}", ()
    if event.what in (what.FILE_ADDED, what.FILE_REMOVED):
        return str(details["name"]), ()
    if event.what in (what.STATUS_DATED, what.STATUS_WITHDRAWN):
        return _status(details), ()
    return str(details.get("source", "")), ()


def _relation(event: DirectiveEvent, paper: Directive, kind: RelationKind) -> tuple[str, Sequence[Directive]]:
    if event.directive_id == paper.pk:
        return f"văn bản này {kind.label}", (event.other,) if event.other else ()
    return f"{kind.label} văn bản này:", (event.directive,)


def _status(details: Mapping[str, Any]) -> str:
    said = Directive.Status(details["status"]).label.lower()
    since = f" từ {details['since']}" if details.get("since") else ""
    by = f", theo {details['by']}" if details.get("by") else ""
    return f"{said}{since}{by}"
