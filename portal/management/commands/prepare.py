"""`manage.py prepare`: brings the data of an embedded portal to where its processes can start."""

import os
import time
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from portal.broker import sweep_messages

# Older messages only wake a worker for what the next tick finds anyway.
STALE_MESSAGE_SECONDS = 600


def may_collect_static() -> bool:
    """False in a container, whose image holds the collected files under a read-only root."""
    return os.access(settings.STATIC_ROOT, os.W_OK)


class Command(BaseCommand):
    """Migrations, the cache's table, static files where they need collecting, demo data where nothing is."""

    help = "Migrates and, in an empty database, loads the demo data. Run by script/server before every start."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-demo", action="store_true", help="leave an empty database empty")

    def handle(self, *args: Any, no_demo: bool, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
        if settings.STATIC_MANIFEST and may_collect_static():
            call_command("collectstatic", interactive=False, verbosity=0)
        if settings.CELERY_BROKER_URL.startswith("filesystem"):
            sweep_messages(
                settings.BROKER_DIR / "messages", older_than_seconds=STALE_MESSAGE_SECONDS, now=time.time()
            )
        if no_demo:
            return
        if not get_user_model().objects.exists():
            self.stdout.write("Nạp dữ liệu mẫu (lần đầu, mất ít phút) ...")
            call_command("seed_demo", stdout=self.stdout)
        call_command("demo_accounts", stdout=self.stdout)
