"""Pages of the register of directives. The page of one directive is `reporting:directive`."""

from django.urls import path

from directives.views import files, importing, readings, register

app_name = "directives"

urlpatterns = [
    path("van-ban/", register.register, name="register"),
    path("van-ban/nhap/", importing.import_sheet, name="import_sheet"),
    path("van-ban/nhap/xac-nhan/", importing.import_confirm, name="import_confirm"),
    path("van-ban/moi/", register.new, name="new"),
    path("van-ban/doc/", readings.readings_list, name="readings"),
    path("van-ban/doc/<int:pk>/", readings.reading, name="reading"),
    path("van-ban/doc/<int:pk>/bo-chu/", readings.letters, name="reading_letters"),
    path("van-ban/doc/<int:pk>/noi-dung/", readings.give_text, name="reading_text"),
    path("van-ban/doc/<int:pk>/xac-nhan-het/", readings.confirm_all, name="reading_confirm_all"),
    path("van-ban/doc/<int:pk>/ghi/", readings.finish, name="reading_finish"),
    path("van-ban/doc/<int:pk>/dinh-kem/<int:directive_pk>/", readings.attach, name="reading_attach"),
    path("van-ban/doc/<int:pk>/bo/", readings.discard, name="reading_discard"),
    path("van-ban/doc/<int:pk>/tep/", readings.file, name="reading_file"),
    path("van-ban/doc/<int:pk>/<slug:key>/quyet/", readings.decide, name="reading_decide"),
    path("van-ban/doc/<int:pk>/<slug:key>/sua/", readings.correct, name="reading_correct"),
    path("van-ban/<int:pk>/sua/", register.edit, name="edit"),
    path("van-ban/<int:pk>/hieu-luc/", register.status_change, name="status_change"),
    path("van-ban/<int:pk>/hieu-luc/<int:change_pk>/bo/", register.status_withdraw, name="status_withdraw"),
    path("van-ban/<int:pk>/quan-he/", register.relation_add, name="relation_add"),
    path("van-ban/<int:pk>/quan-he/<int:relation_pk>/bo/", register.relation_remove, name="relation_remove"),
    path("van-ban/<int:pk>/yeu-cau/", register.requirement_add, name="requirement_add"),
    path(
        "van-ban/<int:pk>/yeu-cau/<int:requirement_pk>/bo/",
        register.requirement_remove,
        name="requirement_remove",
    ),
    path("van-ban/<int:pk>/tep/", register.file_add, name="file_add"),
    path("van-ban/<int:pk>/tep/<int:file_pk>/", register.file, name="file"),
    path("van-ban/<int:pk>/tep/<int:file_pk>/van-ban-chu/", files.file_text, name="file_text"),
    path("van-ban/<int:pk>/tep/<int:file_pk>/bo/", register.file_remove, name="file_remove"),
]
