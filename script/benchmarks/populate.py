"""Fill a database: `demo`, or so many units × so many years, written in bulk because it is only measured."""

from __future__ import annotations

import sys
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from directives.register import load_papers  # noqa: E402
from reporting import opening, outlines  # noqa: E402
from reporting.deadlines import DateToKeep  # noqa: E402
from reporting.models import Answer, Assignment, Notice, Round, Section, Submission  # noqa: E402
from reporting.states import AnswerStatus, State  # noqa: E402
from units.calendar import load_calendar  # noqa: E402
from units.models import GroupMembership, Membership, Role, Unit, UnitGroup, User  # noqa: E402
from units.text import fold, sort_key  # noqa: E402

STATES = (
    State.ACCEPTED,
    State.SUBMITTED,
    State.IN_PROGRESS,
    State.NOT_STARTED,
    State.ACCEPTED,
    State.RETURNED,
)
TEXT = "<p>Đơn vị đã ban hành kế hoạch, phân công đầu mối và báo cáo kết quả theo quý.</p>"


def populate(size: int, years: int) -> None:
    load_calendar([timezone.localdate().year])
    now = timezone.now()
    admin = _person("quantri", admin=True)
    groups = [
        UnitGroup.objects.create(code=code, name=name, position=n)
        for n, (code, name) in enumerate(
            [("don-vi-thuoc-bo", "Các đơn vị thuộc Bộ"), ("so-y-te", "Sở Y tế các tỉnh, thành phố")]
        )
    ]
    office = Unit.objects.create(code="van-phong-bo", name="Văn phòng Bộ")
    for username, role in (("tonghop1", Role.REVIEWER), ("lanhdaovp", Role.LEAD), ("vanthu", Role.REGISTRY)):
        Membership.objects.create(user=_person(username), unit=office, role=role)
    units = _units(size, groups)
    plan = load_papers(actor=admin, now=now)["plan-2025"]
    this_year = timezone.localdate().year
    previous: Round | None = None
    for year in range(this_year - years + 1, this_year + 1):
        row = _round(year, office, plan, groups, previous, admin, now)
        _fill(row, units, live=year == this_year, now=now)
        previous = row


def _person(username: str, *, admin: bool = False) -> User:
    person = User(username=username, full_name=username, email=f"{username}@example.com", is_admin=admin)
    person.set_unusable_password()
    person.save()
    return person


def _units(size: int, groups: list[UnitGroup]) -> list[Unit]:
    units = Unit.objects.bulk_create(
        Unit(
            code=f"don-vi-{n}",
            name=f"Đơn vị số {n}",
            sector=f"Lĩnh vực {n % 6}",
            parent_body="BỘ Y TẾ",
            place="Hà Nội",
            search_text=fold(f"Đơn vị số {n} don-vi-{n}"),
            sort_key=sort_key(f"Đơn vị số {n}"),
        )
        for n in range(size)
    )
    GroupMembership.objects.bulk_create(
        GroupMembership(unit=unit, group=groups[n % len(groups)]) for n, unit in enumerate(units)
    )
    people = User.objects.bulk_create(
        User(username=f"soan{n}", full_name=f"Chuyên viên {n}", email=f"soan{n}@example.com", password="!")  # noqa: S106
        for n in range(size)
    )
    Membership.objects.bulk_create(
        Membership(user=person, unit=unit, role=role)
        for person, unit in zip(people, units, strict=True)
        for role in (Role.REPORTER, Role.APPROVER)
    )
    return units


def _round(
    year: int,
    office: Unit,
    plan: Any,
    groups: list[UnitGroup],
    previous: Round | None,
    admin: User,
    now: datetime,
) -> Round:
    today = timezone.localdate(now)
    shift = timedelta(days=365 * (today.year - year))
    row = opening.prepare_round(
        opening.RoundPlan(
            code=f"khoa-giao-{year}",
            name=f"Công tác khoa giáo năm {year}",
            year=year,
            owner=office,
            addressee="Ban Tuyên giáo và Dân vận Trung ương",
            period_from=date(year, 1, 1),
            period_to=date(year, 12, 31),
            plan=plan,
            previous=previous,
            groups={
                groups[0]: DateToKeep("before", today - timedelta(days=4) - shift),
                groups[1]: DateToKeep("before", today + timedelta(days=6) - shift),
            },
            dispatch=DateToKeep("before", today + timedelta(days=12) - shift),
            outline=outlines.built_in("khoa_giao"),
        ),
        actor=admin,
        now=now - shift - timedelta(days=60),
    )
    opening.move_round(row, "open", actor=admin, now=now, opened_at=now - shift - timedelta(days=50))
    return row


def _fill(row: Round, units: list[Unit], *, live: bool, now: datetime) -> None:
    deadlines = {d.group_id: d for d in row.deadlines.filter(purpose="submission")}
    group_of = dict(GroupMembership.objects.values_list("unit_id", "group_id"))
    sent_at = (row.opened_at or now) + timedelta(days=30)
    rows = []
    for n, unit in enumerate(units):
        state = STATES[n % len(STATES)] if live else State.ACCEPTED
        sent = sent_at if state in (State.ACCEPTED, State.SUBMITTED, State.RETURNED) else None
        rows.append(
            Assignment(
                round=row, unit=unit, group_id=group_of[unit.pk], unit_name=unit.name, state=state,
                deadline=deadlines[group_of[unit.pk]], created_at=row.opened_at or now, sections_done=16 if sent else 7,
                first_submitted_at=sent, last_submitted_at=sent,
                accepted_at=sent if state == State.ACCEPTED else None, touched_at=now,
            )
        )  # fmt: skip
    assignments = Assignment.objects.bulk_create(rows, batch_size=2000)
    _answers(row, assignments, now)
    _submissions(row, assignments)
    if live:
        _notices(row, assignments, now)
    Round.objects.filter(pk=row.pk).update(state="open" if live else "closed")


def _answers(row: Round, assignments: list[Assignment], now: datetime) -> None:
    sections = list(Section.objects.filter(round=row, is_heading=False))
    answers = (
        Answer(assignment=a, section=s, status=AnswerStatus.DONE, narrative=TEXT, version=1, updated_at=now)
        for a in assignments
        for s in sections[: a.sections_done]
    )
    while batch := list(islice(answers, 20_000)):
        Answer.objects.bulk_create(batch, batch_size=5000)


def _submissions(row: Round, assignments: list[Assignment]) -> None:
    sender = User.objects.get(username="soan0")
    made = Submission.objects.bulk_create(
        (
            Submission(
                assignment=a, number=1, code=f"KG{row.year % 100:02d}-{a.pk}-1", content='{"sections":[]}',
                sha256="0" * 64, unit_name=a.unit_name, group_name="", submitted_by=sender,
                submitted_at=a.first_submitted_at,
            )
            for a in assignments
            if a.first_submitted_at
        ),
        batch_size=5000,
    )  # fmt: skip
    accepted = {s.assignment_id: s.pk for s in made}
    for a in assignments:
        if a.state == State.ACCEPTED:
            a.accepted_submission_id = accepted[a.pk]
    Assignment.objects.bulk_update(
        [a for a in assignments if a.accepted_submission_id], ["accepted_submission"], batch_size=500
    )


def _notices(row: Round, assignments: list[Assignment], now: datetime) -> None:
    people = dict(Membership.objects.filter(role=Role.REPORTER).values_list("unit_id", "user_id"))
    Notice.objects.bulk_create(
        (
            Notice(
                round=row, assignment=a, deadline=a.deadline, rule=rule, recipient_id=people[a.unit_id],
                channel=channel, due_at=now, created_at=now, next_attempt_at=now, state="sent", sent_at=now,
            )
            for a in assignments
            for rule in ("before-7", "before-1")
            for channel in ("email", "in_app")
        ),
        batch_size=5000,
    )  # fmt: skip


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    if sys.argv[1] == "demo":
        call_command("seed_demo", stdout=sys.stderr)
    else:
        with transaction.atomic():
            populate(int(sys.argv[1]), int(sys.argv[2]))
    print("{}")
