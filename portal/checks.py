"""System checks: what would make the portal misbehave later is said when it starts.

`manage.py check` runs the first three, `manage.py check --deploy` all of them; portal.W005 reads the database
and needs `--database default` too.
"""

import os
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError
from django.http.request import validate_host
from django.utils import timezone

from reporting.documents.fonts import FontIncomplete, fonts_complete
from units.calendar import missing_years


@register(Tags.files)
def data_folder_is_writable(**kwargs: Any) -> list[CheckMessage]:
    """portal.E001: uploads, issued PDFs and the embedded database are written below DATA_DIR."""
    if os.access(settings.DATA_DIR, os.W_OK | os.X_OK):
        return []
    return [Error("DATA_DIR is not writable.", hint=f"Folder: {settings.DATA_DIR}", id="portal.E001")]


@register(Tags.urls)
def site_is_an_allowed_host(**kwargs: Any) -> list[CheckMessage]:
    """portal.E002: links in reminders start with SITE_URL, and the portal must answer under that name."""
    host = urlsplit(settings.SITE_URL).hostname or ""
    if settings.DEBUG or validate_host(f"[{host}]" if ":" in host else host, settings.ALLOWED_HOSTS):
        return []
    return [
        Error(
            "The host of SITE_URL is not among ALLOWED_HOSTS.",
            hint=f"SITE_URL is {settings.SITE_URL}: every link in a reminder would answer 400.",
            id="portal.E002",
        )
    ]


@register(Tags.files)
def document_fonts_are_complete(**kwargs: Any) -> list[CheckMessage]:
    """portal.E003: a letter the font lacks would be missing from an issued document."""
    try:
        fonts_complete()
    except FontIncomplete as problem:
        return [Error("The font of the documents is not complete.", hint=str(problem), id="portal.E003")]
    return []


@register(Tags.security, deploy=True)
def links_use_https(**kwargs: Any) -> list[CheckMessage]:
    """portal.W001: a link in a mail must not send a session over plain http first."""
    if settings.SITE_URL.startswith("https://"):
        return []
    return [Warning("SITE_URL does not start with https://.", id="portal.W001")]


@register(Tags.database, deploy=True)
def services_are_shared(**kwargs: Any) -> list[CheckMessage]:
    """portal.W002, W003: the embedded database and broker serve one machine, not production."""
    found: list[CheckMessage] = []
    if settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
        found.append(Warning("The database is SQLite; set DATABASE_URL.", id="portal.W002"))
    if settings.CELERY_BROKER_URL.startswith("filesystem"):
        found.append(Warning("The broker is a folder; set REDIS_URL.", id="portal.W003"))
    return found


@register(Tags.compatibility, deploy=True)
def mail_leaves_the_machine(**kwargs: Any) -> list[CheckMessage]:
    """portal.W004: without SMTP settings reminders are written to files and reach nobody."""
    if settings.EMAIL_BACKEND == "django.core.mail.backends.smtp.EmailBackend":
        return []
    return [Warning("Mail is written to files; set EMAIL_URL.", id="portal.W004")]


@register(Tags.database)
def calendar_has_its_holidays(databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """portal.W005: days of a year without holidays all count as working days, Tết among them."""
    if "default" not in (databases or ()):
        return []
    try:
        missing = missing_years(timezone.localdate())
    except DatabaseError:  # before the first migration there is nothing to look at
        return []
    if not missing:
        return []
    years = ", ".join(str(year) for year in missing)
    return [
        Warning(
            f"The calendar lacks the holidays of {years}.", hint="Run manage.py prepare.", id="portal.W005"
        )
    ]
