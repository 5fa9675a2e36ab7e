"""HTML and what is pasted from a browser or from Word."""

import pytest

from units.extraction.pasted import looks_like_html, read_html

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Một</p><p>Hai</p>", "Một\nHai"),
        ("<div>a<br>b</div>", "a\nb"),
        ("<p>Nghị quyết số\n  45-<b>NQ</b>/TW</p>", "Nghị quyết số 45-NQ/TW"),
        ("<head><title>x</title><style>p{}</style></head><body><script>y</script><p>z</p></body>", "z"),
        ("<p>a<span style='display:none'>b</span><del>c</del><ins>d</ins></p>", "ad"),
        ("<ol><li>một</li><li>hai</li></ol>", "1. một\n2. hai"),
        ("<ol type='a' start='3'><li><p>ba</p><p>tiếp</p></li></ol>", "c) ba\ntiếp"),
        ("<ul><li>một<ul><li>con</li></ul></li></ul>", "- một\n- con"),
        ("<p align=center>KẾ HOẠCH</p><p>Thân</p>", "KẾ HOẠCH\n\nThân"),
        ("<pre>a\n  Số:      /KH-BYT</pre>", "a\nSố:      /KH-BYT"),
        ("<p>a <b> b</b> <i>c</i></p>", "a b c"),
        ("<p>&#272;&agrave; N&#7861;ng &amp; Hu&#7871;</p>", "Đà Nẵng & Huế"),
        ("<p>a<!-- b -->c</p>", "ac"),
        (
            f"<p>x</p><table><tr><td>BỘ Y TẾ<br>Số: 1/KH-BYT</td><td><p>{MOTTO}</p><p>Hà Nội, ngày 1</p></td></tr></table>",
            f"x\n\nBỘ Y TẾ\nSố: 1/KH-BYT\n\n{MOTTO}\nHà Nội, ngày 1",
        ),
        (
            "<table><thead><tr><th>TT</th><th>Hạn</th></tr></thead><tr><td>1</td><td>30/6</td></tr></table>",
            "TT\tHạn\n1\t30/6",
        ),
        (
            "<p class=MsoListParagraph><!--[if !supportLists]--><span style='mso-list:Ignore'>1.<span>&nbsp;&nbsp;"
            "</span></span><!--[endif]-->Sở Y tế<o:p></o:p></p>",
            "1.\u00a0\u00a0Sở Y tế",
        ),
    ],
)
def test_what_a_browser_would_show(html, text):
    assert read_html(html) == text


@pytest.mark.parametrize(
    "text",
    ["<p>a", "<!DOCTYPE html><html>", " <div class='x'>", "<!-- x --><table>", "<?xml version='1.0'?><html>"],
)
def test_html_is_told(text):
    assert looks_like_html(text)


@pytest.mark.parametrize("text", ["", "a <b>đậm</b>", "<<Công văn>>", "<Ghi chú>", "< 5 ngày", "x < y"])
def test_text_is_told(text):
    assert not looks_like_html(text)


def test_deep_markup_does_no_harm():
    assert read_html("<div>" * 5_000 + "sâu") in ("sâu", "")
