"""Decisions of the office about one unit: on what was read, once, and only while they mean something."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from django.db import close_old_connections, connection, connections

from reporting import reviewing, submitting
from reporting.deadlines import DateToKeep
from reporting.lifecycle import Refused, StaleState
from reporting.models import Assignment, Comment, Deadline, Extension
from reporting.states import State
from tests.factories import World, at, fill, make_world, return_report, submit

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
