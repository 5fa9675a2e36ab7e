"""The office looks at a round and decides."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def pending(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("pending")


urlpatterns = [
    path("dot/<slug:code>/", pending, name="round"),
    path("dot/<slug:code>/don-vi/", pending, name="units"),
    path("dot/<slug:code>/don-vi.xlsx", pending, name="units_xlsx"),
    path("dot/<slug:code>/ma-tran/", pending, name="matrix"),
    path("dot/<slug:code>/tiep-nhan/", pending, name="queue"),
    path("dot/<slug:code>/don-vi/<slug:unit_code>/", pending, name="review"),
]
