"""The register's pages: everybody looks things up, admins keep them, outsiders are told who can."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directives.models import Directive, DirectiveFile, Relation
from directives.register import load_papers
from tests.factories import at, paper, person
from tests.units.extraction.paper_samples import docx, paragraph

NOW = at("2025-01-10 08:00")


@pytest.fixture
def admin(db):
    return person("quan-tri", admin=True)


@pytest.fixture
def nobody(db):
    """Signed in, without any role."""
    return person("khong-vai-tro")


@pytest.fixture
def papers(admin):
    return load_papers(actor=admin, now=NOW)


@pytest.fixture
def directive(admin):
    return paper(admin, code="19-CT/TW", issued_on=date(2024, 5, 1))


def text(response):
    return response.content.decode()


def typed(**fields):
    values = {
        "kind": "KL",
        "status": "in_force",
        "code": "86-KL/TW",
        "issued_on": "10/07/2024",
        "issuer": "Ban Bí thư",
        "title": "Về Y học cổ truyền",
    }
    return {**values, **fields}


# Looking up ---------------------------------------------------------------------------------------------


def test_everybody_who_signs_in_looks_papers_up(papers, nobody, sign_in, client):
    page = sign_in(nobody).get("/van-ban/?tim=ket+luan+86")
    assert page.status_code == 200
    assert '<mark class="found">86</mark>-KL/TW' in text(page)
    assert '<mark class="found">Kết</mark> <mark class="found">luận</mark>' in text(page)
    assert "có bản in" in text(page)
    assert "Đăng ký văn bản" not in text(page)
    assert client.get("/van-ban/").status_code == 302


def test_admins_are_offered_to_register(papers, admin, sign_in):
    assert reverse("directives:new") in text(sign_in(admin).get("/van-ban/"))


def test_the_chosen_paper_is_drawn_under_the_list(papers, nobody, sign_in):
    chosen = papers["45-nq"]
    page = text(sign_in(nobody).get(f"/van-ban/?chon={chosen.pk}"))
    assert 'class="graph"' in page
    assert f'href="{papers["20-kh"].get_absolute_url()}"' in page
    assert "style=" not in page
    assert sign_in(nobody).get("/van-ban/?chon=x").status_code == 200


def test_empty_lists_say_what_to_do(admin, nobody, sign_in):
    assert "Chưa có văn bản nào" in text(sign_in(nobody).get("/van-ban/"))
    assert "Thử ít từ hơn" in text(sign_in(nobody).get("/van-ban/?tim=khong"))


def test_marks_escape_what_was_typed(admin, nobody, sign_in):
    paper(admin, code="19-CT/TW", issued_on=date(2024, 5, 1), title="Về <script>việc</script>")
    page = text(sign_in(nobody).get("/van-ban/?tim=viec+<b>"))
    assert "<script>việc" not in page
    page = text(sign_in(nobody).get("/van-ban/?tim=viec"))
    assert '&lt;script&gt;<mark class="found">việc</mark>' in page


def test_the_list_takes_the_same_queries_at_one_and_three_rows(admin, nobody, sign_in):
    client, counts = sign_in(nobody), []
    for number in (1, 2, 3):
        made = paper(admin, code=f"{number}-CT/TW", issued_on=date(2024, 5, number))
        DirectiveFile.objects.create(
            directive=made,
            name="a.pdf",
            path=f"van-ban/{number}.pdf",
            content_type="application/pdf",
            size=1,
            sha256="ab" * 32,
            uploaded_by=admin,
            uploaded_at=NOW,
        )
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get("/van-ban/?tim=ct")
        counts.append(len(seen))
    assert counts[0] == counts[1] == counts[2]


# Registering --------------------------------------------------------------------------------------------


ADMIN_ONLY = [
    ("new", []),
    ("edit", [1]),
    ("status_change", [1]),
    ("status_withdraw", [1, 1]),
    ("relation_add", [1]),
    ("relation_remove", [1, 1]),
    ("requirement_add", [1]),
    ("requirement_remove", [1, 1]),
    ("file_add", [1]),
    ("file_remove", [1, 1]),
]


@pytest.mark.parametrize(("name", "args"), ADMIN_ONLY)
def test_others_are_told_who_keeps_the_register(nobody, sign_in, name, args):
    page = sign_in(nobody).post(reverse(f"directives:{name}", args=args))
    assert page.status_code == 403
    assert "do quản trị hệ thống đăng ký" in text(page)


def test_registering_leads_to_the_rest_of_the_paper(admin, sign_in):
    client = sign_in(admin)
    assert client.get(reverse("directives:new")).status_code == 200
    page = client.post(reverse("directives:new"), typed(code="86 – kl / tư"), follow=True)
    made = Directive.objects.get()
    assert (made.code, made.issued_on) == ("86-KL/TW", date(2024, 7, 10))
    assert page.redirect_chain[-1][0] == reverse("directives:edit", args=[made.pk])


def test_letters_against_the_kind_are_proposed_right_and_pass_the_second_time(admin, sign_in):
    client = sign_in(admin)
    page = client.post(reverse("directives:new"), typed(code="86-KT/TW"))
    assert page.status_code == 422
    assert "Bản in ghi “86-KT/TW”" in text(page)
    assert re.search(r'name="code"[^>]*value="86-KL/TW"|value="86-KL/TW"[^>]*name="code"', text(page))
    assert re.search(
        r'name="printed_as"[^>]*value="86-KT/TW"|value="86-KT/TW"[^>]*name="printed_as"', text(page)
    )
    assert not Directive.objects.exists()
    client.post(reverse("directives:new"), typed(code="86-KL/TW", printed_as="86-KT/TW"))
    assert Directive.objects.get().printed_as == "86-KT/TW"


@pytest.mark.parametrize(
    ("kind", "code", "label"),
    [
        ("QĐ", "288/QĐ-BYT", "Quyết định số 288/QĐ-BYT"),
        ("QĐ Quy định", "66-QĐ/TW", "Quy định số 66-QĐ/TW"),
        ("TT", "05/2024/TT-BYT", "Thông tư số 05/2024/TT-BYT"),
        ("TT Thông tri", "03-TT/TU", "Thông tri số 03-TT/TU"),
    ],
)
def test_of_kinds_that_share_letters_the_admin_says_which(admin, sign_in, kind, code, label):
    client = sign_in(admin)
    client.post(reverse("directives:new"), typed(kind=kind, code=code, confirmed="on"))
    made = Directive.objects.get()
    assert made.label == label
    edit = reverse("directives:edit", args=[made.pk])
    page = client.get(edit)
    assert re.search(rf'<option value="{kind}" selected', text(page))
    assert label in re.sub(r"<[^>]+>", "", text(client.get(made.get_absolute_url())))
    client.post(edit, typed(kind="KL", code="86-KL/TW"))
    made.refresh_from_db()
    assert (made.kind, made.kind_word, made.label) == ("KL", "", "Kết luận số 86-KL/TW")


def test_letters_that_contradict_a_shared_kind_are_told_by_its_own_word(admin, sign_in):
    page = sign_in(admin).post(reverse("directives:new"), typed(kind="QĐ", code="288/CT-BYT"))
    assert "“Quyết định” có ký hiệu QĐ" in re.sub(r"<[^>]+>", "", text(page))


def test_the_same_code_and_date_leads_to_the_known_paper(admin, sign_in):
    known = paper(admin, kind="KL", code="86-KL/TW", issued_on=date(2024, 7, 10))
    page = sign_in(admin).post(reverse("directives:new"), typed(confirmed="on"))
    assert page.status_code == 422
    assert known.get_absolute_url() in text(page)
    assert Directive.objects.count() == 1


def test_the_same_code_on_another_day_must_be_confirmed(admin, sign_in):
    paper(admin, kind="KL", code="86-KL/TW", issued_on=date(2014, 2, 3))
    client = sign_in(admin)
    page = client.post(reverse("directives:new"), typed())
    assert page.status_code == 422
    assert "ban hành ngày 03/02/2014" in re.sub(r"<[^>]+>", "", text(page))
    assert Directive.objects.count() == 1
    client.post(reverse("directives:new"), typed(confirmed="on"))
    assert Directive.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"code": ""}, "phải có số, ký hiệu"),
        ({"issued_on": ""}, "phải có ngày"),
        ({"issued_on": "31/02/2024"}, "dd/mm/yyyy"),
        ({"code": "số lạ ###"}, "Không đọc được"),
        ({"title": "Kế hoạch (MẬT)"}, "dấu MẬT"),
        ({"note": "TUYỆT MẬT"}, "dấu TUYỆT MẬT"),
        ({"kind": "??"}, "??"),
        ({"kind": ""}, "Chọn loại văn bản."),
    ],
)
def test_wrong_input_stays_with_a_message(admin, sign_in, fields, words):
    page = sign_in(admin).post(reverse("directives:new"), typed(**fields))
    assert page.status_code == 422
    assert words in text(page)
    assert "Ban Bí thư" in text(page)
    assert not Directive.objects.exists()


def test_a_draft_needs_neither_number_nor_date(admin, sign_in):
    sign_in(admin).post(reverse("directives:new"), typed(code="", issued_on="", status="draft"))
    assert Directive.objects.get().is_draft


def test_correcting_a_paper(admin, directive, sign_in):
    url = reverse("directives:edit", args=[directive.pk])
    assert "19-CT/TW" in text(sign_in(admin).get(url))
    page = sign_in(admin).post(
        url, typed(kind="CT", code="19-CT/TW", issued_on="01/05/2024", title="Tên đúng")
    )
    assert page.url == directive.get_absolute_url()
    directive.refresh_from_db()
    assert directive.title == "Tên đúng"


def test_a_shared_code_is_confirmed_once_and_not_at_every_correction(admin, directive, sign_in):
    paper(admin, code="19-CT/TW", issued_on=date(2014, 5, 1))
    url = reverse("directives:edit", args=[directive.pk])
    same = typed(kind="CT", code="19-CT/TW", issued_on="01/05/2024", title="Tên đúng")
    assert sign_in(admin).post(url, same).status_code == 302
    assert sign_in(admin).post(url, {**same, "issued_on": "02/05/2024"}).status_code == 422


# The parts of a paper -----------------------------------------------------------------------------------


def test_requirements_are_added_and_removed(admin, directive, sign_in):
    client = sign_in(admin)
    url = reverse("directives:requirement_add", args=[directive.pk])
    fields = {
        "yc-addressee": "Các Sở",
        "yc-text": "Báo cáo",
        "yc-phrase": "trước ngày 20/10/2025",
        "yc-boundary": "before",
        "yc-due_date": "20/10/2025",
    }
    assert client.post(url, fields).status_code == 302
    row = directive.requirements.get()
    assert (row.due_date, row.boundary) == (date(2025, 10, 20), "before")
    for wrong in ({"yc-due_date": ""}, {"yc-phrase": ""}, {"yc-boundary": "none"}, {"yc-text": "TỐI MẬT"}):
        page = client.post(url, {**fields, **wrong})
        assert page.status_code == 422
        assert "Các Sở" in text(page)
    assert directive.requirements.count() == 1
    client.post(reverse("directives:requirement_remove", args=[directive.pk, row.pk]))
    assert not directive.requirements.exists()


def test_relations_are_added_and_removed_from_both_ends(admin, directive, sign_in):
    client = sign_in(admin)
    later = paper(admin, code="40-CT/TW", issued_on=date(2024, 9, 1))
    add = reverse("directives:relation_add", args=[later.pk])
    client.post(add, {"qh-kind": "replaces", "qh-to": directive.pk})
    row = Relation.objects.get()
    assert (row.from_directive, row.to_directive) == (later, directive)
    back = reverse("directives:relation_add", args=[directive.pk])
    assert client.post(back, {"qh-kind": "replaces", "qh-to": later.pk}).status_code == 422
    assert client.post(add, {"qh-kind": "replaces", "qh-to": later.pk}).status_code == 422
    other = paper(admin, code="41-CT/TW", issued_on=date(2024, 9, 2))
    assert client.post(reverse("directives:relation_remove", args=[other.pk, row.pk])).status_code == 404
    client.post(reverse("directives:relation_remove", args=[directive.pk, row.pk]))
    assert not Relation.objects.exists()


def test_the_status_says_since_when_and_by_which_paper(admin, directive, sign_in):
    client = sign_in(admin)
    url = reverse("directives:status_change", args=[directive.pk])
    newer = paper(admin, code="40-CT/TW", issued_on=date(2024, 9, 1))
    assert client.post(url, {"hl-status": "replaced", "hl-since": "01/09/2024"}).status_code == 422
    assert (
        client.post(url, {"hl-status": "replaced", "hl-since": "01/01/2020", "hl-by": newer.pk}).status_code
        == 422
    )
    assert directive.status_history.count() == 1
    client.post(url, {"hl-status": "replaced", "hl-since": "01/09/2024", "hl-by": newer.pk})
    change = directive.status_history.last()
    assert (change.status, change.by) == ("replaced", newer)
    client.post(reverse("directives:status_withdraw", args=[directive.pk, change.pk]))
    assert directive.status_history.count() == 1


def test_a_status_of_a_later_day_is_announced_and_does_not_count_yet(admin, nobody, directive, sign_in):
    newer = paper(admin, code="40-CT/TW", issued_on=date(2024, 9, 1))
    url = reverse("directives:status_change", args=[directive.pk])
    fields = {"hl-status": "repealed", "hl-since": "01/09/2090", "hl-by": newer.pk}
    said = text(sign_in(admin).post(url, fields, follow=True))
    assert "Ngày đó chưa đến nên hôm nay văn bản: còn hiệu lực" in said
    for page in (directive.get_absolute_url(), "/van-ban/?hieu-luc=in_force"):
        words = re.sub(r"<[^>]+>", "", text(sign_in(nobody).get(page)))
        assert re.search(r"[Tt]ừ 01/0?9/2090: đã bãi bỏ", words)
    assert "Không có văn bản nào khớp" in text(sign_in(nobody).get("/van-ban/?hieu-luc=repealed"))


def test_the_page_of_a_paper_tells_every_change_of_it(admin, nobody, directive, sign_in):
    client = sign_in(admin)
    client.post(
        reverse("directives:edit", args=[directive.pk]),
        typed(kind="CT", code="19-CT/TW", issued_on="01/05/2024", title="Tên <b>đúng"),
    )
    page = text(sign_in(nobody).get(directive.get_absolute_url()))
    told = page.split('id="lich-su"')[1]
    assert "Đăng ký văn bản" in told
    assert "<del>Về một việc</del>" in told
    assert "<ins>Tên &lt;b&gt;đúng</ins>" in told


def test_the_page_of_a_paper_tells_its_standing_year_by_year(admin, nobody, directive, sign_in):
    newer = paper(admin, code="40-CT/TW", issued_on=date(2024, 9, 1))
    url = reverse("directives:status_change", args=[directive.pk])
    sign_in(admin).post(url, {"hl-status": "amended", "hl-since": "01/09/2024", "hl-by": newer.pk})
    sign_in(admin).post(url, {"hl-status": "repealed", "hl-since": "01/10/2024", "hl-by": newer.pk})
    page = sign_in(nobody).get(directive.get_absolute_url()).content.decode()
    history = page.split("Lịch sử hiệu lực")[1].split("</ol>")[0]
    assert re.findall(r'datetime="([\d-]+)"', history) == ["2024-05-01", "2024-09-01", "2024-10-01"]
    assert "Đã bãi bỏ, theo" in history


def test_files_are_kept_for_everybody_to_read(admin, nobody, directive, sign_in, client):
    url = reverse("directives:file_add", args=[directive.pk])
    sign_in(admin).post(url, {"tep-file": SimpleUploadedFile("Chỉ thị 19.pdf", b"%PDF-1.7\n%%EOF")})
    row = directive.files.get()
    download = reverse("directives:file", args=[directive.pk, row.pk])
    answer = sign_in(nobody).get(download)
    assert b"".join(answer.streaming_content) == b"%PDF-1.7\n%%EOF"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert row.sha256 in text(sign_in(nobody).get(directive.get_absolute_url()))
    assert client.get(download).status_code == 302
    other = paper(admin, code="40-CT/TW", issued_on=date(2024, 9, 1))
    assert sign_in(nobody).get(reverse("directives:file", args=[other.pk, row.pk])).status_code == 404
    sign_in(admin).post(reverse("directives:file_remove", args=[directive.pk, row.pk]))
    assert sign_in(nobody).get(download).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.exe", b"MZ\x90", "Không nhận ra loại tệp"),
        ("rong.pdf", b"", "rỗng"),
        ("Ke hoach (TỐI MẬT).pdf", b"%PDF-1.7\n%%EOF", "dấu TỐI MẬT"),
        ("ke-hoach.docx", docx(paragraph("BỘ Y TẾ") + paragraph("TỐI MẬT")), "mang dấu TỐI MẬT"),
    ],
)
def test_files_that_are_refused_say_why(admin, directive, sign_in, name, content, words):
    url = reverse("directives:file_add", args=[directive.pk])
    page = sign_in(admin).post(url, {"tep-file": SimpleUploadedFile(name, content)})
    assert page.status_code == 422
    assert words in text(page)
    assert not directive.files.exists()
