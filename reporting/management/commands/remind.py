"""`manage.py remind`: one tick now, or a dry run that says who would be reminded at an instant."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from directives.deadlines import ZONE
from reporting import notifying, reminders
from reporting.models import Round
from reporting.reminders import Planned
from units.commands import DomainCommand


class Command(DomainCommand):
    help = "Sends the reminders that are due; with --dry-run only lists them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--at", help="instant of a dry run, ISO 8601; without a zone: Asia/Ho_Chi_Minh")
        parser.add_argument("--round", help="code of one round, e.g. khoa-giao-2025")
        parser.add_argument("--dry-run", action="store_true", help="list who would be reminded, send nothing")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(
        self, *args: Any, at: str | None, round: str | None, dry_run: bool, json: bool, **options: Any
    ) -> None:
        if at is not None and not dry_run:
            raise CommandError(
                "--at chỉ dùng cùng --dry-run: không thể gửi thư ở một thời điểm khác bây giờ."
            )
        row = _round(round)
        if dry_run:
            planned = reminders.would_remind(timezone.now() if at is None else _instant(at), row)
            self._list(planned, as_json=json)
            return
        if row is not None:
            raise CommandError("--round chỉ dùng cùng --dry-run: mỗi lần chạy gửi mọi việc đã đến hạn nhắc.")
        self._tick(as_json=json)

    def _list(self, planned: list[Planned], *, as_json: bool) -> None:
        rows = [row_of(one) for one in planned]
        if as_json:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        for one in rows:
            self.stdout.write(
                f"{one['unit']} ({one['unit_code']}): {one['recipient']}, {one['rule']}, "
                f"{one['deadline']}, {one['channel']}"
            )
        self.stdout.write(f"{len(rows)} nhắc việc, chưa gửi gì.")

    def _tick(self, *, as_json: bool) -> None:
        now = timezone.now()
        planned = reminders.plan_due(now)
        sent = notifying.send_all_due(now)
        counts = {
            "planned": planned,
            "sent": sent.sent,
            "failed": sent.failed,
            "skipped": sent.skipped,
            "delayed": sent.delayed,
        }
        if as_json:
            self.stdout.write(json.dumps(counts))
            return
        self.stdout.write(
            f"Lập {planned} nhắc việc; gửi {sent.sent}, không gửi được {sent.failed}, "
            f"bỏ qua {sent.skipped}, chờ gửi lại {sent.delayed}."
        )


def _round(code: str | None) -> Round | None:
    if code is None:
        return None
    row = Round.objects.filter(code=code).first()
    if row is None:
        raise CommandError(f"Không có đợt báo cáo mang mã {code}.")
    return row


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
        return (instant if instant.tzinfo else instant.replace(tzinfo=ZONE)).astimezone(UTC)
    except (ValueError, OverflowError):  # no such day, or one at the edge of time that no zone can shift
        raise CommandError(f"Không hiểu thời điểm {text!r}; hãy viết như 2025-10-13T08:00.") from None


def row_of(planned: Planned) -> dict[str, str]:
    """One object of the JSON list; `due_at` is the deadline's exclusive instant."""
    return {
        "unit": planned.unit_name,
        "unit_code": planned.unit.code,
        "recipient": planned.recipient.email or planned.recipient.username,
        "rule": planned.step.rule,
        "deadline": planned.deadline.phrase,
        "due_at": planned.deadline.due_at.astimezone(ZONE).isoformat(),
        "channel": planned.channel,
    }
