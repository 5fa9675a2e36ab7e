import pytest

from reporting import bench, consolidation, reviewing
from reporting.models import Passage, Report, Section
from tests.factories import accept, at, make_world, submit
from tests.remembered import once

NOW = at("2025-10-20 09:00")


@pytest.fixture
@once
def report(world) -> Report:
    for code in ("cuc-a", "so-c"):
        submit(world, code)
        accept(world, code)
    return consolidation.start_report(world.round, actor=world.reviewer, now=NOW)


def section(world, key="2"):
    return Section.objects.get(round=world.round, key=key)


def passage(world, code="cuc-a", key="2", position=1):
    return Passage.objects.get(
        submission=world.assignment(code).accepted_submission, section__key=key, position=position
    )


def test_a_reopened_source_is_flagged_without_a_diff(world, report):
    consolidation.take(report, passage(world), actor=world.reviewer, now=NOW)
    reviewing.reopen(world.assignment("cuc-a"), note="Xem lại", actor=world.lead, now=NOW)
    (changed,) = bench.changed_sources(report)
    assert (changed.newest, changed.changes) == (None, [])


def test_a_group_becomes_one_paragraph_with_all_its_sources(world, report):
    page = bench.bench(report, world.round, section(world))
    largest = page.alike[0]
    assert [card.passage.submission.assignment.unit.code for card in largest] == ["cuc-a", "so-c"]
    made = consolidation.take_group(report, [c.passage for c in largest], actor=world.reviewer, now=NOW)
    assert made.sources.count() == 2


@pytest.mark.parametrize(
    ("wanted", "words", "count"),
    [
        ("", "", 4),
        ("unread", "", 3),
        ("used", "", 1),
        ("read", "", 0),
        ("", "hai hoi nghi", 2),
        ("", "hai phong", 2),
        ("", "khong co", 0),
    ],
)
def test_filters_of_the_bench(world, report, wanted, words, count):
    consolidation.take(report, passage(world), actor=world.reviewer, now=NOW)
    assert len(bench.bench(report, world.round, section(world)).chosen(wanted, words)) == count


def test_coverage_counts_units_once(world, report):
    consolidation.take(report, passage(world), actor=world.reviewer, now=NOW)
    one = bench.bench(report, world.round, section(world)).coverage
    assert (one.units, one.used, one.read, one.unread, one.looked_at) == (2, 1, 0, 1, 1)
    for position in (1, 2):
        consolidation.mark_read(passage(world, "so-c", position=position), actor=world.lead, now=NOW)
    everything = bench.coverage(report, world.round)
    assert everything[section(world).pk] == bench.Coverage(2, 1, 1, 0)
    assert everything[section(world, "3").pk] == bench.Coverage(2, 0, 0, 2)
    assert one.used_width == "50.00%"


def test_a_unit_sees_which_of_its_passages_were_used(world, report):
    consolidation.take(report, passage(world), actor=world.reviewer, now=NOW)
    mine = world.assignment("cuc-a").accepted_submission
    assert [s.passage for s in bench.used_passages(mine)] == [passage(world)]
    assert bench.used_passages(world.assignment("so-c").accepted_submission) == []


def test_the_bench_reads_in_a_fixed_number_of_queries(db, django_assert_num_queries):
    world = make_world(more_units=2)
    codes = ["cuc-a", "benh-vien-0", "benh-vien-1"]
    for code in codes:
        submit(world, code)
        accept(world, code)
    report = consolidation.start_report(world.round, actor=world.reviewer, now=NOW)
    place = section(world)
    for code in codes:
        consolidation.take(report, passage(world, code), actor=world.reviewer, now=NOW)
        with django_assert_num_queries(4):
            page = bench.bench(report, world.round, place)
            [str(card.passage.submission.assignment.unit) for card in page.cards]
        with django_assert_num_queries(2):
            bench.coverage(report, world.round)
