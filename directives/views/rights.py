"""Who keeps the register."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from units.views.rights import person_of


def need_admin(request: HttpRequest) -> None:
    """Raise `PermissionDenied`, saying who can, for anybody but an admin."""
    if not person_of(request).is_admin:
        raise PermissionDenied(
            "Văn bản chỉ đạo do quản trị hệ thống đăng ký và sửa. Hãy liên hệ quản trị của Bộ."
        )
