"""A unit asks for more time: once at a time, while it owes; what answers the request."""

from __future__ import annotations

from datetime import date

import pytest
from django.core import mail

from reporting import extension_requests, reviewing
from reporting.deadlines import DateToKeep
from reporting.drafting import SecretMark
from reporting.lifecycle import Refused, StaleState
from reporting.models import Channel, ExtensionRequest, Notice
from reporting.notifying import send_all_due
from reporting.report_paper import timeliness_words
from reporting.rollup import census
from reporting.states import Action
from tests.factories import World, at, return_report, submit

pytestmark = pytest.mark.django_db
NOW = at("2025-10-13 08:00")
ASKED = date(2025, 10, 27)
Outcome = ExtensionRequest.Outcome


def ask(world: World, code: str = "cuc-a", *, until: date = ASKED, by: object = None, when=NOW):
    return extension_requests.ask(
        world.assignment(code),
        until=until,
        reason="Bão số 10 làm ngập trụ sở.",
        actor=by or world.reporters[code],
        now=when,
    )


def grant(world: World, *, request: int | None = None, counts: bool = True, until: date = ASKED):
    return reviewing.extend(
        world.assignment("cuc-a"),
        until=DateToKeep("on_or_before", until),
        reason="Đồng ý.",
        decision_number="12/VPB9",
        counts_on_time=counts,
        actor=world.lead,
        now=at("2025-10-14 08:00"),
        request=request,
    )


def told(rule: str) -> set[str]:
    found = Notice.objects.filter(rule=rule, channel=Channel.EMAIL)
    return set(found.values_list("recipient__username", flat=True))


def test_the_lead_and_the_units_approver_hear_of_it(world: World) -> None:
    made = ask(world)
    assert (made.until, made.outcome, made.asked_by) == (ASKED, Outcome.OPEN, world.reporters["cuc-a"])
    assert told(Action.ASK_EXTENSION) == {"lanh-dao-vp", "duyet-cuc-a"}
    send_all_due(NOW)
    letter = mail.outbox[0]
    assert letter.subject.startswith("Xin gia hạn: Cục Quản lý Y, Dược cổ truyền")
    assert f"/viec/{made.assignment_id}/gia-han/" in letter.body
    assert "thứ Hai 27/10/2025" in letter.body
    assert "trước ngày 20/10/2025" in letter.body


@pytest.mark.parametrize(
    ("until", "said"),
    [
        (date(2025, 10, 12), "đã qua"),
        (date(2025, 10, 19), "phải sau thời hạn đang có"),
        (date(2027, 1, 1), "hơn một năm"),
    ],
)
def test_a_day_that_gives_no_time_is_refused(world: World, until: date, said: str) -> None:
    with pytest.raises(Refused, match=said):
        ask(world, until=until)
    assert not ExtensionRequest.objects.exists()


def test_one_waits_at_a_time(world: World) -> None:
    first = ask(world)
    with pytest.raises(Refused, match="đang có một đề nghị"):
        ask(world, by=world.approvers["cuc-a"])
    extension_requests.withdraw(first, actor=world.approvers["cuc-a"], now=NOW)
    assert first.outcome == Outcome.WITHDRAWN
    assert told(Action.WITHDRAW_EXTENSION) == {"lanh-dao-vp", "soan-cuc-a"}
    assert ask(world).is_open


def test_a_colleague_who_asks_in_the_same_moment_is_told(world: World, monkeypatch) -> None:
    ask(world)
    monkeypatch.setattr("reporting.lifecycle._request_waits", lambda assignment: False)
    with pytest.raises(StaleState, match="Đồng nghiệp vừa gửi"):
        ask(world, by=world.approvers["cuc-a"])
    assert ExtensionRequest.objects.count() == 1


def test_only_people_of_the_unit_ask(world: World) -> None:
    for other in (world.outsider, world.lead, world.reporters["so-c"]):
        with pytest.raises(Refused, match="không có quyền"):
            ask(world, by=other)


def test_what_is_sent_needs_no_time(world: World) -> None:
    submit(world, "cuc-a")
    with pytest.raises(Refused):
        ask(world)


def test_a_marked_reason_is_not_kept(world: World) -> None:
    with pytest.raises(SecretMark):
        extension_requests.ask(
            world.assignment("cuc-a"),
            until=ASKED,
            reason="MẬT\nVì việc khác",
            actor=world.reporters["cuc-a"],
            now=NOW,
        )


def test_an_extension_answers_it(world: World) -> None:
    made = ask(world)
    extension = grant(world, request=made.pk, until=date(2025, 10, 24))
    made.refresh_from_db()
    assert (made.outcome, made.granted, made.answered_by) == (
        Outcome.GRANTED,
        extension.deadline,
        world.lead,
    )
    with pytest.raises(StaleState, match="đã được trả lời"):
        grant(world, request=made.pk, until=date(2025, 10, 25))
    assert grant(world, until=date(2025, 10, 25)).deadline.version == 2


def test_declined_with_a_reason_the_unit_hears(world: World) -> None:
    made = ask(world)
    with pytest.raises(Refused, match="lãnh đạo Văn phòng"):
        extension_requests.decline(made, reason="Không.", actor=world.reviewer, now=NOW)
    with pytest.raises(Refused, match="lý do"):
        extension_requests.decline(made, reason=" ", actor=world.lead, now=NOW)
    extension_requests.decline(made, reason="Bộ phải gửi đúng ngày.", actor=world.lead, now=NOW)
    assert (made.outcome, made.answer) == (Outcome.DECLINED, "Bộ phải gửi đúng ngày.")
    assert told(Action.DECLINE_EXTENSION) == {"soan-cuc-a", "duyet-cuc-a"}
    with pytest.raises(Refused, match="không có đề nghị"):
        extension_requests.decline(made, reason="Lần nữa.", actor=world.lead, now=NOW)


def test_sending_ends_the_request(world: World) -> None:
    made = ask(world, when=at("2025-10-09 08:00"))
    submit(world, "cuc-a")
    made.refresh_from_db()
    assert made.outcome == Outcome.LAPSED


def test_a_returned_reports_date_moves_by_the_reviewer(world: World) -> None:
    submit(world, "cuc-a")
    return_report(world, "cuc-a", until=date(2025, 10, 24))
    made = ask(world)

    def move(day: date) -> None:
        reviewing.move_return_date(
            world.assignment("cuc-a"),
            until=DateToKeep("on_or_before", day),
            reason="Đồng ý.",
            actor=world.reviewer,
            now=NOW,
            request=made.pk,
        )

    with pytest.raises(Refused, match="phải sau hạn đang có"):
        move(date(2025, 10, 20))
    move(ASKED)
    made.refresh_from_db()
    assert (made.outcome, made.granted.purpose) == (Outcome.GRANTED, "return")


@pytest.mark.parametrize(
    ("counts", "words", "mark"),
    [
        (True, "Đúng hạn: 1; Muộn có gia hạn: 0; Nộp muộn: 0; chưa nộp, đã quá hạn: 3", True),
        (False, "Đúng hạn: 0; Muộn có gia hạn: 1; Nộp muộn: 0; chưa nộp, đã quá hạn: 3", False),
    ],
)
def test_the_statistics_count_extensions(world: World, counts: bool, words: str, mark: bool) -> None:
    grant(world, counts=counts)
    submit(world, "cuc-a", "2025-10-22 08:00")
    taken = census(world.round)
    said = timeliness_words(taken, at("2025-11-01 08:00"))
    assert words in said
    assert "Được gia hạn: 1 đơn vị" in said
    line = next(line for line in taken.lines if line.assignment.unit.code == "cuc-a")
    assert line.on_time_by_extension is mark
