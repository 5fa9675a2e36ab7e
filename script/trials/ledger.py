"""`ledger.py`: what the outbox holds, as JSON: rows by channel and state."""

from __future__ import annotations

import json

import django

django.setup()

from django.db.models import Count  # noqa: E402

from reporting.models import Notice  # noqa: E402

if __name__ == "__main__":
    counted = Notice.objects.order_by().values_list("channel", "state").annotate(count=Count("pk"))
    print(json.dumps({f"{channel} {state}": count for channel, state, count in counted}))
