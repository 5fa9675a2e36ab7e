"""Would the units manage: the check of a round, and the unit's one click about its people."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.vn_format import datetime_text
from reporting import contact_requests, readiness
from reporting.lifecycle import Refused
from reporting.models import Channel, Notice
from reporting.notifying import send_all_due
from reporting.states import Action
from tests.factories import World, accept, at, give, person, submit
from tests.remembered import once
from units import contacts
from units.models import ContactWord, Role, Unit, User

pytestmark = pytest.mark.django_db
NOW = at("2025-09-22 08:00")
PAGE = "/dot/khoa-giao-2025/san-sang/"
MINE = "/don-vi/cuc-a/dau-moi/"


@pytest.fixture(autouse=True)
def _today(time_machine) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
@once
def ready(world: World) -> World:
    """Every unit but the office has two people who signed in and confirmed."""
    User.objects.update(last_login=NOW)
    for unit in world.units:
        say(unit, world.approvers[unit.code])
    world.office.memberships.filter(role=Role.REPORTER).delete()
    return world


def say(unit: Unit, actor: User, **words: str) -> ContactWord:
    seen = contacts.contacts_of([unit], NOW.date())[unit.pk].signature
    if words:
        return contact_requests.report_wrong(unit, seen=seen, text=words["text"], actor=actor, now=NOW)
    return contacts.confirm(unit, seen=seen, actor=actor, now=NOW)


def found(world: World) -> dict[str, list[str]]:
    groups = readiness.look(world.round, NOW).groups
    codes = {g.key: [t.assignment.unit.code for t in g.troubles] for g in groups}
    return {key: kept for key, units in codes.items() if (kept := [c for c in units if c != "van-phong-bo"])}


def test_nothing_is_wrong_with_who_is_ready(ready: World) -> None:
    assert found(ready) == {}
    look = readiness.look(ready.round, NOW)
    assert (look.units, look.unready, look.ready) == (4, 1, 3)
    assert look.of("khong-nguoi").troubles[0].assignment.unit == ready.office


@pytest.mark.parametrize(
    ("change", "keys"),
    [
        (lambda w: w.approvers["cuc-a"].memberships.all().delete(), {"khong-duyet", "mot-nguoi"}),
        (
            lambda w: User.objects.filter(memberships__unit__code="cuc-a").update(is_active=False),
            {"khong-nguoi", "khong-duyet"},
        ),
        (lambda w: User.objects.filter(pk=w.reporters["cuc-a"].pk).update(email=""), {"khong-dia-chi"}),
        (
            lambda w: User.objects.filter(pk=w.reporters["cuc-a"].pk).update(email_bounced_at=NOW),
            {"thu-tra-lai"},
        ),
        (
            lambda w: User.objects.filter(pk=w.reporters["cuc-a"].pk).update(last_login=None),
            {"chua-dang-nhap"},
        ),
        (lambda w: ContactWord.objects.filter(unit__code="cuc-a").delete(), {"chua-xac-nhan"}),
        (lambda w: say(w.units[0], w.reporters["cuc-a"], text="Sai."), {"khong-dung"}),
        (lambda w: give(person("moi"), w.units[0], Role.CONTACT), {"chua-xac-nhan", "chua-dang-nhap"}),
        (
            lambda w: ContactWord.objects.update(at=NOW - contacts.COUNTS_FOR),
            {"chua-xac-nhan"},
        ),
    ],
)
def test_each_trouble_is_named(ready: World, change, keys: set[str]) -> None:
    change(ready)
    named = {key for key, units in found(ready).items() if "cuc-a" in units}
    # A word speaks of the people it was given about, so a change of people asks for a new one.
    assert named - {"chua-xac-nhan"} == keys - {"chua-xac-nhan"}
    assert named >= keys


def test_who_is_through_is_not_looked_at(ready: World) -> None:
    ContactWord.objects.all().delete()
    submit(ready, "cuc-a", "2025-09-20 08:00")
    accept(ready, "cuc-a", "2025-09-21 08:00")
    assert "cuc-a" not in found(ready)["chua-xac-nhan"]


@pytest.mark.parametrize(("days", "shown"), [(31, False), (30, True)])
def test_it_stands_on_the_pages_from_30_days_before(
    world: World, sign_in, time_machine, days: int, shown: bool
) -> None:
    time_machine.move_to(at("2025-10-20 00:00") - timedelta(days=days), tick=False)
    client = sign_in(world.reviewer)
    for page in ("/dot/khoa-giao-2025/", "/dot/khoa-giao-2025/nhac-viec/"):
        assert ("đơn vị chưa sẵn sàng" in client.get(page).content.decode()) is shown, page


def test_the_page_costs_the_same_for_every_number_of_units(ready: World, sign_in) -> None:
    client = sign_in(ready.reviewer)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(PAGE)
        return len(seen)

    one = queries()
    ContactWord.objects.all().delete()
    User.objects.update(last_login=None)
    assert queries() == one


def test_the_admin_is_led_to_the_person_and_the_sheet_holds_all(ready: World, sign_in) -> None:
    user = ready.reporters["cuc-a"]
    User.objects.filter(pk=user.pk).update(email_bounced_at=NOW, email_bounced_because="550 hộp thư đầy")
    assert f"/nguoi-dung/{user.pk}/" in sign_in(ready.admin).get(PAGE).content.decode()
    seen = sign_in(ready.reviewer).get(PAGE).content.decode()
    assert f"/nguoi-dung/{user.pk}/" not in seen
    assert ": 550 hộp thư đầy" in seen
    sheet = zipfile.ZipFile(io.BytesIO(sign_in(ready.reviewer).get(f"{PAGE[:-1]}.xlsx").content))
    strings = sheet.read("xl/sharedStrings.xml").decode()
    assert "Thư bị trả lại" in strings
    assert user.email in strings
    assert sign_in(ready.outsider).get(PAGE).status_code == 404


def test_looking_confirms_nothing_and_one_click_does(world: World, sign_in) -> None:
    client = sign_in(world.approvers["cuc-a"])
    page = client.get(MINE)
    assert "Xác nhận còn đúng" in page.content.decode()
    assert not ContactWord.objects.exists()
    seen = page.context["contacts"].signature
    assert (
        "Đã xác nhận đầu mối" in client.post(f"{MINE}xac-nhan/", {"seen": seen}, follow=True).content.decode()
    )
    assert ContactWord.objects.get().by == world.approvers["cuc-a"]
    for place in ("/viec/", f"/viec/{world.assignment('cuc-a').pk}/"):
        assert "Đã xác nhận 22/09/2025" in client.get(place).content.decode()
    give(person("moi"), world.units[0], Role.REPORTER)
    stale = client.post(f"{MINE}xac-nhan/", {"seen": seen}, follow=True)
    assert "vừa thay đổi" in stale.content.decode()
    assert ContactWord.objects.count() == 1


def test_what_is_wrong_reaches_the_office_and_the_admin(world: World, sign_in) -> None:
    client = sign_in(world.reporters["cuc-a"])
    seen = client.get(MINE).context["contacts"].signature
    words = {"seen": seen, "text": "Lãnh đạo Cục đã nghỉ hưu."}
    client.post(f"{MINE}bao-sai/", words)
    told = Notice.objects.filter(rule=Action.CORRECT_CONTACTS, channel=Channel.EMAIL)
    assert set(told.values_list("recipient__username", flat=True)) == {
        "duyet-cuc-a",
        "xem-1",
        "xem-2",
        "lanh-dao-vp",
        "quan-tri",
    }
    send_all_due(NOW)
    assert "Lãnh đạo Cục đã nghỉ hưu." in mail.outbox[0].body
    assert MINE in mail.outbox[0].body
    bell = Notice.objects.get(recipient=world.admin, channel=Channel.IN_APP)
    assert sign_in(world.admin).get(f"/thong-bao/{bell.pk}/")["Location"] == MINE
    assert "Lãnh đạo Cục đã nghỉ hưu." in sign_in(world.lead).get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("text", "status", "said"),
    [("", 422, "Hãy ghi điều cần sửa"), ("TUYỆT MẬT\nNgười mới", 409, "Bí mật nhà nước")],
)
def test_a_word_that_is_refused_stays_to_be_mended(
    world: World, sign_in, text: str, status: int, said: str
) -> None:
    client = sign_in(world.reporters["cuc-a"])
    seen = client.get(MINE).context["contacts"].signature
    answer = client.post(f"{MINE}bao-sai/", {"seen": seen, "text": text})
    page = answer.content.decode()
    assert answer.status_code == status
    assert said in page
    assert text.splitlines()[-1:] == [] or "Người mới" in page
    assert not ContactWord.objects.exists()


def test_others_neither_see_nor_say(world: World, sign_in) -> None:
    for outsider in (world.outsider, world.reporters["so-c"]):
        client = sign_in(outsider)
        assert client.get(MINE).status_code == 404
        assert client.post(f"{MINE}xac-nhan/").status_code == 404
    page = sign_in(world.reviewer).get(MINE)
    assert "Xác nhận còn đúng" not in page.content.decode()
    sign_in(world.reviewer).post(f"{MINE}xac-nhan/", {"seen": page.context["contacts"].signature})
    assert not ContactWord.objects.exists()


def test_the_office_asks_who_has_not_confirmed_once(ready: World) -> None:
    ContactWord.objects.filter(unit__code="cuc-a").delete()
    asked = contact_requests.ask_units(ready.round, actor=ready.reviewer, now=NOW)
    assert (asked.units, asked.lately) == (1, 0)
    told = Notice.objects.filter(rule=Action.ASK_CONTACTS, channel=Channel.EMAIL)
    assert sorted(told.values_list("recipient__username", flat=True)) == ["duyet-cuc-a", "soan-cuc-a"]
    again = contact_requests.ask_units(ready.round, actor=ready.lead, now=NOW + timedelta(days=1))
    assert (again.units, again.lately) == (0, 1)
    later = contact_requests.ask_units(ready.round, actor=ready.lead, now=NOW + timedelta(days=4))
    assert later.units == 1
    with pytest.raises(Refused):
        contact_requests.ask_units(ready.round, actor=ready.registry, now=NOW)


def test_the_page_says_when_units_were_asked_last(ready: World, sign_in, time_machine) -> None:
    page = sign_in(ready.lead).get(PAGE).content.decode()
    assert "Đề nghị xác nhận gần nhất" not in page
    ContactWord.objects.filter(unit__code="cuc-a").delete()
    time_machine.move_to(NOW, tick=False)
    client = sign_in(ready.lead)
    client.post(f"{PAGE}hoi/")
    again = client.post(f"{PAGE}hoi/", follow=True).content.decode()
    assert "Không có đơn vị nào cần hỏi thêm. 1 đơn vị vừa được hỏi trong 3 ngày qua" in again
    assert f"Đề nghị xác nhận gần nhất: {datetime_text(NOW)}, {ready.lead}, gửi 1 đơn vị." in again
