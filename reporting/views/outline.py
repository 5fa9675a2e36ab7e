"""Changing the outline of a round that is being prepared: sections, their order, the figures they ask."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from reporting import indicator_editing
from reporting import outline_editing as editing
from reporting.access import need_admin
from reporting.lifecycle import Refused
from reporting.models import Indicator, Round, Section
from reporting.outline_forms import IndicatorForm, NewSectionForm, SectionForm
from reporting.views.rounds import round_to_keep
from reporting.views.verbs import by, done, taken
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
    valid = request.method == "POST" and form.is_valid()
    if valid and taken(form, lambda: editing.revise_section(section, form.words, **by(request))):
        messages.success(request, f"Đã lưu mục {section.number}.")
        return _to_outline(section.round)
    context = {
        "round": section.round,
        "section": section,
        "form": form,
        "figures": list(section.indicators.all()),
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
                **by(request),
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
        editing.move_section(section, up="xuong" not in request.POST, **by(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return _to_outline(section.round)


@require_POST
def section_remove(request: HttpRequest, code: str, key: str) -> HttpResponse:
    section = _section_to_keep(request, code, key)
    said = f"Đã bỏ mục {section.number} {section.short_title}."
    done(request, lambda: editing.remove_section(section, **by(request)), said)
    return _to_outline(section.round)


# Figures -------------------------------------------------------------------------------------------------


def _to_section(section: Section) -> HttpResponse:
    return redirect(reverse("reporting:round_section", args=[section.round.code, section.key]) + "#chi-tieu")


def indicator_new(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """One more figure that the section asks."""
    section = _section_to_keep(request, code, key)
    form = IndicatorForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = indicator_editing.add_indicator(section, form.words, **by(request))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã thêm chỉ tiêu {made.name}.")
            return _to_section(section)
    return _indicator_page(request, section, form)


def _indicator_to_keep(request: HttpRequest, code: str, figure: str) -> Indicator:
    row = round_to_keep(request, code)
    need_admin(_standing(request))
    return get_object_or_404(
        Indicator.objects.select_related("round", "section__round"), round=row, code=figure
    )


def indicator_edit(request: HttpRequest, code: str, figure: str) -> HttpResponse:
    """What a figure is called and how it is counted, while the round is being prepared."""
    indicator = _indicator_to_keep(request, code, figure)
    form = IndicatorForm.of(indicator, request.POST if request.method == "POST" else None)
    valid = request.method == "POST" and form.is_valid()
    if valid and taken(
        form, lambda: indicator_editing.revise_indicator(indicator, form.words, **by(request))
    ):
        messages.success(request, f"Đã lưu chỉ tiêu {indicator.name}.")
        return _to_section(indicator.section)
    return _indicator_page(request, indicator.section, form, indicator)


def _indicator_page(
    request: HttpRequest, section: Section, form: IndicatorForm, indicator: Indicator | None = None
) -> HttpResponse:
    context = {"round": section.round, "section": section, "form": form, "indicator": indicator}
    status = 422 if form.errors else 200
    return render(request, "reporting/round_setup_indicator.html", context, status=status)


@require_POST
def indicator_remove(request: HttpRequest, code: str, figure: str) -> HttpResponse:
    indicator = _indicator_to_keep(request, code, figure)
    said = f"Đã bỏ chỉ tiêu {indicator.name}."
    done(request, lambda: indicator_editing.remove_indicator(indicator, **by(request)), said)
    return _to_section(indicator.section)
