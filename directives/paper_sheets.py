"""A table of papers as people keep it: its columns found, each line read into what the register asks.

Plain Python without a database; what is known of the papers already is looked up in `paper_import`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from directives.codes import Code, kinds_of_word, parse_code
from directives.dates import DATE, read_printed
from units.secrecy import WHERE_TO, line_has_secret_mark, name_has_secret_mark
from units.text import fold, nfc

MOST_LINES = 500
COLUMNS: dict[str, tuple[str, ...]] = {
    "kind": ("loại", "loại văn bản", "tên loại", "thể loại"),
    "code": ("số, ký hiệu", "số ký hiệu", "số hiệu", "số và ký hiệu", "ký hiệu", "số văn bản"),
    "issued_on": ("ngày ban hành", "ngày", "ngày văn bản", "ngày, tháng", "ngày ký"),
    "issuer": ("cơ quan ban hành", "nơi ban hành", "tác giả", "cơ quan"),
    "title": ("trích yếu", "trích yếu nội dung", "tên văn bản", "nội dung", "tên loại và trích yếu nội dung"),
    "implements": ("thực hiện", "thực hiện văn bản", "triển khai"),
    "based_on": ("căn cứ", "căn cứ văn bản"),
    "status": ("hiệu lực", "tình trạng", "tình trạng hiệu lực"),
    "status_since": ("hiệu lực từ ngày", "từ ngày"),
    "status_by": ("theo văn bản",),
    "printed_as": ("có bản in ghi",),
}
"""Column → headings it is known by, the one of the template first; what follows in brackets is a hint."""
TEMPLATE = (
    ("Loại", 16),
    ("Số, ký hiệu", 20),
    ("Ngày ban hành (dd/mm/yyyy)", 16),
    ("Cơ quan ban hành", 28),
    ("Trích yếu", 60),
    ("Thực hiện (số, ký hiệu; cách nhau bằng dấu ;)", 28),
    ("Căn cứ (số, ký hiệu; cách nhau bằng dấu ;)", 28),
    ("Hiệu lực (để trống: còn hiệu lực)", 34),
)
"""Headings of the file people fill in, with their widths in characters."""
_COUNTERS = ("stt", "tt", "so tt", "so thu tu")
_NEEDED = ("title", "code")
_HEADING_WITHIN = 15
_LONGEST = {"title": 600, "issuer": 200, "code": 80, "printed_as": 80}
_LISTED = re.compile(r"[;,\n]|(?<!\w)và(?!\w)")
_STATUSES = (
    ("draft", ("du thao",)),
    ("amended", ("sua doi", "bo sung")),
    ("replaced", ("thay the",)),
    ("repealed", ("bai bo", "huy bo", "het hieu luc", "khong con hieu luc")),
    ("in_force", ("con hieu luc", "dang ap dung", "dang co hieu luc", "da ban hanh")),
)
_BY = re.compile(r"(?<!\w)(?:theo|bởi|bằng)(?!\w)", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


class SheetRefused(ValueError):
    """The table cannot be taken; `str()` says in Vietnamese why and what to do."""


@dataclass(frozen=True)
class Named:
    """A paper that a line names by number, perhaps with its date."""

    code: str
    issued_on: date | None = None

    def __str__(self) -> str:
        return f"{self.code} ngày {self.issued_on:%d/%m/%Y}" if self.issued_on else self.code


@dataclass
class Entry:
    """One line. `problems` keep it out, `doubts` want a person's yes, `remarks` are only said."""

    line: int
    kind: str = ""
    kind_word: str = ""
    code: str = ""
    printed_as: str = ""
    issued_on: date | None = None
    issuer: str = ""
    title: str = ""
    implements: list[Named] = field(default_factory=list)
    based_on: list[Named] = field(default_factory=list)
    status: str = "in_force"
    status_since: date | None = None
    status_by: Named | None = None
    problems: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def is_draft(self) -> bool:
        return self.status == "draft"


Line = tuple[int, Mapping[str, str]]
"""Number of the line in the file, and its cells by column."""


def lines_of(rows: Sequence[Sequence[str]], name: str) -> tuple[list[Line], list[str]]:
    """(lines that hold something, headings nothing is done with). Raises `SheetRefused`.

    A secrecy mark anywhere in the file refuses it whole, before anything of it is shown or stored.
    """
    if mark := name_has_secret_mark(name):
        raise SheetRefused(f"Tên tệp mang dấu {mark}. {WHERE_TO}")
    for number, row in enumerate(rows, start=1):
        for cell in row:
            if mark := line_has_secret_mark(cell):
                raise SheetRefused(f"Dòng {number} của bảng mang dấu {mark}. {WHERE_TO}")
    at, places, unused = _heading(rows)
    found: list[Line] = [
        (number, {column: _cell(row, place) for column, place in places.items()})
        for number, row in enumerate(rows[at + 1 :], start=at + 2)
        if any(_cell(row, place) for place in places.values())
    ]
    if not found:
        raise SheetRefused("Bảng chỉ có dòng tiêu đề, chưa có văn bản nào. Điền từ dòng dưới tiêu đề.")
    if len(found) > MOST_LINES:
        raise SheetRefused(
            f"Bảng có {len(found)} văn bản; mỗi lần nhập nhiều nhất {MOST_LINES}. Hãy chia thành nhiều tệp."
        )
    return found, unused


def _cell(row: Sequence[str], place: int) -> str:
    return nfc(row[place]).strip() if place < len(row) else ""


def _heading(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int], list[str]]:
    """(its row, place of each column, headings not known): the first row that names number and title."""
    known = {_plain(heading): column for column, names in COLUMNS.items() for heading in names}
    for at, row in enumerate(rows[:_HEADING_WITHIN]):
        places: dict[str, int] = {}
        unused = []
        for place, cell in enumerate(row):
            column = known.get(_plain(cell))
            if column and column not in places:
                places[column] = place
            elif cell.strip() and _plain(cell) not in _COUNTERS:
                unused.append(" ".join(cell.split())[:60])
        if all(column in places for column in _NEEDED):
            return at, places, unused
    raise SheetRefused(
        "Không thấy dòng tiêu đề có cột “Số, ký hiệu” và “Trích yếu”. Hãy dùng tệp mẫu, giữ nguyên dòng tiêu đề."
    )


def _plain(heading: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", fold(_IN_BRACKETS.sub(" ", nfc(heading)))).split())


def read_line(line: int, cells: Mapping[str, str]) -> Entry:
    """Read one line; never raises. What is wrong or doubtful is noted in the entry."""
    entry = Entry(line, issuer=_one_line(cells, "issuer"), title=_one_line(cells, "title"))
    _read_status(entry, cells)
    _read_date(entry, cells)
    _read_code(entry, cells)
    for column, into in (("implements", entry.implements), ("based_on", entry.based_on)):
        into += _read_named(entry, cells.get(column, ""))
    _need_all(entry)
    return entry


def _one_line(cells: Mapping[str, str], column: str) -> str:
    return " ".join(cells.get(column, "").split())


def _need_all(entry: Entry) -> None:
    if not entry.title:
        entry.problems.append("Thiếu trích yếu. Ghi trích yếu nội dung văn bản.")
    if not entry.issuer:
        entry.problems.append("Thiếu cơ quan ban hành. Ghi tên cơ quan.")
    if not entry.is_draft and not entry.code:
        entry.problems.append(
            "Thiếu số, ký hiệu. Điền số; văn bản chưa có số thì ghi “Dự thảo” ở cột Hiệu lực."
        )
    said_of_date = any("ngày ban hành" in problem.lower() for problem in entry.problems)
    if not entry.is_draft and entry.issued_on is None and not said_of_date:
        entry.problems.append(
            "Thiếu ngày ban hành. Ghi theo dạng dd/mm/yyyy, hoặc ghi “Dự thảo” ở cột Hiệu lực."
        )
    for name, longest in _LONGEST.items():
        if len(getattr(entry, name)) > longest:
            entry.problems.append(f"{COLUMNS[name][0].capitalize()} dài hơn {longest} ký tự. Hãy rút gọn.")


def _read_status(entry: Entry, cells: Mapping[str, str]) -> None:
    text = _one_line(cells, "status")
    said = fold(text)
    status = next((status for status, words in _STATUSES if any(word in said for word in words)), "")
    if said and not status:
        entry.problems.append(
            f"Không hiểu hiệu lực “{text[:60]}”. Để trống nếu còn hiệu lực; hoặc ghi “Dự thảo”, “Đã thay thế từ "
            "01/9/2024 theo 40-CT/TW”."
        )
    entry.status = status or "in_force"
    if entry.status in ("draft", "in_force"):
        return
    before, _, after = _split_by(text)
    since = _day(_one_line(cells, "status_since")) or _first_day(before)
    entry.status_since = since
    entry.status_by = _named(after or _one_line(cells, "status_by"))
    if entry.status_since is None or entry.status_by is None:
        entry.problems.append(
            "Hiệu lực chưa nói từ ngày nào, theo văn bản nào. Ghi như “Đã thay thế từ 01/9/2024 theo 40-CT/TW”."
        )


def _split_by(text: str) -> tuple[str, str, str]:
    found = _BY.search(text)
    return (text[: found.start()], found.group(), text[found.end() :]) if found else (text, "", "")


def _read_date(entry: Entry, cells: Mapping[str, str]) -> None:
    text = _one_line(cells, "issued_on")
    if not text:
        return
    entry.issued_on = _day(text)
    if entry.issued_on is None:
        hint = " Ô này đang là số: định dạng ô thành ngày." if text.replace(".", "").isdigit() else ""
        entry.problems.append(
            f"Không đọc được ngày ban hành “{text[:40]}”. Ghi theo dạng dd/mm/yyyy, ví dụ 01/3/2025.{hint}"
        )


def _day(text: str) -> date | None:
    """The one day that a cell is: dd/mm/yyyy in any form papers print, or yyyy-mm-dd."""
    plain = re.sub(r"^\s*ngày\s+", "", text.strip(), flags=re.IGNORECASE)
    try:
        found = date.fromisoformat(plain[:10]) if re.match(r"\d{4}-\d\d-\d\d(?:$|[ T])", plain) else None
    except ValueError:
        return None
    if found is None:
        match = DATE.fullmatch(plain)
        printed = read_printed(match) if match else None
        found = printed.exact if printed else None
    return found if found and _FIRST_YEAR <= found.year <= _LAST_YEAR else None


def _first_day(text: str) -> date | None:
    match = DATE.search(text)
    printed = read_printed(match) if match else None
    return printed.exact if printed else None


def _read_code(entry: Entry, cells: Mapping[str, str]) -> None:
    word = _kind_word(entry, _one_line(cells, "kind"))
    typed = cells.get("code", "").strip()
    printed_as = _one_line(cells, "printed_as")
    bare, day = _without_day(typed)
    if entry.issued_on is None and day is not None:
        entry.issued_on = day
        entry.problems = [one for one in entry.problems if "ngày ban hành" not in one]
    code = parse_code(bare, word or None) if bare else None
    if code is None:
        _without_code(entry, bare, word)
    else:
        _with_code(entry, code, bare)
    entry.printed_as = printed_as or entry.printed_as
    if word and fold(word) in _SECOND:
        entry.kind_word = _SECOND[fold(word)]


_SECOND = {"quy dinh": "Quy định", "qui dinh": "Quy định", "thong tri": "Thông tri"}
"""Kinds whose letters another kind shares: the word is kept with the paper."""


def _kind_word(entry: Entry, text: str) -> str:
    """The kind word of the line where it is one the register knows, else empty."""
    word = _IN_BRACKETS.sub(" ", text).strip()
    if word and kinds_of_word(word) is None:
        entry.remarks.append(f"Loại “{word[:40]}” không có trong danh mục loại; loại lấy theo ký hiệu.")
        return ""
    return word


def _with_code(entry: Entry, code: Code, typed: str) -> None:
    entry.kind, entry.code = code.kind, code.text
    if code.note:
        entry.printed_as = " ".join(nfc(typed).split())
        entry.remarks.append(code.note)


def _without_code(entry: Entry, typed: str, word: str) -> None:
    allowed = kinds_of_word(word) if word else None
    if allowed:
        entry.kind = allowed[0]
    else:
        entry.problems.append("Không biết loại văn bản. Ghi loại, ví dụ Kế hoạch.")
    if typed:
        entry.code = " ".join(nfc(typed).split())
        entry.doubts.append(f"Không đọc được “{entry.code[:60]}” như một số, ký hiệu thường dùng.")


def _without_day(text: str) -> tuple[str, date | None]:
    """The text "45-NQ/TW ngày 24/11/2023" → the number, and the day behind it where one is printed in full."""
    for match in DATE.finditer(text):
        printed = read_printed(match)
        before = text[: match.start()]
        if printed and printed.exact and re.search(r"[\s,(](?:ngày\s*)?$", before, re.IGNORECASE):
            return re.sub(r"[\s,(]+(?:ngày\s*)?$", "", before, flags=re.IGNORECASE), printed.exact
    return text, None


def _named(text: str) -> Named | None:
    bare, day = _without_day(text.strip())
    code = parse_code(bare) if bare else None
    return Named(code.text, day) if code else None


def _read_named(entry: Entry, text: str) -> Iterator[Named]:
    for piece in _LISTED.split(text):
        found = _named(piece)
        if found is not None:
            yield found
        elif piece.strip():
            entry.remarks.append(
                f"Không đọc được “{piece.strip()[:60]}” như một số, ký hiệu; quan hệ này không được ghi."
            )
