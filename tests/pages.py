"""Every address of the portal, from the URLconf, with who gets what there.

`addresses()` walks the resolver; `ROWS` says for each name which rows of the scene it takes and what every
persona gets. The access matrix, the axe run and the screenshots all read this one list; a name without a row
fails a test, and so does a row without a name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from reporting import reminder_rules
from reporting.models import Channel, Notice
from reporting.states import NoticeState
from tests.personas import Persona, Scene, Thing
from units.contacts import contacts_of


class Answer(Enum):
    """What somebody gets. OK: the page, or for a post that it was heard; MOVED: on to another page;

    LOGIN: to the login page, which knows where to come back to; GONE: 404; DENIED: 403, says who may;
    REFUSED: the page again, or 403, with nothing changed.
    """

    OK = "ok"
    MOVED = "moved"
    LOGIN = "login"
    GONE = "gone"
    DENIED = "denied"
    REFUSED = "refused"


Audience = Mapping[Persona, Answer]
OK, MOVED, LOGIN, GONE, DENIED, REFUSED = Answer
UNIT = (Persona.REPORTER, Persona.APPROVER)
OFFICE = (Persona.REVIEWER, Persona.LEAD, Persona.REGISTRY)


def audience(
    others: Answer, *known: tuple[tuple[Persona, ...], Answer], anonymous: Answer = LOGIN
) -> Audience:
    """Everybody's answer: `others` for whoever is not named."""
    answers = dict.fromkeys(Persona, others) | {Persona.ANONYMOUS: anonymous}
    for personas, answer in known:
        answers |= dict.fromkeys(personas, answer)
    return answers


PUBLIC = audience(OK, anonymous=OK)
SIGNED_IN = audience(OK)
OF_UNIT = audience(GONE, (UNIT, OK))
APPROVER_ACTS = audience(GONE, ((Persona.APPROVER,), OK), ((Persona.REPORTER,), REFUSED))
UNIT_AND_OFFICE = audience(GONE, (UNIT + OFFICE, OK))
AT_OFFICE = audience(GONE, (OFFICE, OK))
EDITORS_ACT = audience(GONE, ((Persona.REVIEWER, Persona.LEAD), OK), ((Persona.REGISTRY,), REFUSED))
LEAD_ACTS = audience(GONE, ((Persona.LEAD,), OK), ((Persona.REVIEWER, Persona.REGISTRY), REFUSED))
EDITORS_SEE = audience(GONE, ((Persona.REVIEWER, Persona.LEAD), OK), ((Persona.REGISTRY,), DENIED))
_URGERS = (Persona.REVIEWER, Persona.LEAD, Persona.ADMIN)
URGES = audience(GONE, (_URGERS, OK), ((Persona.REGISTRY,), REFUSED))
URGES_SEE = audience(GONE, (_URGERS, OK), ((Persona.REGISTRY,), DENIED))
LEAD_SEES = audience(GONE, ((Persona.LEAD,), OK), ((Persona.REVIEWER, Persona.REGISTRY), DENIED))
SIGNERS_SEE = audience(GONE, ((Persona.LEAD, Persona.REGISTRY), OK), ((Persona.REVIEWER,), DENIED))
REGISTRY_SEES = audience(GONE, ((Persona.REGISTRY,), OK), ((Persona.REVIEWER, Persona.LEAD), DENIED))
_LOOKERS = (*OFFICE, Persona.ADMIN)
AT_OFFICE_OR_ADMIN = audience(GONE, (_LOOKERS, OK))
SEES_CONTACTS = audience(GONE, ((*UNIT, *_LOOKERS), OK))
SAYS_CONTACTS = audience(GONE, (UNIT, OK), (_LOOKERS, REFUSED))
_ONLY_LOOK = (Persona.REVIEWER, Persona.REGISTRY, Persona.ADMIN)
LEAD_RULES = audience(GONE, ((Persona.LEAD,), OK), (_ONLY_LOOK, REFUSED))
LEAD_RULES_SEE = audience(GONE, ((Persona.LEAD,), OK), (_ONLY_LOOK, DENIED))
ADMIN_ONLY = audience(DENIED, ((Persona.ADMIN,), OK))

Kwargs = Callable[[Scene, Thing], dict[str, Any]]


@dataclass(frozen=True)
class Row:
    """One address. `get` or `post` is None where the verb is not taken (405).

    `unit`: asked once for the own and once for the other unit. `acts`: the post with `data` changes rows
    when somebody who may does it. `page`: an HTML page, to be looked at by axe.
    """

    name: str
    get: Audience | None = None
    post: Audience | None = None
    kwargs: Kwargs = lambda scene, thing: {}
    data: Kwargs = lambda scene, thing: {}
    unit: bool = False
    acts: bool = False
    page: bool = True
    case: str = ""

    def __str__(self) -> str:
        return f"{self.name} ({self.case})" if self.case else self.name

    def path(self, scene: Scene, thing: Thing) -> str:
        return reverse(self.name, kwargs=self.kwargs(scene, thing))


def addresses() -> Iterator[tuple[str, str]]:
    """(name with namespace, pattern) of every address; the name is empty where a pattern has none."""
    return _walk(get_resolver().url_patterns, "", "")


def _walk(patterns: list[Any], space: str, before: str) -> Iterator[tuple[str, str]]:
    for entry in patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry.url_patterns, inner, f"{before}{entry.pattern}")
        elif isinstance(entry, URLPattern):
            yield (f"{space}{entry.name}" if entry.name else "", f"{before}{entry.pattern}")


def expected(row: Row, verb: str, scene: Scene, persona: Persona, unit_code: str) -> Answer | None:
    """What the persona gets; None where nobody may use that verb."""
    answers = row.get if verb == "GET" else row.post
    return (
        None if answers is None else answers[scene.relation_of(persona, unit_code) if row.unit else persona]
    )


# --- what addresses are made of


def _round(state: str = "open") -> Kwargs:
    return lambda scene, thing: {"code": scene.rounds[state].code}


def _duty(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"pk": thing.assignment.pk}


def _duty_and(**of_thing: Callable[[Thing], Any]) -> Kwargs:
    return lambda scene, thing: {"pk": thing.assignment.pk} | {k: get(thing) for k, get in of_thing.items()}


def _asking(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"pk": thing.asked.assignment_id}


def _asked(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"pk": thing.asked.assignment_id, "request_pk": thing.asked.pk}


def _receipt(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"code": thing.submission.code}


def _unprinted(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"code": thing.waiting.submissions.get().code}


def _review(state: str = "second", **more: Callable[[Thing], Any]) -> Kwargs:
    return lambda scene, thing: (
        {"code": scene.rounds[state].code, "unit_code": thing.unit.code}
        | {k: get(thing) for k, get in more.items()}
    )


def _bench(*extra: str) -> Kwargs:
    """The bench of the section with the ministry's paragraph; `extra` names further parts of the address."""

    def parts(scene: Scene, thing: Thing) -> dict[str, Any]:
        source = scene.paragraph.sources.first()
        values = {
            "passage": {"pk": scene.passage.pk},
            "paragraph": {"pk": scene.paragraph.pk},
            "source": {"pk": source.pk},
            "newer": {"passage_pk": scene.passage.pk},
        }
        found = {"code": scene.rounds["open"].code, "key": scene.passage.section.key}
        if extra and extra[0] != "passage":
            found["key"] = scene.paragraph.section.key
        for name in extra:
            found |= values[name]
        return found

    return parts


def _paper(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"pk": scene.directive.pk}


def _paper_and(name: str, of_scene: Callable[[Scene], Any]) -> Kwargs:
    return lambda scene, thing: {"pk": scene.directive.pk, name: of_scene(scene).pk}


def _numbered_paper(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"pk": scene.world.directives["25-ct"].pk}


def _repeal(scene: Scene, thing: Thing) -> dict[str, Any]:
    by = scene.world.directives["20-kh"].pk
    return {"hl-status": "repealed", "hl-since": "01/10/2025", "hl-by": str(by)}


def _reading(state: str = "read", **more: Any) -> Kwargs:
    return lambda scene, thing: {"pk": scene.readings[state].pk} | more


def _attached(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"pk": scene.readings["read"].pk, "directive_pk": scene.directive.pk}


def _notice(scene: Scene, thing: Thing) -> dict[str, Any]:
    reporter = scene.world.reporters[thing.unit.code]
    found = scene.notice_of(reporter)
    assert found is not None, "the scene tells every reporter something"
    return {"pk": found.pk}


def _sent_mail(scene: Scene, thing: Thing) -> dict[str, Any]:
    """A mail to somebody at the unit that has gone out."""
    sent = Notice.objects.filter(assignment__unit=thing.unit, channel=Channel.EMAIL, state=NoticeState.SENT)
    row = sent.exclude(rule="request_approval").latest("pk")
    return {"code": row.round.code, "pk": row.pk}


def _unit(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"code": thing.unit.code}


def _unit_code(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"unit_code": thing.unit.code}


def _seen_people(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"seen": contacts_of([thing.unit], timezone.localdate())[thing.unit.pk].signature}


def _soon() -> str:
    return f"{timezone.localdate() + timedelta(days=30):%d/%m/%Y}"


def _rule(scene: Scene, thing: Thing) -> dict[str, Any]:
    row = scene.rounds["open"]
    return {"code": row.code, "pk": reminder_rules.in_force(row)[0].pk}


def _new_rule(scene: Scene, thing: Thing) -> dict[str, Any]:
    fields = {"kind": "submission", "days": "5", "side": "before", "at": "8:00", "told": ["reporters"]}
    return {f"moi-{name}": value for name, value in fields.items()}


def _changed_rule(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"days": "21", "side": "before", "at": "9h30", "told": ["reporters", "lead"]}


def _hour(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"gio-at": "14:30"}


def _bad_reset_key(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"uidb36": "1", "key": "khong-dung"}


def _section_form(scene: Scene, thing: Thing) -> dict[str, Any]:
    answer = thing.assignment.answers.filter(section=thing.section).first()
    assert answer is not None
    words = "Nội dung sửa lại."
    return {"kind": "content", "narrative": words, "version": str(answer.version), "do": "later"}


ACCOUNTS = [
    Row("account_login", get=audience(MOVED, anonymous=OK)),
    Row("account_logout", get=SIGNED_IN),
    Row("account", get=SIGNED_IN),
    Row("account_inactive", get=PUBLIC),
    Row("account_reauthenticate", get=SIGNED_IN),
    Row("account_change_password", get=SIGNED_IN),
    Row("account_set_password", get=audience(MOVED)),
    Row("account_reset_password", get=audience(OK, anonymous=OK)),
    Row("account_reset_password_done", get=PUBLIC),
    Row("account_reset_password_from_key", get=PUBLIC, kwargs=_bad_reset_key),
    Row("account_reset_password_from_key_done", get=PUBLIC),
]

SITE = [
    Row("home", get=audience(MOVED)),
    Row("healthz", get=PUBLIC, page=False),
    Row("help", get=SIGNED_IN),
    *(
        Row("help_page", get=SIGNED_IN, kwargs=lambda scene, thing, page=page: {"page": page}, case=page)
        for page in ("soan-bao-cao", "duyet-va-nop", "van-phong-bo", "quan-tri")
    ),
]

DIRECTIVES = [
    Row("directives:register", get=SIGNED_IN),
    Row("reporting:directive", get=SIGNED_IN, kwargs=_paper),
    Row("reporting:directives_xlsx", get=SIGNED_IN, page=False),
    Row(
        "directives:file", get=SIGNED_IN, kwargs=_paper_and("file_pk", lambda s: s.directive_file), page=False
    ),
    Row("directives:file_text", get=SIGNED_IN, kwargs=_paper_and("file_pk", lambda s: s.directive_file)),
    Row("directives:import_sheet", get=ADMIN_ONLY, post=ADMIN_ONLY),
    Row("directives:import_confirm", post=ADMIN_ONLY),
    Row("reporting:import_template_xlsx", get=ADMIN_ONLY, page=False),
    Row("directives:new", get=ADMIN_ONLY, post=ADMIN_ONLY),
    Row("directives:edit", get=ADMIN_ONLY, post=ADMIN_ONLY, kwargs=_paper),
    Row(
        "directives:status_change",
        post=ADMIN_ONLY,
        kwargs=_numbered_paper,
        data=_repeal,
        acts=True,
    ),
    Row(
        "directives:status_withdraw",
        post=ADMIN_ONLY,
        kwargs=lambda scene, thing: {
            "pk": scene.status_change.directive_id,
            "change_pk": scene.status_change.pk,
        },
        acts=True,
    ),
    Row(
        "directives:relation_add",
        post=ADMIN_ONLY,
        kwargs=_paper,
        data=lambda s, t: {"qh-kind": "amends", "qh-to": str(s.world.directives["23-ct"].pk)},
    ),
    Row(
        "directives:relation_remove",
        post=ADMIN_ONLY,
        kwargs=_paper_and("relation_pk", lambda s: s.relation),
        acts=True,
    ),
    Row("directives:requirement_add", post=ADMIN_ONLY, kwargs=_paper),
    Row(
        "directives:requirement_remove",
        post=ADMIN_ONLY,
        kwargs=_paper_and("requirement_pk", lambda s: s.requirement),
        acts=True,
    ),
    Row("directives:file_add", post=ADMIN_ONLY, kwargs=_paper),
    Row(
        "directives:file_remove",
        post=ADMIN_ONLY,
        kwargs=_paper_and("file_pk", lambda s: s.directive_file),
        acts=True,
    ),
    Row("directives:readings", get=ADMIN_ONLY, post=ADMIN_ONLY),
    *(
        Row("directives:reading", get=ADMIN_ONLY, kwargs=_reading(state), case=state)
        for state in ("read", "unread", "letters")
    ),
    Row("directives:reading_file", get=ADMIN_ONLY, kwargs=_reading(), page=False),
    Row("directives:reading_letters", post=ADMIN_ONLY, kwargs=_reading("letters"), acts=True),
    Row(
        "directives:reading_text",
        post=ADMIN_ONLY,
        kwargs=_reading("unread"),
        data=lambda s, t: {"text": "KẾ HOẠCH\n\nNội dung."},
        acts=True,
    ),
    Row(
        "directives:reading_decide",
        post=ADMIN_ONLY,
        kwargs=_reading(key="A1"),
        data=lambda s, t: {"do": "reject", "seen": "0"},
        acts=True,
    ),
    Row("directives:reading_correct", post=ADMIN_ONLY, kwargs=_reading(key="A1")),
    Row("directives:reading_confirm_all", post=ADMIN_ONLY, kwargs=_reading(), acts=True),
    Row("directives:reading_finish", post=ADMIN_ONLY, kwargs=_reading()),
    Row("directives:reading_attach", post=ADMIN_ONLY, kwargs=_attached, acts=True),
    Row("directives:reading_discard", post=ADMIN_ONLY, kwargs=_reading(), acts=True),
]

DRAFTING = [
    Row("reporting:home", get=SIGNED_IN),
    Row("reporting:sent", get=SIGNED_IN),
    Row(
        "reporting:assignment",
        get=audience(GONE, (UNIT, OK), (OFFICE, MOVED)),
        kwargs=_duty,
        unit=True,
    ),
    Row(
        "reporting:section",
        get=OF_UNIT,
        post=OF_UNIT,
        kwargs=_duty_and(key=lambda t: t.section.key),
        data=_section_form,
        unit=True,
        acts=True,
    ),
    Row(
        "reporting:section_autosave",
        post=OF_UNIT,
        kwargs=_duty_and(key=lambda t: t.section.key),
        data=_section_form,
        unit=True,
        acts=True,
    ),
    Row("reporting:check", get=OF_UNIT, post=OF_UNIT, kwargs=_duty, unit=True),
    Row("reporting:request_approval", post=OF_UNIT, kwargs=_duty, unit=True),
    Row(
        "reporting:send_back",
        post=APPROVER_ACTS,
        kwargs=_duty,
        unit=True,
        data=lambda s, t: {"note": "Xem lại."},
    ),
    Row("reporting:submit", post=APPROVER_ACTS, kwargs=_duty, unit=True),
    Row(
        "reporting:reply",
        post=OF_UNIT,
        kwargs=_duty_and(comment_pk=lambda t: t.comment.pk),
        data=lambda s, t: {"text": "Đã bổ sung."},
        unit=True,
        acts=True,
    ),
    Row("reporting:attachment_add", post=OF_UNIT, kwargs=_duty, unit=True),
    Row(
        "reporting:attachment",
        get=UNIT_AND_OFFICE,
        kwargs=_duty_and(file_pk=lambda t: t.sent_file.pk),
        unit=True,
        page=False,
        case="sent",
    ),
    Row(
        "reporting:attachment",
        get=OF_UNIT,
        kwargs=_duty_and(file_pk=lambda t: t.draft_file.pk),
        unit=True,
        page=False,
        case="draft",
    ),
    Row(
        "reporting:attachment_remove",
        post=OF_UNIT,
        kwargs=_duty_and(file_pk=lambda t: t.draft_file.pk),
        unit=True,
        acts=True,
    ),
    Row(
        "reporting:extension_ask",
        get=audience(GONE, (UNIT, OK), (OFFICE, MOVED)),
        post=OF_UNIT,
        kwargs=_duty,
        data=lambda s, t: {"until": _soon(), "reason": "Bão lũ."},
        unit=True,
        acts=True,
    ),
    Row(
        "reporting:extension_ask",
        get=audience(GONE, (UNIT, OK), (OFFICE, MOVED)),
        kwargs=_asking,
        case="waits",
        unit=True,
    ),
    Row(
        "reporting:extension_withdraw",
        post=OF_UNIT,
        kwargs=_asked,
        unit=True,
        acts=True,
    ),
    Row("reporting:print", get=OF_UNIT, kwargs=_duty, unit=True),
    Row("reporting:receipt", get=UNIT_AND_OFFICE, kwargs=_receipt, unit=True),
    Row("reporting:submission_pdf", get=UNIT_AND_OFFICE, kwargs=_receipt, unit=True, page=False),
    Row("reporting:submission_print", get=UNIT_AND_OFFICE, kwargs=_receipt, unit=True),
    Row("reporting:submission_print", get=UNIT_AND_OFFICE, kwargs=_unprinted, unit=True, case="not printed"),
    Row(
        "reporting:submission_print_request",
        post=UNIT_AND_OFFICE,
        kwargs=_unprinted,
        unit=True,
        acts=True,
    ),
    Row("reporting:notices", get=SIGNED_IN),
    Row("reporting:calendar_settings", get=SIGNED_IN),
    Row("reporting:calendar_make", post=SIGNED_IN, data=lambda s, t: {"alarm": "on"}, acts=True),
    Row("reporting:calendar_revoke", post=SIGNED_IN),
    Row(
        "reporting:calendar_feed",
        get=audience(GONE, anonymous=GONE),
        kwargs=lambda s, t: {"token": "khong-dung"},
        page=False,
    ),
    Row(
        "reporting:notice_open",
        get=audience(GONE, ((Persona.REPORTER,), MOVED)),
        kwargs=_notice,
        unit=True,
    ),
    Row("reporting:notices_read", post=SIGNED_IN),
    Row("reporting:mail_works", post=SIGNED_IN),
    Row(
        "reporting:mail_choice", get=SIGNED_IN, post=SIGNED_IN, data=lambda s, t: {"how": "daily"}, acts=True
    ),
]

LOOKING = [
    Row("reporting:round", get=AT_OFFICE, kwargs=_round()),
    Row("reporting:round", get=AT_OFFICE, kwargs=_round("issued"), case="issued"),
    Row("reporting:pace", get=AT_OFFICE, kwargs=_round()),
    Row("reporting:units", get=AT_OFFICE, kwargs=_round()),
    Row("reporting:units_xlsx", get=AT_OFFICE, kwargs=_round(), page=False),
    Row("reporting:matrix", get=AT_OFFICE, kwargs=_round()),
    Row("reporting:queue", get=AT_OFFICE, kwargs=_round("second")),
    Row("reporting:queue", get=AT_OFFICE, kwargs=_round("signed"), case="empty"),
    Row("reporting:review", get=AT_OFFICE, kwargs=_review(), unit=True),
    Row("reporting:review", get=AT_OFFICE, kwargs=_review("open"), unit=True, case="returned"),
    Row(
        "reporting:comment_add",
        post=EDITORS_ACT,
        kwargs=_review(),
        data=lambda s, t: {"text": "Nêu rõ hơn.", "section": t.unsent_comment.section.key},
        unit=True,
        acts=True,
    ),
    Row(
        "reporting:comment_remove",
        post=EDITORS_ACT,
        kwargs=_review(comment_pk=lambda t: t.unsent_comment.pk),
        unit=True,
        acts=True,
    ),
    Row(
        "reporting:decide",
        post=EDITORS_ACT,
        kwargs=_review(),
        data=lambda s, t: {"d-decision": "accept", "d-note": ""},
        unit=True,
        acts=True,
    ),
    Row(
        "reporting:reopen",
        post=LEAD_ACTS,
        kwargs=_review(),
        data=lambda s, t: {"r-reason": "Xem lại."},
        unit=True,
    ),
    Row(
        "reporting:extend",
        post=LEAD_ACTS,
        kwargs=_review("signed"),
        data=lambda s, t: {"x-until_date": "24/10/2027", "x-reason": "Bão lũ.", "x-counts_on_time": "on"},
        unit=True,
        acts=True,
    ),
    Row(
        "reporting:decline_extension",
        post=LEAD_ACTS,
        kwargs=_review("signed"),
        data=lambda s, t: {"n-reason": "Phải gửi đúng ngày.", "n-request": t.asked.pk},
        unit=True,
        acts=True,
    ),
    Row("reporting:review", get=AT_OFFICE, kwargs=_review("signed"), unit=True, case="asks for time"),
    Row("reporting:extensions", get=AT_OFFICE, kwargs=_round("signed")),
    Row("reporting:extensions", get=AT_OFFICE, kwargs=_round(), case="empty"),
    Row("reporting:extensions_xlsx", get=AT_OFFICE, kwargs=_round("signed"), page=False),
    Row(
        "reporting:move_date",
        post=EDITORS_ACT,
        kwargs=_review("open"),
        data=lambda s, t: {"m-until_date": "24/10/2027", "m-reason": "Bão lũ."},
        unit=True,
        acts=True,
    ),
    Row(
        "reporting:unwaive",
        post=LEAD_ACTS,
        kwargs=_review("signed"),
        data=lambda s, t: {"u-reason": "Miễn nhầm."},
        unit=True,
    ),
    Row(
        "reporting:waive",
        post=LEAD_ACTS,
        kwargs=_review("signed"),
        data=lambda s, t: {"w-reason": "Mới thành lập."},
        unit=True,
        acts=True,
    ),
    Row("reporting:readiness", get=AT_OFFICE_OR_ADMIN, kwargs=_round()),
    Row("reporting:readiness_xlsx", get=AT_OFFICE_OR_ADMIN, kwargs=_round(), page=False),
    Row("reporting:ask_contacts", post=EDITORS_ACT, kwargs=_round("signed"), acts=True),
    Row("reporting:contacts", get=SEES_CONTACTS, kwargs=_unit_code, unit=True),
    Row(
        "reporting:contacts_confirm",
        post=SAYS_CONTACTS,
        kwargs=_unit_code,
        data=_seen_people,
        unit=True,
        acts=True,
    ),
    Row(
        "reporting:contacts_wrong",
        post=SAYS_CONTACTS,
        kwargs=_unit_code,
        data=lambda s, t: {"text": "Người soạn đã chuyển công tác.", **_seen_people(s, t)},
        unit=True,
        acts=True,
    ),
    Row("reporting:reminders", get=AT_OFFICE, kwargs=_round()),
    Row(
        "reporting:reminders_pause",
        post=LEAD_ACTS,
        kwargs=_round(),
        acts=True,
    ),
    Row("reporting:reminders_resume", post=LEAD_ACTS, kwargs=_round()),
    Row(
        "reporting:reminders_hold",
        post=EDITORS_ACT,
        kwargs=_round(),
        data=lambda s, t: {"unit": t.unit.pk, "until": _soon(), "reason": "Bão lũ."},
        unit=True,
        acts=True,
    ),
    Row("reporting:reminder_rules", get=AT_OFFICE_OR_ADMIN, kwargs=_round()),
    Row("reporting:reminder_rules", get=AT_OFFICE_OR_ADMIN, kwargs=_round("preparing"), case="preparing"),
    Row("reporting:reminder_rules_xlsx", get=AT_OFFICE_OR_ADMIN, kwargs=_round(), page=False),
    Row("reporting:reminder_rules_time", post=LEAD_RULES, kwargs=_round(), data=_hour, acts=True),
    Row("reporting:reminder_rule_add", post=LEAD_RULES, kwargs=_round(), data=_new_rule, acts=True),
    Row(
        "reporting:reminder_rule",
        get=LEAD_RULES_SEE,
        post=LEAD_RULES,
        kwargs=_rule,
        data=_changed_rule,
        acts=True,
    ),
    Row(
        "reporting:reminder_rule_switch",
        post=LEAD_RULES,
        kwargs=_rule,
        data=lambda s, t: {"bat": "0"},
        acts=True,
    ),
    Row("reporting:reminder_rule_remove", post=LEAD_RULES, kwargs=_rule, acts=True),
    Row("reporting:unit_reminders", get=URGES_SEE, kwargs=_unit_code, unit=True),
    Row("reporting:unit_log", get=URGES_SEE, kwargs=_unit_code, unit=True),
    Row("reporting:unit_log_xlsx", get=URGES_SEE, kwargs=_unit_code, unit=True, page=False),
    Row("reporting:forecast", get=AT_OFFICE, kwargs=_round()),
    Row("reporting:forecast_xlsx", get=AT_OFFICE, kwargs=_round(), page=False),
    Row(
        "reporting:mail_to_come",
        get=AT_OFFICE,
        kwargs=lambda s, t: {**_round()(s, t), "person": s.world.lead.pk},
    ),
    Row("reporting:silent_xlsx", get=AT_OFFICE, kwargs=_round(), page=False),
    Row(
        "reporting:unit_hold",
        post=URGES,
        kwargs=_unit_code,
        data=lambda s, t: {"until": _soon(), "reason": "Bão lũ."},
        unit=True,
        acts=True,
    ),
    Row("reporting:unit_lift", post=URGES, kwargs=_unit_code, unit=True),
    Row("reporting:notice_log", get=AT_OFFICE, kwargs=_round()),
    Row("reporting:notice_log_xlsx", get=AT_OFFICE, kwargs=_round(), page=False),
    Row(
        "reporting:mail_offer",
        post=LEAD_ACTS,
        kwargs=_round(),
        data=lambda s, t: {"allowed": "1"},
        acts=True,
    ),
    Row("reporting:send_again", post=EDITORS_ACT, kwargs=_sent_mail, unit=True, acts=True),
    Row(
        "reporting:came_back",
        post=EDITORS_ACT,
        kwargs=_sent_mail,
        data=lambda s, t: {"because": "550 5.1.1 no such mailbox"},
        unit=True,
        acts=True,
    ),
]


def _letter(state: str) -> Kwargs:
    return lambda scene, thing: {"code": scene.letters[state].round.code, "pk": scene.letters[state].pk}


def _letter_file(scene: Scene, thing: Thing) -> dict[str, Any]:
    return _letter("issued")(scene, thing) | {"file_pk": scene.letters["issued"].stored_files.first().pk}


def _own_letter(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"pk": thing.assignment.pk, "letter_pk": scene.letters["issued"].pk}


def _own_letter_file(scene: Scene, thing: Thing) -> dict[str, Any]:
    return _own_letter(scene, thing) | {"file_pk": scene.letters["issued"].stored_files.first().pk}


def _seen(scene: Scene, thing: Thing) -> dict[str, Any]:
    scene.letters["drafting"].refresh_from_db()
    return {"version": str(scene.letters["drafting"].version)}


def _letter_words(scene: Scene, thing: Thing) -> dict[str, Any]:
    words = dict.fromkeys(("subject", "addressees", "opening", "request", "closing", "recipients"), "Lời mới")
    return words | {"reply_by": _soon(), "reply_boundary": "before", "signer": "1"} | _seen(scene, thing)


def _letter_units(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"units": [str(thing.assignment.pk)]} | _seen(scene, thing)


def _letter_signature(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"signer": "0", "name": "Trần Văn Ký", "signed_on": "07/11/2025"}


URGING = [
    Row("reporting:letters", get=AT_OFFICE, kwargs=_round()),
    Row("reporting:letters", get=AT_OFFICE, kwargs=_round("issued"), case="none"),
    Row("reporting:letters_xlsx", get=AT_OFFICE, kwargs=_round(), page=False),
    Row("reporting:letter_start", post=EDITORS_ACT, kwargs=_round("second"), acts=True),
    *(
        Row("reporting:letter", get=AT_OFFICE, kwargs=_letter(state), case=state)
        for state in ("drafting", "for_signature", "issued")
    ),
    Row(
        "reporting:letter_words",
        get=EDITORS_SEE,
        post=EDITORS_SEE,
        kwargs=_letter("drafting"),
        data=_letter_words,
        acts=True,
    ),
    Row(
        "reporting:letter_units",
        post=EDITORS_SEE,
        kwargs=_letter("drafting"),
        data=_letter_units,
        acts=True,
    ),
    Row("reporting:letter_clear", post=LEAD_ACTS, kwargs=_letter("drafting"), data=_seen),
    Row(
        "reporting:letter_take_back",
        get=LEAD_SEES,
        post=LEAD_SEES,
        kwargs=_letter("for_signature"),
        data=lambda s, t: {"note": "Sửa lời văn."},
        acts=True,
    ),
    Row(
        "reporting:letter_drop",
        get=EDITORS_SEE,
        post=EDITORS_SEE,
        kwargs=_letter("drafting"),
        data=lambda s, t: {"note": "Các đơn vị đã hứa nộp."},
        acts=True,
    ),
    Row(
        "reporting:letter_sign",
        get=SIGNERS_SEE,
        post=SIGNERS_SEE,
        kwargs=_letter("for_signature"),
        data=_letter_signature,
        acts=True,
    ),
    Row(
        "reporting:letter_issue",
        get=REGISTRY_SEES,
        post=REGISTRY_SEES,
        kwargs=_letter("signed"),
        data=lambda s, t: {"number": "42", "issued_on": "07/11/2025"},
        acts=True,
    ),
    Row("reporting:letter_scan", get=REGISTRY_SEES, post=REGISTRY_SEES, kwargs=_letter("signed")),
    Row("reporting:letter_pdf", get=AT_OFFICE, kwargs=_letter("issued"), page=False),
    Row("reporting:letter_docx", get=AT_OFFICE, kwargs=_letter("issued"), page=False),
    Row("reporting:letter_file", get=AT_OFFICE, kwargs=_letter_file, page=False),
    Row("reporting:unit_letter", get=OF_UNIT, kwargs=_own_letter, unit=True),
    Row("reporting:unit_letter_file", get=OF_UNIT, kwargs=_own_letter_file, unit=True, page=False),
]


def _indicator(scene: Scene, thing: Thing) -> dict[str, Any]:
    row = scene.rounds["open"]
    return {"code": row.code, "indicator": row.indicators.first().code}


def _text(scene: Scene, thing: Thing) -> dict[str, Any]:
    scene.paragraph.refresh_from_db()
    return {"text": "Lời mới của Văn phòng.", "version": str(scene.paragraph.version)}


def _into(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"paragraph": str(scene.paragraph.pk)}


CONSOLIDATING = [
    Row("reporting:bench", get=AT_OFFICE, kwargs=_round()),
    Row("reporting:figure", get=AT_OFFICE, kwargs=_indicator),
    Row("reporting:bench_section", get=AT_OFFICE, kwargs=_bench()),
    Row("reporting:bench_take", post=EDITORS_ACT, kwargs=_bench("passage"), acts=True),
    Row("reporting:bench_take_group", post=EDITORS_ACT, kwargs=_bench()),
    Row("reporting:bench_merge", post=EDITORS_ACT, kwargs=_bench("passage"), data=_into, acts=True),
    Row("reporting:bench_read", post=EDITORS_ACT, kwargs=_bench("passage"), acts=True),
    Row("reporting:bench_unread", post=EDITORS_ACT, kwargs=_bench("passage")),
    Row("reporting:bench_read_all", post=EDITORS_ACT, kwargs=_bench(), acts=True),
    Row("reporting:bench_write", post=EDITORS_ACT, kwargs=_bench(), data=_text, acts=True),
    Row("reporting:bench_write_figures", post=EDITORS_ACT, kwargs=_bench()),
    Row("reporting:bench_save", post=EDITORS_ACT, kwargs=_bench("paragraph"), data=_text, acts=True),
    Row("reporting:bench_remove", post=EDITORS_ACT, kwargs=_bench("paragraph"), acts=True),
    Row("reporting:bench_restore", post=EDITORS_ACT, kwargs=_bench("paragraph")),
    Row("reporting:bench_up", post=EDITORS_ACT, kwargs=_bench("paragraph")),
    Row("reporting:bench_down", post=EDITORS_ACT, kwargs=_bench("paragraph"), acts=True),
    Row("reporting:bench_drop_source", post=EDITORS_ACT, kwargs=_bench("source"), acts=True),
    Row("reporting:bench_renew_figures", post=EDITORS_ACT, kwargs=_bench("paragraph")),
    Row("reporting:bench_renew_source", post=EDITORS_ACT, kwargs=_bench("source", "newer")),
]


def _job(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"code": scene.rounds["open"].code, "pk": scene.job.pk}


def _stored(state: str) -> Kwargs:
    return lambda scene, thing: {
        "code": scene.rounds[state].code,
        "pk": (scene.issued_file if state == "issued" else scene.report_file).pk,
    }


def _version(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"code": scene.rounds["open"].code, "number": 1}


def _front(scene: Scene, thing: Thing) -> dict[str, Any]:
    return dict.fromkeys(("title", "addressee", "opening", "closing", "recipients"), "Lời mới")


def _signature(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"signer": "0", "name": "Trần Văn Ký", "signed_on": "03/11/2025"}


ISSUING = [
    Row("reporting:report", get=AT_OFFICE, kwargs=_round()),
    Row("reporting:report", get=AT_OFFICE, kwargs=_round("second"), case="none"),
    Row("reporting:report", get=AT_OFFICE, kwargs=_round("for_signature"), case="for signature"),
    Row("reporting:report", get=AT_OFFICE, kwargs=_round("issued"), case="issued"),
    Row("reporting:report_start", post=EDITORS_ACT, kwargs=_round("second"), acts=True),
    Row(
        "reporting:report_front",
        get=EDITORS_SEE,
        post=EDITORS_SEE,
        kwargs=_round(),
        data=_front,
        acts=True,
    ),
    Row("reporting:report_version", get=AT_OFFICE, kwargs=_version),
    Row("reporting:report_print", post=AT_OFFICE, kwargs=_round(), acts=True),
    Row("reporting:report_job", get=AT_OFFICE, kwargs=_job),
    Row("reporting:report_clear", post=LEAD_ACTS, kwargs=_round(), acts=True),
    Row(
        "reporting:report_take_back",
        get=LEAD_SEES,
        post=LEAD_SEES,
        kwargs=_round("for_signature"),
        data=lambda s, t: {"note": "Bổ sung số liệu."},
        acts=True,
    ),
    Row(
        "reporting:report_sign",
        get=SIGNERS_SEE,
        post=SIGNERS_SEE,
        kwargs=_round("for_signature"),
        data=_signature,
        acts=True,
    ),
    Row(
        "reporting:report_issue",
        get=REGISTRY_SEES,
        post=REGISTRY_SEES,
        kwargs=_round("signed"),
        data=lambda s, t: {"number": "1235", "issued_on": "04/11/2025"},
        acts=True,
    ),
    Row(
        "reporting:report_correct",
        get=LEAD_SEES,
        post=LEAD_SEES,
        kwargs=_round("issued"),
        data=lambda s, t: {"note": "Sai số liệu."},
        acts=True,
    ),
    Row("reporting:report_file", get=AT_OFFICE, kwargs=_stored("open"), page=False, case="print"),
    Row("reporting:report_file", get=AT_OFFICE, kwargs=_stored("issued"), page=False, case="issued"),
]


def _deadline(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"code": scene.rounds["open"].code, "deadline_pk": scene.deadline.pk}


def _outline_section(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"code": scene.rounds["preparing"].code, "key": "1.1"}


def _outline_figure(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"code": scene.rounds["preparing"].code, "figure": "hoi_nghi"}


KEEPERS = (Persona.ADMIN, Persona.LEAD)
KEEP_ROUND = audience(GONE, (KEEPERS, OK), ((Persona.REVIEWER, Persona.REGISTRY), DENIED))
PREPARE_ROUND = audience(GONE, ((Persona.ADMIN,), OK), (OFFICE, DENIED))
CLOSE_ROUND = audience(
    GONE, ((Persona.LEAD,), OK), ((Persona.ADMIN, Persona.REVIEWER, Persona.REGISTRY), DENIED)
)

ROUNDS = [
    Row("reporting:rounds", get=audience(GONE, ((*OFFICE, Persona.OTHER_OFFICE, Persona.ADMIN), OK))),
    Row("reporting:round_new", get=ADMIN_ONLY, post=ADMIN_ONLY),
    Row("reporting:round_setup", get=KEEP_ROUND, kwargs=_round()),
    Row("reporting:round_setup", get=KEEP_ROUND, kwargs=_round("preparing"), case="preparing"),
    Row("reporting:round_section", get=PREPARE_ROUND, post=PREPARE_ROUND, kwargs=_outline_section),
    Row("reporting:round_section_new", get=PREPARE_ROUND, post=PREPARE_ROUND, kwargs=_round("preparing")),
    Row("reporting:round_section_move", post=PREPARE_ROUND, kwargs=_outline_section),
    Row("reporting:round_section_remove", post=PREPARE_ROUND, kwargs=_outline_section, acts=True),
    Row("reporting:round_indicator_new", get=PREPARE_ROUND, post=PREPARE_ROUND, kwargs=_outline_section),
    Row("reporting:round_indicator", get=PREPARE_ROUND, post=PREPARE_ROUND, kwargs=_outline_figure),
    Row("reporting:round_indicator_remove", post=PREPARE_ROUND, kwargs=_outline_figure, acts=True),
    Row("reporting:round_open", post=PREPARE_ROUND, kwargs=_round("preparing"), acts=True),
    Row("reporting:round_close", post=CLOSE_ROUND, kwargs=_round(), acts=True),
    Row("reporting:round_reopen", post=CLOSE_ROUND, kwargs=_round()),
    Row("reporting:deadline_change", get=KEEP_ROUND, post=KEEP_ROUND, kwargs=_deadline),
    Row("reporting:round_add_unit", post=KEEP_ROUND, kwargs=_round()),
    Row("reporting:handover", get=ADMIN_ONLY, post=ADMIN_ONLY, kwargs=_unit_code),
]


def _person(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"pk": scene.people[Persona.STRANGER].pk}


def _role(scene: Scene, thing: Thing) -> dict[str, Any]:
    user = scene.world.reporters[thing.unit.code]
    return {"pk": user.pk, "role_pk": user.memberships.get().pk}


def _in_group(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"code": thing.unit.code, "pk": thing.unit.group_memberships.get().pk}


def _new_role(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"vt-unit": str(thing.unit.pk), "vt-role": "reporter"}


def _own_delegation(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"pk": scene.delegation.pk}


def _group(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"pk": scene.world.so.pk}


def _day(scene: Scene, thing: Thing) -> dict[str, Any]:
    return {"pk": scene.day.pk}


DELEGATORS = audience(DENIED, ((Persona.APPROVER, Persona.ADMIN), OK))
OF_DELEGATION = audience(GONE, ((Persona.APPROVER, Persona.ADMIN), OK))

UNITS = [
    Row("units:units", get=SIGNED_IN),
    Row("units:new", get=ADMIN_ONLY, post=ADMIN_ONLY),
    Row("units:groups", get=ADMIN_ONLY),
    Row("units:group_new", post=ADMIN_ONLY, data=lambda s, t: {"name": "Nhóm mới"}, acts=True),
    Row("units:group_rename", get=ADMIN_ONLY, post=ADMIN_ONLY, kwargs=_group),
    Row("units:group_move", post=ADMIN_ONLY, kwargs=_group),
    Row("units:group_delete", post=ADMIN_ONLY, kwargs=_group),
    Row("units:unit", get=SIGNED_IN, kwargs=_unit),
    Row("units:edit", get=ADMIN_ONLY, post=ADMIN_ONLY, kwargs=_unit),
    Row(
        "units:end",
        post=ADMIN_ONLY,
        kwargs=_unit,
        data=lambda s, t: {"het-on": "01/01/2027", "het-because": "Giải thể"},
        acts=True,
    ),
    Row("units:revive", post=ADMIN_ONLY, kwargs=_unit),
    Row("units:group_add", post=ADMIN_ONLY, kwargs=_unit),
    Row("units:group_end", post=ADMIN_ONLY, kwargs=_in_group, acts=True),
    Row("units:people", get=ADMIN_ONLY),
    Row("units:person_new", get=ADMIN_ONLY, post=ADMIN_ONLY),
    Row("units:person", get=ADMIN_ONLY, post=ADMIN_ONLY, kwargs=_person),
    Row("units:person_invite", post=ADMIN_ONLY, kwargs=_person),
    Row("units:person_deactivate", post=ADMIN_ONLY, kwargs=_person, acts=True),
    Row("units:person_reactivate", post=ADMIN_ONLY, kwargs=_person),
    Row(
        "units:person_bounced",
        post=ADMIN_ONLY,
        kwargs=_person,
        data=lambda s, t: {"because": "550 5.1.1 no such mailbox"},
        acts=True,
    ),
    Row("units:person_confirm_address", post=ADMIN_ONLY, kwargs=_person),
    Row("units:role_grant", post=ADMIN_ONLY, kwargs=_person, data=_new_role, acts=True),
    Row("units:role_revoke", post=ADMIN_ONLY, kwargs=_role, acts=True),
    Row("units:delegations", get=SIGNED_IN),
    Row("units:delegation_add", post=DELEGATORS),
    Row("units:delegation_end", post=OF_DELEGATION, kwargs=_own_delegation, acts=True),
    Row("units:calendar", get=SIGNED_IN),
    Row("units:day_add", post=ADMIN_ONLY),
    Row("units:year_load", post=ADMIN_ONLY, kwargs=lambda s, t: {"year": 2031}, acts=True),
    Row("units:day_edit", get=ADMIN_ONLY, post=ADMIN_ONLY, kwargs=_day),
    Row("units:day_confirm", post=ADMIN_ONLY, kwargs=_day),
    Row("units:day_remove", post=ADMIN_ONLY, kwargs=_day, acts=True),
]

ROWS: list[Row] = [
    *ACCOUNTS,
    *SITE,
    *DIRECTIVES,
    *DRAFTING,
    *LOOKING,
    *URGING,
    *CONSOLIDATING,
    *ISSUING,
    *ROUNDS,
    *UNITS,
]


def problems() -> list[str]:
    """What the table lacks or has too much, in words; nothing when it is whole."""
    names = {name for name, _ in addresses()}
    listed = {row.name for row in ROWS}
    nameless = [f"the pattern {pattern!r} has no name" for name, pattern in addresses() if not name]
    return [
        *nameless,
        *(f"{name} has no row in tests/pages.py" for name in sorted(names - listed - {""})),
        *(f"{name} has a row in tests/pages.py but no address" for name in sorted(listed - names)),
    ]


def pages() -> list[Row]:
    """The rows that are HTML pages to look at."""
    return [row for row in ROWS if row.get is not None and row.page]
