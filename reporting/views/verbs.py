"""What a post asks for is done, or refused; what is refused is said, in the form that asked or in a message."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone

from reporting.documents.pdf import RenderFailed
from reporting.lifecycle import Refused
from units.uploads import UploadRefused

_REFUSALS = (Refused, RenderFailed, UploadRefused)


def by(request: HttpRequest) -> dict[str, Any]:
    """Who does it and when, as every writing function takes it: the clock is read here."""
    return {"actor": request.user, "now": timezone.now()}


def taken(form: forms.Form, do: Callable[[], object], *, field: str | None = None) -> bool:
    """Do it; what is refused stands in the form, at `field` or above it, with everything that was typed."""
    try:
        do()
    except _REFUSALS as refused:
        form.add_error(field, str(refused))
        return False
    return True


def done(request: HttpRequest, do: Callable[[], object], said: str) -> bool:
    """Do it and say `said` in a message; what is refused is said instead."""
    try:
        do()
    except _REFUSALS as refused:
        messages.error(request, str(refused))
        return False
    messages.success(request, said)
    return True
