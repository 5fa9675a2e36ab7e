"""Many papers from a table: what each line would do, and doing it once."""

from datetime import date

import pytest

from directives.models import Directive, Relation
from directives.paper_import import assess, import_papers
from directives.paper_sheets import SheetRefused, read_line
from directives.validity import validity_on
from tests.factories import at, paper, person

NOW = at("2025-01-10 08:00")
TODAY = NOW.date()


@pytest.fixture
def admin(db):
    return person("quan-tri", admin=True)


def entries(*lines):
    """Lines from 2 on: (number, date, further cells)."""
    return [
        read_line(
            number,
            {
                "kind": "",
                "code": code,
                "issued_on": day,
                "issuer": "Ban Bí thư",
                "title": "Về một việc",
                **more,
            },
        )
        for number, (code, day, more) in enumerate(lines, start=2)
    ]


def outcomes(listed):
    return [line.outcome.value for line in assess(listed, TODAY)]


def do(listed, admin, chosen=None):
    chosen = {entry.line for entry in listed} if chosen is None else chosen
    return import_papers(listed, chosen, source="bảng tính a.xlsx", actor=admin, now=NOW)


def test_what_each_line_would_do(admin, django_assert_num_queries):
    known = paper(admin, code="19-CT/TW", issued_on=date(2024, 5, 1))
    draft = paper(admin, kind="KH", status="draft", title="Kế hoạch 2027", issuer="Bộ Y tế")
    listed = entries(
        ("40-CT/TW", "01/9/2024", {}),
        ("19–CT/TƯ", "01/05/2024", {}),
        ("19-CT/TW", "01/05/2014", {}),
        ("40-CT/TW", "1/9/2024", {}),
        ("40-CT/TW", "1/9/2014", {}),
        ("41-CT/TW", "xx", {}),
        ("42-CT/TW", "11/01/2025", {}),
        ("", "", {"kind": "Kế hoạch", "status": "Dự thảo", "title": "Kế hoạch 2027", "issuer": "Bộ Y tế"}),
    )
    with django_assert_num_queries(2):
        lines = assess(listed, TODAY)
    told = ["new", "known", "question", "known", "question", "faulty", "question", "known"]
    assert [line.outcome.value for line in lines] == told
    assert (lines[1].known, lines[2].others, lines[7].known) == (known, [known], draft)
    assert lines[3].remarks == ["Trùng với dòng 2."]
    assert "Dòng 2 cùng số" in lines[4].doubts[0]
    assert "chưa đến" in lines[6].doubts[0]
    assert Directive.objects.count() == 2


def test_the_chosen_lines_are_registered_with_what_they_name(admin):
    older = paper(admin, code="19-CT/TW", issued_on=date(2024, 5, 1))
    listed = entries(
        ("40-CT/TW", "01/9/2024", {"implements": "41-CT/TW; 19-CT/TW", "based_on": "77-CT/TW"}),
        ("41-CT/TW", "01/8/2024", {"status": "Đã thay thế từ 01/9/2024 theo 40-CT/TW"}),
        ("42-CT/TW", "01/8/2024", {}),
    )
    made = do(listed, admin, {2, 3})
    assert [one.code for one in made] == ["40-CT/TW", "41-CT/TW"]
    related = {(row.from_directive, row.kind, row.to_directive) for row in Relation.objects.all()}
    new, old = made
    assert related == {(new, "implements", old), (new, "implements", older), (new, "replaces", old)}
    assert validity_on(old, TODAY).status == "replaced"
    assert new.events.get(what="registered").details == {"source": "bảng tính a.xlsx, dòng 2"}
    assert do(listed, admin, {2, 3}) == []
    assert Directive.objects.count() == 3


def test_one_line_in_the_way_stops_all(admin):
    listed = entries(("40-CT/TW", "01/9/2024", {}), ("41-CT/TW", "xx", {}))
    with pytest.raises(SheetRefused, match="Dòng 3: Không đọc được ngày"):
        do(listed, admin)
    ended = entries(
        ("40-CT/TW", "01/9/2024", {}),
        ("41-CT/TW", "01/8/2024", {"status": "Đã bãi bỏ từ 01/9/2024 theo 40-CT/TW"}),
    )
    with pytest.raises(SheetRefused, match="Dòng 3: Chưa có 40-CT/TW"):
        do(ended, admin, {3})
    with pytest.raises(SheetRefused, match="quản trị"):
        do(ended, person("khac"))
    assert not Directive.objects.exists()


def test_a_number_two_papers_bear_wants_its_date(admin):
    for year in (2012, 2017):
        paper(admin, kind="NQ", code="20-NQ/TW", issued_on=date(year, 10, 25))
    listed = entries(
        ("40-CT/TW", "01/9/2024", {"based_on": "20-NQ/TW"}),
        ("41-CT/TW", "01/9/2024", {"based_on": "20-NQ/TW ngày 25/10/2017"}),
    )
    vague, exact = assess(listed, TODAY)
    assert not vague.relations
    assert "ghi thêm ngày" in vague.remarks[0]
    assert [target.issued_on.year for _, target in exact.relations] == [2017]


def test_drafts_without_number_are_registered_once(admin):
    cells = {"kind": "Kế hoạch", "status": "Dự thảo", "title": "Kế hoạch 2027"}
    listed = entries(("", "", cells), ("", "", cells))
    assert outcomes(listed) == ["new", "known"]
    assert len(do(listed, admin)) == 1
    assert do(listed, admin) == []
