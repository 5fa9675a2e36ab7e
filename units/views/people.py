"""People: who may sign in, what they do where; for admins only."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from allauth.account.forms import ResetPasswordForm
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from units import people as keeping
from units import queries
from units.forms import NewPersonForm, PersonForm, RoleForm
from units.invitations import send_invitation
from units.models import Membership, Role, User
from units.register import RegisterRefused
from units.views.rights import need_admin, person_of, today

PAGE = 50
log = logging.getLogger(__name__)


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """The list: ?tim=<words>&loc=<list>."""
    need_admin(request)
    words, which = request.GET.get("tim", "").strip(), request.GET.get("loc", "")
    which = which if which in dict(queries.PEOPLE_LISTS) else ""
    page = Paginator(queries.find_people(words, which, today()), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": page.object_list,
        "total": page.paginator.count,
        "words": words,
        "which": which,
        "lists": queries.PEOPLE_LISTS,
    }
    return render(request, "units/person_list.html", context)


def new(request: HttpRequest) -> HttpResponse:
    """Make an account with a first role, which the letter with the link to set a password tells."""
    actor = need_admin(request)
    now = timezone.now()
    form = NewPersonForm(request.POST or None, on=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        try:
            made = _register(form, actor, now)
        except RegisterRefused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            has_role = form.cleaned_data["unit"] is not None
            messages.success(request, f"Đã thêm {made}." + ("" if has_role else " Cấp vai trò ở dưới."))
            _send_link(request, made)
            return redirect("units:person", made.pk)
    return render(request, "units/person_new.html", {"form": form}, status=422 if form.errors else 200)


def _register(form: NewPersonForm, actor: User, now: datetime) -> User:
    data = dict(form.cleaned_data)
    unit, role = data.pop("unit"), data.pop("role")
    with transaction.atomic():
        made = keeping.register_person(**data, actor=actor, now=now)
        if unit is not None:
            keeping.grant(made, unit, Role(role), actor=actor, now=now)
    return made


def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: account and roles, each with its own form."""
    actor = need_admin(request)
    row = get_object_or_404(User, pk=pk)
    form = PersonForm(request.POST or None, person=row)
    if request.method != "POST" or not form.is_valid():
        return _page(request, row, status=422 if form.errors else 200, form=form)
    try:
        keeping.change_person(row, **form.cleaned_data, actor=actor, now=timezone.now())
    except RegisterRefused as refusal:
        form.add_error(refusal.field, str(refusal))
        return _page(request, get_object_or_404(User, pk=pk), status=422, form=form)
    messages.success(request, f"Đã lưu {row}.")
    return redirect("units:person", pk)


def _page(request: HttpRequest, row: User, *, status: int = 200, **forms: Any) -> HttpResponse:
    on = today()
    context = {
        "person": row,
        "form": PersonForm(person=row),
        "role_form": RoleForm(on=on, prefix="vt"),
        "roles": row.memberships.select_related("unit").order_by("unit__sort_key", "role", "id"),
        "today": on,
        **forms,
    }
    return render(request, "units/person.html", context, status=status)


@require_POST
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the link to set a password once more."""
    need_admin(request)
    row = get_object_or_404(User, pk=pk)
    if not row.is_active:
        messages.error(request, "Tài khoản đã khóa nên không gửi đường dẫn được. Hãy mở lại trước.")
    else:
        _send_link(request, row)
    return redirect("units:person", pk)


def _send_link(request: HttpRequest, row: User) -> None:
    """Mail a link to set the password, to one who has none yet an invitation.

    A mail that cannot go is said, the account stays.
    """
    try:
        if row.has_usable_password():
            _send_reset(request, row)
        else:
            send_invitation(row, actor=person_of(request), now=timezone.now())
    except Exception:  # whatever the mail server, its library or the address does, the account is made
        log.exception("the password link of user %s could not be sent", row.pk)
        messages.error(
            request,
            f"Chưa gửi được thư đặt mật khẩu tới {row.email}. Kiểm tra địa chỉ và máy chủ thư rồi bấm "
            "“Gửi đường dẫn đặt mật khẩu” ở trang này.",
        )
    else:
        messages.success(request, f"Đã gửi đường dẫn đặt mật khẩu tới {row.email}.")


def _send_reset(request: HttpRequest, row: User) -> None:
    form = ResetPasswordForm({"email": row.email})
    if not form.is_valid():
        raise ValueError(form.errors.as_text())
    form.save(request)


@require_POST
def deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    actor = need_admin(request)
    row = get_object_or_404(User, pk=pk)
    try:
        keeping.deactivate(row, actor=actor, now=timezone.now())
    except RegisterRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Đã khóa tài khoản của {row}; tên và việc đã làm giữ nguyên.")
    return redirect("units:person", pk)


@require_POST
def reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    actor = need_admin(request)
    row = get_object_or_404(User, pk=pk)
    keeping.reactivate(row, actor=actor, now=timezone.now())
    messages.success(request, f"{row} lại đăng nhập được.")
    return redirect("units:person", pk)


@require_POST
def bounced(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that mail to the person comes back."""
    actor = need_admin(request)
    row = get_object_or_404(User, pk=pk)
    because = request.POST.get("because", "")[:200]
    try:
        keeping.record_bounce(row, because=because, actor=actor, now=timezone.now())
    except RegisterRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Đã ghi thư tới {row.email} bị trả lại; cổng chỉ còn báo bằng chuông.")
    return redirect("units:person", pk)


@require_POST
def confirm_address(request: HttpRequest, pk: int) -> HttpResponse:
    """The address works: mail goes there again."""
    actor = need_admin(request)
    row = get_object_or_404(User, pk=pk)
    try:
        keeping.confirm_address(row, actor=actor, now=timezone.now())
    except RegisterRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Từ nay cổng lại gửi thư tới {row.email}.")
    return redirect("units:person", pk)


@require_POST
def role_grant(request: HttpRequest, pk: int) -> HttpResponse:
    actor = need_admin(request)
    row = get_object_or_404(User, pk=pk)
    form = RoleForm(request.POST, on=today(), prefix="vt")
    if form.is_valid():
        data = form.cleaned_data
        try:
            keeping.grant(
                row,
                data["unit"],
                Role(data["role"]),
                actor=actor,
                now=timezone.now(),
                valid_from=data["valid_from"],
                valid_to=data["valid_to"],
            )
        except RegisterRefused as refusal:
            form.add_error("role", str(refusal))
        else:
            messages.success(request, f"Đã cấp: {Role(data['role']).label}, {data['unit']}.")
            return redirect("units:person", pk)
    return _page(request, row, status=422, role_form=form)


@require_POST
def role_revoke(request: HttpRequest, pk: int, role_pk: int) -> HttpResponse:
    """The role ends today; the row stays as history."""
    actor = need_admin(request)
    held = get_object_or_404(Membership.objects.select_related("unit"), user__pk=pk, pk=role_pk)
    keeping.revoke(held, on=today(), actor=actor, now=timezone.now())
    messages.success(request, f"Đã thôi vai trò {held.get_role_display()} ở {held.unit} từ hôm nay.")
    return redirect("units:person", pk)
