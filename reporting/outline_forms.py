"""Forms of an outline that is being prepared: a section, where a new one goes, and the figures it asks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.text import Truncator

from directives.deadlines import printed_date
from directives.models import Directive
from reporting.indicator_editing import IndicatorWords
from reporting.models import Indicator, Section
from reporting.outline_editing import SectionWords
from units.text import row_number, sort_key


class _Papers(forms.ModelMultipleChoiceField):
    """Registered papers by number, then date and title; those of the section come first."""

    chosen: set[int]

    def __init__(self, **kwargs: Any) -> None:
        queryset = Directive.objects.exclude(is_draft=True)
        super().__init__(queryset=queryset, widget=forms.CheckboxSelectMultiple, **kwargs)
        self.chosen = set()
        self.iterator = _ChosenFirst

    def clean(self, value: Any) -> Any:
        """What is no number of a row is told as such, not asked of the database."""
        if any(row_number(str(one)) is None for one in value or ()):
            raise forms.ValidationError("Có văn bản không còn trong danh mục. Hãy tải lại trang và chọn lại.")
        return super().clean(value)

    def label_from_instance(self, obj: Directive) -> str:
        return f"{obj.code}, {printed_date(obj.issued_on) if obj.issued_on else ''}: {Truncator(obj.title).words(18)}"


class _ChosenFirst(forms.models.ModelChoiceIterator):
    field: _Papers

    def __iter__(self) -> Iterator[Any]:
        papers = sorted(
            self.queryset, key=lambda paper: (paper.pk not in self.field.chosen, sort_key(paper.code))
        )
        return (self.choice(paper) for paper in papers)


class SectionForm(forms.Form):
    title = forms.CharField(label="Tên mục", max_length=400, error_messages={"required": "Nhập tên mục."})
    short_title = forms.CharField(
        label="Tên ngắn", max_length=120, error_messages={"required": "Nhập tên ngắn."}
    )
    guidance = forms.CharField(
        label="Gợi ý nội dung",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Mỗi dòng một gợi ý; hiện bên cạnh ô soạn của đơn vị.",
    )

    directives = _Papers(
        label="Văn bản chỉ đạo của mục",
        required=False,
        help_text="Kết quả của mục hiện ở trang của những văn bản này. Thiếu văn bản nào thì đăng ký trước.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["directives"].chosen = set(self.initial.get("directives", ()))  # type: ignore[attr-defined]

    @classmethod
    def of(cls, section: Section, data: Any = None) -> SectionForm:
        initial = {name: getattr(section, name) for name in ("title", "short_title", "guidance")}
        form = cls(data, initial=initial | {"directives": [paper.pk for paper in section.directives.all()]})
        if section.is_heading:
            del form.fields["directives"]
        return form

    @property
    def words(self) -> SectionWords:
        names = ("title", "short_title", "guidance", "directives")
        return SectionWords(**{name: self.cleaned_data[name] for name in names if name in self.cleaned_data})


class NewSectionForm(SectionForm):
    """A section and where it goes: behind another one, or as the last one under a heading."""

    place = forms.ChoiceField(
        label="Chỗ trong đề cương",
        error_messages={"required": "Chọn chỗ của mục.", "invalid_choice": "Chọn chỗ trong danh sách."},
    )
    is_heading = forms.BooleanField(
        label="Chỉ là đề mục",
        required=False,
        help_text="Đề mục không có ô trả lời và không gắn văn bản; mục con thêm sau.",
    )
    field_order = ("place", "title", "short_title", "is_heading", "directives", "guidance")

    def __init__(self, *args: Any, sections: list[Section], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sections = {str(section.pk): section for section in sections}
        places = [("", "Cuối đề cương")]
        for key, section in self.sections.items():
            if section.is_heading:
                places.append((f"trong:{key}", f"Cuối mục {section.number}. {section.short_title}"))
            places.append((f"sau:{key}", f"Sau mục {section.number}. {section.short_title}"))
        self.fields["place"].choices = places  # type: ignore[attr-defined]
        self.fields["place"].required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("is_heading") and data.get("directives"):
            self.add_error("directives", "Đề mục không gắn văn bản; gắn vào mục con.")
        return data

    @property
    def where(self) -> dict[str, Any]:
        """`after` and `under`, as `add_section` takes them."""
        kind, _, key = self.cleaned_data["place"].partition(":")
        found = self.sections.get(key)
        return {"after": found if kind == "sau" else None, "under": found if kind == "trong" else None}


class IndicatorForm(forms.Form):
    """A figure that every unit gives in a section."""

    name = forms.CharField(
        label="Tên chỉ tiêu",
        max_length=160,
        error_messages={"required": "Nhập tên chỉ tiêu, ví dụ Hội nghị quán triệt."},
    )
    unit_label = forms.CharField(
        label="Đơn vị tính",
        max_length=40,
        help_text="Ví dụ: hội nghị, lượt, triệu đồng, %.",
        error_messages={"required": "Nhập đơn vị tính, ví dụ lượt."},
    )
    decimals = forms.TypedChoiceField(
        label="Số chữ số sau dấu phẩy", choices=[(n, str(n)) for n in range(4)], coerce=int, initial=0
    )
    rollup = forms.ChoiceField(
        label="Cách tổng hợp",
        choices=Indicator.Rollup.choices,
        initial=Indicator.Rollup.SUM,
        help_text="Tỷ lệ (%) không bao giờ cộng.",
    )
    required = forms.BooleanField(label="Bắt buộc nhập", required=False, initial=True)

    @classmethod
    def of(cls, indicator: Indicator, data: Any = None) -> IndicatorForm:
        return cls(data, initial={name: getattr(indicator, name) for name in cls.base_fields})

    @property
    def words(self) -> IndicatorWords:
        return IndicatorWords(**self.cleaned_data)
