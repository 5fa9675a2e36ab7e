"""`manage.py remind`: the contract of its options and of its JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from reporting.models import Notice
from tests.factories import World, at, submit
from units.models import User

ROOT = Path(__file__).resolve().parents[2]


def remind(*arguments: str) -> str:
    out = StringIO()
    call_command("remind", *arguments, stdout=out)
    return out.getvalue()


def listed(when: str, *more: str) -> list[dict[str, str]]:
    return json.loads(remind("--at", when, "--dry-run", "--json", *more))


def test_a_dry_run_lists_who_and_why(world: World) -> None:
    rows = listed("2025-10-09T08:00", "--round", "khoa-giao-2025")
    assert {
        "unit": "Cục Quản lý Y, Dược cổ truyền",
        "unit_code": "cuc-a",
        "recipient": "soan-cuc-a@example.com",
        "rule": "before-7",
        "deadline": "trước ngày 20/10/2025",
        "due_at": "2025-10-20T00:00:00+07:00",
        "channel": "email",
    } in rows
    assert {frozenset(row) for row in rows} == {
        frozenset({"unit", "unit_code", "recipient", "rule", "deadline", "due_at", "channel"})
    }
    assert {row["channel"] for row in rows} == {"email", "in_app"}
    dispatch = [row for row in rows if row["deadline"] == "trước ngày 5/11/2025"]
    assert {row["unit_code"] for row in dispatch} == {"van-phong-bo"}


def test_a_dry_run_changes_nothing(world: World) -> None:
    listed("2025-10-21T08:00")
    assert Notice.objects.count() == 0
    assert mail.outbox == []


def test_naive_times_are_vietnamese(world: World) -> None:
    assert listed("2025-10-15T07:59") != listed("2025-10-15T08:00")
    assert listed("2025-10-15T01:00+00:00") == listed("2025-10-15T08:00")
    assert listed("2025-10-15T00:59+00:00") == listed("2025-10-15T07:59")


def test_who_submitted_is_missing_from_then_on(world: World) -> None:
    submit(world, "cuc-a", "2025-10-10 15:00")
    assert "cuc-a" in {row["unit_code"] for row in listed("2025-10-09T08:00")}
    assert "cuc-a" not in {row["unit_code"] for row in listed("2025-10-15T08:00")}


def test_who_has_no_address_is_named_by_account(world: World) -> None:
    User.objects.filter(username="soan-cuc-a").update(email="")
    rows = [row for row in listed("2025-10-09T08:00") if row["unit_code"] == "cuc-a"]
    assert [(row["recipient"], row["channel"]) for row in rows] == [("soan-cuc-a", "in_app")]


def test_words_instead_of_json(world: World) -> None:
    said = remind("--at", "2025-10-09T08:00", "--dry-run")
    assert "Cục Quản lý Y, Dược cổ truyền (cuc-a): soan-cuc-a@example.com, before-7" in said
    assert said.endswith("nhắc việc, chưa gửi gì.\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--at", "2025-10-13T08:00"], "--at chỉ dùng cùng --dry-run"),
        (["--round", "khoa-giao-2025"], "--round chỉ dùng cùng --dry-run"),
        (["--at", "hôm qua", "--dry-run"], "Không hiểu thời điểm"),
        (["--round", "khong-co", "--dry-run"], "Không có đợt báo cáo mang mã khong-co"),
    ],
)
def test_wrong_options_are_refused(world: World, arguments: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        remind(*arguments)
    assert Notice.objects.count() == 0


def test_without_options_it_is_one_tick(world: World, time_machine) -> None:
    time_machine.move_to(at("2025-10-09 08:00"), tick=False)
    counts = json.loads(remind("--json"))
    assert counts["planned"] == counts["sent"] == Notice.objects.count()
    assert counts["failed"] == counts["skipped"] == counts["delayed"] == 0
    assert len(mail.outbox) * 2 == counts["sent"]
    assert remind() == "Lập 0 nhắc việc; gửi 0, không gửi được 0, bỏ qua 0, chờ gửi lại 0.\n"


def test_it_works_in_an_empty_environment(tmp_path: Path) -> None:
    """No migrate before it: the embedded database is made when it is missing."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = {
        **kept,
        "DATA_DIR": str(tmp_path / "var"),
        "DATABASE_URL": f"sqlite:///{tmp_path}/a.sqlite3",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "remind", "--at", "2025-10-13T08:00", "--dry-run", "--json"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "[]\n", "")


@pytest.mark.parametrize("when", ["", "0001-01-01T00:00", "9999-12-31T23:59-12:00", "2025-13-01T08:00"])
def test_an_instant_that_is_none_is_refused(world: World, when: str) -> None:
    with pytest.raises(CommandError, match="Không hiểu thời điểm"):
        remind("--at", when, "--dry-run")


def test_an_empty_instant_never_sends(world: World) -> None:
    """A script whose variable is empty asks for `--at ""`: that is no leave to send now."""
    with pytest.raises(CommandError, match="--dry-run"):
        remind("--at", "")
    assert Notice.objects.count() == 0
