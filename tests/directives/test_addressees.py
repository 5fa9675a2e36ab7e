"""Names of groups at the head of an item and in the greeting of a letter."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.addressee_words import alternatives
from directives.addressees import greeting, is_generic, leading_names, names_in

HEADS: list[tuple[str, list[str]]] = [
    ("Văn phòng chuẩn bị hội trường", ["Văn phòng"]),
    ("UBND các xã chưa có trang thông tin hoàn thành xây dựng", ["UBND các xã chưa có trang thông tin"]),
    ("Các phòng, đơn vị tổ chức trực ban 24/24 giờ", ["Các phòng, đơn vị"]),
    ("Các trường còn nợ hồ sơ nộp về Sở", ["Các trường còn nợ hồ sơ"]),
    ("Các đơn vị chưa gửi báo cáo gửi về Sở", ["Các đơn vị chưa gửi báo cáo"]),
    ("chi cục Thuế Hòa An và chi cục Thuế Minh Tân lập danh sách", ["chi cục Thuế Hòa An", "chi cục Thuế Minh Tân"]),
    ("Đảng ủy Mặt trận Tổ quốc và các đoàn thể tỉnh vận động", ["Đảng ủy Mặt trận Tổ quốc và các đoàn thể tỉnh"]),
    ("Mặt trận Tổ quốc và các đoàn thể tỉnh vận động", ["Mặt trận Tổ quốc", "các đoàn thể tỉnh"]),
    ("Phòng Thu thập thông tin thống kê cung cấp số liệu", ["Phòng Thu thập thông tin thống kê"]),
    ("Trung tâm Thông tin thống kê số liệu các xã", ["Trung tâm Thông tin"]),
    ("Giao UBND các xã, phường: Thống kê số hộ nuôi chó, mèo", ["UBND các xã, phường"]),
    ("Các Viện, Trường, Bệnh viện trực thuộc Bộ: tham gia đào tạo", ["Các Viện, Trường, Bệnh viện trực thuộc Bộ"]),
    ("Ông Trần Văn Thuận, Thứ trưởng, Tổ trưởng;", []),
    ("Đồng chí Nguyễn Văn Bình, Phó Chủ tịch UBND tỉnh trực tiếp chỉ đạo", ["Đồng chí Nguyễn Văn Bình, Phó Chủ tịch UBND tỉnh"]),
    ("Giao bà Lê Thị Hoa chủ trì", ["bà Lê Thị Hoa"]),
    ("Đồng chí Nguyễn Văn Bình, điện thoại 0912", []),
    ("Thủ trưởng các Vụ, Cục, Văn phòng Bộ, Thanh tra Bộ:", ["Thủ trưởng các Vụ, Cục, Văn phòng Bộ, Thanh tra Bộ"]),
    ("Các phường Tam Kỳ, Hội An, Điện Bàn khẩn trương rà soát", ["Các phường Tam Kỳ, Hội An, Điện Bàn"]),
    ("Sở Nông nghiệp và Môi trường chủ trì tham mưu", ["Sở Nông nghiệp và Môi trường"]),
    ("Sở Công Thương, Sở Nông nghiệp và Môi trường kiểm tra", ["Sở Công Thương", "Sở Nông nghiệp và Môi trường"]),
    ("Vụ Pháp chế, Vụ Kế hoạch - Tài chính và các đơn vị liên quan:", ["Vụ Pháp chế", "Vụ Kế hoạch - Tài chính", "các đơn vị liên quan"]),
    ("Các Bộ, cơ quan ngang Bộ, cơ quan thuộc Chính phủ triển khai", ["Các Bộ, cơ quan ngang Bộ, cơ quan thuộc Chính phủ"]),
    ("Các chi bộ, đảng bộ trực thuộc tổ chức học tập", ["Các chi bộ, đảng bộ trực thuộc"]),
    ("Cục Quản lý Khám, chữa bệnh: tổng hợp", ["Cục Quản lý Khám, chữa bệnh"]),
    ("Ban tuyên giáo và dân vận các tỉnh ủy, thành ủy tham mưu", ["Ban tuyên giáo và dân vận các tỉnh ủy, thành ủy"]),
    ("Ban Chỉ đạo tỉnh về phòng, chống ma túy họp", ["Ban Chỉ đạo tỉnh về phòng, chống ma túy"]),
    ("Các đơn vị được giao chủ trì nhiệm vụ xây dựng kế hoạch", ["Các đơn vị được giao chủ trì nhiệm vụ"]),
    ("Các đơn vị tổ chức hội nghị", ["Các đơn vị"]),
    ("Mặt trận Tổ quốc Việt Nam và các tổ chức chính trị - xã hội tỉnh giám sát", ["Mặt trận Tổ quốc Việt Nam", "các tổ chức chính trị - xã hội tỉnh"]),
    ("Chủ tịch Ủy ban nhân dân các tỉnh Thanh Hóa, Nghệ An:", ["Chủ tịch Ủy ban nhân dân các tỉnh Thanh Hóa, Nghệ An"]),
    ("Thủ trưởng các đơn vị thuộc Bộ chỉ đạo", ["Thủ trưởng các đơn vị thuộc Bộ"]),
    ("Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh phối hợp", ["Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh"]),
    ("Giao Văn phòng Bộ theo dõi, đôn đốc", ["Văn phòng Bộ"]),
    ("Báo và Đài Phát thanh - Truyền hình tỉnh tuyên truyền", ["Báo và Đài Phát thanh - Truyền hình tỉnh"]),
    ("Sở Y tế các tỉnh, thành phố trực thuộc\nTrung ương báo cáo", ["Sở Y tế các tỉnh, thành phố trực thuộc Trung ương"]),
    ("Công an tỉnh\nBố trí lực lượng", ["Công an tỉnh"]),
    ("UỶ BAN NHÂN DÂN CẤP XÃ", ["UỶ BAN NHÂN DÂN CẤP XÃ"]),
    ("Phòng, chống dịch bệnh mùa hè", []),
    ("Ban hành văn bản hướng dẫn", []),
    ("Tổ chức hội nghị quán triệt", []),
    ("Cơ sở vật chất còn thiếu", []),
    ("Các trường hợp đặc biệt", []),
    ("Bộ Chính trị đã kết luận", []),
    ("Công tác tham mưu", []),
    # No list holds these verbs: the name ends where its own words end.
    ("Trung tâm Công nghệ thông tin thiết lập kho dữ liệu", ["Trung tâm Công nghệ thông tin"]),
    ("Công ty Thủy điện Sông Trà xả điều tiết", ["Công ty Thủy điện Sông Trà"]),
    ("Hạt Kiểm lâm khu vực III cắm mốc ranh giới", ["Hạt Kiểm lâm khu vực III"]),
    ("Học viện Chiến lược Khoa học và Công nghệ đào tạo cán bộ nhập liệu", ["Học viện Chiến lược Khoa học và Công nghệ"]),
    ("Tổ Chăm sóc khách hàng gọi điện khảo sát", ["Tổ Chăm sóc khách hàng"]),
    ("Hội Nông dân vận động hội viên", ["Hội Nông dân"]),
    ("Viện Sốt rét - Ký sinh trùng - Côn trùng Trung ương soi lam", ["Viện Sốt rét - Ký sinh trùng - Côn trùng Trung ương"]),
    ("Tỉnh đoàn, Hội Liên hiệp Phụ nữ tỉnh tiến cử", ["Tỉnh đoàn", "Hội Liên hiệp Phụ nữ tỉnh"]),
]  # fmt: skip


@pytest.mark.parametrize(("head", "names"), HEADS, ids=[head[:40] for head, _ in HEADS])
def test_names_at_the_head_of_an_item(head: str, names: list[str]) -> None:
    assert list(leading_names(head, 0, len(head))[0]) == names


def test_a_list_of_names_keeps_what_belongs_together() -> None:
    assert names_in("Bộ Văn hóa, Thể thao và Du lịch, Bộ Y tế") == (
        "Bộ Văn hóa, Thể thao và Du lịch",
        "Bộ Y tế",
    )


@pytest.mark.parametrize(
    ("names", "generic"),
    [
        (("các đơn vị",), True),
        (("quý cơ quan",), True),
        (("các sở, ban, ngành",), True),
        (("các đơn vị", "Vụ Pháp chế"), False),
        (("các đơn vị thuộc Bộ",), False),
    ],
)
def test_names_that_only_point_back(names: tuple[str, ...], generic: bool) -> None:
    assert is_generic(names) is generic


@pytest.mark.parametrize(
    ("letter", "names"),
    [
        ("Kính gửi: Các Sở Y tế; các bệnh viện\n\nThực hiện Kế hoạch", ["Các Sở Y tế", "các bệnh viện"]),
        ("Kính gửi:\n- Các vụ;\n- Văn phòng Bộ.\n\nĐể kịp tổng hợp", ["Các vụ", "Văn phòng Bộ"]),
        ("Kính gửi:\n- Ủy ban nhân dân các tỉnh,\nthành phố.\n\nSở Y tế nhận được", ["Ủy ban nhân dân các tỉnh, thành phố"]),
        ("THỦ TƯỚNG điện:\n- Bộ trưởng Bộ Y tế;\n- Chủ tịch UBND tỉnh.\n\nTheo dự báo", ["Bộ trưởng Bộ Y tế", "Chủ tịch UBND tỉnh"]),
        ("KẾ HOẠCH\nI. MỤC ĐÍCH", []),
    ],
)  # fmt: skip
def test_greeting(letter: str, names: list[str]) -> None:
    found, body = greeting(letter, len(letter))
    assert list(found) == names
    assert not names or letter[body:].strip()[:4] in ("Thực", "Để k", "Sở Y", "Theo")


def test_alternatives_match_both_ways_of_putting_the_tone() -> None:
    import re

    pattern = re.compile(rf"(?:{alternatives('đảng ủy, văn hóa')})$")
    assert all(pattern.match(word) for word in ("đảng ủy", "đảng uỷ", "văn  hoá"))
    assert not pattern.match("đảng")


@given(st.text(alphabet="CácSởVụBộvàđơnvịthuộc,;:.() \nchủtrì", max_size=200))
def test_no_input_raises(text: str) -> None:
    names, end = leading_names(text, 0, len(text))
    assert 0 <= end <= len(text)
    assert all(name == unicodedata.normalize("NFC", name).strip() for name in names)


def test_names_side_by_side_in_a_greeting_are_several() -> None:
    letter = "Kính gửi: Các Vụ, Cục, Văn phòng Bộ, các đơn vị sự nghiệp trực thuộc Bộ\n\nThực hiện Kế hoạch, đề nghị gửi báo cáo."
    assert greeting(letter, len(letter))[0] == (
        "Các Vụ, Cục, Văn phòng Bộ",
        "các đơn vị sự nghiệp trực thuộc Bộ",
    )
