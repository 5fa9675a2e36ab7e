"""Notices, reminders and their log."""

from django.urls import path

from reporting.views import (
    calendar_feed,
    mail_choice,
    notices,
    readiness,
    redelivery,
    reminder_rules,
    reminders,
)

urlpatterns = [
    path("dot/<slug:code>/san-sang/", readiness.readiness, name="readiness"),
    path("dot/<slug:code>/san-sang.xlsx", readiness.readiness_xlsx, name="readiness_xlsx"),
    path("dot/<slug:code>/san-sang/hoi/", readiness.ask_units, name="ask_contacts"),
    path("don-vi/<slug:unit_code>/dau-moi/", readiness.unit_contacts, name="contacts"),
    path("don-vi/<slug:unit_code>/dau-moi/xac-nhan/", readiness.confirm_contacts, name="contacts_confirm"),
    path("don-vi/<slug:unit_code>/dau-moi/bao-sai/", readiness.correct_contacts, name="contacts_wrong"),
    path("lich/<str:token>.ics", calendar_feed.feed, name="calendar_feed"),
    path("tai-khoan/lich/", calendar_feed.settings_page, name="calendar_settings"),
    path("tai-khoan/lich/tao/", calendar_feed.make, name="calendar_make"),
    path("tai-khoan/lich/thu-hoi/", calendar_feed.revoke, name="calendar_revoke"),
    path("thong-bao/", notices.notice_list, name="notices"),
    path("thong-bao/<int:pk>/", notices.notice_open, name="notice_open"),
    path("thong-bao/da-doc/", notices.notices_read, name="notices_read"),
    path("thong-bao/cach-nhan/", mail_choice.choice, name="mail_choice"),
    path("thong-bao/cach-nhan/dia-chi/", mail_choice.works, name="mail_works"),
    path("dot/<slug:code>/nhac-viec/", reminders.reminder_plan, name="reminders"),
    path("dot/<slug:code>/nhac-viec/tam-dung/", reminders.pause, name="reminders_pause"),
    path("dot/<slug:code>/nhac-viec/tiep-tuc/", reminders.resume, name="reminders_resume"),
    path("dot/<slug:code>/nhac-viec/ngung/", reminders.hold, name="reminders_hold"),
    path("dot/<slug:code>/nhac-viec/quy-tac/", reminder_rules.rules, name="reminder_rules"),
    path("dot/<slug:code>/nhac-viec/quy-tac.xlsx", reminder_rules.rules_xlsx, name="reminder_rules_xlsx"),
    path("dot/<slug:code>/nhac-viec/quy-tac/gio/", reminder_rules.rules_time, name="reminder_rules_time"),
    path("dot/<slug:code>/nhac-viec/quy-tac/them/", reminder_rules.rule_add, name="reminder_rule_add"),
    path("dot/<slug:code>/nhac-viec/quy-tac/<int:pk>/", reminder_rules.rule_edit, name="reminder_rule"),
    path(
        "dot/<slug:code>/nhac-viec/quy-tac/<int:pk>/bat-tat/",
        reminder_rules.rule_switch,
        name="reminder_rule_switch",
    ),
    path(
        "dot/<slug:code>/nhac-viec/quy-tac/<int:pk>/bo/",
        reminder_rules.rule_remove,
        name="reminder_rule_remove",
    ),
    path("don-vi/<slug:unit_code>/nhac-viec/", reminders.unit_reminders, name="unit_reminders"),
    path("don-vi/<slug:unit_code>/nhac-viec/ngung/", reminders.unit_hold, name="unit_hold"),
    path("don-vi/<slug:unit_code>/nhac-viec/nhac-lai/", reminders.unit_lift, name="unit_lift"),
    path("dot/<slug:code>/nhac-viec/so/", reminders.notice_log, name="notice_log"),
    path("dot/<slug:code>/nhac-viec/thu-gop/", mail_choice.offer, name="mail_offer"),
    path("dot/<slug:code>/nhac-viec/so/<int:pk>/gui-lai/", redelivery.send_again, name="send_again"),
    path("dot/<slug:code>/nhac-viec/so/<int:pk>/bi-tra-lai/", redelivery.came_back, name="came_back"),
    path("dot/<slug:code>/nhac-viec/so.xlsx", reminders.notice_log_xlsx, name="notice_log_xlsx"),
]
