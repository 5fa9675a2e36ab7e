"""The demo's people: role names instead of personal names, addresses at example.com."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.hashers import make_password

from reporting.demo import prose
from reporting.demo.prose import UnitFacts
from units.models import Authority, Role, Unit, User
from units.people import delegate, grant, register_person
from units.register import OFFICE

DEMO_PASSWORD = "khoa-giao-demo"  # noqa: S105  (printed on purpose; the demo refuses a filled database)
DEMO_UNITS = ("cuc-quan-ly-y-duoc-co-truyen", "benh-vien-bach-mai", "so-y-te-hai-phong")


@dataclass
class Crew:
    """Everybody who acts in the demo. `reporters[unit_id]` and `approvers[unit_id]` are never empty."""

    admin: User
    reviewers: list[User]
    lead: User
    registry: User
    reporters: dict[int, list[User]] = field(default_factory=dict)
    approvers: dict[int, list[User]] = field(default_factory=dict)


def facts_of(unit: Unit) -> UnitFacts:
    """What the prose needs to know of a unit."""
    province = unit.short_name.removeprefix("SYT ") if unit.kind == "sở" else None
    return UnitFacts(unit.code, unit.name, unit.short_name, unit.kind, unit.sector, province)


def hire(units: list[Unit], *, now: datetime) -> Crew:
    """Make the accounts. The few that sign in share one password, hashed once with a fixed salt."""
    admin = _person("quantri", "Quản trị hệ thống – Bộ Y tế", None, now, is_admin=True)
    office = Unit.objects.get(code=OFFICE)
    crew = Crew(
        admin=admin,
        reviewers=[
            _person(f"tonghop{n}", f"Chuyên viên tổng hợp {n} – Văn phòng Bộ", admin, now) for n in (1, 2, 3)
        ],
        lead=_person("lanhdaovp", "Lãnh đạo Văn phòng Bộ", admin, now),
        registry=_person("vanthu", "Văn thư Bộ", admin, now),
    )
    for reviewer in crew.reviewers:
        grant(reviewer, office, Role.REVIEWER, actor=admin, now=now)
    grant(crew.lead, office, Role.LEAD, actor=admin, now=now)
    grant(crew.registry, office, Role.REGISTRY, actor=admin, now=now)
    for unit in units:
        _staff(unit, crew, now)
    _lend_a_signature(crew, now)
    hashed = make_password(DEMO_PASSWORD, salt="demo-muoi-co-dinh")
    # "!" is a password nobody has; Django's own unusable ones are random and would differ from seed to seed.
    User.objects.update(password="!")  # noqa: S106
    User.objects.filter(pk__in=[person.pk for _, person in accounts()]).update(password=hashed)
    return crew


def _staff(unit: Unit, crew: Crew, now: datetime) -> None:
    dice = random.Random(f"people-{unit.code}")
    facts = facts_of(unit)
    slug = unit.code.replace("-", "")[:40]
    crew.reporters[unit.pk] = [
        _person(f"soan{n}.{slug}", prose.person_name(facts, "reporter", n), crew.admin, now)
        for n in range(1, dice.choice((1, 2, 2, 3)) + 1)
    ]
    crew.approvers[unit.pk] = [
        _person(f"duyet.{slug}", prose.person_name(facts, "approver", 1), crew.admin, now)
    ]
    for person in crew.reporters[unit.pk]:
        grant(person, unit, Role.REPORTER, actor=crew.admin, now=now)
    for person in crew.approvers[unit.pk]:
        grant(person, unit, Role.APPROVER, actor=crew.admin, now=now)


def _lend_a_signature(crew: Crew, now: datetime) -> None:
    """One head lets a deputy sign in his place (KT.), so that a receipt with two names exists."""
    unit = Unit.objects.get(code="benh-vien-k")
    facts = facts_of(unit)
    deputy = _person("pho.benhvienk", f"Phó {prose.person_name(facts, 'approver', 1)}", crew.admin, now)
    delegate(
        unit=unit,
        principal=crew.approvers[unit.pk][0],
        deputy=deputy,
        authority=Authority.DEPUTY,
        valid_from=now.date(),
        valid_to=None,
        reference="Phân công nhiệm vụ trong Ban Giám đốc",
        actor=crew.admin,
        now=now,
    )
    crew.approvers[unit.pk] = [deputy]


def _person(
    username: str, full_name: str, admin: User | None, now: datetime, *, is_admin: bool = False
) -> User:
    return register_person(
        username=username,
        full_name=full_name,
        email=f"{username}@example.com",
        actor=admin,
        now=now,
        is_admin=is_admin,
    )


def accounts() -> list[tuple[str, User]]:
    """The accounts that can sign in to the demo: (what they do, person)."""
    wanted = [
        ("Quản trị", "quantri"),
        ("Văn phòng Bộ – chuyên viên tổng hợp", "tonghop1"),
        ("Văn phòng Bộ – lãnh đạo", "lanhdaovp"),
        ("Văn phòng Bộ – văn thư", "vanthu"),
    ]
    for code in DEMO_UNITS:
        unit = Unit.objects.filter(code=code).first()
        if unit is not None:
            slug = code.replace("-", "")[:40]
            wanted += [(f"{unit.name} – soạn", f"soan1.{slug}"), (f"{unit.name} – duyệt", f"duyet.{slug}")]
    people = {person.username: person for person in User.objects.filter(username__in=[u for _, u in wanted])}
    return [(label, people[username]) for label, username in wanted if username in people]
