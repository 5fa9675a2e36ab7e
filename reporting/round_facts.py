"""What a round is called, whom its report goes to and which days it covers: put right; a round begun by mistake."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import transaction

from reporting.deadlines import hold
from reporting.lifecycle import Refused
from reporting.models import Round, RoundEvent
from reporting.opening import need_keeper
from reporting.states import RoundState
from units.models import User
from units.text import nfc


@dataclass(frozen=True)
class RoundFacts:
    """What may be put right until the round closes. Named as the fields of `Round`."""

    name: str
    addressee: str
    period_from: date
    period_to: date
    data_cutoff: date | None = None


def facts_of(row: Round) -> RoundFacts:
    return RoundFacts(**{field.name: getattr(row, field.name) for field in fields(RoundFacts)})


def correct(row: Round, facts: RoundFacts, *, actor: User, now: datetime) -> None:
    """Write the facts; the ledger says of each what it was. Raises `Refused`: closed, no right, nothing new.

    For admins and the lead of the owning office, while the round is prepared or open.
    """
    need_keeper(row, actor, now)
    if facts.period_to < facts.period_from:
        raise Refused("Kỳ báo cáo phải kết thúc sau ngày bắt đầu.")
    with transaction.atomic():
        hold(row)
        if row.state not in (RoundState.PREPARING, RoundState.OPEN):
            raise Refused("Đợt đã khóa sổ nên không sửa thông tin được.")
        row.refresh_from_db(fields=[field.name for field in fields(RoundFacts)])
        changed = {
            field.name: _written(getattr(facts, field.name))
            for field in fields(RoundFacts)
            if _written(getattr(facts, field.name)) != getattr(row, field.name)
        }
        if not changed:
            raise Refused("Thông tin vẫn như cũ, không có gì để lưu.")
        note = "; ".join(_change(row, name, value) for name, value in changed.items())
        for name, value in changed.items():
            setattr(row, name, value)
        row.save(update_fields=list(changed))
        RoundEvent.objects.create(round=row, action="correct", actor=actor, at=now, note=note)


def drop(row: Round, *, actor: User, now: datetime) -> None:
    """Remove a round that is still being prepared, with its outline, dates and rules. Raises `Refused`.

    No unit has seen it; the papers, last year's round and everything else stay.
    """
    if not actor.is_admin:
        raise Refused("Đợt đang chuẩn bị do quản trị hệ thống bỏ.")
    with transaction.atomic():
        hold(row)
        if row.state != RoundState.PREPARING or row.assignments.exists():
            raise Refused("Đợt đã mở cho các đơn vị nên không bỏ được; lãnh đạo có thể khóa sổ.")
        if Round.objects.filter(previous=row).exists():
            raise Refused("Đợt khác đã lấy đề cương của đợt này nên không bỏ được.")
        row.delete()


def _written(value: str | date | None) -> str | date | None:
    return nfc(value.strip()) if isinstance(value, str) else value


def _change(row: Round, name: str, value: str | date | None) -> str:
    label = Round._meta.get_field(name).verbose_name  # type: ignore[union-attr]
    return f"{label}: {_said(getattr(row, name))} → {_said(value)}"


def _said(value: str | date | None) -> str:
    if value is None:
        return "không quy định"
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else f"“{value}”"
