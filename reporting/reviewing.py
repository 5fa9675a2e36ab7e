"""The office reads: accepts, or returns with comments and a date; the unit answers and resubmits."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from reporting.announcing import announce
from reporting.deadlines import DateToKeep, own_deadline
from reporting.drafting import refuse_secret
from reporting.extension_requests import settle_by
from reporting.lapsing import lapse_of
from reporting.lifecycle import Refused, StaleState, require_office, transition
from reporting.models import (
    Assignment,
    Comment,
    Deadline,
    Event,
    Extension,
    Passage,
    RoundEvent,
    Section,
    Submission,
)
from reporting.states import EDITABLE, WITH_UNIT, Action, State
from reporting.timeliness import kept_deadline
from units.access import standing
from units.models import Role, User
from units.text import nfc


def latest_submission(assignment: Assignment, *, seen: int | None = None) -> Submission:
    """The newest submission; raises `Refused` when nothing was sent.

    With `seen`, the number of the submission somebody has read, raises `StaleState` when a newer one came.
    """
    found = assignment.submissions.order_by("-number").first()
    if found is None:
        raise Refused("Đơn vị chưa nộp báo cáo.")
    if seen is not None and seen != found.number:
        raise StaleState(
            f"Đơn vị đã nộp lại (lần {found.number}) sau khi bạn mở trang. Việc của bạn chưa được ghi; "
            "hãy đọc bản mới rồi quyết định."
        )
    return found


def accept(
    assignment: Assignment, *, actor: User, now: datetime, note: str = "", seen: int | None = None
) -> None:
    """Accept the newest submission, which must be number `seen`; from now on it feeds the ministry's report."""
    newest = latest_submission(assignment, seen=seen)
    transition(
        assignment,
        Action.ACCEPT,
        actor=actor,
        now=now,
        note=note,
        accepted_at=now,
        accepted_submission=newest,
    )


def reopen(assignment: Assignment, *, actor: User, now: datetime, note: str) -> None:
    """Take an acceptance back, so that the report can be looked at again."""
    transition(
        assignment, Action.REOPEN, actor=actor, now=now, note=note, accepted_at=None, accepted_submission=None
    )


def add_comment(
    submission: Submission,
    section: Section,
    *,
    text: str,
    actor: User,
    now: datetime,
    passage: Passage | None = None,
    quote: str = "",
    needs_answer: bool = True,
) -> Comment:
    """Put a remark on a place of the report; the unit sees it when the report is returned."""
    require_office(submission.assignment.round, actor, now, Role.REVIEWER, Role.LEAD)
    words = nfc(text).strip()
    if not words:
        raise Refused("Hãy ghi ý kiến.")
    refuse_secret(words)
    with transaction.atomic():
        # Touching the row on this condition keeps a return from passing by a remark that is being written.
        waiting = Assignment.objects.filter(pk=submission.assignment_id, state=State.SUBMITTED)
        if not waiting.update(touched_at=now):
            raise Refused("Báo cáo này không ở trạng thái chờ xem nên không thêm ý kiến được.")
        return Comment.objects.create(
            submission=submission,
            section=section,
            passage=passage,
            quote=nfc(quote).strip()[:400],
            text=words,
            needs_answer=needs_answer,
            author=actor,
            created_at=now,
        )


def remove_comment(comment: Comment, *, actor: User, now: datetime) -> None:
    """Take back a remark that the unit has not seen yet."""
    require_office(comment.submission.assignment.round, actor, now, Role.REVIEWER, Role.LEAD)
    removed, _ = Comment.objects.filter(pk=comment.pk, sent_at=None).delete()
    if not removed:
        raise Refused("Ý kiến đã gửi cho đơn vị nên không bỏ được.")


def return_to_unit(
    assignment: Assignment,
    *,
    until: DateToKeep,
    note: str,
    actor: User,
    now: datetime,
    seen: int | None = None,
) -> Deadline:
    """Return the report with its comments; the date is a deadline version of its own.

    Raises `Refused` when the date is past or nothing says what to supply, `StaleState` when the newest
    submission is not number `seen`.
    """
    if until.due_at <= now:
        raise Refused("Ngày bổ sung đã qua. Hãy chọn một ngày sau hôm nay.")
    refuse_secret(note)
    newest = latest_submission(assignment, seen=seen)
    with transaction.atomic():
        deadline = own_deadline(assignment, Deadline.Purpose.RETURN, until, actor=actor, now=now)
        transition(assignment, Action.RETURN, actor=actor, now=now, note=note, return_deadline=deadline)
        Comment.objects.filter(submission=newest, sent_at=None).update(sent_at=now)
    return deadline


def move_return_date(
    assignment: Assignment,
    *,
    until: DateToKeep,
    reason: str,
    actor: User,
    now: datetime,
    seen: int | None = None,
    request: int | None = None,
) -> Deadline:
    """Give a returned report another date, earlier or later: a new version, with the reason in its event.

    How the first submission is judged stays. A request for more time that waits is answered by it. Raises
    `Refused` for a date that is past or the same, and `StaleState` when the date in force is not version
    `seen` any more or the request with key `request` does not wait any more.
    """
    if until.due_at <= now:
        raise Refused("Hạn bổ sung mới đã qua. Hãy chọn một ngày sau hôm nay.")
    refuse_secret(reason)
    with transaction.atomic():
        deadline = own_deadline(assignment, Deadline.Purpose.RETURN, until, actor=actor, now=now)
        if seen is not None and deadline.version != seen + 1:
            raise StaleState("Người khác vừa đổi hạn bổ sung. Việc của bạn chưa được ghi; hãy tải lại trang.")
        gives_time = deadline.due_at > kept_deadline(assignment).due_at
        transition(assignment, Action.MOVE_DATE, actor=actor, now=now, note=reason, return_deadline=deadline)
        before = assignment.own_deadlines.filter(purpose=deadline.purpose, version=deadline.version - 1)
        if before.filter(due_at=deadline.due_at).exists():
            raise Refused("Hạn bổ sung đã đúng là ngày này. Hãy chọn ngày khác.")
        if gives_time:
            settle_by(assignment, deadline, answer=reason, actor=actor, now=now, seen=request)
        elif request is not None:
            raise Refused("Đơn vị xin thêm thời gian: hạn bổ sung mới phải sau hạn đang có.")
    return deadline


def reply(comment: Comment, *, text: str, actor: User, now: datetime) -> None:
    """The unit's answer to a comment; it goes with the resubmission."""
    unit_id = comment.submission.assignment.unit_id
    if not standing(actor, timezone.localdate(now)).has(unit_id, Role.REPORTER, Role.APPROVER):
        raise Refused("Chỉ người của đơn vị trả lời được ý kiến.")
    words = nfc(text).strip()
    if not words:
        raise Refused("Hãy ghi câu trả lời.")
    refuse_secret(words)
    answerable = Comment.objects.filter(
        pk=comment.pk, sent_at__isnull=False, submission__assignment__state__in=EDITABLE
    )
    if not answerable.update(reply=words, replied_by=actor, replied_at=now):
        raise Refused("Chỉ trả lời được ý kiến khi báo cáo đang được trả lại bổ sung.")


def extend(
    assignment: Assignment,
    *,
    until: DateToKeep,
    reason: str,
    decision_number: str = "",
    counts_on_time: bool = True,
    actor: User,
    now: datetime,
    request: int | None = None,
) -> Extension:
    """The lead grants one unit of an open round a later date; the unit is told.

    A request of the unit that waits is answered by it. Raises `Refused` for a date that is past or not later
    than the group's, and for a unit that has sent, owes nothing or is in a round that is not open;
    `StaleState` when the report moved meanwhile or the request with key `request` does not wait any more.
    """
    if until.due_at <= now:
        raise Refused("Ngày gia hạn đã qua. Hãy chọn một ngày sau hôm nay.")
    refuse_secret(reason)
    if until.due_at <= assignment.deadline.due_at:
        raise Refused("Ngày gia hạn phải sau thời hạn chung của nhóm.")
    if assignment.first_submitted_at is not None:
        if assignment.return_deadline_id is not None and assignment.state in WITH_UNIT:
            raise Refused("Báo cáo đã nộp và bị trả lại: hãy dùng Dời hạn bổ sung thay cho gia hạn.")
        raise Refused("Đơn vị đã nộp nên không cần gia hạn.")
    with transaction.atomic():
        deadline = own_deadline(assignment, Deadline.Purpose.EXTENSION, until, actor=actor, now=now)
        extension = Extension.objects.create(
            assignment=assignment,
            deadline=deadline,
            reason=nfc(reason).strip(),
            decision_number=nfc(decision_number).strip(),
            counts_on_time=counts_on_time,
            granted_by=actor,
            granted_at=now,
        )
        transition(assignment, Action.EXTEND, actor=actor, now=now, note=reason, extension=extension)
        settle_by(assignment, deadline, answer=reason, actor=actor, now=now, seen=request)
    return extension


def carry_extension(duty: Assignment, target: Assignment, *, actor: User, now: datetime) -> Extension | None:
    """Give the duty that goes on the extension of one handed over to it, where that is a later date.

    The decision stays the lead's who made it; the unit is told. None where there is nothing to carry.
    """
    extension = duty.extension
    if extension is None or target.first_submitted_at is not None or target.state not in WITH_UNIT:
        return None
    if extension.deadline.due_at <= kept_deadline(target).due_at:
        return None
    given = extension.deadline
    until = DateToKeep(given.boundary, given.printed_date, given.printed_time, given.phrase)
    with transaction.atomic():
        target.extension = Extension.objects.create(
            assignment=target,
            deadline=own_deadline(target, Deadline.Purpose.EXTENSION, until, actor=actor, now=now),
            reason=f"Theo {duty.unit_name}: {extension.reason}",
            decision_number=extension.decision_number,
            counts_on_time=extension.counts_on_time,
            granted_by=extension.granted_by,
            granted_at=now,
        )
        Assignment.objects.filter(pk=target.pk).update(extension=target.extension)
        event = Event.objects.create(
            assignment=target,
            action=Action.EXTEND,
            from_state=target.state,
            to_state=target.state,
            actor=actor,
            at=now,
            note=target.extension.reason,
        )
        lapse_of(target.pk)
        announce(event, now=now)
    return target.extension


def waive(assignment: Assignment, *, reason: str, actor: User, now: datetime) -> None:
    """The lead frees a unit of this round's report; the round's list of units says so from then on."""
    with transaction.atomic():
        transition(assignment, Action.WAIVE, actor=actor, now=now, note=reason)
        _log_list(assignment, "waive", reason, actor=actor, now=now)


def unwaive(assignment: Assignment, *, reason: str, actor: User, now: datetime) -> None:
    """The lead takes a waiver back: the unit owes the report again."""
    with transaction.atomic():
        transition(assignment, Action.UNWAIVE, actor=actor, now=now, note=reason)
        _log_list(assignment, "unwaive", reason, actor=actor, now=now)


def _log_list(assignment: Assignment, action: str, reason: str, *, actor: User, now: datetime) -> None:
    """The dated log of who is on the round's list and who is not."""
    RoundEvent.objects.create(
        round_id=assignment.round_id,
        action=action,
        actor=actor,
        at=now,
        note=f"{assignment.unit_name}. {nfc(reason).strip()}",
    )
