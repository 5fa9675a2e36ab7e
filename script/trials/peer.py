"""The peer of the benchmark: one Celery task per mail, each with its own connection to the mail server.

`peer.py` plans the reminders that are due as the portal does and queues a task for each mail. The worker is started
with `--app peer:app`. The mail itself is the portal's, so that only the way of sending differs.
"""

from __future__ import annotations

from celery import Celery

from portal.celery import app as portal_app

app: Celery = portal_app


@app.task(name="trial.send_one")
def send_one(pk: int) -> None:
    """Send one mail and write it down, as a task per mail does."""
    from django.utils import timezone

    from reporting.daily_mail import compose
    from reporting.mail import render
    from reporting.models import Notice
    from reporting.states import NoticeState
    from units.calendar import working_calendar

    rows = Notice.objects.select_related("round__owner", "assignment__unit", "deadline", "event", "recipient")
    notice = rows.get(pk=pk)
    now, address = timezone.now(), notice.recipient.email
    render(compose([notice], working_calendar(), now), [notice], address).send()
    Notice.objects.filter(pk=pk).update(state=NoticeState.SENT, sent_at=now, address=address)


if __name__ == "__main__":
    import django

    django.setup()
    from django.utils import timezone

    from reporting import reminders
    from reporting.models import Channel, Notice

    reminders.plan_due(timezone.now())
    for pk in Notice.objects.filter(channel=Channel.EMAIL).order_by("pk").values_list("pk", flat=True):
        send_one.delay(pk)
