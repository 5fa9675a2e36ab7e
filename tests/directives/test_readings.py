"""A paper being read: its proposals, who decides them, and what is entered once everything is decided."""

import hashlib
from datetime import date
from pathlib import Path

import pytest

from directives import entering, readings
from directives.models import Directive, Proposal, Reading, Relation, Requirement
from directives.reading_page import Asked, Page
from directives.register import RegisterRefused, load_papers
from tests.factories import at, paper, person, unit
from units.extraction.papers import Extracted
from units.models import UnitGroup
from units.uploads import StoredUpload, read, write

NOW = at("2025-01-10 08:00")
LATER = at("2025-01-10 09:00")
TODAY = date(2025, 1, 10)

PLAN = """KẾ HOẠCH
Phòng chống dịch sốt xuất huyết năm 2025

Căn cứ Chỉ thị số 05-CT/TW ngày 12/3/2024 của Ban Bí thư về tăng cường phòng, chống dịch bệnh, Bộ Y tế xây dựng Kế hoạch như sau:

I. NỘI DUNG

1. Tuyên truyền đến từng hộ dân

- Thực hiện Kết luận số 61-KT/TW ngày 02/5/2024 của Bộ Chính trị về công tác y tế dự phòng.

2. Kiểm tra, giám sát các ổ dịch cũ

II. TỔ CHỨC THỰC HIỆN

1. Sở Y tế các tỉnh, thành phố

- Báo cáo kết quả về Bộ Y tế (qua Văn phòng Bộ) trước ngày 15/9/2025.

2. Cục Phòng bệnh

- Hướng dẫn các đơn vị thực hiện khi có yêu cầu.
"""


@pytest.fixture
def admin(db):
    return person("quan-tri", admin=True)


@pytest.fixture
def group(db):
    return UnitGroup.objects.create(code="so-y-te", name="Sở Y tế các tỉnh, thành phố", position=1)


@pytest.fixture
def world_groups(db):
    names = ("don-vi-thuoc-bo", "Các đơn vị thuộc Bộ"), ("don-vi-truc-thuoc-bo", "Các đơn vị trực thuộc Bộ")
    for position, (code, name) in enumerate((*names, ("so-y-te", "Sở Y tế các tỉnh, thành phố")), start=1):
        group = UnitGroup.objects.create(code=code, name=name, position=position)
    unit("van-phong-bo", "Văn phòng Bộ", group)


def extracted(text=PLAN, **more):
    return Extracted(text=text, format="txt", pages=None, warnings=(), converted=text, **more)


def begun(admin, text=PLAN, **more):
    return readings.begin(extracted(text), actor=admin, now=NOW, **more)


def confirm(reading, key, values=None, *, actor, decision="confirmed", seen=None):
    row = readings.proposal_of(reading, key)
    if values is None:
        values = Page(reading, TODAY).register.judge(row).offers[0].values
    seen = row.version if seen is None else seen
    return readings.decide(reading, key, decision, values, seen=seen, actor=actor, now=LATER)


OWN = {
    "kind": "KH",
    "title": "Phòng chống dịch",
    "issuer": "Bộ Y tế",
    "status": "draft",
    "code": "",
    "issued_on": "",
}


def decided(admin, text=PLAN, **more):
    """Everything confirmed as proposed."""
    reading = begun(admin, text, **more)
    for row in reading.proposals.all():
        confirm(reading, row.key, OWN if row.letter == "VB" else None, actor=admin)
    return reading


def test_a_paper_becomes_proposals_and_nothing_else(admin, group):
    reading = begun(admin)
    keys = [row.key for row in reading.proposals.all()]
    assert keys == ["A1", "A2", "B1", "B2", "C1", "C2", "D1", "D2", "VB"]
    assert not Directive.objects.exists()
    assert [reading.text[slice(*row.spans[0])] for row in reading.proposals.filter(letter="B")][0] == (
        "trước ngày 15/9/2025"
    )


def test_what_needs_a_person_is_not_confirmed_with_the_rest(admin, group):
    reading = begun(admin)
    page = Page(reading, TODAY)
    assert set(page.settled) == {"A1", "B1", "C1", "C2", "D1", "D2"}  # not 61-KT/TW, not the vague duty
    assert readings.confirm_all(reading, page.settled, actor=admin, now=LATER) == 6
    assert readings.confirm_all(reading, page.settled, actor=admin, now=LATER) == 0
    assert Page(reading, TODAY).left == 3


def test_everything_confirmed_is_entered_at_once(admin, group):
    reading = decided(admin)
    directive = entering.enter(reading, actor=admin, now=LATER)
    assert (directive.is_draft, directive.kind) == (True, "KH")
    assert {paper.code for paper in Directive.objects.exclude(code="")} == {"05-CT/TW", "61-KL/TW"}
    assert Directive.objects.get(code="61-KL/TW").printed_as == "61-KT/TW"
    ties = {(tie.kind, tie.to_directive.code) for tie in Relation.objects.filter(from_directive=directive)}
    assert ties == {("based_on", "05-CT/TW"), ("implements", "61-KL/TW")}
    first = Requirement.objects.get(directive=directive, group=group)
    assert (first.phrase, first.due_date, first.boundary) == (
        "trước ngày 15/9/2025",
        date(2025, 9, 15),
        "before",
    )
    assert [area.title for area in directive.content_areas.all()] == [
        "Tuyên truyền đến từng hộ dân",
        "Kiểm tra, giám sát các ổ dịch cũ",
    ]
    assert directive.content_areas.first().points.get().cited.code == "61-KL/TW"
    assert entering.enter(reading, actor=admin, now=LATER) == directive
    assert Directive.objects.count() == 3


def test_open_proposals_and_a_key_taken_meanwhile_enter_nothing(admin, group):
    reading = begun(admin)
    with pytest.raises(readings.ReadingRefused, match="Còn 9 đề xuất"):
        entering.enter(reading, actor=admin, now=LATER)
    reading.refresh_from_db()
    assert reading.state == Reading.State.CONFIRMING
    reading = decided(admin)
    own = OWN | {"code": "12/KH-BYT", "issued_on": "2025-01-05", "status": "in_force"}
    confirm(reading, "VB", own, actor=admin)
    paper(admin, code="12/KH-BYT", issued_on=date(2025, 1, 5), kind="KH")
    with pytest.raises(RegisterRefused, match="Đã có Kế hoạch số 12/KH-BYT"):
        entering.enter(reading, actor=admin, now=LATER)
    assert Directive.objects.count() == 1
    assert Reading.objects.get(pk=reading.pk).state == Reading.State.CONFIRMING


def test_the_second_of_two_people_is_told(admin, group):
    other = person("nguoi-kia", "Người kia", admin=True)
    reading = begun(admin)
    confirm(reading, "C1", actor=other, seen=0)
    with pytest.raises(readings.DecidedMeanwhile, match="Người kia vừa quyết đề xuất C1: đã xác nhận"):
        confirm(reading, "C1", {}, decision="rejected", actor=admin, seen=0)
    assert readings.proposal_of(reading, "C1").decision == "confirmed"


def test_a_paper_registered_meanwhile_is_linked_not_doubled(admin, group):
    reading = decided(admin)
    known = paper(admin, code="05-CT/TW", issued_on=date(2024, 3, 12), kind="CT")
    directive = entering.enter(reading, actor=admin, now=LATER)
    assert Directive.objects.filter(code="05-CT/TW").count() == 1
    assert known.relations_in.get().from_directive == directive


@pytest.mark.parametrize(
    ("text", "doubt", "offers"),
    [
        ("Thực hiện Nghị quyết số 20-NQ/TW ngày 25/10/2017 của Trung ương về sức khỏe.", "", ["confirm"]),
        ("Thực hiện Nghị quyết số 20-NQ/TW của Trung ương.", "Danh mục đã có 20-NQ/TW", ["link", "link"]),
        ("Thực hiện Kết luận số 86-KL/TW.", "", ["confirm"]),  # only one bears the code
        ("Thực hiện Kết luận số 86-KT/TW ngày 10/7/2024.", "Bản in ghi “86-KT/TW”", ["confirm"]),
        (
            "Thực hiện Kết luận số 86-KL/TW ngày 01/02/2020 của Ban Bí thư về việc khác.",
            "ở đây in ngày 01/02/2020",
            ["link", "confirm"],
        ),
        ("Thực hiện Chỉ thị số 99-CT/TW ngày 01/02/2020.", "còn thiếu cơ quan ban hành, trích yếu", []),
    ],
)
def test_a_citation_stands_against_the_register(admin, text, doubt, offers):
    load_papers(actor=admin, now=NOW)
    reading = begun(admin, f"CÔNG VĂN\n\n{text}\n")
    judged = Page(reading, TODAY).judgements["A1"]
    assert [offer.do.partition("-")[0] for offer in judged.offers if offer.do != "as_printed"] == offers
    assert doubt in " ".join(judged.doubts)
    assert bool(judged.doubts) is bool(doubt)


def test_one_date_among_two_papers_of_a_code_links_and_shows_the_other(admin):
    load_papers(actor=admin, now=NOW)
    reading = begun(admin, "KẾ HOẠCH\n\nThực hiện Nghị quyết số 20-NQ/TW ngày 25/10/2017.\n")
    judged = Page(reading, TODAY).judgements["A1"]
    assert judged.known.issued_on == date(2017, 10, 25)
    assert [other.issued_on for other in judged.others] == [date(2012, 11, 1)]


def test_old_letters_wait_for_a_choice(admin):
    found = Extracted(
        text="KÕ ho¹ch sè 5", format="txt", pages=None, warnings=(), legacy="tcvn3", converted="Kế hoạch số 5"
    )
    reading = readings.begin(found, actor=admin, now=NOW)
    assert (reading.letters, reading.proposals.count()) == ("asked", 0)
    readings.choose_letters(reading, convert=False, actor=admin, now=NOW)
    reading.refresh_from_db()
    assert (reading.text, reading.proposals.count()) == ("KÕ ho¹ch sè 5", 1)
    with pytest.raises(readings.ReadingRefused, match="Đã chọn"):
        readings.choose_letters(reading, convert=True, actor=admin, now=NOW)


def stored(name="quet.pdf"):
    return StoredUpload(
        name, write(b"%PDF", folder="van-ban", suffix=".pdf"), "application/pdf", 4, "ab" * 32
    )


def kept(path, settings):
    return (Path(settings.MEDIA_ROOT) / path).exists()


def test_a_pasted_text_stays_with_its_paper_as_a_file(admin, world_groups, settings):
    _, directive = all_entered(admin, PLAN)
    file = directive.files.get()
    assert (file.name, file.content_type) == ("van-ban-dan-10-01-2025.txt", "text/plain")
    assert read(file.path).decode() == Reading.objects.get().text
    assert hashlib.sha256(read(file.path)).hexdigest() == file.sha256


def test_a_file_that_cannot_be_read_is_attached_to_the_paper_written_by_hand(admin, settings):
    reading = readings.begin(None, stored=stored(), unreadable="là bản quét", actor=admin, now=NOW)
    assert [row.key for row in reading.proposals.all()] == ["VB"]
    confirm(reading, "VB", OWN, actor=admin)
    directive = entering.enter(reading, actor=admin, now=LATER)
    assert directive.files.get().name == "quet.pdf"
    assert kept(directive.files.get().path, settings)


def test_text_given_later_is_read_beside_its_file(admin, group):
    reading = readings.begin(None, stored=stored(), unreadable="là bản quét", actor=admin, now=NOW)
    readings.give_text(reading, extracted(), actor=admin, now=LATER)
    reading.refresh_from_db()
    assert (reading.unreadable, reading.proposals.count(), bool(reading.path)) == ("", 9, True)
    with pytest.raises(readings.ReadingRefused, match="đã có nội dung"):
        readings.give_text(reading, extracted(), actor=admin, now=LATER)


def test_only_the_file_goes_to_a_paper_that_is_there(admin):
    known = paper(admin, code="12/KH-BYT", issued_on=date(2025, 1, 5), kind="KH")
    reading = readings.begin(extracted(), stored=stored(), actor=admin, now=NOW)
    entering.attach_to(reading, known, actor=admin, now=LATER)
    entering.attach_to(reading, known, actor=admin, now=LATER)
    assert (known.files.count(), Directive.objects.count()) == (1, 1)
    with pytest.raises(readings.ReadingRefused, match="được dán"):
        entering.attach_to(begun(admin), known, actor=admin, now=LATER)


def test_what_is_thrown_away_leaves_no_text_and_no_file(admin, settings, django_capture_on_commit_callbacks):
    reading = readings.begin(extracted(), stored=stored(), actor=admin, now=NOW)
    path = reading.path
    with django_capture_on_commit_callbacks(execute=True):
        readings.discard(reading, actor=admin, now=LATER)
        readings.discard(reading, actor=admin, now=LATER)
    row = Reading.objects.get(pk=reading.pk)
    assert (row.text, row.path, row.state, row.proposals.count()) == ("", "", "discarded", 0)
    assert not kept(path, settings)
    with pytest.raises(readings.ReadingRefused, match="đã kết thúc"):
        readings.confirm_all(reading, {}, actor=admin, now=LATER)
    with pytest.raises(readings.ReadingRefused, match="đã được bỏ"):
        entering.enter(reading, actor=admin, now=LATER)


def test_a_rejected_paper_takes_its_relations_along_and_leaves_the_guidance(admin, group):
    reading = decided(admin)
    confirm(reading, "A2", {}, decision="rejected", actor=admin)
    directive = entering.enter(reading, actor=admin, now=LATER)
    assert not Directive.objects.filter(code="61-KL/TW").exists()
    assert directive.relations_out.count() == 1
    point = directive.content_areas.first().points.get()
    assert point.cited is None
    assert "61-KT/TW" in point.guidance


def test_outsiders_and_secrets_are_refused(admin):
    nobody = person("khong-vai-tro")
    with pytest.raises(RegisterRefused, match="quản trị hệ thống"):
        readings.begin(extracted(), actor=nobody, now=NOW)
    reading = begun(admin)
    with pytest.raises(RegisterRefused, match="dấu TỐI MẬT"):
        confirm(reading, "C1", {"title": "Nội dung (TỐI MẬT)"}, decision="corrected", actor=admin)


@pytest.mark.parametrize("key", ["A", "A01", "A99", "Z1", "VB1", "A1x", "", "A99999999999"])
def test_an_odd_key_names_no_proposal(admin, key):
    with pytest.raises(Proposal.DoesNotExist):
        readings.proposal_of(begun(admin), key)


def test_after_a_decision_comes_the_next_open_proposal(admin, group):
    reading = begun(admin)
    assert [row.key for row in Page(reading, TODAY).ordered[:4]] == ["A2", "B2", "A1", "B1"]
    assert Page(reading, TODAY).after("A2") == "B2"
    assert Page(reading, TODAY).after("B2") == "A1"
    assert Page(reading, TODAY, Asked("B")).after("B1") == "B2"


def all_entered(admin, text):
    """Everything that needs nobody confirmed at once, the rest one by one, then entered."""
    reading = begun(admin, text)
    readings.confirm_all(reading, Page(reading, TODAY).settled, actor=admin, now=LATER)
    asked = [row.key for row in reading.proposals.filter(decision="")]
    for key in asked:
        row = readings.proposal_of(reading, key)
        values = {**row.read, "status": "draft"} if key == "VB" else None
        confirm(reading, key, values, actor=admin)
    return asked, entering.enter(reading, actor=admin, now=LATER)


@pytest.mark.papers
def test_the_plan_of_2025_takes_three_decisions(admin, world_groups, papers_dir):
    load_papers(actor=admin, now=NOW)
    papers = Directive.objects.count()
    text = next(papers_dir.glob("000_*.txt")).read_text(encoding="utf-8")
    asked, plan = all_entered(admin, text)
    assert asked == ["A10", "B3", "VB"]  # 86-KT/TW, a duty without date, the paper itself
    assert Directive.objects.count() == papers + 1
    dated = {(row.group and row.group.code, row.phrase) for row in plan.requirements.exclude(due_date=None)}
    assert dated == {
        ("don-vi-thuoc-bo", "trước ngày 20/10/2025"),
        ("don-vi-truc-thuoc-bo", "trước ngày 20/10/2025"),
        ("so-y-te", "trước ngày 30/10/2025"),
        (None, "trước ngày 5/11/2025"),
    }
    assert plan.content_areas.count() == 5
    assert plan.content_areas.first().points.count() == 8


@pytest.mark.papers
def test_a_letter_of_a_department_stands_in_its_cascade(admin, world_groups, papers_dir):
    load_papers(actor=admin, now=NOW)
    text = next(papers_dir.glob("004_*.txt")).read_text(encoding="utf-8")
    _, letter = all_entered(admin, text)
    assert letter.is_draft
    assert not letter.requirements.exclude(due_date=None).exists()
    ties = {(tie.kind, tie.to_directive.code) for tie in letter.relations_out.all()}
    assert {("implements", "25-CT/TW"), ("based_on", "324-KH/TU")} <= ties
    assert Relation.objects.filter(
        from_directive__code="324-KH/TU", to_directive__code="25-CT/TW", kind="implements"
    ).exists()
