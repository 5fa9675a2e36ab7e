"""The list of rounds; preparing, opening and closing one; what a merge of units does to them."""

from django.urls import path

from reporting.views import handover, outline, round_facts, rounds

urlpatterns = [
    path("dot/", rounds.rounds, name="rounds"),
    path("dot/mo-moi/", rounds.new, name="round_new"),
    path("dot/<slug:code>/thiet-lap/", rounds.setup, name="round_setup"),
    path("dot/<slug:code>/thiet-lap/muc/<str:key>/", outline.section_edit, name="round_section"),
    path("dot/<slug:code>/thiet-lap/them-muc/", outline.section_new, name="round_section_new"),
    path("dot/<slug:code>/thiet-lap/muc/<str:key>/chuyen/", outline.section_move, name="round_section_move"),
    path("dot/<slug:code>/thiet-lap/muc/<str:key>/bo/", outline.section_remove, name="round_section_remove"),
    path(
        "dot/<slug:code>/thiet-lap/muc/<str:key>/them-chi-tieu/",
        outline.indicator_new,
        name="round_indicator_new",
    ),
    path("dot/<slug:code>/thiet-lap/chi-tieu/<slug:figure>/", outline.indicator_edit, name="round_indicator"),
    path(
        "dot/<slug:code>/thiet-lap/chi-tieu/<slug:figure>/bo/",
        outline.indicator_remove,
        name="round_indicator_remove",
    ),
    path("dot/<slug:code>/thiet-lap/thong-tin/", round_facts.round_facts, name="round_facts"),
    path("dot/<slug:code>/thiet-lap/bo-dot/", round_facts.drop_round, name="round_drop"),
    path("dot/<slug:code>/mo/", rounds.open_round, name="round_open"),
    path("dot/<slug:code>/khoa/", rounds.close_round, name="round_close"),
    path("dot/<slug:code>/mo-lai/", rounds.reopen_round, name="round_reopen"),
    path("dot/<slug:code>/thoi-han/<int:deadline_pk>/", rounds.deadline_change, name="deadline_change"),
    path("dot/<slug:code>/them-don-vi/", rounds.add_unit, name="round_add_unit"),
    path("don-vi/<slug:unit_code>/chuyen-tiep/", handover.handover, name="handover"),
]
