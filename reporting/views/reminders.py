"""The office urges: who gets what tomorrow and why, the ladder of each date, the log of what was sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from directives.deadlines import ZONE
from reporting import ladder, readiness
from reporting import reminders as urging
from reporting.access import may_urge, need_role, office_round, unit_to_hold
from reporting.announcing import why_held
from reporting.deadline_words import DeadlineWords, words_of
from reporting.deadlines import current_deadlines
from reporting.decision_forms import HoldForm, HoldUnitForm
from reporting.models import Assignment, Deadline, Round
from reporting.overview import listed
from reporting.reminder_lines import lines_of, mailed_by
from reporting.reminder_rules import in_force
from reporting.round_ladders import Ladders
from reporting.states import RoundState, State
from reporting.views.notice_log import log_of, log_rows
from reporting.views.verbs import by, done, taken
from units.calendar import working_calendar
from units.models import Role, Unit
from units.workdays import WorkingCalendar


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
    lines = lines_of(urging.would_remind(tomorrow, row), calendar, tomorrow)
    deadlines = current_deadlines(row)
    dates = list(_ladders(deadlines, row, ladders, calendar, now))
    return render(
        request,
        "reporting/reminder_plan.html",
        {
            "round": row,
            "now": now,
            "tomorrow": tomorrow,
            "lines": lines,
            "mails": len(mailed_by(lines)),
            "unit_count": len({unit.code for line in lines for unit in line.units}),
            "next_step": _next_step(deadlines, ladders, tomorrow),
            "quiet": _quiet(row),
            "readiness": ready if ready.unready and readiness.is_time(row, now) else None,
            "without_approver": [trouble.assignment for trouble in ready.of("khong-duyet").troubles],
            "ladders": dates,
            "own_hours": any(rung.own_hour for date in dates for rung in date.rungs),
            "log": log_rows(log_of(row)[:8]),
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
    """A step of a date's ladder with what it brought: `state` is past, next or later.

    `own_hour` is the time of day of a rule that does not keep the round's.
    """

    step: ladder.Step
    sent: int
    state: str
    own_hour: time | None


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
            hour = timezone.localtime(step.at).time()
            own_hour = hour if hour != row.remind_at else None
            rungs.append(Rung(step, sum(sent.get((d.pk, step.rule), 0) for d in dates), state, own_hour))
        yield Ladder(
            title=", ".join(d.group.name for d in dates if d.group) or "Bộ gửi báo cáo",
            words=words_of(first, calendar, now, owed=row.state != RoundState.ISSUED),
            rungs=rungs,
            query=urlencode([("han", d.pk) for d in dates]),
        )


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


def _switch(request: HttpRequest, code: str, verb: Callable[..., object], said: str) -> HttpResponse:
    row = office_round(request.standing, code)  # type: ignore[attr-defined]
    need_role(request.standing, row.owner_id, Role.LEAD, who="lãnh đạo Văn phòng")  # type: ignore[attr-defined]
    done(request, lambda: verb(row, **by(request)), said)
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
    unit = unit_to_hold(request.standing, unit_code, timezone.now())  # type: ignore[attr-defined]
    now = {"until": unit.reminders_held_until, "reason": unit.reminders_held_because}
    return _unit_page(request, unit, HoldForm(initial=now if why_held(unit, timezone.now()) else None))


def _unit_page(request: HttpRequest, unit: Unit, form: HoldForm, status: int = 200) -> HttpResponse:
    context = {"unit": unit, "form": form, "held": why_held(unit, timezone.now())}
    return render(request, "reporting/reminder_unit.html", context, status=status)


@require_POST
def unit_hold(request: HttpRequest, unit_code: str) -> HttpResponse:
    """Hold the unit's reminders up to a day, with the reason."""
    unit = unit_to_hold(request.standing, unit_code, timezone.now())  # type: ignore[attr-defined]
    form = HoldForm(request.POST)
    if form.is_valid() and _hold(request, unit, form):
        return redirect("reporting:unit_reminders", unit.code)
    return _unit_page(request, unit, form, status=422)


@require_POST
def unit_lift(request: HttpRequest, unit_code: str) -> HttpResponse:
    """Have the unit reminded again."""
    unit = unit_to_hold(request.standing, unit_code, timezone.now())  # type: ignore[attr-defined]
    said = f"{unit.name} được nhắc trở lại từ bậc nhắc kế tiếp."
    done(request, lambda: urging.lift_hold(unit, **by(request)), said)
    return redirect("reporting:unit_reminders", unit.code)


def _hold(request: HttpRequest, unit: Unit, form: HoldForm) -> bool:
    """Hold it; what is refused stands in the form."""
    data = form.cleaned_data
    if not taken(
        form, lambda: urging.hold_unit(unit, until=data["until"], reason=data["reason"], **by(request))
    ):
        return False
    messages.success(request, f"{unit.name}: không nhắc đến hết {data['until']:%d/%m/%Y}.")
    return True
