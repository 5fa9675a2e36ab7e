"""Decisions of the office about one unit: on what was read, once, and only while they mean something."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from django.db import close_old_connections, connection, connections

from reporting import opening, owing, reminders, reviewing, submitting, timeliness
from reporting.deadlines import DateToKeep
from reporting.lifecycle import Refused, StaleState
from reporting.mail import compose
from reporting.models import Assignment, Comment, Deadline, Extension, Notice
from reporting.overview import list_log
from reporting.states import Action, State
from tests.factories import World, at, fill, make_world, return_report, submit
from units.calendar import working_calendar

NOW = at("2025-10-12 10:00")
LATER = at("2025-10-14 10:00")


def resubmit(world: World, code: str) -> None:
    assignment = world.assignment(code)
    for comment in Comment.objects.filter(submission__assignment=assignment):
        reviewing.reply(comment, text="Đã bổ sung.", actor=world.reporters[code], now=LATER)
    submitting.request_approval(assignment, actor=world.reporters[code], now=LATER)
    submitting.submit(assignment, actor=world.approvers[code], now=LATER)


def extend(world: World, assignment: Assignment) -> Extension:
    return reviewing.extend(
        assignment,
        until=DateToKeep("on_or_before", date(2025, 10, 30)),
        reason="Thiên tai.",
        actor=world.lead,
        now=NOW,
    )


@pytest.mark.parametrize(
    "decide",
    [
        reviewing.accept,
        partial(
            reviewing.return_to_unit, until=DateToKeep("on_or_before", date(2025, 10, 24)), note="Bổ sung."
        ),
    ],
)
def test_a_report_that_came_anew_is_not_decided_unread(world: World, decide: Callable[..., object]) -> None:
    submit(world, "cuc-a")
    return_report(world, "cuc-a")
    resubmit(world, "cuc-a")
    with pytest.raises(StaleState, match=r"nộp lại \(lần 2\)"):
        decide(world.assignment("cuc-a"), actor=world.second_reviewer, now=LATER, seen=1)
    assert world.assignment("cuc-a").state == State.SUBMITTED
    decide(world.assignment("cuc-a"), actor=world.second_reviewer, now=LATER, seen=2)
    assert world.assignment("cuc-a").state != State.SUBMITTED


def test_no_extension_for_what_was_sent_meanwhile(world: World) -> None:
    seen = world.assignment("cuc-a")
    submit(world, "cuc-a")
    assert seen.first_submitted_at is None, "as this page still sees it"
    with pytest.raises(Refused, match="vừa nộp"):
        extend(world, seen)
    assert world.assignment("cuc-a").extension is None
    assert not Deadline.objects.filter(purpose=Deadline.Purpose.EXTENSION).exists()


def test_no_extension_for_a_unit_that_was_waived(world: World) -> None:
    reviewing.waive(world.assignment("cuc-a"), reason="Giải thể.", actor=world.lead, now=NOW)
    with pytest.raises(Refused, match="được miễn"):
        extend(world, world.assignment("cuc-a"))


def test_who_would_extend_a_returned_report_is_led_to_its_own_date(world: World) -> None:
    submit(world, "cuc-a")
    with pytest.raises(Refused, match="không cần gia hạn"):
        extend(world, world.assignment("cuc-a"))
    return_report(world, "cuc-a")
    with pytest.raises(Refused, match="Dời hạn bổ sung"):
        extend(world, world.assignment("cuc-a"))


def test_an_extension_is_told_with_its_date_and_how_it_counts(world: World) -> None:
    extension = extend(world, world.assignment("cuc-a"))
    event = world.assignment("cuc-a").events.last()
    assert (event.action, event.note, event.from_state) == (Action.EXTEND, "Thiên tai.", event.to_state)
    told = {notice.recipient for notice in Notice.objects.filter(event=event)}
    assert told == {world.reporters["cuc-a"], world.approvers["cuc-a"]}
    facts = dict(compose(Notice.objects.filter(event=event).first(), working_calendar(), LATER).facts)
    assert facts["Thời hạn"] == extension.deadline.phrase == "chậm nhất ngày 30/10/2025"
    assert facts["Cách tính"] == "nộp trong hạn này được tính đúng hạn"


@pytest.mark.parametrize(
    ("now", "closed", "why"), [("2025-11-01 08:00", False, "đã qua"), (None, True, "mở")]
)
def test_no_extension_into_the_past_or_in_a_closed_round(
    world: World, now: str | None, closed: bool, why: str
) -> None:
    if closed:
        opening.close_round(world.round, actor=world.lead, now=NOW)
    with pytest.raises(Refused, match=why):
        reviewing.extend(
            world.assignment("cuc-a"),
            until=DateToKeep("on_or_before", date(2025, 10, 30)),
            reason="Thiên tai.",
            actor=world.lead,
            now=at(now) if now else NOW,
        )
    assert not Deadline.objects.filter(purpose=Deadline.Purpose.EXTENSION).exists()
    assert world.assignment("cuc-a").extension is None


def test_waivers_stand_in_the_dated_log_and_only_while_the_round_is_open(world: World) -> None:
    reviewing.waive(world.assignment("cuc-a"), reason="Giải thể.", actor=world.lead, now=NOW)
    reviewing.unwaive(world.assignment("cuc-a"), reason="Nhầm.", actor=world.lead, now=LATER)
    log = [(e.label, e.note, e.at) for e in list_log(world.round)]
    name = world.units[0].name
    assert log == [("Bỏ miễn nộp", f"{name}. Nhầm.", LATER), ("Miễn nộp", f"{name}. Giải thể.", NOW)]
    reviewing.waive(world.assignment("so-c"), reason="Giải thể.", actor=world.lead, now=NOW)
    opening.close_round(world.round, actor=world.lead, now=LATER)
    for verb, code in ((reviewing.waive, "cuc-a"), (reviewing.unwaive, "so-c")):
        with pytest.raises(Refused, match="không còn mở"):
            verb(world.assignment(code), reason="x", actor=world.lead, now=LATER)
    assert list_log(world.round).count() == 3


def test_mail_that_asks_for_approval_names_the_date_to_keep(world: World) -> None:
    extend(world, world.assignment("cuc-a"))
    fill(world.assignment("cuc-a"), actor=world.reporters["cuc-a"], now=NOW)
    submitting.request_approval(world.assignment("cuc-a"), actor=world.reporters["cuc-a"], now=NOW)
    notice = Notice.objects.filter(rule=Action.REQUEST_APPROVAL).first()
    assert ("Thời hạn", "chậm nhất ngày 30/10/2025") in compose(notice, working_calendar(), NOW).facts


def move(world: World, code: str, day: int, **more: object) -> Deadline:
    return reviewing.move_return_date(
        world.assignment(code),
        until=DateToKeep("on_or_before", date(2025, 11, day)),
        reason="Bão số 12.",
        actor=world.reviewer,
        now=LATER,
        **more,  # type: ignore[arg-type]
    )


def test_a_new_date_of_a_return_is_told_and_reminded_and_judges_nothing(world: World) -> None:
    submit(world, "cuc-a")
    return_report(world, "cuc-a")
    before = timeliness.judgement(world.assignment("cuc-a"))
    deadline = move(world, "cuc-a", 7)
    assignment = world.assignment("cuc-a")
    assert (assignment.state, assignment.return_deadline, deadline.version) == (State.RETURNED, deadline, 2)
    assert timeliness.judgement(assignment) == before
    event = assignment.events.last()
    assert (event.action, event.note, event.actor, event.at) == (
        Action.MOVE_DATE,
        "Bão số 12.",
        world.reviewer,
        LATER,
    )
    told = {notice.recipient for notice in Notice.objects.filter(event=event)}
    assert told == {world.reporters["cuc-a"], world.approvers["cuc-a"]}
    notice = Notice.objects.filter(event=event).first()
    assert ("Thời hạn", "chậm nhất ngày 07/11/2025") in compose(notice, working_calendar(), LATER).facts
    due = {row.deadline for row in reminders.plan(at("2025-11-07 08:00")) if row.assignment == assignment}
    assert due == {deadline}
    assert {
        row.deadline for row in reminders.would_remind(at("2025-11-07 08:00")) if row.assignment == assignment
    } == {deadline}


def test_a_new_date_does_not_make_a_waiting_draft_look_newly_handed_over(world: World) -> None:
    submit(world, "cuc-a")
    return_report(world, "cuc-a")
    for comment in Comment.objects.all():
        reviewing.reply(comment, text="Đã bổ sung.", actor=world.reporters["cuc-a"], now=LATER)
    submitting.request_approval(world.assignment("cuc-a"), actor=world.reporters["cuc-a"], now=NOW)
    move(world, "cuc-a", 7)
    assert world.assignment("cuc-a").state == State.AWAITING_APPROVAL
    moment = at("2025-11-07 08:00")
    for found in (owing.present_duties(world.round, moment), owing.Ledgers(world.round).duties(moment)):
        mine = [d for d in found if d.assignment == world.assignment("cuc-a")]
        assert [(d.kind, d.state_since) for d in mine] == [("return", NOW), ("approval", NOW)]


@pytest.mark.parametrize(
    ("day", "seen", "why"),
    [(10, 7, "vừa đổi hạn"), (24, None, "đúng là ngày này"), (3, None, "đã qua")],
)
def test_a_date_of_a_return_is_not_moved_in_vain(world: World, day: int, seen: int | None, why: str) -> None:
    submit(world, "cuc-a")
    return_report(world, "cuc-a")
    month = 10 if day in (24, 3) else 11
    with pytest.raises(Refused, match=why):
        reviewing.move_return_date(
            world.assignment("cuc-a"),
            until=DateToKeep("on_or_before", date(2025, month, day)),
            reason="Bão.",
            actor=world.reviewer,
            now=LATER,
            seen=seen,
        )
    assert world.assignment("cuc-a").return_deadline.version == 1


def test_what_was_not_returned_has_no_date_of_a_return(world: World) -> None:
    fill(world.assignment("cuc-a"), actor=world.reporters["cuc-a"], now=NOW)
    with pytest.raises(Refused, match="chưa bị trả lại"):
        move(world, "cuc-a", 7)


def test_a_waiver_ends_what_waits_at_the_unit(world: World) -> None:
    submit(world, "cuc-a")
    return_report(world, "cuc-a")
    fill(world.assignment("so-c"), actor=world.reporters["so-c"], now=NOW)
    submitting.request_approval(world.assignment("so-c"), actor=world.reporters["so-c"], now=NOW)
    for code in ("cuc-a", "so-c"):
        reviewing.waive(world.assignment(code), reason="Giải thể.", actor=world.lead, now=LATER)
        assert world.assignment(code).state == State.WAIVED
        assert not [row for row in reminders.plan(at("2025-11-07 08:00")) if row.unit.code == code]


def test_a_return_without_words_and_comments_is_refused(world: World) -> None:
    submit(world, "cuc-a")
    until = DateToKeep("on_or_before", date(2025, 10, 24))
    returning = partial(reviewing.return_to_unit, until=until, note=" ", actor=world.reviewer, now=NOW)
    with pytest.raises(Refused, match="lời nhắn"):
        returning(world.assignment("cuc-a"))
    newest = reviewing.latest_submission(world.assignment("cuc-a"))
    section = newest.passages.first().section
    reviewing.add_comment(newest, section, text="Nêu rõ.", actor=world.reviewer, now=NOW)
    returning(world.assignment("cuc-a"))
    assert world.assignment("cuc-a").state == State.RETURNED


def at_once(verbs: list[Callable[[], object]]) -> list[str]:
    """What became of verbs that start together, each on a connection of its own."""
    start, said = threading.Barrier(len(verbs)), []

    def run(verb: Callable[[], object]) -> None:
        close_old_connections()
        start.wait()
        try:
            verb()
        except Exception as trouble:
            said.append(type(trouble).__name__)
        else:
            said.append("done")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[verb]) for verb in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return sorted(said)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in at a time")
def test_two_reviewers_return_at_once_and_one_is_told() -> None:
    world = make_world()
    submit(world, "cuc-a")

    def returning(actor: object) -> Callable[[], object]:
        seen = world.assignment("cuc-a")
        return lambda: reviewing.return_to_unit(
            seen,
            until=DateToKeep("on_or_before", date(2025, 10, 24)),
            note="Bổ sung.",
            actor=actor,  # type: ignore[arg-type]
            now=NOW,
        )

    said = at_once([returning(world.reviewer), returning(world.second_reviewer)])
    assert said == ["StaleState", "done"]
    assert Deadline.objects.filter(purpose=Deadline.Purpose.RETURN).count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in at a time")
def test_two_extensions_at_once_follow_each_other() -> None:
    world = make_world()
    fill(world.assignment("cuc-a"), actor=world.reporters["cuc-a"], now=NOW)
    seen = [world.assignment("cuc-a") for _ in range(2)]
    assert at_once([lambda row=row: extend(world, row) for row in seen]) == ["done", "done"]
    current = Deadline.objects.get(purpose=Deadline.Purpose.EXTENSION, replaced_at=None)
    assert world.assignment("cuc-a").extension.deadline == current
