"""The page of a directive: what it is, where it hangs, who must act, what has been done about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from directives import paper_sheets, queries
from directives.history import history
from directives.models import Directive
from directives.validity import Validity, validity_on
from directives.views.rights import need_admin
from reporting import tracking
from reporting.directive_uses import uses
from reporting.documents.xlsx import Cell, SheetColumn, table_xlsx
from reporting.models import Round
from reporting.plan_outline import areas_of
from reporting.states import STATE_CHOICES
from reporting.views.spreadsheets import sheet_response
from units.access import Standing
from units.calendar import working_calendar
from units.models import UnitGroup

PAGE = 50
PLAN_KIND = "KH"


@require_safe
def directive(request: HttpRequest, pk: int) -> HttpResponse:
    """One directive at a glance; ?dot=<round> chooses whose units are listed, see `UnitFilter` for the rest.

    Everybody sees the paper, its lineage, who must act and the totals. Units are listed for the office that
    owns the round; other people find their own units there and nothing of any other.
    """
    standing: Standing = request.standing  # type: ignore[attr-defined]
    now = timezone.now()
    today = timezone.localdate(now)
    paper = get_object_or_404(Directive.objects.prefetch_related("files__uploaded_by"), pk=pk)
    validity = validity_on(paper, today)
    kin = queries.family(paper, today)
    lines = tracking.rounds_of(kin, standing)
    asked = tracking.UnitFilter.read(request.GET.dict())
    return render(
        request,
        "reporting/directive.html",
        {
            "directive": paper,
            "validity": validity,
            "history": history(paper),
            "kin": kin,
            "drawing": queries.draw(kin),
            "requirements": queries.requirement_lines(kin, working_calendar()),
            "areas": areas_of(paper) if paper.kind == PLAN_KIND else [],
            "lines": lines,
            "uses": uses(paper, lines, standing),
            "units": _units(request, standing, lines, asked),
            "asked": asked,
            "lists": tracking.LISTS.items(),
            "states": STATE_CHOICES,
            "is_admin": standing.user.is_admin,
            "to_round": _to_round(paper, validity) if standing.user.is_admin else None,
            "now": now,
        },
    )


@dataclass(frozen=True)
class _ToRound:
    """What an admin does next with a plan: open its round, or look after the one it has."""

    rounds: Sequence[Round]
    can_open: bool


def _to_round(paper: Directive, validity: Validity) -> _ToRound | None:
    """None for a paper that asks for no round: no plan, out of force, or nothing is asked of anybody."""
    if paper.kind != PLAN_KIND:
        return None
    rounds = list(paper.rounds.order_by("-year", "-pk"))
    in_force = validity.status not in (Directive.Status.REPLACED, Directive.Status.REPEALED)
    can_open = not rounds and in_force and paper.requirements.exists()
    return _ToRound(rounds, can_open) if rounds or can_open else None


@dataclass(frozen=True)
class _Units:
    """The table of units of the chosen round; `own` when it holds only the person's own units."""

    line: tracking.RoundLine
    page: Page[Any]
    rows: Sequence[tracking.UnitLine]
    groups: Sequence[UnitGroup]
    own: bool


def _units(
    request: HttpRequest,
    standing: Standing,
    lines: Sequence[tracking.RoundLine],
    asked: tracking.UnitFilter,
) -> _Units | None:
    """Of the round that was asked for, else the newest of the person's office, else the newest."""
    code = request.GET.get("dot", "")
    chosen = [line for line in lines if line.round.code == code]
    line = next(iter([*chosen, *(line for line in lines if line.at_office), *lines]), None)
    if line is None or not (line.at_office or standing.unit_ids):
        return None
    own = not line.at_office
    wanted = tracking.UnitFilter() if own else asked
    listed = tracking.units_of(line, wanted, timezone.now(), only=standing.unit_ids if own else None)
    page = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    groups = [] if own else tracking.groups_of(line.round)
    return _Units(line, page, tracking.unit_lines(line, shown), groups, own)


@require_safe
def directives_xlsx(request: HttpRequest) -> HttpResponse:
    """The register as it is filtered, as a spreadsheet."""
    today = timezone.localdate()
    asked = queries.RegisterFilter.read(request.GET.dict())
    columns = [
        SheetColumn("Số, ký hiệu", 20),
        SheetColumn("Loại", 16),
        SheetColumn("Ngày ban hành", 13),
        SheetColumn("Cơ quan ban hành", 26),
        SheetColumn("Trích yếu", 60),
        SheetColumn("Hiệu lực", 18),
        SheetColumn("Hiệu lực từ ngày", 13),
        SheetColumn("Theo văn bản", 24),
        SheetColumn("Có bản in ghi", 14),
        SheetColumn("Quan hệ", 40),
        SheetColumn("Đợt báo cáo", 8),
        SheetColumn("Tệp", 40),
    ]
    rows = [_cells(paper) for paper in queries.rows(queries.find(asked, today).keys, today)]
    return sheet_response(table_xlsx("Văn bản chỉ đạo", columns, rows), "van-ban-chi-dao.xlsx")


def _cells(paper: Directive) -> list[Cell]:
    relations = [f"{row.get_kind_display()} {row.to_directive.label}" for row in paper.relations_out.all()]
    validity: Validity = paper.validity  # type: ignore[attr-defined]
    return [
        paper.code,
        paper.kind_label,
        paper.issued_on,
        paper.issuer,
        paper.title,
        validity.label,
        validity.since,
        validity.by.label if validity.by else "",
        paper.printed_as,
        "; ".join(relations),
        paper.rounds_using,  # type: ignore[attr-defined]
        "; ".join(f"{file.name} (SHA-256 {file.sha256})" for file in paper.files.all()),
    ]


@require_safe
def import_template_xlsx(request: HttpRequest) -> HttpResponse:
    """The table an admin fills in to register many papers: its headings and nothing else.

    Here and not with the pages of the register, because only this app writes spreadsheets.
    """
    need_admin(request)
    columns = [SheetColumn(title, width) for title, width in paper_sheets.TEMPLATE]
    return sheet_response(table_xlsx("Văn bản cần đăng ký", columns, []), "mau-nhap-van-ban.xlsx")
