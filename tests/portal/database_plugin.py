"""On PostgreSQL, run every test that touches the database and leave out those that do not.

A test of the number grammar or of a printed page proves the same thing twice; it runs in the SQLite leg.
"""

from __future__ import annotations

import os

import pytest

FIXTURES = {
    "db",
    "transactional_db",
    "django_db_reset_sequences",
    "django_db_serialized_rollback",
    "live_server",
}


def touches_the_database(item: pytest.Item) -> bool:
    """Whether the test, or a fixture it asks for, was given the database; browser tests start their own."""
    if item.get_closest_marker("django_db") or item.get_closest_marker("e2e"):
        return True
    return not FIXTURES.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return
    kept = [item for item in items if touches_the_database(item)]
    left = [item for item in items if not touches_the_database(item)]
    config.hook.pytest_deselected(items=left)
    items[:] = kept
