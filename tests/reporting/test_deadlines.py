"""Versions of dates: the phrase apart from how it is counted, and who may change it."""

from datetime import date, time

import pytest

from reporting import opening
from reporting.deadlines import DateToKeep, NoDate, current_deadlines, own_deadline, round_deadline
from reporting.lifecycle import Refused
from reporting.models import Deadline
from tests.factories import at

NOW = at("2025-10-01 09:00")
DAY = date(2025, 10, 20)


@pytest.mark.parametrize(
    ("boundary", "clock", "words", "due"),
    [
        ("before", None, "trước ngày 20/10/2025", "2025-10-20 00:00"),
        ("on_or_before", None, "chậm nhất ngày 20/10/2025", "2025-10-21 00:00"),
        ("by_time", time(17), "trước 17 giờ 00 ngày 20/10/2025", "2025-10-20 17:00"),
    ],
)
def test_words_and_instant_of_a_date(boundary, clock, words, due):
    until = DateToKeep(boundary, DAY, clock)
    assert (until.words, until.due_at) == (words, at(due))
    assert DateToKeep(boundary, DAY, clock, "hạn như in").words == "hạn như in"


@pytest.mark.parametrize(("boundary", "words"), [("by_time", "giờ"), ("none", "ngày"), ("recurring", "ngày")])
def test_a_date_without_its_instant_says_what_is_missing(boundary, words):
    with pytest.raises(NoDate, match=words):
        _ = DateToKeep(boundary, DAY).due_at


def of_group(world, group) -> Deadline:
    return world.round.deadlines.get(group=group, replaced_at=None)


def test_a_change_is_a_new_version_and_the_groups_duties_follow(world):
    old = of_group(world, world.thuoc)
    new = opening.change_date(old, DateToKeep("before", date(2025, 10, 25)), actor=world.lead, now=NOW)
    old.refresh_from_db()
    assert (old.replaced_at, old.phrase, new.version) == (NOW, "trước ngày 20/10/2025", 2)
    assert world.assignment("cuc-a").deadline == new
    assert world.assignment("benh-vien-b").deadline != new
    last = world.round.events.last()
    assert last.note == "Các đơn vị thuộc Bộ: trước ngày 20/10/2025 → trước ngày 25/10/2025"


def test_switching_the_boundary_keeps_the_phrase(world):
    old = of_group(world, world.thuoc)
    new = opening.change_date(
        old, DateToKeep("on_or_before", DAY, phrase=old.phrase), actor=world.admin, now=NOW
    )
    assert (new.phrase, new.due_at) == ("trước ngày 20/10/2025", at("2025-10-21 00:00"))


def test_the_dispatch_changes_without_touching_duties(world):
    before = world.assignment("cuc-a").deadline
    old = world.round.deadlines.get(purpose="dispatch")
    opening.change_date(old, DateToKeep("before", date(2025, 11, 10)), actor=world.admin, now=NOW)
    assert [d.purpose for d in current_deadlines(world.round)][-1] == "dispatch"
    assert current_deadlines(world.round)[-1].printed_date == date(2025, 11, 10)
    assert world.assignment("cuc-a").deadline == before


def test_of_two_who_change_one_wins(world):
    seen = of_group(world, world.thuoc)
    same = of_group(world, world.thuoc)
    opening.change_date(seen, DateToKeep("before", date(2025, 10, 25)), actor=world.admin, now=NOW)
    with pytest.raises(Refused, match="Người khác"):
        opening.change_date(same, DateToKeep("before", date(2025, 10, 26)), actor=world.lead, now=NOW)
    assert of_group(world, world.thuoc).printed_date == date(2025, 10, 25)


@pytest.mark.parametrize("case", ["reviewer", "outsider", "closed", "same", "no-time"])
def test_changes_that_are_refused(world, case):
    old = of_group(world, world.thuoc)
    until, actor = DateToKeep("before", date(2025, 10, 25)), world.admin
    if case in ("reviewer", "outsider"):
        actor = getattr(world, case)
    elif case == "closed":
        opening.close_round(world.round, actor=world.lead, now=NOW)
        old = of_group(world, world.thuoc)
    elif case == "same":
        until = DateToKeep("before", DAY)
    else:
        until = DateToKeep("by_time", DAY)
    with pytest.raises(Refused):
        opening.change_date(old, until, actor=actor, now=NOW)
    assert of_group(world, world.thuoc) == old


def test_a_units_own_date_is_versioned_and_not_the_rounds_to_change(world):
    duty = world.assignment("cuc-a")
    first = own_deadline(duty, "extension", DateToKeep("before", DAY), actor=world.lead, now=NOW)
    second = own_deadline(
        duty, "extension", DateToKeep("before", date(2025, 11, 1)), actor=world.lead, now=NOW
    )
    first.refresh_from_db()
    assert (first.replaced_at, first.version, second.version, second.is_current) == (NOW, 1, 2, True)
    with pytest.raises(Refused, match="riêng"):
        opening.change_date(second, DateToKeep("before", DAY), actor=world.admin, now=NOW)


def test_versions_of_groups_do_not_mix(world):
    round_deadline(world.round, "submission", world.so, DateToKeep("before", DAY), actor=world.admin, now=NOW)
    versions = {d.group_id: d.version for d in current_deadlines(world.round) if d.group_id}
    assert versions == {world.thuoc.pk: 1, world.truc_thuoc.pk: 1, world.so.pk: 2}
