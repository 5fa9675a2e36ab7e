"""`owing.py NUMBER`: so many units with one writer each, all of whom are due the same reminder now.

The round is opened by the domain's functions; units and people are written in bulk. Nobody but the writers is told at
this step, so that NUMBER is how many mails must go out.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from reporting import opening, outlines  # noqa: E402
from reporting.deadlines import DateToKeep  # noqa: E402
from units.calendar import load_calendar, working_calendar  # noqa: E402
from units.models import GroupMembership, Membership, Role, Unit, UnitGroup, User  # noqa: E402
from units.text import sort_key  # noqa: E402

OPENED = timedelta(days=60)
STEP = 3  # working days before the date: only writers are told


def owe(number: int) -> None:
    """Fill an empty, migrated database."""
    now = timezone.now()
    today = timezone.localdate(now)
    load_calendar([today.year - 1, today.year, today.year + 1])
    admin = User.objects.create(username="quantri", full_name="Quản trị", is_admin=True, password="!")  # noqa: S106
    office = Unit.objects.create(code="van-phong-bo", name="Văn phòng Bộ")
    group = UnitGroup.objects.create(code="don-vi", name="Các đơn vị thuộc, trực thuộc Bộ", position=1)
    _writers(number, group)
    row = opening.prepare_round(_plan(office, group, today), actor=admin, now=now - OPENED)
    opening.open_round(row, actor=admin, now=now - OPENED)
    row.remind_at = row.remind_at.replace(hour=0, minute=0)
    row.save(update_fields=["remind_at"])


def _writers(number: int, group: UnitGroup) -> None:
    units = Unit.objects.bulk_create(
        Unit(code=f"don-vi-{n}", name=f"Đơn vị số {n}", sort_key=sort_key(f"Đơn vị số {n}"))
        for n in range(number)
    )
    people = User.objects.bulk_create(
        User(
            username=f"soan{n}",
            full_name=f"Chuyên viên {n}",
            email=f"soan{n}@example.com",
            password="!",  # noqa: S106
        )
        for n in range(number)
    )
    GroupMembership.objects.bulk_create(GroupMembership(unit=unit, group=group) for unit in units)
    Membership.objects.bulk_create(
        Membership(user=person, unit=unit, role=Role.REPORTER)
        for person, unit in zip(people, units, strict=True)
    )


def _plan(office: Unit, group: UnitGroup, today: date) -> opening.RoundPlan:
    due = working_calendar().shift(today, STEP - 1)
    return opening.RoundPlan(
        code="dot-thu",
        name="Đợt thử",
        year=due.year,
        owner=office,
        addressee="Ban Tuyên giáo và Dân vận Trung ương",
        period_from=date(due.year, 1, 1),
        period_to=date(due.year, 12, 31),
        plan=None,
        previous=None,
        groups={group: DateToKeep("before", due)},
        dispatch=DateToKeep("before", due + timedelta(days=90)),
        outline=outlines.built_in("khoa_giao"),
    )


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    owe(int(sys.argv[1]))
