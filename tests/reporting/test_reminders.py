"""Who is reminded: those who still owe, by the date they keep now, once a step."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reporting import opening, reminders, reviewing, submitting
from reporting.deadlines import DateToKeep, round_deadline
from reporting.lifecycle import Refused
from reporting.models import Channel, Deadline, Notice, RoundEvent
from reporting.notifying import send_due
from reporting.reminders import Planned
from tests.factories import (
    World,
    accept,
    at,
    fill,
    give,
    make_round,
    make_world,
    person,
    return_report,
    submit,
)
from units.models import Delegation, Role, Unit

pytestmark = pytest.mark.django_db
BEFORE_7 = at("2025-10-09 08:00")
DISPATCH = "van-phong-bo"


def named(planned: list[Planned], *, channel: str = Channel.EMAIL) -> set[tuple[str, str, str]]:
    return {(p.unit.code, p.recipient.username, p.step.rule) for p in planned if p.channel == channel}


def of(planned: list[Planned], code: str) -> set[tuple[str, str]]:
    return {(who, rule) for unit, who, rule in named(planned) if unit == code}


def settle(now: datetime) -> None:
    """One tick: everything due is planned and sent."""
    reminders.plan_due(now)
    send_due(now, limit=1000)


def test_each_date_has_its_own_step(world: World) -> None:
    planned = reminders.plan(BEFORE_7)
    assert named(planned) == {
        ("cuc-a", "soan-cuc-a", "before-7"),
        ("benh-vien-b", "soan-benh-vien-b", "before-7"),
        ("van-phong-bo", "soan-vpb", "before-7"),
        ("so-c", "soan-so-c", "before-30"),  # 18/9; the next one is on 10/10
        ("van-phong-bo", "xem-1", "before-30"),  # the dispatch, 5/11
        ("van-phong-bo", "xem-2", "before-30"),
        ("van-phong-bo", "lanh-dao-vp", "before-30"),
    }


def test_every_reminder_goes_by_bell_and_mail(world: World) -> None:
    planned = reminders.plan(BEFORE_7)
    assert named(planned) == named(planned, channel=Channel.IN_APP)


def test_a_bounced_address_gets_the_bell_alone(world: World) -> None:
    who = world.reporters["cuc-a"]
    who.email_bounced_at = at("2025-10-01 08:00")
    who.save()
    mine = [p for p in reminders.plan(BEFORE_7) if p.recipient == who]
    assert [p.channel for p in mine] == [Channel.IN_APP]


def test_no_step_from_before_the_opening(db) -> None:
    make_world(opened_at="2025-10-10 09:00")
    assert of(reminders.plan(at("2025-10-14 08:00")), "cuc-a") == set()
    assert of(reminders.plan(at("2025-10-15 08:00")), "cuc-a") == {("soan-cuc-a", "before-3")}


def test_a_unit_added_later_hears_from_the_next_step_on(world: World) -> None:
    late = Unit.objects.create(code="muon", name="Viện đến muộn")
    give(person("soan-muon"), late, Role.REPORTER)
    opening.add_unit(
        world.round, late, world.thuoc, actor=world.admin, now=at("2025-10-10 09:00"), note="Bổ sung"
    )
    assert of(reminders.plan(at("2025-10-10 10:00")), "muon") == set()
    assert of(reminders.plan(at("2025-10-15 08:00")), "muon") == {("soan-muon", "before-3")}


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2025-10-09 08:00", {("soan-cuc-a", "before-7")}),
        ("2025-10-15 08:00", {("soan-cuc-a", "before-3")}),
        ("2025-10-17 07:59", {("soan-cuc-a", "before-3")}),
        ("2025-10-17 08:00", {("soan-cuc-a", "before-1"), ("duyet-cuc-a", "before-1")}),
        ("2025-10-20 00:00", {("soan-cuc-a", "before-1"), ("duyet-cuc-a", "before-1")}),
        ("2025-10-21 08:00", {("soan-cuc-a", "after-1"), ("duyet-cuc-a", "after-1")}),
        ("2025-10-23 08:00", {("soan-cuc-a", "after-3"), ("duyet-cuc-a", "after-3")}),
        (
            "2025-12-01 08:00",
            {("soan-cuc-a", "after-7"), ("duyet-cuc-a", "after-7"), ("lanh-dao-vp", "after-7")},
        ),
    ],
)
def test_the_ladder_of_who(world: World, when: str, expected: set[tuple[str, str]]) -> None:
    assert of(reminders.plan(at(when)), "cuc-a") == expected


def test_a_missed_run_is_caught_up_once(world: World) -> None:
    """The worker slept from 29/9 to 16/10: of three steps only the last is sent, and only once."""
    settle(at("2025-09-29 10:00"))
    assert not Notice.objects.filter(assignment__unit__code="cuc-a").exists()
    settle(at("2025-10-16 09:12"))
    settle(at("2025-10-16 09:13"))
    rows = Notice.objects.filter(assignment__unit__code="cuc-a", channel=Channel.EMAIL)
    assert [(n.rule, n.state) for n in rows] == [("before-3", "sent")]


def test_nobody_who_has_submitted_is_reminded(world: World) -> None:
    submit(world, "cuc-a", "2025-10-08 15:00")
    submit(world, "benh-vien-b", "2025-10-07 15:00")
    accept(world, "benh-vien-b", "2025-10-08 09:00")
    for when in ("2025-10-09 08:00", "2025-10-17 08:00", "2025-10-27 08:00"):
        planned = reminders.plan(at(when))
        assert of(planned, "cuc-a") == set()
        assert of(planned, "benh-vien-b") == set()


def test_a_waived_unit_is_not_reminded(world: World) -> None:
    reviewing.waive(
        world.assignment("cuc-a"), reason="Giải thể", actor=world.lead, now=at("2025-10-01 08:00")
    )
    assert of(reminders.plan(BEFORE_7), "cuc-a") == set()


def test_a_draft_that_waits_is_told_to_the_approver_from_the_next_step(world: World) -> None:
    assignment = world.assignment("cuc-a")
    fill(assignment, actor=world.reporters["cuc-a"], now=at("2025-10-10 09:00"))
    submitting.request_approval(assignment, actor=world.reporters["cuc-a"], now=at("2025-10-10 09:05"))
    assert of(reminders.plan(at("2025-10-10 09:06")), "cuc-a") == {("soan-cuc-a", "before-7")}
    assert of(reminders.plan(at("2025-10-15 08:00")), "cuc-a") == {
        ("soan-cuc-a", "before-3"),
        ("duyet-cuc-a", "before-3"),
        ("duyet-cuc-a", "approval-2"),
    }


def test_without_a_writer_the_approver_is_told(world: World) -> None:
    world.units[0].memberships.filter(role=Role.REPORTER).delete()
    assert of(reminders.plan(BEFORE_7), "cuc-a") == {("duyet-cuc-a", "before-7")}


def test_a_delegate_is_reminded_like_the_approver(world: World) -> None:
    deputy = person("pho-cuc")
    Delegation.objects.create(
        unit=world.units[0], principal=world.approvers["cuc-a"], deputy=deputy, valid_from=date(2025, 10, 1)
    )
    assert ("pho-cuc", "after-1") in of(reminders.plan(at("2025-10-21 08:00")), "cuc-a")


def test_who_left_is_not_reminded(world: World) -> None:
    world.units[0].memberships.filter(role=Role.REPORTER).update(valid_to=date(2025, 10, 9))
    give(person("soan-moi"), world.units[0], Role.REPORTER)
    assert of(reminders.plan(BEFORE_7), "cuc-a") == {("soan-moi", "before-7")}


def test_an_extension_has_its_own_ladder(world: World) -> None:
    settle(BEFORE_7)
    reviewing.extend(
        world.assignment("cuc-a"),
        until=DateToKeep("before", date(2025, 10, 27)),
        reason="Chờ số liệu",
        actor=world.lead,
        now=at("2025-10-14 10:00"),
    )
    # The group's before-3 on 15/10 and after-1 on 21/10 are not for this unit any more.
    assert of(reminders.plan(at("2025-10-15 08:00")), "cuc-a") == set()
    assert of(reminders.plan(at("2025-10-22 08:00")), "cuc-a") == {("soan-cuc-a", "before-3")}
    (planned,) = [p for p in reminders.plan(at("2025-10-22 08:00")) if p.unit.code == "cuc-a"][:1]
    assert planned.deadline.purpose == Deadline.Purpose.EXTENSION


def test_a_returned_report_is_chased_by_its_own_date(world: World) -> None:
    submit(world, "cuc-a", "2025-10-08 15:00")
    return_report(world, "cuc-a", when="2025-10-12 10:00", until=date(2025, 10, 24))
    assert of(reminders.plan(at("2025-10-15 08:00")), "cuc-a") == {("soan-cuc-a", "before-7")}
    assert of(reminders.plan(at("2025-10-21 08:00")), "cuc-a") == {("soan-cuc-a", "before-3")}
    assert of(reminders.plan(at("2025-10-27 08:00")), "cuc-a") == {
        ("soan-cuc-a", "after-3"),
        ("duyet-cuc-a", "after-3"),
    }
    assert {p.deadline.purpose for p in reminders.plan(at("2025-10-21 08:00")) if p.unit.code == "cuc-a"} == {
        Deadline.Purpose.RETURN
    }


def test_a_changed_date_starts_a_new_ladder(world: World) -> None:
    settle(BEFORE_7)
    round_deadline(
        world.round,
        Deadline.Purpose.SUBMISSION,
        world.thuoc,
        DateToKeep("before", date(2025, 10, 22)),
        actor=world.admin,
        now=at("2025-10-10 09:00"),
    )
    assert of(reminders.plan(at("2025-10-10 10:00")), "cuc-a") == set()
    assert of(reminders.plan(at("2025-10-13 08:00")), "cuc-a") == {("soan-cuc-a", "before-7")}
    assert of(reminders.plan(at("2025-10-15 08:00")), "cuc-a") == {("soan-cuc-a", "before-7")}
    assert of(reminders.plan(at("2025-10-17 08:00")), "cuc-a") == {("soan-cuc-a", "before-3")}


def test_a_held_unit_and_a_paused_round_get_none(world: World) -> None:
    world.units[0].reminders_held_until = date(2025, 10, 9)
    world.units[0].save()
    assert of(reminders.plan(BEFORE_7), "cuc-a") == set()
    assert of(reminders.plan(at("2025-10-10 00:00")), "cuc-a") == {("soan-cuc-a", "before-7")}
    reminders.pause(world.round, actor=world.lead, now=at("2025-10-08 09:00"))
    assert reminders.plan(BEFORE_7) == []
    assert reminders.would_remind(BEFORE_7) == []
    reminders.resume(world.round, actor=world.lead, now=at("2025-10-10 09:00"))
    assert of(reminders.plan(at("2025-10-10 09:01")), "benh-vien-b") == {("soan-benh-vien-b", "before-7")}
    assert reminders.would_remind(BEFORE_7) == [], "it was paused at that instant"


def test_what_is_due_to_a_held_unit_is_written_as_skipped(world: World) -> None:
    unit = world.units[0]
    reminders.hold_unit(
        unit, until=date(2025, 10, 9), reason="Bão số 12.", actor=world.admin, now=at("2025-10-09 07:00")
    )
    unit.refresh_from_db()
    reminders.plan_due(BEFORE_7)
    mine = Notice.objects.filter(assignment__unit=unit)
    reason = "tạm ngừng nhắc đến hết 09/10/2025: Bão số 12."
    assert set(mine.values_list("rule", "state", "reason")) == {("before-7", "skipped", reason)}
    assert of(reminders.would_remind(at("2025-10-09 06:59")), "cuc-a") == {("soan-cuc-a", "before-14")}
    reminders.lift_hold(unit, actor=world.lead, now=at("2025-10-09 09:00"))
    assert of(reminders.plan(at("2025-10-09 10:00")), "cuc-a") == set(), "a skipped step is not caught up"
    assert of(reminders.plan(at("2025-10-15 08:00")), "cuc-a") == {("soan-cuc-a", "before-3")}
    log = world.round.events.filter(action__in=(reminders.HOLD, reminders.LIFT))
    assert [(e.label, e.note, e.actor) for e in log] == [
        ("Tạm ngừng nhắc một đơn vị", f"{unit.name}: đến hết 09/10/2025. Bão số 12.", world.admin),
        ("Nhắc lại một đơn vị", unit.name, world.lead),
    ]


@pytest.mark.parametrize(
    ("who", "until", "reason", "why"),
    [
        ("registry", date(2025, 10, 20), "Bão.", "Văn phòng"),
        ("outsider", date(2025, 10, 20), "Bão.", "Văn phòng"),
        ("reviewer", date(2025, 10, 8), "Bão.", "đã qua"),
        ("reviewer", date(2027, 10, 8), "Bão.", "một năm"),
        ("reviewer", date(2025, 10, 20), " ", "lý do"),
    ],
)
def test_reminders_are_not_held_by_anybody_nor_for_nothing(
    world: World, who: str, until: date, reason: str, why: str
) -> None:
    unit = world.units[0]
    with pytest.raises(Refused, match=why):
        reminders.hold_unit(unit, until=until, reason=reason, actor=getattr(world, who), now=BEFORE_7)
    with pytest.raises(Refused):
        reminders.lift_hold(unit, actor=world.lead, now=BEFORE_7)


def test_only_the_lead_pauses_and_only_once(world: World) -> None:
    with pytest.raises(Refused, match="Lãnh đạo Văn phòng"):
        reminders.pause(world.round, actor=world.reviewer, now=BEFORE_7)
    reminders.pause(world.round, actor=world.lead, now=BEFORE_7)
    with pytest.raises(Refused, match="đang tạm dừng"):
        reminders.pause(world.round, actor=world.lead, now=BEFORE_7)
    assert list(
        RoundEvent.objects.filter(action__contains="reminders").values_list("action", "actor__username")
    ) == [("pause_reminders", "lanh-dao-vp")]


def test_a_closed_round_reminds_the_office_alone(world: World) -> None:
    opening.close_round(world.round, actor=world.lead, now=at("2025-10-29 09:00"))
    assert named(reminders.plan(at("2025-10-31 08:00"))) == {
        (DISPATCH, "xem-1", "before-3"),
        (DISPATCH, "xem-2", "before-3"),
        (DISPATCH, "lanh-dao-vp", "before-3"),
    }


def test_an_issued_round_reminds_nobody(world: World) -> None:
    opening.move_round(world.round, "issue", actor=world.registry, now=at("2025-10-29 09:00"))
    assert reminders.plan(at("2025-11-06 08:00")) == []


def test_planning_twice_adds_nothing(world: World) -> None:
    first = reminders.plan_due(BEFORE_7)
    assert first == Notice.objects.count() > 0
    assert reminders.plan_due(BEFORE_7) == 0
    assert reminders.plan_due(at("2025-10-10 08:00")) == 2, "bell and mail of before-14 for the department"


@pytest.mark.parametrize("reader", [reminders.plan, reminders.would_remind])
def test_planning_is_flat(db, reader) -> None:
    make_world()
    with CaptureQueriesContext(connection) as small:
        few = reader(BEFORE_7)
    Notice.objects.all().delete()
    for code in range(4):
        unit = Unit.objects.create(code=f"them-{code}", name=f"Thêm {code}")
        give(person(f"soan-them-{code}"), unit, Role.REPORTER)
        opening.add_unit(
            few[0].round,
            unit,
            few[0].assignment.group,
            actor=few[0].round.created_by,
            now=at("2025-09-16 08:00"),
            note="",
        )
    with CaptureQueriesContext(connection) as large:
        many = reader(BEFORE_7)
    assert len(many) == len(few) + 8
    assert len(large) == len(small) <= 11


def test_a_past_instant_is_answered_as_it_was(world: World) -> None:
    """The same list, asked on the day and asked after the whole season is over."""
    days = ("09-30", "10-09", "10-15", "10-21", "10-23", "10-28", "10-31")
    instants = [at(f"2025-{day} 08:00") for day in days]
    on_the_day = play_season(world, instants)
    assert [named(reminders.would_remind(moment)) for moment in instants] == on_the_day
    assert all(on_the_day)


def play_season(world: World, instants: list[datetime]) -> list[set[tuple[str, str, str]]]:
    """A season with everything in it, asking `plan` at each instant in its turn."""
    answers = []
    acts = {
        at("2025-10-08 15:00"): lambda: submit(world, "cuc-a", "2025-10-08 15:00"),
        at("2025-10-12 10:00"): lambda: return_report(
            world, "cuc-a", when="2025-10-12 10:00", until=date(2025, 10, 24)
        ),
        at("2025-10-14 10:00"): lambda: reviewing.extend(
            world.assignment("benh-vien-b"),
            until=DateToKeep("before", date(2025, 10, 27)),
            reason="Chờ số liệu",
            actor=world.lead,
            now=at("2025-10-14 10:00"),
        ),
        at("2025-10-16 09:00"): lambda: round_deadline(
            world.round,
            Deadline.Purpose.SUBMISSION,
            world.so,
            DateToKeep("before", date(2025, 10, 31)),
            actor=world.admin,
            now=at("2025-10-16 09:00"),
        ),
        at("2025-10-20 09:00"): lambda: hand_to_approver(world, "so-c", "2025-10-20 09:00"),
        at("2025-10-28 16:00"): lambda: submitting.submit(
            world.assignment("so-c"), actor=world.approvers["so-c"], now=at("2025-10-28 16:00")
        ),
        at("2025-10-29 09:00"): lambda: reviewing.waive(
            world.assignment("van-phong-bo"), reason="Đã gộp", actor=world.lead, now=at("2025-10-29 09:00")
        ),
        at("2025-11-01 09:00"): lambda: opening.move_round(
            world.round, "issue", actor=world.registry, now=at("2025-11-01 09:00")
        ),
    }
    for moment in sorted([*acts, *instants]):
        if moment in acts:
            acts[moment]()
        else:
            answers.append(named(reminders.plan(moment)))
    return answers


def hand_to_approver(world: World, code: str, when: str) -> None:
    assignment = world.assignment(code)
    fill(assignment, actor=world.reporters[code], now=at(when))
    submitting.request_approval(assignment, actor=world.reporters[code], now=at(when))


def test_a_dry_run_leaves_out_what_was_sent_before_it(world: World) -> None:
    settle(BEFORE_7)
    assert {rule for _, _, rule in named(reminders.would_remind(BEFORE_7))} == {"before-7", "before-30"}
    assert named(reminders.would_remind(BEFORE_7 + timedelta(minutes=1))) == set()


def test_tomorrow_is_foreseen(world: World) -> None:
    """Asked on the evening before: the next step, and nothing that has been sent."""
    settle(at("2025-10-08 09:00"))
    foreseen = named(reminders.would_remind(BEFORE_7))
    assert {rule for unit, _, rule in foreseen if unit == "cuc-a"} == {"before-7"}
    assert {unit for unit, _, _ in foreseen} == {"cuc-a", "benh-vien-b", "van-phong-bo"}


def test_a_dry_run_of_one_round(world: World) -> None:
    assert reminders.would_remind(BEFORE_7, world.round) == reminders.would_remind(BEFORE_7)
    other = make_round(world, code="khoa-giao-2026", year=2026, opened_at=None)
    assert reminders.would_remind(BEFORE_7, other) == []
