"""Fill an empty database with the demo: the round of 2025, issued, and one that is open today."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from reporting.demo.demo import DemoRefused, make_demo
from units.commands import DomainCommand


class Command(DomainCommand):
    help = "Tạo dữ liệu mẫu vào một cơ sở dữ liệu trống."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--today", type=date.fromisoformat, help="ngày coi là hôm nay, dạng 2026-11-21")

    def handle(self, *args: Any, **options: Any) -> None:
        today = options["today"] or timezone.localdate()
        try:
            make_demo(today)
        except DemoRefused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"Đã tạo dữ liệu mẫu, coi hôm nay là {today:%d/%m/%Y}.")
