"""A merge of units: the plan says everything, changes nothing; applying does just that."""

from datetime import date

import pytest

from tests.factories import at, give, person, unit
from units import succession
from units.models import GroupMembership, Membership, Role, Succession, Unit, UnitGroup
from units.register import RegisterRefused

pytestmark = pytest.mark.django_db
NOW = at("2025-09-15 09:00")
DAY = date(2025, 10, 1)


@pytest.fixture
def group() -> UnitGroup:
    return UnitGroup.objects.create(code="g", name="Nhóm", position=1)


@pytest.fixture
def old(group) -> list[Unit]:
    made = [unit("cu-1", "Vụ Một", group), unit("cu-2", "Vụ Hai", group)]
    give(person("soan-1"), made[0], Role.REPORTER)
    give(person("duyet-2"), made[1], Role.APPROVER)
    return made


@pytest.fixture
def new() -> Unit:
    return Unit.objects.create(code="moi-lap", name="Cục Mới")


def plan_of(old: list[Unit], new: Unit, on: date = DAY) -> succession.SuccessionPlan:
    return succession.plan_now(old, new, effective_on=on, legal_basis="Quyết định số 1")


def test_the_plan_says_what_ends_and_who_gets_what_and_writes_nothing(old, new, group):
    plan = plan_of(old, new)
    assert plan.problems == ()
    assert plan.ending == tuple(old)
    assert plan.groups == (group,)
    assert {(given.person.username, given.role) for given in plan.roles} == {
        ("soan-1", Role.REPORTER),
        ("duyet-2", Role.APPROVER),
    }
    assert not Succession.objects.exists()
    assert Unit.objects.filter(valid_to=None).count() == 3


def test_planning_asks_the_database_three_times(old, new, django_assert_num_queries):
    with django_assert_num_queries(3):
        plan_of(old, new)
    with django_assert_num_queries(3):
        plan_of(old[:1], new)


def test_applying_does_what_the_plan_says(old, new, group):
    admin = person("quan-tri", admin=True)
    made = succession.apply(plan_of(old, new), actor=admin, now=NOW)
    assert [(row.predecessor, row.successor, row.effective_on) for row in made] == [
        (unit, new, DAY) for unit in old
    ]
    assert set(group.units(date(2025, 9, 30))) == set(old)
    assert list(group.units(DAY)) == [new]
    assert Membership.objects.in_force(DAY).filter(unit=new).count() == 2
    assert not Membership.objects.in_force(date(2025, 9, 30)).filter(unit=new).exists()
    # rights on the old unit stay, so that its people still read what they sent
    assert Membership.objects.in_force(DAY).filter(unit__in=old).count() == 2
    assert "Cục Mới theo Quyết định số 1" in Unit.objects.get(code="cu-1").ended_because


def test_people_stay_where_they_are_when_asked_so(old, new):
    succession.apply(plan_of(old, new), actor=person("quan-tri", admin=True), now=NOW, with_people=False)
    assert not Membership.objects.filter(unit=new).exists()


def test_a_successor_with_a_group_keeps_it(old, group):
    other = UnitGroup.objects.create(code="h", name="Nhóm khác", position=2)
    host = unit("chu", "Cục Chủ", other)
    plan = plan_of(old, host)
    assert plan.groups == ()
    succession.apply(plan, actor=person("quan-tri", admin=True), now=NOW)
    assert [row.group for row in GroupMembership.objects.filter(unit=host)] == [other]


def test_a_role_held_already_or_by_a_locked_person_is_not_given(old, new):
    both = give(give(person("hai-noi"), old[0], Role.REPORTER), new, Role.REPORTER)
    locked = give(person("da-khoa"), old[0], Role.REPORTER)
    locked.is_active = False
    locked.save()
    names = {given.person.pk for given in plan_of(old, new).roles}
    assert both.pk not in names
    assert locked.pk not in names


def test_who_ended_before_can_be_handed_on_later(old, new):
    Unit.objects.filter(pk=old[0].pk).update(valid_to=date(2025, 9, 1))
    old[0].refresh_from_db()
    plan = plan_of(old[:1], new)
    assert (plan.problems, plan.ending) == ((), ())


def _self(old, new):
    return plan_of([new], new)


def _unborn(old, new):
    new.valid_from = date(2025, 12, 1)
    return plan_of(old, new)


def _ended(old, new):
    new.valid_to = DAY
    return plan_of(old, new)


def _too_early(old, new):
    old[0].valid_to = date(2025, 12, 1)
    return plan_of(old, new)


def _recorded(old, new):
    Succession.objects.create(predecessor=old[0], successor=new, effective_on=DAY)
    return plan_of(old, new)


def _ring(old, new):
    Succession.objects.create(predecessor=new, successor=old[1], effective_on=DAY)
    Succession.objects.create(predecessor=old[1], successor=old[0], effective_on=DAY)
    return plan_of(old[:1], new)


@pytest.mark.parametrize("case", [_self, _unborn, _ended, _too_early, _recorded, _ring])
def test_what_makes_no_sense_is_a_problem_and_is_not_applied(old, new, case):
    plan = case(old, new)
    before = Succession.objects.count()
    assert plan.problems
    with pytest.raises(RegisterRefused):
        succession.apply(plan, actor=person("quan-tri", admin=True), now=NOW)
    assert Succession.objects.count() == before


def test_only_an_admin_merges(old, new):
    with pytest.raises(RegisterRefused, match="quản trị"):
        succession.apply(plan_of(old, new), actor=person("nguoi-ngoai"), now=NOW)
    assert not Succession.objects.exists()
