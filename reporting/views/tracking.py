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

from directives import queries
from directives.models import Directive
from reporting import tracking
from reporting.documents.xlsx import table_xlsx
from reporting.states import STATE_CHOICES
from units.access import Standing
from units.calendar import working_calendar
from units.models import UnitGroup

PAGE = 50
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def directive(request: HttpRequest, pk: int) -> HttpResponse:
    """One directive at a glance; ?dot=<round> chooses whose units are listed, see `UnitFilter` for the rest.

    Everybody sees the paper, its lineage, who must act and the totals. Units are listed for the office that
    owns the round; other people find their own units there and nothing of any other.
    """
    standing: Standing = request.standing  # type: ignore[attr-defined]
    found = Directive.objects.select_related("status_by").prefetch_related("files")
    paper = get_object_or_404(found, pk=pk)
    kin = queries.family(paper)
    lines = tracking.rounds_of(kin, standing)
    asked = tracking.UnitFilter.read(request.GET.dict())
    return render(
        request,
        "reporting/directive.html",
        {
            "directive": paper,
            "kin": kin,
            "drawing": queries.draw(kin),
            "requirements": queries.requirement_lines(kin, working_calendar()),
            "lines": lines,
            "units": _units(request, standing, lines, asked),
            "asked": asked,
            "lists": tracking.LISTS.items(),
            "states": STATE_CHOICES,
            "is_admin": standing.user.is_admin,
            "now": timezone.now(),
        },
    )


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
    asked = queries.RegisterFilter.read(request.GET.dict())
    columns = [
        "Số, ký hiệu",
        "Loại",
        "Ngày ban hành",
        "Cơ quan ban hành",
        "Trích yếu",
        "Hiệu lực",
        "Có bản in ghi",
        "Quan hệ",
        "Đợt báo cáo",
        "Tệp",
    ]
    rows = [_cells(paper) for paper in queries.rows(queries.find(asked).keys)]
    response = HttpResponse(table_xlsx("Văn bản chỉ đạo", columns, rows), content_type=_XLSX)
    response["Content-Disposition"] = 'attachment; filename="van-ban-chi-dao.xlsx"'
    return response


def _cells(paper: Directive) -> list[str | int]:
    relations = [f"{row.get_kind_display()} {row.to_directive.label}" for row in paper.relations_out.all()]
    return [
        paper.code,
        paper.kind_label,
        f"{paper.issued_on:%d/%m/%Y}" if paper.issued_on else "",
        paper.issuer,
        paper.title,
        paper.get_status_display(),
        paper.printed_as,
        "; ".join(relations),
        paper.rounds_using,  # type: ignore[attr-defined]
        "; ".join(f"{file.name} (SHA-256 {file.sha256})" for file in paper.files.all()),
    ]
