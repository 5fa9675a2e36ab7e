"""Head and foot of a paper: letters, drafts, Party papers, two columns."""

from datetime import date

import pytest

from directives.headers import Header, read_header

LETTERHEAD = "BỘ MẪU        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: {number}        Hà Nội, {day}\n\n{rest}"


def _header(
    number: str = "5/KH-BM", day: str = "ngày 07 tháng 4 năm 2025", rest: str = "KẾ HOẠCH\nNăm 2025"
) -> Header:
    return read_header(LETTERHEAD.format(number=number, day=day, rest=rest))


@pytest.mark.parametrize(
    ("number", "kind", "code"),
    [
        ("5/KH-BM", "KH", "5/KH-BM"),
        ("1456 /KH-BM", "KH", "1456/KH-BM"),
        ("……/KH-BM", "KH", None),
        ("        /KH-BM", "KH", None),
        ("45-KH/TU", "KH", "45-KH/TU"),
    ],
)
def test_number(number: str, kind: str, code: str | None) -> None:
    header = _header(number)
    assert (header.kind, header.code, header.is_draft) == (kind, code, code is None)


@pytest.mark.parametrize(
    ("day", "issued_on", "not_before"),
    [
        ("ngày 07 tháng 4 năm 2025", date(2025, 4, 7), date(2025, 4, 7)),
        ("ngày 07/4/2025", date(2025, 4, 7), date(2025, 4, 7)),
        ("ngày     tháng 4 năm 2025", None, date(2025, 4, 1)),
        ("ngày … tháng … năm 2025", None, date(2025, 1, 1)),
        ("ngày .../.../2025", None, date(2025, 1, 1)),
    ],
)
def test_date(day: str, issued_on: date | None, not_before: date) -> None:
    header = _header(day=day)
    assert (header.issued_on, header.not_before, header.is_draft) == (
        issued_on,
        not_before,
        issued_on is None,
    )


_CITED = "Ban Bí thư, ngày 25/10/2023"


@pytest.mark.parametrize(
    ("lines", "issued_on"),
    [
        ("Mẫu Sơn, ngày tháng năm 2024\nV/v học tập Chỉ thị số\n25-CT/TW, ngày 25/10/2023", None),
        ("V/v học tập Chỉ thị số\n25-CT/TW, ngày 25/10/2023\nMẫu Sơn, ngày tháng năm 2024", None),
        (f"V/v học tập Chỉ thị của\n{_CITED}\nMẫu Sơn, ngày 5 tháng năm 2024", None),
        (f"V/v học tập Chỉ thị của {_CITED}        Mẫu Sơn, ngày … tháng … năm 2024", None),
        (f"V/v học tập Chỉ thị của\n{_CITED}", None),
        (f"V/v học tập Chỉ thị của\n{_CITED}\nMẫu Sơn, ngày 5 tháng 3 năm 2024", date(2024, 3, 5)),
        ("V/v học tập Chỉ thị số 25-CT/TW\nMẫu Sơn, ngày 5/3/2024", date(2024, 3, 5)),
    ],
)
def test_a_date_in_the_subject_is_not_the_letters(lines: str, issued_on: date | None) -> None:
    body = "Kính gửi: Các phòng.\nThực hiện Chỉ thị số 25-CT/TW, ngày 25/10/2023\ncủa Ban Bí thư"
    assert read_header(f"SỞ MẪU\nSố: 8/SM-VP\n{lines}\n{body}").issued_on == issued_on


def test_two_columns() -> None:
    letter = (
        _header("12/BM-VP", rest="").issuer,
        read_header(
            "BỘ MẪU            ĐỘC LẬP\nSố: 12/BM-VP\nV/v báo cáo kết quả thực\nhiện Kế hoạch         Hà Nội, ngày 07/4/2025\n\nKính gửi: Các vụ"
        ).subject,
    )
    assert letter == ("BỘ MẪU", "báo cáo kết quả thực hiện Kế hoạch")


def test_a_cited_number_at_the_head_of_a_line_is_not_the_own() -> None:
    header = read_header("KẾ HOẠCH\nNăm 2025\n\nCăn cứ Hướng dẫn\nsố 170-HD/BTGTW ngày 19/11/2024")
    assert (header.kind, header.code, header.issued_on) == ("KH", None, None)


@pytest.mark.parametrize(
    ("foot", "post"),
    [
        ("KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\n\nĐỗ Văn Mẫu", "KT. BỘ TRƯỞNG THỨ TRƯỞNG"),
        ("T/M BAN THƯỜNG VỤ\nBÍ THƯ\n\nĐỗ Văn Mẫu", "T/M BAN THƯỜNG VỤ BÍ THƯ"),
        ("K/T TRƯỞNG BAN\nPHÓ TRƯỞNG BAN", "K/T TRƯỞNG BAN PHÓ TRƯỞNG BAN"),
        ("BỘ TRƯỞNG\n\nĐỗ Văn Mẫu", "BỘ TRƯỞNG"),
        ("Đỗ Văn Mẫu", ""),
    ],
)
def test_signer(foot: str, post: str) -> None:
    assert _header(rest=f"KẾ HOẠCH\nNăm 2025\n\nNội dung.\n\n{foot}").signer_post == post


@pytest.mark.parametrize(
    ("foot", "name"),
    [
        ("**KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG**\n\n\n(Đã ký)\n\nĐỗ Văn Mẫu", "Đỗ Văn Mẫu"),
        (
            "Nơi nhận:                 TM. ỦY BAN NHÂN DÂN\n- Như trên;                      CHỦ TỊCH\n"
            "- Lưu: VT.\n                                 Lê Thị Mẫu Y",
            "Lê Thị Mẫu Y",
        ),
        ("BỘ TRƯỞNG\n\nNơi nhận:\n- Như trên;\n- Lưu: VT, Vụ Mẫu.", ""),
        ("Đỗ Văn Mẫu", ""),
    ],
)
def test_the_name_of_the_signer_stands_below_the_post(foot: str, name: str) -> None:
    assert _header(rest=f"KẾ HOẠCH\nNăm 2025\n\nNội dung.\n\n{foot}").signer_name == name
