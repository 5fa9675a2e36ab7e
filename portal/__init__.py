"""The composition root. Celery's application is loaded with it, so that web processes find the broker."""

from portal.celery import app as celery_app

__all__ = ["celery_app"]
