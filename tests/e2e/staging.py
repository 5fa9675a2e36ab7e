"""Fills the database of a portal from a process of its own: `python -m tests.e2e.staging scene`, `… ministry`
or `… drafts` before it starts, `… days-pass ROUND DAYS` while it runs. What a test needs to find its way is
printed as JSON.

The environment names the portal (DATA_DIR, DJANGO_SETTINGS_MODULE); its tables must be there.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402  (settings and models need django.setup before)
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import transaction  # noqa: E402
from django.db.models import F  # noqa: E402
from django.utils import timezone  # noqa: E402

from reporting import opening  # noqa: E402
from reporting.models import Assignment, Deadline, ReminderRule, Round, RoundEvent  # noqa: E402
from tests import pages  # noqa: E402
from tests.factories import accept, at, fill, make_world, submit  # noqa: E402
from tests.personas import OTHER, OWN, Persona, make_scene, set_passwords  # noqa: E402
from units.calendar import load_calendar  # noqa: E402
from units.models import User  # noqa: E402


def session_of(user: User) -> str:
    """A cookie value with which the user is signed in."""
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return str(store.session_key)


def scene() -> dict[str, Any]:
    """The scene of the access matrix: every page with its path and who sees it, and a session for everybody."""
    made = make_scene()
    set_passwords(list(made.people.values()))
    everybody = User.objects.in_bulk([user.pk for user in made.people.values()])
    return {
        "sessions": {persona: session_of(everybody[user.pk]) for persona, user in made.people.items()},
        "users": {persona: user.username for persona, user in made.people.items()},
        "pages": [
            {
                "name": row.name,
                "case": row.case,
                "path": row.path(made, made.things[OWN]),
                "seen_by": [
                    persona
                    for persona in Persona
                    if pages.expected(row, "GET", made, persona, OWN) == pages.Answer.OK
                ],
            }
            for row in pages.pages()
        ],
    }


def ministry() -> dict[str, Any]:
    """A small ministry with last year's round sent, accepted and closed; this year's is still to be opened."""
    world = make_world()
    for code in (OWN, OTHER, "so-c"):
        submit(world, code)
        accept(world, code)
    opening.close_round(world.round, actor=world.lead, now=at("2025-11-10 09:00"))
    this_year = timezone.localdate().year
    load_calendar([this_year, this_year + 1])
    people = {
        "admin": world.admin,
        "reporter": world.reporters[OWN],
        "approver": world.approvers[OWN],
        "reviewer": world.reviewer,
        "lead": world.lead,
        "registry": world.registry,
    }
    set_passwords(list(people.values()))
    return {
        "users": {name: user.username for name, user in people.items()},
        "emails": {name: user.email for name, user in people.items()},
        "unit": world.assignment(OWN).unit_name,
        "plan": world.plan.pk,
        "last_year": world.round.code,
        "today": timezone.localdate().isoformat(),
    }


def days_pass(code: str, days: str) -> dict[str, Any]:
    """As if the round had been opened so many days ago: the instants of its opening are moved back."""
    row, earlier = Round.objects.get(code=code), timedelta(days=int(days))
    with transaction.atomic():
        Round.objects.filter(pk=row.pk).update(
            opened_at=F("opened_at") - earlier, created_at=F("created_at") - earlier
        )
        RoundEvent.objects.filter(round=row).update(at=F("at") - earlier)
        Deadline.objects.filter(round=row).update(created_at=F("created_at") - earlier)
        ReminderRule.objects.filter(round=row).update(known_from=F("known_from") - earlier)
        Assignment.objects.filter(round=row).update(created_at=F("created_at") - earlier)
    return {"opened_at": Round.objects.values_list("opened_at", flat=True).get(pk=row.pk)}


def drafts() -> dict[str, Any]:
    """A round that is open since yesterday, in which two units have filled every section of their drafts."""
    world = make_world(opened_at=f"{timezone.localtime() - timedelta(days=1):%Y-%m-%d %H:%M}")
    for code in (OWN, OTHER):
        fill(world.assignment(code), actor=world.reporters[code], now=timezone.now())
    people = {
        "reporter": world.reporters[OWN],
        "approver": world.approvers[OWN],
        "neighbour": world.reporters[OTHER],
        "other_approver": world.approvers[OTHER],
    }
    set_passwords(list(people.values()))
    return {
        "users": {name: user.username for name, user in people.items()},
        "admin": session_of(world.admin),
        "round": world.round.name,
        "today": timezone.localdate().isoformat(),
    }


STAGES = {"scene": scene, "ministry": ministry, "drafts": drafts, "days-pass": days_pass}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    print(json.dumps(STAGES[sys.argv[1]](*sys.argv[2:]), default=str))
