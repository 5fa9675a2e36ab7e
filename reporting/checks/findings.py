"""Findings on a draft: one function per rule, each with its message and its cure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from reporting import narrative
from reporting.checks.draft import Draft, read_draft
from reporting.models import Assignment, Indicator, Section
from reporting.quantities import format_amount, percent_change
from reporting.states import FINISHED, AnswerStatus

SUDDEN_CHANGE = 50
"""Per cent against last year from which a figure wants a reason."""
SMALL_AMOUNT = 10
"""Below this a change in per cent says nothing."""
FEWEST_WORDS = 15


class Level(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """`code` is stable over edits, so that a reason given for a warning stays with it."""

    level: Level
    code: str
    section: Section
    message: str
    cure: str


Rule = Callable[[Draft], Iterator[Finding]]


def section_is_answered(draft: Draft) -> Iterator[Finding]:
    for section in draft.sections:
        status = draft.status(section)
        if status in FINISHED:
            continue
        started = status == AnswerStatus.IN_PROGRESS
        yield Finding(
            Level.ERROR,
            f"unanswered-{section.key}",
            section,
            "chưa được đánh dấu hoàn thành" if started else "chưa có nội dung",
            "Hoàn thành nội dung, hoặc chọn “Không phát sinh”.",
        )


def done_section_has_text(draft: Draft) -> Iterator[Finding]:
    for section in draft.sections:
        answer = draft.answers.get(section.pk)
        if answer and answer.status == AnswerStatus.DONE and not narrative.to_text(answer.narrative).strip():
            yield Finding(
                Level.ERROR,
                f"empty-{section.key}",
                section,
                "đã đánh dấu hoàn thành nhưng chưa có nội dung",
                "Viết nội dung, hoặc chọn “Không phát sinh”.",
            )


def not_applicable_has_reason(draft: Draft) -> Iterator[Finding]:
    for section in draft.sections:
        answer = draft.answers.get(section.pk)
        if answer and answer.status == AnswerStatus.NOT_APPLICABLE and not answer.reason.strip():
            yield Finding(
                Level.ERROR,
                f"no-reason-{section.key}",
                section,
                "chọn “Không thuộc phạm vi” nhưng chưa nêu lý do",
                "Ghi một câu vì sao nội dung này không thuộc phạm vi của đơn vị.",
            )


def required_figures_are_given(draft: Draft) -> Iterator[Finding]:
    for section, indicator in _asked_figures(draft):
        if indicator.required and indicator.pk not in draft.amounts:
            yield Finding(
                Level.ERROR,
                f"missing-{indicator.code}",
                section,
                f"thiếu số liệu “{indicator.name}”",
                "Nhập số; nếu không có thì nhập 0.",
            )


def figures_stay_within_bounds(draft: Draft) -> Iterator[Finding]:
    for section, indicator in _asked_figures(draft):
        amount = draft.amounts.get(indicator.pk)
        if amount is None:
            continue
        highest = indicator.maximum
        if amount < 0 or (highest is not None and amount > highest):
            shown = format_amount(amount, indicator.decimals)
            top = "" if highest is None else f" đến {format_amount(highest, indicator.decimals)}"
            yield Finding(
                Level.ERROR,
                f"bounds-{indicator.code}",
                section,
                f"“{indicator.name}” là {shown} {indicator.unit_label}",
                f"Nhập số từ 0{top}.",
            )


def sudden_change_has_reason(draft: Draft) -> Iterator[Finding]:
    for section, indicator in _asked_figures(draft):
        now, before = draft.amounts.get(indicator.pk), draft.last_year.get(indicator.code)
        if now is None or before is None or max(now, before) < SMALL_AMOUNT * 10**indicator.decimals:
            continue
        change = percent_change(before, now)
        if change is not None and abs(change) >= SUDDEN_CHANGE:
            word = "tăng" if change > 0 else "giảm"
            was, is_now = (format_amount(n, indicator.decimals) for n in (before, now))
            yield Finding(
                Level.WARNING,
                f"change-{indicator.code}",
                section,
                f"“{indicator.name}” {word} {abs(change)} % so với năm trước ({was} → {is_now})",
                "Nêu lý do, hoặc sửa lại số.",
            )


def text_is_more_than_a_few_words(draft: Draft) -> Iterator[Finding]:
    for section in draft.sections:
        answer = draft.answers.get(section.pk)
        if not answer or answer.status != AnswerStatus.DONE:
            continue
        words = narrative.word_count(answer.narrative)
        if 0 < words < FEWEST_WORDS:
            yield Finding(
                Level.WARNING,
                f"short-{section.key}",
                section,
                f"nội dung chỉ có {words} từ",
                "Viết thêm kết quả cụ thể, hoặc nêu lý do.",
            )


def no_secret_mark(draft: Draft) -> Iterator[Finding]:
    for section in draft.sections:
        answer = draft.answers.get(section.pk)
        mark = answer and narrative.has_secret_mark(narrative.to_text(answer.narrative))
        if mark:
            yield Finding(
                Level.ERROR,
                f"secret-{section.key}",
                section,
                f"nội dung mang dấu {mark}",
                "Xóa nội dung mật khỏi cổng và gửi bằng đường văn bản mật.",
            )


RULES: tuple[Rule, ...] = (
    section_is_answered,
    done_section_has_text,
    not_applicable_has_reason,
    required_figures_are_given,
    figures_stay_within_bounds,
    no_secret_mark,
    sudden_change_has_reason,
    text_is_more_than_a_few_words,
)


def find(draft: Draft) -> list[Finding]:
    """All findings of a draft, in the order of the outline, errors first."""
    found = [finding for rule in RULES for finding in rule(draft)]
    return sorted(found, key=lambda f: (f.level != Level.ERROR, f.section.position, f.code))


def blocking_findings(assignment: Assignment) -> list[Finding]:
    """Errors, and warnings for which no reason has been given."""
    draft = read_draft(assignment)
    return [f for f in find(draft) if f.level == Level.ERROR or not draft.reasons.get(f.code, "").strip()]


def _asked_figures(draft: Draft) -> Iterator[tuple[Section, Indicator]]:
    """Figures of the sections that are neither nil nor outside the unit's scope."""
    for section in draft.sections:
        if draft.status(section) in (AnswerStatus.NIL, AnswerStatus.NOT_APPLICABLE):
            continue
        for indicator in draft.indicators.get(section.pk, []):
            yield section, indicator
