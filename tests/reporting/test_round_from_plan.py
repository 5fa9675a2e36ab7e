"""From a plan's text to the form of its round: read, confirmed as it stands, filled in, saved, opened."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directives import outline_proposals, register
from directives.codes import KINDS
from directives.models import Directive
from directives.plans import read_paper
from reporting import opening
from reporting.models import Round
from reporting.round_form import SEEN, RoundSetup
from tests.factories import at
from units.calendar import working_calendar

NOW = at("2025-01-15 09:00")
PLAN = "000_77915cdc0bfcf3cf.txt"


def confirm(text: str, admin, title: str = "") -> Directive:
    """The paper and what was read of it, as somebody registers it who changes nothing."""
    read = read_paper(text)
    spec = register.PaperSpec(
        kind=read.header.kind or "KH",
        title=title or read.header.subject or "Kế hoạch",
        issuer=read.header.issuer or "Bộ Y tế",
        status=Directive.Status.DRAFT,
    )
    plan = register.register(spec, actor=admin, now=NOW)
    for obligation in read.obligations:
        deadline = obligation.deadline
        register.add_requirement(
            plan,
            register.RequirementSpec(
                addressee=obligation.addressees[0],
                text="Báo cáo kết quả",
                phrase=text[slice(*deadline.span)] if deadline.span else "",
                boundary=deadline.boundary,
                due_date=deadline.due,
                receiver=obligation.receiver,
            ),
            actor=admin,
            now=NOW,
        )
    areas = [
        outline_proposals.AreaSpec(
            area.title,
            area.number,
            area.guidance,
            tuple(
                outline_proposals.PointSpec(_registered(point.citation, admin), point.guidance)
                for point in area.points
            ),
        )
        for area in read.content_areas
    ]
    outline_proposals.set_content_areas(plan, areas, actor=admin, now=NOW)
    return plan


def _registered(cited, admin) -> Directive:
    known = register.known_paper(cited.code, cited.issued_on)
    spec = register.PaperSpec(
        kind=cited.kind,
        code=cited.code,
        issued_on=cited.issued_on,
        issuer=cited.issuer or "Ban Chấp hành Trung ương",
        title=KINDS.get(cited.kind, cited.kind),
    )
    return known or register.register(spec, actor=admin, now=NOW)


def posted(setup: RoundSetup, **changes: object) -> dict[str, object]:
    """What the browser sends of the form as it is filled in."""
    fields: dict[str, object] = {SEEN: "1"}
    for form in setup.forms:
        for name in form.fields:
            value = form.initial.get(name)
            if isinstance(value, date):
                value = f"{value:%d/%m/%Y}"
            fields[form.add_prefix(name)] = "" if value is None else value
    for form in setup.groups:
        if not form.is_asked:
            del fields[form.add_prefix("asked")]
    fields["owner"] = setup.main.fields["owner"].queryset.get().pk
    fields["sections"] = setup.main.marks
    return {**fields, **changes}


SMALL = """BỘ Y TẾ

KẾ HOẠCH
Công tác dân số năm 2026

II. NỘI DUNG
1. Tham mưu, tổ chức thực hiện các nghị quyết
- Quán triệt Chỉ thị số 25-CT/TW ngày 25/10/2023 về y tế cơ sở; Chỉ thị số 52-CT/TW ngày 3/9/2025 về bảo hiểm.
2. Kiểm tra, giám sát
Mỗi quý một lần.

III. TỔ CHỨC THỰC HIỆN
1. Các đơn vị thuộc, trực thuộc Bộ Y tế
Báo cáo kết quả về Bộ Y tế (qua Văn phòng Bộ) trước ngày 20/10/2026.
2. Sở Y tế các tỉnh, thành phố
Báo cáo kết quả về Bộ Y tế (qua Văn phòng Bộ) chậm nhất ngày 30/10/2026.
3. Văn phòng Bộ
Tổng hợp, dự thảo báo cáo gửi Ban Tuyên giáo và Dân vận Trung ương trước ngày 5/11/2026.
"""


@pytest.fixture
def plan(world) -> Directive:
    return confirm(SMALL, world.admin, "Triển khai công tác dân số năm 2026")


def address(plan) -> str:
    return f"{reverse('reporting:round_new')}?plan={plan.pk}"


def test_the_form_is_filled_and_opens_as_it_stands(world, sign_in, plan):
    client = sign_in(world.admin)
    page = client.get(address(plan))
    shown = page.content.decode()
    assert "2 mục mới" not in shown
    assert "1 mục mới, 7 mục giữ số liệu" in shown
    assert client.post(address(plan), posted(page.context["setup"])).status_code == 302
    row = Round.objects.get(code="dan-so-2026")
    assert (row.plan, row.previous, row.name) == (plan, world.round, "Công tác dân số năm 2026")
    dates = {d.group: d.phrase for d in row.deadlines.all()}
    assert dates == {
        world.thuoc: "trước ngày 20/10/2026",
        world.truc_thuoc: "trước ngày 20/10/2026",
        world.so: "chậm nhất ngày 30/10/2026",
        None: "trước ngày 5/11/2026",
    }
    sections = {s.key: (s.number, [d.code for d in s.directives.all()]) for s in row.sections.all()}
    assert sections["1.6"] == ("1.1", ["25-CT/TW"])
    assert sections["1.8"] == ("1.2", ["52-CT/TW"])
    assert sections["6.5"] == ("3.5", [])
    assert "1.1" not in sections
    assert row.sections.get(key="6.5").title == "Nhiệm vụ trọng tâm năm 2027"
    assert row.indicators.filter(section__key="1.6", code="hoi_nghi").exists()
    assert opening.open_round(row, actor=world.admin, now=NOW) == 4
    assert "đã có" in client.get(address(plan)).content.decode()


def test_sections_are_left_out_and_taken_back(world, sign_in, plan):
    client = sign_in(world.admin)
    setup = client.get(address(plan)).context["setup"]
    marks = [mark for mark in setup.main.marks if mark != "cu-6.3"] + ["cu-5"]
    seen = client.post(address(plan), posted(setup, sections=marks, xem="1"))
    ticked = {row.line.spec.key for row in seen.context["setup"].lines if row.ticked}
    assert ("6.3" in ticked, "5" in ticked) == (False, True)
    client.post(address(plan), posted(setup, sections=marks))
    keys = set(Round.objects.get(code="dan-so-2026").sections.values_list("key", flat=True))
    assert ("6.3" in keys, "5" in keys, "6.4" in keys) == (False, True, True)


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"sections": []}, 422),
        ({"sections": ["nd-0"]}, 422),
        ({"outline": "kh:0"}, 422),
        ({"outline": "dot:99999999999999999999"}, 422),
        ({"plan": "99999999999999999999"}, 422),
        ({"outline": "mau:khoa_giao", "sections": []}, 302),
    ],
)
def test_what_cannot_be_is_said_and_another_outline_can_be_taken(world, sign_in, plan, changes, status):
    client = sign_in(world.admin)
    setup = client.get(address(plan)).context["setup"]
    assert client.post(address(plan), posted(setup, **changes)).status_code == status
    assert Round.objects.filter(code="dan-so-2026").exists() == (status == 302)


def test_another_outline_first_and_then_the_plans(world, sign_in, plan):
    """Lines nobody was shown are not taken as left out."""
    client = sign_in(world.admin)
    fields = posted(client.get(address(plan)).context["setup"], sections=[])
    del fields[SEEN]
    client.post(address(plan), fields)
    assert Round.objects.get(code="dan-so-2026").sections.count() == 10


def test_the_form_is_flat_in_papers(world, sign_in, plan):
    client = sign_in(world.admin)
    client.get(address(plan))
    with CaptureQueriesContext(connection) as few:
        client.get(address(plan))
    more = [
        outline_proposals.AreaSpec(
            f"Nội dung {n}",
            points=tuple(outline_proposals.PointSpec(d) for d in world.directives.values() if d != plan),
        )
        for n in range(3)
    ]
    outline_proposals.set_content_areas(plan, more, actor=world.admin, now=NOW)
    with CaptureQueriesContext(connection) as many:
        client.get(address(plan))
    assert len(many) == len(few)


@pytest.mark.papers
def test_the_real_plan_becomes_its_round(world, papers_dir: Path):
    plan = confirm((papers_dir / PLAN).read_text(encoding="utf-8"), world.admin)
    setup = RoundSetup(on=date(2025, 1, 15), plan=plan, calendar=working_calendar())
    assert {form.group.code: form.initial["phrase"] for form in setup.groups} == {
        "don-vi-thuoc-bo": "trước ngày 20/10/2025",
        "don-vi-truc-thuoc-bo": "trước ngày 20/10/2025",
        "so-y-te": "trước ngày 30/10/2025",
    }
    assert setup.dispatch.initial["phrase"] == "trước ngày 5/11/2025"
    assert setup.main.initial["addressee"] == "Ban Tuyên giáo và Dân vận Trung ương"
    assert (setup.main.initial["year"], setup.main.initial["code"]) == (2025, "khoa-giao-2025-2")
    assert setup.left_over == ()
    shown = [
        (row.number, row.line.spec.key, len(row.line.spec.directives))
        for row in setup.lines
        if row.ticked or row.number
    ]
    assert shown == [
        ("1", "1", 0), ("1.1", "1.1", 2), ("1.2", "1.2", 1), ("1.3", "1.3", 1), ("1.4", "1.4", 1), ("1.5", "1.5", 1),
        ("1.6", "1.6", 1), ("1.7", "1.7", 1), ("2", "2", 0), ("3", "3", 0), ("4", "4", 0), ("5", "5", 0),
        ("6", "6", 0), ("6.1", "6.1", 0), ("6.2", "6.2", 0), ("6.3", "6.3", 0), ("6.4", "6.4", 0), ("6.5", "6.5", 0),
    ]  # fmt: skip
    again = RoundSetup(posted(setup), on=date(2025, 1, 15), plan=plan, calendar=working_calendar())
    assert again.is_valid(), [form.errors for form in again.forms]
    row = opening.prepare_round(again.round_plan, actor=world.admin, now=NOW)
    assert opening.open_round(row, actor=world.admin, now=NOW) == 4
    assert row.indicators.count() == world.round.indicators.count()


def test_the_page_of_a_plan_leads_to_its_round(world, sign_in, plan):
    def links(who, paper) -> list[str]:
        page = sign_in(who).get(reverse("reporting:directive", args=[paper.pk])).content.decode()
        return [words for words in (address(paper), f"/dot/{world.round.code}/thiet-lap/") if words in page]

    assert links(world.admin, plan) == [address(plan)]
    assert links(world.lead, plan) == links(world.outsider, plan) == []
    assert links(world.admin, world.plan) == [f"/dot/{world.round.code}/thiet-lap/"]
    assert links(world.admin, world.directives["25-ct"]) == []
    Directive.objects.filter(pk=plan.pk).update(is_draft=False, code="1/KH-BYT", issued_on=date(2025, 1, 1))
    plan.refresh_from_db()
    register.change_status(plan, "repealed", since=date(2025, 1, 9), by=None, actor=world.admin, now=NOW)
    assert links(world.admin, plan) == []


def test_the_page_of_a_plan_shows_its_areas_to_everybody(world, sign_in, plan):
    shown = sign_in(world.outsider).get(reverse("reporting:directive", args=[plan.pk])).content.decode()
    assert "2 nội dung đã xác nhận" in shown
    assert "Mỗi quý một lần." in shown
    other = sign_in(world.outsider).get(world.plan.get_absolute_url()).content.decode()
    assert "Nội dung của kế hoạch" not in other
