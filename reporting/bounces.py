"""Mail that came back: noted at the rows it went out for, and at the address it went to.

By hand, by the office that sent it, or from what a mail server wrote (`bounce_reading`). Noting the same thing
twice changes nothing.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.db.models import Q, QuerySet

from reporting.bounce_reading import Bounce
from reporting.drafting import refuse_secret
from reporting.lifecycle import Refused, require_office
from reporting.models import MAIL_DOMAIN, Channel, Notice, RoundEvent
from reporting.states import NoticeState
from units.models import Role, User
from units.people import mark_bounced
from units.text import nfc, row_number

BY_HAND = "mail_bounced"


class Noted(StrEnum):
    """What became of a bounce."""

    BOUNCED = "bounced"
    RETURNED = "returned"
    DELAYED = "delayed"
    KNOWN = "known"
    STRANGE = "strange"


NOTED_LABELS = {
    Noted.BOUNCED: "bị trả lại, đã đánh dấu địa chỉ",
    Noted.RETURNED: "bị trả lại vì lỗi tạm thời, không đánh dấu địa chỉ",
    Noted.DELAYED: "máy chủ báo chậm, đã ghi chú",
    Noted.KNOWN: "đã ghi nhận từ trước",
    Noted.STRANGE: "không có thư nào như thế trong sổ gửi",
}


def record_bounce(notice: Notice, *, because: str, actor: User, now: datetime) -> None:
    """The office notes that the mail of a row came back; every row of that mail and the address are marked.

    For the round's reviewers and lead, and admins. Raises `Refused` for a row that was not sent by mail, and
    without a reason.
    """
    if not actor.is_admin:
        require_office(notice.round, actor, now, Role.REVIEWER, Role.LEAD)
    words = nfc(" ".join(because.split()))
    if not words:
        raise Refused("Hãy ghi máy chủ hoặc người nhận báo gì.")
    refuse_secret(words)
    with transaction.atomic():
        if not _come_back(_mail_of(notice.head_id or notice.pk), words, now):
            raise Refused("Chỉ ghi được cho thư đã gửi và chưa ghi là bị trả lại. Hãy tải lại trang.")
        RoundEvent.objects.create(
            round=notice.round,
            action=BY_HAND,
            actor=actor,
            at=now,
            note=f"{notice.recipient} ({notice.address}): {words}",
        )


def note(bounce: Bounce, *, now: datetime) -> Noted:
    """Note what a mail server says. It must speak of the address the mail went to."""
    rows = _mail_of(_head_of(bounce.message_id))
    if bounce.address:
        rows = rows.filter(address__iexact=bounce.address)
    if not rows.exists():
        return Noted.STRANGE
    words = bounce.words if bounce.status in bounce.words else f"{bounce.status} {bounce.words}".strip()
    if bounce.is_final:
        with transaction.atomic():
            if not _come_back(rows, words, now, marks=bounce.blames_address):
                return Noted.KNOWN
        return Noted.BOUNCED if bounce.blames_address else Noted.RETURNED
    late = f"máy chủ báo chậm: {words}"[:200]
    noted = rows.filter(state=NoticeState.SENT, reason="").update(reason=late)
    return Noted.DELAYED if noted else Noted.KNOWN


def _head_of(message_id: str) -> int:
    """The number in one of our Message-IDs; 0 where there is none."""
    return row_number(message_id.removeprefix("<notice-").removesuffix(f"@{MAIL_DOMAIN}>")) or 0


def _mail_of(head: int) -> QuerySet[Notice]:
    return Notice.objects.filter(Q(head=head) | Q(pk=head, head=None), channel=Channel.EMAIL)


def _come_back(rows: QuerySet[Notice], words: str, now: datetime, *, marks: bool = True) -> int:
    """Mark the rows that count as sent, and (with `marks`) the address where it is still the person's.

    Returns how many rows there were.
    """
    first = rows.filter(state=NoticeState.SENT).select_related("recipient").first()
    if first is None:
        return 0
    marked = rows.filter(state=NoticeState.SENT).update(state=NoticeState.BOUNCED, reason=words[:200])
    if marks:
        mark_bounced(first.recipient, address=first.address, because=words, now=now)
    return marked
