"""Standing on a day: own roles, borrowed approval, and the edges of their dates."""

from datetime import date, timedelta

import pytest

from tests.factories import give, person, unit
from units.access import people_of, standing, steady_roles
from units.models import Delegation, Membership, Role, Unit, UnitGroup, User

pytestmark = pytest.mark.django_db
DAY = date(2025, 10, 10)


@pytest.fixture
def cuc() -> Unit:
    group = UnitGroup.objects.create(code="g", name="Nhóm", position=1)
    return unit("cuc-a", "Cục A", group)


@pytest.mark.parametrize(
    ("start", "end", "holds"),
    [
        (None, None, True),
        (DAY, None, True),
        (date(2025, 10, 11), None, False),
        (None, DAY, False),
        (None, date(2025, 10, 11), True),
        (date(2025, 1, 1), date(2025, 10, 9), False),
    ],
)
def test_a_role_counts_within_its_dates(cuc, start, end, holds):
    someone = person("ai-do")
    Membership.objects.create(user=someone, unit=cuc, role=Role.REPORTER, valid_from=start, valid_to=end)
    assert standing(someone, DAY).has(cuc.pk, Role.REPORTER) is holds


def test_an_outsider_has_nothing(cuc):
    give(person("nguoi-trong"), cuc, Role.APPROVER)
    here = standing(person("nguoi-ngoai"), DAY)
    assert (here.roles, here.unit_ids, here.office_ids, here.is_office) == ({}, [], [], False)


@pytest.mark.parametrize(
    ("role", "at_unit", "at_office"),
    [
        (Role.REPORTER, True, False),
        (Role.APPROVER, True, False),
        (Role.REVIEWER, False, True),
        (Role.LEAD, False, True),
        (Role.REGISTRY, False, True),
    ],
)
def test_roles_of_units_and_of_offices_are_told_apart(cuc, role, at_unit, at_office):
    here = standing(give(person("ai-do"), cuc, role), DAY)
    assert (bool(here.unit_ids), here.is_office) == (at_unit, at_office)


def _lend(cuc: Unit, boss: User, deputy: User, end: date | None = None) -> Delegation:
    return Delegation.objects.create(
        unit=cuc, principal=boss, deputy=deputy, authority="KT.", valid_from=date(2025, 10, 1), valid_to=end
    )


def test_borrowed_approval_names_its_principal(cuc):
    boss, deputy = give(person("sep"), cuc, Role.APPROVER), give(person("pho"), cuc, Role.REPORTER)
    row = _lend(cuc, boss, deputy)
    here = standing(deputy, DAY)
    assert here.roles[cuc.pk] == {Role.REPORTER, Role.APPROVER}
    assert here.principals[cuc.pk] == (row,)
    assert not standing(deputy, date(2025, 9, 30)).has(cuc.pk, Role.APPROVER)


def test_own_approval_goes_before_a_borrowed_one(cuc):
    boss, deputy = give(person("sep"), cuc, Role.APPROVER), give(person("pho"), cuc, Role.APPROVER)
    _lend(cuc, boss, deputy)
    assert not standing(deputy, DAY).principals.get(cuc.pk)


def test_standing_is_two_queries(cuc, django_assert_num_queries):
    someone = give(person("ai-do"), cuc, Role.REPORTER)
    with django_assert_num_queries(2):
        standing(someone, DAY)


def test_steady_roles_are_read_once_and_answer_each_day(cuc, django_assert_num_queries):
    someone = give(person("ai-do"), cuc, Role.REPORTER)
    someone.memberships.update(valid_to=DAY + timedelta(days=1))
    with steady_roles(), django_assert_num_queries(2):
        assert standing(someone, DAY).has(cuc.pk, Role.REPORTER)
        assert not standing(someone, DAY + timedelta(days=1)).has(cuc.pk, Role.REPORTER)
    give(someone, cuc, Role.APPROVER)
    assert standing(someone, DAY).has(cuc.pk, Role.APPROVER)  # nothing is remembered after the block


def test_people_of_a_unit_are_the_active_ones_of_that_day(cuc):
    stays, locked, gone = person("o-lai"), person("da-khoa"), person("da-di")
    for someone in (locked, stays):
        give(someone, cuc, Role.REPORTER)
    Membership.objects.create(user=gone, unit=cuc, role=Role.REPORTER, valid_to=DAY)
    User.objects.filter(pk=locked.pk).update(is_active=False)
    assert people_of(cuc, DAY, Role.REPORTER, Role.APPROVER) == [stays]
    assert people_of(cuc, DAY, Role.APPROVER) == []


def test_a_delegation_ends_with_the_approval_of_whom_it_comes_from(cuc):
    boss, deputy = give(person("lanh-dao"), cuc, Role.APPROVER), person("cap-pho")
    _lend(cuc, boss, deputy)
    assert standing(deputy, DAY).has(cuc.pk, Role.APPROVER)
    boss.memberships.update(valid_to=DAY)
    assert not standing(deputy, DAY).has(cuc.pk, Role.APPROVER)
    assert standing(deputy, DAY).principals == {}


@pytest.mark.parametrize("active", [True, False])
def test_a_deputy_of_a_locked_approver_and_the_check_for_an_approver_agree(cuc, active):
    boss, deputy = give(person("truong"), cuc, Role.APPROVER), give(person("pho"), cuc, Role.REPORTER)
    _lend(cuc, boss, deputy)
    User.objects.filter(pk=boss.pk).update(is_active=active)
    assert standing(deputy, DAY).has(cuc.pk, Role.APPROVER) is active
    assert bool(people_of(cuc, DAY, Role.APPROVER)) is active
