"""Secrecy marks are found on lines and in names of files, and not in the words of everyday work."""

import pytest

from units.secrecy import (
    has_secret_mark,
    line_has_secret_mark,
    name_has_secret_mark,
    paper_has_secret_mark,
)


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("BỘ Y TẾ\nMẬT\nSố: 12", "MẬT"),
        ("Độ mật: tối mật", "TỐI MẬT"),
        ("[ TUYỆT MẬT ]", "TUYỆT MẬT"),
        ("Quy định về bảo vệ bí mật nhà nước", None),
    ],
)
def test_mark_stands_alone_on_a_line_of_a_text(text, mark):
    assert has_secret_mark(text) == mark


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("Kế hoạch kiểm tra năm 2025 (MẬT)", "MẬT"),
        ("Kế hoạch kiểm tra – TỐI MẬT", "TỐI MẬT"),
        ("MẬT", "MẬT"),
        ("Công tác bảo mật (mật khẩu)", None),
        ("Giải nghĩa từ (mật)", None),
        ("HỘI NGHỊ VỀ BÍ MẬT NHÀ NƯỚC", None),
    ],
)
def test_mark_in_a_line_may_stand_in_brackets(line, mark):
    assert line_has_secret_mark(line) == mark


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("KH 12 (TỐI MẬT).pdf", "TỐI MẬT"),
        ("TUYET_MAT ke hoach.docx", "TUYỆT MẬT"),
        ("MẬT-12.pdf", "MẬT"),
        ("toi mat.pdf", None),
        ("MAT BANG CONG TRINH.pdf", None),
        ("Mật độ dân số.xlsx", None),
        ("BẢO MẬT.pdf", None),
    ],
)
def test_mark_in_the_name_of_a_file(name, mark):
    assert name_has_secret_mark(name) == mark


@pytest.mark.parametrize(
    ("first_page", "mark"),
    [
        ("BỘ Y TẾ\nSố: 1/KH-BYT\nTỐI MẬT\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "TỐI MẬT"),
        ("BỘ Y TẾ          MẬT\nSố: 1/KH-BYT", "MẬT"),
        ("QUY CHẾ\nbảo vệ bí mật nhà nước\nĐiều 1. Văn bản mật gồm …", None),
    ],
)
def test_the_first_page_of_a_paper(first_page, mark):
    assert paper_has_secret_mark(first_page) == mark
