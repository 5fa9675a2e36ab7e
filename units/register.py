"""Changing which units and groups there are, for admins; what ends keeps its row.

Every writing function raises `RegisterRefused` for anybody else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, Q, QuerySet
from django.utils.timezone import localdate

from units.models import GroupMembership, Membership, Unit, UnitGroup, User
from units.text import fold, nfc, slugify_vi

MINISTRY, OFFICE = "bo-y-te", "van-phong-bo"
RESERVED_CODES = frozenset({"moi", "nhom"})
"""Words that stand in the addresses of the unit pages in the place of a code."""


class RegisterRefused(ValueError):
    """The change cannot be made; `str()` says in Vietnamese why and what to do.

    `field` names what was typed wrongly, where it is one thing.
    """

    def __init__(self, words: str, *, field: str | None = None) -> None:
        super().__init__(words)
        self.field = field


def need_admin(actor: User | None) -> None:
    if actor is not None and not actor.is_admin:
        raise RegisterRefused("Việc này do quản trị hệ thống làm.")


@dataclass(frozen=True)
class UnitSpec:
    """What an admin enters of a unit; `groups` only counts when the unit is new."""

    code: str
    name: str
    short_name: str = ""
    kind: str = ""
    sector: str = ""
    head_title: str = ""
    parent: Unit | None = None
    parent_body: str = ""
    place: str = ""
    code_letters: str = ""
    province_code: str = ""
    valid_from: date | None = None
    name_checked: bool = True
    groups: tuple[UnitGroup, ...] = ()


def create_unit(spec: UnitSpec, *, actor: User, now: datetime) -> Unit:
    """Create a unit and put it into its groups from the day it exists."""
    need_admin(actor)
    _need_unit_words(spec)
    if spec.code in RESERVED_CODES or Unit.objects.filter(code=spec.code).exists():
        raise RegisterRefused(f"Mã {spec.code} đã dùng. Hãy chọn mã khác.")
    columns = {name: value for name, value in vars(spec).items() if name != "groups"}
    try:
        with transaction.atomic():
            unit = Unit.objects.create(**columns)
            for group in spec.groups:
                GroupMembership.objects.create(unit=unit, group=group, valid_from=spec.valid_from)
    except IntegrityError:  # somebody else took the code between the look and the write
        raise RegisterRefused(f"Mã {spec.code} đã dùng. Hãy chọn mã khác.") from None
    return unit


def change_unit(unit: Unit, spec: UnitSpec, *, actor: User, now: datetime) -> None:
    """Correct or rename a unit. The code stays: it stands in addresses and in earlier reports."""
    need_admin(actor)
    _need_unit_words(spec)
    if spec.valid_from and unit.valid_to and spec.valid_from >= unit.valid_to:
        raise RegisterRefused(f"Ngày bắt đầu phải trước ngày kết thúc {unit.valid_to:%d/%m/%Y}.")
    if spec.parent is not None and unit.pk in _line_above(spec.parent):
        raise RegisterRefused("Đơn vị không thể là cấp trên của chính mình.")
    for name, value in vars(spec).items():
        if name not in ("code", "groups"):
            setattr(unit, name, value)
    unit.save()


def _line_above(unit: Unit) -> set[int]:
    above: set[int] = set()
    step: Unit | None = unit
    while step is not None and step.pk not in above:
        above.add(step.pk)
        step = step.parent
    return above


def _need_unit_words(spec: UnitSpec) -> None:
    if not nfc(spec.name).strip():
        raise RegisterRefused("Hãy nhập tên đơn vị.")


def end_unit(unit: Unit, *, on: date, because: str, actor: User, now: datetime) -> None:
    """The unit does not exist any more from the day `on`; its groups end with it, nothing is deleted."""
    need_admin(actor)
    if not because.strip():
        raise RegisterRefused("Hãy ghi lý do kết thúc, ví dụ số quyết định.")
    if unit.valid_to is not None:
        raise RegisterRefused(f"{unit} đã kết thúc từ ngày {unit.valid_to:%d/%m/%Y}.")
    if unit.valid_from is not None and on <= unit.valid_from:
        raise RegisterRefused(f"Ngày kết thúc phải sau ngày bắt đầu {unit.valid_from:%d/%m/%Y}.")
    with transaction.atomic():
        ended = Unit.objects.filter(pk=unit.pk, valid_to=None).update(
            valid_to=on, ended_because=nfc(because).strip()
        )
        if not ended:
            raise RegisterRefused("Người khác vừa ghi ngày kết thúc của đơn vị này. Hãy tải lại trang.")
        end_in_time(unit.group_memberships.all(), on)
    unit.valid_to, unit.ended_because = on, nfc(because).strip()


def revive_unit(unit: Unit, *, actor: User, now: datetime) -> None:
    """Take back an end entered by mistake, of the unit and of the groups that ended with it."""
    need_admin(actor)
    if unit.valid_to is None:
        raise RegisterRefused(f"{unit} chưa kết thúc.")
    if unit.successors.exists():
        raise RegisterRefused(f"{unit} đã có đơn vị kế thừa nên không khôi phục được.")
    with transaction.atomic():
        unit.group_memberships.filter(valid_to=unit.valid_to).update(valid_to=None)
        Unit.objects.filter(pk=unit.pk).update(valid_to=None, ended_because="")
    unit.valid_to, unit.ended_because = None, ""


def join_group(
    unit: Unit, group: UnitGroup, *, actor: User, now: datetime, valid_from: date | None = None
) -> GroupMembership:
    """Put the unit into a group from a day (or from ever); being there already changes nothing.

    Where it was to enter on a later day, it enters on `valid_from`, without one today.
    """
    need_admin(actor)
    if unit.valid_to is not None:
        raise RegisterRefused(f"{unit} đã kết thúc nên không vào nhóm được.")
    held = GroupMembership.objects.filter(unit=unit, group=group, valid_to=None).first()
    if held is not None:
        begin_in_time(held, valid_from or localdate(now))
        return held
    return GroupMembership.objects.create(unit=unit, group=group, valid_from=valid_from)


def leave_group(membership: GroupMembership, *, on: date, actor: User, now: datetime) -> None:
    """The unit is in the group up to the day before `on`."""
    need_admin(actor)
    end_in_time(GroupMembership.objects.filter(pk=membership.pk), on)


def create_group(name: str, *, actor: User, now: datetime) -> UnitGroup:
    """A new group of addressees, last in order. Its code is made of its name and stays."""
    need_admin(actor)
    words = _group_name(name)
    with transaction.atomic():
        last = UnitGroup.objects.order_by("-position").values_list("position", flat=True).first() or 0
        return UnitGroup.objects.create(code=_free_code(words), name=words, position=last + 1)


def rename_group(group: UnitGroup, name: str, *, actor: User, now: datetime) -> None:
    """Call a group by another name; its code and its units stay."""
    need_admin(actor)
    group.name = _group_name(name, other_than=group)
    UnitGroup.objects.filter(pk=group.pk).update(name=group.name)


def delete_group(group: UnitGroup, *, actor: User, now: datetime) -> None:
    """Take away a group entered by mistake: one no unit was ever in, and no plan or round names.

    Raises `RegisterRefused` otherwise: what was asked of a group stays told.
    """
    need_admin(actor)
    with transaction.atomic():
        UnitGroup.objects.select_for_update().get(pk=group.pk)
        if group.memberships.exists():
            raise RegisterRefused(
                f"Nhóm {group} có hoặc từng có đơn vị nên không xóa được. Không dùng nữa thì đừng chọn khi mở đợt."
            )
        try:
            group.delete()
        except ProtectedError:
            raise RegisterRefused(
                f"Nhóm {group} đã được nêu trong văn bản hoặc đợt báo cáo nên không xóa được."
            ) from None


def move_group(group: UnitGroup, *, up: bool, actor: User, now: datetime) -> None:
    """Change places with the group before or after; the first does not go up nor the last down."""
    need_admin(actor)
    with transaction.atomic():
        order = list(UnitGroup.objects.select_for_update().order_by("position", "id"))
        place = next(n for n, row in enumerate(order) if row.pk == group.pk)
        other = place - 1 if up else place + 1
        if 0 <= other < len(order):
            order[place], order[other] = order[other], order[place]
        for position, row in enumerate(order, start=1):
            row.position = position
        UnitGroup.objects.bulk_update(order, ["position"])


def _group_name(name: str, *, other_than: UnitGroup | None = None) -> str:
    words = " ".join(nfc(name).split())
    if not words:
        raise RegisterRefused("Hãy nhập tên nhóm.")
    others = UnitGroup.objects.exclude(pk=other_than.pk) if other_than else UnitGroup.objects.all()
    if fold(words) in {fold(known) for known in others.values_list("name", flat=True)}:
        raise RegisterRefused(f"Đã có nhóm {words}. Hãy đặt tên khác.")
    return words


def _free_code(name: str) -> str:
    base = slugify_vi(name)[:50].strip("-") or "nhom"
    taken = set(UnitGroup.objects.values_list("code", flat=True))
    return next(code for code in (base, *(f"{base}-{n}" for n in range(2, 1000))) if code not in taken)


def end_in_time(rows: QuerySet[Any], on: date) -> int:
    """Close rows that are open on that day or later; earlier ends stand. Returns how many were closed."""
    return rows.filter(Q(valid_to=None) | Q(valid_to__gt=on)).update(valid_to=on)


def begin_in_time(row: GroupMembership | Membership, start: date) -> None:
    """Move the start of an open row forward to `start`; one that began before stands."""
    if row.valid_from is not None and start < row.valid_from:
        type(row).objects.filter(pk=row.pk).update(valid_from=start)
        row.valid_from = start
