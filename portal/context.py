"""What the two shells need on every page: navigation, who is signed in, unread notices, the version."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from portal.vn_format import initials
from reporting import extension_requests
from reporting.models import Assignment, Channel, ExtensionRequest, Notice, Round
from reporting.queries import office_rounds
from reporting.states import State
from units.access import Standing
from units.models import Role, Unit

UNIT, OFFICE = "shell_unit.html", "shell_office.html"


@dataclass
class Item:
    label: str
    url: str
    icon: str = ""
    count: int | None = None
    tone: str = ""
    current: bool = False


@dataclass
class Section:
    label: str
    items: list[Item]


@dataclass
class Nav:
    home_url: str
    whoami: dict[str, str]
    unread: int
    notices_url: str
    items: list[Item] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    office_name: str = ""
    round: dict[str, str] | None = None
    calendar_url: str | None = None


def shell(request: HttpRequest) -> dict[str, Any]:
    """`shell` (template to extend), `nav` and `version`; nothing of a person for an anonymous visitor."""
    base = {"version": settings.VERSION, "shell": UNIT}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return base
    standing: Standing = request.standing  # type: ignore[attr-defined]
    at_office = standing.is_office or (user.is_admin and not standing.unit_ids)
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=list(standing.roles))}
    nav = Nav(
        home_url=reverse("home"),
        whoami=_whoami(standing, units),
        unread=_unread(standing),
        notices_url=reverse("reporting:notices"),
    )
    if at_office:
        _office_nav(nav, request, standing, units)
    else:
        nav.items = _unit_items(standing)
    _mark_current([*nav.items, *(item for section in nav.sections for item in section.items)], request.path)
    return {**base, "shell": OFFICE if at_office else UNIT, "nav": nav}


def _unread(standing: Standing) -> int:
    return Notice.objects.filter(
        recipient=standing.user, channel=Channel.IN_APP, read_at=None, sent_at__isnull=False
    ).count()


def _whoami(standing: Standing, units: dict[int, Unit]) -> dict[str, str]:
    user = standing.user
    title, subtitle = user.full_name, "Quản trị hệ thống" if user.is_admin else ""
    for unit_id, roles in standing.roles.items():
        title = units[unit_id].name
        subtitle = ", ".join(Role(role).label for role in sorted(roles))
        break
    return {"initials": initials(title), "title": title, "subtitle": subtitle, "url": reverse("account")}


def _unit_items(standing: Standing) -> list[Item]:
    items = [
        Item("Việc của đơn vị", reverse("reporting:home")),
        Item("Báo cáo đã nộp", reverse("reporting:sent")),
        Item("Văn bản chỉ đạo", reverse("directives:register")),
    ]
    if any(Role.APPROVER in roles for roles in standing.roles.values()):
        items.append(Item("Ủy quyền", reverse("units:delegations")))
    return [*items, Item("Trợ giúp", reverse("help"))]


def _office_nav(nav: Nav, request: HttpRequest, standing: Standing, units: dict[int, Unit]) -> None:
    offices = [units[pk].name for pk in standing.office_ids]
    nav.office_name = offices[0] if offices else "Quản trị"
    row = _round_of(request, standing)
    if row is not None:
        label = "Đợt đang mở" if row.is_open else "Đợt đang xem"
        nav.round = {"label": label, "name": row.name, "url": reverse("reporting:rounds")}
        nav.sections.append(Section("Đợt báo cáo", _round_items(row, standing)))
    if standing.unit_ids:
        nav.sections.append(
            Section("Đơn vị của tôi", [Item("Việc của đơn vị", reverse("reporting:home"), "pencil")])
        )
    nav.sections.append(Section("Danh mục", _register_items(standing)))


def _round_of(request: HttpRequest, standing: Standing) -> Round | None:
    match = request.resolver_match
    code = match.kwargs.get("code") if match and match.namespace == "reporting" else None
    rounds = office_rounds(standing)
    return (rounds.filter(code=code).first() if code else None) or rounds.first()


def _round_items(row: Round, standing: Standing) -> list[Item]:
    waiting = Assignment.objects.filter(round=row, state=State.SUBMITTED).count()
    asking = extension_requests.waiting(ExtensionRequest.objects.filter(assignment__round=row)).count()
    return [
        Item("Tổng quan", reverse("reporting:round", args=[row.code]), "grid-1x2"),
        Item("Tiếp nhận", reverse("reporting:queue", args=[row.code]), "inbox", waiting, "accent"),
        Item("Gia hạn", reverse("reporting:extensions", args=[row.code]), "clock-history", asking, "accent"),
        Item("Bàn tổng hợp", reverse("reporting:bench", args=[row.code]), "layout-split"),
        Item("Nhắc việc, đôn đốc", reverse("reporting:reminders", args=[row.code]), "bell"),
        Item("Công văn đôn đốc", reverse("reporting:letters", args=[row.code]), "envelope-paper"),
        Item("Báo cáo của Bộ", reverse("reporting:report", args=[row.code]), "file-earmark-text"),
    ]


def _register_items(standing: Standing) -> list[Item]:
    items = [
        Item("Đợt báo cáo", reverse("reporting:rounds"), "collection"),
        Item("Văn bản chỉ đạo", reverse("directives:register"), "journal-text"),
        Item("Đơn vị, đầu mối", reverse("units:units"), "building"),
    ]
    if standing.user.is_admin:
        items.insert(2, Item("Đọc văn bản mới", reverse("directives:readings"), "file-earmark-arrow-up"))
    if standing.user.is_admin:
        items.append(Item("Người dùng", reverse("units:people"), "people"))
    items.append(Item("Lịch làm việc", reverse("units:calendar"), "calendar3"))
    items.append(Item("Trợ giúp", reverse("help"), "info-circle-fill"))
    return items


def _mark_current(items: list[Item], path: str) -> None:
    """The item whose address is the longest beginning of this one."""
    fitting = [item for item in items if path.startswith(item.url) and item.url != "/"]
    if fitting:
        max(fitting, key=lambda item: len(item.url)).current = True
