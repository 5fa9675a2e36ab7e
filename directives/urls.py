"""Pages of the register of directives. The page of one directive is `reporting:directive`."""

from django.urls import path

from directives import views

app_name = "directives"

urlpatterns = [
    path("van-ban/", views.register, name="register"),
    path("van-ban/moi/", views.new, name="new"),
    path("van-ban/<int:pk>/sua/", views.edit, name="edit"),
    path("van-ban/<int:pk>/hieu-luc/", views.status_change, name="status_change"),
    path("van-ban/<int:pk>/quan-he/", views.relation_add, name="relation_add"),
    path("van-ban/<int:pk>/quan-he/<int:relation_pk>/bo/", views.relation_remove, name="relation_remove"),
    path("van-ban/<int:pk>/yeu-cau/", views.requirement_add, name="requirement_add"),
    path(
        "van-ban/<int:pk>/yeu-cau/<int:requirement_pk>/bo/",
        views.requirement_remove,
        name="requirement_remove",
    ),
    path("van-ban/<int:pk>/tep/", views.file_add, name="file_add"),
    path("van-ban/<int:pk>/tep/<int:file_pk>/", views.file, name="file"),
    path("van-ban/<int:pk>/tep/<int:file_pk>/bo/", views.file_remove, name="file_remove"),
]
