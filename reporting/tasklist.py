"""The task list of one report: its sections in groups, each with its state and who last touched it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from reporting.models import Answer, Assignment, Comment, Event, Section
from reporting.states import FINISHED, URGED, Action, AnswerStatus, State


@dataclass(frozen=True)
class Task:
    section: Section
    status: str
    answer: Answer | None
    open_comments: int = 0


@dataclass
class TaskGroup:
    """Sections under one heading, or a run of sections that stand on their own."""

    title: str
    tasks: list[Task] = field(default_factory=list)

    @property
    def done(self) -> int:
        return sum(task.status in FINISHED for task in self.tasks)


@dataclass(frozen=True)
class TaskList:
    """Counts are of sections that take an answer; shares are per cent with a point, for svg widths."""

    groups: list[TaskGroup]

    @property
    def tasks(self) -> list[Task]:
        return [task for group in self.groups for task in group.tasks]

    def count(self, *statuses: str) -> int:
        return sum(task.status in statuses for task in self.tasks)

    @property
    def total(self) -> int:
        return len(self.tasks)

    @property
    def done(self) -> int:
        return self.count(*FINISHED)

    @property
    def writing(self) -> int:
        return self.count(AnswerStatus.IN_PROGRESS)

    @property
    def untouched(self) -> int:
        return self.count(AnswerStatus.NOT_STARTED)

    @property
    def done_share(self) -> str:
        return _share(self.done, self.total)

    @property
    def writing_share(self) -> str:
        return _share(self.writing, self.total)

    def around(self, section: Section) -> tuple[Section | None, Section | None]:
        """The sections before and after this one."""
        sections = [task.section for task in self.tasks]
        at = sections.index(section)
        return (sections[at - 1] if at else None), (sections[at + 1] if at + 1 < len(sections) else None)


def _share(part: int, whole: int) -> str:
    return f"{part * 100 / whole:.2f}%" if whole else "0%"


def read_tasks(assignment: Assignment) -> TaskList:
    """The task list in the order of the outline: three queries."""
    answers = {
        row.section_id: row
        for row in Answer.objects.filter(assignment=assignment)
        .select_related("updated_by")
        .defer("narrative")
    }
    waiting: dict[int, int] = {}
    for section_id in open_comments(assignment).values_list("section_id", flat=True):
        waiting[section_id] = waiting.get(section_id, 0) + 1
    groups: list[TaskGroup] = []
    heading: Section | None = None
    for section in Section.objects.filter(round_id=assignment.round_id):
        if section.is_heading:
            heading = section
            groups.append(TaskGroup(f"{section.number}. {section.title}"))
            continue
        if not groups or (section.parent_id is None and heading is not None):
            heading = None
            groups.append(TaskGroup(""))
        answer = answers.get(section.pk)
        status = answer.status if answer else AnswerStatus.NOT_STARTED
        groups[-1].tasks.append(Task(section, status, answer, waiting.get(section.pk, 0)))
    for group in groups:
        group.title = group.title or _title_of_run(group)
    return TaskList([group for group in groups if group.tasks])


def _title_of_run(group: TaskGroup) -> str:
    first, last = group.tasks[0].section.number, group.tasks[-1].section.number
    numbers = first if first == last else f"{first} – {last}"
    return f"{numbers}. Nội dung khác của kế hoạch"


def comments_for_unit(assignment: Assignment) -> list[Comment]:
    """The office's remarks that were sent to the unit, newest return first, in the order of the outline."""
    return list(
        Comment.objects.filter(submission__assignment=assignment, sent_at__isnull=False)
        .select_related("section", "author", "replied_by", "submission")
        .order_by("-submission__number", "section__position", "id")
    )


def open_comments(assignment: Assignment) -> QuerySet[Comment]:
    """Remarks that still want an answer."""
    return Comment.objects.filter(
        submission__assignment=assignment, needs_answer=True, sent_at__isnull=False, reply=""
    )


@dataclass(frozen=True)
class Happening:
    """One line of the timeline: when, who and what."""

    at: datetime
    text: str
    note: str = ""


_DID: dict[str, str] = {
    Action.START: "bắt đầu soạn",
    Action.REQUEST_APPROVAL: "trình lãnh đạo duyệt",
    Action.SEND_BACK: "chuyển lại người soạn",
    Action.SUBMIT: "duyệt và nộp",
    Action.ACCEPT: "tiếp nhận báo cáo",
    Action.RETURN: "trả lại bổ sung",
    Action.MOVE_DATE: "dời hạn bổ sung",
    Action.EXTEND: "gia hạn",
    Action.ASK_EXTENSION: "xin gia hạn",
    Action.WITHDRAW_EXTENSION: "rút đề nghị gia hạn",
    Action.DECLINE_EXTENSION: "không gia hạn",
    Action.ASK_CONTACTS: "đề nghị đơn vị xác nhận đầu mối",
    Action.CORRECT_CONTACTS: "báo đầu mối không còn đúng",
    Action.REOPEN: "mở lại để xem",
    Action.WAIVE: "miễn nộp",
    Action.UNWAIVE: "bỏ miễn nộp",
    Action.SUPERSEDE: "chuyển giao nhiệm vụ",
    URGED: "phát hành công văn đôn đốc",
    "add": "đưa đơn vị vào danh sách của đợt",
}


EDITS_SHOWN, HAPPENINGS_SHOWN = 3, 12


def timeline(assignment: Assignment, tasks: TaskList) -> list[Happening]:
    """Transitions, last edits and the opening of the round, the newest first: one query."""
    events = Event.objects.filter(assignment=assignment).select_related("actor", "on_behalf_of")
    rows = [Happening(e.at, f"{_who(e)} {_DID.get(e.action, e.action)}", e.note) for e in events]
    edits = [
        Happening(task.answer.updated_at, f"{task.answer.updated_by} sửa mục {task.section.number}")
        for task in tasks.tasks
        if task.answer and task.answer.updated_at
    ]
    rows += sorted(edits, key=lambda row: row.at, reverse=True)[:EDITS_SHOWN]
    opened_at = assignment.round.opened_at
    if opened_at is not None:
        rows.append(Happening(opened_at, "Văn phòng mở đợt báo cáo"))
    return sorted(rows, key=lambda row: row.at, reverse=True)[:HAPPENINGS_SHOWN]


def _who(event: Event) -> str:
    return f"{event.actor} (thay {event.on_behalf_of})" if event.on_behalf_of else str(event.actor)


STEPS = ("Soạn", "Kiểm tra", "Lãnh đạo duyệt", "Nộp", "Văn phòng Bộ tiếp nhận")
_STEP_OF: dict[str, int] = {
    State.NOT_STARTED: 0,
    State.IN_PROGRESS: 0,
    State.RETURNED: 0,
    State.AWAITING_APPROVAL: 2,
    State.SUBMITTED: 4,
    State.ACCEPTED: 5,
}


def steps(state: str, *, checking: bool = False) -> list[tuple[str, str]]:
    """(name, "done" | "now" | "") of the stages of a report; `checking` on the page of that stage."""
    now = _STEP_OF.get(state, 0)
    if checking and now == 0:
        now = 1
    return [(name, "done" if at < now else "now" if at == now else "") for at, name in enumerate(STEPS)]
