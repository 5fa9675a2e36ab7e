"""Units, people, roles, delegations and the calendar: what changes, what is refused, what stays."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection

from tests.factories import at, give, paper, person, unit
from tests.reporting.test_reviewing import at_once
from units import calendar, ministry_list, people, register
from units.access import standing
from units.models import (
    CalendarDay,
    Delegation,
    GroupMembership,
    Membership,
    Role,
    Succession,
    Unit,
    UnitGroup,
    User,
)
from units.register import RegisterRefused, UnitSpec

pytestmark = pytest.mark.django_db
NOW = at("2025-09-15 09:00")


@pytest.fixture
def admin() -> User:
    return person("quan-tri", admin=True)


@pytest.fixture
def group() -> UnitGroup:
    return UnitGroup.objects.create(code="don-vi-thuoc-bo", name="Các đơn vị thuộc Bộ", position=1)


@pytest.fixture
def cuc(group: UnitGroup) -> Unit:
    return unit("cuc-a", "Cục A", group)


def test_the_ministry_is_loaded_once_and_stays_as_left():
    ministry_list.load_ministry()
    counts = [model.objects.count() for model in (Unit, GroupMembership, Succession)]
    Unit.objects.filter(code="van-phong-bo").update(name="Văn phòng (đã sửa)")
    ministry_list.load_ministry()
    assert [model.objects.count() for model in (Unit, GroupMembership, Succession)] == counts
    assert Unit.objects.get(code="van-phong-bo").name == "Văn phòng (đã sửa)"


@pytest.mark.parametrize(
    "change",
    [
        lambda: UnitGroup.objects.create(code="khac", name="Nhóm khác", position=9),
        lambda: UnitGroup.objects.filter(code="so-y-te").update(position=7),
        lambda: Unit.objects.create(code="khac", name="Đơn vị khác"),
        lambda: Unit.objects.filter(code="van-phong-bo").update(name="Văn phòng (đã sửa)"),
        lambda: GroupMembership.objects.filter(unit__code="van-phong-bo").update(valid_to=date(2026, 1, 1)),
        lambda: Succession.objects.first().delete(),
        lambda: CalendarDay.objects.filter(day=date(2026, 9, 2)).delete(),
        lambda: CalendarDay.objects.create(day=date(2027, 3, 3), kind="holiday", name="Nghỉ"),
    ],
    ids=["group", "order", "unit", "name", "member", "succession", "day-away", "day-more"],
)
def test_a_change_to_what_was_loaded_is_seen(change: Callable[[], object]):
    assert ministry_list.is_as_loaded()  # an empty database is nobody's either
    ministry_list.load_ministry()
    calendar.load_calendar([2026])
    assert ministry_list.is_as_loaded()
    change()
    assert not ministry_list.is_as_loaded()


def test_groups_are_added_renamed_and_put_in_order(admin, group):
    other = register.create_group("Hội,  quỹ", actor=admin, now=NOW)
    assert (other.code, other.name, other.position) == ("hoi-quy", "Hội, quỹ", 2)
    for name, words in ((" ", "nhập tên"), ("HỘI, QUỸ", "Đã có")):
        with pytest.raises(RegisterRefused, match=words):
            register.create_group(name, actor=admin, now=NOW)
    register.rename_group(group, "Các vụ, cục", actor=admin, now=NOW)
    register.move_group(other, up=True, actor=admin, now=NOW)
    register.move_group(other, up=True, actor=admin, now=NOW)
    assert list(UnitGroup.objects.values_list("name", "position")) == [("Hội, quỹ", 1), ("Các vụ, cục", 2)]


def test_there_are_34_departments_from_63_provinces():
    ministry_list.load_ministry()
    departments = UnitGroup.objects.get(code="so-y-te")
    assert departments.units(date(2025, 7, 1)).count() == 34
    ended = Unit.objects.filter(code__endswith="-truoc-2025")
    assert ended.count() == 63 - 34
    assert set(ended.values_list("valid_to", flat=True)) == {date(2025, 7, 1)}
    assert Succession.objects.filter(predecessor__in=ended).count() == ended.count()


def test_108_units_of_the_ministry_are_in_force_on_the_day_of_the_plan():
    ministry_list.load_ministry()
    groups = UnitGroup.objects.filter(code__in=["don-vi-thuoc-bo", "don-vi-truc-thuoc-bo"])
    assert sum(group.units(date(2025, 10, 20)).count() for group in groups) == 108


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Bệnh viện Chợ Rẫy", "Thành phố Hồ Chí Minh"),
        ("Viện Pasteur Nha Trang", "Khánh Hòa"),
        ("Bệnh viện Bạch Mai", "Hà Nội"),
    ],
)
def test_place_of_the_date_line(name: str, place: str):
    assert ministry_list.place_of(name) == place


@pytest.mark.parametrize(
    ("name", "short", "letters"),
    [
        ("Cục Quản lý Y, Dược cổ truyền", "Cục YDCT", "YDCT"),
        ("Bệnh viện Bạch Mai", "BV Bạch Mai", "BVBM"),
        ("Vụ Kế hoạch - Tài chính", "", "VKHTC"),
        ("Văn phòng và Bảo vệ", "", "VPBV"),
    ],
)
def test_letters_of_the_symbol(name: str, short: str, letters: str):
    assert ministry_list.letters_of(name, short) == letters


# Units


def test_only_a_group_that_nothing_refers_to_is_deleted(admin, cuc, group):
    unused, named = (register.create_group(name, actor=admin, now=NOW) for name in ("Nhầm", "Được nêu"))
    paper(admin, kind="KH", code="1/KH-BYT", issued_on=date(2025, 1, 2)).requirements.create(
        group=named, addressee="Được nêu", text="Báo cáo"
    )
    register.delete_group(unused, actor=admin, now=NOW)
    for kept, why in ((named, "đợt báo cáo"), (group, "từng có đơn vị")):
        with pytest.raises(RegisterRefused, match=why):
            register.delete_group(kept, actor=admin, now=NOW)
    with pytest.raises(RegisterRefused, match="quản trị"):
        register.delete_group(named, actor=person("khac"), now=NOW)
    assert list(UnitGroup.objects.order_by("name")) == sorted([named, group], key=lambda row: row.name)


def test_a_new_unit_is_in_its_groups_from_its_first_day(admin, group):
    made = register.create_unit(
        UnitSpec(code="moi-lap", name="Viện mới", valid_from=date(2025, 9, 1), groups=(group,)),
        actor=admin,
        now=NOW,
    )
    assert list(group.units(date(2025, 9, 1))) == [made]
    assert list(group.units(date(2025, 8, 31))) == []


@pytest.mark.parametrize("code", ["cuc-a", "moi"])
def test_a_code_in_use_or_reserved_is_refused(admin, cuc, code: str):
    with pytest.raises(RegisterRefused, match="đã dùng"):
        register.create_unit(UnitSpec(code=code, name="Viện"), actor=admin, now=NOW)


def test_a_rename_keeps_the_code_and_is_found_under_the_new_name(admin, cuc):
    register.change_unit(cuc, UnitSpec(code="khac", name="Cục Bà mẹ và Trẻ em"), actor=admin, now=NOW)
    cuc.refresh_from_db()
    assert cuc.code == "cuc-a"
    assert list(Unit.objects.search("ba me tre em")) == [cuc]
    assert list(Unit.objects.search("cuc a b c d")) == []


def test_a_unit_is_not_above_itself(admin, cuc, group):
    below = unit("phong", "Phòng", group, parent=cuc)
    with pytest.raises(RegisterRefused, match="cấp trên"):
        register.change_unit(cuc, UnitSpec(code="cuc-a", name="Cục A", parent=below), actor=admin, now=NOW)


def test_an_end_ends_the_groups_and_can_be_taken_back(admin, cuc, group):
    register.end_unit(cuc, on=date(2025, 10, 1), because="Giải thể", actor=admin, now=NOW)
    assert list(group.units(date(2025, 9, 30))) == [cuc]
    assert list(group.units(date(2025, 10, 1))) == []
    register.revive_unit(cuc, actor=admin, now=NOW)
    assert list(group.units(date(2025, 10, 1))) == [cuc]


@pytest.mark.parametrize(
    ("fields", "on", "because", "words"),
    [
        ({}, date(2025, 10, 1), " ", "lý do"),
        ({"valid_to": date(2025, 9, 1)}, date(2025, 10, 1), "x", "đã kết thúc"),
        ({"valid_from": date(2025, 10, 1)}, date(2025, 10, 1), "x", "sau ngày bắt đầu"),
    ],
)
def test_an_end_that_makes_no_sense_is_refused(admin, cuc, fields, on, because, words):
    Unit.objects.filter(pk=cuc.pk).update(**fields)
    cuc.refresh_from_db()
    with pytest.raises(RegisterRefused, match=words):
        register.end_unit(cuc, on=on, because=because, actor=admin, now=NOW)


def test_leaving_and_joining_a_group_keeps_history(admin, cuc, group):
    row = GroupMembership.objects.get(unit=cuc)
    register.leave_group(row, on=date(2025, 9, 15), actor=admin, now=NOW)
    assert list(group.units(date(2025, 9, 15))) == []
    start = date(2025, 10, 1)
    again = register.join_group(cuc, group, actor=admin, now=NOW, valid_from=start)
    assert register.join_group(cuc, group, actor=admin, now=NOW, valid_from=start) == again
    assert GroupMembership.objects.filter(unit=cuc).count() == 2
    assert [bool(group.units(day)) for day in (date(2025, 9, 14), date(2025, 9, 20), date(2025, 10, 1))] == [
        True,
        False,
        True,
    ]


# People


def test_a_person_without_password_cannot_sign_in_yet(admin):
    made = people.register_person(
        username="moi", full_name=" Nguyễn  A ", email="Moi@Example.com", actor=admin, now=NOW
    )
    assert (made.email, made.has_usable_password(), made.date_joined) == ("moi@example.com", False, NOW)


@pytest.mark.parametrize(
    ("username", "email", "words"),
    [("QUAN-TRI", "khac@example.com", "Tên đăng nhập"), ("khac", "QUAN-TRI@example.com", "Địa chỉ")],
)
def test_name_and_address_are_taken_once(admin, username, email, words):
    with pytest.raises(RegisterRefused, match=words):
        people.register_person(username=username, full_name="A", email=email, actor=admin, now=NOW)


def test_a_new_address_clears_the_mark_of_bounced_mail(admin):
    someone = person("ai-do")
    User.objects.filter(pk=someone.pk).update(email_bounced_at=NOW)
    someone.refresh_from_db()
    fields = {"full_name": "Ai đó", "phone": "", "is_admin": False, "actor": admin, "now": NOW}
    people.change_person(someone, email="ai-do@example.com", **fields)
    assert User.objects.get(pk=someone.pk).email_bounced_at == NOW
    people.change_person(someone, email="moi@example.com", **fields)
    assert User.objects.get(pk=someone.pk).email_bounced_at is None


def test_the_last_admin_stays(admin):
    with pytest.raises(RegisterRefused, match="duy nhất"):
        people.change_person(
            admin, full_name="A", email=admin.email, phone="", is_admin=False, actor=admin, now=NOW
        )
    with pytest.raises(RegisterRefused, match="tự khóa"):
        people.deactivate(admin, actor=admin, now=NOW)
    second = person("quan-tri-2", admin=True)
    people.deactivate(admin, actor=second, now=NOW)
    assert not User.objects.get(pk=admin.pk).is_active
    people.reactivate(admin, actor=second, now=NOW)
    assert User.objects.get(pk=admin.pk).is_active


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in at a time")
@pytest.mark.parametrize("verb", ["lock", "demote"])
def test_the_last_two_admins_cannot_end_each_other_at_once(verb):
    first, second = person("quan-tri", admin=True), person("quan-tri-2", admin=True)

    def ends(whom: User, actor: User) -> Callable[[], object]:
        if verb == "lock":
            return lambda: people.deactivate(whom, actor=actor, now=NOW)
        fields = {"full_name": "A", "email": whom.email, "phone": "", "is_admin": False}
        return lambda: people.change_person(whom, **fields, actor=actor, now=NOW)

    for _ in range(5):  # either may be first, and only a race that is met proves anything
        User.objects.update(is_admin=True, is_active=True)
        assert at_once([ends(first, second), ends(second, first)]) == ["RegisterRefused", "done"]
        assert User.objects.filter(is_admin=True, is_active=True).count() == 1
        first.is_admin = second.is_admin = True


def test_an_admin_ended_meanwhile_is_not_counted_as_the_other_one(admin):
    second = person("quan-tri-2", admin=True)
    User.objects.filter(pk=second.pk).update(is_admin=False)  # by somebody else, since `second` was read
    with pytest.raises(RegisterRefused, match="duy nhất"):
        people.deactivate(admin, actor=second, now=NOW)


@pytest.mark.parametrize(
    ("taken", "field"), [({"username": "ai-do"}, "username"), ({"email": "ai-do@example.com"}, "email")]
)
def test_what_was_taken_at_the_same_moment_is_named(admin, monkeypatch, taken, field):
    plain = User.set_unusable_password

    def meanwhile(row):
        monkeypatch.setattr(User, "set_unusable_password", plain)
        person("ai-do")
        plain(row)

    monkeypatch.setattr(User, "set_unusable_password", meanwhile)
    with pytest.raises(RegisterRefused) as refused:
        people.register_person(
            **({"username": "moi", "email": "moi@example.com"} | taken), full_name="A", actor=admin, now=NOW
        )
    assert refused.value.field == field


def test_an_address_taken_at_the_same_moment_is_named(admin, monkeypatch):
    person("ai-do")
    monkeypatch.setattr(people, "_need_free_address", lambda *a, **k: None)
    with pytest.raises(RegisterRefused, match="ai-do@example.com") as refused:
        people.change_person(
            admin,
            full_name="A",
            email="ai-do@example.com",
            phone="",
            is_admin=True,
            actor=admin,
            now=NOW,
        )
    assert refused.value.field == "email"
    assert User.objects.get(pk=admin.pk).email == "quan-tri@example.com"


def test_a_role_is_in_force_from_its_day_to_the_day_before_its_end(admin, cuc):
    someone = person("ai-do")
    people.grant(
        someone,
        cuc,
        Role.APPROVER,
        actor=admin,
        now=NOW,
        valid_from=date(2025, 10, 1),
        valid_to=date(2025, 10, 5),
    )
    days = [date(2025, 9, 30), date(2025, 10, 1), date(2025, 10, 4), date(2025, 10, 5)]
    assert [standing(someone, day).has(cuc.pk, Role.APPROVER) for day in days] == [False, True, True, False]


def test_a_role_given_twice_is_one_and_revoked_keeps_its_row(admin, cuc):
    someone = person("ai-do")
    held = people.grant(someone, cuc, Role.REPORTER, actor=admin, now=NOW)
    assert people.grant(someone, cuc, Role.REPORTER, actor=admin, now=NOW) == held
    people.revoke(held, on=date(2025, 9, 20), actor=admin, now=NOW)
    assert Membership.objects.get(pk=held.pk).valid_to == date(2025, 9, 20)
    people.revoke(held, on=date(2025, 12, 1), actor=admin, now=NOW)
    assert Membership.objects.get(pk=held.pk).valid_to == date(2025, 9, 20)
    again = people.grant(someone, cuc, Role.REPORTER, actor=admin, now=NOW)
    assert again != held


@pytest.mark.parametrize(
    ("start", "end", "rows"),
    [
        (None, None, [(date(2025, 9, 15), None)]),
        (date(2025, 9, 20), None, [(date(2025, 9, 20), None)]),
        (date(2025, 11, 1), None, [(date(2025, 10, 1), None)]),
        (None, date(2025, 10, 15), [(date(2025, 9, 15), None)]),
        (
            date(2025, 9, 15),
            date(2025, 9, 20),
            [(date(2025, 9, 15), date(2025, 9, 20)), (date(2025, 10, 1), None)],
        ),
    ],
    ids=["now", "earlier", "later", "now-until", "for-some-days-before"],
)
def test_a_role_that_was_to_begin_later_begins_when_it_is_given_now(admin, cuc, start, end, rows):
    someone = person("ai-do")
    people.grant(someone, cuc, Role.REPORTER, actor=admin, now=NOW, valid_from=date(2025, 10, 1))
    people.grant(someone, cuc, Role.REPORTER, actor=admin, now=NOW, valid_from=start, valid_to=end)
    held = Membership.objects.filter(user=someone).order_by("valid_from")
    assert list(held.values_list("valid_from", "valid_to")) == rows


def test_a_group_that_was_to_be_joined_later_is_joined_today(admin, cuc):
    other = UnitGroup.objects.create(code="nhom-khac", name="Nhóm khác", position=2)
    register.join_group(cuc, other, actor=admin, now=NOW, valid_from=date(2025, 12, 1))
    register.join_group(cuc, other, actor=admin, now=NOW)
    assert GroupMembership.objects.get(unit=cuc, group=other).valid_from == NOW.date()
    assert other.units(NOW.date()).get() == cuc


def test_a_dated_role_can_be_ended_earlier(admin, cuc):
    held = people.grant(
        person("ai-do"), cuc, Role.REPORTER, actor=admin, now=NOW, valid_to=date(2025, 12, 31)
    )
    people.revoke(held, on=date(2025, 10, 1), actor=admin, now=NOW)
    assert Membership.objects.get(pk=held.pk).valid_to == date(2025, 10, 1)


def test_office_roles_only_at_an_office(admin, cuc, group):
    with pytest.raises(RegisterRefused, match="chủ trì"):
        people.grant(person("ai-do"), cuc, Role.LEAD, actor=admin, now=NOW)
    office = unit("van-phong-bo", "Văn phòng Bộ", group)
    assert set(people.roles_for(office)) == set(Role)
    assert people.roles_for(cuc) == [Role.REPORTER, Role.APPROVER, Role.CONTACT]


# Delegations


@pytest.fixture
def boss(cuc) -> User:
    return give(person("sep"), cuc, Role.APPROVER)


def _delegate(unit: Unit, boss: User, deputy: User, actor: User, **fields: object) -> Delegation:
    given = {"valid_from": date(2025, 9, 15), "valid_to": None, "authority": "KT.", **fields}
    return people.delegate(unit=unit, principal=boss, deputy=deputy, actor=actor, now=NOW, **given)


def test_the_approver_lends_the_right_and_takes_it_back(cuc, boss):
    deputy = person("pho")
    made = _delegate(cuc, boss, deputy, boss)
    assert standing(deputy, date(2025, 9, 15)).has(cuc.pk, Role.APPROVER)
    assert not standing(deputy, date(2025, 9, 14)).has(cuc.pk, Role.APPROVER)
    people.end_delegation(made, on=date(2025, 9, 20), actor=boss, now=NOW)
    assert not standing(deputy, date(2025, 9, 20)).has(cuc.pk, Role.APPROVER)
    with pytest.raises(RegisterRefused):
        people.end_delegation(made, on=date(2025, 9, 18), actor=deputy, now=NOW)


@pytest.mark.parametrize("case", ["not-approver", "stranger", "self", "backwards", "locked"])
def test_delegations_that_are_refused(cuc, boss, case):
    deputy, stranger = person("pho"), person("la")
    calls = {
        "not-approver": lambda: _delegate(cuc, stranger, deputy, stranger),
        "stranger": lambda: _delegate(cuc, boss, deputy, stranger),
        "self": lambda: _delegate(cuc, boss, boss, boss),
        "backwards": lambda: _delegate(cuc, boss, deputy, boss, valid_to=date(2025, 9, 15)),
        "locked": lambda: (setattr(deputy, "is_active", False), _delegate(cuc, boss, deputy, boss)),
    }
    with pytest.raises(RegisterRefused):
        calls[case]()
    assert not Delegation.objects.exists()


# Who may


def test_nobody_but_an_admin_changes_the_register(cuc, group):
    outsider = person("nguoi-ngoai")
    held = Membership.objects.create(user=outsider, unit=cuc, role=Role.REPORTER)
    row, day = (
        GroupMembership.objects.get(unit=cuc),
        CalendarDay.objects.create(day=date(2025, 9, 2), kind="holiday", name="Quốc khánh"),
    )
    who = {"actor": outsider, "now": NOW}
    calls = [
        lambda: register.create_unit(UnitSpec(code="x", name="X"), **who),
        lambda: register.change_unit(cuc, UnitSpec(code="x", name="X"), **who),
        lambda: register.end_unit(cuc, on=date(2026, 1, 1), because="x", **who),
        lambda: register.revive_unit(cuc, **who),
        lambda: register.join_group(cuc, group, **who),
        lambda: register.leave_group(row, on=date(2026, 1, 1), **who),
        lambda: people.register_person(username="x", full_name="X", email="x@example.com", **who),
        lambda: people.change_person(
            outsider, full_name="X", email="x@example.com", phone="", is_admin=True, **who
        ),
        lambda: people.deactivate(outsider, **who),
        lambda: people.reactivate(outsider, **who),
        lambda: people.grant(outsider, cuc, Role.APPROVER, **who),
        lambda: people.revoke(held, on=date(2026, 1, 1), **who),
        lambda: calendar.set_day(date(2025, 9, 1), kind="holiday", name="x", confirmed=True, **who),
        lambda: calendar.confirm_day(day, **who),
        lambda: calendar.remove_day(day, **who),
    ]
    for call in calls:
        with pytest.raises(RegisterRefused, match="quản trị"):
            call()
    assert CalendarDay.objects.count() == 1
