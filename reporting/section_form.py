"""The form of one section: figures, narrative, and what kind of answer it is.

A field with an error is not saved and keeps what was typed; the others are saved all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django import forms

from reporting import narrative
from reporting.drafting import SecretMark, refuse_secret, save_section
from reporting.lifecycle import Refused
from reporting.models import Answer, Assignment, Indicator, Section
from reporting.quantities import NotAQuantity, format_amount, parse_amount, percent_change
from reporting.states import AnswerStatus
from units.models import User

CONTENT: Final = "content"
KINDS: Final = [
    (CONTENT, "Có nội dung"),
    (AnswerStatus.NIL.value, "Không phát sinh"),
    (AnswerStatus.NOT_APPLICABLE.value, "Không thuộc phạm vi"),
]
DONE, LATER, AUTO = "done", "later", "auto"
"""How a save came about: marked as finished, put aside, or by the page itself."""


class AmountField(forms.CharField):
    """A figure as people type it; cleans to an integer count of 10^-decimals, None when left blank."""

    def __init__(self, indicator: Indicator) -> None:
        super().__init__(required=False, label=indicator.name, max_length=40)
        self.indicator = indicator

    def clean(self, value: Any) -> Any:
        try:
            amount = parse_amount(super().clean(value), self.indicator.decimals)
        except NotAQuantity as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
        highest = self.indicator.maximum
        if amount is not None and (amount < 0 or (highest is not None and amount > highest)):
            raise forms.ValidationError(_bounds(self.indicator))
        return amount


def _bounds(indicator: Indicator) -> str:
    if indicator.maximum is None:
        return "Nhập số từ 0 trở lên."
    return f"Nhập số từ 0 đến {format_amount(indicator.maximum, indicator.decimals)}."


@dataclass(frozen=True)
class FigureRow:
    """One line of the table of figures: last year's number, this year's field, the change."""

    indicator: Indicator
    field: forms.BoundField
    before: int | None
    change: str
    summed_from: int | None = None
    """From how many units last year's number is summed, where it is more than one."""


class SectionForm(forms.Form):
    """Filled from the stored draft; `stored` is the answer on which it is based (None: nobody wrote yet)."""

    version = forms.IntegerField(min_value=0, max_value=2_000_000_000, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label="Đơn vị có nội dung cho mục này không?", choices=KINDS, widget=forms.RadioSelect
    )
    reason = forms.CharField(label="Lý do", required=False, max_length=300)
    narrative = forms.CharField(label="Kết quả thực hiện", required=False, strip=False)
    is_secret = False
    """Something of it carried a secrecy mark: no copy may stay in the browser either."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        indicators: list[Indicator],
        stored: Answer | None,
        amounts: Mapping[int, int],
        last_year: Mapping[str, int],
        summed_from: Mapping[str, int] | None = None,
    ) -> None:
        self.indicators = indicators
        self.stored = stored
        self.amounts = amounts
        self.last_year = last_year
        self.summed_from = summed_from or {}
        super().__init__(data, initial=self._stored_values())
        for indicator in indicators:
            self.fields[f"fig_{indicator.code}"] = AmountField(indicator)

    def _stored_values(self) -> dict[str, Any]:
        answer = self.stored
        values: dict[str, Any] = {
            f"fig_{row.code}": format_amount(self.amounts.get(row.pk), row.decimals)
            for row in self.indicators
        }
        kind = answer.status if answer and answer.status in dict(KINDS) else CONTENT
        return values | {
            "version": answer.version if answer else 0,
            "kind": kind,
            "reason": answer.reason if answer else "",
            "narrative": narrative.to_text(answer.narrative) if answer else "",
        }

    def figure_rows(self) -> Iterator[FigureRow]:
        for indicator in self.indicators:
            before = self.last_year.get(indicator.code)
            now = self.amounts.get(indicator.pk)
            field = self[f"fig_{indicator.code}"]
            change = change_words(before, now, indicator.decimals)
            yield FigureRow(indicator, field, before, change, self.summed_from.get(indicator.code))

    def html(self) -> str:
        """The narrative as HTML: what the editor sent, else the typed text.

        Typed text that says the same as what is stored leaves its bold, lists and tables as they are.
        """
        if "narrative_html" in self.data:
            return self.data["narrative_html"]
        typed = "\n".join(self.data.get("narrative", "").splitlines()).strip()
        if self.stored and typed == narrative.to_text(self.stored.narrative).strip():
            return self.stored.narrative
        return narrative.from_plain(typed)

    def shown_html(self) -> str:
        """What the editor is filled with: the typed text after a failed save, else the stored one."""
        if self.is_bound:
            try:
                return narrative.clean(self.html())
            except narrative.NarrativeTooLong:
                return ""
        return self.stored.narrative if self.stored else ""

    def shown_text(self) -> str:
        """The same as text; what the editor had is read from its HTML, so that nothing typed is lost."""
        if self.is_bound and "narrative_html" not in self.data:
            return self.data.get("narrative", "")
        return narrative.to_text(self.shown_html())

    def valid_amounts(self) -> dict[Indicator, int | None]:
        return {
            row: self.cleaned_data[f"fig_{row.code}"]
            for row in self.indicators
            if f"fig_{row.code}" in self.cleaned_data
        }

    def field_errors(self) -> dict[str, str]:
        """Field name → message, for the answer to an autosave."""
        return {name: " ".join(map(str, errors)) for name, errors in self.errors.items() if name != "__all__"}


def change_words(before: int | None, now: int | None, decimals: int) -> str:
    """ "+21 %" against last year, "+2" where the number is small, "chưa nhập" while there is none."""
    if now is None:
        return "chưa nhập"
    if before is None:
        return "–"
    if now == before:
        return "0"
    change = percent_change(before, now) if before >= 10 * 10**decimals and not decimals else None
    sign = "+" if now > before else "−"
    if change:
        return f"{sign}{abs(change)} %"
    return f"{sign}{format_amount(abs(now - before), decimals)}"


def save_form(
    form: SectionForm, assignment: Assignment, section: Section, *, how: str, actor: User, now: datetime
) -> Answer | None:
    """Save what is valid of a bound form and return the new answer; errors are put on the form.

    None when nothing could be saved (the text is too long or marked secret, the report is not open for
    editing): the form then says why. Raises `drafting.Conflict`.
    """
    form.full_clean()
    if "version" in form.errors or "kind" in form.errors:
        form.add_error(None, "Trang này đã cũ hoặc thiếu dữ liệu. Hãy tải lại trang rồi lưu lại.")
        return None
    try:
        html = narrative.clean(form.html())
        refuse_secret(narrative.to_text(html))
    except (narrative.NarrativeTooLong, SecretMark) as wrong:
        form.is_secret = isinstance(wrong, SecretMark)
        form.add_error("narrative", str(wrong))
        return None
    if how == DONE:
        _ask_for_what_is_missing(form, html)
    try:
        return save_section(
            assignment,
            section,
            html=html,
            status=_status(form, html, how),
            reason=form.cleaned_data.get("reason", form.stored.reason if form.stored else ""),
            amounts=form.valid_amounts(),
            seen_version=form.cleaned_data["version"],
            actor=actor,
            now=now,
        )
    except SecretMark as wrong:
        form.is_secret = True
        form.add_error("reason", str(wrong))
    except Refused as refused:
        form.add_error(None, str(refused))
    return None


def _ask_for_what_is_missing(form: SectionForm, html: str) -> None:
    kind = form.cleaned_data["kind"]
    if (
        kind == AnswerStatus.NOT_APPLICABLE
        and not form.cleaned_data.get("reason")
        and "reason" not in form.errors
    ):
        form.add_error("reason", "Ghi một câu vì sao nội dung này không thuộc phạm vi của đơn vị.")
    if kind != CONTENT:
        return
    if not narrative.to_text(html).strip():
        form.add_error("narrative", "Chưa có nội dung. Hãy viết nội dung, hoặc chọn “Không phát sinh”.")
    for indicator, amount in form.valid_amounts().items():
        if amount is None and indicator.required:
            form.add_error(f"fig_{indicator.code}", "Nhập số; nếu không có thì nhập 0.")


def _status(form: SectionForm, html: str, how: str) -> AnswerStatus:
    kind = form.cleaned_data["kind"]
    if kind != CONTENT:
        return AnswerStatus(kind)
    if how == DONE and not form.errors:
        return AnswerStatus.DONE
    was_done = form.stored is not None and form.stored.status == AnswerStatus.DONE
    keeps = how == AUTO and was_done and not form.errors and bool(narrative.to_text(html).strip())
    return AnswerStatus.DONE if keeps else AnswerStatus.IN_PROGRESS
