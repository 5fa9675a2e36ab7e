"""Forms of units, people, delegations and the calendar. Dates are typed dd/mm/yyyy; what was typed stays."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms

from units.models import Authority, CalendarDay, Membership, Role, Unit, UnitGroup, User
from units.people import roles_for
from units.register import RESERVED_CODES, UnitSpec
from units.text import nfc

TIMES = ["%H:%M", "%Hh%M", "%H giờ %M", "%H"]
"""A time of day as people type it."""
BAD_DATE = "Nhập ngày theo dạng dd/mm/yyyy, ví dụ 01/3/2025."
FIRST_YEAR, LAST_YEAR = 1900, 2100
"""What a typed date may lie in: outside it no paper, unit or calendar has a meaning, and `date` has an end."""
_WHOLE_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}", re.ASCII)
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,}")


def laid_out(form: forms.Form, *rows: dict[str, int]) -> FormHelper:
    """Fields in rows of a twelve-column grid, {name: columns}; a field the form does not have is left out."""
    helper = FormHelper(form)
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(
        *(
            Row(
                *(
                    Column(name, css_class=f"col-md-{width}")
                    for name, width in row.items()
                    if name in form.fields
                )
            )
            for row in rows
            if any(name in form.fields for name in row)
        )
    )
    return helper


class DayField(forms.DateField):
    """A date typed as people write it; the message says how, or that the calendar has no such day."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"],
            widget=forms.DateInput(
                format="%d/%m/%Y",
                attrs={"inputmode": "numeric", "placeholder": "dd/mm/yyyy", "autocomplete": "off"},
            ),
            error_messages={"invalid": BAD_DATE, "required": BAD_DATE},
            **kwargs,
        )

    def to_python(self, value: Any) -> date | None:
        try:
            day: date | None = super().to_python(value)
        except forms.ValidationError as refused:
            if not _WHOLE_DATE.fullmatch(str(value).strip()):
                raise
            said = f"Lịch không có ngày {str(value).strip()}. {BAD_DATE}"
            raise forms.ValidationError(said, code="invalid") from refused
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(f"{BAD_DATE} Năm từ {FIRST_YEAR} đến {LAST_YEAR}.", code="invalid")
        return day


class UnitField(forms.ModelChoiceField):
    """A unit by name; those that ended say so."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", Unit.objects.all())
        kwargs.setdefault("empty_label", "Chọn đơn vị…")
        super().__init__(**kwargs)

    def label_from_instance(self, obj: Unit) -> str:
        return f"{obj.name} (đến {obj.valid_to:%d/%m/%Y})" if obj.valid_to else obj.name


def _text(label: str, longest: int, *, required: bool = False, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        required=required,
        help_text=help_text,
        error_messages={"required": f"Nhập {label.lower()}."},
    )


class UnitForm(forms.Form):
    """Creates a unit, or corrects `unit`; the code and the groups are only asked of a new one."""

    name = _text("Tên đơn vị", 255, required=True)
    code = forms.SlugField(
        label="Mã",
        max_length=100,
        help_text="Chữ thường không dấu, số và gạch nối; đứng trong địa chỉ trang và không đổi về sau.",
        error_messages={
            "required": "Nhập mã, ví dụ benh-vien-bach-mai.",
            "invalid": "Mã chỉ gồm chữ thường không dấu, số và gạch nối, ví dụ benh-vien-bach-mai.",
        },
    )
    short_name = _text("Tên viết tắt", 60)
    kind = _text("Loại", 60, help_text="Ví dụ: vụ, cục, bệnh viện, viện, trường, sở.")
    sector = _text("Lĩnh vực", 100)
    head_title = _text("Chức danh người đứng đầu", 80, help_text="Ví dụ: Cục trưởng, Giám đốc.")
    parent = UnitField(label="Cấp trên", required=False, empty_label="Không có")
    parent_body = _text(
        "Cơ quan chủ quản", 120, help_text="Dòng trên tên đơn vị trong văn bản, ví dụ BỘ Y TẾ."
    )
    place = _text("Địa danh", 60, help_text="Đứng trong dòng ngày tháng, ví dụ Hà Nội.")
    code_letters = _text("Chữ viết tắt trong số, ký hiệu", 30, help_text="Ví dụ: YDCT, SYT.")
    province_code = _text("Mã tỉnh", 2, help_text="Hai chữ số, chỉ ghi cho Sở Y tế.")
    valid_from = DayField(label="Có hiệu lực từ", required=False, help_text="Để trống nếu đã có từ lâu.")
    groups = forms.ModelMultipleChoiceField(
        to_field_name="code",
        label="Nhóm đơn vị",
        queryset=UnitGroup.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Nhóm quyết định đơn vị có trong đợt báo cáo nào.",
    )
    name_checked = forms.BooleanField(label="Tên đã được đối chiếu với văn bản", required=False, initial=True)

    def __init__(self, *args: Any, unit: Unit | None = None, **kwargs: Any) -> None:
        self.unit = unit
        if unit is not None:
            names = [name for name in self.base_fields if name not in ("code", "groups")]
            kwargs.setdefault("initial", {name: getattr(unit, name) for name in names})
        super().__init__(*args, **kwargs)
        if unit is not None:
            del self.fields["code"], self.fields["groups"]
            self.fields["parent"].queryset = Unit.objects.exclude(pk=unit.pk)  # type: ignore[attr-defined]

    @property
    def helper(self) -> FormHelper:
        return laid_out(
            self,
            {"name": 8, "short_name": 4},
            {"code": 6},
            {"kind": 4, "sector": 4, "head_title": 4},
            {"parent": 6, "parent_body": 6},
            {"place": 4, "code_letters": 4, "province_code": 4},
            {"valid_from": 4},
            {"groups": 12},
            {"name_checked": 12},
        )

    def clean_code(self) -> str:
        code = self.cleaned_data["code"].lower()
        if code in RESERVED_CODES or Unit.objects.filter(code=code).exists():
            raise forms.ValidationError(f"Mã {code} đã dùng. Hãy chọn mã khác.")
        return code

    def clean_province_code(self) -> str:
        typed = self.cleaned_data["province_code"].strip()
        if typed and not (typed.isascii() and typed.isdigit() and len(typed) == 2):
            raise forms.ValidationError("Mã tỉnh gồm hai chữ số, ví dụ 01.")
        return typed

    @property
    def spec(self) -> UnitSpec:
        data = dict(self.cleaned_data)
        data["groups"] = tuple(data.pop("groups", ()))
        data.setdefault("code", self.unit.code if self.unit else "")
        return UnitSpec(**data)


class EndForm(forms.Form):
    on = DayField(label="Không còn từ ngày", help_text="Ngày trước đó là ngày cuối cùng của đơn vị.")
    because = _text("Lý do, căn cứ", 255, required=True, help_text="Ví dụ: giải thể theo quyết định số …")


class GroupNameForm(forms.Form):
    name = _text("Tên nhóm", 160, required=True, help_text="Như kế hoạch gọi, ví dụ: Các đơn vị thuộc Bộ.")


class GroupForm(forms.Form):
    group = forms.ModelChoiceField(
        label="Nhóm",
        queryset=UnitGroup.objects.all(),
        empty_label="Chọn nhóm…",
        error_messages={"required": "Chọn nhóm."},
    )
    valid_from = DayField(label="Từ ngày", required=False)


class PersonForm(forms.Form):
    """Makes a person, or corrects `person`; the user name is only asked of a new one."""

    full_name = _text("Họ và tên", 150, required=True)
    username = forms.CharField(
        label="Tên đăng nhập",
        max_length=150,
        help_text="Chữ thường không dấu, số, dấu chấm, gạch nối; ít nhất 3 ký tự.",
        error_messages={"required": "Nhập tên đăng nhập."},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}
        ),
    )
    email = forms.EmailField(
        label="Thư điện tử công vụ",
        max_length=254,
        error_messages={
            "required": "Nhập địa chỉ thư công vụ.",
            "invalid": "Địa chỉ thư chưa đúng, ví dụ ten@example.com.",
        },
        help_text="Đường dẫn đặt mật khẩu và thư nhắc việc gửi tới địa chỉ này.",
    )
    phone = _text("Điện thoại", 40)
    is_admin = forms.BooleanField(
        label="Quản trị hệ thống",
        required=False,
        help_text="Quản lý văn bản, đơn vị, người dùng, lịch và mở đợt; không sửa báo cáo của ai.",
    )

    def __init__(self, *args: Any, person: User | None = None, **kwargs: Any) -> None:
        self.person = person
        if person is not None:
            names = ("full_name", "email", "phone", "is_admin")
            kwargs.setdefault("initial", {name: getattr(person, name) for name in names})
        super().__init__(*args, **kwargs)
        if person is not None:
            del self.fields["username"]

    @property
    def helper(self) -> FormHelper:
        return laid_out(self, {"full_name": 6, "username": 6}, {"email": 6, "phone": 6}, {"is_admin": 12})

    def clean_full_name(self) -> str:
        return nfc(self.cleaned_data["full_name"])

    def clean_username(self) -> str:
        name = self.cleaned_data["username"].strip().lower()
        if not _USERNAME.fullmatch(name):
            raise forms.ValidationError(
                "Chỉ dùng chữ thường không dấu, số, dấu chấm, gạch nối; ít nhất 3 ký tự."
            )
        if User.objects.filter(username__iexact=name).exists():
            raise forms.ValidationError(f"Tên đăng nhập {name} đã có người dùng. Hãy chọn tên khác.")
        return name

    def clean_email(self) -> str:
        address = self.cleaned_data["email"].strip().lower()
        others = User.objects.filter(email__iexact=address)
        if self.person is not None:
            others = others.exclude(pk=self.person.pk)
        if others.exists():
            raise forms.ValidationError(f"Địa chỉ {address} đã thuộc một tài khoản khác.")
        return address


class NewPersonForm(PersonForm):
    """A new person and, where it is known already, what he does at which unit."""

    unit = UnitField(label="Đơn vị", required=False, empty_label="Cấp vai trò sau")
    role = forms.ChoiceField(
        label="Vai trò",
        required=False,
        choices=[("", "Chọn vai trò…"), *Role.choices],
        help_text="Thư mời ghi rõ vai trò và đơn vị; thêm vai trò khác ở trang sau.",
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.in_force(on)  # type: ignore[attr-defined]

    @property
    def helper(self) -> FormHelper:
        return laid_out(
            self,
            {"full_name": 6, "username": 6},
            {"email": 6, "phone": 6},
            {"unit": 6, "role": 6},
            {"is_admin": 12},
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        unit, role = data.get("unit"), data.get("role")
        if unit is not None and not role and "role" not in self.errors:
            self.add_error("role", "Chọn vai trò ở đơn vị này.")
        elif role and unit is None and "unit" not in self.errors:
            self.add_error("unit", "Chọn đơn vị của vai trò này.")
        else:
            _need_role_of_unit(self, unit, role)
        return data


class RoleForm(forms.Form):
    unit = UnitField(label="Đơn vị", error_messages={"required": "Chọn đơn vị."})
    role = forms.ChoiceField(label="Vai trò", choices=Role.choices)
    valid_from = DayField(label="Từ ngày", required=False, help_text="Để trống: có hiệu lực ngay.")
    valid_to = DayField(label="Đến trước ngày", required=False, help_text="Để trống: không thời hạn.")

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.in_force(on)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        _need_role_of_unit(self, data.get("unit"), data.get("role"))
        _need_order(self, data)
        return data


def _need_role_of_unit(form: forms.Form, unit: Unit | None, role: str | None) -> None:
    if unit is not None and role and role not in roles_for(unit):
        form.add_error("role", "Vai trò của Văn phòng chỉ cấp được ở đơn vị chủ trì đợt báo cáo.")


def _need_order(form: forms.Form, data: dict[str, Any]) -> None:
    start, end = data.get("valid_from"), data.get("valid_to")
    if start and end and end <= start:
        form.add_error("valid_to", "Ngày kết thúc phải sau ngày bắt đầu.")


class DelegationForm(forms.Form):
    """An approver lends the right to approve; admins may enter it for any approver.

    `place` is one value "unit:principal", so that both are chosen together and only pairs that exist are.
    """

    place = forms.ChoiceField(label="Người ủy quyền, đơn vị")
    deputy = forms.ModelChoiceField(
        label="Người được ủy quyền",
        queryset=User.objects.none(),
        empty_label="Chọn người…",
        error_messages={
            "required": "Chọn người được ủy quyền.",
            "invalid_choice": "Chọn người trong danh sách.",
        },
    )
    authority = forms.ChoiceField(
        label="Hình thức",
        choices=[(a.value, a.label) for a in (Authority.DEPUTY, Authority.ORDER, Authority.AUTHORISED)],
    )
    reference = _text("Văn bản ủy quyền", 160, help_text="Số, ngày của văn bản, nếu có.")
    valid_from = DayField(label="Từ ngày")
    valid_to = DayField(label="Đến trước ngày", required=False, help_text="Để trống: không thời hạn.")

    def __init__(self, *args: Any, actor: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Membership.objects.in_force(on).filter(role=Role.APPROVER, user__is_active=True)
        if not actor.is_admin:
            rows = rows.filter(user=actor)
        rows = rows.select_related("user", "unit").order_by("unit__sort_key", "user__full_name", "pk")
        self.approvals = {f"{row.unit_id}:{row.user_id}": row for row in rows}
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            (key, f"{row.unit.name}: {row.user}") for key, row in self.approvals.items()
        ]
        units = {row.unit_id for row in self.approvals.values()}
        colleagues = Membership.objects.in_force(on).filter(unit_id__in=units)
        self.fields["deputy"].queryset = User.objects.filter(  # type: ignore[attr-defined]
            pk__in=colleagues.values("user_id"), is_active=True
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        _need_order(self, data)
        row, deputy = self.approvals.get(data.get("place", "")), data.get("deputy")
        if row is None or deputy is None:
            return data
        if deputy.pk == row.user_id:
            self.add_error("deputy", "Không thể tự ủy quyền cho mình. Chọn người khác của đơn vị.")
        elif not Membership.objects.filter(user=deputy, unit=row.unit_id).exists():
            self.add_error("deputy", f"{deputy} không có vai trò ở {row.unit}. Chọn người của đơn vị.")
        return data

    @property
    def approval(self) -> Membership:
        return self.approvals[self.cleaned_data["place"]]


class DayForm(forms.Form):
    day = DayField(label="Ngày")
    kind = forms.ChoiceField(label="Loại", choices=CalendarDay.Kind.choices)
    name = _text("Tên", 160, required=True, help_text="Ví dụ: Quốc khánh; Làm bù cho ngày 02/01/2026.")
    confirmed = forms.BooleanField(
        label="Đã xác nhận",
        required=False,
        initial=True,
        help_text="Ngày chưa xác nhận chưa được dùng khi tính ngày làm việc.",
    )

    @property
    def helper(self) -> FormHelper:
        return laid_out(self, {"day": 3, "kind": 3, "name": 6}, {"confirmed": 12})
