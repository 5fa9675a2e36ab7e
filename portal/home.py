"""The front door: everybody lands where their work is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from reporting.queries import office_rounds


def home(request: HttpRequest) -> HttpResponse:
    """Unit staff to what they owe, the office to the open round it has to finish first, an admin to the rounds."""
    standing = request.standing  # type: ignore[attr-defined]
    if standing.is_office:
        at_hand = office_rounds(standing).first()
        return redirect("reporting:round", at_hand.code) if at_hand else redirect("reporting:rounds")
    if standing.unit_ids:
        return redirect("reporting:home")
    return redirect("reporting:rounds" if request.user.is_admin else "directives:register")  # type: ignore[union-attr]
