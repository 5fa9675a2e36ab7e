"""The official letter that urges late units (công văn đôn đốc), whom it names, and its ledger."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from directives.dates import printed_date
from reporting.models.assignment import Assignment, Event
from reporting.models.round import Deadline, Round
from reporting.states import LETTER_CHOICES, LetterState


class UrgingLetter(models.Model):
    """One letter of a round. A draft follows the facts when asked to; what was issued never changes.

    `version` counts edits: a save that saw an older one is refused. `proposed` is the JSON of the words the
    portal wrote itself, so that those nobody touched can be written again. `content` and `sha256` are the
    canonical text of what was issued.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="letters")
    ordinal = models.PositiveSmallIntegerField("thứ tự trong đợt")
    state = models.CharField(max_length=14, choices=LETTER_CHOICES, default=LetterState.DRAFTING)
    version = models.PositiveIntegerField(default=1)
    subject = models.CharField("trích yếu", max_length=300)
    addressees = models.TextField("kính gửi", help_text="Mỗi dòng một nơi.")
    opening = models.TextField("căn cứ, đoạn mở đầu")
    request = models.TextField("yêu cầu")
    reply_by = models.DateField("thời hạn mới")
    reply_boundary = models.CharField("cách tính", max_length=14, default="before")
    reply_phrase = models.CharField("thời hạn như in", max_length=160)
    closing = models.TextField("đoạn kết")
    recipients = models.TextField("nơi nhận", help_text="Mỗi dòng một nơi.")
    proposed = models.TextField(default="{}", editable=False)
    place = models.CharField("địa danh", max_length=60, default="Hà Nội")
    symbol = models.CharField("ký hiệu", max_length=40, default="BYT-VPB9")
    authority = models.CharField("quyền hạn ký", max_length=80, blank=True)
    post = models.CharField("chức vụ người ký", max_length=60)
    signer_name = models.CharField("người ký", max_length=120, blank=True)
    signed_on = models.DateField("ngày ký", null=True, blank=True)
    signature_entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    issue_number = models.PositiveIntegerField("số", null=True, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    expected = models.PositiveIntegerField("số đơn vị phải báo cáo")
    as_of = models.DateTimeField("số liệu đến")
    cleared_at = models.DateTimeField("trình ký lúc", null=True, blank=True)
    content = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()

    class Meta:
        verbose_name = "công văn đôn đốc"
        ordering = ["-ordinal", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "ordinal"], condition=~Q(state="dropped"), name="letter_ordinal_once_a_round"
            ),
            models.UniqueConstraint(
                fields=["round"], condition=Q(state="drafting"), name="one_letter_draft_a_round"
            ),
            models.CheckConstraint(
                name="issued_letter_is_numbered_signed_and_frozen",
                condition=~Q(state="issued")
                | (
                    Q(issue_number__isnull=False, issued_on__isnull=False)
                    & ~Q(signer_name="")
                    & ~Q(sha256="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.subject}"

    def get_absolute_url(self) -> str:
        return reverse("reporting:letter", args=[self.round.code, self.pk])

    @property
    def code(self) -> str:
        """ "07/BYT-VPB9"; the number stays blank until the registry gives it."""
        return f"{self.issue_number:02d}/{self.symbol}" if self.issue_number else f"/{self.symbol}"

    @property
    def name(self) -> str:
        """ "Công văn số 07/BYT-VPB9 ngày 05/11/2025"; before it is issued "Công văn đôn đốc thứ 2"."""
        if self.issue_number and self.issued_on:
            return f"Công văn số {self.code} ngày {printed_date(self.issued_on)}"
        return f"Công văn đôn đốc thứ {self.ordinal}"

    @property
    def is_draft(self) -> bool:
        return self.state == LetterState.DRAFTING


class UrgedUnit(models.Model):
    """A unit that a letter names, with what was known of it when the letter was drafted or last refreshed.

    `working_days_late` counts working days since the time ran out, `times_before` the issued letters that
    named the unit earlier. `left_because` says why a unit is named no more: it was in the draft, and no longer
    is late. `event` is the escalation step in the unit's own ledger, once the letter is issued.
    """

    letter = models.ForeignKey(UrgingLetter, on_delete=models.CASCADE, related_name="units")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="urged")
    position = models.PositiveSmallIntegerField()
    unit_name = models.CharField(max_length=255)
    group_name = models.CharField(max_length=255)
    purpose = models.CharField(max_length=10, choices=Deadline.Purpose.choices)
    phrase = models.CharField(max_length=160)
    printed_date = models.DateField()
    due_at = models.DateTimeField()
    working_days_late = models.PositiveIntegerField()
    times_before = models.PositiveSmallIntegerField(default=0)
    contact_at = models.DateTimeField(null=True, blank=True)
    contact_words = models.CharField(max_length=120, blank=True)
    left_because = models.CharField(max_length=200, blank=True)
    event = models.OneToOneField(
        Event, on_delete=models.PROTECT, null=True, blank=True, related_name="urged_unit"
    )

    class Meta:
        verbose_name = "đơn vị được đôn đốc"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "assignment"], name="letter_names_a_unit_once")
        ]

    def __str__(self) -> str:
        return f"{self.unit_name}: {self.letter_id}"

    @property
    def is_return(self) -> bool:
        """Whether it owes what it must add to a report that was returned."""
        return self.purpose == Deadline.Purpose.RETURN


class LetterEvent(models.Model):
    """Ledger of a letter: drafted, edited, moved, its signed copy attached."""

    letter = models.ForeignKey(UrgingLetter, on_delete=models.CASCADE, related_name="events")
    action = models.CharField(max_length=20)
    from_state = models.CharField(max_length=14, blank=True)
    to_state = models.CharField(max_length=14, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.letter_id}: {self.action}"
