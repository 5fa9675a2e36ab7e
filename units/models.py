"""People and units in time.

A unit, a membership, a group membership and a delegation are in force on a day d when
``valid_from <= d < valid_to``; a missing end is open. A merged unit keeps its rows: a `Succession`
says who took over, and nothing that pointed to the old unit is rewritten.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractUser
from django.contrib.auth.models import UserManager as AuthUserManager
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from units.text import fold, nfc, sort_key


class InTimeQuerySet(models.QuerySet[Any]):
    """Rows with `valid_from` and `valid_to`."""

    def in_force(self, on: date) -> Self:
        return self.filter(in_force_on(on))


def in_force_on(on: date, prefix: str = "") -> Q:
    """The condition "in force on that day" for a relation named by `prefix` (with its `__`)."""
    started = Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": on})
    not_ended = Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": on})
    return started & not_ended


class UserManager(AuthUserManager["User"]):
    def create_superuser(self, *args: Any, **fields: Any) -> User:
        """As Django's, and quản trị: being a superuser alone gives no right here."""
        return super().create_superuser(*args, **{"is_admin": True, **fields})


class User(AbstractUser):
    """A person who signs in. Rights come from memberships; `is_admin` is the site-wide quản trị."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField("họ và tên", max_length=150)
    email = models.EmailField("thư điện tử công vụ", unique=True)
    phone = models.CharField("điện thoại", max_length=40, blank=True)
    is_admin = models.BooleanField("quản trị", default=False)
    email_bounced_at = models.DateTimeField("thư bị trả lại lúc", null=True, blank=True)
    email_bounced_because = models.CharField("thư bị trả lại vì", max_length=200, blank=True)
    daily_mail = models.BooleanField("nhận thư gộp mỗi ngày", default=False)

    objects: ClassVar[UserManager] = UserManager()

    REQUIRED_FIELDS = ["email", "full_name"]

    class Meta:
        verbose_name = "người dùng"
        ordering = ["full_name", "id"]

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name


class UnitQuerySet(InTimeQuerySet):
    def search(self, words: str) -> UnitQuerySet:
        """Units whose name, short name or code holds every word, accents and case aside."""
        found = self
        for word in fold(words).split():
            found = found.filter(search_text__contains=word)
        return found


class Unit(models.Model):
    code = models.SlugField("mã", max_length=100, unique=True)
    name = models.CharField("tên đơn vị", max_length=255)
    short_name = models.CharField("tên viết tắt", max_length=60, blank=True)
    kind = models.CharField("loại", max_length=60, blank=True)
    sector = models.CharField("lĩnh vực", max_length=100, blank=True)
    head_title = models.CharField("chức danh người đứng đầu", max_length=80, blank=True)
    province_code = models.CharField("mã tỉnh", max_length=2, blank=True)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="cấp trên",
    )
    parent_body = models.CharField(
        "cơ quan chủ quản",
        max_length=120,
        blank=True,
        help_text="Dòng trên tên đơn vị trong văn bản: BỘ Y TẾ, UBND TỈNH …",
    )
    place = models.CharField("địa danh", max_length=60, blank=True, help_text="Dùng trong dòng ngày tháng.")
    code_letters = models.CharField(
        "chữ viết tắt trong số, ký hiệu", max_length=30, blank=True, help_text="Ví dụ: YDCT, SYT"
    )
    valid_from = models.DateField("có hiệu lực từ", null=True, blank=True)
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)
    ended_because = models.CharField("lý do kết thúc", max_length=255, blank=True)
    name_checked = models.BooleanField("tên đã được đối chiếu", default=True)
    reminders_held_until = models.DateField("tạm ngừng nhắc đến hết", null=True, blank=True)
    reminders_held_since = models.DateTimeField(null=True, blank=True)
    reminders_held_because = models.CharField("lý do tạm ngừng nhắc", max_length=160, blank=True)
    search_text = models.CharField(max_length=500, editable=False, default="")
    sort_key = models.CharField(max_length=500, editable=False, default="", db_index=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị"
        ordering = ["sort_key", "id"]
        constraints = [
            models.CheckConstraint(
                name="unit_ends_after_it_starts",
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gt=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name = nfc(self.name)
        self.short_name = nfc(self.short_name)
        self.search_text = fold(f"{self.name} {self.short_name} {self.code}")[:500]
        self.sort_key = sort_key(self.name)
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "search_text", "sort_key"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("units:unit", args=[self.code])

    def in_force(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on < self.valid_to
        )

    @property
    def label(self) -> str:
        """Short name where there is one; used in chips and narrow columns."""
        return self.short_name or self.name


class UnitGroup(models.Model):
    """A group of addressees as plans name them ("Các đơn vị thuộc Bộ", "Sở Y tế các tỉnh …")."""

    code = models.SlugField("mã", max_length=60, unique=True)
    name = models.CharField("tên nhóm", max_length=160)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "nhóm đơn vị"
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name

    def units(self, on: date) -> UnitQuerySet:
        """The units that belong to the group, and exist, on that day."""
        members = in_force_on(on, "group_memberships__") & Q(group_memberships__group=self)
        return Unit.objects.in_force(on).filter(members).distinct()


class GroupMembership(models.Model):
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="group_memberships")
    group = models.ForeignKey(UnitGroup, on_delete=models.CASCADE, related_name="memberships")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    objects = InTimeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "group"],
                condition=Q(valid_to__isnull=True),
                name="unit_is_in_a_group_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} ∈ {self.group}"


class Succession(models.Model):
    """`successor` took over the duties of `predecessor` on `effective_on`."""

    predecessor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successors")
    successor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="predecessors")
    effective_on = models.DateField("từ ngày")
    legal_basis = models.CharField("căn cứ", max_length=255, blank=True)

    class Meta:
        verbose_name = "chuyển tiếp đơn vị"
        ordering = ["effective_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(
                name="unit_does_not_succeed_itself", condition=~Q(predecessor=F("successor"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class Role(models.TextChoices):
    """What a person does for a unit. The last three count at the office that owns a round.

    A contact keeps the unit's incoming papers: reads what the unit owes, drafts and approves nothing.
    """

    REPORTER = "reporter", "Chuyên viên soạn báo cáo"
    APPROVER = "approver", "Lãnh đạo đơn vị duyệt"
    CONTACT = "contact", "Đầu mối văn phòng đơn vị"
    REVIEWER = "reviewer", "Chuyên viên Văn phòng"
    LEAD = "lead", "Lãnh đạo Văn phòng"
    REGISTRY = "registry", "Văn thư"


UNIT_ROLES = frozenset({Role.REPORTER, Role.APPROVER, Role.CONTACT})
OFFICE_ROLES = frozenset({Role.REVIEWER, Role.LEAD, Role.REGISTRY})


class Membership(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField("vai trò", max_length=16, choices=Role.choices)
    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)

    objects = InTimeQuerySet.as_manager()

    class Meta:
        verbose_name = "vai trò"
        ordering = ["unit_id", "role", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "unit", "role"],
                condition=Q(valid_to__isnull=True),
                name="person_holds_a_role_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.unit}"


class ContactWord(models.Model):
    """The unit's word about the people entered for it: that they are right, or (`correction`) what is not.

    `people` is who held which role then; the word speaks of nobody else. Rows are added, never changed.
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="contact_words")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    people = models.TextField(blank=True)
    correction = models.TextField("điều cần sửa", blank=True)

    class Meta:
        verbose_name = "xác nhận đầu mối"
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.unit}: {self.by}"


class Authority(models.TextChoices):
    """The words before the post of the one who signs (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục 7)."""

    NONE = "", "(người đứng đầu)"
    COLLECTIVE = "TM.", "TM. (thay mặt tập thể)"
    ACTING = "Q.", "Q. (quyền)"
    DEPUTY = "KT.", "KT. (ký thay)"
    ORDER = "TL.", "TL. (thừa lệnh)"
    AUTHORISED = "TUQ.", "TUQ. (thừa ủy quyền)"


class DelegationQuerySet(InTimeQuerySet):
    def in_force(self, on: date) -> Self:
        """Nobody hands on what he does not hold: a delegation ends with its principal's own approval.

        Nor does the approval of a locked account count; so a unit has a deputy in force only where
        `units.access.people_of` finds an approver.
        """
        own = Membership.objects.in_force(on).filter(
            user=OuterRef("principal"), unit=OuterRef("unit"), role=Role.APPROVER, user__is_active=True
        )
        return super().in_force(on).filter(Exists(own))


class Delegation(models.Model):
    """`deputy` may approve for `unit` in the place of `principal`; records keep both names."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="delegations")
    principal = models.ForeignKey(User, on_delete=models.PROTECT, related_name="given_delegations")
    deputy = models.ForeignKey(User, on_delete=models.PROTECT, related_name="held_delegations")
    authority = models.CharField(
        "hình thức", max_length=4, choices=Authority.choices, default=Authority.DEPUTY
    )
    reference = models.CharField("văn bản ủy quyền", max_length=160, blank=True)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = "ủy quyền"
        ordering = ["-valid_from", "id"]
        constraints = [
            models.CheckConstraint(name="delegation_is_to_another", condition=~Q(principal=F("deputy")))
        ]

    def __str__(self) -> str:
        return f"{self.authority} {self.principal} → {self.deputy}"


class CalendarDay(models.Model):
    """A day that is not what its weekday says. Weekends are days off without a row."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", "Nghỉ lễ, tết"
        IN_LIEU = "in_lieu", "Nghỉ bù"
        SWAPPED = "swapped", "Nghỉ hoán đổi"
        WORKING = "working", "Làm bù"

    day = models.DateField("ngày", unique=True)
    kind = models.CharField("loại", max_length=10, choices=Kind.choices)
    name = models.CharField("tên", max_length=160)
    confirmed = models.BooleanField("đã xác nhận", default=True)

    class Meta:
        verbose_name = "ngày trong lịch"
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.name}"


class CalendarYear(models.Model):
    """A year whose public holidays were entered once; from then on its days are the admin's."""

    year = models.PositiveSmallIntegerField("năm", primary_key=True)

    class Meta:
        verbose_name = "năm trong lịch"
        ordering = ["year"]

    def __str__(self) -> str:
        return str(self.year)
