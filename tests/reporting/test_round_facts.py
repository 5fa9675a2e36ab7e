"""A round's name, receiver and days are put right until it closes; one begun by mistake is dropped."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from reporting import opening, round_facts
from reporting.lifecycle import Refused
from reporting.models import Deadline, Round, Section
from reporting.round_facts import facts_of
from tests.factories import at, make_round

NOW = at("2025-09-20 09:00")


@pytest.fixture
def waiting(world) -> Round:
    return make_round(world, code="khoa-giao-2026", year=2026, opened_at=None)


def test_what_changes_stands_in_the_ledger(world, waiting):
    facts = replace(facts_of(waiting), name=" Khoa giáo 2026 ", data_cutoff=date(2026, 9, 30))
    round_facts.correct(waiting, facts, actor=world.admin, now=NOW)
    waiting.refresh_from_db()
    assert (waiting.name, waiting.data_cutoff) == ("Khoa giáo 2026", date(2026, 9, 30))
    event = waiting.events.get(action="correct")
    assert "→ “Khoa giáo 2026”" in event.note
    assert "chốt số liệu: không quy định → 30/09/2026" in event.note
    assert "nơi nhận" not in event.note


def test_the_lead_corrects_an_open_round_and_others_do_not(world):
    facts = replace(facts_of(world.round), addressee="Ban Chỉ đạo")
    for stranger in (world.reviewer, world.approvers["cuc-a"]):
        with pytest.raises(Refused):
            round_facts.correct(world.round, facts, actor=stranger, now=NOW)
    round_facts.correct(world.round, facts, actor=world.lead, now=NOW)
    assert Round.objects.get(pk=world.round.pk).addressee == "Ban Chỉ đạo"


def test_nothing_new_a_period_backwards_and_a_closed_round_are_refused(world):
    facts = facts_of(world.round)
    with pytest.raises(Refused, match="vẫn như cũ"):
        round_facts.correct(world.round, facts, actor=world.lead, now=NOW)
    with pytest.raises(Refused, match="kết thúc sau"):
        round_facts.correct(
            world.round, replace(facts, period_to=date(2000, 1, 1)), actor=world.lead, now=NOW
        )
    opening.close_round(world.round, actor=world.lead, now=NOW)
    with pytest.raises(Refused, match="đã khóa sổ"):
        round_facts.correct(world.round, replace(facts, name="Khác"), actor=world.lead, now=NOW)


def test_a_round_begun_by_mistake_goes_with_all_that_is_its_own(world, waiting):
    with pytest.raises(Refused):
        round_facts.drop(waiting, actor=world.lead, now=NOW)
    pk = waiting.pk
    round_facts.drop(waiting, actor=world.admin, now=NOW)
    assert not Round.objects.filter(pk=pk).exists()
    assert not Section.objects.filter(round=pk).exists()
    assert not Deadline.objects.filter(round=pk).exists()
    assert world.round.sections.exists()


def test_a_date_that_was_changed_goes_too(world, waiting):
    deadline = waiting.deadlines.filter(purpose=Deadline.Purpose.SUBMISSION).first()
    until = opening.DateToKeep("before", date(2026, 10, 25))
    opening.change_date(deadline, until, actor=world.admin, now=NOW)
    round_facts.drop(waiting, actor=world.admin, now=NOW)
    assert not Deadline.objects.filter(group=deadline.group, printed_date=date(2026, 10, 25)).exists()


def test_what_units_have_seen_or_others_were_made_from_stays(world, waiting):
    with pytest.raises(Refused, match="đã mở"):
        round_facts.drop(world.round, actor=world.admin, now=NOW)
    Round.objects.filter(pk=world.round.pk).update(previous=waiting)
    with pytest.raises(Refused, match="lấy đề cương"):
        round_facts.drop(waiting, actor=world.admin, now=NOW)


def test_the_page_corrects_and_keeps_what_was_typed(world, waiting, sign_in):
    client = sign_in(world.admin)
    page = reverse("reporting:round_facts", args=[waiting.code])
    assert page in client.get(reverse("reporting:round_setup", args=[waiting.code])).content.decode()
    typed = {
        "name": "Đợt khác",
        "addressee": "",
        "period_from": "01/01/2026",
        "period_to": "31/02/2026",
        "data_cutoff": "",
    }
    refused = client.post(page, typed)
    assert refused.status_code == 422
    assert "31/02/2026" in refused.content.decode()
    saved = client.post(page, typed | {"addressee": "Ban", "period_to": "31/12/2026"}, follow=True)
    assert "Đã lưu thông tin đợt." in saved.content.decode()
    assert Round.objects.get(pk=waiting.pk).name == "Đợt khác"


def test_dropping_asks_for_the_tick(world, waiting, sign_in):
    client = sign_in(world.admin)
    verb = reverse("reporting:round_drop", args=[waiting.code])
    assert "đánh dấu" in client.post(verb, follow=True).content.decode()
    assert "Đã bỏ đợt" in client.post(verb, {"chac": "1"}, follow=True).content.decode()
    assert not Round.objects.filter(pk=waiting.pk).exists()
    assert client.post(verb, {"chac": "1"}).status_code == 404
    assert sign_in(world.outsider).post(verb).status_code == 404
