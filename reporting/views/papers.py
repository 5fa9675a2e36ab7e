"""What the pages of the office's papers, report and letter, share: the print on screen, the way to the issue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reporting.documents.content import Block, OfficialPaper
from reporting.paper_steps import Paper


def on_screen(paper: OfficialPaper) -> dict[str, Any]:
    """The paper for the template of its print; the compendium of the units' reports is too long for it."""
    annexes = [(annex, _shown(annex.blocks)) for annex in paper.annexes if not annex.compendium]
    return {"paper": paper, "body": _shown(paper.blocks), "annexes": annexes}


def _shown(blocks: tuple[Block, ...]) -> list[tuple[str, Block]]:
    """Blocks with their kind, for the template: "heading", "para", "note", "table", "contribution"."""
    return [(type(block).__name__.lower(), block) for block in blocks]


def steps(
    paper: Paper, state: str, way: Sequence[tuple[str, str]], labels: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The steps of `way` (state, hint) with the event that reached each, that of `state` marked."""
    reached = {event.to_state: event for event in paper.events.select_related("actor") if event.to_state}
    order = [step for step, _ in way]
    here = order.index(state) if state in order else -1
    return [
        {
            "label": labels[step],
            "hint": hint,
            "event": reached.get(step) if index <= here else None,
            "now": index == here,
        }
        for index, (step, hint) in enumerate(way)
    ]
