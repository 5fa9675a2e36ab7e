import pytest
from django.http import QueryDict

from reporting import section_form
from reporting.models import Answer, Indicator
from reporting.section_form import SectionForm, change_words

PERCENT = Indicator(pk=1, code="ty_le", name="Tỷ lệ", decimals=1, maximum=1000)
COUNT = Indicator(pk=2, code="so", name="Số cuộc", decimals=0)


def form(data=None, *, stored=None, amounts=None):
    posted = None
    if data is not None:
        posted = QueryDict(mutable=True)
        posted.update({"version": "0", "kind": "content"} | data)
    return SectionForm(
        posted, indicators=[PERCENT, COUNT], stored=stored, amounts=amounts or {}, last_year={"so": 40}
    )


@pytest.mark.parametrize(
    ("before", "now", "decimals", "words"),
    [
        (612, 745, 0, "+22 %"),
        (100, 60, 0, "−40 %"),
        (3, 4, 0, "+1"),
        (9, 4, 0, "−5"),
        (1000, 1001, 0, "+1"),
        (985, 992, 1, "+0,7"),
        (5, 5, 0, "0"),
        (None, 5, 0, "–"),
        (5, None, 0, "chưa nhập"),
        (None, None, 0, "chưa nhập"),
    ],
)
def test_change_against_last_year(before, now, decimals, words):
    assert change_words(before, now, decimals) == words


def test_the_form_shows_what_is_stored():
    answer = Answer(version=3, status="nil", narrative="<p>Một</p><ul><li>hai</li></ul>", reason="Vì thế")
    shown = form(stored=answer, amounts={1: 985, 2: 1286})
    assert shown["version"].value() == 3
    assert shown["kind"].value() == "nil"
    assert shown["reason"].value() == "Vì thế"
    assert [row.field.value() for row in shown.figure_rows()] == ["98,5", "1.286"]
    assert shown.shown_text() == "Một\n\n- hai"
    assert shown.shown_html() == answer.narrative


@pytest.mark.parametrize("status", ["done", "in_progress", "not_started"])
def test_an_answer_in_words_has_content(status):
    assert form(stored=Answer(status=status))["kind"].value() == section_form.CONTENT


def test_a_bound_form_keeps_what_was_typed():
    shown = form({"fig_ty_le": "992", "fig_so": " 1.286 ", "narrative": "a\r\n\r\nb"})
    shown.full_clean()
    assert shown["fig_ty_le"].value() == "992"
    assert shown.shown_text() == "a\r\n\r\nb"
    assert shown.shown_html() == "<p>a</p><p>b</p>"
    assert shown.valid_amounts() == {COUNT: 1286}
    assert shown.field_errors() == {"fig_ty_le": "Nhập số từ 0 đến 100."}


@pytest.mark.parametrize(
    ("data", "html"),
    [
        ({"narrative": "một\n\nhai"}, "<p>một</p><p>hai</p>"),
        ({"narrative": "một", "narrative_html": "<p><b>hai</b></p>"}, "<p><b>hai</b></p>"),
        ({"narrative": "một", "narrative_html": ""}, ""),
        ({"narrative": "<b>một</b>"}, "<p>&lt;b&gt;một&lt;/b&gt;</p>"),
        ({}, ""),
    ],
)
def test_the_editor_comes_before_the_plain_text(data, html):
    assert form(data).html() == html
