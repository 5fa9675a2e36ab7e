"""The rich text editor and autosave in a real browser, under the strict CSP. Served from files: no server."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from django.conf import settings
from playwright.sync_api import Page, Route, expect, sync_playwright

ROOT = Path(settings.BASE_DIR)
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
PAGE = """<!doctype html><html lang="vi" data-bs-theme="light"><head><meta charset="utf-8"><title>Soạn</title>
<link rel="stylesheet" href="/static/vendor/bootstrap/bootstrap.min.css"><link rel="stylesheet" href="/static/css/theme.css">
<link rel="stylesheet" href="/static/css/portal.css"></head>
<body data-icons="/static/icons.svg" data-user="7"><main><h2 id="n1">Kết quả</h2>
<form method="post" data-autosave-url="/luu/"><input type="hidden" name="csrfmiddlewaretoken" value="token">
<input type="hidden" name="version" value="7"><label for="id_count">Số</label><input id="id_count" name="count" value="4">
<textarea id="id_narrative" name="narrative" data-editor aria-labelledby="n1">Đoạn một.

Đoạn hai.</textarea>
<template data-editor-html="id_narrative"><p>Đoạn <strong>một</strong>.</p><p>Đoạn hai.</p></template></form>
<div data-conflict-area></div><div data-kept-area></div><span class="autosave" role="status" data-autosave-status></span></main>
<script src="/static/js/page.js" defer></script><script src="/static/js/kept.js" defer></script>
<script src="/static/vendor/editor/editor.js" defer></script><script src="/static/js/section.js" defer></script></body></html>"""
OTHER = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Trang khác</title></head><body data-user="7"><main>
<p%s>Lời báo</p><div data-kept-list="/muc"></div></main><script src="/static/js/kept.js" defer></script></body></html>"""
SAVED = ' data-saved="/muc/"'
CONFLICT = """<div data-version="99"><button type="submit" name="resolve" value="theirs" data-conflict="theirs">Lấy bản này</button>
<template data-theirs="id_narrative"><p>Bản của <strong>đồng nghiệp</strong></p></template></div>"""
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p{color:red}</style></head><body>
<p class=MsoNormal style='margin:0'><b style='mso-bidi-font-weight:normal'><span style='color:red'>Kết quả</span></b> năm
2025<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp;
</span></span><![endif]>Việc một</p>
<p style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o<span>&nbsp;</span></span>Việc con</p>
<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>Việc <i onclick="x()">hai</i> <a href="javascript:x()">đây</a></p>
<p>Giữa</p><p style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.</span>Một</p>
<table style='border:1px'><tr><td colspan=2 style='width:9pt'><p>Ô</p></td></tr><tr><td>A</td><td>B</td></tr></table>
<img src="file:///x.png"><script>x()</script><p>Tie\u0302\u0301ng Vie\u0323\u0302t</p></body></html>"""
CLEANED = (
    "<p><strong>Kết quả</strong> năm 2025</p>"
    "<ul><li><p>Việc một</p><ul><li><p>Việc con</p></li></ul></li><li><p>Việc hai đây</p></li></ul>"
    "<p>Giữa</p><ol><li><p>Một</p></li></ol>"
    '<table><tbody><tr><td colspan="2"><p>Ô</p></td></tr><tr><td><p>A</p></td><td><p>B</p></td></tr></tbody></table>'
    "<p>Tiếng Việt</p>"
)


class Desk:
    """The page, and a server that answers autosave as told by `answer` (ok, down, refused, secret, over, conflict).

    The form is answered with another page, which says that it is saved when the answer is ok.
    A `slow` server holds the editor's script back until `deliver` is called.
    """

    def __init__(self, page: Page, *, slow: bool = False) -> None:
        self.page, self.answer, self.posts = page, "ok", []
        self.tokens: list[str | None] = []
        self.version = "7"
        self.slow, self.held = slow, []
        self.violations: list[str] = []
        page.on(
            "console",
            lambda line: self.violations.append(line.text) if "Content Security" in line.text else None,
        )
        page.on("pageerror", lambda error: self.violations.append(str(error)))
        page.route("http://portal.test/**", self.serve)
        page.goto("http://portal.test/muc/", wait_until="commit" if slow else "load")

    def serve(self, route: Route) -> None:
        path = route.request.url.removeprefix("http://portal.test")
        headers = {"Content-Security-Policy": CSP}
        if path == "/luu/":
            self.save(route)
        elif self.slow and path.endswith("/editor.js"):
            self.held.append(route)
        elif path.startswith("/static/"):
            file = ROOT / path.lstrip("/").split("?")[0]
            route.fulfill(body=file.read_bytes(), content_type=TYPES[file.suffix])
        else:
            form = PAGE.replace('value="7"', f'value="{self.version}"')
            other = OTHER % (SAVED if self.answer == "ok" else "")
            body = other if route.request.method == "POST" or path == "/khac/" else form
            route.fulfill(body=body, content_type="text/html; charset=utf-8", headers=headers)

    def save(self, route: Route) -> None:
        self.posts.append(
            {name: values[0] for name, values in parse_qs(route.request.post_data, True).items()}
        )
        self.tokens.append(route.request.headers.get("x-csrftoken"))
        if self.answer == "down":
            route.abort()
        elif self.answer == "over":
            route.fulfill(status=401)
        elif self.answer == "conflict":
            route.fulfill(status=409, content_type="text/html; charset=utf-8", body=CONFLICT)
        elif self.answer == "secret":
            told = {"errors": {"narrative": "Văn bản mang dấu MẬT."}, "problem": "", "secret": True}
            route.fulfill(status=422, json=told)
        elif self.answer == "refused":
            told = {"errors": {}, "problem": "Báo cáo đang chờ duyệt.", "secret": False}
            route.fulfill(status=422, json=told)
        else:
            route.fulfill(json={"saved_at": "14:03", "version": 8, "errors": {"count": "Số quá lớn."}})

    def deliver(self) -> None:
        """Let the editor's script come; returns when the editor stands."""
        self.slow = False
        for route in self.held:
            self.serve(route)
        expect(self.text).to_be_visible()

    @property
    def text(self) -> object:
        return self.page.locator(".editor-text")

    @property
    def html(self) -> str:
        return self.page.input_value("input[name=narrative_html]")

    def type_at_end(self, words: str) -> None:
        self.text.click()
        self.page.keyboard.press("Control+End")
        self.page.keyboard.type(words)

    def says(self, words: str) -> None:
        expect(self.page.locator("[data-autosave-status]")).to_have_text(words, timeout=6000)


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with sync_playwright() as started:
        opened = started.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        yield opened
        opened.close()


@pytest.fixture
def slow_desk(browser: object) -> Iterator[Desk]:
    context = browser.new_context()
    opened = Desk(context.new_page(), slow=True)
    yield opened
    assert opened.violations == []
    context.close()


@pytest.fixture
def desk(browser: object) -> Iterator[Desk]:
    context = browser.new_context()
    opened = Desk(context.new_page())
    yield opened
    assert opened.violations == []
    context.close()


def test_the_bundle_was_made_from_the_sources_that_lie_beside_it() -> None:
    sources = b"".join(
        (ROOT / "script/editor" / name).read_bytes()
        for name in ("package-lock.json", "src/editor.js", "src/paste.js")
    )
    first_line = (ROOT / "static/vendor/editor/editor.js").open().readline()
    assert hashlib.sha256(sources).hexdigest() in first_line, "run script/editor-bundle"


pytestmark = pytest.mark.e2e


def test_the_editor_takes_the_place_of_the_textarea(desk: Desk) -> None:
    expect(desk.page.locator("#id_narrative")).to_be_hidden()
    expect(desk.text).to_have_attribute("aria-labelledby", "n1")
    assert desk.html == "<p>Đoạn <strong>một</strong>.</p><p>Đoạn hai.</p>"
    expect(desk.page.locator("[data-words]")).to_have_text("4 từ")


def test_typing_is_saved_with_both_forms_of_the_text(desk: Desk) -> None:
    desk.type_at_end(" Thêm")
    desk.says("Đã lưu lúc 14:03")
    (post,) = desk.posts
    assert post["narrative"] == "Đoạn một.\n\nĐoạn hai. Thêm"
    assert post["narrative_html"] == "<p>Đoạn <strong>một</strong>.</p><p>Đoạn hai. Thêm</p>"
    assert (post["version"], post["autosave"]) == ("7", "1")
    assert desk.page.input_value("[name=version]") == "8"
    expect(desk.page.locator("#id_count_error")).to_have_text("Số quá lớn.")
    expect(desk.page.locator("#id_count")).to_have_attribute("aria-invalid", "true")


AREA = "#id_narrative"
BOLD = "<p>Đoạn <strong>một</strong>.</p>"
LISTED = "<ul><li><p>một</p></li><li><p>hai x</p></li></ul>"


@pytest.mark.parametrize(
    ("keys", "html"),
    [
        (["Control+End", " Thêm "], f"{BOLD}<p>Đoạn hai. Thêm x</p>"),
        (["Control+End", "Enter", "Enter"], f"{BOLD}<p>Đoạn hai.</p><p>x</p>"),
        (["Control+End", "Enter", "Enter", "- một", "Enter", "- hai "], f"{BOLD}<p>Đoạn hai.</p>{LISTED}"),
        (["Control+Home", "A ", "B"], "<p>A BxĐoạn một.</p><p>Đoạn hai.</p>"),
        (["Control+Home"], "<p>xĐoạn <strong>một</strong>.</p><p>Đoạn hai.</p>"),
        (["Control+a", "Delete", "Dòng", "Enter", "dưới"], "<p>Dòng<br>dướix</p>"),
    ],
)
def test_what_was_typed_before_the_editor_came_stays_with_the_caret(
    slow_desk: Desk, keys: list[str], html: str
) -> None:
    keyboard = slow_desk.page.keyboard
    slow_desk.page.locator(AREA).focus()
    for key in keys:
        if key in ("Enter", "Delete") or key.startswith("Control+"):
            keyboard.press(key)
        else:
            keyboard.type(key)
    slow_desk.deliver()
    keyboard.type("x")
    assert slow_desk.html == html


def test_what_was_typed_before_the_scripts_came_saves_itself(slow_desk: Desk) -> None:
    slow_desk.page.locator(AREA).fill("Chỉ một đoạn.")
    slow_desk.page.locator("#id_count").fill("41")
    slow_desk.deliver()
    slow_desk.says("Đã lưu lúc 14:03")
    (post,) = slow_desk.posts
    assert (post["narrative"], post["count"]) == ("Chỉ một đoạn.", "41")
    slow_desk.page.get_by_label("Hoàn tác").click()
    assert slow_desk.html == f"{BOLD}<p>Đoạn hai.</p>"


def test_a_figure_typed_before_the_scripts_came_saves_itself(slow_desk: Desk) -> None:
    slow_desk.page.locator("#id_count").fill("41")
    slow_desk.deliver()
    slow_desk.says("Đã lưu lúc 14:03")
    assert slow_desk.posts[0]["count"] == "41"
    assert slow_desk.posts[0]["narrative_html"] == f"{BOLD}<p>Đoạn hai.</p>"


def test_a_page_that_nobody_typed_in_saves_nothing(desk: Desk) -> None:
    desk.page.reload()
    desk.page.wait_for_timeout(2500)
    assert desk.posts == []


def test_a_paste_from_word_keeps_paragraphs_lists_bold_and_tables_only(desk: Desk) -> None:
    desk.text.click()
    desk.page.keyboard.press("Control+a")
    desk.page.evaluate(
        """html => { const data = new DataTransfer(); data.setData("text/html", html);
        document.querySelector(".editor-text").dispatchEvent(
          new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })); }""",
        WORD,
    )
    assert desk.html == CLEANED


def test_tools_make_tables_without_style_and_tab_leaves_them(desk: Desk) -> None:
    desk.type_at_end("")
    desk.page.get_by_label("Bảng", exact=True).click()
    desk.page.get_by_role("button", name="Thêm hàng").click()
    assert desk.html.count("<tr>") == 4
    assert "style" not in desk.html
    for _press in range(14):
        desk.page.keyboard.press("Tab")
    assert desk.page.evaluate("document.activeElement.closest('.editor-text')") is None
    desk.page.wait_for_timeout(600)  # steps within half a second are undone together
    desk.text.locator("td").first.click()
    desk.page.get_by_role("button", name="Xóa bảng").click()
    assert "<table" not in desk.html
    desk.page.get_by_label("Hoàn tác").click()
    assert "<table" in desk.html


def test_words_typed_through_an_input_method_arrive_whole(desk: Desk) -> None:
    desk.type_at_end(" ")
    session = desk.page.context.new_cdp_session(desk.page)
    for step in ("V", "Vi", "Viê", "Việ", "Việt"):
        session.send(
            "Input.imeSetComposition", {"text": step, "selectionStart": len(step), "selectionEnd": len(step)}
        )
    session.send("Input.insertText", {"text": "Việt"})
    assert desk.html.endswith("<p>Đoạn hai. Việt</p>")


def test_without_network_the_text_stays_and_is_offered_back(desk: Desk) -> None:
    desk.answer = "down"
    desk.type_at_end(" Chưa gửi")
    desk.says("Mất kết nối, chưa lưu được. Chữ vẫn giữ trên máy này.")
    desk.page.on("dialog", lambda dialog: dialog.accept())
    again = Desk(desk.page.context.new_page())
    kept = again.page.locator("[data-kept-area]")
    expect(kept).to_contain_text(re.compile(r"chưa lưu được, lúc \d\d:\d\d ngày \d\d/\d\d/\d{4}"))
    kept.get_by_role("button", name="Lấy lại phần chữ đó").click()
    assert again.html.endswith("<p>Đoạn hai. Chưa gửi</p>")
    again.says("Đã lưu lúc 14:03")
    assert again.page.evaluate("localStorage.length") == 0
    assert again.violations == []


def test_a_secret_text_is_told_and_kept_nowhere(desk: Desk) -> None:
    desk.answer = "down"
    desk.type_at_end(" Mật")
    desk.says("Mất kết nối, chưa lưu được. Chữ vẫn giữ trên máy này.")
    desk.answer = "secret"
    desk.type_at_end("!")
    desk.says("Chưa lưu: hãy sửa chỗ báo lỗi.")
    expect(desk.page.locator("#id_narrative_error")).to_have_text("Văn bản mang dấu MẬT.")
    expect(desk.page.locator(".editor + #id_narrative_error")).to_be_visible()
    assert desk.page.evaluate("localStorage.length") == 0


def kept_texts(page: Page) -> int:
    return page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('draft:')).length")


def post(desk: Desk) -> None:
    with desk.page.expect_navigation():
        desk.page.evaluate("document.querySelector('form').requestSubmit()")


def test_a_text_refused_for_another_reason_stays_and_is_told_of_elsewhere(desk: Desk) -> None:
    desk.answer = "refused"
    desk.type_at_end(" Muộn")
    desk.says("Báo cáo đang chờ duyệt. Chữ vẫn giữ trên máy này.")
    desk.page.goto("http://portal.test/khac/")
    expect(desk.page.locator("[data-kept-list] textarea")).to_have_value("Đoạn một.\n\nĐoạn hai. Muộn")
    desk.page.get_by_role("button", name="Bỏ phần chữ này").click()
    assert kept_texts(desk.page) == 0


def test_signing_in_again_elsewhere_is_enough(desk: Desk) -> None:
    desk.answer = "over"
    desk.type_at_end(" Sau")
    desk.says(
        "Phiên đăng nhập đã hết, chưa lưu được. Hãy đăng nhập ở một thẻ khác rồi trở lại đây. "
        "Chữ vẫn giữ trên máy này."
    )
    desk.answer = "ok"
    desk.page.evaluate("document.cookie = 'csrftoken=renewed'")
    desk.page.evaluate("window.dispatchEvent(new Event('online'))")
    desk.says("Đã lưu lúc 14:03")
    assert desk.tokens == ["token", "renewed"]


def test_a_form_posted_after_the_session_ended_loses_nothing(desk: Desk) -> None:
    desk.page.evaluate("document.cookie = 'csrftoken=renewed'")
    desk.answer = "over"
    desk.type_at_end(" Giữ lại")
    with desk.page.expect_request(
        lambda asked: asked.method == "POST" and asked.url.endswith("/muc/")
    ) as sent:
        post(desk)
    assert parse_qs(sent.value.post_data)["csrfmiddlewaretoken"] == ["renewed"]
    desk.version = "9"  # a colleague saved meanwhile: what was kept must not write over it unseen
    desk.page.goto("http://portal.test/muc/")
    desk.answer = "conflict"
    desk.page.get_by_role("button", name="Lấy lại phần chữ đó").click()
    assert desk.html.endswith("<p>Đoạn hai. Giữ lại</p>")
    desk.says("Chưa lưu: có bản khác của đồng nghiệp")
    assert desk.posts[-1]["version"] == "7"


def test_a_form_that_was_saved_leaves_nothing_on_the_device(desk: Desk) -> None:
    desk.type_at_end(" Xong")
    post(desk)
    assert kept_texts(desk.page) == 0


def test_a_page_that_shows_the_kept_text_forgets_it(desk: Desk) -> None:
    desk.answer = "over"
    desk.type_at_end(" ")
    post(desk)
    assert kept_texts(desk.page) == 1
    desk.page.goto("http://portal.test/muc/")
    expect(desk.text).to_be_visible()
    desk.page.wait_for_function("!Object.keys(localStorage).some(key => key.startsWith('draft:'))")
    expect(desk.page.locator("[data-kept-area]")).to_be_empty()


def test_a_conflict_waits_and_taking_theirs_saves_on(desk: Desk) -> None:
    desk.answer = "conflict"
    desk.type_at_end(" Của tôi")
    desk.says("Chưa lưu: có bản khác của đồng nghiệp")
    desk.type_at_end(" thêm")
    desk.page.wait_for_timeout(2500)
    assert len(desk.posts) == 1
    desk.answer = "ok"
    desk.page.get_by_role("button", name="Lấy bản này").click()
    desk.says("Đã lưu lúc 14:03")
    assert desk.html == "<p>Bản của <strong>đồng nghiệp</strong></p>"
    assert desk.posts[-1]["version"] == "99"
