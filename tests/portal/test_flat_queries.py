"""Lists are flat: a page with three rows of a kind asks the database as often as one with one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from reporting import consolidation, notifying, opening, reminders
from reporting.attaching import add_attachment
from reporting.models import Passage, Round, Section
from tests.factories import World, accept, at, give, make_round, make_world, paper, person, submit, unit
from tests.personas import upload
from units.models import CalendarDay, Role, User
from units.people import delegate

pytestmark = pytest.mark.django_db
ROWS = (1, 3)
CODE = "khoa-giao-2025"


class Growing:
    """A world that grows by one row of everything a list shows each time `grow` is called."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.count = 0
        self.report = consolidation.start_report(
            self.world.round, actor=self.world.reviewer, now=at("2025-09-16 08:00")
        )

    def grow(self) -> None:
        """One more unit that has sent, one accepted and cited, one that only owes; a person, a paper, a round …"""
        self.count += 1
        world, number = self.world, self.count
        sent, accepted, owing = (self._unit(f"{kind}-{number}") for kind in ("gui", "nhan", "no"))
        self._send(sent)
        self._send(accepted)
        accept(world, accepted, "2025-10-12 10:00")
        self._cite(accepted)
        self._draft(owing)
        self._register(number)
        self._own_unit_gets_a_round(number)
        moment = at(f"2025-10-{20 + number} 08:01")
        reminders.plan_due(moment)
        notifying.send_all_due(moment)

    def _unit(self, code: str) -> str:
        world = self.world
        made = unit(code, f"Bệnh viện {code}", world.truc_thuoc, sector="Khám, chữa bệnh")
        for role, people in ((Role.REPORTER, world.reporters), (Role.APPROVER, world.approvers)):
            people[code] = give(person(f"{role}-{code}"), made, role)
        opening.add_unit(
            world.round,
            made,
            world.truc_thuoc,
            actor=world.admin,
            now=at("2025-09-20 08:00"),
            note="Bổ sung.",
        )
        return code

    def _send(self, code: str) -> None:
        assignment = self.world.assignment(code)
        reporter = self.world.reporters[code]
        add_attachment(
            assignment, upload(f"{code}.pdf"), section=None, actor=reporter, now=at("2025-10-09 08:00")
        )
        submit(self.world, code)

    def _cite(self, code: str) -> None:
        who = {"actor": self.world.reviewer, "now": at("2025-10-14 08:00")}
        passage = Passage.objects.filter(submission__assignment__unit__code=code).first()
        consolidation.take(self.report, passage, **who)

    def _draft(self, code: str) -> None:
        assignment, reporter = self.world.assignment(code), self.world.reporters[code]
        add_attachment(
            assignment, upload(f"{code}.pdf"), section=None, actor=reporter, now=at("2025-10-09 08:00")
        )

    def _register(self, number: int) -> None:
        world = self.world
        made = paper(world.admin, code=f"{900 + number}-CT/TW", issued_on=date(2024, 5, number))
        Section.objects.get(round=world.round, key="1.1").directives.add(made)
        CalendarDay.objects.create(
            day=date(2026, 11, number), kind="holiday", name=f"Nghỉ {number}", confirmed=False
        )
        delegate(
            unit=world.units[0],
            principal=world.approvers["cuc-a"],
            deputy=give(person(f"pho-{number}"), world.units[0], Role.REPORTER),
            authority="KT.",
            valid_from=date(2025, 10, 1),
            valid_to=None,
            actor=world.admin,
            now=at("2025-10-01 08:00"),
        )

    def _own_unit_gets_a_round(self, number: int) -> None:
        """Unit `cuc-a` owes one round more, and has sent another."""
        world, first = self.world, self.world.round
        make_round(world, code=f"no-{number}", opened_at="2025-09-18 09:00")
        world.round = make_round(world, code=f"gui-{number}", opened_at="2025-09-18 09:00")
        submit(world, "cuc-a")
        world.round = first


@pytest.fixture(scope="module")
def counted(django_db_setup, django_db_blocker, tmp_path_factory) -> dict[str, dict[int, int]]:
    """Queries of every page at each number of rows: {page: {rows: queries}}."""
    found: dict[str, dict[int, int]] = {name: {} for name in PAGES}
    own_files = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files"))
    with own_files, django_db_blocker.unblock(), transaction.atomic():
        growing = Growing(make_world())
        for rows in range(1, max(ROWS) + 1):
            growing.grow()
            if rows in ROWS:
                for name, (who, path) in PAGES.items():
                    found[name][rows] = queries(who(growing.world), path(growing.world))
        transaction.set_rollback(True)
    return found


def queries(user: User, path: str) -> int:
    """How many queries the page takes; it is asked twice, so that nothing counts that only comes once."""
    client = Client()
    client.force_login(user)
    assert client.get(path).status_code == 200, path
    with CaptureQueriesContext(connection) as seen:
        client.get(path)
    return len(seen)


Who = Callable[[World], User]
Where = Callable[[World], str]


def _at(name: str, *args: object) -> Where:
    return lambda world: reverse(name, args=args)


def _own(name: str, *args: object) -> Where:
    return lambda world: reverse(name, args=[world.assignment("cuc-a").pk, *args])


def _admin(world: World) -> User:
    return world.admin


def _reviewer(world: World) -> User:
    return world.reviewer


def _lead(world: World) -> User:
    return world.lead


def _reporter(world: World) -> User:
    return world.reporters["cuc-a"]


def _approver(world: World) -> User:
    return world.approvers["cuc-a"]


def _directive(world: World) -> str:
    return reverse("reporting:directive", args=[world.plan.pk])


PAGES: dict[str, tuple[Who, Where]] = {
    "duties of a unit": (_reporter, _at("reporting:home")),
    "what a unit sent": (_reporter, _at("reporting:sent")),
    "sections of a report": (_reporter, _own("reporting:assignment")),
    "notices": (_reporter, _at("reporting:notices")),
    "delegations": (_approver, _at("units:delegations")),
    "rounds of the office": (_reviewer, _at("reporting:rounds")),
    "rounds of the admin": (_admin, _at("reporting:rounds")),
    "set-up of a round": (_lead, _at("reporting:round_setup", CODE)),
    "dashboard": (_reviewer, _at("reporting:round", CODE)),
    "pace": (_reviewer, _at("reporting:pace", CODE)),
    "units of a round": (_reviewer, _at("reporting:units", CODE)),
    "units of a round as a spreadsheet": (_reviewer, _at("reporting:units_xlsx", CODE)),
    "units by sections": (_reviewer, _at("reporting:matrix", CODE)),
    "queue": (_reviewer, _at("reporting:queue", CODE)),
    "reminders": (_reviewer, _at("reporting:reminders", CODE)),
    "log of notices": (_reviewer, _at("reporting:notice_log", CODE)),
    "log of notices as a spreadsheet": (_reviewer, _at("reporting:notice_log_xlsx", CODE)),
    "bench": (_reviewer, _at("reporting:bench", CODE)),
    "bench of a section": (_reviewer, _at("reporting:bench_section", CODE, "1.1")),
    "a figure by units": (_reviewer, _at("reporting:figure", CODE, "hoi_nghi")),
    "report": (_reviewer, _at("reporting:report", CODE)),
    "register of directives": (_reporter, _at("directives:register")),
    "directive": (_reporter, _directive),
    "directive for the office": (_reviewer, _directive),
    "directive for an admin": (_admin, _directive),
    "directives as a spreadsheet": (_reporter, _at("reporting:directives_xlsx")),
    "units": (_reporter, _at("units:units")),
    "units for the admin": (_admin, _at("units:units")),
    "unit": (_admin, _at("units:unit", "cuc-a")),
    "people": (_admin, _at("units:people")),
    "calendar": (_reporter, _at("units:calendar")),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_list_takes_the_same_queries_at_one_and_at_three_rows(
    name: str, counted: dict[str, dict[int, int]]
) -> None:
    few, many = (counted[name][rows] for rows in ROWS)
    assert many == few, f"{name}: {few} queries at one row, {many} at three"


def test_the_world_grows(world: World) -> None:
    """What is counted at three rows really has more to show than at one."""
    growing = Growing(world)
    before = world.round.assignments.count()
    growing.grow()
    assert world.round.assignments.count() == before + 3
    assert Round.objects.count() == 3
