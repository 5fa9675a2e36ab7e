"""Readings for the pages of units, people and the calendar; each a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q

from units.access import Standing
from units.models import (
    CalendarDay,
    Delegation,
    GroupMembership,
    Membership,
    Role,
    Succession,
    Unit,
    UnitGroup,
    UnitQuerySet,
    User,
)
from units.text import fold, sort_key

CURRENT, ENDED = "hien-co", "da-ket-thuc"
IN_TIME = ((CURRENT, "Hiện có"), (ENDED, "Đã kết thúc"), ("tat-ca", "Tất cả"))


@dataclass(frozen=True)
class UnitFilter:
    """What the list of units is asked for; unknown values count as not given."""

    words: str = ""
    group: str = ""
    sector: str = ""
    time: str = CURRENT
    unchecked: bool = False

    @classmethod
    def read(cls, query: Mapping[str, str]) -> UnitFilter:
        time = query.get("hieu-luc", CURRENT)
        return cls(
            words=query.get("tim", "").strip(),
            group=query.get("nhom", ""),
            sector=query.get("linh-vuc", ""),
            time=time if time in dict(IN_TIME) else CURRENT,
            unchecked=query.get("chua-doi-chieu") == "1",
        )

    @property
    def is_empty(self) -> bool:
        return self == UnitFilter()


def find_units(asked: UnitFilter, on: date) -> UnitQuerySet:
    """Units in Vietnamese order, with `groups_now` (memberships in force) and `has_approver`."""
    found = Unit.objects.search(asked.words)
    if asked.time == CURRENT:
        found = found.filter(Q(valid_to=None) | Q(valid_to__gt=on))
    elif asked.time == ENDED:
        found = found.filter(valid_to__lte=on)
    if asked.group:
        # Of an ended unit the groups it was in count, of the others those it is in.
        rows = GroupMembership.objects.filter(unit=OuterRef("pk"), group__code=asked.group)
        found = found.filter(Exists(rows.in_force(on) if asked.time == CURRENT else rows))
    if asked.sector:
        found = found.filter(sector=asked.sector)
    if asked.unchecked:
        found = found.filter(name_checked=False)
    approvers = Membership.objects.in_force(on).filter(
        unit=OuterRef("pk"), role=Role.APPROVER, user__is_active=True
    )
    groups = GroupMembership.objects.select_related("group").order_by("group__position", "id")
    return (
        found.annotate(has_approver=Exists(approvers))
        .prefetch_related(Prefetch("group_memberships", queryset=groups, to_attr="groups_ever"))
        .order_by("sort_key", "id")
    )


def sectors_in_use() -> list[str]:
    """Every sector some unit has, in Vietnamese order."""
    found = Unit.objects.exclude(sector="").order_by().values_list("sector", flat=True).distinct()
    return sorted(found, key=sort_key)


@dataclass(frozen=True)
class PersonAtUnit:
    person: User
    roles: tuple[str, ...]
    address: str


@dataclass(frozen=True)
class UnitFacts:
    """Everything the page of a unit shows beside its own columns."""

    groups: list[GroupMembership]
    predecessors: list[Succession]
    successors: list[Succession]
    people: list[PersonAtUnit]
    delegations: list[Delegation]
    warnings: list[str] = field(default_factory=list)
    sees_people: bool = False


def unit_facts(unit: Unit, reader: Standing, on: date) -> UnitFacts:
    """Facts of one unit. People are for admins, the office, and the unit's own staff; nobody else."""
    sees = may_see_people(unit, reader)
    held = list(
        Membership.objects.in_force(on)
        .filter(unit=unit, user__is_active=True)
        .select_related("user")
        .order_by("user__full_name", "user_id", "role")
    )
    delegations = Delegation.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), unit=unit)
    return UnitFacts(
        groups=list(
            unit.group_memberships.select_related("group").order_by("group__position", "valid_from", "id")
        ),
        predecessors=list(unit.predecessors.select_related("predecessor")),
        successors=list(unit.successors.select_related("successor")),
        people=_people(held) if sees else [],
        delegations=list(delegations.select_related("principal", "deputy")) if sees else [],
        warnings=readiness(unit, held, on) if sees else [],
        sees_people=sees,
    )


def may_see_people(unit: Unit, reader: Standing) -> bool:
    """Whether names and addresses of the unit's people are for this reader."""
    return reader.user.is_admin or reader.is_office or unit.pk in reader.roles


def _people(held: Iterable[Membership]) -> list[PersonAtUnit]:
    roles: dict[int, list[str]] = defaultdict(list)
    persons: dict[int, User] = {}
    for row in held:
        persons[row.user_id] = row.user
        roles[row.user_id].append(Role(row.role).label)
    return [PersonAtUnit(p, tuple(roles[pk]), p.email) for pk, p in persons.items()]


def readiness(unit: Unit, held: Iterable[Membership], on: date) -> list[str]:
    """What would keep the unit from sending its report in time, as sentences; none for an ended unit."""
    if not unit.in_force(on):
        return []
    rows = list(held)
    people = {row.user_id: row.user for row in rows}
    found = []
    if not people:
        return ["Chưa có người dùng nào. Đơn vị chưa nhận được nhắc việc và chưa nộp được báo cáo."]
    if Role.APPROVER not in {row.role for row in rows}:
        found.append("Chưa có lãnh đạo duyệt: báo cáo soạn xong vẫn chưa nộp được.")
    if not {Role.REPORTER, Role.APPROVER} & {Role(row.role) for row in rows}:
        found.append("Chưa có ai soạn báo cáo.")
    if len(people) == 1:
        found.append("Chỉ có một người: khi người ấy vắng, không ai làm thay.")
    never = [str(user) for user in people.values() if user.last_login is None]
    if never:
        found.append(f"Chưa đăng nhập lần nào: {', '.join(never)}.")
    bounced = [str(user) for user in people.values() if user.email_bounced_at is not None]
    if bounced:
        found.append(f"Thư bị trả lại: {', '.join(bounced)}. Hãy kiểm tra địa chỉ.")
    return found


# People ------------------------------------------------------------------------------------------------

PEOPLE_LISTS = (
    ("", "Đang hoạt động"),
    ("chua-dang-nhap", "Chưa đăng nhập lần nào"),
    ("chua-co-vai-tro", "Chưa có vai trò"),
    ("quan-tri", "Quản trị"),
    ("da-khoa", "Đã khóa"),
)


def find_people(words: str, which: str, on: date) -> list[User]:
    """People in Vietnamese order of names, with `roles_now`: three queries.

    Every word must stand, accents aside, in the name, user name, address or the name of a unit of theirs.
    """
    now = Membership.objects.in_force(on).select_related("unit").order_by("unit__sort_key", "role")
    found = User.objects.filter(is_active=which != "da-khoa")
    if which == "chua-dang-nhap":
        found = found.filter(last_login=None)
    elif which == "quan-tri":
        found = found.filter(is_admin=True)
    elif which == "chua-co-vai-tro":
        found = found.exclude(Exists(Membership.objects.in_force(on).filter(user=OuterRef("pk"))))
    people = list(found.prefetch_related(Prefetch("memberships", queryset=now, to_attr="roles_now")))
    wanted = fold(words).split()
    return sorted((p for p in people if _says(p, wanted)), key=lambda p: (sort_key(p.full_name), p.pk))


def _says(person: User, wanted: list[str]) -> bool:
    if not wanted:
        return True
    units = " ".join(f"{row.unit.name} {row.unit.short_name}" for row in person.roles_now)  # type: ignore[attr-defined]
    text = fold(f"{person.full_name} {person.username} {person.email} {units}")
    return all(word in text for word in wanted)


def delegations_for(reader: Standing) -> list[Delegation]:
    """Delegations the reader may see: all for admins, else those given or held by them; newest first."""
    rows = Delegation.objects.select_related("unit", "principal", "deputy")
    if not reader.user.is_admin:
        rows = rows.filter(Q(principal=reader.user) | Q(deputy=reader.user))
    return list(rows.order_by("-valid_from", "-id"))


# Calendar ----------------------------------------------------------------------------------------------


def days_of(year: int) -> list[CalendarDay]:
    return list(CalendarDay.objects.filter(day__year=year))


def years_with_days() -> list[int]:
    """Years the calendar has rows for, first to last."""
    return [day.year for day in CalendarDay.objects.dates("day", "year")]


def groups() -> list[UnitGroup]:
    return list(UnitGroup.objects.all())
