"""The task of every minute: plans, sends, wakes the printer."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.core import mail

from reporting import notifying, reminders, tasks
from reporting.models import Channel, Notice, RenderJob, Report
from reporting.notifying import claim_mail
from tests.factories import World
from tests.reporting.sending.outbox import NOW, mails, sent_to, states

pytestmark = pytest.mark.django_db


def test_it_is_much_when_a_second_sender_finds_something(world: World, monkeypatch) -> None:
    reminders.plan_due(NOW)
    due = Notice.objects.filter(channel=Channel.EMAIL).count()
    assert due > 1
    for batch, much in ((due - 1, True), (due, False)):
        monkeypatch.setattr(notifying, "BATCH", batch)
        assert notifying.is_much(NOW) is much
    claim_mail(NOW)
    monkeypatch.setattr(notifying, "BATCH", 0)
    assert not notifying.is_much(NOW)


def test_the_tick_plans_and_sends(world: World, time_machine) -> None:
    time_machine.move_to(NOW, tick=False)
    tasks.tick()
    assert [m.subject for m in sent_to("soan-cuc-a")] != []
    count = len(mail.outbox)
    tasks.tick()
    assert len(mail.outbox) == count


def test_the_tick_wakes_the_printer_where_a_print_waits(world: World, monkeypatch, time_machine) -> None:
    time_machine.move_to(NOW, tick=False)
    woken: list[dict[str, object]] = []
    monkeypatch.setattr(tasks.render, "apply_async", lambda **options: woken.append(options))
    tasks.tick()
    assert woken == []
    report = Report.objects.create(
        round=world.round,
        title="Báo cáo",
        addressee="Ban",
        opening="",
        closing="",
        recipients="",
        created_by=world.lead,
        created_at=NOW,
    )
    RenderJob.objects.create(report=report, requested_by=world.lead, requested_at=NOW)
    tasks.tick()
    assert woken == [{"expires": 55}]


def test_what_is_planned_goes_out_even_when_planning_fails(world: World, monkeypatch, time_machine) -> None:
    reminders.plan_due(NOW)
    time_machine.move_to(NOW, tick=False)

    def fail(now: datetime) -> int:
        raise RuntimeError("planning is broken")

    monkeypatch.setattr(reminders, "plan_due", fail)
    with pytest.raises(RuntimeError):
        tasks.tick()
    assert states() == {"sent": len(mails())}
