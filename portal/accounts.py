"""Signing in: the adapter and forms of django-allauth in Vietnamese, and the page of one's own account."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from units.models import Delegation, Membership, User

# AUTH_PASSWORD_VALIDATORS in one sentence.
STRENGTH_HINT = "Ít nhất 10 ký tự, không chỉ gồm chữ số, không giống tên hay địa chỉ của bạn, không phải mật khẩu hay gặp."


# Django has no Vietnamese for all of them.
WEAK_PASSWORD = {
    "password_too_short": "Mật khẩu quá ngắn: cần ít nhất 10 ký tự.",
    "password_too_similar": "Mật khẩu quá giống tên đăng nhập, họ tên hay địa chỉ thư.",
    "password_too_common": "Mật khẩu này nhiều người dùng, dễ bị đoán.",
    "password_entirely_numeric": "Mật khẩu không được chỉ gồm chữ số.",
}


class AccountAdapter(DefaultAccountAdapter):
    """Closed sign-up, and every sentence of django-allauth that a person can meet, in Vietnamese."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Tài khoản này đã ngừng hoạt động. Hãy liên hệ quản trị của Văn phòng Bộ.",
        "email_password_mismatch": "Thư điện tử hoặc mật khẩu không đúng.",
        "username_password_mismatch": "Tên đăng nhập hoặc mật khẩu không đúng.",
        "invalid_login": "Tên đăng nhập hoặc mật khẩu không đúng.",
        "enter_current_password": "Mật khẩu hiện tại không đúng.",
        "incorrect_password": "Mật khẩu không đúng.",
        "invalid_password_reset": "Đường dẫn đặt lại mật khẩu không đúng hoặc đã hết hạn.",
        "too_many_login_attempts": "Sai quá nhiều lần. Hãy đợi 5 phút rồi thử lại, hoặc đặt lại mật khẩu.",
        "unknown_email": "Không có tài khoản nào dùng địa chỉ này.",
        "rate_limited": "Bạn gửi quá nhiều lần. Hãy đợi một phút rồi thử lại.",
        "same_as_current": "Mật khẩu mới phải khác mật khẩu cũ.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def clean_password(self, password: str, user: Any = None) -> str:
        try:
            return super().clean_password(password, user=user)
        except ValidationError as refused:
            said = [WEAK_PASSWORD.get(str(error.code), str(error.message)) for error in refused.error_list]
            raise ValidationError(said) from None

    def format_email_subject(self, subject: str) -> str:
        return f"[Cổng Chỉ đạo – Báo cáo] {subject}"

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        methods = super().get_reauthentication_methods(user)
        return [{**method, "description": "Nhập mật khẩu"} for method in methods]


def _name(field: forms.Field, label: str, *, autocomplete: str, help_text: str = "") -> None:
    """Label a field of django-allauth; its placeholders only repeat the label, so they go."""
    field.label = label
    field.help_text = help_text
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs["autocomplete"] = autocomplete


class LoginForm(allauth_forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self.fields["login"], "Tên đăng nhập hoặc thư điện tử công vụ", autocomplete="username")
        self.fields["login"].widget.attrs.update(spellcheck="false", autocapitalize="none")
        _name(self.fields["password"], "Mật khẩu", autocomplete="current-password")


class _NewPasswordMixin:
    """Two fields for a new password, with its rules said once and before typing."""

    fields: dict[str, forms.Field]

    def _name_new_password(self) -> None:
        _name(self.fields["password1"], "Mật khẩu mới", autocomplete="new-password", help_text=STRENGTH_HINT)
        _name(self.fields["password2"], "Nhập lại mật khẩu mới", autocomplete="new-password")

    def clean(self) -> dict[str, Any]:
        cleaned = super(allauth_forms.PasswordVerificationMixin, self).clean()  # type: ignore[misc]
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", "Hai lần nhập không giống nhau.")  # type: ignore[attr-defined]
        return cleaned


class ChangePasswordForm(_NewPasswordMixin, allauth_forms.ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self.fields["oldpassword"], "Mật khẩu hiện tại", autocomplete="current-password")
        self._name_new_password()


class SetPasswordForm(_NewPasswordMixin, allauth_forms.SetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._name_new_password()


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self.fields["email"], "Thư điện tử công vụ", autocomplete="email")


class ResetPasswordKeyForm(_NewPasswordMixin, allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._name_new_password()


class ReauthenticateForm(allauth_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self.fields["password"], "Mật khẩu", autocomplete="current-password")


def account(request: HttpRequest) -> HttpResponse:
    """Who one is here: name, roles in force today, password, signing out."""
    today = timezone.localdate()
    person = request.user
    assert isinstance(person, User)  # LoginRequiredMiddleware lets nobody else in
    memberships = Membership.objects.in_force(today).filter(user=person).select_related("unit")
    delegations = Delegation.objects.in_force(today).filter(deputy=person).select_related("unit", "principal")
    context = {
        "person": person,
        "memberships": memberships.order_by("unit__sort_key", "id"),
        "delegations": delegations,
    }
    return render(request, "account/account.html", context)
