"""Every address × everybody × own and other unit, reading and writing; the table is tests/pages/."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from portal import health
from tests import pages
from tests.factories import PASSWORD
from tests.pages import Answer, Row
from tests.personas import OTHER, OWN, Persona, Scene

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files_of_the_scene")]

HEARD = {200, 302, 303, 409, 422}
READ = [row for row in pages.ROWS if row.get is not None]
WRITTEN = [row for row in pages.ROWS if row.post is not None]
# What people do and decide; sessions, the cache and what a page keeps for itself are left out.
LEDGER = ("units", "directives", "reporting")


@pytest.fixture(autouse=True)
def _living_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who may ask for the health is tested here; what it says is tested in test_health.py."""
    monkeypatch.setattr(health, "worker_answers", lambda *, now: True)


def targets(row: Row) -> list[str]:
    return [OWN, OTHER] if row.unit else [OWN]


def fingerprint() -> str:
    """A hash of every row of the portal's own tables, read without the ORM; a sign-in stamps its user."""
    seen = hashlib.sha256()
    with connection.cursor() as cursor:
        for label in LEDGER:
            for model in apps.get_app_config(label).get_models(include_auto_created=True):
                fields = [field for field in model._meta.concrete_fields if field.name != "last_login"]
                names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
                cursor.execute(f"SELECT {names} FROM {model._meta.db_table} ORDER BY 1")
                seen.update(f"{model.__name__}{cursor.fetchall()}".encode())
    return seen.hexdigest()


def said(response: HttpResponse) -> Answer | str:
    """What the answer was, as one of `Answer`, or the status for what is none of them."""
    where = response.headers.get("Location", "")
    if response.status_code == 302:
        return Answer.LOGIN if where.startswith(reverse("account_login")) else Answer.MOVED
    if response.status_code == 403 and f'href="{reverse("account_login")}?next='.encode() in response.content:
        return Answer.LOGIN  # with what was typed, to be copied before signing in
    known = {200: Answer.OK, 404: Answer.GONE, 403: Answer.DENIED}
    return known.get(response.status_code, str(response.status_code))


def finish(response: HttpResponse) -> None:
    """Read a file that was served to its end; the client then closes it, and leaves the database alone."""
    if response.streaming:
        assert b"".join(response.streaming_content)


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert not pages.problems(), "\n".join(pages.problems())


def test_rows_speak_of_everybody() -> None:
    assert [str(row) for row in READ if set(row.get) != set(Persona)] == []
    assert [str(row) for row in WRITTEN if set(row.post) != set(Persona)] == []


@pytest.mark.parametrize("persona", list(Persona), ids=str)
def test_who_may_read_what(persona: Persona, scene: Scene, clients: dict[Persona, Client]) -> None:
    wrong: list[str] = []
    for row in READ:
        for code in targets(row):
            path = row.path(scene, scene.things[code])
            with transaction.atomic():
                response = clients[persona].get(path)
                transaction.set_rollback(True)
            answer, wanted = said(response), pages.expected(row, "GET", scene, persona, code)
            wrong += [f"{row} {path}: {wanted}, got {answer}"] if answer != wanted else []
            wrong += [f"{row} {path}: {fault}" for fault in faults(response, answer, path)]
            finish(response)
    assert not wrong, "\n".join(wrong)


def faults(response: HttpResponse, answer: Answer | str, path: str) -> Iterator[str]:
    """What is wrong with an answer beside its kind."""
    leaving = reverse("account_logout")  # nobody wants to come back to that
    if answer == Answer.LOGIN and path != leaving and f"?next={quote(path)}" not in response["Location"]:
        yield "the login page does not know where to come back to"
    if answer == Answer.DENIED and not (response.context or {}).get("detail"):
        yield "the page does not say who may do this"
    if answer == Answer.GONE and b"KG25-" in response.content:
        yield "a page that is not there names a receipt"
    disposition = response.headers.get("Content-Disposition", "")
    if response.streaming and (
        not disposition.startswith("attachment")
        or response.headers.get("X-Content-Type-Options") != "nosniff"
    ):
        yield f"a file is served as {disposition!r}"


@pytest.mark.parametrize("row", WRITTEN, ids=str)
def test_who_may_write_what(row: Row, scene: Scene, clients: dict[Persona, Client]) -> None:
    wrong: list[str] = []
    untouched = fingerprint()
    for code in targets(row):
        path, data = row.path(scene, scene.things[code]), row.data(scene, scene.things[code])
        wanted = {persona: pages.expected(row, "POST", scene, persona, code) for persona in Persona}
        away = [persona for persona in Persona if wanted[persona] != Answer.OK]
        for persona in away:
            answer = clients[persona].post(path, data)
            wrong += turned_away(f"{persona} {path}", wanted[persona], answer)
        if away and fingerprint() != untouched:
            wrong.append(f"{path}: rows changed by one of {', '.join(away)}, who may not")
        for persona in set(Persona) - set(away):
            wrong += heard(f"{persona} {path}", clients[persona], path, data, untouched if row.acts else "")
    assert not wrong, "\n".join(wrong)


def turned_away(who: str, wanted: Answer | None, response: HttpResponse) -> list[str]:
    """What is wrong with the answer to a post of somebody who may not."""
    answer = said(response)
    if wanted == Answer.REFUSED:
        fine = response.status_code in HEARD | {403} and answer != Answer.LOGIN
        return [] if fine else [f"{who}: wanted a refusal, got {answer}"]
    return [] if answer == wanted else [f"{who}: wanted {wanted}, got {answer}"]


def heard(who: str, client: Client, path: str, data: dict[str, Any], untouched: str) -> list[str]:
    """What is wrong with the answer to a post of somebody who may; `untouched` is what must change, if any."""
    with transaction.atomic():
        response = client.post(path, data)
        changed = bool(untouched) and fingerprint() != untouched
        transaction.set_rollback(True)
    if response.status_code not in HEARD or said(response) == Answer.LOGIN:
        return [f"{who}: wanted to be heard, got {said(response)}"]
    if untouched and not changed:
        return [f"{who}: may do this, and nothing changed (status {response.status_code})"]
    return []


@pytest.mark.parametrize("row", [row for row in WRITTEN if row.get is None], ids=str)
def test_verbs_that_write_are_not_reached_by_reading(
    row: Row, scene: Scene, clients: dict[Persona, Client]
) -> None:
    path = row.path(scene, scene.things[OWN])
    for persona in (Persona.REPORTER, Persona.LEAD, Persona.ADMIN):
        assert clients[persona].get(path).status_code in (404, 405)


def test_posts_need_the_token_of_the_form(scene: Scene) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(scene.people[Persona.REPORTER])
    path = reverse("reporting:notices_read")
    assert client.post(path).status_code == 403


def test_a_deep_link_survives_the_login(scene: Scene, client: Client) -> None:
    place = reverse("reporting:assignment", args=[scene.things[OWN].assignment.pk]) + "?a=1"
    asked = client.get(place)
    form = client.get(asked["Location"])
    assert form.status_code == 200
    answer = client.post(
        asked["Location"],
        {"login": scene.people[Persona.REPORTER].username, "password": PASSWORD, "next": place},
    )
    assert (answer.status_code, answer["Location"]) == (302, place)


def test_the_table_can_fail(scene: Scene, clients: dict[Persona, Client]) -> None:
    """A row that promises an outsider too much is caught."""
    row = next(row for row in READ if row.name == "reporting:assignment")
    response = clients[Persona.OUTSIDER].get(row.path(scene, scene.things[OWN]))
    assert said(response) == Answer.GONE != Answer.OK
