"""What a plan says of its round: names and codes, whom it asks, the ministry's own date."""

from datetime import date

import pytest

from directives.models import Requirement
from reporting.plan_round import free_code, name_of, read_plan
from tests.factories import paper, person
from units.models import UnitGroup

ON = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("title", "year", "name"),
    [
        ("Triển khai công tác dân số năm 2026", 2026, "Công tác dân số năm 2026"),
        ("V/v thực hiện Chỉ thị số 5-CT/TW", 2026, "Chỉ thị số 5-CT/TW năm 2026"),
        ("Về việc triển khai thực hiện phong trào thi đua", 2025, "Phong trào thi đua năm 2025"),
        ("Triển khai", 2026, "Triển khai năm 2026"),
        ("", 2026, "Đợt báo cáo năm 2026"),
        ("x" * 600, 2026, "X" + "x" * 190 + " năm 2026"),
    ],
)
def test_the_name_of_the_round(title, year, name):
    assert name_of(title, year) == name
    assert len(name) <= 200


@pytest.mark.parametrize(
    ("name", "taken", "code"),
    [
        ("Công tác khoa giáo năm 2026", [], "khoa-giao-2026"),
        ("Công tác khoa giáo năm 2026", ["khoa-giao-2026", "khoa-giao-2026-2"], "khoa-giao-2026-3"),
        ("năm", [], "dot"),
        ("Một hai ba bốn " * 12 + "năm 2026", [], "mot-hai-ba-bon-mot-hai-ba-bon-mot-hai-ba-bon-mot-2026"),
    ],
)
def test_a_code_that_is_free(name, taken, code):
    assert free_code(name, taken) == code
    assert len(code) <= 57


@pytest.fixture
def plan(db):
    return paper(person("quan-tri", admin=True), kind="KH", code="9/KH-BYT", issued_on=date(2025, 1, 9))


@pytest.fixture
def groups(db):
    names = ("Các đơn vị thuộc Bộ", "Các đơn vị trực thuộc Bộ", "Sở Y tế các tỉnh, thành phố")
    return [UnitGroup.objects.create(code=f"n{n}", name=name, position=n) for n, name in enumerate(names)]


def ask(plan, addressee, phrase="", day=None, boundary="before", **more):
    Requirement.objects.create(
        directive=plan,
        addressee=addressee,
        text="Báo cáo",
        phrase=phrase,
        due_date=day,
        boundary=boundary,
        **more,
    )


def read(plan, groups):
    return read_plan(plan, groups, ministry="Bộ Y tế", on=ON)


def test_groups_are_found_by_their_words_and_the_office_is_the_ministry_itself(plan, groups):
    ask(plan, "Các đơn vị thuộc, trực thuộc Bộ", "trước ngày 20/10/2025", date(2025, 10, 20))
    ask(plan, "Sở Y tế", "trước 17h00 ngày 30/10/2025", date(2025, 10, 30), "by_time", group=groups[2])
    ask(
        plan,
        "Văn phòng Bộ",
        "trước ngày 5/11/2025",
        date(2025, 11, 5),
        receiver="Ban Tuyên giáo Trung ương (qua VP)",
    )
    ask(plan, "Bảo hiểm xã hội Việt Nam", "trước ngày 10/11/2025", date(2025, 11, 10))
    ask(plan, "Sở Y tế", "trước ngày 25 hằng tháng", boundary="recurring")
    found = read(plan, groups)
    dates = {key: (until.phrase, until.printed_date) for key, until in found.groups.items()}
    assert dates == {
        groups[0].pk: ("trước ngày 20/10/2025", date(2025, 10, 20)),
        groups[1].pk: ("trước ngày 20/10/2025", date(2025, 10, 20)),
        groups[2].pk: ("trước 17h00 ngày 30/10/2025", date(2025, 10, 30)),
    }
    assert found.groups[groups[2].pk].due_at.hour == 17
    assert (found.dispatch.phrase, found.addressee) == (
        "trước ngày 5/11/2025",
        "Ban Tuyên giáo và Dân vận Trung ương",
    )
    assert [row.phrase for row in found.left_over] == ["trước ngày 10/11/2025", "trước ngày 25 hằng tháng"]
    assert found.year == 2025


def test_of_several_dates_the_latest_counts_and_nothing_asked_is_nothing_filled(plan, groups):
    assert read(plan, groups).groups == {}
    assert read(plan, groups).dispatch is None
    for day in (15, 10):
        ask(plan, "Sở Y tế", f"trước ngày {day}/6/2026", date(2026, 6, day))
    found = read(plan, groups)
    assert found.groups[groups[2].pk].printed_date.day == 15
    assert (found.dispatch, found.addressee, found.year) == (None, "", 2026)


@pytest.mark.parametrize(
    ("title", "due", "year"),
    [
        ("Công tác năm 2025", date(2026, 1, 15), 2025),
        ("Công tác năm 2026, định hướng đến năm 2030", date(2026, 11, 5), 2026),
        ("Thực hiện chiến lược đến năm 2030", date(2026, 11, 5), 2026),
        ("Công tác năm 2024", None, 2024),
        ("Công tác", None, 2025),
    ],
)
def test_the_year_of_the_round(plan, groups, title, due, year):
    plan.title = title
    if due:
        ask(plan, "Sở Y tế", "x", due)
    assert read(plan, groups).year == year
