"""The pages of rounds, one module a kind of page."""

from django.urls import URLPattern, URLResolver

from reporting.urls import bench, letters, notices, office, rounds, tracking, unit

app_name = "reporting"
urlpatterns: list[URLPattern | URLResolver] = [
    *unit.urlpatterns,
    *tracking.urlpatterns,
    *notices.urlpatterns,
    *letters.urlpatterns,
    *rounds.urlpatterns,
    *bench.urlpatterns,
    *office.urlpatterns,
]
