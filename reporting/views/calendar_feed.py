"""The address for one's calendar program: made, renewed and revoked in the account; fetched without signing in."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from reporting import calendar_feed
from reporting.deadline_words import words_of
from reporting.models import CalendarFeed
from units.calendar import working_calendar


@require_safe
@login_not_required
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The person's deadlines of this moment. 404 for an address that is not, or no longer, anybody's."""
    now = timezone.now()
    found = calendar_feed.feed_of(token, now=now)
    if found is None:
        raise Http404
    response = HttpResponse(
        calendar_feed.calendar_of(found, now=now), content_type="text/calendar; charset=utf-8"
    )
    response["Cache-Control"] = "private, max-age=300"
    response["Content-Disposition"] = 'inline; filename="han-bao-cao.ics"'
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def settings_page(request: HttpRequest) -> HttpResponse:
    """Whether there is an address, since when and when it was last fetched."""
    return _page(request)


@require_POST
@never_cache
def make(request: HttpRequest) -> HttpResponse:
    """Make an address, or a new one in place of the old.

    Answers with the page itself instead of a redirect: the address is kept nowhere and shows this once.
    """
    alarm = request.POST.get("alarm") == "on"
    token = calendar_feed.make(request.user, alarm=alarm, now=timezone.now())  # type: ignore[arg-type]
    return _page(request, settings.SITE_URL + reverse("reporting:calendar_feed", args=[token]))


def _page(request: HttpRequest, address: str = "") -> HttpResponse:
    days, now = working_calendar(), timezone.now()
    context = {
        "feed": CalendarFeed.objects.filter(person=request.user).first(),  # type: ignore[misc]
        "address": address,
        "webcal": f"webcal:{address.partition(':')[2]}" if address else "",
        "entries": [
            (entry, words_of(entry.deadline, days, now))
            for entry in calendar_feed.entries(request.standing)  # type: ignore[attr-defined]
        ],
    }
    return render(request, "reporting/calendar_feed.html", context)


@require_POST
def revoke(request: HttpRequest) -> HttpResponse:
    """End the address."""
    if calendar_feed.revoke(request.user):  # type: ignore[arg-type]
        messages.success(request, "Đã thu hồi: địa chỉ lịch cũ không mở được nữa.")
    else:
        messages.info(request, "Bạn không có địa chỉ lịch nào để thu hồi.")
    return redirect("reporting:calendar_settings")
