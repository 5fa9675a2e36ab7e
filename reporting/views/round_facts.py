"""What a round is called and covers, put right; a round begun by mistake, dropped."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from reporting import round_facts as facts
from reporting.access import need_admin
from reporting.round_facts_form import RoundFactsForm
from reporting.states import RoundState
from reporting.views.rounds import round_to_keep
from reporting.views.verbs import by, done, taken


def round_facts(request: HttpRequest, code: str) -> HttpResponse:
    """Name, receiver and days, until the round closes."""
    row = round_to_keep(request, code)
    form = RoundFactsForm.of(row, request.POST if request.method == "POST" else None)
    valid = request.method == "POST" and form.is_valid()
    if valid and taken(form, lambda: facts.correct(row, form.facts, **by(request))):
        messages.success(request, "Đã lưu thông tin đợt.")
        return redirect("reporting:round_setup", row.code)
    context = {
        "round": row,
        "form": form,
        "may_drop": request.user.is_admin and row.state == RoundState.PREPARING,  # type: ignore[union-attr]
    }
    status = 422 if form.errors else 200
    return render(request, "reporting/round_setup_facts.html", context, status=status)


@require_POST
def drop_round(request: HttpRequest, code: str) -> HttpResponse:
    """Only a round that no unit has seen, and only when the box that says so is ticked."""
    row = round_to_keep(request, code)
    need_admin(request.standing)  # type: ignore[attr-defined]
    if "chac" not in request.POST:
        messages.error(request, "Đợt chưa bị bỏ. Hãy đánh dấu vào ô xác nhận rồi bấm lại.")
        return redirect("reporting:round_facts", row.code)
    if done(request, lambda: facts.drop(row, **by(request)), f"Đã bỏ đợt {row.name}."):
        return redirect("reporting:rounds")
    return redirect("reporting:round_setup", code)
