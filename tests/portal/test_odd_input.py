"""Whatever stands in an address or a form, the answer is a page, a refusal or 404, never an error of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests import pages
from tests.pages import Answer, Row
from tests.personas import OWN, Persona, Scene
from tests.portal.test_access_matrix import READ

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files_of_the_scene")]

# A number no column holds; a digit that is no decimal, with a character PostgreSQL does not store.
ODD_TEXT = ["9" * 30, "²\0"]
ODD_NUMBERS = [0, 2**31, 99 * 10**18]
ODD_WORDS = ["khong-co", "x" * 300, "a\0b"]
QUERY = re.findall(
    r"\S+",
    "page tim q nhom linh-vuc trang-thai quy-tac gui-bang han sua chon them vua-doi plan successor "
    "effective_on loai hieu-luc xep tinh-trang chua-doi-chieu co-quan tat-ca xem vien-dan-boi vien-dan trong-dot chon",
)
NARROWING = ["loc", "dot", "nam"]
"""Names that answer 404 to what they do not know, so they are asked by themselves."""


def insider(answers: Any) -> Persona:
    """Somebody who gets through; an admin where nobody does."""
    through = (persona for persona in Persona if answers[persona] in (Answer.OK, Answer.MOVED))
    return next(through, Persona.ADMIN)


def error_at(client: Client, path: str, data: Any = None, *, post: bool = False) -> list[str]:
    """The request, should the server have failed at it; what it changed is taken back."""
    with transaction.atomic():
        answer = client.post(path, data or {}) if post else client.get(path, data or {})
        if answer.streaming:
            b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    verb = "POST" if post else "GET"
    return [f"{verb} {path[:120]} {str(data)[:200]}"] if answer.status_code >= 500 else []


def odd_paths(row: Row, scene: Scene) -> Iterator[str]:
    given = row.kwargs(scene, scene.things[OWN])
    for name, value in given.items():
        for odd in ODD_NUMBERS if isinstance(value, int) else ODD_WORDS:
            try:
                yield reverse(row.name, kwargs=given | {name: odd})
            except NoReverseMatch:
                continue


class Forms(HTMLParser):
    """The forms of a page that post: action and the fields with what stands in them."""

    def __init__(self, html: str, path: str) -> None:
        super().__init__()
        self.path = path
        self.found: list[tuple[str, dict[str, str]]] = []
        self.of_id: dict[str, dict[str, str]] = {}
        self.open = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = given.get("method", "").lower() == "post"
            if self.open:
                self.found.append((given.get("action") or self.path, {}))
                self.of_id[given.get("id", "")] = self.found[-1][1]
        if tag in ("input", "textarea", "select", "button") and given.get("name") and self.found:
            fields = (
                self.of_id.get(given["form"]) if "form" in given else self.found[-1][1] if self.open else None
            )
            if fields is not None and given["name"] != "csrfmiddlewaretoken":
                fields[given["name"]] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = False


@pytest.mark.parametrize("value", ["9" * 30, "²"])
def test_nothing_in_a_query_breaks_a_page(
    value: str,
    scene: Scene,
    clients: dict[Persona, Client],
) -> None:
    found: list[str] = []
    for row in READ:
        if row.name == "healthz":  # answers for the worker, which no test has
            continue
        path, client = row.path(scene, scene.things[OWN]), clients[insider(row.get)]
        found += error_at(client, path, dict.fromkeys(QUERY, value))
        found += error_at(client, path, dict.fromkeys(NARROWING, value))
    assert found == []


def test_an_address_with_a_nul_does_not_exist(client: Client) -> None:
    assert client.get("/phieu/a%00b/").status_code == 404
    assert client.get("/dang-nhap/?next=%00").status_code == 404


def test_nothing_in_a_path_breaks_a_page(scene: Scene, clients: dict[Persona, Client]) -> None:
    found: list[str] = []
    for row in pages.ROWS:
        for path in odd_paths(row, scene):
            if row.get is not None:
                found += error_at(clients[insider(row.get)], path)
            if row.post is not None:
                data = row.data(scene, scene.things[OWN])
                found += error_at(clients[insider(row.post)], path, data, post=True)
    assert found == []


def test_nothing_in_a_form_breaks_a_page(scene: Scene, clients: dict[Persona, Client]) -> None:
    """Every form of every page, with each of its fields in turn filled oddly."""
    found: list[str] = []
    seen: set[tuple[str, ...]] = set()
    for row in READ:
        if not row.page:
            continue
        client, path = clients[insider(row.get)], row.path(scene, scene.things[OWN])
        html = client.get(path).content.decode()
        for action, fields in Forms(html, path).found:
            kind = (re.sub(r"\d+", "", action), *sorted(fields))
            if kind in seen or action == reverse("account_logout"):
                continue
            seen.add(kind)
            for value in ODD_TEXT:
                found += error_at(client, action, dict.fromkeys(fields, value), post=True)
                for name in fields:
                    found += error_at(client, action, fields | {name: value}, post=True)
    assert len(seen) > 20
    assert found == []


@pytest.mark.parametrize("value", ["abc", "9" * 5000, *ODD_TEXT])
def test_no_place_of_a_remark_breaks_the_page(
    value: str,
    scene: Scene,
    clients: dict[Persona, Client],
) -> None:
    row = next(row for row in pages.ROWS if row.name == "reporting:comment_add")
    path = row.path(scene, scene.things[OWN])
    section = scene.things[OWN].section.key
    for data in (
        {"section": section, "passage": value, "text": "Nêu rõ."},
        {"section": value, "text": "Nêu rõ."},
    ):
        assert error_at(clients[Persona.REVIEWER], path, data, post=True) == []
