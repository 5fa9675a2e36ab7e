"""What lapses of the outbox: rows that say what is no longer so are set aside, with the reason, at once.

`lapse_…` are called in the transaction of whatever happened: a submission, a new date, a waiver, a handover.
The sender asks the same questions again right before a message goes out.
"""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Q, QuerySet

from reporting.models import NEW_DATE, Assignment, Deadline, Notice, Round, of_a_ladder
from reporting.states import STATE_LABELS, URGED, WITH_UNIT, Action, NoticeState, RoundState, State
from reporting.timeliness import kept_deadline

FACTS = ("round", "unit", "deadline", "extension__deadline", "return_deadline")
"""What says whether and by when an assignment is owed."""

_SETTLED = {State.SUBMITTED: "đã nộp", State.ACCEPTED: "đã nộp", State.WAIVED: "được miễn nộp"}
_NEW_DATE = {
    Deadline.Purpose.EXTENSION: "đã gia hạn: {}",
    Deadline.Purpose.RETURN: "đã trả lại với hạn bổ sung: {}",
    Deadline.Purpose.SUBMISSION: "thời hạn đã thay: {}",
    Deadline.Purpose.DISPATCH: "thời hạn đã thay: {}",
}
_NOT_OPEN = "đợt báo cáo không còn mở"
_ISSUED = "báo cáo của Bộ đã phát hành"


def why_lapsed(notice: Notice, assignment: Assignment | None) -> str:
    """Why the row says what is no longer so, in the words of the ledger; "" while it still is.

    `assignment` is that of the row, read with `FACTS`; of the dispatch it is None, and the row is read with its
    round and deadline.
    """
    if assignment is None:
        return _why_dispatch_lapsed(notice)
    if notice.deadline_id:
        return _why_not_owed(assignment, notice)
    return _why_waits_no_more(assignment, notice)


def _why_dispatch_lapsed(notice: Notice) -> str:
    if notice.round.state not in (RoundState.OPEN, RoundState.CLOSED):
        return _ISSUED
    replaced = notice.deadline is not None and notice.deadline.replaced_at is not None
    return "thời hạn đã thay" if replaced else ""


def _why_not_owed(assignment: Assignment, notice: Notice) -> str:
    if assignment.round.state != RoundState.OPEN:
        return _NOT_OPEN
    if assignment.state not in WITH_UNIT:
        return _why_settled(assignment)
    deadline = kept_deadline(assignment)
    if deadline.pk != notice.deadline_id:
        return _NEW_DATE[Deadline.Purpose(deadline.purpose)].format(deadline.phrase)
    return ""


def _why_settled(assignment: Assignment) -> str:
    state = State(assignment.state)
    return _SETTLED.get(state, STATE_LABELS[state].lower())


def _why_waits_no_more(assignment: Assignment, notice: Notice) -> str:
    """Of a draft that waits for its approver, a report that waits for the office, a letter to who owes; other words stay true."""
    if notice.rule.startswith("backlog-"):
        if assignment.state != State.SUBMITTED:
            return "Văn phòng đã xử lý"
        return _ISSUED if assignment.round.state == RoundState.ISSUED else ""
    if notice.rule == URGED:
        return "" if assignment.state in WITH_UNIT else _why_settled(assignment)
    reminds = notice.rule.startswith("approval-")
    if not reminds and notice.rule != Action.REQUEST_APPROVAL:
        return ""
    if assignment.state != State.AWAITING_APPROVAL:
        return "báo cáo không còn chờ duyệt"
    return _NOT_OPEN if reminds and assignment.round.state != RoundState.OPEN else ""


def lapse_of(*assignment_ids: int) -> int:
    """Set aside the pending rows of the assignments that are no longer so; returns how many.

    One query where nothing is pending, as a rule.
    """
    return _lapse(Notice.objects.filter(assignment__in=assignment_ids))


def lapse_of_round(row: Round) -> int:
    """The same for every pending row of a round, that of its dispatch included."""
    return _lapse(Notice.objects.filter(round=row))


def lapse_of_dispatch(row: Round) -> int:
    return _lapse(Notice.objects.filter(round=row, assignment=None))


def _lapse(notices: QuerySet[Notice]) -> int:
    speaks_of_now = of_a_ladder() | Q(rule__in=[NEW_DATE, Action.REQUEST_APPROVAL, URGED])
    pending = list(
        notices.filter(speaks_of_now, state=NoticeState.PLANNED).select_related("round", "deadline")
    )
    if not pending:
        return 0
    wanted = {notice.assignment_id for notice in pending if notice.assignment_id}
    fresh = {a.pk: a for a in Assignment.objects.filter(pk__in=wanted).select_related(*FACTS)}
    by_reason: dict[str, list[int]] = defaultdict(list)
    for notice in pending:
        why = why_lapsed(notice, fresh[notice.assignment_id] if notice.assignment_id else None)
        if why:
            by_reason[why].append(notice.pk)
    return sum(_set_aside(pks, why) for why, pks in by_reason.items())


def _set_aside(pks: list[int], why: str) -> int:
    """A row that a sender has taken meanwhile is the sender's, who looks again before it goes out."""
    still = Notice.objects.filter(pk__in=pks, state=NoticeState.PLANNED)
    return still.update(state=NoticeState.SKIPPED, reason=why[:200])
