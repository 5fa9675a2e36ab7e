"""The child process that opens one file and says its text. Nothing else in the portal opens uploaded papers.

Run as `python -m units.extraction.reader LIMITS`. It reads the file from standard input and answers with one
JSON object on standard output. Limits on memory, CPU time and files are set before the first byte is read:
it can write no file at all. It knows no database, no settings, and reads nothing from the network.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from dataclasses import dataclass
from typing import Any, BinaryIO

from units.extraction.unreadable import MOST_CHARACTERS, Reason, Unreadable

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"RIFF")
_FIRST_PAGE = 3_000
"""Characters of a paper without pages in which a stamp of its first page would stand."""
_MOST_NAMED_PAGES = 10


@dataclass
class Reading:
    """What was read. `first_page` also has what stands in its margins, as stored and converted."""

    text: str
    format: str
    pages: int | None = None
    warnings: tuple[str, ...] = ()
    converted: str = ""
    legacy: str | None = None
    first_page: str = ""


def read(data: bytes, *, whole: bool = True) -> Reading:
    """Return what a file says, its type told by its bytes; `whole` False reads only the first page.

    Raises `Unreadable`.
    """
    found = _read_format(data, whole=whole)
    found.text = _storable(found.text)
    if whole and not found.text.strip():
        raise Unreadable(Reason.NO_TEXT if found.format == "pdf" else Reason.EMPTY)
    if whole and len(found.text) > MOST_CHARACTERS:
        raise Unreadable(Reason.TOO_LONG)
    _say_legacy(found)
    return found


def _read_format(data: bytes, *, whole: bool) -> Reading:
    if not data.strip():
        raise Unreadable(Reason.EMPTY)
    if b"%PDF-" in data[:1024]:
        return _pdf(data, whole=whole)
    if data.startswith(b"PK"):
        return _word(data, whole=whole)
    _refuse_other(data)
    return _text(data, whole=whole)


def _refuse_other(data: bytes) -> None:
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Unreadable(Reason.ENCRYPTED)
        word = "WordDocument".encode("utf-16-le") in data
        raise Unreadable(Reason.OLD_WORD if word else Reason.OLD_OFFICE)
    if data.lstrip().startswith(b"{\\rtf"):
        raise Unreadable(Reason.RICH_TEXT)
    if data.startswith(_IMAGES):
        raise Unreadable(Reason.IMAGE)


# The libraries are imported where they are needed: a text file should not wait for a PDF engine.


def _pdf(data: bytes, *, whole: bool) -> Reading:
    from units.extraction import pdf

    if not whole:
        text = pdf.first_page(data)
        return Reading(text, "pdf", first_page=text)
    found = pdf.read_pdf(data)
    warnings = (_unread_pages(found.unread),) if found.unread else ()
    return Reading(found.text, "pdf", found.pages, warnings)


def _unread_pages(pages: tuple[int, ...]) -> str:
    named = ", ".join(str(page) for page in pages[:_MOST_NAMED_PAGES])
    rest = " …" if len(pages) > _MOST_NAMED_PAGES else ""
    return f"Trang {named}{rest} là bản quét, không có lớp chữ nên không đọc được; hãy dán nội dung các trang đó."


def _word(data: bytes, *, whole: bool) -> Reading:
    from units.extraction import word

    if not word.is_word(data):
        raise Unreadable(Reason.OTHER_OFFICE)
    found = word.read_word(data) if whole else word.read_word(data, most_pages=None)
    warnings: tuple[str, ...] = ()
    if found.has_deletions:
        warnings = ("Văn bản còn vết sửa (Track Changes): đã bỏ phần bị xóa, giữ phần được thêm.",)
    beginning = "\n".join((found.margins, found.text[:_FIRST_PAGE], found.converted[:_FIRST_PAGE]))
    return Reading(found.text, "docx", found.pages, warnings, found.converted, found.legacy, beginning)


def _text(data: bytes, *, whole: bool) -> Reading:
    from units.extraction.plain import decoded

    text = decoded(data)
    if text.lstrip()[:5].lower() == "<?xml" and "<html" not in text[:2_000].lower():
        raise Unreadable(Reason.XML)
    from units.extraction import pasted

    if not pasted.looks_like_html(text):
        return Reading(text, "txt", first_page=text[:_FIRST_PAGE])
    shown = pasted.read_html(text)
    return Reading(shown, "html", first_page=shown[:_FIRST_PAGE])


def _storable(text: str) -> str:
    """Drop what no JSON, database or reader takes: NUL and halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", errors="replace").decode("utf-8")


def _say_legacy(found: Reading) -> None:
    from units.extraction.legacy import convert_legacy, detect_legacy

    if found.legacy is None:
        found.legacy = detect_legacy(found.text)
        found.converted = convert_legacy(found.text, found.legacy) if found.legacy else found.text
    found.converted = _storable(found.converted)
    if found.legacy:
        name = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI"}[found.legacy]
        found.warnings += (
            f"Văn bản dùng bảng mã cũ {name}; hãy xem bản đã chuyển sang Unicode trước khi dùng.",
        )
        if found.format != "docx":
            found.first_page += "\n" + convert_legacy(found.first_page, found.legacy)


def main() -> None:
    """Answer for the file on standard input."""
    limits = json.loads(sys.argv[1])
    _limit(limits)
    target = _own_output()
    answer = _answer(sys.stdin.buffer.read(), whole=limits["whole"], rows=limits.get("rows", False))
    answer["peak_memory_kb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    target.write(json.dumps(answer).encode())
    target.flush()


def _answer(data: bytes, *, whole: bool, rows: bool) -> dict[str, Any]:
    try:
        if rows:
            return {"rows": _rows(data)}
        found = read(data, whole=whole)
    except Unreadable as refusal:
        return {"unreadable": refusal.reason}
    except MemoryError:
        return {"unreadable": Reason.MEMORY}
    except RecursionError:
        return {"unreadable": Reason.NESTED}
    except Exception:  # noqa: BLE001 — whatever a library raises over a crafted file, the file is broken
        return {"unreadable": Reason.BROKEN}
    if not whole:
        return {"first_page": _storable(found.first_page)}
    return {
        "text": found.text,
        "format": found.format,
        "pages": found.pages,
        "warnings": found.warnings,
        "legacy": found.legacy,
        "converted": None if found.converted == found.text else found.converted,
    }


def _rows(data: bytes) -> list[list[str]]:
    from units.extraction.sheets import read_rows

    if not data.strip():
        raise Unreadable(Reason.EMPTY)
    if not data.startswith(b"PK"):
        _refuse_other(data)
    return [[_storable(cell) for cell in row] for row in read_rows(data)]


def _own_output() -> BinaryIO:
    """Keep standard output for the answer: whatever a library prints goes to standard error."""
    target = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return target


def _limit(limits: dict[str, int]) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory_bytes"],) * 2)
    # The soft limit ends the process with a signal of its own, the hard one without a word.
    resource.setrlimit(resource.RLIMIT_CPU, (limits["cpu_seconds"], limits["cpu_seconds"] + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
