"""The list people search, the lineage of a paper, who must act."""

from datetime import date

import pytest

from directives import queries
from directives.models import Directive, Relation, RelationKind
from directives.queries import RegisterFilter
from directives.register import change_status, load_papers, relate
from tests.factories import at, make_round, make_world, paper, person
from units.calendar import load_calendar, working_calendar
from units.models import UnitGroup

NOW = at("2025-01-10 08:00")


@pytest.fixture
def admin(db):
    return person("quan-tri", admin=True)


@pytest.fixture
def papers(admin):
    return load_papers(actor=admin, now=NOW)


def names(found):
    known = {
        paper.pk: f"{paper.code or paper.kind} {paper.issued_on.year if paper.issued_on else ''}".strip()
        for paper in Directive.objects.all()
    }
    return [known[pk] for pk in found.keys]


def search(**query):
    asked = RegisterFilter.read({key.replace("_", "-"): value for key, value in query.items()})
    return queries.find(asked, NOW.date())


def test_a_number_with_its_kind_comes_first(papers):
    found = search(tim="nghi quyet 20")
    assert found.exact == 2
    assert names(found)[:2] == ["20-NQ/TW 2017", "20-NQ/TW 2012"]
    assert "20-KH/TW 2023" in names(found)[2:]


@pytest.mark.parametrize(
    ("words", "expected", "exact"),
    [
        ("ket luan 86", ["86-KL/TW 2024"], 1),
        ("86-kt/tw", ["86-KL/TW 2024"], 1),
        ("86–KL/TƯ", ["86-KL/TW 2024"], 1),
        ("86kl", ["86-KL/TW 2024"], 1),
        ("ban bi thu 10/7/2024", ["86-KL/TW 2024"], None),
        ("the duc, the thao", ["70-KL/TW 2024"], None),
        ("khong co van ban nay", [], None),
    ],
)
def test_search_without_accents(papers, words, expected, exact):
    found = search(tim=words)
    assert (names(found), found.exact) == (expected, exact)


@pytest.mark.parametrize(
    ("words", "expected"),
    [("quy dinh 66", ["66-QĐ/TW 2020"]), ("quyet dinh 66", ["66/QĐ-BYT 2021"]), ("quyet dinh 7", [])],
)
def test_kinds_that_share_letters_are_found_by_their_own_word(admin, words, expected):
    paper(admin, kind="QĐ", kind_word="Quy định", code="66-QĐ/TW", issued_on=date(2020, 1, 1))
    paper(admin, kind="QĐ", code="66/QĐ-BYT", issued_on=date(2021, 1, 1))
    found = search(tim=words)
    assert (names(found)[: found.exact], found.exact) == (expected, len(expected))


def test_the_whole_phrase_comes_before_its_scattered_words(papers):
    found = names(search(tim="y hoc co truyen"))
    assert found[0] == "86-KL/TW 2024"
    assert len(found) > 1


def test_filters_and_their_nonsense(papers):
    assert set(names(search(loai="CT"))) == {"28-CT/TW 2023", "23-CT/TW 2023", "25-CT/TW 2023"}
    assert set(names(search(hieu_luc="draft"))) == {"KH", "CV"}
    assert names(search(nam="2012")) == ["20-NQ/TW 2012"]
    assert set(names(search(co_quan="Ban Bí thư", nam="2024"))) == {"86-KL/TW 2024"}
    nonsense = {"loai": "XX", "hieu_luc": "xx", "nam": "20x5", "xep": "xx", "vien_dan": "9" * 30}
    assert len(search(**nonsense, vien_dan_boi="x").keys) == Directive.objects.count()


def test_papers_are_found_by_who_names_them(papers):
    assert names(search(vien_dan_boi=str(papers["20-kh"].pk))) == ["45-NQ/TW 2023"]
    assert set(names(search(vien_dan=str(papers["25-ct"].pk)))) == {"324-KH/TU 2023", "KH", "CV"}
    citing, cited = queries.related_papers()
    assert (papers["20-kh"].pk, "Kế hoạch số 20-KH/TW (28/11/2023)") in citing
    assert papers["45-nq"].pk in dict(cited)
    assert papers["45-nq"].pk not in dict(citing)


def test_papers_of_a_round_are_its_plan_and_those_of_its_outline(db):
    world = make_world()
    found = search(trong_dot=world.round.code).keys
    assert {world.plan.pk, world.directives["45-nq"].pk} <= set(found)
    assert world.directives["20-nq-2017"].pk not in found
    assert queries.rounds_in_use() == [(world.round.code, world.round.name)]
    make_round(world, code="chua-mo", opened_at=None)
    assert not search(trong_dot="chua-mo").keys
    assert len(queries.rounds_in_use()) == 1


def test_the_status_that_is_asked_for_is_that_of_the_day(admin):
    old = paper(admin, code="19-CT/TW", issued_on=date(2024, 5, 1))
    new = paper(admin, code="40-CT/TW", issued_on=date(2024, 9, 1))
    change_status(old, "amended", since=NOW.date(), by=new, actor=admin, now=NOW)
    change_status(old, "repealed", since=date(2025, 1, 11), by=new, actor=admin, now=NOW)
    assert names(search(hieu_luc="amended")) == ["19-CT/TW 2024"]
    assert names(search(hieu_luc="repealed")) == []
    assert len(search(hieu_luc="ap-dung").keys) == 2
    (row,) = queries.rows([old.pk], NOW.date())
    assert (row.validity.status, row.validity.upcoming.since) == ("amended", date(2025, 1, 11))


def test_orders(admin):
    for number, day in ((170, date(2024, 11, 19)), (9, date(2025, 1, 2)), (45, date(2023, 11, 24))):
        paper(admin, code=f"{number:02d}-CT/TW", issued_on=day)
    paper(admin, status="draft", title="Chưa có số", issuer="An Giang")
    assert names(search(xep="so")) == ["09-CT/TW 2025", "45-CT/TW 2023", "170-CT/TW 2024", "CT"]
    assert names(search(xep="-so")) == ["170-CT/TW 2024", "45-CT/TW 2023", "09-CT/TW 2025", "CT"]
    assert names(search()) == ["09-CT/TW 2025", "170-CT/TW 2024", "45-CT/TW 2023", "CT"]
    assert names(search(xep="trich-yeu"))[0] == "CT"
    assert names(search(xep="-trich-yeu"))[-1] == "CT"
    assert names(search(xep="co-quan"))[0] == "CT"
    assert names(search(xep="ngay")) == ["CT", "45-CT/TW 2023", "170-CT/TW 2024", "09-CT/TW 2025"]


def test_rows_say_which_rounds_use_a_paper(db):
    world = make_world()
    keys = [world.directives[key].pk for key in ("45-nq", "plan-2025", "20-nq-2017")]
    assert [row.rounds_using for row in queries.rows(keys, NOW.date())] == [1, 1, 0]


def test_a_round_that_is_being_prepared_does_not_count(db):
    world = make_world(opened_at="")
    assert [row.rounds_using for row in queries.rows([world.directives["45-nq"].pk], NOW.date())] == [0]


def test_rows_take_the_same_queries_for_one_and_three(papers, django_assert_num_queries):
    for number in (1, 3):
        keys = list(Directive.objects.values_list("pk", flat=True)[:number])
        with django_assert_num_queries(6):
            queries.rows(keys, NOW.date())


def test_codes_borne_by_two_papers(papers):
    assert queries.shared_codes() == {"20-NQ/TW"}


def codes(kin, keys):
    return {kin.papers[key].code or kin.papers[key].kind for key in keys}


def test_family_knows_what_is_above_and_below(papers):
    kin = queries.family(papers["20-kh"], NOW.date())
    assert codes(kin, kin.up) == {"45-NQ/TW"}
    assert codes(kin, kin.down) == {"KH"}
    below = queries.family(papers["25-ct"], NOW.date())
    assert codes(below, below.carriers) == {"KH", "324-KH/TU", "CV"}


def test_a_paper_that_is_only_combined_with_does_not_carry_it_out(papers):
    kin = queries.family(papers["07-nq"], NOW.date())
    assert codes(kin, kin.down) == {"226-KL/TU", "CV"}
    assert codes(kin, kin.carriers) == {"226-KL/TU"}


def test_family_takes_the_same_queries_for_a_small_and_a_large_one(papers, django_assert_num_queries):
    for key in ("70-kl", "plan-2025"):
        with django_assert_num_queries(3):
            queries.draw(queries.family(papers[key], NOW.date()))


def test_requirements_of_the_plan_are_found_from_the_resolution_with_the_last_working_day(papers):
    load_calendar([2025])
    lines = queries.requirement_lines(queries.family(papers["45-nq"], NOW.date()), working_calendar())
    said = {line.requirement.addressee: (line.phrase, line.last_working_text, line.own) for line in lines}
    assert said["Các đơn vị thuộc Bộ"] == ("trước ngày 20/10/2025", "thứ Sáu 17/10/2025", False)
    assert said["Vụ Kế hoạch - Tài chính"] == ("", "", False)
    own = queries.requirement_lines(queries.family(papers["plan-2025"], NOW.date()), working_calendar())
    assert all(line.own for line in own)


def test_what_is_asked_of_two_groups_in_one_breath_is_said_once(admin):
    plan = paper(admin, kind="KH", code="7/KH-BYT", issued_on=date(2025, 1, 2))
    asked = {
        "addressee": "Các đơn vị thuộc, trực thuộc Bộ",
        "text": "Báo cáo.",
        "phrase": "trước ngày 20/10/2025",
    }
    groups = [UnitGroup.objects.create(code=code, name=code.upper()) for code in ("a", "b")]
    for group in groups:
        plan.requirements.create(group=group, due_date=date(2025, 10, 20), boundary="before", **asked)
    plan.requirements.create(**asked | {"text": "Kiểm tra."})
    kin = queries.family(plan, NOW.date())
    lines = queries.requirement_lines(kin, working_calendar())
    assert [(line.requirement.text, list(line.groups)) for line in lines] == [
        ("Báo cáo.", groups),
        ("Kiểm tra.", []),
    ]
    assert [drawn.box.title for drawn in queries.draw(kin).boxes][1:] == [asked["addressee"]]


def test_drawing_holds_the_papers_and_those_who_must_act(papers):
    drawing = queries.draw(queries.family(papers["45-nq"], NOW.date()))
    by_title = {drawn.box.title: drawn.box for drawn in drawing.boxes}
    assert {"45-NQ/TW", "20-KH/TW", "Các đơn vị thuộc Bộ"} <= set(by_title)
    assert by_title["45-NQ/TW"].css == "here"
    assert by_title["45-NQ/TW"].url == papers["45-nq"].get_absolute_url()
    assert by_title["Các đơn vị thuộc Bộ"].url.startswith(f"{papers['45-nq'].get_absolute_url()}#yeu-cau-")


def test_a_paper_alone_has_no_drawing_and_a_ring_has_one(admin):
    one = paper(admin, code="19-CT/TW", issued_on=date(2024, 5, 1))
    assert queries.draw(queries.family(one, NOW.date())) is None
    other = paper(admin, code="40-CT/TW", issued_on=date(2024, 9, 1))
    relate(other, RelationKind.AMENDS, one, actor=admin, now=NOW)
    relate(one, RelationKind.COMBINED_WITH, other, actor=admin, now=NOW)
    assert len(queries.draw(queries.family(one, NOW.date())).boxes) == 2


def test_of_a_large_lineage_the_nearest_are_drawn(admin):
    one, *others = [paper(admin, code=f"{n}-CT/TW", issued_on=date(2024, 5, 1)) for n in range(1, 42)]
    Relation.objects.bulk_create(
        Relation(from_directive=later, to_directive=earlier, kind="implements")
        for earlier, later in [(one, other) for other in others[:35]]
        + [(others[0], other) for other in others[35:]]
    )
    kin = queries.family(one, NOW.date())
    drawing = queries.draw(kin)
    assert (len(drawing.boxes), kin.not_drawn, len(kin.relations)) == (30, 11, 40)
    assert kin.drawn == {one.pk, *(other.pk for other in others[:29])}
