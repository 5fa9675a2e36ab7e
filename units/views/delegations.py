"""Delegations of approval (KT., TL., TUQ.): entered by the approver or by an admin."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from units import people, queries
from units.forms import DelegationForm
from units.models import Delegation, User
from units.register import RegisterRefused
from units.views.rights import person_of, standing_of, today


@require_safe
def delegations(request: HttpRequest) -> HttpResponse:
    """One's own, given and held; all of them for an admin."""
    return _page(request)


def _page(request: HttpRequest, *, status: int = 200, form: DelegationForm | None = None) -> HttpResponse:
    actor, on = person_of(request), today()
    form = form or DelegationForm(actor=actor, on=on)
    context: dict[str, Any] = {
        "form": form,
        "may_add": bool(form.approvals),
        "rows": queries.delegations_for(standing_of(request)),
        "today": on,
    }
    return render(request, "units/delegation_list.html", context, status=status)


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    actor = person_of(request)
    form = DelegationForm(request.POST, actor=actor, on=today())
    if not form.approvals:
        raise PermissionDenied("Ủy quyền do lãnh đạo duyệt của đơn vị hoặc quản trị hệ thống lập.")
    if form.is_valid():
        try:
            made = _delegate(form, actor)
        except RegisterRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã ghi ủy quyền cho {made.deputy} ở {made.unit}.")
            return redirect("units:delegations")
    return _page(request, status=422, form=form)


def _delegate(form: DelegationForm, actor: User) -> Delegation:
    data = form.cleaned_data
    return people.delegate(
        unit=form.approval.unit,
        principal=form.approval.user,
        deputy=data["deputy"],
        authority=data["authority"],
        valid_from=data["valid_from"],
        valid_to=data["valid_to"],
        reference=data["reference"],
        actor=actor,
        now=timezone.now(),
    )


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """From today on the deputy acts no more; whoever has nothing to do with it does not find it."""
    actor = person_of(request)
    rows = Delegation.objects.select_related("unit", "deputy")
    if not actor.is_admin:
        rows = rows.filter(Q(principal=actor) | Q(deputy=actor))
    row = get_object_or_404(rows, pk=pk)
    try:
        people.end_delegation(row, on=today(), actor=actor, now=timezone.now())
    except RegisterRefused as refusal:
        raise PermissionDenied(str(refusal)) from None
    messages.success(request, f"Đã kết thúc ủy quyền cho {row.deputy} từ hôm nay.")
    return redirect("units:delegations")
