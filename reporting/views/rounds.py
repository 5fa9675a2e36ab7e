"""Rounds from a plan to the day they close: the list, preparing one, opening it, keeping its dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from directives.models import Directive
from reporting import opening
from reporting.access import need_admin, round_at_office
from reporting.date_form import date_form_of, date_words, weekend_note
from reporting.deadline_words import DeadlineWords, words_of
from reporting.deadlines import DateToKeep, current_deadlines
from reporting.lifecycle import Refused
from reporting.models import Deadline, Round, Section
from reporting.round_form import RoundSetup
from reporting.states import OUT_OF_COUNT, RoundState, State
from reporting.unit_list_forms import AddUnitForm
from reporting.views.verbs import by, done, taken
from units.access import Standing
from units.calendar import loaded_years, working_calendar
from units.models import Membership, Role, Unit
from units.text import row_number
from units.workdays import WorkingCalendar

SHOWN_UNREADY = 12


def _standing(request: HttpRequest) -> Standing:
    return request.standing  # type: ignore[attr-defined]


@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """Every round of the person's offices; all of them for an admin; nobody else knows the page."""
    standing = _standing(request)
    if not (standing.is_office or standing.user.is_admin):
        raise Http404
    found = Round.objects.all()
    if not standing.user.is_admin:
        found = found.filter(owner_id__in=standing.office_ids)
    now, calendar = timezone.now(), working_calendar()
    lines = [_line(row, standing, calendar, now) for row in _with_counts(found)]
    return render(request, "reporting/round_list.html", {"lines": lines, "now": now})


def _with_counts(found: Any) -> Any:
    expected = ~Q(assignments__state__in=OUT_OF_COUNT)
    sent = Q(assignments__first_submitted_at__isnull=False)
    dates = Deadline.objects.filter(
        replaced_at=None, purpose__in=[Deadline.Purpose.SUBMISSION, Deadline.Purpose.DISPATCH]
    ).select_related("group")
    return (
        found.select_related("owner", "plan")
        .annotate(
            expected=Count("assignments", filter=expected),
            sent=Count("assignments", filter=expected & sent),
            accepted=Count("assignments", filter=Q(assignments__state=State.ACCEPTED)),
        )
        .prefetch_related(Prefetch("deadlines", queryset=dates, to_attr="dates"))
        .order_by("-year", "-pk")
    )


def _line(row: Any, standing: Standing, calendar: WorkingCalendar, now: datetime) -> dict[str, Any]:
    at_office = row.owner_id in standing.office_ids
    return {
        "round": row,
        "dates": [
            (_title(d), words_of(d, calendar, now, owed=row.is_open and now < d.due_at)) for d in row.dates
        ],
        "opens": at_office and row.state != RoundState.PREPARING,
        "keeps": standing.user.is_admin or standing.has(row.owner_id, Role.LEAD),
    }


def _title(deadline: Deadline) -> str:
    return deadline.group.name if deadline.group else "Bộ gửi báo cáo"


def new(request: HttpRequest) -> HttpResponse:
    """A round from a plan (?plan=<pk> fills groups and dates); "xem" shows the dates without saving."""
    standing = _standing(request)
    need_admin(standing)
    now = timezone.now()
    setup = RoundSetup(
        request.POST if request.method == "POST" else None,
        on=timezone.localdate(now),
        plan=_plan(request),
        calendar=working_calendar(),
    )
    status = 200
    if request.method == "POST":
        valid = setup.is_valid()
        if valid and "xem" not in request.POST:
            made = _prepare(setup, standing, now)
            if made is not None:
                messages.success(request, "Đã lưu đợt ở trạng thái đang chuẩn bị. Kiểm tra rồi mở đợt.")
                return redirect("reporting:round_setup", made.code)
        status = 200 if valid and not setup.main.errors else 422
    context = {"setup": setup, "form": setup.main, "failed": status != 200}
    return render(request, "reporting/round_new.html", context, status=status)


def _plan(request: HttpRequest) -> Directive | None:
    key = request.POST.get("plan", "") or request.GET.get("plan", "")
    return Directive.objects.filter(pk=row_number(key) or 0, kind="KH").first()


def _prepare(setup: RoundSetup, standing: Standing, now: datetime) -> Round | None:
    try:
        return opening.prepare_round(setup.round_plan, actor=standing.user, now=now)
    except Refused as refusal:
        setup.main.add_error(None, str(refusal))
        return None


# Set-up ------------------------------------------------------------------------------------------------


def round_to_keep(request: HttpRequest, code: str) -> Round:
    """The round for an admin or the lead of its office; its other staff are told who can, the rest get 404."""
    standing = _standing(request)
    row = round_at_office(standing, code)
    if not (standing.user.is_admin or standing.has(row.owner_id, Role.LEAD)):
        raise PermissionDenied(f"Việc này do quản trị hệ thống hoặc lãnh đạo {row.owner} làm.")
    return row


@dataclass(frozen=True)
class DateLine:
    """A current date on the check page."""

    deadline: Deadline
    title: str
    words: DeadlineWords
    units: int
    note: str


@require_safe
def setup(request: HttpRequest, code: str) -> HttpResponse:
    """Everything of the round on one page, to be checked before it opens and kept while it runs."""
    return _setup_page(request, round_to_keep(request, code))


def _setup_page(request: HttpRequest, row: Round, *, status: int = 200, **forms: Any) -> HttpResponse:
    standing, now, calendar = _standing(request), timezone.now(), working_calendar()
    today = timezone.localdate(now)
    units = _units_by_group(row, now)
    deadlines = current_deadlines(row)
    lines = [
        DateLine(d, _title(d), words_of(d, calendar, now), len(units.get(d.group_id, [])), _note(d, calendar))
        for d in deadlines
    ]
    sections = list(
        row.sections.select_related("parent")
        .prefetch_related("indicators", "directives")
        .order_by("position")
    )
    everybody = [unit for group_units in units.values() for unit in group_units]
    unready = _unready(everybody, today)
    context = {
        "round": row,
        "lines": lines,
        "sections": sections,
        "ends": _ends(sections),
        "answered": sum(1 for section in sections if not section.is_heading),
        "indicators": sum(len(section.indicators.all()) for section in sections),
        "total": len(everybody),
        "unready": unready,
        "unready_shown": unready[:SHOWN_UNREADY],
        "warnings": _warnings(deadlines, now),
        "add_form": AddUnitForm(round=row, on=today) if row.is_open else None,
        "events": row.events.select_related("actor").order_by("-at", "-pk"),
        "is_lead": standing.has(row.owner_id, Role.LEAD),
        "opens": row.owner_id in standing.office_ids and row.state != RoundState.PREPARING,
        **forms,
    }
    return render(request, "reporting/round_setup.html", context, status=status)


def _ends(sections: list[Section]) -> dict[str, set[int]]:
    """Those that cannot go up, and those that cannot go down, under their heading."""
    first: dict[int | None, int] = {}
    last: dict[int | None, int] = {}
    for section in sections:
        first.setdefault(section.parent_id, section.pk)
        last[section.parent_id] = section.pk
    return {"first": set(first.values()), "last": set(last.values())}


def _units_by_group(row: Round, now: datetime) -> dict[int | None, list[Unit]]:
    """Whom the round would ask today, or, once it is open, whom it asks; two or so queries a group."""
    if row.state == RoundState.PREPARING:
        asked = opening.asked_units(row, timezone.localdate(now))
        return {deadline.group_id: units for deadline, units in asked}
    found: dict[int | None, list[Unit]] = {}
    for assignment in row.assignments.expected().select_related("unit"):  # type: ignore[attr-defined]
        found.setdefault(assignment.group_id, []).append(assignment.unit)
    return found


def _unready(units: list[Unit], on: Any) -> list[tuple[Unit, str]]:
    """Units that nobody can draft or approve for, with what is missing; one query."""
    held = (
        Membership.objects.in_force(on)
        .filter(unit__in=units, user__is_active=True, role__in=[Role.REPORTER, Role.APPROVER])
        .values_list("unit_id", "role")
    )
    roles: dict[int, set[str]] = {}
    for unit_id, role in held:
        roles.setdefault(unit_id, set()).add(role)
    found = []
    for unit in units:
        has = roles.get(unit.pk, set())
        if not has:
            found.append((unit, "chưa có ai"))
        elif Role.APPROVER not in has:
            found.append((unit, "chưa có lãnh đạo duyệt"))
        elif Role.REPORTER not in has:
            found.append((unit, "chưa có người soạn, chỉ có lãnh đạo"))
    return sorted(found, key=lambda pair: (pair[1] != "chưa có ai", pair[0].sort_key))


def _note(deadline: Deadline, calendar: WorkingCalendar) -> str:
    until = DateToKeep(deadline.boundary, deadline.printed_date, deadline.printed_time, deadline.phrase)
    return weekend_note(until, calendar)


def _warnings(deadlines: list[Deadline], now: datetime) -> list[str]:
    """What looks wrong with the order of the dates."""
    found = [f"{_title(d)}: hạn {d.phrase} đã qua." for d in deadlines if d.due_at <= now]
    dispatch = next((d for d in deadlines if d.purpose == Deadline.Purpose.DISPATCH), None)
    for row in deadlines:
        if dispatch is not None and row is not dispatch and row.due_at >= dispatch.due_at:
            found.append(
                f"{_title(row)} nộp {row.phrase}, không trước hạn Bộ gửi ({dispatch.phrase}): "
                "Văn phòng không còn thời gian tổng hợp."
            )
    absent = sorted({d.printed_date.year for d in deadlines} - loaded_years())
    if absent:
        years = ", ".join(str(year) for year in absent)
        found.append(
            f"Lịch làm việc chưa có ngày nghỉ của năm {years}: ngày làm việc cuối và ngày nhắc có thể sai."
        )
    return found


@require_POST
def open_round(request: HttpRequest, code: str) -> HttpResponse:
    """From now on the units see the round and are reminded."""
    row = round_at_office(_standing(request), code)
    need_admin(_standing(request))
    try:
        count = opening.open_round(row, actor=_standing(request).user, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Đã mở đợt: {count} đơn vị nhận nhiệm vụ báo cáo.")
    return redirect("reporting:round_setup", row.code)


@require_POST
def close_round(request: HttpRequest, code: str) -> HttpResponse:
    """Nothing is taken in any more; the lead may open it again."""
    row = round_at_office(_standing(request), code)
    if not _standing(request).has(row.owner_id, Role.LEAD):
        raise PermissionDenied(f"Khóa sổ do lãnh đạo {row.owner} làm.")
    note = request.POST.get("note", "").strip()[:1000]
    said = "Đã khóa sổ đợt; không nhận thêm báo cáo."
    done(request, lambda: opening.close_round(row, note=note, **by(request)), said)
    return redirect("reporting:round_setup", row.code)


@require_POST
def reopen_round(request: HttpRequest, code: str) -> HttpResponse:
    row = round_at_office(_standing(request), code)
    if not _standing(request).has(row.owner_id, Role.LEAD):
        raise PermissionDenied(f"Mở lại đợt do lãnh đạo {row.owner} làm.")
    note = request.POST.get("note", "").strip()[:1000]
    done(request, lambda: opening.reopen_round(row, note=note, **by(request)), "Đã mở lại đợt.")
    return redirect("reporting:round_setup", row.code)


def deadline_change(request: HttpRequest, code: str, deadline_pk: int) -> HttpResponse:
    """Another date or boundary for a group or the dispatch; "xem" shows what follows without saving."""
    row = round_to_keep(request, code)
    current = row.deadlines.filter(
        purpose__in=[Deadline.Purpose.SUBMISSION, Deadline.Purpose.DISPATCH]
    ).select_related("group", "round__owner")
    deadline = get_object_or_404(current, pk=deadline_pk)
    calendar, now = working_calendar(), timezone.now()
    form = date_form_of(deadline, request.POST if request.method == "POST" else None)
    preview = None
    if request.method == "POST" and form.is_valid():
        if "xem" in request.POST:
            preview = date_words(form.date_to_keep, calendar)
        else:
            try:
                made = opening.change_date(
                    deadline, form.date_to_keep, actor=_standing(request).user, now=now
                )
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, f"Đã đổi thời hạn: {made.phrase}. Lời nhắc theo hạn cũ dừng lại.")
                return redirect("reporting:round_setup", row.code)
    context = {
        "round": row,
        "deadline": deadline,
        "title": _title(deadline),
        "words": words_of(deadline, calendar, now, owed=False),
        "form": form,
        "preview": preview,
        "note": weekend_note(form.date_to_keep, calendar) if preview else "",
        "versions": _versions(deadline),
    }
    status = 422 if form.errors else 200
    return render(request, "reporting/round_setup_date.html", context, status=status)


def _versions(deadline: Deadline) -> list[Deadline]:
    """Every version of the same date, newest first."""
    same = Deadline.objects.filter(round=deadline.round, purpose=deadline.purpose, group=deadline.group)
    return list(same.select_related("created_by").order_by(F("version").desc()))


@require_POST
def add_unit(request: HttpRequest, code: str) -> HttpResponse:
    """One more unit on the list of an open round, with the reason in the ledger."""
    row = round_to_keep(request, code)
    form = AddUnitForm(request.POST, round=row, on=timezone.localdate())
    if form.is_valid():
        data = form.cleaned_data
        if taken(
            form,
            lambda: opening.add_unit(row, data["unit"], data["group"], note=data["note"], **by(request)),
        ):
            messages.success(request, f"Đã thêm {data['unit']} vào đợt.")
            return redirect(reverse("reporting:round_setup", args=[row.code]) + "#so-dot")
    return _setup_page(request, row, status=422, add_form=form)
