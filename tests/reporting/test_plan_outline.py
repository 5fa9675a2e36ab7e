"""The outline of a plan keeps what can be compared, adds what is new and says what goes."""

from datetime import date

import pytest

from directives.outline_proposals import AreaSpec, PointSpec, set_content_areas
from reporting import outlines, plan_outline
from reporting.plan_outline import Fate, prompts, short_title
from tests.factories import at, paper, person

NOW = at("2026-01-10 08:00")
DUTIES = "Tham mưu, tổ chức thực hiện các nghị quyết, chỉ thị"
CHECKS, MEETINGS = "Công tác kiểm tra, giám sát", "Tổ chức hội nghị, hội thảo, tọa đàm, tập huấn"


@pytest.fixture
def admin(db):
    return person("quan-tri", admin=True)


@pytest.fixture
def known(admin):
    """Papers the built-in outline knows, and one it does not."""
    rows = {
        "45": ("NQ", "45-NQ/TW", date(2023, 11, 24), "Về đội ngũ trí thức"),
        "20": ("KH", "20-KH/TW", date(2023, 11, 28), "Thực hiện Nghị quyết số 45-NQ/TW"),
        "25": ("CT", "25-CT/TW", date(2023, 10, 25), "Về y tế cơ sở"),
        "72": ("NQ", "72-NQ/TW", date(2025, 9, 9), "Về một số giải pháp đột phá"),
    }
    return {
        name: paper(admin, kind=kind, code=code, issued_on=day, title=title)
        for name, (kind, code, day, title) in rows.items()
    }


def outline(admin, *areas):
    plan = paper(admin, kind="KH", code="9/KH-BYT", issued_on=date(2026, 1, 9))
    set_content_areas(plan, areas, actor=admin, now=NOW)
    return plan_outline.of_plan(plan, None)


def by_key(found):
    return {line.spec.key: line for line in found.lines}


def test_a_plan_without_areas_has_no_outline(admin):
    assert outline(admin) is None


def test_areas_and_papers_keep_the_keys_and_figures_of_the_year_before(admin, known):
    found = outline(
        admin,
        AreaSpec(
            DUTIES, "1", points=(PointSpec(known["45"]), PointSpec(known["20"]), PointSpec(known["72"]))
        ),
        AreaSpec(CHECKS, "2", "- Kiểm tra mỗi quý;\n- Báo cáo ngay."),
    )
    lines = by_key(found)
    specs = {spec.key: spec for spec in found.chosen(found.proposed)}
    assert [(key, spec.number) for key, spec in specs.items()] == [
        ("1", "1"), ("1.1", "1.1"), ("1.8", "1.2"), ("2", "2"),
        ("6", "3"), ("6.1", "3.1"), ("6.2", "3.2"), ("6.3", "3.3"), ("6.4", "3.4"), ("6.5", "3.5"),
    ]  # fmt: skip
    assert specs["1"].is_heading
    assert [code for code, _ in specs["1.1"].directives] == ["45-NQ/TW", "20-KH/TW"]
    assert [figure.code for figure in specs["1.1"].indicators][:2] == ["hoi_nghi", "luot_nguoi"]
    assert specs["1.8"].title == "Nghị quyết số 72-NQ/TW ngày 09/09/2025 về một số giải pháp đột phá"
    assert (specs["2"].title, specs["2"].short_title) == (CHECKS, "Kiểm tra, giám sát")
    assert specs["2"].guidance == "Kiểm tra mỗi quý\nBáo cáo ngay"
    assert [figure.code for figure in specs["2"].indicators] == ["kiem_tra", "don_vi_kiem_tra"]
    assert (lines["1.1"].fate, lines["1.8"].fate, lines["6.2"].fate) == (Fate.KEPT, Fate.NEW, Fate.KEPT)
    dropped = {key for key, line in lines.items() if line.fate == Fate.DROPPED}
    assert dropped == {"1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "3", "4", "5"}
    assert (found.new_count, found.dropped_count) == (1, 9)


def test_figures_of_a_paper_the_plan_no_longer_names_are_still_asked(admin, known):
    found = outline(admin, AreaSpec(DUTIES, points=(PointSpec(known["25"]),)))
    figures = {spec.key: [f.code for f in spec.indicators] for spec in found.chosen(found.proposed)}
    assert figures["1.6"] == ["hoi_nghi", "luot_nguoi", "ty_le_quan_triet", "van_ban"]
    # … but with their own section where the admin keeps that.
    figures = {
        spec.key: [f.code for f in spec.indicators] for spec in found.chosen([*found.proposed, "cu-1.1"])
    }
    assert figures["1.6"] == []
    assert figures["1.1"] == ["hoi_nghi", "luot_nguoi", "ty_le_quan_triet", "van_ban"]


def test_an_area_answered_as_a_whole_stays_so_and_names_its_papers(admin, known):
    found = outline(admin, AreaSpec(CHECKS, points=(PointSpec(known["25"], "Chú trọng trạm y tế"),)))
    spec = found.chosen(found.proposed)[0]
    assert (spec.key, spec.is_heading, [code for code, _ in spec.directives]) == ("2", False, ["25-CT/TW"])
    assert spec.guidance.endswith("Chú trọng trạm y tế")
    assert len(spec.indicators) == 2


def test_a_heading_that_is_answered_as_a_whole_this_year_keeps_asking_its_figures(admin):
    found = outline(admin, AreaSpec(DUTIES))
    spec = found.chosen(found.proposed)[0]
    assert (spec.key, spec.is_heading, spec.number) == ("1", False, "1")
    assert [figure.code for figure in spec.indicators][0] == "hoi_nghi"
    every = found.chosen([line.mark for line in found.lines])
    codes = [figure.code for each in every for figure in each.indicators]
    assert len(codes) == len(set(codes))


def test_something_new_gets_keys_nothing_else_bears(admin, known):
    found = outline(
        admin,
        AreaSpec("Tiêm chủng mở rộng", guidance="Báo cáo tỷ lệ."),
        AreaSpec("Chuyển đổi số", points=(PointSpec(known["72"]), PointSpec(None, "Văn bản của tỉnh"))),
    )
    specs = found.chosen(found.proposed)
    assert [spec.key for spec in specs][:4] == ["7", "8", "8.1", "8.2"]
    assert [spec.title for spec in specs][3] == "Văn bản của tỉnh"
    keys = [line.spec.key for line in found.lines]
    assert len(keys) == len(set(keys))


def test_what_is_left_of_a_heading_goes_with_it(admin, known):
    found = outline(admin, AreaSpec("Công tác khen thưởng"), AreaSpec(MEETINGS))
    assert [spec.key for spec in found.chosen(found.proposed)] == [
        "6.2",
        "5",
        "6",
        "6.1",
        "6.3",
        "6.4",
        "6.5",
    ]
    assert found.chosen(["cu-6.5"])[0].is_heading
    assert [spec.number for spec in found.chosen(["cu-6.5"])] == ["1", "1.1"]
    assert found.chosen([]) == ()


def test_a_paper_in_two_areas_has_its_old_section_once(admin, known):
    found = outline(
        admin,
        AreaSpec(DUTIES, points=(PointSpec(known["25"]),)),
        AreaSpec("Y tế cơ sở", points=(PointSpec(known["25"], "Nhân lực"),)),
    )
    assert [spec.key for spec in found.chosen(found.proposed)][:4] == ["1", "1.6", "7", "7.1"]


def test_the_outline_of_the_round_before_is_the_one_compared_with(world):
    world.round.sections.filter(key="2").update(key="9", short_title="Soát xét")
    set_content_areas(
        world.plan,
        [AreaSpec(CHECKS, "1"), AreaSpec(DUTIES, "2", points=(PointSpec(world.directives["25-ct"]),))],
        actor=world.admin,
        now=NOW,
    )
    found = plan_outline.of_plan(world.plan, world.round)
    specs = found.chosen(found.proposed)
    assert [(spec.key, spec.short_title) for spec in specs][0] == ("9", "Soát xét")
    assert (found.basis, plan_outline.round_before(world.plan, 2030)) == (world.round, None)
    assert plan_outline.round_before(world.directives["25-ct"], 2025) == world.round
    assert outlines.new_key("", outlines.used_keys()) == "7"


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Công tác kiểm tra, giám sát việc thực hiện các nghị quyết", "Kiểm tra, giám sát"),
        ("Tăng cường phối hợp giữa các cơ quan", "Phối hợp"),
        ("Tiêm chủng", "Tiêm chủng"),
        ("một hai ba bốn năm sáu bảy tám chín mười", "Một hai ba bốn năm sáu bảy tám chín"),
        ("x" * 300, "X" + "x" * 118 + "…"),
    ],
)
def test_short_titles(title, short):
    assert short_title(title) == short
    assert len(short_title(title)) <= 120


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("- Một.\n\n+ hai;", ["Một", "Hai"]),
        ("Chỉ thị số 25-CT/TW về y tế cơ sở", []),
        ("Kết luận 86-KT/TW ngày 10/7/2024 về y học cổ truyền. Triển khai tại các đơn vị", []),
        ("Chỉ thị số 25-CT/TW về y tế. Tập trung: nhân lực trạm y tế", ["Nhân lực trạm y tế"]),
        ("Kế hoạch kiểm tra quý I: nộp sớm", ["Kế hoạch kiểm tra quý I: nộp sớm"]),
        ("Nêu rõ: " + "a" * 120 + "; " + "b" * 120, ["Nêu rõ: " + "a" * 120, "B" + "b" * 119]),
    ],
)
def test_prompts_are_lines(text, lines):
    assert prompts(text).splitlines() == lines
