"""Pages of the register of directives."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

app_name = "directives"


def pending(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("pending")


urlpatterns = [
    path("van-ban/", pending, name="register"),
    path("van-ban/moi/", pending, name="new"),
    path("van-ban/<int:pk>/sua/", pending, name="edit"),
]
