"""The receipt, the print of what was sent, the draft's print."""

from datetime import timedelta

import pytest

from reporting import rendering, reviewing
from reporting.documents.pdf import RenderFailed
from reporting.models import (
    Answer,
    Comment,
    RenderJob,
    Submission,
)
from tests.factories import accept, submit
from tests.reporting.unit_pages.asking import NOW, page, url


def test_the_receipt_says_everything_for_good(world, reporter, sign_in):
    sent = submit(world, "cuc-a", "2025-10-10 15:04:09")
    html = page(reporter.get(sent.get_absolute_url()))
    assert sent.code in html
    assert sent.sha256 in html
    assert "khớp với mã băm" in html
    assert "15:04:09 thứ Sáu 10/10/2025" in html
    assert "Lãnh đạo Cục YDCT" in html
    assert "Đúng hạn" in html
    assert "ngày làm việc cuối: thứ Sáu 17/10" in html
    assert "tổ chức hai hội nghị quán triệt" in html
    assert html.count('class="summary-card"') == 16
    accept(world, "cuc-a")
    assert "Văn phòng Bộ đã tiếp nhận" in page(reporter.get(sent.get_absolute_url()))
    assert reporter.get(url("receipt", "KG25-9999-9")).status_code == 404


def test_a_receipt_whose_content_was_touched_says_so(world, reporter):
    sent = submit(world, "cuc-a")
    Submission.objects.update(content=sent.content.replace("hai hội nghị", "chín hội nghị"))
    assert "không khớp với mã băm" in page(reporter.get(sent.get_absolute_url()))


def test_an_old_receipt_leads_to_the_new_one(world, reporter, returned):
    first = Submission.objects.get()
    reviewing.reply(Comment.objects.get(), text="Rồi.", actor=world.reporters["cuc-a"], now=NOW)
    second = submit(world, "cuc-a", "2025-10-14 14:00")
    html = page(reporter.get(first.get_absolute_url()))
    assert second.get_absolute_url() in html


def test_the_receipt_is_cleaned_again_when_shown(world, reporter):
    sent = submit(world, "cuc-a")
    Submission.objects.update(content=sent.content.replace("quý II", "<script>x()</script>"))
    assert "<script>x()" not in page(reporter.get(sent.get_absolute_url()))


def test_sending_has_the_report_printed(handed_over, sign_in, world):
    sign_in(world.approvers["cuc-a"]).post(url("submit", handed_over.pk))
    job = RenderJob.objects.get()
    assert (job.submission, job.state) == (Submission.objects.get(), "waiting")


def test_the_pdf_is_waited_for_and_never_printed_by_reading(world, reporter, monkeypatch):
    sent = submit(world, "cuc-a")
    monkeypatch.setattr(rendering, "render_pdf", lambda paper: pytest.fail("printed while somebody reads"))
    wait = url("submission_print", sent.code)
    assert reporter.get(url("submission_pdf", sent.code)).url == wait
    assert "chưa được dựng" in page(reporter.get(wait))
    assert not RenderJob.objects.exists(), "reading asks for nothing"
    assert "Lấy bản nộp (PDF)" in page(reporter.get(sent.get_absolute_url()))
    assert reporter.post(url("submission_print_request", sent.code)).url == wait
    html = page(reporter.get(wait))
    assert '<meta http-equiv="refresh"' in html
    assert "Lâu hơn thường lệ" not in html
    RenderJob.objects.update(requested_at=NOW - timedelta(minutes=4))
    assert "Lâu hơn thường lệ" in page(reporter.get(wait))
    assert "đang được dựng" in page(reporter.get(sent.get_absolute_url()))
    assert "<html" not in page(reporter.get(wait, headers={"hx-request": "true"}))


def test_a_pdf_that_cannot_be_made_is_said_and_can_be_tried_again(world, reporter, monkeypatch):
    sent = submit(world, "cuc-a")

    def fails(paper):
        raise RenderFailed("memory")

    reporter.post(url("submission_print_request", sent.code))
    monkeypatch.setattr(rendering, "render_pdf", fails)
    rendering.run_waiting(NOW)
    html = page(reporter.get(url("submission_print", sent.code)))
    assert "không đủ bộ nhớ" in html
    assert "không phải nộp lại" in html
    reporter.post(url("submission_print_request", sent.code))
    assert sorted(RenderJob.objects.values_list("state", flat=True)) == ["failed", "waiting"]


def test_the_pdf_of_what_was_sent_comes_as_an_attachment(world, reporter, sign_in):
    sent = submit(world, "cuc-a")
    reporter.post(url("submission_print_request", sent.code))
    assert rendering.run_waiting(NOW) == 1
    assert "Tải bản nộp (PDF)" in page(reporter.get(url("submission_print", sent.code)))
    response = reporter.get(url("submission_pdf", sent.code))
    body = b"".join(response.streaming_content)
    assert response.status_code == 200
    assert body.startswith(b"%PDF-")
    assert "attachment" in response["Content-Disposition"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(sign_in(world.reviewer).get(url("submission_pdf", sent.code)).streaming_content) == body


def test_the_receipt_names_what_the_ministry_used_once_it_is_issued(world, reporter):
    from reporting import consolidation
    from reporting.models import Report

    sent = submit(world, "cuc-a")
    accept(world, "cuc-a")
    report = consolidation.start_report(world.round, actor=world.reviewer, now=NOW)
    consolidation.take(report, sent.passages.first(), actor=world.reviewer, now=NOW)
    assert "Đã dùng trong báo cáo của Bộ" not in page(reporter.get(sent.get_absolute_url()))
    Report.objects.filter(pk=report.pk).update(
        state="issued", issue_number=7, issued_on=NOW.date(), signed_on=NOW.date(), signer_name="An"
    )
    html = page(reporter.get(sent.get_absolute_url()))
    assert "Đã dùng trong báo cáo của Bộ" in html
    assert "1 đoạn của đơn vị" in html


def test_the_receipt_says_warnings_in_words(world, reporter, approver, full):
    Answer.objects.filter(section__key="1.2").update(narrative="<p>Ít chữ.</p>")
    reporter.post(url("request_approval", full.pk), {"reason:short-1.2": "Mới được giao."})
    approver.post(url("submit", full.pk))
    html = page(reporter.get(Submission.objects.get().get_absolute_url()))
    assert "Nội dung ngắn, mục 1.2" in html
    assert "Mới được giao." in html


def test_the_draft_prints_in_the_official_form(world, reporter, full):
    html = page(reporter.get(url("print", full.pk)))
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "BỘ Y TẾ",
        "CỤC TRƯỞNG",
    ):
        assert words in html
    assert "CỤC QUẢN LÝ Y, DƯỢC CỔ TRUYỀN" in html
    assert "Kính gửi: Bộ Y tế (Văn phòng Bộ)" in html
    assert html.count("tổ chức hai hội nghị quán triệt") == 16
