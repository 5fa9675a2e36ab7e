"""Files beside a report."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from reporting.models import (
    Answer,
    Attachment,
)
from tests.factories import submit
from tests.reporting.unit_pages.asking import PDF, page, typed, url


def upload(name="ke-hoach.pdf", data=PDF):
    return SimpleUploadedFile(name, data)


def test_a_file_is_added_read_and_taken_away(world, reporter, sign_in, mine):
    assert reporter.post(url("attachment_add", mine.pk), {"file": upload()}).status_code == 302
    row = Attachment.objects.get()
    assert "ke-hoach" not in row.path
    assert (row.name, row.section, row.content_type) == ("ke-hoach.pdf", None, "application/pdf")
    assert "ke-hoach.pdf" in page(reporter.get(url("assignment", mine.pk)))
    response = reporter.get(url("attachment", mine.pk, row.pk))
    assert b"".join(response.streaming_content) == PDF
    assert "attachment" in response["Content-Disposition"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert sign_in(world.reviewer).get(url("attachment", mine.pk, row.pk)).status_code == 404
    reporter.post(url("attachment_remove", mine.pk, row.pk))
    assert reporter.get(url("attachment", mine.pk, row.pk)).status_code == 404
    assert "ke-hoach.pdf" not in page(reporter.get(url("assignment", mine.pk))).replace(
        "Đã bỏ tệp ke-hoach.pdf", ""
    )


def test_what_was_sent_stays_readable_for_unit_and_office(world, reporter, sign_in, mine):
    reporter.post(url("attachment_add", mine.pk), {"file": upload()})
    row = Attachment.objects.get()
    sent = submit(world, "cuc-a", "2025-10-14 14:03")
    assert "ke-hoach.pdf" in page(reporter.get(sent.get_absolute_url()))
    for client in (reporter, sign_in(world.reviewer)):
        assert client.get(url("attachment", mine.pk, row.pk)).status_code == 200
    reporter.post(url("attachment_remove", mine.pk, row.pk))
    row.refresh_from_db()
    assert row.removed_at is None


def test_a_file_goes_with_the_save_of_its_section(reporter, mine):
    data = typed(narrative="Có kèm tệp.", do="attach")
    response = reporter.post(url("section", mine.pk, "1.2"), data | {"file": upload()})
    assert response.url == url("section", mine.pk, "1.2") + "#tep"
    assert Attachment.objects.get().section.key == "1.2"
    assert Answer.objects.get().narrative == "<p>Có kèm tệp.</p>"


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.pdf", b"", "rỗng"),
        ("a.pdf", b"<html>", "Không nhận ra"),
        ("a.doc", b"\xd0\xcf\x11\xe0rest", ".docx"),
        ("a.docx", b"PK\x03\x04broken", "hỏng"),
        ("a.pdf", PDF + b"0" * (20 * 1024 * 1024), "20 MB"),
    ],
)
def test_a_wrong_file_is_told_beside_the_field(reporter, mine, name, data, message):
    response = reporter.post(url("attachment_add", mine.pk), {"file": upload(name, data)})
    assert response.status_code == 422
    assert message in re.search(r'id="file_error">(.*?)</div>', page(response))[1]
    answer = reporter.post(
        url("section", mine.pk, "1.2"), typed(narrative="Chữ", do="later", file=upload(name, data))
    )
    assert answer.status_code == 422
    assert message in re.search(r'id="id_file_error">(.*?)</div>', page(answer))[1]
    assert Answer.objects.get().narrative == "<p>Chữ</p>"
    assert not Attachment.objects.exists()


def test_no_file_chosen_is_told(reporter, mine):
    response = reporter.post(url("attachment_add", mine.pk))
    assert response.status_code == 422
    assert "Hãy chọn một tệp" in page(response)
    assert reporter.post(url("attachment_add", mine.pk), {"section": "9.9"}).status_code == 404


def test_no_file_is_added_once_handed_over(reporter, handed_over):
    response = reporter.post(url("attachment_add", handed_over.pk), {"file": upload()})
    assert response.status_code == 422
    assert "không sửa được" in page(response)
    assert not Attachment.objects.exists()
