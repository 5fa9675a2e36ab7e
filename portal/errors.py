"""Error pages: what happened and what to do next, in Vietnamese.

They are rendered without request and context processors, so that they also work when the database,
the session or the page's own context is what broke.
"""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse

from units.uploads import LARGEST

MEGABYTE = 1024 * 1024
_LAST_RESORT = (
    '<!doctype html><html lang="vi"><meta charset="utf-8"><title>Lỗi hệ thống</title>'
    "<h1>Hệ thống gặp lỗi</h1><p>Hãy thử lại sau ít phút; chữ đã lưu nháp vẫn còn.</p>"
)


# Fields in which people write prose, some with the prefix of their form or the name of what they speak of;
# elsewhere what is long or has several lines was written too. Nobody's password is ever shown.
_PROSE = re.compile(r"(?:\w+-)?(?:narrative|text|note|reason)(?::.*)?")
_LONG = 40


def typed_texts(request: HttpRequest) -> list[str]:
    """What a person wrote in the form that was posted, to be shown to that person only."""
    return [
        value.strip()
        for name, values in request.POST.lists()
        for value in values
        if value.strip() and "password" not in name and (_PROSE.fullmatch(name) or _is_prose(value.strip()))
    ]


def _is_prose(value: str) -> bool:
    return "\n" in value or (len(value) > _LONG and " " in value)


def page_of_referrer(request: HttpRequest) -> str:
    """The page of ours, query included, from which something was posted, else the address it was posted to."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    ours = came_from.netloc == request.get_host() and came_from.path.startswith("/")
    if not ours or came_from.path.startswith("//"):
        return request.path
    return f"{came_from.path}?{came_from.query}" if came_from.query else came_from.path


def _page(template: str, status: HTTPStatus, **context: Any) -> HttpResponse:
    return HttpResponse(render_to_string(template, context), status=status)


def _sentence(exception: Exception | None) -> str:
    """The words a view raised with, meant for the reader; never an object's repr."""
    said = exception.args[0] if exception is not None and exception.args else ""
    return said if isinstance(said, str) else ""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The exception's own text is for the log: Django words it in English, with the input in it."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    return _page("400.html", HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """`PermissionDenied("…")` from our views says in Vietnamese who may do this; the page shows it."""
    try:
        account_url = reverse("account")
    except NoReverseMatch:
        account_url = "/"
    return _page("403.html", HTTPStatus.FORBIDDEN, detail=_sentence(exception), account_url=account_url)


def too_large(request: HttpRequest) -> HttpResponse:
    """More was sent than the portal takes at once: how much that is, and how to send less."""
    limits = {
        "most": f"{settings.LARGEST_BODY // MEGABYTE} MB",
        "file": f"{LARGEST // MEGABYTE} MB",
        "text": f"{settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MEGABYTE} MB",
    }
    return _page("413.html", HTTPStatus.REQUEST_ENTITY_TOO_LARGE, **limits)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was older than the last sign-in. What was typed is shown to copy, to nobody but who is signed in:

    a form on a stranger's page is posted without the session, so it cannot put words of its own here.
    """
    user = getattr(request, "user", None)
    texts = typed_texts(request) if user is not None and user.is_authenticated else []
    return _page("403_csrf.html", HTTPStatus.FORBIDDEN, texts=texts, back=page_of_referrer(request))


def session_over(texts: list[str], login_url: str) -> HttpResponse:
    """Something was posted after the session had ended: what was typed, to copy, and the way to sign in."""
    return _page("session_over.html", HTTPStatus.FORBIDDEN, texts=texts, login_url=login_url)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page("404.html", HTTPStatus.NOT_FOUND)


def only_sent(request: HttpRequest) -> HttpResponse:
    """The address takes what a form sends and was opened like a page: from the address bar, or a tab restored."""
    return _page("405.html", HTTPStatus.METHOD_NOT_ALLOWED)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """django-allauth looks for it as `handler429` of the root URLconf."""
    return _page("429.html", HTTPStatus.TOO_MANY_REQUESTS)


def server_error(request: HttpRequest) -> HttpResponse:
    try:
        return _page("500.html", HTTPStatus.INTERNAL_SERVER_ERROR)
    except Exception:  # the page itself needs templates and the list of static files, which may be what broke
        return HttpResponse(_LAST_RESORT, status=HTTPStatus.INTERNAL_SERVER_ERROR)
