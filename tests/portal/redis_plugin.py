"""Gives every pytest-xdist process a Redis database of its own, as pytest-django does with the SQL database.

For tests/conftest.py: `from tests.portal.redis_plugin import *`. Without it `cache.clear()` in one process
empties the cache under the other's test.
"""

from __future__ import annotations

import os

import pytest
from django.conf import settings

__all__ = ["_own_redis_database"]


def database_of(url: str, worker: str) -> str:
    """`redis://host:1/0` for worker `gw1` → `redis://host:1/2`; database 0 stays with a run in one process."""
    return f"{url.rpartition('/')[0]}/{int(worker.removeprefix('gw')) + 1}"


@pytest.fixture(scope="session", autouse=True)
def _own_redis_database() -> None:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    cache = settings.CACHES["default"]
    if worker and cache["BACKEND"].endswith("RedisCache"):
        cache["LOCATION"] = database_of(cache["LOCATION"], worker)
