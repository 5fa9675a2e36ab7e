"""A round: which directives, which sections and figures, by when."""

from __future__ import annotations

from datetime import time

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from directives.models import Directive
from reporting.states import ROUND_CHOICES, ROUND_EVENT_LABELS, RoundState
from units.models import Unit, UnitGroup


class RoundQuerySet(models.QuerySet["Round"]):
    def started(self) -> RoundQuerySet:
        """Rounds that units may know of."""
        return self.exclude(state=RoundState.PREPARING)


class Round(models.Model):
    class JudgedBy(models.TextChoices):
        FIRST = "first", "Lần nộp đầu tiên"
        LAST = "last", "Lần nộp cuối cùng"

    code = models.SlugField("mã đợt", max_length=60, unique=True)
    name = models.CharField("tên đợt", max_length=200)
    year = models.PositiveSmallIntegerField("năm")
    plan = models.ForeignKey(
        Directive,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="rounds",
        verbose_name="kế hoạch",
    )
    owner = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="owned_rounds", verbose_name="đơn vị chủ trì"
    )
    issuing_body = models.CharField("cơ quan ban hành báo cáo", max_length=120, default="BỘ Y TẾ")
    addressee = models.CharField("nơi nhận báo cáo", max_length=200)
    state = models.CharField("trạng thái", max_length=10, choices=ROUND_CHOICES, default=RoundState.PREPARING)
    period_from = models.DateField("kỳ báo cáo từ")
    period_to = models.DateField("kỳ báo cáo đến")
    data_cutoff = models.DateField("chốt số liệu", null=True, blank=True)
    judged_by = models.CharField(
        "tính đúng hạn theo", max_length=5, choices=JudgedBy.choices, default=JudgedBy.FIRST
    )
    remind_at = models.TimeField("giờ nhắc", default=time(8, 0))
    reminders_paused = models.BooleanField("tạm dừng nhắc", default=False)
    daily_mail_allowed = models.BooleanField("cho phép nhận thư gộp mỗi ngày", default=False)
    previous = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đợt trước"
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = "đợt báo cáo"
        ordering = ["-year", "-id"]
        constraints = [
            models.CheckConstraint(
                name="round_period_runs_forward", condition=Q(period_to__gte=models.F("period_from"))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("reporting:round", args=[self.code])

    @property
    def is_open(self) -> bool:
        return self.state == RoundState.OPEN


class RoundEvent(models.Model):
    """Ledger of a round: opened, closed, deadline changed, assignment added, issued."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="events")
    action = models.CharField(max_length=30)
    from_state = models.CharField(max_length=10, blank=True)
    to_state = models.CharField(max_length=10, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.round}: {self.action}"

    @property
    def label(self) -> str:
        """What happened, in words."""
        return ROUND_EVENT_LABELS.get(self.action, "Việc khác")


class Section(models.Model):
    """One numbered place of the outline. A heading has subsections and takes no answer itself."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="sections")
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="children"
    )
    key = models.CharField("khóa", max_length=12, help_text="Giữ nguyên qua các năm để so sánh: 1.7, 6.2 …")
    number = models.CharField("số mục", max_length=12)
    title = models.CharField("tên mục", max_length=400)
    short_title = models.CharField("tên ngắn", max_length=120)
    guidance = models.TextField("gợi ý nội dung", blank=True)
    is_heading = models.BooleanField("chỉ là đề mục", default=False)
    directives = models.ManyToManyField(Directive, blank=True, related_name="sections")
    position = models.PositiveSmallIntegerField("thứ tự")

    class Meta:
        verbose_name = "mục"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["round", "key"], name="section_key_once_a_round"),
            models.UniqueConstraint(fields=["round", "position"], name="section_position_once_a_round"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.short_title}"


class Indicator(models.Model):
    """A figure every unit gives. `amount` of a figure counts units of 10^-decimals."""

    class Rollup(models.TextChoices):
        SUM = "sum", "Cộng"
        NONE = "none", "Không cộng (tỷ lệ)"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="indicators")
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="indicators")
    code = models.SlugField("mã", max_length=40)
    name = models.CharField("tên chỉ tiêu", max_length=160)
    unit_label = models.CharField("đơn vị tính", max_length=40)
    decimals = models.PositiveSmallIntegerField("số lẻ", default=0)
    maximum = models.BigIntegerField("giá trị lớn nhất (đơn vị nhỏ nhất)", null=True, blank=True)
    rollup = models.CharField("cách tổng hợp", max_length=4, choices=Rollup.choices, default=Rollup.SUM)
    required = models.BooleanField("bắt buộc", default=True)
    position = models.PositiveSmallIntegerField("thứ tự")

    class Meta:
        verbose_name = "chỉ tiêu"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["round", "code"], name="indicator_code_once_a_round")]

    def __str__(self) -> str:
        return self.name


class Deadline(models.Model):
    """One version of a date to keep. A change makes a new row and closes the old one.

    `due_at` is exclusive: on time means before it. `phrase` is what the paper prints and never changes
    with the boundary.
    """

    class Purpose(models.TextChoices):
        SUBMISSION = "submission", "Nộp báo cáo"
        DISPATCH = "dispatch", "Bộ gửi báo cáo"
        EXTENSION = "extension", "Gia hạn"
        RETURN = "return", "Bổ sung sau trả lại"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="deadlines")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    group = models.ForeignKey(UnitGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    assignment = models.ForeignKey(
        "reporting.Assignment", on_delete=models.CASCADE, null=True, blank=True, related_name="own_deadlines"
    )
    version = models.PositiveSmallIntegerField(default=1)
    phrase = models.CharField("thời hạn như in", max_length=160)
    boundary = models.CharField("cách tính", max_length=14)
    printed_date = models.DateField("ngày in")
    printed_time = models.TimeField("giờ in", null=True, blank=True)
    due_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "thời hạn"
        ordering = ["due_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "purpose", "group", "version"],
                condition=Q(group__isnull=False),
                name="group_deadline_version_once",
            ),
            models.UniqueConstraint(
                fields=["assignment", "purpose", "version"],
                condition=Q(assignment__isnull=False),
                name="own_deadline_version_once",
            ),
            models.UniqueConstraint(
                fields=["round", "version"],
                condition=Q(purpose="dispatch"),
                name="dispatch_deadline_version_once",
            ),
            models.CheckConstraint(
                name="deadline_has_the_subject_of_its_purpose",
                condition=Q(purpose="submission", group__isnull=False, assignment__isnull=True)
                | Q(purpose="dispatch", group__isnull=True, assignment__isnull=True)
                | Q(purpose__in=["extension", "return"], group__isnull=True, assignment__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.phrase

    @property
    def is_current(self) -> bool:
        return self.replaced_at is None
