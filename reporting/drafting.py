"""Writing a draft: a section's text and figures, saved without ever overwriting a colleague's work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from reporting import narrative
from reporting.lifecycle import Refused, transition
from reporting.models import Answer, Assignment, Figure, Indicator, Section, WarningReason
from reporting.states import EDITABLE, FINISHED, Action, AnswerStatus, RoundState, State
from units.access import standing
from units.models import Role, User
from units.text import nfc


class SecretMark(Refused):
    """The text carries a secrecy mark; nothing of it was stored."""


@dataclass
class Conflict(Exception):  # noqa: N818
    """A colleague saved the section after the version this person started from; both texts are kept apart."""

    answer: Answer

    def __str__(self) -> str:
        return f"{self.answer.updated_by} vừa sửa cùng mục này. Chưa có gì bị ghi đè."


def refuse_secret(text: str) -> None:
    """Raise `SecretMark` when the text is marked as a state secret (Luật Bảo vệ bí mật nhà nước)."""
    mark = narrative.has_secret_mark(text)
    if mark:
        raise SecretMark(
            f"Văn bản mang dấu {mark}. Bí mật nhà nước không được đưa lên cổng; nội dung chưa được lưu. "
            "Hãy gửi bằng đường văn bản mật theo quy định."
        )


def save_section(
    assignment: Assignment,
    section: Section,
    *,
    html: str,
    status: AnswerStatus,
    reason: str = "",
    amounts: Mapping[Indicator, int | None],
    seen_version: int,
    actor: User,
    now: datetime,
) -> Answer:
    """Store the section as `actor` left it and return the answer with its new version.

    `seen_version` is the version the form was filled from (0 for a section nobody wrote). Raises `Conflict`
    when it is no longer the newest, `SecretMark`, `narrative.NarrativeTooLong`, or `Refused` when the report
    is not open for editing.
    """
    refuse_secret(narrative.to_text(html))
    refuse_secret(reason)
    text = narrative.clean(html)
    with transaction.atomic():
        _start(assignment, actor=actor, now=now)
        answer = _compare_and_set(
            assignment,
            section,
            seen_version,
            status=status,
            narrative=text,
            reason=nfc(reason).strip()[:300],
            updated_by=actor,
            updated_at=now,
        )
        _store_amounts(assignment, amounts)
        refresh_progress(assignment, now=now)
    return answer


def require_editable(assignment: Assignment, *, actor: User, now: datetime) -> None:
    """Raise `Refused` unless `actor` writes for the unit and the report is open for editing.

    Call inside a transaction: the row is touched under the condition that it is still editable, so that
    nothing is written into a report that a colleague hands over at the same moment.
    """
    if not standing(actor, timezone.localdate(now)).has(assignment.unit_id, Role.REPORTER, Role.APPROVER):
        raise Refused("Bạn không soạn báo cáo của đơn vị này.")
    if assignment.round.state != RoundState.OPEN:
        raise Refused("Đợt báo cáo không còn mở nên không sửa được nữa.")
    if not Assignment.objects.filter(pk=assignment.pk, state__in=EDITABLE).update(touched_at=now):
        raise Refused(
            "Báo cáo đã trình duyệt hoặc đã nộp nên không sửa được. "
            "Lãnh đạo đơn vị có thể chuyển lại người soạn trước khi nộp."
        )


def _start(assignment: Assignment, *, actor: User, now: datetime) -> None:
    require_editable(assignment, actor=actor, now=now)
    assignment.refresh_from_db(fields=["state"])  # a colleague may have started it since the page was made
    if assignment.state == State.NOT_STARTED:
        transition(assignment, Action.START, actor=actor, now=now)


def _compare_and_set(assignment: Assignment, section: Section, seen_version: int, **values: object) -> Answer:
    mine = Answer.objects.filter(assignment=assignment, section=section)
    if seen_version == 0:
        try:
            with transaction.atomic():
                return Answer.objects.create(assignment=assignment, section=section, version=1, **values)
        except IntegrityError:
            raise Conflict(mine.select_related("updated_by").get()) from None
    won = mine.filter(version=seen_version).update(version=seen_version + 1, **values)
    answer = mine.select_related("updated_by").first()
    if answer is None:
        raise Refused("Mục này chưa có bản nào được lưu. Hãy tải lại trang rồi lưu lại.")
    if not won:
        raise Conflict(answer)
    return answer


def _store_amounts(assignment: Assignment, amounts: Mapping[Indicator, int | None]) -> None:
    if not amounts:
        return
    figures = Figure.objects.filter(assignment=assignment, indicator__in=amounts)
    stored = dict(figures.values_list("indicator_id", "amount"))
    empty = [indicator for indicator, amount in amounts.items() if amount is None]
    if empty:
        figures.filter(indicator__in=empty).delete()
    for indicator, amount in amounts.items():
        if amount is not None and stored.get(indicator.pk, amount) != amount:
            figures.filter(indicator=indicator).update(amount=amount)
    # Nobody else writes a figure between: `_start` holds the assignment's row.
    Figure.objects.bulk_create(
        Figure(assignment=assignment, indicator=indicator, amount=amount)
        for indicator, amount in amounts.items()
        if amount is not None and indicator.pk not in stored
    )


def refresh_progress(assignment: Assignment, *, now: datetime) -> None:
    """Keep the roll-up column `sections_done` in the transaction of the save."""
    done = Answer.objects.filter(assignment=assignment, status__in=FINISHED).count()
    Assignment.objects.filter(pk=assignment.pk).update(sections_done=done, touched_at=now)
    assignment.sections_done = done
    assignment.touched_at = now


def give_reasons(assignment: Assignment, reasons: Mapping[str, str], *, actor: User, now: datetime) -> None:
    """Keep the reasons given for warnings; a blank reason is taken away. Raises `Refused`, `SecretMark`."""
    for reason in reasons.values():
        refuse_secret(reason)
    with transaction.atomic():
        require_editable(assignment, actor=actor, now=now)
        for code, reason in reasons.items():
            text = nfc(reason).strip()[:400]
            if text:
                WarningReason.objects.update_or_create(
                    assignment=assignment, check_code=code[:80], defaults={"reason": text}
                )
            else:
                WarningReason.objects.filter(assignment=assignment, check_code=code).delete()
