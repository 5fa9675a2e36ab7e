"""The look: assets that exist, pages that obey the strict CSP, tags, sign-in, error and help pages."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings as project
from django.contrib.messages.storage.base import Message
from django.core import mail
from django.core.cache import cache
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client
from django.utils.safestring import mark_safe

from portal import vn_format
from portal.help import PAGES
from portal.templatetags import look
from units.models import Membership, Role, Unit, User

ROOT = Path(project.BASE_DIR)
STATIC = ROOT / "static"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
# Templates of documents are printed by the renderer, not served to a browser.
PAGES_TEMPLATES = [path for path in TEMPLATES if "documents" not in path.parts and "emails" not in path.parts]
ICONS = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text()))
OWN_CSS = sorted((STATIC / "css").glob("*.css"))
OWN_JS = sorted((STATIC / "js").glob("*.js"))
PASSWORD = "mot-cau-du-dai-2025"


# ---- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("sheet", OWN_CSS, ids=lambda path: path.name)
def test_every_file_a_style_sheet_names_is_there(sheet: Path) -> None:
    named = re.findall(r"url\(\s*['\"]?([^'\")]+)", sheet.read_text())
    assert [name for name in named if not (sheet.parent / name).resolve().is_file()] == []


@pytest.mark.parametrize("asset", [*OWN_CSS, *OWN_JS], ids=lambda path: path.name)
def test_own_assets_hold_no_data_uri_and_no_eval(asset: Path) -> None:
    text = asset.read_text()
    assert not re.search(r"""url\(\s*['"]?data:|["']data:[a-z]+/""", text)
    assert not re.search(
        r"\beval\(|new Function\(|\.setAttribute\(['\"]style|https?://(?!www\.w3\.org)", text
    )


def test_fonts_and_vendored_code_carry_their_licences() -> None:
    for name in ("fonts/LICENSE-be-vietnam-pro.txt", "fonts/LICENSE-tinos.txt", "vendor/bootstrap/LICENSE.txt",
                 "vendor/editor/LICENSES.txt", "LICENSE-icons.txt"):  # fmt: skip
        assert (STATIC / name).stat().st_size > 500, name
    assert "prosemirror-view" in (STATIC / "vendor/editor/LICENSES.txt").read_text()


class _Inline(HTMLParser):
    """Collects what a strict CSP forbids."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        self.found += [f"<{tag} {name}>" for name in names if name == "style" or name.startswith("on")]
        self.found += [
            f"<{tag}> {value}"
            for value in names.values()
            if value and re.match(r"\s*(data|javascript):", value)
        ]
        if tag == "style" or (tag == "script" and "src" not in names):
            self.found.append(f"<{tag}>")


def inline_parts(html: str) -> list[str]:
    parser = _Inline()
    parser.feed(html)
    return parser.found


def test_the_scan_for_inline_parts_can_fail() -> None:
    bad = '<p style="x"><a onclick="y" href="javascript:z"></a><script>1</script><style></style><script src="a"></script>'
    assert len(inline_parts(bad)) == 5


def without_comments(path: Path) -> str:
    return re.sub(r"{%\s*comment.*?endcomment\s*%}", "", path.read_text(), flags=re.S)


@pytest.mark.parametrize("path", PAGES_TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_templates_hold_nothing_inline(path: Path) -> None:
    # Template tags may hold quotes and angle brackets; they are not HTML.
    assert inline_parts(re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "", without_comments(path), flags=re.S)) == []


@pytest.mark.parametrize("path", PAGES_TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_icons_used_by_templates_exist(path: Path) -> None:
    text = without_comments(path)
    used = re.findall(r"{%\s*icon\s+[\"']([^\"']+)", text) + re.findall(r"icon_name=[\"']([^\"']+)", text)
    used += re.findall(r"{%\s*tag\s+\S+\s+[\"']([^\"']+)", text) + re.findall(
        r"icons\.svg'? ?%?}?#([a-z0-9-]+)", text
    )
    assert set(used) - ICONS == set()


def test_icons_used_by_python_and_scripts_exist() -> None:
    used = {known.icon for known in look.TAGS.values()}
    section = (STATIC / "js/section.js").read_text()
    used |= set(re.findall(r'(?:failed|busy|ok): "([^"]+)"', section)) | set(
        re.findall(r'icon\("([^"]+)"\)', section)
    )
    used |= set(re.findall(r'icon: "([^"]+)"', (ROOT / "script/editor/src/editor.js").read_text()))
    assert len(used) > 20
    assert used - ICONS == set()


# ---- dates, numbers, names ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1286, None, "1.286"), (0, None, "0"), (-1286, None, "-1.286"), (1234567, None, "1.234.567"),
        (Decimal("98.5"), None, "98,5"), (Decimal("98.50"), None, "98,5"), (Decimal("1000"), None, "1.000"),
        (Decimal("1234.25"), None, "1.234,25"), (Decimal("2.25"), 1, "2,3"), (7, 2, "7,00"), ("12.5", None, "12,5"),
    ],
)  # fmt: skip
def test_numbers(value: object, decimals: int | None, text: str) -> None:
    assert vn_format.number_text(value, decimals) == text


@pytest.mark.parametrize("value", ["một", float("nan"), float("inf"), ""])
def test_what_is_not_a_number_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="not a number"):
        vn_format.number_text(value)


def test_moments_are_shown_on_vietnamese_clocks() -> None:
    moment = datetime(2025, 10, 17, 17, 30, tzinfo=UTC)  # half past midnight on Saturday in Vietnam
    assert vn_format.datetime_text(moment) == "00:30 thứ Bảy 18/10/2025"
    assert vn_format.datetime_short(moment) == "18/10/2025 00:30"
    assert vn_format.time_text(moment) == "00:30"
    assert vn_format.date_text(moment) == "18/10/2025"
    assert vn_format.date_text(date(2025, 11, 5)) == "05/11/2025"
    assert vn_format.weekday_text(date(2025, 10, 19)) == "Chủ nhật"
    with pytest.raises(ValueError, match="time zone"):
        vn_format.date_text(datetime(2025, 10, 17))


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Lê Thị Ánh", "LÁ"), ("Đặng Văn Đức", "ĐĐ"), ("Huế", "H"), ("", ""), ("Vụ Kế hoạch - Tài chính", "VC")],
)
def test_initials(name: str, letters: str) -> None:
    assert vn_format.initials(name) == letters


# ---- tags -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "words", "css"),
    [
        ("not_started", "Chưa bắt đầu", "tag-open"), ("in_progress", "Đang soạn", "tag-progress"),
        ("awaiting_approval", "Chờ lãnh đạo duyệt", "tag-progress"), ("submitted", "Đã nộp", "tag-sent"),
        ("accepted", "Đã tiếp nhận", "tag-ok"), ("returned", "Trả lại bổ sung", "tag-warn"),
        ("waived", "Được miễn", "tag"), ("superseded", "Đã chuyển giao", "tag"),
        ("not_due", "Chưa đến hạn", "tag-quiet"), ("due_soon", "Sắp đến hạn", "tag-warn"),
        ("overdue", "Quá hạn", "tag-danger"), ("on_time", "Đúng hạn", "tag-ok"), ("late", "Nộp muộn", "tag-danger"),
        ("late_excused", "Muộn có gia hạn", "tag-warn"), ("nil", "Không phát sinh", "tag"),
        ("not_applicable", "Không thuộc phạm vi", "tag"), ("for_signature", "Trình ký", "tag-progress"),
        ("repealed", "Đã bãi bỏ", "tag"), ("in_force", "Còn hiệu lực", "tag-ok"),
    ],
)  # fmt: skip
def test_states_are_shown_in_the_words_of_the_glossary(state: str, words: str, css: str) -> None:
    html = look.state_tag(state)
    assert html.endswith(f"{words}</span>")
    assert css in re.findall(r'class="([^"]+)"', html)[0].split()
    assert "<svg" in html


def test_tags_say_the_same_words_as_the_rest_of_the_portal() -> None:
    from directives.models import Directive
    from reporting import states

    pairs = [
        (look.ASSIGNMENT_TAGS, states.STATE_LABELS),
        (look.TIMELINESS_TAGS, states.TIMELINESS_LABELS),
        (look.ANSWER_TAGS, states.ANSWER_LABELS),
        (look.ROUND_TAGS, states.ROUND_LABELS),
        (look.REPORT_TAGS, states.REPORT_LABELS),
        (look.DIRECTIVE_TAGS, dict(Directive.Status.choices)),
    ]
    for tags, labels in pairs:
        assert {value: known.label for value, known in tags.items()} == {
            str(value): words for value, words in labels.items()
        }
        assert all(look.TAGS[value].label == words for value, words in labels.items())


def test_an_unknown_state_is_a_mistake_and_an_empty_one_shows_nothing() -> None:
    with pytest.raises(KeyError):
        look.state_tag("half_done")
    assert look.state_tag("") == ""


@pytest.mark.parametrize("kind", [dict, lambda **parts: SimpleNamespace(**parts)])
def test_a_deadline_is_never_half_said(kind: type) -> None:
    info = kind(
        phrase="trước ngày 20/10/2025",
        last_working_text="thứ Sáu 17/10",
        left_text="còn 3 ngày làm việc",
        tone="soon",
    )
    html = look.deadline_line(info)
    assert 'class="deadline deadline-soon"' in html
    assert (
        re.sub(r"<[^>]+>", "", html)
        == "trước ngày 20/10/2025 ngày làm việc cuối: thứ Sáu 17/10 còn 3 ngày làm việc"
    )
    undated = look.deadline_line(
        kind(phrase="đúng thời hạn <i>", last_working_text="", left_text="chờ đặt ngày", tone="")
    )
    assert "văn bản không in ngày" in undated
    assert "<i>" not in undated
    assert look.deadline_line(None) == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kết luận số 86-KL/TW về", ["86-KL/TW"]),
        ("288/QĐ-BYT, 30/2020/NĐ-CP và 202/2025/QH15", ["288/QĐ-BYT", "30/2020/NĐ-CP", "202/2025/QH15"]),
        ("04-CTr/BTGTW-BYT; 4396/BYT-KH-TC.", ["04-CTr/BTGTW-BYT", "4396/BYT-KH-TC"]),
        ("ngày 20/10/2025, 98,5 %, 01-10-1997, 2024-2025", []),
    ],
)
def test_numbers_of_papers_do_not_break(text: str, found: list[str]) -> None:
    html = look.codes(text)
    assert re.findall(r'<span class="code">([^<]+)</span>', html) == found
    assert re.sub(r"</?span[^>]*>", "", html) == text


def test_codes_escapes_what_it_wraps() -> None:
    rendered = Template("{% load look %}{{ text|codes }}").render(
        Context({"text": "<script>x</script> 86-KL/TW & co"})
    )
    assert rendered == '&lt;script&gt;x&lt;/script&gt; <span class="code">86-KL/TW</span> &amp; co'
    assert look.codes(mark_safe("<b>86-KL/TW</b>")) == "<b>86-KL/TW</b>"


@pytest.mark.parametrize(
    ("tags", "url"),
    [
        ("undo:/muc/7/", "/muc/7/"),
        ("x undo:/a/ y", "/a/"),
        ("undo://evil.example/", ""),
        ("undo:https://evil.example/", ""),
        ("", ""),
    ],
)
def test_undo_leads_only_to_this_site(tags: str, url: str) -> None:
    assert look.undo_url(Message(20, "x", tags)) == url


# ---- pages ----------------------------------------------------------------------------------------


@pytest.fixture
def site(settings: object) -> None:
    """The small site of look_urls.py; its shells need no round and no unit."""
    settings.ROOT_URLCONF = "tests.portal.look_urls"
    options = settings.TEMPLATES[0]["OPTIONS"]
    processors = [name for name in options["context_processors"] if not name.startswith("portal.")]
    settings.TEMPLATES = [
        {
            **settings.TEMPLATES[0],
            "DIRS": [*settings.TEMPLATES[0]["DIRS"], ROOT / "tests/portal/templates"],
            "OPTIONS": {**options, "context_processors": [*processors, "tests.portal.look_urls.shell"]},
        }
    ]
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "look"}
    }
    settings.SECURE_SSL_REDIRECT = False
    cache.clear()


@pytest.fixture
def person(db: None) -> User:
    return User.objects.create_user("anh.le", "anh.le@example.com", PASSWORD, full_name="Lê Thị Ánh")


@pytest.mark.parametrize("shell", ["unit", "office"])
def test_a_page_in_each_shell(site: None, person: User, client: Client, shell: str) -> None:
    client.force_login(person)
    html = client.get("/", {"shell": shell}).content.decode()
    assert inline_parts(html) == []
    assert html.count("<h1") == 1
    assert "<title>Trang mẫu · Cổng Chỉ đạo – Báo cáo</title>" in html
    assert 'aria-label="Thông báo: 2 chưa đọc"' in html
    assert 'action="/hoan-tac/"' in html
    assert re.search(r'class="notice notice-danger" role="alert".*?Chưa lưu được', html, re.S)
    assert set(re.findall(r"icons\.svg#([a-z0-9-]+)", html)) - ICONS == set()
    assert ("1.286" in html) is (shell == "office")


def test_a_failed_form_says_what_and_where(site: None, person: User, client: Client) -> None:
    client.force_login(person)
    html = client.post("/", {"email": "sai", "kind": "a"}).content.decode()
    assert '<a href="#id_name">Họ và tên: ' in html
    assert '<a href="#id_email">Thư điện tử: ' in html
    name = re.search(r'<input[^>]*name="name"[^>]*>', html)[0]
    assert 'aria-invalid="true"' in name
    for told in re.search(r'aria-describedby="([^"]+)"', name)[1].split():
        assert f'id="{told}"' in html
    assert 'value="sai"' in html
    assert inline_parts(html) == []


@pytest.mark.parametrize("login", ["anh.le", "anh.le@example.com", "ANH.LE@example.com"])
def test_signing_in_by_name_or_address_and_deep_links_survive(
    site: None, person: User, client: Client, login: str
) -> None:
    asked = client.get("/tro-giup/quan-tri/")
    assert asked.status_code == 302
    page = client.get(asked.url)
    assert "trang vừa mở" in page.content.decode()
    assert inline_parts(page.content.decode()) == []
    posted = client.post("/dang-nhap/", {"login": login, "password": PASSWORD, "next": "/tro-giup/quan-tri/"})
    assert (posted.status_code, posted.url) == (302, "/tro-giup/quan-tri/")


def test_signing_in_does_not_lead_away(site: None, person: User, client: Client) -> None:
    posted = client.post(
        "/dang-nhap/", {"login": "anh.le", "password": PASSWORD, "next": "https://evil.example/"}
    )
    assert posted.url == "/"


def test_wrong_password_is_told_in_vietnamese_and_keeps_the_name(
    site: None, person: User, client: Client
) -> None:
    html = client.post("/dang-nhap/", {"login": "anh.le", "password": "sai"}).content.decode()
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in html
    assert 'value="anh.le"' in html
    assert 'value="sai"' not in html
    assert "Lỗi: Đăng nhập" in html


def test_guessing_is_limited_per_account_not_per_address(site: None, person: User, client: Client) -> None:
    other = User.objects.create_user(
        "binh.tran", "binh.tran@example.com", PASSWORD, full_name="Trần Văn Bình"
    )
    for _attempt in range(5):
        client.post("/dang-nhap/", {"login": "anh.le", "password": "sai"})
    blocked = client.post("/dang-nhap/", {"login": "anh.le", "password": PASSWORD})
    assert "Sai quá nhiều lần" in blocked.content.decode()
    allowed = client.post("/dang-nhap/", {"login": other.username, "password": PASSWORD})
    assert allowed.status_code == 302


def test_nobody_signs_up(site: None, client: Client, db: None) -> None:
    assert "account_signup" not in str(
        __import__("portal.accounts_urls", fromlist=["urlpatterns"]).urlpatterns
    )
    assert "Đăng ký" not in client.get("/dang-nhap/").content.decode()


def test_signing_out_is_a_post(site: None, person: User, client: Client) -> None:
    client.force_login(person)
    assert "Đăng xuất?" in client.get("/dang-xuat/").content.decode()
    assert client.get("/tai-khoan/").status_code == 200
    assert client.post("/dang-xuat/").status_code == 302
    assert client.get("/tai-khoan/").status_code == 302


def test_the_account_page_shows_roles_of_today(site: None, person: User, client: Client) -> None:
    unit = Unit.objects.create(code="cuc-a", name="Cục A")
    Membership.objects.create(user=person, unit=unit, role=Role.REPORTER)
    Membership.objects.create(user=person, unit=unit, role=Role.APPROVER, valid_to=date(2020, 1, 1))
    client.force_login(person)
    html = client.get("/tai-khoan/").content.decode()
    assert "Chuyên viên soạn báo cáo" in html.split("<main")[1]
    assert "Lãnh đạo đơn vị duyệt" not in html
    assert inline_parts(html) == []


def test_a_password_is_changed_and_weak_ones_are_refused_in_vietnamese(
    site: None, person: User, client: Client
) -> None:
    client.force_login(person)
    weak = {"oldpassword": PASSWORD, "password1": "12345", "password2": "123456"}
    html = client.post("/mat-khau/doi/", weak).content.decode()
    assert "Mật khẩu quá ngắn" in html
    assert "too short" not in html
    assert inline_parts(html) == []
    differing = {"oldpassword": PASSWORD, "password1": "cau-moi-du-dai-1", "password2": "cau-moi-du-dai-2"}
    assert "Hai lần nhập không giống nhau." in client.post("/mat-khau/doi/", differing).content.decode()
    done = client.post("/mat-khau/doi/", {**differing, "password2": "cau-moi-du-dai-1"})
    assert done.url == "/tai-khoan/"
    person.refresh_from_db()
    assert person.check_password("cau-moi-du-dai-1")


def test_a_forgotten_password_is_reset_by_mail(site: None, person: User, client: Client) -> None:
    sent = client.post("/mat-khau/quen/", {"email": "anh.le@example.com"}, follow=True)
    assert "Hãy xem hộp thư" in sent.content.decode()
    (letter,) = mail.outbox
    assert letter.subject == "[Cổng Chỉ đạo – Báo cáo] Đặt lại mật khẩu"
    assert "Kính gửi Lê Thị Ánh" in letter.body
    link = re.search(r"https?://[^/]+(/mat-khau/dat-lai/\S+)", letter.body)[1]
    page = client.get(link, follow=True)
    assert "Đặt mật khẩu mới" in page.content.decode()
    new = {"password1": "cau-moi-du-dai-1", "password2": "cau-moi-du-dai-1"}
    assert "Đã đặt mật khẩu mới" in client.post(page.redirect_chain[-1][0], new, follow=True).content.decode()
    assert "Đường dẫn không dùng được" in Client().get(link, follow=True).content.decode()


def test_an_unknown_address_gets_the_same_answer_and_no_mail(site: None, client: Client, db: None) -> None:
    sent = client.post("/mat-khau/quen/", {"email": "khong.co@example.com"}, follow=True)
    assert "Hãy xem hộp thư" in sent.content.decode()
    assert mail.outbox == []


@pytest.mark.parametrize(
    "path", ["/tai-khoan/ngung/", "/mat-khau/quen/", "/mat-khau/quen/da-gui/", "/mat-khau/da-dat-lai/"]
)
def test_pages_before_signing_in_are_vietnamese(site: None, client: Client, db: None, path: str) -> None:
    html = client.get(path).content.decode()
    assert html.count("<h1") == 1
    assert not re.search(r"\b(password|your|email)\b", re.sub(r"<[^>]+>", " ", html), re.I)
    assert inline_parts(html) == []


# ---- error and help pages -------------------------------------------------------------------------


def test_error_pages_say_what_to_do(site: None, person: User, client: Client) -> None:
    client.force_login(person)
    client.raise_request_exception = False
    lost = client.get("/khong-co/")
    assert (lost.status_code, "Không có trang này" in lost.content.decode()) == (404, True)
    forbidden = client.get("/cam/")
    assert forbidden.status_code == 403
    assert "Chỉ lãnh đạo Văn phòng được gia hạn: bà Lê Thị Ánh" in forbidden.content.decode()
    assert "<b>ông" not in forbidden.content.decode()
    broken = client.get("/hong/")
    assert (broken.status_code, "Hệ thống gặp lỗi" in broken.content.decode()) == (500, True)
    stale = Client(enforce_csrf_checks=True).post("/dang-nhap/", {"login": "x", "password": "y"})
    assert (stale.status_code, "Trang này mở đã lâu" in stale.content.decode()) == (403, True)


def test_an_address_that_only_takes_forms_is_answered_with_a_page(
    site: None, person: User, client: Client
) -> None:
    client.force_login(person)
    opened = client.get("/thong-bao/da-doc/")
    assert (opened.status_code, opened["Allow"]) == (405, "POST")
    assert "không mở thẳng được" in opened.content.decode()


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "405", "429", "500"])
def test_error_pages_need_no_request_and_no_database(name: str) -> None:
    html = render_to_string(f"{name}.html")
    assert html.count("<h1") == 1
    assert inline_parts(html) == []
    assert 'href="/"' in html


def test_the_last_resort_needs_no_template(monkeypatch: pytest.MonkeyPatch, rf: object) -> None:
    from portal import errors

    monkeypatch.setattr(errors, "render_to_string", lambda *given: 1 / 0)
    answer = errors.server_error(rf.get("/"))
    assert answer.status_code == 500
    assert "Hệ thống gặp lỗi" in answer.content.decode()


@pytest.mark.parametrize("page", ["", *PAGES])
def test_help_pages(site: None, person: User, client: Client, page: str) -> None:
    client.force_login(person)
    html = client.get(f"/tro-giup/{page}/" if page else "/tro-giup/").content.decode()
    assert html.count("<h1") == 1
    assert "Tuyệt mật" in html
    assert inline_parts(html) == []
    assert client.get("/tro-giup/khong-co/").status_code == 404
