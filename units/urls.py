"""Pages of units, people and the calendar."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

app_name = "units"


def pending(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("pending")


urlpatterns = [
    path("don-vi/", pending, name="units"),
    path("don-vi/moi/", pending, name="new"),
    path("don-vi/<slug:code>/", pending, name="unit"),
    path("don-vi/<slug:code>/sua/", pending, name="edit"),
    path("nguoi-dung/", pending, name="people"),
    path("lich/", pending, name="calendar"),
]
