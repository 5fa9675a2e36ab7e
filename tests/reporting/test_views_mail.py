"""Pages about mail: how a person hears of things, and what the office does with a mail of the log."""

from __future__ import annotations

import pytest

from reporting import reminders
from reporting.models import Notice, Round
from reporting.notifying import send_all_due
from tests.factories import World, accept, at, submit
from units.models import User

NOW = at("2025-10-09 08:00")
CHOICE = "/thong-bao/cach-nhan/"
PLAN = "/dot/khoa-giao-2025/nhac-viec/"
LOG = f"{PLAN}so/"


@pytest.fixture(autouse=True)
def _today(time_machine) -> None:
    time_machine.move_to(at("2025-10-09 09:00"), tick=False)


def mail_of(username: str = "soan-cuc-a") -> Notice:
    return Notice.objects.get(recipient__username=username, channel="email", copy=0, rule="before-7")


def test_the_choice_is_offered_where_the_lead_allows_it(world: World, sign_in) -> None:
    who = sign_in(world.reporters["cuc-a"])
    assert "đang gửi ngay từng tin" in who.get(CHOICE).content.decode()
    offer = f"{PLAN}thu-gop/"
    assert sign_in(world.outsider).post(offer, {"allowed": "1"}).status_code == 404
    assert sign_in(world.reviewer).post(offer, {"allowed": "1"}).status_code == 403
    page = sign_in(world.lead).post(offer, {"allowed": "1"}, follow=True).content.decode()
    assert "Thôi thư gộp" in page
    who = sign_in(world.reporters["cuc-a"])
    page = who.get(CHOICE).content.decode()
    assert "Công tác khoa giáo năm 2025 (thư kế tiếp" in page
    wrong = who.post(CHOICE, {"how": "x"})
    assert wrong.status_code == 422
    assert "Chọn một trong hai cách" in wrong.content.decode()
    assert "gộp" in who.post(CHOICE, {"how": "daily"}, follow=True).content.decode()
    assert User.objects.get(username="soan-cuc-a").daily_mail is True
    assert "đang gửi ngay từng tin" in sign_in(world.outsider).get(CHOICE).content.decode()
    again = sign_in(world.lead).post(offer, {"allowed": "1"}, follow=True).content.decode()
    assert "Đợt này đã cho nhận thư gộp." in again
    sign_in(world.lead).post(offer, {"allowed": "0"})
    assert Round.objects.get(pk=world.round.pk).daily_mail_allowed is False


def test_at_once_again_lets_go_what_was_kept(world: World, sign_in) -> None:
    User.objects.filter(username="soan-cuc-a").update(daily_mail=True)
    Round.objects.update(daily_mail_allowed=True)
    submit(world, "cuc-a", "2025-10-09 08:30")
    accept(world, "cuc-a", "2025-10-09 08:40")
    kept = Notice.objects.filter(recipient__username="soan-cuc-a", channel="email", rule="accept")
    assert kept.get().due_at == at("2025-10-10 08:00")
    sign_in(world.reporters["cuc-a"]).post(CHOICE, {"how": "at_once"})
    assert (kept.get().due_at, kept.get().daily) == (at("2025-10-09 09:00"), False)


def test_the_office_sends_again_and_notes_what_came_back(world: World, sign_in) -> None:
    reminders.plan_due(NOW)
    send_all_due(NOW)
    row = mail_of()
    office = sign_in(world.reviewer)
    page = office.get(LOG).content.decode()
    assert f"{LOG}{row.pk}/gui-lai/" in page
    again = office.post(f"{LOG}{row.pk}/gui-lai/?tim=y duoc", follow=True)
    assert again.redirect_chain == [(f"{LOG}?tim=y+duoc", 302)]
    assert "Đã xếp hàng gửi lại tới soan-cuc-a@example.com" in again.content.decode()
    assert "gửi lại lần 1 theo yêu cầu của Chuyên viên tổng hợp 1" in again.content.decode()
    back = f"{LOG}{row.pk}/bi-tra-lai/"
    assert "Hãy ghi máy chủ" in office.post(back, follow=True).content.decode()
    assert "bị trả lại" in office.post(back, {"because": "Đã nghỉ hưu"}, follow=True).content.decode()
    assert mail_of().state == "bounced"
    refused = office.post(f"{LOG}{row.pk}/gui-lai/", follow=True).content.decode()
    assert "Hãy nhờ quản trị sửa hoặc xác nhận địa chỉ trước" in refused
    who = sign_in(world.reporters["cuc-a"])
    assert "Thư gửi tới bạn bị trả lại" in who.get(CHOICE).content.decode()
    assert "lại gửi thư" in who.post(f"{CHOICE}dia-chi/", follow=True).content.decode()
    assert "không bị đánh dấu" in who.post(f"{CHOICE}dia-chi/", follow=True).content.decode()
    assert User.objects.get(username="soan-cuc-a").email_bounced_at is None


def test_nobody_else_does(world: World, sign_in) -> None:
    reminders.plan_due(NOW)
    send_all_due(NOW)
    for verb in ("gui-lai", "bi-tra-lai"):
        address = f"{LOG}{mail_of().pk}/{verb}/"
        assert sign_in(world.reviewer).get(address).status_code == 405
        assert sign_in(world.registry).post(address).status_code == 403
        for user in (world.outsider, world.reporters["cuc-a"], world.admin):
            assert sign_in(user).post(address).status_code == 404
        assert sign_in(world.reviewer).post(f"{LOG}999999/{verb}/").status_code == 404
    assert "gui-lai" not in sign_in(world.registry).get(LOG).content.decode()


def test_an_admin_notes_and_clears_a_bad_address(world: World, sign_in) -> None:
    who = world.reporters["cuc-a"]
    admin = sign_in(world.admin)
    page = f"/nguoi-dung/{who.pk}/"
    marked = f"{page}thu-bi-tra-lai/"
    assert "Hãy ghi máy chủ" in admin.post(marked, follow=True).content.decode()
    said = admin.post(marked, {"because": "550 hết hạn"}, follow=True).content.decode()
    assert "550 hết hạn" in said
    assert "đã được ghi là bị trả lại" in admin.post(marked, {"because": "x"}, follow=True).content.decode()
    clear = f"{page}dia-chi-dung-duoc/"
    assert "lại gửi thư" in admin.post(clear, follow=True).content.decode()
    assert "không bị đánh dấu" in admin.post(clear, follow=True).content.decode()
    for user in (world.outsider, world.lead, who):
        assert sign_in(user).post(marked, {"because": "x"}).status_code == 403
        assert sign_in(user).post(clear).status_code == 403
    assert User.objects.get(pk=who.pk).email_bounced_at is None


def test_no_mail_comes_back_from_nowhere(world: World, sign_in) -> None:
    who = world.reporters["cuc-a"]
    User.objects.filter(pk=who.pk).update(email="")
    page = sign_in(world.admin).post(f"/nguoi-dung/{who.pk}/thu-bi-tra-lai/", {"because": "550"}, follow=True)
    assert "không có địa chỉ thư" in page.content.decode()
    assert User.objects.get(pk=who.pk).email_bounced_at is None
