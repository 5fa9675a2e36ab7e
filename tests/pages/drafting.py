"""What a unit owes, drafts, sends and hears."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.pages.audiences import (
    APPROVER_ACTS,
    GONE,
    MOVED,
    OF_UNIT,
    OFFICE,
    OK,
    SIGNED_IN,
    UNIT,
    UNIT_AND_OFFICE,
    audience,
)
from tests.pages.row import Kwargs, Row, soon
from tests.personas import Persona, Scene, Thing


def _duty(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"pk": thing.assignment.pk}


def _duty_and(**of_thing: Callable[[Thing], Any]) -> Kwargs:
    return lambda scene, thing: {"pk": thing.assignment.pk} | {k: get(thing) for k, get in of_thing.items()}


def _asking(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"pk": thing.asked.assignment_id}


def _asked(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"pk": thing.asked.assignment_id, "request_pk": thing.asked.pk}


def _receipt(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"code": thing.submission.code}


def _unprinted(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"code": thing.waiting.submissions.get().code}


def _notice(scene: Scene, thing: Thing) -> dict[str, Any]:
    reporter = scene.world.reporters[thing.unit.code]
    found = scene.notice_of(reporter)
    assert found is not None, "the scene tells every reporter something"
    return {"pk": found.pk}


def _section_form(scene: Scene, thing: Thing) -> dict[str, Any]:
    answer = thing.assignment.answers.filter(section=thing.section).first()
    assert answer is not None
    words = "Nội dung sửa lại."
    return {"kind": "content", "narrative": words, "version": str(answer.version), "do": "later"}


ROWS = [
    Row("reporting:home", get=SIGNED_IN),
    Row("reporting:sent", get=SIGNED_IN),
    Row(
        "reporting:assignment",
        get=audience(GONE, (UNIT, OK), (OFFICE, MOVED)),
        kwargs=_duty,
        unit=True,
    ),
    Row(
        "reporting:section",
        get=OF_UNIT,
        post=OF_UNIT,
        kwargs=_duty_and(key=lambda t: t.section.key),
        data=_section_form,
        unit=True,
        acts=True,
    ),
    Row(
        "reporting:section_autosave",
        post=OF_UNIT,
        kwargs=_duty_and(key=lambda t: t.section.key),
        data=_section_form,
        unit=True,
        acts=True,
    ),
    Row("reporting:check", get=OF_UNIT, post=OF_UNIT, kwargs=_duty, unit=True),
    Row("reporting:request_approval", post=OF_UNIT, kwargs=_duty, unit=True),
    Row(
        "reporting:send_back",
        post=APPROVER_ACTS,
        kwargs=_duty,
        unit=True,
        data=lambda s, t: {"note": "Xem lại."},
    ),
    Row("reporting:submit", post=APPROVER_ACTS, kwargs=_duty, unit=True),
    Row(
        "reporting:reply",
        post=OF_UNIT,
        kwargs=_duty_and(comment_pk=lambda t: t.comment.pk),
        data=lambda s, t: {"text": "Đã bổ sung."},
        unit=True,
        acts=True,
    ),
    Row("reporting:attachment_add", post=OF_UNIT, kwargs=_duty, unit=True),
    Row(
        "reporting:attachment",
        get=UNIT_AND_OFFICE,
        kwargs=_duty_and(file_pk=lambda t: t.sent_file.pk),
        unit=True,
        page=False,
        case="sent",
    ),
    Row(
        "reporting:attachment",
        get=OF_UNIT,
        kwargs=_duty_and(file_pk=lambda t: t.draft_file.pk),
        unit=True,
        page=False,
        case="draft",
    ),
    Row(
        "reporting:attachment_remove",
        post=OF_UNIT,
        kwargs=_duty_and(file_pk=lambda t: t.draft_file.pk),
        unit=True,
        acts=True,
    ),
    Row(
        "reporting:extension_ask",
        get=audience(GONE, (UNIT, OK), (OFFICE, MOVED)),
        post=OF_UNIT,
        kwargs=_duty,
        data=lambda s, t: {"until": soon(), "reason": "Bão lũ."},
        unit=True,
        acts=True,
    ),
    Row(
        "reporting:extension_ask",
        get=audience(GONE, (UNIT, OK), (OFFICE, MOVED)),
        kwargs=_asking,
        case="waits",
        unit=True,
    ),
    Row(
        "reporting:extension_withdraw",
        post=OF_UNIT,
        kwargs=_asked,
        unit=True,
        acts=True,
    ),
    Row("reporting:print", get=OF_UNIT, kwargs=_duty, unit=True),
    Row("reporting:receipt", get=UNIT_AND_OFFICE, kwargs=_receipt, unit=True),
    Row("reporting:submission_pdf", get=UNIT_AND_OFFICE, kwargs=_receipt, unit=True, page=False),
    Row("reporting:submission_print", get=UNIT_AND_OFFICE, kwargs=_receipt, unit=True),
    Row("reporting:submission_print", get=UNIT_AND_OFFICE, kwargs=_unprinted, unit=True, case="not printed"),
    Row(
        "reporting:submission_print_request",
        post=UNIT_AND_OFFICE,
        kwargs=_unprinted,
        unit=True,
        acts=True,
    ),
    Row("reporting:notices", get=SIGNED_IN),
    Row("reporting:calendar_settings", get=SIGNED_IN),
    Row("reporting:calendar_make", post=SIGNED_IN, data=lambda s, t: {"alarm": "on"}, acts=True),
    Row("reporting:calendar_revoke", post=SIGNED_IN),
    Row(
        "reporting:calendar_feed",
        get=audience(GONE, anonymous=GONE),
        kwargs=lambda s, t: {"token": "khong-dung"},
        page=False,
    ),
    Row(
        "reporting:notice_open",
        get=audience(GONE, ((Persona.REPORTER,), MOVED)),
        kwargs=_notice,
        unit=True,
    ),
    Row("reporting:notices_read", post=SIGNED_IN),
    Row("reporting:mail_works", post=SIGNED_IN),
    Row(
        "reporting:mail_choice", get=SIGNED_IN, post=SIGNED_IN, data=lambda s, t: {"how": "daily"}, acts=True
    ),
]
