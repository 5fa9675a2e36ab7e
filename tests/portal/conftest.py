"""One scene for the modules that walk every address, and everybody's browser in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client, override_settings

from tests.personas import Persona, Scene, make_scene, set_passwords
from tests.remembered import once


@pytest.fixture(scope="session")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker, media: Path) -> Iterator[Scene]:
    """One scene for the module, in a transaction that is rolled back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(MEDIA_ROOT=media):
            made = once(make_scene)()
        set_passwords(list(made.people.values()))
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def files_of_the_scene(settings, _own_files, media: Path) -> None:
    settings.MEDIA_ROOT = media


@pytest.fixture(scope="module")
def clients(scene: Scene) -> dict[Persona, Client]:
    """Everybody's browser; a view that breaks answers 500 instead of ending the walk."""
    made = {persona: Client(raise_request_exception=False) for persona in Persona}
    for persona, user in scene.people.items():
        user.refresh_from_db()
        made[persona].force_login(user)
    return made
