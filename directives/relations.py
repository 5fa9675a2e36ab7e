"""How a paper is tied to the papers it cites, and those to each other, read from the words before each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from directives.citations import Citation
from directives.codes import LOOKALIKES
from units.text import align

Span = tuple[int, int]
_I = re.IGNORECASE


@dataclass(frozen=True)
class Relation:
    """A tie to a cited paper, of this paper or of another cited one."""

    source: Citation | None
    """None: the paper that is read."""
    kind: str
    """based_on, implements, amends, replaces or combined_with."""
    target: Citation
    span: Span


_TIES = (
    ("replaces", re.compile(r"(?<!\w)(?:thay\s+thế|bãi\s+bỏ)(?:\s+(?:cho|các))?\s+$", _I)),
    ("amends", re.compile(r"(?<!\w)sửa\s+đổi(?:,\s*bổ\s+sung)?(?:\s+một\s+số\s+\w+)?(?:\s+của)?\s+$", _I)),
    (
        "combined_with",
        re.compile(r"(?<!\w)kết\s+hợp(?:\s+với)?(?:\s+(?:thực\s+hiện|triển\s+khai|việc))*\s+$", _I),
    ),
    (
        "implements",
        re.compile(
            r"(?<!\w)(?:(?:tổ\s+chức|tiếp\s+tục)\s+)?(?:thực\s+hiện|triển\s+khai|quán\s+triệt|học\s+tập|tuyên\s+truyền|cụ\s+thể\s+h[oó][áa])"
            r"(?:\s+(?:có\s+hiệu\s+quả|hiệu\s+quả|nghiêm\s+túc|nghiêm|các|nội\s+dung|đầy\s+đủ))*\s+$",
            _I,
        ),
    ),
)
# "được sửa đổi, bổ sung bởi Nghị định …": the later paper acts on the earlier one.
_ACTED_ON = re.compile(
    r"(?<!\w)(?:(?P<amends>sửa\s+đổi(?:,\s*bổ\s+sung)?(?:\s+một\s+số\s+\w+)?)|(?P<replaces>thay\s+thế|bãi\s+bỏ))\s+(?:bởi|bằng|theo|tại)\s+(?:các\s+)?$",
    _I,
)
_BASIS = re.compile(r"(?<!\w)(?:căn\s+cứ|theo\s+đề\s+nghị\s+của)(?!\w)", _I)
_ABOUT = re.compile(r"(?<!\w)(?:về|v/v)(?!\w)", _I)
_SENTENCE = re.compile(r"[.;](?=\s)|\n\s*(?=[-+•*]\s|[0-9]{1,2}[.)]\s|[a-zđ]\)\s)")
# Nothing but its issuer stands between a paper and the next of the same list.
_LISTED = re.compile(
    r"\s*(?:(?:của|do)\s[^.;:]{2,140}?)?\s*(?:,|;|và|,\s*và|;\s*và|hoặc)\s*(?:các\s+)?(?:ngày\s+[0-9/.-]+\s*,)?\s*$",
    _I,
)
# Plans, letters and notices order papers to be changed; they change none themselves.
_CHANGING_KINDS = ("QĐ", "NĐ", "TT", "NQ", "CT", "Luật", "PL", "QC", "QyĐ", "QĐi", "KL", "TTLT", None)
_OWN = re.compile(r"(?<!\w)này(?:\s+[^\W\d_]+){0,8}\s*$", _I)
# The first words of a preamble's paragraph hold for every paper of it.
_OPENS = re.compile(r"\s*(?:(?P<based_on>Căn\s+cứ)|(?P<implements>Thực\s+hiện|Triển\s+khai))(?!\w)")
_PARAGRAPH = re.compile(r"\n\s*(?=[A-ZÀ-ÝĐ-])")
_LONGEST_BETWEEN = 300
# These say paper by paper what is to be done about each.
_CARRYING_OUT_KINDS = ("KH", "CTr", "CTHĐ", "ĐA")
_HEADS_ITEM = re.compile(r"(?:\A|\n)\s*(?:[-+•*–]|[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]?|[a-zđ]\))\s*\Z")

_OPENS_ITEM = re.compile(r"\n\s*(?:[-+•*–]|[0-9]{1,2}[.)]|[a-zđ]\))\s")
_NEXT_OF_LIST = re.compile(r";\s*(?:và\s+)?\Z")


def _tie(before: str) -> str | None:
    return next((kind for kind, pattern in _TIES if pattern.search(before[-70:])), None)


def _is_title(between: str) -> bool:
    return bool(_ABOUT.search(between)) or len(between.split()) <= 4


class _Ties:
    """Reads mention after mention; what ties one paper of a list ties the next."""

    def __init__(self, own_kind: str | None) -> None:
        self.own_kind = own_kind
        self.found: dict[tuple[int | None, str, int], Relation] = {}
        self.last: tuple[Citation | None, str] | None = None
        self.outer: tuple[Citation | None, str] | None = None
        """The last tie of the paper itself."""
        self.in_basis = False

    def read(self, between: str, previous: Citation | None, citation: Citation, span: Span) -> None:
        """Read the words `between` the previous mention of the same sentence and this one."""
        acted = _ACTED_ON.search(between) if previous else None
        if acted and previous is not None:
            self._add(citation, "amends" if acted["amends"] else "replaces", previous, span)
            return
        kind = _tie(between)
        source = previous if previous is not None and kind and _is_title(between) else None
        if kind is None and _BASIS.search(_SENTENCE.split(between)[-1]):
            kind = "based_on"
        if kind is None and previous is not None and self.last and _LISTED.fullmatch(between):
            # A semicolon ends the title of the paper before and goes on with the outer list.
            source, kind = self.outer if ";" in between and self.outer else self.last
        if kind is None and previous is not None and self.in_basis and not _SENTENCE.search(between):
            kind = "based_on"
        if kind is None and previous is None and (opening := _OPENS.match(_PARAGRAPH.split(between)[-1])):
            kind = opening.lastgroup
        if kind in ("amends", "replaces") and source is None and not self._may_change(between):
            kind = None
        self.last = (source, kind) if kind else None
        if kind is None or source is None:
            self.outer = self.last
        self.in_basis = kind == "based_on"
        if kind:
            self._add(source, kind, citation, span)

    def _may_change(self, between: str) -> bool:
        return self.own_kind in _CHANGING_KINDS or bool(_OWN.search(between))

    def _add(self, source: Citation | None, kind: str, target: Citation, span: Span) -> None:
        if source is not target:
            key = (id(source) if source else None, kind, id(target))
            self.found.setdefault(key, Relation(source, kind, target, span))


def read_relations(text: str, citations: tuple[Citation, ...], own_kind: str | None) -> list[Relation]:
    """Return the ties of a paper of kind `own_kind`; spans of the citations index `text`. Never raises."""
    mentions = sorted((span, place) for place, each in enumerate(citations) for span in each.mentions)
    ties = _Ties(own_kind)
    last_end, previous = 0, None
    for span, place in mentions:
        floor = max(last_end, span[0] - _LONGEST_BETWEEN)
        between = align(text[floor : span[0]], LOOKALIKES).text
        beside = previous is not None and floor == last_end
        nested = beside and (not _SENTENCE.search(between) or bool(_LISTED.fullmatch(between)))
        ties.read(between, previous if nested else None, citations[place], span)
        last_end, previous = max(last_end, span[1]), citations[place]
    return list(ties.found.values())


def carried_out(
    text: str,
    areas: Iterable[Span],
    citations: tuple[Citation, ...],
    found: list[Relation],
    own_kind: str | None,
) -> list[Relation]:
    """Return the ties of a plan to papers that head an item of its content `areas` and that nothing ties yet.

    "- Nghị quyết số 20-NQ/TW …: …" in the content part says what is done to carry that paper out.
    """
    if own_kind not in _CARRYING_OUT_KINDS:
        return []
    tied = {id(relation.target) for relation in found if relation.source is None}
    spans = list(areas)
    ties: dict[int, Relation] = {}
    mentions = sorted((span, place) for place, each in enumerate(citations) for span in each.mentions)
    end, carried = 0, False
    for span, place in mentions:
        inside = any(first <= span[0] < last for first, last in spans)
        heads = bool(_HEADS_ITEM.search(text, max(0, span[0] - 20), span[0]))
        # "- Nghị quyết số 20-NQ/TW về …; Chỉ thị số 28-CT/TW về …"
        goes_on = carried and bool(_NEXT_OF_LIST.search(text, max(end, span[0] - 20), span[0]))
        carried = inside and (heads or (goes_on and not _OPENS_ITEM.search(text, end, span[0])))
        end, target = span[1], citations[place]
        if carried and id(target) not in tied:
            ties.setdefault(id(target), Relation(None, "implements", target, span))
    return list(ties.values())
