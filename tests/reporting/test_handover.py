"""Open duties go to the unit that took over; what was sent stays where it is."""

from datetime import date

import pytest
from django.core import mail
from django.urls import reverse

from reporting import extension_requests, handover, opening, reviewing
from reporting.deadlines import DateToKeep
from reporting.lifecycle import Refused
from reporting.models import Assignment, Event, ExtensionRequest
from reporting.notifying import send_all_due
from reporting.states import State
from reporting.timeliness import kept_deadline
from tests.factories import accept, at, fill, submit
from units.models import Succession, Unit

NOW = at("2025-10-05 09:00")


@pytest.fixture
def heir(world) -> Unit:
    """Took over `cuc-a` on 1/10/2025; has no duty in the round."""
    made = Unit.objects.create(code="cuc-moi", name="Cục Mới")
    record(world.units[0], made)
    return made


def record(old: Unit, new: Unit, on: date = date(2025, 10, 1)) -> None:
    Succession.objects.create(predecessor=old, successor=new, effective_on=on, legal_basis="Quyết định số 1")


def test_an_open_duty_ends_and_the_heir_gets_its_own(world, heir):
    old = world.assignment("cuc-a")
    fill(old, actor=world.reporters["cuc-a"], now=at("2025-10-02 09:00"))
    (line,) = handover.plan(world.units[0], heir).lines
    assert (line.assignment, line.target, line.goes) == (old, None, True)
    assert not Assignment.objects.filter(unit=heir).exists()

    assert handover.hand_over(world.units[0], heir, actor=world.admin, now=NOW) == [old]
    old.refresh_from_db()
    new = Assignment.objects.get(unit=heir)
    assert (old.state, old.successor, old.unit, old.unit_name) == (
        State.SUPERSEDED,
        new,
        world.units[0],
        "Cục Quản lý Y, Dược cổ truyền",
    )
    assert (new.state, new.deadline, new.group) == (State.NOT_STARTED, old.deadline, old.group)
    assert old.answers.exists()
    event = Event.objects.filter(assignment=old).last()
    assert (event.action, event.actor) == ("supersede", world.admin)
    assert event.note == "Cục Mới kế thừa từ ngày 01/10/2025, theo Quyết định số 1."
    assert [e.action for e in world.round.events.all()][-2:] == ["add_unit", "hand_over"]


def test_an_heir_with_a_duty_keeps_that_one(world):
    host = world.units[1]
    record(world.units[0], host)
    count = Assignment.objects.count()
    handover.hand_over(world.units[0], host, actor=world.lead, now=NOW)
    assert Assignment.objects.count() == count
    assert world.assignment("cuc-a").successor == world.assignment("benh-vien-b")


@pytest.mark.parametrize("sent", [submit, lambda world, code: (submit(world, code), accept(world, code))])
def test_what_was_sent_stays(world, heir, sent):
    sent(world, "cuc-a")
    before = world.assignment("cuc-a").state
    (line,) = handover.plan(world.units[0], heir).lines
    assert not line.goes
    assert "Giữ nguyên" in line.words
    assert handover.hand_over(world.units[0], heir, actor=world.admin, now=at("2025-10-15 09:00")) == []
    assert world.assignment("cuc-a").state == before
    assert not Assignment.objects.filter(unit=heir).exists()


def test_handing_over_twice_changes_nothing_more(world, heir):
    handover.hand_over(world.units[0], heir, actor=world.admin, now=NOW)
    events = Event.objects.count()
    assert handover.hand_over(world.units[0], heir, actor=world.admin, now=NOW) == []
    assert Event.objects.count() == events


def test_a_closed_round_is_left_alone(world, heir):
    opening.close_round(world.round, actor=world.lead, now=NOW)
    assert handover.plan(world.units[0], heir).lines == ()


@pytest.mark.parametrize("case", ["not recorded", "not yet", "outsider", "reviewer"])
def test_what_is_refused_leaves_every_duty(world, heir, case):
    actor, now, to = world.admin, NOW, heir
    if case == "not recorded":
        to = world.units[1]
    elif case == "not yet":
        now = at("2025-09-30 23:59")
    else:
        actor = getattr(world, case)
    count = Assignment.objects.count()
    with pytest.raises(Refused):
        handover.hand_over(world.units[0], to, actor=actor, now=now)
    assert (world.assignment("cuc-a").state, Assignment.objects.count()) == (State.NOT_STARTED, count)


def test_the_plan_is_two_queries(world, heir, django_assert_num_queries):
    with django_assert_num_queries(2):
        handover.plan(world.units[0], heir)


# The page


@pytest.fixture
def page(time_machine) -> str:
    time_machine.move_to(NOW, tick=False)
    return reverse("reporting:handover", args=["cuc-a"])


def typed(heir: Unit, **changes: object) -> dict[str, object]:
    return {
        "successor": heir.pk,
        "effective_on": "05/10/2025",
        "legal_basis": "Quyết định số 9",
        "with_people": "on",
        **changes,
    }


@pytest.fixture
def stranger_heir(db) -> Unit:
    return Unit.objects.create(code="cuc-nhan", name="Cục Nhận")


def test_only_admins_merge(world, sign_in, page, stranger_heir):
    for person in (world.lead, world.approvers["cuc-a"], world.outsider):
        for response in (sign_in(person).get(page), sign_in(person).post(page, typed(stranger_heir))):
            assert response.status_code == 403
            assert "quản trị" in response.content.decode()
    assert not Succession.objects.exists()


def test_the_preview_writes_nothing_and_the_confirmation_does_it(world, sign_in, page, stranger_heir):
    client = sign_in(world.admin)
    assert client.get(page).status_code == 200
    shown = client.get(page, typed(stranger_heir, together=[world.units[1].code]))
    assert [unit.code for unit in shown.context["plan"].ending] == ["cuc-a", "benh-vien-b"]
    assert len(shown.context["duties"]) == 2
    assert not Succession.objects.exists()
    done = client.post(page, typed(stranger_heir, together=[world.units[1].code]))
    assert done.headers["Location"] == stranger_heir.get_absolute_url()
    assert world.assignment("cuc-a").state == State.SUPERSEDED
    assert world.assignment("benh-vien-b").successor == world.assignment("cuc-nhan")
    assert Unit.objects.get(code="cuc-a").valid_to == date(2025, 10, 5)
    assert stranger_heir.memberships.count() == 4


def test_a_day_to_come_is_recorded_and_handed_over_when_it_comes(
    world, sign_in, page, stranger_heir, time_machine
):
    client = sign_in(world.admin)
    client.post(page, typed(stranger_heir, effective_on="10/10/2025"))
    assert world.assignment("cuc-a").state == State.NOT_STARTED
    row = Succession.objects.get()
    client.post(page, {"con-lai": row.pk})
    assert world.assignment("cuc-a").state == State.NOT_STARTED
    time_machine.move_to(at("2025-10-10 00:00"), tick=False)
    client = sign_in(world.admin)  # the session of five days ago is over
    client.post(page, {"con-lai": row.pk})
    assert world.assignment("cuc-a").state == State.SUPERSEDED


@pytest.mark.parametrize(
    "changes",
    [{"successor": ""}, {"effective_on": "x"}, {"legal_basis": " "}, {"together": ["self"]}, {"known": True}],
)
def test_a_bad_merge_is_said_and_changes_nothing(world, sign_in, page, stranger_heir, changes):
    if changes.get("together"):
        changes = {"together": [stranger_heir.code]}
    if changes.pop("known", False):
        record(world.units[0], stranger_heir)
    count = Succession.objects.count()
    response = sign_in(world.admin).post(page, typed(stranger_heir, **changes))
    assert response.status_code == 422
    assert response.context["form"].errors
    assert Succession.objects.count() == count
    assert world.assignment("cuc-a").state == State.NOT_STARTED


@pytest.mark.parametrize("number", ["abc", "99999", ""])
def test_an_unknown_succession_is_404(world, sign_in, page, number):
    assert sign_in(world.admin).post(page, {"con-lai": number}).status_code == 404


def test_an_extension_goes_with_the_duty(world, heir):
    until = DateToKeep("on_or_before", date(2025, 10, 30))
    given = reviewing.extend(
        world.assignment("cuc-a"),
        until=until,
        reason="Bão.",
        decision_number="15/VPB",
        counts_on_time=False,
        actor=world.lead,
        now=at("2025-10-02 09:00"),
    )
    host = world.units[1]
    record(world.units[0], host)
    for successor in (host, heir):
        Assignment.objects.filter(pk=given.assignment_id).update(state=State.NOT_STARTED, successor=None)
        handover.hand_over(world.units[0], successor, actor=world.admin, now=NOW)
        new = Assignment.objects.get(unit=successor)
        carried = new.extension
        assert (carried.deadline.phrase, carried.counts_on_time, carried.decision_number) == (
            "chậm nhất ngày 30/10/2025",
            False,
            "15/VPB",
        )
        assert (carried.granted_by, carried.deadline.assignment) == (world.lead, new)
        assert new.events.last().note == "Theo Cục Quản lý Y, Dược cổ truyền: Bão."
        assert kept_deadline(new) == carried.deadline


def asked(world, day: int) -> ExtensionRequest:
    return extension_requests.ask(
        world.assignment("cuc-a"),
        until=date(2025, 10, day),
        reason="Bão.",
        actor=world.reporters["cuc-a"],
        now=at("2025-10-02 09:00"),
    )


def test_a_request_for_time_waits_on_with_the_duty_and_the_lead_hears(world, heir):
    before = asked(world, 30)
    (line,) = handover.plan(world.units[0], heir).lines
    assert "Đề nghị gia hạn đang chờ chuyển theo" in line.words
    handover.hand_over(world.units[0], heir, actor=world.admin, now=NOW)
    new = Assignment.objects.get(unit=heir)
    carried = extension_requests.open_request(new)
    assert (carried.until, carried.asked_by, carried.asked_at, carried.reason) == (
        before.until,
        before.asked_by,
        NOW,
        "Theo Cục Quản lý Y, Dược cổ truyền: Bão.",
    )
    send_all_due(NOW)
    (told,) = [m for m in mail.outbox if m.to == [world.lead.email] and "Cục Mới" in m.subject]
    assert told.subject.startswith("Xin gia hạn: Cục Mới")
    assert "30/10/2025" in told.body
    before.refresh_from_db()
    assert (before.outcome, before.answer) == ("lapsed", "Đơn vị sáp nhập: chuyển sang Cục Mới.")
    said = Event.objects.get(assignment=before.assignment, action="supersede").note
    assert said.endswith("Đề nghị gia hạn đến hết 30/10/2025 đang chờ được chuyển sang Cục Mới.")


@pytest.mark.parametrize(
    ("case", "why"),
    [("waits", "đã có đề nghị đang chờ"), ("waived", "không còn phải nộp"), ("later", "không muộn hơn")],
)
def test_a_request_that_cannot_go_on_is_closed_with_the_reason(world, case, why):
    before = asked(world, 22 if case == "later" else 30)
    host = world.assignment("benh-vien-b")
    record(world.units[0], host.unit)
    if case == "waits":
        ExtensionRequest.objects.create(
            assignment=host, until=date(2025, 10, 31), reason="x", asked_by=world.lead, asked_at=NOW
        )
    elif case == "waived":
        reviewing.waive(host, reason="Gộp", actor=world.lead, now=at("2025-10-03 09:00"))
    else:
        until = DateToKeep("on_or_before", date(2025, 10, 25))
        reviewing.extend(host, until=until, reason="Lũ", actor=world.lead, now=at("2025-10-03 09:00"))
    waiting = ExtensionRequest.objects.filter(assignment=host).count()
    handover.hand_over(world.units[0], host.unit, actor=world.admin, now=NOW)
    before.refresh_from_db()
    assert (before.outcome, why in before.answer) == ("lapsed", True)
    assert why in Event.objects.get(assignment=before.assignment, action="supersede").note
    assert ExtensionRequest.objects.filter(assignment=host).count() == waiting
