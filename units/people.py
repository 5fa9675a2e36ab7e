"""Changing who there is: people, their roles at units, and who approves in whose place.

Every writing function is for admins (`delegate` and `end_delegation` also for the approver concerned) and
raises `RegisterRefused` otherwise; what ends keeps its row.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from units.models import OFFICE_ROLES, UNIT_ROLES, Delegation, Membership, Role, Unit, User
from units.register import OFFICE, RegisterRefused, begin_in_time, end_in_time, need_admin
from units.text import nfc


def register_person(
    *,
    username: str,
    full_name: str,
    email: str,
    actor: User | None,
    now: datetime,
    password: str | None = None,
    is_admin: bool = False,
    phone: str = "",
) -> User:
    """Create a person who can sign in. Raises `RegisterRefused` when name or address is taken.

    `actor` is None only for the first account. Without a password the person sets one by mail.
    """
    need_admin(actor)
    if User.objects.filter(username__iexact=username).exists():
        raise _name_taken(username)
    _need_free_address(email)
    person = User(
        username=username,
        full_name=nfc(full_name).strip(),
        email=email.strip().lower(),
        is_admin=is_admin,
        phone=phone.strip(),
        date_joined=now,
    )
    if password is None:
        person.set_unusable_password()
    else:
        person.set_password(password)
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:  # taken between the look and the write
        if User.objects.filter(username__iexact=username).exists():
            raise _name_taken(username) from None
        raise _address_taken(email) from None
    return person


def change_person(
    person: User, *, full_name: str, email: str, phone: str, is_admin: bool, actor: User, now: datetime
) -> None:
    """Correct what is known of a person. A new address clears the mark of bounced mail."""
    need_admin(actor)
    _need_free_address(email, other_than=person)
    address = email.strip().lower()
    try:
        with transaction.atomic():
            if not is_admin:
                _keep_an_admin_without(person)
            if address != person.email:
                person.email_bounced_at, person.email_bounced_because = None, ""
            person.full_name, person.email, person.phone = nfc(full_name).strip(), address, phone.strip()
            person.is_admin = is_admin
            bounced = ["email_bounced_at", "email_bounced_because"]
            person.save(update_fields=["full_name", "email", "phone", "is_admin", *bounced])
    except IntegrityError:  # taken between the look and the write
        raise _address_taken(email) from None


def mark_bounced(person: User, *, address: str, because: str, now: datetime) -> bool:
    """Note that mail to that address of the person comes back, with what the server said; False if it is noted.

    No mail goes there until the address changes or somebody says that it works. Rights are the caller's to
    check: servers say it too.
    """
    because = nfc(" ".join(because.split()))[:200]
    same = User.objects.filter(pk=person.pk, email__iexact=address.strip(), email_bounced_at=None)
    marked = same.update(email_bounced_at=now, email_bounced_because=because)
    if marked:
        person.email_bounced_at, person.email_bounced_because = now, because
    return bool(marked)


def record_bounce(person: User, *, because: str, actor: User, now: datetime) -> None:
    """An admin notes that mail to the person comes back, with what was heard."""
    need_admin(actor)
    if not person.email:
        raise RegisterRefused("Người này không có địa chỉ thư nên không có thư nào bị trả lại.")
    if not nfc(because).strip():
        raise RegisterRefused("Hãy ghi máy chủ hoặc người nhận báo gì.", field="because")
    if not mark_bounced(person, address=person.email, because=because, now=now):
        raise RegisterRefused("Địa chỉ này đã được ghi là bị trả lại.")


def confirm_address(person: User, *, actor: User, now: datetime) -> None:
    """An admin, or the person, says that mail arrives: from now on it is sent again."""
    if actor.pk != person.pk:
        need_admin(actor)
    if not clear_bounced(person):
        raise RegisterRefused("Địa chỉ này không bị đánh dấu.")


def clear_bounced(person: User) -> bool:
    """The address works again, as somebody confirmed; False where nothing was marked."""
    marked = User.objects.filter(pk=person.pk, email_bounced_at__isnull=False)
    cleared = marked.update(email_bounced_at=None, email_bounced_because="")
    person.email_bounced_at, person.email_bounced_because = None, ""
    return bool(cleared)


def deactivate(person: User, *, actor: User, now: datetime) -> None:
    """The person cannot sign in any more; roles, names and records stay."""
    need_admin(actor)
    if person.pk == actor.pk:
        raise RegisterRefused("Không thể tự khóa tài khoản của mình. Hãy nhờ quản trị khác.")
    with transaction.atomic():
        _keep_an_admin_without(person)
        User.objects.filter(pk=person.pk).update(is_active=False)
    person.is_active = False


def reactivate(person: User, *, actor: User, now: datetime) -> None:
    need_admin(actor)
    User.objects.filter(pk=person.pk).update(is_active=True)
    person.is_active = True


def _need_free_address(email: str, other_than: User | None = None) -> None:
    others = User.objects.filter(email__iexact=email.strip())
    if other_than is not None:
        others = others.exclude(pk=other_than.pk)
    if others.exists():
        raise _address_taken(email)


def _address_taken(email: str) -> RegisterRefused:
    return RegisterRefused(f"Địa chỉ {email.strip()} đã thuộc một tài khoản khác.", field="email")


def _name_taken(username: str) -> RegisterRefused:
    return RegisterRefused(f"Tên đăng nhập {username} đã có người dùng. Hãy chọn tên khác.", field="username")


def _keep_an_admin_without(person: User) -> None:
    """Raise `RegisterRefused` when nobody else is an active admin.

    Call inside the transaction of the change: the admins' rows are held until it ends (on SQLite the whole
    database is), so of two who lock each other out the second sees what the first did.
    """
    admins = User.objects.select_for_update().filter(is_admin=True, is_active=True).order_by("pk")
    if not set(admins.values_list("pk", flat=True)) - {person.pk}:
        raise RegisterRefused("Đây là quản trị duy nhất đang hoạt động. Hãy chỉ định quản trị khác trước.")


def grant(
    person: User,
    unit: Unit,
    role: Role,
    *,
    actor: User | None,
    now: datetime,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Membership:
    """Give a role at a unit, from a day and up to the day before `valid_to`; without dates for good.

    Giving an open role twice changes nothing, but one that was to begin later begins on `valid_from`,
    without one today; given up to a day before it begins, it is held twice.
    """
    need_admin(actor)
    if role in OFFICE_ROLES and unit.code != OFFICE and not unit.owned_rounds.exists():
        raise RegisterRefused("Vai trò của Văn phòng chỉ cấp được ở đơn vị chủ trì đợt báo cáo.")
    if valid_to is not None and valid_from is not None and valid_to <= valid_from:
        raise RegisterRefused("Ngày kết thúc phải sau ngày bắt đầu.")
    held = Membership.objects.filter(user=person, unit=unit, role=role, valid_to=None).first()
    if held is not None and not (valid_to and held.valid_from and valid_to < held.valid_from):
        begin_in_time(held, valid_from or localdate(now))
        return held
    return Membership.objects.create(
        user=person, unit=unit, role=role, valid_from=valid_from, valid_to=valid_to
    )


def revoke(membership: Membership, *, on: date, actor: User, now: datetime) -> None:
    """End a role on a day; the row stays as history, and an earlier end stands."""
    need_admin(actor)
    if end_in_time(Membership.objects.filter(pk=membership.pk), on):
        membership.valid_to = on


def delegate(
    *,
    unit: Unit,
    principal: User,
    deputy: User,
    authority: str,
    valid_from: date,
    valid_to: date | None,
    reference: str = "",
    actor: User,
    now: datetime,
) -> Delegation:
    """Let `deputy` approve in the place of `principal`, who must be an approver of the unit."""
    own = Membership.objects.in_force(valid_from).filter(user=principal, unit=unit, role=Role.APPROVER)
    if not own.exists():
        raise RegisterRefused(f"{principal} không phải lãnh đạo duyệt của {unit} nên không ủy quyền được.")
    if not (actor.is_admin or actor.pk == principal.pk):
        raise RegisterRefused("Chỉ chính người duyệt hoặc quản trị mới lập được ủy quyền.")
    if principal.pk == deputy.pk:
        raise RegisterRefused("Không thể tự ủy quyền cho mình.")
    if not deputy.is_active:
        raise RegisterRefused(f"Tài khoản của {deputy} đã khóa nên không nhận ủy quyền được.")
    if valid_to is not None and valid_to <= valid_from:
        raise RegisterRefused("Ngày kết thúc phải sau ngày bắt đầu.")
    return Delegation.objects.create(
        unit=unit,
        principal=principal,
        deputy=deputy,
        authority=authority,
        reference=nfc(reference).strip(),
        valid_from=valid_from,
        valid_to=valid_to,
    )


def end_delegation(delegation: Delegation, *, on: date, actor: User, now: datetime) -> None:
    """The deputy acts up to the day before `on`; what was approved until then stays."""
    if not (actor.is_admin or actor.pk == delegation.principal_id):
        raise RegisterRefused("Chỉ chính người ủy quyền hoặc quản trị mới kết thúc được ủy quyền.")
    end_in_time(Delegation.objects.filter(pk=delegation.pk), on)


def roles_for(unit: Unit) -> list[Role]:
    """The roles that make sense at a unit, in the order they are offered."""
    office = unit.code == OFFICE or unit.owned_rounds.exists()
    return [role for role in Role if role in UNIT_ROLES or (office and role in OFFICE_ROLES)]
