"""The office urges: who gets what tomorrow and why, the ladder of each date, the log of what was sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from directives.deadlines import ZONE
from reporting import ladder, readiness
from reporting import reminders as urging
from reporting.access import may_urge, need_role, office_round, unit_to_urge
from reporting.announcing import why_held
from reporting.deadline_words import DeadlineWords, words_of
from reporting.deadlines import current_deadlines
from reporting.decision_forms import HoldForm, HoldUnitForm
from reporting.documents.xlsx import Cell, SheetColumn, table_xlsx
from reporting.lifecycle import Refused
from reporting.mail import rule_text
from reporting.models import Assignment, Channel, Deadline, Notice, Round
from reporting.overview import listed
from reporting.reminder_rules import in_force
from reporting.reminders import Planned
from reporting.round_ladders import Ladders
from reporting.states import NOTICE_CHOICES, NOTICE_LABELS, NoticeState, RoundState, State
from units.access import Standing
from units.calendar import working_calendar
from units.models import Role, Unit, User
from units.text import fold
from units.workdays import WorkingCalendar

PAGE = 50
_TAGS = {
    NoticeState.PLANNED: ("hourglass-split", "warn"),
    NoticeState.CLAIMED: ("arrow-repeat", "progress"),
    NoticeState.SENT: ("envelope-check", "ok"),
    NoticeState.FAILED: ("envelope-x", "danger"),
    NoticeState.BOUNCED: ("envelope-x", "danger"),
    NoticeState.SKIPPED: ("slash-circle", ""),
}
"""Icon and colour of a row of the log."""


@dataclass
class Urged:
    """One unit of a line, and who there is told."""

    name: str
    code: str
    people: list[User]


@dataclass
class Line:
    """Everybody who hears of the same step of the same date."""

    step: ladder.Step
    deadline: Deadline
    words: DeadlineWords
    who: str
    why: str
    units: list[Urged]
    messages: int
    mails: int

    @property
    def is_over(self) -> bool:
        return ladder.is_after(self.step.rule)


_WHY = {
    Deadline.Purpose.SUBMISSION: "Nộp báo cáo",
    Deadline.Purpose.EXTENSION: "Nộp báo cáo theo hạn được gia",
    Deadline.Purpose.RETURN: "Bổ sung sau trả lại",
    Deadline.Purpose.DISPATCH: "Bộ gửi báo cáo",
}


def reminder_plan(request: HttpRequest, code: str) -> HttpResponse:
    """What goes out tomorrow, what the ladder holds next, what went out last."""
    row = office_round(request.standing, code)  # type: ignore[attr-defined]
    return _plan_page(request, row, HoldUnitForm(asked=_asked(row)))


def _plan_page(request: HttpRequest, row: Round, hold_form: HoldUnitForm, status: int = 200) -> HttpResponse:
    now = timezone.now()
    calendar = working_calendar()
    rules = in_force(row)
    latest = max((rule.at for rule in rules if rule.is_on), default=row.remind_at)
    tomorrow = datetime.combine(timezone.localdate(now) + timedelta(days=1), latest, ZONE)
    ready = readiness.look(row, now)
    ladders = Ladders.load(calendar, [row.pk])
    lines = _lines(urging.would_remind(tomorrow, row), calendar, tomorrow)
    deadlines = current_deadlines(row)
    return render(
        request,
        "reporting/reminder_plan.html",
        {
            "round": row,
            "now": now,
            "tomorrow": tomorrow,
            "lines": lines,
            "mails": sum(line.mails for line in lines),
            "unit_count": len({unit.code for line in lines for unit in line.units}),
            "next_step": _next_step(deadlines, ladders, tomorrow),
            "quiet": _quiet(row),
            "readiness": ready if ready.unready and readiness.is_time(row, now) else None,
            "without_approver": [trouble.assignment for trouble in ready.of("khong-duyet").troubles],
            "ladders": list(_ladders(deadlines, row, ladders, calendar, now)),
            "log": _log_rows(_log(row)[:8]),
            "may_lead": request.standing.has(row.owner_id, Role.LEAD),  # type: ignore[attr-defined]
            "may_hold": request.standing.has(row.owner_id, Role.REVIEWER, Role.LEAD),  # type: ignore[attr-defined]
            "late": listed(row, "qua-han", now).count(),
            "may_urge": may_urge(request.standing, row),  # type: ignore[attr-defined]
            "held": _held(row, now),
            "hold_form": hold_form,
            "reminds": row.state in (RoundState.OPEN, RoundState.CLOSED),
        },
        status=status,
    )


def _asked(row: Round) -> QuerySet[Unit]:
    """The units whose reminders may be held: those that owe something."""
    owing = Assignment.objects.filter(round=row).owing()
    return Unit.objects.filter(pk__in=owing.values("unit_id"))


def _held(row: Round, now: datetime) -> list[Unit]:
    today = timezone.localdate(now)
    return list(_asked(row).filter(reminders_held_until__gte=today))


def _lines(planned: list[Planned], calendar: WorkingCalendar, at: datetime) -> list[Line]:
    grouped: dict[tuple[Any, ...], list[Planned]] = defaultdict(list)
    for one in planned:
        # Own dates of several units (returns, extensions) that say the same stand in one line.
        same = one.deadline.pk if one.assignment is None else one.deadline.purpose
        group = one.assignment.group_id if one.assignment else None
        if one.event_id is not None:
            same = one.duty.kind
        grouped[one.step.at, one.step.rule, same, group, one.deadline.phrase].append(one)
    lines = [_line(rows, calendar, at) for rows in grouped.values()]
    return sorted(lines, key=lambda line: (line.step.at.time(), line.deadline.due_at, line.step.rule))


def _line(rows: list[Planned], calendar: WorkingCalendar, at: datetime) -> Line:
    first = rows[0]
    units: dict[str, Urged] = {}
    for one in rows:
        about = one.assignment.unit if one.assignment else one.unit
        name = one.assignment.unit_name if one.assignment else one.unit.name
        told = units.setdefault(about.code, Urged(name, about.code, []))
        if one.recipient not in told.people:
            told.people.append(one.recipient)
    if first.assignment is None:
        who = first.unit.name
    elif first.duty.kind == ladder.BACKLOG:
        who = f"{first.unit.name}: {len(units)} báo cáo của {first.assignment.group.name}"
    else:
        who = f"{len(units)} đơn vị: {first.assignment.group.name}"
    return Line(
        step=first.step,
        deadline=first.deadline,
        words=words_of(first.deadline, calendar, at),
        who=who,
        why=_WHY[Deadline.Purpose(first.deadline.purpose)]
        if first.event_id is None
        else ladder.KIND_LABELS[first.duty.kind],
        units=list(units.values()),
        messages=len(rows),
        mails=sum(1 for one in rows if one.channel == Channel.EMAIL),
    )


def _next_step(deadlines: list[Deadline], ladders: Ladders, after: datetime) -> ladder.Step | None:
    """The first step of the round's dates later than tomorrow's run."""
    coming = [step for deadline in deadlines for step in ladders.of(deadline) if step.at > after]
    return min(coming, key=lambda step: step.at, default=None)


def _quiet(row: Round) -> dict[str, int]:
    """Who is not reminded, and why: one query."""
    return Assignment.objects.filter(round=row).aggregate(
        sent=Count("pk", filter=Q(state__in=[State.SUBMITTED, State.ACCEPTED])),
        waived=Count("pk", filter=Q(state=State.WAIVED)),
    )


@dataclass(frozen=True)
class Rung:
    """A step of a date's ladder with what it brought: `state` is past, next or later."""

    step: ladder.Step
    sent: int
    state: str


@dataclass(frozen=True)
class Ladder:
    """One date of the round with its rungs; groups that share the date share the ladder."""

    title: str
    words: DeadlineWords
    rungs: list[Rung]
    query: str
    """Picks the date's messages in the log."""


def _ladders(
    deadlines: list[Deadline], row: Round, ladders: Ladders, calendar: WorkingCalendar, now: datetime
) -> Iterator[Ladder]:
    sent = urging.sent_per_step(deadlines)
    same_date: dict[tuple[Any, ...], list[Deadline]] = defaultdict(list)
    for deadline in deadlines:
        same_date[deadline.purpose, deadline.due_at, deadline.phrase].append(deadline)
    for dates in same_date.values():
        first = dates[0]
        rungs: list[Rung] = []
        for step in ladders.of(first):
            if row.opened_at is not None and step.at < row.opened_at:
                continue
            next_seen = any(rung.state == "next" for rung in rungs)
            state = "past" if step.at <= now else "later" if next_seen else "next"
            rungs.append(Rung(step, sum(sent.get((d.pk, step.rule), 0) for d in dates), state))
        yield Ladder(
            title=", ".join(d.group.name for d in dates if d.group) or "Bộ gửi báo cáo",
            words=words_of(first, calendar, now),
            rungs=rungs,
            query=urlencode([("han", d.pk) for d in dates]),
        )


# --- the log


@dataclass(frozen=True)
class LogRow:
    notice: Notice
    unit_name: str
    unit_code: str
    words: str
    icon: str
    tone: str


def _log(row: Round) -> QuerySet[Notice]:
    return (
        Notice.objects.filter(round=row)
        .select_related("assignment__unit", "recipient", "deadline", "round__owner", "asked_by")
        .annotate(moment=Coalesce("sent_at", "due_at"))
        .order_by("-moment", "-id")
    )


def _log_rows(notices: QuerySet[Notice]) -> list[LogRow]:
    rows = []
    for notice in notices:
        unit = notice.assignment.unit if notice.assignment else notice.round.owner
        icon, tone = _TAGS[NoticeState(notice.state)]
        name = notice.assignment.unit_name if notice.assignment else unit.name
        rows.append(
            LogRow(notice, name, unit.code if notice.assignment else "", rule_text(notice), icon, tone)
        )
    return rows


def _filtered_log(request: HttpRequest, row: Round) -> QuerySet[Notice]:
    """?tim=<words of the unit>&trang-thai=<state>&quy-tac=<rule>&gui-bang=<channel>&han=<deadline>."""
    found = _log(row)
    for word in fold(request.GET.get("tim", "")).split():
        of_unit = Q(assignment__unit__search_text__contains=word)
        found = found.filter(of_unit | Q(assignment=None, round__owner__search_text__contains=word))
    if state := request.GET.get("trang-thai"):
        found = found.filter(state=state)
    if rule := request.GET.get("quy-tac"):
        found = found.filter(rule=rule)
    if channel := request.GET.get("gui-bang"):
        found = found.filter(channel=channel)
    if dates := [int(pk[:18]) for pk in request.GET.getlist("han") if pk.isdecimal()]:
        found = found.filter(deadline_id__in=dates)
    return found


def notice_log(request: HttpRequest, code: str) -> HttpResponse:
    """Every message of the round: to whom, why, when, and what became of it."""
    row = office_round(request.standing, code)  # type: ignore[attr-defined]
    page = Paginator(_filtered_log(request, row), PAGE).get_page(request.GET.get("page"))
    counts = dict(
        Notice.objects.filter(round=row).order_by().values_list("state").annotate(count=Count("pk"))
    )
    return render(
        request,
        "reporting/reminder_log.html",
        {
            "round": row,
            "page": page,
            "rows": _log_rows(page.object_list),  # type: ignore[arg-type]
            "states": [(key, label, counts.get(key, 0)) for key, label in NOTICE_CHOICES if counts.get(key)],
            "rules": _rules(row),
            "channels": Channel.choices,
            "chosen": {
                "state": request.GET.get("trang-thai", ""),
                "rule": request.GET.get("quy-tac", ""),
                "channel": request.GET.get("gui-bang", ""),
                "dates": [pk for pk in request.GET.getlist("han") if pk.isdecimal()],
            },
            "total": sum(counts.values()),
            "may_act": request.standing.has(row.owner_id, Role.REVIEWER, Role.LEAD),  # type: ignore[attr-defined]
        },
    )


def _rules(row: Round) -> list[tuple[str, str]]:
    """The rules that occur in the round's log, in words."""
    seen = Notice.objects.filter(round=row).order_by().values_list("rule", "deadline").distinct()
    known = {rule: rule_text(Notice(rule=rule, deadline_id=deadline)) for rule, deadline in seen}
    return sorted(known.items(), key=lambda pair: (pair[0].partition("-")[0], _days(pair[0])))


def _days(rule: str) -> int:
    days = rule.partition("-")[2]
    return int(days) if days.isdecimal() else 0


_COLUMNS = [
    SheetColumn("Phải gửi lúc", 17),
    SheetColumn("Đơn vị", 42),
    SheetColumn("Người nhận", 30),
    SheetColumn("Địa chỉ", 32),
    SheetColumn("Gửi bằng", 18),
    SheetColumn("Vì sao", 24),
    SheetColumn("Thời hạn", 28),
    SheetColumn("Kết quả", 16),
    SheetColumn("Lúc gửi", 17),
    SheetColumn("Số lần thử", 10),
    SheetColumn("Ghi chú", 40),
]


def notice_log_xlsx(request: HttpRequest, code: str) -> HttpResponse:
    """The log as filtered, as a spreadsheet."""
    row = office_round(request.standing, code)  # type: ignore[attr-defined]
    rows: list[list[Cell]] = [
        [
            _moment(line.notice.due_at),
            line.unit_name,
            line.notice.recipient.full_name,
            line.notice.address,
            Channel(line.notice.channel).label,
            line.words,
            line.notice.deadline.phrase if line.notice.deadline else "",
            NOTICE_LABELS[line.notice.state],
            _moment(line.notice.sent_at),
            line.notice.attempts,
            line.notice.reason,
        ]
        for line in _log_rows(_filtered_log(request, row))
    ]
    response = HttpResponse(
        table_xlsx(f"{row.name}: sổ nhắc việc, thông báo", _COLUMNS, rows),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    response["Content-Disposition"] = f'attachment; filename="{row.code}-so-nhac-viec.xlsx"'
    return response


def _moment(instant: datetime | None) -> str:
    return f"{timezone.localtime(instant):%d/%m/%Y %H:%M}" if instant else ""


# --- the lead's switch


@require_POST
def pause(request: HttpRequest, code: str) -> HttpResponse:
    """The lead stops the round's reminders."""
    return _switch(
        request, code, urging.pause, "Đã tạm dừng nhắc việc của đợt. Thông báo sự việc vẫn được gửi."
    )


@require_POST
def resume(request: HttpRequest, code: str) -> HttpResponse:
    """The lead lets them go out again."""
    return _switch(request, code, urging.resume, "Nhắc việc của đợt chạy trở lại.")


def _switch(request: HttpRequest, code: str, verb: Any, said: str) -> HttpResponse:
    row = office_round(request.standing, code)  # type: ignore[attr-defined]
    need_role(request.standing, row.owner_id, Role.LEAD, who="lãnh đạo Văn phòng")  # type: ignore[attr-defined]
    try:
        verb(row, actor=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return redirect("reporting:reminders", row.code)


# --- one unit is not reminded for a while


@require_POST
def hold(request: HttpRequest, code: str) -> HttpResponse:
    """The office holds the reminders of one of the round's units, from the page of the round."""
    standing = request.standing  # type: ignore[attr-defined]
    row = office_round(standing, code)
    need_role(standing, row.owner_id, Role.REVIEWER, Role.LEAD, who="chuyên viên, lãnh đạo Văn phòng")
    form = HoldUnitForm(request.POST, asked=_asked(row))
    if form.is_valid() and _hold(request, form.cleaned_data["unit"], form):
        return redirect(reverse("reporting:reminders", args=[row.code]) + "#ngung")
    return _plan_page(request, row, form, status=422)


def unit_reminders(request: HttpRequest, unit_code: str) -> HttpResponse:
    """Whether a unit is reminded, why not, and the form that holds its reminders for a while."""
    unit = _unit_to_hold(request.standing, unit_code)  # type: ignore[attr-defined]
    now = {"until": unit.reminders_held_until, "reason": unit.reminders_held_because}
    return _unit_page(request, unit, HoldForm(initial=now if why_held(unit, timezone.now()) else None))


def _unit_page(request: HttpRequest, unit: Unit, form: HoldForm, status: int = 200) -> HttpResponse:
    context = {"unit": unit, "form": form, "held": why_held(unit, timezone.now())}
    return render(request, "reporting/reminder_unit.html", context, status=status)


@require_POST
def unit_hold(request: HttpRequest, unit_code: str) -> HttpResponse:
    """Hold the unit's reminders up to a day, with the reason."""
    unit = _unit_to_hold(request.standing, unit_code)  # type: ignore[attr-defined]
    form = HoldForm(request.POST)
    if form.is_valid() and _hold(request, unit, form):
        return redirect("reporting:unit_reminders", unit.code)
    return _unit_page(request, unit, form, status=422)


@require_POST
def unit_lift(request: HttpRequest, unit_code: str) -> HttpResponse:
    """Have the unit reminded again."""
    unit = _unit_to_hold(request.standing, unit_code)  # type: ignore[attr-defined]
    try:
        urging.lift_hold(unit, actor=request.user, now=timezone.now())  # type: ignore[arg-type]
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{unit.name} được nhắc trở lại từ bậc nhắc kế tiếp.")
    return redirect("reporting:unit_reminders", unit.code)


def _unit_to_hold(standing: Standing, code: str) -> Unit:
    unit = unit_to_urge(standing, code)
    if not urging.may_hold(unit, standing.user, timezone.now()):
        raise PermissionDenied("Việc này do chuyên viên, lãnh đạo Văn phòng hoặc quản trị hệ thống làm.")
    return unit


def _hold(request: HttpRequest, unit: Unit, form: HoldForm) -> bool:
    """Hold it; what is refused stands in the form."""
    try:
        urging.hold_unit(
            unit,
            until=form.cleaned_data["until"],
            reason=form.cleaned_data["reason"],
            actor=request.user,  # type: ignore[arg-type]
            now=timezone.now(),
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, f"{unit.name}: không nhắc đến hết {form.cleaned_data['until']:%d/%m/%Y}.")
    return True
