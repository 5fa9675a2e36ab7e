"""What a unit owes, drafts, sends and gets back."""

from django.urls import path

from reporting.views import approval, attachments, checking, drafts, duties, extensions, receipts

urlpatterns = [
    path("viec/", duties.home, name="home"),
    path("viec/da-nop/", duties.sent, name="sent"),
    path("viec/<int:pk>/", drafts.assignment_page, name="assignment"),
    path("viec/<int:pk>/muc/<str:key>/", drafts.section_page, name="section"),
    path("viec/<int:pk>/muc/<str:key>/tu-luu/", drafts.section_autosave, name="section_autosave"),
    path("viec/<int:pk>/kiem-tra/", checking.check, name="check"),
    path("viec/<int:pk>/trinh/", approval.request_approval, name="request_approval"),
    path("viec/<int:pk>/chuyen-lai/", approval.send_back, name="send_back"),
    path("viec/<int:pk>/nop/", approval.submit, name="submit"),
    path("viec/<int:pk>/y-kien/<int:comment_pk>/", drafts.reply, name="reply"),
    path("viec/<int:pk>/tep/", attachments.attachment_add, name="attachment_add"),
    path("viec/<int:pk>/tep/<int:file_pk>/", attachments.attachment, name="attachment"),
    path("viec/<int:pk>/tep/<int:file_pk>/bo/", attachments.attachment_remove, name="attachment_remove"),
    path("viec/<int:pk>/gia-han/", extensions.ask, name="extension_ask"),
    path("viec/<int:pk>/gia-han/<int:request_pk>/rut/", extensions.withdraw, name="extension_withdraw"),
    path("viec/<int:pk>/ban-in/", drafts.print_page, name="print"),
    path("phieu/<str:code>/", receipts.receipt, name="receipt"),
    path("phieu/<str:code>/ban-nop.pdf", receipts.submission_pdf, name="submission_pdf"),
    path("phieu/<str:code>/ban-in/", receipts.submission_print, name="submission_print"),
    path("phieu/<str:code>/dung-ban-in/", receipts.submission_print_request, name="submission_print_request"),
]
