"""The one mail of a day to a person: everything that is owed in one table, and what else is to be told."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from directives.deadlines import last_working_day
from reporting.deadline_words import words_of
from reporting.mail import OWED, Letter, at_office, day_text, one_line, review_path, waiting_days
from reporting.mail import compose as compose_one
from reporting.models import Deadline, Notice
from reporting.states import STATE_LABELS, State
from reporting.timeliness import kept_deadline
from units.workdays import WorkingCalendar


@dataclass(frozen=True)
class Owed:
    """One line of the table. `order` sorts: what is over first, then by date; what waits has none."""

    what: str
    unit: str
    round: str
    phrase: str
    last_day: str
    left: str
    state: str
    url: str
    over: bool
    order: tuple[bool, datetime]
    waits: bool = False


@dataclass
class DailyLetter(Letter):
    """The words of a mail of several rows; `others` are those that remind of nothing."""

    owed: list[Owed] = field(default_factory=list)
    others: list[Letter] = field(default_factory=list)


def compose(rows: list[Notice], calendar: WorkingCalendar, now: datetime) -> Letter:
    """The words of the mail of these rows to one person, as of `now`; a single row reads like a mail of its own.

    What two steps remind of, such as a date and an approval that waits, stands in the table once.
    """
    if len(rows) == 1:
        return compose_one(rows[0], calendar, now)
    owed = _table([notice for notice in rows if notice.is_reminder], calendar, now)
    others = [compose_one(notice, calendar, now) for notice in rows if not notice.is_reminder]
    return DailyLetter(
        subject=one_line(_subject(owed, others)),
        lead=_lead(owed, others),
        link_text="Mở việc của tôi",
        path="/",
        template="daily",
        owed=owed,
        others=others,
    )


def _subject(owed: list[Owed], others: list[Letter]) -> str:
    parts = []
    if len(owed) == 1:
        head = "Quá hạn" if owed[0].over else "Nhắc"
        parts.append(f"{head}: {owed[0].what}, {owed[0].round} ({owed[0].left})")
    elif owed:
        parts.append(_counted(owed))
    if len(others) == 1:
        parts.append(others[0].subject)
    elif others:
        parts.append(f"{len(others)} tin về báo cáo của đơn vị")
    return "; ".join(parts)


def _counted(owed: list[Owed]) -> str:
    """How many are over, have their date still to come, wait for the office: a thing that waits has no date."""
    over = [line for line in owed if line.over]
    waiting = [line for line in owed if line.waits]
    coming = [line for line in owed if not line.over and not line.waits]
    parts = []
    if over:
        parts.append(f"quá hạn {len(over)} việc")
    if coming and over:
        parts.append(f"{len(coming)} việc sắp đến hạn")
    elif coming:
        parts.append(f"nhắc {len(coming)} việc cần làm, gần nhất {coming[0].left}")
    if waiting:
        longest = "" if over or coming else f", lâu nhất {waiting[0].left}"
        parts.append(f"{len(waiting)} báo cáo chờ Văn phòng xem{longest}")
    text = ", ".join(parts)
    return text[0].upper() + text[1:]


def _lead(owed: list[Owed], others: list[Letter]) -> str:
    if not owed:
        return f"Có {len(others)} tin mới về báo cáo của đơn vị."
    if over := sum(line.over for line in owed):
        which = f", trong đó {over} việc đã quá hạn" if len(owed) > over else " và đã quá hạn"
        return f"Có {len(owed)} việc chưa xong{which}. Đề nghị hoàn thành ngay."
    coming = next((line.left for line in owed if not line.waits), "")
    return f"Có {len(owed)} việc chưa xong, " + (
        f"việc gần nhất {coming}." if coming else f"việc lâu nhất {owed[0].left}."
    )


def _table(reminders: list[Notice], calendar: WorkingCalendar, now: datetime) -> list[Owed]:
    lines: dict[tuple[object, ...], Owed] = {}
    # An approval that waits says more than the date alone, so it comes last and stays.
    for notice in sorted(reminders, key=lambda n: n.deadline_id is None):
        of_unit = (notice.assignment_id, at_office(notice))
        lines[of_unit if notice.assignment_id else (None, notice.round_id)] = _line(notice, calendar, now)
    return sorted(lines.values(), key=lambda line: line.order)


def _line(notice: Notice, calendar: WorkingCalendar, now: datetime) -> Owed:
    assignment = notice.assignment
    if at_office(notice):
        return _backlog(notice, calendar, now)
    deadline = notice.deadline or (kept_deadline(assignment) if assignment else None)
    assert deadline is not None
    words = words_of(deadline, calendar, now)
    last = last_working_day(deadline.boundary, deadline.printed_date, calendar)
    about = assignment or notice.round
    return Owed(
        what="duyệt và nộp báo cáo" if notice.event_id else OWED[Deadline.Purpose(deadline.purpose)],
        unit=assignment.unit_name if assignment else notice.round.owner.name,
        round=notice.round.name,
        phrase=deadline.phrase,
        last_day=day_text(last) if last else "",
        left=words.left_text,
        state=STATE_LABELS[State(assignment.state)] if assignment else "",
        url=f"{settings.SITE_URL}{about.get_absolute_url()}",
        over=words.over,
        order=(not words.over, deadline.due_at),
    )


def _backlog(notice: Notice, calendar: WorkingCalendar, now: datetime) -> Owed:
    assert notice.assignment is not None
    assert notice.event is not None
    days = waiting_days(notice.event, calendar, now)
    return Owed(
        what="xem và tiếp nhận báo cáo",
        unit=notice.assignment.unit_name,
        round=notice.round.name,
        phrase=f"chờ từ {timezone.localtime(notice.event.at):%d/%m/%Y}",
        last_day="",
        left=f"đã chờ {days} ngày làm việc",
        state=STATE_LABELS[State(notice.assignment.state)],
        url=f"{settings.SITE_URL}{review_path(notice)}",
        over=False,
        order=(True, notice.event.at),
        waits=True,
    )
