"""Every address of the portal."""

from django.urls import include, path

from portal import errors, health, home
from portal import help as help_pages

urlpatterns = [
    path("", home.home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("tro-giup/", help_pages.help_page, {"page": "index"}, name="help"),
    path("tro-giup/<slug:page>/", help_pages.help_page, name="help_page"),
    path("", include("portal.accounts_urls")),
    path("", include("units.urls")),
    path("", include("directives.urls")),
    path("", include("reporting.urls")),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler429 = errors.too_many_requests
handler404 = errors.not_found
handler500 = errors.server_error
