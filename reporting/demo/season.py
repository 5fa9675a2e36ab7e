"""A season of reporting, played through the domain's own functions with past instants.

Nothing is inserted: rounds are prepared and opened, people draft, approve and submit, the office reads,
returns and accepts, and the minute tick reminds every morning, each with the `now` of that day.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.core.mail import get_connection
from django.utils import timezone

from directives.boundaries import ZONE
from reporting import drafting, extension_requests, notifying, reminders, reviewing, submitting
from reporting.checks import Level, find, read_draft
from reporting.deadlines import DateToKeep
from reporting.demo import prose
from reporting.demo.people import Crew, facts_of
from reporting.models import Assignment, Indicator, Round, Section
from reporting.states import AnswerStatus, State
from units.calendar import working_calendar
from units.models import Unit, User


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), ZONE)


@dataclass(order=True)
class Happening:
    at: datetime
    place: int
    do: Callable[[], None] = field(compare=False)


@dataclass
class Course:
    """How one unit's report goes: instants that are None never come; `sections` of the draft are written."""

    unit: Unit
    begin: datetime | None = None
    written: datetime | None = None
    sections: int = 16
    asked: datetime | None = None
    sent: datetime | None = None
    decided: datetime | None = None
    returned: bool = False
    return_until: date | None = None
    resent: datetime | None = None
    accepted: datetime | None = None
    waived: datetime | None = None
    extended: datetime | None = None
    extended_to: date | None = None
    extension_counts: bool = True
    asks_time: datetime | None = None
    asks_until: date | None = None


class Season:
    """Plays the courses of all units of a round in the order of time, with the mornings between."""

    def __init__(self, row: Round, crew: Crew) -> None:
        self.round = row
        self.crew = crew
        self.calendar = working_calendar()
        self.sections = list(Section.objects.filter(round=row, is_heading=False))
        self.indicators: dict[int, list[Indicator]] = {section.pk: [] for section in self.sections}
        for indicator in Indicator.objects.filter(round=row):
            self.indicators[indicator.section_id].append(indicator)
        self.happenings: list[Happening] = []
        self.no_mail = get_connection("django.core.mail.backends.dummy.EmailBackend")

    def add(self, when: datetime | None, do: Callable[[], None]) -> None:
        if when is not None:
            self.happenings.append(Happening(when, len(self.happenings), do))

    def follow(self, course: Course) -> None:
        """Put one unit's course on the calendar."""
        unit = course.unit
        self.add(course.asks_time, lambda: self._ask_for_time(course))
        self.add(course.extended, lambda: self._extend(course))
        self.add(course.waived, lambda: self._waive(course))
        self.add(course.written, lambda: self._write(course))
        self.add(course.asked, lambda: self._ask(unit, course.asked))
        self.add(course.sent, lambda: self._send(unit, course.sent))
        if course.returned:
            self.add(course.decided, lambda: self._return(course))
            self.add(course.resent, lambda: self._resend(course))
            self.add(course.accepted, lambda: self._accept(unit, course.accepted))
        else:
            self.add(course.decided, lambda: self._accept(unit, course.decided))

    def mornings(self, first: date, until: datetime) -> None:
        """The tick at the reminding hour of every working day, and one on evenings when the day left something.

        On other mornings and evenings the minute tick would find nothing to do.
        """
        busy = {timezone.localdate(happening.at) for happening in self.happenings}
        day = first
        while at(day, 8) <= until:
            for hour, wanted in ((8, self.calendar.is_working(day)), (18, day in busy)):
                when = at(day, hour)
                if wanted and when <= until:
                    self.add(when, lambda when=when: self.tick(when))  # type: ignore[misc]
            day += timedelta(days=1)

    def play(self) -> None:
        for happening in sorted(self.happenings):
            happening.do()
        self.happenings.clear()

    def tick(self, now: datetime) -> None:
        reminders.plan_due(now)
        notifying.send_all_due(now, self.no_mail)

    # What people do ------------------------------------------------------------------------------------

    def _assignment(self, unit: Unit) -> Assignment:
        return Assignment.objects.select_related(
            "round", "unit", "group", "deadline", "extension__deadline", "return_deadline"
        ).get(round=self.round, unit=unit)

    def _reporter(self, unit: Unit, place: int) -> User:
        people = self.crew.reporters[unit.pk]
        return people[place % len(people)]

    def _approver(self, unit: Unit) -> User:
        return self.crew.approvers[unit.pk][0]

    def _reviewer(self, unit: Unit) -> User:
        return self.crew.reviewers[unit.pk % len(self.crew.reviewers)]

    def _write(self, course: Course) -> None:
        """Save the sections one after the other between `begin` and `written`."""
        assert course.begin is not None
        assert course.written is not None
        assignment = self._assignment(course.unit)
        facts = facts_of(course.unit)
        figures = prose.figures_for(facts, self.round.year)
        span = (course.written - course.begin) / max(course.sections, 1)
        for place, section in enumerate(self.sections[: course.sections]):
            now = _at_work(course.begin + span * (place + 1), course.written)
            self._save(assignment, section, facts, figures, place, now)
        if course.sections == len(self.sections):
            self._explain(assignment, course.written)

    def _save(
        self,
        assignment: Assignment,
        section: Section,
        facts: prose.UnitFacts,
        figures: dict[str, int],
        place: int,
        now: datetime,
        *,
        seen: int = 0,
        more: str = "",
    ) -> None:
        text = prose.section_answer(facts, self.round.year, section.key, figures)
        silent = text.status in (AnswerStatus.NIL, AnswerStatus.NOT_APPLICABLE)
        drafting.save_section(
            assignment,
            section,
            html=text.html + more if not silent else "",
            status=AnswerStatus(text.status),
            reason=text.reason,
            amounts={} if silent else {i: figures[i.code] for i in self.indicators[section.pk]},
            seen_version=seen,
            actor=self._reporter(assignment.unit, place),
            now=now,
        )

    def _explain(self, assignment: Assignment, now: datetime) -> None:
        """Give the reasons that warnings want."""
        warnings = [f for f in find(read_draft(assignment)) if f.level == Level.WARNING]
        reasons = {
            f.code: prose.warning_reason(f"{assignment.unit.code}-{self.round.year}-{f.code}")
            for f in warnings
        }
        if reasons:
            drafting.give_reasons(assignment, reasons, actor=self._reporter(assignment.unit, 0), now=now)

    def _ask(self, unit: Unit, now: datetime | None) -> None:
        assert now is not None
        submitting.request_approval(self._assignment(unit), actor=self._reporter(unit, 0), now=now)

    def _send(self, unit: Unit, now: datetime | None) -> None:
        assert now is not None
        submitting.submit(self._assignment(unit), actor=self._approver(unit), now=now)

    def _accept(self, unit: Unit, now: datetime | None) -> None:
        assert now is not None
        reviewing.accept(self._assignment(unit), actor=self._reviewer(unit), now=now)

    def _return(self, course: Course) -> None:
        assert course.decided is not None
        assert course.return_until is not None
        assignment = self._assignment(course.unit)
        newest = reviewing.latest_submission(assignment)
        dice = random.Random(f"return-{course.unit.code}-{self.round.year}")
        passages = list(
            newest.passages.filter(section__key__startswith="1.").select_related("section").order_by("id")
        )
        texts = prose.comment_texts(f"{course.unit.code}-{self.round.year}")
        for place, (passage, text) in enumerate(
            zip(dice.sample(passages, len(passages)), texts, strict=False)
        ):
            if place == 3:
                break
            reviewing.add_comment(
                newest,
                passage.section,
                passage=passage,
                quote=" ".join(passage.text.split()[:12]),
                text=text,
                needs_answer=place < 2,
                actor=self._reviewer(course.unit),
                now=course.decided - timedelta(minutes=20 - 5 * place),
            )
        reviewing.return_to_unit(
            assignment,
            until=DateToKeep("on_or_before", course.return_until),
            note=prose.return_note(f"{course.unit.code}-{self.round.year}"),
            actor=self._reviewer(course.unit),
            now=course.decided,
        )

    def _resend(self, course: Course) -> None:
        """Answer the comments, add a sentence where each stood, approve and send again."""
        assert course.resent is not None
        assignment = self._assignment(course.unit)
        newest = reviewing.latest_submission(assignment)
        facts = facts_of(course.unit)
        figures = prose.figures_for(facts, self.round.year)
        when = course.resent - timedelta(hours=3)
        for place, comment in enumerate(newest.comments.select_related("section").order_by("id")):
            seed = f"{course.unit.code}-{self.round.year}-{place}"
            reviewing.reply(
                comment, text=prose.reply_text(seed), actor=self._reporter(course.unit, 0), now=when
            )
            answer = assignment.answers.get(section=comment.section)
            if answer.status == AnswerStatus.DONE:
                more = prose.supplement(facts, self.round.year, comment.section.key)
                self._save(
                    assignment, comment.section, facts, figures, place, when, seen=answer.version, more=more
                )
        self._explain(assignment, when)
        submitting.request_approval(
            assignment, actor=self._reporter(course.unit, 0), now=course.resent - timedelta(hours=1)
        )
        submitting.submit(assignment, actor=self._approver(course.unit), now=course.resent)

    def _ask_for_time(self, course: Course) -> None:
        assert course.asks_time is not None
        assert course.asks_until is not None
        extension_requests.ask(
            self._assignment(course.unit),
            until=course.asks_until,
            reason=prose.extension_reason(f"{course.unit.code}-{self.round.year}"),
            actor=self.crew.approvers[course.unit.pk][0],
            now=course.asks_time,
        )

    def _extend(self, course: Course) -> None:
        assert course.extended is not None
        assert course.extended_to is not None
        seed = f"{course.unit.code}-{self.round.year}"
        reviewing.extend(
            self._assignment(course.unit),
            until=DateToKeep("on_or_before", course.extended_to),
            reason=prose.extension_reason(seed),
            decision_number=f"{random.Random(seed).randint(120, 960)}/VPB",
            counts_on_time=course.extension_counts,
            actor=self.crew.lead,
            now=course.extended,
        )

    def _waive(self, course: Course) -> None:
        assert course.waived is not None
        reviewing.waive(
            self._assignment(course.unit),
            reason=prose.waiver_reason(f"{course.unit.code}-{self.round.year}"),
            actor=self.crew.lead,
            now=course.waived,
        )


def _at_work(moment: datetime, latest: datetime) -> datetime:
    """The same day within office hours, never after `latest`."""
    local = moment.astimezone(ZONE)
    hour = min(max(local.hour, 8), 16)
    return min(local.replace(hour=hour, second=0, microsecond=0), latest)


__all__ = ["Course", "Happening", "Season", "State", "at"]
