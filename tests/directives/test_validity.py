"""Whether a paper is in force follows from what was noted, for the day that is asked."""

from datetime import date, timedelta

import pytest

from directives import register
from directives.models import Directive
from directives.validity import validity_on, with_status
from tests.factories import at, paper, person

NOW = at("2025-01-10 08:00")
ISSUED, MARCH, JUNE, SEPTEMBER = (date(2025, month, 1) for month in (1, 3, 6, 9))
DAYS = (date(2024, 12, 1), ISSUED, MARCH - timedelta(days=1), MARCH, JUNE, SEPTEMBER, date(2090, 1, 1))
HISTORIES = {
    "issued": ([], "in_force in_force in_force in_force in_force in_force in_force"),
    "to come": ([("repealed", SEPTEMBER)], "in_force in_force in_force in_force in_force repealed repealed"),
    "out of turn": (
        [("replaced", SEPTEMBER), ("amended", MARCH)],
        "in_force in_force in_force amended amended replaced replaced",
    ),
    "in force again": (
        [("repealed", MARCH), ("in_force", JUNE)],
        "in_force in_force in_force repealed in_force in_force in_force",
    ),
    "twice on a day": (
        [("amended", MARCH), ("repealed", MARCH)],
        "in_force in_force in_force repealed repealed repealed repealed",
    ),
    "dated again": (
        [("repealed", MARCH), ("repealed", JUNE)],
        "in_force in_force in_force in_force repealed repealed repealed",
    ),
}


@pytest.mark.parametrize("name", HISTORIES)
def test_the_status_of_a_day_said_twice(db, name):
    changes, expected = HISTORIES[name]
    admin = person("quan-tri", admin=True)
    subject = paper(admin, code="19-CT/TW", issued_on=ISSUED)
    newer = paper(admin, code="40-CT/TW", issued_on=ISSUED)
    for minutes, (status, since) in enumerate(changes):
        by = None if status == "in_force" else newer
        moment = NOW + timedelta(minutes=minutes)
        register.change_status(subject, status, since=since, by=by, actor=admin, now=moment)
    told = [validity_on(subject, day) for day in DAYS]
    assert " ".join(found.status for found in told) == expected
    mine = Directive.objects.filter(pk=subject.pk)
    assert [with_status(mine, day).get().status_on_day for day in DAYS] == expected.split()


def test_a_draft_is_one_on_every_day(db):
    draft = paper(person("quan-tri", admin=True), status="draft")
    assert {validity_on(draft, day).status for day in DAYS} == {"draft"}
    assert with_status(Directive.objects.all(), ISSUED).get().status_on_day == "draft"


def test_what_is_to_come_is_told(db):
    admin = person("quan-tri", admin=True)
    subject = paper(admin, code="19-CT/TW", issued_on=ISSUED)
    newer = paper(admin, code="40-CT/TW", issued_on=ISSUED)
    register.change_status(subject, "repealed", since=JUNE, by=newer, actor=admin, now=NOW)
    assert validity_on(subject, MARCH).upcoming.since == JUNE
    found = validity_on(subject, JUNE)
    assert (found.since, found.by, found.upcoming) == (JUNE, newer, None)
