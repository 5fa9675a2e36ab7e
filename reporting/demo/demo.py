"""The whole demo in one transaction: the ministry, its papers, the round of 2025 and the one that is open."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from directives.deadlines import format_phrase
from directives.models import Directive, RelationKind
from directives.register import PaperSpec, load_papers, register, relate
from reporting import opening, outlines
from reporting.deadlines import DateToKeep
from reporting.demo import courses, ministry
from reporting.demo.people import Crew, hire
from reporting.demo.season import Season, at
from reporting.models import Round
from units.access import steady_roles
from units.calendar import load_calendar, working_calendar
from units.contacts import confirm, contacts_of
from units.ministry_list import is_as_loaded, load_ministry
from units.models import Unit, UnitGroup, User
from units.register import OFFICE

FIRST_DAY = date(2026, 1, 15)
"""The round of 2025 ends on 04/11/2025 and the open one begins some seven weeks before its day."""
ADDRESSEE = "Ban Tuyên giáo và Dân vận Trung ương"


class DemoRefused(ValueError):
    """The demo cannot be made here; `str()` says in Vietnamese why and what to do."""


def make_demo(today: date) -> None:
    """Fill an empty database, or one that holds only what `manage.py prepare` put there.

    Raises `DemoRefused` when it holds anything else, or for a day that is too early.
    """
    if today < FIRST_DAY:
        raise DemoRefused(f"Dữ liệu mẫu cần một ngày từ {FIRST_DAY:%d/%m/%Y} trở đi.")
    filled = User.objects.exists() or Directive.objects.exists() or Round.objects.exists()
    if filled or not is_as_loaded():
        raise DemoRefused(
            "Cơ sở dữ liệu đã có dữ liệu nên không tạo dữ liệu mẫu. Hãy dùng cơ sở dữ liệu trống."
        )
    with transaction.atomic():
        load_ministry()
        load_calendar(range(2025, today.year + 2))
        units = _reporting_units(date(2025, 10, 20))
        crew = hire(units, now=at(date(2025, 8, 18), 9))
        papers = load_papers(actor=crew.admin, now=at(date(2025, 8, 20), 10))
        with steady_roles():
            past = _round_of_2025(crew, papers["plan-2025"])
            _play_2025(past, crew, units)
            _play_live(crew, past, papers["plan-2025"], today)


def _reporting_units(on: date) -> list[Unit]:
    groups = UnitGroup.objects.order_by("position")
    return [unit for group in groups for unit in group.units(on).order_by("sort_key")]


def _round_of_2025(crew: Crew, plan: Directive) -> Round:
    row = opening.prepare_round(
        _plan_of_round(2025, plan, None, date(2025, 10, 20), date(2025, 10, 30), date(2025, 11, 5)),
        actor=crew.admin,
        now=at(date(2025, 9, 8), 10),
    )
    opening.open_round(row, actor=crew.admin, now=at(date(2025, 9, 8), 14))
    return row


def _plan_of_round(
    year: int, plan: Directive, previous: Round | None, units_by: date, provinces_by: date, dispatch_by: date
) -> opening.RoundPlan:
    groups = {group.code: group for group in UnitGroup.objects.all()}
    return opening.RoundPlan(
        code=f"khoa-giao-{year}",
        name=f"Công tác khoa giáo năm {year}",
        year=year,
        owner=Unit.objects.get(code=OFFICE),
        addressee=ADDRESSEE,
        period_from=date(year, 1, 1),
        period_to=date(year, 12, 31),
        plan=plan,
        previous=previous,
        groups={
            groups["don-vi-thuoc-bo"]: _before(units_by),
            groups["don-vi-truc-thuoc-bo"]: _before(units_by),
            groups["so-y-te"]: _before(provinces_by),
        },
        dispatch=_before(dispatch_by),
        outline=outlines.of_round(previous) if previous else outlines.built_in("khoa_giao"),
    )


def _before(day: date) -> DateToKeep:
    phrase = "trước ngày 5/11/2025" if day == date(2025, 11, 5) else ""
    return DateToKeep("before", day, phrase=phrase)


def _due_dates(row: Round) -> dict[int, date]:
    """Unit → printed date of its group."""
    return dict(row.assignments.values_list("unit_id", "deadline__printed_date"))


def _play_2025(row: Round, crew: Crew, units: list[Unit]) -> None:
    season = Season(row, crew)
    assert row.opened_at is not None
    for course in courses.finished_2025(units, _due_dates(row), row.opened_at, working_calendar()):
        season.follow(course)
    season.mornings(date(2025, 9, 9), at(date(2025, 11, 4), 9))
    season.play()
    report = ministry.write_report(row, crew, now=at(date(2025, 11, 3), 13, 30))
    ministry.sign_and_issue(
        report,
        crew,
        cleared=at(date(2025, 11, 3), 17, 5),
        signed=date(2025, 11, 4),
        number=1498,
        issued=at(date(2025, 11, 4), 15, 20),
    )
    season.tick(at(date(2025, 11, 4), 18))


def _play_live(crew: Crew, past: Round, old_plan: Directive, today: date) -> None:
    opened = at(working_calendar().shift(today, -38), 9, 30)
    row = opening.prepare_round(
        _plan_of_round(
            today.year,
            _live_plan(crew, old_plan, today, opened),
            past,
            today - timedelta(days=4),
            today + timedelta(days=6),
            today + timedelta(days=12),
        ),
        actor=crew.admin,
        now=opened - timedelta(days=3),
    )
    opening.open_round(row, actor=crew.admin, now=opened)
    units = _reporting_units(opened.date())
    for unit in units:
        if unit.pk not in crew.reporters:
            raise DemoRefused(f"{unit} chưa có người trong dữ liệu mẫu.")
    season = Season(row, crew)
    for course in courses.live(units, _due_dates(row), opened, today, working_calendar()):
        season.follow(course)
    season.mornings(opened.date() + timedelta(days=1), at(today, 8))
    season.play()
    _stand_by(units, crew, opened)
    ministry.write_report(row, crew, now=_yesterday_at_work(today), sections=6)


def _stand_by(units: list[Unit], crew: Crew, opened: datetime) -> None:
    """Most people have signed in since the round opened and most units confirmed who stands for them."""
    seen = at(working_calendar().shift(opened.date(), 2), 10)
    people = contacts_of(units, seen.date())
    silent = {unit.pk for unit in units[4::11]}
    absent = [crew.reporters[unit.pk][-1].pk for unit in units[7::17]]
    own = User.objects.filter(memberships__unit__in=units).exclude(pk__in=absent)
    User.objects.filter(pk__in=own.values("pk")).update(last_login=seen)
    for unit in units:
        if unit.pk not in silent:
            confirm(unit, seen=people[unit.pk].signature, actor=crew.approvers[unit.pk][0], now=seen)


def _yesterday_at_work(today: date) -> datetime:
    return at(working_calendar().shift(today, -1), 14)


def _live_plan(crew: Crew, old: Directive, today: date, opened: datetime) -> Directive:
    """This year's plan: still without number and date in the register, like the copy of 2025."""
    dates = {
        "don-vi-thuoc-bo": today - timedelta(days=4),
        "don-vi-truc-thuoc-bo": today - timedelta(days=4),
        "so-y-te": today + timedelta(days=6),
    }
    names = {group.code: group.name for group in UnitGroup.objects.all()}
    needs = [
        _requirement(code, names[code], f"Báo cáo kết quả công tác khoa giáo năm {today.year}.", day)
        for code, day in dates.items()
    ]
    needs.append(
        _requirement(
            "",
            "Văn phòng Bộ",
            f"Tổng hợp, dự thảo báo cáo của Bộ gửi {ADDRESSEE}.",
            today + timedelta(days=12),
        )
    )
    plan = register(
        PaperSpec(
            kind="KH",
            title=f"Triển khai công tác khoa giáo năm {today.year}",
            issuer="Bộ Y tế",
            status=Directive.Status.DRAFT,
            signer_post="KT. BỘ TRƯỞNG, THỨ TRƯỞNG",
            note="Kế hoạch mẫu; số và ngày ban hành bổ sung khi có bản phát hành.",
            requirements=tuple(needs),
        ),
        actor=crew.admin,
        now=opened - timedelta(days=4),
    )
    for relation in old.relations_out.select_related("to_directive"):
        relate(
            plan,
            RelationKind(relation.kind),
            relation.to_directive,
            actor=crew.admin,
            now=opened - timedelta(days=4),
        )
    return plan


def _requirement(group: str, addressee: str, text: str, day: date) -> dict[str, str]:
    return {
        "group": group,
        "addressee": addressee,
        "text": text,
        "phrase": format_phrase("before", day),
        "boundary": "before",
        "due_date": day.isoformat(),
        "receiver": "Bộ Y tế (qua Văn phòng Bộ)" if group else ADDRESSEE,
    }


__all__ = ["DemoRefused", "make_demo"]
