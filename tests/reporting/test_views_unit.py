"""What unit staff see and do, without scripts: duties, sections, check, approval, receipt, files."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reporting import opening, rendering, reviewing, submitting
from reporting.documents.pdf import RenderFailed
from reporting.models import (
    Answer,
    Attachment,
    Comment,
    Figure,
    RenderJob,
    Section,
    Submission,
    WarningReason,
)
from reporting.states import State
from tests.factories import TEXT, accept, at, fill, make_round, person, return_report, submit
from tests.remembered import once
from units.models import Delegation, Role

NOW = at("2025-10-14 14:03")
PDF = b"%PDF-1.7 thu\n%%EOF"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def reporter(world, sign_in):
    return sign_in(world.reporters["cuc-a"])


@pytest.fixture
def approver(world, sign_in):
    return sign_in(world.approvers["cuc-a"])


@pytest.fixture
def mine(world):
    return world.assignment("cuc-a")


@pytest.fixture
@once
def full(world, mine):
    """A draft with every section done."""
    fill(mine, actor=world.reporters["cuc-a"], now=at("2025-10-14 10:00"))
    return mine


@pytest.fixture
@once
def handed_over(world, full):
    submitting.request_approval(full, actor=world.reporters["cuc-a"], now=at("2025-10-14 11:00"))
    return full


@pytest.fixture
@once
def returned(world):
    submit(world, "cuc-a", "2025-10-08 15:00")
    return_report(world, "cuc-a", when="2025-10-10 09:00")
    return world.assignment("cuc-a")


def url(name, *args):
    return reverse(f"reporting:{name}", args=args)


def page(response):
    return re.sub(r"\s+", " ", response.content.decode())


def typed(section_key="1.1", **values):
    return {"version": "0", "kind": "content", "reason": "", "narrative": "", "do": "later"} | values


# ---- who may see what ------------------------------------------------------------------------------------


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
    office = sign_in(world.reviewer)
    for method, address in addresses(world):
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
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world.reporters["cuc-a"])
    assert strict.post(url("section", mine.pk, "1.1"), typed()).status_code == 403


# ---- home ------------------------------------------------------------------------------------------------


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
    assert "đề nghị Văn phòng Bộ gia hạn trước khi nộp" in html
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


# ---- task list -------------------------------------------------------------------------------------------


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


# ---- a section -------------------------------------------------------------------------------------------


def test_the_section_page_stands_without_scripts(reporter, mine):
    html = page(reporter.get(url("section", mine.pk, "1.1")))
    assert '<textarea class="form-control" id="id_narrative"' in html
    assert '<input type="hidden" name="version" value="0">' in html
    assert html.count('inputmode="') == 4
    assert "Không nhập bí mật nhà nước" in html
    assert "Văn bản triển khai đã ban hành" in html
    assert "Mục tiếp theo: 1.2" in html
    assert "style=" not in html
    assert "onclick" not in html


def test_a_heading_takes_no_answer(reporter, mine):
    assert reporter.get(url("section", mine.pk, "1")).status_code == 404
    assert reporter.get(url("section", mine.pk, "9.9")).status_code == 404


def test_save_and_come_back_works_whatever_is_missing(reporter, mine):
    response = reporter.post(url("section", mine.pk, "1.1"), typed())
    assert response.status_code == 302
    assert response.url == url("assignment", mine.pk)
    assert Answer.objects.get().status == "in_progress"


def test_plain_text_becomes_paragraphs_and_lists(reporter, mine):
    text = "Đoạn một.\r\n\r\nĐoạn hai.\r\n\r\n- việc a\r\n- việc b"
    reporter.post(url("section", mine.pk, "1.2"), typed(narrative=text))
    assert Answer.objects.get().narrative == (
        "<p>Đoạn một.</p><p>Đoạn hai.</p><ul><li>việc a</li><li>việc b</li></ul>"
    )


def test_text_left_as_it_is_keeps_its_bold_and_tables(reporter, mine):
    rich = "<p>Có <strong>4 hội nghị</strong></p><table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>"
    reporter.post(url("section", mine.pk, "1.2"), typed(narrative_html=rich))
    html = reporter.get(url("section", mine.pk, "1.2")).content.decode()
    shown = re.search(r"<textarea[^>]*>(.*?)</textarea>", html, re.S)[1]
    reporter.post(url("section", mine.pk, "1.2"), typed(version="1", narrative=shown.replace("\n", "\r\n")))
    assert Answer.objects.get().narrative == rich
    assert Answer.objects.get().version == 2


def test_the_editors_html_is_cleaned(reporter, mine):
    reporter.post(
        url("section", mine.pk, "1.2"), typed(narrative_html='<p onclick="x()">A<script>x()</script></p>')
    )
    assert Answer.objects.get().narrative == "<p>A</p>"


@pytest.mark.parametrize(
    ("kind", "reason", "status"),
    [("nil", "", "nil"), ("not_applicable", "Không có chức năng.", "not_applicable")],
)
def test_a_section_may_have_nothing_to_say(reporter, mine, kind, reason, status):
    response = reporter.post(url("section", mine.pk, "1.2"), typed(kind=kind, reason=reason, do="done"))
    assert response.status_code == 302
    answer = Answer.objects.get()
    assert (answer.status, answer.reason) == (status, reason)
    told = f"Đã lưu mục 1.2: hoàn thành, {answer.get_status_display().lower()}."
    assert told in reporter.get(response.url).content.decode()


def test_done_with_everything(reporter, mine):
    data = typed(do="done", narrative_html=TEXT, fig_hoi_nghi="4", fig_luot_nguoi="1.286")
    response = reporter.post(
        url("section", mine.pk, "1.1"), data | {"fig_ty_le_quan_triet": "99,2", "fig_van_ban": "0"}
    )
    assert response.status_code == 302
    assert Answer.objects.get().status == "done"
    amounts = dict(Figure.objects.values_list("indicator__code", "amount"))
    assert amounts == {"hoi_nghi": 4, "luot_nguoi": 1286, "ty_le_quan_triet": 992, "van_ban": 0}


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("fig_hoi_nghi", "nhiều", "Nhập số nguyên, ví dụ 1.286."),
        ("fig_hoi_nghi", "-2", "Nhập số từ 0 trở lên."),
        ("fig_ty_le_quan_triet", "992", "Nhập số từ 0 đến 100."),
        ("fig_ty_le_quan_triet", "98.5", "tối đa 1 chữ số"),
        ("fig_luot_nguoi", "9" * 30, "Số quá lớn"),
        ("fig_luot_nguoi", "9" * 60, "40"),
        ("reason", "x" * 301, "300"),
    ],
)
def test_a_wrong_field_is_told_beside_it_and_the_rest_is_saved(reporter, mine, field, value, message):
    data = typed(narrative="Đã làm việc này.", fig_van_ban="7") | {field: value}
    response = reporter.post(url("section", mine.pk, "1.1"), data)
    assert response.status_code == 422
    html = page(response)
    assert "<title>Lỗi: " in html
    assert f'value="{value}"' in html
    assert message in re.search(rf'id="id_{field}_error"[^>]*>(.*?)</div>', html)[1]
    assert '<input type="hidden" name="version" value="1">' in html
    assert Answer.objects.get().narrative == "<p>Đã làm việc này.</p>"
    assert dict(Figure.objects.values_list("indicator__code", "amount")) == {"van_ban": 7}
    again = reporter.post(url("section", mine.pk, "1.1"), data | {"version": "1", field: ""})
    assert again.status_code == 302


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"narrative": ""}, "narrative"),
        ({"narrative": TEXT, "fig_hoi_nghi": ""}, "fig_hoi_nghi"),
        ({"kind": "not_applicable"}, "reason"),
    ],
)
def test_done_asks_for_what_is_missing_and_keeps_the_rest(reporter, mine, data, field):
    figures = {"fig_hoi_nghi": "1", "fig_luot_nguoi": "1", "fig_ty_le_quan_triet": "1", "fig_van_ban": "1"}
    response = reporter.post(url("section", mine.pk, "1.1"), typed(do="done") | figures | data)
    assert response.status_code == 422
    assert re.search(rf'id="id_{field}_error">[^<]+', page(response))
    assert Answer.objects.get().status != "done"


def test_a_secrecy_mark_stores_nothing_and_keeps_what_was_typed(reporter, mine):
    response = reporter.post(
        url("section", mine.pk, "1.1"), typed(narrative="MẬT\n\nNội dung mật", fig_hoi_nghi="4")
    )
    assert response.status_code == 422
    html = page(response)
    assert "mang dấu MẬT" in html
    assert "Nội dung mật</textarea>" in html
    assert 'value="4"' in html
    assert not Answer.objects.exists()
    assert not Figure.objects.exists()


def test_a_text_too_long_is_kept_in_the_form(reporter, mine):
    text = "dài " * 60_000
    response = reporter.post(url("section", mine.pk, "1.2"), typed(narrative=text))
    assert response.status_code == 422
    assert "quá dài" in page(response)
    assert text.strip() in page(response)
    assert not Answer.objects.exists()


@pytest.mark.parametrize("version", ["", "abc", "-1", "99999999999999999999"])
def test_a_broken_version_is_refused_with_the_text_kept(reporter, mine, version):
    response = reporter.post(url("section", mine.pk, "1.2"), typed(version=version, narrative="Giữ chữ này"))
    assert response.status_code == 422
    assert "Giữ chữ này</textarea>" in page(response)
    assert not Answer.objects.exists()


def test_a_section_handed_over_cannot_be_written(reporter, handed_over):
    address = url("section", handed_over.pk, "1.2")
    section = Section.objects.get(round=handed_over.round, key="1.2")
    assert reporter.get(address).url == url("check", handed_over.pk) + f"#s-{section.pk}"
    response = reporter.post(address, typed(version="1", narrative="Sửa muộn"))
    assert response.status_code == 422
    assert "không sửa được" in page(response)
    assert not Answer.objects.filter(narrative__contains="Sửa muộn").exists()


# ---- two people at one section ---------------------------------------------------------------------------


def test_a_conflict_shows_both_texts_and_overwrites_nothing(reporter, approver, mine):
    address = url("section", mine.pk, "1.1")
    approver.post(address, typed(narrative="Vùng trồng tại 7 tỉnh.", fig_hoi_nghi="5"))
    response = reporter.post(address, typed(narrative="Vùng trồng tại 6 tỉnh.", fig_hoi_nghi="4", do="done"))
    assert response.status_code == 409
    html = page(response)
    assert "tại <del>6</del> tỉnh." in html
    assert "tại <ins>7</ins> tỉnh." in html
    assert "Hội nghị quán triệt: <b>4</b>" in html
    assert "Hội nghị quán triệt: <b>5</b>" in html
    assert 'data-version="1"' in html
    assert Answer.objects.get().narrative == "<p>Vùng trồng tại 7 tỉnh.</p>"


def test_keeping_ones_own_text_saves_it_over_the_other(reporter, approver, mine):
    address = url("section", mine.pk, "1.2")
    approver.post(address, typed(narrative="Bản của lãnh đạo."))
    html = reporter.post(address, typed(narrative='Bản "của tôi" <b>.')).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', html))
    from html import unescape

    data = {name: unescape(value) for name, value in hidden.items()} | {"resolve": "mine"}
    assert reporter.post(address, data).status_code == 302
    assert Answer.objects.get().narrative == '<p>Bản "của tôi" &lt;b&gt;.</p>'


def test_taking_the_other_text_stores_nothing(reporter, approver, mine):
    address = url("section", mine.pk, "1.2")
    approver.post(address, typed(narrative="Bản của lãnh đạo."))
    response = reporter.post(address, typed(narrative="Bản của tôi.", resolve="theirs"))
    assert response.url == address
    assert Answer.objects.get().version == 1
    assert "Bản của lãnh đạo." in page(reporter.get(address))


# ---- autosave --------------------------------------------------------------------------------------------


def test_autosave_says_when_and_which_version(reporter, mine):
    address = url("section_autosave", mine.pk, "1.1")
    answer = reporter.post(
        address, typed(narrative_html="<p>Một</p>", autosave="1", fig_hoi_nghi="x", fig_van_ban="2")
    )
    assert answer.status_code == 200
    told = answer.json()
    assert (told["saved_at"], told["version"]) == ("14:03", 1)
    assert list(told["errors"]) == ["fig_hoi_nghi"]
    assert Figure.objects.get().indicator.code == "van_ban"


def test_autosave_keeps_a_finished_section_finished_and_never_finishes_one(reporter, full):
    address = url("section_autosave", full.pk, "1.2")
    reporter.post(address, typed(version="1", narrative_html=TEXT, do="done"))
    assert Answer.objects.get(section__key="1.2").status == "done"
    Answer.objects.filter(section__key="1.2").update(status="in_progress")
    reporter.post(address, typed(version="2", narrative_html=TEXT, do="done"))
    assert Answer.objects.get(section__key="1.2").status == "in_progress"


def test_autosave_meets_a_conflict_with_both_texts(reporter, approver, mine):
    approver.post(url("section", mine.pk, "1.1"), typed(narrative="Bản hai", fig_hoi_nghi="5"))
    response = reporter.post(url("section_autosave", mine.pk, "1.1"), typed(narrative="Bản một"))
    assert response.status_code == 409
    html = page(response)
    assert 'data-conflict="mine"' in html
    assert 'data-conflict="theirs"' in html
    assert '<template data-theirs="id_narrative"><p>Bản hai</p></template>' in html
    assert '<template data-theirs="id_fig_hoi_nghi">5</template>' in html
    assert "<html" not in html


@pytest.mark.parametrize(
    ("data", "key"),
    [({"narrative": "TUYỆT MẬT"}, "narrative"), ({"reason": "TỐI MẬT"}, "reason")],
)
def test_autosave_of_a_secret_stores_nothing(reporter, mine, data, key):
    response = reporter.post(url("section_autosave", mine.pk, "1.1"), typed() | data)
    assert response.status_code == 422
    assert "Bí mật nhà nước" in response.json()["errors"][key]
    assert response.json()["secret"] is True
    assert not Answer.objects.exists()


def test_autosave_after_handing_over_says_why(reporter, handed_over):
    response = reporter.post(url("section_autosave", handed_over.pk, "1.1"), typed(version="1"))
    assert response.status_code == 422
    assert "không sửa được" in response.json()["problem"]
    assert response.json()["secret"] is False


@pytest.mark.parametrize(("do", "told"), [("later", 1), ("attach", 1)])
def test_a_save_tells_the_browser_to_forget_its_copy(reporter, mine, do, told):
    place = url("section", mine.pk, "1.1")
    html = page(reporter.post(place, typed(narrative="Xong.", do=do), follow=True))
    assert html.count(f'data-saved="{place}"') == told
    assert "data-unsaved" not in html


def test_a_page_shown_again_says_whether_its_text_is_unsaved_or_secret(reporter, mine):
    place = url("section", mine.pk, "1.1")
    assert "data-unsaved" not in page(reporter.get(place))
    wrong = page(reporter.post(place, typed(fig_hoi_nghi="bốn")))
    assert ("data-unsaved" in wrong, "data-secret" in wrong, "data-saved" in wrong) == (True, False, False)
    assert "data-unsaved data-secret" in page(reporter.post(place, typed(narrative="MẬT")))


def test_a_post_from_an_old_page_shows_what_was_typed_to_its_writer_only(world):
    writer, stranger = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    writer.force_login(world.reporters["cuc-a"])
    typed = {"narrative": "Chữ <b>đã gõ", "password": "bi-mat-123"}
    came_from = {"HTTP_REFERER": "http://testserver/viec/1/muc/1.1/"}
    html = writer.post("/viec/1/muc/1.1/", typed, **came_from).content.decode()
    assert ">Chữ &lt;b&gt;đã gõ</textarea>" in html
    assert 'href="/viec/1/muc/1.1/"' in html
    assert "bi-mat-123" not in html
    assert "Chữ" not in stranger.post("/viec/1/muc/1.1/", typed).content.decode().replace("phần chữ", "")


@pytest.mark.parametrize(
    ("referrer", "back"),
    [
        ("http://testserver/viec/1/", "/viec/1/"),
        ("http://khac.test/viec/2/", "/viec/1/y-kien/3/"),
        ("http://testserver//khac.test/", "/viec/1/y-kien/3/"),
        ("", "/viec/1/y-kien/3/"),
    ],
)
def test_a_post_after_the_session_ended_keeps_what_was_typed(db, referrer, back):
    client = Client(headers={"Referer": referrer})
    answer = client.post("/viec/1/y-kien/3/", {"text": "Đã bổ sung."})
    html = answer.content.decode()
    assert (answer.status_code, ">Đã bổ sung.</textarea>" in html) == (403, True)
    assert f'href="/dang-nhap/?next={back.replace("/", "%2F")}"' in html
    assert client.post("/viec/1/y-kien/3/", {"text": " "}).status_code == 302
    script = {"X-Requested-With": "XMLHttpRequest"}
    assert client.post("/viec/1/y-kien/3/", {"text": "Đã bổ sung."}, headers=script).status_code == 302


# ---- check, approve, send --------------------------------------------------------------------------------


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


# ---- receipt ---------------------------------------------------------------------------------------------


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


# ---- print -----------------------------------------------------------------------------------------------


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


# ---- files -----------------------------------------------------------------------------------------------


def upload(name="ke-hoach.pdf", data=PDF):
    return SimpleUploadedFile(name, data)


def test_a_file_is_added_read_and_taken_away(world, reporter, sign_in, mine):
    assert reporter.post(url("attachment_add", mine.pk), {"file": upload()}).status_code == 302
    row = Attachment.objects.get()
    assert "ke-hoach" not in row.path
    assert (row.name, row.section, row.content_type) == ("ke-hoach.pdf", None, "application/pdf")
    assert "ke-hoach.pdf" in page(reporter.get(url("assignment", mine.pk)))
    response = reporter.get(url("attachment", mine.pk, row.pk))
    assert b"".join(response.streaming_content) == PDF
    assert "attachment" in response["Content-Disposition"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert sign_in(world.reviewer).get(url("attachment", mine.pk, row.pk)).status_code == 404
    reporter.post(url("attachment_remove", mine.pk, row.pk))
    assert reporter.get(url("attachment", mine.pk, row.pk)).status_code == 404
    assert "ke-hoach.pdf" not in page(reporter.get(url("assignment", mine.pk))).replace(
        "Đã bỏ tệp ke-hoach.pdf", ""
    )


def test_what_was_sent_stays_readable_for_unit_and_office(world, reporter, sign_in, mine):
    reporter.post(url("attachment_add", mine.pk), {"file": upload()})
    row = Attachment.objects.get()
    sent = submit(world, "cuc-a", "2025-10-14 14:03")
    assert "ke-hoach.pdf" in page(reporter.get(sent.get_absolute_url()))
    for client in (reporter, sign_in(world.reviewer)):
        assert client.get(url("attachment", mine.pk, row.pk)).status_code == 200
    reporter.post(url("attachment_remove", mine.pk, row.pk))
    row.refresh_from_db()
    assert row.removed_at is None


def test_a_file_goes_with_the_save_of_its_section(reporter, mine):
    data = typed(narrative="Có kèm tệp.", do="attach")
    response = reporter.post(url("section", mine.pk, "1.2"), data | {"file": upload()})
    assert response.url == url("section", mine.pk, "1.2") + "#tep"
    assert Attachment.objects.get().section.key == "1.2"
    assert Answer.objects.get().narrative == "<p>Có kèm tệp.</p>"


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.pdf", b"", "rỗng"),
        ("a.pdf", b"<html>", "Không nhận ra"),
        ("a.doc", b"\xd0\xcf\x11\xe0rest", ".docx"),
        ("a.docx", b"PK\x03\x04broken", "hỏng"),
        ("a.pdf", PDF + b"0" * (20 * 1024 * 1024), "20 MB"),
    ],
)
def test_a_wrong_file_is_told_beside_the_field(reporter, mine, name, data, message):
    response = reporter.post(url("attachment_add", mine.pk), {"file": upload(name, data)})
    assert response.status_code == 422
    assert message in re.search(r'id="file_error">(.*?)</div>', page(response))[1]
    answer = reporter.post(
        url("section", mine.pk, "1.2"), typed(narrative="Chữ", do="later", file=upload(name, data))
    )
    assert answer.status_code == 422
    assert message in re.search(r'id="id_file_error">(.*?)</div>', page(answer))[1]
    assert Answer.objects.get().narrative == "<p>Chữ</p>"
    assert not Attachment.objects.exists()


def test_no_file_chosen_is_told(reporter, mine):
    response = reporter.post(url("attachment_add", mine.pk))
    assert response.status_code == 422
    assert "Hãy chọn một tệp" in page(response)
    assert reporter.post(url("attachment_add", mine.pk), {"section": "9.9"}).status_code == 404


def test_no_file_is_added_once_handed_over(reporter, handed_over):
    response = reporter.post(url("attachment_add", handed_over.pk), {"file": upload()})
    assert response.status_code == 422
    assert "không sửa được" in page(response)
    assert not Attachment.objects.exists()
