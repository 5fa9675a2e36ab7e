"""Who a paper binds: the names of groups, offices and posts at the head of an item or inside a sentence.

Names stay as printed. A name begins with a noun that only offices, bodies or their heads carry, and ends
where its duty begins.
"""

from __future__ import annotations

import re
from functools import lru_cache

from directives.addressee_words import (
    BODIES,
    MANY,
    NAMED,
    NOT_MANY,
    NUMBERED,
    PLAIN,
    POSTS,
    SERVANTS,
    SURNAMES,
    alternatives,
)
from directives.letters import CAPITAL, SMALL
from directives.lexicon import holds_duty, name_word_end, opens_duty
from directives.name_ends import cheapest_end
from directives.sections import breaks_off, heading_end, tidy

_I = re.IGNORECASE

# "07 đơn vị chưa triển khai": how those of a number are told from the others.
_STATES = r"(?:còn|chưa|đang|không|thuộc|được\s+giao|có\s+tên)(?!\w)"
_EVERY_ONE = r"(?:(?:tất\s+cả\s+)?các|toàn\s+thể|những|mỗi|từng)\s+(?:đồng\s+chí\s+)?"
GROUP = re.compile(
    rf"""(?<!\w)(?:
      (?i:{_EVERY_ONE}(?!(?:{alternatives(NOT_MANY)})(?!\w))(?:{alternatives(MANY, BODIES, POSTS)})(?!\w))
    | (?i:(?:quyền\s+)?(?:{alternatives(POSTS)})(?!\w))
    | (?i:(?:{alternatives(BODIES)})(?!\w)(?!\s+phẩm))
    | (?!Bộ\s+Chính\s+trị)(?:{alternatives(NAMED)})\s+(?=[{CAPITAL}]|(?:tại|miền|vùng|khu\s+vực|số)\s+[{CAPITAL}0-9])
    | (?:{alternatives(NUMBERED)})\s+(?=[0-9]{{1,2}}(?![\w%]|[.,/][0-9]))
    | [0-9]{{2,3}}(?:/[0-9]{{1,3}})?\s+(?i:{alternatives(MANY)})(?=\s+(?i:{_STATES}))
    | (?:Bộ|Sở),\s+(?:ban,\s+)?ngành(?!\w)
    | Sở\s+(?!hữu|thích|dĩ|trường)(?=\w)
    | (?:{alternatives(PLAIN)})(?=\s+[{SMALL}(,:])
    | (?:SỞ|BỘ|VỤ|CỤC|BAN|PHÒNG|VIỆN)\s+(?=[{CAPITAL}]{{2}})(?!CHÍNH\s+TRỊ)
    )""",
    re.VERBOSE,
)
"""Finds where the name of a group may begin."""
_PLAIN_MANY = re.compile(rf"(?:{alternatives(PLAIN)})(?=\s+[{SMALL}(,:])")

_POINTING = r"(?:đơn\s+vị|cơ\s+quan|địa\s+phương|quý\s+(?:cơ\s+quan|đơn\s+vị|sở|bộ|vị|ban|ủy\s+ban|ubnd|địa\s+phương|trường|bệnh\s+viện|trung\s+tâm|vụ|cục|đồng\s+chí))"
_ANAPHORA = re.compile(rf"(?:{_POINTING})(?!\w)", _I)
_GENERIC = re.compile(
    rf"(?:{_POINTING}|(?:các|những)\s+(?:cơ\s+quan|đơn\s+vị|địa\s+phương|sở|ngành|bộ|đồng\s+chí|trường|bệnh\s+viện|cơ\s+sở)"
    r"(?:\s*(?:,|và)\s*(?:các\s+)?(?:cơ\s+quan|đơn\s+vị|địa\s+phương|tổ\s+chức|ban|ngành|sở))*)"
    r"(?:\s+(?:nêu\s+trên|trên|có\s+tên|liên\s+quan|tại\s+địa\s+phương))?\s*$",
    _I,
)

_STOP = re.compile(
    r"[:;(]|\.(?=\s|$|/)|,?\s+ngày\s+[0-9]|\n\s*(?=[^\W\d_])|\s+-\s+(?=(?:cơ\s+quan|đơn\s+vị|thường\s+trực|là)(?!\w))"
)
# "Các Bộ: Tài chính, Nội vụ": the colon opens the names.
# "Tập đoàn Điện lực Việt Nam (EVN), …": a short name in brackets parts nothing.
_SHORT_NAME = re.compile(r"\s*\((?:(?:gọi|viết)\s+tắt[^()]{1,40}|[A-ZĐ][\w&./ -]{1,24})\)\s*(?=[,;]|và\s)")
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)?")
_OPENS_LIST = re.compile(
    r"(?<!\w)các\s+(?:bộ|sở|vụ|cục|tỉnh|thành\s+phố|huyện|(?:xã|phường)(?:,\s+(?:xã|phường|thị\s+trấn|đặc\s+khu)){0,2}|ban|phòng|bệnh\s+viện|viện|trường|khoa)\s*\Z",
    _I,
)
_LISTED = re.compile(rf":[ ]{{1,3}}(?=[{CAPITAL}])")
# "Các Công ty cổ phần Đường sắt: Hà Hải, Hà Thái", "Các Chi cục Thuế khu vực: I, II": names of many after a colon.
_GOES_ON_IN_CAPITALS = re.compile(rf":\s+[^,;.:\n]{{2,40}}?(?:,|\s+và)\s+[{CAPITAL}]")
_PLACE_NAME = rf"[{CAPITAL}][{SMALL}]*(?:\s+(?:-\s+)?[{CAPITAL}][{SMALL}]*){{1,4}}"
_PROPER = rf"(?:[{CAPITAL}][\w]*(?:(?:\s+|\s+-\s+)[{CAPITAL}][\w]*){{0,4}}|(?:số\s+)?[0-9]{{1,2}})"
_LISTS_NAMES = re.compile(
    rf":[ ]{{1,3}}{_PROPER}(?:\s*[,;]\s*|\s+và\s+){_PROPER}(?=\s*[,;.\n]|\s+và\s|\s+[{SMALL}]|\s*\Z)"
)
_MANY_BEFORE = re.compile(r"(?<!\w)các\s[^.;:\n]{2,70}\Z", _I)
_GIVEN = re.compile(
    r"(?:,?\s+(?:được|giao|phân\s+công|nhiệm\s+vụ|chủ\s+trì|tham\s+mưu|giúp\s+việc|phụ\s+trách|kiểm\s+tra|giám\s+sát|thanh\s+tra|lựa\s+chọn|chọn|phân\s+cấp|quản\s+lý|ủy\s+quyền|cấp\s+phép|trực\s+tiếp)(?!\w)){2,6}"
    r"(?:(?<=chủ\strì)\s+(?:soạn\s+thảo|nhiệm\s+vụ|đề\s+án|dự\s+án)(?!\w))?"
    # "được Đảng, Nhà nước giao nhiệm vụ", "do Thủ tướng Chính phủ thành lập"
    rf"|\s+(?:được|do)\s+[{CAPITAL}][^,;:.\n]{{1,50}}?(?:,\s+[{CAPITAL}][^,;:.\n]{{1,40}}?)?\s+(?:giao|phân\s+công|phân\s+cấp|ủy\s+quyền|thành\s+lập|quản\s+lý|cấp\s+phép|đầu\s+tư|phụ\s+trách|làm\s+chủ\s+sở\s+hữu)(?:\s+nhiệm\s+vụ)?(?!\w)"
    # "các đơn vị chủ trì soạn thảo"
    r"|(?:(?<=đơn\svị)|(?<=cơ\squan))(?P<leads>\s+(?:được\s+giao\s+)?chủ\s+trì\s+(?:soạn\s+thảo|tham\s+mưu|nhiệm\s+vụ|đề\s+án|dự\s+án|chương\s+trình|thực\s+hiện\s+nhiệm\s+vụ))(?=\s+(?:phải|cần|khẩn|có|chịu|chủ|báo|trình|gửi|hoàn)(?!\w))",
    _I,
)
_OPENS_GIVEN = ("được", "do")
_LEADS = re.compile(
    r"(?:\s*(?:giao(?:\s+(?:nhiệm\s+vụ\s+)?cho)?|yêu\s+cầu|đề\s+nghị|đề\s+xuất|phân\s+công|đối\s+với|riêng(?:\s+đối\s+với)?|trách\s+nhiệm\s+của|nhiệm\s+vụ\s+của|kính\s+đề\s+nghị|trân\s+trọng\s+đề\s+nghị|đồng\s+thời|"
    r"ngoài\s+ra|trong\s+đó|trước\s+mắt|tiếp\s+tục|do|đồng\s+chí|đề\s+nghị\s+với)(?!\w)[\s,:]*){0,3}",
    _I,
)
# "Đối với các đơn vị do Thủ tướng Chính phủ thành lập: …": all before the colon is the name.
_REGARDING = re.compile(
    r"\s*(?:riêng\s+)?đối\s+với\s+(?P<names>(?:[^:;.,]|,(?!\s+(?:đề|yêu|khẩn|chủ|thực|cần|phải|phối|căn|trong|ngoài)(?!\w))){2,220})(?=:)",
    _I,
)
_MORE = re.compile(r"\s*(?:,|;|/|(?<!\w)và(?!\w)|,\s*và|cùng\s+với|cùng)\s*", _I)
_LONGEST_NAME = 240
# First letters of what `_GIVEN`, `_TERM`, `_GRANTED`, `_RELATIVE` and `_CHARGE` match.
_OPENS_WHOLE = frozenset("đdckmntpĐDCKMNTP,")
_BEFORE_BRACKETS, _BEFORE_STOP = 0.3, 1.2
_LONGEST_HEADING = 24
# Below a heading stands an item or a sentence of its own.
_OPENS_PARAGRAPH = re.compile(rf"\s*\n\s*(?:[-+•*]|[0-9]{{1,2}}(?:\.[0-9]+)*[.)]|[a-zđ]\)|[{CAPITAL}])")
_SURE_DUTY = re.compile(
    r"(?<!\w)(?:chủ\s+trì|phối\s+hợp|trách\s+nhiệm|căn\s+cứ|tham\s+mưu|hướng\s+dẫn|thực\s+hiện|triển\s+khai|báo\s+cáo|chỉ\s+đạo|theo\s+dõi|"
    r"đôn\s+đốc|rà\s+soát|tiếp\s+tục|tăng\s+cường|bảo\s+đảm|đảm\s+bảo|cần|phải|là|gửi|trước|hoàn\s+thành|trình|lập|cử|bố\s+trí|để|đã)(?!\w)"
)
# "Tổ tự quản tàu thuyền an toàn: …": what a colon ends without a duty is all name.
_HEADED = re.compile(r"(?P<names>[^:.!?\n]{4,140}(?:\n[^:.!?\n]{1,80})?)(?=:\s)")
_ENDS_HEADING = re.compile(r"[.:!?]|[0-9]{3,}|[0-9]/")
_LONGEST_LINE_OF_NAME = 45
_MOST_NAMES = 12


# "đồng chí Phó Chủ tịch phụ trách kinh tế", "Công chức phụ trách đài truyền thanh"
_PERSON = re.compile(rf"(?:(?:các\s+)?đồng\s+chí|{alternatives(POSTS)}|{alternatives(SERVANTS)})(?!\w)", _I)
_CHARGE = re.compile(
    r"\s+phụ\s+trách\s+(?!chung(?!\w))(?:(?:khối|lĩnh\s+vực|công\s+tác|mảng)(?!\w)\s*|(?P<area>chi\s+bộ|địa\s+bàn|cụm|xã|phường|thôn)(?!\w)\s*)?",
    _I,
)
# "Ủy viên Ban Chấp hành khóa XVI", "đại biểu nhiệm kỳ 2026 - 2031"
_TERM = re.compile(
    r"\s+(?:(?:khóa|khoá)\s+(?:thứ\s+)?(?:[IVXL]{1,6}|[0-9]{1,2})|nhiệm\s+kỳ\s+20[0-9]{2}\s*[-–]\s*20[0-9]{2})(?!\w)",
    _I,
)
# "các đơn vị còn nợ báo cáo phải gửi", "07 đơn vị chưa triển khai có văn bản": what tells these from the others.
_RELATIVE = re.compile(
    rf"\s+(?:{_STATES}|đã)(?:\s+[^\W\d_]+){{1,8}}?(?=,?\s+(?:phải|cần|khẩn\s+trương|nghiêm\s+túc|tập\s+trung|chủ\s+động|tiếp\s+tục|"
    r"có\s+(?:văn\s+bản|trách\s+nhiệm|báo\s+cáo|giải\s+trình|phương\s+án|biện\s+pháp|giải\s+pháp|kế\s+hoạch)|(?:làm\s+)?rõ|giải\s+trình|đẩy\s+nhanh|rút\s+kinh\s+nghiệm)(?!\w))",
    _I,
)
# "các bệnh viện chưa báo cáo tồn kho gửi báo cáo": what they still owe, then what they are to hand in.
_OWING = re.compile(
    r"\s+(?:chưa|còn)(?:\s+[^\W\d_]+){2,8}?(?<!hoàn\sthành)(?<!thực\shiện)(?<!tiến\shành)(?<!tổ\schức)(?<!kịp\sthời)(?<!\schậm)(?<!\sphải)(?<!\sđược)"
    r"(?=,?\s+(?:gửi|nộp|trình|hoàn\s+thành|hoàn\s+thiện|bổ\s+sung|khắc\s+phục)(?!\w))",
    _I,
)
_MANY_HEAD = re.compile(r"(?:các|những|[0-9]{2,3})(?!\w)", _I)
_TRAILING = re.compile(
    r"(?:[\s,–-]|(?<!\w)(?:và|của|các|(?<!trực\s)thuộc|về|cho|với|tại|ở|theo|trong|có|là)(?!\w))*\Z",
    _I,
)


# "các cơ sở chưa được cấp phép": told apart by what has or has not been granted.
_GRANTED = re.compile(
    r"\s+(?:chưa|đã|không|mới)\s+(?:được\s+|có\s+)?(?:cấp\s+(?:giấy\s+)?(?:phép|chứng\s+nhận)|(?:giấy\s+)?phép|công\s+nhận|phê\s+duyệt|thẩm\s+định|kiểm\s+định|tự\s+chủ|công\s+bố|đăng\s+ký|nghiệm\s+thu|bố\s+trí\s+vốn|giao\s+(?:đất|vốn|tự\s+chủ))"
    r"(?:\s+(?:hoạt\s+động|hành\s+nghề|kinh\s+doanh|lưu\s+hành|xây\s+dựng|môi\s+trường|đủ\s+điều\s+kiện))?(?!\w)",
    _I,
)


def name_end(text: str, start: int, limit: int) -> int:
    """Return where the names that begin at `start` end: at their duty, a colon, the end of the heading."""
    heading = heading_end(text, start, min(limit, start + _LONGEST_NAME))
    stop = _stop(text, start, min(limit, heading))
    closed = text[stop : stop + 1] == ":" or (
        text[stop : stop + 1] == "\n" and stop - start < _LONGEST_LINE_OF_NAME
    )
    opening = GROUP.match(text, start, stop)
    person = bool(opening and _PERSON.match(opening.group()))
    many = bool(opening and _MANY_HEAD.match(opening.group()))

    def whole(place: int) -> int:
        if text[place] not in _OPENS_WHOLE:
            return 0
        given = _GIVEN.match(text, place - 1, stop)
        if given and _is_given(given):
            return given.end()
        if term := _TERM.match(text, place - 1, stop):
            return term.end()
        if many and (relative := _RELATIVE.match(text, place - 1, stop)):
            return relative.end()
        if (many or "các " in text[start:place]) and (owing := _OWING.match(text, place - 1, stop)):
            return owing.end()
        if many and (granted := _GRANTED.match(text, place - 1, stop)):
            return granted.end()
        charge = _CHARGE.match(text, place - 1, stop) if person else None
        if not charge:
            return 0
        return name_word_end(text, charge.end(), doubtful=not charge["area"]) or charge.end()

    def opens(place: int) -> int:
        another = GROUP.match(text, place, stop)
        return another.end() if another else 0

    end = cheapest_end(
        text, start, stop, whole=whole, opens=opens, closing=_closing(text, stop, closed), person=person
    )
    if end == stop and closed:
        return end
    trailing = _TRAILING.search(text, start, end)
    return trailing.start() if trailing else end


def _is_given(found: re.Match[str]) -> bool:
    return bool(found["leads"]) or found.group().split()[0].lower() in _OPENS_GIVEN


def _closing(text: str, stop: int, closed: bool) -> float:
    """Return what it costs that a name reaches to a mark: nothing before a colon, much at a full stop."""
    return 0.0 if closed else _BEFORE_BRACKETS if text[stop : stop + 1] == "(" else _BEFORE_STOP


def _stop(text: str, start: int, limit: int) -> int:
    """Return where a name ends at the latest: at a mark that no name holds."""
    opening = GROUP.match(text, start, limit)
    place = opening.end() if opening else start
    while stop := _STOP.search(text, place, limit):
        mark = stop.group()
        if mark == "(" and (short := _SHORT_NAME.match(text, stop.start(), limit)):
            place = short.end()
        elif mark == ";" and (another := GROUP.match(text, stop.end() + 1, limit)):
            place = another.end()
        elif (
            mark == ":"
            and _opens_list(text, start, stop.start(), limit)
            or mark[0] == "\n"
            and (
                text[stop.end()].islower()
                or breaks_off(text, stop.start())
                or not opens_duty(text, stop.end())
            )
        ):
            place = stop.end()
        else:
            return stop.start()
    return limit


def _opens_list(text: str, start: int, colon: int, limit: int) -> bool:
    """Say whether a colon opens names: "Các Bộ: Tài chính, Nội vụ"."""
    if _OPENS_LIST.search(text, max(start, colon - 20), colon) and _LISTED.match(text, colon, limit):
        # "UBND các xã: Thống kê số hộ nuôi chó, mèo": a duty, unless capitals go on as in "Các ban: Tổ chức, Nội chính".
        return not opens_duty(text, colon + 2) or bool(_GOES_ON_IN_CAPITALS.match(text, colon, limit))
    return bool(_MANY_BEFORE.search(text, start, colon) and _LISTS_NAMES.match(text, colon, limit))


def names_in(stretch: str) -> tuple[str, ...]:
    """Return the names of a stretch, parted where a comma, a semicolon or "và" begins another group.

    "Sở Nông nghiệp và Môi trường" stays one name; "Vụ A, Vụ B và các đơn vị liên quan" gives three.
    """
    names: list[str] = []
    stretch = _IN_BRACKETS.sub("", stretch)
    begin = place = 0
    while len(names) < _MOST_NAMES:
        more = _MORE.search(stretch, place)
        if not more:
            break
        place = max(more.end(), more.start() + 1)
        before = stretch[begin : more.start()]
        if ";" in more.group() and " " in before.strip():
            names.append(before)
            begin = more.end()
            continue
        if _AND.fullmatch(more.group()) and _JOINT.fullmatch(before):
            continue
        if _OFFICIAL.fullmatch(before.strip()) and _ITS_UNIONS.match(stretch, more.end()):
            continue
        if _LISTED_BEFORE.search(before) and not GROUP.match(stretch, more.end()):
            continue
        if _begins_another(before, more.group(), stretch[more.end() :]):
            names.append(stretch[begin : more.start()])
            begin = more.end()
    names.append(stretch[begin:])
    tidied = (tidy(name).replace(" ,", ",").strip(" ,.;:-–") for name in names)
    return tuple(name for name in tidied if name)


_LISTED_BEFORE = re.compile(r"(?<!\w)các\s[^:]{2,70}:\s", _I)
_WHOLE = re.compile(
    r"(?:các|những|toàn\s+thể|tất\s+cả|lực\s+lượng|thủ\s+trưởng|giám\s+đốc|chủ\s+tịch|lãnh\s+đạo|người\s+đứng)(?!\w)",
    _I,
)
_BARE = re.compile(rf"(?:{alternatives(NAMED)})(?=\s*[,;]|\s+và\s|\s*\Z)")
_SMALL_BODY = re.compile(rf"(?:Tổ|Đội|Nhóm|Trạm|Ban|Câu\s+lạc\s+bộ|Đoàn)\s+[{SMALL}]")
_LOWER_BODY = re.compile(r"(?:đảng\s+ủy|đảng\s+uỷ|đảng\s+bộ|chi\s+bộ)\s+(?:trực\s+)?thuộc(?!\w)", _I)
# "Các Vụ, Cục, Văn phòng Bộ": what is under one roof is one group.
_HOUSE = re.compile(
    r"(?:(?:thủ\s+trưởng|lãnh\s+đạo|người\s+đứng\s+đầu)\s+)?các\s+(?:vụ|cục|phòng|ban)(?:,\s+(?:cục|vụ|ban|đơn\s+vị|tổng\s+cục|(?:văn\s+phòng|thanh\s+tra)(?:\s+bộ|\s+sở)?))*",
    _I,
)
_OF_HOUSE = re.compile(
    r"(?:cục|vụ|ban|tổng\s+cục)\s*(?:,|và\s|\Z)|(?:văn\s+phòng|thanh\s+tra)\s+(?:bộ|sở)(?!\w)", _I
)
# "Các Viện, Trường, Bệnh viện trực thuộc Bộ": bare nouns one after the other.
_ONE_NOUN = r"(?:huyện|thành\s+đoàn|thị\s+đoàn|đoàn|viện|trường|bệnh\s+viện|học\s+viện|trung\s+tâm|phòng|khoa|ban|tổ|vụ|cục|sở|bộ|ngành|chi\s+cục|công\s+ty|đơn\s+vị|cơ\s+quan|tổng\s+cục|tổng\s+công\s+ty|tập\s+đoàn)"
_BARE_MANY = re.compile(rf"(?:[^\W\d_]+\s+){{0,4}}các\s+{_ONE_NOUN}(?:\s*,\s*{_ONE_NOUN})*", _I)
_BARE_NOUN = re.compile(
    rf"{_ONE_NOUN}(?=\s*,|\s*\Z|\s+và\s|\s+(?:(?:trực\s+)?thuộc|trên|của|trong)(?!\w))", _I
)
_MANY_NOUN = re.compile(
    rf"các\s+(?P<noun>{alternatives(MANY, BODIES)})(?P<which>(?:\s+(?!và\s)[^\s,;]+)+)", _I
)
_NOUN = re.compile(rf"(?P<noun>{alternatives(MANY, BODIES)})(?P<which>(?:\s+(?!và\s)[^\s,;]+)+)", _I)
_FEW_WORDS = 3
# "Các bệnh viện Bạch Mai, Chợ Rẫy", "Các phường Tam Kỳ, Hội An": places whose first word also names bodies.
_PLACES_BEFORE = re.compile(
    rf"(?i:các)\s+(?:[{SMALL}]+\s+){{1,4}}{_PLACE_NAME}(?:(?:\s*,\s*|\s+và\s+){_PLACE_NAME})*"
)
_PLACE = re.compile(
    rf"(?:Chợ|Hội|Bà|Ông|Bản|Buôn|Đồn|Cảng|Ga|Đoàn|Trường|Ban|Đội|Cung|Kho|Khu|Xã|Sàn)\s+[{CAPITAL}][{SMALL}]*"
    rf"(?=\s*[,;.:]|\s+(?:và|-)\s|\s+[{SMALL}]|\s*\Z)"
)
_ENUMERATES = re.compile(r"(?:các\s+)?(?:bộ|sở)$", _I)
# One office serves both: "Văn phòng HĐND và UBND", "Văn phòng Đoàn ĐBQH và HĐND tỉnh".
_JOINT = re.compile(
    r".*(?:văn\s+phòng\s+(?:hđnd|hội\s+đồng\s+nhân\s+dân|đoàn\s+đbqh|đoàn\s+đại\s+biểu\s+quốc\s+hội|ubnd|đảng\s+ủy)|báo|viện\s+công\s+nhân)",
    _I | re.DOTALL,
)
_OFFICIAL = re.compile(r"đảng\s+(?:ủy|uỷ)\s+mặt\s+trận\s+tổ\s+quốc(?:\s+việt\s+nam)?", _I)
_ITS_UNIONS = re.compile(r"các\s+đoàn\s+thể\s+(?:trung\s+ương|tỉnh|thành\s+phố)(?!\w)", _I)
_AND = re.compile(r"\s*và\s+\Z", _I)


def _begins_another(before: str, joint: str, after: str) -> bool:
    """Say whether another name begins after a comma or "và", rather than the one before going on.

    Small letters go on ("các cơ quan, đơn vị", "các tỉnh ủy, thành ủy"), unless "các" or a post opens them.
    """
    if " " not in before.strip() or _ENUMERATES.match(before.strip()):
        return False
    if _BARE_MANY.fullmatch(before.strip()) and _BARE_NOUN.match(after):
        return False
    if _HOUSE.fullmatch(before.strip()) and _OF_HOUSE.match(after):
        return False
    if _PLACES_BEFORE.fullmatch(before.strip()) and _PLACE.match(after):
        return False
    if not GROUP.match(after):
        return "và" not in joint.lower() and bool(_BARE.match(after) or _SMALL_BODY.match(after))
    if after[0].islower():
        alike = "và" in joint.lower() and before.lstrip()[:3].lower() != "các"
        return bool(
            _WHOLE.match(after)
            or (alike and _LOWER_BODY.match(after))
            or _is_same_kind(before, after)
            or _is_whole_beside(before, after)
        )
    return not _PLAIN_MANY.match(after)


def _is_same_kind(before: str, after: str) -> bool:
    """Say whether both are one kind of body with a name of its own: "chi bộ Khối A và chi bộ Khối B"."""
    first, second = GROUP.match(before.strip()), GROUP.match(after)
    return bool(
        first
        and second
        and first.group().lower() == second.group().lower()
        and before.strip()[first.end() :].strip()[:1].isupper()
        and after[second.end() :].strip()[:1].isupper()
    )


def _is_whole_beside(before: str, after: str) -> bool:
    """Say whether a name in small letters stands by itself beside a whole one.

    "Các bệnh viện trực thuộc Bộ, bệnh viện trường đại học": the noun again; "Các trường trung học phổ thông, trung
    tâm giáo dục thường xuyên": each says at length which it is. "Các viện, trung tâm thuộc Bộ" is one.
    """
    first, second = _MANY_NOUN.match(before.strip()), _NOUN.match(after)
    if not first or not second:
        return False
    if first["noun"].lower() == second["noun"].lower():
        return True
    if " " not in second["noun"].strip() or _BELONGS.match(second["which"]):
        return False
    return min(len(first["which"].split()), len(second["which"].split())) >= _FEW_WORDS


_BELONGS = re.compile(r"\s*(?:trực\s+)?thuộc(?!\w)", _I)


@lru_cache(maxsize=32768)
def leading_names(text: str, start: int, limit: int) -> tuple[tuple[str, ...], int]:
    """Return (names at the head of an item, where they end); no names where it begins with something else.

    Items are asked about again and again: what was found is kept until the paper has been read, which clears it.
    """
    if _NAMED_PERSON.match(text, start, limit):
        return _named_person(text, start, limit)
    lead = _LEADS.match(text, start, limit)
    begin = lead.end() if lead else start
    opened = _REGARDING.match(text, start, limit) if begin > start else None
    if opened and GROUP.match(text, opened.start("names")) and not GROUP.match(text, opened.end() + 2, limit):
        return names_in(opened["names"]), opened.end("names")
    while begin < limit and text[begin] in ' \n\t*_“"':
        begin += 1
    found = GROUP.match(text, begin, limit)
    if not found:
        generic = _ANAPHORA.match(text, begin, limit)
        if not generic or begin == start:
            return (), start
    end = name_end(text, begin, limit)
    if begin > start and _ABOUT.match(text, start) and text[end : end + 2] == ": ":
        # "Đối với các bệnh viện tư nhân: Sở Y tế hướng dẫn": who is told follows.
        bound = GROUP.match(text, end + 2, limit)
        bound_end = name_end(text, end + 2, limit) if bound else end
        if bound and bound.group()[0].isupper() and text[bound_end : bound_end + 1] == " ":
            return names_in(text[end + 2 : bound_end]), bound_end
    headed = _HEADED.match(text, begin, limit + 1)
    if headed and end < headed.end("names") and _is_name_to_colon(text, begin, end, headed.end("names")):
        end = headed.end("names")
    if end < limit and text[limit : limit + 1] == "\n" and _is_whole_heading(text, begin, end, limit):
        end = limit
    return names_in(text[begin:end]), end


_ABOUT = re.compile(r"\s*(?:riêng\s+)?đối\s+với(?!\w)", _I)


def _is_name_to_colon(text: str, begin: int, end: int, colon: int) -> bool:
    """Say whether what stands between the known words of a name and a colon belongs to the name."""
    rest = text[end:colon]
    return not (
        opens_duty(rest, 0)
        or holds_duty(rest)
        or _SURE_DUTY.search(rest)
        or _OPENS_LIST.search(text[begin:colon])
    )


def _is_whole_heading(text: str, begin: int, end: int, limit: int) -> bool:
    """Say whether a heading on lines of its own is all name: nothing after the known words is surely a duty."""
    rest = text[end:limit]
    return (
        len(text[begin:limit].split()) <= _LONGEST_HEADING
        and bool(_OPENS_PARAGRAPH.match(text, limit))
        and not _SURE_DUTY.search(rest)
        and not _ENDS_HEADING.search(rest)
    )


_PERSONAL = rf"(?:{alternatives(SURNAMES)})(?:\s+[{CAPITAL}][{SMALL}]*){{1,3}}(?!\w)"
# "Đồng chí Nguyễn Văn Bình, Phó Chủ tịch UBND tỉnh"
_NAMED_PERSON = re.compile(
    rf"\s*(?:(?i:giao|đề\s+nghị|yêu\s+cầu|phân\s+công)\s+)?(?P<who>(?:[Đđ]ồng\s+chí|[Ôô]ng|[Bb]à)\s+{_PERSONAL})"
)
# "1. Ông Trần Văn A, Thứ trưởng, Tổ trưởng;": a member of a body is told nothing.
_ENDS_MEMBER = re.compile(r"\s*(?:[;./]|\Z|\n\s*(?:[0-9]{1,2}[.)]|(?:Điều|ĐIỀU)\s|[Ôô]ng\s|[Bb]à\s))")
_POST_OF = re.compile(
    rf"\s*[,–-]\s+(?:-\s+)?(?=(?:Phó|Trưởng|Chánh|Ủy\s+viên|Uỷ\s+viên|(?i:{alternatives(POSTS)}))(?!\w))"
)


def _named_person(text: str, start: int, limit: int) -> tuple[tuple[str, ...], int]:
    """Return (a person with the posts they hold as one name, where it ends); no names for anybody else."""
    found = _NAMED_PERSON.match(text, start, limit)
    if not found:
        return (), start
    end = found.end()
    while post := _POST_OF.match(text, end, limit):
        another = name_end(text, post.end(), limit)
        if another <= post.end():
            break
        end = another
    if _ENDS_MEMBER.match(text, end) or (end == found.end() and not opens_duty(text, end + 1)):
        return (), start
    return (tidy(text[found.start("who") : end]),), end


def is_generic(names: tuple[str, ...]) -> bool:
    """Say whether the names only point back: "các đơn vị", "quý cơ quan", "đơn vị nêu trên"."""
    return all(_GENERIC.fullmatch(name) for name in names)


_GREETING = re.compile(
    r"(?:Kính|KÍNH)\s+(?:gửi|GỬI|trình|TRÌNH)[ ]*:?|(?<=\S)\s+(?:điện|ĐIỆN)\s*:", re.MULTILINE
)
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
    apart = False
    place = found.end()
    for line in text[found.end() : found.end() + limit].split("\n")[:_LONGEST_GREETING]:
        tidied = tidy(line).replace(" ,", ",").replace(" ;", ";").strip()
        opens = _BODY_OPENS.match(tidied) or (named and _OPENS_SENTENCE.match(tidied))
        if opens or (named and not tidied and named[-1].endswith((".", "./."))):
            break
        if apart and named and tidied and tidied[0].isupper() and not GROUP.match(tidied):
            break
        place += len(line) + 1
        apart = not tidied
        if not tidied:
            continue
        if named and not tidied.startswith(("-", "+", "•")) and _goes_on(named[-1], tidied):
            named[-1] = f"{named[-1]} {tidied}"
        else:
            named.append(tidied)
    parts = [part.strip(" -+•.;,") for line in named for part in line.split("; ")]
    return tuple(name for part in parts if part for name in _greeted(part)), min(place, len(text))


def _greeted(part: str) -> tuple[str, ...]:
    """Return the names of a line of a greeting: "Các Vụ, Cục; các đơn vị trực thuộc" side by side are several."""
    return names_in(part) if GROUP.match(part) and ":" not in part else (part,)


def _goes_on(before: str, line: str) -> bool:
    return not before.endswith((";", ".", ",")) or (before.endswith(",") and line[0].islower())
