"""Rows of deadlines: a date as printed becomes a version; a change makes the next one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Max, Q, QuerySet

from directives.deadlines import Boundary, due_at, format_phrase
from reporting.announcing import Change, tell_new_dates
from reporting.lapsing import FACTS, lapse_of, lapse_of_dispatch
from reporting.models import Assignment, Deadline, Round, RoundEvent
from reporting.states import WITH_UNIT
from reporting.timeliness import kept_deadline
from units.models import UnitGroup, User


class ChangedMeanwhile(Exception):  # noqa: N818  (an answer to a person, not a fault)
    """Somebody else changed the date first."""


class NoDate(ValueError):
    """The boundary needs a date or a time that is missing; `str()` says so in Vietnamese."""


@dataclass(frozen=True)
class DateToKeep:
    """A date as a paper prints it: boundary, day, perhaps a time, and the phrase (made when blank)."""

    boundary: str
    printed_date: date
    printed_time: time | None = None
    phrase: str = ""

    @property
    def words(self) -> str:
        self._need_time()
        return self.phrase or format_phrase(self.boundary, self.printed_date, self.printed_time)

    @property
    def due_at(self) -> datetime:
        """The exclusive instant. Raises `NoDate` where the boundary lacks its time or has no instant."""
        self._need_time()
        instant = due_at(self.boundary, self.printed_date, self.printed_time)
        if instant is None:
            raise NoDate("Thời hạn này chưa có ngày. Hãy nhập ngày.")
        return instant

    def _need_time(self) -> None:
        if self.boundary == Boundary.BY_TIME and self.printed_time is None:
            raise NoDate("Cách tính “trước giờ trong ngày” cần giờ. Hãy nhập giờ, ví dụ 17:00.")


def own_deadline(
    assignment: Assignment, purpose: str, until: DateToKeep, *, actor: User, now: datetime
) -> Deadline:
    """A new version of the assignment's own date; the version before is closed.

    Whoever gives a date holds the assignment's row: of two at once the second finds the first one's version
    and is then told by the transition, instead of failing at the constraint.
    """
    mine = Deadline.objects.filter(assignment=assignment, purpose=purpose)
    with transaction.atomic():
        Assignment.objects.select_for_update().get(pk=assignment.pk)
        mine.filter(replaced_at=None).update(replaced_at=now)
        version = (mine.aggregate(last=Max("version"))["last"] or 0) + 1
        return _create(
            until,
            actor=actor,
            now=now,
            round_id=assignment.round_id,
            assignment=assignment,
            purpose=purpose,
            version=version,
        )


def round_deadline(
    row: Round,
    purpose: str,
    group: UnitGroup | None,
    until: DateToKeep,
    *,
    actor: User,
    now: datetime,
    seen: Deadline | None = None,
) -> Deadline:
    """Set or change a date of the round: of a group's submissions, or of the dispatch (group None).

    The version before is closed, and the group's assignments point to the new one in the same transaction;
    a report already sent keeps the version it was sent under unless the new one is later.
    With `seen`, raises `ChangedMeanwhile` when that version is no longer the current one.
    """
    with transaction.atomic():
        hold(row)
        mine = Deadline.objects.filter(round=row, purpose=purpose, group=group)
        old = mine.filter(replaced_at=None).first()
        closed = mine.filter(replaced_at=None, **({"pk": seen.pk} if seen else {})).update(replaced_at=now)
        if seen is not None and not closed:
            raise ChangedMeanwhile
        version = (mine.aggregate(last=Max("version"))["last"] or 0) + 1
        new = _create(until, actor=actor, now=now, round=row, purpose=purpose, group=group, version=version)
        if group is not None:
            # What was sent under the old date is not made late by an earlier one.
            moved = Q(first_submitted_at=None) | Q(deadline__due_at__lt=new.due_at)
            _move(Assignment.objects.filter(moved, round=row, group=group), new, actor=actor, now=now)
        elif old is not None:
            lapse_of_dispatch(row)
            tell_new_dates([Change(row, None, old, new)], actor=actor, now=now)
        if old is not None:
            RoundEvent.objects.create(
                round=row, action="deadline", actor=actor, at=now, note=f"{group or 'Bộ gửi'}: {old} → {new}"
            )
    return new


def _move(duties: QuerySet[Assignment], new: Deadline, *, actor: User, now: datetime) -> None:
    """Give the duties the group's new date; reminders of another one lapse, and who was told it hears of this."""
    owing = duties.filter(state__in=WITH_UNIT).select_related(*FACTS)
    before = {duty.pk: kept_deadline(duty) for duty in owing}
    duties.update(deadline=new)
    lapse_of(*before)
    after = Assignment.objects.filter(pk__in=before).select_related(*FACTS)
    changes = [Change(duty.round, duty, before[duty.pk], kept_deadline(duty)) for duty in after]
    tell_new_dates(changes, actor=actor, now=now)


def version_kept(versions: Sequence[Deadline], sent_at: datetime | None) -> Deadline:
    """Which of a group's versions (oldest first, at least one) judges a report first sent then.

    The newest; but a report already sent keeps its version unless a newer one is later, as `round_deadline`
    leaves it.
    """
    kept = versions[0]
    for version in versions[1:]:
        if sent_at is None or version.created_at <= sent_at or version.due_at > kept.due_at:
            kept = version
    return kept


def hold(row: Round) -> None:
    """Keep the round's row until the transaction ends: its dates and its list of units change in turns.

    `row.state` is from here on the one that counts, whatever was read before.
    """
    row.state = Round.objects.select_for_update().values_list("state", flat=True).get(pk=row.pk)


def _create(until: DateToKeep, *, actor: User, now: datetime, **place: object) -> Deadline:
    return Deadline.objects.create(
        phrase=until.words,
        boundary=until.boundary,
        printed_date=until.printed_date,
        printed_time=until.printed_time,
        due_at=until.due_at,
        created_by=actor,
        created_at=now,
        **place,
    )


def current_deadlines(row: Round) -> list[Deadline]:
    """The dates of the round in force: one a group, then the dispatch, in order of time."""
    return list(
        Deadline.objects.filter(
            round=row, replaced_at=None, purpose__in=[Deadline.Purpose.SUBMISSION, Deadline.Purpose.DISPATCH]
        ).select_related("group")
    )
