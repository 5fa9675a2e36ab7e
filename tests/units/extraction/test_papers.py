"""Reading in a child process: what the parent gets, and that no file does harm."""

import contextlib
import resource
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import pytest

from tests.units.extraction import paper_samples as samples
from tests.units.extraction.paper_samples import docx, in_font, paragraph, pdf, zipped
from tests.units.extraction.test_legacy import PAPER, TCVN3, stored
from units.extraction import papers
from units.extraction.papers import Limits, extract, extract_pasted, first_page
from units.extraction.unreadable import LARGEST, MOST_CHARACTERS, Reason, Unreadable

SMALL = Limits(seconds=10, cpu_seconds=3, memory_bytes=400 << 20)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500


def refused(data: bytes, name: str = "ke-hoach.docx", limits: Limits = SMALL) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        extract(data, name, limits=limits)
    return caught.value


@pytest.mark.parametrize(
    ("data", "name", "form", "pages"),
    [
        (docx(paragraph(PAPER)), "sai-duoi.pdf", "docx", 1),
        (pdf([[(85, 700, PAPER[:70])]]), "sai-duoi.docx", "pdf", 1),
        (PAPER.encode(), "sai-duoi.pdf", "txt", None),
        (f"<p>{PAPER}</p>".encode(), "trang.txt", "html", None),
    ],
)
def test_the_bytes_decide_what_a_file_is(data, name, form, pages):
    found = extract(data, name)
    assert (found.format, found.pages, found.warnings) == (form, pages, ())
    assert found.text == (PAPER[:70] if form == "pdf" else PAPER)
    assert (found.legacy, found.converted) == (None, found.text)


def test_text_is_not_normalised_but_the_normal_form_is_offered():
    decomposed = unicodedata.normalize("NFD", PAPER)
    found = extract(decomposed.encode(), "a.txt")
    assert found.text == decomposed
    assert found.normal == PAPER


def test_pasted_text_and_pasted_html():
    assert extract_pasted("Số: 5/KH\n trước <ngày>").text == "Số: 5/KH\n trước <ngày>"
    assert extract_pasted("<div>Số: 5/KH<br>dòng hai</div>").text == "Số: 5/KH\ndòng hai"


def test_an_old_encoding_is_said_and_its_conversion_offered():
    found = extract(stored(PAPER.lower(), TCVN3).encode(), "cu.txt")
    assert found.legacy == "tcvn3"
    assert found.converted == PAPER.lower()
    assert found.text != found.converted
    assert found.warnings == (
        "Văn bản dùng bảng mã cũ TCVN3 (ABC); hãy xem bản đã chuyển sang Unicode trước khi dùng.",
    )


def test_tracked_changes_are_said():
    deleted = "<w:del><w:r><w:delText>cũ</w:delText></w:r></w:del>"
    assert "đã bỏ phần bị xóa" in extract(docx(paragraph("mới", deleted))).warnings[0]


@pytest.mark.parametrize(
    ("data", "reason", "words"),
    [
        (b"", Reason.EMPTY, "rỗng"),
        (b" \n ", Reason.EMPTY, "rỗng"),
        (docx(""), Reason.EMPTY, "rỗng"),
        (OLE + "WordDocument".encode("utf-16-le"), Reason.OLD_WORD, ".doc"),
        (OLE + "Workbook".encode("utf-16-le"), Reason.OLD_OFFICE, "Office cũ"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), Reason.ENCRYPTED, "mật khẩu"),
        (b"{\\rtf1\\ansi abc}", Reason.RICH_TEXT, "RTF"),
        (zipped({"xl/workbook.xml": "<x/>"}), Reason.OTHER_OFFICE, "không phải văn bản Word"),
        (b"PK\x03\x04 broken", Reason.BROKEN, "hỏng"),
        (b"\x89PNG\r\n\x1a\n rest", Reason.IMAGE, "dán nội dung"),
        (b"<?xml version='1.0'?><a>b</a>", Reason.XML, "XML"),
        (b"MZ\x90\x00\x03\x00" * 100, Reason.UNKNOWN, "không nhận ra"),
        (pdf([[]], picture=True), Reason.SCANNED, "bản quét"),
        (("chữ " * (MOST_CHARACTERS // 4 + 1)).encode(), Reason.TOO_LONG, "200 trang"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(data, reason, words):
    refusal = refused(data)
    assert refusal.reason == reason
    assert str(refusal).startswith("Tệp ke-hoach.docx ")
    assert words in str(refusal)
    assert "Hãy" in str(refusal)


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_its_message(reason):
    assert str(Unreadable(reason, "a.pdf")).startswith("Tệp a.pdf ")
    assert str(Unreadable(reason)).startswith("Tệp ")
    assert str(Unreadable(reason).of("b.pdf")) == str(Unreadable(reason, "b.pdf"))


def test_a_file_over_the_limit_starts_no_process(monkeypatch):
    monkeypatch.setattr(subprocess, "Popen", None)
    assert refused(b"x" * (LARGEST + 1)).reason == Reason.TOO_LARGE


@pytest.mark.parametrize(
    ("made", "reasons"),
    [
        (lambda: samples.heavy_docx(500, b" " * 1_000), {Reason.TOO_LONG}),
        (lambda: samples.heavy_docx(39, b"<w:p/>"), {Reason.MEMORY, Reason.TIMEOUT}),
        (samples.laughing_docx, {Reason.UNSAFE}),
        (samples.many_entities_docx, {Reason.UNSAFE}),
        (samples.quadratic_docx, {Reason.UNSAFE}),
        (lambda: samples.external_docx("/etc/passwd"), {Reason.UNSAFE}),
        (lambda: samples.nested_docx(100_000), {Reason.NESTED}),
        (lambda: samples.zip_in_zip(5), {Reason.OTHER_OFFICE}),
        (lambda: pdf([[]] * 5_000), {Reason.TOO_MANY_PAGES}),
        (lambda: samples.chained_pdf(50_000), {Reason.BROKEN, Reason.NO_TEXT}),
        (lambda: samples.bracketed_pdf(1_000_000), {Reason.BROKEN, Reason.NO_TEXT}),
        (samples.self_drawing_pdf, {Reason.BROKEN, Reason.NO_TEXT, Reason.TIMEOUT, Reason.MEMORY}),
        (lambda: samples.inflated_pdf(40), {Reason.BROKEN, Reason.NO_TEXT, Reason.TIMEOUT, Reason.MEMORY}),
    ],
    ids=[
        "500 MB of text", "many small elements", "billion laughs", "10 000 entities", "quadratic", "external entity",
        "nested tables", "zip in zip", "5 000 pages", "page tree", "nested arrays", "self-drawing", "inflated",
    ],
)  # fmt: skip
def test_hostile_files_do_no_harm(made, reasons):
    data = made()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.monotonic()
    refusal = refused(data)
    assert refusal.reason in reasons
    assert time.monotonic() - started < SMALL.seconds + 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # kB: the parent stays small


def test_the_child_keeps_within_its_memory():
    """Run directly, because the portal does not ask it how much it took."""
    data = samples.heavy_docx(39, b"<w:p/>")
    command = [
        sys.executable,
        "-m",
        "units.extraction.reader",
        '{"memory_bytes": 419430400, "cpu_seconds": 9, "whole": true}',
    ]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=papers.ROOT)
    child.stdin.write(data)
    child.stdin.close()
    most = 0
    while child.poll() is None:
        most = max(most, peak_of(child.pid))
        time.sleep(0.01)
    with child.stdout:
        assert b'"memory"' in child.stdout.read()
    assert 0 < most < 400 << 10


def peak_of(pid: int) -> int:
    """Most kilobytes a running process held; its resource usage would count its parent's, from before exec."""
    with contextlib.suppress(OSError, StopIteration):
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM")).split()[1])
    return 0


def test_wall_time_ends_a_child_that_sleeps(monkeypatch):
    start = subprocess.Popen
    monkeypatch.setattr(
        papers.subprocess, "Popen", lambda command, **options: start(["sleep", "30"], **options)
    )
    started = time.monotonic()
    assert refused(b"abc", limits=Limits(seconds=0.3)).reason == Reason.TIMEOUT
    assert time.monotonic() - started < 5


def test_a_child_that_says_too_much_is_cut_off(monkeypatch):
    start = subprocess.Popen
    monkeypatch.setattr(papers, "_LONGEST_ANSWER", 1_000_000)
    monkeypatch.setattr(papers.subprocess, "Popen", lambda command, **options: start(["yes"], **options))
    assert refused(b"abc").reason == Reason.BROKEN


def test_processor_time_is_limited():
    slow = docx(paragraph("a") * 150_000)
    assert refused(slow, limits=Limits(cpu_seconds=1)).reason == Reason.TIMEOUT


def test_an_external_entity_reads_nothing(tmp_path):
    secret = tmp_path / "khoa.txt"
    secret.write_text("BI-MAT-LO-RA")
    assert "BI-MAT" not in str(refused(samples.external_docx(str(secret))))
    page = f'<!DOCTYPE html [<!ENTITY a SYSTEM "file://{secret}">]><p>x &a;</p>'.encode()
    assert "BI-MAT" not in extract(page).text


def test_the_child_sees_no_settings_and_can_write_no_file(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "lo-ra")
    monkeypatch.setenv("DATABASE_URL", "lo-ra")
    names = set(papers._environment())
    assert names <= {"PATH", "LD_LIBRARY_PATH", "LANG", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE"}
    code = (
        "from units.extraction.reader import _limit\n"
        "_limit({'memory_bytes': 1 << 29, 'cpu_seconds': 5})\n"
        f"open({str(tmp_path / 'a')!r}, 'wb', buffering=0).write(b'x')"
    )
    child = subprocess.run([sys.executable, "-c", code], cwd=papers.ROOT, capture_output=True, check=False)
    assert child.returncode != 0
    assert (tmp_path / "a").read_bytes() == b""


def test_the_first_page_of_each_kind():
    header = f"<w:p>{samples.run('TỐI MẬT')}</w:p>"
    assert first_page(docx(paragraph("Chữ"), header1=header)).startswith("TỐI MẬT\nChữ")
    assert first_page(pdf([[(85, 815, "MẬT")]])) == "MẬT"
    assert first_page(b"a" * 5_000) == "a" * 3_000
    assert "MẬT" in first_page(docx(paragraph(in_font("mËt", ".VnTimeH")))).split("\n")
    assert "tuyệt mật" in first_page("tuyÖt mËt\nc«ng v¨n".encode())


def test_files_wait_for_each_other_but_all_are_read():
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(5) as pool:
        texts = list(pool.map(lambda n: extract(f"văn bản {n}".encode()).text, range(5)))
    assert texts == [f"văn bản {n}" for n in range(5)]
