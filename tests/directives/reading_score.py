"""How well papers are read: citations, their dates, deadlines and addressees against the gold beside them.

Every paper `papers/NAME.txt` was written for these tests; `NAME.json` says what a person reads in it. Run
`python -m tests.directives.reading_score` for the score of each paper and of all.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from directives.plans import Paper, read_paper
from units.text import fold

PAPERS = Path(__file__).parent / "papers"


@dataclass
class Tally:
    """Hits, misses and false alarms of one measure."""

    hits: int = 0
    missed: list[str] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)

    def count(self, gold: Counter[str], read: Counter[str]) -> None:
        self.hits += (gold & read).total()
        self.missed += (gold - read).elements()
        self.alarms += (read - gold).elements()

    def add(self, other: Tally) -> None:
        self.hits += other.hits
        self.missed += other.missed
        self.alarms += other.alarms

    @property
    def f1(self) -> float:
        total = 2 * self.hits + len(self.missed) + len(self.alarms)
        return 2 * self.hits / total if total else 1.0

    @property
    def recall(self) -> float:
        total = self.hits + len(self.missed)
        return self.hits / total if total else 1.0


MEASURES = ("citations", "dates", "deadlines", "addressees", "names", "headers", "relations")
_DASHES = str.maketrans("–—‑‐", "----")
Score = dict[str, Tally]


def new_score() -> Score:
    return {name: Tally() for name in MEASURES}


def _deadline(due: object, boundary: object, at: object, rule: object) -> str:
    return f"{due or '-'} {boundary} {at or '-'} {rule or '-'}"


def _deadlines_of(paper: Paper) -> list[tuple[tuple[str, ...], str]]:
    found = []
    for duty in paper.obligations:
        read = duty.deadline
        at = read.time.strftime("%H:%M") if read.time else None
        found.append((duty.addressees, _deadline(read.due, read.boundary.value, at, read.recurrence)))
    return found


def _gold_deadlines(gold: dict[str, Any]) -> list[tuple[tuple[str, ...], str]]:
    return [
        (
            tuple(duty["addressees"]),
            _deadline(duty["due"], duty["boundary"], duty["time"], duty["recurrence"]),
        )
        for duty in gold["obligations"]
    ]


def _folded(name: str) -> str:
    """Return a name as it is compared: case, accents, blanks and the kind of dash do not matter."""
    return fold(name.translate(_DASHES))


def _named(duties: list[tuple[tuple[str, ...], str]]) -> Counter[str]:
    """Every addressee with the deadline it is bound by."""
    return Counter(f"{_folded(name)} | {deadline}" for names, deadline in duties for name in names)


def _names(duties: list[tuple[tuple[str, ...], str]]) -> Counter[str]:
    """Every addressee of a paper once, whatever binds it."""
    return Counter({_folded(name) for names, _ in duties for name in names})


def score_paper(text: str, gold: dict[str, Any]) -> Score:
    """Compare what is read in one paper with what a person reads in it."""
    paper, score = read_paper(text), new_score()
    score["citations"].count(
        Counter(f"{each['kind']} {each['code']}" for each in gold["citations"]),
        Counter(f"{each.kind} {each.code}" for each in paper.citations),
    )
    score["dates"].count(
        Counter(f"{each['code']} {each['issued_on'] or '-'}" for each in gold["citations"]),
        Counter(f"{each.code} {each.issued_on or '-'}" for each in paper.citations),
    )
    wanted, read = _gold_deadlines(gold), _deadlines_of(paper)
    score["deadlines"].count(
        Counter(deadline for _, deadline in wanted), Counter(deadline for _, deadline in read)
    )
    score["addressees"].count(_named(wanted), _named(read))
    score["names"].count(_names(wanted), _names(read))
    head = paper.header
    score["headers"].count(
        Counter(f"{name} {value or '-'}" for name, value in gold["header"].items()),
        Counter(
            [f"kind {head.kind or '-'}", f"code {head.code or '-'}", f"issued_on {head.issued_on or '-'}"]
        ),
    )
    ties = Counter(
        f"{tie.source.code if tie.source else '-'} {tie.kind} {tie.target.code}" for tie in paper.relations
    )
    if gold["relations"]:
        score["relations"].count(
            Counter(f"{tie['source'] or '-'} {tie['kind']} {tie['target']}" for tie in gold["relations"]),
            ties,
        )
    return score


def read_gold(path: Path) -> tuple[str, dict[str, Any]]:
    """Return (text as stored, line breaks untouched; gold) of one paper."""
    text = path.read_bytes().decode("utf-8")
    return text, json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))


def score_papers(pattern: str = "*.txt") -> tuple[Score, dict[str, Score]]:
    """Return (score of all papers together, score of each)."""
    total, each = new_score(), {}
    for path in sorted(PAPERS.glob(pattern)):
        each[path.stem] = score_paper(*read_gold(path))
        for name in MEASURES:
            total[name].add(each[path.stem][name])
    return total, each


def line_of(score: Score) -> str:
    """Return one line of figures: F1 throughout, and the recall of addressees with their deadlines and alone."""
    figures = [f"{name} {score[name].f1:.3f}" for name in MEASURES]
    recalls = [f"addressee recall {score['addressees'].recall:.3f}", f"of names {score['names'].recall:.3f}"]
    return "  ".join(figures + recalls)


def main(pattern: str) -> None:
    total, each = score_papers(pattern)
    for name, score in each.items():
        print(f"{name}: {line_of(score)}")
        for measure in MEASURES:
            for mark, items in (("-", score[measure].missed), ("+", score[measure].alarms)):
                for item in items:
                    print(f"    {mark} {measure}: {item}")
    print(f"ALL {len(each)}: {line_of(total)}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "*.txt")
