import pytest

from reporting.urging_words import (
    Facts,
    Named,
    as_of_text,
    contact_text,
    counts,
    lowered,
    proposed,
    request_line,
)
from tests.factories import at

BODY, THUOC, SO = "Bộ Y tế", "Các đơn vị thuộc Bộ", "Sở Y tế các tỉnh, thành phố"


def named(name="Cục A", group=THUOC, **more):
    return Named(name, group, "trước ngày 20/10/2025", 6, **more)


def facts(units, **more):
    return Facts(
        round_name="Công tác khoa giáo năm 2025",
        body=BODY,
        office="Văn phòng Bộ",
        plan="Kế hoạch số 288/KH-BYT ngày 24/02/2025 của Bộ Y tế về việc triển khai",
        addressee="Ban Tuyên giáo và Dân vận Trung ương",
        dates=(
            ("trước ngày 20/10/2025", (THUOC, "Các đơn vị trực thuộc Bộ")),
            ("trước ngày 30/10/2025", (SO,)),
        ),
        units=tuple(units),
        **more,
    )


def test_a_first_letter_names_its_basis_and_each_groups_date():
    words = proposed(facts([named(str(n)) for n in range(6)]))
    assert words.subject == "đôn đốc gửi báo cáo công tác khoa giáo năm 2025"
    assert words.addressees == "Các đơn vị có tên trong Phụ lục kèm theo"
    assert words.opening == (
        "Thực hiện Kế hoạch số 288/KH-BYT ngày 24/02/2025 của Bộ Y tế về việc triển khai, các đơn vị có trách "
        "nhiệm gửi báo cáo công tác khoa giáo năm 2025 về Bộ Y tế (qua Văn phòng Bộ) trước ngày 20/10/2025 (đơn vị "
        "thuộc Bộ và đơn vị trực thuộc Bộ), trước ngày 30/10/2025 (Sở Y tế các tỉnh, thành phố)."
    )
    assert words.recipients.splitlines()[-1] == "Lưu: VT, VPB9"
    assert "Ban Tuyên giáo" not in words.closing


def test_a_second_letter_knows_of_the_first_and_says_what_follows():
    first = "Công văn số 07/BYT-VPB9 ngày 27/10/2025"
    words = proposed(facts([named(times_before=1), named("Sở B", SO)], earlier=(first,)))
    assert words.subject.endswith("năm 2025 (lần 2)")
    assert f"tiếp theo {first} của Bộ Y tế về việc đôn đốc gửi báo cáo, các đơn vị" in words.opening
    assert words.addressees == "Cục A\nSở B"
    assert words.closing.endswith("nêu trong báo cáo của Bộ Y tế gửi Ban Tuyên giáo và Dân vận Trung ương.")


def paragraphs(units, expected=131):
    return counts(units, expected=expected, as_of=at("2025-11-05 08:00"), body=BODY, annex=len(units) > 1)


def test_counts_are_by_group_and_add_up():
    units = [named("A"), named("B"), named("C", SO, is_return=True)]
    assert paragraphs(units, 1286) == [
        "Tính đến 08 giờ 00 ngày 05/11/2025, Bộ Y tế chưa nhận được báo cáo, báo cáo bổ sung của 3 đơn vị đã quá "
        "thời hạn (trong tổng số 1.286 đơn vị phải báo cáo), gồm: 2 đơn vị thuộc Bộ; 1 Sở Y tế các tỉnh, thành "
        "phố; trong đó 1 đơn vị phải gửi báo cáo bổ sung (danh sách tại Phụ lục kèm theo)."
    ]


@pytest.mark.parametrize(
    ("times", "said"),
    [
        ((0, 0), None),
        (
            (1, 0, 0),
            "Trong số này, 1 đơn vị đã được đôn đốc bằng công văn nhưng vẫn chưa hoàn thành việc gửi",
        ),
        ((1, 2), "Các đơn vị này đều đã được đôn đốc bằng công văn"),
    ],
)
def test_who_was_urged_before_is_told_apart(times, said):
    _, *more = paragraphs([named(str(n), times_before=t) for n, t in enumerate(times)])
    assert [text.startswith(said) for text in more] == [True] if said else more == []
    if len(times) == 3:
        assert more[0].endswith("2 đơn vị được đôn đốc lần đầu.")


def test_a_letter_to_one_unit_says_all_of_it_in_the_body():
    assert paragraphs([named(times_before=2)]) == [
        "Tính đến 08 giờ 00 ngày 05/11/2025, Bộ Y tế chưa nhận được báo cáo của Cục A (thời hạn: trước ngày "
        "20/10/2025, quá hạn 6 ngày làm việc); đơn vị đã được đôn đốc 2 lần bằng công văn."
    ]


@pytest.mark.parametrize(
    ("when", "text"),
    [
        ("2025-11-05 08:00", "08 giờ 00 ngày 05/11/2025"),
        ("2026-02-10 17:05", "17 giờ 05 ngày 10/02/2026"),
        ("2026-03-03 00:00", "00 giờ 00 ngày 03/3/2026"),
    ],
)
def test_days_and_the_first_two_months_get_a_zero(when, text):
    assert as_of_text(at(when)) == text


def test_small_words():
    assert (lowered("Công tác khoa giáo"), lowered("CNTT năm 2025")) == (
        "công tác khoa giáo",
        "CNTT năm 2025",
    )
    assert request_line("Đề nghị gửi báo cáo. ", "trước ngày 10/11/2025") == (
        "Đề nghị gửi báo cáo trước ngày 10/11/2025."
    )
    assert contact_text("", None) == "chưa liên hệ"
    assert contact_text("Công văn số 07/BYT-VPB9 ngày 27/10/2025", at("2025-10-28 08:00").date()) == (
        "Công văn số 07/BYT-VPB9 ngày 27/10/2025"
    )
