"""The pages on which a paper is read: taken in, decided, entered; outsiders are told who can."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directives import readings
from directives.models import Directive, DirectiveFile, Reading
from directives.reading_page import alike
from directives.register import load_papers
from tests.directives.test_readings import PLAN, extracted
from tests.factories import at, person
from tests.units.extraction.paper_samples import docx, paragraph
from units.models import UnitGroup, User

NOW = at("2025-01-10 08:00")
SCAN = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


@pytest.fixture
def admin(db):
    return person("quan-tri", admin=True)


@pytest.fixture
def group(db):
    return UnitGroup.objects.create(code="so-y-te", name="Sở Y tế các tỉnh, thành phố", position=1)


@pytest.fixture
def client(admin, sign_in):
    return sign_in(admin)


def word(words):
    return docx("".join(paragraph(line) for line in words.split("\n")))


def text(response):
    return html.unescape(response.content.decode())


def taken_in(client, words=PLAN, **sent):
    """The paper as it comes from the page; most tests do without the process that reads files."""
    if not sent:
        return readings.begin(extracted(words), actor=User.objects.get(username="quan-tri"), now=NOW)
    response = client.post("/van-ban/doc/", sent)
    assert response.status_code == 302, text(response)
    return Reading.objects.latest("pk")


def post(client, reading, key, do="confirm", **data):
    row = reading.proposals.get(
        letter=key.rstrip("0123456789"), number=int(key[1:] or 0) if key != "VB" else 0
    )
    seen = data.pop("seen", row.version)
    return client.post(f"/van-ban/doc/{reading.pk}/{key}/quyet/", {"do": do, "seen": seen, **data})


def test_a_pasted_paper_is_shown_with_its_marks_and_proposals(client, group):
    reading = taken_in(client, text=PLAN)
    page = text(client.get(f"/van-ban/doc/{reading.pk}/"))
    assert (
        '<a class="hl hl-a" id="doc-A1" href="#A1">Chỉ thị số 05-CT/TW ngày 12/3/2024<sup>A1</sup></a>'
        in page
    )
    assert "0/9 đã xử lý · còn 9" in page
    assert "ngày làm việc cuối: thứ Sáu 12/09/2025" in page
    assert 'Lấy <span class="code">61-KL/TW</span>' in page
    assert not Directive.objects.exists()
    assert "Phòng chống dịch sốt xuất huyết" in text(client.get("/van-ban/doc/"))


def test_from_a_plan_to_the_button_that_opens_its_round(client, group):
    reading = taken_in(client, file=SimpleUploadedFile("ke-hoach.docx", word(PLAN)))
    client.post(f"/van-ban/doc/{reading.pk}/xac-nhan-het/")
    for key in ("A2", "B2", "VB"):
        going = post(client, reading, key)
        assert going.status_code == 302, key
    assert going["Location"].endswith("#ghi")
    ended = client.post(f"/van-ban/doc/{reading.pk}/ghi/", follow=True)
    plan = Directive.objects.get(kind="KH")
    assert f"/dot/moi/?plan={plan.pk}" in text(ended) or f"?plan={plan.pk}" in text(ended)
    assert DirectiveFile.objects.get(directive=plan).name == "ke-hoach.docx"
    assert Directive.objects.get(code="61-KL/TW").printed_as == "61-KT/TW"


def test_each_decision_comes_back_to_the_next_proposal(client, group):
    reading = taken_in(client)
    assert post(client, reading, "A2")["Location"].endswith("?xem=B2#B2")
    page = text(client.get(f"/van-ban/doc/{reading.pk}/"))
    assert "1/9 đã xử lý · còn 8" in page
    post(client, reading, "A2", "reopen")
    assert reading.proposals.get(letter="A", number=2).decision == ""
    post(client, reading, "A2", "as_printed")
    assert reading.proposals.get(letter="A", number=2).values["new"]["code"] == "61-KT/TW"


def test_the_boundary_is_chosen_beside_the_deadline(client, group):
    reading = taken_in(client)
    post(client, reading, "B1", boundary="on_or_before")
    row = reading.proposals.get(letter="B", number=1)
    assert (row.decision, row.values["boundary"], row.values["phrase"]) == (
        "corrected",
        "on_or_before",
        "trước ngày 15/9/2025",
    )


def test_a_decision_on_an_old_page_is_not_taken(client, group):
    reading = taken_in(client)
    post(client, reading, "C1", "reject")
    again = client.post(f"/van-ban/doc/{reading.pk}/C1/quyet/", {"do": "confirm", "seen": "0"}, follow=True)
    assert "vừa quyết đề xuất C1: đã bỏ" in text(again)
    assert reading.proposals.get(letter="C", number=1).decision == "rejected"


CITED = {
    "code": "61-KL/TW",
    "kind": "KL",
    "issued_on": "02/5/2024",
    "issuer": "Bộ Chính trị",
    "title": "Y tế dự phòng",
}
DUTY = {"addressee": "Cục Phòng bệnh", "text": "Hướng dẫn.", "phrase": "", "boundary": "none"}


@pytest.mark.parametrize(
    ("key", "data", "said", "kept"),
    [
        ("A2", {"title": "", "issuer": "Bộ Chính trị khóa cũ"}, "Ghi trích yếu", "Bộ Chính trị khóa cũ"),
        ("A2", {"issued_on": "31/02/2024"}, "Nhập ngày theo dạng", "31/02/2024"),
        ("B2", {"due_date": "15/9/2025"}, "chọn cách tính", "Hướng dẫn."),
        ("C1", {"title": " "}, "Ghi tên nội dung", ""),
        ("C1", {"title": "Nội dung (MẬT)"}, "mang dấu MẬT", "Nội dung (MẬT)"),
        ("VB", {"kind": "", "title": "Chữ vừa gõ"}, "Chọn loại văn bản", "Chữ vừa gõ"),
    ],
)
def test_a_wrong_correction_keeps_what_was_typed(client, group, key, data, said, kept):
    reading = taken_in(client)
    basis = {"A": CITED, "B": DUTY}.get(key[0], {})
    answer = client.post(f"/van-ban/doc/{reading.pk}/{key}/sua/", {"seen": "0", **basis, **data})
    assert answer.status_code == 422
    assert said in text(answer)
    assert kept in text(answer)
    assert not reading.proposals.exclude(decision="").exists()


def test_corrections_are_entered(client, group):
    load_papers(actor=person("nhap", admin=True), now=NOW)
    reading = taken_in(client)
    known = Directive.objects.get(code="86-KL/TW")
    where = f"/van-ban/doc/{reading.pk}"
    client.post(f"{where}/A2/sua/", {"seen": "0", "known": known.pk, "own_tie": "amends"})
    client.post(f"{where}/A1/sua/", {"seen": "0", **CITED, "code": "05-CT/TW", "kind": "CT"})
    dated = {"due_date": "01/10/2025", "phrase": "khi có yêu cầu", "boundary": "before", "groups": [group.pk]}
    client.post(f"{where}/B2/sua/", {"seen": "0", **DUTY, **dated})
    client.post(f"{where}/C1/sua/", {"seen": "0", "title": "Tên khác"})
    client.post(f"{where}/D2/sua/", {"seen": "0", "groups": [group.pk]})
    client.post(f"{where}/xac-nhan-het/")
    post(client, reading, "VB")
    client.post(f"{where}/ghi/")
    plan = Directive.objects.exclude(title__startswith="Triển khai công tác khoa giáo").get(
        kind="KH", code=""
    )
    assert {(tie.kind, tie.to_directive.code) for tie in plan.relations_out.all()} == {("amends", "86-KL/TW")}
    assert plan.content_areas.first().title == "Tên khác"
    second = plan.requirements.get(addressee="Cục Phòng bệnh")
    assert (second.phrase, second.group) == ("khi có yêu cầu", group)


@pytest.mark.parametrize(("more", "merged"), [({}, False), ({"addressee": "Mọi đơn vị"}, True)])
def test_several_addressees_stay_apart_when_only_the_date_is_put_right(client, more, merged):
    reading = taken_in(client)
    row = reading.proposals.get(letter="B", number=2)
    names = [f"Cục số {n} {'và các đơn vị ' * 5}".strip() for n in range(1, 5)]
    row.read = row.read | {"addressees": names, "groups": []}
    row.save(update_fields=["read"])
    shown = re.search(
        r'name="addressee" value="([^"]*)"', text(client.get(f"/van-ban/doc/{reading.pk}/?sua=B2"))
    )
    assert shown.group(1) == "; ".join(names), "nothing is cut off"
    dated = {"due_date": "01/10/2025", "phrase": "trước ngày 01/10/2025", "boundary": "before"}
    sent = {"seen": "0", **DUTY, "addressee": shown.group(1), **dated, **more}
    client.post(f"/van-ban/doc/{reading.pk}/B2/sua/", sent)
    row.refresh_from_db()
    assert row.values["addressees"] == (["Mọi đơn vị"] if merged else names)
    assert row.values["groups"] == ([] if merged else None)


@pytest.mark.parametrize(
    ("key", "data", "kept"),
    [
        ("A2", {**CITED, "title": "Một trích yếu khác"}, "Một trích yếu khác"),
        ("B2", {**DUTY, "text": "Việc đã sửa lại"}, "Việc đã sửa lại"),
        ("C1", {"title": "Tên nội dung khác"}, "Tên nội dung khác"),
        (
            "VB",
            {"kind": "KH", "status": "draft", "issuer": "Bộ Y tế", "title": "Tên kế hoạch khác"},
            "Tên kế hoạch khác",
        ),
    ],
)
def test_what_was_typed_is_still_there_when_opened_again(client, group, key, data, kept):
    reading = taken_in(client)
    client.post(f"/van-ban/doc/{reading.pk}/{key}/sua/", {"seen": "0", **data})
    assert kept in text(client.get(f"/van-ban/doc/{reading.pk}/"))
    post(client, reading, key, "reopen")
    page = text(client.get(f"/van-ban/doc/{reading.pk}/?sua={key}"))
    assert kept in page
    assert "0/9 đã xử lý" in page


def test_what_cannot_be_read_is_registered_by_hand_with_its_file(client):
    old = SimpleUploadedFile("cong-van.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    reading = taken_in(client, file=old)
    page = text(client.get(f"/van-ban/doc/{reading.pk}/"))
    assert "Word cũ (.doc)" in page or "Office cũ" in page
    assert "cong-van.doc" in page
    typed = {"seen": "0", "kind": "CV", "status": "draft", "issuer": "Sở Y tế", "title": "Về việc báo cáo"}
    client.post(f"/van-ban/doc/{reading.pk}/VB/sua/", typed)
    answer = client.post(f"/van-ban/doc/{reading.pk}/ghi/")
    paper = Directive.objects.get()
    assert answer["Location"] == paper.get_absolute_url()
    assert paper.files.get().name == "cong-van.doc"


def test_a_secret_paper_is_refused_before_anything_is_kept(client, settings):
    for sent in (
        {"text": "TỐI MẬT\n\nKẾ HOẠCH\n\nNội dung."},
        {"file": SimpleUploadedFile("ke-hoach.docx", word("MẬT\nNội dung"))},
        {"file": SimpleUploadedFile("ke-hoach.html", "<p>MẬT</p><p>Nội dung</p>".encode())},
        {"file": SimpleUploadedFile("KH (TUYỆT MẬT).txt", b"abc")},
    ):
        answer = client.post("/van-ban/doc/", sent)
        assert answer.status_code == 422
        assert "đường văn bản mật" in text(answer)
    assert not Reading.objects.exists()
    assert not list(settings.MEDIA_ROOT.rglob("*")) if settings.MEDIA_ROOT.exists() else True


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Chọn một tệp, hoặc dán"),
        ({"text": "x", "file": SimpleUploadedFile("a.txt", b"abc")}, "Chỉ chọn một cách"),
        ({"file": SimpleUploadedFile("a.exe", b"MZ\x90\x00")}, "Hãy tải tệp Word (.docx), PDF hoặc .txt"),
        ({"text": "<p> </p>"}, "Tệp vừa dán"),
    ],
)
def test_what_cannot_be_taken_in_says_what_to_do(client, sent, said):
    answer = client.post("/van-ban/doc/", sent)
    assert answer.status_code == 422
    assert said in text(answer)


def test_old_letters_are_shown_before_and_after(client):
    reading = taken_in(
        client,
        text="KÕ ho¹ch sè 5/KH-UBND ngµy 01/02/2003 cña Uû ban nh©n d©n tØnh vÒ phßng chèng dÞch bÖnh.",
    )
    page = text(client.get(f"/van-ban/doc/{reading.pk}/"))
    assert "KÕ ho¹ch" in page
    assert "Kế hoạch số 5/KH-UBND" in page
    client.post(f"/van-ban/doc/{reading.pk}/bo-chu/", {"do": "convert"})
    assert "Kế hoạch" in text(client.get(f"/van-ban/doc/{reading.pk}/"))
    assert reading.proposals.count() >= 1


def test_words_of_a_paper_run_nowhere(client):
    reading = taken_in(
        client,
        "KẾ HOẠCH\n\n<script>alert(1)</script> Chỉ thị số 05-CT/TW ngày 12/3/2024 về <img src=x onerror=y>.",
    )
    page = client.get(f"/van-ban/doc/{reading.pk}/").content.decode()
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_registered_paper_is_pointed_out(client, admin):
    load_papers(actor=admin, now=NOW)
    words = (
        "BAN BÍ THƯ\nSố: 25-CT/TW\nHà Nội, ngày 25 tháng 10 năm 2023\n\nCHỈ THỊ\nvề y tế cơ sở\n\nNội dung."
    )
    reading = taken_in(client, file=SimpleUploadedFile("chi-thi.docx", word(words)))
    page = text(client.get(f"/van-ban/doc/{reading.pk}/"))
    assert "Có thể văn bản này đã được đăng ký" in page
    answer = post(client, reading, "VB")
    assert answer.status_code == 422
    assert "đã có trong danh mục" in text(answer)
    known = Directive.objects.get(code="25-CT/TW")
    client.post(f"/van-ban/doc/{reading.pk}/dinh-kem/{known.pk}/")
    assert known.files.get().name == "chi-thi.docx"


def test_the_page_asks_the_same_whatever_was_read(client, group):
    lines = "".join(f"- Chỉ thị số {n}-CT/TW ngày 12/3/2024 của Ban Bí thư.\n" for n in range(1, 4))
    asked = []
    for words in (PLAN, PLAN + lines):
        reading = taken_in(client, words)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/van-ban/doc/{reading.pk}/")
        asked.append(len(queries))
    assert asked[0] == asked[1]
    listed = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get("/van-ban/doc/")
        listed.append(len(queries))
        taken_in(client)
    assert listed[0] == listed[1]


@pytest.mark.parametrize("odd", ["?loc=Z", "?sua=A99", "?sua=<b>", "?tat-ca=1&loc=A", "?sua=VB"])
def test_odd_addresses_show_the_page(client, group, odd):
    reading = taken_in(client)
    assert client.get(f"/van-ban/doc/{reading.pk}/{odd}").status_code == 200


@pytest.mark.parametrize(
    ("way", "data"),
    [
        ("A99/quyet/", {"do": "confirm"}),
        ("A1/quyet/", {"do": "x"}),
        ("VB/quyet/", {"seen": "0"}),
        ("A1/quyet/", {"seen": "²"}),
    ],
)
def test_odd_posts_do_nothing(client, group, way, data):
    reading = taken_in(client)
    assert client.post(f"/van-ban/doc/{reading.pk}/{way}", data).status_code in (302, 404, 422)
    assert not reading.proposals.exclude(decision="").exists()


def test_others_are_told_who_can(db, sign_in):
    outsider = sign_in(person("khong-vai-tro"))
    for answer in (outsider.get("/van-ban/doc/"), outsider.post("/van-ban/doc/", {"text": PLAN})):
        assert answer.status_code == 403
        assert "quản trị hệ thống" in text(answer)
    assert not Reading.objects.exists()


def test_many_proposals_come_in_portions(client):
    words = "KẾ HOẠCH\n\n" + "\n".join(f"- Chỉ thị số {n}-CT/TW ngày 12/3/2024." for n in range(1, 80))
    reading = taken_in(client, words)
    page = text(client.get(f"/van-ban/doc/{reading.pk}/"))
    assert "Còn 19 đề xuất" in page
    assert 'href="?xem=A79#A79"' in page
    assert 'id="A79"' in text(client.get(f"/van-ban/doc/{reading.pk}/?xem=A79"))
    assert len(re.findall("data-proposal>", text(client.get(f"/van-ban/doc/{reading.pk}/?tat-ca=1")))) == 80


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("V/v thực hiện Kế hoạch tuyên truyền Chỉ thị số 25-CT/TW", True),
        ("Thực hiện Kế hoạch tuyên truyền Chỉ thị số 25-CT/TW ngày 25/10/2023 tại các trường", True),
        ("Thực hiện", False),
        ("V/v thực hiện Kế hoạch khác", False),
    ],
)
def test_a_draft_is_known_by_a_shorter_or_longer_title(admin, title, told):
    draft = Directive.objects.create(
        kind="CV", title=title, issuer="Sở A", is_draft=True, created_by=admin, created_at=NOW
    )
    read = "thực hiện Kế hoạch tuyên truyền Chỉ thị số 25-CT/TW ngày 25/10/2023"
    assert alike({"kind": "CV", "code": "", "title": read}) == ([draft] if told else [])


def test_two_drafts_of_one_title_are_told_apart(client, admin):
    reading = taken_in(client)
    read = reading.proposals.get(letter="VB").read
    for hour, name in (("08:15", "a.pdf"), ("09:40", "b.pdf")):
        draft = Directive.objects.create(
            kind=read["kind"],
            title=read["title"],
            issuer=read["issuer"],
            is_draft=True,
            created_by=admin,
            created_at=at(f"2025-01-09 {hour}"),
        )
        draft.files.create(name=name, path=name, size=1, uploaded_by=admin, uploaded_at=NOW)
    page = text(client.get(reading.get_absolute_url()))
    for hour, name in (("08:15", "a.pdf"), ("09:40", "b.pdf")):
        assert re.search(rf"đăng ký [^<]*{hour}[^<]*, {re.escape(str(admin))} · tệp {name}<", page)


def test_giving_up_a_paper_that_cannot_be_read_leads_to_the_register(client):
    reading = taken_in(client, file=SimpleUploadedFile("anh.pdf", SCAN))
    page = text(client.get(reading.get_absolute_url()))
    assert re.search(r'href="/van-ban/">Thôi</a>', page)


def test_a_pasted_paper_is_named_by_the_day_in_vietnam(client, admin):
    made = readings.begin(extracted(PLAN), actor=admin, now=at("2025-01-11 06:30"))
    assert str(Reading.objects.get(pk=made.pk)) == "Văn bản dán ngày 11/01/2025"


def test_all_counts_what_is_counted_as_done(client):
    page = text(client.get(taken_in(client).get_absolute_url()))
    total = re.search(r"0/(\d+) đã xử lý", page).group(1)
    assert re.search(rf"Tất cả {total}<", page)


def test_the_same_content_being_read_elsewhere_is_told(client):
    first = taken_in(client)
    assert "đang được đọc ở chỗ khác" not in text(client.get(first.get_absolute_url()))
    second = taken_in(client)
    assert f'<a href="{first.get_absolute_url()}">' in text(client.get(second.get_absolute_url()))
    client.post(f"/van-ban/doc/{first.pk}/bo/")
    assert "đang được đọc ở chỗ khác" not in text(client.get(second.get_absolute_url()))
