"""Rounds: prepared, opened, kept."""

from __future__ import annotations

from typing import Any

from tests.pages.audiences import ADMIN_ONLY, DENIED, GONE, OFFICE, OK, audience
from tests.pages.row import Row, of_round, unit_code
from tests.personas import Persona, Scene, Thing


def _deadline(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"code": scene.rounds["open"].code, "deadline_pk": scene.deadline.pk}


def _outline_section(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"code": scene.rounds["preparing"].code, "key": "1.1"}


def _outline_figure(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"code": scene.rounds["preparing"].code, "figure": "hoi_nghi"}


KEEPERS = (Persona.ADMIN, Persona.LEAD)
KEEP_ROUND = audience(GONE, (KEEPERS, OK), ((Persona.REVIEWER, Persona.REGISTRY), DENIED))
PREPARE_ROUND = audience(GONE, ((Persona.ADMIN,), OK), (OFFICE, DENIED))
CLOSE_ROUND = audience(
    GONE, ((Persona.LEAD,), OK), ((Persona.ADMIN, Persona.REVIEWER, Persona.REGISTRY), DENIED)
)
ROWS = [
    Row("reporting:rounds", get=audience(GONE, ((*OFFICE, Persona.OTHER_OFFICE, Persona.ADMIN), OK))),
    Row("reporting:round_new", get=ADMIN_ONLY, post=ADMIN_ONLY),
    Row("reporting:round_setup", get=KEEP_ROUND, kwargs=of_round()),
    Row("reporting:round_setup", get=KEEP_ROUND, kwargs=of_round("preparing"), case="preparing"),
    Row("reporting:round_facts", get=KEEP_ROUND, post=KEEP_ROUND, kwargs=of_round()),
    Row("reporting:round_facts", get=KEEP_ROUND, kwargs=of_round("preparing"), case="preparing"),
    Row("reporting:round_drop", post=PREPARE_ROUND, kwargs=of_round("preparing")),
    Row("reporting:round_section", get=PREPARE_ROUND, post=PREPARE_ROUND, kwargs=_outline_section),
    Row("reporting:round_section_new", get=PREPARE_ROUND, post=PREPARE_ROUND, kwargs=of_round("preparing")),
    Row("reporting:round_section_move", post=PREPARE_ROUND, kwargs=_outline_section),
    Row("reporting:round_section_remove", post=PREPARE_ROUND, kwargs=_outline_section, acts=True),
    Row("reporting:round_indicator_new", get=PREPARE_ROUND, post=PREPARE_ROUND, kwargs=_outline_section),
    Row("reporting:round_indicator", get=PREPARE_ROUND, post=PREPARE_ROUND, kwargs=_outline_figure),
    Row("reporting:round_indicator_remove", post=PREPARE_ROUND, kwargs=_outline_figure, acts=True),
    Row("reporting:round_open", post=PREPARE_ROUND, kwargs=of_round("preparing"), acts=True),
    Row("reporting:round_close", post=CLOSE_ROUND, kwargs=of_round(), acts=True),
    Row("reporting:round_reopen", post=CLOSE_ROUND, kwargs=of_round()),
    Row("reporting:deadline_change", get=KEEP_ROUND, post=KEEP_ROUND, kwargs=_deadline),
    Row("reporting:round_add_unit", post=KEEP_ROUND, kwargs=of_round()),
    Row("reporting:handover", get=ADMIN_ONLY, post=ADMIN_ONLY, kwargs=unit_code),
]
