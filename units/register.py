"""Changing who there is: units, groups, people, roles, the calendar.

The lists of the ministry's own units and of the provincial health departments come with the project
(`data/`): Nghị định 42/2025/NĐ-CP for the ministry, Nghị quyết 202/2025/QH15 for the 34 provinces. The
list of affiliated units is no legal list: names marked unchecked are for an admin to correct.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from units.holidays_vn import WORKING_SATURDAY, holidays_for
from units.models import (
    OFFICE_ROLES,
    UNIT_ROLES,
    CalendarDay,
    Delegation,
    GroupMembership,
    Membership,
    Role,
    Succession,
    Unit,
    UnitGroup,
    User,
)
from units.text import nfc, slugify_vi

DATA = Path(__file__).parent / "data"
MINISTRY, OFFICE = "bo-y-te", "van-phong-bo"
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
    """The change cannot be made; `str()` says in Vietnamese why and what to do."""


# The ministry's own lists ------------------------------------------------------------------------------


def load_ministry() -> None:
    """Create the ministry's groups and units and the 34 departments, with the ones they took over.

    Safe to run twice: what is there stays as an admin left it.
    """
    with transaction.atomic():
        groups = {
            code: UnitGroup.objects.get_or_create(code=code, defaults={"name": name, "position": place})[0]
            for place, (code, name) in enumerate(GROUPS, start=1)
        }
        root, _ = Unit.objects.get_or_create(
            code=MINISTRY, defaults={"name": "Bộ Y tế", "short_name": "BYT", "kind": "bộ", "place": "Hà Nội"}
        )
        for row in _rows("moh_units.json", "units"):
            _load_unit(row, root, groups[row["group"]])
        document = json.loads((DATA / "provinces.json").read_text(encoding="utf-8"))
        start = date.fromisoformat(document["effective_from"])
        for province in document["provinces"]:
            _load_department(province, groups["so-y-te"], start, document["legal_basis"])


def _rows(name: str, key: str) -> list[dict[str, Any]]:
    return json.loads((DATA / name).read_text(encoding="utf-8"))[key]


def _load_unit(row: dict[str, Any], root: Unit, group: UnitGroup) -> None:
    start = date.fromisoformat(row["valid_from"]) if row.get("valid_from") else None
    end = date.fromisoformat(row["valid_to"]) if row.get("valid_to") else None
    unit, made = Unit.objects.get_or_create(
        code=row["code"],
        defaults={
            "name": row["name"],
            "short_name": row.get("short_name", ""),
            "kind": row["kind"],
            "sector": row.get("sector", ""),
            "head_title": row.get("head_title", ""),
            "parent": root,
            "parent_body": "BỘ Y TẾ",
            "place": place_of(row["name"]),
            "code_letters": letters_of(row["name"], row.get("short_name", "")),
            "valid_from": start,
            "valid_to": end,
            "ended_because": row.get("ended_because", ""),
            "name_checked": row["name_checked"],
        },
    )
    if made:
        GroupMembership.objects.create(unit=unit, group=group, valid_from=start, valid_to=end)


def _load_department(province: dict[str, Any], group: UnitGroup, start: date, basis: str) -> None:
    department = province["health_department"]
    merged = len(province["former"]) > 1
    unit, made = Unit.objects.get_or_create(
        code=department["code"],
        defaults={
            **_department_fields(department["name"], province["type"], province["name"]),
            "province_code": province["code"],
        },
    )
    if not made:
        return
    GroupMembership.objects.create(unit=unit, group=group)
    for former in province["former"]:
        if merged and former["name"] != province["name"]:
            _load_former(former, unit, group, start, basis)


def _load_former(former: dict[str, Any], successor: Unit, group: UnitGroup, start: date, basis: str) -> None:
    word = "thành phố" if former["type"].startswith("thành phố") else "tỉnh"
    name = f"Sở Y tế {word} {former['name']}"
    old = Unit.objects.create(
        code=f"{slugify_vi(name)}-truoc-2025",
        **_department_fields(name, former["type"], former["name"]),
        valid_to=start,
        ended_because=f"Sáp nhập vào {successor.name}",
    )
    GroupMembership.objects.create(unit=old, group=group, valid_to=start)
    Succession.objects.create(predecessor=old, successor=successor, effective_on=start, legal_basis=basis)


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
    """Seed holidays and swapped Saturdays; rows an admin changed stay."""
    for year in years:
        for seed in holidays_for(year):
            working = seed.kind == WORKING_SATURDAY
            CalendarDay.objects.get_or_create(
                day=seed.day,
                defaults={
                    "kind": CalendarDay.Kind.WORKING if working else seed.kind,
                    "name": seed.name,
                    "confirmed": seed.confirmed,
                },
            )


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
        raise RegisterRefused(f"Tên đăng nhập {username} đã có người dùng. Hãy chọn tên khác.")
    if User.objects.filter(email__iexact=email).exists():
        raise RegisterRefused(f"Địa chỉ {email} đã thuộc một tài khoản khác.")
    person = User(
        username=username,
        full_name=nfc(full_name).strip(),
        email=email.strip().lower(),
        is_admin=is_admin,
        phone=phone,
        date_joined=now,
    )
    if password is None:
        person.set_unusable_password()
    else:
        person.set_password(password)
    person.save()
    return person


def grant(
    person: User, unit: Unit, role: Role, *, actor: User | None, now: datetime, valid_from: date | None = None
) -> Membership:
    """Give a role at a unit; giving it twice changes nothing."""
    _need_admin(actor)
    if role in OFFICE_ROLES and unit.code != OFFICE and not unit.owned_rounds.exists():
        raise RegisterRefused("Vai trò của Văn phòng chỉ cấp được ở đơn vị chủ trì đợt báo cáo.")
    held = Membership.objects.filter(user=person, unit=unit, role=role, valid_to=None).first()
    return held or Membership.objects.create(user=person, unit=unit, role=role, valid_from=valid_from)


def revoke(membership: Membership, *, on: date, actor: User, now: datetime) -> None:
    """End a role on a day; the row stays as history."""
    _need_admin(actor)
    Membership.objects.filter(pk=membership.pk, valid_to=None).update(valid_to=on)


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


def _need_admin(actor: User | None) -> None:
    if actor is not None and not actor.is_admin:
        raise RegisterRefused("Việc này do quản trị hệ thống làm.")


def roles_for(unit: Unit) -> list[Role]:
    """The roles that make sense at a unit, in the order they are offered."""
    office = unit.code == OFFICE or unit.owned_rounds.exists()
    return [role for role in Role if role in UNIT_ROLES or (office and role in OFFICE_ROLES)]
