"""Who may change what stands on these pages."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone

from units.access import Standing
from units.models import User


def person_of(request: HttpRequest) -> User:
    user = request.user
    assert isinstance(user, User)  # LoginRequiredMiddleware has seen to it
    return user


def standing_of(request: HttpRequest) -> Standing:
    return request.standing  # type: ignore[attr-defined]


def today() -> date:
    return timezone.localdate()


def need_admin(request: HttpRequest) -> User:
    """The admin who asks; anybody else is told who can (403)."""
    person = person_of(request)
    if not person.is_admin:
        raise PermissionDenied("Việc này do quản trị hệ thống làm. Hãy liên hệ quản trị của Bộ.")
    return person
