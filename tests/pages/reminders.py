"""Reminders: planned, ruled, held, logged."""

from __future__ import annotations

from typing import Any

from reporting import reminder_rules
from reporting.models import Channel, Notice
from reporting.states import NoticeState
from tests.pages.audiences import (
    AT_OFFICE,
    AT_OFFICE_OR_ADMIN,
    EDITORS_ACT,
    LEAD_ACTS,
    LEAD_RULES,
    LEAD_RULES_SEE,
    URGES,
    URGES_SEE,
)
from tests.pages.row import Row, of_round, soon, unit_code
from tests.personas import Scene, Thing


def _sent_mail(scene: Scene, thing: Thing) -> dict[str, Any]:
    """A mail to somebody at the unit that has gone out."""
    sent = Notice.objects.filter(assignment__unit=thing.unit, channel=Channel.EMAIL, state=NoticeState.SENT)
    row = sent.exclude(rule="request_approval").latest("pk")
    return {"code": row.round.code, "pk": row.pk}


def _rule(scene: Scene, thing: Thing) -> dict[str, Any]:
    row = scene.rounds["open"]
    return {"code": row.code, "pk": reminder_rules.in_force(row)[0].pk}


def _new_rule(scene: Scene, thing: Thing) -> dict[str, Any]:
    fields = {"kind": "submission", "days": "5", "side": "before", "at": "8:00", "told": ["reporters"]}
    return {f"moi-{name}": value for name, value in fields.items()}


def _changed_rule(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"days": "21", "side": "before", "at": "9h30", "told": ["reporters", "lead"]}


def _hour(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"gio-at": "14:30"}


ROWS = [
    Row("reporting:reminders", get=AT_OFFICE, kwargs=of_round()),
    Row(
        "reporting:reminders_pause",
        post=LEAD_ACTS,
        kwargs=of_round(),
        acts=True,
    ),
    Row("reporting:reminders_resume", post=LEAD_ACTS, kwargs=of_round()),
    Row(
        "reporting:reminders_hold",
        post=EDITORS_ACT,
        kwargs=of_round(),
        data=lambda s, t: {"unit": t.unit.pk, "until": soon(), "reason": "Bão lũ."},
        unit=True,
        acts=True,
    ),
    Row("reporting:reminder_rules", get=AT_OFFICE_OR_ADMIN, kwargs=of_round()),
    Row("reporting:reminder_rules", get=AT_OFFICE_OR_ADMIN, kwargs=of_round("preparing"), case="preparing"),
    Row("reporting:reminder_rules_xlsx", get=AT_OFFICE_OR_ADMIN, kwargs=of_round(), page=False),
    Row("reporting:reminder_rules_time", post=LEAD_RULES, kwargs=of_round(), data=_hour, acts=True),
    Row("reporting:reminder_rule_add", post=LEAD_RULES, kwargs=of_round(), data=_new_rule, acts=True),
    Row(
        "reporting:reminder_rule",
        get=LEAD_RULES_SEE,
        post=LEAD_RULES,
        kwargs=_rule,
        data=_changed_rule,
        acts=True,
    ),
    Row(
        "reporting:reminder_rule_switch",
        post=LEAD_RULES,
        kwargs=_rule,
        data=lambda s, t: {"bat": "0"},
        acts=True,
    ),
    Row("reporting:reminder_rule_remove", post=LEAD_RULES, kwargs=_rule, acts=True),
    Row("reporting:unit_reminders", get=URGES_SEE, kwargs=unit_code, unit=True),
    Row("reporting:unit_log", get=URGES_SEE, kwargs=unit_code, unit=True),
    Row("reporting:unit_log_xlsx", get=URGES_SEE, kwargs=unit_code, unit=True, page=False),
    Row("reporting:forecast", get=AT_OFFICE, kwargs=of_round()),
    Row("reporting:forecast_xlsx", get=AT_OFFICE, kwargs=of_round(), page=False),
    Row(
        "reporting:mail_to_come",
        get=AT_OFFICE,
        kwargs=lambda s, t: {**of_round()(s, t), "person": s.world.lead.pk},
    ),
    Row("reporting:silent_xlsx", get=AT_OFFICE, kwargs=of_round(), page=False),
    Row(
        "reporting:unit_hold",
        post=URGES,
        kwargs=unit_code,
        data=lambda s, t: {"until": soon(), "reason": "Bão lũ."},
        unit=True,
        acts=True,
    ),
    Row("reporting:unit_lift", post=URGES, kwargs=unit_code, unit=True),
    Row("reporting:notice_log", get=AT_OFFICE, kwargs=of_round()),
    Row("reporting:notice_log_xlsx", get=AT_OFFICE, kwargs=of_round(), page=False),
    Row(
        "reporting:mail_offer",
        post=LEAD_ACTS,
        kwargs=of_round(),
        data=lambda s, t: {"allowed": "1"},
        acts=True,
    ),
    Row("reporting:send_again", post=EDITORS_ACT, kwargs=_sent_mail, unit=True, acts=True),
    Row(
        "reporting:came_back",
        post=EDITORS_ACT,
        kwargs=_sent_mail,
        data=lambda s, t: {"because": "550 5.1.1 no such mailbox"},
        unit=True,
        acts=True,
    ),
]
