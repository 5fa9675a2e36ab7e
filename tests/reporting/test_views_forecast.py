"""The pages that say who will be told what, who will not, and what was sent to a unit."""

from __future__ import annotations

import pytest
from django.urls import reverse

from reporting import foresight, reminders
from reporting.models import Channel
from reporting.reminder_lines import days_of
from tests.factories import World, at, make_world, submit
from tests.remembered import once
from units.calendar import working_calendar

pytestmark = pytest.mark.django_db
NOW = at("2025-10-10 10:00")
WEEK = at("2025-10-18 00:00")


@pytest.fixture
@once
def world() -> World:
    return make_world()


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def page(client, user, name: str, *args: object, **query: str):
    client.force_login(user)
    return client.get(reverse(name, args=args), query)


def test_a_day_counts_mails_by_person(world: World) -> None:
    planned = foresight.upcoming(NOW, WEEK, world.round)
    days = days_of(planned, working_calendar(), NOW)
    assert [day.on for day in days] == sorted({max(one.step.at, NOW).date() for one in planned})
    for day in days:
        mailed = {
            one.recipient.pk
            for one in planned
            if one.channel == Channel.EMAIL and max(one.step.at, NOW).date() == day.on
        }
        assert day.mails == len(mailed) > 0


def test_the_week_names_everybody_with_the_reason(client, world: World) -> None:
    answer = page(client, world.lead, "reporting:forecast", world.round.code)
    text = answer.content.decode()
    assert answer.status_code == 200
    for one in foresight.upcoming(NOW, WEEK, world.round):
        assert one.recipient.full_name in text
        assert one.still_open in text


def test_who_has_sent_stands_under_those_who_hear_nothing(client, world: World) -> None:
    unit = world.round.assignments.first().unit
    submit(world, unit.code, "2025-10-09 09:00")
    answer = page(client, world.lead, "reporting:forecast", world.round.code)
    assert "1 đơn vị: đã nộp" in answer.content.decode()
    sheet = page(client, world.lead, "reporting:silent_xlsx", world.round.code)
    assert sheet["Content-Disposition"].endswith('-khong-nhac.xlsx"')


def test_the_words_of_a_mail_to_come(client, world: World) -> None:
    one = next(p for p in foresight.upcoming(NOW, WEEK, world.round) if p.channel == Channel.EMAIL)
    day = f"{max(one.step.at, NOW):%Y-%m-%d}"
    answer = page(client, world.lead, "reporting:mail_to_come", world.round.code, one.recipient.pk, ngay=day)
    assert answer.status_code == 200
    assert one.deadline.phrase in answer.content.decode()
    for wrong in ("", "2025-13-01", "2030-01-01"):
        other = page(
            client, world.lead, "reporting:mail_to_come", world.round.code, one.recipient.pk, ngay=wrong
        )
        assert other.status_code == 200
        assert "Không có thư chờ gửi" in other.content.decode()


def test_the_log_of_a_unit_holds_its_rows_only(client, world: World) -> None:
    reminders.plan_due(NOW)
    unit = world.round.assignments.first().unit
    about = world.round.notices.filter(assignment__unit=unit)
    answer = page(client, world.lead, "reporting:unit_log", unit.code)
    assert [line.notice.pk for line in answer.context["rows"]] == [
        notice.pk for notice in about.order_by("-due_at", "-id")
    ]
    assert about.exists()


def test_an_outsider_finds_nothing(client, world: World) -> None:
    unit = world.round.assignments.first().unit
    for name, args in [
        ("reporting:forecast", [world.round.code]),
        ("reporting:mail_to_come", [world.round.code, world.lead.pk]),
        ("reporting:unit_log", [unit.code]),
    ]:
        assert page(client, world.outsider, name, *args).status_code == 404
