"""The only writer of an assignment's state.

`transition` checks table, access and blockers, then changes the row by compare-and-set, appends the event
and writes the outbox rows, all in one transaction. Two people deciding at once: one row is updated, the
other call raises `StaleState`, which names who came first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from reporting.announcing import announce
from reporting.checks import blocking_findings
from reporting.lapsing import lapse_of
from reporting.models import Assignment, Comment, Event, ExtensionRequest, Round
from reporting.states import (
    ACTION_LABELS,
    STATE_LABELS,
    TRANSITIONS,
    WITH_UNIT,
    Action,
    RoundState,
    State,
    Transition,
)
from units.access import Standing, people_of, standing
from units.models import Authority, Role, User
from units.text import nfc


class Refused(Exception):  # noqa: N818  (an answer to a person, not a fault)
    """The action cannot be done; `str()` says in Vietnamese why and what to do next."""


class StaleState(Refused):
    """Somebody else changed the assignment first."""


@dataclass(frozen=True)
class Available:
    """An action the person may see; `blockers` (Vietnamese sentences) say why it cannot be done yet."""

    action: Action
    label: str
    needs_note: bool
    blockers: tuple[str, ...]

    @property
    def possible(self) -> bool:
        return not self.blockers


def _round_open(assignment: Assignment, actor: User, now: datetime) -> str | None:
    if assignment.round.state == RoundState.OPEN:
        return None
    return "Đợt báo cáo không còn mở. Hãy liên hệ Văn phòng Bộ nếu vẫn cần gửi."


def _checks_pass(assignment: Assignment, actor: User, now: datetime) -> str | None:
    wrong = blocking_findings(assignment)
    if not wrong:
        return None
    return f"Còn {len(wrong)} điểm phải sửa hoặc nêu lý do ở trang Kiểm tra trước khi nộp."


def _comments_answered(assignment: Assignment, actor: User, now: datetime) -> str | None:
    open_comments = Comment.objects.filter(
        submission__assignment=assignment, needs_answer=True, sent_at__isnull=False, reply=""
    ).count()
    return f"Còn {open_comments} ý kiến của Văn phòng Bộ chưa được trả lời." if open_comments else None


def _unit_has_approver(assignment: Assignment, actor: User, now: datetime) -> str | None:
    if people_of(assignment.unit, timezone.localdate(now), Role.APPROVER):
        return None
    return "Đơn vị chưa có lãnh đạo duyệt trong hệ thống. Hãy đề nghị quản trị chỉ định."


def _not_own_report(assignment: Assignment, actor: User, now: datetime) -> str | None:
    if assignment.unit_id not in standing(actor, timezone.localdate(now)).unit_ids:
        return None
    return "Bạn soạn hoặc duyệt báo cáo này cho đơn vị mình nên người khác của Văn phòng phải xem."


def _was_returned(assignment: Assignment, actor: User, now: datetime) -> str | None:
    if assignment.first_submitted_at is not None and assignment.return_deadline_id is not None:
        return None
    return "Báo cáo chưa bị trả lại nên không có hạn bổ sung để dời. Đơn vị chưa nộp thì dùng Gia hạn."


def _not_sent_yet(assignment: Assignment, actor: User, now: datetime) -> str | None:
    if not assignment.submissions.exists():
        return None
    return "Đơn vị vừa nộp nên không cần gia hạn. Báo cáo bị trả lại thì dùng Dời hạn bổ sung."


def _request_waits(assignment: Assignment) -> bool:
    return assignment.extension_requests.filter(outcome=ExtensionRequest.Outcome.OPEN).exists()


def _no_request_waits(assignment: Assignment, actor: User, now: datetime) -> str | None:
    if not _request_waits(assignment):
        return None
    return "Đơn vị đang có một đề nghị gia hạn chờ trả lời. Hãy chờ, hoặc rút đề nghị đó rồi gửi lại."


def _a_request_waits(assignment: Assignment, actor: User, now: datetime) -> str | None:
    if _request_waits(assignment):
        return None
    return "Đơn vị không có đề nghị gia hạn nào đang chờ: đã được trả lời hoặc đã rút. Hãy tải lại trang."


def _date_is_theirs(assignment: Assignment, actor: User, now: datetime) -> str | None:
    """The first report's date is the lead's to extend; a return's date also the reviewer's who gives it."""
    roles = (Role.LEAD,) if assignment.first_submitted_at is None else (Role.REVIEWER, Role.LEAD)
    if standing(actor, timezone.localdate(now)).has(assignment.round.owner_id, *roles):
        return None
    return "Việc gia hạn do lãnh đạo Văn phòng quyết định."


def _says_enough(assignment: Assignment, rule: Transition, note: str) -> bool:
    """Whether the person said why: by a note, or where the table allows it by comments not sent yet."""
    if nfc(note).strip() or not rule.needs_note:
        return True
    waiting = Comment.objects.filter(submission__assignment=assignment, sent_at=None)
    return rule.comments_suffice and waiting.exists()


Blocker = Callable[[Assignment, User, datetime], str | None]
BLOCKERS: dict[str, Blocker] = {
    "round_open": _round_open,
    "checks_pass": _checks_pass,
    "comments_answered": _comments_answered,
    "unit_has_approver": _unit_has_approver,
    "not_own_report": _not_own_report,
    "was_returned": _was_returned,
    "not_sent_yet": _not_sent_yet,
    "no_request_waits": _no_request_waits,
    "a_request_waits": _a_request_waits,
    "date_is_theirs": _date_is_theirs,
}


def may(assignment: Assignment, rule: Transition, who: Standing) -> bool:
    """Whether the person holds a role the transition asks for, at the unit or at the owning office."""
    place = assignment.round.owner_id if rule.at_office else assignment.unit_id
    return who.has(place, *rule.roles) or (rule.admin and who.user.is_admin)


def available_actions(assignment: Assignment, user: User, now: datetime) -> list[Available]:
    """What `user` may do now, each with what still stands in the way. Buttons, views and tests ask this."""
    who = standing(user, timezone.localdate(now))
    return [
        Available(action, ACTION_LABELS[action], rule.needs_note, _why_not(assignment, rule, user, now))
        for (state, action), rule in TRANSITIONS.items()
        if state == assignment.state and may(assignment, rule, who)
    ]


def _why_not(assignment: Assignment, rule: Transition, user: User, now: datetime) -> tuple[str, ...]:
    answers = (BLOCKERS[name](assignment, user, now) for name in rule.blockers)
    return tuple(answer for answer in answers if answer)


def transition(
    assignment: Assignment,
    action: Action,
    *,
    actor: User,
    now: datetime,
    note: str = "",
    **facts: Any,
) -> Event:
    """Carry out `action`. `facts` are columns of the assignment stored in the same update.

    Raises `StaleState` when the row is no longer in the state `assignment` shows, `Refused` when the table,
    the person's roles or a blocker forbid it, or a note is missing. `assignment` is refreshed on success.
    """
    rule = TRANSITIONS.get((State(assignment.state), action))
    if rule is None:
        raise _refusal(assignment, action)
    who = standing(actor, timezone.localdate(now))
    if not may(assignment, rule, who):
        raise Refused(f"Bạn không có quyền “{ACTION_LABELS[action]}” với báo cáo này.")
    if not _says_enough(assignment, rule, note):
        raise Refused("Hãy ghi lý do hoặc lời nhắn trước khi tiếp tục.")
    with transaction.atomic():
        why_not = _why_not(assignment, rule, actor, now)
        if why_not:
            raise Refused(" ".join(why_not))
        seen = assignment.state
        won = Assignment.objects.filter(pk=assignment.pk, state=seen).update(
            state=rule.to, touched_at=now, **facts
        )
        if not won:
            raise _stale(assignment)
        if "round_open" in rule.blockers:
            # The round may have been closed since it was read; the row is ours now, so look again.
            assignment.round.refresh_from_db(fields=["state"])
            if closed := _round_open(assignment, actor, now):
                raise Refused(closed)
        if rule.to not in WITH_UNIT:
            _lapse_requests(assignment, actor=actor, now=now)
        principal = principal_of(assignment, rule, who)
        event = Event.objects.create(
            assignment=assignment,
            action=action,
            from_state=seen,
            to_state=rule.to,
            actor=actor,
            on_behalf_of=principal[0],
            at=now,
            note=nfc(note).strip(),
        )
        lapse_of(assignment.pk)
        announce(event, now=now)
    for name, value in facts.items():
        setattr(assignment, name, value)
    assignment.state = rule.to
    assignment.touched_at = now
    return event


def _lapse_requests(assignment: Assignment, *, actor: User, now: datetime) -> None:
    """Nobody has to answer a request for more time once the report is not owed any more."""
    waiting = ExtensionRequest.objects.filter(assignment=assignment, outcome=ExtensionRequest.Outcome.OPEN)
    waiting.update(outcome=ExtensionRequest.Outcome.LAPSED, answered_by=actor, answered_at=now)


def principal_of(assignment: Assignment, rule: Transition, who: Standing) -> tuple[User | None, str]:
    """For whom the person acts when only a delegation gives the right, and under which authority."""
    held = who.principals.get(assignment.unit_id, ())
    if rule.at_office or not held or Role.APPROVER not in rule.roles:
        return None, Authority.NONE
    return held[0].principal, held[0].authority


def require_office(row: Round, actor: User, now: datetime, *roles: str) -> None:
    """Raise `Refused` unless `actor` holds one of the roles at the office that owns the round."""
    if not standing(actor, timezone.localdate(now)).has(row.owner_id, *roles):
        labels = ", ".join(Role(role).label for role in roles)
        raise Refused(f"Việc này do {row.owner} làm ({labels}).")


def who_came_first(last: Any, did: str = "xử lý") -> str:
    """ "Lê An vừa xử lý lúc 08:15 20/10/2025", from the last event of a ledger; None says that it was somebody."""
    if last is None:
        return f"Có người vừa {did}"
    return f"{last.actor} vừa {did} lúc {timezone.localtime(last.at):%H:%M %d/%m/%Y}"


def _refusal(assignment: Assignment, action: Action) -> Refused:
    state = STATE_LABELS[State(assignment.state)].lower()
    last = assignment.events.select_related("actor").last()
    if last is not None and last.action != Action.START:
        return StaleState(
            f"{who_came_first(last)}: báo cáo hiện {state}, không thể “{ACTION_LABELS[action]}”. Hãy tải lại trang."
        )
    return Refused(f"Báo cáo hiện {state} nên không thể “{ACTION_LABELS[action]}”.")


def _stale(assignment: Assignment) -> StaleState:
    now_row = Assignment.objects.get(pk=assignment.pk)
    last = assignment.events.select_related("actor").last()
    return StaleState(
        f"{who_came_first(last)}: báo cáo hiện {STATE_LABELS[State(now_row.state)].lower()}. Việc của bạn chưa được ghi; "
        "hãy tải lại trang rồi xem lại."
    )
