"""Files people send: checked by content, size and type, stored under a random name, served as attachments."""

from __future__ import annotations

import hashlib
import io
import secrets
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.db import transaction
from django.http import FileResponse, Http404

from units.extraction.papers import first_page
from units.extraction.pasted import looks_like_html
from units.extraction.plain import decoded
from units.extraction.unreadable import LARGEST, Unreadable
from units.secrecy import WHERE_TO, name_has_secret_mark, paper_has_secret_mark
from units.text import nfc

HOW = "Chấp nhận PDF, .docx, .xlsx, .txt, ảnh PNG hoặc JPEG, tối đa 20 MB."
HOW_PAPER = "Hãy tải tệp Word (.docx), PDF hoặc .txt, tối đa 20 MB, hay dán nội dung văn bản."
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT = "text/plain"
OLD_WORD = "application/msword"
BYTES = "application/octet-stream"
SUFFIX = {
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    DOCX: ".docx",
    XLSX: ".xlsx",
    TEXT: ".txt",
    OLD_WORD: ".doc",
    BYTES: ".bin",
}
READ = ("application/pdf", DOCX, TEXT)
"""Types whose text is read for a secrecy mark before anything is kept."""
MOST_ZIP_ENTRIES = 5_000


class UploadRefused(ValueError):
    """The file is not taken; `str()` says in Vietnamese why and what to do."""


@dataclass(frozen=True)
class StoredUpload:
    """`path` is relative to MEDIA_ROOT; `name` is the uploader's, cleaned for display."""

    name: str
    path: str
    content_type: str
    size: int
    sha256: str


class KeptInMemory(MemoryFileUploadHandler):
    """Receives files without writing any to disk: a secret paper must not even pass through a temporary file.

    What exceeds `LARGEST` is counted and dropped, so that `check` can refuse it by its size. How much one
    request may bring at all is limited before (`portal.body_limit`).
    """

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.activated = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.file.write(raw_data[: max(0, LARGEST + 1 - start)])


@dataclass(frozen=True)
class CheckedUpload:
    """An upload that may be kept, still in memory only."""

    name: str
    data: bytes
    content_type: str


def store(upload: UploadedFile, *, folder: str) -> StoredUpload:
    """Check the upload and keep it. Raises `UploadRefused`; nothing is stored then."""
    return keep(check(upload), folder=folder)


def check(upload: UploadedFile) -> CheckedUpload:
    """Judge name, size, type and the secrecy mark of its text. Raises `UploadRefused`.

    May take seconds, because the first page is read in another process: call it outside a transaction.
    """
    name = shown_name(upload.name or "")
    if mark := name_has_secret_mark(upload.name or ""):
        raise UploadRefused(f"Tên tệp mang dấu {mark}. {WHERE_TO}")
    if (upload.size or 0) > LARGEST:
        raise UploadRefused(f"Tệp {name} lớn hơn 20 MB. Hãy nén ảnh trong tệp hoặc chia nhỏ rồi tải lại.")
    data = upload.read()
    kind = content_type(data, name)
    if kind in READ and (mark := _mark_of(data)):
        raise UploadRefused(f"Văn bản trong tệp {name} mang dấu {mark}. {WHERE_TO}")
    return CheckedUpload(name, data, kind)


def check_paper(upload: UploadedFile) -> CheckedUpload:
    """The same for a paper that is to be read: HTML passes too, and so does what this portal cannot open.

    A Word file of before 2007 or with a password, a broken PDF, a rich text: kept as bytes to download, while
    the paper is registered by hand. Raises `UploadRefused` as `check` does for everything else.
    """
    try:
        return check(upload)
    except UploadRefused:
        name = upload.name or ""
        if (upload.size or 0) > LARGEST or name_has_secret_mark(name):
            raise
        upload.seek(0)
        data = upload.read()
        kind = _unopened_type(data)
        if not data:
            raise
        if kind is None:
            raise UploadRefused(f"Không nhận ra văn bản trong tệp {shown_name(name)}. {HOW_PAPER}") from None
    if mark := _mark_of(data):
        raise UploadRefused(f"Văn bản trong tệp {shown_name(name)} mang dấu {mark}. {WHERE_TO}")
    return CheckedUpload(shown_name(name), data, kind)


def _unopened_type(data: bytes) -> str | None:
    """How a paper is kept that no browser and no Word is asked to open; None for what is not kept."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return OLD_WORD
    if data.startswith((b"%PDF-", b"{\\rtf")):
        return BYTES
    if data.startswith(b"PK"):
        return None if zipfile.is_zipfile(io.BytesIO(data)) else BYTES
    try:
        return BYTES if looks_like_html(decoded(data)) else None
    except Unreadable:
        return None


def keep(checked: CheckedUpload, *, folder: str) -> StoredUpload:
    """Write a checked upload below MEDIA_ROOT."""
    data = checked.data
    path = write(data, folder=folder, suffix=SUFFIX[checked.content_type])
    return StoredUpload(checked.name, path, checked.content_type, len(data), hashlib.sha256(data).hexdigest())


def _mark_of(data: bytes) -> str | None:
    """The secrecy mark on the first page; a file whose text cannot be read (a scan) passes for what it is."""
    try:
        return paper_has_secret_mark(first_page(data))
    except Unreadable:
        return None


def shown_name(raw: str) -> str:
    """The last part of the name without control characters or path, at most 150 characters."""
    clean = PurePath(nfc(raw).replace("\\", "/")).name.replace("\n", " ").replace('"', "'").strip()
    stem, suffix = PurePath(clean).stem, PurePath(clean).suffix
    return f"{stem[:140]}{suffix[:10]}" or "tep"


def content_type(data: bytes, name: str) -> str:
    """The type the bytes themselves show. Raises `UploadRefused` for anything that is not taken."""
    if not data:
        raise UploadRefused(f"Tệp {name} rỗng. {HOW}")
    if data.startswith(b"%PDF-"):
        if b"%%EOF" not in data[-2048:]:
            raise UploadRefused(
                f"Tệp {name} bị hỏng hoặc không phải PDF. Hãy xuất lại thành PDF rồi tải lên."
            )
        return "application/pdf"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UploadRefused(
            f"Tệp {name} là định dạng Word/Excel cũ. Hãy lưu lại thành .docx, .xlsx hoặc PDF rồi tải lên."
        )
    if data.startswith(b"PK"):
        return _office_type(data, name)
    if name.lower().endswith(".txt") and _is_text(data):
        return TEXT
    raise UploadRefused(f"Không nhận ra loại tệp của {name}. {HOW}")


def _is_text(data: bytes) -> bool:
    """Whether bytes read as text without markup a browser or Word would run."""
    try:
        return not decoded(data).lstrip().startswith(("<", "{\\rtf", "MZ"))
    except Unreadable:
        return False


def _office_type(data: bytes, name: str) -> str:
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        raise UploadRefused(f"Tệp {name} bị hỏng, không mở được. {HOW}") from None
    if len(names) > MOST_ZIP_ENTRIES or any("vbaProject" in entry for entry in names):
        raise UploadRefused(f"Tệp {name} chứa macro hoặc quá nhiều phần. Hãy lưu lại thành .docx hoặc PDF.")
    if "word/document.xml" in names:
        return DOCX
    if "xl/workbook.xml" in names:
        return XLSX
    raise UploadRefused(f"Không nhận ra loại tệp của {name}. {HOW}")


def write(data: bytes, *, folder: str, suffix: str) -> str:
    """Keep bytes under a random name below MEDIA_ROOT and return the relative path; never overwrites."""
    relative = PurePath(folder) / f"{secrets.token_hex(16)}{suffix}"
    target = Path(settings.MEDIA_ROOT) / relative
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as out:
        out.write(data)
    target.chmod(0o600)
    return str(relative)


def discard(path: str) -> None:
    """Remove bytes that no row names."""
    (Path(settings.MEDIA_ROOT) / path).unlink(missing_ok=True)


@contextmanager
def rows_and_files() -> Iterator[list[str]]:
    """A transaction for rows that name files: the paths put into the list go when it is rolled back."""
    paths: list[str] = []
    try:
        with transaction.atomic():
            yield paths
    except BaseException:
        for path in paths:
            discard(path)
        raise


def read(path: str) -> bytes:
    return (Path(settings.MEDIA_ROOT) / path).read_bytes()


def serve(path: str, *, name: str, content_type: str) -> FileResponse:
    """The stored file as an attachment that no browser will try to run."""
    target = Path(settings.MEDIA_ROOT) / path
    if not target.is_file():
        raise Http404
    response = FileResponse(target.open("rb"), as_attachment=True, filename=name, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
