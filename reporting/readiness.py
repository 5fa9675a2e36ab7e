"""Would the units of a round manage to report? People, addresses and confirmations, looked at before it is due.

Derived at each look from memberships, accounts and the units' own words; nothing is stored. Of units that
still owe a report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Min
from django.utils import timezone

from reporting.models import Assignment, Deadline, Round
from units.contacts import Contacts, contacts_of
from units.models import Role, User

LOOKED_AT = timedelta(days=30)
"""From so long before the earliest date the check stands on the pages of the round."""


@dataclass(frozen=True)
class Trouble:
    """One unit in a group: the people concerned, and more words where there are any."""

    assignment: Assignment
    people: list[User] = field(default_factory=list)
    note: str = ""


@dataclass(frozen=True)
class Group:
    """What is wrong, why it matters and who mends it, and the units it is so with."""

    key: str
    title: str
    advice: str
    troubles: list[Trouble]


@dataclass(frozen=True)
class Readiness:
    """The whole look: `units` owe a report, `ready` of them have nothing in any group."""

    units: int
    groups: list[Group]
    contacts: dict[int, Contacts]

    @property
    def unready(self) -> int:
        return len({t.assignment.pk for group in self.groups for t in group.troubles})

    @property
    def ready(self) -> int:
        return self.units - self.unready

    def of(self, key: str) -> Group:
        return next(group for group in self.groups if group.key == key)


Finder = Callable[[Contacts], tuple[list[User], str] | None]
"""People and note of a unit that has the trouble; None for one that has not."""


def _no_approver(contacts: Contacts) -> tuple[list[User], str] | None:
    return None if contacts.people.get(Role.APPROVER) else (contacts.persons, "")


def _nobody(contacts: Contacts) -> tuple[list[User], str] | None:
    return None if contacts.persons else ([], "")


def _one(contacts: Contacts) -> tuple[list[User], str] | None:
    return (contacts.persons, "") if len(contacts.persons) == 1 else None


def _some(wanted: Callable[[User], bool]) -> Finder:
    def find(contacts: Contacts) -> tuple[list[User], str] | None:
        people = [user for user in contacts.persons if wanted(user)]
        return (people, "") if people else None

    return find


def _wrong(contacts: Contacts) -> tuple[list[User], str] | None:
    word = contacts.wrong
    return ([word.by], word.correction) if word else None


def _unconfirmed(contacts: Contacts) -> tuple[list[User], str] | None:
    silent = contacts.persons and contacts.confirmed is None and contacts.wrong is None
    return (contacts.persons, "") if silent else None


_LOOKS: tuple[tuple[str, str, str, Finder], ...] = (
    (
        "khong-nguoi",
        "Không có người nào đang hoạt động",
        "Không ai nhận được nhắc việc, không nộp được. Quản trị tạo tài khoản và cấp vai trò.",
        _nobody,
    ),
    (
        "khong-duyet",
        "Chưa có lãnh đạo duyệt",
        "Báo cáo soạn xong vẫn chưa nộp được. Quản trị cấp vai trò duyệt cho lãnh đạo đơn vị.",
        _no_approver,
    ),
    (
        "mot-nguoi",
        "Chỉ có một người",
        "Người ấy vắng thì không ai làm thay. Đề nghị đơn vị giới thiệu thêm người.",
        _one,
    ),
    (
        "khong-dia-chi",
        "Có người không có địa chỉ thư",
        "Chỉ thấy thông báo khi đăng nhập. Quản trị bổ sung địa chỉ công vụ.",
        _some(lambda user: not user.email),
    ),
    (
        "thu-tra-lai",
        "Thư bị trả lại",
        "Thư nhắc không tới nữa. Hỏi lại đơn vị rồi quản trị sửa địa chỉ.",
        _some(lambda user: user.email_bounced_at is not None),
    ),
    (
        "chua-dang-nhap",
        "Có người chưa đăng nhập lần nào",
        "Có thể chưa nhận được thư mời. Quản trị gửi lại đường dẫn đặt mật khẩu.",
        _some(lambda user: user.last_login is None),
    ),
    (
        "khong-dung",
        "Đơn vị báo đầu mối không còn đúng",
        "Quản trị sửa người và vai trò theo lời đơn vị; sửa xong đơn vị xác nhận lại.",
        _wrong,
    ),
    (
        "chua-xac-nhan",
        "Chưa xác nhận đầu mối",
        "Văn phòng gửi đề nghị; đơn vị xác nhận bằng một lần bấm.",
        _unconfirmed,
    ),
)


def look(row: Round, now: datetime) -> Readiness:
    """The check of a round: three queries, whatever the number of units."""
    owing = list(
        Assignment.objects.filter(round=row)
        .owing()
        .select_related("unit", "group")
        .order_by("group__position", "unit__sort_key")
    )
    contacts = contacts_of([a.unit for a in owing], timezone.localdate(now))
    groups = [
        Group(key, title, advice, list(_troubles(owing, contacts, find)))
        for key, title, advice, find in _LOOKS
    ]
    return Readiness(len(owing), groups, contacts)


def _troubles(owing: Iterable[Assignment], contacts: dict[int, Contacts], find: Finder) -> Iterable[Trouble]:
    for assignment in owing:
        found = find(contacts[assignment.unit_id])
        if found is not None:
            yield Trouble(assignment, *found)


def is_time(row: Round, now: datetime) -> bool:
    """Whether the open round's earliest date is near enough, or over, for the check to stand on its pages."""
    if not row.is_open:
        return False
    dates = row.deadlines.filter(purpose=Deadline.Purpose.SUBMISSION, replaced_at=None)
    earliest: datetime | None = dates.aggregate(first=Min("due_at"))["first"]
    return earliest is not None and now >= earliest - LOOKED_AT


def panel(row: Round, now: datetime) -> Readiness | None:
    """The check where it is time for it and something is not in order; None otherwise."""
    if not is_time(row, now):
        return None
    found = look(row, now)
    return found if found.unready else None
