"""What the office does with a mail of the log: send it again, note that it came back."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from reporting.access import need_role, office_round
from reporting.bounces import record_bounce
from reporting.models import Notice
from reporting.resending import resend
from reporting.views.verbs import by, done
from units.access import Standing
from units.models import Role

_WHO = "chuyên viên, lãnh đạo Văn phòng"


@require_POST
def send_again(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Send the mail of a row of the log once more."""
    notice = _row(request, code, pk)
    said = f"Đã xếp hàng gửi lại tới {notice.recipient.email}. Sổ có thêm một dòng mới."
    done(request, lambda: resend(notice, **by(request)), said)
    return _to_log(request, notice)


@require_POST
def came_back(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Note by hand that the mail of a row came back, with `because`."""
    notice = _row(request, code, pk)
    because = request.POST.get("because", "")[:300]
    said = f"Đã ghi thư tới {notice.address} bị trả lại; cổng không gửi thư tới địa chỉ này nữa."
    done(request, lambda: record_bounce(notice, because=because, **by(request)), said)
    return _to_log(request, notice)


def _row(request: HttpRequest, code: str, pk: int) -> Notice:
    standing: Standing = request.standing  # type: ignore[attr-defined]
    row = office_round(standing, code)
    need_role(standing, row.owner_id, Role.REVIEWER, Role.LEAD, who=_WHO)
    found = Notice.objects.filter(round=row).select_related("recipient", "round__owner", "deadline")
    return get_object_or_404(found, pk=pk)


def _to_log(request: HttpRequest, notice: Notice) -> HttpResponse:
    """Back to the log as it was filtered."""
    query = urlencode([(key, value) for key, values in request.GET.lists() for value in values])
    log = reverse("reporting:notice_log", args=[notice.round.code])
    return redirect(f"{log}?{query}" if query else log)
