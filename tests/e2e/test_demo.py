"""The demo as a new user gets it: two seeds of the same day are alike, every state is there, commands work."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]
ROOT = Path(__file__).resolve().parents[2]
TODAY = "2026-11-21"
# Random by design: names of stored files, the key of a claim, the session's own tables.
IGNORED_COLUMNS = {"path", "claim"}
IGNORED_TABLES = {"django_migrations", "portal_cache", "sqlite_sequence", "django_session"}


def manage(data: Path, *arguments: str) -> str:
    """Run a command with an otherwise empty environment and return what it printed."""
    env = {"PATH": os.environ["PATH"], "DATA_DIR": str(data)}
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=env, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def demos(tmp_path_factory) -> tuple[Path, Path]:
    """Two databases seeded for the same day; the second finds the printed pieces of the first and checks them."""
    first, second = tmp_path_factory.mktemp("demo"), tmp_path_factory.mktemp("again")
    manage(first, "seed_demo", "--today", TODAY)
    shutil.copytree(first / "print-cache", second / "print-cache")
    manage(second, "seed_demo", "--today", TODAY)
    return first, second


def rows(data: Path) -> dict[str, list[tuple]]:
    base = sqlite3.connect(data / "portal.sqlite3")
    tables = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type='table'")]
    found = {}
    for table in sorted(set(tables) - IGNORED_TABLES):
        columns = [
            f'"{row[1]}"'
            for row in base.execute(f"PRAGMA table_info({table})")
            if row[1] not in IGNORED_COLUMNS
        ]
        found[table] = base.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1").fetchall()
    return found


def test_the_same_day_gives_the_same_rows(demos):
    first, second = rows(demos[0]), rows(demos[1])
    assert first.keys() == second.keys()
    different = [table for table in first if first[table] != second[table]]
    assert different == []


def test_the_rounds_stand_as_described(demos):
    base = sqlite3.connect(demos[0] / "portal.sqlite3")
    rounds = dict(base.execute("SELECT code, state FROM reporting_round"))
    assert rounds == {"khoa-giao-2025": "issued", "khoa-giao-2026": "open"}
    states = {
        code: Counter(
            state
            for (state,) in base.execute(
                "SELECT a.state FROM reporting_assignment a JOIN reporting_round r ON r.id = a.round_id"
                " WHERE r.code = ?",
                [code],
            )
        )
        for code in rounds
    }
    assert states["khoa-giao-2025"] == {"accepted": 142}
    assert sum(states["khoa-giao-2026"].values()) == 142
    assert set(states["khoa-giao-2026"]) == {
        "not_started",
        "in_progress",
        "awaiting_approval",
        "submitted",
        "returned",
        "accepted",
        "waived",
    }
    assert base.execute("SELECT count(*) FROM reporting_extension").fetchone()[0] >= 5
    groups = dict(
        base.execute(
            "SELECT g.code, count(*) FROM reporting_assignment a JOIN units_unitgroup g ON g.id = a.group_id"
            " JOIN reporting_round r ON r.id = a.round_id WHERE r.code='khoa-giao-2025' GROUP BY g.code"
        )
    )
    assert groups["so-y-te"] == 34
    assert groups["don-vi-thuoc-bo"] + groups["don-vi-truc-thuoc-bo"] == 108


def test_a_filled_database_is_refused(demos):
    env = {"PATH": os.environ["PATH"], "DATA_DIR": str(demos[0])}
    done = subprocess.run(
        [sys.executable, "manage.py", "seed_demo"], cwd=ROOT, env=env, capture_output=True, text=True
    )
    assert done.returncode != 0
    assert "đã có dữ liệu" in done.stderr


def test_consolidate_leaves_the_issued_report_alone(demos, tmp_path):
    before = rows(demos[0])
    printed = json.loads(
        manage(demos[0], "consolidate", "khoa-giao-2025", "--output", str(tmp_path), "--json")
    )
    assert set(printed) == {"round", "units_expected", "units_included", "pages", "seconds", "pdf"}
    assert (printed["round"], printed["units_expected"], printed["units_included"]) == (
        "khoa-giao-2025",
        142,
        142,
    )
    assert Path(printed["pdf"]).read_bytes().startswith(b"%PDF-")
    assert Path(printed["pdf"]).name == "bao-cao-tong-hop.pdf"
    after = rows(demos[0])
    assert {t for t in before if before[t] != after[t]} == set()


def test_remind_says_who_was_due_on_a_step_of_the_ladder(demos):
    """Seven working days before 20/10/2025 is 09/10; nobody is due twice, nobody who had submitted."""
    listed = json.loads(
        manage(
            demos[0], "remind", "--at", "2025-10-09T08:00", "--round", "khoa-giao-2025", "--dry-run", "--json"
        )
    )
    owing = [row for row in listed if row["rule"].startswith("before-")]
    assert {row["rule"] for row in owing} == {"before-7"}
    assert {row["due_at"] for row in owing} == {"2025-10-20T00:00:00+07:00"}
    # Besides, those with whom a report has been lying for days: its unit's leaders, the office.
    waiting = [row for row in listed if row not in owing]
    assert {row["rule"].partition("-")[0] for row in waiting} <= {"approval", "backlog"}
    assert {row["unit_code"] for row in waiting if row["rule"].startswith("backlog")} <= {"van-phong-bo"}
    keys = [(row["unit_code"], row["recipient"], row["channel"]) for row in owing]
    assert len(keys) == len(set(keys))
    base = sqlite3.connect(demos[0] / "portal.sqlite3")
    early = {
        code
        for (code,) in base.execute(
            "SELECT u.code FROM reporting_assignment a JOIN units_unit u ON u.id=a.unit_id"
            " JOIN reporting_round r ON r.id=a.round_id"
            " WHERE r.code='khoa-giao-2025' AND a.first_submitted_at < '2025-10-09 01:00:00'"
        )
    }
    assert early.isdisjoint({row["unit_code"] for row in listed})
