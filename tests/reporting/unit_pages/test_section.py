"""A section: saving, what is refused, two people at once, saving while typing."""

import re
from urllib.parse import quote

import pytest
from django.test import Client

from reporting.models import (
    Answer,
    Figure,
    Section,
)
from tests.factories import TEXT
from tests.reporting.unit_pages.asking import page, typed, url


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
        ("http://testserver/dot/mo-moi/?plan=19&xem=1", "/dot/mo-moi/?plan=19&xem=1"),
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
    login = f"/dang-nhap/?next={quote(back, safe='')}"
    assert f'href="{login}"' in html
    assert (
        client.post("/viec/1/y-kien/3/", {"text": " "}).url == login
    )  # the page, not what only takes a form
    script = {"X-Requested-With": "XMLHttpRequest"}
    assert client.post("/viec/1/y-kien/3/", {"text": "Đã bổ sung."}, headers=script).status_code == 302


def test_prose_is_kept_whatever_its_field_is_called(db):
    sent = {
        "opening": "Ngày 05/10/2026,\nVăn phòng Bộ đã nhắc.",
        "closing": "Đề nghị đơn vị " + "báo cáo " * 9,
    }
    short = {"reply_by": "31/12/2026", "old_password": "mật khẩu rất dài, có cả dấu cách trong đó nữa"}
    html = Client().post("/dot/a/cong-van/1/loi-van/", sent | short).content.decode()
    assert html.count("</textarea>") == 2
    assert ("Văn phòng Bộ đã nhắc." in html, "mật khẩu" in html) == (True, False)
