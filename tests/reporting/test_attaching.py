import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError

from reporting import attaching
from reporting.lifecycle import Refused
from reporting.models import Attachment
from tests.factories import at, submit
from tests.units.extraction.paper_samples import docx, paragraph
from units.access import standing
from units.uploads import UploadRefused

NOW = at("2025-10-10 09:00")


def add(world, assignment, *, actor=None, data=b"%PDF-1.7\n%%EOF"):
    upload = SimpleUploadedFile("ban-ky.pdf", data)
    return attaching.add_attachment(
        assignment, upload, section=None, actor=actor or world.reporters["cuc-a"], now=NOW
    )


@pytest.mark.parametrize("who", ["outsider", "reviewer", "admin"])
def test_only_the_unit_adds_and_removes(world, who, settings):
    assignment = world.assignment("cuc-a")
    with pytest.raises(Refused):
        add(world, assignment, actor=getattr(world, who))
    row = add(world, assignment)
    with pytest.raises(Refused):
        attaching.remove_attachment(row, actor=getattr(world, who), now=NOW)
    assert Attachment.objects.get().removed_at is None


def test_a_refused_file_leaves_no_row(world):
    with pytest.raises(UploadRefused):
        add(world, world.assignment("cuc-a"), data=b"MZ")
    assert not Attachment.objects.exists()


def test_a_row_that_cannot_be_written_leaves_no_file(world, monkeypatch, settings):
    def fails(**columns):
        raise DatabaseError("disk I/O error")

    monkeypatch.setattr(Attachment.objects, "create", fails)
    with pytest.raises(DatabaseError):
        add(world, world.assignment("cuc-a"))
    assert not list(settings.MEDIA_ROOT.rglob("*.pdf"))


def test_a_paper_with_a_secrecy_mark_leaves_neither_row_nor_file(world, settings):
    with pytest.raises(UploadRefused, match="mang dấu MẬT"):
        add(world, world.assignment("cuc-a"), data=docx(paragraph("SỞ Y TẾ") + paragraph("MẬT")))
    assert not Attachment.objects.exists()
    assert not settings.MEDIA_ROOT.exists()


def test_there_is_an_end_to_how_many_files(world, monkeypatch):
    monkeypatch.setattr(attaching, "MOST_FILES", 2)
    assignment = world.assignment("cuc-a")
    first = add(world, assignment)
    add(world, assignment)
    with pytest.raises(Refused, match="2 tệp"):
        add(world, assignment)
    attaching.remove_attachment(first, actor=world.reporters["cuc-a"], now=NOW)
    add(world, assignment)


@pytest.mark.parametrize(
    ("sent", "removed", "unit", "office"),
    [
        (False, False, True, False),
        (False, True, False, False),
        (True, False, True, True),
        (True, True, True, True),
    ],
)
def test_who_may_download(world, sent, removed, unit, office):
    row = add(world, world.assignment("cuc-a"))
    if sent:
        submit(world, "cuc-a")
    if removed:
        Attachment.objects.update(removed_at=NOW)
    row = Attachment.objects.select_related("assignment").get()
    assert attaching.may_download(row, standing(world.reporters["cuc-a"], NOW.date())) is unit
    assert attaching.may_download(row, standing(world.reviewer, NOW.date())) is office
