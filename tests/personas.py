"""Everybody who may stand before a page, and a scene with something of each kind to look at.

The scene has two units that are alike, `cuc-a` ("own") and `benh-vien-b` ("other"): each has sent a report
with a file, got it back with a comment and put another file to its draft. A third unit's report is accepted
and used in the ministry's report; further rounds stand at every later step up to the issue.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import get_connection

from directives import readings
from directives.models import Directive, DirectiveFile, Reading, Relation, Requirement, StatusChange
from directives.register import attach, change_status
from reporting import (
    consolidation,
    extension_requests,
    issuing,
    notifying,
    reminders,
    rendering,
    reviewing,
    urging,
    urging_issue,
)
from reporting.attaching import add_attachment
from reporting.models import (
    Assignment,
    Attachment,
    Comment,
    Deadline,
    ExtensionRequest,
    Notice,
    Paragraph,
    Passage,
    RenderJob,
    Report,
    Round,
    Section,
    StoredFile,
    Submission,
    UrgingLetter,
)
from tests.factories import (
    PASSWORD,
    World,
    accept,
    at,
    give,
    make_round,
    make_world,
    person,
    return_report,
    submit,
)
from units import uploads
from units.extraction.papers import Extracted
from units.models import CalendarDay, Delegation, Role, Unit, User
from units.people import delegate

OWN, OTHER = "cuc-a", "benh-vien-b"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


class Persona(StrEnum):
    """Who asks. `NEIGHBOUR` writes for the other unit, `OTHER_OFFICE` reviews at a unit that owns no round."""

    ANONYMOUS = "anonymous"
    REPORTER = "reporter"
    APPROVER = "approver"
    NEIGHBOUR = "neighbour"
    OUTSIDER = "outsider"
    STRANGER = "stranger"
    OTHER_OFFICE = "other-office"
    REVIEWER = "reviewer"
    LEAD = "lead"
    REGISTRY = "registry"
    ADMIN = "admin"


@dataclass
class Thing:
    """One unit's rows in the open round: what addresses of its pages are made of."""

    unit: Unit
    assignment: Assignment
    section: Section
    submission: Submission
    comment: Comment
    unsent_comment: Comment
    sent_file: Attachment
    draft_file: Attachment
    waiting: Assignment
    """The unit's report in the second round: sent, waits for the office, holds `unsent_comment`."""
    asked: ExtensionRequest | None = None
    """The unit's request for more time in the round whose report is signed."""


@dataclass
class Scene:
    """The world, who stands in it, and one row of every kind that an address may name."""

    world: World
    people: dict[Persona, User]
    things: dict[str, Thing]
    passage: Passage
    paragraph: Paragraph
    job: RenderJob
    report_file: StoredFile
    issued_file: StoredFile
    directive_file: DirectiveFile
    relation: Relation
    requirement: Requirement
    status_change: StatusChange
    deadline: Deadline
    delegation: Delegation
    day: CalendarDay
    letters: dict[str, UrgingLetter]
    """By state: drafting and issued in the open round, for_signature and signed in the rounds of that name."""
    rounds: dict[str, Round] = field(default_factory=dict)
    """By state: open, preparing, for_signature, signed, issued."""
    readings: dict[str, Reading] = field(default_factory=dict)
    """read: with proposals and a file; unread: a file that could not be read; letters: in an old font."""

    @property
    def directive(self) -> Directive:
        return self.directive_file.directive

    def relation_of(self, persona: Persona, unit_code: str) -> Persona:
        """Who the persona is to that unit: its own reporter is the neighbour of the other unit, and back."""
        if unit_code == OWN:
            return persona
        if persona in (Persona.REPORTER, Persona.APPROVER):
            return Persona.NEIGHBOUR
        return Persona.REPORTER if persona == Persona.NEIGHBOUR else persona

    def notice_of(self, user: User) -> Notice | None:
        return Notice.objects.filter(recipient=user, channel="in_app", sent_at__isnull=False).first()


def upload(name: str = "phu-luc.pdf", body: bytes = PDF) -> SimpleUploadedFile:
    """A small file that is taken; each name gives other bytes, so that no two share a hash."""
    return SimpleUploadedFile(name, body + name.encode(), content_type="application/pdf")


def make_people(world: World) -> dict[Persona, User]:
    """Every persona who signs in. Passwords stay unusable unless `set_passwords` is called."""
    elsewhere = Unit.objects.create(code="vu-khac", name="Vụ không chủ trì đợt nào")
    return {
        Persona.REPORTER: world.reporters[OWN],
        Persona.APPROVER: world.approvers[OWN],
        Persona.NEIGHBOUR: world.reporters[OTHER],
        Persona.OUTSIDER: world.outsider,
        Persona.STRANGER: person("chua-giao-viec", "Người chưa được giao việc"),
        Persona.OTHER_OFFICE: give(person("xem-noi-khac", "Chuyên viên nơi khác"), elsewhere, Role.REVIEWER),
        Persona.REVIEWER: world.reviewer,
        Persona.LEAD: world.lead,
        Persona.REGISTRY: world.registry,
        Persona.ADMIN: world.admin,
    }


def set_passwords(users: list[User]) -> None:
    """Give each the test password; hashed once, for hashing is slow by design."""
    users[0].set_password(PASSWORD)
    User.objects.filter(pk__in=[user.pk for user in users]).update(password=users[0].password)


def make_scene() -> Scene:
    """Everything above, through the domain's own functions; needs MEDIA_ROOT to be one's own."""
    world = make_world()
    people = make_people(world)
    second = make_round(world, code="khoa-giao-2025-bo-sung", opened_at="2025-09-16 09:00")
    things = {code: _make_thing(world, code, second) for code in (OWN, OTHER)}
    _accepted_by_the_office(world)
    main = consolidation.start_report(world.round, actor=world.reviewer, now=at("2025-10-14 08:00"))
    passages = list(Passage.objects.filter(submission__assignment__unit__code="so-c")[:3])
    paragraph = consolidation.take(main, passages[0], actor=world.reviewer, now=at("2025-10-14 08:05"))
    consolidation.merge(passages[1], into=paragraph, actor=world.reviewer, now=at("2025-10-14 08:06"))
    consolidation.write(
        main, paragraph.section, "Lời của Văn phòng.", actor=world.reviewer, now=at("2025-10-14 08:07")
    )
    job = rendering.request_print(main, actor=world.reviewer, now=at("2025-10-14 09:00"))
    rendering.run_waiting(at("2025-10-14 09:01"))
    rounds, issued = _later_steps(world)
    for thing in things.values():
        thing.asked = _ask_for_time(world, thing.unit, rounds["signed"])
    file = _directive_file(world)
    scene = Scene(
        world=world,
        people=people,
        things=things,
        passage=passages[2],
        paragraph=paragraph,
        job=job,
        report_file=StoredFile.objects.filter(report=main).first(),
        issued_file=StoredFile.objects.filter(report=issued, frozen=True).first(),
        directive_file=file,
        relation=Relation.objects.filter(from_directive=file.directive).first(),
        requirement=Requirement.objects.filter(directive=file.directive).first(),
        status_change=_status_change(world),
        deadline=Deadline.objects.filter(round=world.round, purpose="submission", replaced_at=None).first(),
        delegation=_delegation(world),
        day=CalendarDay.objects.first(),
        letters=_letters({"open": world.round, **rounds}, world),
        rounds={"open": world.round, "second": second, **rounds},
    )
    scene.readings = _readings(world)
    _name_rounds_apart(scene.rounds)
    _tell_everybody()
    return scene


def _status_change(world: World) -> StatusChange:
    """A paper of the register that another one amends."""
    amended, by = world.directives["20-nq-2012"], world.directives["20-kh"]
    now = at("2025-09-16 08:00")
    change_status(amended, "amended", since=now.date(), by=by, actor=world.admin, now=now)
    return amended.status_changes.get(status="amended")


def _name_rounds_apart(rounds: dict[str, Round]) -> None:
    """No two rounds of an office bear one name; those of the scene are all of 2025."""
    for number, row in enumerate(rounds.values(), start=1):
        if number > 1:
            row.name = f"{row.name}, đợt {number}"
            Round.objects.filter(pk=row.pk).update(name=row.name)


def _make_thing(world: World, code: str, second: Round) -> Thing:
    assignment = world.assignment(code)
    reporter = world.reporters[code]
    # A file may only be put to a draft, so it goes in before the report does.
    sent_file = add_attachment(
        assignment, upload(f"da-nop-{code}.pdf"), section=None, actor=reporter, now=at("2025-10-09 09:00")
    )
    submission = submit(world, code)
    assignment = return_report(world, code)
    draft_file = add_attachment(
        assignment, upload(f"nhap-{code}.pdf"), section=None, actor=reporter, now=at("2025-10-13 09:00")
    )
    comment = submission.comments.select_related("section").first()
    waiting, unsent = _waiting(world, code, second)
    rendering.keep(
        StoredFile.Kind.SUBMISSION_PDF,
        PDF,
        name=f"{submission.code}.pdf",
        now=at("2025-10-11 15:01"),
        pages=1,
        frozen=True,
        submission=submission,
    )
    return Thing(
        unit=assignment.unit,
        assignment=assignment,
        section=Section.objects.get(pk=comment.section_id),
        submission=submission,
        comment=comment,
        unsent_comment=unsent,
        sent_file=sent_file,
        draft_file=draft_file,
        waiting=waiting,
    )


def _waiting(world: World, code: str, second: Round) -> tuple[Assignment, Comment]:
    first, world.round = world.round, second
    try:
        submission = submit(world, code, "2025-10-11 15:00")
        assignment = world.assignment(code)
    finally:
        world.round = first
    passage = submission.passages.select_related("section").first()
    comment = reviewing.add_comment(
        submission,
        passage.section,
        text="Đề nghị nêu rõ thời gian.",
        passage=passage,
        actor=world.reviewer,
        now=at("2025-10-12 08:00"),
    )
    return assignment, comment


def _ask_for_time(world: World, unit: Unit, row: Round) -> ExtensionRequest:
    return extension_requests.ask(
        Assignment.objects.select_related("round", "unit", "deadline").get(round=row, unit=unit),
        until=at("2025-10-27 08:00").date(),
        reason="Bão số 10 làm ngập trụ sở.",
        actor=world.reporters[unit.code],
        now=at("2025-10-13 08:00"),
    )


def _accepted_by_the_office(world: World) -> None:
    submit(world, "so-c")
    accept(world, "so-c")


def _later_steps(world: World) -> tuple[dict[str, Round], Report]:
    """Rounds whose report stands before signature, before issue, and issued; and one not opened yet."""
    rounds = {"preparing": make_round(world, code="khoa-giao-chuan-bi", opened_at=None)}
    reports: dict[str, Report] = {}
    own_round = world.round
    for state in ("for_signature", "signed", "issued"):
        row = make_round(
            world,
            code=f"khoa-giao-{state.replace('_', '-')}",
            opened_at="2025-09-17 09:00",
            outline="khoa_giao",
        )
        rounds[state] = row
        world.round = row
        if state == "issued":
            submit(world, "so-c")
            accept(world, "so-c")
        report = consolidation.start_report(row, actor=world.reviewer, now=at("2025-11-01 08:00"))
        if state == "issued":
            used = Passage.objects.filter(submission__assignment__round=row).first()
            consolidation.take(report, used, actor=world.reviewer, now=at("2025-11-01 08:05"))
        issuing.clear(report, actor=world.lead, now=at("2025-11-02 08:00"))
        if state != "for_signature":
            issuing.sign(
                report,
                authority="KT. BỘ TRƯỞNG",
                post="THỨ TRƯỞNG",
                name="Nguyễn Văn Ký",
                signed_on=at("2025-11-03 08:00").date(),
                actor=world.lead,
                now=at("2025-11-03 08:00"),
            )
        if state == "issued":
            day = at("2025-11-04 08:00")
            issuing.issue(report, number=1234, issued_on=day.date(), actor=world.registry, now=day)
        reports[state] = report
    world.round = own_round
    return rounds, reports["issued"]


def _letters(rounds: dict[str, Round], world: World) -> dict[str, UrgingLetter]:
    """Urging letters at every step; the issued one names both units."""
    day = at("2025-11-06 08:00")
    made = {}
    for name, row in (
        ("issued", rounds["open"]),
        ("signed", rounds["signed"]),
        ("for_signature", rounds["for_signature"]),
    ):
        letter = urging.start(row, actor=world.reviewer, now=day)
        urging_issue.clear(letter, seen_version=letter.version, actor=world.lead, now=day)
        if name != "for_signature":
            authority, post = urging_issue.SIGNERS[0]
            urging_issue.sign(
                letter,
                authority=authority,
                post=post,
                name="Trần Văn Ký",
                signed_on=day.date(),
                actor=world.registry,
                now=day,
            )
        if name == "issued":
            urging_issue.issue(letter, number=41, issued_on=day.date(), actor=world.registry, now=day)
        made[name] = letter
    made["drafting"] = urging.start(rounds["open"], actor=world.reviewer, now=at("2025-11-07 08:00"))
    return made


def _directive_file(world: World) -> DirectiveFile:
    """A file of a paper that has relations and requirements."""
    stored = uploads.store(upload("ban-chinh.pdf"), folder="van-ban")
    return attach(world.plan, stored, actor=world.admin, now=at("2025-01-11 08:00"))


_READ = """CÔNG VĂN

Căn cứ Chỉ thị số 05-CT/TW ngày 12/3/2024 của Ban Bí thư về phòng, chống dịch bệnh.

1. Sở Y tế các tỉnh, thành phố báo cáo về Bộ Y tế trước ngày 15/9/2025.
"""


def _readings(world: World) -> dict[str, Reading]:
    now = at("2025-01-12 08:00")

    def extracted(text: str, legacy: str | None = None) -> Extracted:
        return Extracted(
            text, "txt", None, ("Trang 2 không có chữ.",), legacy, "Kế hoạch" if legacy else text
        )

    def begun(found: Extracted | None, why: str = "") -> Reading:
        file = uploads.store(upload("van-ban.pdf"), folder="van-ban")
        return readings.begin(found, stored=file, unreadable=why, actor=world.admin, now=now)

    return {
        "read": begun(extracted(_READ)),
        "unread": begun(None, "Tệp van-ban.pdf là bản quét."),
        "letters": begun(extracted("KÕ ho¹ch", "tcvn3")),
    }


def _delegation(world: World) -> Delegation:
    """The approver of the own unit has a deputy who is none of the personas."""
    return delegate(
        unit=world.approvers[OWN].memberships.get().unit,
        principal=world.approvers[OWN],
        deputy=world.reporters["so-c"],
        authority="KT.",
        valid_from=at("2025-10-01 08:00").date(),
        valid_to=None,
        reference="",
        actor=world.admin,
        now=at("2025-10-01 08:00"),
    )


def _tell_everybody() -> None:
    """Let the outbox run, so that there are reminders, mails and notices to look at."""
    mail = get_connection("django.core.mail.backends.locmem.EmailBackend")
    for moment in (at("2025-10-29 08:01"), at("2025-11-05 08:01")):
        reminders.plan_due(moment)
        notifying.send_all_due(moment, mail)


__all__ = [
    "OTHER",
    "OWN",
    "PDF",
    "Persona",
    "Scene",
    "Thing",
    "make_people",
    "make_scene",
    "set_passwords",
    "upload",
]
