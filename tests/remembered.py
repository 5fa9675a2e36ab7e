"""`@once`: a fixture's rows are made through the domain's own functions once a process, then only laid again.

Laying rows costs a tenth of making them. A fixture may build on `world` or on another one made this way; what
it asks for must leave the database as it did the first time.
"""

from __future__ import annotations

import functools
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection

T = TypeVar("T")
Rows = dict[Any, tuple[Any, ...]]


@dataclass(frozen=True)
class Change:
    """What a fixture did to one table; the first column is the primary key."""

    table: str
    columns: list[str]
    gone: list[Any]
    come: list[tuple[Any, ...]]


@dataclass(frozen=True)
class State:
    """What a fixture did to the database, and pickled: what it returned and the fixtures it was given."""

    changes: list[Change]
    objects: bytes


_states: dict[str, State] = {}


def _plain(value: Any) -> Any:
    """The value as a database takes it back: SQLite's driver reads times but does not write them."""
    return value.isoformat() if isinstance(value, time) else value


def _read() -> dict[str, tuple[list[str], Rows]]:
    """Every row of every table of the project, by table and primary key."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table, key = model._meta.db_table, model._meta.pk.column
            names = [key, *(field.column for field in model._meta.concrete_fields if field.column != key)]
            listed = ", ".join(map(connection.ops.quote_name, names))
            cursor.execute(f"SELECT {listed} FROM {connection.ops.quote_name(table)}")
            found[table] = (names, {row[0]: tuple(map(_plain, row)) for row in cursor.fetchall()})
    return found


def _changes(before: dict[str, tuple[list[str], Rows]]) -> list[Change]:
    changes = []
    for table, (names, rows) in _read().items():
        was = before[table][1]
        gone = [key for key, row in was.items() if rows.get(key) != row]
        come = [row for key, row in rows.items() if was.get(key) != row]
        if gone or come:
            changes.append(Change(table, names, gone, come))
    return changes


def _lay(changes: list[Change]) -> None:
    quote = connection.ops.quote_name
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        for change in changes:
            table, key = quote(change.table), quote(change.columns[0])
            if change.gone:
                cursor.executemany(f"DELETE FROM {table} WHERE {key} = %s", [(one,) for one in change.gone])
        for change in changes:
            if change.come:
                names = ", ".join(map(quote, change.columns))
                places = ", ".join(["%s"] * len(change.columns))
                cursor.executemany(
                    f"INSERT INTO {quote(change.table)} ({names}) VALUES ({places})", change.come
                )


def once(build: Callable[..., T]) -> Callable[..., T]:
    """The fixture `build`, run once a process; later tests get its rows and copies of its objects.

    A `world` it was given is kept and takes over what `build` had changed on it.
    """
    name = f"{build.__module__}.{build.__name__}"

    @functools.wraps(build)
    def laid(**given: Any) -> T:
        world = given.get("world")
        if name not in _states:
            before = _read()
            made = build(**given)
            _states[name] = State(_changes(before), pickle.dumps((made, world)))
            return made
        _lay(_states[name].changes)
        made, then = pickle.loads(_states[name].objects)
        if world is None:
            return made
        vars(world).update(vars(then))
        return world if made is then else made

    return laid
