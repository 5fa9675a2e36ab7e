"""Forms of the register. Dates are typed dd/mm/yyyy; what was typed stays when something is wrong."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from directives.boundaries import DATED_BOUNDARIES
from directives.codes import KINDS, kind_label, parse_code
from directives.deadlines import BOUNDARY_LABELS, Boundary
from directives.models import SECOND_WORDS, Directive, Relation, RelationKind
from directives.register import (
    PaperSpec,
    RegisterRefused,
    RequirementSpec,
    known_paper,
    refuse_secret,
)
from directives.validity import ENDED
from units.forms import BAD_DATE, DayField
from units.models import UnitGroup
from units.text import nfc, sort_key

_UNSAID = {Boundary.NONE: "không in thời hạn"}


def kind_choices() -> list[tuple[str, str]]:
    """Every kind of paper by its name; letters that two kinds share stand twice ("QĐ Quy định")."""
    named = [(kind, f"{word} ({kind})") for kind, word in KINDS.items()]
    named += [(f"{kind} {word}", f"{word} ({kind})") for kind, word in SECOND_WORDS.items()]
    return sorted(named, key=lambda pair: sort_key(pair[1]))


class RegisteredPaper(forms.ModelChoiceField):
    """A registered paper, told apart by code and date."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", "Chọn văn bản…")
        super().__init__(queryset=Directive.objects.all(), **kwargs)

    def label_from_instance(self, obj: Directive) -> str:
        day = f"{obj.issued_on:%d/%m/%Y}" if obj.issued_on else "chưa có ngày"
        return f"{obj.code or obj.kind_label}, {day}: {obj.title[:70]}"


def refuse_secret_words(text: str) -> str:
    """The text, for the `clean_` method of a field; a form error where it carries a secrecy mark."""
    try:
        refuse_secret(text)
    except RegisterRefused as refusal:
        raise forms.ValidationError(str(refusal)) from None
    return text


class PaperForm(forms.Form):
    """Registers or corrects a paper.

    Two doubts are put to the person once and pass when confirmed: a number that cannot be read, and a
    number that another paper bears on another day. Letters that contradict the kind are put right in the
    field itself, what was typed moves to "có bản in ghi", and the form is shown again.
    """

    kind = forms.ChoiceField(
        label="Loại văn bản",
        # Nothing is chosen beforehand: the kind decides the letters, and a wrong one would change a right code.
        choices=lambda: [("", "Chọn loại…"), *kind_choices()],
        error_messages={"required": "Chọn loại văn bản."},
    )
    status = forms.ChoiceField(
        label="Tình trạng",
        choices=[(Directive.Status.IN_FORCE, "Đã ban hành"), (Directive.Status.DRAFT, "Dự thảo")],
        help_text="Chưa có số hoặc ngày thì ghi là dự thảo.",
    )
    code = forms.CharField(
        label="Số, ký hiệu", max_length=80, required=False, help_text="Ví dụ: 45-NQ/TW, 288/QĐ-BYT."
    )
    issued_on = DayField(label="Ngày ban hành", required=False)
    issuer = forms.CharField(
        label="Cơ quan ban hành", max_length=200, error_messages={"required": "Ghi cơ quan ban hành."}
    )
    title = forms.CharField(
        label="Trích yếu",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Ghi trích yếu nội dung văn bản."},
    )
    signer_post = forms.CharField(label="Quyền hạn, chức vụ người ký", max_length=160, required=False)
    signer_name = forms.CharField(label="Người ký", max_length=120, required=False)
    printed_as = forms.CharField(
        label="Có bản in ghi",
        max_length=80,
        required=False,
        help_text="Ký hiệu in khác với ký hiệu đúng, nếu có; người tìm theo ký hiệu này vẫn thấy văn bản.",
    )
    note = forms.CharField(
        label="Ghi chú", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    confirmed = forms.BooleanField(label="Tôi đã kiểm tra, vẫn lưu như đã ghi", required=False)

    def __init__(self, *args: Any, directive: Directive | None = None, **kwargs: Any) -> None:
        self.directive = directive
        self.known: Directive | None = None
        self.doubts: list[str] = []
        self.kind_word = ""
        if directive is not None:
            initial = {name: getattr(directive, name) for name in _COLUMNS if name != "status"}
            initial["status"] = _plain_status(directive)
            kind = f"{directive.kind} {directive.kind_word}".strip()
            kwargs.setdefault("initial", initial | {"kind": kind})
        super().__init__(*args, **kwargs)
        if directive is not None and any(row.is_change for row in directive.status_changes.all()):
            del self.fields["status"]
        self._ask_for_the_key()

    def clean_kind(self) -> str:
        """The letters; the word they stand for here goes to `kind_word`."""
        letters, _, self.kind_word = self.cleaned_data["kind"].partition(" ")
        return letters

    def clean_title(self) -> str:
        return refuse_secret_words(nfc(self.cleaned_data["title"]))

    def clean_note(self) -> str:
        return refuse_secret_words(nfc(self.cleaned_data["note"]))

    def clean_issuer(self) -> str:
        return nfc(self.cleaned_data["issuer"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "kind" in data and "code" in data:
            self._read_code(data)
        if not self.errors:
            self._look_for_the_same(data)
        if self._key_stays(data):
            self.doubts = []
        if self.doubts and not data.get("confirmed"):
            raise forms.ValidationError(
                "Hãy kiểm tra lại rồi đánh dấu xác nhận, hoặc sửa số, ký hiệu và ngày."
            )
        return data

    def _key_stays(self, data: dict[str, Any]) -> bool:
        """A paper whose number and date are left as they are raises no doubt again."""
        paper = self.directive
        return paper is not None and (paper.code, paper.issued_on) == (
            data.get("code"),
            data.get("issued_on"),
        )

    def _read_code(self, data: dict[str, Any]) -> None:
        typed = data["code"].strip()
        if not typed:
            return
        word = self.kind_word or KINDS[data["kind"]]
        code = parse_code(typed, word)
        if code is None:
            data["code"] = nfc(" ".join(typed.split()))
            self.doubts.append(f"Không đọc được “{data['code']}” như một số, ký hiệu thường dùng.")
            return
        data["code"] = code.text
        if code.note:
            self._propose(code.text, typed)
            note = code.note.replace(kind_label(code.kind), word)
            self.add_error("code", f"{note} Đã điền sẵn {code.text}; kiểm tra rồi lưu lại.")

    def _propose(self, code: str, typed: str) -> None:
        """Show the form again with the proposal in the field and the printed letters kept beside it."""
        kept: QueryDict = self.data.copy()  # type: ignore[attr-defined]
        kept[self.add_prefix("code")] = code
        kept[self.add_prefix("printed_as")] = self.data.get(self.add_prefix("printed_as")) or typed
        self.data = kept

    def _ask_for_the_key(self) -> None:
        """Number and date may be left out for a draft only."""
        status = self.data.get(self.add_prefix("status")) if self.is_bound else self.initial.get("status")
        for name, words in (
            ("code", "Văn bản đã ban hành phải có số, ký hiệu. Nếu còn trống, chọn Dự thảo."),
            ("issued_on", f"Văn bản đã ban hành phải có ngày. {BAD_DATE}"),
        ):
            self.fields[name].required = status != Directive.Status.DRAFT
            self.fields[name].error_messages["required"] = words

    def _look_for_the_same(self, data: dict[str, Any]) -> None:
        code, issued_on = data["code"], data["issued_on"]
        self.known = known_paper(code, issued_on, other_than=self.directive)
        if self.known is not None:
            self.add_error("code", f"Đã đăng ký {self.known.label} cùng ngày. Hãy mở văn bản đó để sửa.")
            return
        others = Directive.objects.filter(code=code).exclude(code="")
        if self.directive is not None:
            others = others.exclude(pk=self.directive.pk)
        days = [f"{other.issued_on:%d/%m/%Y}" for other in others if other.issued_on]
        if days:
            self.doubts.append(
                f"Đã có {code} ban hành ngày {', '.join(days)}. Số, ký hiệu có thể trùng giữa các khóa, các năm; "
                "hai văn bản khác nhau thì cứ lưu."
            )

    @property
    def spec(self) -> PaperSpec:
        """What was typed, once the form is valid."""
        data = {name: self.cleaned_data[name] for name in _COLUMNS if name in self.cleaned_data}
        if self.directive is not None:
            data.setdefault("status", _plain_status(self.directive))
        return PaperSpec(**data, kind_word=self.kind_word)


def _plain_status(directive: Directive) -> Directive.Status:
    """What the form asks: a draft, or issued; how long it stays in force is asked elsewhere."""
    return Directive.Status.DRAFT if directive.is_draft else Directive.Status.IN_FORCE


_COLUMNS = (
    "kind",
    "status",
    "code",
    "issued_on",
    "issuer",
    "title",
    "signer_post",
    "signer_name",
    "printed_as",
    "note",
)


class RequirementForm(forms.Form):
    addressee = forms.CharField(
        label="Ai thực hiện",
        max_length=200,
        help_text="Đúng như văn bản ghi.",
        error_messages={"required": "Ghi ai phải thực hiện."},
    )
    group = forms.ModelChoiceField(
        label="Nhóm đơn vị trong cổng",
        queryset=UnitGroup.objects.all(),
        required=False,
        empty_label="Không gắn với nhóm",
    )
    text = forms.CharField(
        label="Việc phải làm",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Ghi việc phải làm."},
    )
    phrase = forms.CharField(
        label="Thời hạn như in", max_length=160, required=False, help_text="Ví dụ: trước ngày 20/10/2025."
    )
    due_date = DayField(label="Ngày in", required=False)
    boundary = forms.ChoiceField(
        label="Cách tính hạn",
        choices=[(b.value, _UNSAID.get(b, BOUNDARY_LABELS[b])) for b in Boundary],
        initial=Boundary.NONE,
        required=False,
    )
    receiver = forms.CharField(label="Nơi nhận kết quả", max_length=160, required=False)

    def clean_text(self) -> str:
        return refuse_secret_words(nfc(self.cleaned_data["text"]))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        boundary = data.get("boundary") or Boundary.NONE
        dated = boundary in DATED_BOUNDARIES
        if dated and not data.get("due_date") and "due_date" not in self.errors:
            self.add_error("due_date", f"Cách tính này cần một ngày. {BAD_DATE}")
        if data.get("due_date") and not dated:
            self.add_error("boundary", "Có ngày thì chọn cách tính: trước ngày hay chậm nhất trong ngày.")
        if data.get("due_date") and not (data.get("phrase") or "").strip():
            self.add_error("phrase", "Ghi thời hạn đúng như văn bản in, ví dụ: trước ngày 20/10/2025.")
        return data

    @property
    def spec(self) -> RequirementSpec:
        return RequirementSpec(**self.cleaned_data)


class RelationForm(forms.Form):
    kind = forms.ChoiceField(
        label="Văn bản này", choices=RelationKind.choices, initial=RelationKind.IMPLEMENTS
    )
    to = RegisteredPaper(
        label="Văn bản gốc", error_messages={"required": "Chọn văn bản.", "invalid_choice": "Chọn văn bản."}
    )

    def __init__(self, *args: Any, directive: Directive, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.directive = directive
        self.fields["to"].queryset = Directive.objects.exclude(pk=directive.pk)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "to" in data and Relation.objects.filter(
            from_directive=data["to"], to_directive=self.directive, kind=data.get("kind")
        ):
            self.add_error("to", "Đã ghi quan hệ này theo chiều ngược lại. Hãy bỏ quan hệ kia trước.")
        return data


class StatusForm(forms.Form):
    status = forms.ChoiceField(
        label="Hiệu lực",
        choices=[(s.value, s.label) for s in Directive.Status if s != Directive.Status.DRAFT],
    )
    since = DayField(label="Từ ngày")
    by = RegisteredPaper(label="Theo văn bản", required=False)

    def __init__(self, *args: Any, directive: Directive, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["by"].queryset = Directive.objects.exclude(pk=directive.pk)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("status") in ENDED and not data.get("by") and "by" not in self.errors:
            self.add_error("by", "Chọn văn bản sửa đổi, thay thế hoặc bãi bỏ. Chưa có thì đăng ký trước.")
        return data


class FileForm(forms.Form):
    file = forms.FileField(
        label="Tệp",
        help_text="PDF, .docx, .xlsx, .txt, ảnh PNG hoặc JPEG, tối đa 20 MB.",
        error_messages={"required": "Chọn một tệp.", "empty": "Tệp rỗng, hãy chọn tệp khác."},
    )


class SheetForm(forms.Form):
    file = forms.FileField(
        label="Bảng tính",
        help_text="Tệp .xlsx, .ods hoặc .csv (UTF-8), tối đa 5 MB.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv"}),
        error_messages={"required": "Chọn một tệp.", "empty": "Tệp rỗng, hãy chọn tệp khác."},
    )
