"""The pages of django-allauth that the portal uses, under Vietnamese paths and the names allauth asks for.

Sign-up and e-mail management are not mounted: an admin makes accounts and keeps addresses.
"""

from allauth.account import views
from django.urls import path, re_path

from portal import accounts

urlpatterns = [
    path("dang-nhap/", views.login, name="account_login"),
    path("dang-xuat/", views.logout, name="account_logout"),
    path("tai-khoan/", accounts.account, name="account"),
    path("tai-khoan/ngung/", views.account_inactive, name="account_inactive"),
    path("tai-khoan/xac-nhan/", views.reauthenticate, name="account_reauthenticate"),
    path("mat-khau/doi/", views.password_change, name="account_change_password"),
    path("mat-khau/dat/", views.password_set, name="account_set_password"),
    path("mat-khau/quen/", views.password_reset, name="account_reset_password"),
    path("mat-khau/quen/da-gui/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^mat-khau/dat-lai/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "mat-khau/da-dat-lai/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
