r"""`manage.py read_deadline --json < FRAGMENTS`: the deadline each line of standard input states."""

from __future__ import annotations

from directives.management.json_lines import FragmentCommand
from directives.reading import deadline_of_line


class Command(FragmentCommand):
    help = (
        "Reads fragments of papers, one a line on standard input, and prints the deadline each states. "
        r"\n written out stands for a line break; a tab and the document's date (YYYY-MM-DD) may follow."
    )
    read = staticmethod(deadline_of_line)
