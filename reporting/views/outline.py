"""Changing the outline of a round that is being prepared: sections, their order, the figures they ask."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from reporting import outline_editing as editing
from reporting.access import need_admin
from reporting.lifecycle import Refused
from reporting.models import Round, Section
from reporting.outline_forms import NewSectionForm, SectionForm
from reporting.views.rounds import round_to_keep
from units.access import Standing


def _standing(request: HttpRequest) -> Standing:
    return request.standing  # type: ignore[attr-defined]


def _section_to_keep(request: HttpRequest, code: str, key: str) -> Section:
    row = round_to_keep(request, code)
    need_admin(_standing(request))
    return get_object_or_404(Section.objects.select_related("round", "parent"), round=row, key=key)


def _to_outline(row: Round) -> HttpResponse:
    return redirect(reverse("reporting:round_setup", args=[row.code]) + "#de-cuong")


def section_edit(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """The words of one section and the directives it is about, while the round is being prepared."""
    section = _section_to_keep(request, code, key)
    form = SectionForm.of(section, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            editing.revise_section(section, form.words, actor=_standing(request).user, now=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã lưu mục {section.number}.")
            return _to_outline(section.round)
    context = {
        "round": section.round,
        "section": section,
        "form": form,
        "figures": section.indicators.count(),
        "has_children": section.children.exists(),
    }
    status = 422 if form.errors else 200
    return render(request, "reporting/round_setup_section.html", context, status=status)


def section_new(request: HttpRequest, code: str) -> HttpResponse:
    """One more section, behind another or under a heading."""
    row = round_to_keep(request, code)
    need_admin(_standing(request))
    sections = list(row.sections.select_related("parent").order_by("position"))
    form = NewSectionForm(request.POST if request.method == "POST" else None, sections=sections)
    if request.method == "POST" and form.is_valid():
        try:
            made = editing.add_section(
                row,
                form.words,
                **form.where,
                is_heading=form.cleaned_data["is_heading"],
                actor=_standing(request).user,
                now=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã thêm mục {made.number}.")
            return _to_outline(row)
    context = {"round": row, "form": form}
    status = 422 if form.errors else 200
    return render(request, "reporting/round_setup_section_new.html", context, status=status)


@require_POST
def section_move(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """One place up, or down with `xuong` in the post."""
    section = _section_to_keep(request, code, key)
    try:
        editing.move_section(
            section, up="xuong" not in request.POST, actor=_standing(request).user, now=timezone.now()
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    return _to_outline(section.round)


@require_POST
def section_remove(request: HttpRequest, code: str, key: str) -> HttpResponse:
    section = _section_to_keep(request, code, key)
    try:
        editing.remove_section(section, actor=_standing(request).user, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Đã bỏ mục {section.number} {section.short_title}.")
    return _to_outline(section.round)
