"""The consolidation bench: units' passages on one side, the ministry's text on the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from reporting import bench, consolidation
from reporting.access import office_round
from reporting.lifecycle import Refused
from reporting.models import Indicator, Paragraph, Passage, Report, Round, Section, Source
from reporting.rollup import census, totals, units_behind
from reporting.states import ReportState
from units.text import row_number

PAGE = 40
FILTERS = {"chua-doc": "unread", "da-trich": "used", "da-doc": "read", "so-lieu": "figures"}
KEPT = ("loc", "q", "page", "chon")
"""What of the address is kept when a verb comes back to the page."""


@require_safe
def sections(request: HttpRequest, code: str) -> HttpResponse:
    """Every section with how much of it has been read, used and written."""
    row = office_round(request.standing, code)  # type: ignore[attr-defined]
    report = consolidation.current_report(row)
    seen = bench.coverage(report, row)
    written = _written(report)
    included, expected = bench.counts(row)
    rows = [
        {
            "section": section,
            "coverage": seen.get(section.pk, bench.Coverage()),
            "written": written.get(section.pk, 0),
        }
        for section in Section.objects.filter(round=row).order_by("position")
    ]
    return render(
        request,
        "reporting/bench_sections.html",
        {
            "round": row,
            "report": report,
            "rows": rows,
            "included": included,
            "expected": expected,
            "may_write": _may_write(request, row),
            "now": timezone.now(),
        },
    )


def _written(report: Report | None) -> dict[int, int]:
    counts: dict[int, int] = {}
    if report is not None:
        found = Paragraph.objects.filter(report=report, removed_at=None)
        for section_id in found.values_list("section_id", flat=True):
            counts[section_id] = counts.get(section_id, 0) + 1
    return counts


def _may_write(request: HttpRequest, row: Round) -> bool:
    return request.standing.has(row.owner_id, *consolidation.EDITORS)  # type: ignore[attr-defined]


@require_safe
def section(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """The bench of one section."""
    row = office_round(request.standing, code)  # type: ignore[attr-defined]
    return _page(request, row, _section(row, key))


def _section(row: Round, key: str) -> Section:
    return get_object_or_404(
        Section.objects.prefetch_related("directives"), round=row, key=key, is_heading=False
    )


def _page(
    request: HttpRequest, row: Round, place: Section, *, status: int = 200, **typed: Any
) -> HttpResponse:
    """`typed`: `editing` (paragraph id), `text`, `problem`, `conflict` of a save that was refused."""
    report = consolidation.current_report(row)
    page = bench.bench(report, row, place)
    outline = list(Section.objects.filter(round=row, is_heading=False).order_by("position"))
    at = [other.pk for other in outline].index(place.pk)
    wanted, words = request.GET.get("loc", ""), request.GET.get("q", "")
    cards = page.chosen(FILTERS.get(wanted, ""), words)
    table = totals(row)
    drafting = report is not None and report.state == ReportState.DRAFTING
    context = {
        "round": row,
        "report": report,
        "section": place,
        "bench": page,
        "outline": outline,
        "place": at + 1,
        "earlier": outline[at - 1] if at else None,
        "later": outline[at + 1] if at + 1 < len(outline) else None,
        "wanted": wanted,
        "words": words,
        "filters": _filters(page),
        "cards": Paginator(cards, PAGE).get_page(request.GET.get("page")),
        "figures": table.of_section(place),
        "old_figures": {
            p.paragraph.pk
            for p in page.paragraphs
            if consolidation.figures_are_old(p.paragraph, table, place)
        },
        "editable": drafting and _may_write(request, row),
        "chosen": _chosen(request, page),
        "editing": typed.get("editing", row_number(request.GET.get("sua", ""))),
        "adding": typed.get("adding", "them" in request.GET),
        "kept": _kept(request.GET),
        "now": timezone.now(),
        **typed,
    }
    return render(request, "reporting/bench_section.html", context, status=status)


def _filters(page: bench.Bench) -> list[dict[str, object]]:
    return [
        {"name": "", "label": "Tất cả", "count": len(page.cards)},
        {"name": "chua-doc", "label": "Chưa đọc", "count": page.count("unread")},
        {"name": "da-trich", "label": "Đã trích", "count": page.count("used")},
        {"name": "trung-y", "label": "Trùng ý", "count": len(page.alike)},
        {"name": "so-lieu", "label": "Có số liệu", "count": page.count("figures")},
        {"name": "thay-doi", "label": "Thay đổi", "count": len(page.changed)},
    ]


def _chosen(request: HttpRequest, page: bench.Bench) -> bench.MinistryParagraph | None:
    """The paragraph passages are merged into: the one chosen, else the last."""
    wanted = row_number(request.GET.get("chon", ""))
    named = next((p for p in page.paragraphs if p.paragraph.pk == wanted), None)
    return named or (page.paragraphs[-1] if page.paragraphs else None)


def _kept(values: QueryDict) -> str:
    query = QueryDict(mutable=True)
    for name in KEPT:
        if value := str(values.get(name, "")):
            query[name] = value[:200]
    return query.urlencode()


def _back(request: HttpRequest, code: str, key: str, anchor: str = "") -> HttpResponseRedirect:
    query = _kept(QueryDict(request.POST.get("kept", "")[:1000]))
    address = reverse("reporting:bench_section", args=[code, key])
    return redirect(f"{address}{'?' if query else ''}{query}{'#' if anchor else ''}{anchor}")


def _do(
    request: HttpRequest,
    code: str,
    key: str,
    verb: Callable[[Round, Section], tuple[str, str]],
    *,
    undo: Callable[[], str] | None = None,
) -> HttpResponseRedirect:
    """Carry a verb out and come back to its place; `verb` returns the anchor and what to say."""
    row = office_round(request.standing, code)  # type: ignore[attr-defined]
    place = _section(row, key)
    try:
        anchor, said = verb(row, place)
    except Refused as problem:
        messages.error(request, str(problem))
        return _back(request, code, key)
    if said:
        messages.success(request, said, extra_tags=f"undo:{undo()}" if undo else "")
    return _back(request, code, key, anchor)


def _report(row: Round) -> Report:
    found = consolidation.current_report(row)
    if found is None:
        raise Refused("Chưa lập báo cáo của Bộ cho đợt này. Hãy bấm “Lập báo cáo của Bộ” trước.")
    return found


def _passage(row: Round, pk: int) -> Passage:
    found = Passage.objects.select_related("submission__assignment__round", "submission__assignment__unit")
    return get_object_or_404(found, pk=pk, submission__assignment__round=row)


def _paragraph(row: Round, pk: int) -> Paragraph:
    found = Paragraph.objects.select_related("report__round", "section")
    return get_object_or_404(found, pk=pk, report__round=row)


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"actor": request.user, "now": timezone.now()}


@require_POST
def take(request: HttpRequest, code: str, key: str, pk: int) -> HttpResponse:
    """A new paragraph from one passage."""
    made: list[Paragraph] = []

    def verb(row: Round, place: Section) -> tuple[str, str]:
        passage = _passage(row, pk)
        made.append(consolidation.take(_report(row), passage, **_who(request)))
        return f"p-{pk}", f"Đã lấy đoạn của {passage.submission.assignment.unit.label}."

    return _do(
        request, code, key, verb, undo=lambda: reverse("reporting:bench_remove", args=[code, key, made[0].pk])
    )


@require_POST
def take_group(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """One paragraph from what several units say alike."""
    made: list[Paragraph] = []

    def verb(row: Round, place: Section) -> tuple[str, str]:
        wanted = [pk for text in request.POST.getlist("passage") if (pk := row_number(text))]
        passages = list(
            Passage.objects.filter(pk__in=wanted, section=place).order_by("submission_id", "position")
        )
        made.append(consolidation.take_group(_report(row), passages, **_who(request)))
        return f"d-{made[0].pk}", f"Đã lấy câu chung, {len(passages)} nguồn."

    return _do(
        request, code, key, verb, undo=lambda: reverse("reporting:bench_remove", args=[code, key, made[0].pk])
    )


@require_POST
def merge(request: HttpRequest, code: str, key: str, pk: int) -> HttpResponse:
    """Add a passage to the chosen paragraph."""

    def verb(row: Round, place: Section) -> tuple[str, str]:
        passage, target = (
            _passage(row, pk),
            _paragraph(row, row_number(request.POST.get("paragraph", "")) or 0),
        )
        consolidation.merge(passage, into=target, **_who(request))
        return f"p-{pk}", f"Đã gộp đoạn của {passage.submission.assignment.unit.label}."

    return _do(request, code, key, verb)


@require_POST
def mark_read(request: HttpRequest, code: str, key: str, pk: int) -> HttpResponse:
    def verb(row: Round, place: Section) -> tuple[str, str]:
        consolidation.mark_read(_passage(row, pk), **_who(request))
        return f"p-{pk}", ""

    return _do(request, code, key, verb)


@require_POST
def mark_unread(request: HttpRequest, code: str, key: str, pk: int) -> HttpResponse:
    def verb(row: Round, place: Section) -> tuple[str, str]:
        consolidation.mark_unread(_passage(row, pk), **_who(request))
        return f"p-{pk}", ""

    return _do(request, code, key, verb)


@require_POST
def mark_all_read(request: HttpRequest, code: str, key: str) -> HttpResponse:
    def verb(row: Round, place: Section) -> tuple[str, str]:
        count = consolidation.mark_section_read(row, place, **_who(request))
        return "", f"Đã đánh dấu {count} đoạn là đã đọc."

    return _do(request, code, key, verb)


@require_POST
def write(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """A paragraph in the office's own words; what was typed stays when it is refused."""
    row = office_round(request.standing, code)  # type: ignore[attr-defined]
    place, text = _section(row, key), request.POST.get("text", "")
    try:
        made = consolidation.write(_report(row), place, text, **_who(request))
    except Refused as problem:
        return _page(request, row, place, status=422, adding=True, text=text, problem=str(problem))
    messages.success(request, "Đã thêm đoạn.")
    return _back(request, code, key, f"d-{made.pk}")


@require_POST
def write_figures(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """A sentence from the summed figures."""

    def verb(row: Round, place: Section) -> tuple[str, str]:
        made = consolidation.write_figures(_report(row), place, **_who(request))
        return f"d-{made.pk}", "Đã viết câu từ số liệu tổng hợp."

    return _do(request, code, key, verb)


@require_POST
def save(request: HttpRequest, code: str, key: str, pk: int) -> HttpResponse:
    """Save a paragraph; a conflict shows both texts, a refusal keeps what was typed."""
    row = office_round(request.standing, code)  # type: ignore[attr-defined]
    place, paragraph, text = _section(row, key), _paragraph(row, pk), request.POST.get("text", "")
    seen = row_number(request.POST.get("version", "")) or 0
    try:
        consolidation.save_paragraph(paragraph, text, seen_version=seen, **_who(request))
    except consolidation.Conflict as conflict:
        return _page(
            request,
            row,
            place,
            status=409,
            editing=pk,
            text=conflict.mine,
            conflict=conflict,
            problem=str(conflict),
        )
    except Refused as problem:
        return _page(request, row, place, status=422, editing=pk, text=text, problem=str(problem))
    messages.success(request, "Đã lưu đoạn.")
    return _back(request, code, key, f"d-{pk}")


@require_POST
def remove(request: HttpRequest, code: str, key: str, pk: int) -> HttpResponse:
    def verb(row: Round, place: Section) -> tuple[str, str]:
        consolidation.remove_paragraph(_paragraph(row, pk), **_who(request))
        return "", "Đã bỏ đoạn."

    return _do(
        request, code, key, verb, undo=lambda: reverse("reporting:bench_restore", args=[code, key, pk])
    )


@require_POST
def restore(request: HttpRequest, code: str, key: str, pk: int) -> HttpResponse:
    def verb(row: Round, place: Section) -> tuple[str, str]:
        consolidation.restore(_paragraph(row, pk), **_who(request))
        return f"d-{pk}", "Đã khôi phục đoạn."

    return _do(request, code, key, verb)


@require_POST
def move(request: HttpRequest, code: str, key: str, pk: int, up: bool) -> HttpResponse:
    def verb(row: Round, place: Section) -> tuple[str, str]:
        consolidation.move(_paragraph(row, pk), up=up, **_who(request))
        return f"d-{pk}", ""

    return _do(request, code, key, verb)


@require_POST
def renew_figures(request: HttpRequest, code: str, key: str, pk: int) -> HttpResponse:
    """The figures of now in a paragraph's sentence of figures."""

    def verb(row: Round, place: Section) -> tuple[str, str]:
        consolidation.renew_figures(_paragraph(row, pk), **_who(request))
        return f"d-{pk}", "Đã viết lại câu số liệu."

    return _do(request, code, key, verb)


@require_POST
def drop_source(request: HttpRequest, code: str, key: str, pk: int) -> HttpResponse:
    def verb(row: Round, place: Section) -> tuple[str, str]:
        paragraph = consolidation.drop_source(_source(row, pk), **_who(request))
        return f"d-{paragraph.pk}", "Đã bỏ nguồn; lời văn của đoạn giữ nguyên."

    return _do(request, code, key, verb)


@require_POST
def renew_source(request: HttpRequest, code: str, key: str, pk: int, passage_pk: int) -> HttpResponse:
    def verb(row: Round, place: Section) -> tuple[str, str]:
        source = _source(row, pk)
        consolidation.renew_source(source, _passage(row, passage_pk), **_who(request))
        return f"d-{source.paragraph_id}", "Đã nối đoạn với bản nộp mới. Hãy xem lại lời văn của đoạn."

    return _do(request, code, key, verb)


def _source(row: Round, pk: int) -> Source:
    found = Source.objects.select_related("paragraph__report__round")
    return get_object_or_404(found, pk=pk, paragraph__report__round=row)


@require_safe
def figure(request: HttpRequest, code: str, indicator: str) -> HttpResponse:
    """A summed figure opened to its units."""
    row = office_round(request.standing, code)  # type: ignore[attr-defined]
    found = Indicator.objects.select_related("section").filter(round=row, code=indicator).first()
    if found is None:
        raise Http404
    taken = census(row)
    table = totals(row, taken)
    context = {
        "round": row,
        "indicator": found,
        "total": table.total(found),
        "groups": [(count, table.cell(found, count.group)) for count in table.groups],
        "rows": units_behind(row, found, taken),
        "missing": taken.missing,
        "taken": taken,
        "now": timezone.now(),
    }
    return render(request, "reporting/bench_figure.html", context)
