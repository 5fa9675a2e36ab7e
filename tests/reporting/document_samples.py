"""Papers with varied content of their own, for the tests of what is printed."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from reporting.documents.content import (
    MINISTRY,
    Annex,
    Block,
    Column,
    Contribution,
    Heading,
    Note,
    OfficialPaper,
    Para,
    Receipt,
    Row,
    Signature,
    Table,
    as_of,
)

VN = dt.timezone(dt.timedelta(hours=7))
_SUBJECTS = (
    "Trạm y tế",
    "Khoa Dinh dưỡng",
    "Phòng Nghiệp vụ",
    "Trung tâm kiểm soát bệnh tật",
    "Đảng ủy cơ sở",
)
_VERBS = (
    "mở lớp tập huấn về",
    "kiểm tra việc",
    "phối hợp với Hội Nông dân về",
    "ký cam kết thực hiện",
    "sơ kết",
)
_OBJECTS = ("tiêm chủng", "vườn thuốc nam", "quản lý tăng huyết áp", "nước sạch trường học", "hồ sơ sức khỏe")
_PLACES = ("xã Bình Yên", "phường Trần Phú", "đặc khu Lý Sơn", "vùng lòng hồ", "khu công nghiệp")


def prose(seed: str, words: int) -> str:
    """Paragraphs of about this many words; the same seed gives the same text."""
    chance = random.Random(seed)
    paragraphs: list[str] = []
    left = words
    while left > 0:
        sentences = []
        for _ in range(4):
            sentences.append(
                f"{chance.choice(_SUBJECTS)} {chance.choice(_VERBS)} {chance.choice(_OBJECTS)} tại "
                f"{chance.choice(_PLACES)}, {chance.randint(2, 950)} lượt người."
            )
        text = " ".join(sentences)
        left -= len(text.split())
        paragraphs.append(f"<p>{text}</p>")
    return "".join(paragraphs)


def figures_table() -> Table:
    return Table(
        (Column("Nhóm đơn vị", 3), Column("Báo cáo", 1.5, "right"), Column("Cuộc kiểm tra", 1.5, "right")),
        (
            Row(("Đơn vị thuộc Bộ",), span=True),
            Row(("Cục Phòng bệnh", "1/1", "1.286")),
            Row(("Cộng", "118/131", "98,5"), strong=True),
        ),
    )


def body() -> tuple[Block, ...]:
    return (
        Heading(1, "I.", "Kết quả thực hiện"),
        Heading(2, "1.", "Tổ chức quán triệt"),
        Para(prose("quan-triet", 200) + "<ul><li>Hội nghị trực tuyến;</li><li>Sổ tay điện tử.</li></ul>"),
        Heading(3, "a)", "Chỉ thị số 25-CT/TW ngày 25/10/2023"),
        Para(prose("chi-thi", 500)),
        figures_table(),
        Heading(1, "II.", "Kiến nghị"),
        Para(prose("kien-nghi", 120)),
    )


def report(**changes: Any) -> OfficialPaper:
    """A draft of the ministry's report with two annexes."""
    values: dict[str, Any] = {
        "issuing_body": MINISTRY,
        "symbol": "BC-BYT",
        "place": "Hà Nội",
        "year": 2025,
        "subject": "Kết quả công tác khoa giáo năm 2025",
        "author": "Bộ Y tế",
        "addressees": ("Ban Tuyên giáo và Dân vận Trung ương",),
        "opening": "Bộ Y tế báo cáo như sau:",
        "blocks": body(),
        "closing": "Trên đây là báo cáo của Bộ Y tế.",
        "signature": Signature("Thứ trưởng", "", "KT. Bộ trưởng"),
        "recipients": ("Như trên", "Lưu: VT, VPB"),
        "draft": True,
        "as_of_line": as_of(dt.datetime(2025, 10, 31, 17, tzinfo=VN), 118, 131),
        "annexes": (
            Annex("I", "Tổng hợp số liệu", (figures_table(),), landscape=True),
            Annex("II", "Đơn vị chưa báo cáo", (Note("Không có."), Para(prose("phu-luc", 900)))),
        ),
    }
    return OfficialPaper(**(values | changes))


def compendium(units: int, words: int, edited: int | None = None) -> Annex:
    """Every unit's contribution to three sections; `edited` is a unit whose text has one sentence more."""
    blocks: list[Block] = []
    for section in range(3):
        blocks.append(Heading(1, ("I.", "II.", "III.")[section], f"Nội dung {section + 1}"))
        for unit in range(units):
            text = prose(f"{section}-{unit}", words)
            if unit == edited and section == 1:
                text += "<p>Bổ sung sau khi được trả lại.</p>"
            blocks.append(Contribution(f"Sở Y tế tỉnh thứ {unit + 1}", text))
    return Annex("III", "Nội dung báo cáo của các đơn vị", tuple(blocks), compendium=True)


def unit_report() -> OfficialPaper:
    """A unit's submitted report with its receipt."""
    return OfficialPaper(
        parent_body="Bộ Y tế",
        issuing_body="Viện Sốt rét - Ký sinh trùng - Côn trùng Trung ương",
        symbol="BC-VSR",
        number="7",
        issued_on=dt.date(2025, 2, 5),
        place="Hà Nội",
        year=2025,
        subject="Kết quả công tác khoa giáo năm 2025",
        author="Viện Sốt rét",
        addressees=("Bộ Y tế (Văn phòng Bộ)",),
        blocks=(Para("<p>Viện đã giám sát 41 điểm.</p>"),),
        signature=Signature("Viện trưởng", "Phạm Thị Ví Dụ"),
        recipients=("Như trên", "Lưu: VT"),
        receipt=Receipt(
            "KG25-0007-AB12", dt.datetime(2025, 10, 17, 9, 5, 9, tzinfo=dt.UTC), "0123456789abcdef" * 4
        ),
    )


def letter() -> OfficialPaper:
    """An urging letter to several units."""
    return OfficialPaper(
        kind="",
        issuing_body=MINISTRY,
        symbol="BYT-VPB9",
        number="4396",
        issued_on=dt.date(2025, 11, 2),
        place="Hà Nội",
        year=2025,
        subject="đôn đốc báo cáo khoa giáo năm 2025",
        author="Bộ Y tế",
        addressees=("Sở Y tế tỉnh Lào Cai", "Bệnh viện Chợ Rẫy"),
        bases=("Căn cứ Kế hoạch năm 2025", "Căn cứ tình hình nộp báo cáo;"),
        blocks=(Para("<p>Đề nghị nộp ngay.</p>"),),
        signature=Signature("Chánh Văn phòng", "Lê Văn Thí Dụ", "TL. Bộ trưởng"),
        recipients=("Như trên", "Lưu: VT, VPB9"),
    )
