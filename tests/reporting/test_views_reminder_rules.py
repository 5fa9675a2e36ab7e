"""The page of rules: what each gives for the round's dates; the lead changes, others see."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reporting import opening, reminder_rules
from reporting.models import ReminderRule
from tests.factories import World, at, make_round

RULES = "/dot/khoa-giao-2025/nhac-viec/quy-tac/"
WRITERS = {"moi-told": ["reporters"], "moi-at": "8:00", "moi-side": "before", "moi-kind": "submission"}


@pytest.fixture(autouse=True)
def _today(time_machine) -> None:
    time_machine.move_to(at("2025-10-13 16:30"), tick=False)


def rule(world: World, code: str, kind: str = "submission") -> ReminderRule:
    found = reminder_rules.in_force(world.round)
    return next(one for one in found if one.kind == kind and one.rung.code == code)


def falls(response, kind: str) -> dict[str, list[tuple[str, str]]]:
    """Of each rule of the kind: the day it falls on in each column, and why nothing goes out."""
    (shown,) = [one for one in response.context["kinds"] if one.code == kind]
    return {
        line.rule.rung.code: [(f"{timezone.localtime(f.at):%d/%m %H:%M}", f.why_not) for f in line.falls]
        for line in shown.lines
    }


def test_each_rule_shows_its_day_for_each_date(world: World, sign_in) -> None:
    response = sign_in(world.reviewer).get(RULES)
    found = falls(response, "submission")
    assert found["before-30"] == [("08/09 08:00", "trước khi mở đợt"), ("18/09 08:00", "đã qua")]
    assert found["before-7"] == [("09/10 08:00", "đã qua"), ("21/10 08:00", "")]
    assert found["before-3"] == [("15/10 08:00", ""), ("27/10 08:00", "")]
    assert found["after-3"] == [("23/10 08:00", ""), ("03/11 08:00", "")]
    page = response.content.decode()
    assert "trước ngày 20/10/2025" in page
    assert "ngày làm việc cuối: thứ Sáu 17/10/2025" in page
    assert "thứ Tư 15/10/2025" in page
    assert "Các đơn vị thuộc Bộ, Các đơn vị trực thuộc Bộ" in page
    # What has no date of the round is shown by an example: sent on Monday 13/10.
    assert falls(response, "backlog")["backlog-3"] == [("16/10 08:00", "")]
    # Of two on one day the later speaks: 27/10 is the day of the example.
    assert falls(response, "return")["after-1"] == [("28/10 08:00", "")]


def test_two_rules_on_one_day_say_which_speaks(world: World, sign_in, time_machine) -> None:
    time_machine.move_to(at("2025-10-17 10:00"), tick=False)  # the example falls on Friday 31/10
    found = falls(sign_in(world.lead).get(RULES), "return")
    assert found["after-1"] == [("03/11 08:00", "trùng bậc sau, chỉ gửi bậc sau")]
    assert found["after-3"] == [("03/11 08:00", "")]


@pytest.mark.parametrize(
    ("who", "status", "changes"),
    [("lead", 200, True), ("reviewer", 200, False), ("registry", 200, False), ("admin", 200, False)],
)
def test_the_lead_changes_others_see(world: World, sign_in, who: str, status: int, changes: bool) -> None:
    response = sign_in(getattr(world, who)).get(RULES)
    assert response.status_code == status
    assert ("Thêm quy tắc" in response.content.decode()) == changes
    assert ("do lãnh đạo Văn phòng đặt" in response.content.decode()) != changes


def test_outsiders_find_nothing(world: World, sign_in) -> None:
    for who in (world.outsider, world.reporters["cuc-a"]):
        client = sign_in(who)
        assert client.get(RULES).status_code == 404
        assert client.post(f"{RULES}them/", {**WRITERS, "moi-days": "5"}).status_code == 404
    assert sign_in(world.reviewer).post(f"{RULES}them/", {**WRITERS, "moi-days": "5"}).status_code == 403
    assert not ReminderRule.objects.filter(days=5, kind="submission").exists()


def test_a_rule_is_added(world: World, sign_in) -> None:
    client = sign_in(world.lead)
    response = client.post(f"{RULES}them/", {**WRITERS, "moi-days": "5", "moi-at": "9h30"}, follow=True)
    assert falls(response, "submission")["before-5"] == [("13/10 09:30", "đã qua"), ("23/10 09:30", "")]
    page = response.content.decode()
    assert "Đã thêm quy tắc: Hạn nộp báo cáo: 5 ngày làm việc trước hạn, 09:30, gửi chuyên viên soạn" in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"moi-days": ""}, "Nhập số ngày"),
        ({"moi-days": "năm"}, "Nhập số ngày"),
        ({"moi-days": "0"}, "từ 1 đến 120"),
        ({"moi-days": "121"}, "từ 1 đến 120"),
        ({"moi-days": "99999999999999999999"}, "từ 1 đến 120"),
        ({"moi-days": "7"}, "đã có quy tắc"),
        ({"moi-days": "5", "moi-at": "25:00"}, "dạng 08:00"),
        ({"moi-days": "5", "moi-told": []}, "ít nhất một nơi nhận"),
        ({"moi-days": "5", "moi-told": ["ai-do"]}, "ai-do"),
        ({"moi-days": "5", "moi-told": ["reviewers"]}, "không nhắc chuyên viên Văn phòng"),
        ({"moi-days": "5", "moi-kind": "backlog", "moi-told": ["lead"]}, "chỉ nhắc sau"),
        ({"moi-days": "5", "moi-kind": "khac"}, "khac"),
    ],
)
def test_what_is_wrong_is_said_and_kept(world: World, sign_in, typed: dict, said: str) -> None:
    response = sign_in(world.lead).post(f"{RULES}them/", {**WRITERS, **typed})
    assert response.status_code == 422
    page = response.content.decode()
    assert said in page
    assert "<title>Lỗi: " in page
    assert f'value="{typed["moi-days"]}"' in page or not typed["moi-days"]
    assert not ReminderRule.objects.filter(days=5, kind__in=["submission", "backlog"], side="before").exists()


def test_a_rule_is_changed_rested_and_removed(world: World, sign_in) -> None:
    client = sign_in(world.lead)
    old = rule(world, "before-7")
    page = client.get(f"{RULES}{old.pk}/").content.decode()
    assert "7 ngày làm việc trước hạn" in page
    assert "Chuyên viên Văn phòng" not in page, "that audience is not for this kind"
    wanted = {"days": "6", "side": "before", "at": "14:00", "told": ["reporters", "contact"]}
    client.post(f"{RULES}{old.pk}/", wanted)
    made = rule(world, "before-6")
    assert (made.at.hour, made.rung.told) == (14, {"reporters", "contact"})
    client.post(f"{RULES}{made.pk}/bat-tat/", {"bat": "0"})
    off = rule(world, "before-6")
    assert not off.is_on
    response = client.get(RULES)
    assert "Đang tắt" in response.content.decode()
    client.post(f"{RULES}{off.pk}/bat-tat/", {"bat": "1"})
    client.post(f"{RULES}{rule(world, 'before-6').pk}/bo/")
    assert "before-6" not in falls(client.get(RULES), "submission")
    assert "Bỏ: Hạn nộp báo cáo: 6 ngày làm việc trước hạn" in client.get(RULES).content.decode()


def test_a_rule_of_what_waits_has_no_side(world: World, sign_in) -> None:
    client = sign_in(world.lead)
    old = rule(world, "backlog-3", "backlog")
    assert "Trước hay sau" not in client.get(f"{RULES}{old.pk}/").content.decode()
    client.post(f"{RULES}{old.pk}/", {"days": "4", "at": "8", "told": ["reviewers"]})
    assert rule(world, "backlog-4", "backlog").side == "after"


def test_what_cannot_be_saved_stays_in_the_form(world: World, sign_in) -> None:
    client = sign_in(world.lead)
    old = rule(world, "before-7")
    response = client.post(
        f"{RULES}{old.pk}/", {"days": "3", "side": "before", "at": "8", "told": ["reporters"]}
    )
    assert response.status_code == 422
    assert "đã có quy tắc" in response.content.decode()
    reminder_rules.remove(old, actor=world.lead, now=timezone.now())
    for path in ("", "bo/", "bat-tat/"):
        response = client.post(f"{RULES}{old.pk}/{path}", {"bat": "0"}, follow=True)
        assert "vừa đổi" in response.content.decode() or "vừa được đổi" in response.content.decode()
    assert client.get(f"{RULES}999999/").status_code == 404


def test_the_hour_of_the_round(world: World, sign_in) -> None:
    client = sign_in(world.lead)
    response = client.post(f"{RULES}gio/", {"gio-at": "14:30"}, follow=True)
    assert falls(response, "submission")["before-3"] == [("15/10 14:30", ""), ("27/10 14:30", "")]
    wrong = client.post(f"{RULES}gio/", {"gio-at": "sáng sớm"})
    assert wrong.status_code == 422
    assert "sáng sớm" in wrong.content.decode()


def test_a_round_that_is_issued_is_only_looked_at(world: World, sign_in) -> None:
    opening.move_round(world.round, "issue", actor=world.registry, now=timezone.now())
    client = sign_in(world.lead)
    assert "không đổi nữa" in client.get(RULES).content.decode()
    said = client.post(f"{RULES}{rule(world, 'before-7').pk}/bo/", follow=True).content.decode()
    assert "đã phát hành" in said


def test_a_round_that_is_prepared_has_its_rules(world: World, sign_in) -> None:
    make_round(world, code="khoa-giao-2026", year=2026, opened_at=None)
    path = "/dot/khoa-giao-2026/nhac-viec/quy-tac/"
    assert falls(sign_in(world.lead).get(path), "submission")["before-1"][0] == ("19/10 08:00", "")
    assert sign_in(world.reviewer).get(path).status_code == 200
    assert sign_in(world.admin).get(path).status_code == 200


def test_the_rules_as_a_spreadsheet(world: World, sign_in) -> None:
    response = sign_in(world.reviewer).get("/dot/khoa-giao-2025/nhac-viec/quy-tac.xlsx")
    book = zipfile.ZipFile(io.BytesIO(response.content))
    text = "".join(book.read(name).decode() for name in book.namelist() if "sheet" in name.lower())
    text += book.read("xl/sharedStrings.xml").decode() if "xl/sharedStrings.xml" in book.namelist() else ""
    assert "thứ Tư 15/10/2025 08:00" in text
    assert "trước ngày 20/10/2025" in text


def test_the_page_is_flat(world: World, sign_in) -> None:
    client = sign_in(world.lead)
    client.get(RULES)
    ReminderRule.objects.exclude(pk=rule(world, "before-7").pk).delete()
    with CaptureQueriesContext(connection) as one:
        client.get(RULES)
    for days in (2, 4, 6):
        rung = rule(world, "before-7").rung
        reminder_rules.add(
            world.round,
            type(rung)(rung.kind, rung.side, days, rung.at, rung.told),
            actor=world.lead,
            now=timezone.now(),
        )
    with CaptureQueriesContext(connection) as several:
        client.get(RULES)
    assert len(several) == len(one) <= 14


def test_the_page_of_reminders_leads_here(world: World, sign_in) -> None:
    assert RULES in sign_in(world.reviewer).get("/dot/khoa-giao-2025/nhac-viec/").content.decode()
