"""Everything of a draft on one page, before it is sent: cards, errors, warnings, and how it would count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from reporting.checks import Draft, Finding, Level, find
from reporting.models import Answer, Assignment, Indicator, Section
from reporting.quantities import format_amount
from reporting.states import AnswerStatus, Timeliness
from reporting.timeliness import current_due_at, judge, judgement
from units.models import Delegation, Role, Unit, User, in_force_on


@dataclass(frozen=True)
class FigureLine:
    indicator: Indicator
    shown: str
    before: str
    wrong: bool


@dataclass(frozen=True)
class Card:
    """One section as it would be sent now, with what the checks found in it."""

    section: Section
    status: str
    answer: Answer | None
    figures: list[FigureLine]
    errors: list[Finding]
    warnings: list[Finding]

    @property
    def is_silent(self) -> bool:
        return self.status in (AnswerStatus.NIL, AnswerStatus.NOT_APPLICABLE)

    @property
    def icon(self) -> tuple[str, str, str]:
        """Picture, its class and the words for those who do not see it."""
        if self.errors:
            return "exclamation-circle-fill", "i-danger", "có lỗi"
        if self.warnings:
            return "exclamation-triangle-fill", "i-warn", "có điểm cần xem lại"
        return "check-circle-fill", "i-ok", "đạt"


@dataclass(frozen=True)
class Warned:
    """A warning with the reason given for it so far."""

    finding: Finding
    reason: str


@dataclass(frozen=True)
class Summary:
    cards: list[Card]
    errors: list[Finding]
    warnings: list[Warned]

    @property
    def reasons_missing(self) -> int:
        return sum(not row.reason.strip() for row in self.warnings)

    @property
    def why_blocked(self) -> str:
        """ "Còn 2 lỗi phải sửa và 1 lý do chưa nêu."; empty when nothing stands in the way."""
        parts = []
        if self.errors:
            parts.append(f"{len(self.errors)} lỗi phải sửa")
        if self.reasons_missing:
            parts.append(f"{self.reasons_missing} lý do chưa nêu")
        return f"Còn {' và '.join(parts)}." if parts else ""


def summarise(draft: Draft) -> Summary:
    """Cards in the order of the outline, errors and warnings of the checks; no query beyond the draft's."""
    found = find(draft)
    errors = [f for f in found if f.level == Level.ERROR]
    warnings = [f for f in found if f.level == Level.WARNING]
    return Summary(
        cards=[_card(draft, section, errors, warnings) for section in draft.sections],
        errors=errors,
        warnings=[Warned(f, draft.reasons.get(f.code, "")) for f in warnings],
    )


def _before(draft: Draft, row: Indicator) -> str:
    """Last year's figure: "100", "100 (cộng từ 3 đơn vị)"; "" without one."""
    text = format_amount(draft.last_year.get(row.code), row.decimals)
    units = draft.summed_from.get(row.code)
    return f"{text} (cộng từ {units} đơn vị)" if units else text


def _card(draft: Draft, section: Section, errors: Iterable[Finding], warnings: Iterable[Finding]) -> Card:
    mine = [f for f in errors if f.section.pk == section.pk]
    codes = {f.code for f in mine}
    lines = [
        FigureLine(
            indicator=row,
            shown=format_amount(draft.amounts.get(row.pk), row.decimals),
            before=_before(draft, row),
            wrong=bool(codes & {f"missing-{row.code}", f"bounds-{row.code}"}),
        )
        for row in draft.indicators.get(section.pk, [])
    ]
    return Card(
        section=section,
        status=draft.status(section),
        answer=draft.answers.get(section.pk),
        figures=lines,
        errors=mine,
        warnings=[f for f in warnings if f.section.pk == section.pk],
    )


@dataclass(frozen=True)
class IfSentNow:
    """How a submission at this moment would count, in words and in the tone of a notice."""

    title: str
    text: str
    tone: str


def if_sent_now(assignment: Assignment, now: datetime) -> IfSentNow:
    """Of a first submission, its judgement; of a resubmission, whether the date given for it is kept."""
    if assignment.first_submitted_at is None:
        return _first_time(assignment, now)
    first = judgement(assignment)
    kept = now < current_due_at(assignment)
    counted = {
        Timeliness.ON_TIME: "Báo cáo vẫn được tính đúng hạn.",
        Timeliness.LATE: "Báo cáo vẫn ghi là nộp muộn.",
        Timeliness.LATE_EXCUSED: "Báo cáo vẫn ghi là muộn có gia hạn.",
    }
    text = counted[first] if first in counted and assignment.round.judged_by == "first" else ""
    if kept:
        return IfSentNow("Nộp lại lúc này: kịp ngày hẹn bổ sung.", text, "ok")
    return IfSentNow("Nộp lại lúc này: đã quá ngày hẹn bổ sung.", text or "Vẫn nộp được.", "warn")


def _first_time(assignment: Assignment, now: datetime) -> IfSentNow:
    answer = judge(assignment, now)
    if answer == Timeliness.ON_TIME:
        due = current_due_at(assignment) if _extension_counts(assignment) else assignment.deadline.due_at
        local = timezone.localtime(due)
        return IfSentNow(
            "Nộp lúc này: đúng hạn.", f"Từ {local:%H:%M} ngày {local:%d/%m/%Y} sẽ ghi là nộp muộn.", "ok"
        )
    if answer == Timeliness.LATE_EXCUSED:
        return IfSentNow("Nộp lúc này: muộn có gia hạn.", "Còn trong thời gian được gia hạn.", "warn")
    return IfSentNow("Nộp lúc này: nộp muộn.", "Vẫn nộp được; phiếu sẽ ghi là nộp muộn.", "danger")


def _extension_counts(assignment: Assignment) -> bool:
    return assignment.extension is not None and assignment.extension.counts_on_time


@dataclass(frozen=True)
class Approvers:
    """Who may approve on a day: the approvers themselves, and those acting for them."""

    own: list[User]
    deputies: list[Delegation]


def approvers_of(unit: Unit, now: datetime) -> Approvers:
    """Two queries."""
    today = timezone.localdate(now)
    held = in_force_on(today, "memberships__") & Q(memberships__unit=unit, memberships__role=Role.APPROVER)
    return Approvers(
        own=list(User.objects.filter(held, is_active=True).distinct().order_by("full_name")),
        deputies=list(
            Delegation.objects.in_force(today)
            .filter(unit=unit, deputy__is_active=True)
            .select_related("principal", "deputy")
        ),
    )
