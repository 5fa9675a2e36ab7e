"""A season on a fake clock is the season that was lived."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reporting import foresight, opening, reminder_rules, reminders, reviewing, submitting
from reporting.deadlines import DateToKeep, round_deadline
from reporting.models import Channel, Comment, Deadline, Notice
from reporting.notifying import send_due
from tests.factories import VN, World, accept, at, fill, give, make_world, person, return_report, submit
from tests.remembered import once
from units.models import Role, Unit

pytestmark = pytest.mark.django_db
START, END = at("2025-09-01 00:00"), at("2025-12-01 00:00")
Told = tuple[datetime, str, str, str, str]


def acts(world: World) -> dict[datetime, Callable[[], object]]:
    """A season with everything in it."""
    by_lead = {"actor": world.lead}
    hospital = world.units[1]

    def rule(code: str):
        return next(r for r in reminder_rules.in_force(world.round) if r.rung.code == code)

    def add_unit(now: datetime) -> None:
        unit = Unit.objects.create(code="muon", name="Viện đến muộn")
        give(person("soan-muon"), unit, Role.REPORTER)
        opening.add_unit(world.round, unit, world.thuoc, actor=world.admin, now=now, note="Bổ sung")

    def answer(now: datetime) -> None:
        for comment in Comment.objects.all():
            reviewing.reply(comment, text="Đã bổ sung.", actor=world.reporters["cuc-a"], now=now)
        submitting.request_approval(world.assignment("cuc-a"), actor=world.reporters["cuc-a"], now=now)

    def new_date(now: datetime) -> None:
        until = DateToKeep("before", date(2025, 10, 31))
        purpose = Deadline.Purpose.SUBMISSION
        round_deadline(world.round, purpose, world.so, until, actor=world.admin, now=now)

    def extend(now: datetime) -> None:
        until = DateToKeep("before", date(2025, 10, 27))
        reviewing.extend(world.assignment("benh-vien-b"), until=until, reason="Chờ", now=now, **by_lead)

    def later_hour(now: datetime) -> None:
        old = rule("before-3")
        reminder_rules.change(old, replace(old.rung, at=time(14, 15)), now=now, **by_lead)

    def hold(now: datetime) -> None:
        reminders.hold_unit(hospital, until=date(2025, 10, 20), reason="Bão.", actor=world.lead, now=now)

    def ask(now: datetime) -> None:
        fill(world.assignment("so-c"), actor=world.reporters["so-c"], now=now)
        submitting.request_approval(world.assignment("so-c"), actor=world.reporters["so-c"], now=now)

    give(person("van-thu-b"), hospital, Role.CONTACT)
    steps: dict[str, Callable[[datetime], object]] = {
        "2025-09-20 10:00": add_unit,
        "2025-09-29 10:00": lambda now: reminders.pause(world.round, now=now, **by_lead),
        "2025-10-02 10:20": lambda now: reminders.resume(world.round, now=now, **by_lead),
        "2025-10-06 15:00": lambda now: submit(world, "cuc-a", f"{now:%Y-%m-%d %H:%M}"),
        "2025-10-10 10:00": lambda now: return_report(world, "cuc-a", when="2025-10-10 10:00"),
        "2025-10-13 10:00": later_hour,
        "2025-10-14 09:00": extend,
        "2025-10-14 10:00": hold,
        "2025-10-16 09:00": new_date,
        "2025-10-17 09:00": lambda now: reviewing.waive(
            world.assignment("muon"), reason="Mới thành lập", now=now, **by_lead
        ),
        "2025-10-17 16:00": lambda now: reminders.lift_hold(_fresh(hospital), now=now, **by_lead),
        "2025-10-20 09:00": ask,
        "2025-10-22 16:30": answer,
        "2025-10-23 15:00": lambda now: reviewing.unwaive(
            world.assignment("muon"), reason="Miễn nhầm", now=now, **by_lead
        ),
        "2025-10-29 09:00": lambda now: reminder_rules.remove(rule("after-1"), now=now, **by_lead),
        "2025-10-30 16:00": lambda now: submitting.submit(
            world.assignment("so-c"), actor=world.approvers["so-c"], now=now
        ),
        "2025-11-05 16:00": lambda now: accept(world, "so-c", "2025-11-05 16:00"),
        "2025-11-07 09:00": lambda now: opening.close_round(world.round, now=now, **by_lead),
        "2025-11-11 09:00": lambda now: opening.move_round(
            world.round, "issue", actor=world.registry, now=now
        ),
    }
    return {at(when): (lambda do=do, when=when: do(at(when))) for when, do in steps.items()}


def _fresh(unit: Unit) -> Unit:
    unit.refresh_from_db()
    return unit


def minutes() -> set[datetime]:
    """The ticks at which a scheduler could find something: around each hour of reminding, every day."""
    mornings = {at("2025-09-16 08:00") + timedelta(days=n) for n in range(58)}
    return mornings | {at("2025-10-13 14:15") + timedelta(days=n) for n in range(18)}


@pytest.fixture
@once
def lived(world: World) -> set[Told]:
    """Play the season with a tick after each act and at every hour of reminding; what was planned, and when."""
    doing = acts(world)
    ticks = minutes() | {moment + timedelta(minutes=1) for moment in doing}
    for moment in sorted({*doing, *ticks}):
        if moment in doing:
            doing[moment]()
        if moment in ticks and reminders.plan_due(moment):
            send_due(moment, limit=1000)
    rows = Notice.objects.exclude(reason__startswith="tạm ngừng").filter(rule__contains="-")
    return {
        (
            n.created_at,
            n.assignment.unit.code if n.assignment else "",
            n.rule,
            n.recipient.username,
            n.channel,
        )
        for n in rows.select_related("assignment__unit", "recipient")
    }


def told(found: list[foresight.Foreseen]) -> set[Told]:
    return {
        (
            one.at,
            one.planned.assignment.unit.code if one.planned.assignment else "",
            one.planned.step.rule,
            one.planned.recipient.username,
            one.planned.channel,
        )
        for one in found
    }


def test_the_replay_is_the_season_that_was_lived(world: World, lived: set[Told]) -> None:
    found = foresight.simulate(START, END, world.round)
    assert told(found) == lived
    assert len(found) == len(lived) > 100
    assert [one.at for one in found] == sorted(one.at for one in found)
    rules = {rule for _, _, rule, _, _ in lived}
    assert {"backlog-3", "approval-2", "after-3", "before-30"} <= rules
    # With the rows of the outbox out of the way, the dry run at each instant says the same.
    Notice.objects.all().delete()
    asked = {
        (p.key, p.step.at)
        for moment in sorted({one.at for one in found})
        for p in reminders.would_remind(moment, world.round)
    }
    held = {p for p in asked if p[0] not in {one.planned.key for one in found}}
    assert {one.planned.key for one in found} <= {key for key, _ in asked}
    # Only the step that fell into the hold is more: without its row nothing says it was settled.
    assert {key[3] for key, _ in held} <= {"before-7"}


def test_a_window_is_part_of_the_season(world: World, lived: set[Told]) -> None:
    whole = foresight.simulate(START, END)
    first, last = at("2025-10-15 00:00"), at("2025-10-22 00:00")
    window = foresight.simulate(first, last)
    assert told(window) == {one for one in told(whole) if first <= one[0] < last} != set()


def test_if_nobody_did_anything(world: World, lived: set[Told]) -> None:
    """The full ladder of every unit on the list, though the round was paused, answered, closed and issued."""
    found = told(foresight.simulate(START, END, nobody_acts=True))
    mine = {(f"{moment:%d/%m %H:%M}", rule) for moment, unit, rule, _, _ in found if unit == "benh-vien-b"}
    assert {(moment, rule) for moment, rule in mine} == {
        ("30/09 08:00", "before-14"),
        ("09/10 08:00", "before-7"),
        ("15/10 14:15", "before-3"),
        ("17/10 08:00", "before-1"),
        ("21/10 08:00", "after-1"),
        ("23/10 08:00", "after-3"),
        ("27/10 08:00", "after-7"),
    }
    assert {rule for _, unit, rule, _, _ in found if unit == "so-c"} == {
        *("before-30", "before-14", "before-7", "before-3", "before-1", "after-3", "after-7")
    }, "after-1 of 3/11 was taken away before"
    assert {moment.astimezone(VN).weekday() for moment, *_ in found} <= {0, 1, 2, 3, 4}


def test_it_reads_no_more_for_more_units(db) -> None:
    small = make_world()
    with CaptureQueriesContext(connection) as few:
        foresight.simulate(START, END, small.round)
        foresight.upcoming(START, END, small.round)
        foresight.silent(small.round, START)
    for number in range(3):
        unit = Unit.objects.create(code=f"them-{number}", name=f"Thêm {number}")
        give(person(f"soan-{number}"), unit, Role.REPORTER)
        opening.add_unit(
            small.round, unit, small.thuoc, actor=small.admin, now=at("2025-09-16 08:00"), note=""
        )
    with CaptureQueriesContext(connection) as many:
        foresight.simulate(START, END, small.round)
        foresight.upcoming(START, END, small.round)
        foresight.silent(small.round, START)
    assert len(many) == len(few) <= 28


# --- what is coming


def test_what_comes_tomorrow_and_why(world: World) -> None:
    now = at("2025-10-08 16:00")
    reminders.plan_due(now)
    send_due(now, limit=1000)
    tomorrow = foresight.upcoming(at("2025-10-09 00:00"), at("2025-10-10 00:00"), world.round)
    mine = [p for p in tomorrow if p.unit.code == "cuc-a" and p.channel == Channel.EMAIL]
    assert [(p.recipient.username, p.reason) for p in mine] == [
        (
            "soan-cuc-a",
            "7 ngày làm việc trước hạn: đơn vị chưa nộp báo cáo (chưa bắt đầu); "
            "nhận với vai trò chuyên viên soạn",
        )
    ]
    week = foresight.upcoming(now, at("2025-10-18 00:00"), world.round)
    rules = [p.step.rule for p in week if p.unit.code == "cuc-a" and p.channel == Channel.EMAIL]
    assert rules == ["before-7", "before-3", "before-1", "before-1"]
    assert foresight.upcoming(at("2025-10-09 00:00"), at("2025-10-09 08:00"), world.round) == []


def test_what_is_due_and_unsent_comes_first(world: World) -> None:
    found = foresight.upcoming(at("2025-10-09 09:00"), at("2025-10-09 10:00"), world.round)
    assert {p.step.rule for p in found if p.unit.code == "cuc-a"} == {"before-7"}


def test_reasons_of_what_waits(world: World) -> None:
    submit(world, "cuc-a", "2025-10-10 15:00")
    assignment = world.assignment("so-c")
    fill(assignment, actor=world.reporters["so-c"], now=at("2025-10-10 09:00"))
    submitting.request_approval(assignment, actor=world.reporters["so-c"], now=at("2025-10-10 09:05"))
    found = foresight.upcoming(at("2025-10-14 00:00"), at("2025-10-16 00:00"), world.round)
    reasons = {(p.recipient.username, p.reason) for p in found if p.event_id is not None}
    assert reasons == {
        (
            "duyet-so-c",
            "chờ lãnh đạo duyệt 2 ngày làm việc: báo cáo trình lãnh đạo đơn vị từ 10/10/2025, chưa duyệt; "
            "nhận với vai trò lãnh đạo đơn vị",
        ),
        *(
            (
                who,
                "chờ Văn phòng xem 3 ngày làm việc: báo cáo chờ Văn phòng từ 10/10/2025, chưa tiếp nhận hay "
                "trả lại; nhận với vai trò chuyên viên Văn phòng",
            )
            for who in ("xem-1", "xem-2")
        ),
    }


def test_who_hears_nothing_and_why(world: World) -> None:
    now = at("2025-10-09 08:00")
    submit(world, "cuc-a", "2025-10-08 15:00")
    reminders.hold_unit(
        world.units[1], until=date(2025, 10, 10), reason="Bão.", actor=world.lead, now=at("2025-10-09 07:00")
    )
    writer = world.reporters["so-c"]
    writer.email_bounced_at = at("2025-10-01 08:00")
    writer.save()
    world.office.memberships.filter(role=Role.REPORTER).delete()
    found = foresight.silent(world.round, now)
    assert {(s.assignment.unit.code, s.why, s.person.username if s.person else "") for s in found} == {
        ("cuc-a", "submitted", ""),
        ("benh-vien-b", "held", ""),
        ("so-c", "no_mail", "soan-so-c"),
        ("van-phong-bo", "nobody", ""),
    }
    assert Counter(line.why for line in found) == {"submitted": 1, "held": 1, "nobody": 1, "no_mail": 1}
    reminders.pause(world.round, actor=world.lead, now=now)
    assert Counter(line.why for line in foresight.silent(_again(world), now)) == {"submitted": 1, "paused": 3}


def _again(world: World):
    world.round.refresh_from_db()
    return world.round


# --- the command


def replay(*arguments: str) -> str:
    out = StringIO()
    call_command("remind", "--simulate", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_prints_the_season(world: World) -> None:
    submit(world, "cuc-a", "2025-10-08 15:00")
    opening.move_round(world.round, "issue", actor=world.registry, now=at("2025-10-16 09:00"))
    before = Notice.objects.count()
    days = ("--from", "2025-10-09", "--to", "2025-10-15")
    rows = json.loads(replay(*days, "--json"))
    assert rows[0] == {
        "at": "2025-10-09T08:00:00+07:00",
        "unit": "Văn phòng Bộ",
        "unit_code": "van-phong-bo",
        "recipient": "soan-vpb@example.com",
        "rule": "before-7",
        "deadline": "trước ngày 20/10/2025",
        "due_at": "2025-10-20T00:00:00+07:00",
        "channel": "in_app",
    }
    assert {(row["at"], row["rule"]) for row in rows} == {
        ("2025-10-09T08:00:00+07:00", "before-7"),
        ("2025-10-10T08:00:00+07:00", "before-14"),
        ("2025-10-13T08:00:00+07:00", "backlog-3"),
        ("2025-10-15T08:00:00+07:00", "before-3"),
    }
    assert "cuc-a" not in {row["unit_code"] for row in rows}, "it had submitted"
    pressed = "trước ngày 5/11/2025 (báo cáo của Cục Quản lý Y, Dược cổ truyền nộp 08/10/2025)"
    assert {row["deadline"] for row in rows if row["rule"] == "backlog-3"} == {pressed}
    nobody = json.loads(replay(*days, "--json", "--facts", "none", "--round", "khoa-giao-2025"))
    assert {row["rule"] for row in nobody if row["unit_code"] == "cuc-a"} == {"before-7", "before-3"}
    assert replay(*days).endswith(f"{len(rows)} nhắc việc, chưa gửi gì.\n")
    assert Notice.objects.count() == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--simulate"], "cần cả --from và --to"),
        (["--simulate", "--from", "2025-09-01"], "cần cả --from và --to"),
        (["--simulate", "--from", "2025-11-30", "--to", "2025-09-01"], "sau ngày kết thúc"),
        (["--simulate", "--from", "1/9/2025", "--to", "2025-11-30"], "Không hiểu ngày"),
        (["--simulate", "--from", "2025-09-01", "--to", "9999-12-31"], "Không hiểu ngày"),
        (["--simulate", "--from", "0001-01-01", "--to", "2025-11-30"], "Không hiểu ngày"),
        (["--simulate", "--from", "2025-09-01", "--to", "2025-11-30", "--dry-run"], "không đi với"),
        (["--simulate", "--from", "2025-09-01", "--to", "2025-09-02", "--round", "x"], "Không có đợt"),
        (["--from", "2025-09-01", "--to", "2025-11-30"], "chỉ dùng cùng --simulate"),
        (["--facts", "none", "--dry-run"], "chỉ dùng cùng --simulate"),
    ],
)
def test_wrong_options_are_refused(db, arguments: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        call_command("remind", *arguments, stdout=StringIO())
    assert Notice.objects.count() == 0
