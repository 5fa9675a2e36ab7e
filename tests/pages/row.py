"""One address of the portal, and what most of them are made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from tests.pages.audiences import Audience
from tests.personas import Scene, Thing

Kwargs = Callable[[Scene, Thing], dict[str, Any]]


@dataclass(frozen=True)
class Row:
    """One address. `get` or `post` is None where the verb is not taken (405).

    `unit`: asked once for the own and once for the other unit. `acts`: the post with `data` changes rows
    when somebody who may does it. `page`: an HTML page, to be looked at by axe.
    """

    name: str
    get: Audience | None = None
    post: Audience | None = None
    kwargs: Kwargs = lambda scene, thing: {}
    data: Kwargs = lambda scene, thing: {}
    unit: bool = False
    acts: bool = False
    page: bool = True
    case: str = ""

    def __str__(self) -> str:
        return f"{self.name} ({self.case})" if self.case else self.name

    def path(self, scene: Scene, thing: Thing) -> str:
        return reverse(self.name, kwargs=self.kwargs(scene, thing))


def of_round(state: str = "open") -> Kwargs:
    return lambda scene, thing: {"code": scene.rounds[state].code}


def unit_code(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"unit_code": thing.unit.code}


def soon() -> str:
    return f"{timezone.localdate() + timedelta(days=30):%d/%m/%Y}"
