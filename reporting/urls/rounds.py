"""The list of rounds; preparing, opening and closing one."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def pending(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("pending")


urlpatterns = [
    path("dot/", pending, name="rounds"),
    path("dot/mo-moi/", pending, name="round_new"),
    path("dot/<slug:code>/thiet-lap/", pending, name="round_setup"),
    path("dot/<slug:code>/mo/", pending, name="round_open"),
    path("dot/<slug:code>/khoa/", pending, name="round_close"),
    path("dot/<slug:code>/thoi-han/<int:deadline_pk>/", pending, name="deadline_change"),
    path("dot/<slug:code>/them-don-vi/", pending, name="round_add_unit"),
]
