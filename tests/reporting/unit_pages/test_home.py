"""Who may see what; what is owed, the task list and the answers to remarks."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reporting import reviewing, submitting
from reporting.models import (
    Answer,
    Attachment,
    Comment,
    Section,
    Submission,
)
from tests.factories import accept, at, fill, make_round, person, return_report, submit
from tests.reporting.unit_pages.asking import NOW, PDF, page, typed, url
from units.models import Role


def addresses(world):
    sent = submit(world, "so-c", "2025-10-10 15:00")
    assignment = world.assignment("cuc-a")
    upload = SimpleUploadedFile("a.pdf", PDF)
    from reporting.attaching import add_attachment

    row = add_attachment(assignment, upload, section=None, actor=world.reporters["cuc-a"], now=NOW)
    pk = assignment.pk
    return [
        ("get", url("assignment", pk)),
        ("get", url("section", pk, "1.1")),
        ("post", url("section", pk, "1.1")),
        ("post", url("section_autosave", pk, "1.1")),
        ("get", url("check", pk)),
        ("post", url("check", pk)),
        ("post", url("request_approval", pk)),
        ("post", url("send_back", pk)),
        ("post", url("submit", pk)),
        ("post", url("reply", pk, 1)),
        ("post", url("attachment_add", pk)),
        ("get", url("attachment", pk, row.pk)),
        ("post", url("attachment_remove", pk, row.pk)),
        ("get", url("print", pk)),
        ("get", url("receipt", sent.code)),
        ("get", url("submission_pdf", sent.code)),
        ("get", url("submission_print", sent.code)),
        ("post", url("submission_print_request", sent.code)),
    ]


def test_a_person_of_another_unit_meets_404_everywhere(world, sign_in):
    for method, address in addresses(world):
        for stranger in (world.outsider, world.reporters["benh-vien-b"], world.approvers["benh-vien-b"]):
            assert getattr(sign_in(stranger), method)(address).status_code == 404, (method, address)
    assert not Answer.objects.filter(assignment=world.assignment("cuc-a")).exists()
    assert Attachment.objects.get().removed_at is None


def test_the_office_reads_receipts_but_not_drafts(world, sign_in):
    """A link of a mail that goes up to the office leads it to its own page of the unit."""
    office = sign_in(world.reviewer)
    assignment = world.assignment("cuc-a")
    for method, address in addresses(world):
        if (method, address) == ("get", f"/viec/{assignment.pk}/"):
            assert office.get(address).url == reverse("reporting:review", args=[world.round.code, "cuc-a"])
            continue
        expected = 200 if "/phieu/" in address else 404
        if address.endswith(".pdf") or method == "post" and expected == 200:
            continue
        assert getattr(office, method)(address).status_code == expected, (method, address)


def test_an_admin_has_no_right_to_a_report(world, sign_in):
    for method, address in addresses(world):
        assert getattr(sign_in(world.admin), method)(address).status_code == 404, (method, address)


def test_nobody_signed_in_is_sent_to_sign_in(world, client):
    for method, address in addresses(world):
        response = getattr(client, method)(address)
        assert response.status_code == 302, (method, address)
        assert "/tai-khoan/" in response.url or "login" in response.url or "dang-nhap" in response.url


@pytest.mark.parametrize(
    "name", ["request_approval", "send_back", "submit", "attachment_add", "section_autosave"]
)
def test_verbs_are_posted(mine, reporter, name):
    args = (mine.pk, "1.1") if name == "section_autosave" else (mine.pk,)
    assert reporter.get(url(name, *args)).status_code == 405


def test_posts_need_their_token(world, mine, client):

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world.reporters["cuc-a"])
    assert strict.post(url("section", mine.pk, "1.1"), typed()).status_code == 403


def test_home_says_what_is_owed_by_when_and_what_to_do(reporter, mine):
    html = page(reporter.get(url("home")))
    assert "Công tác khoa giáo năm 2025" in html
    assert "trước ngày 20/10/2025" in html
    assert "ngày làm việc cuối: thứ Sáu 17/10" in html
    assert "<b>3</b> ngày làm việc còn lại" in html
    assert ">Bắt đầu<" in html
    assert "0/16 mục đã xong" in html
    assert "1 lãnh đạo duyệt và nộp" in html
    assert "Nhắc nếu chưa nộp: 1 ngày làm việc trước hạn" in html


def test_home_warns_where_nobody_approves(world, reporter):
    world.units[0].memberships.filter(role=Role.APPROVER).delete()
    assert "chưa có lãnh đạo duyệt" in page(reporter.get(url("home")))


def test_home_says_what_is_overdue(world, sign_in, clock):
    clock.move_to(at("2025-10-22 08:00"))
    reporter = sign_in(world.reporters["cuc-a"])
    html = page(reporter.get(url("home")))
    assert "1 việc đã quá hạn" in html
    assert "<b>2</b> ngày làm việc quá hạn" in html
    assert "xin gia hạn ở trang báo cáo trước khi nộp" in html
    assert "trả lại đã quá hạn" not in html


@pytest.mark.parametrize(("judged_by", "kept"), [("first", True), ("last", False)])
def test_home_says_of_a_returned_report_what_is_so_with_it(world, sign_in, returned, clock, judged_by, kept):
    world.round.judged_by = judged_by
    world.round.save()
    clock.move_to(at("2025-10-27 08:00"))
    html = page(sign_in(world.reporters["cuc-a"]).get(url("home")))
    assert "1 báo cáo bị trả lại đã quá hạn bổ sung" in html
    assert ("lần nộp đầu giữ nguyên kết quả" in html) == kept
    assert "việc đã quá hạn" not in html
    assert "nộp muộn" not in html
    assert "gia hạn" not in html


def test_home_of_a_person_of_two_units_names_the_unit(world, sign_in):
    both = person("hai-noi")
    for code in ("cuc-a", "so-c"):
        world.assignment(code).unit.memberships.create(user=both, role=Role.REPORTER)
    html = page(sign_in(both).get(url("home")))
    assert html.count('class="duty"') == 2
    assert html.index("Cục Quản lý Y, Dược cổ truyền</span>") < html.index(
        "Sở Y tế thành phố Hải Phòng</span>"
    )


def test_home_is_never_blank(world, sign_in, reporter):
    assert "Không còn việc nào phải nộp" not in page(reporter.get(url("home")))
    submit(world, "cuc-a")
    html = page(reporter.get(url("home")))
    assert "Không còn việc nào phải nộp" in html
    assert Submission.objects.get().code in html
    assert "chưa được phân công" in page(sign_in(world.admin).get(url("home")))


def test_sent_reports_by_year(world, reporter):
    assert "Chưa nộp báo cáo nào" in page(reporter.get(url("sent")))
    sent = submit(world, "cuc-a", "2025-10-21 08:00")
    submit(world, "so-c")
    html = page(reporter.get(url("sent")))
    assert "Năm 2025" in html
    assert sent.get_absolute_url() in html
    assert "Nộp muộn" in html
    assert "Hải Phòng" not in html


@pytest.mark.parametrize("name", ["home", "sent"])
def test_lists_take_the_same_queries_at_one_and_at_three(world, reporter, name):
    def count():
        with CaptureQueriesContext(connection) as queries:
            reporter.get(url(name))
        return len(queries)

    submit(world, "cuc-a")
    opened = make_round(world, code="r-1", year=2026, opened_at="2025-10-01 09:00")
    one = count()
    for n in (2, 3):
        world.round = make_round(world, code=f"s-{n}", year=2025, opened_at="2025-09-01 09:00")
        submit(world, "cuc-a")
        make_round(world, code=f"r-{n}", year=2026 + n, opened_at="2025-10-01 09:00")
    assert opened.is_open
    assert count() == one


def test_the_task_list_has_the_outline_with_who_touched_what(world, reporter, full):
    html = page(reporter.get(url("assignment", full.pk)))
    assert html.count('class="task"') == 16
    assert "1. Tham mưu, tổ chức thực hiện" in html
    assert "2 – 5. Nội dung khác của kế hoạch" in html
    assert "16/16 mục đã xong" in html
    assert "Chuyên viên Cục YDCT · 14/10/2025 10:00" in html
    assert "Lãnh đạo nộp trước 00:00 thứ Hai 20/10/2025" in html
    assert "Văn phòng mở đợt báo cáo" in html


@pytest.mark.parametrize("name", ["assignment", "check", "print"])
def test_a_report_takes_the_same_queries_with_one_section_and_with_all(world, reporter, mine, name):
    def count():
        with CaptureQueriesContext(connection) as queries:
            assert reporter.get(url(name, mine.pk)).status_code == 200
        return len(queries)

    reporter.post(url("section", mine.pk, "1.1"), typed(narrative="Một"))
    one = count()
    fill(mine, actor=world.reporters["cuc-a"], now=at("2025-10-14 10:00"))
    assert count() == one


def test_a_returned_report_takes_the_same_queries_with_one_comment_and_with_four(world, reporter):
    def count(more):
        sent = submit(world, "cuc-a")
        for section in Section.objects.filter(is_heading=False)[:more]:
            reviewing.add_comment(sent, section, text="Nêu rõ hơn.", actor=world.reviewer, now=NOW)
        return_report(world, "cuc-a")
        with CaptureQueriesContext(connection) as queries:
            html = page(reporter.get(url("assignment", sent.assignment_id)))
        shown = html.count('class="comment mb-3"')
        Comment.objects.update(reply="Rồi.", replied_at=NOW, replied_by=world.reporters["cuc-a"])
        return len(queries), shown

    first, second = count(0), count(3)
    assert (first[1], second[1]) == (1, 5)
    assert first[0] == second[0]


def test_a_returned_report_shows_note_date_and_comments_to_answer(reporter, returned):
    html = page(reporter.get(url("assignment", returned.pk)))
    comment = Comment.objects.get()
    assert "Đề nghị bổ sung số liệu." in html
    assert "chậm nhất ngày 24/10/2025" in html
    assert "Còn 1 ý kiến cần trả lời" in html
    assert "Đề nghị nêu rõ số liệu và thời gian thực hiện." in html
    assert url("reply", returned.pk, comment.pk) in html


def test_a_comment_is_answered_and_the_answer_can_be_mended(reporter, returned):
    comment = Comment.objects.get()
    address = url("reply", returned.pk, comment.pk)
    assert reporter.post(address, {"text": "  "}).status_code == 422
    comment.refresh_from_db()
    assert comment.reply == ""
    response = reporter.post(address, {"text": "Đã nêu ở mục 1.1.", "back": "section"})
    assert response.url == url("section", returned.pk, "1.1") + f"#y-kien-{comment.pk}"
    reporter.post(address, {"text": "Đã nêu ở đoạn 2."})
    comment.refresh_from_db()
    assert (comment.reply, comment.replied_at) == ("Đã nêu ở đoạn 2.", NOW)
    assert "Đã nêu ở đoạn 2." in page(reporter.get(url("section", returned.pk, "1.1")))


@pytest.mark.parametrize("back", ["", "section"])
@pytest.mark.parametrize(
    ("text", "status", "why"),
    [
        ("Đã nêu. " * 501, 422, "Dài quá 4.000 ký tự (đang có 4007)"),
        ("TUYỆT MẬT\n\nĐã nêu.", 409, "mang dấu TUYỆT MẬT"),
    ],
)
def test_an_answer_that_is_refused_is_shown_again_with_the_reason(
    reporter, returned, text, status, why, back
):
    comment = Comment.objects.get()
    response = reporter.post(url("reply", returned.pk, comment.pk), {"text": text, "back": back})
    html = response.content.decode()
    assert response.status_code == status
    assert f">{text.strip()}</textarea>" in html.replace(text, text.strip())
    assert why in html
    assert f'aria-describedby="reply-{comment.pk}_error"' in html
    assert "<title>Lỗi: " in html
    comment.refresh_from_db()
    assert comment.reply == ""


def test_an_answer_written_while_the_report_was_handed_over_can_be_copied(world, reporter, returned):
    comment = Comment.objects.get()
    Comment.objects.update(needs_answer=False)
    submitting.request_approval(returned, actor=world.reporters["cuc-a"], now=NOW)
    response = reporter.post(url("reply", returned.pk, comment.pk), {"text": "Đã nêu.", "back": "section"})
    assert response.status_code == 409
    assert "readonly data-focus>Đã nêu.</textarea>" in page(response)


def test_a_comment_the_office_has_not_sent_is_not_there(world, reporter, sign_in):
    sent = submit(world, "cuc-a", "2025-10-08 15:00")
    comment = reviewing.add_comment(
        sent, sent.passages.first().section, text="Nháp của Văn phòng", actor=world.reviewer, now=NOW
    )
    pk = sent.assignment_id
    assert "Nháp của Văn phòng" not in page(reporter.get(url("assignment", pk)))
    assert reporter.post(url("reply", pk, comment.pk), {"text": "x"}).status_code == 404


def test_last_years_report_is_linked(world, reporter):
    earlier = submit(world, "cuc-a", "2025-10-10 09:00")
    accept(world, "cuc-a")
    newer = make_round(world, code="khoa-giao-2026", year=2026, opened_at="2025-10-13 09:00")
    newer.previous = world.round
    newer.save()
    world.round = newer
    mine = world.assignment("cuc-a")
    assert earlier.get_absolute_url() in page(reporter.get(url("assignment", mine.pk)))
    section = page(reporter.get(url("section", mine.pk, "1.1")))
    assert "Năm 2025 đã viết" in section
    assert "tổ chức hai hội nghị quán triệt" in section
