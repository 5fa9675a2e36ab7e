r"""`manage.py read_citation --json < FRAGMENTS`: the papers cited in each line of standard input."""

from __future__ import annotations

from directives.management.json_lines import FragmentCommand
from directives.reading import citations_of_line


class Command(FragmentCommand):
    help = (
        "Reads fragments of papers, one a line on standard input, and prints the papers each cites. "
        r"\n written out stands for a line break; a tab and the document's date may follow."
    )
    read = staticmethod(citations_of_line)
