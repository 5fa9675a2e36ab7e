"""A date as a paper prints it, typed by a person; for a group of addressees, with whether it is asked."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django import forms

from directives.boundaries import DATED_BOUNDARIES
from directives.deadlines import BOUNDARY_LABELS, Boundary, last_working_day, printed_date, read_deadline
from reporting.deadlines import DateToKeep
from reporting.models import Deadline
from units.forms import TIMES, DayField
from units.models import UnitGroup
from units.text import nfc
from units.workdays import WorkingCalendar, weekday_vi


def date_words(until: DateToKeep, calendar: WorkingCalendar) -> dict[str, str]:
    """What `{% deadline_line %}` shows of a date that is not stored yet."""
    last = last_working_day(until.boundary, until.printed_date, calendar)
    return {
        "phrase": until.words,
        "last_working_text": f"{weekday_vi(last)} {last:%d/%m/%Y}" if last else "",
    }


def weekend_note(until: DateToKeep, calendar: WorkingCalendar) -> str:
    """Says that the printed day is a day off, where it matters; the date itself never moves."""
    day = until.printed_date
    if until.boundary == Boundary.BEFORE or calendar.is_working(day):
        return ""
    name = weekday_vi(day)
    return f"{name[0].upper()}{name[1:]} {day:%d/%m/%Y} là ngày nghỉ; hạn không dời, đơn vị nên nộp trước đó."


def lacks_its_time(boundary: str, at: time | None) -> bool:
    return boundary == Boundary.BY_TIME and at is None


class DateForm(forms.Form):
    """A date as a paper prints it. The phrase is kept apart from how the date is counted."""

    whose = ""  # named in the summary of errors, where several dates stand on one page
    printed_date = DayField(label="Ngày in")
    boundary = forms.ChoiceField(
        label="Cách tính hạn",
        choices=[(b.value, BOUNDARY_LABELS[b]) for b in DATED_BOUNDARIES],
        initial=Boundary.BEFORE,
    )
    printed_time = forms.TimeField(
        label="Giờ",
        required=False,
        input_formats=TIMES,
        widget=forms.TimeInput(format="%H:%M", attrs={"placeholder": "17:00", "autocomplete": "off"}),
        error_messages={"invalid": "Nhập giờ theo dạng 17:00."},
    )
    phrase = forms.CharField(
        label="Câu chữ trong văn bản",
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "để trống thì cổng tự ghi"}),
    )

    def clean_phrase(self) -> str:
        return nfc(self.cleaned_data["phrase"]).strip()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("boundary") == Boundary.BY_TIME:
            if not data.get("printed_time") and "printed_time" not in self.errors:
                self.add_error("printed_time", "Cách tính này cần giờ. Nhập giờ theo dạng 17:00.")
        elif "printed_time" in data:
            data["printed_time"] = None
        self._compare_phrase(data)
        return data

    def _compare_phrase(self, data: dict[str, Any]) -> None:
        """The phrase says what the paper prints: its day must be the day entered."""
        day, phrase = data.get("printed_date"), data.get("phrase")
        if not day or not phrase:
            return
        # A phrase without a year is read in the year of the day entered.
        said = read_deadline(phrase).due or read_deadline(phrase, date(day.year, 1, 1)).due
        if said is not None and said != day:
            self.add_error(
                "phrase", f"Câu chữ ghi ngày {printed_date(said)}, khác ngày đã nhập {printed_date(day)}."
            )

    @property
    def date_to_keep(self) -> DateToKeep:
        data = self.cleaned_data
        return DateToKeep(data["boundary"], data["printed_date"], data["printed_time"], data["phrase"])

    def words(self, calendar: WorkingCalendar) -> dict[str, str] | None:
        """Phrase and last working day of what stands in the form, once it is a whole date."""
        if not self.is_bound:
            first = self.initial
            if not first.get("printed_date") or lacks_its_time(first["boundary"], first.get("printed_time")):
                return None
            until = DateToKeep(
                first["boundary"], first["printed_date"], first.get("printed_time"), first.get("phrase", "")
            )
            return date_words(until, calendar)
        if not self.is_valid() or not self.cleaned_data.get("printed_date"):
            return None
        return date_words(self.date_to_keep, calendar)


class GroupDateForm(DateForm):
    """A group of addressees: whether it is asked, and its date; a group not asked needs no date."""

    asked = forms.BooleanField(label="Phải báo cáo", required=False)

    def __init__(self, *args: Any, group: UnitGroup, **kwargs: Any) -> None:
        kwargs["prefix"] = f"nhom-{group.pk}"
        super().__init__(*args, **kwargs)
        self.group = group
        self.whose = group.name

    @property
    def is_asked(self) -> bool:
        if self.is_bound:
            return bool(self["asked"].value())
        return bool(self.initial.get("asked"))

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and not self.is_asked:
            self._errors = forms.utils.ErrorDict()
            self.cleaned_data = {"asked": False}


def date_form_of(deadline: Deadline, data: Any = None) -> DateForm:
    """The form that changes a date of a round, filled with what stands."""
    names = ("printed_date", "boundary", "printed_time", "phrase")
    return DateForm(data, initial={name: getattr(deadline, name) for name in names})
