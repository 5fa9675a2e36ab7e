"""Readings that several pages share."""

from __future__ import annotations

from django.db.models import Case, F, IntegerField, Q, Value, When

from reporting.models import Round
from reporting.models.round import RoundQuerySet
from reporting.states import RoundState
from units.access import Standing


def office_rounds(standing: Standing) -> RoundQuerySet:
    """Started rounds of the person's offices: open ones first, the oldest of them leading, then the newest.

    Next year's round may be opened while this year's is still being finished; the work at hand leads.
    """
    is_open = Q(state=RoundState.OPEN)
    return (
        Round.objects.started()
        .filter(owner_id__in=standing.office_ids)
        .annotate(
            order=Case(When(is_open, then=Value(0)), default=Value(1), output_field=IntegerField()),
            near=Case(When(is_open, then=F("year")), default=-F("year"), output_field=IntegerField()),
        )
        .order_by("order", "near")
    )
