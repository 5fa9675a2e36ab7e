"""script/test counts what ran: a leg in which nothing ran has failed."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from script import legs
from tests.portal.redis_plugin import database_of


@pytest.mark.parametrize(
    ("source", "passed", "said"),
    [
        ("def test_a(): pass\n", True, "1 ran, 0 skipped"),
        ("def test_a(): assert False\n", False, "1 ran, 0 skipped, pytest ended with 1"),
        ("", False, "0 ran, 0 skipped: no test ran, which is a failure"),
        (
            "import pytest\n@pytest.mark.skip\ndef test_a(): pass\n",
            False,
            "0 ran, 1 skipped: no test ran, which is a failure",
        ),
    ],
)
def test_a_leg_passes_only_when_tests_ran(tmp_path: Path, source: str, passed: bool, said: str) -> None:
    (tmp_path / "test_made.py").write_text(source)
    arguments = ["-p", "no:django", "-p", "no:cacheprovider", "-c", "/dev/null", "-q", str(tmp_path)]
    outcome = legs.run_pytest("made leg", arguments, {}, tmp_path)
    assert (outcome.passed, outcome.said) == (passed, said)


def test_a_server_that_does_not_start_is_said(tmp_path: Path) -> None:
    server = legs.running(["false"], port=legs.free_port(), folder=tmp_path, stop=signal.SIGTERM)
    with pytest.raises(RuntimeError, match="false did not start"), server:
        pytest.fail("nothing was started")


@pytest.mark.parametrize(
    ("worker", "url"), [("gw0", "redis://127.0.0.1:7/1"), ("gw1", "redis://127.0.0.1:7/2")]
)
def test_every_process_has_a_redis_database_of_its_own(worker: str, url: str) -> None:
    assert database_of("redis://127.0.0.1:7/0", worker) == url


def test_the_end_to_end_tests_lie_where_their_leg_looks() -> None:
    marked = {
        str(path.relative_to(legs.ROOT))
        for path in (legs.ROOT / "tests").rglob("test_*.py")
        if "mark." + "e2e" in path.read_text(encoding="utf-8")
    }
    assert marked
    assert [path for path in marked if not path.startswith(tuple(legs.E2E_FOLDERS))] == []


@pytest.mark.parametrize(
    ("arguments", "everything"),
    [([], True), (["-k", "journey"], True), (["tests/e2e/test_axe.py"], False), (["tests/e2e::x"], False)],
)
def test_the_end_to_end_leg_looks_only_at_what_was_named(arguments: list[str], everything: bool) -> None:
    asked = legs.end_to_end(arguments)
    assert (asked[-2:] == legs.E2E_FOLDERS) is everything
    assert [word for word in asked if word in arguments] == arguments
