"""`manage.py first_admin`: the account with which a new portal begins."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.core.validators import validate_email
from django.utils import timezone

from portal.vn_format import datetime_text
from units.commands import DomainCommand
from units.invitations import link_ends, password_link, send_invitation
from units.models import User
from units.people import register_person
from units.register import RegisterRefused
from units.text import slugify_vi


class Command(DomainCommand):
    """Makes an admin and prints the link that sets the password, or mails it.

    Refuses where an admin is active, unless --another says that a second one is meant. For an admin who has
    set no password yet it makes a new link.
    """

    help = "Tạo quản trị đầu tiên và in đường dẫn đặt mật khẩu."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="địa chỉ thư công vụ của người quản trị")
        parser.add_argument("name", help="họ và tên, đặt trong dấu nháy")
        parser.add_argument("--username", default="", help="tên đăng nhập; không ghi thì lấy từ địa chỉ thư")
        parser.add_argument("--another", action="store_true", help="tạo thêm khi đã có quản trị")
        parser.add_argument("--mail", action="store_true", help="gửi đường dẫn bằng thư thay vì in ra")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        person = self._waiting(options["email"]) or self._make(options)
        until = f"Dùng được một lần, đến {datetime_text(link_ends(now))}."
        self.stdout.write(f"Quản trị {person.full_name}, tên đăng nhập: {person.username}")
        if options["mail"]:
            send_invitation(person, actor=None, now=now)
            self.stdout.write(f"Đã gửi đường dẫn đặt mật khẩu tới {person.email}. {until}")
        else:
            self.stdout.write(f"Mở đường dẫn sau để đặt mật khẩu. {until}\n  {password_link(person)}")

    def _waiting(self, email: str) -> User | None:
        """The admin with this address whose link was lost before a password was set."""
        found = User.objects.filter(email__iexact=email.strip(), is_admin=True, is_active=True).first()
        return found if found is not None and not found.has_usable_password() else None

    def _make(self, options: dict[str, Any]) -> User:
        email, name = options["email"].strip(), options["name"].strip()
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"Địa chỉ thư chưa đúng: {email}") from None
        if not name:
            raise CommandError("Hãy ghi họ và tên.")
        known = User.objects.filter(is_admin=True, is_active=True).order_by("pk").first()
        if known is not None and not options["another"]:
            raise CommandError(
                f"Đã có quản trị: {known.full_name} ({known.username}). Người ấy thêm người khác ở trang "
                "Người dùng; nếu vẫn cần tạo ở đây, thêm --another."
            )
        try:
            return register_person(
                username=options["username"] or _username(email),
                full_name=name,
                email=email,
                actor=None,
                now=timezone.now(),
                is_admin=True,
            )
        except RegisterRefused as refusal:
            raise CommandError(str(refusal)) from None


def _username(email: str) -> str:
    """What stands before the @, as user names are written; "quantri" where too little is left."""
    name = re.sub(r"[^a-z0-9._-]", "", slugify_vi(email.split("@")[0].replace(".", "-")).replace("-", "."))
    return name if len(name) >= 3 else "quantri"
