"""The key of a paper is code and date; search runs without accents."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from directives.models import Directive, Relation
from tests.factories import at, paper, person


@pytest.fixture
def admin(db):
    return person("quan-tri", admin=True)


def _bare(**fields):
    values = {
        "kind": "CT",
        "issuer": "Ban Bí thư",
        "title": "Về một việc",
        "created_at": at("2025-01-01 08:00"),
    }
    return Directive.objects.create(**{**values, **fields})


def test_code_and_date_together_are_the_key(admin):
    _bare(code="20-NQ/TW", issued_on=date(2012, 11, 1))
    _bare(code="20-NQ/TW", issued_on=date(2017, 10, 25))
    with pytest.raises(IntegrityError), transaction.atomic():
        _bare(code="20-NQ/TW", issued_on=date(2017, 10, 25))


@pytest.mark.parametrize("missing", [{"code": ""}, {"issued_on": None}])
def test_only_a_draft_may_lack_number_or_date(admin, missing):
    fields = {"code": "19-CT/TW", "issued_on": date(2024, 5, 1), **missing}
    _bare(is_draft=True, **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        _bare(is_draft=False, **fields)


def test_a_paper_is_not_related_to_itself(admin):
    one = paper(admin, code="19-CT/TW", issued_on=date(2024, 5, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Relation.objects.create(from_directive=one, to_directive=one, kind="implements")


@pytest.mark.parametrize("words", ["ket luan 86", "KẾT LUẬN", "86-kt/tw", "y hoc", "bi thu", "10/07/2024"])
def test_search_needs_no_accents_and_knows_the_other_printed_number(admin, words):
    paper(
        admin,
        kind="KL",
        code="86-KL/TW",
        printed_as="86-KT/TW",
        issued_on=date(2024, 7, 10),
        title="Về nền Y học cổ truyền",
    )
    paper(admin, code="25-CT/TW", issued_on=date(2023, 10, 25), issuer="Thành ủy")
    assert [found.code for found in Directive.objects.search(words)] == ["86-KL/TW"]


def test_label_of_a_paper_without_number_is_kind_and_title(admin):
    assert paper(admin, code="19-CT/TW", issued_on=date(2024, 5, 1)).label == "Chỉ thị số 19-CT/TW"
    assert paper(admin, status="draft", title="Về tiêm chủng").label == "Chỉ thị Về tiêm chủng"
