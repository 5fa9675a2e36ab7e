"""Print the accounts that can sign in to the demo."""

from __future__ import annotations

from typing import Any

from reporting.demo.people import DEMO_PASSWORD, accounts
from units.commands import DomainCommand


class Command(DomainCommand):
    help = "In danh sách tài khoản của dữ liệu mẫu."

    def handle(self, *args: Any, **options: Any) -> None:
        people = [(label, person) for label, person in accounts() if person.check_password(DEMO_PASSWORD)]
        if not people:
            self.stdout.write("Không có tài khoản mẫu (cơ sở dữ liệu này không phải dữ liệu mẫu).")
            return
        self.stdout.write(f"Tài khoản mẫu, mật khẩu chung: {DEMO_PASSWORD}")
        for label, person in people:
            self.stdout.write(f"  {person.username:<40} {label}")
