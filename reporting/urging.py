"""Drafting the letter that urges late units: whom it names, what it says, kept in step with the facts.

One draft a round stands at a time. It names units that are past the date they must keep (an extension moves
that date); who sends meanwhile drops out when the draft is refreshed, with the reason.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Count, F, Max, QuerySet
from django.utils import timezone

from directives.deadlines import Boundary, format_phrase
from reporting.announcing import why_held
from reporting.consolidation import body_in_prose, named_paper
from reporting.deadline_words import words_of
from reporting.drafting import refuse_secret
from reporting.last_contact import put_last_contact
from reporting.lifecycle import Refused, StaleState, require_office, who_came_first
from reporting.models import Assignment, Deadline, LetterEvent, Round, UrgedUnit, UrgingLetter
from reporting.overview import listed
from reporting.states import (
    LETTER_LABELS,
    ON_ITS_WAY,
    OUT_OF_COUNT,
    STATE_LABELS,
    WITH_UNIT,
    LetterState,
    RoundState,
    State,
)
from reporting.timeliness import kept_deadline
from reporting.urging_words import Facts, Named, Words, contact_text, lowered, proposed
from units.calendar import working_calendar
from units.models import Role, UnitGroup, User
from units.text import nfc
from units.workdays import WorkingCalendar

EDITORS = (Role.REVIEWER, Role.LEAD)
DAYS_TO_REPLY = 5
"""Working days that a draft proposes to give."""
FIRST_SIGNER = ("TL. BỘ TRƯỞNG", "CHÁNH VĂN PHÒNG")


class PastDate(Refused):
    """The date a letter is to give is over."""


class AlreadyDrafted(Refused):
    """A draft of the round stands already: `letter`."""

    def __init__(self, letter: UrgingLetter) -> None:
        super().__init__(
            f"Đợt này đã có một dự thảo công văn do {letter.drafted_by} lập lúc "
            f"{timezone.localtime(letter.drafted_at):%H:%M %d/%m/%Y}. Hãy sửa, trình hoặc bỏ dự thảo đó trước."
        )
        self.letter = letter


@dataclass(frozen=True)
class Candidate:
    """A late unit. `taken` names the letter on its way that holds it, `held` why nobody there is reminded."""

    assignment: Assignment
    deadline: Deadline
    working_days_late: int
    times_before: int
    taken: str = ""
    held: str = ""

    @property
    def row(self) -> UrgedUnit:
        """The unit as a letter names it, not stored."""
        assignment, contact = self.assignment, self.assignment.last_contact  # type: ignore[attr-defined]
        return UrgedUnit(
            assignment=assignment,
            unit_name=assignment.unit_name,
            group_name=assignment.group.name,
            purpose=self.deadline.purpose,
            phrase=self.deadline.phrase,
            printed_date=self.deadline.printed_date,
            due_at=self.deadline.due_at,
            working_days_late=self.working_days_late,
            times_before=self.times_before,
            contact_at=contact.at if contact else None,
            contact_words=contact.printed if contact else "",
        )


def candidates(row: Round, now: datetime) -> list[Candidate]:
    """Every unit of the round that is late now, in the order of the list: a flat number of queries."""
    late = list(
        listed(row, "qua-han", now)
        .select_related("unit", "group", "deadline", "extension__deadline", "return_deadline")
        .order_by("group__position", "unit__sort_key")
    )
    put_last_contact(late)
    calendar, times, taken = working_calendar(), _times(late), _taken(row)
    return [_candidate(a, calendar, now, times.get(a.pk, 0), taken.get(a.pk, "")) for a in late]


def _candidate(
    assignment: Assignment, calendar: WorkingCalendar, now: datetime, times: int, taken: str
) -> Candidate:
    deadline = kept_deadline(assignment)
    late = words_of(deadline, calendar, now).days
    return Candidate(assignment, deadline, late, times, taken, why_held(assignment.unit, now))


def _times(assignments: Collection[Assignment]) -> dict[int, int]:
    """How many issued letters named each."""
    named = UrgedUnit.objects.filter(assignment__in=assignments, event__isnull=False).order_by()
    return dict(named.values_list("assignment").annotate(times=Count("pk")))


def _taken(row: Round) -> dict[int, str]:
    """Units named by a letter that is signed or waits for it: a second one would cross it."""
    named = UrgedUnit.objects.filter(letter__round=row, letter__state__in=ON_ITS_WAY, left_because="")
    return {
        unit.assignment_id: f"có trong công văn thứ {unit.letter.ordinal}, "
        f"{LETTER_LABELS[unit.letter.state].lower()}"
        for unit in named.select_related("letter")
    }


def start(row: Round, *, group: UnitGroup | None = None, actor: User, now: datetime) -> UrgingLetter:
    """Draft a letter to every late unit (of the group); those whose reminders are held are left to the person.

    Raises `AlreadyDrafted`, and `Refused` when the round is not open or nobody is late.
    """
    require_office(row, actor, now, *EDITORS)
    if row.state != RoundState.OPEN:
        raise Refused("Đợt báo cáo không mở nên đơn vị không nộp được nữa; không lập công văn đôn đốc.")
    found = [c for c in candidates(row, now) if group is None or c.assignment.group_id == group.pk]
    chosen = [c for c in found if not c.taken and not c.held]
    if not chosen:
        raise Refused(_nobody(found, group))
    rows = [candidate.row for candidate in chosen]
    earlier, words = _proposal(row, rows, [c.assignment for c in chosen])
    today = timezone.localdate(now)
    boundary, reply_by = _date_to_name(earlier, today)
    letter = UrgingLetter(
        round=row,
        ordinal=_next_ordinal(row),
        reply_by=reply_by,
        reply_boundary=boundary,
        reply_phrase=format_phrase(boundary, reply_by),
        proposed=json.dumps(asdict(words), ensure_ascii=False),
        authority=FIRST_SIGNER[0],
        post=FIRST_SIGNER[1],
        expected=_expected(row),
        as_of=now,
        drafted_by=actor,
        drafted_at=now,
        **asdict(words),
    )
    try:
        with transaction.atomic():
            letter.save()
            _name(letter, rows)
            _note(letter, "draft", f"{len(rows)} đơn vị", actor, now)
    except IntegrityError:
        standing_draft = drafted(row)
        if standing_draft is None:
            raise Refused("Có người vừa lập công văn khác của đợt. Hãy tải lại trang.") from None
        raise AlreadyDrafted(standing_draft) from None
    return letter


def _nobody(found: Collection[Candidate], group: UnitGroup | None) -> str:
    if found:
        why = joined_reasons(found)
        return f"Các đơn vị quá hạn đều chưa đưa vào công văn mới được: {why}."
    where = f" trong nhóm {group.name}" if group else ""
    return f"Không có đơn vị nào quá hạn{where} nên không có gì để đôn đốc."


def joined_reasons(found: Iterable[Candidate]) -> str:
    """ "Cục A đang có trong công văn thứ 1, trình ký; …", of at most three."""
    said = [f"{c.assignment.unit_name} {c.taken or c.held}" for c in found]
    return "; ".join(said[:3]) + (f"; và {len(said) - 3} đơn vị khác" if len(said) > 3 else "")


def drafted(row: Round) -> UrgingLetter | None:
    """The round's one draft."""
    drafts = UrgingLetter.objects.filter(round=row, state=LetterState.DRAFTING)
    return drafts.select_related("drafted_by", "round__owner").first()


def _next_ordinal(row: Round) -> int:
    kept = UrgingLetter.objects.filter(round=row).exclude(state=LetterState.DROPPED)
    return (kept.aggregate(last=Max("ordinal"))["last"] or 0) + 1


def _expected(row: Round) -> int:
    return Assignment.objects.filter(round=row).exclude(state__in=OUT_OF_COUNT).count()


def _note(letter: UrgingLetter, action: str, note: str, actor: User, now: datetime) -> None:
    LetterEvent.objects.create(letter=letter, action=action, actor=actor, at=now, note=note)


def _name(letter: UrgingLetter, rows: Iterable[UrgedUnit], left: Iterable[UrgedUnit] = ()) -> None:
    """Store whom the letter names, in this order, and after them who dropped out."""
    made = []
    for position, unit in enumerate([*rows, *left], start=1):
        unit.pk, unit.letter, unit.position = None, letter, position
        unit._state.adding = True
        made.append(unit)
    UrgedUnit.objects.bulk_create(made)


# What it says -------------------------------------------------------------------------------------------


def as_named(unit: UrgedUnit) -> Named:
    """The row as the words need it."""
    on = timezone.localdate(unit.contact_at) if unit.contact_at else None
    return Named(
        name=unit.unit_name,
        group=unit.group_name,
        phrase=unit.phrase,
        working_days_late=unit.working_days_late,
        times_before=unit.times_before,
        is_return=unit.is_return,
        is_extended=unit.purpose == Deadline.Purpose.EXTENSION,
        contact=contact_text(unit.contact_words, on),
    )


def earlier_letters(row: Round, assignment_ids: Collection[int]) -> list[UrgingLetter]:
    """Issued letters of the round that named any of them, the oldest first."""
    named = UrgedUnit.objects.filter(assignment__in=assignment_ids, event__isnull=False)
    issued = UrgingLetter.objects.filter(round=row, state=LetterState.ISSUED, pk__in=named.values("letter"))
    return list(issued.order_by("issued_on", "ordinal"))


def _date_to_name(earlier: Collection[UrgingLetter], today: date) -> tuple[Boundary, date]:
    """A week's working days from now, but never less time than a letter before gave the same units."""
    usual = working_calendar().shift(today, DAYS_TO_REPLY + 1)
    latest = max(earlier, key=lambda one: one.reply_by, default=None)
    if latest is not None and latest.reply_by >= usual:
        return Boundary(latest.reply_boundary), latest.reply_by
    return Boundary.BEFORE, usual


def still_running(letter: UrgingLetter, today: date) -> list[UrgingLetter]:
    """Letters that went before to some of the same units and whose own date is not over: two queries."""
    return [one for one in earlier_letters(letter.round, named_ids(letter)) if one.reply_by >= today]


def _proposal(
    row: Round, rows: list[UrgedUnit], assignments: Collection[Assignment]
) -> tuple[list[UrgingLetter], Words]:
    earlier = earlier_letters(row, [a.pk for a in assignments])
    dates: dict[str, list[str]] = defaultdict(list)
    for assignment in assignments:
        groups = dates[assignment.deadline.phrase]
        if assignment.group.name not in groups:
            groups.append(assignment.group.name)
    facts = Facts(
        round_name=row.name,
        body=body_in_prose(row.issuing_body),
        office=row.owner.name,
        plan=_plan(row),
        addressee=row.addressee,
        dates=tuple((phrase, tuple(groups)) for phrase, groups in dates.items()),
        units=tuple(map(as_named, rows)),
        earlier=tuple(letter.name for letter in earlier),
    )
    return earlier, proposed(facts)


def _plan(row: Round) -> str:
    """The legal basis: "Kế hoạch số 288/KH-BYT ngày 24/02/2025 của Bộ Y tế về việc triển khai …"."""
    plan = row.plan
    if plan is None:
        return f"chương trình công tác năm {row.year} của {body_in_prose(row.issuing_body)}"
    named = named_paper(plan) if plan.code else f"{plan.kind_label} của {plan.issuer}"
    about = lowered(plan.title.strip(" ."))
    return f"{named} {about if about.startswith('về ') else f'về việc {about}'}"


def save_words(
    letter: UrgingLetter,
    words: Words,
    *,
    reply_by: date,
    reply_boundary: str,
    authority: str,
    post: str,
    seen_version: int,
    actor: User,
    now: datetime,
) -> None:
    """Store what a person wrote. Raises `StaleState` when the draft was changed since `seen_version`."""
    require_office(letter.round, actor, now, *EDITORS)
    clean = {name: _clean(text) for name, text in asdict(words).items()}
    for name in ("addressees", "recipients"):
        lines = (line.strip(" -;.\t") for line in clean[name].splitlines())
        clean[name] = "\n".join(line for line in lines if line)
    if not all(clean.values()):
        raise Refused("Không phần nào của công văn được để trống.")
    for text in clean.values():
        refuse_secret(text)
    if reply_by <= timezone.localdate(now):
        raise PastDate("Thời hạn mới phải ở sau hôm nay.")
    facts = {
        "reply_by": reply_by,
        "reply_boundary": reply_boundary,
        "reply_phrase": format_phrase(reply_boundary, reply_by),
        "authority": authority,
        "post": post,
    }
    with transaction.atomic():
        _update(letter, seen_version, **clean, **facts)
        _note(letter, "edit", "", actor, now)


def _clean(text: str) -> str:
    return nfc(text).replace("\r\n", "\n").strip()


def _update(letter: UrgingLetter, seen_version: int, **values: object) -> None:
    """Write the draft if nobody did since; the row then has the next version."""
    if not _as_seen(letter, seen_version).update(version=F("version") + 1, **values):
        raise changed_meanwhile(letter)
    for name, value in values.items():
        setattr(letter, name, value)
    letter.version = seen_version + 1


def _as_seen(letter: UrgingLetter, version: int) -> QuerySet[UrgingLetter]:
    return UrgingLetter.objects.filter(pk=letter.pk, state=LetterState.DRAFTING, version=version)


def changed_meanwhile(letter: UrgingLetter) -> StaleState:
    """Who changed it, and where it stands now."""
    seen = UrgingLetter.objects.get(pk=letter.pk)
    who = who_came_first(letter.events.select_related("actor").last(), "sửa")
    if not seen.is_draft:
        return StaleState(f"{who}: công văn hiện {LETTER_LABELS[seen.state].lower()} nên không sửa được nữa.")
    return StaleState(f"{who}. Nội dung bạn gửi chưa được lưu; hãy so lại với bản mới rồi lưu lần nữa.")


# Whom it names ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Drift:
    """What happened since the draft: named units that are late no more and why, and late ones not named."""

    left: tuple[tuple[str, str], ...]
    come: tuple[Candidate, ...]

    def __bool__(self) -> bool:
        return bool(self.left or self.come)


def drift(letter: UrgingLetter, found: Collection[Candidate], now: datetime) -> Drift:
    """Compare the letter with who is late now (`found`, by `candidates`): two queries."""
    late = {c.assignment.pk for c in found}
    named = list(letter.units.filter(left_because=""))
    gone = [unit.assignment_id for unit in named if unit.assignment_id not in late]
    inside = {unit.assignment_id for unit in named}
    came = (
        c for c in found if c.assignment.pk not in inside and c.deadline.due_at > letter.as_of and not c.taken
    )
    return Drift(tuple(_why_left(gone, now).values()), tuple(came))


def _why_left(assignment_ids: Collection[int], now: datetime) -> dict[int, tuple[str, str]]:
    """(name, why) of units that are late no more."""
    if not assignment_ids:
        return {}
    rows = Assignment.objects.filter(pk__in=assignment_ids).select_related(
        "deadline", "extension__deadline", "return_deadline"
    )
    return {row.pk: (row.unit_name, _settled(row)) for row in rows}


def _settled(assignment: Assignment) -> str:
    if assignment.state in WITH_UNIT:
        deadline = kept_deadline(assignment)
        new = "được gia hạn" if deadline.purpose == Deadline.Purpose.EXTENSION else "có hạn mới"
        return f"{new}: {deadline.phrase}"
    sent = assignment.last_submitted_at
    if assignment.state in (State.SUBMITTED, State.ACCEPTED) and sent is not None:
        return f"đã nộp lúc {timezone.localtime(sent):%H:%M %d/%m/%Y}"
    return STATE_LABELS[assignment.state].lower()


def choose(
    letter: UrgingLetter, assignment_ids: Collection[int], *, seen_version: int, actor: User, now: datetime
) -> None:
    """Name exactly these late units, with the facts of now; words nobody touched are written again.

    A unit that was named and is late no more stays below the list with the reason. Raises `Refused` when no
    late unit is left, `StaleState` when the draft was changed since `seen_version`.
    """
    require_office(letter.round, actor, now, *EDITORS)
    if not _as_seen(letter, seen_version).exists():
        raise changed_meanwhile(letter)  # before anything else is said of the units
    found = candidates(letter.round, now)
    chosen = [c for c in found if c.assignment.pk in assignment_ids and not c.taken]
    if not chosen:
        raise Refused("Hãy chọn ít nhất một đơn vị đang quá hạn, hoặc bỏ công văn này.")
    late = {c.assignment.pk for c in found}
    before = list(letter.units.all())
    why = _why_left([unit.assignment_id for unit in before if unit.assignment_id not in late], now)
    left = [unit for unit in before if unit.assignment_id in why]
    for unit in left:
        unit.left_because = why[unit.assignment_id][1][:200]
    rows = [candidate.row for candidate in chosen]
    _, words = _proposal(letter.round, rows, [c.assignment for c in chosen])
    with transaction.atomic():
        _update(
            letter,
            seen_version,
            as_of=now,
            expected=_expected(letter.round),
            proposed=json.dumps(asdict(words), ensure_ascii=False),
            **_untouched(letter, words),
        )
        letter.units.all().delete()
        _name(letter, rows, left)
        out = f"; thôi nêu {len(left)} đơn vị" if left else ""
        _note(letter, "units", f"{len(rows)} đơn vị{out}", actor, now)


def _untouched(letter: UrgingLetter, words: Words) -> dict[str, str]:
    """The new proposal for the parts that still read as the portal wrote them."""
    was = json.loads(letter.proposed)
    return {name: text for name, text in asdict(words).items() if getattr(letter, name) == was.get(name)}


def refresh(letter: UrgingLetter, *, seen_version: int, actor: User, now: datetime) -> None:
    """The same units with the facts of now."""
    choose(letter, named_ids(letter), seen_version=seen_version, actor=actor, now=now)


def named_ids(letter: UrgingLetter) -> set[int]:
    return set(letter.units.filter(left_because="").values_list("assignment_id", flat=True))
