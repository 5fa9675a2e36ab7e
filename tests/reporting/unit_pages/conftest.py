"""Two people of one unit at 14:03 on 14/10/2025, and how far their report is."""

import pytest
import time_machine

from reporting import submitting
from tests.factories import at, fill, return_report, submit
from tests.remembered import once
from tests.reporting.unit_pages.asking import NOW


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def reporter(world, sign_in):
    return sign_in(world.reporters["cuc-a"])


@pytest.fixture
def approver(world, sign_in):
    return sign_in(world.approvers["cuc-a"])


@pytest.fixture
def mine(world):
    return world.assignment("cuc-a")


@pytest.fixture
@once
def full(world, mine):
    """A draft with every section done."""
    fill(mine, actor=world.reporters["cuc-a"], now=at("2025-10-14 10:00"))
    return mine


@pytest.fixture
@once
def handed_over(world, full):
    submitting.request_approval(full, actor=world.reporters["cuc-a"], now=at("2025-10-14 11:00"))
    return full


@pytest.fixture
@once
def returned(world):
    submit(world, "cuc-a", "2025-10-08 15:00")
    return_report(world, "cuc-a", when="2025-10-10 09:00")
    return world.assignment("cuc-a")
