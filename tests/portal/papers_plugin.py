"""Leaves out the tests that read the real papers where those do not lie beside the project, and says so.

For tests/conftest.py: `from tests.portal.papers_plugin import *`. The folder is PAPERS_DIR, or `seeds` in
the folder `shared` beside the checkout; a test finds it through the fixture `papers_dir`.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

__all__ = ["papers_dir", "pytest_collection_modifyitems", "pytest_terminal_summary"]

ROOT = Path(__file__).resolve().parents[2]
REASON = "the real papers do not lie beside the project"


def papers_folder() -> Path:
    """Where the two papers would be."""
    return Path(os.environ.get("PAPERS_DIR") or ROOT.parent / "shared" / "seeds")


@pytest.fixture(scope="session")
def papers_dir() -> Path:
    """The folder with the real papers; only for tests marked `papers`."""
    return papers_folder()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if papers_folder().is_dir():
        return
    for item in items:
        if item.get_closest_marker("papers"):
            item.add_marker(pytest.mark.skip(reason=REASON))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    left_out = [
        report for report in terminalreporter.stats.get("skipped", []) if REASON in str(report.longrepr)
    ]
    if left_out:
        terminalreporter.write_line(
            f"LEFT OUT: {len(left_out)} tests that read the real papers; {papers_folder()} is not there (PAPERS_DIR)"
        )
