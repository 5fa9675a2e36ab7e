"""A small site for test_look.py: the two shells with sample navigation, sign-in, help and broken views."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from portal.help import help_page

handler400 = "portal.errors.bad_request"
handler403 = "portal.errors.forbidden"
handler404 = "portal.errors.not_found"
handler429 = "portal.errors.too_many_requests"
handler500 = "portal.errors.server_error"


def shell(request: HttpRequest) -> dict[str, Any]:
    """Stands in for the real context processor, with everything the shells read."""
    office = request.GET.get("shell") == "office"
    whoami = {
        "initials": "YD",
        "title": "Cục Quản lý Y, Dược cổ truyền",
        "subtitle": "Chuyên viên",
        "url": "/tai-khoan/",
    }
    item = {
        "url": "/",
        "label": "Tiếp nhận",
        "icon": "inbox",
        "count": 1286,
        "tone": "accent",
        "current": True,
    }
    nav = SimpleNamespace(
        home_url="/",
        office_name="Văn phòng Bộ Y tế",
        round={"label": "Đợt đang mở", "name": "Công tác khoa giáo 2025", "url": "/"},
        sections=[
            {
                "label": "Đợt báo cáo",
                "items": [item, {**item, "label": "Bàn tổng hợp", "icon": "layout-split", "current": False}],
            }
        ],
        items=[
            {"label": "Việc của đơn vị", "url": "/", "current": True},
            {"label": "Báo cáo đã nộp", "url": "/x/", "current": False},
            {"label": "Văn bản chỉ đạo", "url": "/x/", "current": False},
            {"label": "Trợ giúp", "url": "/tro-giup/", "current": False},
        ],
        whoami=whoami,
        unread=2,
        notices_url="/thong-bao/",
        calendar_url="/han.ics",
    )
    return {"shell": "shell_office.html" if office else "shell_unit.html", "nav": nav, "version": "0.1.0"}


class SampleForm(forms.Form):
    name = forms.CharField(label="Họ và tên", help_text="Như trong quyết định.")
    email = forms.EmailField(label="Thư điện tử", required=False)
    kind = forms.ChoiceField(label="Loại", choices=[("a", "Một"), ("b", "Hai")])
    agree = forms.BooleanField(label="Đồng ý", required=False)
    pick = forms.ChoiceField(label="Chọn", choices=[("a", "Một"), ("b", "Hai")], widget=forms.RadioSelect)
    note = forms.CharField(label="Ghi chú", widget=forms.Textarea, required=False)


def sample(request: HttpRequest) -> HttpResponse:
    messages.success(request, "Đã đánh dấu hoàn thành mục 1.7.", extra_tags="undo:/hoan-tac/")
    messages.error(request, "Chưa lưu được.")
    form = SampleForm(request.POST or None)
    return render(request, "look_sample.html", {"form": form})


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("Chỉ lãnh đạo Văn phòng được gia hạn: bà Lê Thị Ánh, <b>ông Trần Văn Bình</b>.")


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("hỏng")


urlpatterns = [
    path("", sample, name="home"),
    path("tro-giup/", help_page, {"page": "index"}, name="help"),
    path("tro-giup/<slug:page>/", help_page, name="help_page"),
    path("cam/", forbidden),
    path("hong/", broken),
    path("", include("portal.accounts_urls")),
    path("", include("reporting.urls")),  # the account page leads there
]
