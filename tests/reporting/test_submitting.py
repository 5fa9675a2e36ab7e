import hashlib
import json
import unicodedata

import pytest

from reporting import drafting, opening, submitting
from reporting.lifecycle import Refused, StaleState
from reporting.models import Event, Passage, Round, Section, Submission, SubmittedFigure
from reporting.states import AnswerStatus, State
from tests.factories import TEXT, at, fill, person, submit
from units.models import Delegation, Role

NOW = at("2025-10-10 15:04")


def handed_over(world, code="cuc-a", **content):
    assignment = world.assignment(code)
    fill(assignment, actor=world.reporters[code], now=NOW, **content)
    submitting.request_approval(assignment, actor=world.reporters[code], now=NOW)
    return assignment


def test_the_record_is_what_was_written_and_hashes_to_its_own_bytes(world):
    sent = submit(world, "cuc-a", "2025-10-10 15:04:09")
    content = json.loads(sent.content)
    assert sent.code == f"KG25-{sent.assignment_id:04d}-1"
    assert sent.sha256 == hashlib.sha256(sent.content.encode()).hexdigest()
    assert submitting.is_intact(sent)
    assert content["submitted_at"] == "2025-10-10T15:04:09+07:00"
    assert content["unit"] == {"code": "cuc-a", "name": sent.unit_name, "group": "Các đơn vị thuộc Bộ"}
    assert content["deadline"]["phrase"] == "trước ngày 20/10/2025"
    assert [row["number"] for row in content["sections"]][:3] == ["1.1", "1.2", "1.3"]
    assert content["sections"][0]["html"] == TEXT
    assert content["sections"][0]["figures"][2] == {
        "code": "ty_le_quan_triet",
        "name": "Tỷ lệ cán bộ, đảng viên được quán triệt",
        "unit": "%",
        "amount": 12,
        "decimals": 1,
    }


def test_a_changed_record_is_found_out(world):
    sent = submit(world, "cuc-a")
    Submission.objects.filter(pk=sent.pk).update(content=sent.content.replace("quý II", "quý I"))
    assert not submitting.is_intact(Submission.objects.get(pk=sent.pk))


def test_canonical_json_does_not_depend_on_order_or_on_the_form_of_letters():
    composed, decomposed = "Tiếng Việt", unicodedata.normalize("NFD", "Tiếng Việt")
    assert composed != decomposed
    assert submitting.canonical_json({"b": 1, "a": composed}) == submitting.canonical_json(
        {"a": decomposed, "b": 1}
    )
    assert submitting.canonical_json({"a": [1, None]}) == '{"a":[1,null]}'
    with pytest.raises(ValueError):
        submitting.canonical_json({"a": float("nan")})


def test_passages_and_figures_become_rows(world):
    sent = submit(world, "cuc-a")
    first = Section.objects.get(round=world.round, key="1.1")
    assert list(
        Passage.objects.filter(submission=sent, section=first).values_list("position", flat=True)
    ) == [1, 2]
    assert Passage.objects.filter(submission=sent).count() == 32
    assert SubmittedFigure.objects.filter(submission=sent).count() == world.round.indicators.count()
    passage = Passage.objects.filter(submission=sent, section=first).first()
    assert passage.sha256 == hashlib.sha256(passage.text.encode()).hexdigest()
    assert "ke hoach thuc hien" in passage.search_text


@pytest.mark.parametrize("status", [AnswerStatus.NIL, AnswerStatus.NOT_APPLICABLE])
def test_a_silent_section_sends_neither_text_nor_figures(world, status):
    assignment = world.assignment("cuc-a")
    fill(assignment, actor=world.reporters["cuc-a"], now=NOW)
    section = Section.objects.get(round=world.round, key="1.1")
    drafting.save_section(
        assignment,
        section,
        html=TEXT,
        status=status,
        reason="Không có đảng bộ riêng.",
        amounts={},
        seen_version=1,
        actor=world.reporters["cuc-a"],
        now=NOW,
    )
    submitting.request_approval(assignment, actor=world.reporters["cuc-a"], now=NOW)
    sent = submitting.submit(assignment, actor=world.approvers["cuc-a"], now=NOW)
    row = json.loads(sent.content)["sections"][0]
    assert (row["status"], row["html"], row["figures"]) == (status, "", [])
    assert row["reason"] == "Không có đảng bộ riêng."
    assert not Passage.objects.filter(submission=sent, section=section).exists()
    assert not SubmittedFigure.objects.filter(submission=sent, indicator__section=section).exists()


def test_only_an_approver_sends(world):
    assignment = handed_over(world)
    for somebody in (
        world.reporters["cuc-a"],
        world.approvers["so-c"],
        world.lead,
        world.admin,
        world.outsider,
    ):
        with pytest.raises(Refused):
            submitting.submit(assignment, actor=somebody, now=NOW)
    assert world.assignment("cuc-a").state == State.AWAITING_APPROVAL
    assert not Submission.objects.exists()


def test_a_deputy_sends_and_both_names_are_kept(world):
    deputy = person("pho-cuc-truong", "Phó Cục trưởng")
    Delegation.objects.create(
        unit=world.units[0],
        principal=world.approvers["cuc-a"],
        deputy=deputy,
        authority="KT.",
        valid_from=at("2025-10-01 00:00").date(),
    )
    sent = submitting.submit(handed_over(world), actor=deputy, now=NOW)
    assert (sent.submitted_by, sent.on_behalf_of, sent.authority) == (deputy, world.approvers["cuc-a"], "KT.")
    assert json.loads(sent.content)["on_behalf_of"] == world.approvers["cuc-a"].full_name
    assert Event.objects.get(action="submit").on_behalf_of == world.approvers["cuc-a"]


def test_a_draft_with_errors_is_not_handed_over(world):
    assignment = world.assignment("cuc-a")
    with pytest.raises(Refused):
        submitting.request_approval(assignment, actor=world.reporters["cuc-a"], now=NOW)
    fill(assignment, actor=world.reporters["cuc-a"], now=NOW, text="")
    with pytest.raises(Refused, match="điểm phải sửa"):
        submitting.request_approval(assignment, actor=world.reporters["cuc-a"], now=NOW)
    assert not Event.objects.filter(action="request_approval").exists()


def test_a_unit_without_an_approver_is_told_who_can_help(world):
    world.units[0].memberships.filter(role=Role.APPROVER).delete()
    assignment = world.assignment("cuc-a")
    fill(assignment, actor=world.reporters["cuc-a"], now=NOW)
    with pytest.raises(Refused, match="quản trị"):
        submitting.request_approval(assignment, actor=world.reporters["cuc-a"], now=NOW)


def test_sending_back_needs_a_note(world):
    assignment = handed_over(world)
    with pytest.raises(Refused, match="lời nhắn"):
        submitting.send_back(assignment, actor=world.approvers["cuc-a"], now=NOW, note="  ")
    submitting.send_back(assignment, actor=world.approvers["cuc-a"], now=NOW, note="Bổ sung mục 3.")
    assert world.assignment("cuc-a").state == State.IN_PROGRESS
    assert Event.objects.get(action="send_back").note == "Bổ sung mục 3."


def test_a_report_is_sent_once(world):
    assignment = handed_over(world)
    again = world.assignment("cuc-a")
    submitting.submit(assignment, actor=world.approvers["cuc-a"], now=NOW)
    with pytest.raises(StaleState, match=str(world.approvers["cuc-a"])):
        submitting.submit(again, actor=world.approvers["cuc-a"], now=NOW)
    assert Submission.objects.count() == 1


def test_the_record_is_unchanged_by_later_edits_of_names(world):
    sent = submit(world, "cuc-a")
    world.units[0].name = "Cục mới"
    world.units[0].save()
    assert "Cục mới" not in Submission.objects.get(pk=sent.pk).content
    assert Submission.objects.get(pk=sent.pk).unit_name == "Cục Quản lý Y, Dược cổ truyền"


def test_what_was_handed_over_again_is_not_sent_unread(world):
    """The approver read one draft; it went back, was changed and handed over again before the button was pressed."""
    assignment = handed_over(world)
    read = submitting.handed_over(assignment)
    submitting.send_back(assignment, actor=world.approvers["cuc-a"], now=NOW, note="Sửa mục 3.")
    submitting.request_approval(assignment, actor=world.reporters["cuc-a"], now=NOW)
    page = world.assignment("cuc-a")
    with pytest.raises(StaleState, match="trình lại"):
        submitting.submit(page, actor=world.approvers["cuc-a"], now=NOW, seen=read)
    assert world.assignment("cuc-a").state == State.AWAITING_APPROVAL
    again = submitting.handed_over(page)
    submitting.submit(world.assignment("cuc-a"), actor=world.approvers["cuc-a"], now=NOW, seen=again)
    assert world.assignment("cuc-a").state == State.SUBMITTED


def test_nothing_is_sent_into_a_round_closed_meanwhile(world):
    assignment = handed_over(world)
    opening.close_round(Round.objects.get(pk=world.round.pk), actor=world.lead, now=NOW)
    assert assignment.round.is_open, "as this page still sees it"
    with pytest.raises(Refused, match="không còn mở"):
        submitting.submit(assignment, actor=world.approvers["cuc-a"], now=NOW)
    assert world.assignment("cuc-a").state == State.AWAITING_APPROVAL
