"""`manage.py read_document FILE... --json`: what each paper says of itself, cites and asks for."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from directives.management.json_lines import write
from directives.reading import Object, file_object


class Command(BaseCommand):
    help = (
        "Reads papers (.docx, .pdf with a text layer, .txt, HTML). Nothing is stored, no database is needed."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--json", action="store_true", help="print one JSON object a file")

    def handle(self, *args: Any, files: list[str], json: bool, **options: Any) -> None:
        found = map(file_object, files)
        if json:
            write(found, self.stdout)
            return
        for each in found:
            self.stdout.write("\n".join(_words(each)))


def _words(paper: Object) -> list[str]:
    header = paper["header"]
    named = [header["kind"], header["code"], header["issued_on"], header["subject"]]
    return [
        f"{paper['file']}: {' · '.join(part for part in named if part) or 'không đọc được phần đầu'}",
        *(
            f"  viện dẫn {each['code']} {each['issued_on'] or 'không ghi ngày'}"
            for each in paper["citations"]
        ),
        *(f"  {', '.join(each['addressees']) or '?'}: {_when(each)}" for each in paper["obligations"]),
        *(f"  lưu ý: {each}" for each in paper["warnings"]),
    ]


def _when(obligation: Object) -> str:
    known = [obligation["due"], obligation["time"], obligation["recurrence"]]
    return f"{obligation['boundary']} {' '.join(part for part in known if part)}".rstrip()
