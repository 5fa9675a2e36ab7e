"""The rules of a round's reminders: laid when it is prepared, changed by the office's lead.

A rule is never rewritten: each change closes its version and makes the next one, which speaks from then on.
What was planned by the old version and has not gone out is skipped; what went out stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, time

from django.db import transaction
from django.db.models import QuerySet

from reporting import ladder
from reporting.deadlines import hold
from reporting.ladder import Rung
from reporting.lifecycle import Refused, require_office
from reporting.models import Deadline, Notice, ReminderRule, Round, RoundEvent
from reporting.models.reminding import TOLD_FIELDS
from reporting.states import NoticeState, RoundState
from units.models import Role, User

RULE_EVENT = "reminder_rule"
"""Action of the round's ledger for every change of its rules."""
REPLACED = "quy tắc nhắc đã thay đổi"
"""Why a row is skipped whose rule was changed, switched off or removed before it went out."""


def in_force(row: Round) -> list[ReminderRule]:
    """The rules of the round now, those that are switched off among them, by kind and in order of time."""
    kinds = list(ladder.KIND_LABELS)
    rules = ReminderRule.objects.filter(round=row, ended_at=None)
    return sorted(rules, key=lambda rule: (kinds.index(rule.kind), ladder.place(rule.rung)))


def lay(row: Round, *, actor: User, now: datetime) -> None:
    """Give a new round its rules: those of the round it follows, else the usual ones."""
    known = in_force(row.previous) if row.previous is not None else []
    if row.previous is not None and known:
        row.remind_at = row.previous.remind_at
        row.save(update_fields=["remind_at"])
        made = [_made(row, rule.rung, actor, now, is_on=rule.is_on) for rule in known]
    else:
        usual = [rung for kind in ladder.KIND_LABELS for rung in ladder.usual(kind, row.remind_at)]
        made = [_made(row, rung, actor, now) for rung in usual]
    ReminderRule.objects.bulk_create(made)


def _made(row: Round, rung: Rung, actor: User, now: datetime, *, is_on: bool = True) -> ReminderRule:
    return ReminderRule(
        round=row,
        kind=rung.kind,
        side=rung.side,
        days=rung.days,
        at=rung.at,
        **{field: name in rung.told for name, field in TOLD_FIELDS.items()},
        is_on=is_on,
        known_from=now,
        created_by=actor,
    )


# --- what the lead does


def add(row: Round, rung: Rung, *, actor: User, now: datetime) -> ReminderRule:
    """One more rule; it speaks from now on. Raises `Refused`."""
    _check(rung)
    with transaction.atomic():
        _begin(row, actor, now)
        _need_free(row, rung)
        made = _made(row, rung, actor, now)
        made.save()
        _note(row, f"Thêm: {words(rung)}.", actor, now)
    return made


def change(rule: ReminderRule, rung: Rung, *, actor: User, now: datetime) -> ReminderRule:
    """Another day, time or audience for the rule; its kind stays. Raises `Refused`."""
    wanted = replace(rung, kind=rule.kind)
    _check(wanted)
    old = rule.rung
    if (old.side, old.days, old.at, old.told) == (wanted.side, wanted.days, wanted.at, wanted.told):
        raise Refused("Quy tắc vẫn như cũ, không có gì để lưu.")
    with transaction.atomic():
        _begin(rule.round, actor, now)
        _end(rule, now)
        _need_free(rule.round, wanted)
        made = _made(rule.round, wanted, actor, now, is_on=rule.is_on)
        made.save()
        _note(rule.round, f"Sửa: {words(old)} → {words(wanted)}.", actor, now)
    return made


def switch(rule: ReminderRule, on: bool, *, actor: User, now: datetime) -> ReminderRule:
    """Let the rule rest, or speak again from now on. Raises `Refused`."""
    if rule.is_on == on:
        raise Refused("Quy tắc này đang được dùng." if on else "Quy tắc này đang tắt.")
    with transaction.atomic():
        _begin(rule.round, actor, now)
        _end(rule, now)
        made = _made(rule.round, rule.rung, actor, now, is_on=on)
        made.save()
        _note(rule.round, f"{'Bật' if on else 'Tắt'}: {words(rule.rung)}.", actor, now)
    return made


def remove(rule: ReminderRule, *, actor: User, now: datetime) -> None:
    """The round has the rule no more; what it sent stays in the log. Raises `Refused`."""
    with transaction.atomic():
        _begin(rule.round, actor, now)
        _end(rule, now)
        _note(rule.round, f"Bỏ: {words(rule.rung)}.", actor, now)


def set_time(row: Round, at: time, *, actor: User, now: datetime) -> int:
    """Remind at another time of day: every rule that kept the round's time follows. Returns how many.

    Raises `Refused`.
    """
    if at == row.remind_at:
        raise Refused(f"Giờ nhắc của đợt đang là {at:%H:%M}.")
    with transaction.atomic():
        _begin(row, actor, now)
        following = [rule for rule in in_force(row) if rule.at == row.remind_at]
        for rule in following:
            _end(rule, now)
            _made(row, replace(rule.rung, at=at), actor, now, is_on=rule.is_on).save()
        Round.objects.filter(pk=row.pk).update(remind_at=at)
        _note(row, f"Giờ nhắc của đợt: {row.remind_at:%H:%M} → {at:%H:%M}.", actor, now)
    row.remind_at = at
    return len(following)


def may_change(row: Round) -> bool:
    """Whether the round's state still lets its rules be changed."""
    return row.state != RoundState.ISSUED


def _begin(row: Round, actor: User, now: datetime) -> None:
    require_office(row, actor, now, Role.LEAD)
    hold(row)
    if not may_change(row):
        raise Refused("Báo cáo của đợt đã phát hành nên quy tắc nhắc không đổi nữa.")


def _check(rung: Rung) -> None:
    if not 1 <= rung.days <= ladder.LONGEST:
        raise Refused(f"Số ngày phải từ 1 đến {ladder.LONGEST}.")
    if rung.kind in ladder.WAITING and rung.side != "after":
        raise Refused("Việc chờ xử lý chỉ có quy tắc sau, tính từ ngày bắt đầu chờ.")
    if not rung.told:
        raise Refused("Hãy chọn ít nhất một nơi nhận.")
    if not rung.told <= set(ladder.AUDIENCES_OF[rung.kind]):
        raise Refused("Nơi nhận này không dùng cho loại việc đã chọn.")


def _need_free(row: Round, rung: Rung) -> None:
    same = ReminderRule.objects.filter(
        round=row, kind=rung.kind, side=rung.side, days=rung.days, ended_at=None
    )
    if same.exists():
        raise Refused(f"Đợt đã có quy tắc “{rung.label}” cho việc này. Hãy sửa quy tắc đó.")


def _end(rule: ReminderRule, now: datetime) -> None:
    """Close the version; of two who change it at once the second is told, and so is a clock that went back."""
    current = ReminderRule.objects.filter(pk=rule.pk, ended_at=None, known_from__lte=now)
    if not current.update(ended_at=now):
        raise Refused("Người khác vừa đổi quy tắc này. Hãy tải lại trang rồi xem lại.")
    _pending(rule).update(state=NoticeState.SKIPPED, reason=REPLACED)


def _pending(rule: ReminderRule) -> QuerySet[Notice]:
    """What the rule has planned and nobody has begun to send."""
    rows = Notice.objects.filter(round=rule.round_id, rule=rule.rung.code, state=NoticeState.PLANNED)
    if rule.kind in ladder.WAITING:
        return rows.filter(event__isnull=False)
    purposes = [p for p in Deadline.Purpose.values if ladder.date_kind(p) == rule.kind]
    return rows.filter(deadline__purpose__in=purposes)


def _note(row: Round, note: str, actor: User, now: datetime) -> None:
    RoundEvent.objects.create(round=row, action=RULE_EVENT, actor=actor, at=now, note=note)


def words(rung: Rung) -> str:
    """The whole rule in a line: what, when, at what time, to whom."""
    return f"{ladder.KIND_LABELS[rung.kind]}: {rung.label}, {rung.at:%H:%M}, gửi {told_words(rung.told)}"


def told_words(told: Iterable[str]) -> str:
    """Audiences in words, lowest rung first: "chuyên viên soạn, lãnh đạo đơn vị"."""
    return ", ".join(told_labels(told))


def told_labels(told: Iterable[str]) -> list[str]:
    """The audiences one by one, lowest rung first."""
    chosen = set(told)
    return [label for name, label in ladder.AUDIENCES.items() if name in chosen]
