"""Changing who there is: units, groups, people, roles, the calendar.

Every writing function is for admins (`delegate` and `end_delegation` also for the approver concerned) and
raises `RegisterRefused` otherwise; what ends keeps its row.

The lists of the ministry's own units and of the provincial health departments come with the project
(`data/`): Nghị định 42/2025/NĐ-CP for the ministry, Nghị quyết 202/2025/QH15 for the 34 provinces. The
list of affiliated units is no legal list: names marked unchecked are for an admin to correct.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from units.holidays_vn import WORKING_SATURDAY, CalendarSeed, holidays_for
from units.models import (
    OFFICE_ROLES,
    UNIT_ROLES,
    CalendarDay,
    CalendarYear,
    Delegation,
    GroupMembership,
    Membership,
    Role,
    Succession,
    Unit,
    UnitGroup,
    User,
)
from units.text import fold, nfc, slugify_vi

DATA = Path(__file__).parent / "data"
MINISTRY, OFFICE = "bo-y-te", "van-phong-bo"
RESERVED_CODES = frozenset({"moi", "nhom"})
"""Words that stand in the addresses of the unit pages in the place of a code."""
SATURDAY = 5
GROUPS = (
    ("don-vi-thuoc-bo", "Các đơn vị thuộc Bộ"),
    ("don-vi-truc-thuoc-bo", "Các đơn vị trực thuộc Bộ"),
    ("so-y-te", "Sở Y tế các tỉnh, thành phố"),
)
PLACES = (
    ("Hồ Chí Minh", "Thành phố Hồ Chí Minh"),
    ("Chợ Rẫy", "Thành phố Hồ Chí Minh"),
    ("Thống Nhất", "Thành phố Hồ Chí Minh"),
    ("Huế", "Huế"),
    ("Đà Nẵng", "Đà Nẵng"),
    ("Quảng Nam", "Đà Nẵng"),
    ("Cần Thơ", "Cần Thơ"),
    ("Tây Nam Bộ", "Cần Thơ"),
    ("Nha Trang", "Khánh Hòa"),
    ("Quy Nhơn", "Gia Lai"),
    ("Quy Hòa", "Gia Lai"),
    ("Tây Nguyên", "Đắk Lắk"),
    ("Hải Phòng", "Hải Phòng"),
    ("Hải Dương", "Hải Phòng"),
    ("Y học biển", "Hải Phòng"),
    ("Thái Bình", "Hưng Yên"),
    ("Nam Định", "Ninh Bình"),
    ("Thái Nguyên", "Thái Nguyên"),
    ("Đồng Hới", "Quảng Trị"),
    ("Uông Bí", "Quảng Ninh"),
    ("Quỳnh Lập", "Nghệ An"),
    ("Biên Hòa", "Đồng Nai"),
    ("Tâm thần Trung ương II", "Đồng Nai"),
    ("Việt Trì", "Phú Thọ"),
    ("miền núi phía Bắc", "Phú Thọ"),
    ("khu vực miền Trung", "Huế"),
)


class RegisterRefused(ValueError):
    """The change cannot be made; `str()` says in Vietnamese why and what to do.

    `field` names what was typed wrongly, where it is one thing.
    """

    def __init__(self, words: str, *, field: str | None = None) -> None:
        super().__init__(words)
        self.field = field


# The ministry's own lists ------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Listed:
    """A unit of the lists: its columns, its group, and for one that was taken over by whom."""

    code: str
    columns: dict[str, Any]
    group: str = ""
    parent: str = ""
    successor: str = ""
    legal_basis: str = ""


def load_ministry() -> None:
    """Create the ministry's groups and units and the 34 departments, with the ones they took over.

    Safe to run twice: what is there stays as an admin left it.
    """
    with transaction.atomic():
        groups = {
            code: UnitGroup.objects.get_or_create(code=code, defaults={"name": name, "position": place})[0]
            for place, (code, name) in enumerate(GROUPS, start=1)
        }
        known = {unit.code: unit for unit in Unit.objects.all()}
        for row in _listed():
            # A unit that a listed one took over comes with it, never to one that was there before.
            if row.code not in known:
                known[row.code] = _load(row, groups, known)


def _load(row: _Listed, groups: dict[str, UnitGroup], known: dict[str, Unit]) -> Unit:
    unit = Unit.objects.create(code=row.code, parent=known.get(row.parent), **row.columns)
    if row.group:
        GroupMembership.objects.create(
            unit=unit, group=groups[row.group], valid_from=unit.valid_from, valid_to=unit.valid_to
        )
    if row.successor:
        Succession.objects.create(
            predecessor=unit,
            successor=known[row.successor],
            effective_on=row.columns["valid_to"],
            legal_basis=row.legal_basis,
        )
    return unit


def _listed() -> Iterator[_Listed]:
    """Every unit of the lists, those above and those that took over before the others."""
    yield _Listed(MINISTRY, {"name": "Bộ Y tế", "short_name": "BYT", "kind": "bộ", "place": "Hà Nội"})
    for row in json.loads((DATA / "moh_units.json").read_text(encoding="utf-8"))["units"]:
        yield _Listed(row["code"], _unit_columns(row), row["group"], parent=MINISTRY)
    document = json.loads((DATA / "provinces.json").read_text(encoding="utf-8"))
    start = date.fromisoformat(document["effective_from"])
    for province in document["provinces"]:
        department = province["health_department"]
        fields = _department_fields(department["name"], province["type"], province["name"])
        yield _Listed(department["code"], fields | {"province_code": province["code"]}, "so-y-te")
        for former in province["former"]:
            if len(province["former"]) > 1 and former["name"] != province["name"]:
                yield _former(former, department, start, document["legal_basis"])


def _unit_columns(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": row["name"],
        "short_name": row.get("short_name", ""),
        "kind": row["kind"],
        "sector": row.get("sector", ""),
        "head_title": row.get("head_title", ""),
        "parent_body": "BỘ Y TẾ",
        "place": place_of(row["name"]),
        "code_letters": letters_of(row["name"], row.get("short_name", "")),
        "valid_from": date.fromisoformat(row["valid_from"]) if row.get("valid_from") else None,
        "valid_to": date.fromisoformat(row["valid_to"]) if row.get("valid_to") else None,
        "ended_because": row.get("ended_because", ""),
        "name_checked": row["name_checked"],
    }


def _former(former: dict[str, Any], successor: dict[str, Any], start: date, basis: str) -> _Listed:
    word = "thành phố" if former["type"].startswith("thành phố") else "tỉnh"
    name = f"Sở Y tế {word} {former['name']}"
    ended = {"valid_to": start, "ended_because": f"Sáp nhập vào {successor['name']}"}
    return _Listed(
        f"{slugify_vi(name)}-truoc-2025",
        _department_fields(name, former["type"], former["name"]) | ended,
        "so-y-te",
        successor=successor["code"],
        legal_basis=basis,
    )


def is_as_loaded() -> bool:
    """Whether units, groups and calendar are empty or hold exactly what the lists and the law give.

    Then nobody has put anything of their own there yet.
    """
    return _groups_as_loaded() and _units_as_loaded() and _calendar_as_loaded()


def _groups_as_loaded() -> bool:
    wanted = [(code, name, place) for place, (code, name) in enumerate(GROUPS, start=1)]
    found = list(UnitGroup.objects.order_by("position").values_list("code", "name", "position"))
    return found in ([], wanted)


def _units_as_loaded() -> bool:
    listed = list(_listed())
    names = sorted({name for row in listed for name in row.columns})
    units = {unit.code: unit for unit in Unit.objects.select_related("parent")}
    if not units:
        return True
    blank = {"valid_from": None, "valid_to": None, "name_checked": True}
    wanted = {
        row.code: (row.parent, [_stored(row.columns.get(n, blank.get(n, ""))) for n in names])
        for row in listed
    }
    found = {
        code: (unit.parent.code if unit.parent else "", [getattr(unit, name) for name in names])
        for code, unit in units.items()
    }
    return wanted == found and _places_as_loaded(listed)


def _stored(value: Any) -> Any:
    return nfc(value) if isinstance(value, str) else value


def _places_as_loaded(listed: list[_Listed]) -> bool:
    """Groups the units are in, and who took over from whom."""
    groups = {
        (row.code, row.group, row.columns.get("valid_from"), row.columns.get("valid_to"))
        for row in listed
        if row.group
    }
    taken = {(row.code, row.successor, row.columns["valid_to"]) for row in listed if row.successor}
    members = GroupMembership.objects.values_list("unit__code", "group__code", "valid_from", "valid_to")
    lines = Succession.objects.values_list("predecessor__code", "successor__code", "effective_on")
    return sorted(members, key=str) == sorted(groups, key=str) and set(lines) == taken


def _calendar_as_loaded() -> bool:
    found = set(CalendarDay.objects.values_list("day", "kind", "name", "confirmed"))
    wanted = {
        (seed.day, _kind_of(seed), seed.name, seed.confirmed)
        for year in loaded_years()
        for seed in holidays_for(year)
    }
    return found == wanted


def _department_fields(name: str, kind: str, province: str) -> dict[str, Any]:
    word = "THÀNH PHỐ" if kind.startswith("thành phố") else "TỈNH"
    place = "Thành phố Hồ Chí Minh" if province == "Hồ Chí Minh" else province
    return {
        "name": name,
        "short_name": f"SYT {province}",
        "kind": "sở",
        "sector": "Sở Y tế",
        "head_title": "Giám đốc",
        "parent_body": f"UBND {word} {province.upper()}",
        "place": place,
        "code_letters": "SYT",
    }


def place_of(name: str) -> str:
    """The place in the date line of the unit's papers; the ministry's seat unless the name says otherwise."""
    return next((place for mark, place in PLACES if mark in name), "Hà Nội")


def letters_of(name: str, short_name: str) -> str:
    """Letters for the unit's number and symbol: from the short name, or the initials of the name."""
    parts = short_name.split()
    if len(parts) == 2 and parts[0] in ("Vụ", "Cục"):
        return parts[1]
    words = [word for word in nfc(name).replace("-", " ").split() if word.lower() != "và"]
    return "".join(word[0] for word in words if word[0].isalnum()).upper()[:12]


def load_calendar(years: Iterable[int]) -> None:
    """Enter the holidays and swapped Saturdays of years that were not entered yet.

    A year is entered once: rows an admin added, changed or took away stay as they are.
    """
    wanted = sorted(set(years) - loaded_years())
    if not wanted:
        return
    with transaction.atomic():
        CalendarDay.objects.bulk_create(
            (
                CalendarDay(day=seed.day, kind=_kind_of(seed), name=seed.name, confirmed=seed.confirmed)
                for year in wanted
                for seed in holidays_for(year)
            ),
            ignore_conflicts=True,
        )
        CalendarYear.objects.bulk_create((CalendarYear(year=year) for year in wanted), ignore_conflicts=True)


def _kind_of(seed: CalendarSeed) -> str:
    return CalendarDay.Kind.WORKING if seed.kind == WORKING_SATURDAY else seed.kind


def extend_calendar(today: date) -> None:
    """Enter this year and the next, so that a reminder never goes out on a holiday nobody entered."""
    load_calendar((today.year, today.year + 1))


def loaded_years() -> set[int]:
    """The years whose holidays were entered."""
    return set(CalendarYear.objects.values_list("year", flat=True))


def missing_years(today: date) -> list[int]:
    """Of this year and the next, those without holidays: dates in them would count as working days."""
    return sorted({today.year, today.year + 1} - loaded_years())


# Units -------------------------------------------------------------------------------------------------


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
    _need_admin(actor)
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
    _need_admin(actor)
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
    _need_admin(actor)
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
        _end_in_time(unit.group_memberships.all(), on)
    unit.valid_to, unit.ended_because = on, nfc(because).strip()


def revive_unit(unit: Unit, *, actor: User, now: datetime) -> None:
    """Take back an end entered by mistake, of the unit and of the groups that ended with it."""
    _need_admin(actor)
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
    _need_admin(actor)
    if unit.valid_to is not None:
        raise RegisterRefused(f"{unit} đã kết thúc nên không vào nhóm được.")
    held = GroupMembership.objects.filter(unit=unit, group=group, valid_to=None).first()
    if held is not None:
        _begin_in_time(held, valid_from or localdate(now))
        return held
    return GroupMembership.objects.create(unit=unit, group=group, valid_from=valid_from)


def leave_group(membership: GroupMembership, *, on: date, actor: User, now: datetime) -> None:
    """The unit is in the group up to the day before `on`."""
    _need_admin(actor)
    _end_in_time(GroupMembership.objects.filter(pk=membership.pk), on)


def create_group(name: str, *, actor: User, now: datetime) -> UnitGroup:
    """A new group of addressees, last in order. Its code is made of its name and stays."""
    _need_admin(actor)
    words = _group_name(name)
    with transaction.atomic():
        last = UnitGroup.objects.order_by("-position").values_list("position", flat=True).first() or 0
        return UnitGroup.objects.create(code=_free_code(words), name=words, position=last + 1)


def rename_group(group: UnitGroup, name: str, *, actor: User, now: datetime) -> None:
    """Call a group by another name; its code and its units stay."""
    _need_admin(actor)
    group.name = _group_name(name, other_than=group)
    UnitGroup.objects.filter(pk=group.pk).update(name=group.name)


def move_group(group: UnitGroup, *, up: bool, actor: User, now: datetime) -> None:
    """Change places with the group before or after; the first does not go up nor the last down."""
    _need_admin(actor)
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


def _end_in_time(rows: QuerySet[Any], on: date) -> int:
    """Close rows that are open on that day or later; earlier ends stand. Returns how many were closed."""
    return rows.filter(Q(valid_to=None) | Q(valid_to__gt=on)).update(valid_to=on)


def _begin_in_time(row: GroupMembership | Membership, start: date) -> None:
    """Move the start of an open row forward to `start`; one that began before stands."""
    if row.valid_from is not None and start < row.valid_from:
        type(row).objects.filter(pk=row.pk).update(valid_from=start)
        row.valid_from = start


# People ------------------------------------------------------------------------------------------------


def register_person(
    *,
    username: str,
    full_name: str,
    email: str,
    actor: User | None,
    now: datetime,
    password: str | None = None,
    is_admin: bool = False,
    phone: str = "",
) -> User:
    """Create a person who can sign in. Raises `RegisterRefused` when name or address is taken.

    `actor` is None only for the first account. Without a password the person sets one by mail.
    """
    _need_admin(actor)
    if User.objects.filter(username__iexact=username).exists():
        raise _name_taken(username)
    _need_free_address(email)
    person = User(
        username=username,
        full_name=nfc(full_name).strip(),
        email=email.strip().lower(),
        is_admin=is_admin,
        phone=phone.strip(),
        date_joined=now,
    )
    if password is None:
        person.set_unusable_password()
    else:
        person.set_password(password)
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:  # taken between the look and the write
        if User.objects.filter(username__iexact=username).exists():
            raise _name_taken(username) from None
        raise _address_taken(email) from None
    return person


def change_person(
    person: User, *, full_name: str, email: str, phone: str, is_admin: bool, actor: User, now: datetime
) -> None:
    """Correct what is known of a person. A new address clears the mark of bounced mail."""
    _need_admin(actor)
    _need_free_address(email, other_than=person)
    address = email.strip().lower()
    try:
        with transaction.atomic():
            if not is_admin:
                _keep_an_admin_without(person)
            if address != person.email:
                person.email_bounced_at = None
            person.full_name, person.email, person.phone = nfc(full_name).strip(), address, phone.strip()
            person.is_admin = is_admin
            person.save(update_fields=["full_name", "email", "phone", "is_admin", "email_bounced_at"])
    except IntegrityError:  # taken between the look and the write
        raise _address_taken(email) from None


def deactivate(person: User, *, actor: User, now: datetime) -> None:
    """The person cannot sign in any more; roles, names and records stay."""
    _need_admin(actor)
    if person.pk == actor.pk:
        raise RegisterRefused("Không thể tự khóa tài khoản của mình. Hãy nhờ quản trị khác.")
    with transaction.atomic():
        _keep_an_admin_without(person)
        User.objects.filter(pk=person.pk).update(is_active=False)
    person.is_active = False


def reactivate(person: User, *, actor: User, now: datetime) -> None:
    _need_admin(actor)
    User.objects.filter(pk=person.pk).update(is_active=True)
    person.is_active = True


def _need_free_address(email: str, other_than: User | None = None) -> None:
    others = User.objects.filter(email__iexact=email.strip())
    if other_than is not None:
        others = others.exclude(pk=other_than.pk)
    if others.exists():
        raise _address_taken(email)


def _address_taken(email: str) -> RegisterRefused:
    return RegisterRefused(f"Địa chỉ {email.strip()} đã thuộc một tài khoản khác.", field="email")


def _name_taken(username: str) -> RegisterRefused:
    return RegisterRefused(f"Tên đăng nhập {username} đã có người dùng. Hãy chọn tên khác.", field="username")


def _keep_an_admin_without(person: User) -> None:
    """Raise `RegisterRefused` when nobody else is an active admin.

    Call inside the transaction of the change: the admins' rows are held until it ends (on SQLite the whole
    database is), so of two who lock each other out the second sees what the first did.
    """
    admins = User.objects.select_for_update().filter(is_admin=True, is_active=True).order_by("pk")
    if not set(admins.values_list("pk", flat=True)) - {person.pk}:
        raise RegisterRefused("Đây là quản trị duy nhất đang hoạt động. Hãy chỉ định quản trị khác trước.")


def grant(
    person: User,
    unit: Unit,
    role: Role,
    *,
    actor: User | None,
    now: datetime,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Membership:
    """Give a role at a unit, from a day and up to the day before `valid_to`; without dates for good.

    Giving an open role twice changes nothing, but one that was to begin later begins on `valid_from`,
    without one today; given up to a day before it begins, it is held twice.
    """
    _need_admin(actor)
    if role in OFFICE_ROLES and unit.code != OFFICE and not unit.owned_rounds.exists():
        raise RegisterRefused("Vai trò của Văn phòng chỉ cấp được ở đơn vị chủ trì đợt báo cáo.")
    if valid_to is not None and valid_from is not None and valid_to <= valid_from:
        raise RegisterRefused("Ngày kết thúc phải sau ngày bắt đầu.")
    held = Membership.objects.filter(user=person, unit=unit, role=role, valid_to=None).first()
    if held is not None and not (valid_to and held.valid_from and valid_to < held.valid_from):
        _begin_in_time(held, valid_from or localdate(now))
        return held
    return Membership.objects.create(
        user=person, unit=unit, role=role, valid_from=valid_from, valid_to=valid_to
    )


def revoke(membership: Membership, *, on: date, actor: User, now: datetime) -> None:
    """End a role on a day; the row stays as history, and an earlier end stands."""
    _need_admin(actor)
    if _end_in_time(Membership.objects.filter(pk=membership.pk), on):
        membership.valid_to = on


def delegate(
    *,
    unit: Unit,
    principal: User,
    deputy: User,
    authority: str,
    valid_from: date,
    valid_to: date | None,
    reference: str = "",
    actor: User,
    now: datetime,
) -> Delegation:
    """Let `deputy` approve in the place of `principal`, who must be an approver of the unit."""
    own = Membership.objects.in_force(valid_from).filter(user=principal, unit=unit, role=Role.APPROVER)
    if not own.exists():
        raise RegisterRefused(f"{principal} không phải lãnh đạo duyệt của {unit} nên không ủy quyền được.")
    if not (actor.is_admin or actor.pk == principal.pk):
        raise RegisterRefused("Chỉ chính người duyệt hoặc quản trị mới lập được ủy quyền.")
    if principal.pk == deputy.pk:
        raise RegisterRefused("Không thể tự ủy quyền cho mình.")
    if not deputy.is_active:
        raise RegisterRefused(f"Tài khoản của {deputy} đã khóa nên không nhận ủy quyền được.")
    if valid_to is not None and valid_to <= valid_from:
        raise RegisterRefused("Ngày kết thúc phải sau ngày bắt đầu.")
    return Delegation.objects.create(
        unit=unit,
        principal=principal,
        deputy=deputy,
        authority=authority,
        reference=nfc(reference).strip(),
        valid_from=valid_from,
        valid_to=valid_to,
    )


def end_delegation(delegation: Delegation, *, on: date, actor: User, now: datetime) -> None:
    """The deputy acts up to the day before `on`; what was approved until then stays."""
    if not (actor.is_admin or actor.pk == delegation.principal_id):
        raise RegisterRefused("Chỉ chính người ủy quyền hoặc quản trị mới kết thúc được ủy quyền.")
    _end_in_time(Delegation.objects.filter(pk=delegation.pk), on)


def _need_admin(actor: User | None) -> None:
    if actor is not None and not actor.is_admin:
        raise RegisterRefused("Việc này do quản trị hệ thống làm.")


def roles_for(unit: Unit) -> list[Role]:
    """The roles that make sense at a unit, in the order they are offered."""
    office = unit.code == OFFICE or unit.owned_rounds.exists()
    return [role for role in Role if role in UNIT_ROLES or (office and role in OFFICE_ROLES)]


# Calendar ----------------------------------------------------------------------------------------------


def set_day(
    day: date,
    *,
    kind: str,
    name: str,
    confirmed: bool,
    actor: User,
    now: datetime,
    row: CalendarDay | None = None,
) -> CalendarDay:
    """Add a day that is not what its weekday says, or change `row`. One row a day."""
    _need_admin(actor)
    if not name.strip():
        raise RegisterRefused("Hãy ghi tên của ngày, ví dụ Quốc khánh.")
    if kind == CalendarDay.Kind.WORKING and day.weekday() < SATURDAY:
        raise RegisterRefused("Làm bù chỉ ghi cho thứ Bảy hoặc Chủ nhật.")
    if kind in (CalendarDay.Kind.IN_LIEU, CalendarDay.Kind.SWAPPED) and day.weekday() >= SATURDAY:
        raise RegisterRefused(
            "Thứ Bảy, Chủ nhật đã là ngày nghỉ; nghỉ bù hay hoán đổi ghi cho ngày trong tuần."
        )
    others = CalendarDay.objects.filter(day=day)
    if row is not None:
        others = others.exclude(pk=row.pk)
    if others.exists():
        raise RegisterRefused(f"Ngày {day:%d/%m/%Y} đã có trong lịch. Hãy sửa dòng đó.")
    made = row or CalendarDay()
    made.day, made.kind, made.name, made.confirmed = day, kind, nfc(name).strip(), confirmed
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise RegisterRefused(f"Ngày {day:%d/%m/%Y} vừa được người khác thêm. Hãy tải lại trang.") from None
    return made


def confirm_day(row: CalendarDay, *, actor: User, now: datetime) -> None:
    """From now on the day counts in every computation of working days."""
    _need_admin(actor)
    CalendarDay.objects.filter(pk=row.pk).update(confirmed=True)
    row.confirmed = True


def remove_day(row: CalendarDay, *, actor: User, now: datetime) -> None:
    """The day is again what its weekday says."""
    _need_admin(actor)
    CalendarDay.objects.filter(pk=row.pk).delete()
