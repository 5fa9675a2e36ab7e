"""Forms of the way from the draft to the issued report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from reporting.issuing import SIGNERS
from units.forms import DayField


def signer_choices(signers: Sequence[tuple[str, str]]) -> list[tuple[int, str]]:
    """Choices by index: "TL. BỘ TRƯỞNG / CHÁNH VĂN PHÒNG"."""
    return [(i, " / ".join([*authority.splitlines(), post])) for i, (authority, post) in enumerate(signers)]


_EMPTY = {"required": "Phần này được in trong báo cáo, không được để trống."}


class FrontForm(forms.Form):
    title = forms.CharField(label="Trích yếu", max_length=300, error_messages=_EMPTY)
    addressee = forms.CharField(label="Kính gửi", max_length=200, error_messages=_EMPTY)
    opening = forms.CharField(
        label="Đoạn mở đầu",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages=_EMPTY,
    )
    closing = forms.CharField(
        label="Đoạn kết",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Dấu “./.” được thêm khi in.",
        error_messages=_EMPTY,
    )
    recipients = forms.CharField(
        label="Nơi nhận",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Mỗi dòng một nơi.",
        error_messages=_EMPTY,
    )


class SignForm(forms.Form):
    """`signer` is an index into `signers`: nobody else may sign such a paper."""

    signers = SIGNERS
    signer = forms.TypedChoiceField(label="Quyền hạn, chức vụ", coerce=int)
    name = forms.CharField(
        label="Họ và tên người ký",
        max_length=120,
        error_messages={"required": "Ghi họ và tên người ký như trên bản đã ký."},
    )
    signed_on = DayField(label="Ngày ký")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        signer = self.fields["signer"]
        assert isinstance(signer, forms.TypedChoiceField)
        signer.choices = signer_choices(self.signers)

    @property
    def signature(self) -> dict[str, Any]:
        """As whom, who and when, as a paper's `sign` takes it."""
        authority, post = self.signers[self.cleaned_data["signer"]]
        return {
            "authority": authority,
            "post": post,
            "name": self.cleaned_data["name"],
            "signed_on": self.cleaned_data["signed_on"],
        }


class IssueForm(forms.Form):
    number = forms.IntegerField(
        label="Số văn bản",
        min_value=1,
        max_value=999_999,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("invalid", "required"), "Nhập số nguyên, ví dụ 1286."),
    )
    issued_on = DayField(label="Ngày ban hành")


class NoteForm(forms.Form):
    note = forms.CharField(
        label="Lý do",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Hãy ghi lý do."},
    )
