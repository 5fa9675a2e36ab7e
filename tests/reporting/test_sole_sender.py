"""Two processes that would send at once: one does."""

from __future__ import annotations

import pytest

from reporting import notifying, tasks
from reporting.sole_sender import sole_sender

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data_dir(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def test_the_place_is_held_by_one_and_free_afterwards():
    with sole_sender() as first, sole_sender() as second:
        assert (first, second) == (True, False)
    with sole_sender() as again:
        assert again


def test_a_tick_beside_another_plans_but_does_not_send(monkeypatch):
    called = []
    monkeypatch.setattr(notifying, "send_all_due", lambda now: called.append(now) or notifying.Sent())
    with sole_sender():
        tasks.tick()
    assert called == []
    tasks.tick()
    assert len(called) == 1
