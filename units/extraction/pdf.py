"""PDF files with a text layer: lines in reading order, without page numbers and running heads.

Within a page the order is that of the file, which programs write paragraph by paragraph and cell by cell;
only a page whose order jumps about (text recognition, some printer drivers) is put in order by position.
The letterhead's two columns are always read one after the other.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

import pypdfium2
import pypdfium2.raw as pdfium

from units.extraction.blocks import is_motto
from units.extraction.labels import bullet
from units.extraction.unreadable import MOST_PAGES, Reason, Unreadable
from units.text import fold

_MARGIN = 0.09
"""Part of a page's height, above and below, where page numbers and running heads stand."""
_LETTERHEAD = 0.45
"""Part of the first page's height that can belong to the letterhead."""
_PAGE_NUMBER = re.compile(
    r"[-–—\s.]*(?:trang\s*|page\s*)?[0-9]{1,4}(?:\s*/\s*[0-9]{1,4})?[-–—\s.]*", re.IGNORECASE
)
_KIND = re.compile(
    "nghi quyet|chi thi|ket luan|ke hoach|huong dan|chuong trinh(?: hanh dong)?|quyet dinh|quy dinh|quy che|"
    "thong bao(?: ket luan)?|bao cao|to trinh|nghi dinh|thong tu|cong dien|luat|phap lenh|lenh|de an"
)
_LABEL = re.compile(r"(?:[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}|[IVXLivx]{1,5}|[a-zđA-ZĐ])[.)]|[-–+•*]")
"""What stands before the item of a list, often at some distance."""
_AFTER_A_BLANK = re.compile(r"[/,-]|(?:ngày|tháng|năm|của)(?!\w)")
"""What follows a number or date that a draft leaves blank."""
_DIGITS = re.compile(r"[0-9]+")
_FEW_LETTERS = 200
"""A page with a picture of the whole page and no more letters than this (a visible signature) is a scan."""
_NO_LETTERS = 20
_CENTRED_FROM, _CENTRED_WITHIN = 4.0, 6.0
"""Points a title stands in from both edges at least, and by how much the two may differ."""
_MOST_BLANKS = 40
_TITLE_LEFT, _TITLE_RIGHT = 25.0, 45.0
"""Points the middle of a title may lie beside that of the page; columns of a letterhead lie further off."""
_FIRST_MARK = 0x300
_HYPHENS = (0x02, 0xFFFE, 0xAD)
"""How PDFium says that a hyphen ends a line."""


@dataclass
class Piece:
    """Characters that stand side by side on one line; x to the right, y upwards, in points."""

    text: str
    left: float
    right: float
    bottom: float
    top: float

    def take(self, right: float, bottom: float, top: float) -> None:
        """Make room for one more character."""
        if right > self.right:
            self.right = right
        if bottom < self.bottom:
            self.bottom = bottom
        if top > self.top:
            self.top = top

    @property
    def height(self) -> float:
        height = self.top - self.bottom
        return height if height > 1.0 else 1.0

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    def beside(self, other: Piece) -> bool:
        """Whether both stand on the same line."""
        return abs(self.bottom - other.bottom) < 0.5 * min(self.height, other.height)


@dataclass
class Page:
    """What stands on one page, measured from its lower left corner as it is shown."""

    pieces: list[Piece]
    width: float
    height: float
    letters: int
    is_picture: bool

    def in_margin(self, piece: Piece) -> bool:
        place = piece.middle / self.height if self.height else 0.5
        return place < _MARGIN or place > 1 - _MARGIN


@dataclass(frozen=True)
class PdfText:
    """What a PDF says; `unread` are the numbers of pages that are pictures only."""

    text: str
    pages: int
    unread: tuple[int, ...]


def read_pdf(data: bytes) -> PdfText:
    """Return the text of a PDF. Raises `Unreadable`: encrypted, broken, too many pages, scanned, no text."""
    document = _opened(data)
    count = len(document)
    if count > MOST_PAGES:
        raise Unreadable(Reason.TOO_MANY_PAGES)
    pages = [_page(document, place) for place in range(count)]
    unread = tuple(place + 1 for place, page in enumerate(pages) if _is_scan(page))
    if sum(page.letters for page in pages) < _NO_LETTERS or len(unread) == count:
        raise Unreadable(Reason.SCANNED if any(page.is_picture for page in pages) else Reason.NO_TEXT)
    _without_running_heads(pages)
    texts = [_text(page, first=place == 0) for place, page in enumerate(pages)]
    return PdfText("\n".join(filter(None, texts)), count, unread)


def first_page(data: bytes) -> str:
    """Return the text of the first page with its margins, however many pages follow. Raises `Unreadable`."""
    document = _opened(data)
    return _text(_page(document, 0), first=True) if len(document) else ""


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower() or "security" in str(error).lower()
        raise Unreadable(Reason.ENCRYPTED if locked else Reason.BROKEN) from None


def _is_scan(page: Page) -> bool:
    return page.is_picture and page.letters <= _FEW_LETTERS


def _page(document: pypdfium2.PdfDocument, place: int) -> Page:
    try:
        page = document[place]
    except pypdfium2.PdfiumError:
        raise Unreadable(Reason.BROKEN) from None
    try:
        left, bottom, right, top = page.get_bbox()
        view = _View(left, bottom, right, top, page.get_rotation())
        text_page = page.get_textpage()
        try:
            pieces = list(_pieces(text_page.raw, view))
        finally:
            text_page.close()
        letters = sum(len(piece.text.replace(" ", "")) for piece in pieces)
        picture = letters <= _FEW_LETTERS and _shows_picture(page, (right - left) * (top - bottom))
        return Page(pieces, *view.size, letters, picture)
    finally:
        page.close()


def _shows_picture(page: pypdfium2.PdfPage, area: float) -> bool:
    for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = thing.get_bounds()
        if (right - left) * (top - bottom) >= 0.5 * area:
            return True
    return False


@dataclass(frozen=True)
class _View:
    """How a page is shown: where it lies in its own coordinates, and by how much it is turned (clockwise)."""

    left: float
    bottom: float
    right: float
    top: float
    turned: int

    @property
    def size(self) -> tuple[float, float]:
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turned in (90, 270) else (width, height)

    def shown(self, box: pdfium.FS_RECTF) -> tuple[float, float, float, float]:
        """Return left, right, bottom, top of a box as it is seen, from the lower left corner of the view."""
        left, right = box.left - self.left, box.right - self.left
        bottom, top = box.bottom - self.bottom, box.top - self.bottom
        if not self.turned:
            return left, right, bottom, top
        width, height = self.right - self.left, self.top - self.bottom
        if self.turned == 90:
            return bottom, top, width - right, width - left
        if self.turned == 180:
            return width - right, width - left, height - top, height - bottom
        return height - top, height - bottom, left, right


def _pieces(text_page: ctypes.c_void_p, view: _View) -> Iterator[Piece]:
    """Yield the runs of characters in the order of the file."""
    box = pdfium.FS_RECTF()
    current: Piece | None = None
    blank, base = False, 0  # whether a blank came before; the last character that was taken
    for index in range(pdfium.FPDFText_CountChars(text_page)):
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        if code in (0x0D, 0x0A, 0x20, 0xA0, 0x09, 0x00):
            blank = True
            continue
        if not pdfium.FPDFText_GetLooseCharBox(text_page, index, box):
            continue
        char = "-" if code in _HYPHENS else _character(code)
        left, right, bottom, top = view.shown(box)
        if code >= _FIRST_MARK and unicodedata.combining(char) and current is not None:
            # It belongs to the letter before, wherever it was drawn and whatever blank was made of that.
            current.text += char
            current.right = max(current.right, right)
            blank = False
            continue
        if current is not None and _goes_on(current, left, bottom, top):
            if char.isdigit() and not view.turned and _is_note_mark(text_page, index, base):
                continue
            gap = left - current.right
            if blank or gap > 0.3 * current.height:
                current.text += _blanks(gap, current.height)
            current.text += char
            current.take(right, bottom, top)
        else:
            if current is not None:
                yield current
            current = Piece(char, left, right, bottom, top)
        blank, base = False, index
    if current is not None:
        yield current


def _is_note_mark(text_page: ctypes.c_void_p, index: int, base: int) -> bool:
    """Whether a digit is small and raised: it leads to a footnote, unless it makes square metres of metres.

    Boxes do not tell: two subsets of one font may have boxes of different heights.
    """
    usual = pdfium.FPDFText_GetFontSize(text_page, base)
    if pdfium.FPDFText_GetFontSize(text_page, index) > 0.75 * usual:
        return False
    if pdfium.FPDFText_GetUnicode(text_page, base) == ord("m"):
        return False
    return _baseline(text_page, index) > _baseline(text_page, base) + 0.1 * usual


def _baseline(text_page: ctypes.c_void_p, index: int) -> float:
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text_page, index, x, y)
    return y.value


def _blanks(gap: float, height: float) -> str:
    """Return one blank between words, and as many as fit where the print leaves more room than that."""
    return " " if gap < 0.75 * height else " " * min(_MOST_BLANKS, max(2, round(gap / (0.25 * height))))


def _character(code: int) -> str:
    if 0xF020 <= code <= 0xF0FF:  # letters of symbol fonts, drawn before the items of lists
        return bullet(chr(code - 0xF000))
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def _goes_on(piece: Piece, left: float, bottom: float, top: float) -> bool:
    height = piece.height
    return -0.7 * height < left - piece.right < height and abs(top + bottom - 2 * piece.middle) < height


def _without_running_heads(pages: list[Page]) -> None:
    """Take page numbers out of the margins, and lines that stand there on half of the pages or more."""
    heads: Counter[str] = Counter()
    for page in pages:
        heads.update({_DIGITS.sub("#", piece.text) for piece in page.pieces if page.in_margin(piece)})
    repeated = {text for text, count in heads.items() if count >= 3 and count * 2 >= len(pages)}
    for page in pages:
        page.pieces = [
            piece
            for piece in page.pieces
            if not page.in_margin(piece)
            or not (_DIGITS.sub("#", piece.text) in repeated or _is_page_number(piece, page))
        ]


def _is_page_number(piece: Piece, page: Page) -> bool:
    alone = not any(other is not piece and other.beside(piece) for other in page.pieces)
    return alone and bool(_PAGE_NUMBER.fullmatch(piece.text))


def _text(page: Page, *, first: bool) -> str:
    pieces = page.pieces
    if _is_disordered(pieces):
        pieces = _by_position(pieces)
    usual = _usual_gap(pieces)
    columns, rest = _letterhead(page, pieces) if first else ([], pieces)
    texts = [_lines(column, usual, cells=False) for column in columns]
    if rest:
        texts.append(_lines(rest, usual, cells=True))
    return "\n\n".join(texts)


def _is_disordered(pieces: list[Piece]) -> bool:
    """Whether the file goes back up to places below which it has written already, again and again."""
    back = 0
    for before, after in zip(pieces, pieces[1:], strict=False):
        overlaps = after.left < before.right and before.left < after.right
        if overlaps and after.bottom > before.top:
            back += 1
    return back > max(3, 0.2 * len(pieces))


def _by_position(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces line by line from the top, each line from the left."""
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda each: -each.bottom):
        if lines and lines[-1][0].beside(piece):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [piece for line in lines for piece in sorted(line, key=lambda each: each.left)]


def _letterhead(page: Page, pieces: list[Piece]) -> tuple[list[list[Piece]], list[Piece]]:
    """Return the two columns of a letterhead, and the pieces that follow in their order.

    The national motto (or the Party's name) heads the right column; the letterhead ends at the first piece
    that reaches across the gap between the columns.
    """
    floor = (1 - _LETTERHEAD) * page.height
    above = [piece for piece in _by_position(pieces) if piece.bottom > floor]
    motto = next((piece for piece in above if is_motto(piece.text)), None)
    if motto is None:
        return [], pieces
    reach, middle = 3 * motto.height, page.width / 2
    left: list[Piece] = []
    right: list[Piece] = []
    for piece in above:
        alone = not any(other is not piece and other.beside(piece) for other in above)
        if alone and piece.top < motto.bottom and (_is_title(piece, middle) or _names_kind(piece.text)):
            break
        if piece.right <= motto.left + motto.height:
            left.append(piece)
        elif piece.left >= motto.left - reach and (piece.left + piece.right) / 2 > motto.left:
            right.append(piece)
        else:
            break
    if not left:
        return [], pieces
    taken = {id(piece) for piece in (*left, *right)}
    return [left, right], [piece for piece in pieces if id(piece) not in taken]


def _is_title(piece: Piece, middle: float) -> bool:
    """Whether a line's middle is that of the page, or of its text (margins of 30 and 15 to 20 mm)."""
    return -_TITLE_LEFT < (piece.left + piece.right) / 2 - middle < _TITLE_RIGHT


def _names_kind(text: str) -> bool:
    """Whether a line is the name of a kind of paper, in capitals: the title begins, wherever it stands."""
    return text == text.upper() and bool(_KIND.fullmatch(fold(text)))


def _gap(before: Piece, after: Piece) -> float:
    return before.bottom - after.top


def _usual_gap(pieces: list[Piece]) -> float:
    """Return the room between two lines of the page, as it mostly is; negative where boxes overlap."""
    gaps = [_gap(before, after) for before, after in zip(pieces, pieces[1:], strict=False)]
    return median([gap for gap in gaps if -5 < gap < 20] or [0.0])


def _lines(pieces: list[Piece], usual: float, *, cells: bool) -> str:
    """Return pieces as lines, an empty line where the print leaves room.

    What stands apart on one line is parted by a tab where `cells` are expected, else by blanks.
    """
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    parts = [pieces[0].text]
    for before, after in zip(pieces, pieces[1:], strict=False):
        if after.beside(before) and after.left >= before.right - 0.5 * before.height:
            parts.append(_between(before, after, cells=cells))
        else:
            titles = [_is_centred(piece, left, right) for piece in (before, after)]
            room = 1.2 if all(titles) else 0.6  # the lines of one title may stand further apart
            apart = _gap(before, after) > usual + room * after.height
            parts.append("\n\n" if apart or titles == [True, False] else "\n")
        parts.append(after.text)
    return "".join(parts)


def _between(before: Piece, after: Piece, *, cells: bool) -> str:
    gap = after.left - before.right
    if _LABEL.fullmatch(before.text):
        return " "
    is_cell = cells and gap > 1.5 * before.height and not _AFTER_A_BLANK.match(after.text)
    return "\t" if is_cell else _blanks(gap, before.height)


def _is_centred(piece: Piece, left: float, right: float) -> bool:
    """Whether a line stands in the middle between the edges of the text: a title."""
    before, after = piece.left - left, right - piece.right
    return before > _CENTRED_FROM and abs(before - after) < _CENTRED_WITHIN
