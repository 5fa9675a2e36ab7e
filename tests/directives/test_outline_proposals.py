"""Content areas of a plan: confirmed by an admin, replaced as a whole, nothing half stored."""

from datetime import date

import pytest

from directives.history import history
from directives.models import ContentArea, ContentPoint
from directives.outline_proposals import AreaSpec, PointSpec, set_content_areas
from directives.register import RegisterRefused
from tests.factories import at, paper, person

NOW = at("2025-01-10 08:00")


@pytest.fixture
def admin(db):
    return person("quan-tri", admin=True)


@pytest.fixture
def plan(admin):
    return paper(admin, kind="KH", code="15/KH-BYT", issued_on=date(2025, 1, 9))


@pytest.fixture
def cited(admin):
    return paper(admin, code="25-CT/TW", issued_on=date(2023, 10, 25))


def kept(plan):
    return [
        (
            area.position,
            area.number,
            area.title,
            area.guidance,
            [(p.cited, p.guidance) for p in area.points.all()],
        )
        for area in plan.content_areas.all()
    ]


def test_areas_are_kept_in_order_with_the_papers_they_name(admin, plan, cited):
    areas = [
        AreaSpec(
            "  Công tác  tham mưu ", "1", " Quán triệt. ", (PointSpec(cited, "Y tế cơ sở"), PointSpec())
        ),
        AreaSpec("Kiểm tra, giám sát", "2", points=(PointSpec(None, "Văn bản chưa đăng ký"),)),
    ]
    set_content_areas(plan, areas, actor=admin, now=NOW)
    assert kept(plan) == [
        (1, "1", "Công tác tham mưu", "Quán triệt.", [(cited, "Y tế cơ sở")]),
        (2, "2", "Kiểm tra, giám sát", "", [(None, "Văn bản chưa đăng ký")]),
    ]


def test_saying_again_replaces_everything_and_nothing_takes_all_away(admin, plan, cited):
    set_content_areas(plan, [AreaSpec("Cũ", points=(PointSpec(cited, "a"),))], actor=admin, now=NOW)
    set_content_areas(plan, [AreaSpec("Mới"), AreaSpec("Nữa")], actor=admin, now=NOW)
    assert [(each[0], each[2]) for each in kept(plan)] == [(1, "Mới"), (2, "Nữa")]
    set_content_areas(plan, [], actor=admin, now=NOW)
    assert not ContentArea.objects.exists()
    assert not ContentPoint.objects.exists()
    told = [line.words for line in history(plan) if line.label == "Xác nhận nội dung của kế hoạch"]
    assert told == ["0 nội dung, 0 văn bản", "2 nội dung, 0 văn bản", "1 nội dung, 1 văn bản"]


def test_a_paper_named_twice_in_an_area_is_one_point(admin, plan, cited):
    points = (
        PointSpec(cited, "Ý một"),
        PointSpec(None, "Khác"),
        PointSpec(cited, "Ý hai"),
        PointSpec(cited, "Ý hai"),
    )
    set_content_areas(plan, [AreaSpec("Tham mưu", points=points)], actor=admin, now=NOW)
    assert kept(plan)[0][4] == [(cited, "Ý một\nÝ hai"), (None, "Khác")]


@pytest.mark.parametrize(
    ("area", "words"),
    [
        (AreaSpec("  "), "phải có tên"),
        (AreaSpec("x" * 401), "dài quá 400 ký tự"),
        (AreaSpec("Tên", "1" * 21), "dài quá 20 ký tự"),
        (AreaSpec("Kế hoạch kiểm tra (MẬT)"), "dấu MẬT"),
        (AreaSpec("Tên", guidance="TỐI MẬT\nNội dung"), "dấu TỐI MẬT"),
        (AreaSpec("Tên", points=(PointSpec(None, "Độ mật: Mật"),)), "dấu MẬT"),
    ],
)
def test_refused_before_anything_is_changed(admin, plan, area, words):
    set_content_areas(plan, [AreaSpec("Đã có")], actor=admin, now=NOW)
    with pytest.raises(RegisterRefused, match=words):
        set_content_areas(plan, [AreaSpec("Mới"), area], actor=admin, now=NOW)
    assert [each[2] for each in kept(plan)] == ["Đã có"]


def test_only_an_admin_and_not_about_itself(admin, plan):
    with pytest.raises(RegisterRefused, match="quản trị hệ thống xác nhận"):
        set_content_areas(plan, [AreaSpec("Mới")], actor=person("khac"), now=NOW)
    with pytest.raises(RegisterRefused, match="chính nó"):
        set_content_areas(plan, [AreaSpec("Mới", points=(PointSpec(plan),))], actor=admin, now=NOW)
