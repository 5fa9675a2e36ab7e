"""The text of a registered file: read on the first look in a process with limits, then kept.

Not at the upload: that already waits for the first page to be read for a secrecy mark, and a file that came in
another way is read just the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import IntegrityError, transaction

from directives.models import DirectiveFile, FileText
from units import uploads
from units.extraction.papers import extract
from units.extraction.unreadable import Reason, Unreadable

PART = 20_000
"""Characters one page of the portal shows, about eight printed pages."""
_PASSING = (Reason.TIMEOUT, Reason.MEMORY)
"""What another look may overcome: it is said, and not kept."""
_GONE = "Tệp không còn trên máy chủ nên không đọc được. Hãy báo quản trị hệ thống tải tệp lên lại."


def text_of(file: DirectiveFile, *, now: datetime) -> FileText:
    """What the file says, or why it cannot be read; the same row for everybody, whoever looks first.

    May take half a minute on the first look: call it outside a transaction.
    """
    known = FileText.objects.filter(file=file).first()
    return known or _read(file, now)


def _read(file: DirectiveFile, now: datetime) -> FileText:
    try:
        found = extract(uploads.read(file.path), file.name)
    except FileNotFoundError:
        return FileText(file=file, unreadable=_GONE, read_at=now)
    except Unreadable as refusal:
        unreadable = FileText(file=file, unreadable=str(refusal), read_at=now)
        return unreadable if refusal.reason in _PASSING else _kept(unreadable)
    return _kept(
        FileText(file=file, text=found.normal, pages=found.pages, warnings=list(found.warnings), read_at=now)
    )


def _kept(made: FileText) -> FileText:
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:  # somebody else looked at the same moment, or the file has just been removed
        return FileText.objects.filter(file=made.file_id).first() or made
    return made


def parts(text: str) -> list[str]:
    """The text in pieces of about `PART` characters, broken between lines where there are any."""
    return list(_pieces(text)) or [""]


def _pieces(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = start + PART
        if end < len(text):
            end = (text.rfind("\n", start + 1, end) + 1) or end
        yield text[start:end].strip("\n")
        start = end
