"""From a plan to a round: prepare it, open it, keep its list of units, close it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from directives.models import Directive
from reporting import outlines, reminder_rules
from reporting.deadlines import ChangedMeanwhile, DateToKeep, NoDate, hold, round_deadline
from reporting.lapsing import lapse_of_round
from reporting.lifecycle import Refused
from reporting.models import Assignment, Deadline, Event, Round, RoundEvent
from reporting.states import ROUND_LABELS, ROUND_TRANSITIONS, RoundState, State
from units.access import standing
from units.models import Role, Unit, UnitGroup, User
from units.text import nfc

RESERVED_CODES = frozenset({"mo-moi"})
"""Words that stand in the addresses of the round pages in the place of a code."""


@dataclass(frozen=True)
class RoundPlan:
    """What the admin decides before a round exists. `groups` in the order they are shown."""

    code: str
    name: str
    year: int
    owner: Unit
    addressee: str
    period_from: date
    period_to: date
    groups: Mapping[UnitGroup, DateToKeep]
    dispatch: DateToKeep
    outline: Sequence[outlines.SectionSpec]
    plan: Directive | None = None
    data_cutoff: date | None = None
    previous: Round | None = None


def prepare_round(plan: RoundPlan, *, actor: User, now: datetime) -> Round:
    """Create a round in state "preparing" with its outline and dates. Raises `Refused`."""
    if not actor.is_admin:
        raise Refused("Đợt báo cáo do quản trị hệ thống mở.")
    if not plan.groups:
        raise Refused("Hãy chọn ít nhất một nhóm đơn vị phải báo cáo.")
    if plan.code in RESERVED_CODES or Round.objects.filter(code=plan.code).exists():
        raise Refused(f"Mã {plan.code} đã dùng. Hãy chọn mã khác.")
    if plan.period_to < plan.period_from:
        raise Refused("Kỳ báo cáo phải kết thúc sau ngày bắt đầu.")
    if not any(not section.is_heading for section in plan.outline):
        raise Refused("Đề cương phải có ít nhất một mục để đơn vị trả lời.")
    try:
        return _write(plan, actor=actor, now=now)
    except NoDate as missing:
        raise Refused(str(missing)) from missing


def _write(plan: RoundPlan, *, actor: User, now: datetime) -> Round:
    with transaction.atomic():
        row = Round.objects.create(
            code=plan.code,
            name=nfc(plan.name),
            year=plan.year,
            plan=plan.plan,
            owner=plan.owner,
            addressee=nfc(plan.addressee),
            period_from=plan.period_from,
            period_to=plan.period_to,
            data_cutoff=plan.data_cutoff,
            previous=plan.previous,
            created_by=actor,
            created_at=now,
        )
        outlines.build(row, tuple(plan.outline))
        reminder_rules.lay(row, actor=actor, now=now)
        for group, until in plan.groups.items():
            round_deadline(row, Deadline.Purpose.SUBMISSION, group, until, actor=actor, now=now)
        round_deadline(row, Deadline.Purpose.DISPATCH, None, plan.dispatch, actor=actor, now=now)
        RoundEvent.objects.create(
            round=row, action="prepare", to_state=RoundState.PREPARING, actor=actor, at=now
        )
    return row


def asked_units(row: Round, on: date) -> list[tuple[Deadline, list[Unit]]]:
    """Whom the round asks on that day, by its current dates, earliest first; a unit counts once.

    A unit in two of the groups is asked with the earlier date.
    """
    taken: set[int] = set()
    found = []
    dates = row.deadlines.filter(purpose=Deadline.Purpose.SUBMISSION, replaced_at=None)
    for deadline in dates.select_related("group").order_by("due_at", "group__position", "id"):
        units = [u for u in deadline.group.units(on) if u.pk not in taken]  # type: ignore[union-attr]
        taken.update(unit.pk for unit in units)
        found.append((deadline, units))
    return found


def open_round(row: Round, *, actor: User, now: datetime) -> int:
    """Open the round: every unit in force in its groups gets an assignment. Returns how many there are.

    Raises `Refused` when there is nobody to ask, or for who may not open it; nothing is written then.
    """
    asked = asked_units(row, timezone.localdate(now))
    if not any(units for _, units in asked):
        raise Refused("Chưa có đơn vị nào trong các nhóm của đợt. Hãy thêm đơn vị vào nhóm trước khi mở.")
    with transaction.atomic():
        move_round(row, "open", actor=actor, now=now, opened_at=now)
        for deadline, units in asked:
            for unit in units:
                _assign(row, unit, deadline, now=now)
    return sum(len(units) for _, units in asked)


def _assign(row: Round, unit: Unit, deadline: Deadline, *, now: datetime) -> Assignment:
    return Assignment.objects.create(
        round=row,
        unit=unit,
        group=deadline.group,  # type: ignore[misc]  # a submission deadline always has its group
        unit_name=unit.name,
        deadline=deadline,
        created_at=now,
    )


def add_unit(
    row: Round, unit: Unit, group: UnitGroup, *, actor: User, now: datetime, note: str
) -> Assignment:
    """Put one more unit on the list of an open round; the addition is dated in the ledger.

    For admins and the owning office's lead. Raises `Refused`.
    """
    need_keeper(row, actor, now)
    if not unit.in_force(timezone.localdate(now)):
        raise Refused(f"{unit} đã kết thúc hoặc chưa có hiệu lực nên không giao nhiệm vụ được.")
    return put_on_list(row, unit, group, actor=actor, now=now, note=note.strip())


def put_on_list(
    row: Round, unit: Unit, group: UnitGroup, *, actor: User, now: datetime, note: str
) -> Assignment:
    """Give one more unit the duty of a group, with its events. Rights are the caller's to check."""
    if Assignment.objects.filter(round=row, unit=unit).exists():
        raise Refused(f"{unit} đã có trong danh sách của đợt này.")
    try:
        with transaction.atomic():
            hold(row)
            if row.state != RoundState.OPEN:
                raise Refused("Chỉ thêm đơn vị được khi đợt đang mở.")
            deadline = row.deadlines.filter(
                purpose=Deadline.Purpose.SUBMISSION, group=group, replaced_at=None
            ).first()
            if deadline is None:
                raise Refused(f"Đợt này không có nhóm {group}.")
            assignment = _assign(row, unit, deadline, now=now)
            Event.objects.create(
                assignment=assignment,
                action="add",
                to_state=State.NOT_STARTED,
                actor=actor,
                at=now,
                note=note,
            )
            RoundEvent.objects.create(
                round=row, action="add_unit", actor=actor, at=now, note=f"{unit}. {note}"
            )
    except IntegrityError:  # somebody else added it between the look and the write
        raise Refused(f"{unit} vừa được người khác thêm vào đợt này.") from None
    return assignment


def may_keep(row: Round, actor: User, now: datetime) -> bool:
    """Whether the person may change dates and the list of units: an admin, or the owning office's lead."""
    return actor.is_admin or standing(actor, timezone.localdate(now)).has(row.owner_id, Role.LEAD)


def need_keeper(row: Round, actor: User, now: datetime) -> None:
    if not may_keep(row, actor, now):
        raise Refused(f"Việc này do quản trị hệ thống hoặc lãnh đạo {row.owner} làm.")


def change_date(seen: Deadline, until: DateToKeep, *, actor: User, now: datetime) -> Deadline:
    """Give a group, or the dispatch, another date or boundary: a new version; reminders of the old one stop.

    Raises `Refused` for a closed round, for who may not, for a version that is not current, for no change.
    """
    row = seen.round
    need_keeper(row, actor, now)
    if seen.purpose not in (Deadline.Purpose.SUBMISSION, Deadline.Purpose.DISPATCH):
        raise Refused("Hạn riêng của một đơn vị đổi ở trang của đơn vị đó.")
    same = (seen.boundary, seen.printed_date, seen.printed_time, seen.phrase)
    try:
        if same == (until.boundary, until.printed_date, until.printed_time, until.words):
            raise Refused("Thời hạn vẫn như cũ, không có gì để lưu.")
        with transaction.atomic():
            hold(row)
            if row.state not in (RoundState.PREPARING, RoundState.OPEN):
                raise Refused("Đợt đã khóa sổ nên không đổi thời hạn được.")
            return round_deadline(row, seen.purpose, seen.group, until, actor=actor, now=now, seen=seen)
    except NoDate as missing:
        raise Refused(str(missing)) from missing
    except (ChangedMeanwhile, IntegrityError):
        raise Refused("Người khác vừa đổi thời hạn này. Hãy tải lại trang rồi xem lại.") from None


def reopen_round(row: Round, *, actor: User, now: datetime, note: str) -> None:
    """The lead opens a closed round again; the note says why."""
    if not note.strip():
        raise Refused("Hãy ghi lý do mở lại đợt.")
    move_round(row, "reopen", actor=actor, now=now, note=note.strip(), closed_at=None)


def close_round(row: Round, *, actor: User, now: datetime, note: str = "") -> None:
    """The lead closes the round: nothing is taken in any more."""
    move_round(row, "close", actor=actor, now=now, note=note, closed_at=now)


def move_round(
    row: Round, action: str, *, actor: User, now: datetime, note: str = "", **facts: object
) -> None:
    """Change a round's state by the table, by compare-and-set, with an event. Raises `Refused`."""
    rule = ROUND_TRANSITIONS.get((RoundState(row.state), action))
    if rule is None:
        raise Refused(
            f"Đợt báo cáo {ROUND_LABELS[RoundState(row.state)].lower()} nên không làm được việc này."
        )
    to, roles, by_admin = rule
    who = standing(actor, timezone.localdate(now))
    if not (who.has(row.owner_id, *roles) or (by_admin and actor.is_admin)):
        raise Refused("Bạn không có quyền làm việc này với đợt báo cáo.")
    seen = row.state
    with transaction.atomic():
        if not Round.objects.filter(pk=row.pk, state=seen).update(state=to, **facts):
            raise Refused("Người khác vừa đổi trạng thái của đợt. Hãy tải lại trang.")
        RoundEvent.objects.create(
            round=row, action=action, from_state=seen, to_state=to, actor=actor, at=now, note=nfc(note)
        )
        lapse_of_round(row)
    row.state = to
    for name, value in facts.items():
        setattr(row, name, value)
