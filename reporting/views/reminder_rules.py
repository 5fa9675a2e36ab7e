"""The rules of a round's reminders: what each gives for the round's dates, and the lead's changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from directives.boundaries import Boundary
from directives.deadlines import due_at, format_phrase, last_working_day
from reporting import ladder, reminder_rules
from reporting.access import need_role, round_at_office
from reporting.deadlines import current_deadlines
from reporting.documents.xlsx import Cell, SheetColumn, table_xlsx
from reporting.ladder import Rung
from reporting.models import Deadline, ReminderRule, Round
from reporting.rule_form import RuleForm, TimeOfDayForm, new_rule_form
from reporting.states import RoundState
from reporting.views.spreadsheets import sheet_response
from reporting.views.verbs import by, done, taken
from units.access import Standing
from units.calendar import working_calendar
from units.models import OFFICE_ROLES, Role
from units.workdays import WorkingCalendar, weekday_vi

EXAMPLE_DAYS = 10
"""How many working days from now the date of the example lies, where a kind has no date of the round."""


@dataclass(frozen=True)
class Fall:
    """When a rule falls due for one date; `why_not` says why nothing goes out then."""

    at: datetime
    why_not: str = ""


@dataclass(frozen=True)
class Column:
    """One date of the preview: how it is printed, what more is to be said, and when a rung of it falls."""

    title: str
    more: str
    when: Callable[[Rung], datetime]
    is_example: bool = False


@dataclass(frozen=True)
class Line:
    rule: ReminderRule
    told: list[str]
    falls: list[Fall]


@dataclass(frozen=True)
class Kind:
    """One kind of thing that is reminded of, with its rules against its dates."""

    code: str
    title: str
    words: str
    columns: list[Column]
    lines: list[Line]


_KIND_WORDS = {
    ladder.SUBMISSION: "Đơn vị chưa nộp được nhắc theo hạn của nhóm, hoặc theo hạn riêng khi được gia hạn.",
    ladder.RETURN: "Báo cáo bị trả lại được nhắc theo hạn bổ sung của chính nó.",
    ladder.APPROVAL: "Tính từ ngày chuyên viên trình; thôi nhắc khi lãnh đạo đơn vị nộp hoặc chuyển lại.",
    ladder.BACKLOG: "Tính từ ngày đơn vị nộp; thôi nhắc khi Văn phòng tiếp nhận hoặc trả lại.",
    ladder.DISPATCH: "Văn phòng được nhắc cho đến khi báo cáo của Bộ phát hành.",
}


@require_safe
def rules(request: HttpRequest, code: str) -> HttpResponse:
    """The rules by kind, each with the instants it gives for the dates of the round."""
    row = round_at_office(request.standing, code)  # type: ignore[attr-defined]
    return _page(request, row, new_rule_form(row), TimeOfDayForm(initial={"at": row.remind_at}, prefix="gio"))


def _page(
    request: HttpRequest, row: Round, add_form: RuleForm, time_form: TimeOfDayForm, status: int = 200
) -> HttpResponse:
    now = timezone.now()
    standing: Standing = request.standing  # type: ignore[attr-defined]
    kinds = _kinds(row, now)
    context = {
        "round": row,
        "kinds": kinds,
        "total": sum(1 for kind in kinds for line in kind.lines if line.rule.is_on),
        "add_form": add_form,
        "time_form": time_form,
        "may_change": standing.has(row.owner_id, Role.LEAD) and reminder_rules.may_change(row),
        "is_lead": standing.has(row.owner_id, Role.LEAD),
        "up": _up(row, standing),
        "log": row.events.filter(action=reminder_rules.RULE_EVENT)
        .select_related("actor")
        .order_by("-at", "-id")[:10],
    }
    return render(request, "reporting/reminder_rules.html", context, status=status)


def _up(row: Round, standing: Standing) -> tuple[str, str]:
    """Where the page hangs for this reader: address and label."""
    at_office = standing.has(row.owner_id, *OFFICE_ROLES)
    if at_office and row.state != RoundState.PREPARING:
        return reverse("reporting:reminders", args=[row.code]), "Nhắc việc, đôn đốc"
    if standing.user.is_admin or standing.has(row.owner_id, Role.LEAD):
        return reverse("reporting:round_setup", args=[row.code]), row.name
    return reverse("reporting:rounds"), "Đợt báo cáo"


# --- what the rules give


def _kinds(row: Round, now: datetime) -> list[Kind]:
    calendar = working_calendar()
    by_kind: dict[str, list[ReminderRule]] = defaultdict(list)
    for rule in reminder_rules.in_force(row):
        by_kind[rule.kind].append(rule)
    dates = current_deadlines(row)
    return [
        _kind(row, code, by_kind[code], _columns(code, dates, calendar, now), now)
        for code in ladder.KIND_LABELS
    ]


def _kind(row: Round, code: str, found: list[ReminderRule], columns: list[Column], now: datetime) -> Kind:
    falls = [_falls(row, found, column, now) for column in columns]
    lines = [
        Line(rule, reminder_rules.told_labels(rule.rung.told), [fall[rule.pk] for fall in falls])
        for rule in found
    ]
    return Kind(code, ladder.KIND_LABELS[code], _KIND_WORDS[code], columns, lines)


def _falls(row: Round, found: list[ReminderRule], column: Column, now: datetime) -> dict[int, Fall]:
    """When each rule falls due in the column; of several at one instant the last one speaks."""
    moments = {rule.pk: column.when(rule.rung) for rule in found}
    last = {moments[rule.pk]: rule.pk for rule in found if rule.is_on}
    return {
        rule.pk: Fall(moments[rule.pk], _why_not(row, rule, moments[rule.pk], last, column, now))
        for rule in found
    }


def _why_not(
    row: Round, rule: ReminderRule, moment: datetime, last: dict[datetime, int], column: Column, now: datetime
) -> str:
    if not rule.is_on:
        return ""
    if last.get(moment) != rule.pk:
        return "trùng bậc sau, chỉ gửi bậc sau"
    if column.is_example:
        return "đã qua khi trả lại hôm nay" if moment < now else ""
    if row.opened_at is not None and moment < row.opened_at:
        return "trước khi mở đợt"
    if moment < now:
        return "đã qua"
    return ""


def _columns(code: str, dates: list[Deadline], calendar: WorkingCalendar, now: datetime) -> list[Column]:
    today = timezone.localdate(now)
    if code in ladder.WAITING:
        return [_waiting_column(code, calendar, today)]
    if code == ladder.RETURN:
        return [_return_column(calendar, today)]
    same: dict[tuple[Any, ...], list[Deadline]] = defaultdict(list)
    for deadline in dates:
        if ladder.date_kind(deadline.purpose) == code:
            same[deadline.due_at, deadline.printed_date, deadline.phrase].append(deadline)
    return [_date_column(found, calendar) for found in same.values()]


def _date_column(found: list[Deadline], calendar: WorkingCalendar) -> Column:
    first = found[0]
    last = last_working_day(first.boundary, first.printed_date, calendar)
    more = f"ngày làm việc cuối: {_day(last)}" if last is not None else ""
    groups = ", ".join(deadline.group.name for deadline in found if deadline.group)
    return Column(
        first.phrase,
        "; ".join(filter(None, [more, groups])),
        lambda rung: ladder.instant(rung, first.printed_date, first.due_at, calendar),
    )


def _return_column(calendar: WorkingCalendar, today: date) -> Column:
    day = calendar.shift(today, EXAMPLE_DAYS)
    instant = due_at(Boundary.ON_OR_BEFORE, day)
    assert instant is not None
    return Column(
        f"Ví dụ: {format_phrase(Boundary.ON_OR_BEFORE, day)}",
        f"ngày làm việc cuối: {_day(day)}; thật thì theo hạn của từng báo cáo",
        lambda rung: ladder.instant(rung, day, instant, calendar),
        is_example=True,
    )


def _waiting_column(code: str, calendar: WorkingCalendar, today: date) -> Column:
    said = "trình" if code == ladder.APPROVAL else "nộp"
    return Column(
        f"Ví dụ: {said} hôm nay, {today:%d/%m/%Y}",
        f"thật thì tính từ ngày {said} của từng báo cáo",
        lambda rung: ladder.waiting_instant(rung, today, calendar),
        is_example=True,
    )


def _day(day: date) -> str:
    return f"{weekday_vi(day)} {day:%d/%m/%Y}"


_SHEET = [
    SheetColumn("Việc", 34),
    SheetColumn("Quy tắc", 34),
    SheetColumn("Giờ", 8),
    SheetColumn("Ai nhận", 46),
    SheetColumn("Đang dùng", 12),
    SheetColumn("Thời hạn", 40),
    SheetColumn("Rơi vào", 26),
    SheetColumn("Ghi chú", 32),
]


@require_safe
def rules_xlsx(request: HttpRequest, code: str) -> HttpResponse:
    """The rules and their instants as a spreadsheet, one row a rule and date."""
    row = round_at_office(request.standing, code)  # type: ignore[attr-defined]
    lines: list[list[Cell]] = [
        [
            kind.title,
            line.rule.rung.label,
            f"{line.rule.at:%H:%M}",
            ", ".join(line.told),
            "có" if line.rule.is_on else "tắt",
            column.title,
            f"{_day(timezone.localtime(fall.at).date())} {timezone.localtime(fall.at):%H:%M}",
            fall.why_not,
        ]
        for kind in _kinds(row, timezone.now())
        for line in kind.lines
        for column, fall in zip(kind.columns, line.falls, strict=True)
    ]
    return sheet_response(
        table_xlsx(f"{row.name}: quy tắc nhắc", _SHEET, lines), f"{row.code}-quy-tac-nhac.xlsx"
    )


# --- the lead's changes


def _round_to_change(request: HttpRequest, code: str) -> Round:
    standing: Standing = request.standing  # type: ignore[attr-defined]
    row = round_at_office(standing, code)
    need_role(standing, row.owner_id, Role.LEAD, who="lãnh đạo Văn phòng")
    return row


def _rule_to_change(request: HttpRequest, code: str, pk: int) -> ReminderRule:
    """A rule in force; one that somebody has changed since is another row, so the list is shown again."""
    row = _round_to_change(request, code)
    return get_object_or_404(ReminderRule.objects.select_related("round__owner"), round=row, pk=pk)


def _to_rules(row: Round) -> HttpResponse:
    return redirect("reporting:reminder_rules", row.code)


@require_POST
def rule_add(request: HttpRequest, code: str) -> HttpResponse:
    """One more rule."""
    row = _round_to_change(request, code)
    form = new_rule_form(row, request.POST)
    if form.is_valid() and taken(form, lambda: reminder_rules.add(row, form.rung, **by(request))):
        messages.success(request, f"Đã thêm quy tắc: {reminder_rules.words(form.rung)}.")
        return _to_rules(row)
    return _page(request, row, form, TimeOfDayForm(initial={"at": row.remind_at}, prefix="gio"), status=422)


def rule_edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Another day, time or audience for a rule."""
    rule = _rule_to_change(request, code, pk)
    if rule.ended_at is not None:
        messages.error(request, "Quy tắc này vừa được đổi hoặc đã bỏ. Hãy xem danh sách hiện nay.")
        return _to_rules(rule.round)
    rung = rule.rung
    initial = {"days": rung.days, "side": rung.side, "at": rung.at, "told": sorted(rung.told)}
    form = RuleForm(request.POST if request.method == "POST" else None, kind=rule.kind, initial=initial)
    valid = request.method == "POST" and form.is_valid()
    if valid and taken(form, lambda: reminder_rules.change(rule, form.rung, **by(request))):
        messages.success(request, f"Đã sửa quy tắc: {reminder_rules.words(form.rung)}.")
        return _to_rules(rule.round)
    context = {"round": rule.round, "rule": rule, "form": form, "words": _KIND_WORDS[rule.kind]}
    status = 422 if form.errors else 200
    return render(request, "reporting/reminder_rule.html", context, status=status)


@require_POST
def rule_switch(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Let a rule rest (`bat=0`), or speak again (`bat=1`)."""
    rule, on = _rule_to_change(request, code, pk), request.POST.get("bat") == "1"
    said = f"Đã {'bật' if on else 'tắt'} quy tắc: {rule.rung.label}."
    done(request, lambda: reminder_rules.switch(rule, on, **by(request)), said)
    return _to_rules(rule.round)


@require_POST
def rule_remove(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The round has the rule no more."""
    rule = _rule_to_change(request, code, pk)
    said = f"Đã bỏ quy tắc: {rule.rung.label}."
    done(request, lambda: reminder_rules.remove(rule, **by(request)), said)
    return _to_rules(rule.round)


@require_POST
def rules_time(request: HttpRequest, code: str) -> HttpResponse:
    """Another time of day for the round; rules with a time of their own keep it."""
    row = _round_to_change(request, code)
    form = TimeOfDayForm(request.POST, prefix="gio")
    if form.is_valid():
        at = form.cleaned_data["at"]
        if taken(form, lambda: reminder_rules.set_time(row, at, **by(request))):
            messages.success(request, f"Từ nay đợt nhắc lúc {at:%H:%M}.")
            return _to_rules(row)
    return _page(request, row, new_rule_form(row), form, status=422)
