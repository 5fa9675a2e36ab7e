"""What the office does with a mail of the log: send it again, note that it came back."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from reporting.access import need_role, office_round
from reporting.bounces import record_bounce
from reporting.lifecycle import Refused
from reporting.models import Notice
from reporting.resending import resend
from units.access import Standing
from units.models import Role

_WHO = "chuyên viên, lãnh đạo Văn phòng"


@require_POST
def send_again(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Send the mail of a row of the log once more."""
    standing: Standing = request.standing  # type: ignore[attr-defined]
    notice = _row(standing, code, pk)
    return _do(
        request,
        notice,
        lambda: resend(notice, actor=standing.user, now=timezone.now()),
        f"Đã xếp hàng gửi lại tới {notice.recipient.email}. Sổ có thêm một dòng mới.",
    )


@require_POST
def came_back(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Note by hand that the mail of a row came back, with `because`."""
    standing: Standing = request.standing  # type: ignore[attr-defined]
    notice = _row(standing, code, pk)
    because = request.POST.get("because", "")
    return _do(
        request,
        notice,
        lambda: record_bounce(notice, because=because[:300], actor=standing.user, now=timezone.now()),
        f"Đã ghi thư tới {notice.address} bị trả lại; cổng không gửi thư tới địa chỉ này nữa.",
    )


def _row(standing: Standing, code: str, pk: int) -> Notice:
    row = office_round(standing, code)
    need_role(standing, row.owner_id, Role.REVIEWER, Role.LEAD, who=_WHO)
    found = Notice.objects.filter(round=row).select_related("recipient", "round__owner", "deadline")
    return get_object_or_404(found, pk=pk)


def _do(request: HttpRequest, notice: Notice, verb: Callable[[], object], said: str) -> HttpResponse:
    """Do it and go back to the log as it was filtered."""
    try:
        verb()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    query = urlencode([(key, value) for key, values in request.GET.lists() for value in values])
    log = reverse("reporting:notice_log", args=[notice.round.code])
    return redirect(f"{log}?{query}" if query else log)
