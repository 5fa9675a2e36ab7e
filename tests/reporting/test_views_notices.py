"""The bell, and the office's pages of reminders."""

from __future__ import annotations

import html
import io
import zipfile
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reporting import opening, reminder_rules, reminders
from reporting.models import Channel, Notice, Round
from reporting.notifying import send_all_due
from tests.factories import World, at, give, person, submit
from units.models import Role, Unit

NOW = at("2025-10-09 08:00")
PLAN = "/dot/khoa-giao-2025/nhac-viec/"
LOG = f"{PLAN}so/"
XLSX = f"{PLAN}so.xlsx"


@pytest.fixture(autouse=True)
def _today(time_machine) -> None:
    time_machine.move_to(at("2025-10-08 16:30"), tick=False)


def tell(world: World) -> None:
    reminders.plan_due(NOW)
    send_all_due(NOW)


def bell_of(username: str) -> Notice:
    return Notice.objects.get(recipient__username=username, channel=Channel.IN_APP, rule__startswith="before")


# --- the bell


def test_everybody_sees_their_own_notices_unread_first(world: World, sign_in) -> None:
    tell(world)
    submit(world, "cuc-a", "2025-10-09 09:00")
    send_all_due(at("2025-10-09 09:01"))
    newest = Notice.objects.get(recipient=world.reporters["cuc-a"], channel=Channel.IN_APP, rule="submit")
    Notice.objects.filter(pk=newest.pk).update(read_at=NOW)
    response = sign_in(world.reporters["cuc-a"]).get("/thong-bao/")
    rows = response.context["rows"]
    assert [notice.rule for notice, _, _ in rows] == ["before-7", "submit"]
    page = response.content.decode()
    assert "trước ngày 20/10/2025" in page
    assert "ngày làm việc cuối: thứ Sáu 17/10" in page
    assert "1 chưa đọc" in page


def test_what_was_not_sent_is_not_shown(world: World, sign_in) -> None:
    reminders.plan_due(NOW)
    response = sign_in(world.reporters["cuc-a"]).get("/thong-bao/")
    assert response.context["rows"] == []
    assert "Chưa có thông báo nào" in response.content.decode()


def test_an_outsider_sees_and_opens_nothing(world: World, sign_in) -> None:
    tell(world)
    client = sign_in(world.outsider)
    assert client.get("/thong-bao/").context["rows"] == []
    notice = bell_of("soan-cuc-a")
    assert client.get(f"/thong-bao/{notice.pk}/").status_code == 404
    client.post("/thong-bao/da-doc/")
    assert Notice.objects.get(pk=notice.pk).read_at is None


@pytest.mark.parametrize(
    ("username", "place"),
    [("soan-cuc-a", "/viec/{pk}/"), ("xem-1", "/dot/khoa-giao-2025/")],
)
def test_opening_marks_read_and_leads_on(world: World, sign_in, username: str, place: str) -> None:
    tell(world)
    notice = bell_of(username)
    response = sign_in(notice.recipient).get(f"/thong-bao/{notice.pk}/")
    assert response.status_code == 302
    assert response["Location"] == place.format(pk=notice.assignment_id)
    assert Notice.objects.get(pk=notice.pk).read_at == at("2025-10-08 16:30")


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"X-Moz": "prefetch"},
        {"Sec-Fetch-Mode": "no-cors"},
        {"HEAD": "1"},
    ],
)
def test_what_looks_ahead_marks_nothing_read(world: World, sign_in, headers: dict[str, str]) -> None:
    tell(world)
    notice = bell_of("soan-cuc-a")
    client = sign_in(world.reporters["cuc-a"])
    ask = client.head if "HEAD" in headers else client.get
    response = ask(f"/thong-bao/{notice.pk}/", headers=headers)
    assert response.status_code == 302
    notice.refresh_from_db()
    assert notice.read_at is None
    assert "no-store" in response["Cache-Control"]
    client.get(f"/thong-bao/{notice.pk}/", headers={"Sec-Fetch-Mode": "navigate"})
    notice.refresh_from_db()
    assert notice.read_at is not None
    assert client.post(f"/thong-bao/{notice.pk}/").status_code == 405


def test_who_left_the_unit_is_told_so(world: World, sign_in) -> None:
    tell(world)
    notice = bell_of("soan-cuc-a")
    world.units[0].memberships.filter(user=notice.recipient).update(valid_to=date(2025, 10, 1))
    response = sign_in(notice.recipient).get(f"/thong-bao/{notice.pk}/", follow=True)
    assert response.redirect_chain == [("/thong-bao/", 302)]
    assert "Bạn không còn được giao việc" in response.content.decode()


def test_all_are_marked_read_by_post_alone(world: World, sign_in) -> None:
    tell(world)
    client = sign_in(world.reporters["cuc-a"])
    assert client.get("/thong-bao/da-doc/").status_code == 405
    client.post("/thong-bao/da-doc/")
    assert bell_of("soan-cuc-a").read_at is not None
    assert bell_of("soan-benh-vien-b").read_at is None


# --- the office


@pytest.mark.parametrize("address", [PLAN, LOG, XLSX])
def test_only_the_office_opens_the_pages(world: World, sign_in, address: str) -> None:
    for user in (world.reviewer, world.lead, world.registry):
        assert sign_in(user).get(address).status_code == 200
    for user in (world.outsider, world.reporters["cuc-a"], world.approvers["so-c"], world.admin):
        assert sign_in(user).get(address).status_code == 404


def test_tomorrow_who_gets_what_and_why(world: World, sign_in) -> None:
    send_all_due(at("2025-10-08 09:00"))
    reminders.plan_due(at("2025-10-08 09:00"))
    send_all_due(at("2025-10-08 09:00"))
    response = sign_in(world.reviewer).get(PLAN)
    lines = {(line.who, line.step.rule): line for line in response.context["lines"]}
    assert set(lines) == {
        ("2 đơn vị: Các đơn vị thuộc Bộ", "before-7"),
        ("1 đơn vị: Các đơn vị trực thuộc Bộ", "before-7"),
    }
    line = lines["2 đơn vị: Các đơn vị thuộc Bộ", "before-7"]
    assert (line.people, len(line.mailed)) == (2, 2)
    assert [told.person.username for unit in line.units for told in unit.people] == ["soan-cuc-a", "soan-vpb"]
    page = response.content.decode()
    assert "Ngày mai, thứ Năm 09/10/2025: 3 thư tới 3 đơn vị" in page
    assert "7 ngày làm việc trước hạn" in page
    assert "Chuyên viên Cục YDCT" in page


def test_a_day_without_a_step_names_the_next_one(world: World, sign_in, time_machine) -> None:
    tell(world)
    reminders.plan_due(at("2025-10-10 08:00"))
    send_all_due(at("2025-10-10 08:00"))
    time_machine.move_to(at("2025-10-10 17:00"), tick=False)
    page = sign_in(world.reviewer).get(PLAN).content.decode()
    assert "không nhắc ai" in page
    assert "08:00 thứ Tư 15/10/2025" in page


def test_the_ladders_of_the_dates(world: World, sign_in) -> None:
    tell(world)
    ladders = sign_in(world.reviewer).get(PLAN).context["ladders"]
    assert [(date.title, date.words.phrase) for date in ladders] == [
        ("Các đơn vị thuộc Bộ, Các đơn vị trực thuộc Bộ", "trước ngày 20/10/2025"),
        ("Sở Y tế các tỉnh, thành phố", "trước ngày 30/10/2025"),
        ("Bộ gửi báo cáo", "trước ngày 5/11/2025"),
    ]
    assert [(r.step.rule, r.state, r.sent) for r in ladders[0].rungs][:3] == [
        ("before-14", "past", 0),
        ("before-7", "next", 6),
        ("before-3", "later", 0),
    ]
    # The number opens the list behind it.
    query = f"?quy-tac=before-7&trang-thai=sent&{ladders[0].query}"
    assert sign_in(world.reviewer).get(LOG + query).context["page"].paginator.count == 6


def test_a_step_of_its_own_hour_says_it(world: World, sign_in) -> None:
    page = sign_in(world.reviewer).get(PLAN).content.decode()
    assert "08:00; chỉ vào ngày làm việc" in page
    seven = next(rule for rule in reminder_rules.in_force(world.round) if rule.rung.code == "before-7")
    changed = replace(seven.rung, at=time(14, 30))
    reminder_rules.change(seven, changed, actor=world.lead, now=at("2025-10-08 16:00"))
    page = sign_in(world.reviewer).get(PLAN).content.decode()
    assert "08:00, trừ bậc ghi giờ riêng; chỉ vào ngày làm việc" in page
    assert "thứ Năm 09/10/2025, 14:30</time>" in page
    assert "thứ Tư 15/10/2025</time>" in page


def test_a_unit_without_approver_is_named(world: World, sign_in) -> None:
    world.units[0].memberships.filter(role=Role.APPROVER).delete()
    missing = sign_in(world.reviewer).get(PLAN).context["without_approver"]
    assert {a.unit.code for a in missing} == {"cuc-a", "van-phong-bo"}


def test_the_lead_pauses_and_resumes(world: World, sign_in) -> None:
    lead = sign_in(world.lead)
    assert lead.get(f"{PLAN}tam-dung/").status_code == 405
    page = lead.post(f"{PLAN}tam-dung/", follow=True).content.decode()
    assert Round.objects.get(pk=world.round.pk).reminders_paused is True
    assert "đang tạm dừng" in page
    assert "Không nhắc ai khi đợt còn tạm dừng" in page
    assert "Bậc nhắc kế tiếp" not in page
    assert "Cho nhắc trở lại" in page
    again = lead.post(f"{PLAN}tam-dung/", follow=True).content.decode()
    assert "Nhắc việc của đợt đang tạm dừng." in again
    lead.post(f"{PLAN}tiep-tuc/")
    assert Round.objects.get(pk=world.round.pk).reminders_paused is False


@pytest.mark.parametrize("verb", ["tam-dung", "tiep-tuc"])
def test_nobody_else_may(world: World, sign_in, verb: str) -> None:
    assert sign_in(world.reviewer).post(f"{PLAN}{verb}/").status_code == 403
    assert "Tạm dừng nhắc" not in sign_in(world.reviewer).get(PLAN).content.decode()
    for user in (world.outsider, world.reporters["cuc-a"], world.admin):
        assert sign_in(user).post(f"{PLAN}{verb}/").status_code == 404
    assert Round.objects.get(pk=world.round.pk).reminders_paused is False


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", 14),
        ("?tim=y duoc", 2),
        ("?tim=van phong bo", 8),
        ("?quy-tac=before-7", 6),
        ("?gui-bang=email", 7),
        ("?trang-thai=sent&quy-tac=before-30&gui-bang=in_app", 4),
        ("?trang-thai=failed", 0),
        ("?han=x&page=99", 14),
    ],
)
def test_the_log_is_filtered(world: World, sign_in, query: str, expected: int) -> None:
    tell(world)
    response = sign_in(world.reviewer).get(LOG + query)
    assert response.context["page"].paginator.count == expected


def test_the_log_keeps_to_its_round(world: World, sign_in) -> None:
    tell(world)
    other = Round.objects.get(pk=world.round.pk)
    other.pk, other.code = None, "khac"
    other.save()
    assert sign_in(world.reviewer).get("/dot/khac/nhac-viec/so/").context["total"] == 0


def test_the_log_as_a_spreadsheet(world: World, sign_in) -> None:
    tell(world)
    response = sign_in(world.reviewer).get(f"{XLSX}?tim=y duoc&gui-bang=email")
    assert response["Content-Disposition"] == 'attachment; filename="khoa-giao-2025-so-nhac-viec.xlsx"'
    with zipfile.ZipFile(io.BytesIO(response.content)) as book:
        words = html.unescape(book.read("xl/sharedStrings.xml").decode())
    for expected in (
        "Cục Quản lý Y, Dược cổ truyền",
        "Chuyên viên Cục YDCT",
        "soan-cuc-a@example.com",
        "Thư điện tử",
        "7 ngày làm việc trước hạn",
        "trước ngày 20/10/2025",
        "Đã gửi",
    ):
        assert f">{expected}<" in words
    assert "Bệnh viện Bạch Mai" not in words


@pytest.mark.parametrize("address", [PLAN, LOG, XLSX, "/thong-bao/"])
def test_the_pages_are_flat(world: World, sign_in, address: str) -> None:
    reader = world.reviewer
    more = [Unit.objects.create(code=f"them-{n}", name=f"Viện thêm {n}") for n in range(3)]
    client = sign_in(reader)

    def add(unit: Unit) -> None:
        give(person(f"soan-{unit.code}"), unit, Role.REPORTER)
        give(reader, unit, Role.REPORTER)
        opening.add_unit(
            world.round, unit, world.thuoc, actor=world.admin, now=at("2025-09-16 08:00"), note=""
        )
        tell(world)

    add(more[0])
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    add(more[1])
    add(more[2])
    with CaptureQueriesContext(connection) as three:
        client.get(address)
    assert len(three) == len(one)


def test_a_round_that_was_issued_is_not_overdue(world, sign_in, time_machine):
    time_machine.move_to(at("2026-01-05 09:00"), tick=False)
    client = sign_in(world.lead)
    assert "quá hạn 5" in client.get(PLAN).content.decode()
    Round.objects.update(state="issued")
    assert "quá hạn 5" not in client.get(PLAN).content.decode()


def test_the_office_holds_a_units_reminders_with_a_reason(world, client):
    client.force_login(world.reviewer)
    plan = reverse("reporting:reminders", args=[world.round.code])
    hold = reverse("reporting:reminders_hold", args=[world.round.code])
    unit = world.units[0]
    until = timezone.localdate() + timedelta(days=5)
    typed = {"unit": unit.pk, "until": f"{until:%d/%m/%Y}", "reason": ""}
    wrong = client.post(hold, typed)
    assert wrong.status_code == 422
    said = wrong.content.decode()
    assert (
        said.count("Hãy ghi lý do tạm ngừng nhắc.") == 2
    )  # at the field, and above all the tables before it
    assert said.index("data-focus") < said.index("Ai nhận")
    assert client.post(hold, typed | {"reason": "Bão số 12."}).status_code == 302
    page = client.get(plan).content.decode()
    assert "1 đơn vị đang tạm ngừng nhắc" in page
    assert f"đến hết {until:%d/%m/%Y} · Bão số 12." in page
    own = reverse("reporting:unit_reminders", args=[unit.code])
    assert "Bão số 12." in client.get(own).content.decode()
    client.force_login(world.outsider)
    assert client.get(own).status_code == 404
    client.force_login(world.admin)
    lift = reverse("reporting:unit_lift", args=[unit.code])
    assert "trở lại" in client.post(lift, follow=True).content.decode()
    unit.refresh_from_db()
    assert (unit.reminders_held_until, unit.reminders_held_because) == (None, "")
