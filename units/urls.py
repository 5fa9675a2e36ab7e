"""Pages of units, people and the calendar."""

from django.urls import path

from units.views import delegations, groups, people, units, working_days

app_name = "units"

urlpatterns = [
    path("don-vi/", units.units, name="units"),
    path("don-vi/moi/", units.new, name="new"),
    path("don-vi/nhom/", groups.groups, name="groups"),
    path("don-vi/nhom/them/", groups.add, name="group_new"),
    path("don-vi/nhom/<int:pk>/doi-ten/", groups.rename, name="group_rename"),
    path("don-vi/nhom/<int:pk>/chuyen/", groups.move, name="group_move"),
    path("don-vi/nhom/<int:pk>/xoa/", groups.delete, name="group_delete"),
    path("don-vi/<slug:code>/", units.unit, name="unit"),
    path("don-vi/<slug:code>/sua/", units.edit, name="edit"),
    path("don-vi/<slug:code>/ket-thuc/", units.end, name="end"),
    path("don-vi/<slug:code>/khoi-phuc/", units.revive, name="revive"),
    path("don-vi/<slug:code>/nhom/", units.group_add, name="group_add"),
    path("don-vi/<slug:code>/nhom/<int:pk>/thoi/", units.group_end, name="group_end"),
    path("nguoi-dung/", people.people, name="people"),
    path("nguoi-dung/moi/", people.new, name="person_new"),
    path("nguoi-dung/<int:pk>/", people.person, name="person"),
    path("nguoi-dung/<int:pk>/gui-duong-dan/", people.invite, name="person_invite"),
    path("nguoi-dung/<int:pk>/khoa/", people.deactivate, name="person_deactivate"),
    path("nguoi-dung/<int:pk>/mo-lai/", people.reactivate, name="person_reactivate"),
    path("nguoi-dung/<int:pk>/thu-bi-tra-lai/", people.bounced, name="person_bounced"),
    path("nguoi-dung/<int:pk>/dia-chi-dung-duoc/", people.confirm_address, name="person_confirm_address"),
    path("nguoi-dung/<int:pk>/vai-tro/", people.role_grant, name="role_grant"),
    path("nguoi-dung/<int:pk>/vai-tro/<int:role_pk>/thoi/", people.role_revoke, name="role_revoke"),
    path("uy-quyen/", delegations.delegations, name="delegations"),
    path("uy-quyen/them/", delegations.add, name="delegation_add"),
    path("uy-quyen/<int:pk>/thoi/", delegations.end, name="delegation_end"),
    path("lich/", working_days.calendar, name="calendar"),
    path("lich/them/", working_days.add, name="day_add"),
    path("lich/nam/<int:year>/nap/", working_days.load_year, name="year_load"),
    path("lich/<int:pk>/sua/", working_days.edit, name="day_edit"),
    path("lich/<int:pk>/xac-nhan/", working_days.confirm, name="day_confirm"),
    path("lich/<int:pk>/bo/", working_days.remove, name="day_remove"),
]
