"""What a message says: subject, plain text and HTML of one outbox row. Writes nothing, sends nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from directives.deadlines import last_working_day
from reporting import ladder
from reporting.deadline_words import words_of
from reporting.models import NEW_DATE, Comment, Deadline, Event, Extension, ExtensionRequest, Notice
from reporting.states import STATE_LABELS, URGED, Action, State
from reporting.timeliness import kept_deadline
from units.workdays import WorkingCalendar, weekday_vi


@dataclass
class Letter:
    """The words of a message; `facts` are (label, value) pairs, `path` the page it leads to."""

    subject: str
    lead: str
    link_text: str
    path: str
    facts: list[tuple[str, str]] = field(default_factory=list)
    note: str = ""
    template: str = "message"

    @property
    def url(self) -> str:
        return f"{settings.SITE_URL}{self.path}"


def render(letter: Letter, rows: list[Notice], address: str) -> EmailMultiAlternatives:
    """The mail of the rows, which are all to one person. Its links ask to sign in where needed and then go on."""
    context = {"letter": letter, "person": rows[0].recipient.full_name, "site": settings.SITE_URL}
    mail = EmailMultiAlternatives(
        subject=letter.subject,
        body=render_to_string(f"emails/{letter.template}.txt", context),
        to=[address],
        headers={
            "Message-ID": rows[0].message_id,
            # Asks answering machines to keep silent (RFC 3834).
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(render_to_string(f"emails/{letter.template}.html", context), "text/html")
    return mail


def compose(notice: Notice, calendar: WorkingCalendar, now: datetime) -> Letter:
    """The words of a row as of `now`: days left are counted on the day it really goes out."""
    if notice.rule == NEW_DATE:
        letter = _new_date(notice, calendar, now)
    elif notice.deadline_id:
        letter = _reminder(notice, calendar, now)
    elif notice.is_reminder:
        letter = _waiting(notice, calendar, now)
    else:
        letter = _word_of_event(notice, calendar)
    letter.subject = one_line(letter.subject)
    return letter


def one_line(subject: str) -> str:
    """A header has one line, whatever names hold."""
    return " ".join(subject.split())[:255]


def day_text(day: date) -> str:
    """ "thứ Sáu 17/10/2025"."""
    return f"{weekday_vi(day)} {day:%d/%m/%Y}"


def deadline_facts(deadline: Deadline, calendar: WorkingCalendar) -> list[tuple[str, str]]:
    """A date is never half said: the phrase as printed and the last working day."""
    last = last_working_day(deadline.boundary, deadline.printed_date, calendar)
    facts = [("Thời hạn", deadline.phrase)]
    if last is not None:
        facts.append(("Ngày làm việc cuối", day_text(last)))
    return facts


OWED = {
    Deadline.Purpose.SUBMISSION: "nộp báo cáo",
    Deadline.Purpose.EXTENSION: "nộp báo cáo (đã được gia hạn)",
    Deadline.Purpose.RETURN: "bổ sung và nộp lại báo cáo",
    Deadline.Purpose.DISPATCH: "gửi báo cáo của Bộ",
}


def _reminder(notice: Notice, calendar: WorkingCalendar, now: datetime) -> Letter:
    deadline = notice.deadline
    assert deadline is not None
    words = words_of(deadline, calendar, now)
    owed = OWED[Deadline.Purpose(deadline.purpose)]
    place = notice.assignment.unit_name if notice.assignment else notice.round.owner.name
    if words.over:
        lead = f"{place} đã quá hạn {owed}. Đề nghị hoàn thành ngay."
    else:
        lead = f"{place} cần {owed}, {words.left_text}."
    facts = [("Đợt", notice.round.name), ("Đơn vị", place)]
    if notice.assignment:
        facts.append(("Trạng thái", STATE_LABELS[State(notice.assignment.state)]))
        path, link = notice.assignment.get_absolute_url(), "Mở báo cáo của đơn vị"
    else:
        path, link = notice.round.get_absolute_url(), "Mở trang của đợt"
    facts += [*deadline_facts(deadline, calendar), ("Hiện nay", words.left_text)]
    head = "Quá hạn" if words.over else "Nhắc"
    return Letter(f"{head}: {owed}, {notice.round.name} ({words.left_text})", lead, link, path, facts)


def _new_date(notice: Notice, calendar: WorkingCalendar, now: datetime) -> Letter:
    deadline = notice.deadline
    assert deadline is not None
    owed = OWED[Deadline.Purpose(deadline.purpose)]
    place = notice.assignment.unit_name if notice.assignment else notice.round.owner.name
    facts = [("Đợt", notice.round.name), ("Đơn vị", place), *deadline_facts(deadline, calendar)]
    facts.append(("Hiện nay", words_of(deadline, calendar, now).left_text))
    before = _version_before(deadline)
    if before is not None:
        facts.append(("Thay cho", before.phrase))
    about = notice.assignment or notice.round
    return Letter(
        f"Thời hạn mới: {owed}, {notice.round.name} ({deadline.phrase})",
        f"Thời hạn {owed} của {place} đã đổi. Xin bỏ thời hạn trong các thư nhắc trước.",
        "Mở báo cáo của đơn vị" if notice.assignment else "Mở trang của đợt",
        about.get_absolute_url(),
        facts,
    )


def _version_before(deadline: Deadline) -> Deadline | None:
    same = Deadline.objects.filter(
        round=deadline.round_id,
        purpose=deadline.purpose,
        group=deadline.group_id,
        assignment=deadline.assignment_id,
    )
    return same.filter(version=deadline.version - 1).first()


def waiting_days(event: Event, calendar: WorkingCalendar, now: datetime) -> int:
    """Working days gone by since the event."""
    return calendar.working_days_between(timezone.localdate(event.at), timezone.localdate(now))


def _waiting(notice: Notice, calendar: WorkingCalendar, now: datetime) -> Letter:
    """Of a report that waits for the office, or for the unit's leader to approve it."""
    event, assignment = notice.event, notice.assignment
    assert event is not None
    assert assignment is not None
    days, since = waiting_days(event, calendar, now), timezone.localtime(event.at)
    facts = [("Đợt", notice.round.name), ("Đơn vị", assignment.unit_name)]
    if at_office(notice):
        return Letter(
            f"Chờ Văn phòng xem {days} ngày làm việc: báo cáo của {assignment.unit_name}, {notice.round.name}",
            f"Báo cáo của {assignment.unit_name} đã chờ {days} ngày làm việc mà Văn phòng chưa tiếp nhận "
            "hoặc trả lại.",
            "Mở trang xem báo cáo",
            review_path(notice),
            [*facts, ("Chờ từ lúc", f"{since:%H:%M ngày %d/%m/%Y}")],
        )
    deadline = kept_deadline(assignment)
    facts += [("Trình lúc", f"{since:%H:%M ngày %d/%m/%Y}"), ("Người trình", event.actor.full_name)]
    facts += [
        *deadline_facts(deadline, calendar),
        ("Hiện nay", words_of(deadline, calendar, now).left_text),
    ]
    return Letter(
        f"Chờ duyệt {days} ngày làm việc: báo cáo {notice.round.name}",
        f"Báo cáo của {assignment.unit_name} đã trình được {days} ngày làm việc và đang chờ đồng chí duyệt, "
        "nộp hoặc chuyển lại người soạn.",
        "Mở báo cáo của đơn vị",
        assignment.get_absolute_url(),
        facts,
    )


def at_office(notice: Notice) -> bool:
    """Whether the row reminds the office of a report that waits for it."""
    return notice.rule.startswith(f"{ladder.BACKLOG}-")


def review_path(notice: Notice) -> str:
    """The office's page of the report the row speaks of."""
    assert notice.assignment is not None
    return reverse("reporting:review", args=[notice.round.code, notice.assignment.unit.code])


_SUBJECTS: dict[str, str] = {
    Action.REQUEST_APPROVAL: "Chờ duyệt: báo cáo {round}",
    Action.SEND_BACK: "Lãnh đạo đơn vị chuyển lại: báo cáo {round}",
    Action.SUBMIT: "Phiếu tiếp nhận: báo cáo {round}",
    Action.ACCEPT: "Đã tiếp nhận: báo cáo {round}",
    Action.RETURN: "Trả lại bổ sung: báo cáo {round}",
    Action.MOVE_DATE: "Hạn bổ sung mới: báo cáo {round}",
    Action.EXTEND: "Được gia hạn: báo cáo {round}",
    Action.ASK_EXTENSION: "Xin gia hạn: {unit}, báo cáo {round}",
    Action.WITHDRAW_EXTENSION: "Rút đề nghị gia hạn: {unit}, báo cáo {round}",
    Action.DECLINE_EXTENSION: "Không gia hạn: báo cáo {round}",
    Action.ASK_CONTACTS: "Xác nhận đầu mối: {unit}",
    Action.CORRECT_CONTACTS: "Đầu mối không còn đúng: {unit}",
    Action.REOPEN: "Mở lại để xem xét: báo cáo {round}",
    Action.WAIVE: "Được miễn nộp: báo cáo {round}",
    Action.UNWAIVE: "Phải nộp trở lại: báo cáo {round}",
    Action.SUPERSEDE: "Đã chuyển giao: báo cáo {round}",
    URGED: "Công văn đôn đốc: báo cáo {round}",
}
_LEADS: dict[str, str] = {
    Action.REQUEST_APPROVAL: "{actor} trình báo cáo của {unit} để đồng chí duyệt và nộp.",
    Action.SEND_BACK: "{actor} chuyển lại báo cáo của {unit} để người soạn sửa tiếp.",
    Action.SUBMIT: "Báo cáo của {unit} đã được {actor} duyệt và nộp. Cổng đã nhận và giữ nguyên bản nộp.",
    Action.ACCEPT: "Báo cáo của {unit} đã được tiếp nhận và đưa vào tổng hợp.",
    Action.RETURN: "Báo cáo của {unit} được trả lại để bổ sung rồi nộp lại.",
    Action.MOVE_DATE: "Văn phòng dời hạn bổ sung báo cáo của {unit} sang ngày mới.",
    Action.EXTEND: "Văn phòng gia hạn nộp báo cáo cho {unit}.",
    Action.ASK_EXTENSION: "{actor} thay mặt {unit} xin thêm thời gian nộp báo cáo.",
    Action.WITHDRAW_EXTENSION: "{actor} rút đề nghị gia hạn của {unit}; không cần trả lời nữa.",
    Action.DECLINE_EXTENSION: "Văn phòng không gia hạn cho {unit}. Thời hạn đang có vẫn giữ nguyên.",
    Action.ASK_CONTACTS: "Đề nghị {unit} xem lại người soạn, người duyệt và địa chỉ trong cổng rồi bấm xác nhận.",
    Action.CORRECT_CONTACTS: "{actor} báo người của {unit} trong cổng không còn đúng.",
    Action.REOPEN: "Báo cáo đã tiếp nhận của {unit} được mở lại để xem xét; đơn vị chưa phải làm gì.",
    Action.WAIVE: "{unit} được miễn nộp báo cáo của đợt này; cổng sẽ không nhắc nữa.",
    Action.UNWAIVE: "{unit} không còn được miễn và cần nộp báo cáo của đợt này.",
    Action.SUPERSEDE: "Nhiệm vụ báo cáo của {unit} đã được chuyển giao cho đơn vị kế nhiệm.",
    URGED: "Bộ có công văn đôn đốc {unit} gửi báo cáo. Đề nghị đồng chí hoàn thành ngay.",
}


def _word_of_event(notice: Notice, calendar: WorkingCalendar) -> Letter:
    event, assignment = notice.event, notice.assignment
    assert event is not None
    assert assignment is not None
    names = {"round": notice.round.name, "unit": assignment.unit_name, "actor": event.actor.full_name}
    letter = Letter(
        subject=_SUBJECTS[event.action].format(**names),
        lead=_LEADS[event.action].format(**names),
        link_text="Mở báo cáo của đơn vị",
        path=assignment.get_absolute_url(),
        facts=[("Đợt", notice.round.name), ("Đơn vị", assignment.unit_name)],
        note=event.note,
    )
    if event.action == Action.SUBMIT:
        _tell_receipt(letter, event)
    elif event.action == Action.RETURN and assignment.return_deadline is not None:
        letter.facts += _return_facts(event, assignment.return_deadline, calendar)
    elif event.action == Action.MOVE_DATE and assignment.return_deadline is not None:
        letter.facts += deadline_facts(assignment.return_deadline, calendar)
    elif event.action == Action.EXTEND and assignment.extension is not None:
        letter.facts += _extension_facts(assignment.extension, calendar)
    elif event.action in (Action.ASK_EXTENSION, Action.WITHDRAW_EXTENSION, Action.DECLINE_EXTENSION):
        letter.link_text, letter.path = (
            "Mở đề nghị gia hạn",
            reverse("reporting:extension_ask", args=[assignment.pk]),
        )
        letter.facts += _request_facts(event, calendar)
    elif event.action == URGED:
        _tell_letter(letter, event, calendar)
    elif event.action in (Action.ASK_CONTACTS, Action.CORRECT_CONTACTS):
        place = reverse("reporting:contacts", args=[assignment.unit.code])
        letter.link_text, letter.path = "Mở trang đầu mối của đơn vị", place
    elif event.action in (Action.REQUEST_APPROVAL, Action.UNWAIVE):
        letter.facts += deadline_facts(kept_deadline(assignment), calendar)
    return letter


def _request_facts(event: Event, calendar: WorkingCalendar) -> list[tuple[str, str]]:
    """Until when the unit asks, beside the date it has: the request the event opened or ended."""
    own = ExtensionRequest.objects.filter(assignment=event.assignment)
    request = own.filter(Q(asked_at=event.at) | Q(answered_at=event.at)).last()
    asked = [("Xin gia hạn đến hết ngày", day_text(request.until))] if request else []
    now, *rest = deadline_facts(kept_deadline(event.assignment), calendar)
    return [*asked, ("Thời hạn đang có", now[1]), *rest]


def _extension_facts(extension: Extension, calendar: WorkingCalendar) -> list[tuple[str, str]]:
    facts = deadline_facts(extension.deadline, calendar)
    facts.append(("Cách tính", extension.counting))
    if extension.decision_number:
        facts.append(("Số văn bản quyết định", extension.decision_number))
    return facts


def _tell_letter(letter: Letter, event: Event, calendar: WorkingCalendar) -> None:
    """The urging letter that names the unit: number, the dates owed and given, where it is read."""
    urging = event.urged_unit.letter
    letter.note = ""
    letter.link_text = "Đọc công văn"
    letter.path = reverse("reporting:unit_letter", args=[event.assignment_id, urging.pk])
    last = last_working_day(urging.reply_boundary, urging.reply_by, calendar)
    letter.facts += [("Công văn", f"{urging.code} ngày {urging.issued_on:%d/%m/%Y}")]
    letter.facts += deadline_facts(kept_deadline(event.assignment), calendar)
    letter.facts.append(("Thời hạn trong công văn", urging.reply_phrase))
    if last is not None:
        letter.facts.append(("Ngày làm việc cuối của thời hạn đó", day_text(last)))


def _tell_receipt(letter: Letter, event: Event) -> None:
    receipt = event.assignment.submissions.filter(submitted_at=event.at).order_by("-number").first()
    if receipt is None:
        return
    letter.link_text, letter.path = "Mở phiếu tiếp nhận", reverse("reporting:receipt", args=[receipt.code])
    letter.facts += [
        ("Mã phiếu", receipt.code),
        ("Nộp lúc", f"{timezone.localtime(receipt.submitted_at):%H:%M:%S ngày %d/%m/%Y}"),
        ("Mã băm SHA-256", receipt.sha256),
    ]


def _return_facts(event: Event, deadline: Deadline, calendar: WorkingCalendar) -> list[tuple[str, str]]:
    comments = Comment.objects.filter(submission__assignment=event.assignment, sent_at=event.at).count()
    return [("Số ý kiến", str(comments)), *deadline_facts(deadline, calendar)]


def bell_text(notice: Notice) -> str:
    """One line for the bell and the log: the subject once composed, else the rule in words."""
    if notice.subject:
        return notice.subject
    return rule_text(notice)


def rule_text(notice: Notice) -> str:
    """Why the row exists: the rung of the ladder, or what happened."""
    if notice.rule == NEW_DATE:
        return "Thời hạn thay đổi"
    if notice.is_reminder:
        return ladder.rule_label(notice.rule)
    return _SUBJECTS[notice.rule].partition(":")[0]
