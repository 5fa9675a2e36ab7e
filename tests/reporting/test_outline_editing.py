"""The outline of a round that is being prepared: sections come, move, go and are about directives."""

import pytest

from reporting import outline_editing as editing
from reporting.lifecycle import Refused
from reporting.models import Indicator, Round
from reporting.outline_editing import SectionWords
from tests.factories import at, make_round

NOW = at("2025-09-20 09:00")
WORDS = SectionWords(" Tên mới ", "Mới")


@pytest.fixture
def waiting(world) -> Round:
    return make_round(world, code="khoa-giao-2026", year=2026, opened_at=None)


def order(row: Round) -> list[tuple[str, str]]:
    """(key, number) in order."""
    return list(row.sections.order_by("position").values_list("key", "number"))


def test_a_section_gets_other_words_and_directives(world, waiting):
    section = waiting.sections.get(key="1.7")
    papers = [world.directives["45-nq"], world.directives["86-kl"]]
    editing.revise_section(section, SectionWords(" Tên mới ", "Mới", "", papers), actor=world.admin, now=NOW)
    section.refresh_from_db()
    assert (section.title, set(section.directives.all())) == ("Tên mới", set(papers))
    assert waiting.events.filter(action="outline").exists()


@pytest.mark.parametrize(
    ("after", "under", "key", "number", "shifted"),
    [
        ("1.2", None, "1.8", "1.3", ("1.7", "1.8")),
        ("1", None, "7", "2", ("6.1", "7.1")),
        (None, "6", "6.6", "6.6", ("6.5", "6.5")),
        (None, None, "7", "7", ("6", "6")),
    ],
    ids=["beside", "behind-a-heading", "under", "last"],
)
def test_a_section_is_added_where_it_is_wanted(world, waiting, after, under, key, number, shifted):
    at_key = {section.key: section for section in waiting.sections.all()}
    made = editing.add_section(
        waiting, WORDS, after=at_key.get(after), under=at_key.get(under), actor=world.admin, now=NOW
    )
    assert (made.key, made.number) == (key, number)
    found = order(waiting)
    assert shifted in found
    assert len(found) == len(at_key) + 1
    assert [n for _, n in found] == sorted(
        (n for _, n in found), key=lambda n: [int(p) for p in n.split(".")]
    )


def test_a_key_of_another_year_is_never_given_to_something_else(world, waiting):
    last = world.round.sections.get(key="1.7")
    last.key = "1.8"
    last.save()
    made = editing.add_section(
        waiting, WORDS, after=waiting.sections.get(key="1.7"), actor=world.admin, now=NOW
    )
    assert (made.key, made.number) == ("1.9", "1.8")


def test_a_section_that_is_answered_has_nothing_under_it(world, waiting):
    with pytest.raises(Refused, match="mục con"):
        editing.add_section(
            waiting, WORDS, after=None, under=waiting.sections.get(key="2"), actor=world.admin, now=NOW
        )


def test_a_heading_moves_with_what_is_below_it(world, waiting):
    editing.move_section(waiting.sections.get(key="1"), up=False, actor=world.admin, now=NOW)
    assert order(waiting)[:3] == [("2", "1"), ("1", "2"), ("1.1", "2.1")]
    editing.move_section(waiting.sections.get(key="1"), up=True, actor=world.admin, now=NOW)
    assert all(key == number for key, number in order(waiting))
    for key, up in (("1", True), ("1.1", True), ("6.5", False)):
        with pytest.raises(Refused, match="đã ở"):
            editing.move_section(waiting.sections.get(key=key), up=up, actor=world.admin, now=NOW)


def test_a_section_goes_with_its_figures_and_a_heading_only_empty(world, waiting):
    editing.remove_section(waiting.sections.get(key="1.1"), actor=world.admin, now=NOW)
    assert order(waiting)[:2] == [("1", "1"), ("1.2", "1.1")]
    assert not Indicator.objects.filter(round=waiting, section__key="1.1").exists()
    with pytest.raises(Refused, match="mục con"):
        editing.remove_section(waiting.sections.get(key="1"), actor=world.admin, now=NOW)
    for section in waiting.sections.filter(is_heading=False).exclude(key="2"):
        section.delete()
    with pytest.raises(Refused, match="ít nhất một"):
        editing.remove_section(waiting.sections.get(key="2"), actor=world.admin, now=NOW)


CHANGES = {
    "revise": lambda section, who: editing.revise_section(section, WORDS, actor=who, now=NOW),
    "add": lambda section, who: editing.add_section(section.round, WORDS, after=section, actor=who, now=NOW),
    "move": lambda section, who: editing.move_section(section, up=False, actor=who, now=NOW),
    "remove": lambda section, who: editing.remove_section(section, actor=who, now=NOW),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_only_an_admin_and_only_before_the_round_opens(world, waiting, change):
    with pytest.raises(Refused, match="quản trị"):
        change(waiting.sections.get(key="2"), world.lead)
    stale = waiting.sections.get(key="2")  # read while the round was being prepared
    Round.objects.filter(pk=waiting.pk).update(state="open")
    before = order(waiting)
    with pytest.raises(Refused, match="đã mở"):
        change(stale, world.admin)
    assert order(waiting) == before
