"""Forms of reading a paper: taking it in, and correcting what was proposed. What was typed stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from directives.boundaries import BOUNDARY_LABELS, DATED_BOUNDARIES, Boundary
from directives.codes import KINDS, parse_code
from directives.forms import PaperForm, RegisteredPaper, RequirementForm, kind_choices, refuse_secret_words
from directives.models import Directive, Proposal, RelationKind, Requirement
from directives.proposals import LONGEST_AREA
from units.forms import BAD_DATE, DayField
from units.models import UnitGroup
from units.text import nfc

Values = dict[str, Any]

LONGEST_ADDRESSEE = Requirement._meta.get_field("addressee").max_length or 0
PAPER_TYPES = ".docx,.pdf,.txt,.html,.htm"


class IntakeForm(forms.Form):
    """A file or a pasted text, one of the two."""

    file = forms.FileField(
        label="Tệp văn bản",
        required=False,
        widget=forms.FileInput(attrs={"accept": PAPER_TYPES}),
        help_text="Word (.docx), PDF có lớp chữ hoặc .txt, tối đa 20 MB và 200 trang.",
        error_messages={"empty": "Tệp rỗng, hãy chọn tệp khác."},
    )
    text = forms.CharField(
        label="Hoặc dán nội dung",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Dán toàn văn, kể cả phần đầu và nơi nhận; nhận cả HTML.",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        pasted = bool((data.get("text") or "").strip())
        if "file" in self.errors:
            return data
        if data.get("file") and pasted:
            self.add_error("file", "Chỉ chọn một cách: tải tệp lên, hoặc dán nội dung.")
        elif not data.get("file") and not pasted:
            self.add_error("file", "Chọn một tệp, hoặc dán nội dung văn bản vào ô dưới.")
        return data


class PasteForm(forms.Form):
    """The text of a paper whose file could not be read."""

    text = forms.CharField(
        label="Nội dung văn bản",
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": "Dán nội dung văn bản vào ô này."},
    )


def paper_initial(values: Mapping[str, Any]) -> Values:
    """What the form of the paper itself begins with: what was read, or what was decided before."""
    initial = {name: values.get(name, "") for name in PaperForm.base_fields if name != "confirmed"}
    day = values.get("issued_on")
    initial["issued_on"] = date.fromisoformat(day) if day else None
    kind = f"{values.get('kind', '')} {values.get('kind_word', '')}".strip()
    initial["kind"] = kind if kind in dict(kind_choices()) else ""
    initial["status"] = values.get("status") or (
        Directive.Status.IN_FORCE if values.get("code") and day else Directive.Status.DRAFT
    )
    return initial


def paper_values(form: PaperForm) -> Values:
    """What a valid form says of the paper, as a plain object."""
    spec = form.spec
    return {
        "kind": spec.kind,
        "kind_word": spec.kind_word,
        "code": spec.code,
        "issued_on": spec.issued_on.isoformat() if spec.issued_on else "",
        "issuer": spec.issuer,
        "title": spec.title,
        "status": str(spec.status),
        "signer_post": spec.signer_post,
        "signer_name": spec.signer_name,
        "printed_as": spec.printed_as,
        "note": spec.note,
    }


NEEDED = {
    "kind": "Chọn loại văn bản.",
    "code": "Ghi số, ký hiệu.",
    "issued_on": f"Ghi ngày ban hành; văn bản không in thì tra ở bản gốc. {BAD_DATE}",
    "issuer": "Ghi cơ quan ban hành.",
    "title": "Ghi trích yếu nội dung văn bản.",
}
"""What a paper that is not registered needs, with the words that ask for it."""


class CitedForm(forms.Form):
    """A cited paper: one that is registered, or one to register; and what ties it to others."""

    known = RegisteredPaper(
        label="Nối với văn bản đã có", required=False, empty_label="Đăng ký mới theo các ô dưới"
    )
    kind = forms.ChoiceField(label="Loại văn bản", choices=lambda: [("", "Chọn loại…"), *kind_choices()])
    code = forms.CharField(label="Số, ký hiệu", max_length=80)
    issued_on = DayField(label="Ngày ban hành")
    issuer = forms.CharField(label="Cơ quan ban hành", max_length=200)
    title = forms.CharField(label="Trích yếu", max_length=600, widget=forms.Textarea(attrs={"rows": 2}))
    own_tie = forms.ChoiceField(
        label="Văn bản đang đọc đối với văn bản này",
        required=False,
        choices=[("", "Chỉ nhắc đến, không ghi quan hệ"), *RelationKind.choices],
    )

    def __init__(
        self,
        *args: Any,
        proposal: Proposal,
        codes: Mapping[int, str],
        known: Directive | None = None,
        **kwargs: Any,
    ) -> None:
        self.printed = proposal.read["printed"]
        before = proposal.values  # what was typed before it was opened again
        read = {**proposal.read, **before.get("new", {})}
        chosen = {tie["to"]: tie["kind"] for tie in before.get("ties", proposal.read["ties"])}
        known = Directive.objects.filter(pk=before["known"]).first() if "known" in before else known
        kwargs.setdefault(
            "initial",
            {name: read[name] for name in ("code", "issuer", "title")}
            | {
                "kind": read["kind"] if read["kind"] in dict(kind_choices()) else "",
                "issued_on": date.fromisoformat(read["issued_on"]) if read["issued_on"] else None,
                "own_tie": chosen.get(None, ""),
                "known": None if "new" in before else known,
            },
        )
        super().__init__(*args, **kwargs)
        for name, words in NEEDED.items():
            self.fields[name].error_messages["required"] = words
        self.tied: list[tuple[str, int]] = []
        others = [tie for tie in proposal.read["ties"] if tie["to"] is not None]
        for place, tie in enumerate(others):
            name = f"tie_{place}"
            self.tied.append((name, tie["to"]))
            self.fields[name] = forms.ChoiceField(
                label=f"Văn bản này đối với {codes.get(tie['to'], '')}",
                required=False,
                initial=chosen.get(tie["to"], ""),
                choices=[("", "Không ghi quan hệ"), *RelationKind.choices],
            )

    def clean_title(self) -> str:
        return refuse_secret_words(nfc(self.cleaned_data["title"]))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("known"):  # what stands in the other fields is not looked at then
            for name in NEEDED:
                self.errors.pop(name, None)
        return data

    def values(self) -> Values:
        """What is entered, once the form is valid. The code stays as typed where kind and letters differ."""
        data = self.cleaned_data
        ties = [{"kind": data["own_tie"], "to": None}] if data["own_tie"] else []
        ties += [{"kind": data[name], "to": to} for name, to in self.tied if data[name]]
        if data["known"]:
            return {"known": data["known"].pk, "ties": ties}
        letters, _, word = data["kind"].partition(" ")
        parsed = parse_code(data["code"], word or KINDS[letters])
        code = parsed.text if parsed and not parsed.note else nfc(" ".join(data["code"].split()))
        new = {
            "kind": letters,
            "kind_word": word,
            "code": code,
            "issued_on": data["issued_on"].isoformat(),
            "issuer": nfc(data["issuer"]),
            "title": data["title"],
            "printed_as": self.printed if self.printed != code else "",
        }
        return {"new": new, "ties": ties}


class _Groups(forms.ModelMultipleChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="Nhóm đơn vị trong cổng",
            queryset=UnitGroup.objects.all(),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text="Không chọn nhóm nào: ghi đúng như văn bản, không gắn với nhóm.",
            **kwargs,
        )


class DutyForm(RequirementForm):
    """A deadline or a duty; the phrase never changes where the paper prints one.

    Several addressees stand in one field. Where neither they nor the groups are changed they stay as they were
    read, each with its own groups; else they are one, as typed.
    """

    addressee = forms.CharField(
        label="Ai thực hiện",
        help_text="Đúng như văn bản ghi.",
        error_messages={"required": "Ghi ai phải thực hiện."},
    )
    groups = _Groups()

    field_order = ("addressee", "groups", "text", "phrase", "due_date", "boundary", "receiver")

    def __init__(self, *args: Any, row: Proposal, groups: Sequence[int], **kwargs: Any) -> None:
        read = {**row.read, **row.values}
        kwargs.setdefault(
            "initial",
            {
                "addressee": "; ".join(read["addressees"]),
                "groups": list(groups),
                "text": read["text"],
                "phrase": read["phrase"],
                "due_date": date.fromisoformat(read["due"]) if read["due"] else None,
                "boundary": read["boundary"],
                "receiver": read["receiver"],
            },
        )
        super().__init__(*args, **kwargs)
        self.read_as = (list(read["addressees"]), row.values.get("groups"))
        del self.fields["group"]
        if row.read["phrase"]:
            self.fields["phrase"].disabled = True
            self.fields["phrase"].help_text = "Đúng như văn bản in, không sửa được."

    @property
    def _says_who_anew(self) -> bool:
        return not {"addressee", "groups"}.isdisjoint(self.changed_data)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self._says_who_anew and len(data.get("addressee", "")) > LONGEST_ADDRESSEE:
            self.add_error("addressee", f"Dài quá {LONGEST_ADDRESSEE} ký tự. Hãy ghi gọn ai phải thực hiện.")
        return data

    def values(self) -> Values:
        data = self.cleaned_data
        addressees, groups = self.read_as
        if self._says_who_anew:
            addressees, groups = [nfc(data["addressee"])], [group.pk for group in data["groups"]]
        return {
            "addressees": addressees,
            "groups": groups,
            "text": data["text"],
            "phrase": nfc(data["phrase"]),
            "due": data["due_date"].isoformat() if data["due_date"] else "",
            "boundary": data["boundary"] or str(Boundary.NONE),
            "receiver": nfc(data["receiver"]),
        }


class AreaForm(forms.Form):
    title = forms.CharField(
        label="Tên nội dung",
        max_length=LONGEST_AREA,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Ghi tên nội dung."},
    )

    def __init__(self, *args: Any, read: Mapping[str, Any], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"title": read["title"]})
        super().__init__(*args, **kwargs)

    def clean_title(self) -> str:
        return refuse_secret_words(nfc(" ".join(self.cleaned_data["title"].split())))

    def values(self) -> Values:
        return {"title": self.cleaned_data["title"]}


class GroupForm(forms.Form):
    groups = _Groups()

    def __init__(self, *args: Any, groups: Sequence[int], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"groups": list(groups)})
        super().__init__(*args, **kwargs)

    def values(self) -> Values:
        return {"groups": [group.pk for group in self.cleaned_data["groups"]]}


def boundary_choices(read: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The ways a printed date may be counted: the time of day only where the paper prints one."""
    for boundary in DATED_BOUNDARIES:
        if boundary is not Boundary.BY_TIME or read["time"]:
            yield boundary.value, BOUNDARY_LABELS[boundary]
