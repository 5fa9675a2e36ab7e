"""Headings of two years that speak of the same, and those that every report answers."""

import pytest

from reporting.outline_matching import Heading, counterparts, is_standing
from reporting.outlines import built_in

BUILT_IN = [spec for spec in built_in("khoa_giao") if not spec.directives]


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Công tác tham mưu, tổ chức thực hiện các văn bản của Đảng", "1"),
        ("CÔNG TÁC KIỂM TRA, GIÁM SÁT", "2"),
        ("Tiến hành kiểm tra và giám sát việc thực hiện nghị quyết", "2"),
        ("Tổng kết, sơ kết các chỉ thị", "3"),
        ("Đẩy mạnh phối hợp giữa các cơ quan, đơn vị trong ngành", "4"),
        ("Công tác thông tin, tuyên truyền", "4"),
        ("Tổ chức hội nghị, hội thảo, tọa đàm và tập huấn nghiệp vụ cho báo cáo viên", "5"),
        ("Thi đua, biểu dương, khen thưởng", "6.2"),
        ("Bố trí kinh phí thực hiện công tác khoa giáo", "6.3"),
        ("Tiêm chủng mở rộng", None),
        ("Chuyển đổi số trong khám bệnh, chữa bệnh", None),
        ("Phòng, chống tham nhũng, lãng phí", None),
        ("", None),
    ],
)
def test_a_heading_finds_the_one_that_says_the_same(title, key):
    found = counterparts([Heading(title)], [Heading(spec.title) for spec in BUILT_IN])
    assert (BUILT_IN[found[0]].key if found else None) == key


def test_each_is_taken_once_and_the_best_pair_first():
    old = [Heading("Kiểm tra, giám sát"), Heading("Sơ kết, tổng kết")]
    new = [
        Heading("Kiểm tra, giám sát, sơ kết"),
        Heading("Kiểm tra, giám sát"),
        Heading("Kiểm tra, giám sát"),
    ]
    found = counterparts(new, old)
    assert sorted(found.values()) == [0]
    assert counterparts([], old) == counterparts(new, []) == {}


def test_papers_tell_where_the_words_do_not():
    old = [Heading("Phần một", frozenset({"a", "b"})), Heading("Phần hai", frozenset({"c"}))]
    assert counterparts([Heading("Quán triệt", frozenset({"c"}))], old) == {0: 1}


@pytest.mark.parametrize(
    ("title", "stands"),
    [
        ("Đánh giá chung; khó khăn, vướng mắc và nguyên nhân", True),
        ("Biểu dương, khen thưởng", True),
        ("Kinh phí thực hiện", True),
        ("Kiến nghị, đề xuất", True),
        ("Nhiệm vụ trọng tâm năm 2026", True),
        ("Nhiệm vụ năm {next_year}", True),
        ("Kiểm tra, giám sát", False),
        ("Tổ chức thực hiện nhiệm vụ", False),
    ],
)
def test_what_every_report_answers(title, stands):
    assert is_standing(title) is stands
