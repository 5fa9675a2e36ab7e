"""Notices, reminders and their log."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def pending(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("pending")


urlpatterns = [
    path("thong-bao/", pending, name="notices"),
    path("thong-bao/<int:pk>/", pending, name="notice_open"),
    path("thong-bao/da-doc/", pending, name="notices_read"),
    path("dot/<slug:code>/nhac-viec/", pending, name="reminders"),
    path("dot/<slug:code>/nhac-viec/so/", pending, name="notice_log"),
    path("dot/<slug:code>/nhac-viec/so.xlsx", pending, name="notice_log_xlsx"),
]
