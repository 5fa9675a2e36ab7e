"""Shared fixtures. `world` is made once a test through the domain's own functions."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from tests.factories import World, make_world
from tests.portal.papers_plugin import *  # noqa: F403
from tests.portal.redis_plugin import *  # noqa: F403
from tests.remembered import once
from units.models import User


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path: Path):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
@once
def world(db) -> World:
    return make_world()


@pytest.fixture
def sign_in():
    """`sign_in(user)` gives a client with that person's session."""

    def _client(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return _client
