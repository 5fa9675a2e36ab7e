"""Answers that are spreadsheets."""

from __future__ import annotations

from django.http import HttpResponse

from units.uploads import XLSX


def sheet_response(content: bytes, name: str) -> HttpResponse:
    """A spreadsheet to download under `name`, which is plain ASCII."""
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
