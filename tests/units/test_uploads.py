"""Files people send: judged by their bytes, kept under random names, served as attachments."""

import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404

from tests.units.extraction.paper_samples import docx, in_font, paragraph, pdf, table
from units import uploads
from units.uploads import UploadRefused


def zipped(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return held.getvalue()


PDF = b"%PDF-1.7\n%%EOF"
PNG = b"\x89PNG\r\n\x1a\n rest"
JPEG = b"\xff\xd8\xff\xe0 rest"
WORD = zipped("[Content_Types].xml", "word/document.xml")
SHEET = zipped("[Content_Types].xml", "xl/workbook.xml")


def upload(data: bytes, name: str = "bao-cao.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


@pytest.mark.parametrize(
    ("data", "suffix", "kind"),
    [
        (PDF, ".pdf", "application/pdf"),
        (PNG, ".png", "image/png"),
        (JPEG, ".jpg", "image/jpeg"),
        (WORD, ".docx", uploads.DOCX),
        (SHEET, ".xlsx", uploads.XLSX),
    ],
)
def test_the_bytes_decide_the_type_and_the_suffix(data, suffix, kind, settings):
    kept = uploads.store(upload(data, "anh.exe"), folder="thu")
    assert (kept.content_type, Path(kept.path).suffix, kept.size) == (kind, suffix, len(data))
    assert kept.sha256 == hashlib.sha256(data).hexdigest()
    assert uploads.read(kept.path) == data
    assert (Path(settings.MEDIA_ROOT) / kept.path).stat().st_mode & 0o777 == 0o600
    assert "anh" not in kept.path


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "trong.pdf", "rỗng"),
        (b"MZ\x90\x00", "vi-rut.pdf", "Không nhận ra"),
        (b"<html><script>", "trang.pdf", "Không nhận ra"),
        (b"<svg onload=x>", "anh.png", "Không nhận ra"),
        (b"\xd0\xcf\x11\xe0 old", "cu.doc", "cũ"),
        (b"PK\x03\x04 broken", "hong.docx", "hỏng"),
        (zipped("a.txt"), "nen.zip", "Không nhận ra"),
        (zipped("word/document.xml", "word/vbaProject.bin"), "macro.docx", "macro"),
        (zipped("word/document.xml", *(f"x{n}" for n in range(5001))), "nhieu.docx", "quá nhiều"),
    ],
)
def test_what_is_not_taken_is_not_stored(data, name, words, settings):
    with pytest.raises(UploadRefused, match=words):
        uploads.store(upload(data, name), folder="thu")
    assert not Path(settings.MEDIA_ROOT).exists()


def test_a_file_over_the_limit_is_refused_before_it_is_read(monkeypatch, settings):
    monkeypatch.setattr(uploads, "LARGEST", len(PDF) - 1)
    file = upload(PDF)
    file.file.close()  # reading it would be a ValueError
    with pytest.raises(UploadRefused, match="20 MB"):
        uploads.store(file, folder="thu")
    assert not Path(settings.MEDIA_ROOT).exists()


@pytest.mark.parametrize("name", ["KH 12 (TỐI MẬT).pdf", "TUYET_MAT ke hoach.pdf", "ke hoach - MẬT.pdf"])
def test_a_secrecy_mark_in_the_name_is_refused(name, settings):
    with pytest.raises(UploadRefused, match="MẬT"):
        uploads.store(upload(PDF, name), folder="thu")
    assert not Path(settings.MEDIA_ROOT).exists()


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\báo cáo.pdf", "báo cáo.pdf"),
        ('a"b\nc.pdf', "a'b c.pdf"),
        ("Bảo.pdf".encode().decode(), "Bảo.pdf"),
        ("", "tep"),
    ],
)
def test_the_shown_name_is_clean(raw, shown):
    assert uploads.shown_name(raw) == shown


def test_a_long_name_is_cut_before_its_suffix():
    assert len(uploads.shown_name("x" * 500 + ".pdf")) == 144
    assert uploads.shown_name("x" * 500 + ".pdf").endswith(".pdf")


def test_the_same_file_twice_is_two_files():
    assert uploads.write(PDF, folder="thu", suffix=".pdf") != uploads.write(PDF, folder="thu", suffix=".pdf")


def test_served_as_an_attachment_that_no_browser_runs():
    path = uploads.write(PDF, folder="thu", suffix=".pdf")
    response = uploads.serve(path, name="Báo cáo.pdf", content_type="application/pdf")
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox"
    assert response["Cache-Control"] == "private, no-store"
    assert b"".join(response) == PDF


def test_a_missing_file_is_404():
    with pytest.raises(Http404):
        uploads.serve("thu/khong-co.pdf", name="x.pdf", content_type="application/pdf")


def test_a_text_that_only_begins_like_a_pdf_is_refused():
    with pytest.raises(UploadRefused, match="không phải PDF"):
        uploads.content_type(b"%PDF-1.4 not really", "gia.pdf")


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_plain_text_is_taken_by_its_name_and_bytes(encoding):
    text = "Chỉ thị" if encoding != "latin-1" else "C«ng v¨n chØ ®¹o"
    kept = uploads.store(upload(text.encode(encoding), "chi-thi.TXT"), folder="thu")
    assert (kept.content_type, Path(kept.path).suffix) == ("text/plain", ".txt")


@pytest.mark.parametrize(
    "data", [b"<script>x</script>", b"MZ\x90\x00\x03\x00" * 9, b"{\\rtf1 a}", b"  <svg>"]
)
def test_not_everything_called_text_is_text(data):
    with pytest.raises(UploadRefused, match="Không nhận ra"):
        uploads.store(upload(data, "a.txt"), folder="thu")


MARKED = "BỘ Y TẾ|Số: 12/KH-BYT|{}|Hà Nội, ngày 01 tháng 3 năm 2025"


def marked(mark: str) -> list[str]:
    return MARKED.format(mark).split("|")


@pytest.mark.parametrize(
    ("name", "data", "mark"),
    [
        ("a.docx", docx("".join(paragraph(line) for line in marked("TỐI MẬT"))), "TỐI MẬT"),
        ("bảng.docx", docx(table(["BỘ Y TẾ|MẬT", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"])), "MẬT"),
        ("đầu-trang.docx", docx(paragraph("Chữ"), header1=paragraph("Mật")), "MẬT"),
        ("a.pdf", pdf([[(85, 780 - 20 * n, line) for n, line in enumerate(marked("MẬT"))]] * 2), "MẬT"),
        ("a.txt", "\n".join(marked("TUYỆT MẬT")).encode(), "TUYỆT MẬT"),
        ("utf16.txt", "\n".join(marked("Độ mật: Tối mật")).encode("utf-16"), "TỐI MẬT"),
    ],
)
def test_a_paper_with_a_secrecy_mark_is_refused_before_anything_is_stored(name, data, mark, settings):
    with pytest.raises(UploadRefused, match=f"mang dấu {mark}. Bí mật nhà nước không được đưa lên"):
        uploads.store(upload(data, name), folder="thu")
    assert not Path(settings.MEDIA_ROOT).exists()


def test_a_stamp_in_an_old_encoding_is_seen():
    word = docx(paragraph(in_font("tèi mËt", ".VnTimeH")) + paragraph(in_font("C«ng v¨n chØ ®¹o", ".VnTime")))
    with pytest.raises(UploadRefused, match="TỐI MẬT"):
        uploads.check(upload(word, "cu.docx"))


def test_words_about_secrecy_and_later_pages_are_no_stamp():
    talk = [(85, 700, "Quy định về danh mục bí mật nhà nước độ Mật")]
    for data in (
        pdf([talk, [(85, 800, "MẬT")]]),
        docx(paragraph("Bảo vệ bí mật") + paragraph("a" * 3_100) + paragraph("MẬT")),
    ):
        assert uploads.check(upload(data)).data == data


def test_a_scan_is_kept_as_it_is():
    assert uploads.check(upload(pdf([[]], picture=True))).content_type == "application/pdf"


def test_files_are_received_in_memory_and_cut_at_the_limit(monkeypatch, rf, settings):
    assert settings.FILE_UPLOAD_HANDLERS[-1] == "units.uploads.KeptInMemory"
    assert not any("Temporary" in handler for handler in settings.FILE_UPLOAD_HANDLERS)
    monkeypatch.setattr(uploads, "LARGEST", 3_000_000)
    request = rf.post("/", {"a": upload(b"a" * 2_900_000), "b": upload(b"b" * 3_100_000)})
    small, large = request.FILES["a"], request.FILES["b"]
    assert not hasattr(small, "temporary_file_path")
    assert small.read() == b"a" * 2_900_000
    assert large.size == 3_100_000
    assert len(large.read()) == 3_000_001
    with pytest.raises(UploadRefused, match="20 MB"):
        uploads.check(large)


@pytest.mark.parametrize(
    ("data", "name", "suffix"),
    [
        (WORD, "van-ban.docx", ".docx"),
        (b"\xd0\xcf\x11\xe0 old", "cu.doc", ".doc"),
        (b"%PDF-1.7 torn", "rach.pdf", ".bin"),
        (b"PK\x03\x04 broken", "hong.docx", ".bin"),
        (b"{\\rtf1 words}", "cu.rtf", ".bin"),
        (b"<html><p>words</p>", "trang.html", ".bin"),
    ],
)
def test_a_paper_to_be_read_is_kept_though_it_cannot_be_opened(data, name, suffix):
    kept = uploads.keep(uploads.check_paper(upload(data, name)), folder="thu")
    assert Path(kept.path).suffix == suffix
    assert uploads.read(kept.path) == data


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"MZ\x90\x00", "vi-rut.docx", "Không nhận ra"),
        (zipped("word/document.xml", "word/vbaProject.bin"), "macro.docx", "macro"),
        (zipped("a.txt"), "nen.zip", "Không nhận ra"),
        (b"\xd0\xcf\x11\xe0", "KH 5 (MẬT).doc", "Tên tệp mang dấu MẬT"),
        ("<p>TỐI MẬT</p><p>Nội dung</p>".encode(), "trang.html", "mang dấu TỐI MẬT"),
        (b"", "trong.doc", "rỗng"),
    ],
)
def test_a_paper_that_must_not_be_kept_is_refused(data, name, words):
    with pytest.raises(UploadRefused, match=words):
        uploads.check_paper(upload(data, name))
