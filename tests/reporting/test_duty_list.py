import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reporting import duty_list, opening, reviewing
from reporting.models import Comment
from tests.factories import accept, at, fill, make_round, person, return_report, submit
from units.access import standing
from units.models import Role

NOW = at("2025-10-14 09:00")


def of(user):
    return standing(user, NOW.date())


def labels(user):
    return [(duty.assignment.unit.code, duty.label, duty.page) for duty in duty_list.duties(of(user), NOW)]


def test_the_next_action_follows_state_and_role(world):
    reporter, approver = world.reporters["cuc-a"], world.approvers["cuc-a"]
    assert labels(reporter) == [("cuc-a", "Bắt đầu", "reporting:assignment")]
    assignment = world.assignment("cuc-a")
    fill(assignment, actor=reporter, now=NOW)
    assert labels(reporter) == [("cuc-a", "Kiểm tra và trình duyệt", "reporting:check")]
    assignment.answers.filter(section__key="3").update(status="in_progress")
    assignment.sections_done = 15
    assignment.save()
    assert labels(reporter) == [("cuc-a", "Tiếp tục soạn", "reporting:assignment")]
    assignment.answers.update(status="done")
    from reporting import submitting

    submitting.request_approval(assignment, actor=reporter, now=NOW)
    assert labels(reporter) == [("cuc-a", "Xem bản trình", "reporting:check")]
    assert labels(approver) == [("cuc-a", "Duyệt và nộp", "reporting:check")]
    submitting.submit(assignment, actor=approver, now=NOW)
    assert labels(reporter) == labels(approver) == []
    return_report(world, "cuc-a", when="2025-10-14 10:00")
    assert labels(reporter) == [("cuc-a", "Trả lời ý kiến", "reporting:assignment")]
    reviewing.reply(Comment.objects.get(), text="Đã bổ sung.", actor=reporter, now=NOW)
    assert labels(reporter) == [("cuc-a", "Kiểm tra và trình lại", "reporting:check")]


def test_duties_come_in_the_order_of_their_dates(world):
    everywhere = person("hai-noi")
    for code in ("so-c", "cuc-a"):
        world.assignment(code).unit.memberships.create(user=everywhere, role=Role.REPORTER)
    assert [duty.assignment.unit.code for duty in duty_list.duties(of(everywhere), NOW)] == ["cuc-a", "so-c"]


@pytest.mark.parametrize("who", ["outsider", "reviewer", "lead", "admin"])
def test_others_owe_nothing(world, who):
    user = getattr(world, who)
    assert duty_list.duties(of(user), NOW) == []
    submit(world, "cuc-a")
    assert duty_list.sent(of(user)) == []
    assert duty_list.recently_sent(of(user)) == []


def test_a_closed_round_asks_for_nothing(world):
    opening.close_round(world.round, actor=world.lead, now=NOW)
    assert duty_list.duties(of(world.reporters["cuc-a"]), NOW) == []


def test_staff_counts_active_people_once_a_role(world):
    unit = world.units[0]
    gone = person("da-nghi")
    gone.is_active = False
    gone.save()
    unit.memberships.create(user=gone, role=Role.APPROVER)
    (row,) = duty_list.staff(of(world.reporters["cuc-a"]), NOW)
    assert (row.unit, row.reporters, row.approvers) == (unit, 1, 1)
    unit.memberships.filter(user=world.approvers["cuc-a"]).delete()
    (row,) = duty_list.staff(of(world.reporters["cuc-a"]), NOW)
    assert row.approvers == 0


def test_what_was_sent_is_told_newest_first_with_its_judgement(world):
    first = submit(world, "cuc-a", "2025-10-10 15:00")
    return_report(world, "cuc-a")
    reviewing.reply(Comment.objects.get(), text="Rồi.", actor=world.reporters["cuc-a"], now=NOW)
    second = submit(world, "cuc-a", "2025-10-22 15:00")
    rows = duty_list.sent(of(world.reporters["cuc-a"]))
    assert [(r.submission, r.is_newest, r.judgement) for r in rows] == [
        (second, True, "on_time"),
        (first, False, "on_time"),
    ]
    accept(world, "cuc-a", "2025-10-23 10:00")
    (recent,) = duty_list.recently_sent(of(world.reporters["cuc-a"]))
    assert (recent.submission, recent.state) == (second, "accepted")


def test_the_lists_take_the_same_queries_for_one_round_and_for_three(world):
    reporter = of(world.reporters["cuc-a"])

    def count():
        with CaptureQueriesContext(connection) as queries:
            duty_list.duties(reporter, NOW)
            duty_list.staff(reporter, NOW)
            duty_list.sent(reporter)
            duty_list.recently_sent(reporter)
        return len(queries)

    submit(world, "cuc-a")
    one = count()
    for year in (2026, 2027):
        world.round = make_round(world, code=f"khoa-giao-{year}", year=year, opened_at=f"{year}-09-15 09:00")
        submit(world, "cuc-a", f"{year}-10-01 09:00")
    for year in (2028, 2029):
        make_round(world, code=f"khoa-giao-{year}", year=year, opened_at=f"{year}-09-15 09:00")
    assert len(duty_list.duties(reporter, NOW)) == 2
    assert len(duty_list.sent(reporter)) == 3
    assert count() == one
