"""The ministry's report: bench, print, signature, issue."""

from django.urls import path

from reporting.views import bench, report

BENCH = "dot/<slug:code>/tong-hop/"
SECTION = f"{BENCH}<str:key>/"
REPORT = "dot/<slug:code>/bao-cao/"

urlpatterns = [
    path(BENCH, bench.sections, name="bench"),
    path(f"{BENCH}so-lieu/<slug:indicator>/", bench.figure, name="figure"),
    path(SECTION, bench.section, name="bench_section"),
    path(f"{SECTION}lay/<int:pk>/", bench.take, name="bench_take"),
    path(f"{SECTION}lay-nhom/", bench.take_group, name="bench_take_group"),
    path(f"{SECTION}gop/<int:pk>/", bench.merge, name="bench_merge"),
    path(f"{SECTION}da-doc/<int:pk>/", bench.mark_read, name="bench_read"),
    path(f"{SECTION}chua-doc/<int:pk>/", bench.mark_unread, name="bench_unread"),
    path(f"{SECTION}da-doc-het/", bench.mark_all_read, name="bench_read_all"),
    path(f"{SECTION}viet/", bench.write, name="bench_write"),
    path(f"{SECTION}viet-so-lieu/", bench.write_figures, name="bench_write_figures"),
    path(f"{SECTION}doan/<int:pk>/luu/", bench.save, name="bench_save"),
    path(f"{SECTION}doan/<int:pk>/bo/", bench.remove, name="bench_remove"),
    path(f"{SECTION}doan/<int:pk>/khoi-phuc/", bench.restore, name="bench_restore"),
    path(f"{SECTION}doan/<int:pk>/len/", bench.move, {"up": True}, name="bench_up"),
    path(f"{SECTION}doan/<int:pk>/xuong/", bench.move, {"up": False}, name="bench_down"),
    path(f"{SECTION}doan/<int:pk>/so-lieu/", bench.renew_figures, name="bench_renew_figures"),
    path(f"{SECTION}nguon/<int:pk>/bo/", bench.drop_source, name="bench_drop_source"),
    path(f"{SECTION}nguon/<int:pk>/thay/<int:passage_pk>/", bench.renew_source, name="bench_renew_source"),
    path(REPORT, report.current, name="report"),
    path(f"{REPORT}lap/", report.start, name="report_start"),
    path(f"{REPORT}loi-van/", report.front, name="report_front"),
    path(f"{REPORT}lan/<int:number>/", report.version, name="report_version"),
    path(f"{REPORT}dung-ban-in/", report.request_print, name="report_print"),
    path(f"{REPORT}ban-in/<int:pk>/", report.job, name="report_job"),
    path(f"{REPORT}trinh-ky/", report.clear, name="report_clear"),
    path(f"{REPORT}rut-ve/", report.take_back, name="report_take_back"),
    path(f"{REPORT}ky/", report.sign, name="report_sign"),
    path(f"{REPORT}phat-hanh/", report.issue, name="report_issue"),
    path(f"{REPORT}dinh-chinh/", report.correct, name="report_correct"),
    path(f"{REPORT}tep/<int:pk>/", report.file, name="report_file"),
]
