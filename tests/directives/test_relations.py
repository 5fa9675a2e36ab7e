"""Ties between papers, read from the words before each mention."""

import pytest

from directives.plans import read_paper


def _ties(text: str) -> list[tuple[str | None, str, str]]:
    return [
        (tie.source.code if tie.source else None, tie.kind, tie.target.code)
        for tie in read_paper(text).relations
    ]


@pytest.mark.parametrize(
    ("text", "ties"),
    [
        (
            "Thực hiện Nghị quyết số 20-NQ/TW ngày 25/10/2017 của Bộ Chính trị, Chỉ thị số 25-CT/TW của Ban Bí thư;",
            [(None, "implements", "20-NQ/TW"), (None, "implements", "25-CT/TW")],
        ),
        (
            "Căn cứ Luật số 15/2023/QH15; Nghị định số 96/2023/NĐ-CP của Chính phủ;",
            [(None, "based_on", "15/2023/QH15"), (None, "based_on", "96/2023/NĐ-CP")],
        ),
        (
            "Thực hiện Nghị quyết Đại hội tỉnh; Chỉ thị số 25-CT/TW của Ban Bí thư",
            [(None, "implements", "25-CT/TW")],
        ),
        (
            "Căn cứ Nghị định số 8/2022/NĐ-CP được sửa đổi, bổ sung bởi Nghị định số 5/2025/NĐ-CP",
            [(None, "based_on", "8/2022/NĐ-CP"), ("5/2025/NĐ-CP", "amends", "8/2022/NĐ-CP")],
        ),
        (
            "Căn cứ Kế hoạch số 1-KH/TU về thực hiện Nghị quyết số 2-NQ/TW; Hướng dẫn số 3-HD/TU",
            [(None, "based_on", "1-KH/TU"), ("1-KH/TU", "implements", "2-NQ/TW"), (None, "based_on", "3-HD/TU")],
        ),
        (
            "Theo đề nghị của Cục trưởng tại Tờ trình số 118/TTr-MT",
            [(None, "based_on", "118/TTr-MT")],
        ),
        (
            "Kế hoạch số 20-KH/TW về thực hiện Nghị quyết số 45-NQ/TW",
            [("20-KH/TW", "implements", "45-NQ/TW")],
        ),
    ],
)  # fmt: skip
def test_ties(text: str, ties: list[tuple[str | None, str, str]]) -> None:
    assert _ties(text) == ties


@pytest.mark.parametrize(
    ("kind", "ties"),
    [("KẾ HOẠCH", []), ("QUYẾT ĐỊNH", [(None, "amends", "13/2019/NĐ-CP")])],
)
def test_a_plan_orders_changes_and_makes_none(kind: str, ties: list[tuple[str | None, str, str]]) -> None:
    assert _ties(f"{kind}\n\nb) Sửa đổi Nghị định số 13/2019/NĐ-CP") == ties


_PLAN = """BỘ Y TẾ
Số: 12/KH-BYT
Hà Nội, ngày 10 tháng 3 năm 2026

KẾ HOẠCH

I. CĂN CỨ
- Luật Khám bệnh, chữa bệnh; Nghị quyết số 72-NQ/TW ngày 09/9/2025.
- Chỉ thị số 52-CT/TW ngày 03/9/2025.
II. NỘI DUNG
1. Phát triển y tế cơ sở
- Kết luận số 126-KL/TW ngày 14/02/2025: mở rộng nhân lực trạm y tế, theo Nghị định số 96/2023/NĐ-CP; Chỉ thị
số 30-CT/TW ngày 05/02/2024 về dân số.
III. TỔ CHỨC THỰC HIỆN
- Quyết định số 7/QĐ-BYT ngày 01/02/2026 hết hiệu lực.
"""


@pytest.mark.parametrize(("kind", "codes"), [("KẾ HOẠCH", ["126-KL/TW"]), ("THÔNG BÁO", [])])
def test_a_plan_carries_out_what_heads_an_item_of_its_content(kind: str, codes: list[str]) -> None:
    paper = read_paper(_PLAN.replace("KẾ HOẠCH", kind).replace("KH-", "KH-" if kind == "KẾ HOẠCH" else "TB-"))
    assert [tie.target.code for tie in paper.relations if tie.kind == "implements"] == codes
