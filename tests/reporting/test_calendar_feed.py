"""One's deadlines as a calendar: what stands in it, that dates move, and whose address opens it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import icalendar
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reporting import calendar_feed, reviewing
from reporting.deadlines import DateToKeep, round_deadline
from reporting.models import CalendarFeed, Deadline
from tests.factories import World, at, return_report, submit
from units.models import User

pytestmark = pytest.mark.django_db
NOW = at("2025-10-01 08:00")


@pytest.fixture(autouse=True)
def _today(time_machine) -> None:
    time_machine.move_to(NOW, tick=False)


def events(person: User, *, alarm: bool = True) -> dict[str, icalendar.Event]:
    """The person's events by UID, parsed back from the text that is served."""
    token = calendar_feed.make(person, alarm=alarm, now=NOW)
    feed = calendar_feed.feed_of(token, now=NOW)
    assert feed is not None
    calendar = icalendar.Calendar.from_ical(calendar_feed.calendar_of(feed, now=NOW))
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}


def only(person: User, **options: bool) -> icalendar.Event:
    (event,) = events(person, **options).values()
    return event


def test_an_event_stands_on_the_last_working_day(world: World) -> None:
    event = only(world.reporters["cuc-a"])
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (date(2025, 10, 17), date(2025, 10, 18))
    assert str(event["SUMMARY"]) == "Nộp báo cáo: Công tác khoa giáo năm 2025 (trước ngày 20/10/2025)"
    for words in (
        "Cục Quản lý Y, Dược cổ truyền",
        "Ngày làm việc cuối: thứ Sáu 17/10",
        "Đúng hạn nếu nộp trước 00:00 ngày 20/10/2025",
    ):
        assert words in str(event["DESCRIPTION"])
    (alarm,) = event.walk("VALARM")
    assert alarm.decoded("TRIGGER") == datetime(2025, 10, 16, 1, 0, tzinfo=UTC)
    assert alarm["TRIGGER"].params["VALUE"] == "DATE-TIME"
    assert not only(world.reporters["cuc-a"], alarm=False).walk("VALARM")


def test_an_hour_that_is_printed_is_an_instant(world: World) -> None:
    until = DateToKeep("by_time", date(2025, 10, 22), time(17, 0))
    round_deadline(world.round, "submission", world.thuoc, until, actor=world.admin, now=NOW)
    event = only(world.reporters["cuc-a"])
    assert event.decoded("DTEND") == at("2025-10-22 17:00")
    assert event.to_ical().count(b"DTEND:20251022T100000Z") == 1


def test_a_changed_date_moves_the_same_event(world: World) -> None:
    person = world.reporters["cuc-a"]
    seen = [only(person)]
    round_deadline(
        world.round,
        "submission",
        world.thuoc,
        DateToKeep("before", date(2025, 10, 22)),
        actor=world.admin,
        now=NOW,
    )
    seen.append(only(person))
    reviewing.extend(
        world.assignment("cuc-a"),
        until=DateToKeep("on_or_before", date(2025, 10, 24)),
        reason="Bão.",
        actor=world.lead,
        now=NOW,
    )
    seen.append(only(person))
    submit(world, "cuc-a", "2025-10-01 09:00")
    assert events(person) == {}
    return_report(world, "cuc-a", when="2025-10-01 10:00", until=date(2025, 10, 28))
    seen.append(only(person))
    assert len({str(event["UID"]) for event in seen}) == 1
    assert [int(event["SEQUENCE"]) for event in seen] == [0, 1, 2, 3]
    days = [event.decoded("DTSTART").day for event in seen]
    assert days == [17, 21, 24, 28]


def test_the_office_sees_the_rounds_own_dates(world: World) -> None:
    found = events(world.reviewer)
    assert len(found) == 4
    assert any(str(event["SUMMARY"]).startswith("Bộ gửi báo cáo") for event in found.values())
    assert events(world.outsider) == {}


def test_what_one_may_see_is_decided_at_each_fetch(world: World, client: Client) -> None:
    person = world.reporters["cuc-a"]
    place = f"/lich/{calendar_feed.make(person, alarm=True, now=NOW)}.ics"
    assert b"BEGIN:VEVENT" in client.get(place).content
    person.memberships.update(valid_to=date(2025, 9, 30))
    assert b"BEGIN:VEVENT" not in client.get(place).content
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get(place).status_code == 404


def test_lines_fold_between_letters(world: World, client: Client) -> None:
    token = calendar_feed.make(world.reporters["so-c"], alarm=True, now=NOW)
    answer = client.get(f"/lich/{token}.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "private" in answer["Cache-Control"]
    assert not answer.cookies
    lines = answer.content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert any(line.startswith(b" ") for line in lines)
    for line in lines:
        line.decode("utf-8")
    assert CalendarFeed.objects.get().fetched_at == NOW


def test_the_token_is_shown_once_and_kept_nowhere(world: World, sign_in, client: Client) -> None:
    mine = sign_in(world.reporters["cuc-a"])
    answer = mine.post("/tai-khoan/lich/tao/", {"alarm": "on"})
    address = answer.context["address"]
    assert address in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    token = address.rpartition("/")[2].removesuffix(".ics")
    assert len(token) == 43
    assert token not in str(CalendarFeed.objects.values().get())
    assert token not in mine.get("/tai-khoan/lich/").content.decode()
    assert client.get(f"/lich/{token}.ics").status_code == 200
    renewed = mine.post("/tai-khoan/lich/tao/").context["address"]
    assert client.get(f"/lich/{token}.ics").status_code == 404
    place = "/" + renewed.partition("//")[2].partition("/")[2]
    assert client.get(place).status_code == 200
    sign_in(world.outsider).post("/tai-khoan/lich/thu-hoi/")
    assert client.get(place).status_code == 200
    mine.post("/tai-khoan/lich/thu-hoi/")
    assert client.get(place).status_code == 404
    assert client.post(place).status_code == 405


def test_fetching_costs_the_same_however_much_is_owed(world: World) -> None:
    def queries(person: User) -> int:
        token = calendar_feed.make(person, alarm=True, now=NOW)
        feed = calendar_feed.feed_of(token, now=NOW)
        assert feed is not None
        with CaptureQueriesContext(connection) as seen:
            calendar_feed.calendar_of(feed, now=NOW)
        return len(seen)

    person = world.reporters["cuc-a"]
    one = queries(person)
    for unit in world.units[1:]:
        unit.memberships.create(user=person, role="reporter")
    assert queries(person) == one
    assert Deadline.objects.exists()
