"""`manage.py prepare`: brings the data of a portal to where its processes can start."""

import os
import shlex
import sys
import time
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from portal.broker import sweep_messages
from units import calendar, ministry_list
from units.models import Unit

# Older messages only wake a worker for what the next tick finds anyway.
STALE_MESSAGE_SECONDS = 600


def may_collect_static() -> bool:
    """False in a container, whose image holds the collected files under a read-only root."""
    return os.access(settings.STATIC_ROOT, os.W_OK)


class Command(BaseCommand):
    """Migrations, the cache's table, static files where they need collecting; what every portal begins with.

    Where no unit is yet, the ministry's groups and units; holidays of this year and the next where they were
    never entered. Where nobody is yet, the demo. What a person added, changed or took away stays.
    """

    help = "Migrates and loads what an empty portal begins with. Run by script/server before every start."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-demo", action="store_true", help="units and holidays, but no demo data")

    def handle(self, *args: Any, no_demo: bool, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
        if settings.STATIC_MANIFEST and may_collect_static():
            call_command("collectstatic", interactive=False, verbosity=0)
        if settings.CELERY_BROKER_URL.startswith("filesystem"):
            sweep_messages(
                settings.BROKER_DIR / "messages", older_than_seconds=STALE_MESSAGE_SECONDS, now=time.time()
            )
        if not no_demo and not get_user_model().objects.exists():
            self._seed()
        if not Unit.objects.exists():
            ministry_list.load_ministry()
        calendar.extend_calendar(timezone.localdate())
        if not get_user_model().objects.filter(is_admin=True, is_active=True).exists():
            self.stdout.write(next_step())
        elif not no_demo:
            call_command("demo_accounts", stdout=self.stdout)

    def _seed(self) -> None:
        self.stdout.write("Nạp dữ liệu mẫu (lần đầu, mất ít phút) ...")
        try:
            call_command("seed_demo", stdout=self.stdout)
        except CommandError as refused:  # somebody began to fill the portal; it starts with what is there
            self.stdout.write(str(refused))


def next_step() -> str:
    """What to do where nobody can sign in yet."""
    command = f"{shlex.quote(sys.executable)} manage.py first_admin ten@coquan.gov.vn 'Họ và tên'"
    if "SITE_URL" in os.environ:  # the link names the address at which this portal is served
        command = f"SITE_URL={shlex.quote(settings.SITE_URL)} {command}"
    return (
        "Đã có đơn vị, nhóm của Bộ và lịch ngày nghỉ; chưa có ai đăng nhập được. Tạo quản trị đầu tiên:\n"
        f"  {command}\n"
        "Người ấy đặt mật khẩu theo đường dẫn in ra, rồi thêm người và cấp vai trò ở trang Người dùng."
    )
