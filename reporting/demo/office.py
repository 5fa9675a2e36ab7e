"""What the office of the ministry writes in the sample rounds: comments, notes, and its own summary."""

from __future__ import annotations

from reporting.demo.grammar import Stream, expand, grouped, sentence, tenths

_COMMENTS: tuple[str, ...] = (
    "[Đề nghị|Văn phòng Bộ đề nghị] đơn vị [bổ sung|nêu rõ] [số liệu|minh chứng] [cho|của] nhận định “[chuyển biến tích cực|có nhiều tiến bộ|đạt kết quả tốt]”: so với năm trước [tăng hay giảm bao nhiêu|cụ thể thế nào], nguồn số liệu ở đâu",
    "Số lượt người [dự hội nghị|được tập huấn] trong phần lời [chưa khớp|khác] với bảng chỉ tiêu; [đề nghị|nhờ đơn vị] [rà lại và sửa một trong hai chỗ|kiểm tra lại trước ngày {n:12-28} tháng này]",
    "Mục này mới nêu [việc đã làm|các hoạt động], chưa nói [kết quả|người dân, người bệnh được gì]; [bổ sung|viết thêm] [hai, ba câu|một đoạn ngắn] về [kết quả cụ thể|tác động thực tế]",
    "Chưa thấy số, ngày của kế hoạch [triển khai|đơn vị ban hành]; đề nghị [ghi đủ|bổ sung] số, ký hiệu, ngày ban hành và [gửi kèm bản chụp|đính kèm tệp]",
    "[Khó khăn, vướng mắc|Phần hạn chế] còn [chung chung|viết giống năm trước]; đề nghị nêu [rõ quy định nào|đúng điều khoản nào] gây vướng, [ai|cơ quan nào] có thẩm quyền gỡ và [phương án|kiến nghị] của đơn vị",
    "Đề nghị tách [kết quả của đơn vị|phần việc riêng] khỏi [kết quả toàn ngành|phần của đơn vị phối hợp] để [khi tổng hợp không cộng hai lần|tránh trùng số liệu]",
    "Tỷ lệ cán bộ, đảng viên được quán triệt [tính trên tổng số nào|lấy mẫu số là bao nhiêu]? Đề nghị [ghi rõ tử số, mẫu số|bổ sung cách tính]",
    "[Kinh phí thực hiện|Số chi] [thấp hơn|lệch nhiều so với] dự kiến; đề nghị [giải trình ngắn|nêu lý do] và [ước thực hiện cả năm|cho biết phần sẽ chi trong quý IV]",
    "Đoạn này [dài|trùng với mục trước]; [đề nghị rút gọn|chỉ giữ ý chính], chuyển phần [liệt kê|danh sách] xuống phụ lục",
    "Đề nghị [nêu tên|giới thiệu] một [mô hình|điển hình] cụ thể ([nơi làm, người hưởng lợi, kết quả|địa chỉ, thời gian, con số]) để [đưa vào báo cáo của Bộ|nhân rộng]",
    "Mục ghi “không phát sinh” nhưng [phần tuyên truyền|mục hội nghị] lại có [hoạt động liên quan|nội dung này]; đề nghị [thống nhất lại|kiểm tra]",
)

_REPLIES: tuple[str, ...] = (
    "[Đơn vị đã|Chúng tôi đã] [bổ sung|sửa] [số liệu|nội dung] theo góp ý; [số đúng|số cuối cùng] là số trong bảng chỉ tiêu, [phần lời đã sửa cho khớp|đoạn hai đã viết lại]",
    "[Đã rà soát|Đã kiểm tra lại] với [bộ phận thống kê|phòng chuyên môn]; [chênh lệch|sai khác] do [chưa cộng đợt tháng 9|tính trùng một lớp], [nay đã chỉnh|đã cập nhật]",
    "[Xin tiếp thu|Tiếp thu ý kiến]. Đơn vị đã [thêm kết quả cụ thể|nêu rõ người hưởng lợi] và [đính kèm kế hoạch|gửi kèm bản chụp văn bản]",
    "[Phần này|Nội dung này] đơn vị [không chủ trì|chỉ phối hợp] nên [xin giữ nguyên|không có số liệu riêng]; đã [ghi rõ|viết thêm] vai trò phối hợp",
    "Đã [rút gọn|viết lại] còn [hai|ba] ý, [chuyển danh sách|đưa bảng chi tiết] sang tệp đính kèm",
    "Mẫu số là [tổng số đảng viên và viên chức có mặt đến 30/9|toàn bộ cán bộ trong biên chế]; đã [ghi cách tính|bổ sung chú thích] vào báo cáo",
)

_RETURN_NOTES: tuple[str, ...] = (
    "Văn phòng Bộ trả lại báo cáo để [bổ sung|hoàn thiện] [các mục có ý kiến|{n:2-5} mục]; [các phần khác|nội dung còn lại] đã đạt. Đề nghị [gửi lại đúng hạn|hoàn thành trong thời hạn ghi kèm]",
    "[Cảm ơn đơn vị đã gửi báo cáo|Báo cáo đã được xem]. Còn [{n:2-4} điểm|một số điểm] cần [làm rõ|bổ sung số liệu] (xem ý kiến từng mục); [sau khi sửa|khi xong] đề nghị lãnh đạo đơn vị duyệt và nộp lại",
    "Đề nghị đơn vị [xem lại|chỉnh sửa] [số liệu chỉ tiêu|phần kiến nghị] và [thống nhất|đối chiếu] với phần lời; [mọi vướng mắc|nếu cần trao đổi] liên hệ chuyên viên theo dõi",
)

_RETURN_REASONS: tuple[str, ...] = (
    "[Số liệu|Con số] trong phần lời và bảng chỉ tiêu [không khớp|khác nhau]",
    "Thiếu [kết quả cụ thể|minh chứng] ở [mục y tế cơ sở|mục đội ngũ trí thức|phần kiểm tra, giám sát]",
    "[Chưa nêu|Còn thiếu] số, ngày của [kế hoạch|văn bản] đơn vị ban hành",
    "Phần [khó khăn, kiến nghị|đánh giá chung] [chưa rõ địa chỉ|còn chung chung]",
    "[Nhầm|Lẫn] số liệu năm trước vào [kỳ này|bảng chỉ tiêu]",
)

_EXTENSION_REASONS: tuple[str, ...] = (
    "Đơn vị [đang khắc phục hậu quả mưa bão|tập trung phòng, chống dịch], [lãnh đạo và bộ phận tổng hợp|cán bộ đầu mối] [đi cơ sở|trực cả tuần]; xin lùi {n:3-7} ngày làm việc",
    "[Đầu mối báo cáo|Chuyên viên tổng hợp] [mới nhận bàn giao|nghỉ thai sản], đơn vị cần thêm {n:2-5} ngày để [đối chiếu|thu thập] số liệu của [các phòng|các đơn vị trực thuộc]",
    "[Số liệu|Báo cáo] của {n:3-18} [xã, phường|đơn vị trực thuộc] sau sắp xếp [gửi lên chậm|phải tách, gộp lại]; đề nghị gia hạn để [bảo đảm đầy đủ|tổng hợp chính xác]",
    "[Đơn vị tổ chức đại hội đảng bộ|Hệ thống mạng của đơn vị gặp sự cố] [đúng tuần|trùng thời điểm] nộp báo cáo, đề nghị [gia hạn|cho lùi] {n:2-5} ngày",
)

_WARNING_REASONS: tuple[str, ...] = (
    "[Đơn vị đã|Đã] [rà soát|đối chiếu] với [sổ theo dõi|hồ sơ gốc]; nội dung [đúng thực tế|giữ nguyên] [của kỳ này|tại thời điểm chốt số liệu]",
    "[Khác biệt|Thay đổi] so với kỳ trước do [sắp xếp lại tổ chức và phạm vi quản lý|một số hoạt động chuyển sang quý IV|kế hoạch năm nay điều chỉnh]; đã được lãnh đạo đơn vị xem xét",
    "[Bộ phận tổng hợp|Chuyên viên phụ trách] xác nhận [nội dung này là chính xác|đã kiểm tra hai lần]; [tài liệu minh chứng lưu tại đơn vị|sẽ giải trình thêm khi được yêu cầu]",
    "[Hoạt động trong kỳ tập trung vào một số đợt|Điều kiện thực hiện năm nay khác năm trước] nên [kết quả có khác thường|cách ghi có khác]; đơn vị [đề nghị giữ nguyên|chịu trách nhiệm về nội dung đã ghi]",
)

_WAIVER_REASONS: tuple[str, ...] = (
    "Đơn vị [mới được giao nhiệm vụ|đang trong quá trình tổ chức lại], [chưa đủ|không có] thời gian hoạt động để báo cáo; nội dung do [đơn vị quản lý trực tiếp|cơ quan chủ trì] báo cáo thay",
    "[Nội dung công tác khoa giáo|Phần việc] của đơn vị [đã nằm trọn|được tổng hợp] trong báo cáo của [cơ quan cấp trên|cục chuyên ngành]; miễn báo cáo riêng [kỳ này|để tránh trùng]",
    "Đơn vị [đang khắc phục thiên tai|bị gián đoạn hoạt động kéo dài], lãnh đạo Văn phòng Bộ [đồng ý miễn|quyết định miễn] báo cáo kỳ này",
)


def _plain(name: str) -> str:
    raise ValueError(f"the office's sentences know no slot {name!r}")


def _one(pool: tuple[str, ...], *seed: object) -> str:
    stream = Stream("office", *seed)
    return sentence(expand(stream.pick(pool), stream, _plain))


def comment_texts(seed: object) -> list[str]:
    """Three different comments of a reviewer on sections of one report: what is wrong and what to supply."""
    stream = Stream("office", "comment", seed)
    return [sentence(expand(pattern, stream, _plain)) for pattern in stream.shuffled(_COMMENTS)[:3]]


def reply_text(seed: object) -> str:
    """A unit's answer to a comment."""
    return _one(_REPLIES, "reply", seed)


def return_note(seed: object) -> str:
    """The covering note of a returned report."""
    return _one(_RETURN_NOTES, "return", seed)


def return_reason(seed: object) -> str:
    """Why a report goes back, in one line."""
    return _one(_RETURN_REASONS, "reason", seed)


def extension_reason(seed: object) -> str:
    """Why a unit asks for more time."""
    return _one(_EXTENSION_REASONS, "extension", seed)


def waiver_reason(seed: object) -> str:
    """Why a unit need not report this time."""
    return _one(_WAIVER_REASONS, "waiver", seed)


def warning_reason(seed: object) -> str:
    """What a unit answers to a warning of the checks: the content stands, and why."""
    return _one(_WARNING_REASONS, "warning", seed)


#: section → what the ministry says it is about
_SUBJECTS: dict[str, str] = {
    "1.1": "xây dựng và phát huy vai trò đội ngũ trí thức ngành Y tế theo Nghị quyết số 45-NQ/TW và Kế hoạch số 20-KH/TW",
    "1.2": "phát triển khoa học, công nghệ và đổi mới sáng tạo trong y tế theo Nghị quyết số 20-NQ/TW",
    "1.3": "rèn luyện thể lực và phối hợp phát triển thể dục, thể thao theo Kết luận số 70-KL/TW",
    "1.4": "chăm sóc, giáo dục và bảo vệ trẻ em theo Chỉ thị số 28-CT/TW",
    "1.5": "bảo đảm trật tự, an toàn giao thông và cấp cứu tai nạn theo Chỉ thị số 23-CT/TW",
    "1.6": "củng cố và nâng cao chất lượng hoạt động của y tế cơ sở theo Chỉ thị số 25-CT/TW",
    "1.7": "phát triển y học cổ truyền và Hội Đông y theo Kết luận số 86-KL/TW",
    "2": "kiểm tra, giám sát việc thực hiện các nghị quyết, chỉ thị, kết luận của Đảng về khoa giáo",
    "3": "sơ kết, tổng kết các nghị quyết, chỉ thị, kết luận của Đảng",
    "4": "phối hợp, thông tin và tuyên truyền về khoa giáo",
    "5": "tổ chức hội nghị, hội thảo và tập huấn",
    "6.1": "đánh giá kết quả và nhận diện khó khăn, vướng mắc",
    "6.2": "biểu dương, khen thưởng trong công tác khoa giáo",
    "6.3": "bố trí và sử dụng kinh phí cho công tác khoa giáo",
    "6.4": "tổng hợp kiến nghị, đề xuất của các đơn vị",
    "6.5": "xác định nhiệm vụ trọng tâm của năm tiếp theo",
    "7": "đánh giá chung công tác khoa giáo",
}

#: section → a sentence of totals; used where every figure in it was reported
_TOTALS: dict[str, tuple[tuple[str, ...], str]] = {
    "2": (
        ("kiem_tra", "don_vi_kiem_tra"),
        "Toàn ngành tiến hành {kiem_tra} cuộc kiểm tra, giám sát tại {don_vi_kiem_tra} lượt đơn vị; các tồn tại chủ yếu thuộc khâu lưu trữ, báo cáo và đều có thời hạn khắc phục.",
    ),
    "3": (
        ("so_ket",),
        "Các đơn vị tổ chức {so_ket} cuộc sơ kết, tổng kết, phần lớn lồng ghép với hội nghị chuyên môn để giảm họp.",
    ),
    "4": (
        ("van_ban", "tin_bai"),
        "Các đơn vị ban hành {van_ban} văn bản chỉ đạo, hướng dẫn và đăng {tin_bai} tin, bài tuyên truyền trên các kênh của ngành và báo chí.",
    ),
    "5": (
        ("hoi_nghi", "luot_nguoi", "lop_tap_huan", "luot_tap_huan"),
        "Toàn ngành tổ chức {hoi_nghi} hội nghị, hội thảo với {luot_nguoi} lượt người dự; mở {lop_tap_huan} lớp tập huấn cho {luot_tap_huan} lượt học viên.",
    ),
    "6.2": (
        ("tap_the_khen", "ca_nhan_khen"),
        "Trong kỳ, {tap_the_khen} tập thể và {ca_nhan_khen} cá nhân được biểu dương, khen thưởng, ưu tiên người trực tiếp làm nhiệm vụ ở tuyến đầu và tuyến cơ sở.",
    ),
    "6.3": (
        ("kinh_phi_du_kien", "kinh_phi_thuc_hien"),
        "Tổng kinh phí dự kiến là {kinh_phi_du_kien} triệu đồng, đã thực hiện {kinh_phi_thuc_hien} triệu đồng; phần còn lại chủ yếu thanh toán trong quý IV.",
    ),
    "7": (
        ("hoi_nghi", "van_ban"),
        "Trong năm có {hoi_nghi} hội nghị được tổ chức và {van_ban} văn bản được ban hành để cụ thể hóa các chủ trương của Đảng về khoa giáo.",
    ),
}

_HOW_IT_WENT: tuple[str, ...] = (
    "[Nhìn chung|Đánh giá chung], các đơn vị [đã chủ động|bám sát kế hoạch của Bộ để] triển khai, gắn nhiệm vụ khoa giáo với công việc chuyên môn; cấp ủy và người đứng đầu [phân công rõ đầu mối|trực tiếp chỉ đạo], có kiểm tra và đôn đốc.",
    "Nội dung này được [phần lớn|đa số] đơn vị cụ thể hóa thành kế hoạch có thời hạn và người chịu trách nhiệm; [khối bệnh viện và các Sở Y tế|các đơn vị trực thuộc và địa phương] có nhiều cách làm [gắn với nhu cầu của người dân|sát thực tế].",
    "So với năm trước, [báo cáo của các đơn vị|việc triển khai] có thêm số liệu và ví dụ cụ thể; [việc phối hợp giữa trung ương và địa phương|hoạt động hướng về cơ sở] [thường xuyên hơn|được chú trọng hơn].",
)
_WHAT_IS_LACKING: tuple[str, ...] = (
    "Bên cạnh kết quả đạt được, [tiến độ giữa các đơn vị chưa đều|một số báo cáo còn nặng liệt kê]; [nhân lực làm công tác tổng hợp còn mỏng|kinh phí chủ yếu lồng ghép], việc sắp xếp tổ chức bộ máy và mô hình chính quyền hai cấp đòi hỏi [thêm thời gian ổn định|rà soát lại đầu mối].",
    "Hạn chế chung là [số liệu thiếu thống nhất|dữ liệu chưa liên thông] giữa các đơn vị và [một số hướng dẫn ban hành chậm|nguồn lực cho cơ sở còn hạn chế]; Bộ Y tế [đã giao các cục, vụ xem xét|sẽ tiếp tục chỉ đạo tháo gỡ] trong thời gian tới.",
)


def _amount(code: str, amount: int) -> str:
    return tenths(amount) if code.startswith("kinh_phi") else grouped(amount)


def _totals_sentence(key: str, figures_total: dict[str, int]) -> str:
    codes, text = _TOTALS.get(key, ((), ""))
    if not codes or any(code not in figures_total for code in codes):
        return ""
    return " " + text.format(**{code: _amount(code, figures_total[code]) for code in codes})


def _named(highlights: list[tuple[str, str]]) -> str:
    told = [f"{name}: {text.strip().rstrip('.')}" for name, text in highlights[:4]]
    return "Một số kết quả tiêu biểu: " + "; ".join(told) + "."


def ministry_text(
    key: str,
    year: int,
    figures_total: dict[str, int],
    units_reported: int,
    highlights: list[tuple[str, str]],
) -> list[str]:
    """The ministry's own paragraphs (2 to 4) on one section, naming up to four highlighted units.

    `figures_total` are sums over the accepted reports in the units of `figures_for`; a total that is
    not given is not mentioned. Raises KeyError for an unknown section.
    """
    stream = Stream("office", "ministry", key, year)
    opening = stream.pick(
        (
            "Tổng hợp báo cáo của {n} đơn vị cho thấy việc {what} năm {year} được triển khai đồng bộ.",
            "Năm {year}, nhiệm vụ {what} được {n} đơn vị báo cáo kết quả.",
            "Trên cơ sở báo cáo của {n} đơn vị, Bộ Y tế tổng hợp kết quả {what} năm {year} như sau.",
        )
    ).format(n=units_reported, what=_SUBJECTS[key], year=year)
    paragraphs = [opening + _totals_sentence(key, figures_total)]
    paragraphs.append(expand(stream.pick(_HOW_IT_WENT), stream, _plain))
    if highlights:
        paragraphs.append(_named(highlights))
    if key not in {"6.2", "6.5"}:
        paragraphs.append(expand(stream.pick(_WHAT_IS_LACKING), stream, _plain))
    return paragraphs
