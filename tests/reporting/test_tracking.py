"""The page of a directive: numbers, texts and units come from what was sent, and go to those who may see them."""

import io
import zipfile
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directives import queries
from directives.models import RelationKind
from directives.register import relate
from reporting import consolidation, drafting, tracking
from reporting.models import Answer, Report, Section
from reporting.states import AnswerStatus
from reporting.tracking import UnitFilter
from tests.factories import (
    TEXT,
    accept,
    at,
    fill,
    make_round,
    make_world,
    paper,
    person,
    return_report,
    submit,
)
from tests.remembered import once
from units.access import standing
from units.extraction.sheets import read_rows
from units.models import Role, Unit

NOW = at("2025-10-27 09:00")
LONG = "<p>" + " ".join(f"chữ{n}" for n in range(60)) + "</p>"


@pytest.fixture
def now(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
@once
def busy(world, now):
    """cuc-a accepted, benh-vien-b returned and writing again, so-c drafting, the office itself idle."""
    submit(world, "cuc-a", text=LONG, amount=12)
    accept(world, "cuc-a")
    submit(world, "benh-vien-b", text=f"<p>Bản đã nộp của bệnh viện.</p>{TEXT}", amount=30)
    return_report(world, "benh-vien-b")
    again(world, "benh-vien-b", "<p>Bản sửa chưa nộp.</p>")
    fill(world.assignment("so-c"), actor=world.reporters["so-c"], now=NOW, text="<p>Bản nháp của Sở.</p>")
    return world


def again(world, code, html, status=AnswerStatus.DONE, reason=""):
    """The unit changes its section 1.1 after a return."""
    assignment, section = world.assignment(code), section_11(world)
    answer = Answer.objects.get(assignment=assignment, section=section)
    drafting.save_section(
        assignment,
        section,
        html=html,
        status=status,
        reason=reason,
        amounts={},
        seen_version=answer.version,
        actor=world.reporters[code],
        now=NOW,
    )


def section_11(world):
    return Section.objects.get(round=world.round, key="1.1")


def lines_for(world, key, user):
    kin = queries.family(world.directives[key], NOW.date())
    return tracking.rounds_of(kin, standing(user, NOW.date()))


def page(client, directive, **query):
    return client.get(directive.get_absolute_url(), query)


def text(response):
    return response.content.decode()


# Numbers ------------------------------------------------------------------------------------------------


def test_numbers_of_a_section_count_what_was_sent(busy):
    (line,) = lines_for(busy, "45-nq", busy.reviewer)
    assert (line.expected, line.sent, line.accepted) == (4, 2, 1)
    (part,) = line.lines
    assert (part.section.key, part.done, part.nil, part.not_applicable) == ("1.1", 2, 0, 0)
    assert line.through is None


def test_a_status_changed_after_the_return_counts_only_when_it_is_sent(busy):
    again(busy, "benh-vien-b", "", AnswerStatus.NIL, "Không có hoạt động trong năm.")
    (line,) = lines_for(busy, "45-nq", busy.reviewer)
    assert (line.lines[0].done, line.lines[0].nil) == (2, 0)


def test_figures_are_summed_over_accepted_reports_and_rates_are_not(busy):
    (line,) = lines_for(busy, "45-nq", busy.reviewer)
    totals = {total.indicator.code: (total.text, total.units) for total in line.lines[0].totals}
    assert totals["hoi_nghi"] == ("12", 1)
    assert totals["ty_le_quan_triet"] == ("1,2%", 1)


def test_every_number_equals_the_list_behind_it(busy):
    (line,) = lines_for(busy, "45-nq", busy.reviewer)
    for name, label, number, _ in line.stats:
        assert tracking.units_of(line, UnitFilter(name=name), NOW).count() == number, label


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (UnitFilter(name="hoan-thanh"), {"cuc-a", "benh-vien-b"}),
        (UnitFilter(name="chua-nop"), {"so-c", "van-phong-bo"}),
        (UnitFilter(name="qua-han"), {"benh-vien-b", "van-phong-bo"}),
        (UnitFilter(name="khong-phat-sinh"), set()),
        (UnitFilter(group="so-y-te"), {"so-c"}),
        (UnitFilter(state="accepted"), {"cuc-a"}),
        (UnitFilter(words="bach mai"), {"benh-vien-b"}),
    ],
)
def test_units_are_filtered(busy, asked, expected):
    from_return = date(2025, 10, 24)  # the return of benh-vien-b ran out, the departments' date did not
    assert from_return < NOW.date() < date(2025, 10, 30)
    (line,) = lines_for(busy, "45-nq", busy.reviewer)
    assert {row.unit.code for row in tracking.units_of(line, asked, NOW)} == expected


def test_filters_forget_nonsense():
    assert UnitFilter.read({"loc": "x", "tinh-trang": "y"}) == UnitFilter()


# Which rounds -------------------------------------------------------------------------------------------


def test_rounds_stand_newest_first_and_rounds_in_preparation_are_left_out(world, now):
    make_round(world, code="khoa-giao-2026", year=2026, opened_at="2025-10-01 08:00")
    make_round(world, code="khoa-giao-2027", year=2027, opened_at=None)
    lines = lines_for(world, "45-nq", world.reviewer)
    assert [line.round.code for line in lines] == ["khoa-giao-2026", "khoa-giao-2025"]


def test_a_round_is_reached_through_the_plan_and_says_so(world, now):
    (line,) = lines_for(
        world, "170-hd", world.reviewer
    )  # the plan is based on it; the outline has no section
    assert (line.through, line.is_plan) == (world.plan, True)
    (own,) = lines_for(world, "plan-2025", world.reviewer)
    assert (own.through, own.is_plan) == (None, True)
    assert len(own.lines) == Section.objects.filter(round=world.round, is_heading=False).count()


def test_a_round_is_reached_through_a_section_of_the_paper_that_carries_it_out(world, now):
    origin = paper(world.admin, code="99-NQ/TW", kind="NQ", issued_on=date(2020, 1, 1))
    relate(world.directives["70-kl"], RelationKind.IMPLEMENTS, origin, actor=world.admin, now=NOW)
    world.directives["99-nq"] = origin
    (line,) = lines_for(world, "99-nq", world.reviewer)
    assert (line.through, line.is_plan) == (world.directives["70-kl"], False)
    assert [part.section.key for part in line.lines] == ["1.3"]


def test_a_paper_no_round_answers_says_so(world, now, sign_in):
    assert lines_for(world, "07-nq", world.reviewer) == []
    assert "Chưa có đợt báo cáo nào" in text(page(sign_in(world.reviewer), world.directives["07-nq"]))


# The ministry's words -----------------------------------------------------------------------------------


def test_a_draft_of_the_ministry_is_for_the_office_and_the_issued_text_for_everybody(busy, sign_in):
    report = consolidation.start_report(busy.round, actor=busy.reviewer, now=NOW)
    consolidation.write(report, section_11(busy), "Bộ đã triển khai đồng bộ.", actor=busy.reviewer, now=NOW)
    directive = busy.directives["45-nq"]
    others = (busy.admin, busy.reporters["cuc-a"], busy.outsider, person("khong-vai-tro"))
    assert "Bộ đã triển khai đồng bộ." in text(page(sign_in(busy.reviewer), directive))
    for other in others:
        assert "Bộ đã triển khai đồng bộ." not in text(page(sign_in(other), directive))
    Report.objects.update(
        state="issued", issue_number=214, issued_on=date(2025, 11, 4), signer_name="Nguyễn Văn A"
    )
    for other in others:
        answer = text(page(sign_in(other), directive))
        assert "Bộ đã triển khai đồng bộ." in answer
        assert "214/BC-BYT" in answer


# Units, and who sees them -------------------------------------------------------------------------------


def test_the_office_reads_what_units_sent_and_no_drafts(busy, sign_in):
    answer = text(page(sign_in(busy.reviewer), busy.directives["45-nq"]))
    assert "Bản đã nộp của bệnh viện." in answer
    assert "Bản sửa chưa nộp." not in answer
    assert "Bản nháp của Sở." not in answer
    assert "chữ39…" in answer  # forty words, then the rest on demand
    assert "chữ59" in answer
    for code in ("cuc-a", "benh-vien-b", "so-c"):
        assert reverse("reporting:review", args=[busy.round.code, code]) in answer


def test_a_unit_reads_its_own_answer_and_learns_nothing_of_others(busy, sign_in):
    answer = text(page(sign_in(busy.reporters["benh-vien-b"]), busy.directives["45-nq"]))
    assert "Bệnh viện Bạch Mai" in answer
    assert "Bản đã nộp của bệnh viện." in answer
    assert "Bản sửa chưa nộp." not in answer
    for foreign in ("Cục Quản lý Y, Dược cổ truyền", "chữ1 ", "Sở Y tế thành phố Hải Phòng", "Quá hạn</"):
        assert foreign not in answer.replace("Quá hạn</span>", "", 1), foreign


def test_a_unit_cannot_ask_for_the_rows_of_others(busy, sign_in):
    client = sign_in(busy.reporters["so-c"])
    for query in (
        {"tim": "bach mai"},
        {"loc": "qua-han"},
        {"nhom": "don-vi-thuoc-bo"},
        {"tinh-trang": "accepted"},
    ):
        answer = text(page(client, busy.directives["45-nq"], dot=busy.round.code, **query))
        assert "Bệnh viện Bạch Mai" not in answer
        assert "Sở Y tế thành phố Hải Phòng" in answer


@pytest.mark.parametrize("who", ["admin", "outsider", "nobody", "office_elsewhere"])
def test_others_see_paper_lineage_requirements_and_totals_only(busy, sign_in, who):
    elsewhere = Unit.objects.create(code="van-phong-khac", name="Văn phòng khác")
    stranger = person("van-phong-khac")
    elsewhere.memberships.create(user=stranger, role=Role.REVIEWER)
    user = {
        "admin": busy.admin,
        "outsider": busy.outsider,
        "nobody": person("khong-vai-tro"),
        "office_elsewhere": stranger,
    }[who]
    response = page(sign_in(user), busy.directives["45-nq"], dot=busy.round.code)
    answer = text(response)
    assert response.status_code == 200
    for shown in ("45-NQ/TW", 'class="graph"', "trước ngày 20/10/2025", "thứ Sáu 17/10/2025", "Phải báo cáo"):
        assert shown in answer, shown
    for hidden in (
        "Bệnh viện Bạch Mai",
        "Cục Quản lý Y, Dược cổ truyền",
        "Bản đã nộp",
        "chữ1 ",
        "loc=qua-han",
    ):
        assert hidden not in answer, hidden


def test_strangers_must_sign_in(busy, client):
    assert page(client, busy.directives["45-nq"]).status_code == 302


def test_an_unknown_paper_is_not_found(busy, sign_in):
    assert sign_in(busy.reviewer).get(reverse("reporting:directive", args=[9999])).status_code == 404


def test_a_plan_lists_its_units_without_quoting_them(busy, sign_in):
    answer = text(page(sign_in(busy.reviewer), busy.plan))
    assert "Văn bản này là kế hoạch của đợt" in answer
    assert "Kết quả theo từng mục" in answer
    assert "Bệnh viện Bạch Mai" in answer
    assert "Bản đã nộp của bệnh viện." not in answer


def test_the_page_has_neither_inline_style_nor_script(busy, sign_in):
    answer = text(page(sign_in(busy.reviewer), busy.directives["45-nq"]))
    assert "style=" not in answer
    assert "<script>" not in answer


def test_the_page_takes_the_same_queries_at_3_and_at_140_units(now, db, sign_in):
    world = make_world(more_units=137)
    client = sign_in(world.reviewer)
    counts = []
    # one unit of a page, then fifty; before and after more of them have sent; the departments on the last page
    for codes, queries_asked in (
        (["cuc-a", "benh-vien-b"], [{"tim": "bach mai"}, {}]),
        (["so-c", *(f"benh-vien-{n}" for n in range(6))], [{"tim": "bach mai"}, {}, {"page": "3"}]),
    ):
        for code in codes:
            submit(world, code)
        for asked in queries_asked:
            with CaptureQueriesContext(connection) as seen:
                assert page(client, world.directives["45-nq"], **asked).status_code == 200
            counts.append(len(seen))
    assert len(set(counts)) == 1, counts
    assert counts[0] <= 40


# The register as a spreadsheet --------------------------------------------------------------------------


def test_the_register_as_a_spreadsheet_follows_the_filters(world, now, sign_in):
    paper(world.admin, code="19-CT/TW", issued_on=date(2024, 5, 1), title="=HYPERLINK(1)")
    url = reverse("reporting:directives_xlsx")
    for user in (world.reviewer, world.outsider):
        response = sign_in(user).get(url, {"tim": "ct"})
        assert response.status_code == 200
        book = zipfile.ZipFile(io.BytesIO(response.content))
        strings = book.read("xl/sharedStrings.xml").decode()
        assert "25-CT/TW" in strings
        assert "70-KL/TW" not in strings
        assert "=HYPERLINK(1)" in strings
        assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()


def test_the_spreadsheet_has_the_rows_of_the_list_in_their_order(world, sign_in):
    asked = {"trong-dot": world.round.code, "loai": "CT", "xep": "-so", "hieu-luc": "ap-dung"}
    rows = read_rows(sign_in(world.outsider).get(reverse("reporting:directives_xlsx"), asked).content)
    assert [row[0] for row in rows[3:]] == ["28-CT/TW", "25-CT/TW", "23-CT/TW"]
    assert rows[-1][2] == "25/05/2023"
