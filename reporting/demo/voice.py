"""The words one unit uses in one text: its names, fields, places, partners, dates and numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from reporting.demo.facts import UnitFacts, called, group_of, size_of
from reporting.demo.grammar import Stream, expand, grouped, sentence, tenths
from reporting.demo.phrases_directives import CITATIONS
from reporting.demo.phrases_provinces import PROVINCES, REGIONS, Province
from reporting.demo.phrases_units import PROFILES, UNKNOWN, Profile

_DEPARTMENTS: dict[str, tuple[str, ...]] = {
    "clinic": (
        "Phòng Kế hoạch tổng hợp",
        "Phòng Công tác xã hội",
        "Khoa Khám bệnh",
        "Phòng Điều dưỡng",
        "Phòng Chỉ đạo tuyến",
        "Phòng Quản lý chất lượng",
        "Phòng Công nghệ thông tin",
        "Khoa Dược",
        "Khoa Cấp cứu",
        "Phòng Tổ chức cán bộ",
        "Khoa Dinh dưỡng",
        "Khoa Kiểm soát nhiễm khuẩn",
        "Phòng Nghiên cứu khoa học",
    ),
    "prevention": (
        "Phòng Kế hoạch tổng hợp",
        "Khoa Dịch tễ",
        "Khoa Xét nghiệm",
        "Phòng Tổ chức - Hành chính",
        "Trung tâm Đào tạo",
        "Phòng Khoa học và Hợp tác quốc tế",
        "Khoa Côn trùng và Động vật y học",
        "Phòng khám chuyên khoa",
    ),
    "school": (
        "Phòng Đào tạo",
        "Phòng Khoa học công nghệ",
        "Phòng Công tác sinh viên",
        "Phòng Khảo thí và bảo đảm chất lượng",
        "Thư viện",
        "Trung tâm Mô phỏng",
        "Khoa Y tế công cộng",
        "Phòng Tổ chức cán bộ",
        "Đoàn Thanh niên trường",
    ),
    "tech": (
        "Phòng Kế hoạch - Tài vụ",
        "Phòng Nghiệp vụ",
        "Phòng Bảo đảm chất lượng",
        "Phòng Tổ chức - Hành chính",
        "Khoa chuyên môn 1",
        "Khoa chuyên môn 2",
        "tổ thư ký khoa học",
        "Phòng Đào tạo và chỉ đạo tuyến",
    ),
    "centre": (
        "bộ phận tổng hợp",
        "nhóm chuyên viên nghiệp vụ",
        "phòng chuyên môn",
        "tổ công tác liên phòng",
        "bộ phận hành chính",
        "tổ chuyển đổi số",
        "nhóm thư ký",
        "chi đoàn",
        "tổ công đoàn",
    ),
    "province": (
        "Phòng Nghiệp vụ Y",
        "Phòng Tổ chức cán bộ",
        "Văn phòng Sở",
        "Trung tâm Kiểm soát bệnh tật",
        "Phòng Kế hoạch - Tài chính",
        "Chi cục Dân số",
        "Phòng Bảo trợ xã hội",
        "Phòng Nghiệp vụ Dược",
        "Chi cục An toàn vệ sinh thực phẩm",
        "Trung tâm Cấp cứu 115",
        "Công đoàn ngành",
    ),
}

_PARTNERS: dict[str, tuple[str, ...]] = {
    "clinic": (
        "Trường Đại học Y Hà Nội",
        "Cục Quản lý Khám, chữa bệnh",
        "Tổng hội Y học Việt Nam",
        "bệnh viện vệ tinh",
        "Hội Chữ thập đỏ",
        "các nhà hảo tâm",
        "Bảo hiểm xã hội khu vực",
        "Hội Điều dưỡng Việt Nam",
    ),
    "prevention": (
        "Cục Phòng bệnh",
        "Tổ chức Y tế Thế giới",
        "trung tâm kiểm soát bệnh tật các tỉnh",
        "UNICEF",
        "Hội Y học dự phòng Việt Nam",
        "ngành nông nghiệp và môi trường",
    ),
    "school": (
        "các bệnh viện thực hành",
        "Hội Sinh viên Việt Nam",
        "Cục Khoa học công nghệ và Đào tạo",
        "các trường y dược bạn",
        "hội cựu sinh viên",
        "doanh nghiệp dược",
    ),
    "tech": (
        "Cục Quản lý Dược",
        "cơ quan công an",
        "Sở Y tế các tỉnh lân cận",
        "các viện cùng chuyên ngành",
        "Cục Quản lý Khám, chữa bệnh",
        "hội nghề nghiệp",
        "các phòng thử nghiệm trong khu vực",
    ),
    "centre": (
        "các vụ, cục liên quan",
        "Báo Sức khỏe và Đời sống",
        "Công đoàn Y tế Việt Nam",
        "Bảo hiểm xã hội Việt Nam",
        "Bộ Giáo dục và Đào tạo",
        "Tổ chức Y tế Thế giới",
        "Trung ương Đoàn",
        "Đảng ủy Bộ Y tế",
    ),
    "province": (
        "Ban Tuyên giáo và Dân vận cấp ủy",
        "ngành giáo dục địa phương",
        "Hội Liên hiệp Phụ nữ",
        "bộ đội biên phòng",
        "Công an địa phương",
        "báo, đài địa phương",
        "Mặt trận Tổ quốc các xã",
        "Bảo hiểm xã hội địa phương",
        "Hội Chữ thập đỏ",
        "bệnh viện tuyến trung ương",
    ),
}

_COMMON_TOPICS: dict[str, tuple[str, ...]] = {
    "clinic": (
        "an toàn người bệnh",
        "tiếp đón, chăm sóc toàn diện",
        "kiểm soát nhiễm khuẩn",
        "bệnh án điện tử",
    ),
    "prevention": ("giám sát dịch tại thực địa", "quản lý mẫu bệnh phẩm", "tập huấn tuyến dưới"),
    "school": ("đổi mới giảng dạy lâm sàng", "tư vấn việc làm cho sinh viên", "chuyển đổi số học liệu"),
    "tech": ("bảo đảm chất lượng theo ISO", "giữ đúng thời hạn trả kết quả", "số hóa hồ sơ"),
    "centre": ("cắt giảm thủ tục hành chính", "chuyển đổi số", "phân cấp cho cơ sở"),
    "province": ("chuyển đổi số y tế", "tinh thần, thái độ phục vụ", "phòng dịch mùa mưa", "sắp xếp bộ máy"),
}

_PROVINCE_STUDIES: tuple[str, ...] = (
    "mô hình bệnh tật ở {place}",
    "tăng huyết áp ở người trung niên vùng {place}",
    "kiến thức phòng bệnh của {B}",
    "hoạt động trạm y tế vùng {place}",
    "thừa cân, béo phì ở học sinh {place}",
    "sức khỏe tâm thần của {B}",
    "chi phí đi khám bệnh của {B}",
    "kháng kháng sinh ở bệnh viện vùng {place}",
    "thiếu máu ở phụ nữ mang thai vùng {place}",
    "tai nạn thương tích trẻ em tại {place}",
)

_STAFF: dict[str, tuple[str, ...]] = {
    "clinic": ("viên chức, người lao động", "bác sĩ, điều dưỡng", "cán bộ, nhân viên y tế"),
    "prevention": ("viên chức, người lao động", "nghiên cứu viên", "cán bộ chuyên môn"),
    "school": ("giảng viên, viên chức", "cán bộ, giảng viên", "viên chức"),
    "tech": ("viên chức, người lao động", "cán bộ kỹ thuật", "đội ngũ chuyên môn"),
    "centre": ("công chức, người lao động", "cán bộ, đảng viên", "chuyên viên"),
    "province": ("công chức, viên chức", "cán bộ y tế", "viên chức, người lao động"),
}


@cache
def _region_places(region: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(areas, provinces other than cities) of B, T or N; of the whole country for V."""
    near = [p for p in PROVINCES.values() if region == "V" or REGIONS[p.region][1] == region]
    areas = tuple(place for province in near for place in province.places)
    return areas, tuple(province.name for province in near if not province.is_city)


def working_day(stream: Stream, year: int) -> date:
    """A day from Monday to Friday between 6 January and the end of June."""
    day = date(year, 1, 6) + timedelta(days=stream.below(170))
    return day - timedelta(days=max(0, day.weekday() - 4))


def printed(day: date) -> str:
    """dd/mm/yyyy the way papers write it: a zero before days < 10 and before months 1 and 2."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


class Voice:
    """Expands sentence patterns for one unit, year and section.

    Contract: deterministic in (unit.code, year, key); topics, studies, people, partners and places
    do not come back before all of them were used.
    """

    def __init__(self, unit: UnitFacts, year: int, key: str, figures: dict[str, int]) -> None:
        self.unit, self.year, self.key, self.figures = unit, year, key, figures
        self.group = group_of(unit)
        self.stream = Stream(unit.code, year, key)
        self.province: Province | None = PROVINCES.get(unit.code)
        self.profile: Profile = PROFILES.get(unit.code, UNKNOWN)
        self._decks: dict[str, list[str]] = {}
        self._plan = ""
        self._slots: dict[str, Callable[[], str]] = {
            "S": self._itself,
            "L": self._leaders,
            "dang": self._party,
            "staff": lambda: self.stream.pick(_STAFF[self.group]),
            "T": self._topic,
            "R": self._study,
            "B": lambda: self._deal("served", self._people()),
            "K": lambda: self._deal("departments", _DEPARTMENTS[self.group]),
            "P": self._partner,
            "F": lambda: self.profile.field if not self.province else "y tế địa phương",
            "D": lambda: self._deal("citations", CITATIONS[key]),
            "m": self._month,
            "cut": self._cut_off,
            "plan": self._plan_paper,
            "site": self._site,
            "prov": lambda: self._deal("provinces", _region_places(self._region())[1]),
            "place": self._place,
            "tinh": self._province_name,
            "y": lambda: str(year),
            "y0": lambda: str(year - 1),
            "y1": lambda: str(year + 1),
            "pct": lambda: f"{tenths(self.stream.between(912, 1000))}%",
            "pctmid": lambda: f"{tenths(self.stream.between(512, 938))}%",
            "pctsmall": lambda: f"{tenths(self.stream.between(31, 342))}%",
            "khen": self._commended,
            "ty_le": lambda: tenths(self.figures["ty_le_quan_triet"]),
            "ty_le_chi": self._spent_share,
        }

    def say(self, pattern: str) -> str:
        """One finished sentence from a pattern."""
        return sentence(expand(pattern, self.stream, self._slot))

    def _slot(self, name: str) -> str:
        if name in self._slots:
            return self._slots[name]()
        amount = self.figures[name]
        return tenths(amount) if name.startswith("kinh_phi") else grouped(amount)

    def _deal(self, deck: str, cards: tuple[str, ...]) -> str:
        left = self._decks.get(deck)
        if not left:
            left = self._decks[deck] = self.stream.shuffled(cards)
        return left.pop()

    def _itself(self) -> str:
        itself = called(self.unit)[0]
        if self.province:
            return self.stream.pick(
                (itself, itself, "Sở", f"ngành y tế {self._province_name()}", self.unit.name)
            )
        return self.stream.pick((itself, itself, itself, "đơn vị", self.unit.name))

    def _leaders(self) -> str:
        leaders, party = called(self.unit)[1], self._party()
        leaders = leaders if leaders.startswith("Ban") else leaders[0].lower() + leaders[1:]
        return self.stream.pick((leaders, leaders, party, f"cấp ủy và {leaders}"))

    def _party(self) -> str:
        itself = called(self.unit)[0]
        body = "Chi bộ" if size_of(self.unit) < 2 else "Đảng ủy"
        return f"{body} {itself}"

    def _topic(self) -> str:
        own = self.province.topics if self.province else self.profile.topics
        common = Stream(self.unit.code, self.year, self.key, "topics").shuffled(_COMMON_TOPICS[self.group])
        return self._deal("topics", own + tuple(common[:2]))

    def _study(self) -> str:
        if not self.province:
            return self._deal("studies", self.profile.studies)
        return expand(self._deal("studies", _PROVINCE_STUDIES), self.stream, self._slot)

    def _people(self) -> tuple[str, ...]:
        return self.province.served if self.province else self.profile.served

    def _region(self) -> str:
        return REGIONS[self.province.region][1] if self.province else self.profile.region

    def _partner(self) -> str:
        if not self.province and self.stream.chance(30):
            return f"Sở Y tế tỉnh {self._slot('prov')}"
        return self._deal("partners", _PARTNERS[self.group])

    def _site(self) -> str:
        if self.province:
            return f"Trung tâm Y tế khu vực {self._place()}"
        kind = self.stream.pick(("Trung tâm Y tế khu vực", "bệnh viện khu vực", "cơ sở y tế"))
        return f"{kind} {self._deal('sites', _region_places(self._region())[0])}"

    def _place(self) -> str:
        if self.province:
            return self._deal("places", self.province.places)
        return self._deal("sites", _region_places(self._region())[0])

    def _province_name(self) -> str:
        if not self.province:
            return "địa phương"
        if self.province.is_city:
            name = "Thành phố" if self.province.name == "Hồ Chí Minh" else "thành phố"
            return f"{name} {self.province.name}"
        return f"tỉnh {self.province.name}"

    def _month(self) -> str:
        month = self.stream.between(1, 9)
        quarter = ("I", "II", "III")[(month - 1) // 3]
        return self.stream.pick(
            (f"tháng {month}", f"tháng {month}/{self.year}", f"tháng {month}", f"quý {quarter}/{self.year}")
        )

    def _cut_off(self) -> str:
        """A day near the end of what the report covers, to follow "đến", "tính đến"."""
        choices = ("hết tháng 8", "hết tháng 9", "giữa tháng 9", "đầu tháng 10", "hết quý III")
        dated = (f"ngày 30/9/{self.year}", f"ngày 15/9/{self.year}", f"hết tháng 9/{self.year}")
        return self.stream.pick(choices + dated)

    def _plan_paper(self) -> str:
        """The unit's own plan for this section: one number and date wherever the text names it."""
        if not self._plan:
            sign = "SYT" if self.province else self.profile.sign
            day = working_day(self.stream, self.year)
            highest = 60 + 90 * size_of(self.unit)
            number = 8 + (day.timetuple().tm_yday * highest // 190 + self.stream.below(40))
            self._plan = f"Kế hoạch số {number:02d}/KH-{sign} ngày {printed(day)}"
        return self._plan

    def _commended(self) -> str:
        groups, people = self.figures["tap_the_khen"], self.figures["ca_nhan_khen"]
        parts = [f"{n} {what}" for n, what in ((groups, "tập thể"), (people, "cá nhân")) if n]
        return self.stream.pick((" và ", ", ")).join(parts)

    def _spent_share(self) -> str:
        return tenths(self.figures["kinh_phi_thuc_hien"] * 1000 // max(1, self.figures["kinh_phi_du_kien"]))
