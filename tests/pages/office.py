"""The office looks at the units of a round and decides; who stands for a unit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from tests.pages.audiences import (
    AT_OFFICE,
    AT_OFFICE_OR_ADMIN,
    EDITORS_ACT,
    LEAD_ACTS,
    SAYS_CONTACTS,
    SEES_CONTACTS,
)
from tests.pages.row import Kwargs, Row, of_round, unit_code
from tests.personas import Scene, Thing
from units.contacts import contacts_of


def _review(state: str = "second", **more: Callable[[Thing], Any]) -> Kwargs:
    return lambda scene, thing: (
        {"code": scene.rounds[state].code, "unit_code": thing.unit.code}
        | {k: get(thing) for k, get in more.items()}
    )


def _seen_people(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"seen": contacts_of([thing.unit], timezone.localdate())[thing.unit.pk].signature}


ROWS = [
    Row("reporting:round", get=AT_OFFICE, kwargs=of_round()),
    Row("reporting:round", get=AT_OFFICE, kwargs=of_round("issued"), case="issued"),
    Row("reporting:pace", get=AT_OFFICE, kwargs=of_round()),
    Row("reporting:units", get=AT_OFFICE, kwargs=of_round()),
    Row("reporting:units_xlsx", get=AT_OFFICE, kwargs=of_round(), page=False),
    Row("reporting:matrix", get=AT_OFFICE, kwargs=of_round()),
    Row("reporting:queue", get=AT_OFFICE, kwargs=of_round("second")),
    Row("reporting:queue", get=AT_OFFICE, kwargs=of_round("signed"), case="empty"),
    Row("reporting:review", get=AT_OFFICE, kwargs=_review(), unit=True),
    Row("reporting:review", get=AT_OFFICE, kwargs=_review("open"), unit=True, case="returned"),
    Row(
        "reporting:comment_add",
        post=EDITORS_ACT,
        kwargs=_review(),
        data=lambda s, t: {"text": "Nêu rõ hơn.", "section": t.unsent_comment.section.key},
        unit=True,
        acts=True,
    ),
    Row(
        "reporting:comment_remove",
        post=EDITORS_ACT,
        kwargs=_review(comment_pk=lambda t: t.unsent_comment.pk),
        unit=True,
        acts=True,
    ),
    Row(
        "reporting:decide",
        post=EDITORS_ACT,
        kwargs=_review(),
        data=lambda s, t: {"d-decision": "accept", "d-note": ""},
        unit=True,
        acts=True,
    ),
    Row(
        "reporting:reopen",
        post=LEAD_ACTS,
        kwargs=_review(),
        data=lambda s, t: {"r-reason": "Xem lại."},
        unit=True,
    ),
    Row(
        "reporting:extend",
        post=LEAD_ACTS,
        kwargs=_review("signed"),
        data=lambda s, t: {"x-until_date": "24/10/2027", "x-reason": "Bão lũ.", "x-counts_on_time": "on"},
        unit=True,
        acts=True,
    ),
    Row(
        "reporting:decline_extension",
        post=LEAD_ACTS,
        kwargs=_review("signed"),
        data=lambda s, t: {"n-reason": "Phải gửi đúng ngày.", "n-request": t.asked.pk},
        unit=True,
        acts=True,
    ),
    Row("reporting:review", get=AT_OFFICE, kwargs=_review("signed"), unit=True, case="asks for time"),
    Row("reporting:extensions", get=AT_OFFICE, kwargs=of_round("signed")),
    Row("reporting:extensions", get=AT_OFFICE, kwargs=of_round(), case="empty"),
    Row("reporting:extensions_xlsx", get=AT_OFFICE, kwargs=of_round("signed"), page=False),
    Row(
        "reporting:move_date",
        post=EDITORS_ACT,
        kwargs=_review("open"),
        data=lambda s, t: {"m-until_date": "24/10/2027", "m-reason": "Bão lũ."},
        unit=True,
        acts=True,
    ),
    Row(
        "reporting:unwaive",
        post=LEAD_ACTS,
        kwargs=_review("signed"),
        data=lambda s, t: {"u-reason": "Miễn nhầm."},
        unit=True,
    ),
    Row(
        "reporting:waive",
        post=LEAD_ACTS,
        kwargs=_review("signed"),
        data=lambda s, t: {"w-reason": "Mới thành lập."},
        unit=True,
        acts=True,
    ),
    Row("reporting:readiness", get=AT_OFFICE_OR_ADMIN, kwargs=of_round()),
    Row("reporting:readiness_xlsx", get=AT_OFFICE_OR_ADMIN, kwargs=of_round(), page=False),
    Row("reporting:ask_contacts", post=EDITORS_ACT, kwargs=of_round("signed"), acts=True),
    Row("reporting:contacts", get=SEES_CONTACTS, kwargs=unit_code, unit=True),
    Row(
        "reporting:contacts_confirm",
        post=SAYS_CONTACTS,
        kwargs=unit_code,
        data=_seen_people,
        unit=True,
        acts=True,
    ),
    Row(
        "reporting:contacts_wrong",
        post=SAYS_CONTACTS,
        kwargs=unit_code,
        data=lambda s, t: {"text": "Người soạn đã chuyển công tác.", **_seen_people(s, t)},
        unit=True,
        acts=True,
    ),
]
