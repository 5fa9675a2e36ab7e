"""Which round the office is shown first."""

from __future__ import annotations

import pytest

from reporting.models import Round
from reporting.queries import office_rounds
from reporting.states import RoundState
from tests.factories import at, make_round
from units.access import standing

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("closed", "codes"),
    [
        ((), ["khoa-giao-2025", "khoa-giao-2026"]),
        ((2025,), ["khoa-giao-2026", "khoa-giao-2025"]),
        ((2025, 2026), ["khoa-giao-2026", "khoa-giao-2025"]),
    ],
)
def test_the_open_round_to_finish_first_leads(world, closed, codes):
    make_round(world, code="khoa-giao-2026", year=2026, opened_at="2026-09-30 09:00")
    Round.objects.filter(year__in=closed).update(state=RoundState.CLOSED)
    reviewer = standing(world.reviewer, at("2026-10-01 09:00").date())
    assert [row.code for row in office_rounds(reviewer)] == codes
