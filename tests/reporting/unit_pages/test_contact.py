"""A unit's contact reads what the unit owes, and changes nothing."""

from __future__ import annotations

import pytest

from reporting.models import Answer, Attachment, Event, ExtensionRequest
from reporting.states import State
from tests.factories import World, at, fill, give, person, return_report, submit
from tests.personas import upload
from units.models import Role, User


@pytest.fixture
def contact(world: World) -> User:
    return give(person("van-thu-cuc-a", "Văn thư Cục"), world.units[0], Role.CONTACT)


@pytest.fixture(autouse=True)
def _today(time_machine) -> None:
    time_machine.move_to(at("2025-10-08 09:00"), tick=False)


def test_the_duty_is_read_without_anything_to_fill(world: World, contact: User, sign_in) -> None:
    client = sign_in(contact)
    assignment = world.assignment("cuc-a")
    assert client.get("/").url == "/viec/"
    page = client.get(f"/viec/{assignment.pk}/").content.decode()
    assert "trước ngày 20/10/2025" in page
    assert 'type="file"' not in page
    assert "Xin gia hạn" not in page
    assert client.get(f"/viec/{assignment.pk}/muc/1.1/").status_code == 302, "to the page that only shows"
    assert client.get(f"/viec/{assignment.pk}/kiem-tra/").status_code == 200
    other = world.assignment("benh-vien-b")
    assert client.get(f"/viec/{other.pk}/").status_code == 404


def test_nothing_is_changed(world: World, contact: User, sign_in) -> None:
    submit(world, "cuc-a", "2025-10-06 10:00")
    return_report(world, "cuc-a", when="2025-10-07 10:00")
    assignment = world.assignment("cuc-a")
    comment = assignment.submissions.get().comments.get()
    fill(world.assignment("cuc-a"), actor=world.reporters["cuc-a"], now=at("2025-10-07 15:00"))
    before = (Answer.objects.order_by("pk").values_list("narrative", "version"), Event.objects.count())
    seen = (list(before[0]), before[1])
    client = sign_in(contact)
    home = f"/viec/{assignment.pk}/"
    posts = {
        f"{home}muc/1.1/": {"narrative": "<p>Sửa.</p>", "status": "done", "version": "1"},
        f"{home}muc/1.1/tu-luu/": {"narrative": "<p>Sửa.</p>", "status": "done", "version": "1"},
        f"{home}trinh/": {},
        f"{home}nop/": {},
        f"{home}chuyen-lai/": {"note": "Sửa."},
        f"{home}y-kien/{comment.pk}/": {"text": "Đã bổ sung."},
        f"{home}tep/": {"file": upload()},
        f"{home}gia-han/": {"until": "24/10/2025", "reason": "Chờ số liệu."},
    }
    for path, data in posts.items():
        assert client.post(path, data).status_code < 500, path
    comment.refresh_from_db()
    assert comment.reply == ""
    assert world.assignment("cuc-a").state == State.RETURNED
    assert (
        list(Answer.objects.order_by("pk").values_list("narrative", "version")),
        Event.objects.count(),
    ) == seen
    assert not Attachment.objects.exists()
    assert not ExtensionRequest.objects.exists()
