"""Puts the person's standing of today on the request, read only when a view asks for it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from units.access import Standing, standing


class StandingMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.standing = SimpleLazyObject(lambda: _today(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _today(request: HttpRequest) -> Standing:
    if not request.user.is_authenticated:
        raise AttributeError("an anonymous visitor has no standing")
    return standing(request.user, timezone.localdate())
