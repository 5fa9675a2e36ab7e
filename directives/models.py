"""Papers that ask for something, and how they hang together."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from directives.codes import KINDS, LOOKALIKES
from units.models import UnitGroup
from units.text import fold, nfc

SECOND_WORDS: dict[str, str] = {"QĐ": "Quy định", "TT": "Thông tri"}
"""Letters that two kinds of paper share → the kind that is not meant unless `kind_word` says it."""


_CENTRE = re.compile(r"/\s*TƯ\b", re.IGNORECASE)
_DAY = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b", re.ASCII)
_GLUED = re.compile(r"\b(\d+)(?=[^\W\d_])")


def asked_words(typed: str) -> list[str]:
    """What a person types to find a paper, as folded words of `Directive.search_text`.

    Numbers come as papers print them: other dashes, "/TƯ" for "/TW", a hyphen lost after the number
    ("86KL/TW"), a day without its zeros.
    """
    plain = _CENTRE.sub("/TW", nfc(typed).translate(LOOKALIKES))
    plain = _DAY.sub(lambda day: f"{int(day[1]):02}/{int(day[2]):02}/{day[3]}", plain)
    return fold(_GLUED.sub(r"\1 ", plain)).split()


class DirectiveQuerySet(models.QuerySet["Directive"]):
    def search(self, words: str) -> DirectiveQuerySet:
        """Directives that hold every word in code, kind, title or issuer, accents and case aside."""
        found = self
        for word in asked_words(words):
            found = found.filter(search_text__contains=word)
        return found


class Directive(models.Model):
    """A paper. Its key is code and date of issue: Party series run per term, State series per year.

    Whether it is in force is no column: it follows from its `StatusChange` rows for a day (`validity`).
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "Dự thảo"
        IN_FORCE = "in_force", "Còn hiệu lực"
        AMENDED = "amended", "Đã sửa đổi, bổ sung"
        REPLACED = "replaced", "Đã được thay thế"
        REPEALED = "repealed", "Đã bãi bỏ"

    kind = models.CharField("loại văn bản", max_length=12)
    kind_word = models.CharField(
        "tên loại",
        max_length=40,
        blank=True,
        help_text="Chỉ ghi khi chữ viết tắt dùng chung và không phải tên thường gặp: Quy định (QĐ).",
    )
    code = models.CharField("số, ký hiệu", max_length=80, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    issuer = models.CharField("cơ quan ban hành", max_length=200)
    title = models.CharField("trích yếu", max_length=600)
    is_draft = models.BooleanField("dự thảo", default=False)
    signer_post = models.CharField("chức vụ người ký", max_length=160, blank=True)
    signer_name = models.CharField("người ký", max_length=120, blank=True)
    printed_as = models.CharField(
        "có bản in ghi", max_length=80, blank=True, help_text="Ký hiệu in khác với ký hiệu đúng, nếu có."
    )
    note = models.TextField("ghi chú", blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField()
    search_text = models.TextField(editable=False, default="")

    objects = DirectiveQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản chỉ đạo"
        ordering = [F("issued_on").desc(nulls_last=True), "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "issued_on"], condition=~Q(code=""), name="directive_key_is_code_and_date"
            ),
            models.CheckConstraint(
                name="only_a_draft_lacks_code_or_date",
                condition=Q(is_draft=True) | (~Q(code="") & Q(issued_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.title = nfc(self.title)
        day = f"{self.issued_on:%d/%m/%Y}" if self.issued_on else ""
        self.search_text = fold(
            f"{self.kind_label} {self.code} {self.printed_as} {self.title} {self.issuer} {day}"
        )
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("reporting:directive", args=[self.pk])

    @property
    def status_history(self) -> models.QuerySet[StatusChange]:
        """What was noted of its standing, by the day from which it counts; one query with paper and person."""
        return self.status_changes.select_related("by", "noted_by")

    @property
    def kind_label(self) -> str:
        """The word the paper itself uses; for letters that two kinds share, the usual one unless said."""
        return self.kind_word or KINDS.get(self.kind, self.kind)

    @property
    def label(self) -> str:
        """ "Nghị quyết số 45-NQ/TW"; a paper without number is named by kind and title."""
        return f"{self.kind_label} số {self.code}" if self.code else f"{self.kind_label} {self.title}"


class StatusChange(models.Model):
    """One thing noted of a paper's standing: from which day, by which paper, who noted it and when.

    Which of them counts on a day is worked out in `validity`.
    """

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="status_changes")
    status = models.CharField("hiệu lực", max_length=10, choices=Directive.Status.choices)
    since = models.DateField("từ ngày", null=True, blank=True)
    by = models.ForeignKey(
        Directive,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="theo văn bản",
    )
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    noted_at = models.DateTimeField()

    class Meta:
        verbose_name = "thay đổi hiệu lực"
        ordering = [F("since").asc(nulls_first=True), "noted_at", "id"]

    def __str__(self) -> str:
        return f"{self.directive}: {self.get_status_display()}"

    @property
    def is_change(self) -> bool:
        """Whether something happened to the paper after its issue; the issue itself is noted as well."""
        if self.status == Directive.Status.IN_FORCE:
            return self.since != self.directive.issued_on
        return self.status != Directive.Status.DRAFT


class DirectiveEvent(models.Model):
    """Ledger of the register: one row a change, written in its transaction and never changed.

    What is noted of a paper's validity stands in `StatusChange` and is not repeated here, except when it is
    put right or taken back. `details` holds what the change was about, in words that stay readable when
    rows have gone: {"changes": [{"field", "was", "became"}]}, {"kind"}, {"addressee", "text", "phrase"},
    {"name", "sha256", "size"}, {"status", "since", "by"}, {"source"}.
    """

    class What(models.TextChoices):
        REGISTERED = "registered", "Đăng ký văn bản"
        CORRECTED = "corrected", "Sửa thông tin"
        STATUS_DATED = "status_dated", "Sửa ngày hiệu lực đã ghi"
        STATUS_WITHDRAWN = "status_withdrawn", "Bỏ ghi hiệu lực"
        RELATED = "related", "Ghi quan hệ"
        UNRELATED = "unrelated", "Bỏ quan hệ"
        REQUIREMENT_ADDED = "requirement_added", "Thêm yêu cầu"
        REQUIREMENT_REMOVED = "requirement_removed", "Bỏ yêu cầu"
        AREAS_CONFIRMED = "areas_confirmed", "Xác nhận nội dung của kế hoạch"
        FILE_ADDED = "file_added", "Tải tệp lên"
        FILE_REMOVED = "file_removed", "Bỏ tệp"

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="events")
    other = models.ForeignKey(
        Directive,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="events_elsewhere",
        help_text="Of a relation, its earlier paper; the change is part of that paper's history as well.",
    )
    what = models.CharField(max_length=20, choices=What.choices)
    details = models.JSONField(default=dict)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "thay đổi trong danh mục"
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.directive}: {self.get_what_display()}"


class RelationKind(models.TextChoices):
    """Read from the later paper to the earlier one: `from_directive` … `to_directive`."""

    BASED_ON = "based_on", "căn cứ"
    IMPLEMENTS = "implements", "thực hiện"
    DISSEMINATES = "disseminates", "quán triệt"
    AMENDS = "amends", "sửa đổi, bổ sung"
    REPLACES = "replaces", "thay thế"
    REPEALS = "repeals", "bãi bỏ"
    COMBINED_WITH = "combined_with", "kết hợp với"


class Relation(models.Model):
    from_directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="relations_out")
    to_directive = models.ForeignKey(Directive, on_delete=models.PROTECT, related_name="relations_in")
    kind = models.CharField("quan hệ", max_length=14, choices=RelationKind.choices)

    class Meta:
        verbose_name = "quan hệ văn bản"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["from_directive", "to_directive", "kind"], name="relation_once"),
            models.CheckConstraint(
                name="directive_is_not_related_to_itself",
                condition=~Q(from_directive=F("to_directive")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_directive} {self.get_kind_display()} {self.to_directive}"


class DirectiveFile(models.Model):
    """An uploaded copy; the stored name is random, the shown name is the uploader's."""

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    path = models.CharField(max_length=200, unique=True)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class FileText(models.Model):
    """The text of a file as it was read once, or why it could not be."""

    file = models.OneToOneField(DirectiveFile, on_delete=models.CASCADE, related_name="reading")
    text = models.TextField(blank=True)
    pages = models.PositiveIntegerField(null=True)
    warnings = models.JSONField(default=list)
    unreadable = models.TextField(
        blank=True, help_text="In Vietnamese, with what to do; empty when it was read."
    )
    read_at = models.DateTimeField()

    class Meta:
        verbose_name = "văn bản chữ của tệp"

    def __str__(self) -> str:
        return f"{self.file}: {self.unreadable or f'{len(self.text)} ký tự'}"


class Requirement(models.Model):
    """Who must do what because of a directive, with the date as the paper prints it."""

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="requirements")
    group = models.ForeignKey(UnitGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    addressee = models.CharField("ai thực hiện", max_length=200)
    text = models.TextField("việc phải làm")
    phrase = models.CharField("thời hạn như in", max_length=160, blank=True)
    boundary = models.CharField("cách tính hạn", max_length=14, blank=True)
    due_date = models.DateField("ngày in", null=True, blank=True)
    receiver = models.CharField("nơi nhận", max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "yêu cầu, nhiệm vụ"
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.addressee}: {self.text[:60]}"


class ContentArea(models.Model):
    """A numbered part of what a plan wants carried out, as a person confirmed it: a section of its round."""

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="content_areas")
    number = models.CharField("số mục", max_length=20, blank=True)
    title = models.CharField("tên nội dung", max_length=400)
    guidance = models.TextField("việc phải làm", blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "nội dung của kế hoạch"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["directive", "position"], name="content_area_has_its_place"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}" if self.number else self.title


class ContentPoint(models.Model):
    """What a content area says of one paper it names; `cited` is empty while that paper is not registered."""

    area = models.ForeignKey(ContentArea, on_delete=models.CASCADE, related_name="points")
    cited = models.ForeignKey(
        Directive, on_delete=models.PROTECT, null=True, blank=True, related_name="content_points"
    )
    guidance = models.TextField("nội dung trọng tâm", blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "văn bản trong nội dung"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["area", "position"], name="content_point_has_its_place"),
        ]

    def __str__(self) -> str:
        return str(self.cited) if self.cited else self.guidance[:60]


class Reading(models.Model):
    """A paper that was uploaded or pasted and read, until a person has decided what of it is entered."""

    class State(models.TextChoices):
        CONFIRMING = "confirming", "Đang xác nhận"
        ENTERED = "entered", "Đã ghi"
        DISCARDED = "discarded", "Đã bỏ"

    class Letters(models.TextChoices):
        """What was decided about a text stored in the letters of an old font."""

        UNICODE = "", "Unicode"
        ASKED = "asked", "Chờ chọn"
        CONVERTED = "converted", "Đã chuyển sang Unicode"
        KEPT = "kept", "Giữ nguyên"

    state = models.CharField("tình trạng", max_length=10, choices=State.choices, default=State.CONFIRMING)
    name = models.CharField("tên tệp", max_length=200, blank=True, help_text="Trống khi văn bản được dán.")
    path = models.CharField(max_length=200, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64)
    format = models.CharField("định dạng", max_length=8, blank=True)
    pages = models.PositiveIntegerField("số trang", null=True, blank=True)
    text = models.TextField("nội dung đọc được", blank=True)
    text_as_stored = models.TextField("nội dung trước khi chuyển bộ chữ", blank=True)
    legacy = models.CharField("bộ chữ cũ", max_length=8, blank=True)
    letters = models.CharField("chuyển bộ chữ", max_length=10, choices=Letters.choices, blank=True)
    unreadable = models.TextField("vì sao không đọc được", blank=True)
    warnings = models.JSONField("lưu ý", default=list)
    directive = models.ForeignKey(
        Directive, on_delete=models.SET_NULL, null=True, blank=True, related_name="readings"
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "văn bản đang đọc"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name or f"Văn bản dán ngày {timezone.localtime(self.created_at):%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return reverse("directives:reading", args=[self.pk])


class Proposal(models.Model):
    """One thing read from a paper, as it was read, and what a person decided about it."""

    class Decision(models.TextChoices):
        OPEN = "", "Chờ xác nhận"
        CONFIRMED = "confirmed", "Đã xác nhận"
        CORRECTED = "corrected", "Đã sửa"
        REJECTED = "rejected", "Đã bỏ"

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="proposals")
    letter = models.CharField(max_length=2)
    number = models.PositiveIntegerField()
    spans = models.JSONField(default=list)
    read = models.JSONField(default=dict)
    values = models.JSONField("sẽ ghi", default=dict)
    decision = models.CharField("quyết định", max_length=10, choices=Decision.choices, blank=True)
    version = models.PositiveIntegerField(default=0)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "đề xuất"
        ordering = ["letter", "number"]
        constraints = [
            models.UniqueConstraint(fields=["reading", "letter", "number"], name="proposal_once"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        """ "A3"; the paper itself is "VB"."""
        return f"{self.letter}{self.number}" if self.number else self.letter

    @property
    def decided(self) -> dict[str, Any]:
        """What will be entered as it was decided; empty while it is open, or open again."""
        return self.values if self.decision else {}
