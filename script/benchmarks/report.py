"""A report of 134 units × 1 300 words: in pieces, again after one unit's edit, and in one piece."""

from __future__ import annotations

import json
import os
from pathlib import Path

import django

django.setup()

from reporting.demo import prose  # noqa: E402
from reporting.demo.prose import UnitFacts  # noqa: E402
from reporting.documents.content import Annex, Contribution, OfficialPaper, Signature  # noqa: E402
from reporting.documents.pdf import RenderedPdf, build_report, render_whole  # noqa: E402

UNITS, WORDS = 134, 1300


def paper(edited: bool = False) -> OfficialPaper:
    """The ministry's paper with one compendium: every unit's text under its name."""
    blocks: list[Contribution] = []
    for n in range(UNITS):
        facts = UnitFacts(f"don-vi-{n}", f"Bệnh viện số {n}", "", "bệnh viện/viện", "Khám, chữa bệnh", None)
        more = "<p>Đơn vị bổ sung số liệu quý IV.</p>" if edited and n == UNITS // 2 else ""
        blocks.append(Contribution(facts.name, text_of(facts) + more))
    return OfficialPaper(
        issuing_body="BỘ Y TẾ",
        symbol="BC-BYT",
        place="Hà Nội",
        year=2025,
        subject="Kết quả triển khai công tác khoa giáo năm 2025",
        author="Bộ Y tế",
        closing="Trên đây là báo cáo của Bộ Y tế",
        signature=Signature("THỨ TRƯỞNG", authority="KT. BỘ TRƯỞNG"),
        annexes=(Annex("I", "Nội dung báo cáo của các đơn vị", tuple(blocks), compendium=True),),
    )


def text_of(facts: UnitFacts) -> str:
    """Section after section of the demo's prose until there are so many words."""
    html, words = "", 0
    figures = prose.figures_for(facts, 2025)
    while words < WORDS:
        for key in prose.SECTION_KEYS:
            part = prose.section_answer(facts, 2025, key, figures).html
            html += part
            words += len(part.split())
            if words >= WORDS:
                break
    return html


def figures(printed: RenderedPdf, floor: RenderedPdf) -> dict[str, object]:
    return {
        "seconds": round(printed.seconds, 2),
        "peak_memory_mb": printed.peak_memory_kb // 1024,
        "pages": printed.pages,
        "ratio": round(printed.seconds / floor.seconds, 2),
    }


def main() -> None:
    cache = Path(os.environ["DATA_DIR"]) / "pieces"
    whole = render_whole(paper())
    first = build_report(paper(), cache)
    again = build_report(paper(edited=True), cache)
    print(
        json.dumps(
            {
                "in_pieces": figures(first, whole),
                "one_unit_edited": figures(again, whole),
                "one_piece": figures(whole, whole),
            }
        )
    )


if __name__ == "__main__":
    main()
