"""The bench where the ministry's report is written."""

from __future__ import annotations

from typing import Any

from tests.pages.audiences import AT_OFFICE, EDITORS_ACT
from tests.pages.row import Kwargs, Row, of_round
from tests.personas import Scene, Thing


def _bench(*extra: str) -> Kwargs:
    """The bench of the section with the ministry's paragraph; `extra` names further parts of the address."""

    def parts(scene: Scene, thing: Thing) -> dict[str, Any]:
        source = scene.paragraph.sources.first()
        values = {
            "passage": {"pk": scene.passage.pk},
            "paragraph": {"pk": scene.paragraph.pk},
            "source": {"pk": source.pk},
            "newer": {"passage_pk": scene.passage.pk},
        }
        found = {"code": scene.rounds["open"].code, "key": scene.passage.section.key}
        if extra and extra[0] != "passage":
            found["key"] = scene.paragraph.section.key
        for name in extra:
            found |= values[name]
        return found

    return parts


def _indicator(scene: Scene, thing: Thing) -> dict[str, Any]:
    row = scene.rounds["open"]
    return {"code": row.code, "indicator": row.indicators.first().code}


def _text(scene: Scene, thing: Thing) -> dict[str, Any]:
    scene.paragraph.refresh_from_db()
    return {"text": "Lời mới của Văn phòng.", "version": str(scene.paragraph.version)}


def _into(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"paragraph": str(scene.paragraph.pk)}


ROWS = [
    Row("reporting:bench", get=AT_OFFICE, kwargs=of_round()),
    Row("reporting:figure", get=AT_OFFICE, kwargs=_indicator),
    Row("reporting:bench_section", get=AT_OFFICE, kwargs=_bench()),
    Row("reporting:bench_take", post=EDITORS_ACT, kwargs=_bench("passage"), acts=True),
    Row("reporting:bench_take_group", post=EDITORS_ACT, kwargs=_bench()),
    Row("reporting:bench_merge", post=EDITORS_ACT, kwargs=_bench("passage"), data=_into, acts=True),
    Row("reporting:bench_read", post=EDITORS_ACT, kwargs=_bench("passage"), acts=True),
    Row("reporting:bench_unread", post=EDITORS_ACT, kwargs=_bench("passage")),
    Row("reporting:bench_read_all", post=EDITORS_ACT, kwargs=_bench(), acts=True),
    Row("reporting:bench_write", post=EDITORS_ACT, kwargs=_bench(), data=_text, acts=True),
    Row("reporting:bench_write_figures", post=EDITORS_ACT, kwargs=_bench()),
    Row("reporting:bench_save", post=EDITORS_ACT, kwargs=_bench("paragraph"), data=_text, acts=True),
    Row("reporting:bench_remove", post=EDITORS_ACT, kwargs=_bench("paragraph"), acts=True),
    Row("reporting:bench_restore", post=EDITORS_ACT, kwargs=_bench("paragraph")),
    Row("reporting:bench_up", post=EDITORS_ACT, kwargs=_bench("paragraph")),
    Row("reporting:bench_down", post=EDITORS_ACT, kwargs=_bench("paragraph"), acts=True),
    Row("reporting:bench_drop_source", post=EDITORS_ACT, kwargs=_bench("source"), acts=True),
    Row("reporting:bench_renew_figures", post=EDITORS_ACT, kwargs=_bench("paragraph")),
    Row("reporting:bench_renew_source", post=EDITORS_ACT, kwargs=_bench("source", "newer")),
]
