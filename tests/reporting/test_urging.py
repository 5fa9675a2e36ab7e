import hashlib
import json
from datetime import date

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from reporting import (
    contact_requests,
    notifying,
    opening,
    reminders,
    rendering,
    reviewing,
    urging,
    urging_issue,
)
from reporting.deadlines import DateToKeep
from reporting.documents.pdf import RenderedPdf
from reporting.last_contact import put_last_contact
from reporting.lifecycle import Refused, StaleState
from reporting.models import Event, Notice, StoredFile, UrgedUnit, UrgingLetter
from reporting.states import URGED, LetterState, State
from reporting.urging_paper import annex, named_units, paper
from reporting.urging_words import Words
from tests.factories import accept, at, return_report, submit
from tests.personas import PDF
from tests.remembered import once

DRAFTED, CLEARED, SIGNED_AT = at("2025-10-27 08:00"), at("2025-10-27 14:00"), at("2025-10-28 09:00")
ISSUED_AT = at("2025-10-28 15:00")
FIRST = urging_issue.SIGNERS[0]


@pytest.fixture(autouse=True)
def _printed(settings, tmp_path, monkeypatch):
    """Printing is tested with the documents; here only what is printed matters."""
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(rendering, "print_paper", lambda paper: (RenderedPdf(PDF, 2, 0.0, 0, ()), b"PK docx"))


@pytest.fixture(autouse=True)
def _office_is_waived(world):
    """So that the late ones are two, and a third later."""
    reviewing.waive(
        world.assignment("van-phong-bo"), reason="Chủ trì đợt", actor=world.lead, now=at("2025-09-20 08:00")
    )


def start(world, now=DRAFTED, **more):
    return urging.start(world.round, actor=world.reviewer, now=now, **more)


def clear(world, letter, now=CLEARED):
    urging_issue.clear(letter, seen_version=letter.version, actor=world.lead, now=now)


def sign(world, letter, **changes):
    facts = {
        "authority": FIRST[0],
        "post": FIRST[1],
        "name": "Hà Văn Ký",
        "signed_on": date(2025, 10, 28),
        "actor": world.registry,
        "now": SIGNED_AT,
    }
    urging_issue.sign(letter, **(facts | changes))


def issue(world, letter, **changes):
    facts = {"number": 7, "issued_on": date(2025, 10, 28), "actor": world.registry, "now": ISSUED_AT}
    return urging_issue.issue(letter, **(facts | changes))


@pytest.fixture
@once
def letter(world) -> UrgingLetter:
    """To the two ministry units, whose date was 20/10; the department has time until 30/10."""
    return start(world)


@pytest.fixture
@once
def issued(world) -> UrgingLetter:
    letter = start(world)
    clear(world, letter)
    sign(world, letter)
    issue(world, letter)
    return letter


def names(letter):
    return [unit.unit_name for unit in named_units(letter)]


def test_one_click_names_every_late_unit_and_nobody_else(world, letter):
    assert names(letter) == ["Cục Quản lý Y, Dược cổ truyền", "Bệnh viện Bạch Mai"]
    assert (letter.state, letter.ordinal, letter.expected) == (LetterState.DRAFTING, 1, 3)
    unit = letter.units.first()
    assert (unit.phrase, unit.working_days_late, unit.times_before) == ("trước ngày 20/10/2025", 5, 0)
    assert letter.reply_phrase == "trước ngày 04/11/2025"
    assert letter.subject == "đôn đốc gửi báo cáo công tác khoa giáo năm 2025"
    assert str(world.plan.title[1:20]) in letter.opening
    assert letter.addressees.splitlines() == names(letter)


def test_extended_waived_and_sent_units_are_not_late(world):
    reviewing.extend(
        world.assignment("cuc-a"),
        until=DateToKeep("on_or_before", date(2025, 10, 31)),
        reason="Bão lũ",
        counts_on_time=True,
        actor=world.lead,
        now=at("2025-10-16 08:00"),
    )
    submit(world, "benh-vien-b", "2025-10-24 08:00")
    with pytest.raises(Refused, match="Không có đơn vị nào quá hạn"):
        start(world)
    assert (
        start(world, at("2025-11-04 08:00")).units.count() == 2
    )  # the extension is over, the department is due
    assert UrgedUnit.objects.get(assignment__unit__code="cuc-a").purpose == "extension"


def test_a_returned_report_is_named_with_its_own_date(world):
    submit(world, "cuc-a")
    return_report(world, "cuc-a")
    unit = start(world).units.get(assignment__unit__code="cuc-a")
    assert (unit.is_return, unit.phrase, unit.working_days_late) == (True, "chậm nhất ngày 24/10/2025", 1)


def test_one_group_can_be_chosen_and_held_units_are_left_to_the_person(world):
    reminders.hold_unit(
        world.units[0],
        until=date(2025, 11, 20),
        reason="Bão lũ",
        actor=world.lead,
        now=at("2025-10-25 08:00"),
    )
    with pytest.raises(Refused, match="tạm ngừng nhắc"):
        start(world, group=world.thuoc)
    letter = start(world)
    assert names(letter) == ["Bệnh viện Bạch Mai"]
    both = {world.assignment("cuc-a").pk, world.assignment("benh-vien-b").pk}
    urging.choose(letter, both, seen_version=1, actor=world.reviewer, now=DRAFTED)
    assert len(names(letter)) == 2


def test_a_second_click_finds_the_first_ones_draft(world, letter):
    with pytest.raises(urging.AlreadyDrafted, match="Chuyên viên tổng hợp 1") as there:
        urging.start(world.round, actor=world.second_reviewer, now=DRAFTED)
    assert there.value.letter == letter
    assert UrgingLetter.objects.count() == 1


@pytest.mark.parametrize("who", ["registry", "outsider", "admin"])
def test_only_reviewers_and_leads_draft_and_edit(world, letter, who):
    actor = getattr(world, who)
    with pytest.raises(Refused):
        urging.start(world.round, actor=actor, now=DRAFTED)
    with pytest.raises(Refused):
        urging.choose(letter, {1}, seen_version=1, actor=actor, now=DRAFTED)
    with pytest.raises(Refused):
        save(world, letter, actor=actor)
    with pytest.raises(Refused, match="không có quyền"):
        urging_issue.clear(letter, seen_version=1, actor=actor, now=CLEARED)


def test_a_closed_round_is_not_urged(world):
    opening.move_round(world.round, "close", actor=world.lead, now=DRAFTED)
    with pytest.raises(Refused, match="không mở"):
        start(world)


def save(world, letter, **changes):
    words = {
        name: getattr(letter, name)
        for name in ("subject", "addressees", "opening", "request", "closing", "recipients")
    }
    words |= {name: changes.pop(name) for name in list(changes) if name in words}
    facts = {
        "reply_by": date(2025, 11, 5),
        "reply_boundary": "on_or_before",
        "authority": FIRST[0],
        "post": FIRST[1],
        "seen_version": letter.version,
        "actor": world.reviewer,
        "now": DRAFTED,
    }
    urging.save_words(letter, Words(**words), **(facts | changes))


def test_edited_words_stay_and_untouched_ones_follow_the_facts(world, letter):
    save(world, letter, closing="Trân trọng.", recipients="- Như trên;\n\n- Lưu: VT, VPB9.")
    assert (letter.version, letter.reply_phrase) == (2, "chậm nhất ngày 05/11/2025")
    assert letter.recipients == "Như trên\nLưu: VT, VPB9"
    submit(world, "cuc-a", "2025-10-27 09:00")
    urging.refresh(letter, seen_version=2, actor=world.reviewer, now=at("2025-10-27 10:00"))
    assert letter.closing == "Trân trọng."
    assert letter.addressees == "Bệnh viện Bạch Mai"
    assert [(u.unit_name, u.left_because) for u in letter.units.exclude(left_because="")] == [
        ("Cục Quản lý Y, Dược cổ truyền", "đã nộp lúc 09:00 27/10/2025")
    ]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"seen_version": 9}, "chưa được lưu"),
        ({"opening": " "}, "để trống"),
        ({"reply_by": date(2025, 10, 27)}, "sau hôm nay"),
        ({"closing": "TỐI MẬT"}, "Bí mật nhà nước"),
    ],
)
def test_words_that_cannot_be_are_refused(world, letter, changes, reason):
    with pytest.raises(Exception, match=reason):
        save(world, letter, **changes)
    assert UrgingLetter.objects.get().version == 1


def test_a_unit_that_sent_meanwhile_bars_the_way_until_the_list_is_renewed(world, letter):
    submit(world, "cuc-a", "2025-10-27 09:00")
    seen = urging.drift(letter, urging.candidates(world.round, CLEARED), CLEARED)
    assert seen.left == (("Cục Quản lý Y, Dược cổ truyền", "đã nộp lúc 09:00 27/10/2025"),)
    with pytest.raises(Refused, match="1 đơn vị không còn quá hạn"):
        clear(world, letter)
    urging.refresh(letter, seen_version=1, actor=world.reviewer, now=CLEARED)
    clear(world, letter)
    assert letter.state == LetterState.FOR_SIGNATURE


def test_clearing_counts_the_days_again(world, letter):
    clear(world, letter, at("2025-10-29 08:00"))
    assert letter.units.first().working_days_late == 7
    assert letter.as_of == at("2025-10-29 08:00")


def test_clearing_what_another_changed_is_refused(world, letter):
    with pytest.raises(StaleState):
        urging_issue.clear(letter, seen_version=0, actor=world.lead, now=CLEARED)
    late = UrgingLetter.objects.get(pk=letter.pk)
    clear(world, letter)
    with pytest.raises(StaleState, match="Lãnh đạo Văn phòng Bộ vừa sửa .* trình ký"):
        urging_issue.clear(late, seen_version=late.version, actor=world.lead, now=CLEARED)
    with pytest.raises(StaleState, match="không sửa được nữa"):
        save(world, letter)


def test_units_on_their_way_are_not_named_twice(world, letter):
    clear(world, letter)
    with pytest.raises(Refused, match="có trong công văn thứ 1, trình ký"):
        start(world, CLEARED)
    second = start(world, at("2025-11-03 08:00"))  # the department is late by then
    assert (names(second), second.ordinal) == (["Sở Y tế thành phố Hải Phòng"], 2)
    with pytest.raises(Refused, match="dự thảo công văn khác"):
        urging_issue.take_back(letter, note="Sửa lời", actor=world.lead, now=at("2025-11-03 09:00"))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"authority": "TM. BỘ TRƯỞNG"}, "không khớp"),
        ({"name": " "}, "họ và tên"),
        ({"signed_on": date(2025, 10, 29)}, "sau hôm nay"),
        ({"signed_on": date(2025, 10, 26)}, "trước ngày trình ký"),
    ],
)
def test_a_signature_that_cannot_be_is_refused(world, letter, changes, reason):
    clear(world, letter)
    with pytest.raises(Refused, match=reason):
        sign(world, letter, **changes)


def test_issue_freezes_content_and_files_and_escalates_each_unit(world, issued):
    stored = UrgingLetter.objects.get()
    assert (stored.state, stored.code) == (LetterState.ISSUED, "07/BYT-VPB9")
    assert stored.sha256 == hashlib.sha256(stored.content.encode()).hexdigest()
    assert [unit["name"] for unit in json.loads(stored.content)["units"]] == names(stored)
    assert [(f.kind, f.frozen, f.name) for f in stored.stored_files.order_by("id")] == [
        ("letter_pdf", True, "07-byt-vpb9-2025.pdf"),
        ("letter_docx", True, "07-byt-vpb9-2025.docx"),
    ]
    events = Event.objects.filter(action=URGED)
    assert {(e.assignment.unit.code, e.actor, e.label) for e in events} == {
        ("cuc-a", world.registry, "Công văn đôn đốc"),
        ("benh-vien-b", world.registry, "Công văn đôn đốc"),
    }
    assert events[0].note == "Công văn số 07/BYT-VPB9 ngày 28/10/2025, đôn đốc lần 1"
    told = Notice.objects.filter(rule=URGED).values_list("recipient__username", "channel")
    assert sorted(told) == sorted(
        (f"{who}-{unit}", how)
        for who in ("soan", "duyet")
        for unit in ("cuc-a", "benh-vien-b")
        for how in ("email", "in_app")
    )


def test_what_was_issued_never_changes(world, issued):
    before = UrgingLetter.objects.values().get()
    for verb in (
        lambda: save(world, issued),
        lambda: urging.refresh(issued, seen_version=issued.version, actor=world.reviewer, now=ISSUED_AT),
        lambda: urging_issue.take_back(issued, note="Sai", actor=world.lead, now=ISSUED_AT),
        lambda: urging_issue.drop(issued, note="Sai", actor=world.lead, now=ISSUED_AT),
        lambda: issue(world, issued, number=8),
    ):
        with pytest.raises(StaleState):
            verb()
    assert UrgingLetter.objects.values().get() == before


def test_who_sent_after_the_signature_keeps_the_step_but_is_not_bothered(world, letter):
    clear(world, letter)
    sign(world, letter)
    submit(world, "cuc-a", "2025-10-28 10:00")
    issue(world, letter)
    assert Event.objects.filter(action=URGED).count() == 2
    assert set(Notice.objects.filter(rule=URGED).values_list("assignment__unit__code", flat=True)) == {
        "benh-vien-b"
    }
    submit(world, "benh-vien-b", "2025-10-28 15:00")
    notifying.send_all_due(at("2025-10-28 15:01"))
    assert set(Notice.objects.filter(rule=URGED).values_list("state", "reason")) == {("skipped", "đã nộp")}


def test_the_message_leads_to_the_letter_with_both_dates(world, issued):
    notifying.send_all_due(at("2025-10-28 15:01"))
    sent = next(m for m in mail.outbox if m.to == ["soan-cuc-a@example.com"] and "Công văn" in m.subject)
    assert f"/viec/{world.assignment('cuc-a').pk}/cong-van/{issued.pk}/" in sent.body
    assert "Công văn: 07/BYT-VPB9 ngày 28/10/2025" in sent.body
    assert "Thời hạn: trước ngày 20/10/2025" in sent.body
    assert "Thời hạn trong công văn: trước ngày 04/11/2025" in sent.body


def test_the_letter_is_the_last_contact(world, issued, django_assert_max_num_queries):
    rows = [world.assignment("cuc-a"), world.assignment("so-c")]
    with django_assert_max_num_queries(3):
        put_last_contact(rows)
    assert rows[0].last_contact.printed == "Công văn số 07/BYT-VPB9 ngày 28/10/2025"
    assert rows[1].last_contact is None


def test_asking_who_is_who_is_no_contact_about_the_report(world):
    contact_requests.ask_units(world.round, actor=world.reviewer, now=at("2025-10-28 08:00"))
    notifying.send_all_due(at("2025-10-28 08:01"))
    row = world.assignment("cuc-a")
    assert row.notices.filter(rule="ask_contacts", state="sent", channel="email").exists()
    put_last_contact([row])
    assert row.last_contact is None


def test_the_second_letter_counts_the_first(world, issued):
    accept_later(world)
    second = start(world, at("2025-11-03 08:00"))
    assert (second.ordinal, second.subject[-7:]) == (2, "(lần 2)")
    assert "tiếp theo Công văn số 07/BYT-VPB9 ngày 28/10/2025 của Bộ Y tế" in second.opening
    assert [(u.unit_name, u.times_before) for u in named_units(second)] == [
        ("Bệnh viện Bạch Mai", 1),
        ("Sở Y tế thành phố Hải Phòng", 0),
    ]
    printed = annex(second, [urging.as_named(u) for u in named_units(second)])
    table = printed.blocks[0]
    assert printed.landscape
    assert [row.cells for row in table.rows if not row.span] == [
        (
            "1", "Bệnh viện Bạch Mai", "trước ngày 20/10/2025", "10", "1 lần",
            "Công văn số 07/BYT-VPB9 ngày 28/10/2025",
        ),
        ("2", "Sở Y tế thành phố Hải Phòng", "trước ngày 30/10/2025", "2", "Lần đầu", "chưa liên hệ"),
    ]  # fmt: skip
    running = [urging.still_running(second, date(2025, 11, day)) for day in (4, 5)]
    assert running == [[issued], []]
    assert "1 đơn vị được đôn đốc lần đầu" in " ".join(block.html for block in paper(second).blocks)


def test_a_second_letter_never_shortens_the_time_of_the_first(world, issued):
    UrgingLetter.objects.filter(pk=issued.pk).update(
        reply_by=date(2025, 11, 20), reply_boundary="on_or_before"
    )
    assert start(world, at("2025-10-30 08:00")).reply_phrase == "chậm nhất ngày 20/11/2025"


def accept_later(world):
    submit(world, "cuc-a", "2025-10-29 08:00")
    accept(world, "cuc-a", "2025-10-29 10:00")


def test_the_number_of_units_in_the_body_is_that_of_the_annex(world, letter):
    printed = paper(letter)
    rows = [row for row in printed.annexes[0].blocks[0].rows if not row.span]
    assert [row.cells[0] for row in rows] == ["1", "2"]
    assert f"của {len(rows)} đơn vị đã quá thời hạn" in printed.blocks[1].html
    assert "gồm: 1 đơn vị thuộc Bộ; 1 đơn vị trực thuộc Bộ" in printed.blocks[1].html


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"number": 0}, "từ 1"),
        ({"issued_on": date(2025, 10, 27)}, "trước ngày ký"),
        ({"issued_on": date(2025, 10, 29)}, "sau hôm nay"),
        ({"actor": "lead"}, "không có quyền"),
    ],
)
def test_an_issue_that_cannot_be_stores_nothing(world, letter, changes, reason):
    clear(world, letter)
    sign(world, letter)
    if "actor" in changes:
        changes = {"actor": world.lead}
    with pytest.raises(Refused, match=reason):
        issue(world, letter, **changes)
    assert (letter.state, Event.objects.filter(action=URGED).count()) == (LetterState.SIGNED, 0)
    assert not StoredFile.objects.exists()


def test_a_number_is_given_once_a_year(world, issued):
    second = start(world, at("2025-11-03 08:00"))
    clear(world, second, at("2025-11-03 09:00"))
    sign(world, second, signed_on=date(2025, 11, 3), now=at("2025-11-03 10:00"))
    with pytest.raises(Refused, match="đã cấp cho công văn khác"):
        issue(world, second, issued_on=date(2025, 11, 3), now=at("2025-11-03 11:00"))
    assert (second.state, second.issue_number, second.sha256) == (LetterState.SIGNED, None, "")


def test_a_letter_is_dropped_with_the_reason_and_its_place_is_free(world, letter):
    with pytest.raises(Refused, match="lý do"):
        urging_issue.drop(letter, note=" ", actor=world.reviewer, now=CLEARED)
    urging_issue.drop(letter, note="Các đơn vị hứa nộp.", actor=world.reviewer, now=CLEARED)
    assert start(world, CLEARED).ordinal == 1


def test_the_signed_copy_goes_with_the_letter(world, letter):
    scan = SimpleUploadedFile("ban-ky.pdf", PDF)
    with pytest.raises(Refused, match="khi công văn đã ký"):
        urging_issue.attach_scan(letter, scan, actor=world.registry, now=SIGNED_AT)
    clear(world, letter)
    sign(world, letter)
    with pytest.raises(Refused, match="Văn thư"):
        urging_issue.attach_scan(letter, scan, actor=world.reviewer, now=SIGNED_AT)
    kept = urging_issue.attach_scan(letter, scan, actor=world.registry, now=SIGNED_AT)
    assert (kept.kind, kept.name, rendering.content_type(kept)) == (
        "letter_scan",
        "ban-ky.pdf",
        "application/pdf",
    )
    assert letter.events.last().action == "scan"


def test_the_step_changes_no_state(world, issued):
    event = Event.objects.filter(action=URGED).first()
    assert (event.from_state, event.to_state, event.assignment.state) == ("", "", State.NOT_STARTED)
