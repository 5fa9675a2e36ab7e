from datetime import date, datetime, time

import pytest

from reporting.deadline_words import words_of
from reporting.deadlines import DateToKeep
from reporting.models import Deadline
from reporting.reviewing import extend
from reporting.timeliness import kept_deadline
from tests.factories import VN, at, return_report, submit
from units.workdays import WorkingCalendar

CALENDAR = WorkingCalendar(days_off=frozenset({date(2025, 9, 1), date(2025, 9, 2)}))


def deadline(boundary="before", day=date(2025, 10, 20)):
    until = DateToKeep(boundary, day)
    return Deadline(phrase=until.words, boundary=boundary, printed_date=day, due_at=until.due_at)


@pytest.mark.parametrize(
    ("now", "left", "tone", "days", "over"),
    [
        ("2025-10-01 08:00", "còn 12 ngày làm việc", "", 12, False),
        ("2025-10-12 23:59", "còn 5 ngày làm việc", "", 5, False),
        ("2025-10-13 00:00", "còn 4 ngày làm việc", "soon", 4, False),
        ("2025-10-14 09:00", "còn 3 ngày làm việc", "soon", 3, False),
        ("2025-10-17 17:00", "còn trong hôm nay", "soon", 0, False),
        (
            "2025-10-18 08:00",
            "đã qua ngày làm việc cuối, nhận đến hết 19/10/2025",
            "soon",
            0,
            False,
        ),
        (
            "2025-10-19 23:59",
            "đã qua ngày làm việc cuối, nhận đến hết 19/10/2025",
            "soon",
            0,
            False,
        ),
        ("2025-10-20 00:00", "vừa quá hạn", "over", 0, True),
        ("2025-10-21 08:00", "quá hạn 1 ngày làm việc", "over", 1, True),
        ("2025-10-27 08:00", "quá hạn 5 ngày làm việc", "over", 5, True),
    ],
)
def test_what_is_left_of_a_date(now, left, tone, days, over):
    words = words_of(deadline(), CALENDAR, at(now))
    assert (words.left_text, words.tone, words.days, words.over) == (left, tone, days, over)
    assert words.phrase == "trước ngày 20/10/2025"
    assert words.last_working_text == "thứ Sáu 17/10"


@pytest.mark.parametrize(
    ("boundary", "day", "last"),
    [
        ("before", date(2025, 10, 20), "thứ Sáu 17/10"),
        ("on_or_before", date(2025, 10, 22), "thứ Tư 22/10"),
        ("on_or_before", date(2025, 10, 19), "thứ Sáu 17/10"),
        ("before", date(2025, 9, 3), "thứ Sáu 29/08"),
    ],
)
def test_the_last_working_day_stands_beside_the_phrase(boundary, day, last):
    assert words_of(deadline(boundary, day), CALENDAR, at("2025-08-01 08:00")).last_working_text == last


@pytest.mark.parametrize(
    ("boundary", "day", "clock", "now", "until"),
    [
        ("before", date(2025, 9, 3), None, "2025-09-02 08:00", "hết 02/09/2025"),
        ("on_or_before", date(2025, 10, 19), None, "2025-10-18 08:00", "hết 19/10/2025"),
        ("by_time", date(2025, 10, 19), time(17), "2025-10-19 08:00", "trước 17:00 ngày 19/10/2025"),
    ],
)
def test_after_the_last_working_day_it_says_until_when_reports_are_taken(boundary, day, clock, now, until):
    instant = DateToKeep(boundary, day, clock).due_at
    row = Deadline(phrase="", boundary=boundary, printed_date=day, printed_time=clock, due_at=instant)
    said = words_of(row, CALENDAR, at(now)).left_text
    assert said == f"đã qua ngày làm việc cuối, nhận đến {until}"


def test_the_day_is_that_of_vietnam():
    utc = datetime.fromisoformat("2025-10-16T18:00:00+00:00")  # 01:00 on the 17th in Hà Nội
    assert utc.astimezone(VN).day == 17
    assert words_of(deadline(), CALENDAR, utc).left_text == "còn trong hôm nay"


def test_a_report_that_was_sent_has_nothing_left_to_keep():
    words = words_of(deadline(), CALENDAR, at("2025-10-27 08:00"), owed=False)
    assert (words.left_text, words.tone) == ("", "")


def test_the_date_to_keep_is_of_the_group_then_the_extension_then_the_return(world):
    assert kept_deadline(world.assignment("cuc-a")).phrase == "trước ngày 20/10/2025"
    extend(
        world.assignment("so-c"),
        until=DateToKeep("before", date(2025, 11, 13)),
        reason="Bão.",
        actor=world.lead,
        now=at("2025-10-20 08:00"),
    )
    assert kept_deadline(world.assignment("so-c")).phrase == "trước ngày 13/11/2025"
    submit(world, "so-c", "2025-10-25 08:00")
    return_report(world, "so-c", when="2025-10-26 08:00", until=date(2025, 11, 21))
    assert kept_deadline(world.assignment("so-c")).phrase == "chậm nhất ngày 21/11/2025"
