"""`manage.py remind`: one tick now, a dry run at an instant, or a whole season on a fake clock."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from directives.deadlines import ZONE
from reporting import foresight, notifying, reminders
from reporting.ladder import BACKLOG
from reporting.models import Round
from reporting.reminders import Planned
from units.commands import DomainCommand


class Command(DomainCommand):
    help = (
        "Sends the reminders that are due; with --dry-run only lists them; with --simulate replays a season."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--at", help="instant of a dry run, ISO 8601; without a zone: Asia/Ho_Chi_Minh")
        parser.add_argument("--round", help="code of one round, e.g. khoa-giao-2025")
        parser.add_argument("--dry-run", action="store_true", help="list who would be reminded, send nothing")
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument("--simulate", action="store_true", help="replay a season, send and write nothing")
        parser.add_argument("--from", dest="first", help="first day of the replay, e.g. 2025-09-01")
        parser.add_argument("--to", dest="last", help="last day of the replay, itself included")
        parser.add_argument(
            "--facts",
            choices=["actual", "none"],
            help="actual (default): submissions, extensions, returns as they happened; "
            "none: suppose that nobody submits",
        )

    def handle(
        self, *args: Any, at: str | None, round: str | None, dry_run: bool, json: bool, **options: Any
    ) -> None:
        if options["simulate"]:
            if at is not None or dry_run:
                raise CommandError("--simulate đi với --from và --to, không đi với --at hay --dry-run.")
            self._replay(options["first"], options["last"], round, options["facts"], as_json=json)
            return
        if any(options[name] is not None for name in ("first", "last", "facts")):
            raise CommandError("--from, --to và --facts chỉ dùng cùng --simulate.")
        if at is not None and not dry_run:
            raise CommandError(
                "--at chỉ dùng cùng --dry-run: không thể gửi thư ở một thời điểm khác bây giờ."
            )
        row = _round(round)
        if dry_run:
            planned = reminders.would_remind(timezone.now() if at is None else _instant(at), row)
            self._list([row_of(one) for one in planned], as_json=json)
            return
        if row is not None:
            raise CommandError("--round chỉ dùng cùng --dry-run: mỗi lần chạy gửi mọi việc đã đến hạn nhắc.")
        self._tick(as_json=json)

    def _replay(
        self, first: str | None, last: str | None, code: str | None, facts: str | None, *, as_json: bool
    ) -> None:
        if first is None or last is None:
            raise CommandError("--simulate cần cả --from và --to, ví dụ --from 2025-09-01 --to 2025-11-30.")
        start, end = _day(first), _day(last)
        if start > end:
            raise CommandError(f"Ngày bắt đầu {start:%d/%m/%Y} sau ngày kết thúc {end:%d/%m/%Y}.")
        foreseen = foresight.simulate(
            _midnight(start), _midnight(end + _ONE_DAY), _round(code), nobody_acts=facts == "none"
        )
        rows = [{"at": one.at.astimezone(ZONE).isoformat(), **row_of(one.planned)} for one in foreseen]
        self._list(rows, as_json=as_json)

    def _list(self, rows: list[dict[str, str]], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        for row in rows:
            at = f"{row['at']} " if "at" in row else ""
            self.stdout.write(
                f"{at}{row['unit']} ({row['unit_code']}): {row['recipient']}, {row['rule']}, "
                f"{row['deadline']}, {row['channel']}"
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


_ONE_DAY = timedelta(days=1)


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
        _midnight(day), _midnight(day + _ONE_DAY)  # at the edge of time no zone can shift it
    except (ValueError, OverflowError):
        raise CommandError(f"Không hiểu ngày {text!r}; hãy viết như 2025-09-01.") from None
    return day


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZONE).astimezone(UTC)


def _waiting(planned: Planned) -> str:
    duty = planned.duty
    if duty.event_id is None or duty.assignment is None or duty.state_since is None:
        return ""
    since = f"{duty.state_since.astimezone(ZONE):%d/%m/%Y}"
    sent = f"báo cáo của {duty.assignment.unit_name} nộp {since}"
    return f" ({sent if duty.kind == BACKLOG else f'trình {since}'})"


def row_of(planned: Planned) -> dict[str, str]:
    """One object of the JSON list; `due_at` is the deadline's exclusive instant.

    What waits has no date of its own: it bears the unit's date, or for the office that of its dispatch, and
    says which report waits since when, so that no two rows are alike.
    """
    return {
        "unit": planned.unit_name,
        "unit_code": planned.unit.code,
        "recipient": planned.recipient.email or planned.recipient.username,
        "rule": planned.step.rule,
        "deadline": planned.deadline.phrase + _waiting(planned),
        "due_at": planned.deadline.due_at.astimezone(ZONE).isoformat(),
        "channel": planned.channel,
    }
