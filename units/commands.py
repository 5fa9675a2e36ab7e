"""Commands that work at once on an empty environment."""

from __future__ import annotations

import fcntl
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from units.models import Unit


def prepare_embedded_database() -> None:
    """Make the tables of an SQLite database that has none; a database server is never touched.

    Two commands that start at once take turns.
    """
    if connection.vendor != "sqlite" or _has_tables():
        return
    with (settings.DATA_DIR / "prepare.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if not _has_tables():
            call_command("migrate", interactive=False, verbosity=0)


def _has_tables() -> bool:
    return Unit._meta.db_table in connection.introspection.table_names()


class DomainCommand(BaseCommand):
    """A command about the work of the portal: its embedded database is there before it begins."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        prepare_embedded_database()
        return super().execute(*args, **options)
