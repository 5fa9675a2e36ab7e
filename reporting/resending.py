"""The office sends a mail of the log once more: a row of its own, with who asked for it."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from reporting.announcing import row_to, why_held, why_no_mail
from reporting.lapsing import FACTS, why_lapsed
from reporting.lifecycle import Refused, require_office
from reporting.mail import at_office, rule_text
from reporting.models import Assignment, Channel, Notice, RoundEvent
from reporting.states import NoticeState
from units.models import Role, User

RESEND = "resend_mail"


def why_not_again(notice: Notice, now: datetime) -> str:
    """Why the row cannot be sent again now, in a sentence; "" where it can."""
    if notice.channel != Channel.EMAIL:
        return "Thông báo trong cổng vẫn còn ở trang Thông báo của người nhận nên không cần gửi lại."
    if notice.state in (NoticeState.PLANNED, NoticeState.CLAIMED):
        return "Thư này đang chờ gửi."
    if not notice.recipient.is_active:
        return "Tài khoản người nhận đã khóa."
    if why := why_no_mail(notice.recipient):
        return f"Không gửi được: {why}. Hãy nhờ quản trị sửa hoặc xác nhận địa chỉ trước."
    assignment = Assignment.objects.select_related(*FACTS).filter(pk=notice.assignment_id or 0).first()
    if why := why_lapsed(notice, assignment):
        return f"Thư này không còn đúng: {why}."
    if notice.is_reminder and notice.round.reminders_paused:
        return "Nhắc việc của đợt đang tạm dừng. Hãy cho nhắc trở lại trước."
    if assignment is not None and notice.is_reminder and not at_office(notice):
        held = why_held(assignment.unit, now)
        return f"Đơn vị đang {held}." if held else ""
    return ""


def resend(notice: Notice, *, actor: User, now: datetime) -> Notice:
    """Send what the row says once more, at once and to the address of today; returns the new row.

    The old row keeps its record. For the round's reviewers and lead. Raises `Refused`, as where what it says is
    no longer so, or a copy already waits.
    """
    require_office(notice.round, actor, now, Role.REVIEWER, Role.LEAD)
    if why := why_not_again(notice, now):
        raise Refused(why)
    same = Notice.objects.filter(
        round=notice.round_id,
        deadline=notice.deadline_id,
        event=notice.event_id,
        assignment=notice.assignment_id,
        rule=notice.rule,
        recipient=notice.recipient_id,
        channel=notice.channel,
    )
    try:
        with transaction.atomic():
            if same.filter(state__in=[NoticeState.PLANNED, NoticeState.CLAIMED]).exists():
                raise Refused("Một bản của thư này đang chờ gửi.")
            row = row_to(
                notice.recipient,
                notice.channel,
                round=notice.round,
                assignment_id=notice.assignment_id,
                deadline_id=notice.deadline_id,
                event_id=notice.event_id,
                rule=notice.rule,
                copy=(same.aggregate(last=Max("copy"))["last"] or 0) + 1,
                asked_by=actor,
                due_at=now,
                created_at=now,
            )
            row.save()
            RoundEvent.objects.create(
                round=notice.round,
                action=RESEND,
                actor=actor,
                at=now,
                note=f"{notice.recipient} ({notice.recipient.email}): {rule_text(notice)}",
            )
    except IntegrityError:  # somebody else asked between the look and the write
        raise Refused("Người khác vừa gửi lại thư này.") from None
    return row
