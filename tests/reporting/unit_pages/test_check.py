"""Check, approval and sending."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from reporting import opening
from reporting.models import (
    Answer,
    Attachment,
    Comment,
    Submission,
    WarningReason,
)
from reporting.states import State
from tests.factories import TEXT, at, person
from tests.reporting.unit_pages.asking import NOW, PDF, page, typed, url
from units.models import Delegation, Role


def test_whoever_approves_sees_the_files_that_go_along(reporter, full, world, sign_in):
    for place in (url("attachment_add", full.pk), url("section", full.pk, "1.1")):
        data = typed(version="1") if "muc" in place else {}
        reporter.post(place, data | {"file": SimpleUploadedFile("bao-cao-ky.pdf", PDF)})
    html = page(sign_in(world.approvers["cuc-a"]).get(url("check", full.pk)))
    listed = html.split(">Tài liệu kèm theo<")[1].split("</dl>")[0]
    assert re.findall("<dt>(.*?)</dt>", listed) == ["Chung", "Mục 1.1"]
    assert [f'href="{url("attachment", full.pk, row.pk)}"' in listed for row in Attachment.objects.all()] == [
        True,
        True,
    ]


def test_an_empty_draft_lists_errors_that_lead_to_their_sections(reporter, mine):
    html = page(reporter.get(url("check", mine.pk)))
    assert "<title>Lỗi: " in html
    assert 'class="error-summary" role="alert"' in html
    assert f'<a href="{url("section", mine.pk, "1.1")}">Mục 1.1: chưa có nội dung</a>' in html
    assert 'aria-disabled="true"' in html
    assert "lỗi phải sửa" in html


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2025-10-14 14:03", "Nộp lúc này: đúng hạn."),
        ("2025-10-19 23:59:59", "Nộp lúc này: đúng hạn."),
        ("2025-10-20 00:00:00", "Nộp lúc này: nộp muộn."),
    ],
)
def test_the_check_page_says_how_it_would_count(world, sign_in, full, clock, now, words):
    clock.move_to(at(now))
    reporter = sign_in(world.reporters["cuc-a"])
    assert words in page(reporter.get(url("check", full.pk)))


def test_a_resubmission_is_told_about_its_own_date(world, reporter, sign_in, returned, clock):
    assert "kịp ngày hẹn bổ sung" in page(reporter.get(url("check", returned.pk)))
    clock.move_to(at("2025-10-25 00:00"))
    html = page(sign_in(world.reporters["cuc-a"]).get(url("check", returned.pk)))
    assert "đã quá ngày hẹn bổ sung" in html
    assert "vẫn được tính đúng hạn" in html


def test_a_warning_wants_a_reason_and_goes_with_the_request(reporter, full):
    Answer.objects.filter(section__key="1.2").update(narrative="<p>Ít chữ.</p>")
    html = page(reporter.get(url("check", full.pk)))
    assert "1 điểm cần xem lại" in html
    assert 'name="reason:short-1.2"' in html
    reporter.post(url("request_approval", full.pk))
    full.refresh_from_db()
    assert full.state == State.IN_PROGRESS
    response = reporter.post(url("request_approval", full.pk), {"reason:short-1.2": "Mới được giao."})
    assert response.url == url("assignment", full.pk)
    full.refresh_from_db()
    assert full.state == State.AWAITING_APPROVAL
    assert WarningReason.objects.get().reason == "Mới được giao."


def test_reasons_are_saved_by_themselves_and_only_for_real_warnings(reporter, full):
    Answer.objects.filter(section__key="1.2").update(narrative="<p>Ít chữ.</p>")
    data = {"reason:short-1.2": "Mới được giao.", "reason:short-1.3": "Bịa", "reason:x": "Bịa"}
    assert reporter.post(url("check", full.pk), data).status_code == 302
    assert list(WarningReason.objects.values_list("check_code", flat=True)) == ["short-1.2"]
    for name in ("check", "request_approval"):
        refused = reporter.post(url(name, full.pk), {"reason:short-1.2": "MẬT\n\nDo ít việc."})
        assert (refused.status_code, "Do ít việc.</textarea>" in page(refused)) == (409, True)
        assert "mang dấu MẬT" in page(refused)
    assert WarningReason.objects.get().reason == "Mới được giao."


def test_a_note_that_cannot_be_sent_is_shown_to_be_copied(approver, reporter, handed_over, full):
    place = url("send_back", handed_over.pk)
    assert approver.post(place, {"note": "Thêm số."}).status_code == 302
    late = approver.post(place, {"note": "Thêm số liệu."})
    assert (late.status_code, "readonly>Thêm số liệu.</textarea>" in page(late)) == (409, True)
    assert "readonly" not in page(approver.get(url("check", handed_over.pk)))


def test_the_writer_waits_and_the_approver_sends(reporter, approver, handed_over):
    waiting = page(reporter.get(url("check", handed_over.pk)))
    assert "Đang chờ lãnh đạo duyệt" in waiting
    assert "Duyệt và nộp</button>" not in waiting
    assert "Duyệt và nộp</button>" in page(approver.get(url("check", handed_over.pk)))
    assert reporter.post(url("submit", handed_over.pk)).url == url("check", handed_over.pk)
    assert not Submission.objects.exists()
    response = approver.post(url("submit", handed_over.pk))
    sent = Submission.objects.get()
    assert response.url == url("receipt", sent.code)
    again = approver.post(url("submit", handed_over.pk), follow=True)
    assert Submission.objects.count() == 1
    assert "vừa xử lý" in page(again)


def test_the_approver_sends_back_with_a_note_the_writer_reads(reporter, approver, handed_over):
    address = url("send_back", handed_over.pk)
    assert "lời nhắn" in page(approver.post(address, {"note": ""}, follow=True))
    approver.post(address, {"note": "Bổ sung mục 3."})
    html = page(reporter.get(url("assignment", handed_over.pk)))
    assert "chuyển lại người soạn" in html
    assert "Bổ sung mục 3." in html
    handed_over.refresh_from_db()
    assert handed_over.state == State.IN_PROGRESS


def test_a_deputy_sees_the_buttons_and_is_named(world, sign_in, reporter, handed_over):
    deputy = person("pho", "Phó Cục trưởng")
    Delegation.objects.create(
        unit=handed_over.unit,
        principal=world.approvers["cuc-a"],
        deputy=deputy,
        authority="KT.",
        valid_from=NOW.date(),
    )
    assert "Phó Cục trưởng" in page(reporter.get(url("check", handed_over.pk)))
    response = sign_in(deputy).post(url("submit", handed_over.pk), follow=True)
    assert "KT. Lãnh đạo Cục YDCT" in page(response)


def test_a_unit_without_an_approver_is_told_on_the_check_page(world, reporter, full):
    full.unit.memberships.filter(role=Role.APPROVER).delete()
    html = page(reporter.get(url("check", full.pk)))
    assert "chưa có lãnh đạo duyệt" in html
    reporter.post(url("request_approval", full.pk))
    full.refresh_from_db()
    assert full.state == State.IN_PROGRESS


def test_a_resubmission_goes_with_its_changes(world, reporter, approver, returned):
    comment = Comment.objects.get()
    html = page(reporter.get(url("check", returned.pk)))
    assert "Thay đổi so với lần nộp trước" in html
    assert "Chưa có gì khác bản đã nộp." in html
    assert "chưa được trả lời" in html
    reporter.post(url("reply", returned.pk, comment.pk), {"text": "Đã nêu số."})
    changed = TEXT.replace("hai hội nghị", "ba hội nghị")
    figures = {
        "fig_hoi_nghi": "15",
        "fig_luot_nguoi": "12",
        "fig_ty_le_quan_triet": "1,2",
        "fig_van_ban": "12",
    }
    data = typed(version="1", narrative_html=changed, do="done") | figures
    assert reporter.post(url("section", returned.pk, "1.1"), data).status_code == 302
    html = page(reporter.get(url("check", returned.pk)))
    assert "<del>hai</del><ins>ba</ins>" in html
    assert "<del>12</del> → <ins>15</ins>" in html
    assert html.count("Thay đổi ở mục </span>1.1 ") == html.count("Thay đổi ở mục") == 1
    assert "Đã nêu số." in html
    reporter.post(url("request_approval", returned.pk))
    approver.post(url("submit", returned.pk))
    second = Submission.objects.get(number=2)
    assert json.loads(second.content)["replies"][0]["reply"] == "Đã nêu số."


def test_a_closed_round_takes_nothing(world, reporter, full):
    opening.close_round(world.round, actor=world.lead, now=NOW)
    html = page(reporter.get(url("check", full.pk)))
    assert "không còn mở" in html
    reporter.post(url("request_approval", full.pk))
    full.refresh_from_db()
    assert full.state == State.IN_PROGRESS
