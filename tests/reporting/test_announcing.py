"""Who is told: everybody in the ledger, once, and of a new date whoever was told the old one."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

import pytest
from django.core import mail

from reporting import opening, reminders, reviewing
from reporting.announcing import next_daily_mail
from reporting.deadlines import DateToKeep, current_deadlines
from reporting.models import NEW_DATE, Deadline, Notice
from reporting.notifying import send_all_due
from tests.factories import World, accept, at, return_report, submit
from units.models import Role, User

pytestmark = pytest.mark.django_db
NOW = at("2025-10-09 08:00")
WRITER = "soan-cuc-a"


def settle(when: datetime) -> None:
    reminders.plan_due(when)
    send_all_due(when)


def change(world: World, day: int, when: datetime, code: str = "cuc-a") -> None:
    group = world.assignment(code).group
    (seen,) = Deadline.objects.filter(round=world.round, group=group, replaced_at=None)
    opening.change_date(seen, DateToKeep("before", date(2025, 10, day)), actor=world.admin, now=when)


def told(rule: str = NEW_DATE, channel: str = "email") -> Counter[str]:
    rows = Notice.objects.filter(rule=rule, channel=channel, state__in=["planned", "sent"])
    return Counter(rows.values_list("recipient__username", flat=True))


def subjects(username: str) -> list[str]:
    return [m.subject for m in mail.outbox if m.to == [f"{username}@example.com"]]


def test_without_an_address_the_ledger_says_so(world: World) -> None:
    """Of a reminder and of word of an event alike; the bell rings all the same."""
    User.objects.filter(username=WRITER).update(email="")
    User.objects.filter(username="duyet-cuc-a").update(email_bounced_at=NOW)
    reviewing.waive(world.assignment("cuc-a"), reason="x", actor=world.lead, now=NOW)
    rows = Notice.objects.filter(rule="waive").values_list(
        "recipient__username", "channel", "state", "reason"
    )
    assert set(rows) == {
        (WRITER, "in_app", "planned", ""),
        (WRITER, "email", "skipped", "không có địa chỉ thư"),
        ("duyet-cuc-a", "in_app", "planned", ""),
        ("duyet-cuc-a", "email", "skipped", "thư gửi tới địa chỉ này đã bị trả lại"),
    }


def test_who_was_told_the_old_date_hears_once_of_the_new_one(world: World) -> None:
    settle(NOW)
    mail.outbox.clear()
    change(world, 22, at("2025-10-09 10:00"))
    assert told() == {WRITER: 1, "soan-vpb": 1}, "neither the approver nor another group"
    assert told(channel="in_app") == told()
    settle(at("2025-10-09 10:01"))
    (letter,) = [m for m in mail.outbox if m.to == [f"{WRITER}@example.com"]]
    assert letter.subject.startswith("Thời hạn mới: nộp báo cáo, Công tác khoa giáo năm 2025")
    for words in ("trước ngày 22/10/2025", "thứ Ba 21/10/2025", "Thay cho: trước ngày 20/10/2025"):
        assert words in letter.body


def test_who_was_told_nothing_hears_nothing(world: World) -> None:
    change(world, 22, at("2025-09-16 10:00"))
    assert told() == {}


def test_a_date_that_changes_twice_is_told_once(world: World) -> None:
    settle(NOW)
    change(world, 22, at("2025-10-09 10:00"))
    change(world, 24, at("2025-10-09 10:01"))
    settle(at("2025-10-09 10:02"))
    assert [s for s in subjects(WRITER) if s.startswith("Thời hạn mới")] == [
        "Thời hạn mới: nộp báo cáo, Công tác khoa giáo năm 2025 (trước ngày 24/10/2025)"
    ]


def test_back_to_the_date_that_was_told_needs_no_word(world: World) -> None:
    settle(NOW)
    change(world, 22, at("2025-10-09 10:00"))
    change(world, 20, at("2025-10-09 10:01"))
    assert told() == {}


def test_a_unit_that_keeps_its_extension_hears_nothing(world: World) -> None:
    settle(NOW)
    reviewing.extend(
        world.assignment("cuc-a"),
        until=DateToKeep("before", date(2025, 10, 27)),
        reason="x",
        actor=world.lead,
        now=at("2025-10-09 09:00"),
    )
    settle(at("2025-10-09 09:01"))
    assert told() == {}, "word of the extension says it"
    change(world, 22, at("2025-10-09 10:00"))
    assert told() == {"soan-vpb": 1}
    change(world, 29, at("2025-10-09 11:00"))
    assert told()[WRITER] == 1, "overtaken by the group's date: what they were told is over"


def test_who_has_submitted_hears_nothing(world: World) -> None:
    settle(NOW)
    submit(world, "cuc-a", "2025-10-09 09:00")
    change(world, 22, at("2025-10-09 10:00"))
    assert told() == {"soan-vpb": 1}


def test_the_office_hears_of_a_new_date_of_the_dispatch(world: World) -> None:
    settle(NOW)
    (dispatch,) = [d for d in current_deadlines(world.round) if d.group is None]
    opening.change_date(
        dispatch, DateToKeep("before", date(2025, 11, 7)), actor=world.lead, now=at("2025-10-09 10:00")
    )
    assert told() == {"xem-1": 1, "xem-2": 1}, "all but the one who did it"
    settle(at("2025-10-09 10:01"))
    assert subjects("xem-1")[-1].startswith("Thời hạn mới: gửi báo cáo của Bộ")


def test_a_return_date_that_moves_is_told_by_its_event_alone(world: World) -> None:
    submit(world, "cuc-a", "2025-10-08 15:00")
    return_report(world, "cuc-a", when="2025-10-09 10:00")
    settle(at("2025-10-21 08:00"))
    reviewing.move_return_date(
        world.assignment("cuc-a"),
        until=DateToKeep("on_or_before", date(2025, 10, 31)),
        reason="x",
        actor=world.reviewer,
        now=at("2025-10-21 09:00"),
    )
    assert told() == {}
    assert told("move_date") == {WRITER: 1, "duyet-cuc-a": 1}


def test_who_was_reminded_hears_of_an_extension_too(world: World) -> None:
    """The office's lead, say, where a ladder reaches that far."""
    settle(NOW)
    Notice.objects.filter(rule="before-7", recipient__username=WRITER).update(recipient=world.reviewer)
    reviewing.extend(
        world.assignment("cuc-a"),
        until=DateToKeep("before", date(2025, 10, 27)),
        reason="x",
        actor=world.lead,
        now=at("2025-10-09 09:00"),
    )
    assert told("extend") == {WRITER: 1, "duyet-cuc-a": 1, "xem-1": 1}


# --- at once, or in the mail of the day


def choose_daily(world: World, *, allowed: bool = True) -> None:
    User.objects.filter(username=WRITER).update(daily_mail=True)
    type(world.round).objects.filter(pk=world.round.pk).update(daily_mail_allowed=allowed)


@pytest.mark.parametrize(("allowed", "when"), [(True, "2025-10-13 08:00"), (False, "2025-10-10 10:00")])
def test_words_wait_for_the_mail_of_the_day_where_allowed(world: World, allowed: bool, when: str) -> None:
    choose_daily(world, allowed=allowed)
    submit(world, "cuc-a", "2025-10-09 15:00")
    accept(world, "cuc-a", "2025-10-10 10:00")  # a Friday
    row = Notice.objects.get(recipient__username=WRITER, rule="accept", channel="email")
    assert (row.due_at, row.daily) == (at(when), allowed)
    bell = Notice.objects.get(recipient__username=WRITER, rule="accept", channel="in_app")
    assert bell.due_at == at("2025-10-10 10:00")
    other = Notice.objects.get(recipient__username="duyet-cuc-a", rule="accept", channel="email")
    assert other.due_at == at("2025-10-10 10:00")


def test_what_somebody_must_act_on_never_waits(world: World) -> None:
    choose_daily(world)
    submit(world, "cuc-a", "2025-10-09 15:00")
    return_report(world, "cuc-a", when="2025-10-10 10:00")
    row = Notice.objects.get(recipient__username=WRITER, rule="return", channel="email")
    assert row.due_at == at("2025-10-10 10:00")


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2025-10-09 07:00", "2025-10-09 08:00"),
        ("2025-10-09 08:00", "2025-10-09 08:00"),
        ("2025-10-09 08:01", "2025-10-10 08:00"),
        ("2025-10-10 17:00", "2025-10-13 08:00"),
        ("2025-10-12 07:00", "2025-10-13 08:00"),
    ],
)
def test_when_the_mail_of_the_day_goes(world: World, now: str, expected: str) -> None:
    assert next_daily_mail(world.round, at(now)) == at(expected)


def test_a_delegated_approver_is_one_of_the_audience(world: World) -> None:
    deputy = User.objects.get(username="soan-so-c")
    world.units[0].delegations.create(
        principal=world.approvers["cuc-a"], deputy=deputy, valid_from=date(2025, 1, 1)
    )
    reviewing.waive(world.assignment("cuc-a"), reason="x", actor=world.lead, now=NOW)
    assert deputy.username in told("waive")
    assert Role.APPROVER not in deputy.memberships.values_list("role", flat=True)
