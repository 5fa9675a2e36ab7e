"""How a person hears of things: at once or once a day; and the lead's word on whether that is offered."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from reporting import mail_choice
from reporting.access import need_role, office_round
from reporting.announcing import next_daily_mail
from reporting.views.verbs import by, done
from units.models import Role, User
from units.people import confirm_address
from units.register import RegisterRefused

DAILY, AT_ONCE = "daily", "at_once"


def choice(request: HttpRequest) -> HttpResponse:
    """What the person has chosen, where it counts, and another choice."""
    person = request.user
    assert isinstance(person, User)  # LoginRequiredMiddleware lets nobody else in
    now = timezone.now()
    rounds = mail_choice.rounds_that_offer_it(request.standing)  # type: ignore[attr-defined]
    problems = []
    if request.method == "POST":
        how = request.POST.get("how", "")
        if how in (DAILY, AT_ONCE):
            mail_choice.choose_daily(person, how == DAILY, now=now)
            said = "Từ nay tin về báo cáo được gộp" if person.daily_mail else "Từ nay mỗi tin được gửi ngay"
            messages.success(request, f"{said}.")
            return redirect("reporting:mail_choice")
        problems.append({"text": "Chọn một trong hai cách nhận thư.", "url": "#how-at-once"})
    context = {
        "person": person,
        "rounds": [(row, next_daily_mail(row, now)) for row in rounds],
        "problems": problems,
    }
    return render(request, "reporting/mail_choice.html", context, status=422 if problems else 200)


@require_POST
def works(request: HttpRequest) -> HttpResponse:
    """The person says that mail arrives at the address again."""
    person = request.user
    assert isinstance(person, User)
    try:
        confirm_address(person, actor=person, now=timezone.now())
    except RegisterRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Từ nay cổng lại gửi thư tới {person.email}.")
    return redirect("reporting:mail_choice")


@require_POST
def offer(request: HttpRequest, code: str) -> HttpResponse:
    """The lead offers the mail of the day in a round (`allowed` = 1), or takes it back."""
    standing = request.standing  # type: ignore[attr-defined]
    row = office_round(standing, code)
    need_role(standing, row.owner_id, Role.LEAD, who="lãnh đạo Văn phòng")
    allowed = request.POST.get("allowed") == "1"
    said = "Ai muốn thì chọn nhận thư gộp mỗi ngày được." if allowed else "Mỗi tin của đợt được gửi ngay."
    done(request, lambda: mail_choice.allow_daily(row, allowed, **by(request)), said)
    return redirect("reporting:reminders", row.code)
