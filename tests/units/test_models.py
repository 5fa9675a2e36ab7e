"""Units in time, their order and their search, and what the database itself refuses."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests.factories import person
from units.models import GroupMembership, Membership, Role, Succession, Unit, UnitGroup

pytestmark = pytest.mark.django_db


def make(code: str, name: str, **fields: object) -> Unit:
    return Unit.objects.create(code=code, name=name, **fields)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("bach mai", {"a"}),
        ("BẠCH MAI", {"a"}),
        ("mai benh", {"a"}),
        ("da nang", {"b"}),
        ("syt", {"b"}),
        ("y te", {"b"}),
        ("khong co", set()),
        ("", {"a", "b"}),
    ],
)
def test_search_is_blind_to_accents_and_order(words, found):
    make("a", "Bệnh viện Bạch Mai")
    make("b", "Sở Y tế thành phố Đà Nẵng", short_name="SYT Đà Nẵng")
    assert set(Unit.objects.search(words).values_list("code", flat=True)) == found


def test_names_are_kept_in_nfc_and_ordered_as_in_vietnamese():
    names = ["Đơn vị", "Dược", "Viện 10", "Viện 2", "Ẩm thực", "An toàn"]
    for place, name in enumerate(names):
        make(f"u{place}", name)
    assert make("nfd", "Vie\u0323\u0302n").name == "Viện"
    assert [u.name for u in Unit.objects.exclude(code="nfd")] == [
        "An toàn",
        "Ẩm thực",
        "Dược",
        "Đơn vị",
        "Viện 2",
        "Viện 10",
    ]


def test_search_text_follows_a_save_of_one_column():
    row = make("a", "Viện A")
    row.name = "Viện Bỏng"
    row.save(update_fields=["name"])
    assert list(Unit.objects.search("bong")) == [row]


@pytest.mark.parametrize(
    ("start", "end", "day", "there"),
    [
        (None, None, date(2025, 1, 1), True),
        (date(2025, 3, 1), None, date(2025, 2, 28), False),
        (date(2025, 3, 1), None, date(2025, 3, 1), True),
        (None, date(2025, 3, 1), date(2025, 2, 28), True),
        (None, date(2025, 3, 1), date(2025, 3, 1), False),
    ],
)
def test_a_unit_exists_up_to_the_day_before_its_end(start, end, day, there):
    row = make("a", "Viện A", valid_from=start, valid_to=end)
    assert row.in_force(day) is there
    assert Unit.objects.in_force(day).exists() is there


def test_a_group_counts_a_unit_once_and_only_while_both_last():
    group = UnitGroup.objects.create(code="g", name="Nhóm")
    row = make("a", "Viện A", valid_to=date(2025, 12, 1))
    GroupMembership.objects.create(unit=row, group=group, valid_to=date(2025, 6, 1))
    GroupMembership.objects.create(unit=row, group=group, valid_from=date(2025, 5, 1))
    days = [date(2025, 1, 1), date(2025, 5, 15), date(2025, 11, 30), date(2025, 12, 1)]
    assert [group.units(day).count() for day in days] == [1, 1, 1, 0]


def test_the_database_refuses_nonsense():
    one, two = make("a", "A"), make("b", "B")
    group = UnitGroup.objects.create(code="g", name="Nhóm")
    someone = person("ai-do")
    GroupMembership.objects.create(unit=one, group=group)
    Membership.objects.create(user=someone, unit=one, role=Role.REPORTER)
    Succession.objects.create(predecessor=one, successor=two, effective_on=date(2025, 1, 1))
    nonsense = [
        lambda: make("c", "C", valid_from=date(2025, 1, 1), valid_to=date(2025, 1, 1)),
        lambda: make("a", "Trùng mã"),
        lambda: GroupMembership.objects.create(unit=one, group=group),
        lambda: Membership.objects.create(user=someone, unit=one, role=Role.REPORTER),
        lambda: Succession.objects.create(predecessor=one, successor=one, effective_on=date(2025, 1, 1)),
        lambda: Succession.objects.create(predecessor=one, successor=two, effective_on=date(2026, 1, 1)),
        lambda: someone.held_delegations.create(unit=one, principal=someone, valid_from=date(2025, 1, 1)),
    ]
    for attempt in nonsense:
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()
