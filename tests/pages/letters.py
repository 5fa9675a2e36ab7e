"""Letters to late units."""

from __future__ import annotations

from typing import Any

from tests.pages.audiences import (
    AT_OFFICE,
    EDITORS_ACT,
    EDITORS_SEE,
    LEAD_ACTS,
    LEAD_SEES,
    OF_UNIT,
    REGISTRY_SEES,
    SIGNERS_SEE,
)
from tests.pages.row import Kwargs, Row, of_round, soon
from tests.personas import Scene, Thing


def _letter(state: str) -> Kwargs:
    return lambda scene, thing: {"code": scene.letters[state].round.code, "pk": scene.letters[state].pk}


def _letter_file(scene: Scene, thing: Thing) -> dict[str, Any]:
    return _letter("issued")(scene, thing) | {"file_pk": scene.letters["issued"].stored_files.first().pk}


def _own_letter(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"pk": thing.assignment.pk, "letter_pk": scene.letters["issued"].pk}


def _own_letter_file(scene: Scene, thing: Thing) -> dict[str, Any]:
    return _own_letter(scene, thing) | {"file_pk": scene.letters["issued"].stored_files.first().pk}


def _seen(scene: Scene, thing: Thing) -> dict[str, Any]:
    scene.letters["drafting"].refresh_from_db()
    return {"version": str(scene.letters["drafting"].version)}


def _letter_words(scene: Scene, thing: Thing) -> dict[str, Any]:
    words = dict.fromkeys(("subject", "addressees", "opening", "request", "closing", "recipients"), "Lời mới")
    return words | {"reply_by": soon(), "reply_boundary": "before", "signer": "1"} | _seen(scene, thing)


def _letter_units(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"units": [str(thing.assignment.pk)]} | _seen(scene, thing)


def _letter_signature(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"signer": "0", "name": "Trần Văn Ký", "signed_on": "07/11/2025"}


ROWS = [
    Row("reporting:letters", get=AT_OFFICE, kwargs=of_round()),
    Row("reporting:letters", get=AT_OFFICE, kwargs=of_round("issued"), case="none"),
    Row("reporting:letters_xlsx", get=AT_OFFICE, kwargs=of_round(), page=False),
    Row("reporting:letter_start", post=EDITORS_ACT, kwargs=of_round("second"), acts=True),
    *(
        Row("reporting:letter", get=AT_OFFICE, kwargs=_letter(state), case=state)
        for state in ("drafting", "for_signature", "issued")
    ),
    Row(
        "reporting:letter_words",
        get=EDITORS_SEE,
        post=EDITORS_SEE,
        kwargs=_letter("drafting"),
        data=_letter_words,
        acts=True,
    ),
    Row(
        "reporting:letter_units",
        post=EDITORS_SEE,
        kwargs=_letter("drafting"),
        data=_letter_units,
        acts=True,
    ),
    Row("reporting:letter_clear", post=LEAD_ACTS, kwargs=_letter("drafting"), data=_seen),
    Row(
        "reporting:letter_take_back",
        get=LEAD_SEES,
        post=LEAD_SEES,
        kwargs=_letter("for_signature"),
        data=lambda s, t: {"note": "Sửa lời văn."},
        acts=True,
    ),
    Row(
        "reporting:letter_drop",
        get=EDITORS_SEE,
        post=EDITORS_SEE,
        kwargs=_letter("drafting"),
        data=lambda s, t: {"note": "Các đơn vị đã hứa nộp."},
        acts=True,
    ),
    Row(
        "reporting:letter_sign",
        get=SIGNERS_SEE,
        post=SIGNERS_SEE,
        kwargs=_letter("for_signature"),
        data=_letter_signature,
        acts=True,
    ),
    Row(
        "reporting:letter_issue",
        get=REGISTRY_SEES,
        post=REGISTRY_SEES,
        kwargs=_letter("signed"),
        data=lambda s, t: {"number": "42", "issued_on": "07/11/2025"},
        acts=True,
    ),
    Row("reporting:letter_scan", get=REGISTRY_SEES, post=REGISTRY_SEES, kwargs=_letter("signed")),
    Row("reporting:letter_pdf", get=AT_OFFICE, kwargs=_letter("issued"), page=False),
    Row("reporting:letter_docx", get=AT_OFFICE, kwargs=_letter("issued"), page=False),
    Row("reporting:letter_file", get=AT_OFFICE, kwargs=_letter_file, page=False),
    Row("reporting:unit_letter", get=OF_UNIT, kwargs=_own_letter, unit=True),
    Row("reporting:unit_letter_file", get=OF_UNIT, kwargs=_own_letter_file, unit=True, page=False),
]
