"""A portal without demo data: what `prepare` puts there, who comes in first, what the demo makes of it."""

from __future__ import annotations

from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.test import Client

from directives.models import Directive
from portal import tasks
from reporting.demo import demo
from units.models import CalendarDay, CalendarYear, Unit, UnitGroup, User

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to("2026-11-21 09:00+07:00", tick=False)


def run(command: str, *arguments: str) -> str:
    said = StringIO()
    call_command(command, *arguments, stdout=said)
    return said.getvalue()


def test_a_portal_without_demo_has_units_groups_and_two_years_of_holidays() -> None:
    assert "first_admin" in run("prepare", "--no-demo")
    assert (UnitGroup.objects.count(), Unit.objects.filter(code="van-phong-bo").count()) == (3, 1)
    assert set(CalendarYear.objects.values_list("year", flat=True)) == {2026, 2027}
    assert not User.objects.exists()
    Unit.objects.filter(code="van-phong-bo").update(name="Văn phòng của tôi")
    CalendarDay.objects.filter(day=date(2026, 9, 1)).delete()
    units = Unit.objects.count()
    run("prepare", "--no-demo")
    assert Unit.objects.get(code="van-phong-bo").name == "Văn phòng của tôi"
    assert (Unit.objects.count(), CalendarDay.objects.filter(day=date(2026, 9, 1)).count()) == (units, 0)


def test_units_somebody_entered_are_not_joined_by_others() -> None:
    Unit.objects.create(code="cua-toi", name="Đơn vị của tôi")
    run("prepare", "--no-demo")
    assert Unit.objects.get().code == "cua-toi"


def test_the_demo_takes_a_prepared_database_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "_reporting_units", lambda on: 1 / 0)  # the first thing after the refusals
    run("prepare", "--no-demo")
    with pytest.raises(ZeroDivisionError):
        demo.make_demo(TODAY)
    UnitGroup.objects.filter(code="so-y-te").update(name="Các sở")
    with pytest.raises(CommandError, match="đã có dữ liệu"):
        run("seed_demo", "--today", "2026-11-21")
    assert "đã có dữ liệu" in run("prepare")


def test_the_first_admin_comes_in_by_the_link_and_is_the_only_one() -> None:
    said = run("first_admin", "Quan.Tri@example.com", "Nguyễn Văn A")
    person = User.objects.get()
    assert (person.username, person.is_admin, person.full_name) == ("quan.tri", True, "Nguyễn Văn A")
    link = next(word for word in said.split() if "/mat-khau/dat-lai/" in word)
    page = Client().get("/mat-khau" + link.split("/mat-khau", 1)[1], follow=True)
    assert "Đặt mật khẩu mới" in page.content.decode()
    assert "/mat-khau/dat-lai/" in run("first_admin", "quan.tri@example.com", "Nguyễn Văn A")  # lost the link
    for again in ("khac@example.com", "quan.tri@example.com"):
        person.set_password("mat-khau-thu-nghiem-01")
        person.save()
        with pytest.raises(CommandError, match="Đã có quản trị"):
            run("first_admin", again, "Nguyễn Văn B")
    run("first_admin", "khac@example.com", "Nguyễn Văn B", "--another")
    assert User.objects.filter(is_admin=True).count() == 2
    assert "first_admin" not in run("prepare", "--no-demo")


def test_the_first_admin_gets_the_link_by_mail(mailoutbox: list[Any]) -> None:
    said = run("first_admin", "quantri@example.com", "Nguyễn Văn A", "--mail")
    assert "/dat-lai/" not in said
    assert "Quản trị hệ thống" in mailoutbox[0].body


@pytest.mark.parametrize(
    ("email", "name", "words"), [("khong-phai-thu", "A", "chưa đúng"), ("a@example.com", " ", "họ và tên")]
)
def test_a_first_admin_half_said_is_refused(email: str, name: str, words: str) -> None:
    with pytest.raises(CommandError, match=words):
        run("first_admin", email, name)
    assert not User.objects.exists()


def test_a_superuser_is_an_admin() -> None:
    made = User.objects.create_superuser("goc", "goc@example.com", "mat-khau-thu-nghiem-01", full_name="Gốc")
    assert made.is_admin


def test_the_papers_of_the_outline_are_loaded_by_an_admin() -> None:
    with pytest.raises(CommandError, match="first_admin"):
        run("load_papers")
    run("first_admin", "quantri@example.com", "Nguyễn Văn A")
    run("load_papers")
    assert Directive.objects.filter(code="45-NQ/TW").exists()


def test_the_check_says_which_years_have_no_holidays() -> None:
    def said() -> list[str]:
        return [m.msg for m in run_checks(databases=["default"]) if m.id == "portal.W005"]

    assert said() == ["The calendar lacks the holidays of 2026, 2027."]
    run("prepare", "--no-demo")
    assert said() == []


def test_the_scheduler_enters_the_next_year_by_itself(settings: Any, time_machine: Any) -> None:
    run("prepare", "--no-demo")
    time_machine.move_to("2027-01-01 00:30+07:00", tick=False)
    assert settings.CELERY_BEAT_SCHEDULE["calendar"]["task"] == tasks.calendar.name
    tasks.calendar()
    assert CalendarDay.objects.filter(day=date(2028, 1, 26), kind="holiday").exists()
