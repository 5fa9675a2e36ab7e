"""The words in which papers put a deadline, as patterns over normal text.

Cues open a phrase; what may stand between a cue and its date, the day, the period and the repetition follow;
the last part finds the sentence and the period a phrase stands in.
"""

from __future__ import annotations

import re

_I = re.IGNORECASE
_EVERY = r"(?:hằng|hàng|mỗi|từng|các)"
_STRONG = (
    r"(?:thời\s+)?hạn\s+(?:(?:cuối|chót)(?:\s+cùng)?\s+)?(?:nộp|gửi|đăng\s+ký|nhận|góp\s+ý|tham\s+gia|trả)(?:\s+[^\W\d_]+){0,5}?(?=\s*(?:ngày\s+)?[0-9]{1,2}\s*(?:giờ|h|g|:|/))"
    r"|(?:chậm|muộn|trễ)\s+nhất|không\s+(?:để\s+)?(?:muộn|chậm|trễ|quá)(?:\s+hơn)?|hạn\s+(?:cuối|chót)(?:\s+cùng)?"
    r"|(?:thời\s+)?hạn(?:\s+[^\W\d_]+){0,6}?\s+(?:là|đến|tới|vào)|(?:thời\s+)?hạn(?:\s+[^\W\d_]+){0,6}?\s*:"
    r"|thời\s+gian\s+(?:hoàn\s+thành|gửi|nộp|báo\s+cáo|trình|thực\s+hiện)\s*:?|(?:thời\s+)?hạn(?:\s+(?:gửi|nộp|báo\s+cáo|hoàn\s+thành|trình))?|xong|hoàn\s+thành"
)
# "17h ngày 15/9/2025 là hạn cuối": the word for a deadline follows its day.
IS_LAST = re.compile(r"\s*(?:là|\()\s*(?:thời\s+)?hạn(?!\w)", _I)
OTHER_YEAR_END = re.compile(r"[\s,]*(?:dự\s+báo|có\s+khả\s+năng|còn|tình\s+hình|thời\s+tiết)(?!\w)", _I)
CUE = re.compile(
    rf"(?<!\w)(?:(?P<year_end>từ\s+nay\s+(?:cho\s+)?(?:đến|tới)\s+(?:cuối|hết)\s+năm(?:\s+(?P<ending>20[0-9]{{2}}))?)|(?P<before>(?:trước|truớc|trứơc)(?!\s+(?:đó|đây|mắt|hết|tiên|khi|sau)\b))|(?!hạn\s+(?:chế|hẹp|mức|điền)(?!\w))(?P<strong>{_STRONG})"
    r"|(?P<until>(?:(?:cho\s+)?(?:đến|tới)\s+)?hết|(?:đến|tới)(?=\s+(?:[0-9]{1,2}\s*(?:giờ|h|g|:)|[0-9]{1,2}[/.-][0-9]{1,2}(?:[/.-]20[0-9]{2})?[\s,]+(?:(?:phải|cơ\s+bản)\s+)?(?:hoàn\s+thành|hoàn\s+tất|xong|kết\s+thúc))))"
    r"|(?P<within>trong|cuối)|(?P<when>thời\s+gian\s*:)"
    rf"|(?P<weak>từ\s+ngày\s+[0-9]{{1,2}}\s*(?:đến|-|tới)\s*(?:hết\s+)?(?:ngày\s+)?(?=[0-9])|vào|lúc(?=\s+[0-9])|ngày|thứ|chủ\s+nhật"
    rf"|(?:báo\s+cáo|gửi|cập\s+nhật|tổng\s+hợp)(?:\s+[^\W\d_]+){{0,7}}?(?=\s+{_EVERY}\s+ngày(?!\s*[0-9])))"
    r")(?!\w)",
    _I,
)
FILL = re.compile(
    r"(?:[\s,:(\[“\"]{1,200}|(?:là|vào|lúc|đến|tới|trong|hết|hoặc|khoảng|của|sáng|trưa|chiều|tối|thời\s+điểm|từ(?=\s+(?:tháng|quý)\s)|(?:(?:cuối|hết|trong)\s+)?giờ\s+(?:làm\s+việc|hành\s+chính|chiều)|trước(?=\s+(?:hoặc|và)\s)|và(?=\s+trong\s))(?!\w)"
    r"|tuần(?:\s+từ)?(?:\s+ngày)?\s+[0-9]{1,2}(?:[/.][0-9]{1,2}){0,2}\s*(?:-|đến|tới)\s*(?:hết\s+)?(?:ngày\s*)?(?=[0-9])){0,8}",
    _I,
)
INCLUSIVE = re.compile(r"(?<!\w)(?:trong|hết|hoặc|cuối)(?!\w)", _I)
TIME = re.compile(
    r"(?P<hour>[01]?[0-9]|2[0-4])\s*(?:giờ|h|g|:)\s*(?:(?P<minute>[0-5][0-9])(?![/.0-9]))?"
    r"(?:\s*(?:phút|ph|p|['’]))?(?!\w)(?:\s*(?P<part>sáng|trưa|chiều|tối)(?!\w))?",
    _I,
)
MORE_TIMES = re.compile(
    r"(?:\s*(?:,|và|;)\s*(?:trước\s+)?(?:[01]?[0-9]|2[0-3])\s*(?:giờ|h|g)\s*(?:[0-5][0-9](?![0-9]))?(?!\w)){1,4}",
    _I,
)
WEEKDAY = re.compile(
    r"(?:(?:ngày|các\s+ngày|sáng|chiều|vào)\s+){0,3}(?:thứ\s+(?P<name>hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|(?P<sunday>chủ\s+nhật))"
    r"(?!\w)[\s,(]*",
    _I,
)
AND_WEEKDAY = re.compile(r"\s*(?:,|và|,\s*và)?\s*(?=thứ\s|chủ\s+nhật)", _I)
ORDINAL = re.compile(r"(?:tuần|lần|đợt|quý|tháng)\s+$", _I)
WEEKDAY_CODES = {
    "hai": "mon", "2": "mon", "ba": "tue", "3": "tue", "tư": "wed", "4": "wed", "năm": "thu", "5": "thu",
    "sáu": "fri", "6": "fri", "bảy": "sat", "bẩy": "sat", "7": "sat",
}  # fmt: skip
NOISE = re.compile(
    r"(?:\s*\((?:theo\s+)?(?:giờ|múi\s+giờ)\s[^()\n]{2,24}\))?[\s,(]*(?:của\s+|hết\s+|trong\s+|các\s+)?", _I
)
DAY_WORD = re.compile(r"(?:các\s+)?ngày\s*(?:làm\s+việc\s*)?:?\s*", _I)
# "trước ngày khai giảng năm học mới 05/9/2026", "trước ngày bầu cử (15/3/2026)": what the day is.
OCCASION = re.compile(
    r"ngày\s+(?:hội\s|lễ\s|Tết\s|khai\s|bế\s|bầu\s|tựu\s|kỷ\s|giao\s|tổng\s|truyền\s|thành\s|sinh\s|giỗ\s|thi\s|ra\s|Quốc\s|Thương\s|Đại\s|Nhà\s|Thầy\s|Toàn\s|diễn\s|tổ\s|nhập\s|mở\s|đóng\s|Pháp\s|Chuyển\s|Giải\s)"
    r"(?:\s*(?:-\s*)?[^\W\d_]+){0,7}?[\s,(]*(?:ngày\s+)?(?=[0-3]?[0-9][/.-][01]?[0-9](?:[/.-]20[0-9]{2})?(?![\w/-]))",
    _I,
)
LONE_DAY = re.compile(
    r"(?:mùng\s+|mồng\s+)?(?P<day>[0-3]?[0-9])(?![0-9]|\s*(?:ngày|giờ|h\b|tuần|%|\.[0-9]|/))", _I
)

TAIL = re.compile(
    rf"""[\s,(]*(?:
      (?P<month>(?:của\s+)?{_EVERY}\s+tháng(?!\s*[0-9]))
    | (?P<last>(?:của\s+)?(?:{_EVERY}\s+)?tháng\s+(?:cuối(?:\s+cùng)?|thứ\s+ba|thứ\s+3)\s*(?:(?:của|trong)\s+)?(?:{_EVERY}\s+)?quý)
    | (?P<next>(?:của\s+)?(?:{_EVERY}\s+)?tháng\s+(?:đầu(?:\s+tiên)?|thứ\s+nhất)\s*(?:của\s+)?(?:{_EVERY}\s+)?quý)
    | (?P<next_of>(?:của\s+)?tháng\s+(?:tiếp\s+theo|kế\s+tiếp|liền\s+kề|liền\s+sau|sau)(?:\s+(?:của\s+|sau\s+)?(?:{_EVERY}\s+)?quý)?)
    | (?P<own>(?:của|trong)\s+tháng(?:\s+báo\s+cáo)?(?!\s*[0-9])|tháng\s+báo\s+cáo)
    | (?P<quarter>(?:của\s+)?{_EVERY}\s+quý)
    )(?!\w)""",
    re.VERBOSE | _I,
)
MONTHS = re.compile(
    r"\s*(?:của\s+)?(?:các\s+)?tháng\s+(?P<months>[01]?[0-9](?:\s*(?:,|và|;)\s*(?:tháng\s+)?[01]?[0-9](?![0-9])){1,11})"
    r"(?!\s*(?:/|năm\s+[0-9]))",
    _I,
)
LAST_DAY = re.compile(
    rf"(?:cuối(?:\s+cùng)?|cuối\s+tháng)\s*(?:của\s+)?(?P<every>{_EVERY}\s+)?(?:tháng(?:\s+{_EVERY}\s+tháng)?)?(?!\w)",
    _I,
)
YEARLY = re.compile(
    rf"[\s,)]*(?:\([^()\n]{{1,40}}\)\s*)?(?:của\s+)?(?:{_EVERY}\s+năm|năm\s+báo\s+cáo|năm\s+(?:sau|kế\s+tiếp|tiếp\s+theo)"
    r"|đối\s+với\s+(?:báo\s+cáo\s+)?(?:định\s+kỳ\s+)?(?:(?:6|06|sáu)\s+tháng|(?:cả\s+)?năm)(?!\s+(?:đầu|cuối|[0-9])))(?!\w)",
    _I,
)
ANOTHER = re.compile(
    r"\s*(?:\((?!\s*trước)[^()\n]{1,40}\)\s*)?(?:,|và|;|,\s*và|hoặc)\s*(?:trước\s+)?(?:ngày\s+)?", _I
)
# "các ngày 20, 21, 22/10/2025": days of one month.
DAYS_OF_MONTH = re.compile(
    r"(?P<days>[0-3]?[0-9](?:\s*(?:,|và)\s*(?:ngày\s+)?[0-3]?[0-9]){0,8})\s*(?:,|và)\s*(?:ngày\s+)?(?=[0-3]?[0-9][/.-][01]?[0-9])",
    _I,
)
# "ngày 15 và ngày cuối cùng hằng tháng"
AND_LAST_DAY = re.compile(
    rf"\s*(?:,|và)\s*(?:ngày\s+)?(?:làm\s+việc\s+)?cuối(?:\s+cùng)?\s*(?:của\s+)?(?:{_EVERY}\s+)?tháng(?!\w|\s*[0-9])",
    _I,
)
AND_DAY = re.compile(
    r"\s*(?:\((?!\s*trước)[^()\n]{1,40}\)\s*)?(?:,|và|,\s*và)\s*(?:trước\s+)?(?:ngày\s+)?(?=[0-9])", _I
)
WEEKLY = re.compile(rf"[\s,(]*(?:của\s+|trong\s+)?{_EVERY}\s+tuần(?!\w)", _I)
# "17h00 ngày 25 hằng tháng": the time stands before a cue that is no more than the day.
TIME_BEFORE = re.compile(
    r"(?:(?:trước|vào|lúc|chậm\s+nhất)\s+){0,2}(?<![0-9])(?P<time>(?:[01]?[0-9]|2[0-3])\s*(?:giờ|h|g|:)\s*(?:[0-5][0-9])?(?:\s*phút)?)\s*,?\s*(?:vào\s+|các\s+)?$",
    _I,
)
# "hằng tháng (ngày 25)", "hằng quý, vào ngày 20": the period stands before a bare day.
PERIOD_BEFORE = re.compile(r"(?<!\w)(?:hằng|hàng|mỗi)\s+(?:tháng|quý)\s*[(:,]?\s*(?:vào\s+)?$", _I)
DAILY = re.compile(
    rf"[\s,(]*(?:{_EVERY}\s+ngày(?!\w|\s*[0-9])|ngày\s+(?:làm\s+việc\s+)?trong\s+tuần(?!\w))", _I
)
TIME_AFTER = re.compile(
    r"[\s,(]*(?:(?:trước|lúc|vào\s+lúc|chậm\s+nhất(?:\s+là)?|muộn\s+nhất)\s+)(?=[0-9])", _I
)

_YEAR_AFTER = r"(?:\s*(?:[/.-]|,?\s*năm)\s*(?P<{name}>(?:19|20)[0-9]{{2}}))?(?![0-9])"
PERIOD = re.compile(
    rf"(?:tháng\s+(?:(?:1[0-2]|0?[1-9])(?:[/.]20[0-9]{{2}})?\s*(?:-|đến|và|,)\s*(?:tháng\s+)?)?(?P<month>1[0-2]|0?[1-9]){_YEAR_AFTER.format(name='month_year')}(?!\s*[/-]\s*[0-9])"
    rf"|quý\s+(?:(?:IV|III|II|I|[1-4])(?:[/.]20[0-9]{{2}})?\s*(?:-|đến|và|,)\s*(?:quý\s+)?)?(?P<quarter>IV|III|II|I|[1-4])(?!\w){_YEAR_AFTER.format(name='quarter_year')}"
    r"|(?:6|06|sáu)\s+tháng\s+(?P<half>đầu|cuối)\s+năm\s+(?P<half_year>20[0-9]{2})"
    r"|năm\s+(?P<year>20[0-9]{2}))(?!\w)",
    _I,
)
QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}

# --- the sentence and the period a phrase stands in --------------------------------------------------

# "hoàn thành 11/12 chỉ tiêu" counts.
COUNTED = re.compile(
    r"\s*(?:chỉ\s+tiêu|tiêu\s+chí|nhiệm\s+vụ|nội\s+dung|xã|phường|huyện|tỉnh|đơn\s+vị|địa\s+phương|người|hồ\s+sơ|công\s+trình|dự\s+án|mục\s+tiêu|nhóm|lượt|hộ|căn|thôn|trường)(?!\w)",
    _I,
)
SENTENCE_END = re.compile(r"[.!?]\s+(?=[^\W\d_]|[-+•])|\n\s*(?:[-+•]|[0-9]{1,2}[.)])\s")
PERIODIC = re.compile(
    rf"(?<!\w)(?:(?P<day>{_EVERY}\s+ngày|báo\s+cáo\s+ngày(?=\s*$))|(?P<week>{_EVERY}\s+tuần|định\s+kỳ\s+tuần|mỗi\s+tuần|báo\s+cáo\s+tuần)"
    rf"|(?P<half>(?:6|06|sáu)\s+tháng)|(?P<month>(?:{_EVERY}|định\s+kỳ|báo\s+cáo|số\s+liệu)\s+(?:0?1\s+)?tháng)"
    rf"|(?P<quarter>(?:{_EVERY}|định\s+kỳ|báo\s+cáo)\s+(?:0?1\s+)?quý|,\s*quý)"
    rf"|(?P<year>(?:{_EVERY}|định\s+kỳ|báo\s+cáo|cả|0?1|một)\s+năm|(?:,|và)\s*(?:cả\s+)?năm(?=\s*\()))(?!\w)",
    _I,
)
REPEATS = re.compile(
    r"(?<!\w)(?:định\s+k[ỳì]|thường\s+k[ỳì]|hằng|hàng(?=\s+(?:tuần|tháng|quý|năm|ngày))|mỗi)(?!\w)", _I
)
HALF_AND_WHOLE = re.compile(
    r"(?:6|06|sáu)\s+tháng\s*(?:đầu\s+năm\s*)?[(:]?\s*trước\s+(?:ngày\s+)?[0-9]{1,2}[/-][0-9]{1,2}\)?\s*(?:,|;|và|,\s*và)\s*(?:báo\s+cáo\s+)?(?:cả\s+|01\s+|1\s+|một\s+)?năm\s*[(:]?\s*"
    r"trước\s+(?:ngày\s+)?[0-9]{1,2}[/-][0-9]{1,2}(?![/-][0-9])",
    _I,
)
# "Thời gian: tháng 10/2025; địa điểm: …" announces a meeting.
EVENT = re.compile(r"[^\n]{0,60}\s*[-+]?\s*(?:địa\s+điểm|tại\s)", _I)
AGAIN_EVERY_YEAR = re.compile(r"[^.\n]{0,80}?(?<!\w)(?:hằng|hàng)\s+năm(?!\w)", _I)

# "từ 7h30 đến 17h30": the hours in which something is open bound no duty.
OPENING_HOURS = re.compile(
    r"(?<!\w)từ\s+(?:[01]?[0-9]|2[0-3])\s*(?:giờ|h|g|:)\s*(?:[0-5][0-9])?(?:\s*phút)?\s*\Z", _I
)
UNTIL = re.compile(r"(?<!\w)(?<!tính\s)(?:đến|tới)\s+\Z", _I)
COMPLETES = re.compile(r"[\s,]*(?:phải\s+|cơ\s+bản\s+)?(?:hoàn\s+thành|hoàn\s+tất|xong|kết\s+thúc)(?!\w)", _I)
# "số liệu tháng gửi trước ngày 20"
OF_EVERY_MONTH = re.compile(r"(?<!\w)(?:số\s+liệu|báo\s+cáo)\s+tháng(?!\s*[0-9]|\w)", _I)
