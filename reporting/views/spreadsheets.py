"""Answers that are spreadsheets."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse
from django.utils import timezone

from units.uploads import XLSX


def sheet_response(content: bytes, name: str) -> HttpResponse:
    """A spreadsheet to download under `name`, which is plain ASCII."""
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def moment(instant: datetime | None) -> str:
    """A cell for an instant as Vietnam's clocks show it, "17/10/2025 08:00"; empty for none."""
    return f"{timezone.localtime(instant):%d/%m/%Y %H:%M}" if instant else ""
