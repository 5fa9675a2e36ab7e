"""Registering, correcting, relating and ending papers; only admins do it."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from directives import register
from directives.models import Directive, Relation, RelationKind, StatusChange
from directives.register import PaperSpec, RegisterRefused, RequirementSpec
from directives.validity import validity_on
from tests.factories import at, paper, person
from units import uploads

NOW = at("2025-01-10 08:00")


@pytest.fixture
def admin(db):
    return person("quan-tri", admin=True)


@pytest.fixture
def directive(admin):
    return paper(admin, code="19-CT/TW", issued_on=date(2024, 5, 1))


def spec(**fields):
    values = {
        "kind": "CT",
        "code": "40-CT/TW",
        "issued_on": date(2024, 9, 1),
        "issuer": "Ban Bí thư",
        "title": "Về tiêm chủng",
    }
    return PaperSpec(**{**values, **fields})


def test_a_paper_is_registered_once(admin):
    made = register.register(spec(), actor=admin, now=NOW)
    assert (_standing(made), made.created_by) == (("in_force", date(2024, 9, 1), None), admin)
    with pytest.raises(RegisterRefused, match="Đã có Chỉ thị số 40-CT/TW ngày 01/09/2024"):
        register.register(spec(title="Tên khác"), actor=admin, now=NOW)
    again = register.register(spec(issued_on=date(2019, 9, 1)), actor=admin, now=NOW)
    assert again.pk != made.pk


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"code": ""}, "phải có số, ký hiệu"),
        ({"issued_on": None}, "phải có số, ký hiệu"),
        ({"title": "Kế hoạch kiểm tra (TỐI MẬT)"}, "dấu TỐI MẬT"),
        ({"note": "Độ mật: Mật"}, "dấu MẬT"),
    ],
)
def test_refused_before_anything_is_stored(admin, fields, words):
    with pytest.raises(RegisterRefused, match=words):
        register.register(spec(**fields), actor=admin, now=NOW)
    assert not Directive.objects.exists()


def test_nobody_but_an_admin_keeps_the_register(admin, directive):
    other = person("nguoi-khac")
    stored = uploads.StoredUpload("a.pdf", "van-ban/a.pdf", "application/pdf", 1, "0" * 64)
    since = {"since": date(2025, 1, 1), "by": None}
    attempts = [
        lambda who: register.register(spec(), actor=who, now=NOW),
        lambda who: register.revise(directive, spec(), actor=who, now=NOW),
        lambda who: register.relate(directive, RelationKind.IMPLEMENTS, directive, actor=who, now=NOW),
        lambda who: register.change_status(directive, "repealed", **since, actor=who, now=NOW),
        lambda who: register.add_requirement(directive, RequirementSpec("Sở", "Việc"), actor=who, now=NOW),
        lambda who: register.attach(directive, stored, actor=who, now=NOW),
        lambda who: register.withdraw_status(directive.status_changes.get(), actor=who, now=NOW),
    ]
    for attempt in attempts:
        with pytest.raises(RegisterRefused, match="quản trị"):
            attempt(other)


def test_a_draft_gets_its_number_later(admin):
    draft = paper(admin, status="draft", title="Về tiêm chủng")
    register.revise(draft, spec(title="Về tiêm chủng"), actor=admin, now=NOW)
    draft.refresh_from_db()
    assert (draft.code, draft.is_draft) == ("40-CT/TW", False)
    assert _standing(draft) == ("in_force", date(2024, 9, 1), None)


def test_a_correction_cannot_take_the_key_of_another_paper(admin, directive):
    other = paper(admin, code="40-CT/TW", issued_on=date(2024, 9, 1))
    with pytest.raises(RegisterRefused, match="Đã có"):
        register.revise(directive, spec(), actor=admin, now=NOW)
    assert register.revise(other, spec(title="Tên sửa lại"), actor=admin, now=NOW).title == "Tên sửa lại"


def test_a_correction_does_not_undo_an_ended_status(admin, directive):
    newer = paper(admin, code="40-CT/TW", issued_on=date(2024, 9, 1))
    register.change_status(directive, "replaced", since=date(2024, 9, 1), by=newer, actor=admin, now=NOW)
    register.revise(
        directive, spec(code="19-CT/TW", issued_on=date(2024, 5, 1), status="in_force"), actor=admin, now=NOW
    )
    directive.refresh_from_db()
    assert _standing(directive) == ("replaced", date(2024, 9, 1), newer)


def _standing(directive: Directive) -> tuple:
    found = validity_on(directive, NOW.date())
    return found.status, found.since, found.by


def _history(directive: Directive) -> list[tuple]:
    return [(row.status, row.since, row.by, row.noted_by) for row in directive.status_history]


def test_every_status_stays_in_the_history_and_in_the_lineage(admin, directive):
    amending = paper(admin, code="35-CT/TW", issued_on=date(2024, 7, 1))
    newer = paper(admin, code="40-CT/TW", issued_on=date(2024, 9, 1))
    replaced, amended = ("replaced", date(2024, 9, 1), newer), ("amended", date(2024, 7, 1), amending)
    for status, since, by in (replaced, replaced, amended):
        register.change_status(directive, status, since=since, by=by, actor=admin, now=NOW)
    assert _standing(directive) == replaced
    assert _history(directive) == [
        ("in_force", date(2024, 5, 1), None, admin),
        (*amended, admin),
        (*replaced, admin),
    ]
    assert set(directive.relations_in.values_list("from_directive", "kind")) == {
        (amending.pk, RelationKind.AMENDS),
        (newer.pk, RelationKind.REPLACES),
    }


def test_the_date_of_an_end_is_put_right(admin, directive):
    newer = paper(admin, code="40-CT/TW", issued_on=date(2024, 9, 1))
    for month in (12, 9):
        register.change_status(
            directive, "repealed", since=date(2024, month, 1), by=newer, actor=admin, now=NOW
        )
    assert _history(directive)[1:] == [("repealed", date(2024, 9, 1), newer, admin)]
    assert directive.relations_in.get().kind == RelationKind.REPEALS


@pytest.mark.parametrize(
    ("again", "since"), [(False, date(2024, 5, 2)), (True, date(2024, 12, 1))], ids=["from-issue", "again"]
)
def test_a_correction_keeps_since_when_a_paper_is_in_force(admin, directive, again, since):
    if again:
        register.change_status(directive, "in_force", since=date(2024, 12, 1), by=None, actor=admin, now=NOW)
    fixed = spec(code="19-CT/TW", issued_on=date(2024, 5, 2))
    register.revise(directive, fixed, actor=admin, now=NOW)
    assert _standing(directive)[1] == since
    assert directive.status_history.last().since == since


def test_an_earlier_paper_ends_no_later_one(admin, directive):
    earlier = paper(admin, code="3-CT/TW", issued_on=date(2020, 1, 2))
    with pytest.raises(RegisterRefused, match="ban hành ngày 02/01/2020, trước"):
        register.change_status(
            directive, "replaced", since=date(2025, 1, 1), by=earlier, actor=admin, now=NOW
        )
    assert not Relation.objects.exists()


def test_status_changes_after_the_issue_and_by_another_paper(admin, directive):
    draft = paper(admin, status="draft", title="Chưa có số")
    for subject, since, by, words in (
        (directive, date(2024, 4, 30), None, "trước ngày ban hành"),
        (directive, date(2024, 6, 1), directive, "của chính nó"),
        (draft, date(2024, 6, 1), None, "chỉ có thể là dự thảo"),
    ):
        with pytest.raises(RegisterRefused, match=words):
            register.change_status(subject, "repealed", since=since, by=by, actor=admin, now=NOW)
    assert not StatusChange.objects.filter(status="repealed").exists()


def test_what_was_noted_by_mistake_is_taken_back(admin, directive):
    newer = paper(admin, code="40-CT/TW", issued_on=date(2024, 9, 1))
    register.change_status(directive, "repealed", since=date(2024, 9, 1), by=newer, actor=admin, now=NOW)
    issue, repeal = directive.status_history
    register.withdraw_status(repeal, actor=admin, now=NOW)
    assert _standing(directive)[0] == "in_force"
    with pytest.raises(RegisterRefused, match="sửa ngày ban hành"):
        register.withdraw_status(issue, actor=admin, now=NOW)


def test_relating_twice_changes_nothing_and_unrelating_takes_it_away(admin, directive):
    later = paper(admin, code="40-CT/TW", issued_on=date(2024, 9, 1))
    for _ in range(2):
        made = register.relate(later, RelationKind.REPLACES, directive, actor=admin, now=NOW)
    assert Relation.objects.count() == 1
    with pytest.raises(RegisterRefused, match="chính nó"):
        register.relate(later, RelationKind.REPLACES, later, actor=admin, now=NOW)
    register.unrelate(made, actor=admin, now=NOW)
    assert not Relation.objects.exists()


def test_requirements_follow_one_another_and_a_date_has_its_phrase(admin, directive):
    for name in ("Cục A", "Sở B"):
        register.add_requirement(directive, RequirementSpec(name, "Báo cáo"), actor=admin, now=NOW)
    assert [(row.addressee, row.position) for row in directive.requirements.all()] == [
        ("Cục A", 1),
        ("Sở B", 2),
    ]
    with pytest.raises(RegisterRefused, match="đúng như văn bản in"):
        register.add_requirement(
            directive, RequirementSpec("Sở C", "Báo cáo", due_date=date(2025, 1, 1)), actor=admin, now=NOW
        )
    register.remove_requirement(directive.requirements.first(), actor=admin, now=NOW)
    assert [row.addressee for row in directive.requirements.all()] == ["Sở B"]


@pytest.mark.django_db(transaction=True)
def test_a_removed_file_leaves_no_bytes(settings):
    admin = person("quan-tri", admin=True)
    directive = paper(admin, code="19-CT/TW", issued_on=date(2024, 5, 1))
    stored = uploads.store(SimpleUploadedFile("ct19.pdf", b"%PDF-1.7\n%%EOF"), folder="van-ban")
    row = register.attach(directive, stored, actor=admin, now=NOW)
    assert uploads.read(row.path) == b"%PDF-1.7\n%%EOF"
    register.detach(row, actor=admin, now=NOW)
    assert not directive.files.exists()
    with pytest.raises(FileNotFoundError):
        uploads.read(stored.path)


def test_a_file_whose_name_carries_a_secrecy_mark_is_not_stored(settings):
    with pytest.raises(uploads.UploadRefused, match="dấu TỐI MẬT"):
        uploads.store(SimpleUploadedFile("Ke hoach (TOI MAT).pdf", b"%PDF-1.7\n%%EOF"), folder="van-ban")
    assert not settings.MEDIA_ROOT.exists()


def test_papers_of_the_seeds_are_loaded_once_with_their_lineage(admin):
    first = register.load_papers(actor=admin, now=NOW)
    counts = (Directive.objects.count(), Relation.objects.count())
    assert register.load_papers(actor=admin, now=NOW) == first
    assert (Directive.objects.count(), Relation.objects.count()) == counts
    implements = {
        (row.from_directive.code, row.to_directive.code) for row in Relation.objects.filter(kind="implements")
    }
    assert {("20-KH/TW", "45-NQ/TW"), ("324-KH/TU", "25-CT/TW"), ("50-CTr/TU", "20-NQ/TW")} <= implements
