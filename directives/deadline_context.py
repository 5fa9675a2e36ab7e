"""What stands before the phrase of a deadline and makes it none: data, the past, duties that are over."""

from __future__ import annotations

import re

from directives.deadline_grammar import SENTENCE_END
from directives.letters import CAPITAL, SMALL

_I = re.IGNORECASE
_FROM_DAY = re.compile(r"từ\s+ngày\s+[0-9]{1,2}\s*(?:đến|tới|-)\s*$", _I)
_DATA = re.compile(
    r"(?<!\w)(?:số\s+liệu|(?<!cơ\ssở\s)dữ\s+liệu|tính(?=\s*$|\s+(?:đến|tới|từ|hết|trong|chung|cả)(?!\w))|chốt|l[ũu][yỹ]\s+kế|lũy\s+kế|luỹ\s+kế|hiệu\s+lực|giai\s+đoạn|thời\s+kỳ|"
    r"kỳ\s+báo\s+cáo|thống\s+kê|(?:kết\s+quả|tình\s+hình|phát\s+sinh|diễn\s+ra|nghỉ|tồn\s+tại|tồn\s+đọng|áp\s+dụng|duy\s+trì|(?<!vốn\s)kéo\s+dài)(?=[^,;]{0,60}$))(?!\w)"
    r"|(?<!\w)(?:không|cấm|tạm\s+dừng)(?!\w)[^.;]{0,60}từ\s+[^.;]{0,30}$",
    _I,
)
_DUTY = re.compile(
    r"(?<!\w)(?:hoàn\s+thành|kết\s+thúc|xong|gửi|nộp|chậm\s+nhất|muộn\s+nhất|hạn|trình|ban\s+hành|báo\s+cáo\s+về|triển\s+khai|"
    r"khắc\s+phục|xây\s+dựng|bàn\s+giao|lắp\s+đặt|nghiệm\s+thu|thanh\s+toán|khởi\s+công|phê\s+duyệt|thẩm\s+định|công\s+bố|"
    rf"di\s+dời|mua\s+sắm|đưa\s+vào|rà\s+soát|kiểm\s+tra|cử|cung\s+cấp\s+cho|chuyển(?=\s+(?:(?-i:[{CAPITAL}])|về\s|cho\s|đến\s|kết\s+quả|hồ\s+sơ)))(?!\w)|;",
    _I,
)
_ASKED = re.compile(
    r"(?<!\w)(?:báo\s+cáo|gửi|nộp|trình|tổng\s+hợp|cập\s+nhật|hoàn\s+thành|cung\s+cấp|thông\s+tin|đánh\s+giá|rà\s+soát|giao\s+ban|kiểm\s+tra|tổ\s+chức|nhập|phát\s+bản\s+tin|ra\s+bản\s+tin|công\s+bố|công\s+khai|niêm\s+yết|chấm|điều\s+hành|trực|sinh\s+hoạt|vệ\s+sinh|đăng|họp|thực\s+hiện|định\s+kỳ|chậm|hạn)(?!\w)",
    _I,
)
# Done every week as well; a day of every year with these is a holiday that is kept.
_DONE_WEEKLY = re.compile(
    r"(?<!\w)(?:thông\s+báo|duy\s+trì|phát\s+động|ra\s+quân|tuần\s+tra|phát\s+sóng|phát\s+thanh|tuyên\s+truyền|dọn|phun|đo|giám\s+sát|theo\s+dõi|tiếp\s+công\s+dân|đối\s+thoại|chào\s+cờ|huấn\s+luyện|diễn\s+tập|bảo\s+dưỡng|sao\s+lưu|đối\s+chiếu|chuyển|giao\s+nộp|lập|chốt)(?!\w)",
    _I,
)
# "sơ kết vào quý IV/2027"; meetings "vào tháng 10" are none.
_ASKED_IN_PERIOD = re.compile(
    r"(?<!\w)(?:sơ\s+kết|tổng\s+kết|hoàn\s+thành|báo\s+cáo|trình|gửi|nộp|ban\s+hành)(?!\w)[^,;.]{0,60}$", _I
)
_PAST_THINGS = re.compile(
    r"(?<!\w)(?:phát\s+sinh|sinh|được\s+cấp|đã(?:\s+[^\W\d_]+){1,3}|được(?:\s+(?!hoàn|xong|gửi|báo|nộp|trình|giao|phân)[^\W\d_]+){1,3}|có\s+hiệu\s+lực|hiệu\s+lực\s+thi\s+hành"
    r"|tuyển\s+dụng|nghỉ\s+hưu|thành\s+lập|số\s+liệu|chốt\s+số\s+liệu)\s*$",
    _I,
)
_OVER = re.compile(
    r"(?<!\w)(?:(?<!nhiệm\svụ\s)(?<!hồ\ssơ\s)(?<!văn\sbản\s)(?<!công\sviệc\s)(?<!nợ\s)(?<!án\s)(?<!đơn\s)(?<!thuế\s)(?<!vốn\s)(?<!tồn\s)quá\s+(?:thời\s+)?hạn|thay\s+(?:vì|cho)|thời\s+hạn\s+cũ|hạn\s+cũ|hết\s+hạn)(?!\w)",
    _I,
)
_ASKED_EARLIER = re.compile(
    r"(?<!\w)đã\s+(?:có\s+(?:văn\s+bản|công\s+văn|công\s+điện|chỉ\s+(?:đạo|thị)|ý\s+kiến|thông\s+báo|kết\s+luận|quyết\s+định|kế\s+hoạch|hướng\s+dẫn)|yêu\s+cầu|đề\s+nghị|ban\s+hành|chỉ\s+đạo|giao|gửi|đôn\s+đốc|thông\s+báo)(?!\w)(?!.*,\s*(?:nay|đề\s+nghị|yêu\s+cầu)(?!\w))"
    rf"(?!.*,\s+(?-i:[{CAPITAL}])[^,;]{{2,60}}?\s(?:đề\s+nghị|yêu\s+cầu)\s)",
    _I | re.DOTALL,
)
# "Công văn số 5 ngày 25/9/2025 (yêu cầu trình trước …": the cited paper asked for it.
_ASKED_IN_BRACKETS = re.compile(
    r"[0-9](?:,?\s+của\s+[^,;.()]{2,60}?)?(?:\s+về\s[^;.()]{2,140})?\s*\((?:[^\W\d_]+\s+){0,6}?(?:yêu\s+cầu|đề\s+nghị|giao|thời\s+hạn|hạn)[^()]{0,60}$",
    _I,
)
# "báo cáo kết quả trong quý II" asks for a report; "kết quả trong quý II" is data.
_REPORTS = re.compile(
    r"(?<!\w)báo\s+cáo\s+(?:kết\s+quả|tình\s+hình|tiến\s+độ)(?:\s+bằng\s+văn\s+bản)?\s*$", _I
)
# "báo cáo kết quả về Thanh tra tỉnh trong tháng 4" asks too.
_REPORTED_TO = re.compile(rf"báo\s+cáo\s[^.;]{{0,80}}\s(?:về|cho|với|lên|gửi)\s+[{CAPITAL}]")
# "Thực hiện Công văn số 2188/… về việc phấn đấu hoàn thành trước ngày …": what the cited paper is about.
_CITED_SUBJECT = re.compile(
    rf"[0-9][/-][A-ZĐ](?:(?!(?<!\w)(?:yêu\s+cầu|đề\s+nghị|báo\s+cáo|gửi|nộp)(?!\w))[^;:]){{0,120}}?\svề\s(?![^;:]*(?:,\s+(?:[{CAPITAL}]|các\s)|(?<!\w)(?:yêu\s+cầu|đề\s+nghị|giao|như\s+sau|ban\s+hành|báo\s+cáo|gửi|trình|tổ\s+chức)(?!\w)))[^;:]*$",
    re.DOTALL,
)
# "Công văn số 3811/… ngày … của UBND tỉnh giao Sở Nội vụ trình trước ngày …"
_CITED_ASKS = re.compile(
    rf"[0-9][/-][A-ZĐ][\w/-]*(?:,?\s+ngày\s+[0-9][^,;:]{{4,24}}?)?(?:\s+của\s+(?:[^,;:]|,(?=\s+[{SMALL}])){{2,60}}?)?\s+(?:giao|yêu\s+cầu|đề\s+nghị|chỉ\s+đạo|về\s+việc\s+giao)\s[^;:]*$"
)
# "Công văn số …, trong đó yêu cầu Sở Y tế báo cáo trước …", "…, theo đó Bộ Tài chính trình Chính phủ trong tháng 10"
_CITED_WITHIN = re.compile(
    rf"[0-9][/-][A-ZĐ](?:[^;:]{{0,140}}?),\s+(?:trong\s+đó\s*,?\s+(?:có\s+)?(?:yêu\s+cầu|đề\s+nghị|giao|quy\s+định|chỉ\s+đạo)\s|theo\s+đó\s*,?\s+(?:giao\s|[{CAPITAL}]))"
    r"(?![^;:]*(?<!\w)(?:nay|đề\s+nghị|kính\s+đề|yêu\s+cầu\s+các)(?!\w))[^;:]*$"
)
# "gia hạn dữ liệu thẻ toàn quốc trong ngày …": what is done to data, not what they cover.
_WORKS_ON_DATA = re.compile(
    r"(?<!\w)(?:gia\s+hạn|làm\s+sạch|chuẩn\s+hóa|đồng\s+bộ|kết\s+nối|chia\s+sẻ|bàn\s+giao|số\s+hóa|chuyển\s+đổi|tích\s+hợp|làm\s+giàu|đối\s+soát|khóa|mở|nhập|sao\s+lưu|di\s+chuyển|cấu\s+hình|xóa|dọn)\s+"
    r"(?:(?:đủ|toàn\s+bộ|xong|hết)\s+)?(?:các\s+)?(?:bộ\s+)?(?:dữ\s+liệu|số\s+liệu)(?!\w)[^.;]{0,60}(?:trong|cuối)?\s*\Z",
    _I,
)
# "hoàn thành việc rà soát danh mục áp dụng tại trạm y tế trong quý II"
_COMPLETED_WITHIN = re.compile(
    r"(?<!\w)(?<!đã\s)(?<!chưa\s)(?:hoàn\s+thành|hoàn\s+tất)\s+(?:việc|công\s+tác)(?!\w)[^.;]{0,110}\Z", _I
)
# "Theo báo cáo nhanh đến 16 giờ ngày …": until when what is told was known.
_ACCORDING = re.compile(
    r"(?<!\w)theo\s+(?:báo\s+cáo|thống\s+kê|số\s+liệu|tổng\s+hợp|kết\s+quả|ghi\s+nhận|thông\s+tin|dự\s+báo|bản\s+tin)[^.;,]{0,60}\Z",
    _I,
)
_COMPLETES = re.compile(r"(?<!\w)(?:hoàn\s+thành|xong|kết\s+thúc)(?!\w)[^.;]{0,40}$", _I)
# "gửi Bộ Y tế ngày 10/12/2025"
_SENT_ON = re.compile(
    r"(?<!\w)(?:gửi|nộp|trình|bàn\s+giao)\s+(?!(?:hội\s+nghị|kỳ\s+họp|cuộc\s+họp|kèm)(?!\w))(?:(?!hội\s+nghị|họp(?!\w)|giấy\s+mời|tham\s+dự|lễ\s|số\s)[^,;.:()0-9]){2,50}\s*(?:vào\s+)?$",
    _I,
)
_STANDS = re.compile(
    r"(?<!\w)(?:(?:mới|chỉ|đã|vẫn|mới\s+chỉ)\s+(?:có|còn)|còn(?:\s+[^\W\d_]+)?\s+[0-9]|đã\s+(?:xảy|ghi\s+nhận))(?!\w)",
    _I,
)
_BINDS = re.compile(
    r"(?<!\w)(?:phải|cần|yêu\s+cầu|đề\s+nghị|gửi|nộp|trình|báo\s+cáo|xong|kết\s+thúc|di\s+dời|sơ\s+tán|(?<!đã\s)(?<!chưa\s)hoàn\s+(?:thành|tất))(?!\w)",
    _I,
)
_SINCE = re.compile(r"(?<!\w)(?:từ|sau)\s*\Z", _I)
_FEW_WORDS = 3
# "từ ngày 01/9 đến ngày 30/11": how long something goes on.
_RANGE = re.compile(
    r"(?<!\w)từ\s+(?:ngày\s+)?[0-9]{1,2}[/.-][0-9]{1,2}(?:[/.-][0-9]{4})?\s*(?:(?:đến|tới|-|–)\s*(?:hết\s+)?)?\s*\Z",
    _I,
)
_HANDS_IN = re.compile(
    r"(?<!\w)(?:báo\s+cáo|gửi|nộp|trình|tổng\s+hợp|cập\s+nhật|hoàn\s+thành|xong)(?!\w)", _I
)
# "hoàn thành các nhiệm vụ trên trong năm 2026"; "kết quả trong năm 2026" is data.
_DONE_IN_YEAR = re.compile(
    r"(?<!\w)(?:hoàn\s+thành|hoàn\s+tất|ban\s+hành|phê\s+duyệt|sơ\s+kết|tổng\s+kết|kết\s+thúc|xong)(?!\w)[^,;.]{0,60}\Z",
    _I,
)


def is_asked(before: str, after: str, weekly: bool) -> bool:
    """Say whether a bare day that comes again is a duty, not a holiday or a market day."""
    if _RANGE.search(before):
        return bool(_HANDS_IN.search(before))
    lead = _FROM_DAY.sub("", before)
    around = lead + SENTENCE_END.split(after)[0]
    asked = _ASKED.search(around) or (weekly and _DONE_WEEKLY.search(around))
    return len(lead.split()) < _FEW_WORDS or bool(asked)


def is_known_until(cue: str, after: str) -> bool:
    """Say whether a sentence of the paper's own day tells how things stand: "Đến 10 giờ ngày …, còn 38 vị trí"."""
    sentence = SENTENCE_END.split(after)[0]
    return cue[:1].isupper() and bool(_STANDS.search(sentence) or not _BINDS.search(sentence))


def is_done_in_year(before: str) -> bool:
    """Say whether "trong năm …" bounds what is to be completed, not data or the time of a plan."""
    return bool(_DONE_IN_YEAR.search(before))


def is_sent_on(before: str) -> bool:
    """Say whether a bare day is when something is due: "gửi Bộ Y tế ngày 10/12/2025"."""
    return bool(_SENT_ON.search(before[-80:])) and not is_start(before)


def is_start(before: str) -> bool:
    """Say whether a bare day is when something begins: "từ ngày 01/01/2026"."""
    return bool(_SINCE.search(before))


def is_asked_in_period(before: str) -> bool:
    """Say whether "vào tháng …", "vào quý …" bounds a duty, not a meeting."""
    return bool(_ASKED_IN_PERIOD.search(before))


def is_asked_elsewhere(before: str) -> bool:
    """Say whether an earlier paper asked for it."""
    return bool(
        _ASKED_EARLIER.search(before)
        or _ASKED_IN_BRACKETS.search(before)
        or _CITED_SUBJECT.search(before)
        or _CITED_ASKS.search(before)
        or _CITED_WITHIN.search(before)
    )


def is_over(before: str, cue: str) -> bool:
    """Say whether the deadline has passed or was replaced: "quá hạn", "thay vì trước ngày …"."""
    return bool(_OVER.search(before[-60:] + cue))


def is_past(before: str) -> bool:
    """Say whether "trước ngày …" tells when things happened: "sinh trước ngày …", "đã ban hành trước ngày …"."""
    return bool(_PAST_THINGS.search(before)) and not _COMPLETES.search(before)


def is_about_data(before: str, *, within: bool = False) -> bool:
    """Say whether "đến hết ngày …", "trong quý …" bounds data rather than a duty.

    `within` says that the phrase names a period: one in which something is to be completed bounds no data.
    """
    data = list(_DATA.finditer(before))
    if within and _COMPLETED_WITHIN.search(before):
        return False
    if _REPORTS.search(before) or _REPORTED_TO.search(before) or _WORKS_ON_DATA.search(before):
        return False
    if _ACCORDING.search(before):
        return True
    return bool(data) and not _DUTY.search(before, data[-1].end())
