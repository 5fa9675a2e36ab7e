"""The ministry's text: paragraphs taken from what units wrote, merged, rewritten, each with its sources.

Text changes only while the report is a draft; the report's row is locked for the length of a change, so that
clearing it for signature and an edit never cross. A save that saw an older version raises `Conflict`.
"""

from __future__ import annotations

import re
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Max, QuerySet
from django.utils import timezone

from directives.dates import printed_date
from directives.models import Directive, RelationKind
from reporting.drafting import refuse_secret
from reporting.lifecycle import Refused, require_office
from reporting.models import Paragraph, Passage, Report, Round, Section, Source
from reporting.rollup import Totals, totals
from reporting.states import REPORT_LABELS, ReportState, RoundState
from units.models import Role, User
from units.text import nfc

LONGEST = 20_000
EDITORS = (Role.REVIEWER, Role.LEAD)
_FIGURES = re.compile(r"Theo báo cáo của \d+/\d+ đơn vị: .*?\.(?=\s|$)", re.DOTALL)


class Conflict(Refused):
    """Somebody saved the paragraph in between; `mine` is what was typed, `paragraph` holds what stands now."""

    def __init__(self, paragraph: Paragraph, mine: str) -> None:
        self.paragraph = paragraph
        self.mine = mine
        when = timezone.localtime(paragraph.updated_at)
        super().__init__(
            f"{paragraph.updated_by} đã sửa đoạn này lúc {when:%H:%M %d/%m/%Y} trong khi bạn đang viết. "
            "Hãy xem cả hai bản rồi lưu lại."
        )


def blank_report(row: Round, *, actor: User, now: datetime) -> Report:
    """A report of the round with its usual words, not stored."""
    return Report(
        round=row,
        number=1,
        title=f"Kết quả triển khai công tác khoa giáo năm {row.year}",
        addressee=row.addressee,
        opening=_opening(row),
        closing=(
            f"Trên đây là báo cáo kết quả triển khai công tác khoa giáo năm {row.year} của "
            f"{body_in_prose(row.issuing_body)}"
        ),
        recipients="Như trên\nBộ trưởng (để báo cáo)\nCác Thứ trưởng\nLưu: VT, VPB",
        created_by=actor,
        created_at=now,
    )


def body_in_prose(name: str) -> str:
    """ "BỘ Y TẾ" → "Bộ Y tế"."""
    first, _, rest = name.partition(" ")
    return f"{first.capitalize()} {rest.capitalize()}".strip()


def _opening(row: Round) -> str:
    bases = [named_paper(paper) for paper in _bases(row.plan)] if row.plan else []
    lead = f"Thực hiện {' và '.join(bases)}" if bases else f"Thực hiện chương trình công tác năm {row.year}"
    return (
        f"{lead}, {body_in_prose(row.issuing_body)} báo cáo kết quả triển khai công tác khoa giáo "
        f"năm {row.year} như sau:"
    )


def _bases(plan: Directive) -> QuerySet[Directive]:
    return Directive.objects.filter(
        relations_in__from_directive=plan, relations_in__kind=RelationKind.BASED_ON
    ).order_by("relations_in__id")


def named_paper(paper: Directive) -> str:
    """ "Kế hoạch số 288/KH-BYT ngày 24/02/2025 của Bộ Y tế"."""
    dated = f" ngày {printed_date(paper.issued_on)}" if paper.issued_on else ""
    several = [name.strip() for name in paper.issuer.split(",")]
    if len(several) > 1:
        return f"{paper.label}{dated} giữa {', '.join(several[:-1])} và {several[-1]}"
    return f"{paper.label}{dated} của {paper.issuer}"


def start_report(row: Round, *, actor: User, now: datetime) -> Report:
    """Begin the first report of a round. Raises `Refused` when there is one, or the round has not begun."""
    require_office(row, actor, now, *EDITORS)
    if row.state == RoundState.PREPARING:
        raise Refused("Đợt báo cáo chưa mở nên chưa có gì để tổng hợp.")
    report = blank_report(row, actor=actor, now=now)
    try:
        with transaction.atomic():
            report.save()
    except IntegrityError:
        raise Refused("Báo cáo của Bộ cho đợt này đã được lập. Hãy tải lại trang.") from None
    return report


def current_report(row: Round) -> Report | None:
    """The newest report of the round, whatever its state."""
    return (
        Report.objects.filter(round=row)
        .select_related("round__owner", "corrects")
        .order_by("-number")
        .first()
    )


def save_front(
    report: Report,
    *,
    title: str,
    addressee: str,
    opening: str,
    closing: str,
    recipients: str,
    actor: User,
    now: datetime,
) -> None:
    """Change the words around the sections: subject, addressee, opening, closing, recipients (one a line)."""
    words = {
        "title": nfc(title).strip(),
        "addressee": nfc(addressee).strip(),
        "opening": nfc(opening).strip(),
        "closing": nfc(closing).strip().rstrip("./ "),
        "recipients": "\n".join(
            line.strip(" -;.\t") for line in nfc(recipients).splitlines() if line.strip(" -;.\t")
        ),
    }
    if not all(words.values()):
        raise Refused("Trích yếu, kính gửi, đoạn mở đầu, đoạn kết và nơi nhận không được để trống.")
    for text in words.values():
        refuse_secret(text)
    with transaction.atomic():
        _drafting(report, actor, now)
        Report.objects.filter(pk=report.pk).update(**words)
    for name, value in words.items():
        setattr(report, name, value)


def _drafting(report: Report, actor: User, now: datetime) -> Report:
    """The report's row, locked, or `Refused` when it is no draft; call inside a transaction."""
    locked = Report.objects.select_for_update().get(pk=report.pk)
    require_office(locked.round, actor, now, *EDITORS)
    if locked.state != ReportState.DRAFTING:
        label = REPORT_LABELS[ReportState(locked.state)].lower()
        raise Refused(
            f"Báo cáo của Bộ {label} nên không sửa được nữa. Lãnh đạo Văn phòng có thể rút về dự thảo "
            "hoặc lập bản đính chính."
        )
    return locked


def _cleaned(text: str) -> str:
    words = nfc(text).replace("\r\n", "\n").strip()
    if not words:
        raise Refused("Hãy viết nội dung của đoạn.")
    if len(words) > LONGEST:
        raise Refused(f"Đoạn dài quá {LONGEST:,} ký tự. Hãy tách thành nhiều đoạn.".replace(",", "."))
    refuse_secret(words)
    return words


def _new_paragraph(
    report: Report, section: Section, text: str, actor: User, now: datetime, **kind: bool
) -> Paragraph:
    if section.round_id != report.round_id or section.is_heading:
        raise Refused("Mục này không nhận nội dung.")
    last = (
        Paragraph.objects.filter(report=report, section=section).aggregate(last=Max("position"))["last"] or 0
    )
    return Paragraph.objects.create(
        report=report, section=section, position=last + 1, text=text, updated_by=actor, updated_at=now, **kind
    )


def _usable(report: Report, passage: Passage) -> Passage:
    """The passage with its unit, if it belongs to an accepted report of the round and is not used yet."""
    found = Passage.objects.select_related("submission__assignment", "section").get(pk=passage.pk)
    assignment = found.submission.assignment
    if assignment.round_id != report.round_id or assignment.accepted_submission_id != found.submission_id:
        raise Refused("Đoạn này không thuộc bản nộp đã được tiếp nhận của đợt. Hãy tải lại trang.")
    used = (
        Source.objects.filter(passage=found, paragraph__report=report, paragraph__removed_at=None)
        .select_related("paragraph")
        .first()
    )
    if used is not None:
        raise Refused(f"Đoạn này của {found.submission.unit_name} đã được trích.")
    return found


def _cite(paragraph: Paragraph, passage: Passage, actor: User, now: datetime) -> None:
    Source.objects.create(paragraph=paragraph, passage=passage, quoted=passage.text)
    Passage.objects.filter(pk=passage.pk, read_at=None).update(read_by=actor, read_at=now)


def _plain(passage: Passage) -> str:
    """The passage as running text; a list item loses its mark."""
    return passage.text.removeprefix("- ").strip()


def take(report: Report, passage: Passage, *, actor: User, now: datetime) -> Paragraph:
    """A new paragraph with the passage's words and the passage as its source. Raises `Refused`."""
    with transaction.atomic():
        locked = _drafting(report, actor, now)
        found = _usable(locked, passage)
        paragraph = _new_paragraph(locked, found.section, _plain(found), actor, now)
        _cite(paragraph, found, actor, now)
    return paragraph


def take_group(report: Report, passages: list[Passage], *, actor: User, now: datetime) -> Paragraph:
    """One paragraph with the first passage's words and all of them as sources: what many units say alike."""
    with transaction.atomic():
        locked = _drafting(report, actor, now)
        usable = [_usable(locked, passage) for passage in passages]
        if not usable:
            raise Refused("Nhóm này không còn đoạn nào để lấy.")
        paragraph = _new_paragraph(locked, usable[0].section, _plain(usable[0]), actor, now)
        for passage in usable:
            _cite(paragraph, passage, actor, now)
    return paragraph


def merge(passage: Passage, *, into: Paragraph, actor: User, now: datetime) -> Paragraph:
    """Add the passage's words to the end of a paragraph, and the passage to its sources."""
    with transaction.atomic():
        report = _drafting(into.report, actor, now)
        target = _standing(into)
        found = _usable(report, passage)
        text = f"{target.text.rstrip()} {_plain(found)}"
        refuse_secret(text)
        _store(target, actor, now, text=text)
        _cite(target, found, actor, now)
    return target


def write(report: Report, section: Section, text: str, *, actor: User, now: datetime) -> Paragraph:
    """A paragraph in the office's own words; it has no source and says so."""
    words = _cleaned(text)
    with transaction.atomic():
        return _new_paragraph(_drafting(report, actor, now), section, words, actor, now, own_words=True)


def write_figures(report: Report, section: Section, *, actor: User, now: datetime) -> Paragraph:
    """A sentence made from the section's summed figures. Raises `Refused` where there are none."""
    sentence = totals(report.round).sentence(section)
    if not sentence:
        raise Refused("Mục này chưa có số liệu đã tiếp nhận.")
    with transaction.atomic():
        return _new_paragraph(_drafting(report, actor, now), section, sentence, actor, now, from_figures=True)


def figures_are_old(paragraph: Paragraph, table: Totals, section: Section) -> bool:
    """Whether the sentence of figures in the paragraph says something else than the figures do now."""
    found = _FIGURES.search(paragraph.text) if paragraph.from_figures else None
    return found is not None and found[0] != table.sentence(section)


def renew_figures(paragraph: Paragraph, *, actor: User, now: datetime) -> None:
    """Put the figures of now into the paragraph's sentence of figures; the words around it stay."""
    with transaction.atomic():
        report = _drafting(paragraph.report, actor, now)
        found = _standing(paragraph)
        sentence = totals(report.round).sentence(found.section)
        if not found.from_figures or not _FIGURES.search(found.text) or not sentence:
            raise Refused("Đoạn này không còn câu số liệu để viết lại. Hãy sửa đoạn bằng tay.")
        _store(found, actor, now, text=_FIGURES.sub(lambda _: sentence, found.text, count=1))


def _standing(paragraph: Paragraph) -> Paragraph:
    found = Paragraph.objects.select_related("updated_by", "section", "report__round").get(pk=paragraph.pk)
    if found.removed_at is not None:
        raise Refused("Đoạn này đã được bỏ. Hãy hoàn tác nếu vẫn cần.")
    return found


def _store(paragraph: Paragraph, actor: User, now: datetime, **values: object) -> None:
    """Write and count the version; the report's lock keeps others out meanwhile."""
    values = {**values, "version": paragraph.version + 1, "updated_by": actor, "updated_at": now}
    Paragraph.objects.filter(pk=paragraph.pk).update(**values)
    for name, value in values.items():
        setattr(paragraph, name, value)


def save_paragraph(
    paragraph: Paragraph, text: str, *, seen_version: int, actor: User, now: datetime
) -> Paragraph:
    """Replace the words of a paragraph; its sources stay. Raises `Conflict` with both texts."""
    words = _cleaned(text)
    with transaction.atomic():
        _drafting(paragraph.report, actor, now)
        found = _standing(paragraph)
        if found.version != seen_version:
            raise Conflict(found, words)
        if words != found.text:
            _store(found, actor, now, text=words)
    return found


def remove_paragraph(paragraph: Paragraph, *, actor: User, now: datetime) -> None:
    """Take a paragraph out of the text; `restore` brings it back with its sources."""
    with transaction.atomic():
        _drafting(paragraph.report, actor, now)
        _store(_standing(paragraph), actor, now, removed_at=now)


def restore(paragraph: Paragraph, *, actor: User, now: datetime) -> Paragraph:
    """Undo a removal. Raises `Refused` when one of its passages was taken elsewhere in between."""
    with transaction.atomic():
        report = _drafting(paragraph.report, actor, now)
        found = Paragraph.objects.get(pk=paragraph.pk)
        taken = Source.objects.filter(
            paragraph__report=report, paragraph__removed_at=None, passage__in=found.sources.values("passage")
        ).exclude(paragraph=found)
        if taken.exists():
            raise Refused("Nguồn của đoạn này đã được trích ở đoạn khác nên không khôi phục được.")
        _store(found, actor, now, removed_at=None)
    return found


def move(paragraph: Paragraph, *, up: bool, actor: User, now: datetime) -> None:
    """Change places with the neighbour in the section; at the edge nothing happens."""
    with transaction.atomic():
        report = _drafting(paragraph.report, actor, now)
        found = _standing(paragraph)
        mine = list(
            Paragraph.objects.filter(report=report, section_id=found.section_id, removed_at=None).order_by(
                "position", "id"
            )
        )
        at = [row.pk for row in mine].index(found.pk)
        other = at - 1 if up else at + 1
        if not 0 <= other < len(mine):
            return
        mine[at], mine[other] = mine[other], mine[at]
        for position, row in enumerate(mine, start=1):
            Paragraph.objects.filter(pk=row.pk).update(position=position)


def mark_read(passage: Passage, *, actor: User, now: datetime) -> None:
    """Note that the office read the passage; the first reader stays."""
    require_office(passage.submission.assignment.round, actor, now, *EDITORS)
    Passage.objects.filter(pk=passage.pk, read_at=None).update(read_by=actor, read_at=now)


def mark_unread(passage: Passage, *, actor: User, now: datetime) -> None:
    """Take the note back. Raises `Refused` while the ministry's text uses the passage."""
    require_office(passage.submission.assignment.round, actor, now, *EDITORS)
    if Source.objects.filter(passage=passage, paragraph__removed_at=None).exists():
        raise Refused("Đoạn này đang được trích nên đã đọc.")
    Passage.objects.filter(pk=passage.pk).update(read_by=None, read_at=None)


def mark_section_read(row: Round, section: Section, *, actor: User, now: datetime) -> int:
    """Note all accepted passages of a section as read; returns how many were not yet."""
    require_office(row, actor, now, *EDITORS)
    return accepted_passages(row).filter(section=section, read_at=None).update(read_by=actor, read_at=now)


def accepted_passages(row: Round) -> QuerySet[Passage]:
    """Passages of the submissions that feed the report now."""
    mine = Passage.objects.filter(submission__assignment__round=row)
    return mine.filter(submission__assignment__accepted_submission_id=F("submission_id"))


def drop_source(source: Source, *, actor: User, now: datetime) -> Paragraph:
    """Cut a paragraph's tie to a passage; without any source left its words are the office's own."""
    with transaction.atomic():
        _drafting(source.paragraph.report, actor, now)
        paragraph = _standing(source.paragraph)
        Source.objects.filter(pk=source.pk).delete()
        left = paragraph.sources.exists()
        _store(paragraph, actor, now, own_words=paragraph.own_words or not (left or paragraph.from_figures))
    return paragraph


def renew_source(source: Source, passage: Passage, *, actor: User, now: datetime) -> None:
    """Tie the paragraph to the passage of the newer submission that replaced its source; its words stay."""
    with transaction.atomic():
        report = _drafting(source.paragraph.report, actor, now)
        paragraph = _standing(source.paragraph)
        old = Passage.objects.select_related("submission").get(pk=source.passage_id)
        new = _usable(report, passage)
        if new.submission.assignment_id != old.submission.assignment_id:
            raise Refused("Đoạn thay thế phải thuộc bản nộp mới của cùng đơn vị.")
        Source.objects.filter(pk=source.pk).delete()
        _cite(paragraph, new, actor, now)
        _store(paragraph, actor, now)
