"""What an official paper holds, whatever it is printed as.

The caller fills these dataclasses from its own rows; every string is plain text except the fields named
`html`, which hold a narrative (`reporting.narrative`) and are cleaned again when they are printed. Numbers
are handed over as printed text: `format_amount` and `format_number` write them the Vietnamese way.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from directives.boundaries import ZONE
from reporting import narrative

Align = Literal["left", "center", "right"]
MINISTRY = "BỘ Y TẾ"


@dataclass(frozen=True)
class Heading:
    """A numbered heading. Level 1: "I." in capitals, bold; 2: "1." bold; 3: "a)" upright; 4: italic."""

    level: Literal[1, 2, 3, 4]
    number: str
    text: str


@dataclass(frozen=True)
class Para:
    """A narrative of the paper's own voice: one or more paragraphs, lists, tables."""

    html: str


@dataclass(frozen=True)
class Note:
    """A short remark of the portal itself, in italics: "Chưa có số liệu.", "Không phát sinh."."""

    text: str


@dataclass(frozen=True)
class Contribution:
    """What one unit wrote, under the unit's name. `remark` says what kind of answer it is, if not prose."""

    unit: str
    html: str
    remark: str = ""


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, its share of the width (any unit, they are summed), its alignment."""

    title: str
    share: float = 1.0
    align: Align = "left"


@dataclass(frozen=True)
class Row:
    """A row of a table as printed text; `strong` marks a total, `span` a heading across all columns."""

    cells: tuple[str, ...]
    strong: bool = False
    span: bool = False


@dataclass(frozen=True)
class Table:
    """A table of figures or names. The header row is repeated on every page."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""


@dataclass(frozen=True)
class Receipt:
    """The line block a submission carries once it was received: receipt code, instant, hash of its content."""

    code: str
    received_at: dt.datetime
    sha256: str
    sender: str = ""
    dates: tuple[str, ...] = ()
    """By when it was owed, a line each: "Thời hạn: trước ngày 20/10/2025"."""


Block = Heading | Para | Note | Contribution | Table


@dataclass(frozen=True)
class Annex:
    """A "Phụ lục". `compendium` marks a long one: printed in pieces, kept, and merged (`pdf.build_report`).

    A compendium may only follow all other annexes of its paper.
    """

    number: str
    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False
    compendium: bool = False
    reference: str = ""

    @property
    def label(self) -> str:
        """ "Phụ lục III" as printed; "Phụ lục" when there is only one."""
        return f"Phụ lục {self.number}".strip()


@dataclass(frozen=True)
class Signature:
    """Who signs. `authority` is "KT. BỘ TRƯỞNG", "TL. BỘ TRƯỞNG", … or empty when the head signs.

    A deputy who signs by order has two, a line each: "TL. BỘ TRƯỞNG", "KT. CHÁNH VĂN PHÒNG".
    """

    post: str
    name: str = ""
    authority: str = ""

    @property
    def posts(self) -> list[str]:
        """The lines above the name: authorities, then the post."""
        return [*self.authority.splitlines(), self.post]


@dataclass(frozen=True)
class OfficialPaper:
    """One official paper, ready to be printed.

    `number` is empty until the registry gave one, `issued_on` None until it dated it; then the places stay
    blank, and `year` fills the blank date. `draft` prints "DỰ THẢO"; `as_of_line` stands under the subject in
    brackets. `kind` "" makes a letter: its subject goes under the number as "V/v …". `closing` is the last
    paragraph; "./." is added to it, or to the last narrative when it is empty.
    """

    issuing_body: str
    symbol: str
    place: str
    year: int
    subject: str
    author: str
    kind: str = "BÁO CÁO"
    parent_body: str = ""
    number: str = ""
    issued_on: dt.date | None = None
    addressees: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    opening: str = ""
    blocks: tuple[Block, ...] = ()
    closing: str = ""
    signature: Signature | None = None
    recipients: tuple[str, ...] = ()
    draft: bool = False
    as_of_line: str = ""
    annexes: tuple[Annex, ...] = ()
    receipt: Receipt | None = None
    dated: dt.datetime | None = field(default=None)
    """Instant written into the file as its date of creation; None leaves it out. Never the clock: equal content
    must give equal bytes."""

    def __post_init__(self) -> None:
        """Refuse a compendium in front of an ordinary annex: it is merged behind the printed whole."""
        flags = [annex.compendium for annex in self.annexes]
        if flags != sorted(flags):
            raise ValueError("A compendium annex must stand behind all other annexes.")

    @property
    def title(self) -> str:
        """The paper's title for a file's properties: "Báo cáo kết quả …"."""
        if not self.kind:
            return f"V/v {self.subject}"
        subject = self.subject[:1].lower() + self.subject[1:] if self.subject[1:2].islower() else self.subject
        return f"{self.kind.capitalize()} {subject}"

    @property
    def printed_number(self) -> str:
        """ "Số: 07/BC-BYT"; room for the number stays while there is none."""
        number = f"{int(self.number):02d}" if self.number.isdigit() else self.number
        return f"Số: {number or NBSP * 8}/{self.symbol}"

    @property
    def printed_place_and_date(self) -> str:
        """ "Hà Nội, ngày 04 tháng 11 năm 2025"; day and month stay blank while undated."""
        if self.issued_on is None:
            return f"{self.place}, ngày{NBSP * 6}tháng{NBSP * 6}năm {self.year}"
        return f"{self.place}, {long_date(self.issued_on)}"

    @property
    def printed_subject(self) -> str:
        """The subject, with "V/v " in front of it on a letter."""
        return self.subject if self.kind else f"V/v {self.subject}"


NBSP = "\u00a0"


def two_digits(day_or_month: int, *, month: bool = False) -> str:
    """Write a day or month as Nghị định 30 asks: a 0 before days under 10 and before months 1 and 2."""
    return f"{day_or_month:02d}" if day_or_month < (3 if month else 10) else str(day_or_month)


def long_date(day: dt.date) -> str:
    """Write a date as "ngày 05 tháng 02 năm 2026"."""
    return f"ngày {two_digits(day.day)} tháng {two_digits(day.month, month=True)} năm {day.year}"


def as_of(at: dt.datetime, reported: int, expected: int) -> str:
    """Write the line of a draft: "Số liệu đến 17 giờ 00 ngày 31/10/2025, 118/131 đơn vị"; `at` must be aware."""
    local = at.astimezone(ZONE)
    return f"Số liệu đến {local:%H} giờ {local:%M} ngày {local:%d/%m/%Y}, {reported}/{expected} đơn vị"


def clock_line(at: dt.datetime) -> str:
    """Write an instant to the second: "16:05:09 ngày 17/10/2025"; `at` must be aware."""
    return f"{at.astimezone(ZONE):%H:%M:%S ngày %d/%m/%Y}"


def format_number(value: int | Decimal) -> str:
    """Write a number the Vietnamese way: 1286 → "1.286", Decimal("98.5") → "98,5"."""
    return (
        f"{value:,f}".translate({ord(","): ".", ord("."): ","})
        if isinstance(value, Decimal)
        else (f"{value:,}".replace(",", "."))
    )


def format_amount(amount: int, decimals: int = 0) -> str:
    """Write an amount stored as units of 10^-decimals: (985, 1) → "98,5"; (1286, 0) → "1.286"."""
    return format_number(Decimal(amount).scaleb(-decimals)) if decimals else format_number(amount)


def words_of(block: Block) -> int:
    """Number of words of a block, for cutting a compendium into pieces of even size."""
    match block:
        case Para():
            return narrative.word_count(block.html)
        case Contribution():
            return narrative.word_count(block.html) + len(block.unit.split()) + 2
        case Table():
            return sum(len(cell.split()) for row in block.rows for cell in row.cells) + 4 * len(block.rows)
        case Heading() | Note():
            return len(block.text.split()) + 4


def ended(closing: str) -> str:
    """The closing sentence with the "./." every official text ends with."""
    return closing.rstrip(" .;/") + "./."


def base_line(base: str, index: int, bases: Sequence[str]) -> str:
    """A căn cứ as printed: each ends with ";", the last with "."."""
    return base.rstrip(" ;.") + (";" if index < len(bases) - 1 else ".")
