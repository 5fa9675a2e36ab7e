"""Merging units: a preview of what ends, who gets which role and which open duties move; then the deed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from reporting import handover as duties
from reporting.access import need_admin
from reporting.deadline_words import words_of
from reporting.lifecycle import Refused
from reporting.timeliness import kept_deadline
from reporting.unit_list_forms import HandoverForm
from units import succession
from units.calendar import working_calendar
from units.models import Succession, Unit, User
from units.register import RegisterRefused
from units.text import row_number


def handover(request: HttpRequest, unit_code: str) -> HttpResponse:
    """GET asks, and with ?successor=… shows the preview; POST does it, or hands over what is left."""
    standing = request.standing  # type: ignore[attr-defined]
    need_admin(standing)
    unit = get_object_or_404(Unit, code=unit_code)
    if request.method == "POST" and "con-lai" in request.POST:
        return _hand_over_rest(request, unit, standing.user)
    typed = request.POST if request.method == "POST" else request.GET if "successor" in request.GET else None
    form = HandoverForm(typed, predecessor=unit, initial={"effective_on": timezone.localdate()})
    plan = _plan(form) if form.is_bound and form.is_valid() else None
    if request.method == "POST" and plan is not None and _carry_out(form, plan, standing.user):
        messages.success(request, f"Đã ghi {plan.successor} kế thừa từ ngày {plan.effective_on:%d/%m/%Y}.")
        return redirect(plan.successor)
    context = {
        "unit": unit,
        "form": form,
        "plan": plan,
        "duties": _duties(plan.predecessors, plan.successor) if plan else [],
        "later": plan is not None and plan.effective_on > timezone.localdate(),
        "known": _known(unit),
    }
    return render(request, "reporting/handover.html", context, status=422 if form.errors else 200)


def _plan(form: HandoverForm) -> succession.SuccessionPlan:
    data = form.cleaned_data
    plan = succession.plan_now(
        form.predecessors,
        data["successor"],
        effective_on=data["effective_on"],
        legal_basis=data["legal_basis"],
    )
    for problem in plan.problems:
        form.add_error(None, problem)
    return plan


def _carry_out(form: HandoverForm, plan: succession.SuccessionPlan, actor: User) -> bool:
    now = timezone.now()
    try:
        with transaction.atomic():
            succession.apply(plan, actor=actor, now=now, with_people=form.cleaned_data["with_people"])
            if plan.effective_on <= timezone.localdate(now):
                for unit in plan.predecessors:
                    duties.hand_over(unit, plan.successor, actor=actor, now=now)
    except (RegisterRefused, Refused) as refusal:
        if str(refusal) not in form.non_field_errors():
            form.add_error(None, str(refusal))
        return False
    return True


def _duties(predecessors: tuple[Unit, ...], successor: Unit) -> list[dict[str, Any]]:
    """Lines of the preview, each with the date the unit keeps now."""
    now, calendar = timezone.now(), working_calendar()
    return [
        {"line": line, "words": words_of(kept_deadline(line.assignment), calendar, now)}
        for unit in predecessors
        for line in duties.plan(unit, successor).lines
    ]


def _known(unit: Unit) -> list[tuple[Succession, list[dict[str, Any]], bool]]:
    """Successions already recorded, what would still move, and whether the day has come."""
    today = timezone.localdate()
    found = []
    for row in unit.successors.select_related("successor"):
        left = [one for one in _duties((unit,), row.successor) if one["line"].goes]
        found.append((row, left, row.effective_on <= today))
    return found


def _hand_over_rest(request: HttpRequest, unit: Unit, actor: User) -> HttpResponse:
    row = get_object_or_404(
        unit.successors.select_related("successor"), pk=row_number(request.POST["con-lai"])
    )
    try:
        moved = duties.hand_over(unit, row.successor, actor=actor, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Đã chuyển giao {len(moved)} nhiệm vụ sang {row.successor}.")
    return redirect("reporting:handover", unit.code)
