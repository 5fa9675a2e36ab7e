"""Deadlines as an iCalendar feed (RFC 5545): whose address it is, and what stands in it now.

What a person sees is decided at every fetch by their standing of that day. An event stands on the last
working day of its deadline, all day, or ends at the hour the paper prints. Its UID is that of the duty, not of
the date: a changed date moves the event, with a higher SEQUENCE; what is not owed any more is left out, and
a calendar that subscribes drops it.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.utils import timezone
from icalendar import Alarm, Calendar, Event

from directives.deadlines import ZONE, Boundary, last_working_day
from reporting.deadline_words import words_of
from reporting.deadlines import current_deadlines
from reporting.models import Assignment, CalendarFeed, Deadline, Round
from reporting.states import WITH_UNIT, RoundState
from reporting.timeliness import kept_deadline
from units.access import Standing, standing
from units.calendar import working_calendar
from units.models import User
from units.text import nfc
from units.workdays import WorkingCalendar

TOKEN_BYTES = 32
BEFORE_THE_HOUR = timedelta(hours=1)
"""How long an event with an hour is shown, up to that hour."""
SEEN_EVERY = timedelta(hours=1)
DOMAIN = "cong-chi-dao-bao-cao"


# --- whose address


def make(person: User, *, alarm: bool, now: datetime) -> str:
    """A new address for the person in place of the one before; returns its token, which is kept nowhere."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    CalendarFeed.objects.update_or_create(
        person=person,
        defaults={"token_hash": _hash(token), "alarm": alarm, "made_at": now, "fetched_at": None},
    )
    return token


def revoke(person: User) -> bool:
    """Whether there was an address; it ends at once."""
    return bool(CalendarFeed.objects.filter(person=person).delete()[0])


def feed_of(token: str, *, now: datetime) -> CalendarFeed | None:
    """The feed of an address, noted as fetched; None for a token that is not or no longer one.

    A locked account's address opens nothing.
    """
    found = CalendarFeed.objects.filter(token_hash=_hash(token), person__is_active=True)
    feed = found.select_related("person").first()
    if feed is not None and (feed.fetched_at is None or now - feed.fetched_at >= SEEN_EVERY):
        CalendarFeed.objects.filter(pk=feed.pk).update(fetched_at=now)
    return feed


def _hash(token: str) -> str:
    """A token holds 256 random bits, so a plain hash cannot be searched."""
    return hashlib.sha256(token.encode()).hexdigest()


# --- what stands in it


@dataclass(frozen=True)
class Entry:
    """One event: whose duty (`key` is its identity for good), by which date, and where it is done."""

    key: str
    title: str
    place: str
    deadline: Deadline
    sequence: int
    path: str
    round: Round


def entries(reader: Standing) -> list[Entry]:
    """What the person's units owe in open rounds, and the dates of the rounds their office runs."""
    owed = (
        Assignment.objects.of_units(reader)
        .filter(round__state=RoundState.OPEN, state__in=WITH_UNIT)
        .select_related("round", "unit", "deadline", "extension__deadline", "return_deadline")
        .order_by("pk")
    )
    found = [_duty(row) for row in owed]
    run = Round.objects.filter(
        owner_id__in=reader.office_ids, state__in=(RoundState.OPEN, RoundState.CLOSED)
    ).select_related("owner")
    return found + [entry for row in run.order_by("pk") for entry in _dates_of(row)]


def _duty(row: Assignment) -> Entry:
    deadline = kept_deadline(row)
    doing = {
        Deadline.Purpose.SUBMISSION: "Nộp báo cáo",
        Deadline.Purpose.EXTENSION: "Nộp báo cáo (đã gia hạn)",
        Deadline.Purpose.RETURN: "Bổ sung, nộp lại báo cáo",
    }[Deadline.Purpose(deadline.purpose)]
    own = (row.extension.deadline if row.extension else None, row.return_deadline)
    return Entry(
        key=f"nhiem-vu-{row.pk}",
        title=f"{doing}: {row.round.name}",
        place=row.unit_name,
        deadline=deadline,
        # Each of the versions only ever grows, and so does their sum.
        sequence=row.deadline.version - 1 + sum(date.version for date in own if date is not None),
        path=row.get_absolute_url(),
        round=row.round,
    )


def _dates_of(row: Round) -> Iterable[Entry]:
    for deadline in current_deadlines(row):
        dispatch = deadline.purpose == Deadline.Purpose.DISPATCH
        if not dispatch and row.state != RoundState.OPEN:
            continue
        whom = "Bộ gửi báo cáo" if dispatch else f"Hạn nộp của {deadline.group}"
        yield Entry(
            key=f"dot-{row.pk}-{'gui' if dispatch else f'nhom-{deadline.group_id}'}",
            title=f"{whom}: {row.name}",
            place=row.owner.name,
            deadline=deadline,
            sequence=deadline.version - 1,
            path=row.get_absolute_url(),
            round=row,
        )


def calendar_of(feed: CalendarFeed, *, now: datetime) -> bytes:
    """The feed as iCalendar text in UTF-8, folded at 75 octets."""
    days = working_calendar()
    calendar = Calendar()
    calendar.add("prodid", f"-//{DOMAIN}//han bao cao//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Hạn báo cáo, Cổng Chỉ đạo – Báo cáo")
    calendar.add("x-wr-timezone", str(ZONE))
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for entry in entries(standing(feed.person, timezone.localdate(now))):
        calendar.add_component(_event(entry, days, now, alarm=feed.alarm))
    return bytes(calendar.to_ical())


def _event(entry: Entry, days: WorkingCalendar, now: datetime, *, alarm: bool) -> Event:
    deadline = entry.deadline
    words = words_of(deadline, days, now)
    event = Event()
    event.add("uid", f"{entry.key}@{DOMAIN}")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", deadline.created_at.astimezone(UTC))
    event.add("last-modified", deadline.created_at.astimezone(UTC))
    event.add("summary", nfc(f"{entry.title} ({deadline.phrase})"))
    lines = [entry.place, f"Thời hạn: {deadline.phrase}"]
    if words.last_working_text:
        lines.append(f"Ngày làm việc cuối: {words.last_working_text}")
    lines += [f"Đúng hạn nếu nộp trước {_moment(deadline)}", f"{settings.SITE_URL}{entry.path}"]
    event.add("description", nfc("\n".join(lines)))
    event.add("url", f"{settings.SITE_URL}{entry.path}")
    day = _put_time(event, deadline, days)
    if alarm:
        event.add_component(_alarm(entry, day, days))
    return event


def _moment(deadline: Deadline) -> str:
    return f"{timezone.localtime(deadline.due_at):%H:%M ngày %d/%m/%Y}"


def _put_time(event: Event, deadline: Deadline, days: WorkingCalendar) -> date:
    """An hour that is printed, in UTC; else the last working day, all day. Returns the day in Vietnam."""
    if deadline.boundary == Boundary.BY_TIME:
        event.add("dtstart", (deadline.due_at - BEFORE_THE_HOUR).astimezone(UTC))
        event.add("dtend", deadline.due_at.astimezone(UTC))
        return timezone.localdate(deadline.due_at)
    last = last_working_day(deadline.boundary, deadline.printed_date, days)
    day = last or timezone.localdate(deadline.due_at - timedelta(microseconds=1))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    return day


def _alarm(entry: Entry, day: date, days: WorkingCalendar) -> Alarm:
    """At the round's hour of reminders on the working day before the event."""
    at = datetime.combine(days.last_working_before(day), entry.round.remind_at, ZONE)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", nfc(f"{entry.title} ({entry.deadline.phrase})"))
    alarm.add("trigger", at.astimezone(UTC), parameters={"VALUE": "DATE-TIME"})
    return alarm
