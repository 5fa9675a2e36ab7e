import pytest

from reporting import bench, consolidation, drafting, issuing, lifecycle, reviewing, submitting
from reporting.lifecycle import Refused
from reporting.models import Paragraph, Passage, Report, Section, Source
from reporting.rollup import totals
from tests.factories import accept, at, fill, submit
from tests.remembered import once

NOW = at("2025-10-20 09:00")


@pytest.fixture
@once
def report(world) -> Report:
    for code in ("cuc-a", "so-c"):
        submit(world, code)
        accept(world, code)
    return consolidation.start_report(world.round, actor=world.reviewer, now=NOW)


def section(world, key="2"):
    return Section.objects.get(round=world.round, key=key)


def passage(world, code="cuc-a", key="2", position=1):
    return Passage.objects.get(
        submission=world.assignment(code).accepted_submission, section__key=key, position=position
    )


def test_a_report_starts_with_the_bases_of_the_plan(world, report):
    assert report.title == "Kết quả triển khai công tác khoa giáo năm 2025"
    assert "170-HD/BTGTW ngày 19/11/2024" in report.opening
    assert "04-CTr/BTGTW-BYT ngày 29/10/2021" in report.opening
    assert "giữa Ban Tuyên giáo Trung ương và Bộ Y tế, Bộ Y tế báo cáo" in report.opening
    assert report.addressee == world.round.addressee
    with pytest.raises(Refused, match="đã được lập"):
        consolidation.start_report(world.round, actor=world.lead, now=NOW)


@pytest.mark.parametrize("who", ["registry", "admin", "outsider"])
def test_only_reviewers_and_leads_write(world, report, who):
    actor = getattr(world, who)
    with pytest.raises(Refused):
        consolidation.take(report, passage(world), actor=actor, now=NOW)
    with pytest.raises(Refused):
        consolidation.write(report, section(world), "Một câu.", actor=actor, now=NOW)
    with pytest.raises(Refused):
        consolidation.mark_read(passage(world), actor=actor, now=NOW)
    assert not Paragraph.objects.exists()


def test_every_sentence_leads_back_to_its_unit(world, report):
    taken = consolidation.take(report, passage(world), actor=world.reviewer, now=NOW)
    consolidation.merge(passage(world, "so-c", position=2), into=taken, actor=world.lead, now=NOW)
    own = consolidation.write(report, section(world), "Bộ Y tế đánh giá cao.", actor=world.reviewer, now=NOW)
    figures = consolidation.write_figures(report, section(world), actor=world.reviewer, now=NOW)
    taken.refresh_from_db()
    assert taken.text == f"{passage(world).text} {passage(world, 'so-c', position=2).text}"
    assert [s.passage.submission.assignment.unit.code for s in taken.sources.all()] == ["cuc-a", "so-c"]
    assert [s.quoted for s in taken.sources.all()][0] == passage(world).text
    assert (own.own_words, own.sources.count()) == (True, 0)
    assert figures.from_figures
    assert figures.text.startswith("Theo báo cáo của 2/4 đơn vị")
    assert [p.position for p in Paragraph.objects.filter(report=report)] == [1, 2, 3]
    assert passage(world).read_by == world.reviewer


def test_a_passage_is_used_once(world, report):
    first = consolidation.take(report, passage(world), actor=world.reviewer, now=NOW)
    with pytest.raises(Refused, match="đã được trích"):
        consolidation.take(report, passage(world), actor=world.lead, now=NOW)
    consolidation.remove_paragraph(first, actor=world.reviewer, now=NOW)
    consolidation.take(report, passage(world), actor=world.lead, now=NOW)
    with pytest.raises(Refused, match="đoạn khác"):
        consolidation.restore(first, actor=world.reviewer, now=NOW)


def test_only_accepted_passages_are_taken(world, report):
    submission = submit(world, "benh-vien-b")
    with pytest.raises(Refused, match="tiếp nhận"):
        consolidation.take(report, submission.passages.first(), actor=world.reviewer, now=NOW)


def test_two_people_save_and_both_texts_are_kept(world, report):
    paragraph = consolidation.write(report, section(world), "Một.", actor=world.reviewer, now=NOW)
    consolidation.save_paragraph(paragraph, "Hai.", seen_version=1, actor=world.lead, now=NOW)
    with pytest.raises(consolidation.Conflict, match="Lãnh đạo Văn phòng Bộ") as conflict:
        consolidation.save_paragraph(paragraph, "Ba.", seen_version=1, actor=world.reviewer, now=NOW)
    assert (conflict.value.paragraph.text, conflict.value.mine) == ("Hai.", "Ba.")
    saved = consolidation.save_paragraph(paragraph, "Ba.", seen_version=2, actor=world.reviewer, now=NOW)
    assert (saved.text, saved.version) == ("Ba.", 3)


@pytest.mark.parametrize(
    ("text", "reason"),
    [("  ", "Hãy viết"), ("x" * 20_001, "quá 20.000"), ("TUYỆT MẬT\n\nNội dung", "TUYỆT MẬT")],
)
def test_what_cannot_be_written_is_refused_with_its_reason(world, report, text, reason):
    with pytest.raises(Refused, match=reason):
        consolidation.write(report, section(world), text, actor=world.reviewer, now=NOW)
    assert not Paragraph.objects.exists()


def test_removal_is_undone_with_its_sources(world, report):
    paragraph = consolidation.take(report, passage(world), actor=world.reviewer, now=NOW)
    consolidation.remove_paragraph(paragraph, actor=world.reviewer, now=NOW)
    assert not bench.bench(report, world.round, section(world)).paragraphs
    consolidation.restore(paragraph, actor=world.reviewer, now=NOW)
    assert [p.paragraph for p in bench.bench(report, world.round, section(world)).paragraphs] == [paragraph]
    assert paragraph.sources.count() == 1


def test_paragraphs_change_places_and_stop_at_the_edge(world, report):
    made = [
        consolidation.write(report, section(world), f"{n}.", actor=world.reviewer, now=NOW) for n in range(3)
    ]
    consolidation.move(made[2], up=True, actor=world.reviewer, now=NOW)
    consolidation.move(made[0], up=True, actor=world.reviewer, now=NOW)
    consolidation.move(made[1], up=False, actor=world.reviewer, now=NOW)
    assert [p.text for p in Paragraph.objects.filter(report=report)] == ["0.", "2.", "1."]


def test_without_its_last_source_a_paragraph_is_the_offices_own(world, report):
    paragraph = consolidation.take(report, passage(world), actor=world.reviewer, now=NOW)
    assert not paragraph.own_words
    consolidation.drop_source(paragraph.sources.get(), actor=world.reviewer, now=NOW)
    paragraph.refresh_from_db()
    assert paragraph.own_words


def test_read_and_unread(world, report):
    mine = passage(world)
    consolidation.mark_read(mine, actor=world.reviewer, now=NOW)
    consolidation.mark_read(mine, actor=world.lead, now=at("2025-10-21 09:00"))
    assert passage(world).read_by == world.reviewer
    consolidation.mark_unread(mine, actor=world.lead, now=NOW)
    assert passage(world).read_at is None
    consolidation.take(report, mine, actor=world.reviewer, now=NOW)
    with pytest.raises(Refused, match="đang được trích"):
        consolidation.mark_unread(mine, actor=world.lead, now=NOW)
    assert consolidation.mark_section_read(world.round, section(world), actor=world.lead, now=NOW) == 3


def resubmit(world, code, text):
    """The lead reopens, the reviewer returns, the unit sends another text, which is accepted."""
    now = at("2025-10-21 08:00")
    assignment = world.assignment(code)
    reviewing.reopen(assignment, note="Xem lại", actor=world.lead, now=now)
    reviewing.return_to_unit(
        assignment,
        until=reviewing.DateToKeep("on_or_before", now.date().replace(day=28)),
        note="Sửa",
        actor=world.reviewer,
        now=now,
    )
    fill(assignment, actor=world.reporters[code], now=now, text=text)
    submitting.request_approval(assignment, actor=world.reporters[code], now=now)
    submitting.submit(assignment, actor=world.approvers[code], now=now)
    accept(world, code, "2025-10-22 08:00")


def test_a_source_that_changed_is_flagged_with_its_diff_and_renewed(world, report):
    paragraph = consolidation.take(report, passage(world, position=2), actor=world.reviewer, now=NOW)
    resubmit(
        world,
        "cuc-a",
        "<p>Một đoạn mới hoàn toàn.</p><p>Kết quả được kiểm tra hằng quý và báo cáo cấp ủy.</p>",
    )
    page = bench.bench(report, world.round, section(world))
    (changed,) = page.changed
    assert [(c.kind, c.text) for c in changed.changes] == [
        ("same", "Kết quả được kiểm tra hằng"),
        ("removed", "tháng"),
        ("added", "quý"),
        ("same", "và báo cáo cấp ủy."),
    ]
    assert page.paragraphs[0].changed_ids == {changed.source.pk}
    consolidation.renew_source(changed.source, changed.newest, actor=world.reviewer, now=NOW)
    assert bench.changed_sources(report) == []
    assert Source.objects.get(paragraph=paragraph).quoted.endswith("hằng quý và báo cáo cấp ủy.")


def test_a_cleared_report_refuses_every_verb(world, report):
    paragraph = consolidation.take(report, passage(world), actor=world.reviewer, now=NOW)
    source = paragraph.sources.get()
    issuing.clear(report, actor=world.lead, now=NOW)
    before = list(Paragraph.objects.values()) + list(Source.objects.values())
    who = {"actor": world.lead, "now": NOW}
    for verb in (
        lambda: consolidation.take(report, passage(world, "so-c"), **who),
        lambda: consolidation.take_group(report, [passage(world, "so-c")], **who),
        lambda: consolidation.merge(passage(world, "so-c"), into=paragraph, **who),
        lambda: consolidation.write(report, section(world), "Câu.", **who),
        lambda: consolidation.write_figures(report, section(world), **who),
        lambda: consolidation.save_paragraph(paragraph, "Khác.", seen_version=1, **who),
        lambda: consolidation.remove_paragraph(paragraph, **who),
        lambda: consolidation.restore(paragraph, **who),
        lambda: consolidation.move(paragraph, up=True, **who),
        lambda: consolidation.renew_figures(paragraph, **who),
        lambda: consolidation.drop_source(source, **who),
        lambda: consolidation.renew_source(source, passage(world, "so-c"), **who),
        lambda: consolidation.save_front(
            report, title="a", addressee="b", opening="c", closing="d", recipients="e", **who
        ),
    ):
        with pytest.raises(Refused, match="không sửa được"):
            verb()
    assert list(Paragraph.objects.values()) + list(Source.objects.values()) == before


def test_front_words_are_cleaned(world, report):
    consolidation.save_front(
        report,
        title=" Kết quả ",
        addressee="Ban",
        opening="Mở.",
        closing="Trên đây là báo cáo./.",
        recipients="- Như trên;\n\n- Lưu: VT.",
        actor=world.lead,
        now=NOW,
    )
    report.refresh_from_db()
    assert (report.closing, report.recipients) == ("Trên đây là báo cáo", "Như trên\nLưu: VT")


def test_errors_are_of_the_domain():
    assert issubclass(consolidation.Conflict, lifecycle.Refused)
    assert issubclass(drafting.SecretMark, lifecycle.Refused)


def test_figures_in_the_text_are_renewed_and_the_words_around_them_stay(world, report):
    paragraph = consolidation.write_figures(report, section(world), actor=world.reviewer, now=NOW)
    consolidation.save_paragraph(
        paragraph, f"Nhìn chung tốt. {paragraph.text} Cần duy trì.", seen_version=1, actor=world.lead, now=NOW
    )
    consolidation.merge(passage(world), into=paragraph, actor=world.lead, now=NOW)
    paragraph.refresh_from_db()
    assert not consolidation.figures_are_old(paragraph, totals(world.round), section(world))
    submit(world, "benh-vien-b", amount=1000)
    accept(world, "benh-vien-b")
    assert consolidation.figures_are_old(paragraph, totals(world.round), section(world))
    consolidation.renew_figures(paragraph, actor=world.reviewer, now=NOW)
    paragraph.refresh_from_db()
    assert paragraph.text.startswith(
        "Nhìn chung tốt. Theo báo cáo của 3/4 đơn vị: 1.024 cuộc kiểm tra, giám sát;"
    )
    assert "1.024 đơn vị được kiểm tra. Cần duy trì." in paragraph.text
    assert paragraph.sources.count() == 1
    own = consolidation.write(report, section(world), "Câu riêng.", actor=world.lead, now=NOW)
    with pytest.raises(Refused, match="không còn câu số liệu"):
        consolidation.renew_figures(own, actor=world.lead, now=NOW)
