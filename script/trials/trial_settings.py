"""The portal's own settings in a hurry: ticks and claims of the dead last seconds instead of minutes."""

from datetime import timedelta

from portal.settings import *  # noqa: F403

NOTICE_LEASE_SECONDS = 12
CELERY_BEAT_SCHEDULE = {
    "tick": {"task": "reporting.tick", "schedule": timedelta(seconds=2), "options": {"expires": 2}},
}
if CELERY_BROKER_URL.startswith("filesystem"):  # noqa: F405
    # Kombu looks into the folder once a second; one task per mail is measured without that wait.
    CELERY_BROKER_TRANSPORT_OPTIONS = {**CELERY_BROKER_TRANSPORT_OPTIONS, "polling_interval": 0.02}  # noqa: F405
