"""Sending the outbox: claimed by conditional update, looked at again, sent once, retried with backoff.

The row is the truth. A stale claim is retaken; killed between sending and marking, a mail goes out again
with the same Message-ID, and only then. What one person is to be told on a day goes out as one mail: its rows
are tied to a head when they are claimed first, and stay so.
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from reporting import lapsing
from reporting.announcing import people_by_role, why_held, why_no_mail
from reporting.daily_mail import compose
from reporting.mail import at_office, render, rule_text
from reporting.mail_server import How, Outcome, hand_over, hang_up
from reporting.models import Assignment, Channel, Notice, of_a_ladder
from reporting.states import NoticeState
from units.calendar import working_calendar
from units.models import User
from units.people import mark_bounced
from units.workdays import WorkingCalendar

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=settings.NOTICE_LEASE_SECONDS)
"""A claim older than this is taken for dead; no batch holds one for half as long."""
ANOTHER_CLOCK = timedelta(days=1)
"""A claim or a wait so far ahead was set by a clock that has been put back since."""
BACKOFF = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=60))
"""Waits after the first, second … refusal for the time being (SMTP 4xx); after the last the row fails."""
GIVE_UP = timedelta(days=3)
"""How long a message waits for a mail server that cannot be reached."""
DATABASE_BACK = (0.5, 1.0, 2.0, 4.0)
"""Seconds between the attempts to write down that a mail went out, while the database is away."""
BATCH = 500
BATCH_SECONDS = 40.0
SLOW = 10.0
"""Seconds: a mail that took longer ends the run, so that no two runs of the minute tick overlap for long."""


# --- claiming


def _claimable(now: datetime) -> Q:
    """Due and free, or held by a claim that died. Reminders of a paused round keep waiting."""
    paused = of_a_ladder() & Q(round__reminders_paused=True)
    free = Q(state=NoticeState.PLANNED) & (
        Q(next_attempt_at__lte=now) | Q(attempts__gt=0, next_attempt_at__gt=now + ANOTHER_CLOCK)
    )
    return (free | _dead(now)) & ~paused


def _dead(now: datetime) -> Q:
    stale = Q(claimed_at__lte=now - LEASE) | Q(claimed_at__gt=now + ANOTHER_CLOCK)
    return Q(state=NoticeState.CLAIMED) & stale


def is_much(now: datetime) -> bool:
    """Whether more mail is due than one sender claims at once, so that a second finds something to do."""
    due = Notice.objects.filter(_claimable(now), channel=Channel.EMAIL)
    return due.order_by()[BATCH : BATCH + 1].exists()


def _take(rows: QuerySet[Notice], now: datetime) -> str:
    """Claim those of the rows that are still free; returns the claim. The conditional update decides."""
    token = uuid4().hex
    still = Q(state=NoticeState.PLANNED) | _dead(now)
    rows.filter(still).update(
        state=NoticeState.CLAIMED, claim=token, claimed_at=now, attempts=F("attempts") + 1
    )
    return token


def _claimed(token: str, rows: QuerySet[Notice]) -> list[Notice]:
    mine = rows.filter(claim=token, state=NoticeState.CLAIMED).order_by("next_attempt_at", "id")
    return list(
        mine.select_related(
            "round__owner",
            *(f"assignment__{name}" for name in lapsing.FACTS),
            "deadline",
            "event__actor",
            "event__assignment",
            "recipient",
        )
    )


def claim_in_app(now: datetime, limit: int = BATCH) -> list[Notice]:
    """Take up to `limit` due rows of the bell for this process, oldest first."""
    due = Notice.objects.filter(_claimable(now), channel=Channel.IN_APP).order_by("next_attempt_at", "id")
    with transaction.atomic():
        # Where the database knows it, rows another worker is claiming are stepped over, not waited for.
        locked = due.select_for_update(skip_locked=True, of=("self",)).only("pk")
        seen = Notice.objects.filter(pk__in=[notice.pk for notice in locked[:limit]])
        token = _take(seen, now)
    return _claimed(token, seen)


def claim_mail(now: datetime, limit: int = BATCH) -> list[list[Notice]]:
    """Take due mail for this process: the rows of each mail together, its head first.

    Of the persons to whom the `limit` oldest due rows go every due row is taken, so that what shares a mail is
    never parted. No other process gets these rows in the lease, nor any row of these persons while it claims.
    """
    due = Notice.objects.filter(_claimable(now), channel=Channel.EMAIL)
    oldest = due.order_by("next_attempt_at", "id").values_list("recipient_id", flat=True)
    people = set(oldest[:limit])
    if not people:
        return []
    with transaction.atomic():
        # A person whose rows another worker is claiming is stepped over (where the database has row locks;
        # where it has not, the transaction has the database to itself).
        free = User.objects.select_for_update(skip_locked=True, no_key=True).order_by("pk")
        locked = list(free.filter(pk__in=people).values_list("pk", flat=True))
        theirs = Notice.objects.filter(channel=Channel.EMAIL, recipient__in=locked)
        token = _take(theirs.filter(_claimable(now)), now)
        _tie(theirs.filter(claim=token))
    return _by_mail(_claimed(token, theirs))


def _tie(mine: QuerySet[Notice]) -> None:
    """Give rows of a claim that were never tried their head: the first of those that share a mail, or themselves."""
    shared = mine.grouped().filter(attempts=1)  # type: ignore[attr-defined]
    first = shared.filter(recipient=OuterRef("recipient")).order_by("pk").values("pk")[:1]
    shared.filter(head=None).update(head=Subquery(first))
    mine.filter(head=None).update(head=F("pk"))


def _by_mail(notices: Iterable[Notice]) -> list[list[Notice]]:
    mails: dict[int, list[Notice]] = defaultdict(list)
    for notice in notices:
        mails[notice.head_id or notice.pk].append(notice)
    return list(mails.values())


# --- sending


@dataclass
class Sent:
    """What became of a batch, in rows; `mails` counts what was handed over.

    `reachable` is False when the mail server did not let us in, or was too slow to go on.
    """

    sent: int = 0
    failed: int = 0
    skipped: int = 0
    delayed: int = 0
    mails: int = 0
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
            self.mails + other.mails,
            self.reachable and other.reachable,
        )


def send_due(
    now: datetime,
    server: BaseEmailBackend | None = None,
    *,
    limit: int = BATCH,
    seconds: float = BATCH_SECONDS,
) -> Sent:
    """Send one batch of what is due: the bell first, which needs no server, then mail over one connection.

    Every row is looked at again right before it goes out. Mail stops after `seconds` (measured here, since
    a slow server eats the lease, not the caller's `now`); rows not reached are free again.
    """
    batch = _Batch(now, working_calendar())
    batch.show(claim_in_app(now, limit))
    mails = claim_mail(now, limit)
    if mails:
        batch.mail(mails, server or get_connection(), seconds)
    return batch.sent


def send_all_due(now: datetime, server: BaseEmailBackend | None = None, *, seconds: float = 45.0) -> Sent:
    """Send batch after batch until nothing is due, the server is away or `seconds` have passed.

    Each batch claims at its own instant, `now` and the whole seconds since: a claim of the last batch that bore
    the time of the first would seem dead to another sender long before its lease is over.
    """
    started = time.monotonic()
    total = Sent()
    while True:
        gone = time.monotonic() - started
        left = seconds - gone
        if left <= 0:
            return total
        batch = send_due(now + timedelta(seconds=int(gone)), server, seconds=min(BATCH_SECONDS, left))
        total += batch
        if not batch.total or not batch.reachable:
            return total


@dataclass
class _Batch:
    now: datetime
    calendar: WorkingCalendar
    sent: Sent = field(default_factory=Sent)
    people: Mapping[int, Mapping[str, list[User]]] = field(default_factory=dict)
    latest: Mapping[tuple[Any, ...], Notice] = field(default_factory=dict)

    def know(self, notices: list[Notice]) -> None:
        """Read once for all the rows who holds which role, and what the ladders have come to."""
        places = {notice.assignment.unit_id for notice in notices if notice.assignment}
        places |= {notice.round.owner_id for notice in notices}
        self.people = people_by_role(places, timezone.localdate(self.now))
        self.latest = _latest_steps(notices, self.now)

    def show(self, notices: list[Notice]) -> None:
        """Rows of the bell: from now on the persons see them."""
        self.know(notices)
        by_subject: dict[str, list[Notice]] = defaultdict(list)
        for notice in self._still(notices):
            try:
                subject = compose([notice], self.calendar, self.now).subject
            except DatabaseError:
                raise  # no word against the message: the claim dies and is retaken
            except Exception:
                self._fail_alone([notice])
            else:
                by_subject[subject].append(notice)
        # Nothing leaves the house, so that rows may be marked together: killed halfway, the rest is retaken.
        for subject, rows in by_subject.items():
            self.sent.sent += _close(rows, state=NoticeState.SENT, sent_at=self.now, subject=subject)

    def mail(self, mails: list[list[Notice]], server: BaseEmailBackend, seconds: float) -> None:
        self.know([notice for rows in mails for notice in rows])
        started = time.monotonic()
        look = _SecondLook()
        proven = False  # whether the server has answered on this connection
        for place, rows in enumerate(mails):
            begun = time.monotonic()
            if begun - started > seconds:
                self._release(mails[place:], self.now)
                break
            rows = self._still(look.at(rows))
            if not rows:
                continue
            outcome = self._deliver(rows, server)
            away = outcome.how is How.SERVER_AWAY
            if away:
                hang_up(server)
            if (away and not proven) or time.monotonic() - begun > SLOW:
                # The server does not talk to us at all, or hardly: what is left waits a minute, uncounted.
                self.sent.reachable = False
                self._release(mails[place + 1 :], self.now + BACKOFF[0])
                break
            proven = not away
        hang_up(server)

    # what is not to go any more

    def _still(self, rows: list[Notice]) -> list[Notice]:
        """The rows that are still to be sent; the others are closed with the reason."""
        going, by_reason = [], defaultdict(list)
        for notice in rows:
            why = self._why_not(notice)
            if why:
                by_reason[why].append(notice)
            else:
                going.append(notice)
        for why, lapsed in by_reason.items():
            self.sent.skipped += _close(lapsed, state=NoticeState.SKIPPED, reason=why[:200])
        return going

    def _why_not(self, notice: Notice) -> str:
        """Why the row is not to be sent any more; empty when it is.

        By the facts of this moment for a mail, which goes one by one and cannot be taken back, and of the
        claim a moment ago for the bell.
        """
        person = notice.recipient
        if not person.is_active:
            return "tài khoản người nhận đã khóa"
        if notice.channel == Channel.EMAIL and (why := why_no_mail(person)):
            return why
        if why := lapsing.why_lapsed(notice, notice.assignment):
            return why
        of_unit = notice.is_reminder and not at_office(notice)
        if of_unit and notice.assignment and (why := why_held(notice.assignment.unit, self.now)):
            return why
        later = self.latest.get(_ladder_of(notice)) if notice.is_reminder and not notice.copy else None
        if later is not None and later.due_at > notice.due_at:
            return f"đã đến bậc nhắc sau ({rule_text(later)})"
        if (notice.is_reminder or notice.deadline_id) and not self._concerns(notice):
            return "người nhận không còn là đầu mối của đơn vị"
        return ""

    def _concerns(self, notice: Notice) -> bool:
        """Whether the person still has a role at the unit, or at the office that the ladder leads up to."""
        places = {notice.round.owner_id, notice.assignment.unit_id if notice.assignment else 0}
        return any(
            notice.recipient in people for place in places for people in self.people.get(place, {}).values()
        )

    # what goes

    def _deliver(self, rows: list[Notice], server: BaseEmailBackend) -> Outcome:
        """Hand one mail over and write down what became of it."""
        address = rows[0].recipient.email
        try:
            letter = compose(rows, self.calendar, self.now)
            mail = render(letter, rows, address)
        except DatabaseError:
            raise
        except Exception:
            return self._fail_alone(rows)
        outcome = hand_over(mail, server)
        facts: dict[str, Any] = {"address": address, "subject": letter.subject}
        if outcome.how is How.SENT:
            self.sent.mails += 1
            self.sent.sent += _write_down(rows, state=NoticeState.SENT, sent_at=self.now, reason="", **facts)
        elif outcome.how in (How.FAILED, How.BOUNCED):
            self._fail(rows, outcome, facts)
        else:
            self._postpone(rows, outcome, facts)
        return outcome

    def _fail_alone(self, rows: list[Notice]) -> Outcome:
        """A message that cannot be written must not hold up the ones behind it."""
        logger.exception("Notices %s cannot be composed", [notice.pk for notice in rows])
        outcome = Outcome(How.FAILED, "không soạn được nội dung thư")
        self._fail(rows, outcome, {})
        return outcome

    def _fail(self, rows: list[Notice], outcome: Outcome, facts: dict[str, Any]) -> None:
        self.sent.failed += _close(rows, state=NoticeState.FAILED, reason=outcome.words[:200], **facts)
        if outcome.how is How.BOUNCED:
            person = rows[0].recipient
            mark_bounced(person, address=facts["address"], because=outcome.words, now=self.now)
            logger.warning("Address of user %s refused: %s", person.pk, outcome.words)

    def _postpone(self, rows: list[Notice], outcome: Outcome, facts: dict[str, Any]) -> None:
        away = outcome.how is How.SERVER_AWAY
        tried = max(notice.attempts for notice in rows)
        waits_since = min(max(notice.created_at, notice.due_at) for notice in rows)
        over = self.now - waits_since > GIVE_UP if away else tried > len(BACKOFF)
        if over:
            self._fail(rows, outcome, facts)
            return
        again = self.now + BACKOFF[min(tried, len(BACKOFF)) - 1]
        words = f"{outcome.words}; thử lại {timezone.localtime(again):%H:%M}"[:200]
        self.sent.delayed += _close(
            rows, state=NoticeState.PLANNED, next_attempt_at=again, reason=words, **facts
        )

    def _release(self, mails: list[list[Notice]], again: datetime) -> None:
        """Give rows back that nobody tried: the claim did not count, and what was never tried has no head."""
        rows = [notice for mail in mails for notice in mail]
        back = {"state": NoticeState.PLANNED, "next_attempt_at": again, "attempts": F("attempts") - 1}
        self.sent.delayed += _close([n for n in rows if n.attempts > 1], **back)
        self.sent.delayed += _close([n for n in rows if n.attempts <= 1], head=None, **back)


def _ladder_of(notice: Notice) -> tuple[Any, ...]:
    """What the steps of one ladder to one person have in common."""
    return notice.deadline_id, notice.event_id, notice.assignment_id, notice.recipient_id, notice.channel


def _latest_steps(notices: list[Notice], now: datetime) -> dict[tuple[Any, ...], Notice]:
    """The latest due step that was or will be sent of every ladder of which one is to be sent: one query."""
    steps = [notice for notice in notices if notice.is_reminder]
    if not steps:
        return {}
    of_these = Q(deadline__in={n.deadline_id for n in steps if n.deadline_id}) | Q(
        event__in={n.event_id for n in steps if n.event_id}
    )
    rows = Notice.objects.reminders().filter(
        of_these, recipient__in={n.recipient_id for n in steps}, due_at__lte=now, copy=0
    )
    told = rows.exclude(state=NoticeState.SKIPPED).order_by("due_at", "pk")
    return {_ladder_of(notice): notice for notice in told}


_LOOK = (
    "pk",
    "assignment__state",
    "assignment__deadline_id",
    "assignment__extension_id",
    "assignment__return_deadline_id",
    "assignment__first_submitted_at",
    "recipient__is_active",
    "recipient__email",
    "recipient__email_bounced_at",
    "round__state",
    "deadline__replaced_at",
)
"""What may have changed since the claim: one query a mail sees all of it."""
_ANY_HEAD, _ANY_CLAIM = -1, "?"


class _SecondLook:
    """Looks once more at the rows of a mail right before it goes out: is the claim still ours, what holds now?

    A process that slept through its lease, or whose clock jumped, finds that others have taken over. The
    statement is built once a batch: building it anew took a fifth of a mail's time.
    """

    def __init__(self) -> None:
        rows = Notice.objects.filter(head=_ANY_HEAD, claim=_ANY_CLAIM, state=NoticeState.CLAIMED)
        self._sql, self._params = rows.order_by().values_list(*_LOOK).query.sql_with_params()

    def at(self, rows: list[Notice]) -> list[Notice]:
        """Those of the rows that are still ours, with the facts of this moment."""
        put = {_ANY_HEAD: rows[0].head_id, _ANY_CLAIM: rows[0].claim}
        with connection.cursor() as cursor:
            cursor.execute(self._sql, [put.get(param, param) for param in self._params])
            facts = {row[0]: row[1:] for row in cursor.fetchall()}
        still = [notice for notice in rows if notice.pk in facts]
        for notice in still:
            _refresh(notice, facts[notice.pk])
        return still


def _refresh(notice: Notice, facts: tuple[Any, ...]) -> None:
    """Read again what is not as it was. Of times, which come as the database writes them, only whether they are."""
    of_assignment, (active, email, bounced_at), (round_state, replaced_at) = facts[:5], facts[5:8], facts[8:]
    assignment, person = notice.assignment, notice.recipient
    if assignment is not None and _known(round_state, *of_assignment) != _known(
        assignment.round.state,
        assignment.state,
        assignment.deadline_id,
        assignment.extension_id,
        assignment.return_deadline_id,
        assignment.first_submitted_at,
    ):
        notice.assignment = Assignment.objects.select_related(*lapsing.FACTS).get(pk=assignment.pk)
    if _known(bool(active), email, bounced_at) != _known(
        person.is_active, person.email, person.email_bounced_at
    ):
        person.refresh_from_db()
    notice.round.state = round_state
    if notice.deadline is not None and replaced_at is not None:
        notice.deadline.refresh_from_db()


def _known(*facts: Any) -> tuple[Any, ...]:
    return (*facts[:-1], facts[-1] is not None)


def _held(rows: list[Notice]) -> QuerySet[Notice]:
    """The rows as far as our claim on them stands."""
    claims = {notice.claim for notice in rows}
    return Notice.objects.filter(
        pk__in=[notice.pk for notice in rows], claim__in=claims, state=NoticeState.CLAIMED
    )


def _close(rows: list[Notice], **values: Any) -> int:
    """Write the end of a claim; returns of how many rows. Those lost to another process keep its word."""
    return _held(rows).update(claim="", **values) if rows else 0


def _write_down(rows: list[Notice], **values: Any) -> int:
    """`_close` for what the server took: it goes out again unless it is marked, so a database that restarts is awaited."""
    for pause in DATABASE_BACK:
        try:
            return _close(rows, **values)
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block:
                raise
            connection.close()
            time.sleep(pause)
    return _close(rows, **values)
