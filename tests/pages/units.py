"""Units, groups, people, delegations, working days."""

from __future__ import annotations

from typing import Any

from tests.pages.audiences import ADMIN_ONLY, DENIED, GONE, OK, SIGNED_IN, audience
from tests.pages.row import Row
from tests.personas import Persona, Scene, Thing


def _unit(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"code": thing.unit.code}


def _person(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"pk": scene.people[Persona.STRANGER].pk}


def _role(scene: Scene, thing: Thing) -> dict[str, Any]:
    user = scene.world.reporters[thing.unit.code]
    return {"pk": user.pk, "role_pk": user.memberships.get().pk}


def _in_group(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"code": thing.unit.code, "pk": thing.unit.group_memberships.get().pk}


def _new_role(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"vt-unit": str(thing.unit.pk), "vt-role": "reporter"}


def _own_delegation(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"pk": scene.delegation.pk}


def _group(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"pk": scene.world.so.pk}


def _day(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"pk": scene.day.pk}


DELEGATORS = audience(DENIED, ((Persona.APPROVER, Persona.ADMIN), OK))
OF_DELEGATION = audience(GONE, ((Persona.APPROVER, Persona.ADMIN), OK))
ROWS = [
    Row("units:units", get=SIGNED_IN),
    Row("units:new", get=ADMIN_ONLY, post=ADMIN_ONLY),
    Row("units:groups", get=ADMIN_ONLY),
    Row("units:group_new", post=ADMIN_ONLY, data=lambda s, t: {"name": "Nhóm mới"}, acts=True),
    Row("units:group_rename", get=ADMIN_ONLY, post=ADMIN_ONLY, kwargs=_group),
    Row("units:group_move", post=ADMIN_ONLY, kwargs=_group),
    Row("units:group_delete", post=ADMIN_ONLY, kwargs=_group),
    Row("units:unit", get=SIGNED_IN, kwargs=_unit),
    Row("units:edit", get=ADMIN_ONLY, post=ADMIN_ONLY, kwargs=_unit),
    Row(
        "units:end",
        post=ADMIN_ONLY,
        kwargs=_unit,
        data=lambda s, t: {"het-on": "01/01/2027", "het-because": "Giải thể"},
        acts=True,
    ),
    Row("units:revive", post=ADMIN_ONLY, kwargs=_unit),
    Row("units:group_add", post=ADMIN_ONLY, kwargs=_unit),
    Row("units:group_end", post=ADMIN_ONLY, kwargs=_in_group, acts=True),
    Row("units:people", get=ADMIN_ONLY),
    Row("units:person_new", get=ADMIN_ONLY, post=ADMIN_ONLY),
    Row("units:person", get=ADMIN_ONLY, post=ADMIN_ONLY, kwargs=_person),
    Row("units:person_invite", post=ADMIN_ONLY, kwargs=_person),
    Row("units:person_deactivate", post=ADMIN_ONLY, kwargs=_person, acts=True),
    Row("units:person_reactivate", post=ADMIN_ONLY, kwargs=_person),
    Row(
        "units:person_bounced",
        post=ADMIN_ONLY,
        kwargs=_person,
        data=lambda s, t: {"because": "550 5.1.1 no such mailbox"},
        acts=True,
    ),
    Row("units:person_confirm_address", post=ADMIN_ONLY, kwargs=_person),
    Row("units:role_grant", post=ADMIN_ONLY, kwargs=_person, data=_new_role, acts=True),
    Row("units:role_revoke", post=ADMIN_ONLY, kwargs=_role, acts=True),
    Row("units:delegations", get=SIGNED_IN),
    Row("units:delegation_add", post=DELEGATORS),
    Row("units:delegation_end", post=OF_DELEGATION, kwargs=_own_delegation, acts=True),
    Row("units:calendar", get=SIGNED_IN),
    Row("units:day_add", post=ADMIN_ONLY),
    Row("units:year_load", post=ADMIN_ONLY, kwargs=lambda s, t: {"year": 2031}, acts=True),
    Row("units:day_edit", get=ADMIN_ONLY, post=ADMIN_ONLY, kwargs=_day),
    Row("units:day_confirm", post=ADMIN_ONLY, kwargs=_day),
    Row("units:day_remove", post=ADMIN_ONLY, kwargs=_day, acts=True),
]
