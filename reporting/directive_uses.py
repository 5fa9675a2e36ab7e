"""Where a directive is used: rounds, sections of their outlines, and how many units answer there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from directives.models import Directive
from reporting.models import Round, Section
from reporting.states import RoundState
from reporting.tracking import RoundLine
from units.access import Standing
from units.models import OFFICE_ROLES, Role


@dataclass(frozen=True)
class Use:
    """A round that names the paper, or is reached `through` one that carries it out.

    `is_plan`: the paper is what the round carries out, the whole report answers it. `units`: how many have to
    report; None while the round is being prepared. `at_office`: the person's office owns the round.
    """

    round: Round
    sections: Sequence[Section]
    is_plan: bool
    through: Directive | None
    units: int | None
    at_office: bool


def uses(paper: Directive, lines: Sequence[RoundLine], standing: Standing) -> list[Use]:
    """The started rounds of `lines`, after those still being prepared, which only those see who set
    them up (admins, the lead of the owning office); two queries more."""
    return _prepared(paper, standing) + [
        Use(
            line.round,
            [] if line.is_plan else [part.section for part in line.lines],
            line.is_plan,
            line.through,
            line.expected,
            line.at_office,
        )
        for line in lines
    ]


def _prepared(paper: Directive, standing: Standing) -> list[Use]:
    preparing = Round.objects.filter(state=RoundState.PREPARING)
    if not standing.user.is_admin:
        preparing = preparing.filter(
            owner__in=[pk for pk in standing.office_ids if standing.has(pk, Role.LEAD)]
        )
    named = Section.objects.filter(directives=paper)
    rounds = preparing.filter(Q(plan=paper) | Q(pk__in=named.values("round"))).select_related("owner")
    sections: dict[int, list[Section]] = defaultdict(list)
    for section in named.filter(round__state=RoundState.PREPARING).order_by("position"):
        sections[section.round_id].append(section)
    return [
        Use(
            row,
            sections[row.pk],
            row.plan_id == paper.pk and not sections[row.pk],
            None,
            None,
            standing.has(row.owner_id, *OFFICE_ROLES),
        )
        for row in rounds
    ]
