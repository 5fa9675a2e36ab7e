import pytest

from reporting import reviewing
from reporting.models import Indicator
from reporting.rollup import census, totals, units_behind
from reporting.states import State
from tests.factories import accept, at, make_world, submit


def give(world, code, amount, when="2025-10-10 15:00"):
    submit(world, code, when, amount=amount)
    accept(world, code)


def indicator(world, code):
    return Indicator.objects.get(round=world.round, code=code)


def test_only_accepted_reports_are_summed_by_group_and_in_all(world):
    give(world, "cuc-a", 12)
    give(world, "so-c", 30)
    submit(world, "benh-vien-b", amount=1000)  # sent, not accepted
    figures = totals(world.round)
    row = indicator(world, "hoi_nghi")
    assert figures.total(row).amount == 42
    assert figures.cell(row, world.so).text == "30"
    assert (figures.cell(row, world.truc_thuoc).units, figures.cell(row, world.truc_thuoc).text) == (0, "")
    assert [(g.group.code, g.expected, g.included) for g in figures.groups] == [
        ("don-vi-thuoc-bo", 2, 1),
        ("don-vi-truc-thuoc-bo", 1, 0),
        ("so-y-te", 1, 1),
    ]


def test_rates_are_never_summed(world):
    give(world, "cuc-a", 825)
    give(world, "so-c", 1000)
    total = totals(world.round).total(indicator(world, "ty_le_quan_triet"))
    assert (total.amount, total.text) == (None, "82,5 – 100%")
    assert "từ 82,5% đến 100%" in total.phrase


@pytest.mark.parametrize(
    ("code", "phrase"),
    [
        ("hoi_nghi", "1.286 hội nghị quán triệt"),
        ("luot_nguoi", "1.286 lượt người tham gia"),
        ("kinh_phi_du_kien", "kinh phí dự kiến 128,6 triệu đồng"),
    ],
)
def test_figures_in_a_sentence(world, code, phrase):
    from reporting.rollup import Total

    assert Total(indicator(world, code), 1, 1286, 1286, 1286).phrase == phrase


def test_sentence_names_units_reported_and_expected(world):
    give(world, "cuc-a", 12)
    section = indicator(world, "kiem_tra").section
    assert totals(world.round).sentence(section) == (
        "Theo báo cáo của 1/4 đơn vị: 12 cuộc kiểm tra, giám sát; 12 đơn vị được kiểm tra."
    )


def test_the_units_behind_a_figure_add_up_to_it(world):
    give(world, "cuc-a", 12)
    give(world, "so-c", 30)
    row = indicator(world, "hoi_nghi")
    behind = units_behind(world.round, row)
    assert [(b.line.assignment.unit.code, b.text) for b in behind] == [("cuc-a", "12"), ("so-c", "30")]
    assert sum(b.amount for b in behind) == totals(world.round).total(row).amount


def test_an_earlier_instant_is_read_from_the_ledger(world):
    give(world, "cuc-a", 12)
    before = at("2025-10-15 08:00")
    reviewing.waive(
        world.assignment("benh-vien-b"), reason="Giải thể", actor=world.lead, now=at("2025-10-16 08:00")
    )
    reviewing.reopen(world.assignment("cuc-a"), note="Xem lại", actor=world.lead, now=at("2025-10-17 08:00"))
    then, now = census(world.round, before), census(world.round)
    assert (then.share, now.share) == ("1/4", "0/3")
    assert totals(world.round, then).total(indicator(world, "hoi_nghi")).amount == 12
    assert [line.state for line in now.excused] == [State.WAIVED]
    assert census(world.round, at("2025-10-11 08:00")).share == "0/4"
    assert census(world.round, at("2025-09-01 08:00")).lines == []


def test_the_ledger_agrees_with_the_rows_of_now(world):
    give(world, "cuc-a", 12)
    submit(world, "so-c", "2025-10-31 10:00")
    then, now = census(world.round, at("2025-11-01 08:00")), census(world.round)
    assert [(x.state, x.submission_id, x.judgement) for x in then.lines] == [
        (x.state, x.submission_id, x.judgement) for x in now.lines
    ]
    assert {x.assignment.unit.code: x.judgement for x in now.lines}["so-c"] == "late"


@pytest.mark.django_db
@pytest.mark.parametrize("instant", [None, "2025-11-01 08:00"])
def test_queries_do_not_grow_with_units(django_assert_num_queries, instant):
    world = make_world(more_units=3)
    moment = at(instant) if instant else None
    expected = 3 if moment is None else 7
    for code in ("cuc-a", "benh-vien-0", "benh-vien-1", "benh-vien-2"):
        give(world, code, 5)
        with django_assert_num_queries(expected):
            taken = census(world.round, moment)
            totals(world.round, taken)
            [str(line.judgement) for line in taken.lines]
