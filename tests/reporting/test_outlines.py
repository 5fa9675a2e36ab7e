"""Outlines: the built-in one holds what the plan asks, and a clone is the same a year on."""

import pytest

from reporting import outlines
from reporting.models import Round
from reporting.outlines import IndicatorSpec, SectionSpec, built_in, of_round, with_years
from tests.factories import make_round


def test_the_built_in_outline_answers_the_plan():
    sections = {spec.key: spec for spec in built_in("khoa_giao")}
    areas = [spec for spec in sections.values() if spec.parent_key is None]
    assert len(areas) >= 6
    codes = {code for spec in sections.values() for code, _ in spec.directives}
    assert codes >= {"45-NQ/TW", "20-NQ/TW", "70-KL/TW", "28-CT/TW", "23-CT/TW", "25-CT/TW", "86-KL/TW"}
    indicators = [i for spec in sections.values() for i in spec.indicators]
    assert len(indicators) == len({i.code for i in indicators}) >= 13
    percent = [i for i in indicators if i.unit_label == "%"]
    assert [(i.rollup, i.decimals, i.maximum) for i in percent] == [("none", 1, 1000)]


def test_an_unknown_outline_is_an_error():
    with pytest.raises(FileNotFoundError):
        built_in("khong-co")


def test_keys_are_one_and_parents_come_first():
    seen: set[str] = set()
    for spec in built_in("khoa_giao"):
        assert spec.key not in seen
        assert spec.parent_key is None or spec.parent_key in seen
        seen.add(spec.key)


def test_a_round_gets_the_outline_with_its_papers(world):
    section = world.round.sections.get(key="1.7")
    assert [d.code for d in section.directives.all()] == ["86-KL/TW"]
    assert section.parent == world.round.sections.get(key="1")
    assert world.round.sections.get(key="1.2").directives.get().issued_on.year == 2012
    figures = list(world.round.indicators.values_list("position", flat=True))
    assert figures == list(range(1, len(figures) + 1))


def test_a_clone_is_the_same_outline(world):
    again = make_round(world, code="khoa-giao-2026", year=2026, opened_at=None)
    again.sections.all().delete()
    outlines.build(again, of_round(world.round))

    def shape(row: Round) -> list[tuple]:
        rows = row.sections.prefetch_related("directives", "indicators")
        return [
            (s.key, s.number, s.guidance, s.is_heading, s.parent and s.parent.key)
            + tuple(d.pk for d in s.directives.all())
            + tuple((i.code, i.decimals, i.maximum, i.rollup) for i in s.indicators.all())
            for s in rows
        ]

    assert shape(again) == shape(world.round)


def test_a_clone_moves_the_years_on_but_not_those_of_papers(world):
    world.round.sections.filter(key="6.5").update(
        title="Nhiệm vụ năm 2026", short_title="Năm 2026", guidance="So với năm 2025, mục 2025"
    )
    world.round.sections.filter(key="1.7").update(title="Kết luận về chiến lược đến năm 2026")
    clone = {spec.key: spec for spec in of_round(world.round)}
    texts = (clone["6.5"].title, clone["6.5"].short_title, clone["6.5"].guidance)
    assert tuple(with_years(text, 2030) for text in texts) == (
        "Nhiệm vụ năm 2031",
        "Năm 2031",
        "So với năm 2030, mục 2025",
    )
    assert with_years(clone["1.7"].title, 2030) == "Kết luận về chiến lược đến năm 2026"


def test_a_paper_that_is_not_registered_is_left_out(world):
    row = make_round(world, code="trong", year=2027, opened_at=None)
    row.sections.all().delete()
    spec = SectionSpec(
        key="1",
        number="1",
        title="Mục",
        short_title="Mục",
        directives=(("999-XX/TW", world.plan.created_at.date()),),
        indicators=(IndicatorSpec("so", "Số", "cái"),),
    )
    outlines.build(row, (spec,))
    section = row.sections.get()
    assert (section.directives.count(), section.indicators.get().code) == (0, "so")
