"""The ministry's report from draft to issue."""

from __future__ import annotations

from typing import Any

from tests.pages.audiences import (
    AT_OFFICE,
    EDITORS_ACT,
    EDITORS_SEE,
    LEAD_ACTS,
    LEAD_SEES,
    REGISTRY_SEES,
    SIGNERS_SEE,
)
from tests.pages.row import Kwargs, Row, of_round
from tests.personas import Scene, Thing


def _job(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"code": scene.rounds["open"].code, "pk": scene.job.pk}


def _stored(state: str) -> Kwargs:
    return lambda scene, thing: {
        "code": scene.rounds[state].code,
        "pk": (scene.issued_file if state == "issued" else scene.report_file).pk,
    }


def _version(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"code": scene.rounds["open"].code, "number": 1}


def _front(scene: Scene, thing: Thing) -> dict[str, Any]:
    return dict.fromkeys(("title", "addressee", "opening", "closing", "recipients"), "Lời mới")


def _signature(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"signer": "0", "name": "Trần Văn Ký", "signed_on": "03/11/2025"}


ROWS = [
    Row("reporting:report", get=AT_OFFICE, kwargs=of_round()),
    Row("reporting:report", get=AT_OFFICE, kwargs=of_round("second"), case="none"),
    Row("reporting:report", get=AT_OFFICE, kwargs=of_round("for_signature"), case="for signature"),
    Row("reporting:report", get=AT_OFFICE, kwargs=of_round("issued"), case="issued"),
    Row("reporting:report_start", post=EDITORS_ACT, kwargs=of_round("second"), acts=True),
    Row(
        "reporting:report_front",
        get=EDITORS_SEE,
        post=EDITORS_SEE,
        kwargs=of_round(),
        data=_front,
        acts=True,
    ),
    Row("reporting:report_version", get=AT_OFFICE, kwargs=_version),
    Row("reporting:report_print", post=AT_OFFICE, kwargs=of_round(), acts=True),
    Row("reporting:report_job", get=AT_OFFICE, kwargs=_job),
    Row("reporting:report_clear", post=LEAD_ACTS, kwargs=of_round(), acts=True),
    Row(
        "reporting:report_take_back",
        get=LEAD_SEES,
        post=LEAD_SEES,
        kwargs=of_round("for_signature"),
        data=lambda s, t: {"note": "Bổ sung số liệu."},
        acts=True,
    ),
    Row(
        "reporting:report_sign",
        get=SIGNERS_SEE,
        post=SIGNERS_SEE,
        kwargs=of_round("for_signature"),
        data=_signature,
        acts=True,
    ),
    Row(
        "reporting:report_issue",
        get=REGISTRY_SEES,
        post=REGISTRY_SEES,
        kwargs=of_round("signed"),
        data=lambda s, t: {"number": "1235", "issued_on": "04/11/2025"},
        acts=True,
    ),
    Row(
        "reporting:report_correct",
        get=LEAD_SEES,
        post=LEAD_SEES,
        kwargs=of_round("issued"),
        data=lambda s, t: {"note": "Sai số liệu."},
        acts=True,
    ),
    Row("reporting:report_file", get=AT_OFFICE, kwargs=_stored("open"), page=False, case="print"),
    Row("reporting:report_file", get=AT_OFFICE, kwargs=_stored("issued"), page=False, case="issued"),
]
