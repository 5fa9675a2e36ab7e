"""Tags and filters that put the visual language on the page: `{% load look %}`.

States are shown by the exact words of the glossary, an icon and a colour, in that order of importance.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms, template
from django.contrib.messages.storage.base import Message
from django.core.paginator import Page
from django.forms import BoundField
from django.forms.boundfield import BoundWidget
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe

from portal import vn_format

register = template.Library()


@dataclass(frozen=True)
class Tag:
    label: str
    icon: str
    tone: str = ""  # progress, sent, ok, warn, danger, quiet, open; empty for the grey one


ASSIGNMENT_TAGS = {
    "not_started": Tag("Chưa bắt đầu", "circle", "open"),
    "in_progress": Tag("Đang soạn", "pencil", "progress"),
    "awaiting_approval": Tag("Chờ lãnh đạo duyệt", "hourglass-split", "progress"),
    "submitted": Tag("Đã nộp", "send-fill", "sent"),
    "accepted": Tag("Đã tiếp nhận", "check-circle-fill", "ok"),
    "returned": Tag("Trả lại bổ sung", "arrow-return-left", "warn"),
    "waived": Tag("Được miễn", "slash-circle"),
    "superseded": Tag("Đã chuyển giao", "arrow-left-right"),
}
TIMELINESS_TAGS = {
    "not_due": Tag("Chưa đến hạn", "calendar3", "quiet"),
    "due_soon": Tag("Sắp đến hạn", "clock", "warn"),
    "overdue": Tag("Quá hạn", "exclamation-circle-fill", "danger"),
    "on_time": Tag("Đúng hạn", "check-lg", "ok"),
    "late": Tag("Nộp muộn", "clock-history", "danger"),
    "late_excused": Tag("Muộn có gia hạn", "clock-history", "warn"),
}
ANSWER_TAGS = {
    "not_started": Tag("Chưa bắt đầu", "circle", "open"),
    "in_progress": Tag("Đang soạn", "pencil", "progress"),
    "done": Tag("Hoàn thành", "check-circle-fill", "ok"),
    "nil": Tag("Không phát sinh", "slash-circle"),
    "not_applicable": Tag("Không thuộc phạm vi", "dash-circle"),
}
ROUND_TAGS = {
    "preparing": Tag("Đang chuẩn bị", "circle", "open"),
    "open": Tag("Đang mở", "send-fill", "progress"),
    "closed": Tag("Đã khóa sổ", "lock-fill"),
    "issued": Tag("Đã phát hành", "check-circle-fill", "ok"),
}
REPORT_TAGS = {
    "drafting": Tag("Dự thảo", "pencil", "progress"),
    "for_signature": Tag("Trình ký", "hourglass-split", "progress"),
    "signed": Tag("Đã ký", "check-lg", "ok"),
    "issued": Tag("Đã phát hành", "check-circle-fill", "ok"),
    "corrected": Tag("Đính chính", "arrow-repeat", "warn"),
}
LETTER_TAGS = {
    **{state: REPORT_TAGS[state] for state in ("drafting", "for_signature", "signed", "issued")},
    "dropped": Tag("Đã bỏ", "slash-circle"),
}
DIRECTIVE_TAGS = {
    "draft": Tag("Dự thảo", "pencil", "open"),
    "in_force": Tag("Còn hiệu lực", "check-lg", "ok"),
    "amended": Tag("Đã sửa đổi, bổ sung", "arrow-repeat", "warn"),
    "replaced": Tag("Đã được thay thế", "arrow-left-right"),
    "repealed": Tag("Đã bãi bỏ", "slash-circle"),
}
# A value means the same thing wherever two of the lists hold it, so one lookup serves them all.
TAGS: dict[str, Tag] = {
    **ASSIGNMENT_TAGS,
    **TIMELINESS_TAGS,
    **ANSWER_TAGS,
    **ROUND_TAGS,
    **REPORT_TAGS,
    **LETTER_TAGS,
    **DIRECTIVE_TAGS,
}


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """`{% icon "bell" %}`: a picture beside words, hidden from screen readers; `extra` adds classes."""
    classes = f"icon {extra}".strip()
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"></use></svg>',
        classes,
        static("icons.svg"),
        name,
    )


@register.simple_tag
def tag(label: str, icon_name: str = "", tone: str = "") -> SafeString:
    """`{% tag "Đã đọc" "eye" %}`: a status in words of one's own; `tone` as in `Tag`."""
    classes = f"tag tag-{tone}" if tone else "tag"
    picture = icon(icon_name) if icon_name else ""
    return format_html('<span class="{}">{}{}</span>', classes, picture, label)


@register.simple_tag
def state_tag(value: Any) -> SafeString:
    """The tag of a state: assignment, timeliness, answer, round, report, letter or directive.

    An unknown value is a mistake of the programmer: KeyError. An empty one shows nothing.
    """
    if not value:
        return mark_safe("")
    known = TAGS[str(value)]
    return tag(known.label, known.icon, known.tone)


@register.filter
def state_label(value: Any) -> str:
    """The glossary's words for a state, for sentences and screen readers."""
    return TAGS[str(value)].label if value else ""


@register.filter
def state_icon(value: Any) -> str:
    """The icon name of a state, for outlines: `{% icon item.state|state_icon %}`."""
    return TAGS[str(value)].icon


@register.simple_tag
def deadline_line(info: Any, extra: str = "") -> SafeString:
    """The `.deadline` component: a deadline is never half said.

    `info` (object or mapping) has `phrase` as printed, `last_working_text` ("thứ Sáu 17/10", or empty when
    the paper prints no date), `left_text` ("còn 3 ngày làm việc", or empty) and `tone` ("", "soon", "over").
    """
    if not info:
        return mark_safe("")
    tone = _part(info, "tone")
    classes = " ".join(filter(None, ["deadline", f"deadline-{tone}" if tone else "", extra]))
    last = _part(info, "last_working_text")
    said = f"ngày làm việc cuối: {last}" if last else "văn bản không in ngày"
    left = _part(info, "left_text")
    return format_html(
        '<p class="{}">{}<b>{}</b> <span class="deadline-last">{}</span>{}</p>',
        classes,
        icon("calendar3"),
        _part(info, "phrase"),
        said,
        format_html(' <span class="deadline-left">{}</span>', left) if left else "",
    )


def _part(info: Any, name: str) -> str:
    value = info.get(name) if isinstance(info, Mapping) else getattr(info, name, "")
    return str(value) if value else ""


@register.filter
def vn_date(value: date | None) -> str:
    """`17/10/2025`; nothing for None."""
    return vn_format.date_text(value) if value else ""


@register.filter
def vn_weekday(value: date | None) -> str:
    """`thứ Sáu`; nothing for None."""
    return vn_format.weekday_text(value) if value else ""


@register.filter
def vn_datetime(value: datetime | None, form: str = "") -> str:
    """`15:42 thứ Sáu 17/10/2025`; `:"short"` gives `17/10/2025 15:42`, `:"time"` gives `15:42`."""
    if not value:
        return ""
    if form == "short":
        return vn_format.datetime_short(value)
    if form == "time":
        return vn_format.time_text(value)
    return vn_format.datetime_text(value)


@register.filter
def vn_number(value: int | float | Decimal | str | None, decimals: int | None = None) -> str:
    """`1.286`, `98,5`; nothing for None or an empty string. `:1` fixes the decimals."""
    return "" if value is None or value == "" else vn_format.number_text(value, decimals)


@register.filter
def initials(value: Any) -> str:
    """Two letters of a name for an avatar."""
    return vn_format.initials(str(value or ""))


# A number of a paper: 45-NQ/TW, 288/QĐ-BYT, 30/2020/NĐ-CP, 202/2025/QH15, 4396/BYT-KH-TC. A date is not one.
_LETTERS = "A-ZĐƯƠÂÊÔĂa-zđươ"
_CODE = re.compile(
    rf"(?<![\w/-])\d{{1,5}}(?:/\d{{4}})?[-/](?:[{_LETTERS}]+\d{{0,2}})(?:[-/][{_LETTERS}]+\d{{0,2}})*(?![\w])"
)


@register.filter(needs_autoescape=True)
def codes(value: Any, autoescape: bool = True) -> SafeString:
    """Wrap the numbers of papers so that they do not break at their hyphen; the rest is escaped.

    Text only: HTML already marked safe is returned as it came.
    """
    if isinstance(value, Promise):
        value = str(value)
    if hasattr(value, "__html__"):
        return conditional_escape(value)
    clean = escape if autoescape else str
    text, pieces, at = str(value or ""), [], 0
    for found in _CODE.finditer(text):
        pieces.append(clean(text[at : found.start()]))
        pieces.append(f'<span class="code">{clean(found[0])}</span>')
        at = found.end()
    pieces.append(clean(text[at:]))
    return mark_safe("".join(pieces))  # noqa: S308  (every piece was escaped above)


@register.filter
def undo_url(message: Message) -> str:
    """Where a message is undone: its `extra_tags` hold `undo:/path/`; a path of this site or nothing."""
    for word in (message.extra_tags or "").split():
        if word.startswith("undo:/") and not word.startswith("undo://"):
            return word.removeprefix("undo:")
    return ""


@register.simple_tag(takes_context=True)
def query_with(context: template.Context, **changes: Any) -> str:
    """The current query string with some values changed: `?{% query_with page=2 %}`; None drops a value."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = value
    return query.urlencode()


_SELECTS = (forms.Select, forms.SelectMultiple)
_BOXES = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)


@register.simple_tag
def widget(field: BoundField, extra: str = "") -> SafeString:
    """The control of a form field in the theme's classes; Django ties its hint and error to it by aria."""
    kind = field.field.widget
    if isinstance(kind, _BOXES):
        classes = "form-check-input"
    else:
        classes = "form-select" if isinstance(kind, _SELECTS) else "form-control"
    own = kind.attrs.get("class", "")
    return field.as_widget(attrs={"class": " ".join(filter(None, [classes, own, extra]))})


@register.simple_tag
def choices(field: BoundField) -> list[BoundWidget]:
    """The radio buttons or checkboxes of a field, one by one, in the theme's class."""
    field.field.widget.attrs["class"] = "form-check-input"
    return list(field)


@register.simple_tag
def error_lines(form: Any = None, several: Any = None, problems: Any = None) -> list[dict[str, str]]:
    """Lines of the error summary: what is wrong, and where the field is ("" when it is the whole form).

    Of several alike forms each says by its attribute `whose` what it is about.
    """
    lines = [dict(problem) for problem in problems or []]
    for one in [*([form] if form else []), *(several or [])]:
        whose = f"{one.whose}. " if getattr(one, "whose", "") else ""
        lines += [{"text": f"{whose}{error}", "url": ""} for error in one.non_field_errors()]
        for field in one:
            target = f"#{field.id_for_label or field.auto_id}"
            lines += [{"text": f"{whose}{field.label}: {error}", "url": target} for error in field.errors]
    return lines


@register.simple_tag
def page_numbers(page: Page) -> list[int | str]:
    """Page numbers to offer, with an ellipsis where some are left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))
