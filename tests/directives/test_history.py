"""Every verb of the register leaves one line in the history of its papers."""

from datetime import date, timedelta

import pytest

from directives import register
from directives.history import history
from directives.models import RelationKind
from directives.register import PaperSpec, RequirementSpec
from tests.factories import at, paper, person
from units.uploads import StoredUpload

NOW = at("2025-01-10 08:00")


@pytest.fixture
def admin(db):
    return person("quan-tri", admin=True)


def told(directive):
    """(label, words, other papers), oldest first."""
    return [(line.label, line.words, [p.code for p in line.papers]) for line in history(directive)[::-1]]


def test_every_change_is_told_once(admin, django_assert_num_queries):
    one = paper(admin, code="19-CT/TW", issued_on=date(2024, 5, 1), source="bảng tính a.xlsx, dòng 4")
    other = paper(admin, code="40-CT/TW", issued_on=date(2024, 9, 1))
    minutes = iter(range(1, 99))

    def who():
        return {"actor": admin, "now": NOW + timedelta(minutes=next(minutes))}

    relation = register.relate(one, RelationKind.IMPLEMENTS, other, **who())
    register.relate(one, RelationKind.IMPLEMENTS, other, **who())
    register.unrelate(relation, **who())
    asked = register.add_requirement(one, RequirementSpec("Các Sở", "Báo cáo", phrase="trước 5/11"), **who())
    register.remove_requirement(asked, **who())
    stored = StoredUpload("ct19.pdf", "van-ban/a.pdf", "application/pdf", 1, "ab" * 32)
    register.detach(register.attach(one, stored, **who()), **who())
    for day in (3, 2):
        register.change_status(one, "repealed", since=date(2024, 10, day), by=other, **who())
    register.withdraw_status(one.status_changes.get(status="repealed"), **who())
    with django_assert_num_queries(2):
        lines = told(one)
    assert lines == [
        ("Đăng ký văn bản", "bảng tính a.xlsx, dòng 4", []),
        ("Ghi quan hệ", "văn bản này thực hiện", ["40-CT/TW"]),
        ("Bỏ quan hệ", "văn bản này thực hiện", ["40-CT/TW"]),
        ("Thêm yêu cầu", "Các Sở: Báo cáo (trước 5/11)", []),
        ("Bỏ yêu cầu", "Các Sở: Báo cáo (trước 5/11)", []),
        ("Tải tệp lên", "ct19.pdf", []),
        ("Bỏ tệp", "ct19.pdf", []),
        ("Ghi quan hệ", "bãi bỏ văn bản này:", ["40-CT/TW"]),
        ("Sửa ngày hiệu lực đã ghi", "đã bãi bỏ từ 03/10/2024, theo Chỉ thị số 40-CT/TW", []),
        ("Bỏ ghi hiệu lực", "đã bãi bỏ từ 02/10/2024, theo Chỉ thị số 40-CT/TW", []),
    ]
    assert history(one)[4].sha256 == "ab" * 32
    assert told(other)[1] == ("Ghi quan hệ", "thực hiện văn bản này:", ["19-CT/TW"])


def test_a_correction_tells_each_field_from_what_to_what(admin):
    draft = paper(admin, status="draft", title="Về tiêm chủng", issuer="Bộ Y tế")
    spec = PaperSpec(
        kind="KH", code="12/KH-BYT", issued_on=date(2025, 1, 9), issuer="Bộ Y tế", title="Về tiêm chủng"
    )
    for minutes in (1, 2):
        register.revise(draft, spec, actor=admin, now=NOW + timedelta(minutes=minutes))
    issue, corrected, registered = history(draft)
    assert (registered.label, issue.words) == ("Đăng ký văn bản", "còn hiệu lực từ 09/01/2025")
    assert {(change.label, change.was, change.became) for change in corrected.changes} == {
        ("loại văn bản", "Chỉ thị", "Kế hoạch"),
        ("số, ký hiệu", "", "12/KH-BYT"),
        ("ngày ban hành", "", "09/01/2025"),
        ("tình trạng", "dự thảo", "đã ban hành"),
    }
