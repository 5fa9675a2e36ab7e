"""What no address of the portal holds is turned away before a view or the database sees it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse


class NulMiddleware:
    """404 for an address with a NUL character: PostgreSQL cannot even be asked for it, SQLite finds nothing.

    What people send in forms is no address: `units.text.nfc` drops the character from text.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404
        return self.get_response(request)
