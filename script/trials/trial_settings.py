"""The portal's own settings with a scheduler in a hurry: a tick every two seconds instead of every minute."""

from datetime import timedelta

from portal.settings import *  # noqa: F403

CELERY_BEAT_SCHEDULE = {
    "tick": {"task": "reporting.tick", "schedule": timedelta(seconds=2), "options": {"expires": 2}},
}
if CELERY_BROKER_URL.startswith("filesystem"):  # noqa: F405
    # Kombu looks into the folder once a second; one task per mail is measured without that wait.
    CELERY_BROKER_TRANSPORT_OPTIONS = {**CELERY_BROKER_TRANSPORT_OPTIONS, "polling_interval": 0.02}  # noqa: F405
