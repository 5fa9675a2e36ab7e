"""The bell: what a person was told, newest first, unread before read."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from reporting.deadline_words import words_of
from reporting.mail import rule_text
from reporting.models import Channel, Notice
from reporting.states import URGED, Action
from units.access import Standing
from units.calendar import working_calendar
from units.models import OFFICE_ROLES, User

PAGE = 30


def _shown(user: User) -> QuerySet[Notice]:
    return Notice.objects.filter(recipient=user, channel=Channel.IN_APP, sent_at__isnull=False)


def notice_list(request: HttpRequest) -> HttpResponse:
    """The person's own notices; nobody sees another's."""
    found = (
        _shown(request.user)  # type: ignore[arg-type]
        .select_related("round", "assignment", "deadline")
        .annotate(is_read=Case(When(read_at=None, then=Value(0)), default=Value(1)))
        .order_by("is_read", "-sent_at", "-id")
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    calendar, now = working_calendar(), timezone.now()
    rows = [
        (
            notice,
            notice.subject or rule_text(notice),
            words_of(notice.deadline, calendar, now, owed=False) if notice.deadline else None,
        )
        for notice in page.object_list
    ]
    unread = _shown(request.user).filter(read_at=None).count()  # type: ignore[arg-type]
    return render(request, "reporting/notice_list.html", {"rows": rows, "page": page, "unread": unread})


@require_safe
@never_cache
def notice_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to what a notice speaks of; it counts as read once a person has followed the link.

    A link, so that it opens in another tab like any other; the one mark it leaves is the person's own and
    the same however often. What fetches ahead of the person leaves none.
    """
    notice = get_object_or_404(
        _shown(request.user).select_related("round", "assignment__unit", "event"),  # type: ignore[arg-type]
        pk=pk,
    )
    if _followed(request):
        Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=timezone.now())
    place = _subject_page(notice, request.standing)  # type: ignore[attr-defined]
    if place is None:
        messages.warning(request, "Bạn không còn được giao việc mà thông báo này nói tới.")
        return redirect("reporting:notices")
    return redirect(place)


def _followed(request: HttpRequest) -> bool:
    """Whether a person opens the page now, rather than a browser, a scanner or a script looking ahead."""
    ahead = any("prefetch" in request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz"))
    navigates = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    return request.method == "GET" and navigates and not ahead


def _subject_page(notice: Notice, standing: Standing) -> str | None:
    """Unit people land on their report, the office on its review; None for who may see neither."""
    assignment = notice.assignment
    if assignment is not None and notice.rule in (Action.ASK_CONTACTS, Action.CORRECT_CONTACTS):
        of_unit = assignment.unit_id in standing.unit_ids or standing.user.is_admin
        if of_unit or standing.has(notice.round.owner_id, *OFFICE_ROLES):
            return reverse("reporting:contacts", args=[assignment.unit.code])
        return None
    if assignment is not None and assignment.unit_id in standing.unit_ids:
        if notice.rule == URGED and notice.event is not None:
            return reverse("reporting:unit_letter", args=[assignment.pk, notice.event.urged_unit.letter_id])
        return assignment.get_absolute_url()
    if not standing.has(notice.round.owner_id, *OFFICE_ROLES):
        return None
    if assignment is None:
        return notice.round.get_absolute_url()
    return reverse("reporting:review", args=[notice.round.code, assignment.unit.code])


@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    """Mark everything read."""
    unread = _shown(request.user).filter(read_at=None)  # type: ignore[arg-type]
    count = unread.update(read_at=timezone.now())
    messages.success(
        request, f"Đã đánh dấu {count} thông báo là đã đọc." if count else "Không có thông báo mới."
    )
    return redirect("reporting:notices")
