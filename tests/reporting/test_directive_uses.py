"""Where a directive is used: rounds and sections; those being prepared only for who prepares them."""

import pytest

from directives import queries
from reporting import tracking
from reporting.directive_uses import uses
from tests.factories import at, make_round, make_world
from units.access import standing

NOW = at("2025-10-01 08:00")


@pytest.fixture
def world(db):
    made = make_world()
    make_round(made, code="sang-nam", year=2026, opened_at=None)
    return made


def told(world, key, user):
    own = standing(user, NOW.date())
    kin = queries.family(world.directives[key], NOW.date())
    found = uses(kin.focus, tracking.rounds_of(kin, own), own)
    return [
        (use.round.code, [section.key for section in use.sections], use.is_plan, use.units, use.at_office)
        for use in found
    ]


def test_a_directive_stands_in_sections_and_a_plan_behind_the_whole_round(world):
    opened = ("khoa-giao-2025", ["1.1"], False, 4, False)
    assert told(world, "45-nq", world.outsider) == [opened]
    assert told(world, "45-nq", world.admin) == [("sang-nam", ["1.1"], False, None, False), opened]
    assert told(world, "45-nq", world.lead) == [
        ("sang-nam", ["1.1"], False, None, True),
        ("khoa-giao-2025", ["1.1"], False, 4, True),
    ]
    assert [use[0] for use in told(world, "45-nq", world.reviewer)] == ["khoa-giao-2025"]
    assert told(world, "plan-2025", world.outsider) == [("khoa-giao-2025", [], True, 4, False)]


def test_the_page_leads_there(world, sign_in):
    page = sign_in(world.lead).get(world.directives["45-nq"].get_absolute_url()).content.decode()
    assert "Dùng ở đâu" in page
    assert "/dot/sang-nam/thiet-lap/" in page
    assert f'href="#dot-{world.round.pk}"' in page
    assert "?nhom=so-y-te" in page
    outside = sign_in(world.outsider).get(world.directives["45-nq"].get_absolute_url()).content.decode()
    assert "sang-nam" not in outside
