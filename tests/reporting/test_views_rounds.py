"""Pages of rounds: the list, from a plan to an open round, its dates and its units."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directives.models import Requirement
from reporting import opening
from reporting.models import Round
from reporting.round_form import RoundSetup
from reporting.states import RoundState
from tests.factories import at, give, make_round, person, submit, unit
from units.calendar import working_calendar
from units.models import Role, Unit


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(at("2025-09-20 09:00"), tick=False)


def url(name: str, *args: object) -> str:
    return reverse(f"reporting:{name}", args=args)


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def waiting(world) -> Round:
    return make_round(world, code="khoa-giao-2026", year=2026, opened_at=None)


def test_the_list_is_for_the_office_and_admins(world, sign_in, waiting, client):
    for reader in (world.admin, world.reviewer, world.lead):
        page = sign_in(reader).get(url("rounds"))
        assert [line["round"].code for line in page.context["lines"]] == ["khoa-giao-2026", "khoa-giao-2025"]
    for stranger in (world.outsider, world.approvers["cuc-a"]):
        assert sign_in(stranger).get(url("rounds")).status_code == 404
    assert client.get(url("rounds")).status_code == 302


def test_an_office_sees_only_its_own_rounds(world, sign_in):
    elsewhere = Unit.objects.create(code="vu-khac", name="Vụ Khác")
    leader = give(person("vu-truong"), elsewhere, Role.LEAD)
    assert list(sign_in(leader).get(url("rounds")).context["lines"]) == []
    assert sign_in(leader).get(url("round_setup", world.round.code)).status_code == 404


def test_a_second_round_of_one_year_and_name_is_told(world, sign_in):
    client = sign_in(world.admin)
    said = "Cùng năm, cùng tên đã có"
    assert said not in text(client.get(url("round_new"))), "the next year without a round is proposed"
    world.round.plan = None
    world.round.save(update_fields=["plan"])
    typed = {"name": "công tác KHOA GIÁO năm 2025", "year": "2025", "xem": "1"}
    page = text(client.post(url("round_new"), typed))
    assert said in page
    assert "(mã khoa-giao-2025, đang mở)" in page
    assert said not in text(client.post(url("round_new"), typed | {"year": "2024"}))


def test_the_list_counts_and_says_dates_in_full(world, sign_in):
    submit(world, "cuc-a", "2025-09-18 09:00")
    page = sign_in(world.reviewer).get(url("rounds"))
    row = page.context["lines"][0]["round"]
    assert (row.expected, row.sent, row.accepted) == (4, 1, 0)
    shown = text(page)
    assert "trước ngày 20/10/2025" in shown
    assert "ngày làm việc cuối: thứ Sáu 17/10" in shown


def test_the_list_is_flat(world, sign_in):
    client = sign_in(world.reviewer)
    client.get(url("rounds"))
    with CaptureQueriesContext(connection) as one:
        client.get(url("rounds"))
    for year in (2026, 2027):
        make_round(world, code=f"khoa-giao-{year}", year=year, opened_at=None)
    with CaptureQueriesContext(connection) as three:
        client.get(url("rounds"))
    assert len(three) == len(one)


def test_the_check_page_is_flat_in_units(world, sign_in, waiting):
    for code in (waiting.code, world.round.code):
        client = sign_in(world.admin)
        client.get(url("round_setup", code))
        with CaptureQueriesContext(connection) as few:
            client.get(url("round_setup", code))
        for n in range(3):
            extra = unit(f"them-{code}-{n}", f"Viện {n}", world.thuoc)
            if code == world.round.code:
                opening.add_unit(
                    world.round, extra, world.thuoc, actor=world.admin, now=at("2025-09-20 08:00"), note="x"
                )
        with CaptureQueriesContext(connection) as many:
            client.get(url("round_setup", code))
        assert len(many) == len(few)


# Preparing


def typed(world, **changes: object) -> dict[str, object]:
    fields: dict[str, object] = {
        "plan": world.plan.pk,
        "name": "Công tác khoa giáo năm 2026",
        "code": "khoa-giao-2026",
        "year": "2026",
        "owner": world.office.pk,
        "addressee": "Ban Tuyên giáo và Dân vận Trung ương",
        "period_from": "01/01/2026",
        "period_to": "31/12/2026",
        "outline": f"dot:{world.round.pk}",
        f"nhom-{world.thuoc.pk}-asked": "on",
        f"nhom-{world.thuoc.pk}-boundary": "before",
        f"nhom-{world.thuoc.pk}-printed_date": "20/10/2026",
        f"nhom-{world.so.pk}-boundary": "before",
        "bo-gui-boundary": "by_time",
        "bo-gui-printed_date": "5/11/2026",
        "bo-gui-printed_time": "17:00",
    }
    return {**fields, **changes}


def test_pages_of_admins_say_who_can(world, sign_in):
    for insider in (world.lead, world.reviewer, world.outsider):
        for response in (
            sign_in(insider).get(url("round_new")),
            sign_in(insider).post(url("round_new"), typed(world)),
        ):
            assert response.status_code == 403
            assert "quản trị hệ thống" in text(response)
    assert Round.objects.count() == 1


def test_a_plan_fills_groups_and_dates(world, sign_in):
    page = sign_in(world.admin).get(f"{url('round_new')}?plan={world.plan.pk}")
    setup = page.context["setup"]
    wanted = {
        form.group.code: (form.initial["phrase"], form.initial["printed_date"]) for form in setup.groups
    }
    assert wanted == {
        "don-vi-thuoc-bo": ("trước ngày 20/10/2025", date(2025, 10, 20)),
        "don-vi-truc-thuoc-bo": ("trước ngày 20/10/2025", date(2025, 10, 20)),
        "so-y-te": ("trước ngày 30/10/2025", date(2025, 10, 30)),
    }
    assert setup.dispatch.initial["printed_date"] == date(2025, 11, 5)
    assert "ngày làm việc cuối: thứ Sáu 17/10/2025" in text(page)
    assert f"Xem {world.round.sections.count()} mục" in text(page)


def test_requirements_without_a_date_fill_nothing(world):
    Requirement.objects.update(due_date=None)
    setup = RoundSetup(on=date(2025, 9, 20), plan=world.plan, calendar=working_calendar())
    assert [form.is_asked for form in setup.groups] == [False, False, False]


def test_the_year_offered_has_no_round_yet(world, sign_in):
    form = sign_in(world.admin).get(url("round_new")).context["form"]
    assert (form["year"].value(), form["code"].value()) == (2026, "khoa-giao-2026")


def test_a_round_is_saved_as_preparing_with_its_dates(world, sign_in):
    done = sign_in(world.admin).post(url("round_new"), typed(world))
    row = Round.objects.get(code="khoa-giao-2026")
    assert done.headers["Location"] == url("round_setup", "khoa-giao-2026")
    assert (row.state, row.previous, row.plan) == (RoundState.PREPARING, world.round, world.plan)
    dates = {d.group: (d.phrase, d.due_at) for d in row.deadlines.all()}
    assert dates == {
        world.thuoc: ("trước ngày 20/10/2026", at("2026-10-20 00:00")),
        None: ("trước 17 giờ 00 ngày 05/11/2026", at("2026-11-05 17:00")),
    }
    assert row.sections.count() == world.round.sections.count()
    assert not row.assignments.exists()


def test_looking_at_the_dates_saves_nothing(world, sign_in):
    page = sign_in(world.admin).post(url("round_new"), typed(world, xem="1"))
    assert page.status_code == 200
    assert "ngày làm việc cuối: thứ Hai 19/10/2026" in text(page)
    assert Round.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "where"),
    [
        ("code", "khoa-giao-2025", "code"),
        ("code", "mo-moi", "code"),
        ("code", "có dấu", "code"),
        ("name", "", "name"),
        ("year", "26", "year"),
        ("period_to", "31/12/2025", "period_to"),
        ("data_cutoff", "31/12/2025", "data_cutoff"),
        ("outline", "dot:999", "outline"),
        ("owner", "999", "owner"),
        ("bo-gui-printed_time", "", "bo-gui-printed_time"),
        ("bo-gui-printed_date", "31/2/2026", "bo-gui-printed_date"),
        ("bo-gui-phrase", "trước ngày 6/11/2026", "bo-gui-phrase"),
    ],
)
def test_errors_stand_beside_the_field_and_the_text_is_kept(world, sign_in, field, value, where):
    page = sign_in(world.admin).post(
        url("round_new"), typed(world, **{field: value, "addressee": "Nơi khác"})
    )
    assert page.status_code == 422
    wrong = {form.add_prefix(name) for form in page.context["setup"].forms for name in form.errors}
    assert wrong == {where}
    assert "Nơi khác" in text(page)
    assert f'id="id_{where}_error"' in text(page)
    assert Round.objects.count() == 1


def test_a_round_needs_a_group(world, sign_in):
    fields = typed(world)
    del fields[f"nhom-{world.thuoc.pk}-asked"]
    page = sign_in(world.admin).post(url("round_new"), fields)
    assert page.status_code == 422
    assert "Chọn ít nhất một nhóm" in text(page)


def test_a_group_asked_without_a_date_is_an_error(world, sign_in):
    page = sign_in(world.admin).post(url("round_new"), typed(world, **{f"nhom-{world.so.pk}-asked": "on"}))
    assert f"{world.so.name}. Ngày in: Nhập ngày" in text(page)
    assert page.status_code == 422
    assert f'id="id_nhom-{world.so.pk}-printed_date_error"' in text(page)


# The check page, opening, closing


def test_the_check_page_says_everything_before_opening(world, sign_in, waiting):
    unit("moi-them", "Viện Mới", world.thuoc)
    page = sign_in(world.admin).get(url("round_setup", waiting.code))
    shown = text(page)
    assert page.context["total"] == 5
    assert {u.code: lack for u, lack in page.context["unready"]} == {
        "moi-them": "chưa có ai",
        "van-phong-bo": "chưa có lãnh đạo duyệt",
    }
    assert "Mở đợt cho 5 đơn vị" in shown
    for section in waiting.sections.all():
        assert section.number in shown
    assert "Hội nghị quán triệt" in shown


def test_dates_in_the_wrong_order_or_on_a_day_off_are_said(world, sign_in, waiting):
    dispatch = waiting.deadlines.get(purpose="dispatch")
    opening.change_date(
        dispatch,
        opening.DateToKeep("on_or_before", date(2026, 10, 24)),
        actor=world.admin,
        now=at("2025-09-20 09:00"),
    )
    shown = text(sign_in(world.admin).get(url("round_setup", waiting.code)))
    assert "Sở Y tế các tỉnh, thành phố nộp trước ngày 30/10/2026, không trước hạn Bộ gửi" in shown
    assert "Thứ Bảy 24/10/2026 là ngày nghỉ" in shown


@pytest.mark.parametrize(
    ("who", "status"),
    [("admin", 200), ("lead", 200), ("reviewer", 403), ("registry", 403), ("outsider", 404)],
)
def test_who_may_set_up(world, sign_in, waiting, who, status):
    client = sign_in(getattr(world, who))
    for code in (waiting.code, world.round.code):
        assert client.get(url("round_setup", code)).status_code == status
        deadline = Round.objects.get(code=code).deadlines.first()
        assert client.get(url("deadline_change", code, deadline.pk)).status_code == status


@pytest.mark.parametrize(
    ("name", "allowed", "refused"),
    [
        ("round_open", "admin", ("lead", "reviewer")),
        ("round_close", "lead", ("admin", "reviewer")),
        ("round_reopen", "lead", ("admin", "reviewer")),
        ("round_add_unit", "lead", ("reviewer", "registry")),
    ],
)
def test_each_verb_has_its_people(world, sign_in, waiting, name, allowed, refused):
    code = waiting.code if name == "round_open" else world.round.code
    assert sign_in(world.outsider).post(url(name, code)).status_code == 404
    for who in refused:
        response = sign_in(getattr(world, who)).post(url(name, code))
        assert response.status_code == 403
        assert "làm" in text(response)
    assert Round.objects.get(code=code).state == (
        RoundState.PREPARING if name == "round_open" else RoundState.OPEN
    )
    assert sign_in(getattr(world, allowed)).get(url(name, code)).status_code == 405
    assert sign_in(getattr(world, allowed)).post(url(name, code)).status_code in (302, 422)


def test_opening_gives_every_unit_its_duty(world, sign_in, waiting):
    client = sign_in(world.admin)
    page = client.post(url("round_open", waiting.code), follow=True)
    assert "Đã mở đợt: 4 đơn vị nhận nhiệm vụ báo cáo." in text(page)
    assert waiting.assignments.count() == 4
    again = client.post(url("round_open", waiting.code), follow=True)
    assert waiting.assignments.count() == 4
    assert "không làm được" in text(again)


def test_the_lead_closes_and_reopens(world, sign_in):
    client, code = sign_in(world.lead), world.round.code
    client.post(url("round_close", code), {"note": "Hết hạn"})
    assert Round.objects.get(code=code).state == RoundState.CLOSED
    assert "Hãy ghi lý do" in text(client.post(url("round_reopen", code), follow=True))
    client.post(url("round_reopen", code), {"note": "Còn thiếu"})
    assert Round.objects.get(code=code).state == RoundState.OPEN


# Dates


def test_a_date_is_changed_with_its_boundary_apart_from_its_phrase(world, sign_in):
    client, code = sign_in(world.lead), world.round.code
    old = world.round.deadlines.get(group=world.thuoc)
    address = url("deadline_change", code, old.pk)
    fields = {"boundary": "on_or_before", "printed_date": "20/10/2025", "phrase": old.phrase}
    seen = client.post(address, {**fields, "xem": "1"})
    assert "ngày làm việc cuối: thứ Hai 20/10/2025" in text(seen)
    assert world.round.deadlines.filter(group=world.thuoc).count() == 1
    assert client.post(address, fields).status_code == 302
    new = world.round.deadlines.get(group=world.thuoc, replaced_at=None)
    assert (new.phrase, new.due_at) == ("trước ngày 20/10/2025", at("2025-10-21 00:00"))
    stale = client.post(address, {**fields, "boundary": "before", "printed_date": "21/10/2025", "phrase": ""})
    assert stale.status_code == 422
    assert "Người khác vừa đổi thời hạn này" in text(stale)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"printed_date": "21/10/2025"}, "phrase"),
        ({"phrase": "trước ngày 19/10"}, "phrase"),
        ({"phrase": "trước ngày 20/10/2024"}, "phrase"),
        ({"printed_date": ""}, "printed_date"),
        ({"boundary": "by_time"}, "printed_time"),
        ({"boundary": "recurring"}, "boundary"),
        ({}, "__all__"),
    ],
)
def test_a_bad_date_is_said(world, sign_in, changes, field):
    old = world.round.deadlines.get(group=world.thuoc)
    fields = {"boundary": "before", "printed_date": "20/10/2025", "phrase": old.phrase, **changes}
    page = sign_in(world.admin).post(url("deadline_change", world.round.code, old.pk), fields)
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert world.round.deadlines.filter(group=world.thuoc).count() == 1


def test_a_date_of_another_round_is_404(world, sign_in, waiting):
    foreign = waiting.deadlines.first()
    assert sign_in(world.admin).get(url("deadline_change", world.round.code, foreign.pk)).status_code == 404


# Units and outline


def test_a_unit_is_added_with_its_reason(world, sign_in):
    late = Unit.objects.create(code="muon", name="Viện đến muộn")
    client, code = sign_in(world.admin), world.round.code
    fields = {"unit": late.pk, "group": world.thuoc.pk, "note": ""}
    page = client.post(url("round_add_unit", code), fields)
    assert (page.status_code, list(page.context["add_form"].errors)) == (422, ["note"])
    client.post(url("round_add_unit", code), {**fields, "note": "Công văn số 5"})
    assert world.assignment("muon").events.get().note == "Công văn số 5"
    assert "Viện đến muộn. Công văn số 5" in text(client.get(url("round_setup", code)))
    twice = client.post(url("round_add_unit", code), {**fields, "note": "x"})
    assert list(twice.context["add_form"].errors) == ["unit"]


def test_a_section_is_revised_only_while_preparing(world, sign_in, waiting):
    client = sign_in(world.admin)
    fields = {"title": "Tên mới", "short_title": "Mới", "guidance": "Gợi ý"}
    address = url("round_section", waiting.code, "2")
    assert client.get(address).status_code == 200
    assert client.post(address, {**fields, "title": ""}).status_code == 422
    assert client.post(address, fields).status_code == 302
    assert waiting.sections.get(key="2").title == "Tên mới"
    assert client.post(url("round_section", world.round.code, "2"), fields).status_code == 422
    assert sign_in(world.lead).post(address, fields).status_code == 403
    assert sign_in(world.outsider).get(address).status_code == 404
    assert client.get(url("round_section", waiting.code, "khong-co")).status_code == 404


def test_a_round_in_a_year_without_holidays_is_warned(world, sign_in, waiting):
    address, words = url("round_setup", waiting.code), "chưa có ngày nghỉ của năm"
    assert words not in text(sign_in(world.admin).get(address))
    waiting.deadlines.filter(purpose="dispatch").update(printed_date=date(2027, 1, 5))
    assert f"{words} 2027" in text(sign_in(world.admin).get(address))


def test_a_directive_is_bound_to_a_new_section_that_then_moves_and_goes(world, sign_in, waiting):
    client, paper = sign_in(world.admin), world.directives["45-nq"]
    address = url("round_section_new", waiting.code)
    under = f"trong:{waiting.sections.get(key='1').pk}"
    typed = {"place": under, "title": "Chỉ thị mới", "short_title": "Chỉ thị", "directives": [paper.pk]}
    assert "45-NQ/TW, 24/11/2023" in text(client.get(address))
    assert client.post(address, typed | {"is_heading": "on"}).status_code == 422
    assert client.post(address, typed | {"place": "sau:0"}).status_code == 422
    assert client.post(address, typed).status_code == 302
    made = waiting.sections.get(key="1.8")
    assert list(made.directives.all()) == [paper]
    page = client.get(url("round_section", waiting.code, "1.8"))
    checked = [
        choice.data["value"].value for choice in page.context["form"]["directives"] if choice.data["selected"]
    ]
    assert checked == [paper.pk]
    client.post(url("round_section_move", waiting.code, "1.8"), {"len": "1"})
    assert waiting.sections.get(key="1.8").number == "1.7"
    client.post(url("round_section_remove", waiting.code, "1.8"))
    assert not waiting.sections.filter(key="1.8").exists()
    assert "Đổi đề cương" in text(client.get(url("round_setup", waiting.code)))
