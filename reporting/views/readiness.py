"""Whether the units would manage to report, and the unit's one click that its people are still right."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from reporting import contact_requests
from reporting.access import contacts_page_of, office_round, round_at_office
from reporting.decision_forms import CorrectionForm
from reporting.documents.xlsx import Cell, SheetColumn, table_xlsx
from reporting.lifecycle import Refused
from reporting.readiness import Readiness, look
from reporting.views.spreadsheets import sheet_response
from units import contacts
from units.models import Role, Unit

# --- the office


@require_safe
def readiness(request: HttpRequest, code: str) -> HttpResponse:
    """Units by what stands in their way, with the page where it is mended."""
    row = round_at_office(request.standing, code)  # type: ignore[attr-defined]
    now = timezone.now()
    found = look(row, now)
    return render(
        request,
        "reporting/readiness.html",
        {
            "round": row,
            "now": now,
            "found": found,
            "asked": contact_requests.last_asked(row, now),
            "groups": [group for group in found.groups if group.troubles],
            "may_ask": row.is_open and request.standing.has(row.owner_id, Role.REVIEWER, Role.LEAD),  # type: ignore[attr-defined]
        },
    )


_COLUMNS = [
    SheetColumn("Vấn đề", 34),
    SheetColumn("Đơn vị", 42),
    SheetColumn("Nhóm", 30),
    SheetColumn("Người", 30),
    SheetColumn("Địa chỉ", 32),
    SheetColumn("Điện thoại", 18),
    SheetColumn("Đăng nhập gần nhất", 18),
    SheetColumn("Ghi chú", 50),
]


@require_safe
def readiness_xlsx(request: HttpRequest, code: str) -> HttpResponse:
    """The same as a spreadsheet: a line a problem, unit and person."""
    row = round_at_office(request.standing, code)  # type: ignore[attr-defined]
    return sheet_response(
        table_xlsx(f"{row.name}: kiểm tra sẵn sàng", _COLUMNS, _lines(look(row, timezone.now()))),
        f"{row.code}-san-sang.xlsx",
    )


def _lines(found: Readiness) -> list[list[Cell]]:
    lines: list[list[Cell]] = []
    for group in found.groups:
        for trouble in group.troubles:
            place: list[Cell] = [group.title, trouble.assignment.unit_name, trouble.assignment.group.name]
            if not trouble.people:
                lines.append([*place, "", "", "", "", trouble.note])
            lines += [
                [
                    *place,
                    str(user),
                    user.email,
                    user.phone,
                    user.last_login or "chưa lần nào",
                    trouble.note,
                ]
                for user in trouble.people
            ]
    return lines


@require_POST
def ask_units(request: HttpRequest, code: str) -> HttpResponse:
    """Ask every unit that has not confirmed its people."""
    row = office_round(request.standing, code)  # type: ignore[attr-defined]
    try:
        asked = contact_requests.ask_units(row, actor=request.user, now=timezone.now())  # type: ignore[arg-type]
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("reporting:readiness", code)
    words = "Không có đơn vị nào cần hỏi thêm."
    if asked.units:
        words = f"Đã đề nghị {asked.units} đơn vị xác nhận đầu mối."
    if asked.lately:
        words += f" {asked.lately} đơn vị vừa được hỏi trong {contact_requests.NOT_AGAIN_FOR.days} ngày qua nên không hỏi lại."
    messages.success(request, words)
    return redirect("reporting:readiness", code)


# --- the unit


@require_safe
def unit_contacts(request: HttpRequest, unit_code: str) -> HttpResponse:
    """Who stands for the unit; its people confirm or say what is wrong. Looking confirms nothing."""
    unit = contacts_page_of(request.standing, unit_code)  # type: ignore[attr-defined]
    return _page(request, unit, CorrectionForm())


def _page(request: HttpRequest, unit: Unit, form: CorrectionForm, *, status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "unit": unit,
        "contacts": contacts.contacts_of([unit], today)[unit.pk],
        "may_confirm": contacts.may_confirm(unit, request.user, today),  # type: ignore[arg-type]
        "form": form,
    }
    return render(request, "reporting/unit_contacts.html", context, status=status)


@require_POST
def confirm_contacts(request: HttpRequest, unit_code: str) -> HttpResponse:
    """The one click."""
    unit = contacts_page_of(request.standing, unit_code)  # type: ignore[attr-defined]
    seen = request.POST.get("seen", "")
    try:
        contacts.confirm(unit, seen=seen, actor=request.user, now=timezone.now())  # type: ignore[arg-type]
    except contacts.ContactRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"Đã xác nhận đầu mối của {unit.name} còn đúng. Cảm ơn đồng chí.")
    return redirect("reporting:contacts", unit.code)


@require_POST
def correct_contacts(request: HttpRequest, unit_code: str) -> HttpResponse:
    """What is not right any more, for the office and the admins."""
    unit = contacts_page_of(request.standing, unit_code)  # type: ignore[attr-defined]
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        return _page(request, unit, form, status=422)
    try:
        contact_requests.report_wrong(
            unit,
            seen=request.POST.get("seen", ""),
            text=form.cleaned_data["text"],
            actor=request.user,  # type: ignore[arg-type]
            now=timezone.now(),
        )
    except contacts.ContactRefused as refused:
        form.add_error("text", str(refused))
        return _page(request, unit, form, status=409)
    messages.success(request, "Đã báo Văn phòng và quản trị. Người và vai trò sẽ được sửa theo lời đơn vị.")
    return redirect("reporting:contacts", unit.code)
