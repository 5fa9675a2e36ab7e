"""What one unit owes in one round, and its draft."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from reporting.models.round import Deadline, Indicator, Round, Section
from reporting.states import (
    ACTION_LABELS,
    ANSWER_CHOICES,
    EXTENSION_COUNTS,
    OUT_OF_COUNT,
    STATE_CHOICES,
    URGED,
    URGED_LABEL,
    WITH_UNIT,
    AnswerStatus,
    RoundState,
    State,
)
from units.access import Standing
from units.models import Succession, Unit, UnitGroup


def predecessor_ids(unit_ids: Iterable[int], on: date) -> set[int]:
    """Units that had ended by that day and whose duties came to the given ones, over any number of steps.

    One query: the table of successions is small.
    """
    before: dict[int, set[int]] = defaultdict(set)
    ended = Succession.objects.filter(effective_on__lte=on, predecessor__valid_to__lte=on)
    for successor_id, predecessor_id in ended.values_list("successor_id", "predecessor_id"):
        before[successor_id].add(predecessor_id)
    found: set[int] = set()
    step = set(unit_ids)
    while step:
        step = set().union(*(before[pk] for pk in step)) - found
        found |= step
    return found - set(unit_ids)


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def visible_to(self, standing: Standing) -> AssignmentQuerySet:
        """Assignments the person may open: of the own units, and of rounds the own office owns."""
        return self.exclude(round__state=RoundState.PREPARING).filter(
            Q(unit_id__in=standing.unit_ids) | Q(round__owner_id__in=standing.office_ids)
        )

    def of_units(self, standing: Standing) -> AssignmentQuerySet:
        """Only what the person's own units owe; the office's reading right does not count."""
        return self.exclude(round__state=RoundState.PREPARING).filter(unit_id__in=standing.unit_ids)

    def inherited_by(self, standing: Standing) -> AssignmentQuerySet:
        """What the predecessors of the person's units owed: of these only what was sent may be read."""
        if not standing.unit_ids:
            return self.none()
        ids = predecessor_ids(standing.unit_ids, standing.on)
        return self.exclude(round__state=RoundState.PREPARING).filter(unit_id__in=ids)

    def at_office(self, standing: Standing) -> AssignmentQuerySet:
        """Assignments of the rounds that the person's office owns."""
        return self.exclude(round__state=RoundState.PREPARING).filter(round__owner_id__in=standing.office_ids)

    def expected(self) -> AssignmentQuerySet:
        return self.exclude(state__in=OUT_OF_COUNT)

    def owing(self) -> AssignmentQuerySet:
        return self.filter(state__in=WITH_UNIT)


class Assignment(models.Model):
    """The unit's names are kept as they were when the round opened. Times are facts; lateness is derived."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="assignments")
    group = models.ForeignKey(UnitGroup, on_delete=models.PROTECT, related_name="+")
    unit_name = models.CharField(max_length=255)
    state = models.CharField(max_length=20, choices=STATE_CHOICES, default=State.NOT_STARTED)
    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="+")
    extension = models.ForeignKey(
        "reporting.Extension", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    return_deadline = models.ForeignKey(
        Deadline, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()
    first_submitted_at = models.DateTimeField(null=True, blank=True)
    last_submitted_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_submission = models.ForeignKey(
        "reporting.Submission", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sections_done = models.PositiveSmallIntegerField(default=0)
    touched_at = models.DateTimeField(null=True, blank=True)
    successor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="inherited"
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "nhiệm vụ báo cáo"
        ordering = ["group__position", "unit__sort_key"]
        constraints = [models.UniqueConstraint(fields=["round", "unit"], name="unit_owes_a_round_once")]
        indexes = [models.Index(fields=["round", "state"])]

    def __str__(self) -> str:
        return f"{self.unit_name}: {self.round}"

    def get_absolute_url(self) -> str:
        return reverse("reporting:assignment", args=[self.pk])


class Extension(models.Model):
    """A decision for one unit: until when, why, by whom, and whether it counts as on time."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="extensions")
    deadline = models.OneToOneField(Deadline, on_delete=models.PROTECT, related_name="extension")
    reason = models.TextField("lý do")
    decision_number = models.CharField("số văn bản quyết định", max_length=80, blank=True)
    counts_on_time = models.BooleanField("được tính đúng hạn", default=True)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()

    class Meta:
        verbose_name = "gia hạn"
        ordering = ["granted_at", "id"]

    def __str__(self) -> str:
        return f"{self.assignment}: {self.deadline}"

    @property
    def counting(self) -> str:
        """How a report sent within it counts, in words."""
        return EXTENSION_COUNTS[self.counts_on_time]


class Answer(models.Model):
    """The draft of one section. `version` counts saves: a save that saw an older one is a conflict."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="answers")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=16, choices=ANSWER_CHOICES, default=AnswerStatus.NOT_STARTED)
    narrative = models.TextField("nội dung", blank=True)
    reason = models.CharField("lý do", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=0)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    updated_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "nội dung báo cáo"
        ordering = ["section__position"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "section"], name="answer_once_a_section")
        ]

    def __str__(self) -> str:
        return f"{self.assignment}, {self.section}"


class Figure(models.Model):
    """A draft figure: `amount` in units of 10^-indicator.decimals; a missing row is a missing figure."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="figures")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField()

    class Meta:
        ordering = ["indicator__position"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "indicator"], name="figure_once_an_indicator")
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.amount}"


class WarningReason(models.Model):
    """Why a report may be sent in spite of a warning; travels with the submission."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="warning_reasons")
    check_code = models.CharField(max_length=80)
    reason = models.CharField(max_length=400)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment", "check_code"], name="one_reason_a_warning")
        ]

    def __str__(self) -> str:
        return self.check_code


class Attachment(models.Model):
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="attachments")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200)
    path = models.CharField(max_length=200, unique=True)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "tài liệu kèm theo"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Event(models.Model):
    """Ledger of an assignment: one row a transition, appended in the same transaction, never changed."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="events")
    action = models.CharField(max_length=20)
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.assignment}: {self.action}"

    @property
    def label(self) -> str:
        """What happened, in the words of the button that did it."""
        return {**ACTION_LABELS, URGED: URGED_LABEL}.get(self.action, "Đưa vào danh sách")
