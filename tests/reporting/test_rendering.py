import hashlib
import threading
from datetime import timedelta

import pikepdf
import pytest

from reporting import consolidation, rendering
from reporting.documents.pdf import RenderFailed
from reporting.lifecycle import Refused
from reporting.models import RenderJob, StoredFile
from tests.factories import accept, at, submit
from tests.remembered import once
from units import uploads

NOW = at("2025-10-31 17:00")


@pytest.fixture(autouse=True)
def _own_cache(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
@once
def report(world):
    submit(world, "cuc-a")
    accept(world, "cuc-a")
    return consolidation.start_report(world.round, actor=world.reviewer, now=NOW)


def test_a_submissions_pdf_is_printed_once(world, monkeypatch):
    submission = submit(world, "cuc-a")
    first = rendering.submission_pdf(submission, now=NOW)
    monkeypatch.setattr(rendering, "render_pdf", lambda paper: pytest.fail("printed twice"))
    assert rendering.submission_pdf(submission, now=NOW + timedelta(days=1)) == first
    data = uploads.read(first.path)
    assert (first.sha256, first.size, first.frozen) == (hashlib.sha256(data).hexdigest(), len(data), True)
    assert first.name == f"{submission.code}.pdf"
    with pikepdf.open(uploads.settings.MEDIA_ROOT / first.path) as pdf:
        assert len(pdf.pages) == first.pages


def test_of_two_first_prints_one_stays_and_the_other_leaves_nothing(world, monkeypatch, settings):
    submission = submit(world, "cuc-a")
    plain = rendering.render_pdf

    def meanwhile(paper):
        monkeypatch.setattr(rendering, "render_pdf", plain)
        rendering.submission_pdf(submission, now=NOW)
        return plain(paper)

    monkeypatch.setattr(rendering, "render_pdf", meanwhile)
    kept = rendering.submission_pdf(submission, now=NOW)
    assert [f.name for f in settings.MEDIA_ROOT.rglob("*.pdf")] == [kept.path.rsplit("/")[-1]]


def test_a_waiting_print_serves_everybody(world, report):
    first = rendering.request_print(report, actor=world.reviewer, now=NOW)
    assert rendering.request_print(report, actor=world.registry, now=NOW) == first
    with pytest.raises(Refused):
        rendering.request_print(report, actor=world.outsider, now=NOW)
    assert RenderJob.objects.count() == 1


def test_a_job_prints_pdf_and_word(world, report):
    job = rendering.request_print(report, actor=world.reviewer, now=NOW)
    assert rendering.run_waiting(NOW) == 1
    job.refresh_from_db()
    assert (job.state, job.progress, job.attempts) == ("done", 100, 1)
    assert NOW <= job.claimed_at < job.finished_at
    pdf, word = StoredFile.objects.filter(report=report).order_by("kind")[::-1]
    assert (pdf.kind, word.kind, pdf.frozen) == ("report_pdf", "report_docx", False)
    assert uploads.read(word.path).startswith(b"PK")
    assert pdf.pages >= 5
    assert rendering.content_type(word) == uploads.DOCX
    assert rendering.run_waiting(NOW) == 0


def failing(paper, progress=None):
    progress(1, 4)
    raise RenderFailed("memory", "too much")


def test_a_failure_says_why_and_can_be_asked_again(world, report, monkeypatch):
    job = rendering.request_print(report, actor=world.reviewer, now=NOW)
    monkeypatch.setattr(rendering, "print_paper", failing)
    assert rendering.run_waiting(NOW) == 0
    job.refresh_from_db()
    assert (job.state, "không đủ bộ nhớ" in job.message) == ("failed", True)
    assert not StoredFile.objects.exists()
    assert rendering.request_print(report, actor=world.reviewer, now=NOW) != job


def done(paper, progress=None):
    class Printed:
        bytes = b"%PDF-1.7"
        pages = 1

    return Printed, b"PK"


@pytest.mark.parametrize(
    ("minutes", "taken"), [(19, False), (21, True)], ids=["its worker is still at it", "its worker died"]
)
def test_a_stale_claim_is_taken_again(world, report, monkeypatch, minutes, taken):
    job = rendering.request_print(report, actor=world.reviewer, now=NOW)
    RenderJob.objects.update(state="running", claimed_at=NOW, attempts=1)
    monkeypatch.setattr(rendering, "print_paper", done)
    assert rendering.run_waiting(NOW + timedelta(minutes=minutes)) == int(taken)
    job.refresh_from_db()
    assert job.state == ("done" if taken else "running")


def test_a_job_that_kills_its_workers_is_given_up(world, report, monkeypatch):
    job = rendering.request_print(report, actor=world.reviewer, now=NOW)
    RenderJob.objects.update(state="running", claimed_at=NOW, attempts=rendering.MOST_ATTEMPTS)
    monkeypatch.setattr(rendering, "print_paper", lambda *a: pytest.fail("tried again"))
    assert rendering.run_waiting(NOW + timedelta(hours=1)) == 0
    job.refresh_from_db()
    assert (job.state, "nhiều lần" in job.message) == ("failed", True)


def test_the_database_is_left_to_the_thread_that_asked(world, report, monkeypatch):
    threads = []

    def watching(paper, progress=None):
        threads.append(threading.current_thread())
        for part in range(4):
            progress(part, 4)
        return done(paper)

    rendering.request_print(report, actor=world.reviewer, now=NOW)
    monkeypatch.setattr(rendering, "print_paper", watching)
    assert rendering.run_waiting(NOW) == 1
    assert threads[0] is not threading.current_thread()


def quick(monkeypatch, body=b"%PDF-1.7"):
    """Print at once, so that only what happens around the printing is tried."""

    class Printed:
        bytes = body
        pages = 1

    monkeypatch.setattr(rendering, "render_pdf", lambda paper: Printed)


def test_what_was_sent_is_printed_by_a_job_once(world, monkeypatch):
    quick(monkeypatch)
    submission = submit(world, "cuc-a")
    job = rendering.request_submission_print(submission, actor=world.approvers["cuc-a"], now=NOW)
    assert rendering.request_submission_print(submission, actor=world.reviewer, now=NOW) == job
    assert rendering.run_waiting(NOW) == 1
    job.refresh_from_db()
    assert (job.state, job.progress) == ("done", 100)
    assert rendering.printed_submission(submission).frozen
    assert rendering.request_submission_print(submission, actor=world.reviewer, now=NOW) is None
    with pytest.raises(Refused):
        rendering.request_submission_print(submission, actor=world.outsider, now=NOW)


def test_what_does_not_match_its_hash_is_not_printed(world, monkeypatch):
    quick(monkeypatch)
    submission = submit(world, "cuc-a")
    type(submission).objects.update(content=submission.content.replace("hai hội nghị", "chín hội nghị"))
    submission.refresh_from_db()
    job = rendering.request_submission_print(submission, actor=world.reviewer, now=NOW)
    assert rendering.run_waiting(NOW) == 0
    job.refresh_from_db()
    assert (job.state, "không khớp" in job.message) == ("failed", True)
    assert not StoredFile.objects.exists()


def test_what_units_sent_is_printed_before_the_ministrys_report(world, report, monkeypatch):
    order = []
    monkeypatch.setattr(rendering, "_run", lambda job, now: order.append(job.submission_id is None) or 1)
    rendering.request_print(report, actor=world.reviewer, now=NOW)
    submission = world.assignment("cuc-a").submissions.get()
    rendering.request_submission_print(submission, actor=world.reviewer, now=NOW)
    assert rendering.run_waiting(NOW) == 2
    assert order == [False, True]


def test_who_lost_the_claim_writes_nothing_more(world, report, monkeypatch, settings):
    job = rendering.request_print(report, actor=world.reviewer, now=NOW)
    keep_now = rendering._keep_prints

    def keep_later(job_, report_, printed, word, *, now):
        # Meanwhile a second worker has taken the job, which looked dead to it.
        RenderJob.objects.filter(pk=job.pk).update(attempts=2, progress=40)
        keep_now(job_, report_, printed, word, now=now)

    monkeypatch.setattr(rendering, "print_paper", done)
    monkeypatch.setattr(rendering, "_keep_prints", keep_later)
    assert rendering.run_waiting(NOW) == 0
    job.refresh_from_db()
    assert (job.state, job.progress, job.attempts, job.finished_at) == ("running", 40, 2, None)
    assert not StoredFile.objects.exists()
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_a_second_file_that_cannot_be_kept_takes_the_first_with_it(world, report, monkeypatch, settings):
    job = rendering.request_print(report, actor=world.reviewer, now=NOW)
    plain = uploads.write

    def full(data, *, folder, suffix):
        if suffix == ".docx":
            raise OSError(28, "No space left on device")
        return plain(data, folder=folder, suffix=suffix)

    monkeypatch.setattr(rendering, "print_paper", done)
    monkeypatch.setattr(uploads, "write", full)
    assert rendering.run_waiting(NOW) == 0
    job.refresh_from_db()
    assert (job.state, "Không ghi được tệp" in job.message) == ("failed", True)
    assert not StoredFile.objects.exists()
    assert not list(settings.MEDIA_ROOT.rglob("*.pdf"))
