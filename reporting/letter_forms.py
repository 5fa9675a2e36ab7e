"""Forms of the urging letter: its words, whom it names, signature, signed copy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from directives.deadlines import Boundary
from reporting.decision_forms import Prose
from reporting.issue_forms import SignForm, signer_choices
from reporting.models import UrgingLetter
from reporting.urging import Candidate
from reporting.urging_issue import SIGNERS
from reporting.urging_words import Words
from units.forms import DayField
from units.models import UnitGroup

WORDS = ("subject", "addressees", "opening", "request", "closing", "recipients")
_LISTED = "Mỗi dòng một nơi."


def _prose(label: str, rows: int, *, help_text: str = "") -> Prose:
    return Prose(
        label=label, rows=rows, max_length=3000, missing="Phần này không được để trống.", help_text=help_text
    )


class WordsForm(forms.Form):
    """What a person may change; `version` is the draft the page was filled from."""

    subject = forms.CharField(
        label="Trích yếu",
        max_length=300,
        help_text="In sau chữ V/v, dưới số và ký hiệu.",
        error_messages={"required": "Hãy ghi trích yếu."},
    )
    addressees = _prose("Kính gửi", 3, help_text=_LISTED)
    opening = _prose("Căn cứ, đoạn mở đầu", 5)
    request = _prose("Yêu cầu", 4, help_text="Thời hạn ở ô dưới được in nối vào cuối đoạn này.")
    reply_by = DayField(label="Thời hạn mới")
    reply_boundary = forms.ChoiceField(
        label="Cách nói thời hạn",
        choices=[(Boundary.BEFORE.value, "trước ngày"), (Boundary.ON_OR_BEFORE.value, "chậm nhất ngày")],
    )
    closing = _prose("Đoạn kết", 4, help_text="Dấu “./.” được thêm khi in.")
    recipients = _prose("Nơi nhận", 4, help_text=_LISTED)
    signer = forms.TypedChoiceField(label="Người ký", coerce=int, choices=signer_choices(SIGNERS))
    version = forms.IntegerField(widget=forms.HiddenInput())

    @classmethod
    def filled(cls, letter: UrgingLetter) -> WordsForm:
        """The form as the draft stands."""
        signer = (letter.authority, letter.post)
        initial = {name: getattr(letter, name) for name in (*WORDS, "reply_by", "reply_boundary", "version")}
        initial["signer"] = SIGNERS.index(signer) if signer in SIGNERS else 0
        return cls(initial=initial)

    @property
    def words(self) -> Words:
        return Words(**{name: self.cleaned_data[name] for name in WORDS})

    @property
    def signer_posts(self) -> tuple[str, str]:
        return SIGNERS[self.cleaned_data["signer"]]


class UnitsForm(forms.Form):
    """Which late units the letter names: ids of duties."""

    units = forms.TypedMultipleChoiceField(
        label="Đơn vị",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Hãy chọn ít nhất một đơn vị, hoặc bỏ công văn này.",
            "invalid_choice": "Có đơn vị không còn quá hạn. Hãy tải lại trang rồi chọn lại.",
        },
    )
    version = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, found: Sequence[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["units"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(c.assignment.pk, c.assignment.unit_name) for c in found if not c.taken]


class GroupForm(forms.Form):
    """The one group a new letter is for, or every one."""

    group = forms.ModelChoiceField(
        UnitGroup.objects.all(), to_field_name="code", required=False, empty_label="Mọi nhóm"
    )


class LetterSignForm(SignForm):
    signers = SIGNERS


class ScanForm(forms.Form):
    file = forms.FileField(label="Bản ký, đóng dấu", error_messages={"required": "Hãy chọn một tệp."})
