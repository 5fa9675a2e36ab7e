"""What lapses: pending rows are set aside in the transaction of whatever made them untrue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from reporting import handover, opening, reminders, reviewing, submitting
from reporting.deadlines import DateToKeep, current_deadlines
from reporting.models import Assignment, Event, Notice
from reporting.notifying import send_all_due
from reporting.states import Action, NoticeState
from tests.factories import World, accept, at, fill, return_report, submit
from units.models import Unit, User

pytestmark = pytest.mark.django_db
NOW = at("2025-10-09 08:00")
LATER = at("2025-10-09 09:00")


def pending(unit_code: str = "cuc-a") -> set[str]:
    rows = Notice.objects.filter(assignment__unit__code=unit_code, state=NoticeState.PLANNED)
    return set(rows.values_list("rule", flat=True))


def reasons(rule: str, unit_code: str = "cuc-a") -> set[tuple[str, str]]:
    return set(
        Notice.objects.filter(rule=rule, assignment__unit__code=unit_code).values_list("state", "reason")
    )


def change_group_date(world: World) -> None:
    seen = world.assignment("cuc-a").deadline
    opening.change_date(seen, DateToKeep("before", date(2025, 10, 22)), actor=world.admin, now=LATER)


def hand_over(world: World) -> None:
    old, new = world.units[0], world.units[1]
    old.successors.create(successor=new, effective_on=date(2025, 10, 9))
    handover.hand_over(old, new, actor=world.admin, now=LATER)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda w: submit(w, "cuc-a", "2025-10-09 09:00"), "đã nộp"),
        (
            lambda w: reviewing.waive(w.assignment("cuc-a"), reason="x", actor=w.lead, now=LATER),
            "được miễn nộp",
        ),
        (
            lambda w: reviewing.extend(
                w.assignment("cuc-a"),
                until=DateToKeep("before", date(2025, 10, 27)),
                reason="x",
                actor=w.lead,
                now=LATER,
            ),
            "đã gia hạn: trước ngày 27/10/2025",
        ),
        (change_group_date, "thời hạn đã thay: trước ngày 22/10/2025"),
        (hand_over, "đã chuyển giao"),
        (lambda w: opening.close_round(w.round, actor=w.lead, now=LATER), "đợt báo cáo không còn mở"),
    ],
)
def test_pending_reminders_lapse_at_once(
    world: World, change: Callable[[World], object], reason: str
) -> None:
    reminders.plan_due(NOW)
    assert pending() == {"before-7"}
    change(world)
    assert reasons("before-7") == {("skipped", reason)}
    rest = Notice.objects.filter(rule="before-7").exclude(assignment__unit__code="cuc-a")
    others = {n.state for n in rest if n.reason != reason}
    assert others <= {"planned"}, "nothing of anybody else's"


def test_a_return_date_that_moves_sets_its_reminders_aside(world: World) -> None:
    submit(world, "cuc-a", "2025-10-08 15:00")
    return_report(world, "cuc-a", when="2025-10-09 07:00", until=date(2025, 10, 24))
    reminders.plan_due(at("2025-10-21 08:00"))
    assert "before-3" in pending()
    reviewing.move_return_date(
        world.assignment("cuc-a"),
        until=DateToKeep("on_or_before", date(2025, 10, 31)),
        reason="x",
        actor=world.reviewer,
        now=at("2025-10-21 09:00"),
    )
    (why,) = reasons("before-3")
    assert why == ("skipped", "đã trả lại với hạn bổ sung: chậm nhất ngày 31/10/2025")


def test_the_dispatch_has_its_own_reminders(world: World) -> None:
    reminders.plan_due(NOW)
    (dispatch,) = [d for d in current_deadlines(world.round) if d.group is None]
    rows = Notice.objects.filter(assignment=None, round=world.round)
    assert {n.state for n in rows} == {"planned"}
    opening.change_date(dispatch, DateToKeep("before", date(2025, 11, 7)), actor=world.lead, now=LATER)
    assert set(rows.values_list("state", "reason")) == {("skipped", "thời hạn đã thay")}
    assert pending() == {"before-7"}


def wait(world: World, action: str, rule: str, person: User) -> Notice:
    """A step of the ladder of what waits, as planning writes it."""
    assignment = world.assignment("cuc-a")
    event = Event.objects.filter(assignment=assignment, action=action).latest("pk")
    return Notice.objects.create(
        round=world.round,
        assignment=assignment,
        event=event,
        rule=rule,
        recipient=person,
        address=person.email,
        channel="email",
        due_at=LATER,
        next_attempt_at=LATER,
        created_at=LATER,
    )


def test_what_waited_lapses_when_it_is_done(world: World) -> None:
    fill(world.assignment("cuc-a"), actor=world.reporters["cuc-a"], now=NOW)
    submitting.request_approval(world.assignment("cuc-a"), actor=world.reporters["cuc-a"], now=NOW)
    approval = wait(world, Action.REQUEST_APPROVAL, "approval-2", world.approvers["cuc-a"])
    submitting.submit(world.assignment("cuc-a"), actor=world.approvers["cuc-a"], now=LATER)
    backlog = wait(world, Action.SUBMIT, "backlog-3", world.reviewer)
    approval.refresh_from_db()
    assert (approval.state, approval.reason) == ("skipped", "báo cáo không còn chờ duyệt")
    assert reasons("request_approval") == {("skipped", "báo cáo không còn chờ duyệt")}
    accept(world, "cuc-a", "2025-10-09 10:00")
    backlog.refresh_from_db()
    assert (backlog.state, backlog.reason) == ("skipped", "Văn phòng đã xử lý")


def test_words_of_what_happened_never_lapse(world: World) -> None:
    submit(world, "cuc-a", "2025-10-09 09:00")
    accept(world, "cuc-a", "2025-10-09 09:30")
    opening.close_round(world.round, actor=world.lead, now=at("2025-10-09 10:00"))
    assert {"submit", "accept"} <= pending()


def test_a_row_in_the_hands_of_a_sender_is_looked_at_by_the_sender(world: World) -> None:
    reminders.plan_due(NOW)
    Notice.objects.update(state=NoticeState.CLAIMED, claim="x", claimed_at=NOW)
    submit(world, "cuc-a", "2025-10-09 08:01")
    assert reasons("before-7") == {("claimed", "")}
    send_all_due(LATER)
    assert reasons("before-7") == {("skipped", "đã nộp")}


def test_a_unit_that_takes_over_is_reminded_by_its_own_row(world: World) -> None:
    reminders.plan_due(NOW)
    heir = Unit.objects.create(code="ke-thua", name="Cục kế thừa")
    world.units[0].successors.create(successor=heir, effective_on=date(2025, 10, 9))
    handover.hand_over(world.units[0], heir, actor=world.admin, now=LATER)
    assert Assignment.objects.get(unit=heir).state == "not_started"
    assert pending() == {"supersede"}
