"""Processes that would send at once: as many do as there are places."""

from __future__ import annotations

import pytest
from kombu.exceptions import OperationalError

from reporting import notifying, tasks
from reporting.sender_places import sender_place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data_dir(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def sent(monkeypatch) -> list[object]:
    called: list[object] = []
    monkeypatch.setattr(notifying, "send_all_due", lambda now: called.append(now) or notifying.Sent())
    return called


def test_a_place_is_held_by_one_and_free_afterwards():
    with sender_place() as first, sender_place() as second, sender_place() as third:
        assert (first, second, third) == (True, True, False)
    with sender_place() as again:
        assert again


def test_a_tick_beside_two_senders_plans_but_does_not_send(sent):
    with sender_place(), sender_place():
        tasks.tick()
    assert sent == []
    tasks.tick()
    assert len(sent) == 1


@pytest.mark.parametrize(("much", "senders"), [(False, 1), (True, 2)])
def test_much_mail_is_sent_by_two(sent, monkeypatch, much, senders):
    monkeypatch.setattr(notifying, "is_much", lambda now: much)
    monkeypatch.setattr(tasks.send, "apply_async", lambda expires: tasks.send())
    tasks.tick()
    assert len(sent) == senders


def test_without_a_broker_the_tick_sends_alone(sent, monkeypatch):
    def away(expires: int) -> None:
        raise OperationalError

    monkeypatch.setattr(notifying, "is_much", lambda now: True)
    monkeypatch.setattr(tasks.send, "apply_async", away)
    tasks.tick()
    assert len(sent) == 1
