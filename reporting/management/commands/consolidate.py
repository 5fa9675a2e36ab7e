"""`manage.py consolidate ROUND --output DIR`: the ministry's report of a round as of now, as a PDF."""

from __future__ import annotations

import json as jsonlib
import time
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from reporting import consolidation, rendering
from reporting.documents.pdf import RenderFailed, build_report
from reporting.models import Round
from reporting.report_paper import compose, gather
from units.commands import DomainCommand

NAME = "bao-cao-tong-hop.pdf"


class Command(DomainCommand):
    help = "Builds the ministry's report of a round from what has been accepted so far. Nothing is stored."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("round", help="code of the round, e.g. khoa-giao-2025")
        parser.add_argument("--output", required=True, help=f"folder for {NAME}; made when missing")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, round: str, output: str, json: bool, **options: Any) -> None:
        started = time.monotonic()
        row = _round(round)
        now = timezone.now()
        # Of a report that was signed or issued this makes a new draft on paper; its rows are only read.
        report = consolidation.current_report(row) or consolidation.blank_report(
            row, actor=row.created_by, now=now
        )
        material = gather(report, now=now, live=True)
        try:
            printed = build_report(compose(material), rendering.cache_dir())
            target = _write(Path(output), printed.bytes)
        except RenderFailed as problem:
            raise CommandError(f"{problem} ({problem.detail})") from problem
        facts = {
            "round": row.code,
            "units_expected": len(material.taken.expected),
            "units_included": len(material.taken.included),
            "pages": printed.pages,
            "seconds": _hundredths(time.monotonic() - started),
            "pdf": str(target),
        }
        self.stdout.write(jsonlib.dumps(facts, ensure_ascii=False) if json else _words(facts))


def _hundredths(seconds: float) -> float:
    return float(f"{seconds:.2f}")


def _round(code: str) -> Round:
    found = Round.objects.started().select_related("owner", "plan", "created_by").filter(code=code).first()
    if found is None:
        known = ", ".join(Round.objects.started().values_list("code", flat=True)) or "chưa có đợt nào"
        raise CommandError(f"Không có đợt báo cáo mang mã “{code}”. Các đợt: {known}.")
    return found


def _write(folder: Path, content: bytes) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / NAME
        target.write_bytes(content)
    except OSError as problem:
        raise CommandError(f"Không ghi được vào thư mục {folder}: {problem.strerror}.") from problem
    return target.resolve()


def _words(facts: dict[str, Any]) -> str:
    return (
        f"{facts['pdf']}\n{facts['units_included']}/{facts['units_expected']} đơn vị, {facts['pages']} trang, "
        f"{facts['seconds']} giây"
    )
