"""The ministry's own units and the provincial health departments, entered from the lists that come along.

`data/` holds them: Nghị định 42/2025/NĐ-CP for the ministry, Nghị quyết 202/2025/QH15 for the 34 provinces.
The list of affiliated units is no legal list: names marked unchecked are for an admin to correct.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from units.calendar import is_calendar_as_loaded
from units.models import GroupMembership, Succession, Unit, UnitGroup
from units.register import MINISTRY
from units.text import nfc, slugify_vi

DATA = Path(__file__).parent / "data"
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
    return _groups_as_loaded() and _units_as_loaded() and is_calendar_as_loaded()


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
