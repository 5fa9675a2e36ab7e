"""Signing in and the account, the front door, the guide."""

from __future__ import annotations

from typing import Any

from tests.pages.audiences import MOVED, OK, PUBLIC, SIGNED_IN, audience
from tests.pages.row import Row
from tests.personas import Scene, Thing


def _bad_reset_key(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"uidb36": "1", "key": "khong-dung"}


ROWS = [
    Row("account_login", get=audience(MOVED, anonymous=OK)),
    Row("account_logout", get=SIGNED_IN),
    Row("account", get=SIGNED_IN),
    Row("account_inactive", get=PUBLIC),
    Row("account_reauthenticate", get=SIGNED_IN),
    Row("account_change_password", get=SIGNED_IN),
    Row("account_set_password", get=audience(MOVED)),
    Row("account_reset_password", get=audience(OK, anonymous=OK)),
    Row("account_reset_password_done", get=PUBLIC),
    Row("account_reset_password_from_key", get=PUBLIC, kwargs=_bad_reset_key),
    Row("account_reset_password_from_key_done", get=PUBLIC),
    Row("home", get=audience(MOVED)),
    Row("healthz", get=PUBLIC, page=False),
    Row("help", get=SIGNED_IN),
    *(
        Row("help_page", get=SIGNED_IN, kwargs=lambda scene, thing, page=page: {"page": page}, case=page)
        for page in ("soan-bao-cao", "duyet-va-nop", "van-phong-bo", "quan-tri")
    ),
]
