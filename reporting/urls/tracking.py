"""Where a directive stands."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def pending(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("pending")


urlpatterns = [
    path("van-ban/<int:pk>/", pending, name="directive"),
]
