"""Sending a report: an immutable record of exactly what was sent, with a receipt."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from reporting import narrative
from reporting.checks import Draft, read_draft
from reporting.lifecycle import TRANSITIONS, StaleState, principal_of, transition
from reporting.models import (
    Assignment,
    Comment,
    Deadline,
    Indicator,
    Passage,
    Section,
    Submission,
    SubmittedFigure,
)
from reporting.states import Action, AnswerStatus, State
from units.access import standing
from units.models import User
from units.text import fold, nfc

FORMAT = 3
"""Of the stored content; older ones stay readable. 1 had no `path` in its sections: the headings above each;
1 and 2 had no `extension`.
"""


def request_approval(assignment: Assignment, *, actor: User, now: datetime, note: str = "") -> None:
    """Hand the draft to the unit's approver. Raises `Refused` while something blocks it."""
    transition(assignment, Action.REQUEST_APPROVAL, actor=actor, now=now, note=note)


def send_back(assignment: Assignment, *, actor: User, now: datetime, note: str) -> None:
    """The approver hands the draft back to its writers with a note."""
    transition(assignment, Action.SEND_BACK, actor=actor, now=now, note=note)


def handed_over(assignment: Assignment) -> int | None:
    """The event by which the draft was last handed to the approver; None before the first time."""
    events = assignment.events.filter(action=Action.REQUEST_APPROVAL)
    return events.order_by("-at", "-id").values_list("pk", flat=True).first()


def submit(assignment: Assignment, *, actor: User, now: datetime, seen: int | None = None) -> Submission:
    """Approve and send. Raises `Refused` or `StaleState`; nothing is stored then.

    `seen` is what `handed_over` said when the approver read the draft: one that went back, was changed and
    handed over again since is not sent unread.
    """
    with transaction.atomic():
        transition(
            assignment,
            Action.SUBMIT,
            actor=actor,
            now=now,
            first_submitted_at=assignment.first_submitted_at or now,
            last_submitted_at=now,
        )
        if seen is not None and seen != handed_over(assignment):
            raise StaleState(
                "Báo cáo đã được sửa và trình lại sau khi bạn mở trang nên chưa được nộp. "
                "Hãy đọc lại bản mới rồi duyệt."
            )
        # Read only now: the transition holds the row, so nothing can be written into the draft any more.
        draft = read_draft(assignment)
        submission = _record(assignment, draft, actor=actor, now=now)
        _split(submission, draft)
    return submission


def _record(assignment: Assignment, draft: Draft, *, actor: User, now: datetime) -> Submission:
    number = assignment.submissions.count() + 1
    rule = TRANSITIONS[State.AWAITING_APPROVAL, Action.SUBMIT]
    principal, authority = principal_of(assignment, rule, standing(actor, timezone.localdate(now)))
    content = canonical_json(
        _content(assignment, draft, number=number, actor=actor, principal=principal, now=now)
    )
    return Submission.objects.create(
        assignment=assignment,
        number=number,
        code=receipt_code(assignment, number),
        content=content,
        sha256=hashlib.sha256(content.encode()).hexdigest(),
        unit_name=assignment.unit_name,
        group_name=assignment.group.name,
        submitted_by=actor,
        on_behalf_of=principal,
        authority=authority,
        submitted_at=now,
    )


def receipt_code(assignment: Assignment, number: int) -> str:
    """ "KG25-0612-1": year of the round, the assignment, which submission of it."""
    return f"KG{assignment.round.year % 100:02d}-{assignment.pk:04d}-{number}"


def canonical_json(content: dict[str, Any]) -> str:
    """The text that is hashed: sorted keys, no spaces, NFC, no floats."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return nfc(text)


def is_intact(submission: Submission) -> bool:
    """Whether the stored text still has the hash that the receipt states."""
    return hashlib.sha256(submission.content.encode()).hexdigest() == submission.sha256


def _content(
    assignment: Assignment,
    draft: Draft,
    *,
    number: int,
    actor: User,
    principal: User | None,
    now: datetime,
) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "round": {
            "code": assignment.round.code,
            "name": assignment.round.name,
            "year": assignment.round.year,
        },
        "unit": {"code": assignment.unit.code, "name": assignment.unit_name, "group": assignment.group.name},
        "number": number,
        "submitted_at": timezone.localtime(now).isoformat(timespec="seconds"),
        "submitted_by": actor.full_name,
        "on_behalf_of": principal.full_name if principal else None,
        "deadline": _date_content(assignment.deadline),
        "extension": _extension_content(assignment),
        "sections": [
            {**section_content(draft, section), "path": headings_above(section)} for section in draft.sections
        ],
        "warnings": [{"check": code, "reason": reason} for code, reason in sorted(draft.reasons.items())],
        "attachments": [
            {"name": row.name, "sha256": row.sha256, "size": row.size}
            for row in assignment.attachments.filter(removed_at=None)
        ],
        "replies": [
            {"section": comment.section.number, "comment": comment.text, "reply": comment.reply}
            for comment in Comment.objects.filter(submission__assignment=assignment)
            .exclude(reply="")
            .select_related("section")
        ],
    }


def _date_content(deadline: Deadline) -> dict[str, Any]:
    return {
        "phrase": deadline.phrase,
        "due_at": timezone.localtime(deadline.due_at).isoformat(timespec="seconds"),
    }


def _extension_content(assignment: Assignment) -> dict[str, Any] | None:
    """The extension that gives more time than the group's date; None without one."""
    extension = assignment.extension
    if extension is None or extension.deadline.due_at <= assignment.deadline.due_at:
        return None
    return {
        **_date_content(extension.deadline),
        "counts_on_time": extension.counts_on_time,
        "decision_number": extension.decision_number,
    }


def headings_above(section: Section) -> list[dict[str, str]]:
    """Number and title of every heading of the outline above the section, the outermost first."""
    path: list[dict[str, str]] = []
    above = section.parent
    while above is not None:
        path.insert(0, {"number": above.number, "title": above.title})
        above = above.parent
    return path


def section_content(draft: Draft, section: Any) -> dict[str, Any]:
    """One section as it would be sent now: its number, status and reason, its text, its figures."""
    answer = draft.answers.get(section.pk)
    spoken = answer is not None and answer.status == AnswerStatus.DONE
    return {
        "number": section.number,
        "title": section.title,
        "status": draft.status(section),
        "reason": answer.reason if answer else "",
        "html": narrative.clean(answer.narrative) if answer and spoken else "",
        "figures": [
            {
                "code": indicator.code,
                "name": indicator.name,
                "unit": indicator.unit_label,
                "amount": draft.amounts[indicator.pk],
                "decimals": indicator.decimals,
            }
            for indicator in _figures_sent(draft, section)
        ],
    }


def _figures_sent(draft: Draft, section: Any) -> list[Indicator]:
    if draft.status(section) in (AnswerStatus.NIL, AnswerStatus.NOT_APPLICABLE):
        return []
    return [row for row in draft.indicators.get(section.pk, []) if row.pk in draft.amounts]


def _split(submission: Submission, draft: Draft) -> None:
    """Passages and figures as rows, for the bench and the roll-up."""
    passages: list[Passage] = []
    figures: list[SubmittedFigure] = []
    for section in draft.sections:
        figures += [
            SubmittedFigure(submission=submission, indicator=indicator, amount=draft.amounts[indicator.pk])
            for indicator in _figures_sent(draft, section)
        ]
        answer = draft.answers.get(section.pk)
        if answer is None or answer.status != AnswerStatus.DONE:
            continue
        for position, part in enumerate(narrative.paragraphs(answer.narrative), start=1):
            passages.append(
                Passage(
                    submission=submission,
                    section=section,
                    position=position,
                    html=part.html,
                    text=part.text,
                    sha256=hashlib.sha256(part.text.encode()).hexdigest(),
                    search_text=fold(part.text),
                )
            )
    Passage.objects.bulk_create(passages)
    SubmittedFigure.objects.bulk_create(figures)
