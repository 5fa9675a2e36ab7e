"""Where the name of a group ends: evidence from both sides, not one list."""

import pytest

from directives.addressees import leading_names, name_end
from directives.lexicon import WordKind, holds_duty, longest_word, name_word_end, opens_duty, spelt

# name, how its duty begins
HEADS = [
    ("Các chùa, tự viện, cơ sở tôn giáo", "tổ chức thuyết giảng"),
    ("Các doanh nghiệp chưa được cấp giấy phép", "hoàn thiện hồ sơ"),
    ("Các Chi nhánh Văn phòng đăng ký đất đai: số 1, số 2", "rà soát hồ sơ"),
    ("Phòng Kế hoạch tổng hợp", "lập dự trù"),
    ("Tạp chí Y học dự phòng", "đăng tải"),
    ("Trưởng các khối, cụm thi đua", "tổ chức ký kết giao ước"),
    ("Chi cục Kiểm lâm", "thường trực, tổng hợp tình hình"),
    ("Phòng Quản lý đào tạo liên tục và chỉ đạo tuyến", "tổng hợp"),
    ("Trung tâm Phối hợp tìm kiếm, cứu nạn khu vực miền Trung", "trực ban"),
    ("Các đồng chí Ủy viên Ban Chấp hành Hội Nông dân tỉnh khóa XII", "theo dõi"),
    ("07 khoa còn nợ bệnh án", "khẩn trương nộp"),
    ("Tiểu đoàn 4", "tổ chức huấn luyện"),
    ("Phòng Quản lý Dạy nghề", "thường trực theo dõi"),
    ("Trung tâm Kiểm soát bệnh tật tỉnh", "khoanh vùng ổ dịch"),
    ("Phòng Kế hoạch - Nghiệp vụ", "tổng hợp"),
    ("Ban Quản lý dự án đầu tư xây dựng các công trình giao thông", "đẩy nhanh tiến độ"),
    ("Chi cục Chăn nuôi, Thú y và Thủy sản", "lấy mẫu"),
    ("Kho bạc Nhà nước khu vực XI", "đối chiếu số liệu"),
    ("Thuế cơ sở 5", "khoanh nợ"),
    ("Các đồn biên phòng", "tuần tra"),
    ("Phòng Cảnh sát giao thông", "phân làn"),
    ("Tòa án nhân dân khu vực 4", "thụ lý"),
    ("Hội Luật gia tỉnh", "tư vấn"),
    ("Đoàn Thanh niên Cộng sản Hồ Chí Minh tỉnh", "ra quân"),
    ("Ban Tuyên giáo và Dân vận Tỉnh ủy", "định hướng"),
    ("Ủy ban Kiểm tra Đảng ủy", "kiểm tra"),
    ("Trường Cao đẳng Y tế", "mở lớp"),
    ("Các cơ sở giáo dục mầm non", "cân đo trẻ"),
    ("Phòng Văn hóa - Xã hội", "rà hộ nghèo"),
    ("Trạm Y tế xã", "lập danh sách"),
    ("Trưởng các thôn, tổ dân phố", "gõ cửa từng nhà"),
    ("Các doanh nghiệp viễn thông", "nhắn tin"),
    ("Điện lực Nghi Lộc", "cắt điện"),
    ("Cục Phòng bệnh", "dự trù vắc xin"),
    ("Vụ Kế hoạch - Tài chính", "cân đối"),
    ("Thanh tra Bộ", "xác minh đơn"),
    ("Trung tâm Thông tin y tế Quốc gia", "dựng phần mềm"),
    ("Viện Vệ sinh dịch tễ Trung ương", "nuôi cấy"),
    ("Nhà xuất bản Y học", "in sách"),
    ("Cục Đăng kiểm Việt Nam", "thu phù hiệu"),
    ("Sở Ngoại vụ", "xin thị thực"),
    ("Chi cục Dân số", "cấp phát phương tiện"),
    ("Văn phòng Đăng ký đất đai", "chỉnh lý biến động"),
    ("Ngân hàng Chính sách xã hội chi nhánh tỉnh", "giải ngân"),
    ("Các nhà máy thủy điện trên lưu vực sông Vu Gia - Thu Bồn", "xả lũ"),
    ("Chủ tịch UBND các xã, phường", "đi kiểm tra"),
    ("Bí thư các chi bộ", "gặp gỡ"),
    ("Các đoàn viên công đoàn", "quyên góp"),
    ("Đoàn kiểm tra liên ngành", "phúc tra"),
    ("Các cơ sở kinh doanh dịch vụ lưu trú", "khai báo"),
    ("Hạt Kiểm lâm Con Cuông", "đốt trước"),
    ("Trung tâm Điều hành thông minh", "trực hệ thống"),
    ("Hiệp hội Doanh nghiệp nhỏ và vừa", "góp vốn"),
    ("Bảo tàng tỉnh", "trưng bày"),
    ("Trung tâm Huấn luyện và Thi đấu thể dục thể thao", "tuyển quân"),
    ("Ban Dân tộc HĐND tỉnh", "thẩm tra"),
    ("Cục Thống kê", "nghiệm thu phiếu"),
    ("Bệnh viện Phụ sản", "đỡ đẻ"),
    ("Ban Quản lý chợ Vinh", "quét dọn"),
    ("Bộ Dân tộc và Tôn giáo", "thống kê"),
    ("Đài Tiếng nói Việt Nam", "phát sóng"),
    ("Phòng Quản lý đào tạo", "xếp lịch"),
    ("Khoa Công nghệ thông tin", "hướng dẫn"),
    ("Chi đoàn giáo viên", "trang trí"),
    ("Thường trực HĐND tỉnh", "giám sát"),
    ("Trung tâm Mua sắm tập trung thuốc Quốc gia", "đàm phán giá"),
    ("Cục Quản lý Lao động ngoài nước", "cấp phép"),
    ("Cục Trợ giúp pháp lý", "truyền thông"),
    ("Cục Phát thanh, truyền hình và thông tin điện tử", "rà soát"),
    ("Cục Thủy sản và Kiểm ngư", "tuần tra"),
    ("Cục Kinh tế hợp tác và Phát triển nông thôn", "tập huấn"),
    ("Cục Chuyển đổi số", "gộp cơ sở dữ liệu"),
    ("Cục Xúc tiến thương mại", "đưa đoàn"),
    ("Cục Kỹ thuật an toàn và Môi trường công nghiệp", "kiểm tra"),
    ("Cục Đường cao tốc Việt Nam", "cắm biển"),
    ("Vụ Quy hoạch - Kiến trúc", "góp ý"),
    ("Cục Việc làm", "dự báo"),
    ("Bảo hiểm xã hội Việt Nam", "chi trả"),
    ("Vụ Dân tộc thiểu số", "chọn điểm"),
    ("Cục Du lịch Quốc gia Việt Nam", "quảng bá"),
    ("Trường Đại học Y Hà Nội", "mở mã ngành"),
    ("Bệnh viện Chợ Rẫy", "hội chẩn từ xa"),
    ("Viện Sức khỏe nghề nghiệp và môi trường", "quan trắc"),
    ("Sở Tư pháp", "thẩm định"),
    ("Chi cục Thủy lợi", "mở cống"),
    ("Trung tâm Giám định Y khoa", "khám"),
    ("Viễn thông Thái Bình", "kéo cáp"),
    ("Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh", "phản biện"),
    ("Hội Chữ thập đỏ tỉnh", "cứu trợ"),
    ("Các hội đặc thù", "vận động"),
    ("Công chức Văn hóa - Xã hội", "lập danh sách"),
    ("Bí thư chi bộ các thôn", "họp dân"),
    ("Hội đồng Nghĩa vụ quân sự xã", "khám sơ tuyển"),
    ("Ban Bồi thường, giải phóng mặt bằng", "chi trả"),
    ("Các bệnh viện tuyến tỉnh", "dự trù thuốc"),
    ("Các cơ sở sản xuất, kinh doanh thực phẩm", "tự công bố"),
    ("Các chủ phương tiện thủy nội địa", "đăng kiểm"),
    ("Điều dưỡng trưởng các khoa", "chấm công"),
    ("Thư ký Hội đồng", "lưu hồ sơ"),
    ("Đồng chí Phó Giám đốc phụ trách chuyên môn", "ký duyệt"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "duty"), HEADS, ids=[name for name, _ in HEADS])
def test_a_name_ends_where_its_duty_begins(name: str, duty: str) -> None:
    sentence = f"{name} {duty} trước ngày 15/10/2025."
    _, end = leading_names(sentence, 0, len(sentence))
    assert sentence[:end].strip() == name


# Neither the verbs nor the field of work are in a list.
UNLISTED = [
    ("Công ty Thủy điện Sông Trà", "xoay cánh van"),
    ("Sở Y tế", "nhẩm sổ"),
    ("Phòng Lữ hành", "gửi báo cáo"),
    ("Khu Quản lý đường bộ II", "gạt bùn"),
    ("Chi cục Thú y tỉnh", "bủa lưới"),
]


@pytest.mark.parametrize(("name", "duty"), UNLISTED, ids=[name for name, _ in UNLISTED])
def test_words_of_no_list_are_told_by_what_stands_around(name: str, duty: str) -> None:
    sentence = f"{name} {duty}, xong trước ngày 15/10/2025."
    assert sentence[: name_end(sentence, 0, len(sentence))] == name


def test_before_a_colon_all_is_the_name() -> None:
    heading = "Khoa Ngoại tổng hợp: mổ theo lịch"
    assert leading_names(heading, 0, len(heading))[0] == ("Khoa Ngoại tổng hợp",)


def test_the_words_of_the_lists() -> None:
    assert longest_word(["rà", "soát", "lại"], 0) is not None
    word = longest_word(["tổ", "chức", "cán", "bộ"], 0)
    assert word is not None
    assert (word.length, word.kind) == (4, WordKind.BOTH)
    assert longest_word(["xyz"], 0) is None
    assert spelt("HOÁ") == spelt("hóa") == "hóa"
    assert spelt("quý") == "quý"


def test_whether_a_duty_opens() -> None:
    assert opens_duty("Rà soát hồ sơ", 0)
    assert not opens_duty("Phòng Nội vụ", 0)
    assert holds_duty("của sở rà soát hồ sơ")
    assert not holds_duty("an toàn giao thông")
    assert name_word_end("phụ trách kinh tế", 10) == 17
    assert not name_word_end("phụ trách xyz", 10)
