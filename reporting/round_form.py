"""The form of a new round, filled from its plan: the round, its outline, the date of each group and the dispatch."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from itertools import count
from typing import Any

from django import forms
from django.db.models import Q

from directives.models import Directive
from reporting import outlines
from reporting.date_form import DateForm, GroupDateForm
from reporting.deadlines import DateToKeep
from reporting.models import Round
from reporting.opening import RESERVED_CODES, RoundPlan
from reporting.plan_outline import Line, PlanOutline, of_plan, round_before
from reporting.plan_round import PlanRound, read_plan
from reporting.round_facts_form import RoundFactsForm
from units.models import OFFICE_ROLES, Unit, UnitGroup
from units.register import MINISTRY, OFFICE
from units.text import fold, row_number
from units.workdays import WorkingCalendar

BUILT_IN = outlines.STANDARD
PLAN, ROUND, MODEL = "kh", "dot", "mau"
"""Before the colon of an outline's choice: that of the plan, of an earlier round, the one that comes along."""
SEEN = "de-cuong-da-xem"
"""In a post: the lines of the plan's outline were shown, so what is not ticked is not wanted."""
_NOT_OF_PLAN = frozenset({"outline", "sections"})


class RoundForm(RoundFactsForm):
    """What an admin decides before a round exists; dates stand in forms of their own (`RoundSetup`)."""

    plan = forms.ModelChoiceField(
        label="Kế hoạch",
        queryset=Directive.objects.filter(kind="KH"),
        required=False,
        empty_label="Không theo kế hoạch nào đã đăng ký",
    )
    code = forms.SlugField(
        label="Mã đợt",
        max_length=60,
        help_text="Đứng trong địa chỉ trang, ví dụ khoa-giao-2026.",
        error_messages={
            "required": "Nhập mã đợt, ví dụ khoa-giao-2026.",
            "invalid": "Mã chỉ gồm chữ không dấu, số và gạch nối, ví dụ khoa-giao-2026.",
        },
    )
    year = forms.IntegerField(
        label="Năm",
        min_value=2000,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": "Nhập năm.",
            "invalid": "Nhập năm bằng bốn chữ số.",
            "min_value": "Năm từ 2000 trở đi.",
            "max_value": "Năm đến 2100.",
        },
    )
    owner = forms.ModelChoiceField(
        label="Đơn vị chủ trì",
        queryset=Unit.objects.none(),
        empty_label=None,
        error_messages={"required": "Chọn đơn vị chủ trì.", "invalid_choice": "Chọn đơn vị trong danh sách."},
    )
    outline = forms.ChoiceField(
        label="Đề cương", error_messages={"required": "Chọn đề cương.", "invalid_choice": "Chọn đề cương."}
    )
    sections = forms.MultipleChoiceField(
        required=False,
        error_messages={"invalid_choice": "Kế hoạch vừa được sửa. Hãy tải lại trang rồi xem lại đề cương."},
    )
    """Marks of the lines of the plan's outline that are wanted."""

    def __init__(
        self, *args: Any, on: date, plan: Directive | None, by_plan: PlanOutline | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.on_plan = f"{PLAN}:{plan.pk}" if plan and by_plan else ""
        self.by_plan = by_plan
        offices = Q(memberships__role__in=OFFICE_ROLES) | Q(code=OFFICE)
        owners = Unit.objects.in_force(on).filter(offices).distinct()
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]
        planned = [(self.on_plan, "Theo kế hoạch này")] if self.on_plan else []
        self.fields["outline"].choices = [  # type: ignore[attr-defined]
            *planned,
            *((f"{ROUND}:{row.pk}", f"Như đợt {row.name}") for row in Round.objects.all()),
            (f"{MODEL}:{BUILT_IN}", "Mẫu có sẵn: công tác khoa giáo"),
        ]
        lines = by_plan.lines if by_plan else ()
        self.fields["sections"].choices = [(line.mark, line.spec.title) for line in lines]  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        code = self.cleaned_data["code"].lower()
        if code in RESERVED_CODES or Round.objects.filter(code=code).exists():
            raise forms.ValidationError(f"Mã {code} đã dùng. Hãy chọn mã khác.")
        return code

    @property
    def outline_choice(self) -> str:
        """What stands in the form, whether it is a choice or not."""
        return str(self["outline"].value() or "")

    @property
    def shows_plan_outline(self) -> bool:
        return bool(self.on_plan) and self.outline_choice == self.on_plan

    @property
    def marks(self) -> list[str]:
        """The lines of the plan's outline that are ticked; the proposed ones until somebody saw them."""
        if self.by_plan is None:
            return []
        if self.is_bound and SEEN in self.data:
            return [str(mark) for mark in self["sections"].value() or ()]
        return self.by_plan.proposed

    @property
    def outline_from(self) -> Round | None:
        """The round whose outline is cloned, or compared with; None for the built-in one."""
        if self.shows_plan_outline and self.by_plan is not None:
            return self.by_plan.basis
        return _round_of(self.outline_choice)

    @property
    def outline_specs(self) -> tuple[outlines.SectionSpec, ...]:
        """The sections of the outline that is chosen; empty for a choice that is not there."""
        if self.shows_plan_outline and self.by_plan is not None:
            return self.by_plan.chosen(self.marks)
        if self.outline_choice == f"{MODEL}:{BUILT_IN}":
            return outlines.built_in(BUILT_IN)
        found = _round_of(self.outline_choice)
        return outlines.of_round(found) if found else ()


def _round_of(choice: str) -> Round | None:
    kind, _, key = choice.partition(":")
    return Round.objects.filter(pk=row_number(key) or 0).first() if kind == ROUND else None


@dataclass(frozen=True)
class OutlineRow:
    """A line of the plan's outline and how it stands in what is chosen; `spec` is None where it does not."""

    line: Line
    spec: outlines.SectionSpec | None
    year: int
    ticked: bool

    @property
    def number(self) -> str:
        return self.spec.number if self.spec else ""

    @property
    def title(self) -> str:
        return outlines.with_years(self.line.spec.title, self.year)

    @property
    def guidance(self) -> str:
        return outlines.with_years(self.line.spec.guidance, self.year)

    @property
    def figures(self) -> list[str]:
        """Names of the figures it asks, those among them that it took over."""
        return [figure.name for figure in (self.spec or self.line.spec).indicators]


class RoundSetup:
    """The form of a round together with those of its dates: one a group, and the dispatch."""

    def __init__(
        self, data: Any = None, *, on: date, plan: Directive | None = None, calendar: WorkingCalendar
    ) -> None:
        self.calendar, self.plan = calendar, plan
        groups = list(UnitGroup.objects.all())
        read = read_plan(plan, groups, ministry=_ministry(), on=on) if plan else None
        self.left_over = read.left_over if read else ()
        self.by_plan = of_plan(plan, round_before(plan, read.year)) if plan and read else None
        self.main = RoundForm(
            data, on=on, plan=plan, by_plan=self.by_plan, initial=_initial(plan, read, on, self.by_plan)
        )
        self.groups = [
            GroupDateForm(data, group=group, initial=_dated(read.groups.get(group.pk) if read else None))
            for group in groups
        ]
        self.dispatch = DateForm(data, prefix="bo-gui", initial=_dated(read.dispatch if read else None))
        self.dispatch.whose = "Bộ gửi báo cáo"
        self.problems: list[dict[str, str]] = []

    @property
    def beside(self) -> list[Round]:
        """Rounds this one would stand beside: of the same plan, or of the same year and name."""
        of_plan = Q(plan=self.plan) if self.plan else Q()
        name = fold(str(self.main["name"].value() or ""))
        found = Round.objects.filter(of_plan | Q(year=self.outline_year))
        return [row for row in found if (self.plan and row.plan_id == self.plan.pk) or fold(row.name) == name]

    @property
    def forms(self) -> list[forms.Form]:
        return [self.main, *self.groups, self.dispatch]

    def is_valid(self) -> bool:
        valid = all([form.is_valid() for form in self.forms])  # noqa: C419  (every form must be checked)
        if not any(form.is_asked for form in self.groups):
            self.problems.append({"text": "Chọn ít nhất một nhóm đơn vị phải báo cáo.", "url": "#nhom"})
        return valid and not self.problems

    def words(self) -> dict[str, dict[str, str] | None]:
        """Prefix of a date → its words, for the dates that are complete."""
        dated: list[DateForm] = [*[f for f in self.groups if f.is_asked], self.dispatch]
        return {str(form.prefix): form.words(self.calendar) for form in dated}

    @property
    def rows(self) -> list[tuple[GroupDateForm, dict[str, str] | None]]:
        words = self.words()
        return [(form, words.get(str(form.prefix))) for form in self.groups]

    @property
    def outline_year(self) -> int:
        """The year that stands in the form, for "năm sau" in the outline."""
        return row_number(str(self.main["year"].value() or "")) or 0

    @property
    def sections(self) -> list[tuple[str, str, int]]:
        """Number, title and count of figures of each section of the chosen outline."""
        return [
            (spec.number, outlines.with_years(spec.title, self.outline_year), len(spec.indicators))
            for spec in self.main.outline_specs
        ]

    @property
    def lines(self) -> list[OutlineRow]:
        """The lines of the plan's outline as they are shown; empty while another outline is chosen."""
        if self.by_plan is None or not self.main.shows_plan_outline:
            return []
        marks = set(self.main.marks)
        chosen = {spec.key: spec for spec in self.by_plan.chosen(marks)}
        return [
            OutlineRow(line, chosen.get(line.spec.key), self.outline_year, line.mark in marks)
            for line in self.by_plan.lines
        ]

    @property
    def dispatch_words(self) -> dict[str, str] | None:
        return self.dispatch.words(self.calendar)

    @property
    def round_plan(self) -> RoundPlan:
        data = {name: value for name, value in self.main.cleaned_data.items() if name not in _NOT_OF_PLAN}
        return RoundPlan(
            **data,
            previous=self.main.outline_from,
            outline=self.main.outline_specs,
            groups={form.group: form.date_to_keep for form in self.groups if form.is_asked},
            dispatch=self.dispatch.date_to_keep,
        )


def _ministry() -> str:
    return Unit.objects.filter(code=MINISTRY).values_list("name", flat=True).first() or ""


def _dated(until: DateToKeep | None) -> dict[str, Any]:
    """Initial values of a date; a group that has one is asked."""
    return {"asked": True, **asdict(until)} if until is not None else {}


def _initial(
    plan: Directive | None, read: PlanRound | None, on: date, by_plan: PlanOutline | None
) -> dict[str, Any]:
    year = read.year if read else _year_without_a_round(on)
    last = Round.objects.first()
    found: dict[str, Any] = {
        "plan": plan.pk if plan else None,
        "year": year,
        "name": read.name if read else f"Công tác khoa giáo năm {year}",
        "code": read.code if read else f"khoa-giao-{year}",
        "period_from": date(year, 1, 1),
        "period_to": date(year, 12, 31),
        "outline": f"{ROUND}:{last.pk}" if last else f"{MODEL}:{BUILT_IN}",
        "addressee": read.addressee if read else "",
    }
    if plan is not None and by_plan is not None:
        found["outline"] = f"{PLAN}:{plan.pk}"
    if last is not None:
        found["addressee"], found["owner"] = found["addressee"] or last.addressee, last.owner_id
    return found


def _year_without_a_round(on: date) -> int:
    """This year, or the first after it whose usual code is still free."""
    taken = set(Round.objects.values_list("code", flat=True))
    return next(year for year in count(on.year) if f"khoa-giao-{year}" not in taken)
