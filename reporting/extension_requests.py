"""A unit asks for more time and may withdraw; the office grants (`reviewing`) or declines.

Whoever drafts may ask, so that a unit whose approver is away can; the approver is told and may withdraw.
The first report's date is the lead's to extend, a returned report's is also the reviewer's who gave it.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from reporting.announcing import announce
from reporting.deadlines import DateToKeep
from reporting.drafting import refuse_secret
from reporting.lifecycle import Refused, StaleState, transition
from reporting.models import Assignment, Deadline, Event, ExtensionRequest
from reporting.states import WITH_UNIT, Action
from reporting.timeliness import kept_deadline
from units.models import User
from units.text import nfc

Outcome = ExtensionRequest.Outcome
LONGEST = timedelta(days=366)


def open_request(assignment: Assignment) -> ExtensionRequest | None:
    """The request that waits for an answer; at most one."""
    found = assignment.extension_requests.filter(outcome=Outcome.OPEN)
    return found.select_related("asked_by").first()


def waiting(requests: QuerySet[ExtensionRequest]) -> QuerySet[ExtensionRequest]:
    """Those the office still has to answer."""
    return requests.filter(outcome=Outcome.OPEN, assignment__state__in=WITH_UNIT)


def ask(assignment: Assignment, *, until: date, reason: str, actor: User, now: datetime) -> ExtensionRequest:
    """Ask for time up to the end of a day; the office's lead and the unit's approvers are told.

    Raises `Refused` for a day that gives no more time, for a report that is not owed or in a round that is
    not open, without a reason, and while another request waits.
    """
    words = nfc(reason).strip()
    if not words:
        raise Refused("Hãy ghi lý do xin gia hạn.")
    refuse_secret(words)
    end = DateToKeep("on_or_before", until).due_at
    if end <= now:
        raise Refused("Ngày xin gia hạn đã qua. Hãy chọn hôm nay hoặc một ngày sau.")
    if end <= kept_deadline(assignment).due_at:
        raise Refused("Ngày xin gia hạn phải sau thời hạn đang có. Hãy chọn một ngày sau đó.")
    if until > timezone.localdate(now) + LONGEST:
        raise Refused("Ngày xin gia hạn quá xa (hơn một năm). Hãy kiểm tra lại năm.")
    try:
        with transaction.atomic():
            transition(assignment, Action.ASK_EXTENSION, actor=actor, now=now, note=words)
            return ExtensionRequest.objects.create(
                assignment=assignment, until=until, reason=words, asked_by=actor, asked_at=now
            )
    except IntegrityError:
        # A colleague asked in the same moment: the constraint lets one request wait.
        raise StaleState("Đồng nghiệp vừa gửi một đề nghị gia hạn. Hãy tải lại trang để xem.") from None


def withdraw(request: ExtensionRequest, *, actor: User, now: datetime) -> None:
    """The unit takes its request back. Raises `Refused` when it has been answered meanwhile."""
    with transaction.atomic():
        transition(request.assignment, Action.WITHDRAW_EXTENSION, actor=actor, now=now)
        _settle(request, Outcome.WITHDRAWN, actor=actor, now=now)


def decline(request: ExtensionRequest, *, reason: str, actor: User, now: datetime) -> None:
    """The office keeps the date as it is and says why; the unit is told.

    Raises `Refused` for anybody but the lead (a returned report: or a reviewer), and without a reason.
    """
    words = nfc(reason).strip()
    refuse_secret(words)
    with transaction.atomic():
        transition(request.assignment, Action.DECLINE_EXTENSION, actor=actor, now=now, note=words)
        _settle(request, Outcome.DECLINED, actor=actor, now=now, answer=words)


def settle_by(
    assignment: Assignment,
    deadline: Deadline,
    *,
    answer: str,
    actor: User,
    now: datetime,
    seen: int | None = None,
) -> None:
    """A new date answers the request that waits, if one does; call in the transaction that gives the date.

    With `seen`, the key of the request the person answered, raises `StaleState` when it does not wait any more.
    """
    mine = ExtensionRequest.objects.filter(assignment=assignment, outcome=Outcome.OPEN)
    if seen is not None:
        mine = mine.filter(pk=seen)
    settled = mine.update(
        outcome=Outcome.GRANTED,
        answered_by=actor,
        answered_at=now,
        answer=nfc(answer).strip(),
        granted=deadline,
    )
    if seen is not None and not settled:
        raise _gone()


def carry(duty: Assignment, target: Assignment, *, actor: User, now: datetime) -> str:
    """A request that waits goes on with the duty that does: it then waits for its answer at `target`.

    Where that cannot be it is closed with the reason. Returns in a sentence what became of it, "" where none
    waits. Call in the transaction of the handover, before the duty ends.
    """
    request = open_request(duty)
    if request is None:
        return ""
    why_not = _why_not_carried(request, target, now)
    reason = f"Theo {duty.unit_name}: {request.reason}"
    if not why_not:
        asked = {"until": request.until, "reason": reason, "asked_by": request.asked_by, "asked_at": now}
        _, made = ExtensionRequest.objects.get_or_create(
            assignment=target, outcome=Outcome.OPEN, defaults=asked
        )
        why_not = "" if made else f"{target.unit_name} đã có đề nghị đang chờ"
    said = f"đóng lại vì {why_not}" if why_not else f"chuyển sang {target.unit_name}"
    _settle(request, Outcome.LAPSED, actor=actor, now=now, answer=f"Đơn vị sáp nhập: {said}.")
    if not why_not:
        event = Event.objects.create(
            assignment=target,
            action=Action.ASK_EXTENSION,
            from_state=target.state,
            to_state=target.state,
            actor=actor,
            at=now,
            note=reason,
        )
        announce(event, now=now)
    return f"Đề nghị gia hạn đến hết {request.until:%d/%m/%Y} đang chờ được {said}."


def _why_not_carried(request: ExtensionRequest, target: Assignment, now: datetime) -> str:
    end = DateToKeep("on_or_before", request.until).due_at
    if target.state not in WITH_UNIT:
        return f"{target.unit_name} không còn phải nộp"
    if end <= max(now, kept_deadline(target).due_at):
        return "ngày xin không muộn hơn thời hạn của đơn vị kế thừa hoặc đã qua"
    return ""


def _settle(request: ExtensionRequest, outcome: str, *, actor: User, now: datetime, answer: str = "") -> None:
    waits = ExtensionRequest.objects.filter(pk=request.pk, outcome=Outcome.OPEN)
    if not waits.update(outcome=outcome, answered_by=actor, answered_at=now, answer=answer):
        raise _gone()
    request.refresh_from_db(fields=["outcome", "answered_by", "answered_at", "answer"])


def _gone() -> StaleState:
    return StaleState(
        "Đề nghị này đã được trả lời hoặc đơn vị đã rút sau khi bạn mở trang. Việc của bạn chưa được ghi; "
        "hãy tải lại trang rồi xem lại."
    )
