"""What a unit owes, drafts, sends and gets back."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def pending(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("pending")


urlpatterns = [
    path("viec/", pending, name="home"),
    path("viec/da-nop/", pending, name="sent"),
    path("viec/<int:pk>/", pending, name="assignment"),
    path("viec/<int:pk>/muc/<str:key>/", pending, name="section"),
    path("viec/<int:pk>/muc/<str:key>/tu-luu/", pending, name="section_autosave"),
    path("viec/<int:pk>/kiem-tra/", pending, name="check"),
    path("viec/<int:pk>/trinh/", pending, name="request_approval"),
    path("viec/<int:pk>/chuyen-lai/", pending, name="send_back"),
    path("viec/<int:pk>/nop/", pending, name="submit"),
    path("viec/<int:pk>/y-kien/<int:comment_pk>/", pending, name="reply"),
    path("viec/<int:pk>/tep/", pending, name="attachment_add"),
    path("viec/<int:pk>/tep/<int:file_pk>/", pending, name="attachment"),
    path("viec/<int:pk>/tep/<int:file_pk>/bo/", pending, name="attachment_remove"),
    path("viec/<int:pk>/ban-in/", pending, name="print"),
    path("phieu/<str:code>/", pending, name="receipt"),
    path("phieu/<str:code>/ban-nop.pdf", pending, name="submission_pdf"),
]
