import json
from datetime import date

import pytest

from reporting import consolidation, issuing, opening, report_paper, reviewing
from reporting.deadlines import DateToKeep
from reporting.documents.content import Contribution, Heading, Note, Para, Table
from reporting.models import Passage, Section
from tests.factories import accept, at, make_world, submit
from tests.remembered import once

NOW = at("2025-10-31 17:00")


@pytest.fixture
@once
def report(world):
    for code in ("cuc-a", "so-c"):
        submit(world, code)
        accept(world, code)
    return consolidation.start_report(world.round, actor=world.reviewer, now=NOW)


def texts(blocks):
    return [getattr(block, "text", getattr(block, "html", "")) for block in blocks]


def test_the_front_is_that_of_a_draft(world, report):
    paper = report_paper.paper(report, now=NOW)
    assert (paper.issuing_body, paper.printed_number.endswith("/BC-BYT"), paper.draft) == (
        "BỘ Y TẾ",
        True,
        True,
    )
    assert paper.as_of_line == "Số liệu đến 17 giờ 00 ngày 31/10/2025, 2/4 đơn vị"
    assert paper.addressees == ("Ban Tuyên giáo và Dân vận Trung ương",)
    assert (paper.signature.authority, paper.signature.post, paper.signature.name) == (
        "KT. BỘ TRƯỞNG",
        "THỨ TRƯỞNG",
        "",
    )
    assert paper.recipients[0] == "Như trên"
    assert paper.title == "Báo cáo kết quả triển khai công tác khoa giáo năm 2025"


def test_what_was_cleared_keeps_its_dates_and_extensions(world):
    submit(world, "so-c", "2025-10-31 10:00")
    accept(world, "so-c", "2025-10-31 11:00")
    submit(world, "cuc-a", "2025-10-19 10:00")
    accept(world, "cuc-a", "2025-10-31 11:00")
    report = consolidation.start_report(world.round, actor=world.reviewer, now=NOW)
    issuing.clear(report, actor=world.lead, now=NOW)
    cleared, seen = report_paper.paper(report, now=NOW), report_paper.units_annex
    until = DateToKeep("on_or_before", date(2025, 11, 20))
    later = {"actor": world.lead, "now": at("2025-11-01 08:00")}
    reviewing.extend(world.assignment("benh-vien-b"), until=until, reason="Bão.", **later)
    for group, day in ((world.so, date(2025, 11, 10)), (world.thuoc, date(2025, 10, 15))):
        old = world.round.deadlines.get(group=group, replaced_at=None)
        opening.change_date(old, DateToKeep("before", day), **later)
    assert report_paper.paper(report, now=at("2025-11-05 08:00")) == cleared
    draft = seen(report_paper.gather(report, now=at("2025-11-05 08:00"), live=True))
    assert draft.blocks != cleared.annexes[1].blocks, "while a draft follows today's dates"


def test_sections_are_numbered_by_area_and_directive(world, report):
    headings = [
        (b.level, b.number) for b in report_paper.paper(report, now=NOW).blocks if isinstance(b, Heading)
    ]
    assert headings[:3] == [(1, "I."), (2, "1."), (2, "2.")]
    assert headings[8:10] == [(1, "II."), (1, "III.")]
    assert headings[-1] == (2, "5.")


def test_the_ministrys_words_stand_where_they_were_written_and_the_rest_is_said_honestly(world, report):
    section = Section.objects.get(round=world.round, key="2")
    consolidation.write(
        report, section, "Các đơn vị đã kiểm tra <b>nghiêm</b>.", actor=world.reviewer, now=NOW
    )
    paper = report_paper.paper(report, now=NOW)
    body = [b.html for b in paper.blocks if isinstance(b, Para)]
    assert "<p>Các đơn vị đã kiểm tra &lt;b&gt;nghiêm&lt;/b&gt;.</p>" in body
    unwritten = next(html for html in body if "hội nghị sơ kết" in html)
    assert unwritten.startswith("<p>2/4 đơn vị báo cáo kết quả nội dung này")
    assert "24 hội nghị sơ kết, tổng kết" in unwritten


def test_annexes_hold_figures_units_and_every_contribution(world, report):
    figures, units, contributions = report_paper.paper(report, now=NOW).annexes
    table = figures.blocks[0]
    assert isinstance(table, Table)
    row = next(r for r in table.rows if r.cells[0] == "Hội nghị quán triệt")
    assert row.cells == ("Hội nghị quán triệt", "hội nghị", "12", "–", "12", "24")
    rate = next(r for r in table.rows if r.cells[0].startswith("Tỷ lệ"))
    assert (rate.cells[-1], "không cộng" in rate.cells[0]) == ("1,2%", True)
    listed = [row.cells for b in units.blocks if isinstance(b, Table) for row in b.rows if not row.span]
    assert [(c[1], c[2], c[4]) for c in listed] == [
        ("Cục Quản lý Y, Dược cổ truyền", "Đã tiếp nhận", "Đúng hạn"),
        ("Sở Y tế thành phố Hải Phòng", "Đã tiếp nhận", "Đúng hạn"),
        ("Văn phòng Bộ", "Chưa bắt đầu", "Quá hạn"),
        ("Bệnh viện Bạch Mai", "Chưa bắt đầu", "Quá hạn"),
    ]
    assert listed[0][5] == world.assignment("cuc-a").accepted_submission.code
    given = [b for b in contributions.blocks if isinstance(b, Contribution)]
    assert contributions.compendium
    assert len(given) == 32  # two units, sixteen sections
    assert {b.unit for b in given} == {"Cục Quản lý Y, Dược cổ truyền", "Sở Y tế thành phố Hải Phòng"}


def test_a_round_without_accepted_reports_still_prints(world):
    blank = consolidation.blank_report(world.round, actor=world.lead, now=NOW)
    paper = report_paper.paper(blank, now=NOW, live=True)
    assert paper.annexes[2].blocks == (Note("Chưa có báo cáo nào của các đơn vị được tiếp nhận."),)
    assert "0/4 đơn vị" in paper.as_of_line


def test_a_cleared_report_keeps_saying_what_it_said(world, report):
    issuing.clear(report, actor=world.lead, now=NOW)
    before = report_paper.paper(report, now=NOW)
    submit(world, "benh-vien-b", "2025-11-01 09:00")
    accept(world, "benh-vien-b", "2025-11-01 10:00")
    reviewing.reopen(world.assignment("cuc-a"), note="Xem lại", actor=world.lead, now=at("2025-11-01 11:00"))
    after = report_paper.paper(report, now=at("2025-11-03 08:00"))
    assert (before.draft, after) == (False, before)
    assert "2/4 đơn vị" in report_paper.paper(report, now=at("2025-11-03 08:00"), live=True).as_of_line
    assert "03/11/2025" in report_paper.paper(report, now=at("2025-11-03 08:00"), live=True).as_of_line


def test_silent_units_are_named(world, report):
    newest = world.assignment("cuc-a").accepted_submission
    content = json.loads(newest.content)
    content["sections"][7] |= {"status": "nil", "html": ""}
    type(newest).objects.filter(pk=newest.pk).update(content=json.dumps(content))
    blocks = report_paper.paper(report, now=NOW).annexes[2].blocks
    assert "Không phát sinh: Cục Quản lý Y, Dược cổ truyền." in texts(blocks)


def test_queries_do_not_grow_with_units(db, django_assert_num_queries):
    world = make_world(more_units=2)
    report = consolidation.start_report(world.round, actor=world.reviewer, now=NOW)
    for code in ("cuc-a", "benh-vien-0", "benh-vien-1"):
        submit(world, code)
        accept(world, code)
        passage = Passage.objects.filter(submission=world.assignment(code).accepted_submission).first()
        consolidation.take(report, passage, actor=world.reviewer, now=NOW)
        with django_assert_num_queries(6):
            report_paper.paper(report, now=NOW)


def test_an_issued_report_is_referred_to_by_its_annexes(world, report):
    report.issue_number, report.issued_on = 7, date(2025, 11, 4)
    paper = report_paper.paper(report, now=NOW)
    assert paper.printed_number == "Số: 07/BC-BYT"
    assert report_paper.paper(report, now=NOW, live=True).annexes[0].reference == ""
    assert paper.annexes[0].reference == "Kèm theo Báo cáo số 07/BC-BYT ngày 04/11/2025 của Bộ Y tế"
