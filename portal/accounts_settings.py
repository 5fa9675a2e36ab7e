"""The options of django-allauth, read by `portal/settings.py` with a star import.

Accounts are made by an admin, never by signing up; people come back once a year, so nothing here locks
an idle account. Multi-factor login is left out for now: see docs/decisions/login.md.
"""

ACCOUNT_ADAPTER = "portal.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
# Only the fields a form would ask for; the sign-up page itself is not mounted.
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_FORMS = {
    "login": "portal.accounts.LoginForm",
    "change_password": "portal.accounts.ChangePasswordForm",
    "set_password": "portal.accounts.SetPasswordForm",
    "reset_password": "portal.accounts.ResetPasswordForm",
    "reset_password_from_key": "portal.accounts.ResetPasswordKeyForm",
    "reauthenticate": "portal.accounts.ReauthenticateForm",
}

# An admin vouches for the address, so there is nothing to confirm by mail.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Cổng Chỉ đạo – Báo cáo] "
ACCOUNT_EMAIL_NOTIFICATIONS = False

ACCOUNT_SESSION_REMEMBER = True  # the session ends by SESSION_COOKIE_AGE, without a question
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60

# Strict per account, generous per address: a whole ministry sits behind one IP.
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "login_failed": "300/m/ip,5/300s/key",
    "reset_password": "60/m/ip,3/m/key",
    "reset_password_from_key": "60/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
