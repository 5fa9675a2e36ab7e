import json
from datetime import date
from pathlib import Path

import pytest

from reporting import bench, consolidation, issuing, rendering
from reporting.documents.pdf import RenderFailed
from reporting.lifecycle import Refused, StaleState
from reporting.models import Paragraph, Passage, Report, Section, Source, StoredFile
from reporting.states import ReportAction, ReportState, RoundState
from tests.factories import accept, at, make_round, submit
from tests.remembered import once

CLEARED, SIGNED_AT, ISSUED_AT = at("2025-11-03 09:00"), at("2025-11-04 10:00"), at("2025-11-04 15:00")


@pytest.fixture(autouse=True)
def _own_cache(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
@once
def report(world) -> Report:
    submit(world, "cuc-a")
    accept(world, "cuc-a")
    report = consolidation.start_report(world.round, actor=world.reviewer, now=at("2025-11-01 08:00"))
    first = Passage.objects.filter(submission=world.assignment("cuc-a").accepted_submission).first()
    consolidation.take(report, first, actor=world.reviewer, now=at("2025-11-01 08:10"))
    return report


def sign(world, report, **changes):
    facts = {
        "authority": "KT. BỘ TRƯỞNG",
        "post": "THỨ TRƯỞNG",
        "name": "Nguyễn Văn An",
        "signed_on": date(2025, 11, 4),
        "actor": world.registry,
        "now": SIGNED_AT,
    }
    issuing.sign(report, **(facts | changes))


@pytest.fixture
@once
def signed(world, report):
    issuing.clear(report, actor=world.lead, now=CLEARED)
    sign(world, report)
    return report


def issue(world, report, **changes):
    facts = {"number": 7, "issued_on": date(2025, 11, 4), "actor": world.registry, "now": ISSUED_AT}
    return issuing.issue(report, **(facts | changes))


def test_the_whole_way_with_its_ledger_and_frozen_files(world, signed):
    pdf, word, manifest = issue(world, signed)
    assert (signed.state, signed.code) == (ReportState.ISSUED, "07/BC-BYT")
    world.round.refresh_from_db()
    assert (world.round.state, world.round.issued_at) == (RoundState.ISSUED, ISSUED_AT)
    assert [(e.action, e.from_state, e.to_state, e.actor) for e in signed.events.all()] == [
        ("clear", "drafting", "for_signature", world.lead),
        ("sign", "for_signature", "signed", world.registry),
        ("issue", "signed", "issued", world.registry),
    ]
    assert (pdf.frozen, pdf.pages > 3, pdf.name) == (True, True, "07-bc-byt-2025.pdf")
    listed = json.loads(rendering.uploads.read(manifest.path))
    assert [f["sha256"] for f in listed["files"]] == [pdf.sha256, word.sha256]
    assert listed["submissions"][0]["sha256"] == world.assignment("cuc-a").accepted_submission.sha256
    assert listed["paragraphs"][0]["sources"][0]["position"] == 1
    assert listed["as_of"] == "2025-11-03T09:00:00+07:00"


def test_what_was_issued_never_changes(world, signed):
    issue(world, signed)
    paragraph = signed.paragraphs.get()
    files = {
        f.pk: (f.sha256, rendering.uploads.read(f.path)) for f in StoredFile.objects.filter(report=signed)
    }
    stored = Report.objects.filter(pk=signed.pk).values().get()
    with pytest.raises(Refused, match="không sửa được"):
        consolidation.save_paragraph(paragraph, "Khác.", seen_version=1, actor=world.lead, now=ISSUED_AT)
    with pytest.raises(Refused, match="đã phát hành"):
        rendering.request_print(signed, actor=world.lead, now=ISSUED_AT)
    for action in (ReportAction.CLEAR, ReportAction.TAKE_BACK, ReportAction.SIGN, ReportAction.ISSUE):
        with pytest.raises(StaleState, match="Văn thư Bộ vừa xử lý"):
            issuing.check(signed, action, actor=world.lead, now=ISSUED_AT)
    assert Report.objects.filter(pk=signed.pk).values().get() == stored
    assert {
        f.pk: (f.sha256, rendering.uploads.read(f.path)) for f in StoredFile.objects.filter(report=signed)
    } == files


def test_a_correction_is_a_report_of_its_own(world, signed):
    issue(world, signed)
    with pytest.raises(Refused, match="lý do"):
        issuing.correct(signed, note=" ", actor=world.lead, now=ISSUED_AT)
    new = issuing.correct(signed, note="Sai số liệu", actor=world.lead, now=at("2025-11-10 08:00"))
    assert (signed.state, new.number, new.corrects, new.state) == ("corrected", 2, signed, "drafting")
    assert [p.text for p in new.paragraphs.all()] == [p.text for p in signed.paragraphs.all()]
    assert Source.objects.filter(paragraph__report=new).count() == 1
    assert StoredFile.objects.filter(report=signed, frozen=True).count() == 3
    issuing.clear(new, actor=world.lead, now=at("2025-11-10 09:00"))
    sign(world, new, signed_on=date(2025, 11, 10), now=at("2025-11-10 10:00"))
    with pytest.raises(Refused, match="đã cấp cho báo cáo khác"):
        issue(world, new, issued_on=date(2025, 11, 10), now=at("2025-11-10 11:00"))
    issue(world, new, number=8, issued_on=date(2025, 11, 10), now=at("2025-11-10 11:00"))
    assert Report.objects.get(pk=signed.pk).code == "07/BC-BYT"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (
            {"authority": "TL. BỘ TRƯỞNG", "post": "CHÁNH VĂN PHÒNG"},
            "Chánh Văn phòng ký thừa lệnh không được",
        ),
        ({"authority": "KT. BỘ TRƯỞNG", "post": "CHÁNH VĂN PHÒNG"}, "Chánh Văn phòng"),
        ({"authority": "", "post": "THỨ TRƯỞNG"}, "không khớp"),
        ({"authority": "KT. BỘ TRƯỞNG", "post": "BỘ TRƯỞNG"}, "không khớp"),
        ({"name": "  "}, "họ và tên"),
        ({"signed_on": date(2025, 11, 5)}, "sau hôm nay"),
        ({"signed_on": date(2025, 11, 2)}, "trước ngày trình ký"),
    ],
)
def test_a_signature_that_cannot_be_is_refused(world, report, changes, reason):
    issuing.clear(report, actor=world.lead, now=CLEARED)
    with pytest.raises(Refused, match=reason):
        sign(world, report, **changes)
    assert Report.objects.get().state == ReportState.FOR_SIGNATURE


@pytest.mark.parametrize(("authority", "post"), issuing.SIGNERS)
def test_ministers_and_vice_ministers_sign(world, report, authority, post):
    issuing.clear(report, actor=world.lead, now=CLEARED)
    sign(world, report, authority=authority, post=post.lower())
    assert Report.objects.get().post == post


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"number": 0}, "từ 1"),
        ({"issued_on": date(2025, 11, 3)}, "trước ngày ký"),
        ({"issued_on": date(2025, 11, 5)}, "sau hôm nay"),
        ({"actor": "lead"}, "không có quyền"),
        ({"actor": "reviewer"}, "không có quyền"),
        ({"actor": "admin"}, "không có quyền"),
    ],
)
def test_an_issue_that_cannot_be_is_refused(world, signed, changes, reason):
    if "actor" in changes:
        changes = {"actor": getattr(world, changes["actor"])}
    with pytest.raises(Refused, match=reason):
        issue(world, signed, **changes)
    assert not StoredFile.objects.exists()
    assert Report.objects.get().state == ReportState.SIGNED


def test_two_leads_decide_and_one_is_told_who_won(world, report):
    theirs = Report.objects.get(pk=report.pk)
    issuing.clear(report, actor=world.lead, now=CLEARED)
    with pytest.raises(StaleState, match="Lãnh đạo Văn phòng Bộ vừa xử lý lúc 09:00 03/11/2025"):
        issuing.clear(theirs, actor=world.lead, now=CLEARED)
    assert report.events.count() == 1


def test_nothing_is_left_when_the_round_cannot_be_issued(world, signed, settings, monkeypatch):
    def refuse(*args, **kwargs):
        raise Refused("Người khác vừa đổi trạng thái của đợt.")

    monkeypatch.setattr(issuing, "move_round", refuse)
    with pytest.raises(Refused):
        issue(world, signed)
    assert Report.objects.get().state == signed.state == ReportState.SIGNED
    assert not StoredFile.objects.exists()
    assert not list(Path(settings.MEDIA_ROOT).rglob("*.pdf"))


def test_taken_back_its_data_follow_the_round_again(world, report):
    issuing.clear(report, actor=world.lead, now=CLEARED)
    assert report.as_of == CLEARED
    with pytest.raises(Refused, match="lý do"):
        issuing.take_back(report, note="", actor=world.lead, now=CLEARED)
    issuing.take_back(report, note="Bổ sung", actor=world.lead, now=CLEARED)
    assert (report.state, report.as_of) == ("drafting", None)


@pytest.mark.parametrize(
    ("who", "expected"),
    [("reviewer", []), ("lead", ["clear"]), ("registry", []), ("admin", []), ("outsider", [])],
)
def test_buttons_of_a_draft(world, report, who, expected):
    assert [a.action for a in issuing.available_actions(report, getattr(world, who), CLEARED)] == expected


def test_findings_name_what_to_look_at(world, report):
    found = {f.kind: f for f in issuing.findings(report)}
    assert [kind for kind, f in found.items() if f.ok] == ["front", "traced", "changed", "figures"]
    assert "15 mục" in found["written"].text
    assert "3 đơn vị chưa có báo cáo" in found["missing"].text
    Paragraph.objects.update(own_words=False)
    Source.objects.all().delete()
    assert "1 đoạn không có nguồn" in {f.kind: f.text for f in issuing.findings(report)}["traced"]


def test_numbers_are_unique_per_symbol_and_year_only(world, signed):
    other = make_round(world, code="khoa-giao-2024", year=2024, opened_at="2024-09-15 09:30")
    Report.objects.create(
        round=other,
        title="Báo cáo năm trước",
        addressee="Ban",
        state="issued",
        issue_number=7,
        issued_on=date(2024, 11, 4),
        signer_name="Nguyễn Văn An",
        created_by=world.lead,
        created_at=CLEARED,
    )
    issue(world, signed)
    assert Report.objects.filter(issue_number=7).count() == 2


def test_the_bench_of_an_issued_report_can_still_be_read(world, signed):
    section = Section.objects.get(round=world.round, key="1.1")
    assert bench.bench(signed, world.round, section).coverage.used == 1


def test_a_second_click_on_issue_prints_nothing(world, signed, monkeypatch):
    def clicked_again(paper):
        with pytest.raises(Refused, match="Cổng đang in một văn bản khác"):
            issue(world, signed)
        raise RenderFailed("timeout")

    monkeypatch.setattr(rendering, "PATIENCE", 0.0)
    monkeypatch.setattr(rendering, "print_paper", clicked_again)
    with pytest.raises(RenderFailed):
        issue(world, signed)
    late = Report.objects.get(pk=signed.pk)
    Report.objects.filter(pk=signed.pk).update(state=ReportState.FOR_SIGNATURE)
    monkeypatch.setattr(rendering, "print_paper", lambda paper: pytest.fail("printed in vain"))
    with pytest.raises(StaleState):
        issue(world, late)
    assert not StoredFile.objects.exists()
