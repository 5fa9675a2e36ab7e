"""The outbox of messages. `announce` writes rows in the transaction of an event; `send_due` sends them.

The row is the truth: claimed by conditional update, sent once, retried with backoff, a stale claim retaken.
Killed between sending and marking, a mail goes out again with the same Message-ID, and only then.
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum, auto
from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
)
from typing import Any
from uuid import uuid4

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from reporting import ladder
from reporting.mail import compose
from reporting.models import Assignment, Channel, Deadline, Event, Notice, Round
from reporting.round_ladders import Ladders
from reporting.states import STATE_LABELS, WITH_UNIT, Action, NoticeState, RoundState, State
from reporting.timeliness import kept_deadline
from units.calendar import working_calendar
from units.models import Delegation, Membership, Role, Unit, User
from units.workdays import WorkingCalendar

logger = logging.getLogger(__name__)

AUDIENCE: dict[str, tuple[str, ...]] = {
    Action.REQUEST_APPROVAL: (Role.APPROVER,),
    Action.SEND_BACK: (Role.REPORTER,),
    Action.SUBMIT: (Role.REPORTER, Role.APPROVER),
    Action.ACCEPT: (Role.REPORTER, Role.APPROVER),
    Action.RETURN: (Role.REPORTER, Role.APPROVER),
    Action.MOVE_DATE: (Role.REPORTER, Role.APPROVER),
    Action.EXTEND: (Role.REPORTER, Role.APPROVER),
    Action.ASK_EXTENSION: (Role.APPROVER,),
    Action.WITHDRAW_EXTENSION: (Role.REPORTER, Role.APPROVER),
    Action.DECLINE_EXTENSION: (Role.REPORTER, Role.APPROVER),
    Action.REOPEN: (Role.REPORTER,),
    Action.WAIVE: (Role.REPORTER, Role.APPROVER),
    Action.UNWAIVE: (Role.REPORTER, Role.APPROVER),
    Action.SUPERSEDE: (Role.REPORTER, Role.APPROVER),
}
"""Who at the unit hears of an event; the one who did it does not, but for the receipt of a submission."""

OFFICE_AUDIENCE: dict[str, tuple[str, ...]] = {
    Action.ASK_EXTENSION: (Role.LEAD,),
    Action.WITHDRAW_EXTENSION: (Role.LEAD,),
}
"""Who at the office that owns the round hears of it too."""

LEASE = timedelta(minutes=10)
"""A claim older than this is taken for dead; no batch holds one for half as long."""
BACKOFF = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=60))
"""Waits after the first, second … refusal for the time being (SMTP 4xx); after the last the row fails."""
GIVE_UP = timedelta(days=3)
"""How long a message waits for a mail server that cannot be reached."""
BATCH = 500
BATCH_SECONDS = 40.0
_FIRST_ADDRESS_CODE = 550  # 500 to 549 complain of the conversation, from 550 on of the mailbox


def people_by_role(unit_ids: Iterable[int], on: date) -> dict[int, dict[str, list[User]]]:
    """Active persons per unit and role on that day, delegated approvers included: two queries."""
    wanted = set(unit_ids)
    found: dict[int, dict[str, list[User]]] = defaultdict(lambda: defaultdict(list))
    held = Membership.objects.in_force(on).filter(unit_id__in=wanted, user__is_active=True)
    for membership in held.select_related("user").order_by("user_id"):
        _add(found[membership.unit_id][membership.role], membership.user)
    deputies = Delegation.objects.in_force(on).filter(unit_id__in=wanted, deputy__is_active=True)
    for delegation in deputies.select_related("deputy").order_by("deputy_id"):
        _add(found[delegation.unit_id][Role.APPROVER], delegation.deputy)
    return found


def _add(people: list[User], person: User) -> None:
    if person not in people:
        people.append(person)


def together(*groups: Iterable[User]) -> list[User]:
    """Everybody of the groups, each person once, in order of the account's number."""
    return sorted({person.pk: person for group in groups for person in group}.values(), key=lambda p: p.pk)


def channels(person: User) -> list[str]:
    """In the portal always; by mail where there is an address that has not bounced."""
    by_mail = bool(person.email) and person.email_bounced_at is None
    return [Channel.IN_APP, Channel.EMAIL] if by_mail else [Channel.IN_APP]


def announce(event: Event, *, now: datetime) -> list[Notice]:
    """Write the messages about a transition to the outbox; call inside its transaction."""
    roles = AUDIENCE.get(event.action, ())
    if not roles:
        return []
    assignment = event.assignment
    office_id = assignment.round.owner_id
    by_role = people_by_role([assignment.unit_id, office_id], timezone.localdate(now))
    at_unit = (by_role[assignment.unit_id][role] for role in roles)
    at_office = (by_role[office_id][role] for role in OFFICE_AUDIENCE.get(event.action, ()))
    people = together(*at_unit, *at_office)
    if event.action == Action.SUBMIT:
        people = together(people, [event.actor])
    else:
        people = [person for person in people if person.pk != event.actor_id]
    return Notice.objects.bulk_create(
        Notice(
            round_id=assignment.round_id,
            assignment=assignment,
            event=event,
            rule=event.action,
            recipient=person,
            address=person.email,
            channel=channel,
            due_at=now,
            next_attempt_at=now,
            created_at=now,
        )
        for person in people
        for channel in channels(person)
    )


def why_held(unit: Unit, at: datetime) -> str:
    """Why nobody at the unit is reminded at that instant, as the log says it; "" when they are."""
    until, since = unit.reminders_held_until, unit.reminders_held_since
    if until is None or until < timezone.localdate(at) or (since is not None and at < since):
        return ""
    because = f": {unit.reminders_held_because}" if unit.reminders_held_because else ""
    return f"tạm ngừng nhắc đến hết {until:%d/%m/%Y}{because}"


_REMINDS = Q(deadline__isnull=False) | Q(rule__startswith="backlog-") | Q(rule__startswith="approval-")
"""A rung of a ladder, not word of an event."""


def _claimable(now: datetime) -> Q:
    """Due and free, or held by a claim that died. Reminders of a paused round keep waiting."""
    held = _REMINDS & Q(round__reminders_paused=True)
    free = Q(state=NoticeState.PLANNED, next_attempt_at__lte=now)
    dead = Q(state=NoticeState.CLAIMED, claimed_at__lte=now - LEASE)
    return (free | dead) & ~held


def claim_due(now: datetime, limit: int = BATCH, *, channel: str | None = None) -> list[Notice]:
    """Take up to `limit` due rows for this process, oldest first; no other process gets them in the lease.

    The conditional update decides: of two that saw the same row, one updates it.
    """
    due = Notice.objects.filter(_claimable(now))
    if channel is not None:
        due = due.filter(channel=channel)
    token = uuid4().hex
    with transaction.atomic():
        # Where the database knows it, rows another worker is claiming are stepped over, not waited for.
        locked = due.select_for_update(skip_locked=True, of=("self",)).order_by("next_attempt_at", "id")
        seen = [notice.pk for notice in locked.only("pk")[:limit]]
        if not seen:
            return []
        still = Q(state=NoticeState.PLANNED) | Q(state=NoticeState.CLAIMED, claimed_at__lte=now - LEASE)
        Notice.objects.filter(still, pk__in=seen).update(
            state=NoticeState.CLAIMED, claim=token, claimed_at=now, attempts=F("attempts") + 1
        )
    mine = Notice.objects.filter(claim=token, state=NoticeState.CLAIMED).order_by("next_attempt_at", "id")
    return list(
        mine.select_related(
            "round__owner",
            *(f"assignment__{name}" for name in _FACTS),
            "deadline",
            "event__actor",
            "event__assignment",
            "recipient",
        )
    )


@dataclass
class Sent:
    """What became of a batch, in rows. `reachable` is False when the mail server did not let us in."""

    sent: int = 0
    failed: int = 0
    skipped: int = 0
    delayed: int = 0
    reachable: bool = True

    @property
    def total(self) -> int:
        return self.sent + self.failed + self.skipped + self.delayed

    def __add__(self, other: Sent) -> Sent:
        return Sent(
            self.sent + other.sent,
            self.failed + other.failed,
            self.skipped + other.skipped,
            self.delayed + other.delayed,
            self.reachable and other.reachable,
        )


def send_due(
    now: datetime,
    connection: BaseEmailBackend | None = None,
    *,
    limit: int = BATCH,
    seconds: float = BATCH_SECONDS,
) -> Sent:
    """Send one batch of what is due: the bell first, which needs no server, then mail over one connection.

    Every row is looked at again right before it goes out. Mail stops after `seconds` (measured here, since
    a slow server eats the lease, not the caller's `now`); rows not reached are free again.
    """
    batch = _Batch(now, working_calendar())
    in_app = claim_due(now, limit, channel=Channel.IN_APP)
    batch.know(in_app)
    for notice in in_app:
        batch.show(notice)
    by_mail = claim_due(now, limit, channel=Channel.EMAIL)
    if by_mail:
        batch.know(by_mail)
        batch.mail(by_mail, connection or get_connection(), seconds)
    return batch.sent


def send_all_due(now: datetime, connection: BaseEmailBackend | None = None, *, seconds: float = 50.0) -> Sent:
    """Send batch after batch until nothing is due, the server is away or `seconds` have passed."""
    started = time.monotonic()
    total = Sent()
    while True:
        left = seconds - (time.monotonic() - started)
        if left <= 0:
            return total
        batch = send_due(now, connection, seconds=min(BATCH_SECONDS, left))
        total += batch
        if not batch.total or not batch.reachable:
            return total


class _How(Enum):
    SENT = auto()
    LATER = auto()
    FAILED = auto()
    BOUNCED = auto()
    SERVER_AWAY = auto()


@dataclass(frozen=True)
class _Outcome:
    how: _How
    words: str = ""


@dataclass
class _Batch:
    now: datetime
    calendar: WorkingCalendar
    sent: Sent = field(default_factory=Sent)
    people: Mapping[int, Mapping[str, list[User]]] = field(default_factory=dict)
    ladders: Ladders | None = None

    def know(self, notices: list[Notice]) -> None:
        """Read who holds which role and the rules of the rounds, once for all the rows."""
        places = {n.assignment.unit_id for n in notices if n.assignment}
        places |= {n.round.owner_id for n in notices}
        self.ladders = Ladders.load(self.calendar, {n.round_id for n in notices})
        self.people = people_by_role(places, timezone.localdate(self.now))

    def show(self, notice: Notice) -> None:
        """A row of the bell: from now on the person sees it."""
        if self._skip(notice):
            return
        try:
            subject = compose(notice, self.calendar, self.now).subject
        except Exception:
            self._fail_alone(notice)
            return
        if _close(notice, state=NoticeState.SENT, sent_at=self.now, subject=subject):
            self.sent.sent += 1

    def mail(self, notices: list[Notice], connection: BaseEmailBackend, seconds: float) -> None:
        started = time.monotonic()
        proven = False  # whether the server has answered on this connection
        for place, notice in enumerate(notices):
            if time.monotonic() - started > seconds:
                self._release(notices[place:], self.now)
                break
            if self._skip(notice):
                continue
            outcome = self._deliver(notice, connection)
            if outcome.how is _How.SERVER_AWAY:
                _hang_up(connection)
                if not proven:
                    # The server does not talk to us at all: what is left waits a minute, uncounted.
                    self.sent.reachable = False
                    self._release(notices[place + 1 :], self.now + BACKOFF[0])
                    return
            proven = outcome.how is not _How.SERVER_AWAY
        _hang_up(connection)

    def _skip(self, notice: Notice) -> bool:
        why = self._why_not(notice)
        if why and _close(notice, state=NoticeState.SKIPPED, reason=why[:200]):
            self.sent.skipped += 1
        return bool(why)

    def _why_not(self, notice: Notice) -> str:
        """Why the row is not to be sent any more; empty when it is."""
        person = notice.recipient
        if not person.is_active:
            return "tài khoản người nhận đã khóa"
        if notice.channel == Channel.EMAIL:
            if not person.email:
                return "không có địa chỉ thư"
            if person.email_bounced_at is not None:
                return "thư gửi tới địa chỉ này đã bị trả lại"
        if notice.deadline_id:
            return self._why_not_remind(notice)
        if ladder.is_rule(notice.rule):
            return self._why_not_press(notice)
        return self._why_not_tell(notice)

    def _why_not_tell(self, notice: Notice) -> str:
        if notice.rule != Action.REQUEST_APPROVAL:
            return ""
        return "" if self._state_now(notice) == State.AWAITING_APPROVAL else "báo cáo không còn chờ duyệt"

    def _state_now(self, notice: Notice) -> str | None:
        return Assignment.objects.filter(notices=notice.pk).values_list("state", flat=True).first()

    def _why_not_press(self, notice: Notice) -> str:
        """Whether what waits still waits, since the same event, for this person."""
        assert notice.assignment is not None
        assert notice.event is not None
        at_unit = notice.rule.startswith(f"{ladder.APPROVAL}-")
        if self._state_now(notice) != (State.AWAITING_APPROVAL if at_unit else State.SUBMITTED):
            return "báo cáo không còn chờ duyệt" if at_unit else "Văn phòng đã xử lý"
        since = Event.objects.filter(assignment=notice.assignment_id, to_state=notice.event.to_state)
        if since.exclude(from_state=F("to_state")).filter(pk__gt=notice.event_id).exists():
            return "báo cáo đã được trình, nộp lại"
        if at_unit and (held := why_held(notice.assignment.unit, self.now)):
            return held
        assert self.ladders is not None
        kind = ladder.APPROVAL if at_unit else ladder.BACKLOG
        why = self._overtaken(notice, self.ladders.of_wait(notice.round_id, kind, notice.event.at))
        return why or self._why_not_them(notice)

    def _overtaken(self, notice: Notice, rungs: list[ladder.Step]) -> str:
        step = ladder.latest(rungs, since=notice.due_at, until=self.now)
        if step is not None and step.rule != notice.rule:
            return f"đã đến bậc nhắc sau ({step.label})"
        return ""

    def _why_not_them(self, notice: Notice) -> str:
        """Whether the person still holds a role at the unit, or at the office that the ladder leads up to."""
        places = {notice.round.owner_id, notice.assignment.unit_id if notice.assignment else 0}
        held = [people for place in places for people in self.people.get(place, {}).values()]
        return "" if any(notice.recipient in people for people in held) else _NOT_THEIRS

    def _why_not_remind(self, notice: Notice) -> str:
        """Whether the person still owes this: by the facts of this moment for a mail, which goes one by one
        and cannot be taken back, and of the claim a moment ago for the bell.
        """
        assert notice.deadline is not None
        if notice.assignment_id is None:
            row = Round.objects.get(pk=notice.round_id)
            why = _why_not_dispatch(row, notice)
        else:
            assert notice.assignment is not None
            if notice.channel == Channel.EMAIL and _facts_now(notice) != _facts_seen(notice.assignment):
                notice.assignment = Assignment.objects.select_related(*_FACTS).get(pk=notice.assignment.pk)
            assignment = notice.assignment
            why = _why_not_owed(assignment, notice) or why_held(assignment.unit, self.now)
        if why:
            return why
        assert self.ladders is not None
        return self._overtaken(notice, self.ladders.of(notice.deadline)) or self._why_not_them(notice)

    def _deliver(self, notice: Notice, connection: BaseEmailBackend) -> _Outcome:
        """Hand one mail over and write down what became of it."""
        notice.address = notice.recipient.email
        try:
            letter = compose(notice, self.calendar, self.now)
            mail = letter.render(notice)
        except Exception:
            return self._fail_alone(notice)
        notice.subject = letter.subject
        outcome = _hand_over(mail, connection)
        facts: dict[str, Any] = {"address": notice.address, "subject": letter.subject}
        if outcome.how is _How.SENT:
            if _close(notice, state=NoticeState.SENT, sent_at=self.now, reason="", **facts):
                self.sent.sent += 1
        elif outcome.how in (_How.FAILED, _How.BOUNCED):
            self._fail(notice, outcome, facts)
        else:
            self._postpone(notice, outcome, facts)
        return outcome

    def _fail_alone(self, notice: Notice) -> _Outcome:
        """A message that cannot be written must not hold up the ones behind it."""
        logger.exception("Notice %s cannot be composed", notice.pk)
        outcome = _Outcome(_How.FAILED, "không soạn được nội dung thư")
        self._fail(notice, outcome, {})
        return outcome

    def _fail(self, notice: Notice, outcome: _Outcome, facts: dict[str, Any]) -> None:
        if _close(notice, state=NoticeState.FAILED, reason=outcome.words, **facts):
            self.sent.failed += 1
        if outcome.how is _How.BOUNCED:
            User.objects.filter(pk=notice.recipient_id, email=notice.address, email_bounced_at=None).update(
                email_bounced_at=self.now
            )
            logger.warning("Address of user %s refused: %s", notice.recipient_id, outcome.words)

    def _postpone(self, notice: Notice, outcome: _Outcome, facts: dict[str, Any]) -> None:
        away = outcome.how is _How.SERVER_AWAY
        over = self.now - notice.created_at > GIVE_UP if away else notice.attempts > len(BACKOFF)
        if over:
            self._fail(notice, outcome, facts)
            return
        again = self.now + BACKOFF[min(notice.attempts, len(BACKOFF)) - 1]
        words = f"{outcome.words}; thử lại {timezone.localtime(again):%H:%M}"[:200]
        if _close(notice, state=NoticeState.PLANNED, next_attempt_at=again, reason=words, **facts):
            self.sent.delayed += 1

    def _release(self, notices: list[Notice], again: datetime) -> None:
        """Give rows back that nobody tried; the claim did not count."""
        for claim in {notice.claim for notice in notices}:
            Notice.objects.filter(
                pk__in=[n.pk for n in notices], claim=claim, state=NoticeState.CLAIMED
            ).update(state=NoticeState.PLANNED, claim="", next_attempt_at=again, attempts=F("attempts") - 1)
        self.sent.delayed += len(notices)


_NOT_THEIRS = "người nhận không còn là đầu mối của đơn vị"
_FACTS = ("round", "unit", "deadline", "extension__deadline", "return_deadline")
"""What says whether and by when an assignment is owed."""


def _facts_now(notice: Notice) -> tuple[object, ...] | None:
    """A lean look at the row; None when it is gone."""
    return (
        Assignment.objects.filter(pk=notice.assignment_id or 0)
        .order_by()
        .values_list(
            "state",
            "round__state",
            "deadline_id",
            "extension_id",
            "return_deadline_id",
            "first_submitted_at",
        )
        .first()
    )


def _facts_seen(assignment: Assignment) -> tuple[object, ...]:
    return (
        assignment.state,
        assignment.round.state,
        assignment.deadline_id,
        assignment.extension_id,
        assignment.return_deadline_id,
        assignment.first_submitted_at,
    )


def _why_not_dispatch(row: Round, notice: Notice) -> str:
    if row.state not in (RoundState.OPEN, RoundState.CLOSED):
        return "báo cáo của Bộ đã phát hành"
    replaced = Deadline.objects.filter(notices=notice.pk, replaced_at__isnull=False).exists()
    return "thời hạn đã thay" if replaced else ""


_SETTLED = {State.SUBMITTED: "đã nộp", State.ACCEPTED: "đã nộp", State.WAIVED: "được miễn nộp"}
_NEW_DATE = {
    Deadline.Purpose.EXTENSION: "đã gia hạn: {}",
    Deadline.Purpose.RETURN: "đã trả lại với hạn bổ sung: {}",
    Deadline.Purpose.SUBMISSION: "thời hạn đã thay: {}",
    Deadline.Purpose.DISPATCH: "thời hạn đã thay: {}",
}


def _why_not_owed(assignment: Assignment, notice: Notice) -> str:
    if assignment.round.state != RoundState.OPEN:
        return "đợt báo cáo không còn mở"
    if assignment.state not in WITH_UNIT:
        return _SETTLED.get(State(assignment.state), STATE_LABELS[State(assignment.state)].lower())
    deadline = kept_deadline(assignment)
    if deadline.pk != notice.deadline_id:
        return _NEW_DATE[Deadline.Purpose(deadline.purpose)].format(deadline.phrase)
    return ""


def _close(notice: Notice, **values: Any) -> bool:
    """Write the end of a claim; False when the lease was lost to another process, whose word stands."""
    held = Notice.objects.filter(pk=notice.pk, claim=notice.claim, state=NoticeState.CLAIMED)
    return bool(held.update(claim="", **values))


def _hang_up(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except (SMTPException, OSError) as trouble:
        # Whatever the server says to our leaving, the backend has let go of the connection.
        logger.info("Closing the mail connection: %s", trouble)


def _hand_over(mail: EmailMessage, connection: BaseEmailBackend) -> _Outcome:
    """Give one mail to the server; what it answered decides whether and when it is tried again."""
    try:
        connection.open()
        connection.send_messages([mail])
    except SMTPRecipientsRefused as refused:
        code, answer = next(iter(refused.recipients.values()))
        return _judge(code, answer)
    except SMTPDataError as refused:
        return _judge(refused.smtp_code, refused.smtp_error)
    except SMTPSenderRefused as refused:
        # Refused as a sender we are for every address alike, unless only for the time being.
        for_now = 400 <= refused.smtp_code < 500 and refused.smtp_code != 421
        return _Outcome(
            _How.LATER if for_now else _How.SERVER_AWAY, _words(refused.smtp_code, refused.smtp_error)
        )
    except SMTPAuthenticationError as refused:
        return _Outcome(_How.SERVER_AWAY, _words(refused.smtp_code, refused.smtp_error))
    except (SMTPException, OSError) as trouble:
        return _Outcome(_How.SERVER_AWAY, f"máy chủ thư không trả lời ({trouble})"[:180])
    except ValueError as wrong:
        # An address or a header that cannot be written in a mail; no server was asked.
        return _Outcome(_How.FAILED, f"địa chỉ không hợp lệ ({wrong})"[:180])
    return _Outcome(_How.SENT)


def _judge(code: int, answer: bytes | str) -> _Outcome:
    words = _words(code, answer)
    if code == 421:
        return _Outcome(_How.SERVER_AWAY, words)
    if 400 <= code < 500:
        return _Outcome(_How.LATER, words)
    if code >= _FIRST_ADDRESS_CODE:
        return _Outcome(_How.BOUNCED, words)
    return _Outcome(_How.FAILED, words)


def _words(code: int, answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return f"{code} {' '.join(text.split())}"[:150]
