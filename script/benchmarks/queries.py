"""Number of SQL queries of each main page. Prints a JSON object: page → number."""

from __future__ import annotations

import json

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from directives.models import Directive  # noqa: E402
from reporting import consolidation  # noqa: E402
from reporting.models import Assignment, Round  # noqa: E402
from units.models import Role, User  # noqa: E402


def count(user: User, path: str) -> int:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user)
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
    if answer.status_code != 200:
        raise SystemExit(f"{path}: {answer.status_code}")
    return len(asked)


def main() -> None:
    row = Round.objects.filter(state="open").order_by("-year").first()
    assert row is not None
    reviewer = User.objects.get(username="tonghop1")
    admin = User.objects.get(username="quantri")
    waiting = Assignment.objects.filter(round=row, state="submitted").order_by("pk").first()
    owing = Assignment.objects.filter(round=row, state="in_progress").order_by("pk").first()
    assert waiting is not None
    assert owing is not None
    reporter = owing.unit.memberships.filter(role=Role.REPORTER)[0].user
    from django.utils import timezone

    consolidation.start_report(row, actor=reviewer, now=timezone.now())
    directive = Directive.objects.get(code="25-CT/TW")
    pages = {
        "office dashboard": (reviewer, reverse("reporting:round", args=[row.code])),
        "list of units": (reviewer, reverse("reporting:units", args=[row.code])),
        "units × sections": (reviewer, reverse("reporting:matrix", args=[row.code])),
        "queue": (reviewer, reverse("reporting:queue", args=[row.code])),
        "review of a report": (reviewer, reverse("reporting:review", args=[row.code, waiting.unit.code])),
        "consolidation bench": (reviewer, reverse("reporting:bench_section", args=[row.code, "1.6"])),
        "ministry report": (reviewer, reverse("reporting:report", args=[row.code])),
        "reminders": (reviewer, reverse("reporting:reminders", args=[row.code])),
        "page of a directive": (reviewer, reverse("reporting:directive", args=[directive.pk])),
        "register of directives": (reviewer, reverse("directives:register")),
        "unit home": (reporter, reverse("reporting:home")),
        "task list": (reporter, reverse("reporting:assignment", args=[owing.pk])),
        "section": (reporter, reverse("reporting:section", args=[owing.pk, "1.6"])),
        "check answers": (reporter, reverse("reporting:check", args=[owing.pk])),
        "units": (admin, reverse("units:units")),
        "people": (admin, reverse("units:people")),
        "rounds": (admin, reverse("reporting:rounds")),
    }
    print(json.dumps({name: count(user, path) for name, (user, path) in pages.items()}))


if __name__ == "__main__":
    main()
