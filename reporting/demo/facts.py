"""What the sample prose is told about a unit, and what it concludes from that."""

from __future__ import annotations

from dataclasses import dataclass

PREVENTION = (
    "ve-sinh-dich-te",
    "pasteur",
    "sot-ret",
    "dinh-duong",
    "suc-khoe-nghe-nghiep",
    "y-te-cong-cong",
    "y-hoc-bien",
)
TECH = ("kiem-nghiem", "kiem-dinh", "trang-thiet-bi", "duoc-lieu", "vac-xin", "phap-y", "giam-dinh-y-khoa")
CLINIC = ("benh-vien", "huyet-hoc", "phuc-hoi-chuc-nang")


@dataclass(frozen=True)
class UnitFacts:
    """One reporting unit as the register knows it; `province` is set for health departments only."""

    code: str
    name: str
    short_name: str
    kind: str
    sector: str
    province: str | None


def group_of(unit: UnitFacts) -> str:
    """The kind of work: province, school, clinic, prevention, tech or centre (everything else)."""
    if unit.code.startswith("so-y-te"):
        return "province"
    if unit.name.startswith(("Trường", "Đại học", "Học viện")):
        return "school"
    if unit.name.startswith(("Vụ ", "Cục ", "Văn phòng")):
        return "centre"
    for group, marks in (("clinic", CLINIC), ("prevention", PREVENTION), ("tech", TECH)):
        if any(mark in unit.code for mark in marks):
            return group
    return "centre"


#: first words of a name → how a report calls its own unit, who leads it
_SELVES: tuple[tuple[str, str, str], ...] = (
    ("Sở Y tế", "Sở Y tế", "Ban Giám đốc Sở"),
    ("Bệnh viện", "Bệnh viện", "Ban Giám đốc Bệnh viện"),
    ("Viện", "Viện", "Lãnh đạo Viện"),
    ("Vụ", "Vụ", "Lãnh đạo Vụ"),
    ("Cục", "Cục", "Lãnh đạo Cục"),
    ("Văn phòng Bộ", "Văn phòng Bộ", "Lãnh đạo Văn phòng Bộ"),
    ("Văn phòng Hội đồng", "Văn phòng Hội đồng", "Lãnh đạo Văn phòng Hội đồng"),
    ("Đại học", "Nhà trường", "Ban Giám hiệu"),
    ("Trường", "Nhà trường", "Ban Giám hiệu"),
    ("Học viện", "Học viện", "Ban Giám đốc Học viện"),
    ("Trung tâm", "Trung tâm", "Ban Giám đốc Trung tâm"),
    ("Báo", "Tòa soạn", "Ban Biên tập"),
    ("Nhà xuất bản", "Nhà xuất bản", "Lãnh đạo Nhà xuất bản"),
    ("Ban Quản lý", "Ban Quản lý dự án", "Lãnh đạo Ban"),
    ("Làng", "Làng trẻ em", "Ban Giám đốc Làng"),
    ("Quỹ", "Quỹ", "Ban Điều hành Quỹ"),
)


def called(unit: UnitFacts) -> tuple[str, str]:
    """(what the unit calls itself in running text, what it calls its leaders)."""
    for start, itself, leaders in _SELVES:
        if unit.name.startswith(start):
            return itself, leaders
    return "đơn vị", "Lãnh đạo đơn vị"


#: 5 the largest offices and hospitals … 1 the smallest
_LARGEST = (
    "bach-mai",
    "viet-duc",
    "cho-ray",
    "trung-uong-hue",
    "dai-hoc-y-ha-noi",
    "dai-hoc-y-duoc-thanh-pho",
)
_SMALL = (
    "phap-y",
    "quy-",
    "lang-tre-em",
    "ghep",
    "mua-sam",
    "hoi-dong-y-khoa",
    "nha-xuat-ban",
    "giam-dinh",
    "ban-quan-ly",
)


def size_of(unit: UnitFacts) -> int:
    """How big the unit is, 1 to 5; drives the order of magnitude of its figures."""
    group = group_of(unit)
    if any(mark in unit.code for mark in _LARGEST):
        return 5
    if group == "province":
        return 5 if unit.code in {"so-y-te-ha-noi", "so-y-te-ho-chi-minh"} else 4
    if unit.code.startswith("vu-") or any(mark in unit.code for mark in _SMALL):
        return 1
    if group in {"clinic", "school"}:
        return 2 if "phuc-hoi-chuc-nang" in unit.code or "cao-dang" in unit.code else 3
    return 2


def person_name(unit: UnitFacts, role: str, n: int = 1) -> str:
    """A name for a demo account that is a post, never a person: "Chuyên viên tổng hợp 1 – Cục Phòng bệnh".

    Roles: reporter, approver at a unit; reviewer, lead, registry, admin at the office.
    """
    if role == "approver":
        return f"Lãnh đạo {unit.name}" if n == 1 else f"Lãnh đạo {unit.name} ({n})"
    posts = {
        "reporter": "Chuyên viên tổng hợp",
        "reviewer": "Chuyên viên theo dõi",
        "lead": "Lãnh đạo phụ trách",
        "registry": "Văn thư",
        "admin": "Quản trị viên",
    }
    return f"{posts[role]} {n} – {unit.name}"
