"""The admin's calendar: which rows count, and which days can be entered."""

from datetime import date

import pytest

from tests.factories import at, person
from units import calendar
from units.calendar import working_calendar
from units.models import CalendarDay
from units.register import RegisterRefused

pytestmark = pytest.mark.django_db
NOW = at("2026-09-15 09:00")


@pytest.mark.parametrize(
    ("day", "kind", "confirmed", "working"),
    [
        (date(2026, 11, 24), "holiday", True, False),
        (date(2026, 11, 24), "holiday", False, True),
        (date(2026, 11, 24), "in_lieu", True, False),
        (date(2026, 11, 24), "swapped", True, False),
        (date(2026, 11, 28), "working", True, True),
        (date(2026, 11, 28), "working", False, False),
    ],
)
def test_only_confirmed_rows_change_a_day(day, kind, confirmed, working):
    CalendarDay.objects.create(day=day, kind=kind, name="x", confirmed=confirmed)
    assert working_calendar().is_working(day) is working


def test_the_calendar_is_one_query(django_assert_num_queries):
    calendar.load_calendar([2025, 2026])
    with django_assert_num_queries(1):
        working_calendar()


def test_seeding_twice_keeps_what_an_admin_changed():
    calendar.load_calendar([2026])
    count = CalendarDay.objects.count()
    CalendarDay.objects.filter(day=date(2026, 11, 24)).update(confirmed=True)
    calendar.load_calendar([2026])
    assert CalendarDay.objects.count() == count
    assert CalendarDay.objects.get(day=date(2026, 11, 24)).confirmed


def test_a_day_taken_away_does_not_come_back_and_a_year_begun_by_hand_gets_its_tet():
    CalendarDay.objects.create(day=date(2027, 3, 3), kind="holiday", name="Nghỉ riêng")
    calendar.extend_calendar(date(2026, 11, 21))
    assert not working_calendar().is_working(date(2027, 2, 8))
    assert calendar.missing_years(date(2026, 1, 1)) == []
    assert calendar.missing_years(date(2027, 1, 1)) == [2028]
    CalendarDay.objects.get(day=date(2026, 9, 1)).delete()
    calendar.extend_calendar(date(2026, 11, 21))
    assert working_calendar().is_working(date(2026, 9, 1))


def test_the_day_of_culture_waits_for_an_admin():
    calendar.load_calendar([2025, 2026])
    assert not CalendarDay.objects.filter(day=date(2025, 11, 24)).exists()
    row = CalendarDay.objects.get(day=date(2026, 11, 24))
    assert (row.confirmed, working_calendar().is_working(row.day)) == (False, True)
    calendar.confirm_day(row, actor=person("quan-tri", admin=True), now=NOW)
    assert not working_calendar().is_working(row.day)


@pytest.mark.parametrize(
    ("day", "kind", "name", "words"),
    [
        (date(2026, 11, 24), "working", "Làm bù", "thứ Bảy"),
        (date(2026, 11, 28), "in_lieu", "Nghỉ bù", "ngày trong tuần"),
        (date(2026, 11, 29), "swapped", "Nghỉ", "ngày trong tuần"),
        (date(2026, 11, 24), "holiday", " ", "tên"),
        (date(2026, 9, 2), "holiday", "Quốc khánh", "đã có"),
    ],
)
def test_days_that_are_refused(day, kind, name, words):
    admin = person("quan-tri", admin=True)
    CalendarDay.objects.create(day=date(2026, 9, 2), kind="holiday", name="Quốc khánh")
    with pytest.raises(RegisterRefused, match=words):
        calendar.set_day(day, kind=kind, name=name, confirmed=True, actor=admin, now=NOW)


def test_a_day_moves_and_goes():
    admin = person("quan-tri", admin=True)
    row = calendar.set_day(
        date(2026, 11, 24), kind="holiday", name="Nghỉ", confirmed=True, actor=admin, now=NOW
    )
    calendar.set_day(
        date(2026, 11, 25), kind="holiday", name="Nghỉ", confirmed=True, actor=admin, now=NOW, row=row
    )
    assert [d.day for d in CalendarDay.objects.all()] == [date(2026, 11, 25)]
    calendar.remove_day(row, actor=admin, now=NOW)
    assert working_calendar().is_working(date(2026, 11, 25))
