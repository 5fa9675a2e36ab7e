"""Pages of units, people, delegations and the calendar: who reads, who writes, what is said."""

from datetime import date

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import at, give, person, unit
from units.models import CalendarDay, Delegation, GroupMembership, Membership, Role, Unit, User


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(at("2025-09-20 09:00"), tick=False)


def url(name: str, *args: object) -> str:
    return reverse(f"units:{name}", args=args)


def text(response) -> str:
    return response.content.decode()


READ = [("units",), ("unit", "cuc-a"), ("calendar",), ("delegations",)]
ADMIN_GET = [("new",), ("groups",), ("edit", "cuc-a"), ("people",), ("person_new",)]
ADMIN_POST = [
    ("end", "cuc-a"),
    ("revive", "cuc-a"),
    ("group_add", "cuc-a"),
    ("day_add",),
]


@pytest.mark.parametrize("place", READ, ids=lambda p: p[0])
def test_everybody_signed_in_reads(world, sign_in, client, place):
    for reader in (world.admin, world.reviewer, world.reporters["cuc-a"], world.outsider):
        assert sign_in(reader).get(url(*place)).status_code == 200
    assert client.get(url(*place)).status_code == 302


@pytest.mark.parametrize("place", ADMIN_GET, ids=lambda p: p[0])
def test_pages_of_admins_say_who_can(world, sign_in, place):
    assert sign_in(world.admin).get(url(*place)).status_code == 200
    for insider in (world.lead, world.approvers["cuc-a"], world.outsider):
        response = sign_in(insider).get(url(*place))
        assert response.status_code == 403
        assert "quản trị hệ thống" in text(response)


def _admin_posts(world) -> list[str]:
    row = GroupMembership.objects.get(unit__code="cuc-a")
    day = CalendarDay.objects.first()
    held = Membership.objects.filter(user=world.reporters["cuc-a"]).get()
    someone = held.user_id
    return [
        *(url(*place) for place in ADMIN_POST),
        url("new"),
        url("edit", "cuc-a"),
        url("group_end", "cuc-a", row.pk),
        url("person_new"),
        url("person", someone),
        url("person_invite", someone),
        url("person_deactivate", someone),
        url("person_reactivate", someone),
        url("role_grant", someone),
        url("role_revoke", someone, held.pk),
        url("day_edit", day.pk),
        url("day_confirm", day.pk),
        url("day_remove", day.pk),
    ]


def test_nobody_but_an_admin_writes(world, sign_in):
    before = [model.objects.count() for model in (Unit, User, Membership, CalendarDay)]
    for address in _admin_posts(world):
        for insider in (world.lead, world.outsider):
            assert sign_in(insider).post(address).status_code == 403, address
    assert [model.objects.count() for model in (Unit, User, Membership, CalendarDay)] == before
    assert not mail.outbox


# Units


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("tim=benh+vien+bach", {"benh-vien-b"}),
        ("nhom=so-y-te", {"so-c"}),
        ("linh-vuc=Khám, chữa bệnh", {"benh-vien-b"}),
        ("hieu-luc=da-ket-thuc", {"cu"}),
        ("hieu-luc=da-ket-thuc&nhom=so-y-te", {"cu"}),
        ("chua-doi-chieu=1", {"benh-vien-b"}),
        ("hieu-luc=xyz&tim=cuc", {"cuc-a"}),
        ("tim=khong+co+dau", set()),
    ],
)
def test_the_list_is_filtered(world, sign_in, query, codes):
    unit("cu", "Sở Y tế cũ", world.so, valid_to=date(2025, 7, 1))
    Unit.objects.filter(code="benh-vien-b").update(name_checked=False)
    page = sign_in(world.outsider).get(f"{url('units')}?{query}")
    assert {row.code for row in page.context["rows"]} == codes


def test_the_list_and_the_people_are_flat(world, sign_in):
    client = sign_in(world.admin)
    for address in (
        f"{url('units')}?hieu-luc=tat-ca",
        url("people"),
        url("delegations"),
        url("unit", "cuc-a"),
    ):
        client.get(address)
        with CaptureQueriesContext(connection) as few:
            client.get(address)
        for n in range(3):
            extra = unit(f"them-{len(address)}-{n}", f"Viện {n}", world.thuoc)
            boss = give(person(f"sep-{len(address)}-{n}"), extra, Role.APPROVER)
            give(boss, world.units[0], Role.REPORTER)
            Delegation.objects.create(
                unit=extra, principal=boss, deputy=world.lead, authority="KT.", valid_from=date(2025, 9, 1)
            )
        with CaptureQueriesContext(connection) as many:
            client.get(address)
        assert len(many) == len(few), address


def test_people_of_a_unit_are_for_its_staff_the_office_and_admins(world, sign_in):
    address = world.approvers["cuc-a"].email
    for reader in (world.admin, world.reviewer, world.reporters["cuc-a"]):
        assert address in text(sign_in(reader).get(url("unit", "cuc-a")))
    for stranger in (world.outsider, world.reporters["so-c"]):
        page = text(sign_in(stranger).get(url("unit", "cuc-a")))
        assert address not in page
        assert str(world.approvers["cuc-a"]) not in page


@pytest.mark.parametrize(
    ("staff", "warnings"),
    [
        ([], ["Chưa có người dùng nào"]),
        ([("a", Role.REPORTER)], ["Chưa có lãnh đạo duyệt", "Chỉ có một người", "Chưa đăng nhập lần nào"]),
        ([("a", Role.APPROVER), ("b", Role.REPORTER)], ["Chưa đăng nhập lần nào"]),
    ],
)
def test_what_a_unit_lacks_is_said(world, sign_in, staff, warnings):
    lone = unit("le", "Viện Lẻ", world.thuoc)
    for name, role in staff:
        give(person(name), lone, role)
    facts = sign_in(world.admin).get(url("unit", "le")).context["facts"]
    assert [next(w for w in warnings if said.startswith(w)) for said in facts.warnings] == warnings


def test_a_unit_is_created_and_a_bad_form_keeps_what_was_typed(world, sign_in):
    client = sign_in(world.admin)
    bad = client.post(url("new"), {"name": "Viện Thử", "code": "có dấu", "valid_from": "31/02/2025"})
    assert bad.status_code == 422
    assert "Viện Thử" in text(bad)
    assert set(bad.context["form"].errors) == {"code", "valid_from"}
    good = {"name": "Viện Thử", "code": "vien-thu", "groups": [world.thuoc.code], "valid_from": "01/9/2025"}
    assert client.post(url("new"), good).status_code == 302
    assert world.thuoc.units(date(2025, 9, 1)).filter(code="vien-thu").exists()


def test_a_unit_is_ended_with_a_reason(world, sign_in):
    client = sign_in(world.admin)
    assert client.post(url("end", "cuc-a"), {"het-on": "01/10/2025"}).status_code == 422
    client.post(url("end", "cuc-a"), {"het-on": "01/10/2025", "het-because": "Giải thể"})
    assert Unit.objects.get(code="cuc-a").valid_to == date(2025, 10, 1)
    client.post(url("revive", "cuc-a"))
    assert Unit.objects.get(code="cuc-a").valid_to is None


def test_groups_count_their_units_and_are_changed_from_their_page(world, sign_in):
    client = sign_in(world.admin)
    assert 'href="/don-vi/?nhom=so-y-te">1</a>' in text(client.get(url("groups")))
    assert client.post(url("group_new"), {"name": "Sở Y tế các tỉnh, thành phố"}).status_code == 422
    client.post(url("group_move", world.so.pk), {"len": "1"})
    client.post(url("group_rename", world.so.pk), {"name": "Sở Y tế"})
    names = [group.name for group in type(world.so).objects.all()]
    assert names[1:] == ["Sở Y tế", "Các đơn vị trực thuộc Bộ"]


def test_an_unknown_unit_is_404(world, sign_in):
    assert sign_in(world.admin).get(url("unit", "khong-co")).status_code == 404


# People

NEW = {"full_name": "Trần Thị B", "username": "tranb", "email": "tranb@example.com", "phone": ""}


def test_a_new_person_gets_a_link_that_sets_a_password(world, sign_in, client):
    role = {"unit": Unit.objects.get(code="cuc-a").pk, "role": "reporter"}
    response = sign_in(world.admin).post(url("person_new"), NEW | role)
    made = User.objects.get(username="tranb")
    assert response.headers["Location"] == url("person", made.pk)
    (letter,) = mail.outbox
    assert letter.to == ["tranb@example.com"]
    link = next(word for word in letter.body.split() if "/mat-khau/dat-lai/" in word)
    assert client.get("/mat-khau" + link.split("/mat-khau", 1)[1], follow=True).status_code == 200
    job = "Chuyên viên soạn báo cáo, Cục Quản lý Y, Dược cổ truyền"
    told = (world.admin.full_name, job, "đến 09:00 thứ Bảy 27/09/2025")
    assert [words for words in told if words not in letter.body] == []
    assert "đặt lại" not in letter.body.replace("/dat-lai/", "")


def test_a_link_sent_to_one_who_has_a_password_says_that_it_is_reset(world, sign_in):
    row = world.reporters["cuc-a"]
    row.set_password("mat-khau-thu-nghiem-01")
    row.save()
    sign_in(world.admin).post(url("person_invite", row.pk))
    assert "đặt lại mật khẩu" in mail.outbox[0].body


@pytest.mark.parametrize("half", [{"role": "reporter"}, {"unit": "cuc-a"}, {"unit": "cuc-a", "role": "lead"}])
def test_a_first_role_half_said_makes_nobody(world, sign_in, half):
    typed = NEW | half | ({"unit": Unit.objects.get(code="cuc-a").pk} if "unit" in half else {})
    assert sign_in(world.admin).post(url("person_new"), typed).status_code == 422
    assert not User.objects.filter(username="tranb").exists()


def test_a_mail_that_fails_is_said_and_the_account_stays(world, sign_in, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.khong_co.EmailBackend"
    page = sign_in(world.admin).post(url("person_new"), NEW, follow=True)
    assert "Chưa gửi được thư đặt mật khẩu tới tranb@example.com" in text(page)
    assert User.objects.filter(username="tranb").exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("username", "quan-tri"),
        ("username", "có dấu"),
        ("username", "ab"),
        ("email", "quan-tri@example.com"),
        ("email", "khong-phai-thu"),
        ("full_name", " "),
    ],
)
def test_a_bad_account_is_said_beside_its_field(world, sign_in, field, value):
    page = sign_in(world.admin).post(url("person_new"), {**NEW, field: value})
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert not mail.outbox


def test_an_address_taken_at_the_same_moment_is_said_beside_its_field(world, sign_in, monkeypatch):
    monkeypatch.setattr("units.forms.PersonForm.clean_email", lambda form: form.cleaned_data["email"])
    monkeypatch.setattr("units.people._need_free_address", lambda *a, **k: None)
    typed = {"full_name": "Tên mới", "email": "quan-tri@example.com", "phone": ""}
    page = sign_in(world.admin).post(url("person", world.outsider.pk), typed)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["email"]
    assert "Tên mới" in text(page)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tim=lanh+dao+cuc", {"duyet-cuc-a"}),
        ("tim=bach+mai+chuyen", {"soan-benh-vien-b"}),
        ("loc=quan-tri", {"quan-tri"}),
        ("loc=chua-co-vai-tro", {"quan-tri"}),
        ("loc=da-khoa", {"xem-2"}),
    ],
)
def test_people_are_found_without_accents_and_by_their_unit(world, sign_in, query, found):
    User.objects.filter(username="xem-2").update(is_active=False)
    page = sign_in(world.admin).get(f"{url('people')}?{query}")
    assert {row.username for row in page.context["rows"]} == found


def test_roles_are_given_and_ended(world, sign_in):
    client, someone = sign_in(world.admin), world.outsider
    cuc = world.units[0]
    fields = {"vt-unit": cuc.pk, "vt-role": "approver", "vt-valid_from": "01/10/2025"}
    refused = client.post(url("role_grant", someone.pk), {**fields, "vt-role": "lead"})
    assert refused.status_code == 422
    client.post(url("role_grant", someone.pk), fields)
    held = Membership.objects.get(user=someone, unit=cuc)
    assert (held.role, held.valid_from) == ("approver", date(2025, 10, 1))
    client.post(url("role_revoke", someone.pk, held.pk))
    held.refresh_from_db()
    assert held.valid_to == date(2025, 9, 20)
    stranger = world.reporters["so-c"]
    assert client.post(url("role_revoke", stranger.pk, held.pk)).status_code == 404


def test_a_locked_person_cannot_use_the_portal_and_is_not_deleted(world, sign_in):
    theirs = sign_in(world.outsider)
    sign_in(world.admin).post(url("person_deactivate", world.outsider.pk))
    assert theirs.get(url("units")).status_code == 302
    assert User.objects.filter(pk=world.outsider.pk).exists()
    sign_in(world.admin).post(url("person_reactivate", world.outsider.pk))
    assert theirs.get(url("units")).status_code == 200


# Delegations


def _deputy(world, **changes: object) -> dict[str, object]:
    boss, deputy, cuc = world.approvers["cuc-a"], world.reporters["cuc-a"], world.units[0]
    fields = {
        "place": f"{cuc.pk}:{boss.pk}",
        "deputy": deputy.pk,
        "authority": "KT.",
        "valid_from": "20/9/2025",
    }
    return {**fields, **changes}


@pytest.mark.parametrize("who", ["approver", "admin"])
def test_an_approver_or_an_admin_delegates_and_ends_it(world, sign_in, who):
    client = sign_in(world.admin if who == "admin" else world.approvers["cuc-a"])
    assert client.post(url("delegation_add"), _deputy(world)).status_code == 302
    row = Delegation.objects.get()
    assert (row.principal, row.deputy) == (world.approvers["cuc-a"], world.reporters["cuc-a"])
    assert client.post(url("delegation_end", row.pk)).status_code == 302
    row.refresh_from_db()
    assert row.valid_to == date(2025, 9, 20)


def test_others_do_not_delegate_nor_see_nor_end(world, sign_in):
    for stranger in (world.outsider, world.reporters["cuc-a"]):
        assert sign_in(stranger).post(url("delegation_add"), _deputy(world)).status_code == 403
    other = sign_in(world.approvers["so-c"])
    assert other.post(url("delegation_add"), _deputy(world)).status_code == 422
    assert not Delegation.objects.exists()
    sign_in(world.admin).post(url("delegation_add"), _deputy(world))
    row = Delegation.objects.get()
    assert list(other.get(url("delegations")).context["rows"]) == []
    assert other.post(url("delegation_end", row.pk)).status_code == 404
    deputy = sign_in(world.reporters["cuc-a"])
    assert [r.pk for r in deputy.get(url("delegations")).context["rows"]] == [row.pk]
    assert deputy.post(url("delegation_end", row.pk)).status_code == 403


def test_an_approver_chooses_only_among_colleagues(world, sign_in):
    client = sign_in(world.approvers["cuc-a"])
    form = client.get(url("delegations")).context["form"]
    assert set(form.fields["deputy"].queryset) == {world.approvers["cuc-a"], world.reporters["cuc-a"]}
    for wrong in (world.outsider.pk, world.approvers["cuc-a"].pk):
        assert client.post(url("delegation_add"), _deputy(world, deputy=wrong)).status_code == 422


# Calendar


def test_the_year_has_twelve_months_and_its_working_days(world, sign_in):
    page = sign_in(world.outsider).get(f"{url('calendar')}?nam=2026")
    months = page.context["months"]
    assert [month.number for month in months] == list(range(1, 13))
    assert sum(1 for month in months for week in month.weeks for cell in week if cell.day) == 365
    assert page.context["working"] == sum(month.working for month in months)
    january = {cell.day: cell for week in months[0].weeks for cell in week if cell.day}
    assert [january[date(2026, 1, d)].off for d in (1, 2, 5, 10, 11)] == [True, True, False, False, True]
    assert "Xác nhận<" not in text(page)


@pytest.mark.parametrize("asked", ["", "abc", "99999", "٢٠٢٦"])
def test_a_year_that_is_none_is_this_year(world, sign_in, asked):
    assert sign_in(world.outsider).get(f"{url('calendar')}?nam={asked}").context["year"] == 2025


def test_a_year_without_holidays_is_said_and_entered(world, sign_in, time_machine):
    time_machine.move_to(at("2026-11-21 09:00"), tick=False)
    assert "Lịch chưa có ngày nghỉ lễ, tết của năm 2027" in text(sign_in(world.reviewer).get(url("calendar")))
    page = sign_in(world.admin).post(url("year_load", 2027), follow=True)
    assert "Lịch chưa có" not in text(page)
    assert CalendarDay.objects.filter(day=date(2027, 2, 8)).exists()
    assert sign_in(world.admin).post(url("year_load", 9999)).status_code == 404


def test_an_admin_confirms_the_day_that_waits(world, sign_in):
    row = CalendarDay.objects.get(day=date(2026, 11, 24))
    client = sign_in(world.admin)
    assert "1 ngày chờ xác nhận" in text(client.get(f"{url('calendar')}?nam=2026"))
    done = client.post(url("day_confirm", row.pk))
    assert done.headers["Location"] == f"{url('calendar')}?nam=2026&vua-doi=2026-11-24"
    assert not client.get(f"{url('calendar')}?nam=2026").context["unconfirmed"]


def test_a_change_says_what_it_does_to_open_rounds(world, sign_in):
    client = sign_in(world.admin)
    day = {"day": "17/10/2025", "kind": "swapped", "name": "Nghỉ hoán đổi", "confirmed": "on"}
    page = text(client.post(url("day_add"), day, follow=True))
    assert "nay là thứ Năm 16/10/2025; nếu ngày ấy ngược lại thì là thứ Sáu 17/10/2025" in page
    other = {**day, "day": "16/6/2025"}
    assert "không làm đổi ngày làm việc cuối" in text(client.post(url("day_add"), other, follow=True))
    unit_person = text(sign_in(world.outsider).get(f"{url('calendar')}?vua-doi=2025-10-17"))
    assert world.round.name not in unit_person


def test_a_bad_day_is_said_beside_its_field(world, sign_in):
    client = sign_in(world.admin)
    for bad in ({"day": "32/1/2025"}, {"day": "02/09/2025"}):
        fields = {"kind": "holiday", "name": "Quốc khánh", **bad}
        page = client.post(url("day_add"), fields)
        assert (page.status_code, list(page.context["form"].errors)) == (422, ["day"])


def test_a_day_is_edited_and_removed(world, sign_in):
    client = sign_in(world.admin)
    row = CalendarDay.objects.get(day=date(2026, 11, 24))
    fields = {"day": "25/11/2026", "kind": "holiday", "name": "Dời", "confirmed": "on"}
    assert client.get(url("day_edit", row.pk)).status_code == 200
    assert client.post(url("day_edit", row.pk), {**fields, "name": ""}).status_code == 422
    client.post(url("day_edit", row.pk), fields)
    row.refresh_from_db()
    assert (row.day, row.name, row.confirmed) == (date(2026, 11, 25), "Dời", True)
    client.post(url("day_remove", row.pk))
    assert not CalendarDay.objects.filter(pk=row.pk).exists()
