"""The page that registers many papers: upload, every line, confirm."""

import datetime as dt
import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directives.models import Directive
from tests.factories import paper, person
from tests.units.extraction.test_sheets import xlsx
from units.extraction.sheets import read_rows

HEADING = ["Loại", "Số, ký hiệu", "Ngày ban hành", "Cơ quan ban hành", "Trích yếu"]
UPLOAD, CONFIRM = "/van-ban/nhap/", "/van-ban/nhap/xac-nhan/"


@pytest.fixture
def admin(db):
    return person("quan-tri", admin=True)


def sheet(*codes):
    return xlsx(
        HEADING, *[["Chỉ thị", code, dt.date(2024, 5, 1), "Ban <b>Bí thư", "Về một việc"] for code in codes]
    )


def send(client, data, name="van-ban.xlsx"):
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, data)})


def text(response):
    return response.content.decode()


def kept(response):
    return unescape(re.search(r'name="bang" value="([^"]+)"', text(response)).group(1))


def test_nothing_is_stored_before_the_confirmation_and_nothing_twice(admin, sign_in):
    client = sign_in(admin)
    paper(admin, code="19-CT/TW", issued_on=dt.date(2024, 5, 1))
    page = send(client, sheet("19-CT/TW", "40-CT/TW", "41-CT/TW"))
    assert page.status_code == 200
    assert "Ban &lt;b&gt;Bí thư" in text(page)
    assert Directive.objects.count() == 1
    fields = {"bang": kept(page), "dong": ["2", "3"]}
    done = client.post(CONFIRM, fields, follow=True)
    assert "Đã đăng ký 1 văn bản từ van-ban.xlsx" in text(done)
    assert set(Directive.objects.values_list("code", flat=True)) == {"19-CT/TW", "40-CT/TW"}
    assert "không đăng ký thêm gì" in text(client.post(CONFIRM, fields, follow=True))
    assert Directive.objects.count() == 2


def test_the_page_takes_the_same_queries_for_one_and_three_lines(admin, sign_in):
    client, counts = sign_in(admin), []
    for codes in (["40-CT/TW"], ["40-CT/TW", "41-CT/TW", "42-CT/TW"]):
        with CaptureQueriesContext(connection) as seen:
            assert send(client, sheet(*codes)).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_what_was_ticked_stays_when_it_is_refused(admin, sign_in):
    client = sign_in(admin)
    bang = kept(send(client, sheet("40-CT/TW", "xx ##")))
    page = client.post(CONFIRM, {"bang": bang, "dong": []})
    assert page.status_code == 422
    assert "Chưa chọn dòng nào" in text(page)
    assert not re.search(r'id="dong-2"[^>]*checked', text(page))
    assert not Directive.objects.exists()


@pytest.mark.parametrize("bang", ["", "xx", "e30:1:abc"])
def test_a_page_that_is_not_ours_registers_nothing(admin, sign_in, bang):
    page = sign_in(admin).post(CONFIRM, {"bang": bang, "dong": ["2"]}, follow=True)
    assert "tải bảng tính lên lại" in text(page)


def test_the_page_of_one_admin_is_not_confirmed_by_another(admin, sign_in):
    bang = kept(send(sign_in(admin), sheet("40-CT/TW")))
    sign_in(person("quan-tri-2", admin=True)).post(CONFIRM, {"bang": bang, "dong": ["2"]})
    assert not Directive.objects.exists()


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "a.xls", "định dạng Office cũ"),
        (b"PKxx", "a.xlsx", "bị hỏng hoặc không phải bảng tính"),
        (b"a;b\n1;2", "a.csv", "Không thấy dòng tiêu đề"),
        (b"x" * (5 * 1024 * 1024 + 1), "a.csv", "lớn hơn 5 MB"),
        (sheet("TUYỆT MẬT"), "a.xlsx", "mang dấu TUYỆT MẬT"),
    ],
)
def test_files_that_are_refused_say_why(admin, sign_in, data, name, words):
    page = send(sign_in(admin), data, name)
    assert page.status_code == 422
    assert words in text(page)


def test_the_template_is_a_table_with_headings_only(admin, sign_in):
    answer = sign_in(admin).get(reverse("reporting:import_template_xlsx"))
    rows = read_rows(answer.content)
    assert rows[-1][1] == "Số, ký hiệu"
    page = send(sign_in(admin), answer.content)
    assert "chưa có văn bản nào" in text(page)


def test_only_an_admin_imports(db, sign_in, client):
    nobody = sign_in(person("khong-vai-tro"))
    for url in (UPLOAD, CONFIRM, reverse("reporting:import_template_xlsx")):
        verb = nobody.post if url == CONFIRM else nobody.get
        assert verb(url).status_code == 403
        assert client.post(url).status_code in (302, 403)
