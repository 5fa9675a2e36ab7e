"""What a paper was read as, as plain objects for JSON: the shapes the reading commands print.

Dates are YYYY-MM-DD, times HH:MM, spans half-open positions in the text that was read. What is blank in
print is null where it is a kind, number, code or date, and empty where it is a name or a title.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

from directives.citations import Citation, find_citations
from directives.deadlines import Boundary, Deadline, read_deadline
from directives.plans import Header, Obligation, Paper, read_paper
from units.extraction.papers import Extracted, extract, first_page
from units.extraction.unreadable import LARGEST, Unreadable
from units.secrecy import WHERE_TO, paper_has_secret_mark

Object = dict[str, Any]

_DATED_LINE = re.compile(r"(?P<fragment>.*?)\t[ ]*(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})?[ ]*", re.DOTALL)
_BLANK_HEADER = Header(None, None, None, None, issuer="", subject="", signer_post="", is_draft=False)


class SecretPaper(ValueError):
    """The first page carries a secrecy mark, so nothing of it is read; `str()` says in Vietnamese what to do."""


def read_file(path: Path) -> tuple[Extracted, Paper]:
    """Read the paper in a file; spans index the text in Unicode, `Extracted.converted`.

    Raises `Unreadable` for a file whose text cannot be read, OSError for one that cannot be opened,
    `SecretPaper` for one that must not be here.
    """
    with path.open("rb") as stream:
        data = stream.read(LARGEST + 1)  # one byte more is refused
    if mark := paper_has_secret_mark(first_page(data, path.name)):
        raise SecretPaper(
            f"Văn bản trong tệp {path.name} mang dấu {mark} nên không được để trên máy này. {WHERE_TO}"
        )
    found = extract(data, path.name)
    return found, read_paper(found.converted)


def file_object(file: str) -> Object:
    """Return what the file says; one that cannot be read says so in its warnings. Never raises."""
    try:
        found, paper = read_file(Path(file))
    except (Unreadable, SecretPaper) as refusal:
        return unread_object(file, str(refusal))
    except (OSError, ValueError):  # ValueError: a NUL in the path
        return unread_object(file, f"Không mở được tệp {file}. Hãy kiểm tra lại đường dẫn và quyền đọc tệp.")
    return paper_object(file, paper, found.warnings)


def paper_object(file: str, paper: Paper, warnings: tuple[str, ...] = ()) -> Object:
    """Return a read paper; `warnings` of the extraction come before its own."""
    return {
        "file": file,
        "header": header_object(paper.header),
        "citations": [citation_object(each) for each in paper.citations],
        "obligations": [obligation_object(each) for each in paper.obligations],
        "warnings": [*warnings, *paper.warnings],
    }


def unread_object(file: str, why: str) -> Object:
    """Return the same shape for a file whose text could not be read."""
    header = header_object(_BLANK_HEADER)
    return {"file": file, "header": header, "citations": [], "obligations": [], "warnings": [why]}


def header_object(header: Header) -> Object:
    return {
        "kind": header.kind,
        "number": header.number,
        "code": header.code,
        "issued_on": _day(header.issued_on),
        "issuer": header.issuer,
        "subject": header.subject,
    }


def citation_object(citation: Citation) -> Object:
    return {
        "kind": citation.kind,
        "code": citation.code,
        "issued_on": _day(citation.issued_on),
        "issuer": citation.issuer,
        "span": list(citation.span),
        "note": citation.note,
    }


def obligation_object(obligation: Obligation) -> Object:
    return {
        "addressees": list(obligation.addressees),
        **deadline_object(obligation.deadline),
        "receiver": obligation.receiver,
        "span": list(obligation.span),
    }


def deadline_object(deadline: Deadline) -> Object:
    return {
        "due": _day(deadline.due),
        "boundary": str(Boundary(deadline.boundary)),
        "time": f"{deadline.time:%H:%M}" if deadline.time else None,
        "recurrence": deadline.recurrence,
    }


def citations_of_line(line: str) -> Object:
    """Return the citations of one line of input; spans index the fragment with its line breaks restored."""
    fragment, _ = fragment_of_line(line)
    return {"citations": [citation_object(each) for each in find_citations(fragment)]}


def deadline_of_line(line: str) -> Object:
    """Return the deadline of one line of input; nulls and the boundary none where it states none."""
    return deadline_object(read_deadline(*fragment_of_line(line)))


def fragment_of_line(line: str) -> tuple[str, date | None]:
    """Return the fragment ("\\n" written out is a line break) and, after a tab, the document's date."""
    found = _DATED_LINE.fullmatch(line)
    day = None
    if found:
        try:
            day = date.fromisoformat(found["day"]) if found["day"] else None
            line = found["fragment"]
        except ValueError:  # 2025-02-30 is no date: then it belongs to the fragment
            day = None
    return line.replace("\\n", "\n"), day


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
