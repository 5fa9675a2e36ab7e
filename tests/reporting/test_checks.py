import pytest
from django.test.utils import CaptureQueriesContext

from reporting.checks import Level, blocking_findings, find, read_draft
from reporting.models import Answer, Figure, Section, WarningReason
from reporting.states import AnswerStatus
from tests.factories import accept, at, fill, make_round, submit
from tests.remembered import once

NOW = at("2025-10-10 09:00")


@pytest.fixture
@once
def draft(world):
    assignment = world.assignment("cuc-a")
    fill(assignment, actor=world.reporters["cuc-a"], now=NOW)
    return assignment


def codes(assignment):
    return [(finding.level.value, finding.code) for finding in find(read_draft(assignment))]


def set_answer(assignment, key, **values):
    Answer.objects.filter(assignment=assignment, section__key=key).update(**values)


def test_a_full_draft_has_no_finding(draft):
    assert codes(draft) == []
    assert blocking_findings(draft) == []


def test_an_empty_draft_lacks_every_section_and_every_required_figure(world):
    found = find(read_draft(world.assignment("cuc-a")))
    assert {f.code for f in found if f.code.startswith("unanswered")} == {
        f"unanswered-{key}" for key in Section.objects.filter(is_heading=False).values_list("key", flat=True)
    }
    required = world.round.indicators.filter(required=True).count()
    assert sum(f.code.startswith("missing-") for f in found) == required


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"status": AnswerStatus.IN_PROGRESS}, [("error", "unanswered-2")]),
        ({"status": AnswerStatus.NOT_STARTED}, [("error", "unanswered-2")]),
        ({"narrative": ""}, [("error", "empty-2")]),
        ({"narrative": "<p>\u00a0</p>"}, [("error", "empty-2")]),
        ({"narrative": "<p>Đã kiểm tra.</p>"}, [("warning", "short-2")]),
        ({"status": AnswerStatus.NIL, "narrative": ""}, []),
        ({"status": AnswerStatus.NOT_APPLICABLE, "reason": " "}, [("error", "no-reason-2")]),
        ({"status": AnswerStatus.NOT_APPLICABLE, "reason": "Không có chức năng."}, []),
        ({"narrative": "<p>MẬT</p><p>" + "từ " * 20 + "</p>"}, [("error", "secret-2")]),
    ],
)
def test_each_rule_on_one_section(draft, values, expected):
    set_answer(draft, "2", **values)
    assert codes(draft) == expected


def test_fourteen_words_are_few_and_fifteen_are_not(draft):
    set_answer(draft, "2", narrative=f"<p>{'từ ' * 14}</p>")
    assert codes(draft) == [("warning", "short-2")]
    set_answer(draft, "2", narrative=f"<p>{'từ ' * 15}</p>")
    assert codes(draft) == []


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (None, [("error", "missing-ty_le_quan_triet")]),
        (-1, [("error", "bounds-ty_le_quan_triet")]),
        (0, []),
        (1000, []),
        (1001, [("error", "bounds-ty_le_quan_triet")]),
    ],
)
def test_a_rate_stays_between_0_and_100(draft, amount, expected):
    mine = Figure.objects.filter(assignment=draft, indicator__code="ty_le_quan_triet")
    if amount is None:
        mine.delete()
    else:
        mine.update(amount=amount)
    assert codes(draft) == expected


def test_the_message_says_the_value_and_the_cure(draft):
    Figure.objects.filter(assignment=draft, indicator__code="ty_le_quan_triet").update(amount=9920)
    (found,) = find(read_draft(draft))
    assert "992" in found.message
    assert found.cure == "Nhập số từ 0 đến 100."


def test_figures_of_a_silent_section_are_not_asked_for(draft):
    Figure.objects.filter(assignment=draft, indicator__section__key="2").delete()
    assert {code for _, code in codes(draft)} == {"missing-kiem_tra", "missing-don_vi_kiem_tra"}
    set_answer(draft, "2", status=AnswerStatus.NIL)
    assert codes(draft) == []


@pytest.fixture
@once
def with_last_year(world):
    """cuc-a reported 100 meetings last year; this year's draft is full."""
    earlier = make_round(world, code="khoa-giao-2024", year=2024, opened_at="2024-09-15 09:30")
    this_year, world.round = world.round, earlier
    submit(world, "cuc-a", "2024-10-10 09:00", amount=100)
    accept(world, "cuc-a", "2024-10-12 10:00")
    world.round = this_year
    this_year.previous = earlier
    this_year.save()
    assignment = world.assignment("cuc-a")
    fill(assignment, actor=world.reporters["cuc-a"], now=NOW, amount=100)
    return assignment


@pytest.mark.parametrize(
    ("amount", "warned"), [(100, False), (149, False), (150, True), (51, False), (50, True), (0, True)]
)
def test_a_sudden_change_wants_a_reason(with_last_year, amount, warned):
    Figure.objects.filter(assignment=with_last_year, indicator__code="hoi_nghi").update(amount=amount)
    assert codes(with_last_year) == ([("warning", "change-hoi_nghi")] if warned else [])


def test_last_years_figures_are_of_the_accepted_report_of_the_same_unit(world, with_last_year):
    assert read_draft(with_last_year).last_year["hoi_nghi"] == 100
    assert read_draft(world.assignment("so-c")).last_year == {}


def test_errors_come_first_in_the_order_of_the_outline(draft):
    set_answer(draft, "1.2", narrative="<p>Ít.</p>")
    set_answer(draft, "5", status=AnswerStatus.IN_PROGRESS)
    set_answer(draft, "3", narrative="")
    assert [f.code for f in find(read_draft(draft))] == ["empty-3", "unanswered-5", "short-1.2"]


def test_a_warning_blocks_until_it_has_a_reason(draft):
    set_answer(draft, "1.2", narrative="<p>Ít.</p>")
    assert [f.level for f in blocking_findings(draft)] == [Level.WARNING]
    reason = WarningReason.objects.create(assignment=draft, check_code="short-1.2", reason="  ")
    assert len(blocking_findings(draft)) == 1
    reason.reason = "Mới giao nhiệm vụ."
    reason.save()
    assert blocking_findings(draft) == []


def test_an_error_is_not_bought_off_with_a_reason(draft):
    set_answer(draft, "3", narrative="")
    WarningReason.objects.create(assignment=draft, check_code="empty-3", reason="Không có.")
    assert [f.code for f in blocking_findings(draft)] == ["empty-3"]


def test_reading_a_draft_takes_the_same_queries_empty_and_full(world, draft, django_assert_max_num_queries):
    from django.db import connection

    with CaptureQueriesContext(connection) as full:
        find(read_draft(draft))
    with CaptureQueriesContext(connection) as empty:
        find(read_draft(world.assignment("so-c")))
    assert len(full) <= len(empty)
    assert len(full) <= 8
