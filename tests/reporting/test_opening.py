"""From a plan to a round: who is asked, what is refused, what the ledger says."""

from dataclasses import replace
from datetime import date, time

import pytest

from reporting import contact_requests, opening, outlines, reminder_rules
from reporting.deadlines import DateToKeep, current_deadlines
from reporting.lifecycle import Refused
from reporting.models import Assignment, Deadline, Event, Round, RoundEvent
from reporting.states import RoundState
from tests.factories import at, unit
from units.models import GroupMembership, Unit

NOW = at("2025-09-20 09:00")


@pytest.fixture
def plan(world) -> opening.RoundPlan:
    return opening.RoundPlan(
        code="dot-moi",
        name="Đợt mới",
        year=2026,
        owner=world.office,
        addressee="Ban Tuyên giáo và Dân vận Trung ương",
        period_from=date(2026, 1, 1),
        period_to=date(2026, 12, 31),
        groups={world.so: DateToKeep("before", date(2026, 10, 30))},
        dispatch=DateToKeep("before", date(2026, 11, 5)),
        outline=outlines.built_in("khoa_giao"),
    )


def test_a_prepared_round_has_outline_dates_and_no_assignment(world, plan):
    row = opening.prepare_round(plan, actor=world.admin, now=NOW)
    assert row.state == RoundState.PREPARING
    assert row.sections.count() == len(plan.outline)
    assert [(d.purpose, d.group) for d in current_deadlines(row)] == [
        ("submission", world.so),
        ("dispatch", None),
    ]
    assert not row.assignments.exists()
    assert [e.action for e in row.events.all()] == ["prepare"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"groups": {}}, "nhóm"),
        ({"code": "khoa-giao-2025"}, "đã dùng"),
        ({"code": "mo-moi"}, "đã dùng"),
        ({"period_to": date(2025, 12, 31)}, "Kỳ báo cáo"),
        ({"outline": ()}, "Đề cương"),
        ({"dispatch": DateToKeep("by_time", date(2026, 11, 5))}, "giờ"),
    ],
)
def test_plans_that_are_refused_leave_nothing(world, plan, changes, words):
    with pytest.raises(Refused, match=words):
        opening.prepare_round(replace(plan, **changes), actor=world.admin, now=NOW)
    assert list(Round.objects.values_list("code", flat=True)) == ["khoa-giao-2025"]


def test_only_an_admin_prepares_and_opens(world, plan):
    for other in (world.lead, world.outsider):
        with pytest.raises(Refused):
            opening.prepare_round(plan, actor=other, now=NOW)
    row = opening.prepare_round(plan, actor=world.admin, now=NOW)
    for other in (world.lead, world.outsider):
        with pytest.raises(Refused, match="quyền"):
            opening.open_round(row, actor=other, now=NOW)
    assert Round.objects.get(pk=row.pk).state == RoundState.PREPARING


def test_opening_asks_every_unit_in_force_in_the_groups_of_that_day(world, plan):
    unit("da-het", "Sở đã hết", world.so, valid_to=date(2025, 9, 20))
    unit("con-mot-ngay", "Sở còn một ngày", world.so, valid_to=date(2025, 9, 21))
    unit("chua-co", "Sở chưa có", world.so, valid_from=date(2025, 9, 21))
    gone = unit("ra-nhom", "Sở ra nhóm", world.so)
    GroupMembership.objects.filter(unit=gone).update(valid_to=date(2025, 9, 1))
    row = opening.prepare_round(plan, actor=world.admin, now=NOW)
    assert opening.open_round(row, actor=world.admin, now=NOW) == 2
    asked = row.assignments.values_list("unit__code", "unit_name", "state")
    assert set(asked) == {
        ("so-c", "Sở Y tế thành phố Hải Phòng", "not_started"),
        ("con-mot-ngay", "Sở còn một ngày", "not_started"),
    }
    assert (row.state, row.opened_at) == (RoundState.OPEN, NOW)


def test_a_unit_in_two_groups_is_asked_once_by_the_earlier_date(world, plan):
    both = world.units[0]
    GroupMembership.objects.create(unit=both, group=world.so)
    groups = {
        world.so: DateToKeep("before", date(2026, 10, 30)),
        world.thuoc: DateToKeep("before", date(2026, 10, 20)),
    }
    row = opening.prepare_round(replace(plan, groups=groups), actor=world.admin, now=NOW)
    opening.open_round(row, actor=world.admin, now=NOW)
    (assignment,) = Assignment.objects.filter(round=row, unit=both)
    assert (assignment.group, assignment.deadline.printed_date) == (world.thuoc, date(2026, 10, 20))


def test_a_round_without_units_does_not_open(world, plan):
    Unit.objects.filter(code="so-c").update(valid_to=date(2025, 9, 1))
    row = opening.prepare_round(plan, actor=world.admin, now=NOW)
    with pytest.raises(Refused, match="Chưa có đơn vị"):
        opening.open_round(row, actor=world.admin, now=NOW)
    assert row.state == RoundState.PREPARING
    assert Round.objects.get(pk=row.pk).state == RoundState.PREPARING


def test_of_two_who_open_one_wins(world, plan):
    row = opening.prepare_round(plan, actor=world.admin, now=NOW)
    other = Round.objects.get(pk=row.pk)
    opening.open_round(row, actor=world.admin, now=NOW)
    with pytest.raises(Refused, match="Người khác"):
        opening.open_round(other, actor=world.admin, now=NOW)
    assert row.assignments.count() == 1
    assert RoundEvent.objects.filter(round=row, action="open").count() == 1


# The list of units


def test_a_unit_is_added_with_both_ledgers(world):
    late = Unit.objects.create(code="muon", name="Viện đến muộn")
    made = opening.add_unit(world.round, late, world.thuoc, actor=world.lead, now=NOW, note="Công văn 1")
    assert made.deadline == world.assignment("cuc-a").deadline
    assert [(e.action, e.note) for e in Event.objects.filter(assignment=made)] == [("add", "Công văn 1")]
    last = world.round.events.last()
    assert (last.action, last.note, last.actor) == ("add_unit", "Viện đến muộn. Công văn 1", world.lead)


@pytest.mark.parametrize("case", ["twice", "ended", "stranger", "no-group", "closed"])
def test_additions_that_are_refused(world, case):
    late = Unit.objects.create(code="muon", name="Viện đến muộn")
    target, group, actor = late, world.thuoc, world.admin
    if case == "twice":
        target = world.units[0]
    elif case == "ended":
        late.valid_to = date(2025, 9, 1)
    elif case == "stranger":
        actor = world.reviewer
    elif case == "no-group":
        Deadline.objects.filter(group=world.thuoc).update(replaced_at=NOW)
    else:
        opening.close_round(world.round, actor=world.lead, now=NOW)
    before = Assignment.objects.count()
    with pytest.raises(Refused):
        opening.add_unit(world.round, target, group, actor=actor, now=NOW, note="x")
    assert Assignment.objects.count() == before


@pytest.mark.parametrize("what", ["unit", "date", "rule", "contacts"])
def test_what_ended_meanwhile_takes_no_change(world, what):
    """The page was read while the round was open."""
    seen = Round.objects.select_related("owner").get()
    (dated,) = Deadline.objects.filter(group=world.thuoc).select_related("round__owner")
    Round.objects.update(state=RoundState.ISSUED)
    late = Unit.objects.create(code="muon", name="Viện đến muộn")
    later = DateToKeep("before", date(2025, 10, 28))
    change = {
        "unit": lambda: opening.add_unit(seen, late, world.thuoc, actor=world.admin, now=NOW, note="x"),
        "date": lambda: opening.change_date(dated, later, actor=world.admin, now=NOW),
        "rule": lambda: reminder_rules.set_time(seen, time(14), actor=world.lead, now=NOW),
        "contacts": lambda: contact_requests.ask_units(seen, actor=world.lead, now=NOW),
    }[what]
    with pytest.raises(Refused, match="đang mở|khóa sổ|phát hành|không còn mở"):
        change()


# States of a round


def test_the_lead_closes_and_opens_again_with_a_reason(world):
    opening.close_round(world.round, actor=world.lead, now=NOW)
    assert Round.objects.get().closed_at == NOW
    with pytest.raises(Refused, match="lý do"):
        opening.reopen_round(world.round, actor=world.lead, now=NOW, note=" ")
    opening.reopen_round(world.round, actor=world.lead, now=NOW, note="Còn đơn vị nộp")
    row = Round.objects.get()
    assert (row.state, row.closed_at) == (RoundState.OPEN, None)
    assert [e.action for e in row.events.all()] == ["prepare", "open", "close", "reopen"]


@pytest.mark.parametrize("who", ["admin", "reviewer", "outsider"])
def test_others_do_not_close(world, who):
    with pytest.raises(Refused, match="quyền"):
        opening.close_round(world.round, actor=getattr(world, who), now=NOW)
    assert Round.objects.get().state == RoundState.OPEN


@pytest.mark.parametrize("action", ["open", "reopen"])
def test_moves_the_table_does_not_have_are_refused(world, action):
    with pytest.raises(Refused, match="đang mở"):
        opening.move_round(world.round, action, actor=world.admin, now=NOW)
