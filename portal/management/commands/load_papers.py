"""`manage.py load_papers`: the papers of the 2025 plan, for a portal that begins without demo data."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from directives.register import load_papers
from units.commands import DomainCommand
from units.models import User


class Command(DomainCommand):
    """Registers the papers that the built-in outline speaks of; those already there stay as they are."""

    help = "Đăng ký các văn bản của kế hoạch 2025 mà đề cương có sẵn dẫn tới."

    def handle(self, *args: Any, **options: Any) -> None:
        admin = User.objects.filter(is_admin=True, is_active=True).order_by("pk").first()
        if admin is None:
            raise CommandError("Chưa có quản trị. Hãy chạy lệnh first_admin trước.")
        papers = load_papers(actor=admin, now=timezone.now())
        self.stdout.write(f"Đã có {len(papers)} văn bản trong danh mục, người ghi: {admin.full_name}.")
