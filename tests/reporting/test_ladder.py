"""When each reminder of a date falls due."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.deadlines import ZONE, due_at
from reporting import ladder
from units.holidays_vn import WORKING_SATURDAY, holidays_for
from units.workdays import WorkingCalendar

SEEDS = [seed for year in range(2024, 2028) for seed in holidays_for(year) if seed.confirmed]
CALENDAR = WorkingCalendar(
    days_off=frozenset(seed.day for seed in SEEDS if seed.kind != WORKING_SATURDAY),
    extra_working=frozenset(seed.day for seed in SEEDS if seed.kind == WORKING_SATURDAY),
)
EIGHT = time(8)
USUAL = ladder.usual(ladder.SUBMISSION, EIGHT)


def days(printed: date, boundary: str = "before", clock: time | None = None) -> dict[str, str]:
    found = ladder.steps(printed, due_at(boundary, printed, clock), CALENDAR, USUAL)  # type: ignore[arg-type]
    return {step.rule: f"{step.at:%d/%m/%Y}" for step in found}


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        # A Monday: the weekend before it does not count; 2/9 and the day beside it are off.
        (
            date(2025, 10, 20),
            {
                "before-30": "08/09/2025",
                "before-14": "30/09/2025",
                "before-7": "09/10/2025",
                "before-3": "15/10/2025",
                "before-1": "17/10/2025",
                "after-1": "21/10/2025",
                "after-3": "23/10/2025",
                "after-7": "27/10/2025",
            },
        ),
        # Across the National Day holiday of 2025 (1/9 and 2/9 off).
        (
            date(2025, 9, 4),
            {
                "before-30": "22/07/2025",
                "before-14": "13/08/2025",
                "before-7": "22/08/2025",
                "before-3": "28/08/2025",
                "before-1": "03/09/2025",
                "after-1": "05/09/2025",
                "after-3": "08/09/2025",
                "after-7": "11/09/2025",
            },
        ),
        # The week after Tết 2026 (16 to 20/2 off); Saturday 10/1/2026 was worked.
        (
            date(2026, 2, 23),
            {
                "before-30": "06/01/2026",
                "before-14": "27/01/2026",
                "before-7": "05/02/2026",
                "before-3": "11/02/2026",
                "before-1": "13/02/2026",
                "after-1": "24/02/2026",
                "after-3": "26/02/2026",
                "after-7": "02/03/2026",
            },
        ),
    ],
)
def test_steps_of_a_date(printed: date, expected: dict[str, str]) -> None:
    assert days(printed) == expected


def test_a_swapped_working_saturday_counts() -> None:
    # Friday 2/1/2026 is off, Saturday 10/1/2026 is worked instead.
    assert days(date(2026, 1, 12))["before-1"] == "10/01/2026"
    assert days(date(2026, 1, 5))["before-1"] == "31/12/2025"


def test_after_steps_on_a_day_off_move_and_may_meet() -> None:
    # Thursday 30/10: after-3 is a Sunday, so Monday; a Friday date has two steps on that Monday.
    assert days(date(2025, 10, 30))["after-3"] == "03/11/2025"
    met = ladder.steps(date(2025, 10, 31), due_at("before", date(2025, 10, 31)), CALENDAR, USUAL)  # type: ignore[arg-type]
    assert [step.rule for step in met if f"{step.at:%d/%m}" == "03/11"] == ["after-1", "after-3"]


@pytest.mark.parametrize(("boundary", "clock"), [("on_or_before", None), ("by_time", time(17))])
def test_the_boundary_does_not_move_the_ladder(boundary: str, clock: time | None) -> None:
    assert days(date(2025, 10, 20), boundary, clock) == days(date(2025, 10, 20))


def test_steps_stand_at_the_given_time_in_vietnam() -> None:
    found = ladder.steps(
        date(2025, 10, 20),
        due_at("before", date(2025, 10, 20)),
        CALENDAR,
        ladder.usual(ladder.SUBMISSION, time(7, 30)),
    )  # type: ignore[arg-type]
    assert found[2].at == datetime.fromisoformat("2025-10-09T07:30:00+07:00")


def test_a_round_may_have_rules_of_its_own() -> None:
    printed = date(2025, 10, 20)
    found = ladder.steps(
        printed,
        due_at("before", printed),  # type: ignore[arg-type]
        CALENDAR,
        [
            ladder.Rung("submission", "after", 5, EIGHT, frozenset({"lead"})),
            ladder.Rung("submission", "before", 2, time(14, 30), frozenset({"reporters"})),
        ],
    )
    assert [(step.rule, f"{step.at:%d/%m %H:%M}", set(step.told)) for step in found] == [
        ("before-2", "16/10 14:30", {"reporters"}),
        ("after-5", "27/10 08:00", {"lead"}),
    ]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("since", "until", "rule"),
    [
        ("2025-09-15 09:30", "2025-09-30 07:59", None),
        ("2025-09-15 09:30", "2025-09-30 08:00", "before-14"),
        ("2025-09-15 09:30", "2025-10-09 07:59:59", "before-14"),
        ("2025-09-15 09:30", "2025-10-16 12:00", "before-3"),
        ("2025-09-15 09:30", "2025-12-31 00:00", "after-7"),
        ("2025-10-15 08:00", "2025-10-16 12:00", "before-3"),
        ("2025-10-15 08:01", "2025-10-16 12:00", None),
    ],
)
def test_only_the_latest_due_step(since: str, until: str, rule: str | None) -> None:
    rungs = ladder.steps(date(2025, 10, 20), due_at("before", date(2025, 10, 20)), CALENDAR, USUAL)  # type: ignore[arg-type]
    step = ladder.latest(rungs, since=moment(since), until=moment(until))
    assert (step.rule if step else None) == rule


@given(
    st.dates(date(2024, 6, 1), date(2027, 6, 1)),
    st.sampled_from(["before", "on_or_before", "by_time"]),
    st.times(),
)
def test_no_step_stands_on_a_day_off_or_on_the_wrong_side(printed: date, boundary: str, clock: time) -> None:
    due = due_at(boundary, printed, clock)
    assert due is not None
    found = ladder.steps(printed, due, CALENDAR, ladder.usual(ladder.SUBMISSION, clock.replace(tzinfo=None)))
    assert len(found) == len(ladder.BEFORE) + len(ladder.AFTER)
    assert [step.at for step in found] == sorted(step.at for step in found)
    for step in found:
        assert CALENDAR.is_working(step.at.date())
        if ladder.is_after(step.rule):
            assert step.at >= due
            assert step.at.date() > printed
        else:
            assert step.at < due
            assert step.at.date() < printed


@given(st.dates(date(2024, 6, 1), date(2027, 6, 1)), st.sampled_from(ladder.BEFORE))
def test_before_n_has_n_working_days_left_counting_its_own(printed: date, number: int) -> None:
    step = next(
        s
        for s in ladder.steps(printed, due_at("before", printed), CALENDAR, USUAL)  # type: ignore[arg-type]
        if s.rule == f"before-{number}"
    )
    left = CALENDAR.working_days_between(step.at.date() - timedelta(days=1), printed - timedelta(days=1))
    assert left == number


def test_labels() -> None:
    assert ladder.rule_label("before-7") == "7 ngày làm việc trước hạn"
    assert ladder.rule_label("after-3") == "3 ngày sau hạn"
    for wrong in ("submit", "before-", "during-3", "after-x"):
        with pytest.raises(ValueError, match="no rule"):
            ladder.rule_label(wrong)
