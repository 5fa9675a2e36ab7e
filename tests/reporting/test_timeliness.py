"""In time or not: to the second, and the same as a function and as an annotation."""

from datetime import date, timedelta

import pytest

from reporting import opening, owing, reviewing
from reporting.deadlines import DateToKeep
from reporting.models import Assignment, Round
from reporting.timeliness import current_due_at, judge, judgement, timeliness, with_timeliness
from tests.factories import accept, at, make_world, return_report, submit


@pytest.mark.parametrize(
    ("sent", "wanted"),
    [
        ("2025-10-19 23:59:59", "on_time"),
        ("2025-10-20 00:00:00", "late"),
        ("2025-10-20 00:00:01", "late"),
    ],
)
def test_before_20_10_means_before_its_first_second(world, sent, wanted):
    assert judge(world.assignment("cuc-a"), at(sent)) == wanted


def test_the_servers_zone_does_not_matter(world, settings):
    from django.utils import timezone

    with timezone.override("America/New_York"):
        assert judge(world.assignment("cuc-a"), at("2025-10-19 23:59:59")) == "on_time"
        assert judge(world.assignment("cuc-a"), at("2025-10-20 00:00:00")) == "late"


@pytest.mark.parametrize(
    ("now", "wanted"),
    [
        ("2025-10-12 23:59:59", "not_due"),
        ("2025-10-13 00:00:00", "due_soon"),
        ("2025-10-19 23:59:59", "due_soon"),
        ("2025-10-20 00:00:00", "overdue"),
    ],
)
def test_what_is_owed_now(world, now, wanted):
    assert timeliness(world.assignment("cuc-a"), at(now)) == wanted


def extend(world, code, day, *, counts):
    reviewing.extend(
        world.assignment(code),
        until=DateToKeep("on_or_before", day),
        reason="Sắp xếp tổ chức bộ máy.",
        counts_on_time=counts,
        actor=world.lead,
        now=at("2025-10-14 09:00"),
    )


@pytest.mark.parametrize(
    ("counts", "sent", "wanted"),
    [
        (True, "2025-10-23 23:59:59", "on_time"),
        (False, "2025-10-23 23:59:59", "late_excused"),
        (True, "2025-10-24 00:00:00", "late"),
        (False, "2025-10-18 10:00:00", "on_time"),
    ],
)
def test_an_extension_excuses_until_its_own_date(world, counts, sent, wanted):
    extend(world, "cuc-a", date(2025, 10, 23), counts=counts)
    submit(world, "cuc-a", sent)
    assert judgement(world.assignment("cuc-a")) == wanted


def move_group(world, day, *, now="2025-10-15 09:00"):
    old = world.round.deadlines.get(group=world.thuoc, replaced_at=None)
    return opening.change_date(old, DateToKeep("before", day), actor=world.lead, now=at(now))


def test_an_extension_never_takes_away_a_later_date_of_the_group(world):
    extend(world, "cuc-a", date(2025, 10, 24), counts=True)
    move_group(world, date(2025, 11, 1))
    now, row = at("2025-10-28 08:00"), world.assignment("cuc-a")
    assert timeliness(row, now) == "due_soon"
    assert judge(row, now) == "on_time"
    annotated = with_timeliness(Assignment.objects.filter(pk=row.pk), now).get()
    assert (annotated.timeliness, annotated.current_due_at) == ("due_soon", at("2025-11-01 00:00"))
    for duties in (
        owing.present_duties(world.round, now),
        owing.Ledgers(world.round).duties(now),
    ):
        assert [d.deadline for d in duties if d.assignment == row] == [row.deadline]


@pytest.mark.parametrize(("before", "after"), [(22, 16), (19, 25)])
def test_a_report_already_sent_is_not_made_late_by_an_earlier_date(world, before, after):
    move_group(world, date(2025, 10, before), now="2025-10-10 08:00")
    submit(world, "cuc-a", "2025-10-21 10:00")
    move_group(world, date(2025, 10, after), now="2025-10-23 08:00")
    assert judgement(world.assignment("cuc-a")) == "on_time"
    assert world.assignment("van-phong-bo").deadline.printed_date == date(2025, 10, after)


def test_a_returned_report_has_its_own_date_and_keeps_its_first_judgement(world):
    submit(world, "cuc-a", "2025-10-18 10:00")
    return_report(world, "cuc-a", when="2025-10-21 10:00", until=date(2025, 10, 24))
    returned = world.assignment("cuc-a")
    assert current_due_at(returned) == at("2025-10-25 00:00")
    assert judgement(returned) == "on_time"
    assert timeliness(returned, at("2025-10-24 23:59:59")) == "due_soon"
    assert timeliness(returned, at("2025-10-25 00:00:00")) == "overdue"


def test_the_last_submission_counts_where_the_round_says_so(world):
    submit(world, "cuc-a", "2025-10-18 10:00")
    Assignment.objects.filter(pk=world.assignment("cuc-a").pk).update(
        last_submitted_at=at("2025-10-22 10:00")
    )
    assert judgement(world.assignment("cuc-a")) == "on_time"
    Round.objects.update(judged_by=Round.JudgedBy.LAST)
    assert judgement(world.assignment("cuc-a")) == "late"


@pytest.mark.parametrize("judged_by", ["first", "last"])
def test_function_and_annotation_agree(db, judged_by):
    """Every state the little world can be in, at instants around every date."""
    world = make_world(more_units=1)
    submit(world, "cuc-a", "2025-10-18 10:00")
    return_report(world, "cuc-a", when="2025-10-21 10:00", until=date(2025, 10, 24))
    submit(world, "benh-vien-b", "2025-10-21 09:00")
    accept(world, "benh-vien-b", "2025-10-22 09:00")
    extend(world, "so-c", date(2025, 11, 3), counts=False)
    extend(world, "benh-vien-0", date(2025, 10, 24), counts=True)
    old = world.round.deadlines.get(group=world.truc_thuoc, replaced_at=None)
    until = DateToKeep("before", date(2025, 10, 27))
    opening.change_date(old, until, actor=world.lead, now=at("2025-10-15 09:00"))
    reviewing.waive(
        world.assignment("van-phong-bo"), reason="Là đầu mối.", actor=world.lead, now=at("2025-10-14 09:00")
    )
    Round.objects.update(judged_by=judged_by)
    dates = ["2025-10-13", "2025-10-20", "2025-10-25", "2025-10-27", "2025-10-30", "2025-11-04"]
    for day in dates:
        for shift in (-1, 0, 1):
            now = at(f"{day} 00:00") + timedelta(seconds=shift)
            rows = with_timeliness(Assignment.objects.filter(round=world.round), now).select_related(
                "round", "deadline", "extension__deadline", "return_deadline"
            )
            for row in rows:
                said = (row.judgement, row.timeliness, row.current_due_at)
                assert said == (judgement(row), timeliness(row, now), current_due_at(row)), (
                    row.unit_name,
                    now,
                )
                assert row.is_overdue == (row.timeliness == "overdue")
