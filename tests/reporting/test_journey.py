"""The main job in the domain, without HTTP: open, draft, approve, return, resubmit, accept."""

import hashlib
import json

import pytest

from reporting import drafting, lifecycle, reviewing, submitting
from reporting.models import Event, Notice, Section
from reporting.states import AnswerStatus, State
from reporting.timeliness import judgement
from tests.factories import at, fill, return_report, submit


def test_a_report_goes_there_and_back(world):
    first = submit(world, "cuc-a", "2025-10-10 15:00")
    assert first.sha256 == hashlib.sha256(first.content.encode()).hexdigest()
    assert len(json.loads(first.content)["sections"]) == 16
    assignment = return_report(world, "cuc-a")
    comment = first.comments.get()
    reviewing.reply(comment, text="Đã bổ sung.", actor=world.reporters["cuc-a"], now=at("2025-10-13 09:00"))
    fill(assignment, actor=world.reporters["cuc-a"], now=at("2025-10-13 09:10"), amount=13)
    submitting.request_approval(assignment, actor=world.reporters["cuc-a"], now=at("2025-10-13 09:20"))
    second = submitting.submit(assignment, actor=world.approvers["cuc-a"], now=at("2025-10-21 10:00"))
    reviewing.accept(assignment, actor=world.reviewer, now=at("2025-10-22 10:00"))
    assignment = world.assignment("cuc-a")
    assert (assignment.state, assignment.accepted_submission) == (State.ACCEPTED, second)
    assert judgement(assignment) == "on_time"  # the first submission counts; the return does not touch it
    assert list(Event.objects.filter(assignment=assignment).values_list("action", flat=True)) == [
        "start",
        "request_approval",
        "submit",
        "return",
        "request_approval",
        "submit",
        "accept",
    ]
    assert first.content == type(first).objects.get(pk=first.pk).content


def test_approval_waits_for_answers_to_comments(world):
    submit(world, "cuc-a")
    assignment = return_report(world, "cuc-a")
    with pytest.raises(lifecycle.Refused, match="chưa được trả lời"):
        submitting.request_approval(assignment, actor=world.reporters["cuc-a"], now=at("2025-10-13 09:20"))


def test_two_reviewers_decide_and_one_is_told_who_won(world):
    submit(world, "cuc-a")
    mine, theirs = world.assignment("cuc-a"), world.assignment("cuc-a")
    reviewing.accept(mine, actor=world.reviewer, now=at("2025-10-12 10:00"))
    with pytest.raises(lifecycle.StaleState, match="Chuyên viên tổng hợp 1 vừa xử lý"):
        reviewing.accept(theirs, actor=world.second_reviewer, now=at("2025-10-12 10:00"))


def test_colleagues_never_overwrite_each_other(world):
    assignment = world.assignment("cuc-a")
    section = Section.objects.get(round=world.round, key="2")
    save = {"status": AnswerStatus.IN_PROGRESS, "amounts": {}, "actor": world.reporters["cuc-a"]}
    drafting.save_section(
        assignment, section, html="<p>một</p>", seen_version=0, now=at("2025-10-01 08:00"), **save
    )
    with pytest.raises(drafting.Conflict) as conflict:
        drafting.save_section(
            assignment, section, html="<p>hai</p>", seen_version=0, now=at("2025-10-01 08:01"), **save
        )
    assert conflict.value.answer.narrative == "<p>một</p>"


def test_an_event_leaves_messages_in_the_outbox(world):
    submit(world, "cuc-a")
    rules = set(Notice.objects.values_list("rule", "recipient__username", "channel"))
    assert ("request_approval", "duyet-cuc-a", "email") in rules
    assert ("submit", "soan-cuc-a", "in_app") in rules


def test_a_secret_is_not_stored(world):
    assignment = world.assignment("cuc-a")
    section = Section.objects.get(round=world.round, key="2")
    with pytest.raises(drafting.SecretMark):
        drafting.save_section(
            assignment,
            section,
            html="<p>TỐI MẬT</p><p>Nội dung</p>",
            status=AnswerStatus.DONE,
            amounts={},
            seen_version=0,
            actor=world.reporters["cuc-a"],
            now=at("2025-10-01 08:00"),
        )
    assert not assignment.answers.exists()
    assert world.assignment("cuc-a").state == State.NOT_STARTED
