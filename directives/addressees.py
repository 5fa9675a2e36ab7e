"""Who a paper binds: the names of groups, offices and posts at the head of an item or inside a sentence.

Names stay as printed. A name begins with a noun that only offices, bodies or their heads carry, and ends
where its duty begins.
"""

from __future__ import annotations

import re

from directives.sections import heading_end, tidy

_I = re.IGNORECASE
_UPPER = "A-ZÀ-ÖØ-ÝĂĐĨŨƠƯẠ-Ỹ"

# Nouns that say by themselves that a body is named.
_BODIES = (
    r"tổng\s+cục|chi\s+cục|văn\s+phòng(?!\s+phẩm)|thanh\s+tra|trung\s+tâm|bệnh\s+viện|học\s+viện|đại\s+học|trạm\s+y\s+tế|nhà\s+xuất\s+bản|tạp\s+chí|"
    r"ubnd|hđnd|ubmttq\w*|mttq|[uủ]ỷ?y?\s*ban\s+(?:nhân\s+dân|mặt\s+trận|kiểm\s+tra|dân\s+tộc|thường\s+vụ|quốc\s+gia|an\s+toàn)|hội\s+đồng|"
    r"(?:mặt\s+trận|liên\s+đoàn|hiệp\s+hội|liên\s+hiệp)(?=\s)|công\s+an|bộ\s+(?:chỉ\s+huy|tư\s+lệnh)|quân\s+khu|ngân\s+hàng|kho\s+bạc|"
    r"bảo\s+hiểm\s+xã\s+hội|cục\s+thuế|chi\s+nhánh|tòa\s+án|toà\s+án|viện\s+kiểm\s+sát|đảng\s+(?:[uủ][ỷy]|đoàn|bộ)|chi\s+bộ|ban\s+cán\s+sự|ban\s+(?:thường\s+vụ|chấp\s+hành|tuyên\s+giáo|tổ\s+chức|dân\s+vận|"
    r"nội\s+chính|quản\s+lý|chỉ\s+đạo|giám\s+đốc|giám\s+hiệu|chỉ\s+huy|xây\s+dựng\s+đảng|bảo\s+vệ|kinh\s+tế)|(?:tỉnh|thành|huyện|quận)\s+[uủ][ỷy]|cấp\s+[uủ][ỷy]|tổ\s+chức\s+đảng|"
    r"tiểu\s+ban|tập\s+đoàn|tổng\s+công\s+ty|công\s+ty|cổng\s+thông\s+tin|thông\s+tấn\s+xã|thường\s+trực\s+(?:hđnd|hội\s+đồng|tỉnh|thành|đảng|[uủ])|"
    r"(?:báo|đài)\s+(?:và|phát\s+thanh)|phòng\s+(?:chuyên\s+môn|nghiệp\s+vụ|giáo\s+dục|văn\s+hóa|văn\s+hoá|nội\s+vụ|tài\s+chính|kế\s+hoạch|tổ\s+chức|hành\s+chính|y\s+tế|lao\s+động|tư\s+pháp|kinh\s+tế)"
    r"|đơn\s+vị\s+(?:thuộc|trực\s+thuộc|sự\s+nghiệp|đầu\s+mối|được\s+giao)|cơ\s+quan\s+(?:thuộc|chuyên\s+môn|ngang|thường\s+trực|chủ\s+trì|tham\s+mưu)|vnpt|viettel"
)
# Single words that are bodies only before a name in capitals.
_NAMED_BODIES = (
    r"(?:Bộ|Sở|Vụ|Cục|Ban|Phòng|Viện|Trường|Hội|Đoàn|Đài|Báo|Tổ|Thuế|Hải\s+quan|Khoa|Trung\s+ương|[UỦ]ỷ?y?\s*ban|Bưu\s+điện|Nhà\s+máy|Nhà|Cơ\s+quan|Cơ\s+sở)"
    rf"\s+(?=[{_UPPER}])(?!Chính\s+trị)"
)
_POSTS = (
    r"(?:quyền\s+)?(?:bộ\s+trưởng|thứ\s+trưởng|thủ\s+trưởng|giám\s+đốc|phó\s+giám\s+đốc|tổng\s+giám\s+đốc|chủ\s+tịch|phó\s+chủ\s+tịch|chánh\s+(?:văn\s+phòng|thanh\s+tra|án)|chủ\s+nhiệm|"
    r"trưởng\s+(?:các\s+)?(?:ban|phòng|tiểu\s+ban|khoa|đoàn|công\s+an)|(?:cục|vụ|viện|chi\s+cục|tổng\s+cục|tổ|hiệu|đội)\s+trưởng|bí\s+thư|hiệu\s+trưởng|người\s+đứng\s+đầu|lãnh\s+đạo\s+(?:các|bộ|sở|vụ|cục|đơn\s+vị|cơ\s+quan)|tổng\s+biên\s+tập|"
    r"thống\s+đốc|tổng\s+thanh\s+tra|tư\s+lệnh|chỉ\s+huy\s+trưởng|kiểm\s+soát\s+viên)(?!\w)"
)
_MANY = (
    r"(?:(?:tất\s+cả\s+)?các|toàn\s+thể|những|mỗi|từng)\s+(?:đồng\s+chí\s+)?(?:"
    r"đơn\s+vị|vụ|cục|sở|bộ(?!\s+(?:phận|phim|tài|chỉ|tiêu))|ban(?!\s+hành)|cơ\s+quan|cơ\s+sở(?!\s+(?:vật|dữ|pháp|để))|bệnh\s+viện|viện|trường(?!\s+hợp)|phòng|địa\s+phương|tỉnh(?=\s*,\s*thành|\s+[uủ])|trung\s+tâm|"
    r"doanh\s+nghiệp|tập\s+đoàn|tổng\s+công\s+ty|công\s+ty|cấp\s+(?:[uủ][ỷy]|ủy|chính\s+quyền|hội|công\s+đoàn|bộ)|tổ\s+chức(?!\s+(?:hội|lớp))|đảng\s+(?:bộ|[uủ][ỷy]|viên)|chi\s+(?:bộ|cục|hội)|(?:tỉnh|thành|huyện|quận)\s+[uủ][ỷy]|học\s+viện|"
    r"trạm|xã(?=\s*,\s*phường)|huyện(?=\s*,)|quận(?=\s*,)|ngành(?!\s+nghề)|đại\s+học|(?:xã|phường)\s+[uủ][ỷy]|hội(?!\s+(?:nghị|thảo|đồng\s+thi))|đoàn\s+thể|thành\s+viên|chủ\s+đầu\s+tư|báo|đài|ban\s+quản\s+lý|ngân\s+hàng|lực\s+lượng|nhà\s+trường|hội\s+đồng|đồng\s+chí|khoa|tổ(?=\s+(?:công|chuyên|thẩm))|ủy\s+ban|uỷ\s+ban|ubnd"
    r")(?!\w)"
)
_LOWER_MANY = r"(?:đơn\s+vị|cơ\s+quan|địa\s+phương|quý\s+(?:cơ\s+quan|đơn\s+vị|sở|bộ|vị|ban|ủy\s+ban|ubnd|địa\s+phương|trường|bệnh\s+viện))"
_PLAIN_MANY = r"(?:Đơn\s+vị|Địa\s+phương|Cơ\s+quan|Bệnh\s+viện|Doanh\s+nghiệp|Cơ\s+sở\s+(?:y\s+tế|giáo\s+dục|khám|đào\s+tạo|bảo\s+trợ))(?=\s+[a-zà-ỹđ(,:])"
GROUP = re.compile(
    rf"(?<!\w)(?:(?i:{_MANY}|{_POSTS}|(?:{_BODIES})(?!\w))|{_NAMED_BODIES}|{_PLAIN_MANY}|(?:SỞ|BỘ|VỤ|CỤC|BAN|PHÒNG|VIỆN)\s+(?=[{_UPPER}]{{2}})(?!CHÍNH\s+TRỊ))"
)
"""Finds where the name of a group may begin."""

_ANAPHORA = re.compile(rf"(?:{_LOWER_MANY})(?!\w)", _I)
_GENERIC = re.compile(
    rf"(?:(?:{_LOWER_MANY})|(?:các|những)\s+(?:cơ\s+quan|đơn\s+vị|địa\s+phương|sở|ngành|bộ|đồng\s+chí|trường|bệnh\s+viện|cơ\s+sở)"
    r"(?:\s*(?:,|và)\s*(?:các\s+)?(?:cơ\s+quan|đơn\s+vị|địa\s+phương|tổ\s+chức|ban|ngành|sở))*)"
    r"(?:\s+(?:nêu\s+trên|trên|có\s+tên|liên\s+quan|tại\s+địa\s+phương))?\s*$",
    _I,
)

# Where the duty begins. Small letters only: "Cục Quản lý", "Ban Tổ chức" and "Ban Chỉ đạo" are names.
_DUTY = (
    r"chủ\s+trì|phối\s+hợp|chịu\s+trách\s+nhiệm|có\s+trách\s+nhiệm|có\s+nhiệm\s+vụ|có\s+kế\s+hoạch|có\s+văn\s+bản|có\s+giải\s+pháp|có\s+báo\s+cáo|căn\s+cứ|tổ\s+chức(?!\s+(?:đảng|đoàn|chính\s+trị|xã\s+hội|cán\s+bộ|liên\s+quan|quốc\s+tế|,))|"
    r"xây\s+dựng|tham\s+mưu|hướng\s+dẫn|theo(?!\s+dõi\s+đối)|làm|là|chỉ\s+đạo|thực\s+hiện|triển\s+khai|báo\s+cáo|gửi|(?<!hoạch\s)tổng\s+hợp|rà\s+soát|bố\s+trí|đôn\s+đốc|tiếp\s+tục|trên\s+cơ\s+sở|chủ\s+động|hoàn\s+thành|hoàn\s+thiện|"
    r"trước|lãnh\s+đạo|thẩm\s+định|phân\s+bổ|cung\s+cấp|kiểm\s+tra|bảo\s+đảm|đảm\s+bảo|tăng\s+cường|tăng|đẩy\s+mạnh|tuyên\s+truyền|phổ\s+biến|quán\s+triệt|cử|khẩn\s+trương|nghiêm\s+túc|kịp\s+thời|cập\s+nhật|ban\s+hành|phát\s+hành|"
    r"cân\s+đối|lập\s+(?:kế|danh|dự|hồ|báo|tổ|đoàn)|cấp\s+(?:phép|kinh|phát)|tiếp\s+nhận|thường\s+xuyên|quan\s+tâm|vận\s+động|giám\s+sát|đề\s+xuất|tập\s+hợp|nghiên\s+cứu|hỗ\s+trợ|đăng\s+tải|đăng\s+ký|định\s+kỳ|hằng|hàng|mỗi\s+(?:tháng|quý|năm|tuần)|được|giúp|thống\s+nhất|sẵn\s+sàng|bám\s+sát|"
    r"lồng\s+ghép|xem\s+xét|xác\s+định|quản\s+lý(?!\s+(?:nhà\s+nước|chất\s+lượng))|tích\s+cực|nộp|quyết\s+định|tạo\s+điều\s+kiện|duy\s+trì|phát\s+động|trình|đánh\s+giá|khảo\s+sát|phân\s+công|giao|tự|chậm\s+nhất|muộn\s+nhất|không\s+muộn|kiện\s+toàn|tiến\s+hành|"
    r"phân\s+tích|thống\s+kê|số\s+hóa|số\s+hoá|kết\s+nối|phải|cần|tập\s+trung|huy\s+động|lựa\s+chọn|tư\s+vấn|công\s+bố|công\s+khai|sử\s+dụng|lấy|xử\s+lý|tiếp\s+thu|trực\s+tiếp|trong\s+(?:tháng|quý|năm|thời|ngày|tuần|quá)|để|từ|với|về|khi|nếu|sớm|cụ\s+thể|"
    r"sau\s+khi|đưa|chuẩn\s+bị|mở|gắn|nâng\s+cao|thành\s+lập|đầu\s+tư(?=\s+(?:trang|xây|nâng))|chấn\s+chỉnh|khắc\s+phục|đề\s+nghị|yêu\s+cầu|thông\s+báo|thông\s+tin(?=\s+(?:kịp|đầy|về))|quy\s+định|lưu\s+ý|không|vào|đồng\s+thời|cùng|hạn|xong|kết\s+hợp|đến|thanh\s+toán|lấy|"
    r"tính|góp\s+ý|tham\s+gia|cho\s+ý\s+kiến|nghiệm\s+thu|bàn\s+giao|ký|in|xuất|điều\s+(?:phối|động|tra)|kiểm\s+soát(?!\s+(?:bệnh|dịch|nhiễm))|giải\s+quyết|nhận|đặt|dự\s+toán|đóng|tìm|chuyển|thu\s+(?:thập|dung)|thường\s+trực(?!\s+(?:hđnd|hội|tỉnh|thành|đảng))|nắm|biên\s+soạn|hiệp\s+đồng|phát\s+huy|phấn\s+đấu|đã|sẽ|mà|chấp\s+hành(?!\s)|nghiêm|trang\s+bị|đấu\s+tranh|ưu\s+tiên|quy\s+hoạch|cho"
)
_STOP = re.compile(
    rf"[:;(]|\.(?=\s|$|/)|,?\s+(?:và\s+)?(?<!\w)(?:{_DUTY})(?!\w)|\s+-\s+(?=(?:cơ\s+quan|đơn\s+vị|thường\s+trực|là)(?!\w))|,\s*(?=[a-zà-ỹđ][^,;:.]{{0,40}}(?:có\s+trách\s+nhiệm))",
)
# "ban tổ chức", "tổ chức đảng", "ban quản lý": the word after the first noun belongs to the name.
_NAME_GOES_ON = re.compile(
    r"(?:các\s+)?(?:(?:tiểu\s+)?ban|phòng|tổ|hội\s+đồng|cục|vụ|viện|trường|trung\s+tâm|cơ\s+sở|bộ\s+phận|đoàn|đội)"
    r"(?P<verb>,?\s+(?:tổ\s+chức|chỉ\s+đạo|quản\s+lý|kiểm\s+tra|chấp\s+hành|thẩm\s+định|tư\s+vấn|tuyên\s+truyền|kiểm\s+soát|xây\s+dựng|"
    r"sử\s+dụng|điều\s+tra|hỗ\s+trợ))|(?:các\s+)?(?:cơ\s+quan|đơn\s+vị|bộ\s+phận)(?P<given>,?\s+(?:được|tham\s+mưu))",
    _I,
)
_LEADS = re.compile(
    r"(?:\s*(?:giao(?:\s+(?:nhiệm\s+vụ\s+)?cho)?|yêu\s+cầu|đề\s+nghị|đề\s+xuất|phân\s+công|chỉ\s+đạo|đối\s+với|riêng(?:\s+đối\s+với)?|trách\s+nhiệm\s+của|nhiệm\s+vụ\s+của|kính\s+đề\s+nghị|trân\s+trọng\s+đề\s+nghị|đồng\s+thời|"
    r"ngoài\s+ra|trong\s+đó|trước\s+mắt|tiếp\s+tục|do|đồng\s+chí|đề\s+nghị\s+với)(?!\w)[\s,:]*){0,3}",
    _I,
)
_MORE = re.compile(r"\s*(?:,|;|/|(?<!\w)và(?!\w)|,\s*và|cùng\s+với|cùng)\s*", _I)
_LONGEST_NAME = 240
_MOST_NAMES = 12


def name_end(text: str, start: int, limit: int) -> int:
    """Return where the names that begin at `start` end: at their duty, a colon, the end of the heading."""
    limit = min(limit, start + _LONGEST_NAME, heading_end(text, start, limit))
    place = start
    for _ in range(6):
        stop = _STOP.search(text, place, limit)
        if stop is None:
            return limit
        last_name = re.split(r"[,;]\s|\svà\s", text[start : stop.start()])[-1].lstrip()
        if not _NAME_GOES_ON.fullmatch(last_name + stop.group()):
            return stop.start()
        place = stop.end()
    return place


def names_in(stretch: str) -> tuple[str, ...]:
    """Return the names of a stretch, parted where a comma, a semicolon or "và" begins another group.

    "Sở Nông nghiệp và Môi trường" stays one name; "Vụ A, Vụ B và các đơn vị liên quan" gives three.
    """
    names: list[str] = []
    begin = place = 0
    while len(names) < _MOST_NAMES:
        more = _MORE.search(stretch, place)
        if not more:
            break
        place = max(more.end(), more.start() + 1)
        if _begins_another(stretch[begin : more.start()], stretch[more.end() :]):
            names.append(stretch[begin : more.start()])
            begin = more.end()
    names.append(stretch[begin:])
    return tuple(name for name in (tidy(name).strip(" ,.;:-–") for name in names) if name)


_WHOLE = re.compile(
    r"(?:các|những|toàn\s+thể|tất\s+cả|thủ\s+trưởng|giám\s+đốc|chủ\s+tịch|lãnh\s+đạo|người\s+đứng)(?!\w)", _I
)
_ENUMERATES = re.compile(r"(?:các\s+)?(?:bộ|sở)$", _I)


def _begins_another(before: str, after: str) -> bool:
    """Say whether another name begins after a comma or "và", rather than the one before going on.

    Small letters go on ("các cơ quan, đơn vị", "các tỉnh ủy, thành ủy"), unless "các" or a post opens them.
    """
    if " " not in before.strip() or _ENUMERATES.match(before.strip()) or not GROUP.match(after):
        return False
    if after[0].islower():
        return bool(_WHOLE.match(after))
    return not re.match(_PLAIN_MANY, after)


def leading_names(text: str, start: int, limit: int) -> tuple[tuple[str, ...], int]:
    """Return (names at the head of an item, where they end); no names where it begins with something else."""
    lead = _LEADS.match(text, start, limit)
    begin = lead.end() if lead else start
    while begin < limit and text[begin] in ' \n\t*_“"':
        begin += 1
    found = GROUP.match(text, begin, limit)
    if not found:
        generic = _ANAPHORA.match(text, begin, limit)
        if not generic or begin == start:
            return (), start
    end = name_end(text, begin, limit)
    return names_in(text[begin:end]), end


def is_generic(names: tuple[str, ...]) -> bool:
    """Say whether the names only point back: "các đơn vị", "quý cơ quan", "đơn vị nêu trên"."""
    return all(_GENERIC.fullmatch(name) for name in names)


_GREETING = re.compile(r"(?:Kính|KÍNH)\s+(?:gửi|GỬI|trình|TRÌNH)[ ]*:?|(?<=\S)\s+điện\s*:", re.MULTILINE)
_BODY_OPENS = re.compile(
    r"(?:Căn\s+cứ|Thực\s+hiện|Để|Theo|Ngày|Tại|Nhằm|Tiếp\s+theo|Triển\s+khai|Sau|Trong|Ngay|Qua|Trên\s+cơ\s+sở|Thời\s+gian|Vừa\s+qua|Hiện\s+nay|Phúc\s+đáp|Ngày)(?!\w)|[^-].{90}"
)
_OPENS_SENTENCE = re.compile(
    r"[^-;]{3,80}\s(?:nhận\s+được|đề\s+nghị|yêu\s+cầu|thông\s+báo|trân\s+trọng|kính\s+đề|đã|có\s+(?:Công|Văn|công|văn)|ban\s+hành|đang|tổ\s+chức|gửi)(?!\w)"
)
_LONGEST_GREETING = 40


def greeting(text: str, limit: int) -> tuple[tuple[str, ...], int]:
    """Return (whom a letter is addressed to, where the body begins); ((), 0) for papers that greet nobody."""
    found = _GREETING.search(text, 0, limit)
    if not found:
        return (), 0
    named: list[str] = []
    place = found.end()
    for line in text[found.end() : found.end() + limit].split("\n")[:_LONGEST_GREETING]:
        tidied = tidy(line).strip()
        opens = _BODY_OPENS.match(tidied) or (named and _OPENS_SENTENCE.match(tidied))
        if opens or (named and not tidied and named[-1].endswith((".", "./."))):
            break
        place += len(line) + 1
        if not tidied:
            continue
        if named and not tidied.startswith(("-", "+", "•")) and _goes_on(named[-1], tidied):
            named[-1] = f"{named[-1]} {tidied}"
        else:
            named.append(tidied)
    parts = [part.strip(" -+•.;,") for line in named for part in line.split("; ")]
    return tuple(part for part in parts if part), min(place, len(text))


def _goes_on(before: str, line: str) -> bool:
    return not before.endswith((";", ".", ",")) or (before.endswith(",") and line[0].islower())
