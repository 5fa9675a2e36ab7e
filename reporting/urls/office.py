"""The office looks at a round and decides."""

from django.urls import path

from reporting.views import extensions, overview, review

urlpatterns = [
    path("dot/<slug:code>/", overview.round_overview, name="round"),
    path("dot/<slug:code>/nhip-nop/", overview.pace_table, name="pace"),
    path("dot/<slug:code>/don-vi/", overview.units, name="units"),
    path("dot/<slug:code>/don-vi.xlsx", overview.units_xlsx, name="units_xlsx"),
    path("dot/<slug:code>/ma-tran/", overview.matrix, name="matrix"),
    path("dot/<slug:code>/tiep-nhan/", review.queue, name="queue"),
    path("dot/<slug:code>/don-vi/<slug:unit_code>/", review.review, name="review"),
    path("dot/<slug:code>/don-vi/<slug:unit_code>/y-kien/", review.comment_add, name="comment_add"),
    path(
        "dot/<slug:code>/don-vi/<slug:unit_code>/y-kien/<int:comment_pk>/bo/",
        review.comment_remove,
        name="comment_remove",
    ),
    path("dot/<slug:code>/don-vi/<slug:unit_code>/quyet-dinh/", review.decide, name="decide"),
    path("dot/<slug:code>/don-vi/<slug:unit_code>/mo-lai/", review.reopen, name="reopen"),
    path("dot/<slug:code>/don-vi/<slug:unit_code>/gia-han/", review.extend, name="extend"),
    path("dot/<slug:code>/don-vi/<slug:unit_code>/khong-gia-han/", review.decline, name="decline_extension"),
    path("dot/<slug:code>/gia-han/", extensions.extension_list, name="extensions"),
    path("dot/<slug:code>/gia-han.xlsx", extensions.extensions_xlsx, name="extensions_xlsx"),
    path("dot/<slug:code>/don-vi/<slug:unit_code>/doi-han/", review.move_date, name="move_date"),
    path("dot/<slug:code>/don-vi/<slug:unit_code>/mien/", review.waive, name="waive"),
    path("dot/<slug:code>/don-vi/<slug:unit_code>/bo-mien/", review.unwaive, name="unwaive"),
]
