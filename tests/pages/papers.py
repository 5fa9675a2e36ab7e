"""The register of papers, and papers being read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.pages.audiences import ADMIN_ONLY, SIGNED_IN
from tests.pages.row import Kwargs, Row
from tests.personas import Scene, Thing


def _paper(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"pk": scene.directive.pk}


def _paper_and(name: str, of_scene: Callable[[Scene], Any]) -> Kwargs:
    return lambda scene, thing: {"pk": scene.directive.pk, name: of_scene(scene).pk}


def _numbered_paper(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"pk": scene.world.directives["25-ct"].pk}


def _repeal(scene: Scene, thing: Thing) -> dict[str, Any]:
    by = scene.world.directives["20-kh"].pk
    return {"hl-status": "repealed", "hl-since": "01/10/2025", "hl-by": str(by)}


def _reading(state: str = "read", **more: Any) -> Kwargs:
    return lambda scene, thing: {"pk": scene.readings[state].pk} | more


def _attached(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"pk": scene.readings["read"].pk, "directive_pk": scene.directive.pk}


ROWS = [
    Row("directives:register", get=SIGNED_IN),
    Row("reporting:directive", get=SIGNED_IN, kwargs=_paper),
    Row("reporting:directives_xlsx", get=SIGNED_IN, page=False),
    Row(
        "directives:file", get=SIGNED_IN, kwargs=_paper_and("file_pk", lambda s: s.directive_file), page=False
    ),
    Row("directives:file_text", get=SIGNED_IN, kwargs=_paper_and("file_pk", lambda s: s.directive_file)),
    Row("directives:import_sheet", get=ADMIN_ONLY, post=ADMIN_ONLY),
    Row("directives:import_confirm", post=ADMIN_ONLY),
    Row("reporting:import_template_xlsx", get=ADMIN_ONLY, page=False),
    Row("directives:new", get=ADMIN_ONLY, post=ADMIN_ONLY),
    Row("directives:edit", get=ADMIN_ONLY, post=ADMIN_ONLY, kwargs=_paper),
    Row(
        "directives:status_change",
        post=ADMIN_ONLY,
        kwargs=_numbered_paper,
        data=_repeal,
        acts=True,
    ),
    Row(
        "directives:status_withdraw",
        post=ADMIN_ONLY,
        kwargs=lambda scene, thing: {
            "pk": scene.status_change.directive_id,
            "change_pk": scene.status_change.pk,
        },
        acts=True,
    ),
    Row(
        "directives:relation_add",
        post=ADMIN_ONLY,
        kwargs=_paper,
        data=lambda s, t: {"qh-kind": "amends", "qh-to": str(s.world.directives["23-ct"].pk)},
    ),
    Row(
        "directives:relation_remove",
        post=ADMIN_ONLY,
        kwargs=_paper_and("relation_pk", lambda s: s.relation),
        acts=True,
    ),
    Row("directives:requirement_add", post=ADMIN_ONLY, kwargs=_paper),
    Row(
        "directives:requirement_remove",
        post=ADMIN_ONLY,
        kwargs=_paper_and("requirement_pk", lambda s: s.requirement),
        acts=True,
    ),
    Row("directives:file_add", post=ADMIN_ONLY, kwargs=_paper),
    Row(
        "directives:file_remove",
        post=ADMIN_ONLY,
        kwargs=_paper_and("file_pk", lambda s: s.directive_file),
        acts=True,
    ),
    Row("directives:readings", get=ADMIN_ONLY, post=ADMIN_ONLY),
    *(
        Row("directives:reading", get=ADMIN_ONLY, kwargs=_reading(state), case=state)
        for state in ("read", "unread", "letters")
    ),
    Row("directives:reading_file", get=ADMIN_ONLY, kwargs=_reading(), page=False),
    Row("directives:reading_letters", post=ADMIN_ONLY, kwargs=_reading("letters"), acts=True),
    Row(
        "directives:reading_text",
        post=ADMIN_ONLY,
        kwargs=_reading("unread"),
        data=lambda s, t: {"text": "KẾ HOẠCH\n\nNội dung."},
        acts=True,
    ),
    Row(
        "directives:reading_decide",
        post=ADMIN_ONLY,
        kwargs=_reading(key="A1"),
        data=lambda s, t: {"do": "reject", "seen": "0"},
        acts=True,
    ),
    Row("directives:reading_correct", post=ADMIN_ONLY, kwargs=_reading(key="A1")),
    Row("directives:reading_confirm_all", post=ADMIN_ONLY, kwargs=_reading(), acts=True),
    Row("directives:reading_finish", post=ADMIN_ONLY, kwargs=_reading()),
    Row("directives:reading_attach", post=ADMIN_ONLY, kwargs=_attached, acts=True),
    Row("directives:reading_discard", post=ADMIN_ONLY, kwargs=_reading(), acts=True),
]
