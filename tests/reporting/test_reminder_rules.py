"""The rules of a round: laid, cloned, changed; what a change does to what was planned."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from reporting import ladder, opening, reminder_rules, reminders, reviewing, submitting
from reporting.ladder import Rung
from reporting.lifecycle import Refused
from reporting.models import Channel, Comment, Notice, ReminderRule, Round
from reporting.notifying import send_due
from tests.factories import World, accept, at, fill, give, make_round, person, return_report, submit
from units.models import Role

pytestmark = pytest.mark.django_db
EIGHT = time(8)
BEFORE_7 = at("2025-10-09 08:00")
WRITERS = frozenset({"reporters"})


def rule(world: World, code: str, kind: str = "submission") -> ReminderRule:
    rules = reminder_rules.in_force(world.round)
    return next(one for one in rules if one.kind == kind and one.rung.code == code)


def rung(
    days: int, side: str = "before", kind: str = "submission", told=WRITERS, clock: time = EIGHT
) -> Rung:
    return Rung(kind, side, days, clock, frozenset(told))


def told(when: str, code: str = "cuc-a") -> set[tuple[str, str]]:
    """Who hears of that unit's report by mail at that moment, and by which rule."""
    return {
        (p.recipient.username, p.step.rule)
        for p in reminders.plan(at(when))
        if p.channel == Channel.EMAIL and p.assignment and p.assignment.unit.code == code
    }


def states(code: str = "cuc-a") -> set[tuple[str, str, str]]:
    rows = Notice.objects.filter(assignment__unit__code=code, channel=Channel.EMAIL)
    return set(rows.values_list("rule", "state", "reason"))


def test_the_first_round_has_the_usual_rules(world: World) -> None:
    found = [(r.kind, r.rung.code, reminder_rules.told_words(r.rung.told)) for r in in_force(world)]
    assert [line for line in found if line[0] == "submission"] == [
        ("submission", "before-30", "chuyên viên soạn"),
        ("submission", "before-14", "chuyên viên soạn"),
        ("submission", "before-7", "chuyên viên soạn"),
        ("submission", "before-3", "chuyên viên soạn"),
        ("submission", "before-1", "chuyên viên soạn, lãnh đạo đơn vị"),
        ("submission", "after-1", "chuyên viên soạn, lãnh đạo đơn vị"),
        ("submission", "after-3", "chuyên viên soạn, lãnh đạo đơn vị, đầu mối văn phòng đơn vị"),
        (
            "submission",
            "after-7",
            "chuyên viên soạn, lãnh đạo đơn vị, đầu mối văn phòng đơn vị, lãnh đạo Văn phòng",
        ),
    ]
    assert [code for kind, code, _ in found if kind in ladder.WAITING] == [
        "approval-2",
        "approval-5",
        "backlog-3",
        "backlog-7",
    ]
    assert {r.at for r in in_force(world)} == {EIGHT}


def in_force(world: World) -> list[ReminderRule]:
    return reminder_rules.in_force(world.round)


def test_rules_are_cloned_from_the_round_before(world: World) -> None:
    now = at("2025-12-20 09:00")
    reminder_rules.set_time(world.round, time(14, 30), actor=world.lead, now=now)
    reminder_rules.switch(rule(world, "before-30"), False, actor=world.lead, now=now)
    reminder_rules.remove(rule(world, "after-1"), actor=world.lead, now=now)
    reminder_rules.add(world.round, rung(5, told={"approvers"}), actor=world.lead, now=now)
    following = _next_round(world)
    assert following.remind_at == time(14, 30)

    def told_of(row: Round) -> list[tuple[Rung, bool]]:
        return [(replace(r.rung, since=None), r.is_on) for r in reminder_rules.in_force(row)]

    assert told_of(following) == told_of(world.round)
    assert {r.known_from for r in reminder_rules.in_force(following)} == {at("2026-01-05 09:00")}


def _next_round(world: World) -> Round:
    made = make_round(world, code="khoa-giao-2026", year=2026, opened_at=None)
    made.previous = world.round
    ReminderRule.objects.filter(round=made).delete()
    reminder_rules.lay(made, actor=world.admin, now=at("2026-01-05 09:00"))
    return made


def test_preparing_a_round_lays_rules(world: World) -> None:
    other = make_round(world, code="khoa-giao-2026", year=2026, opened_at=None)
    assert [r.rung.code for r in reminder_rules.in_force(other)] == [r.rung.code for r in in_force(world)]


@pytest.mark.parametrize(
    ("made", "when", "expected"),
    [
        ("2025-10-13 07:59", "2025-10-13 08:00", {("soan-cuc-a", "before-5")}),
        ("2025-10-13 08:00", "2025-10-13 08:00", {("soan-cuc-a", "before-5")}),
        # Made a minute too late: not for an instant before it was made.
        ("2025-10-13 08:01", "2025-10-13 08:02", {("soan-cuc-a", "before-7")}),
    ],
)
def test_a_rule_speaks_from_when_it_was_made(
    world: World, made: str, when: str, expected: set[tuple[str, str]]
) -> None:
    reminder_rules.add(world.round, rung(5), actor=world.lead, now=at(made))
    assert told(when) == expected
    assert told("2025-10-15 08:00") == {("soan-cuc-a", "before-3")}


def settle(now: datetime) -> None:
    reminders.plan_due(now)
    send_due(now, limit=1000)


@pytest.mark.parametrize("end", ["remove", "switch", "change"])
def test_what_an_ended_rule_had_planned_does_not_go_out(world: World, end: str) -> None:
    reminders.plan_due(BEFORE_7)
    old, now = rule(world, "before-7"), at("2025-10-09 08:00")
    if end == "remove":
        reminder_rules.remove(old, actor=world.lead, now=now)
    elif end == "switch":
        reminder_rules.switch(old, False, actor=world.lead, now=now)
    else:
        reminder_rules.change(old, rung(6), actor=world.lead, now=now)
    assert states() == {("before-7", "skipped", "quy tắc nhắc đã thay đổi")}
    assert {n.state for n in Notice.objects.filter(deadline__purpose="dispatch")} == {"planned"}
    assert told("2025-10-09 08:05") == set(), "nor the step before it, which nobody was sent"
    assert told("2025-10-10 08:00") == ({("soan-cuc-a", "before-6")} if end == "change" else set())


def test_what_was_sent_stays(world: World) -> None:
    settle(BEFORE_7)
    reminder_rules.remove(rule(world, "before-7"), actor=world.lead, now=at("2025-10-09 09:00"))
    assert states() == {("before-7", "sent", "")}
    assert told("2025-10-09 10:00") == set()


def test_a_rule_moved_to_a_later_hour_goes_out_then_and_once(world: World) -> None:
    reminders.plan_due(BEFORE_7)
    changed = replace(rule(world, "before-7").rung, at=time(14))
    reminder_rules.change(rule(world, "before-7"), changed, actor=world.lead, now=at("2025-10-09 08:30"))
    assert told("2025-10-09 13:59") == set()
    settle(at("2025-10-09 14:00"))
    settle(at("2025-10-09 14:01"))
    assert states() == {("before-7", "sent", "")}
    row = Notice.objects.filter(assignment__unit__code="cuc-a", channel=Channel.EMAIL).get()
    assert row.due_at == at("2025-10-09 14:00")


def test_one_that_was_sent_is_not_sent_again_at_the_new_hour(world: World) -> None:
    settle(BEFORE_7)
    reminder_rules.set_time(world.round, time(14), actor=world.lead, now=at("2025-10-09 08:30"))
    assert told("2025-10-09 14:00") == set()
    assert told("2025-10-15 13:59") == set()
    assert told("2025-10-15 14:00") == {("soan-cuc-a", "before-3")}


def test_the_past_is_answered_by_the_rules_it_had(world: World) -> None:
    reminder_rules.remove(rule(world, "before-7"), actor=world.lead, now=at("2025-10-20 09:00"))
    reminder_rules.set_time(world.round, time(14), actor=world.lead, now=at("2025-10-20 09:01"))
    there = {(p.assignment.unit.code, p.step.rule) for p in reminders.would_remind(BEFORE_7) if p.assignment}
    assert ("cuc-a", "before-7") in there


def test_each_change_is_in_the_ledger_of_the_round(world: World) -> None:
    now = at("2025-10-01 09:00")
    made = reminder_rules.add(world.round, rung(5), actor=world.lead, now=now)
    made = reminder_rules.change(made, rung(4, told={"reporters", "lead"}), actor=world.lead, now=now)
    made = reminder_rules.switch(made, False, actor=world.lead, now=now)
    reminder_rules.remove(made, actor=world.lead, now=now)
    reminder_rules.set_time(world.round, time(7, 30), actor=world.lead, now=now)
    events = world.round.events.filter(action=reminder_rules.RULE_EVENT)
    assert {(e.label, e.actor) for e in events} == {("Đổi quy tắc nhắc", world.lead)}
    was = "Hạn nộp báo cáo: 5 ngày làm việc trước hạn, 08:00, gửi chuyên viên soạn"
    now_is = "Hạn nộp báo cáo: 4 ngày làm việc trước hạn, 08:00, gửi chuyên viên soạn, lãnh đạo Văn phòng"
    assert [e.note for e in events] == [
        f"Thêm: {was}.",
        f"Sửa: {was} → {now_is}.",
        f"Tắt: {now_is}.",
        f"Bỏ: {now_is}.",
        "Giờ nhắc của đợt: 08:00 → 07:30.",
    ]


@pytest.mark.parametrize(
    ("who", "wanted", "why"),
    [
        ("reviewer", rung(5), "Lãnh đạo Văn phòng"),
        ("admin", rung(5), "Lãnh đạo Văn phòng"),
        ("outsider", rung(5), "Lãnh đạo Văn phòng"),
        ("lead", rung(7), "đã có quy tắc"),
        ("lead", rung(0), "từ 1 đến 120"),
        ("lead", rung(121), "từ 1 đến 120"),
        ("lead", rung(5, told=()), "ít nhất một nơi nhận"),
        ("lead", rung(5, told={"reviewers"}), "không dùng cho loại việc"),
        ("lead", rung(5, kind="backlog", told={"lead"}), "chỉ có quy tắc sau"),
    ],
)
def test_rules_that_are_refused(world: World, who: str, wanted: Rung, why: str) -> None:
    with pytest.raises(Refused, match=why):
        reminder_rules.add(world.round, wanted, actor=getattr(world, who), now=BEFORE_7)


def test_changes_that_are_refused(world: World) -> None:
    old = rule(world, "before-7")
    by = {"actor": world.lead, "now": BEFORE_7}
    with pytest.raises(Refused, match="như cũ"):
        reminder_rules.change(old, old.rung, **by)
    with pytest.raises(Refused, match="đã có quy tắc"):
        reminder_rules.change(old, rung(3), **by)
    with pytest.raises(Refused, match="đang được dùng"):
        reminder_rules.switch(old, True, **by)
    with pytest.raises(Refused, match="đang là 08:00"):
        reminder_rules.set_time(world.round, EIGHT, **by)
    reminder_rules.remove(old, **by)
    with pytest.raises(Refused, match="Người khác vừa đổi"):
        reminder_rules.change(old, rung(6), **by)
    opening.move_round(world.round, "issue", actor=world.registry, now=BEFORE_7)
    with pytest.raises(Refused, match="đã phát hành"):
        reminder_rules.add(world.round, rung(9), **by)


# --- whom the ladder leads up to


@pytest.mark.parametrize(
    ("when", "more"),
    [
        ("2025-10-21 08:00", set()),
        ("2025-10-23 08:00", {"van-thu-cuc-a"}),
        ("2025-10-27 08:00", {"van-thu-cuc-a", "lanh-dao-vp"}),
    ],
)
def test_the_ladder_leads_up(world: World, when: str, more: set[str]) -> None:
    give(person("van-thu-cuc-a"), world.units[0], Role.CONTACT)
    assert {who for who, _ in told(when)} == {"soan-cuc-a", "duyet-cuc-a"} | more


def test_a_reminder_to_the_lead_goes_out(world: World) -> None:
    settle(at("2025-10-27 08:00"))
    mine = Notice.objects.filter(recipient=world.lead, rule="after-7", assignment__unit__code="cuc-a")
    assert {n.state for n in mine} == {"sent"}


# --- what waits


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2025-10-14 08:00", set()),
        ("2025-10-15 07:59", set()),
        # Sent on Friday 10/10: the third working day after it is Wednesday.
        ("2025-10-15 08:00", {("xem-1", "backlog-3"), ("xem-2", "backlog-3")}),
        (
            "2025-10-21 08:00",
            {("xem-1", "backlog-7"), ("xem-2", "backlog-7"), ("lanh-dao-vp", "backlog-7")},
        ),
    ],
)
def test_a_report_that_waits_for_the_office(world: World, when: str, expected: set[tuple[str, str]]) -> None:
    submit(world, "cuc-a", "2025-10-10 15:00")
    assert told(when) == expected
    assert _as_of(when) == expected


def _as_of(when: str) -> set[tuple[str, str]]:
    return {
        (p.recipient.username, p.step.rule)
        for p in reminders.would_remind(at(when))
        if p.channel == Channel.EMAIL and p.assignment and p.assignment.unit.code == "cuc-a"
    }


def test_who_decided_is_not_pressed(world: World) -> None:
    submit(world, "cuc-a", "2025-10-10 15:00")
    reminders.plan_due(at("2025-10-15 08:00"))
    accept(world, "cuc-a", "2025-10-15 08:00")
    send_due(at("2025-10-15 08:00"), limit=1000)
    waiting = Notice.objects.filter(rule="backlog-3")
    assert {(n.state, n.reason) for n in waiting} == {("skipped", "Văn phòng đã xử lý")}
    assert told("2025-10-21 08:00") == set()


def test_a_second_wait_counts_from_its_own_day(world: World) -> None:
    submit(world, "cuc-a", "2025-10-06 15:00")
    settle(at("2025-10-09 08:00"))
    return_report(world, "cuc-a", when="2025-10-09 10:00")
    for comment in Comment.objects.all():
        reviewing.reply(
            comment, text="Đã bổ sung.", actor=world.reporters["cuc-a"], now=at("2025-10-09 15:00")
        )
    submitting.request_approval(
        world.assignment("cuc-a"), actor=world.reporters["cuc-a"], now=at("2025-10-10 09:00")
    )
    submitting.submit(world.assignment("cuc-a"), actor=world.approvers["cuc-a"], now=at("2025-10-10 10:00"))
    assert told("2025-10-14 08:00") == set()
    settle(at("2025-10-15 08:00"))
    sent = Notice.objects.filter(rule="backlog-3", recipient=world.reviewer, channel=Channel.IN_APP)
    assert [n.state for n in sent] == ["sent", "sent"]
    assert len({n.event_id for n in sent}) == 2


def test_a_draft_that_waits_for_its_approver(world: World) -> None:
    give(person("van-thu-cuc-a"), world.units[0], Role.CONTACT)
    assignment = world.assignment("cuc-a")
    fill(assignment, actor=world.reporters["cuc-a"], now=at("2025-10-09 09:00"))
    submitting.request_approval(assignment, actor=world.reporters["cuc-a"], now=at("2025-10-09 09:05"))
    assert told("2025-10-13 08:00") - told("2025-10-10 08:00") == {("duyet-cuc-a", "approval-2")}
    assert {who for who, rule in told("2025-10-16 08:00") if rule == "approval-5"} == {
        "duyet-cuc-a",
        "van-thu-cuc-a",
    }
    settle(at("2025-10-16 08:00"))
    row = Notice.objects.get(rule="approval-5", recipient=world.approvers["cuc-a"], channel=Channel.EMAIL)
    assert row.state == "sent"
    assert "duyệt và nộp báo cáo" in row.subject


# --- the outbox


def test_a_clock_set_back_writes_nothing(world: World) -> None:
    """The worker slept through before-14; before-7 was sent; then the clock goes back behind it."""
    settle(BEFORE_7)
    before = set(Notice.objects.values_list("pk", flat=True))
    assert reminders.plan_due(at("2025-10-08 12:00")) == 0
    assert reminders.plan_due(at("2025-10-01 12:00")) == 0
    assert set(Notice.objects.values_list("pk", flat=True)) == before


def test_of_two_at_once_one_writes(world: World, monkeypatch) -> None:
    """The second has looked before the first wrote."""
    due = reminders._unwritten(BEFORE_7)
    reminders.plan_due(BEFORE_7)
    count = Notice.objects.count()
    monkeypatch.setattr(reminders, "_unwritten", lambda now: due)
    reminders.plan_due(BEFORE_7)
    assert Notice.objects.count() == count > 0


def test_who_has_no_address_has_a_row_that_says_so(world: World) -> None:
    who = world.reporters["cuc-a"]
    who.email = ""
    who.save()
    reminders.plan_due(BEFORE_7)
    mine = Notice.objects.filter(recipient=who).values_list("channel", "state", "reason")
    assert set(mine) == {("email", "skipped", "không có địa chỉ thư"), ("in_app", "planned", "")}


def test_a_clock_that_went_back_changes_no_rule(world: World) -> None:
    seven = rule(world, "before-7")
    before = seven.known_from - timedelta(minutes=1)
    with pytest.raises(Refused, match="vừa đổi quy tắc"):
        reminder_rules.switch(seven, False, actor=world.lead, now=before)
    assert rule(world, "before-7").is_on
