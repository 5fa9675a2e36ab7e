"""Secrecy marks of Luật Bảo vệ bí mật nhà nước: a paper that carries one must not enter the portal."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

# Most severe first, so that TỐI MẬT is not read as MẬT.
_MARKS = ("TUYỆT MẬT", "TỐI MẬT", "MẬT")
_MARK_LABEL = re.compile(
    r"(?:^|[\s(\[|;])(?:mức\s+)?(?:dấu\s+)?(?:chỉ\s+)?độ\s+mật\s*[:：]\s*[\"“'(\[]?\s*(tuyệt\s+mật|tối\s+mật|mật)\b",
    re.IGNORECASE,
)
_CELL_GAP = re.compile(r"\t| {2,}|\u00a0{2,}|\|")
_EDGES = " \u00a0\t.,:;*_=-–—()[]{}<>«»\"“”'‘’/|"
# In one line a mark also stands framed, or parted by a dash with blanks around it: "Kế hoạch … (MẬT)".
_FRAME = re.compile(r"[()\[\]{}<>«»|]|\s[-–—]\s")
_NAME_GAP = re.compile(r"[()\[\]{}|_.,;]+|\s*[-–—]+\s*|\s{2,}")
# Names of files often lose their accents; then only capitals tell a mark, and "MAT" alone never does.
_SPOKEN = re.compile(r"(?<!\w)((?i:tuyệt|tối) (?i:mật)|(?:TUYET|TOI) MAT)(?!\w)")

WHERE_TO = (
    "Bí mật nhà nước không được đưa lên cổng; nội dung chưa được lưu. "
    "Hãy gửi bằng đường văn bản mật theo quy định."
)


def has_secret_mark(text: str) -> str | None:
    """Return the secrecy mark a paper carries ("MẬT", "TỐI MẬT" or "TUYỆT MẬT"), or None.

    A mark stands alone on its line (or in its cell of a line: parted by a tab, two blanks or "|"), framed or
    letter-spaced or not, or follows the label "Độ mật:". The words in running text ("bí mật", "bảo mật",
    "mật độ", "tài liệu mật") are no marks.
    """
    plain = unicodedata.normalize("NFKC", text.replace("\u00a0", " ")).replace("\r", "\n")
    label = _MARK_LABEL.search(plain)
    if label:
        return " ".join(label.group(1).upper().split())
    for line in plain.split("\n"):
        for cell in (line, *_CELL_GAP.split(line)):
            mark = _as_mark(cell)
            if mark:
                return mark
    return None


def line_has_secret_mark(line: str) -> str | None:
    """The same for one line people type, a title or a note: there a mark in brackets counts too."""
    found = has_secret_mark(line)
    if found:
        return found
    cells = _FRAME.split(unicodedata.normalize("NFKC", line.replace("\u00a0", " ")))
    # Only in capitals: "(mật)" may explain a word, "(MẬT)" is a stamp.
    return next((mark for cell in cells if cell == cell.upper() and (mark := _as_mark(cell))), None)


def paper_has_secret_mark(first_page: str) -> str | None:
    """The mark on the first page of a paper as extracted from its file, margins included.

    There it stands alone on a line or in a cell. Further pages do not count: rules about secrecy and forms
    for secret papers print the words as well.
    """
    return has_secret_mark(first_page)


def name_has_secret_mark(name: str) -> str | None:
    """The mark in the name of a file: "KH 12 (TỐI MẬT).pdf", "TUYET_MAT ke hoach.docx"; None without one."""
    stem = PurePath(unicodedata.normalize("NFKC", name)).stem
    spoken = _SPOKEN.search(re.sub(r"[_\W]+", " ", stem))
    if spoken:
        return "TUYỆT MẬT" if spoken.group(1).upper().startswith("TUY") else "TỐI MẬT"
    cells = _NAME_GAP.split(stem)
    return next((mark for cell in cells if cell == cell.upper() and (mark := _as_mark(cell))), None)


def _as_mark(cell: str) -> str | None:
    stripped = cell.strip(_EDGES)
    if not stripped or len(stripped) > 40 or not stripped[0].isupper():
        return None
    letters = "".join(stripped.split())
    shape = stripped == stripped.upper() or stripped[1:] == stripped[1:].lower()
    for mark in _MARKS:
        if shape and letters.upper() == mark.replace(" ", ""):
            return mark
    return None
