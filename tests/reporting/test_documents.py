"""The printed papers: form of Nghị định 30/2020/NĐ-CP, tagging, fonts, and what may be fetched."""

from __future__ import annotations

import ctypes
import dataclasses
import datetime as dt
import io
import os
import threading
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from reporting.documents import fonts, markup, merging
from reporting.documents.content import (
    Annex,
    Heading,
    OfficialPaper,
    Para,
    as_of,
    clock_line,
    format_amount,
    format_number,
    long_date,
)
from reporting.documents.pdf import RenderedPdf, build_report, render_pdf, render_whole, trim_cache
from reporting.documents.processes import RenderProcess
from tests.reporting import document_samples as samples

MM = 72 / 25.4


class Printed:
    """A printed file read back: text by page, and face, size and place of a piece of text."""

    def __init__(self, content: bytes) -> None:
        self.document = pypdfium2.PdfDocument(content)
        self.pages = [page.get_textpage() for page in self.document]
        self.texts = [page.get_text_range().replace("\r\n", "\n") for page in self.pages]

    def look(self, text: str, page: int = 0) -> tuple[str, float]:
        """Face and size in points of the first letter of `text`."""
        at = self._at(text, page)
        matrix, name, flags = pdfium.FS_MATRIX(), ctypes.create_string_buffer(100), ctypes.c_int()
        pdfium.FPDFText_GetMatrix(self.pages[page].raw, at, matrix)
        pdfium.FPDFText_GetFontInfo(self.pages[page].raw, at, name, 100, flags)
        size = pdfium.FPDFText_GetFontSize(self.pages[page].raw, at) * matrix.d
        return name.value.decode().partition("+")[2], round(size, 1)

    def box(self, text: str, page: int = 0) -> tuple[float, float]:
        """Left edge and middle height of the first letter, in mm from the lower left corner."""
        left, bottom, _, top = self.pages[page].get_charbox(self._at(text, page))
        return left / MM, (bottom + top) / 2 / MM

    def number_box(self, page: int) -> tuple[float, float]:
        """The same for the page number, which is drawn last."""
        left, bottom, _, top = self.pages[page].get_charbox(self.pages[page].count_chars() - 1)
        return left / MM, (bottom + top) / 2 / MM

    def _at(self, text: str, page: int) -> int:
        found = self.pages[page].search(text, match_case=True).get_next()
        assert found is not None, f"{text!r} is not on page {page + 1}: {self.texts[page]!r}"
        return found[0]


@pytest.fixture(scope="module")
def draft() -> RenderedPdf:
    return render_pdf(samples.report())


@pytest.fixture(scope="module")
def draft_read(draft: RenderedPdf) -> Printed:
    return Printed(draft.bytes)


# Words and numbers


@pytest.mark.parametrize(
    ("value", "written"), [(1286, "1.286"), (0, "0"), (-12345678, "-12.345.678"), (Decimal("98.5"), "98,5")]
)
def test_numbers_are_written_the_vietnamese_way(value: int | Decimal, written: str) -> None:
    assert format_number(value) == written


@pytest.mark.parametrize(
    ("amount", "decimals", "written"),
    [(985, 1, "98,5"), (123456789, 2, "1.234.567,89"), (7, 0, "7"), (5, 1, "0,5")],
)
def test_amounts_are_units_of_a_power_of_ten(amount: int, decimals: int, written: str) -> None:
    assert format_amount(amount, decimals) == written


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (dt.date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (dt.date(2025, 7, 15), "ngày 15 tháng 7 năm 2025"),
        (dt.date(2025, 11, 9), "ngày 09 tháng 11 năm 2025"),
    ],
)
def test_dates_get_a_zero_as_the_decree_asks(day: dt.date, written: str) -> None:
    assert long_date(day) == written


def test_instants_are_written_in_vietnamese_time() -> None:
    at = dt.datetime(2025, 10, 31, 17, 0, 9, tzinfo=dt.UTC)
    assert as_of(at, 118, 131) == "Số liệu đến 00 giờ 00 ngày 01/11/2025, 118/131 đơn vị"
    assert clock_line(at) == "00:00:09 ngày 01/11/2025"


def test_a_compendium_may_not_stand_before_an_ordinary_annex() -> None:
    annex = Annex("I", "A", ())
    with pytest.raises(ValueError, match="compendium"):
        samples.report(annexes=(dataclasses.replace(annex, compendium=True), annex))


# Form


@pytest.mark.parametrize(
    ("text", "page", "face", "sizes"),
    [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 0, "Van-ban-Bold", (12, 13)),
        ("Độc lập - Tự do - Hạnh phúc", 0, "Van-ban-Bold", (13, 14)),
        ("BỘ Y TẾ", 0, "Van-ban-Bold", (12, 13)),
        ("Số:", 0, "Van-ban", (13, 13)),
        ("Hà Nội, ngày", 0, "Van-ban-Italic", (13, 14)),
        ("BÁO CÁO", 0, "Van-ban-Bold", (13, 14)),
        ("Kết quả công tác khoa giáo năm 2025", 0, "Van-ban-Bold", (13, 14)),
        ("Kính gửi: Ban Tuyên giáo và Dân vận Trung ương", 0, "Van-ban", (13, 14)),
        ("I. KẾT QUẢ THỰC HIỆN", 0, "Van-ban-Bold", (13, 14)),
        ("1. Tổ chức quán triệt", 0, "Van-ban-Bold", (13, 14)),
        ("a) Chỉ thị số", 0, "Van-ban", (13, 14)),
        ("2", 1, "Van-ban", (13, 14)),
        ("KT. BỘ TRƯỞNG", 2, "Van-ban-Bold", (13, 14)),
        ("THỨ TRƯỞNG", 2, "Van-ban-Bold", (13, 14)),
        ("Nơi nhận:", 2, "Van-ban-Bold-Italic", (12, 12)),
        ("- Như trên;", 2, "Van-ban", (11, 11)),
        ("Phụ lục I", 3, "Van-ban-Bold", (14, 14)),
        ("TỔNG HỢP SỐ LIỆU", 3, "Van-ban-Bold", (13, 14)),
    ],
)
def test_each_element_has_its_face_and_size(
    draft_read: Printed, text: str, page: int, face: str, sizes: tuple[int, int]
) -> None:
    found_face, size = draft_read.look(text, page)
    assert found_face == face
    assert sizes[0] <= size <= sizes[1]


def test_page_numbers_stand_in_the_top_margin_from_page_two_and_start_anew_in_annexes(
    draft_read: Printed,
) -> None:
    last_lines = [text.splitlines()[-1] for text in draft_read.texts]
    assert [line if line.isdigit() else "" for line in last_lines] == ["", "2", "3", "", "", "2"]
    left, height = draft_read.number_box(1)
    assert abs(left + 1.1 - (30 + 162 / 2)) < 0.5, "centred over the text"
    assert 297 - 22 < height < 297 - 10, "within the top margin"


def test_a_draft_says_so_and_leaves_room_for_number_and_date(draft_read: Printed) -> None:
    page = " ".join(draft_read.texts[0].split())
    assert "DỰ THẢO" in page
    assert "(Số liệu đến 17 giờ 00 ngày 31/10/2025, 118/131 đơn vị)" in page
    assert "Số: /BC-BYT" in page
    assert "Hà Nội, ngày tháng năm 2025" in page


def test_an_issued_paper_has_number_and_date_and_no_draft_mark() -> None:
    issued = samples.report(
        draft=False, as_of_line="", number="3", issued_on=dt.date(2025, 11, 4), annexes=()
    )
    text = Printed(render_pdf(issued).bytes).texts[0]
    assert "Số: 03/BC-BYT" in text
    assert "Hà Nội, ngày 04 tháng 11 năm 2025" in text
    assert "DỰ THẢO" not in text


def test_text_ends_with_the_closing_mark(draft_read: Printed) -> None:
    assert "Trên đây là báo cáo của Bộ Y tế./." in draft_read.texts[2]
    without_closing = markup.paper_html(samples.report(closing="", blocks=(Para("<p>Hết.</p>"),), annexes=()))
    assert "<p>Hết./.</p>" in without_closing


def test_margins_hold_all_text_apart_from_page_numbers(draft_read: Printed) -> None:
    for number in (0, 1, 2, 4):
        page = draft_read.pages[number]
        boxes = [page.get_charbox(index) for index in range(page.count_chars())]
        drawn = [box for box in boxes if box[2] > box[0] and box[3] < (297 - 22) * MM]
        assert min(box[0] for box in drawn) >= 30 * MM - 0.5
        assert max(box[2] for box in drawn) <= (210 - 18) * MM + 1
        assert min(box[1] for box in drawn) >= 20 * MM - 0.5


def test_a_wide_annex_is_landscape(draft: RenderedPdf) -> None:
    with pikepdf.open(io.BytesIO(draft.bytes)) as pdf:
        sizes = [[round(float(edge) / MM) for edge in page.MediaBox[2:]] for page in pdf.pages]
    assert sizes == [[210, 297]] * 3 + [[297, 210]] + [[210, 297]] * 2


def test_a_unit_report_names_its_parent_body_and_carries_its_receipt() -> None:
    text = " ".join(Printed(render_pdf(samples.unit_report()).bytes).texts[0].split())
    assert text.startswith("BỘ Y TẾ VIỆN SỐT RÉT - KÝ SINH TRÙNG - CÔN TRÙNG TRUNG ƯƠNG Số: 07/BC-VSR")
    assert "Viện đã giám sát 41 điểm./." in text
    assert "Mã tiếp nhận: KG25-0007-AB12 Thời điểm: 16:05:09 ngày 17/10/2025" in text
    assert "0123456789abcdef" * 4 in text


def test_a_letter_has_its_subject_under_the_number_and_its_addressees_one_a_line() -> None:
    read = Printed(render_pdf(samples.letter()).bytes)
    lines = read.texts[0].splitlines()
    assert lines[1:3] == ["Số: 4396/BYT-VPB9", "V/v đôn đốc báo cáo khoa giáo năm"]
    assert read.look("V/v đôn đốc") == ("Van-ban", 12.0)
    assert "Kính gửi: - Sở Y tế tỉnh Lào Cai;" in lines
    assert "- Bệnh viện Chợ Rẫy." in lines
    assert "Căn cứ Kế hoạch năm 2025;" in lines
    assert "Căn cứ tình hình nộp báo cáo." in lines
    assert "BÁO CÁO" not in read.texts[0]


# File


def test_the_file_is_tagged_pdfa_with_language_title_author_and_outline(draft: RenderedPdf) -> None:
    with pikepdf.open(io.BytesIO(draft.bytes)) as pdf:
        assert str(pdf.Root.Lang) == "vi"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert len(pdf.Root.OutputIntents) == 1
        metadata = pdf.open_metadata()
        assert metadata["pdfaid:part"] == "2"
        assert metadata["pdfaid:conformance"] == "A"
        assert metadata["dc:title"] == "Báo cáo kết quả công tác khoa giáo năm 2025"
        assert metadata["dc:creator"] == ["Bộ Y tế"]
        assert str(pdf.docinfo.Title) == metadata["dc:title"]
        tags = {str(element.S) for element in _elements(pdf)}
        assert {"/H1", "/H2", "/H3", "/H4", "/P", "/L", "/LI", "/Table", "/TH", "/TD"} <= tags
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root] == [
                "I. Kết quả thực hiện",
                "II. Kiến nghị",
                "Phụ lục I. Tổng hợp số liệu",
                "Phụ lục II. Đơn vị chưa báo cáo",
            ]
            assert outline.root[0].children[0].children[0].title.startswith("a) Chỉ thị số 25-CT/TW")


def _elements(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    """All elements of the tag tree; checks on the way that each points back at its parent and at a page."""
    pages = {page.objgen for page in pdf.pages}
    waiting, found = [pdf.Root.StructTreeRoot.K[0]], []
    while waiting:
        element = waiting.pop()
        found.append(element)
        kids = element.K if isinstance(element.K, pikepdf.Array) else [element.K]
        for kid in kids:
            if isinstance(kid, pikepdf.Dictionary):
                assert kid.P.objgen == element.objgen
                assert kid.Pg.objgen in pages
                waiting.append(kid)
    return found


def _embedded(content: bytes) -> dict[str, set[tuple[int, int]]]:
    """Font names of a file with the font files behind them; fails on a font that is not embedded."""
    names: dict[str, set[tuple[int, int]]] = {}
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            for font in page.Resources.Font.values():
                descriptor = font.DescendantFonts[0].FontDescriptor
                assert "/FontFile2" in descriptor
                names.setdefault(str(font.BaseFont).partition("+")[2], set()).add(descriptor.FontFile2.objgen)
    return names


def test_only_our_own_fonts_are_embedded_even_for_letters_they_lack() -> None:
    text = "<p>Chữ ặ ỹ Ỵ ở 漢字 😀 ไทย <b>đậm ữ</b> <i>nghiêng ỡ</i> <b><i>cả hai</i></b></p>"
    content = render_pdf(samples.report(blocks=(Para(text),), annexes=())).bytes
    assert set(_embedded(content)) == {"Van-ban", "Van-ban-Bold", "Van-ban-Italic", "Van-ban-Bold-Italic"}
    assert "Chữ ặ ỹ Ỵ ở □□ □ □□□ đậm ữ nghiêng ỡ cả hai" in Printed(content).texts[0]


def test_the_shipped_fonts_are_complete_and_a_lame_one_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    fonts.fonts_complete()
    with monkeypatch.context() as patch:
        patch.setattr(fonts, "covered", lambda face: frozenset(map(ord, fonts.VIETNAMESE)) - {ord("ặ")})
        with pytest.raises(fonts.FontIncomplete, match="ặ"):
            fonts.fonts_complete()
    monkeypatch.setattr(fonts, "FACES", {"regular": ("normal", "normal", "absent.ttf")})
    with pytest.raises(fonts.FontIncomplete, match="missing"):
        fonts.fonts_complete()


def test_equal_content_gives_equal_bytes(draft: RenderedPdf) -> None:
    assert render_pdf(samples.report()).bytes == draft.bytes


def test_the_date_in_the_file_is_the_papers_own() -> None:
    dated = samples.report(dated=dt.datetime(2025, 11, 4, 8, tzinfo=samples.VN), annexes=())
    with pikepdf.open(io.BytesIO(render_pdf(dated).bytes)) as pdf:
        assert str(pdf.docinfo.CreationDate).startswith("D:20251104080000+07")


def test_plain_fields_are_escaped() -> None:
    html = markup.paper_html(samples.report(subject="<img src=x>", blocks=(Heading(1, "I.", "A < B & C"),)))
    assert "<img" not in html
    assert "A &lt; B &amp; C" in html


# Nothing is fetched

_VECTORS = """
<img src="{a}"><link rel="stylesheet" href="{a}"><link rel="attachment" href="{a}"><object data="{a}"></object>
<embed src="{a}"><iframe src="{a}"></iframe><style>@import url("{a}"); p {{ background: url("{a}"); }}
@font-face {{ font-family: x; src: url("{a}"); }} p {{ font-family: x; list-style-image: url("{a}"); }}
p::before {{ content: url("{a}"); }}</style><svg><image href="{a}"/><use href="{a}#x"/></svg>
<p style="background-image: url('{a}')">Chữ</p><a href="{a}" rel="attachment">b</a><input type="image" src="{a}">
"""


@pytest.fixture
def listener() -> tuple[str, list[str]]:
    """A web server on this machine that remembers who asked for what."""
    asked: list[str] = []

    class Remember(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *values: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Remember)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/hoi", asked
    server.shutdown()


def test_narratives_lose_every_address(listener: tuple[str, list[str]]) -> None:
    address, asked = listener
    for vector in (address, "file:///etc/passwd"):
        paper = samples.report(blocks=(Para(_VECTORS.format(a=vector)),), annexes=())
        assert vector not in markup.paper_html(paper)
        assert render_pdf(paper).refused == ()
    assert asked == []


def test_the_renderer_fetches_nothing_even_from_hostile_html(
    listener: tuple[str, list[str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    address, asked = listener
    secret = tmp_path_factory.mktemp("bi-mat") / "secret.css"
    secret.write_text("p::after { content: 'LO-RA-NGOAI' }")
    clean = markup.paper_html(samples.report(annexes=()))
    vectors = (
        address,
        secret.as_uri(),
        str(secret),
        "ftp://127.0.0.1/x",
        "data:text/css,p%7B%7D",
        "vanban:font/../x",
    )
    hostile = "".join(_VECTORS.format(a=vector) for vector in vectors)
    with RenderProcess() as process:
        answer = process.render(clean.replace("</body>", hostile + "</body>"))
    assert len(set(answer.refused)) >= len(vectors), "what was never asked for proves nothing"
    assert address in answer.refused
    assert "LO-RA-NGOAI" not in "".join(Printed(answer.pdf).texts)
    assert set(_embedded(answer.pdf)) <= {"Van-ban", "Van-ban-Bold", "Van-ban-Italic", "Van-ban-Bold-Italic"}
    with pikepdf.open(io.BytesIO(answer.pdf)) as pdf:
        assert len(pdf.attachments) == 0
    assert asked == []


# Long reports from pieces

Long = tuple[OfficialPaper, Path, RenderedPdf, RenderedPdf, list[tuple[int, int]]]


@pytest.fixture(scope="module")
def long_report(tmp_path_factory: pytest.TempPathFactory) -> Long:
    """A report with a compendium: the paper, its cache, built from pieces, printed whole, the steps told."""
    paper = samples.report(annexes=(*samples.report().annexes, samples.compendium(30, 380)))
    cache = tmp_path_factory.mktemp("pieces")
    steps: list[tuple[int, int]] = []
    built = build_report(paper, cache, lambda done, of: steps.append((done, of)))
    return paper, cache, built, render_whole(paper), steps


def test_pieces_and_whole_have_the_same_text_on_the_same_pages(long_report: Long) -> None:
    _, _, built, whole, steps = long_report
    assert built.rendered >= 4
    assert built.pages == whole.pages > 50
    assert steps[-1] == (built.rendered, built.rendered)
    assert Printed(built.bytes).texts == Printed(whole.bytes).texts


def test_only_the_piece_an_edit_touches_is_printed_again(long_report: Long) -> None:
    paper, cache, built, _, _ = long_report
    again = build_report(paper, cache)
    assert (again.rendered, again.bytes) == (0, built.bytes)
    changed = (*paper.annexes[:-1], samples.compendium(30, 380, edited=4))
    after = build_report(dataclasses.replace(paper, annexes=changed), cache)
    assert (after.rendered, after.reused) == (1, built.rendered - 1)
    assert "Bổ sung sau khi được trả lại." in "".join(Printed(after.bytes).texts)


def test_the_merged_file_stays_tagged_with_one_font_file_a_face(long_report: Long) -> None:
    _check_merged(long_report[2].bytes)


def _check_merged(content: bytes) -> None:
    embedded = _embedded(content)
    assert set(embedded) == {"Van-ban", "Van-ban-Bold", "Van-ban-Italic", "Van-ban-Bold-Italic"}
    assert all(len(files) == 1 for files in embedded.values()), "one font file a face"
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.check_pdf_syntax() == []
        nums = pdf.Root.StructTreeRoot.ParentTree.Nums
        keys = [int(nums[index]) for index in range(0, len(nums), 2)]
        assert keys == sorted(set(keys))
        assert [int(page.StructParents) for page in pdf.pages] == keys
        reached = {element.objgen for element in _elements(pdf)}
        # Margin boxes are in the parent tree but hang nowhere in the tag tree: they are not content.
        mapped = [entry.objgen for index in range(1, len(nums), 2) for entry in nums[index]]
        assert sum(entry in reached for entry in mapped) > 0.97 * len(mapped)
        with pdf.open_outline() as outline:
            assert outline.root[-1].title == "Phụ lục III. Nội dung báo cáo của các đơn vị"
            assert [item.title for item in outline.root[-1].children] == [
                "I. Nội dung 1", "II. Nội dung 2", "III. Nội dung 3",
            ]  # fmt: skip


def test_stamped_numbers_stand_where_the_style_sheet_puts_them(long_report: Long) -> None:
    stamped, styled = Printed(long_report[2].bytes), Printed(long_report[3].bytes)
    for page in (7, 20, 40):
        assert styled.texts[page].splitlines()[-1].isdigit()
        for found, expected in zip(stamped.number_box(page), styled.number_box(page), strict=True):
            assert abs(found - expected) < 0.2


def test_a_unit_that_comes_late_moves_few_cuts() -> None:
    before = samples.compendium(60, 700).blocks
    after = (*before[:20], dataclasses.replace(before[20], unit="Sở Y tế mới"), *before[20:])
    old, new = markup.pieces(before), markup.pieces(after)
    assert len(old) > 8
    assert len(set(new) - set(old)) <= 3


def test_cutting_loses_no_block_and_never_parts_a_heading_from_its_text() -> None:
    blocks = samples.compendium(60, 700).blocks
    groups = markup.pieces(blocks)
    assert tuple(block for group in groups for block in group) == blocks
    assert not any(isinstance(group[-1], Heading) for group in groups)


def test_the_cache_drops_the_longest_unused_first(tmp_path: Path) -> None:
    for age, name in enumerate(("c", "b", "a")):
        (tmp_path / name).write_bytes(b"x" * 100)
        os.utime(tmp_path / name, (1000 - age, 1000 - age))
    assert trim_cache(tmp_path, most_bytes=250) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b", "c"]


def test_a_damaged_piece_is_printed_again(tmp_path: Path) -> None:
    paper = samples.report(annexes=())
    first = build_report(paper, tmp_path)
    for path in tmp_path.glob("*.pdf"):
        path.write_bytes(path.read_bytes()[:-200])
    second = build_report(paper, tmp_path)
    assert second.rendered == 1
    assert second.bytes == first.bytes


def test_a_font_subset_keeps_glyph_ids() -> None:
    from fontTools.ttLib import TTFont

    with TTFont(fonts.FOLDER / fonts.FACES["bold"][2]) as full:
        glyph = full.getGlyphID(full.getBestCmap()[ord("ặ")])
    small = merging.font_subset("bold", frozenset({glyph}))
    with TTFont(io.BytesIO(small)) as font:
        assert font["glyf"][font.getGlyphName(glyph)].numberOfContours != 0
        assert len(small) < 60_000
