"""What no address of the portal holds is turned away before a view or the database sees it; who is not signed
in is sent to sign in, with what was typed."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import urlencode

from portal.errors import only_sent, page_of_referrer, session_over, typed_texts


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


class OnlySentMiddleware:
    """A page instead of the browser's own error where somebody opens an address that only takes forms."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or request.method != "GET":
            return response
        page = only_sent(request)
        page["Allow"] = response["Allow"]
        return page


class SignInMiddleware(LoginRequiredMiddleware):
    """Sends visitors to the login page. A post that carries text is answered with that text, to be copied:

    a redirect would lose it, and nothing of it may be stored for whoever is not signed in. The page knows the
    way back after signing in. Requests of scripts, which keep the text themselves, are redirected. The way back
    from a post is the page it was sent from: most addresses that take one cannot be opened.
    """

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponse:
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)  # type: ignore[no-any-return, no-untyped-call]
        by_script = request.headers.get("X-Requested-With") == "XMLHttpRequest"
        texts = [] if by_script else typed_texts(request)
        back = {self.redirect_field_name: page_of_referrer(request)}
        login = f"{resolve_url(self.get_login_url(view_func))}?{urlencode(back)}"  # type: ignore[no-untyped-call]
        return session_over(texts, login) if texts else redirect(login)
