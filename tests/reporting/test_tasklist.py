import pytest

from reporting import tasklist
from reporting.models import Section
from reporting.states import State
from tests.factories import at, fill, return_report, submit

NOW = at("2025-10-10 09:00")


def test_groups_follow_the_outline(world):
    tasks = tasklist.read_tasks(world.assignment("cuc-a"))
    assert [(group.title, len(group.tasks), group.done) for group in tasks.groups] == [
        ("1. Tham mưu, tổ chức thực hiện các nghị quyết, chỉ thị, kết luận", 7, 0),
        ("2 – 5. Nội dung khác của kế hoạch", 4, 0),
        ("6. Đánh giá, kiến nghị và nhiệm vụ năm sau", 5, 0),
    ]
    assert (tasks.total, tasks.done, tasks.writing, tasks.untouched) == (16, 0, 0, 16)


def test_a_single_loose_section_is_named_by_its_own_number(world):
    Section.objects.filter(key__in=["3", "4", "5"]).delete()
    titles = [group.title for group in tasklist.read_tasks(world.assignment("cuc-a")).groups]
    assert titles[1] == "2. Nội dung khác của kế hoạch"


def test_counts_and_shares(world):
    assignment = world.assignment("cuc-a")
    fill(assignment, actor=world.reporters["cuc-a"], now=NOW)
    assignment.answers.filter(section__key__in=["1.1", "1.2", "1.3", "1.4"]).update(status="in_progress")
    assignment.answers.filter(section__key="2").update(status="nil")
    tasks = tasklist.read_tasks(assignment)
    assert (tasks.done, tasks.writing, tasks.untouched) == (12, 4, 0)
    assert (tasks.done_share, tasks.writing_share) == ("75.00%", "25.00%")


@pytest.mark.parametrize(
    ("key", "before", "after"), [("1.1", None, "1.2"), ("2", "1.7", "3"), ("6.5", "6.4", None)]
)
def test_the_sections_around_one(world, key, before, after):
    tasks = tasklist.read_tasks(world.assignment("cuc-a"))
    found = tasks.around(Section.objects.get(round=world.round, key=key))
    assert tuple(section and section.key for section in found) == (before, after)


def test_open_comments_are_counted_at_their_section(world):
    submit(world, "cuc-a")
    assignment = return_report(world, "cuc-a")
    tasks = tasklist.read_tasks(assignment)
    assert {task.section.key: task.open_comments for task in tasks.tasks if task.open_comments} == {"1.1": 1}


@pytest.mark.parametrize(
    ("state", "checking", "now"),
    [
        (State.NOT_STARTED, False, "Soạn"),
        (State.IN_PROGRESS, False, "Soạn"),
        (State.IN_PROGRESS, True, "Kiểm tra"),
        (State.RETURNED, True, "Kiểm tra"),
        (State.AWAITING_APPROVAL, True, "Lãnh đạo duyệt"),
        (State.SUBMITTED, False, "Văn phòng Bộ tiếp nhận"),
        (State.ACCEPTED, False, None),
    ],
)
def test_the_step_a_report_is_at(state, checking, now):
    rows = tasklist.steps(state, checking=checking)
    assert [name for name, at in rows if at == "now"] == ([now] if now else [])
    done = [name for name, at in rows if at == "done"]
    assert done == [name for name, _ in rows][: len(done)]


def test_the_timeline_is_newest_first_and_not_flooded_by_edits(world):
    submit(world, "cuc-a", "2025-10-10 15:00")
    assignment = world.assignment("cuc-a")
    rows = tasklist.timeline(assignment, tasklist.read_tasks(assignment))
    assert [row.at for row in rows] == sorted((row.at for row in rows), reverse=True)
    assert sum("sửa mục" in row.text for row in rows) == tasklist.EDITS_SHOWN
    texts = [row.text for row in rows]
    assert "Lãnh đạo Cục YDCT duyệt và nộp" in texts
    assert texts[-1] == "Văn phòng mở đợt báo cáo"
