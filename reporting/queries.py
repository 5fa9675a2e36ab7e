"""Readings that several pages share."""

from __future__ import annotations

from django.db.models import Case, IntegerField, Value, When

from reporting.models import Round
from reporting.models.round import RoundQuerySet
from reporting.states import RoundState
from units.access import Standing


def office_rounds(standing: Standing) -> RoundQuerySet:
    """Started rounds of the person's offices: open ones first, then the newest."""
    order = Case(When(state=RoundState.OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())
    return (
        Round.objects.started()
        .filter(owner_id__in=standing.office_ids)
        .annotate(order=order)
        .order_by("order", "-year")
    )
