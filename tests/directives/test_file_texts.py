"""The text of a registered file: read once, then the same for everybody; unreadable files say why."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from directives import file_texts, register
from directives.models import FileText
from tests.factories import at, paper, person
from tests.units.extraction.paper_samples import docx, paragraph
from units import uploads
from units.extraction.unreadable import Reason, Unreadable

NOW = at("2025-01-10 08:00")


@pytest.fixture
def admin(db):
    return person("quan-tri", admin=True)


@pytest.fixture
def attached(admin):
    def attach(name, data):
        stored = uploads.store(SimpleUploadedFile(name, data), folder="van-ban")
        directive = paper(admin, code="19-CT/TW", issued_on=date(2024, 5, 1))
        return register.attach(directive, stored, actor=admin, now=NOW)

    return attach


def test_a_file_is_read_once_and_shown_to_everybody(attached, sign_in, monkeypatch, client):
    file = attached("ct.docx", docx(paragraph("Điều <1>") + paragraph("Giao các Sở\tbáo cáo")))
    url = reverse("directives:file_text", args=[file.directive_id, file.pk])
    nobody = sign_in(person("khong-vai-tro"))
    first = nobody.get(url).content.decode()
    assert "Điều &lt;1&gt;\nGiao các Sở\tbáo cáo" in first
    assert file.sha256 in first
    monkeypatch.setattr(file_texts, "extract", None)
    assert nobody.get(url, {"page": "7"}).status_code == 200
    assert url in nobody.get(file.directive.get_absolute_url()).content.decode()
    assert client.get(url).status_code == 302
    other = paper(file.uploaded_by, code="40-CT/TW", issued_on=date(2024, 5, 1))
    assert nobody.get(reverse("directives:file_text", args=[other.pk, file.pk])).status_code == 404


@pytest.mark.parametrize(("reason", "kept"), [(Reason.SCANNED, True), (Reason.TIMEOUT, False)])
def test_why_it_cannot_be_read_is_kept_unless_it_may_pass(attached, sign_in, monkeypatch, reason, kept):
    file = attached("ct.txt", b"Chi thi")

    def refuse(data, name):
        raise Unreadable(reason, name)

    monkeypatch.setattr(file_texts, "extract", refuse)
    url = reverse("directives:file_text", args=[file.directive_id, file.pk])
    page = sign_in(person("khong-vai-tro")).get(url).content.decode()
    assert "Không đọc được chữ trong tệp này" in page
    assert str(Unreadable(reason, "ct.txt")) in page
    assert FileText.objects.exists() == kept


def test_a_file_whose_bytes_are_gone_says_so(attached):
    file = attached("ct.txt", b"Chi thi")
    uploads.discard(file.path)
    assert "không còn trên máy chủ" in file_texts.text_of(file, now=NOW).unreadable
    assert not FileText.objects.exists()


@pytest.mark.parametrize("text", ["", "a", "dòng\n" * 9_000, "x" * 45_000])
def test_parts_lose_nothing(text):
    found = file_texts.parts(text)
    assert max(map(len, found)) <= file_texts.PART
    assert "".join(found).replace("\n", "") == text.replace("\n", "")
