"""What is kept of a narrative, and how it is read."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting import narrative
from reporting.narrative import NarrativeTooLong, clean, from_plain, has_secret_mark, paragraphs, to_text


@pytest.mark.parametrize(
    ("given_html", "kept"),
    [
        (
            "<p>Mở <b>hai</b> lớp, <i>một</i> <u>đợt</u></p>",
            "<p>Mở <strong>hai</strong> lớp, <em>một</em> <u>đợt</u></p>",
        ),
        ("<p>a<script>alert(1)</script><style>p{}</style></p>", "<p>a</p>"),
        ('<p onclick="x()" style="color:red" class="y">a</p>', "<p>a</p>"),
        ('<a href="javascript:x">a</a><img src="file:///etc/passwd">', "<p>a</p>"),
        ("<h2>Kết quả</h2>tiếp", "<p><strong>Kết quả</strong></p><p>tiếp</p>"),
        ("<div>một</div><div>hai</div>", "<p>một</p><p>hai</p>"),
        ("<p>&nbsp;</p><p></p><p>x</p><ul></ul>", "<p>x</p>"),
        ("<p>a<br><br><br><br>b</p>", "<p>a<br><br>b</p>"),
        ("<p>1 &lt; 2 &amp; 3</p>", "<p>1 &lt; 2 &amp; 3</p>"),
        ("<ul><li><p>a</p><ul><li>b</li></ul></li></ul>", "<ul><li><p>a</p><ul><li>b</li></ul></li></ul>"),
        (
            '<table><tr><td colspan="3">a</td><td rowspan="900">b</td><td colspan="x">c</td></tr></table>',
            '<table><tbody><tr><td colspan="3">a</td><td rowspan="20">b</td><td>c</td></tr></tbody></table>',
        ),
        (
            "<table><tr><td>ngoài<table><tr><td>trong</td></tr></table></td></tr></table>",
            "<table><tbody><tr><td>ngoài trong</td></tr></tbody></table>",
        ),
        ("<svg><image href='http://x/'/></svg><p>a</p>", "<p>a</p>"),
        ("<p>a<o:p></o:p><!-- x --></p>", "<p>a</p>"),
    ],
)
def test_clean_keeps_only_the_small_language(given_html: str, kept: str) -> None:
    assert clean(given_html) == kept


def test_clean_turns_words_list_paragraphs_into_a_list() -> None:
    pasted = (
        "<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]>"
        "<span style='font-family:Symbol;mso-list:Ignore'>·<span style='font:7pt'>&nbsp;&nbsp; </span></span>"
        "<![endif]>Tập huấn<o:p></o:p></p>"
        "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>§&nbsp;&nbsp;Kiểm tra</p>"
        "<p class=MsoNormal style='mso-list:none'>Hết</p>"
    )
    assert clean(pasted) == "<ul><li>Tập huấn</li><li>Kiểm tra</li></ul><p>Hết</p>"


def test_clean_stores_nfc_without_hidden_characters() -> None:
    decomposed = unicodedata.normalize("NFD", "<p>Sở Y tế\u200b tỉnh\x00 Đắk Lắk\u202e</p>")
    assert clean(decomposed) == "<p>Sở Y tế tỉnh Đắk Lắk</p>"


def test_clean_refuses_what_is_too_long_in_plain_words() -> None:
    clean("<p>" + "ừ" * 60_000 + "</p>")
    with pytest.raises(NarrativeTooLong, match="Nội dung quá dài .*200 kB"):
        clean("<p>" + "ừ" * 80_000 + "</p>")
    with pytest.raises(NarrativeTooLong):
        clean("<p><span style='" + "x" * narrative.MAX_RAW_BYTES + "'>a</span></p>")
    with pytest.raises(NarrativeTooLong):
        from_plain("a" * 300_000)


_PIECES = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<ul>",
            "<ol>",
            "<li>",
            "</li>",
            "</ul>",
            "<table>",
            "<tr>",
            "<td>",
            "<th>",
            "</td>",
            "</tr>",
            "</table>",
            "<b>",
            "</b>",
            "<i>",
            "<br>",
            "<div>",
            "</div>",
            "<h3>",
            "</h3>",
            "<td\xa0colspan=9>",
            "<td\xa0rowspan=9>",
            "<p\xa0style='mso-list:l0'>",
            "một",
            "hai",
            "&amp;",
            "&lt;p&gt;",
            "-",
            "·\xa0x",
        ]
    )
    | st.sampled_from([" ", "\n\n", "\n- "]),
    max_size=14,
).map(lambda parts: "".join(parts).replace("<td\u00a0", "<td ").replace("<p\u00a0", "<p "))


@settings(max_examples=300, deadline=None)
@given(_PIECES)
def test_clean_is_idempotent(html: str) -> None:
    once = clean(html)
    assert clean(once) == once
    for paragraph in paragraphs(once):
        assert clean(paragraph.html) == paragraph.html


def test_text_typed_without_javascript_becomes_paragraphs_and_lists() -> None:
    typed = "Mở đầu: a < b\r\ndòng hai\r\n\r\nGồm:\n- một\n- hai\n  dòng nối\n\nKết"
    html = from_plain(typed)
    assert html == (
        "<p>Mở đầu: a &lt; b<br>dòng hai</p><p>Gồm:</p><ul><li>một</li><li>hai<br>dòng nối</li></ul><p>Kết</p>"
    )
    assert clean(typed) == html
    assert from_plain(to_text(html)).count("<li>") == 2


def test_to_text_of_tables_and_lists() -> None:
    html = "<p>Số:</p><table><tr><th>A</th><th>B</th></tr><tr><td><p>1</p></td><td>2</td></tr></table><ul><li>x</li></ul>"
    assert to_text(html) == "Số:\n\nA\tB\n1\t2\n\n- x"


def test_paragraphs_are_the_passages_of_a_report() -> None:
    html = clean("<p>Một <b>hai</b></p><ul><li>ba</li><li>bốn</li></ul><table><tr><td>năm</td></tr></table>")
    found = paragraphs(html)
    assert [passage.text for passage in found] == ["Một hai", "- ba", "- bốn", "năm"]
    assert found[1].html == "<ul><li>ba</li></ul>"
    assert found[0].html == "<p>Một <strong>hai</strong></p>"


@pytest.mark.parametrize(
    ("html", "words"), [("", 0), ("<p>Sở Y tế – Hà Nội</p>", 5), ("<ul><li>một hai</li><li>ba</li></ul>", 3)]
)
def test_word_count(html: str, words: int) -> None:
    assert narrative.word_count(html) == words


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("MẬT", "MẬT"),
        ("BỘ Y TẾ\n  TỐI MẬT  \nSố: 12", "TỐI MẬT"),
        ("[TUYỆT MẬT]", "TUYỆT MẬT"),
        ("M Ậ T", "MẬT"),
        ("T U Y Ệ T  M Ậ T", "TUYỆT MẬT"),
        ("Độ mật: Tối mật", "TỐI MẬT"),
        ("Mức độ mật : Mật", "MẬT"),
        ("BỘ Y TẾ      MẬT      CỘNG HÒA", "MẬT"),
        (unicodedata.normalize("NFD", "MẬT"), "MẬT"),
        ("Công tác bảo vệ bí mật nhà nước", None),
        ("BẢO VỆ BÍ MẬT NHÀ NƯỚC", None),
        ("Bảo mật thông tin; mật độ dân số; tài liệu mật được quản lý đúng quy định", None),
        ("- mật ong", None),
        ("Tài liệu TỐI MẬT không được gửi qua Cổng", None),
        ("", None),
    ],
)
def test_secrecy_marks(text: str, mark: str | None) -> None:
    assert has_secret_mark(text) == mark
