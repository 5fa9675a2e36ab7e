"""Whole papers: a ministry's plan, a committee's plan, letters, a draft. All written for these tests."""

import time
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.plans import Paper, read_paper
from tests.directives.reading_score import PAPERS

SHARED = Path(__file__).resolve().parents[3] / "shared"

PLAN = """BỘ VĂN THƯ                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
CỤC LƯU TRỮ                        Độc lập - Tự do - Hạnh phúc
Số: 88/KH-CLT
                                   Hà Nội, ngày 14 tháng 3 năm 2025

KẾ HOẠCH
Số hóa hồ sơ giai đoạn hai
năm 2025

Căn cứ Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị và Quyết định số 77/QĐ-BVT ngày 02/01/2025
của Bộ trưởng; Cục Lưu trữ ban hành kế hoạch như sau:

I. MỤC ĐÍCH

1. Bảo đảm hồ sơ được tra cứu nhanh.

II. NỘI DUNG CÔNG VIỆC

1. Rà soát kho hồ sơ

- Tiếp tục thực hiện Kế hoạch số 15/KH-BVT ngày 9/1/2025 về triển khai Chỉ thị số 30/CT-TTg ngày 02/11/2024.

2. Tập huấn cán bộ số hóa:

Mỗi đơn vị cử ít nhất hai người.

III. TỔ CHỨC THỰC HIỆN

1. Các phòng, trung tâm thuộc Cục

- Lập danh mục hồ sơ và gửi về Cục Lưu trữ (qua Văn phòng Cục) trước ngày 15/5.

2. Văn phòng Cục, Phòng Công nghệ và Trung tâm Bảo quản chủ trì tổng hợp, trình Lãnh đạo Cục chậm nhất 16 giờ 30
ngày 30/5/2025.

3. Phòng Tài vụ bố trí kinh phí theo quy định.

4. Chi cục các tỉnh, thành phố: báo cáo Cục Lưu trữ trước ngày 20 hằng tháng; số liệu tính đến hết ngày 15/5/2025.

Trên đây là kế hoạch số hóa hồ sơ của Cục.

Nơi nhận:
- Lưu: VT.

KT. CỤC TRƯỞNG
PHÓ CỤC TRƯỞNG

Nguyễn Văn Mẫu
"""

LETTER = """UBND TỈNH SÔNG XANH
SỞ NÔNG SẢN
Số: 412/SNS-VP
V/v báo cáo tình hình mùa vụ theo
Kế hoạch số 9/KH-UBND

Sông Xanh, ngày 05 tháng 9 năm 2025

Kính gửi:
- Các phòng chuyên môn thuộc Sở;
- Trung tâm Giống cây trồng.

Tại Công văn số 300/SNS-VP ngày 01/8/2025, Sở đã đề nghị các đơn vị báo cáo trước ngày 20/8/2025.
Đến nay còn thiếu nhiều báo cáo. Đề nghị các đơn vị gửi báo cáo về Sở Nông sản (qua Văn phòng Sở) trước
ngày 12/9/2025 để tổng hợp.

TL. GIÁM ĐỐC
CHÁNH VĂN PHÒNG
"""

DRAFT = """TỈNH ỦY SÔNG XANH
*
Số          -KH/TU                 Sông Xanh, ngày      tháng     năm 2025

KẾ HOẠCH
học tập Nghị quyết của Đảng

Căn cứ Chỉ thị số 50-CT/TW ngày 23/12/2025 của Ban Bí thư.
"""


def _relations(paper: Paper) -> list[tuple[str | None, str, str]]:
    return [(tie.source.code if tie.source else None, tie.kind, tie.target.code) for tie in paper.relations]


def _obligations(paper: Paper) -> list[tuple[tuple[str, ...], str, str]]:
    found = []
    for duty in paper.obligations:
        read = duty.deadline
        found.append(
            (duty.addressees, f"{read.due or read.recurrence or '-'} {read.boundary}", duty.receiver)
        )
    return found


def test_header_of_a_plan() -> None:
    header = read_paper(PLAN).header
    assert (header.kind, header.number, header.code) == ("KH", "88", "88/KH-CLT")
    assert header.issued_on == date(2025, 3, 14)
    assert header.subject == "Số hóa hồ sơ giai đoạn hai năm 2025"
    assert header.signer_post == "KT. CỤC TRƯỞNG PHÓ CỤC TRƯỞNG"
    assert not header.is_draft


def test_citations_leave_out_the_plan_itself() -> None:
    assert [each.code for each in read_paper(PLAN).citations] == [
        "57-NQ/TW",
        "77/QĐ-BVT",
        "15/KH-BVT",
        "30/CT-TTg",
    ]


def test_relations_of_a_plan() -> None:
    assert _relations(read_paper(PLAN)) == [
        (None, "based_on", "57-NQ/TW"),
        (None, "based_on", "77/QĐ-BVT"),
        (None, "implements", "15/KH-BVT"),
        ("15/KH-BVT", "implements", "30/CT-TTg"),
    ]


def test_obligations_of_a_plan() -> None:
    assert _obligations(read_paper(PLAN)) == [
        (("Các phòng, trung tâm thuộc Cục",), "2025-05-15 before", "Cục Lưu trữ (qua Văn phòng Cục)"),
        (("Văn phòng Cục", "Phòng Công nghệ", "Trung tâm Bảo quản"), "2025-05-30 by_time", "Lãnh đạo Cục"),
        (("Phòng Tài vụ",), "- none", ""),
        (("Chi cục các tỉnh, thành phố",), "monthly:20 recurring", "Cục Lưu trữ"),
    ]


def test_an_inferred_year_is_warned_about() -> None:
    paper = read_paper(PLAN)
    assert paper.obligations[0].deadline.inferred_year
    assert any("suy ra" in warning for warning in paper.warnings)


def test_content_areas_of_a_plan() -> None:
    areas = read_paper(PLAN).content_areas
    assert [(area.number, area.title) for area in areas] == [
        ("1", "Rà soát kho hồ sơ"),
        ("2", "Tập huấn cán bộ số hóa"),
    ]
    assert [each.code for each in areas[0].citations] == ["15/KH-BVT", "30/CT-TTg"]
    assert areas[1].guidance == "Mỗi đơn vị cử ít nhất hai người."


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_spans_index_the_original(form: str) -> None:
    text = unicodedata.normalize(form, PLAN)
    printed = [unicodedata.normalize("NFC", text[slice(*duty.span)]) for duty in read_paper(text).obligations]
    assert printed[0] == "trước ngày 15/5"
    assert printed[2].strip().startswith("3. Phòng Tài vụ")


def test_letter() -> None:
    paper = read_paper(LETTER)
    header = paper.header
    assert (header.kind, header.code, header.issuer) == ("CV", "412/SNS-VP", "SỞ NÔNG SẢN")
    assert header.subject == "báo cáo tình hình mùa vụ theo Kế hoạch số 9/KH-UBND"
    assert [each.code for each in paper.citations] == ["9/KH-UBND", "300/SNS-VP"]


def test_a_letter_binds_by_its_new_date_only() -> None:
    (duty,) = read_paper(LETTER).obligations
    assert duty.deadline.due == date(2025, 9, 12)
    assert duty.receiver == "Sở Nông sản (qua Văn phòng Sở)"


def test_draft_without_number_and_day() -> None:
    paper = read_paper(DRAFT)
    header = paper.header
    assert (header.kind, header.number, header.code, header.issued_on) == ("KH", None, None, None)
    assert header.is_draft
    assert any("dự thảo" in warning for warning in paper.warnings)
    assert paper.obligations == ()


@pytest.mark.parametrize(
    ("sentence", "ties"),
    [
        ("Kế hoạch này thay thế Kế hoạch số 5/KH-SYT ngày 1/2/2023.", [(None, "replaces", "5/KH-SYT")]),
        ("Thông tư sửa đổi, bổ sung Thông tư số 5/2020/TT-BYT.", [(None, "amends", "5/2020/TT-BYT")]),
        (
            "Tổ chức quán triệt Chỉ thị số 25-CT/TW kết hợp với thực hiện Kết luận số 226-KL/TU.",
            [(None, "implements", "25-CT/TW"), (None, "combined_with", "226-KL/TU")],
        ),
        ("Theo dõi Nghị quyết số 1/NQ-CP.", []),
    ],
)
def test_relations(sentence: str, ties: list[tuple[str | None, str, str]]) -> None:
    assert _relations(read_paper(sentence)) == ties


@given(st.text(alphabet="IVX1234. -/\nKẾHOẠCHSốngàythángtrướcVụSởgửivề:;Nơinhận", max_size=300))
def test_no_input_raises(text: str) -> None:
    for duty in read_paper(text).obligations:
        assert 0 <= duty.span[0] <= duty.span[1] <= len(text)


def _seconds(text: str) -> float:
    start = time.process_time()
    read_paper(text)
    return time.process_time() - start


PROSE = "\n".join(path.read_text(encoding="utf-8") for path in sorted(PAPERS.glob("*.txt")))[:60_000]


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        "Sở Y tế, các đơn vị được giao, " * 600,
        "III. TỔ CHỨC THỰC HIỆN\n" + "- Gửi trước ngày 1/1/2025.\n" * 300,
        "1. Sở Y tế báo cáo\n" * 500,
        "STT\tchủ trì\tthời hạn\n1\tSở\t30/6/2025\n" * 200,
        "Kính gửi: Căn cứ Thời gian: (" * 600,
        "trước ngày 1/1/2025 và ngày 2/2/2025, " * 150,
    ],
    ids=["prose", "names", "deadlines", "items", "rows", "openings", "dates"],
)
def test_doubling_the_text_doubles_the_cost(text: str) -> None:
    # The best of several runs in turn: another process may only slow one down.
    once, twice = 1e9, 1e9
    for _ in range(5):
        once, twice = min(once, _seconds(text)), min(twice, _seconds(text * 2))
        if twice <= 2.6 * once:
            return
    assert twice <= 0.05, f"{once:.3f} s once, {twice:.3f} s twice"


@pytest.mark.papers
def test_the_plan_beside_the_project() -> None:
    papers = list((SHARED / "seeds").glob("000_*.txt"))
    if not papers:
        pytest.skip("no papers lie beside the project")
    paper = read_paper(papers[0].read_text(encoding="utf-8"))
    assert [(duty.deadline.due, duty.deadline.boundary.value) for duty in paper.obligations] == [
        (date(2025, 10, 20), "before"),
        (date(2025, 11, 5), "before"),
        (None, "none"),
        (date(2025, 10, 30), "before"),
    ]
    assert len(paper.content_areas) == 5
    assert len(paper.content_areas[0].citations) == 8


@pytest.mark.papers
def test_the_letter_beside_the_project() -> None:
    papers = list((SHARED / "seeds").glob("004_*.txt"))
    if not papers:
        pytest.skip("no papers lie beside the project")
    paper = read_paper(papers[0].read_text(encoding="utf-8"))
    assert (paper.header.kind, paper.header.code, paper.header.is_draft) == ("CV", None, True)
    assert all(duty.deadline.due is None for duty in paper.obligations)
    assert ("324-KH/TU", "implements", "25-CT/TW") in _relations(paper)
