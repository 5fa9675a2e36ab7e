"""Pages of requests for more time: the unit's, the office's, and every list that shows a date."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reporting import extension_requests, reviewing
from reporting.deadlines import DateToKeep
from reporting.models import ExtensionRequest
from tests.factories import World, at, submit

pytestmark = pytest.mark.django_db
NOW = at("2025-10-13 08:00")
ROUND = "/dot/khoa-giao-2025/"
LINE = "gia hạn, ghi là muộn có gia hạn (12/VPB9)"


@pytest.fixture(autouse=True)
def _today(time_machine) -> None:
    time_machine.move_to(NOW, tick=False)


def asked(world: World, code: str = "cuc-a", day: int = 27) -> ExtensionRequest:
    return extension_requests.ask(
        world.assignment(code),
        until=date(2025, 10, day),
        reason="Bão số 10.",
        actor=world.reporters[code],
        now=NOW,
    )


def place(world: World, code: str = "cuc-a") -> str:
    return f"/viec/{world.assignment(code).pk}/gia-han/"


def test_the_unit_asks_sees_and_withdraws(world: World, sign_in) -> None:
    client = sign_in(world.reporters["cuc-a"])
    answer = client.post(place(world), {"until": "27/10/2025", "reason": "Bão số 10."}, follow=True)
    page = answer.content.decode()
    assert "Đang chờ Văn phòng trả lời" in page
    assert "ngày làm việc cuối: thứ Sáu 17/10" in page
    made = ExtensionRequest.objects.get()
    for list_page in ("/viec/", f"/viec/{made.assignment_id}/"):
        assert "ang xin gia hạn đến hết ngày 27/10/2025" in client.get(list_page).content.decode()
    client.post(f"{place(world)}{made.pk}/rut/")
    made.refresh_from_db()
    assert made.outcome == "withdrawn"
    assert "Đơn vị đã rút" in client.get(place(world)).content.decode()


@pytest.mark.parametrize(
    ("data", "status", "said"),
    [
        ({"until": "31/2/2025", "reason": "Bão số 10."}, 422, "Nhập ngày theo dạng"),
        ({"until": "27/10/2025", "reason": ""}, 422, "Hãy ghi lý do"),
        ({"until": "12/10/2025", "reason": "Bão số 10."}, 409, "đã qua"),
        ({"until": "27/10/2025", "reason": "TỐI MẬT\nBão số 10."}, 409, "Bí mật nhà nước"),
    ],
)
def test_what_is_refused_keeps_what_was_typed(
    world: World, sign_in, data: dict[str, str], status: int, said: str
) -> None:
    answer = sign_in(world.reporters["cuc-a"]).post(place(world), data)
    page = answer.content.decode()
    assert answer.status_code == status
    assert said in page
    assert data["reason"].splitlines()[-1] in page if data["reason"] else True
    assert data["until"] in page
    assert not ExtensionRequest.objects.exists()


def test_an_outsider_finds_nothing(world: World, sign_in) -> None:
    made = asked(world)
    for person in (world.outsider, world.reporters["so-c"], world.admin):
        client = sign_in(person)
        assert client.get(place(world)).status_code == 404
        assert client.post(f"{place(world)}{made.pk}/rut/").status_code == 404
        assert client.get(f"{ROUND}gia-han/").status_code == 404
        assert client.get(f"{ROUND}gia-han.xlsx").status_code == 404


def test_the_mail_leads_the_lead_to_the_unit(world: World, sign_in) -> None:
    made = asked(world)
    client = sign_in(world.lead)
    answer = client.get(place(world))
    assert answer["Location"] == f"{ROUND}don-vi/cuc-a/#gia-han"
    page = client.get(answer["Location"]).content.decode()
    assert "xin gia hạn đến hết ngày 27/10/2025" in page
    form = client.get(answer["Location"]).context["extension_form"]
    assert form.initial == {
        "until_date": date(2025, 10, 27),
        "reason": "Theo đề nghị của đơn vị: Bão số 10.",
        "request": made.pk,
    }
    assert ">1<" in page.partition("Gia hạn</span>")[2][:80]


def test_the_lead_grants_and_the_reviewer_only_looks(world: World, sign_in) -> None:
    made = asked(world)
    data = {"x-until_date": "27/10/2025", "x-reason": "Đồng ý.", "x-request": made.pk}
    there = f"{ROUND}don-vi/cuc-a/"
    assert "Lãnh đạo Văn phòng trả lời" in sign_in(world.reviewer).get(there).content.decode()
    assert sign_in(world.reviewer).post(f"{there}gia-han/", data).status_code == 409
    assert sign_in(world.lead).post(f"{there}gia-han/", data).status_code == 302
    made.refresh_from_db()
    assert made.outcome == "granted"


def test_declining_wants_a_reason_and_a_request_that_waits(world: World, sign_in) -> None:
    made = asked(world)
    there = f"{ROUND}don-vi/cuc-a/khong-gia-han/"
    client = sign_in(world.lead)
    assert client.post(there, {"n-reason": "", "n-request": made.pk}).status_code == 422
    late = {"n-reason": "Phải gửi đúng ngày.", "n-request": made.pk}
    extension_requests.withdraw(made, actor=world.reporters["cuc-a"], now=NOW)
    answer = client.post(there, late)
    assert (answer.status_code, b"Ph\xe1\xba\xa3i g\xe1\xbb\xadi" in answer.content) == (409, True)
    again = asked(world)
    assert client.post(there, late | {"n-request": again.pk}).status_code == 302
    page = sign_in(world.reporters["cuc-a"]).get(f"/viec/{made.assignment_id}/").content.decode()
    assert "đề nghị gần nhất không được gia hạn: Phải gửi đúng ngày." in page


def test_every_list_says_it(world: World, sign_in) -> None:
    reviewing.extend(
        world.assignment("cuc-a"),
        until=DateToKeep("on_or_before", date(2025, 10, 24)),
        reason="Bão số 10.",
        decision_number="12/VPB9",
        counts_on_time=False,
        actor=world.lead,
        now=NOW,
    )
    asked(world, "so-c", 31)
    office, unit = sign_in(world.reviewer), sign_in(world.reporters["cuc-a"])
    for client, page in (
        (office, f"{ROUND}don-vi/"),
        (office, f"{ROUND}don-vi/cuc-a/"),
        (unit, "/viec/"),
    ):
        assert LINE in client.get(page).content.decode(), page
    for name, number in (("gia-han-ghi-muon", 1), ("gia-han-dung-han", 0), ("xin-gia-han", 1)):
        found = office.get(f"{ROUND}don-vi/?loc={name}")
        assert f"{number} đơn vị</h1>" in found.content.decode(), name
    sheet = zipfile.ZipFile(io.BytesIO(office.get(f"{ROUND}don-vi.xlsx").content))
    strings = sheet.read("xl/sharedStrings.xml").decode()
    assert "12/VPB9" in strings
    assert "Xin gia hạn đến hết ngày" in strings
    home = office.get(ROUND)
    assert (home.context["asking"], home.context["total"].of("gia-han-ghi-muon")) == (1, 1)
    requests = zipfile.ZipFile(io.BytesIO(office.get(f"{ROUND}gia-han.xlsx").content))
    assert "Bão số 10." in requests.read("xl/sharedStrings.xml").decode()
    submit(world, "cuc-a", "2025-10-13 09:00")
    assert LINE in office.get(f"{ROUND}tiep-nhan/").content.decode()


def test_the_offices_list_is_flat_and_filtered(world: World, sign_in) -> None:
    client = sign_in(world.reviewer)
    assert "Chưa đơn vị nào xin gia hạn" in client.get(f"{ROUND}gia-han/").content.decode()
    asked(world)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(f"{ROUND}gia-han/")
        return len(seen)

    one = queries()
    asked(world, "benh-vien-b")
    asked(world, "so-c", 31)
    assert queries() == one
    found = client.get(f"{ROUND}gia-han/?tim=hai+phong&trang-thai=open")
    assert [row[0].assignment.unit.code for row in found.context["rows"]] == ["so-c"]
    assert client.get(f"{ROUND}gia-han/?trang-thai=x").status_code == 404
