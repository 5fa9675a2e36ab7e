"""Groups of units as plans name their addressees; for admins only."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from units import register
from units.forms import GroupNameForm
from units.models import UnitGroup, in_force_on
from units.register import RegisterRefused
from units.views.rights import need_admin, today


@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """The groups in the order in which rounds and lists show them, with how many units they hold today."""
    need_admin(request)
    return _page(request, GroupNameForm())


def _page(request: HttpRequest, form: GroupNameForm, *, status: int = 200) -> HttpResponse:
    on = today()
    inside = in_force_on(on, "memberships__") & in_force_on(on, "memberships__unit__")
    rows = UnitGroup.objects.annotate(
        units_now=Count("memberships__unit", filter=inside, distinct=True), units_ever=Count("memberships")
    )
    return render(request, "units/group_list.html", {"rows": rows, "form": form}, status=status)


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    actor = need_admin(request)
    form = GroupNameForm(request.POST)
    if form.is_valid():
        try:
            made = register.create_group(form.cleaned_data["name"], actor=actor, now=timezone.now())
        except RegisterRefused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, f"Đã thêm nhóm {made}. Đưa đơn vị vào nhóm ở trang sửa của đơn vị.")
            return redirect("units:groups")
    return _page(request, form, status=422)


def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name for a group; its code, its units and the rounds that asked it stay."""
    actor = need_admin(request)
    group = get_object_or_404(UnitGroup, pk=pk)
    heading = group.name
    form = GroupNameForm(request.POST or None, initial={"name": group.name})
    if request.method == "POST" and form.is_valid():
        try:
            register.rename_group(group, form.cleaned_data["name"], actor=actor, now=timezone.now())
        except RegisterRefused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, f"Đã lưu nhóm {group}.")
            return redirect("units:groups")
    context = {"form": form, "group": group, "heading": heading}
    return render(request, "units/group_rename.html", context, status=422 if form.errors else 200)


@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up, or down with `xuong` in the post."""
    actor = need_admin(request)
    group = get_object_or_404(UnitGroup, pk=pk)
    register.move_group(group, up="xuong" not in request.POST, actor=actor, now=timezone.now())
    return redirect("units:groups")


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away a group that nothing refers to."""
    actor = need_admin(request)
    group = get_object_or_404(UnitGroup, pk=pk)
    name = str(group)
    try:
        register.delete_group(group, actor=actor, now=timezone.now())
    except RegisterRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Đã xóa nhóm {name}.")
    return redirect("units:groups")
