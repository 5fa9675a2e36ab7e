"""Where a directive stands."""

from django.urls import path

from reporting.views import tracking

urlpatterns = [
    path("van-ban/<int:pk>/", tracking.directive, name="directive"),
    path("van-ban/nhap/mau.xlsx", tracking.import_template_xlsx, name="import_template_xlsx"),
    path("van-ban.xlsx", tracking.directives_xlsx, name="directives_xlsx"),
]
