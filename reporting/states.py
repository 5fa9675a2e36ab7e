"""States, actions and transitions of assignments, rounds and reports, as data.

State is stored and changes only in `lifecycle`; timeliness is derived (`timeliness`), never stored.
Plain Python: labels are the words of the field, so that screens, mails and papers say the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class State(StrEnum):
    """State of an assignment."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    AWAITING_APPROVAL = "awaiting_approval"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    WAIVED = "waived"
    SUPERSEDED = "superseded"


STATE_LABELS: Final[dict[str, str]] = {
    State.NOT_STARTED: "Chưa bắt đầu",
    State.IN_PROGRESS: "Đang soạn",
    State.AWAITING_APPROVAL: "Chờ lãnh đạo duyệt",
    State.SUBMITTED: "Đã nộp",
    State.ACCEPTED: "Đã tiếp nhận",
    State.RETURNED: "Trả lại bổ sung",
    State.WAIVED: "Được miễn",
    State.SUPERSEDED: "Đã chuyển giao",
}
STATE_CHOICES: Final = [(s.value, STATE_LABELS[s]) for s in State]

WITH_UNIT: Final = frozenset({State.NOT_STARTED, State.IN_PROGRESS, State.AWAITING_APPROVAL, State.RETURNED})
"""The next move is the unit's: these owe something and are reminded."""
EDITABLE: Final = frozenset({State.NOT_STARTED, State.IN_PROGRESS, State.RETURNED})
OUT_OF_COUNT: Final = frozenset({State.WAIVED, State.SUPERSEDED})
"""Not expected any more."""


class Timeliness(StrEnum):
    NOT_DUE = "not_due"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    ON_TIME = "on_time"
    LATE = "late"
    LATE_EXCUSED = "late_excused"


TIMELINESS_LABELS: Final[dict[str, str]] = {
    Timeliness.NOT_DUE: "Chưa đến hạn",
    Timeliness.DUE_SOON: "Sắp đến hạn",
    Timeliness.OVERDUE: "Quá hạn",
    Timeliness.ON_TIME: "Đúng hạn",
    Timeliness.LATE: "Nộp muộn",
    Timeliness.LATE_EXCUSED: "Muộn có gia hạn",
}


EXTENSION_COUNTS: Final[dict[bool, str]] = {
    True: "nộp trong hạn này được tính đúng hạn",
    False: "nộp trong hạn này ghi là muộn có gia hạn",
}


class AnswerStatus(StrEnum):
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    NIL = "nil"
    NOT_APPLICABLE = "not_applicable"


ANSWER_LABELS: Final[dict[str, str]] = {
    AnswerStatus.NOT_STARTED: "Chưa bắt đầu",
    AnswerStatus.IN_PROGRESS: "Đang soạn",
    AnswerStatus.DONE: "Hoàn thành",
    AnswerStatus.NIL: "Không phát sinh",
    AnswerStatus.NOT_APPLICABLE: "Không thuộc phạm vi",
}
ANSWER_CHOICES: Final = [(s.value, ANSWER_LABELS[s]) for s in AnswerStatus]
FINISHED: Final = frozenset({AnswerStatus.DONE, AnswerStatus.NIL, AnswerStatus.NOT_APPLICABLE})


class Action(StrEnum):
    """What can be done to an assignment."""

    START = "start"
    REQUEST_APPROVAL = "request_approval"
    SEND_BACK = "send_back"
    SUBMIT = "submit"
    ACCEPT = "accept"
    RETURN = "return"
    MOVE_DATE = "move_date"
    EXTEND = "extend"
    ASK_EXTENSION = "ask_extension"
    WITHDRAW_EXTENSION = "withdraw_extension"
    DECLINE_EXTENSION = "decline_extension"
    ASK_CONTACTS = "ask_contacts"
    CORRECT_CONTACTS = "correct_contacts"
    REOPEN = "reopen"
    WAIVE = "waive"
    UNWAIVE = "unwaive"
    SUPERSEDE = "supersede"


ASIDE: Final = frozenset(
    {
        Action.MOVE_DATE,
        Action.EXTEND,
        Action.ASK_EXTENSION,
        Action.WITHDRAW_EXTENSION,
        Action.DECLINE_EXTENSION,
        Action.ASK_CONTACTS,
        Action.CORRECT_CONTACTS,
    }
)
"""What is done about the date or the people; the report stays where it is."""

ACTION_LABELS: Final[dict[str, str]] = {
    Action.START: "Bắt đầu soạn",
    Action.REQUEST_APPROVAL: "Trình lãnh đạo duyệt",
    Action.SEND_BACK: "Chuyển lại người soạn",
    Action.SUBMIT: "Duyệt và nộp",
    Action.ACCEPT: "Tiếp nhận",
    Action.RETURN: "Trả lại bổ sung",
    Action.MOVE_DATE: "Dời hạn bổ sung",
    Action.EXTEND: "Gia hạn",
    Action.ASK_EXTENSION: "Xin gia hạn",
    Action.WITHDRAW_EXTENSION: "Rút đề nghị gia hạn",
    Action.DECLINE_EXTENSION: "Không gia hạn",
    Action.ASK_CONTACTS: "Đề nghị xác nhận đầu mối",
    Action.CORRECT_CONTACTS: "Báo đầu mối không còn đúng",
    Action.REOPEN: "Mở lại",
    Action.WAIVE: "Miễn nộp",
    Action.UNWAIVE: "Bỏ miễn nộp",
    Action.SUPERSEDE: "Chuyển giao",
}


@dataclass(frozen=True)
class Transition:
    """`roles` are looked up at the unit, or at the owning office when `at_office`.

    With `comments_suffice`, comments that go with the action stand for the note it needs.
    """

    to: State
    roles: frozenset[str]
    at_office: bool = False
    needs_note: bool = False
    comments_suffice: bool = False
    blockers: tuple[str, ...] = ()
    admin: bool = False


_REPORTER = frozenset({"reporter", "approver"})
_APPROVER = frozenset({"approver"})
_REVIEWER = frozenset({"reviewer", "lead"})
_LEAD = frozenset({"lead"})

TRANSITIONS: Final[dict[tuple[State, Action], Transition]] = {
    (State.NOT_STARTED, Action.START): Transition(State.IN_PROGRESS, _REPORTER),
    (State.IN_PROGRESS, Action.REQUEST_APPROVAL): Transition(
        State.AWAITING_APPROVAL,
        _REPORTER,
        blockers=("round_open", "checks_pass", "comments_answered", "unit_has_approver"),
    ),
    (State.RETURNED, Action.REQUEST_APPROVAL): Transition(
        State.AWAITING_APPROVAL,
        _REPORTER,
        blockers=("round_open", "checks_pass", "comments_answered", "unit_has_approver"),
    ),
    (State.AWAITING_APPROVAL, Action.SEND_BACK): Transition(State.IN_PROGRESS, _APPROVER, needs_note=True),
    (State.AWAITING_APPROVAL, Action.SUBMIT): Transition(
        State.SUBMITTED, _APPROVER, blockers=("round_open", "checks_pass")
    ),
    (State.SUBMITTED, Action.ACCEPT): Transition(
        State.ACCEPTED, _REVIEWER, at_office=True, blockers=("not_own_report",)
    ),
    (State.SUBMITTED, Action.RETURN): Transition(
        State.RETURNED,
        _REVIEWER,
        at_office=True,
        needs_note=True,
        comments_suffice=True,
        blockers=("not_own_report", "round_open"),
    ),
    # A report that was returned stays so through the unit's own hands; only its date moves.
    **{
        (state, Action.MOVE_DATE): Transition(
            state,
            _REVIEWER,
            at_office=True,
            needs_note=True,
            blockers=("not_own_report", "round_open", "was_returned"),
        )
        for state in (State.RETURNED, State.IN_PROGRESS, State.AWAITING_APPROVAL)
    },
    **{
        (state, Action.EXTEND): Transition(
            state, _LEAD, at_office=True, needs_note=True, blockers=("round_open", "not_sent_yet")
        )
        for state in (State.NOT_STARTED, State.IN_PROGRESS, State.AWAITING_APPROVAL)
    },
    # More time is asked for while the report is owed, a returned one too. Whoever writes may ask: a unit whose
    # approver is away needs it most; the approver hears of it at once and may withdraw it.
    **{
        (state, action): Transition(state, _REPORTER, needs_note=needs_note, blockers=blockers)
        for state in (State.NOT_STARTED, State.IN_PROGRESS, State.AWAITING_APPROVAL, State.RETURNED)
        for action, needs_note, blockers in (
            (Action.ASK_EXTENSION, True, ("round_open", "no_request_waits")),
            (Action.WITHDRAW_EXTENSION, False, ("a_request_waits",)),
        )
    },
    **{
        (state, Action.DECLINE_EXTENSION): Transition(
            state, _REVIEWER, at_office=True, needs_note=True, blockers=("a_request_waits", "date_is_theirs")
        )
        for state in (State.NOT_STARTED, State.IN_PROGRESS, State.AWAITING_APPROVAL, State.RETURNED)
    },
    (State.ACCEPTED, Action.REOPEN): Transition(
        State.SUBMITTED, _LEAD, at_office=True, needs_note=True, blockers=("round_open",)
    ),
    **{
        (state, Action.WAIVE): Transition(
            State.WAIVED, _LEAD, at_office=True, needs_note=True, blockers=("round_open",)
        )
        for state in (State.NOT_STARTED, State.IN_PROGRESS, State.AWAITING_APPROVAL, State.RETURNED)
    },
    (State.WAIVED, Action.UNWAIVE): Transition(
        State.IN_PROGRESS, _LEAD, at_office=True, needs_note=True, blockers=("round_open",)
    ),
    **{
        (state, Action.SUPERSEDE): Transition(
            State.SUPERSEDED, _LEAD, at_office=True, needs_note=True, admin=True
        )
        for state in (State.NOT_STARTED, State.IN_PROGRESS, State.AWAITING_APPROVAL, State.RETURNED)
    },
}


class RoundState(StrEnum):
    PREPARING = "preparing"
    OPEN = "open"
    CLOSED = "closed"
    ISSUED = "issued"


ROUND_LABELS: Final[dict[str, str]] = {
    RoundState.PREPARING: "Đang chuẩn bị",
    RoundState.OPEN: "Đang mở",
    RoundState.CLOSED: "Đã khóa sổ",
    RoundState.ISSUED: "Đã phát hành",
}
ROUND_CHOICES: Final = [(s.value, ROUND_LABELS[s]) for s in RoundState]
ROUND_TRANSITIONS: Final[dict[tuple[RoundState, str], tuple[RoundState, frozenset[str], bool]]] = {
    # (state, action): (to, roles at the owning office, whether an admin may)
    (RoundState.PREPARING, "open"): (RoundState.OPEN, frozenset(), True),
    (RoundState.OPEN, "close"): (RoundState.CLOSED, _LEAD, False),
    (RoundState.CLOSED, "reopen"): (RoundState.OPEN, _LEAD, False),
    (RoundState.OPEN, "issue"): (RoundState.ISSUED, frozenset({"registry"}), False),
    (RoundState.CLOSED, "issue"): (RoundState.ISSUED, frozenset({"registry"}), False),
}


ROUND_EVENT_LABELS: Final[dict[str, str]] = {
    "outline": "Đổi đề cương",
    "prepare": "Chuẩn bị",
    "correct": "Sửa thông tin đợt",
    "open": "Mở đợt",
    "close": "Khóa sổ",
    "reopen": "Mở lại",
    "issue": "Phát hành báo cáo",
    "deadline": "Đổi thời hạn",
    "add_unit": "Thêm đơn vị",
    "hand_over": "Chuyển giao",
    "waive": "Miễn nộp",
    "unwaive": "Bỏ miễn nộp",
    "pause_reminders": "Tạm dừng nhắc việc",
    "resume_reminders": "Cho nhắc trở lại",
    "reminder_rule": "Đổi quy tắc nhắc",
    "hold_unit": "Tạm ngừng nhắc một đơn vị",
    "lift_hold": "Nhắc lại một đơn vị",
    "resend_mail": "Gửi lại một thư",
    "mail_bounced": "Ghi nhận thư bị trả lại",
    "allow_daily_mail": "Cho nhận thư gộp mỗi ngày",
    "forbid_daily_mail": "Thôi thư gộp, gửi ngay từng tin",
}
LIST_CHANGES: Final = ("add_unit", "hand_over", "waive", "unwaive")
"""Events of a round that add a unit to those expected or take one away."""


class ReportState(StrEnum):
    """State of the ministry's consolidated report."""

    DRAFTING = "drafting"
    FOR_SIGNATURE = "for_signature"
    SIGNED = "signed"
    ISSUED = "issued"
    CORRECTED = "corrected"


REPORT_LABELS: Final[dict[str, str]] = {
    ReportState.DRAFTING: "Dự thảo",
    ReportState.FOR_SIGNATURE: "Trình ký",
    ReportState.SIGNED: "Đã ký",
    ReportState.ISSUED: "Đã phát hành",
    ReportState.CORRECTED: "Đính chính",
}
REPORT_CHOICES: Final = [(s.value, REPORT_LABELS[s]) for s in ReportState]


class ReportAction(StrEnum):
    CLEAR = "clear"
    TAKE_BACK = "take_back"
    SIGN = "sign"
    ISSUE = "issue"
    CORRECT = "correct"


REPORT_ACTION_LABELS: Final[dict[str, str]] = {
    ReportAction.CLEAR: "Trình ký",
    ReportAction.TAKE_BACK: "Rút về dự thảo",
    ReportAction.SIGN: "Ghi nhận đã ký",
    ReportAction.ISSUE: "Phát hành",
    ReportAction.CORRECT: "Đính chính",
}
REPORT_TRANSITIONS: Final[dict[tuple[ReportState, ReportAction], tuple[ReportState, frozenset[str]]]] = {
    (ReportState.DRAFTING, ReportAction.CLEAR): (ReportState.FOR_SIGNATURE, _LEAD),
    (ReportState.FOR_SIGNATURE, ReportAction.TAKE_BACK): (ReportState.DRAFTING, _LEAD),
    (ReportState.FOR_SIGNATURE, ReportAction.SIGN): (ReportState.SIGNED, frozenset({"lead", "registry"})),
    (ReportState.SIGNED, ReportAction.ISSUE): (ReportState.ISSUED, frozenset({"registry"})),
    (ReportState.ISSUED, ReportAction.CORRECT): (ReportState.CORRECTED, _LEAD),
}


class LetterState(StrEnum):
    """State of an urging letter."""

    DRAFTING = "drafting"
    FOR_SIGNATURE = "for_signature"
    SIGNED = "signed"
    ISSUED = "issued"
    DROPPED = "dropped"


LETTER_LABELS: Final[dict[str, str]] = {
    LetterState.DRAFTING: "Dự thảo",
    LetterState.FOR_SIGNATURE: "Trình ký",
    LetterState.SIGNED: "Đã ký",
    LetterState.ISSUED: "Đã phát hành",
    LetterState.DROPPED: "Đã bỏ",
}
LETTER_CHOICES: Final = [(s.value, LETTER_LABELS[s]) for s in LetterState]
ON_ITS_WAY: Final = (LetterState.FOR_SIGNATURE, LetterState.SIGNED)
"""Letters that name their units for good but have not gone out yet."""


class LetterAction(StrEnum):
    CLEAR = "clear"
    TAKE_BACK = "take_back"
    SIGN = "sign"
    ISSUE = "issue"
    DROP = "drop"


LETTER_ACTION_LABELS: Final[dict[str, str]] = {
    LetterAction.CLEAR: "Trình ký",
    LetterAction.TAKE_BACK: "Rút về dự thảo",
    LetterAction.SIGN: "Ghi nhận đã ký",
    LetterAction.ISSUE: "Phát hành",
    LetterAction.DROP: "Bỏ công văn",
}
LETTER_TRANSITIONS: Final[dict[tuple[LetterState, LetterAction], tuple[LetterState, frozenset[str]]]] = {
    (LetterState.DRAFTING, LetterAction.CLEAR): (LetterState.FOR_SIGNATURE, _LEAD),
    (LetterState.DRAFTING, LetterAction.DROP): (LetterState.DROPPED, _REVIEWER),
    (LetterState.FOR_SIGNATURE, LetterAction.TAKE_BACK): (LetterState.DRAFTING, _LEAD),
    (LetterState.FOR_SIGNATURE, LetterAction.SIGN): (
        LetterState.SIGNED,
        frozenset({"lead", "registry"}),
    ),
    (LetterState.SIGNED, LetterAction.ISSUE): (LetterState.ISSUED, frozenset({"registry"})),
    (LetterState.SIGNED, LetterAction.DROP): (LetterState.DROPPED, _LEAD),
}

URGED: Final = "urge"
"""What an assignment's ledger calls a letter that names its unit; no state changes."""
URGED_LABEL: Final = "Công văn đôn đốc"


class NoticeState(StrEnum):
    PLANNED = "planned"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"
    BOUNCED = "bounced"
    SKIPPED = "skipped"


NOTICE_LABELS: Final[dict[str, str]] = {
    NoticeState.PLANNED: "Chờ gửi",
    NoticeState.CLAIMED: "Đang gửi",
    NoticeState.SENT: "Đã gửi",
    NoticeState.FAILED: "Không gửi được",
    NoticeState.BOUNCED: "Bị trả lại",
    NoticeState.SKIPPED: "Không gửi",
}
NOTICE_CHOICES: Final = [(s.value, NOTICE_LABELS[s]) for s in NoticeState]
