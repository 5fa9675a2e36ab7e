"""The ministry's report: bench, print, signature, issue."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def pending(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("pending")


urlpatterns = [
    path("dot/<slug:code>/tong-hop/", pending, name="bench"),
    path("dot/<slug:code>/tong-hop/<str:key>/", pending, name="bench_section"),
    path("dot/<slug:code>/bao-cao/", pending, name="report"),
]
