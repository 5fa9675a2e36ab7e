"""The unit says, in one click, that the people entered for it are still the right ones; or what is wrong.

A word counts for the people it was given about: once somebody comes, goes or changes role it is given anew,
and after half a year too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max
from django.utils import timezone

from units.access import standing
from units.models import UNIT_ROLES, ContactWord, Membership, Role, Unit, User
from units.secrecy import WHERE_TO, has_secret_mark
from units.text import nfc

COUNTS_FOR = timedelta(days=180)
LONGEST = 2000
People = dict[str, list[User]]
"""Active persons by role at a unit."""


class ContactRefused(Exception):  # noqa: N818  (an answer to a person, not a fault)
    """The word cannot be taken; `str()` says in Vietnamese why and what to do."""


@dataclass(frozen=True)
class Contacts:
    """Who stands for a unit on a day, and the newest word of the unit about it."""

    unit: Unit
    people: People
    word: ContactWord | None
    on: date

    @property
    def persons(self) -> list[User]:
        """Everybody once, writers first."""
        return list({user.pk: user for role in _ORDER for user in self.people.get(role, [])}.values())

    @property
    def rows(self) -> list[tuple[User, list[str]]]:
        """Everybody with the names of their roles."""
        return [
            (user, [Role(role).label for role in _ORDER if user in self.people.get(role, [])])
            for user in self.persons
        ]

    @property
    def signature(self) -> str:
        """Who holds which role, as text: the same for the same people."""
        return " ".join(sorted(f"{role}:{user.pk}" for role, users in self.people.items() for user in users))

    @property
    def confirmed(self) -> ContactWord | None:
        """The word that these are the right people, while it counts."""
        return self.word if self.word and self._counts and not self.word.correction else None

    @property
    def wrong(self) -> ContactWord | None:
        """The word that something is not right, until the people are changed or the unit confirms."""
        return self.word if self.word and self._counts and self.word.correction else None

    @property
    def _counts(self) -> bool:
        assert self.word is not None
        given_on = timezone.localdate(self.word.at)
        return self.word.people == self.signature and self.on < given_on + COUNTS_FOR


_ORDER = (Role.REPORTER, Role.APPROVER, Role.CONTACT)


def contacts_of(units: Iterable[Unit], on: date) -> dict[int, Contacts]:
    """The contacts of each unit on that day: two queries whatever their number."""
    wanted = {unit.pk: unit for unit in units}
    people: dict[int, People] = defaultdict(lambda: defaultdict(list))
    held = Membership.objects.in_force(on).filter(
        unit_id__in=wanted, role__in=UNIT_ROLES, user__is_active=True
    )
    for row in held.select_related("user").order_by("user__full_name", "user_id"):
        if row.user not in people[row.unit_id][row.role]:
            people[row.unit_id][row.role].append(row.user)
    newest = (
        ContactWord.objects.filter(unit_id__in=wanted)
        .order_by()
        .values("unit")
        .annotate(last=Max("pk"))
        .values("last")
    )
    words = {word.unit_id: word for word in ContactWord.objects.filter(pk__in=newest).select_related("by")}
    return {pk: Contacts(unit, dict(people[pk]), words.get(pk), on) for pk, unit in wanted.items()}


def may_confirm(unit: Unit, user: User, on: date) -> bool:
    """Whoever writes, approves or keeps the papers for the unit."""
    return standing(user, on).has(unit.pk, *UNIT_ROLES)


def confirm(unit: Unit, *, seen: str, actor: User, now: datetime) -> ContactWord:
    """The people that stood on the page are the right ones. Raises `ContactRefused`."""
    return _say(unit, seen, "", actor, now)


def correct(unit: Unit, *, seen: str, text: str, actor: User, now: datetime) -> ContactWord:
    """Something is not right; `text` says what. Raises `ContactRefused`."""
    words = nfc(text).strip()
    if not words:
        raise ContactRefused("Hãy ghi điều cần sửa: ai thôi việc, ai thay, địa chỉ nào sai.")
    if len(words) > LONGEST:
        raise ContactRefused(f"Nội dung dài quá {LONGEST} ký tự. Hãy rút gọn.")
    if mark := has_secret_mark(words):
        raise ContactRefused(f"Nội dung mang dấu {mark}. {WHERE_TO}")
    return _say(unit, seen, words, actor, now)


def _say(unit: Unit, seen: str, correction: str, actor: User, now: datetime) -> ContactWord:
    on = timezone.localdate(now)
    if not may_confirm(unit, actor, on):
        raise ContactRefused("Việc này do người của đơn vị làm.")
    if contacts_of([unit], on)[unit.pk].signature != seen:
        raise ContactRefused(
            "Người của đơn vị vừa thay đổi sau khi bạn mở trang. Hãy xem danh sách mới rồi xác nhận."
        )
    return ContactWord.objects.create(unit=unit, by=actor, at=now, people=seen, correction=correction)
