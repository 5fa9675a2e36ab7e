"""Reading a whole paper: header, citations, relations, obligations, content areas.

What comes out are proposals with the span each was read from; a person confirms them. Plain rules, no
register: addressees are the words of the paper, matched to unit groups elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from directives.citations import Citation, citations_of
from directives.codes import LOOKALIKES
from directives.content_areas import ContentArea, DirectivePoint, read_content_areas
from directives.deadlines import find_deadlines
from directives.headers import Header, read_header
from directives.obligations import Obligation, read_obligations
from directives.relations import Relation, carried_out, read_relations
from directives.spacing import single_blanks
from directives.task_tables import read_tasks
from units.text import align

__all__ = [
    "ContentArea",
    "DirectivePoint",
    "Header",
    "Obligation",
    "Paper",
    "Relation",
    "read_paper",
]


@dataclass(frozen=True)
class Paper:
    """Everything read from one paper."""

    header: Header
    citations: tuple[Citation, ...]
    relations: tuple[Relation, ...]
    obligations: tuple[Obligation, ...]
    content_areas: tuple[ContentArea, ...]
    warnings: tuple[str, ...]


def _warnings(header: Header, citations: tuple[Citation, ...], obligations: list[Obligation]) -> list[str]:
    warnings = [citation.note for citation in citations if citation.note]
    if header.is_draft:
        warnings.append("Văn bản còn để trống số hoặc ngày, tháng: ghi nhận là bản dự thảo.")
    if header.kind is None:
        warnings.append("Không đọc được loại văn bản ở phần đầu.")
    if any(each.deadline.inferred_year for each in obligations):
        warnings.append("Có thời hạn không in năm; năm được suy ra từ ngày của văn bản.")
    if any(not each.addressees for each in obligations):
        warnings.append("Có thời hạn chưa đọc được đơn vị phải thực hiện.")
    return warnings


def read_paper(text: str) -> Paper:
    """Return everything that can be proposed from the text of one paper. Never raises; linear in the text.

    Spans are half-open and index `text` as passed in. Warnings are Vietnamese sentences for the person who
    confirms. Vague or missing deadlines of a group come with the boundary none.
    """
    aligned = align(text, LOOKALIKES)
    header = read_header(aligned.text)
    citations = tuple(citations_of(aligned, own_code=header.code, own_issued_on=header.issued_on))
    spaced = single_blanks(aligned)
    deadlines = tuple(find_deadlines(spaced.text, header.not_before))
    tasks = tuple(read_tasks(text, header.not_before))
    obligations = read_obligations(spaced, deadlines, header.kind, tasks)
    relations = read_relations(text, citations, header.kind)
    areas = tuple(read_content_areas(text, aligned, citations))
    relations += carried_out(text, (area.span for area in areas), citations, relations, header.kind)
    return Paper(
        header=header,
        citations=citations,
        relations=tuple(relations),
        obligations=tuple(obligations),
        content_areas=areas,
        warnings=tuple(_warnings(header, citations, obligations)),
    )
