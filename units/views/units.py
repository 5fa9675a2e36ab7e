"""The register of units: looking one up, and, for admins, keeping it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from units import queries, register
from units.forms import EndForm, GroupForm, UnitForm
from units.models import GroupMembership, Unit
from units.register import RegisterRefused
from units.views.rights import need_admin, person_of, standing_of, today

PAGE = 50


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """The list: ?tim=<words>&nhom=<group>&linh-vuc=<sector>&hieu-luc=<when>&chua-doi-chieu=1."""
    asked = queries.UnitFilter.read(request.GET.dict())
    on = today()
    page = Paginator(queries.find_units(asked, on), PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "units/unit_list.html",
        {
            "asked": asked,
            "page": page,
            "rows": page.object_list,
            "total": page.paginator.count,
            "groups": queries.groups(),
            "sectors": queries.sectors_in_use(),
            "in_time": queries.IN_TIME,
            "today": on,
            "sees_readiness": person_of(request).is_admin or standing_of(request).is_office,
        },
    )


@require_safe
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """What a unit is and was; its people only for those who may see them."""
    row = get_object_or_404(Unit.objects.select_related("parent"), code=code)
    on = today()
    facts = queries.unit_facts(row, standing_of(request), on)
    context = {"unit": row, "facts": facts, "today": on, "in_force": row.in_force(on)}
    return render(request, "units/unit.html", context)


def new(request: HttpRequest) -> HttpResponse:
    actor = need_admin(request)
    form = UnitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = register.create_unit(form.spec, actor=actor, now=timezone.now())
        except RegisterRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, f"Đã thêm {made.name}. Cấp vai trò cho người của đơn vị ở trang Người dùng."
            )
            return redirect(made)
    return render(request, "units/unit_new.html", {"form": form}, status=422 if form.errors else 200)


def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Columns, groups and the end of a unit, each with its own form."""
    actor = need_admin(request)
    row = get_object_or_404(Unit, code=code)
    form = UnitForm(request.POST or None, unit=row)
    if request.method != "POST" or not form.is_valid():
        return _edit_page(request, row, status=422 if form.errors else 200, form=form)
    try:
        register.change_unit(row, form.spec, actor=actor, now=timezone.now())
    except RegisterRefused as refusal:
        form.add_error(None, str(refusal))
        return _edit_page(request, get_object_or_404(Unit, code=code), status=422, form=form)
    messages.success(request, f"Đã lưu {row.name}.")
    return redirect(row)


def _edit_page(request: HttpRequest, row: Unit, *, status: int = 200, **forms: Any) -> HttpResponse:
    context = {
        "unit": row,
        "form": UnitForm(unit=row),
        "group_form": GroupForm(prefix="nhom"),
        "end_form": EndForm(prefix="het"),
        "memberships": row.group_memberships.select_related("group").order_by("group__position", "id"),
        "has_successor": row.successors.exists(),
        "today": today(),
        **forms,
    }
    return render(request, "units/unit_edit.html", context, status=status)


@require_POST
def end(request: HttpRequest, code: str) -> HttpResponse:
    """The unit does not exist any more from a day; to hand its duties on, use the page of succession."""
    actor = need_admin(request)
    row = get_object_or_404(Unit, code=code)
    form = EndForm(request.POST, prefix="het")
    if form.is_valid():
        data = form.cleaned_data
        try:
            register.end_unit(row, on=data["on"], because=data["because"], actor=actor, now=timezone.now())
        except RegisterRefused as refusal:
            form.add_error("on", str(refusal))
        else:
            messages.success(request, f"Đã ghi: {row.name} không còn từ ngày {row.valid_to:%d/%m/%Y}.")
            return redirect(row)
    return _edit_page(request, row, status=422, end_form=form)


@require_POST
def revive(request: HttpRequest, code: str) -> HttpResponse:
    actor = need_admin(request)
    row = get_object_or_404(Unit, code=code)
    try:
        register.revive_unit(row, actor=actor, now=timezone.now())
    except RegisterRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{row.name} lại có hiệu lực.")
    return redirect(row)


@require_POST
def group_add(request: HttpRequest, code: str) -> HttpResponse:
    actor = need_admin(request)
    row = get_object_or_404(Unit, code=code)
    form = GroupForm(request.POST, prefix="nhom")
    if form.is_valid():
        group, start = form.cleaned_data["group"], form.cleaned_data["valid_from"]
        try:
            register.join_group(row, group, actor=actor, now=timezone.now(), valid_from=start)
        except RegisterRefused as refusal:
            form.add_error("group", str(refusal))
        else:
            messages.success(request, f"Đã đưa vào nhóm {group}. Đợt đang mở không tự thêm đơn vị.")
            return redirect("units:edit", row.code)
    return _edit_page(request, row, status=422, group_form=form)


@require_POST
def group_end(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Out of the group from today; reports asked before stay asked."""
    actor = need_admin(request)
    row = get_object_or_404(GroupMembership.objects.select_related("group"), unit__code=code, pk=pk)
    register.leave_group(row, on=today(), actor=actor, now=timezone.now())
    messages.success(request, f"Đã đưa ra khỏi nhóm {row.group} từ hôm nay.")
    return redirect("units:edit", code)
