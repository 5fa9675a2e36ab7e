"""Figures come, change and go while a round is prepared; what years are compared by never lies."""

import pytest
from django.urls import reverse

from reporting import indicator_editing as editing
from reporting.indicator_editing import IndicatorWords
from reporting.lifecycle import Refused
from reporting.models import Indicator, Round
from tests.factories import at, make_round

NOW = at("2025-09-20 09:00")
WORDS = IndicatorWords(" Tin,  bài ", "bài")


@pytest.fixture
def waiting(world) -> Round:
    return make_round(world, code="khoa-giao-2026", year=2026, opened_at=None)


@pytest.fixture
def section(waiting):
    return waiting.sections.get(key="1.2")


def add(section, admin, **words):
    fields = {"name": "Đề tài nghiệm thu", "unit_label": "đề tài", **words}
    return editing.add_indicator(section, IndicatorWords(**fields), actor=admin, now=NOW)


def test_a_figure_is_added_after_those_of_its_section(world, waiting, section):
    first, second = add(section, world.admin), add(section, world.admin, name="Đề tài mới", decimals=2)
    assert (first.code, second.decimals, second.rollup, second.maximum) == (
        "de_tai_nghiem_thu",
        2,
        "sum",
        None,
    )
    order = list(waiting.indicators.values_list("code", flat=True))
    assert order[4:6] == ["de_tai_nghiem_thu", "de_tai_moi"]
    assert list(waiting.indicators.values_list("position", flat=True)) == list(range(1, len(order) + 1))
    assert "Thêm chỉ tiêu Đề tài mới" in waiting.events.latest("pk").note


def test_shares_are_never_summed_and_at_most_a_hundred(world, section):
    share = add(section, world.admin, name="Tỷ lệ đạt", unit_label="%", decimals=1, rollup="sum")
    assert (share.rollup, share.maximum) == ("none", 1000)
    words = IndicatorWords("Tỷ lệ đạt", "lượt", 1)
    editing.revise_indicator(share, words, actor=world.admin, now=NOW)
    assert (share.rollup, share.maximum) == ("sum", None)


def test_the_same_figure_has_the_code_it_had_and_another_one_never(world, waiting, section):
    old = waiting.indicators.get(code="tin_bai")
    editing.remove_indicator(old, actor=world.admin, now=NOW)
    assert add(section, world.admin, name="Tin, bài TUYÊN TRUYỀN", unit_label="tin, bài").code == "tin_bai"
    assert add(section, world.admin, name="Tin bài", unit_label="bài").code == "tin_bai_2"
    assert add(section, world.admin, name="123", unit_label="x").code == "123"
    assert add(section, world.admin, name="***", unit_label="x").code == "so_lieu"


def test_another_name_keeps_the_code_another_unit_does_not(world, waiting):
    figure = waiting.indicators.get(code="kinh_phi_du_kien")
    words = {"name": "Kinh phí dự toán", "unit_label": "triệu đồng", "decimals": 1}
    editing.revise_indicator(figure, IndicatorWords(**words, required=False), actor=world.admin, now=NOW)
    assert (figure.code, figure.required) == ("kinh_phi_du_kien", False)
    editing.revise_indicator(figure, IndicatorWords(**words | {"decimals": 0}), actor=world.admin, now=NOW)
    assert figure.code == "kinh_phi_du_toan"


def test_headings_ask_nothing_and_names_are_once_in_a_section(world, waiting, section):
    with pytest.raises(Refused, match="chỉ là đề mục"):
        add(waiting.sections.get(key="1"), world.admin)
    add(section, world.admin)
    with pytest.raises(Refused, match="đã có chỉ tiêu"):
        add(section, world.admin, name="đề tài NGHIỆM THU")


CHANGES = {
    "add": lambda figure, who: editing.add_indicator(figure.section, WORDS, actor=who, now=NOW),
    "revise": lambda figure, who: editing.revise_indicator(figure, WORDS, actor=who, now=NOW),
    "remove": lambda figure, who: editing.remove_indicator(figure, actor=who, now=NOW),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_only_an_admin_and_only_before_the_round_opens(world, waiting, change):
    figure = waiting.indicators.get(code="kiem_tra")
    with pytest.raises(Refused, match="quản trị"):
        change(figure, world.lead)
    Round.objects.filter(pk=waiting.pk).update(state="open")
    with pytest.raises(Refused, match="đã mở"):
        change(figure, world.admin)
    assert set(
        Indicator.objects.filter(round=waiting, section=figure.section).values_list("code", flat=True)
    ) == {
        "kiem_tra",
        "don_vi_kiem_tra",
    }


def test_the_pages(world, sign_in, waiting, section):
    client = sign_in(world.admin)

    def url(name, *args):
        return reverse(f"reporting:{name}", args=[waiting.code, *args])

    typed = {"name": "Đề tài", "unit_label": "đề tài", "decimals": "1", "rollup": "sum", "required": "on"}
    assert "chưa có chỉ tiêu" in client.get(url("round_section", "1.2")).content.decode()
    wrong = client.post(url("round_indicator_new", "1.2"), typed | {"unit_label": "", "decimals": "9"})
    assert (wrong.status_code, set(wrong.context["form"].errors)) == (422, {"unit_label", "decimals"})
    assert client.post(url("round_indicator_new", "1.2"), typed).status_code == 302
    assert client.post(url("round_indicator_new", "1.2"), typed).status_code == 422
    assert 'value="Đề tài"' in client.get(url("round_indicator", "de_tai")).content.decode()
    client.post(url("round_indicator", "de_tai"), typed | {"name": "Đề tài cấp Bộ"})
    shown = client.get(url("round_section", "1.2")).content.decode()
    assert "Đề tài cấp Bộ" in shown
    assert sign_in(world.lead).post(url("round_indicator", "de_tai"), typed).status_code == 403
    assert sign_in(world.outsider).get(url("round_indicator", "de_tai")).status_code == 404
    assert client.get(url("round_indicator", "khong-co")).status_code == 404
    client.post(url("round_indicator_remove", "de_tai"))
    assert not section.indicators.exists()
