"""A small world made through the domain's own functions: a ministry, its office, a plan and a round.

Dates are those of 2025: the round opens on 15/9/2025, ministry units are due "trước ngày 20/10/2025",
departments "trước ngày 30/10/2025", the ministry's report "trước ngày 5/11/2025".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from directives.models import Directive
from directives.register import PaperSpec, load_papers, register, relate
from reporting import drafting, opening, outlines, reviewing, submitting
from reporting.deadlines import DateToKeep
from reporting.models import Assignment, Round, Section, Submission
from reporting.states import AnswerStatus
from units.calendar import load_calendar
from units.models import GroupMembership, Role, Unit, UnitGroup, User

VN = ZoneInfo("Asia/Ho_Chi_Minh")
PASSWORD = "mat-khau-thu-nghiem-01"


def at(text: str) -> datetime:
    """ "2025-10-13 08:00" as an aware instant in Asia/Ho_Chi_Minh."""
    return datetime.fromisoformat(text).replace(tzinfo=VN)


def person(username: str, name: str | None = None, *, admin: bool = False) -> User:
    made = User(
        username=username,
        full_name=name or username.replace("-", " ").capitalize(),
        email=f"{username}@example.com",
        is_admin=admin,
    )
    made.set_unusable_password()
    made.save()
    return made


def unit(code: str, name: str, group: UnitGroup, **fields: object) -> Unit:
    made = Unit.objects.create(
        code=code,
        name=name,
        **{"parent_body": "BỘ Y TẾ", "place": "Hà Nội", "head_title": "Thủ trưởng", **fields},
    )
    GroupMembership.objects.create(unit=made, group=group)
    return made


def give(user: User, where: Unit, role: Role) -> User:
    where.memberships.create(user=user, role=role)
    return user


@dataclass
class World:
    """Named people and things; `round` is open, nobody has begun."""

    admin: User
    office: Unit
    reviewer: User
    second_reviewer: User
    lead: User
    registry: User
    thuoc: UnitGroup
    truc_thuoc: UnitGroup
    so: UnitGroup
    units: list[Unit]
    reporters: dict[str, User]
    approvers: dict[str, User]
    outsider: User
    plan: Directive
    directives: dict[str, Directive]
    round: Round
    people: dict[str, User] = field(default_factory=dict)

    def assignment(self, code: str) -> Assignment:
        return Assignment.objects.select_related("round", "unit", "group", "deadline").get(
            round=self.round, unit__code=code
        )


def make_world(
    *, more_units: int = 0, opened_at: str = "2025-09-15 09:30", outline: str = "khoa_giao"
) -> World:
    """Office + `cuc-a`, `benh-vien-b`, `so-c` (and `more_units` hospitals), each with reporter and approver."""
    load_calendar([2025, 2026])
    admin = person("quan-tri", "Quản trị hệ thống", admin=True)
    thuoc = UnitGroup.objects.create(code="don-vi-thuoc-bo", name="Các đơn vị thuộc Bộ", position=1)
    truc_thuoc = UnitGroup.objects.create(
        code="don-vi-truc-thuoc-bo", name="Các đơn vị trực thuộc Bộ", position=2
    )
    so = UnitGroup.objects.create(code="so-y-te", name="Sở Y tế các tỉnh, thành phố", position=3)
    office = unit("van-phong-bo", "Văn phòng Bộ", thuoc, short_name="VPB", head_title="Chánh Văn phòng")
    units = [
        unit("cuc-a", "Cục Quản lý Y, Dược cổ truyền", thuoc, short_name="Cục YDCT", head_title="Cục trưởng"),
        unit(
            "benh-vien-b",
            "Bệnh viện Bạch Mai",
            truc_thuoc,
            short_name="BV Bạch Mai",
            sector="Khám, chữa bệnh",
        ),
        unit(
            "so-c",
            "Sở Y tế thành phố Hải Phòng",
            so,
            short_name="SYT Hải Phòng",
            province_code="31",
            parent_body="UBND THÀNH PHỐ HẢI PHÒNG",
            place="Hải Phòng",
            head_title="Giám đốc",
        ),
        *(
            unit(f"benh-vien-{n}", f"Bệnh viện số {n}", truc_thuoc, sector="Khám, chữa bệnh")
            for n in range(more_units)
        ),
    ]
    reporters = {
        u.code: give(person(f"soan-{u.code}", f"Chuyên viên {u.label}"), u, Role.REPORTER) for u in units
    }
    approvers = {
        u.code: give(person(f"duyet-{u.code}", f"Lãnh đạo {u.label}"), u, Role.APPROVER) for u in units
    }
    give(person("soan-vpb", "Chuyên viên Văn phòng"), office, Role.REPORTER)
    papers = load_papers(actor=admin, now=at("2025-01-10 08:00"))
    world = World(
        admin=admin,
        office=office,
        reviewer=give(person("xem-1", "Chuyên viên tổng hợp 1"), office, Role.REVIEWER),
        second_reviewer=give(person("xem-2", "Chuyên viên tổng hợp 2"), office, Role.REVIEWER),
        lead=give(person("lanh-dao-vp", "Lãnh đạo Văn phòng Bộ"), office, Role.LEAD),
        registry=give(person("van-thu", "Văn thư Bộ"), office, Role.REGISTRY),
        thuoc=thuoc,
        truc_thuoc=truc_thuoc,
        so=so,
        units=units,
        reporters=reporters,
        approvers=approvers,
        outsider=_outsider(truc_thuoc),
        plan=papers["plan-2025"],
        directives=papers,
        round=None,  # type: ignore[arg-type]  # made two lines below, from the rest of the world
    )
    world.round = make_round(world, opened_at=opened_at, outline=outline)
    return world


def _outsider(group: UnitGroup) -> User:
    """Somebody with a role at a unit that is in no round of the world."""
    elsewhere = Unit.objects.create(code="don-vi-ngoai", name="Đơn vị ngoài đợt")
    return give(person("nguoi-ngoai", "Người ngoài đơn vị"), elsewhere, Role.REPORTER)


def make_round(
    world: World,
    *,
    code: str = "khoa-giao-2025",
    year: int = 2025,
    opened_at: str | None,
    outline: str = "khoa_giao",
) -> Round:
    made = opening.prepare_round(
        opening.RoundPlan(
            code=code,
            name=f"Công tác khoa giáo năm {year}",
            year=year,
            owner=world.office,
            addressee="Ban Tuyên giáo và Dân vận Trung ương",
            period_from=date(year, 1, 1),
            period_to=date(year, 12, 31),
            plan=world.plan,
            groups={
                world.thuoc: DateToKeep("before", date(year, 10, 20)),
                world.truc_thuoc: DateToKeep("before", date(year, 10, 20)),
                world.so: DateToKeep("before", date(year, 10, 30)),
            },
            dispatch=DateToKeep("before", date(year, 11, 5), phrase=f"trước ngày 5/11/{year}"),
            outline=outlines.built_in(outline),
        ),
        actor=world.admin,
        now=at(opened_at or f"{year}-09-01 09:00"),
    )
    if opened_at:
        opening.open_round(made, actor=world.admin, now=at(opened_at))
    return made


TEXT = (
    "<p>Đơn vị đã ban hành kế hoạch thực hiện, phân công rõ người, rõ việc và tổ chức hai hội nghị quán triệt "
    "cho toàn thể cán bộ, đảng viên trong quý II.</p><p>Kết quả được kiểm tra hằng tháng và báo cáo cấp ủy.</p>"
)


def fill(assignment: Assignment, *, actor: User, now: datetime, text: str = TEXT, amount: int = 12) -> None:
    """Answer every section of the draft: done, with text and all figures."""
    for section in Section.objects.filter(round=assignment.round, is_heading=False).prefetch_related(
        "indicators"
    ):
        answer = assignment.answers.filter(section=section).first()
        drafting.save_section(
            assignment,
            section,
            html=text,
            status=AnswerStatus.DONE,
            amounts=dict.fromkeys(section.indicators.all(), amount),
            seen_version=answer.version if answer else 0,
            actor=actor,
            now=now,
        )


def submit(world: World, code: str, when: str = "2025-10-10 15:00", **content: object) -> Submission:
    """Fill, hand to the approver and send."""
    assignment = world.assignment(code)
    fill(assignment, actor=world.reporters[code], now=at(when), **content)  # type: ignore[arg-type]
    submitting.request_approval(assignment, actor=world.reporters[code], now=at(when))
    return submitting.submit(assignment, actor=world.approvers[code], now=at(when))


def accept(world: World, code: str, when: str = "2025-10-12 10:00") -> Assignment:
    assignment = world.assignment(code)
    reviewing.accept(assignment, actor=world.reviewer, now=at(when))
    return assignment


def return_report(
    world: World, code: str, *, when: str = "2025-10-12 10:00", until: date = date(2025, 10, 24)
) -> Assignment:
    assignment = world.assignment(code)
    newest = reviewing.latest_submission(assignment)
    reviewing.add_comment(
        newest,
        newest.passages.first().section,
        text="Đề nghị nêu rõ số liệu và thời gian thực hiện.",
        actor=world.reviewer,
        now=at(when),
    )
    reviewing.return_to_unit(
        assignment,
        until=DateToKeep("on_or_before", until),
        note="Đề nghị bổ sung số liệu.",
        actor=world.reviewer,
        now=at(when),
    )
    return assignment


def paper(admin: User, **fields: object) -> Directive:
    """One more directive, e.g. `paper(admin, code="19-CT/TW", issued_on=date(2024, 5, 1))`."""
    spec = {"kind": "CT", "title": "Về một việc", "issuer": "Ban Bí thư", **fields}
    return register(PaperSpec(**spec), actor=admin, now=at("2025-01-10 08:00"))  # type: ignore[arg-type]


__all__ = [
    "TEXT",
    "VN",
    "World",
    "accept",
    "at",
    "fill",
    "make_round",
    "make_world",
    "paper",
    "person",
    "relate",
    "return_report",
    "submit",
]
