"""Printed files: a submission's PDF, prints of the ministry's report, and the jobs that ask for them.

A stored file is written once under a random name and never again; a new print is a new row. A job's row is
the truth: it is claimed by conditional update, and one whose worker died is taken again.
"""

from __future__ import annotations

import hashlib
import logging
import queue
import time
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from reporting import report_paper, submission_paper
from reporting.documents.content import OfficialPaper
from reporting.documents.docx import render_docx
from reporting.documents.pdf import Progress, RenderedPdf, RenderFailed, build_report, render_pdf
from reporting.lifecycle import Refused, require_office
from reporting.models import RenderJob, Report, StoredFile, Submission
from reporting.states import ReportState
from units import uploads
from units.models import OFFICE_ROLES, User

log = logging.getLogger(__name__)

STALE_AFTER = timedelta(minutes=20)
"""Longer than the worker lets the task run, so that a slow print is not taken by a second worker."""
MOST_ATTEMPTS = 3
FROZEN = (ReportState.ISSUED, ReportState.CORRECTED)
_SUFFIX = {
    StoredFile.Kind.SUBMISSION_PDF: ".pdf",
    StoredFile.Kind.REPORT_PDF: ".pdf",
    StoredFile.Kind.REPORT_DOCX: ".docx",
    StoredFile.Kind.MANIFEST: ".json",
}
CONTENT_TYPES = {".pdf": "application/pdf", ".docx": uploads.DOCX, ".json": "application/json"}


def cache_dir() -> Path:
    """Where printed pieces are kept between prints; losing it costs time only."""
    return Path(settings.DATA_DIR) / "print-cache"


def content_type(file: StoredFile) -> str:
    return CONTENT_TYPES[_SUFFIX[StoredFile.Kind(file.kind)]]


def submission_pdf(submission: Submission, *, now: datetime) -> StoredFile:
    """The PDF of exactly what was sent: printed on first request, the same file ever after.

    Raises `RenderFailed`.
    """
    kept = StoredFile.objects.filter(submission=submission).first()
    if kept is not None:
        return kept
    printed = render_pdf(submission_paper.paper(submission))
    name = f"{submission.code}.pdf"
    try:
        return keep(
            StoredFile.Kind.SUBMISSION_PDF,
            printed.bytes,
            name=name,
            pages=printed.pages,
            frozen=True,
            now=now,
            submission=submission,
        )
    except IntegrityError:  # two first requests at once: one file stays
        return StoredFile.objects.get(submission=submission)


def keep(
    kind: StoredFile.Kind,
    data: bytes,
    *,
    name: str,
    now: datetime,
    pages: int = 0,
    frozen: bool = False,
    report: Report | None = None,
    submission: Submission | None = None,
) -> StoredFile:
    """Write the bytes and their row; when the row cannot be written the bytes go too."""
    path = uploads.write(data, folder="prints", suffix=_SUFFIX[kind])
    try:
        with transaction.atomic():
            return StoredFile.objects.create(
                kind=kind,
                report=report,
                submission=submission,
                name=name,
                path=path,
                size=len(data),
                sha256=hashlib.sha256(data).hexdigest(),
                pages=pages,
                frozen=frozen,
                created_at=now,
            )
    except BaseException:
        discard(path)
        raise


def discard(path: str) -> None:
    """Remove bytes whose row was rolled back."""
    (Path(settings.MEDIA_ROOT) / path).unlink(missing_ok=True)


def print_paper(paper: OfficialPaper, progress: Progress | None = None) -> tuple[RenderedPdf, bytes]:
    """The report's PDF and Word file. Raises `RenderFailed`."""
    return build_report(paper, cache_dir(), progress), render_docx(paper)


def request_print(report: Report, *, actor: User, now: datetime) -> RenderJob:
    """Ask for a print of the report as it stands; one that still waits serves everybody."""
    require_office(report.round, actor, now, *OFFICE_ROLES)
    if report.state in FROZEN:
        raise Refused("Báo cáo đã phát hành: hãy tải chính bản đã phát hành, bản này không dựng lại.")
    waiting = report.render_jobs.filter(state=RenderJob.State.WAITING).first()
    if waiting is not None:
        return waiting
    return RenderJob.objects.create(report=report, requested_by=actor, requested_at=now)


def run_waiting(now: datetime) -> int:
    """Do every job that waits, or whose worker went silent; returns how many were done well."""
    started, done = time.monotonic(), 0
    tried: set[int] = set()
    while True:
        moment = now + timedelta(seconds=time.monotonic() - started)
        job = _claim(moment, tried)
        if job is None:
            return done
        tried.add(job.pk)
        done += _run(job, moment)


def _claim(now: datetime, tried: set[int]) -> RenderJob | None:
    free = Q(state=RenderJob.State.WAITING) | Q(
        state=RenderJob.State.RUNNING, claimed_at__lt=now - STALE_AFTER
    )
    for job in RenderJob.objects.filter(free).exclude(pk__in=tried).order_by("id"):
        claimed = RenderJob.objects.filter(free, pk=job.pk, attempts=job.attempts).update(
            state=RenderJob.State.RUNNING, claimed_at=now, attempts=job.attempts + 1, progress=0, message=""
        )
        if not claimed:
            continue
        if job.attempts >= MOST_ATTEMPTS:
            _finish(job, now, RenderJob.State.FAILED, "Đã thử nhiều lần không được. Hãy báo quản trị.")
            continue
        return RenderJob.objects.select_related("report__round__owner").get(pk=job.pk)
    return None


def _finish(job: RenderJob, at: datetime, state: RenderJob.State, message: str = "") -> None:
    progress = {"progress": 100} if state == RenderJob.State.DONE else {}
    RenderJob.objects.filter(pk=job.pk).update(state=state, finished_at=at, message=message, **progress)


def _run(job: RenderJob, now: datetime) -> bool:
    started = time.monotonic()

    def passed() -> datetime:
        return now + timedelta(seconds=time.monotonic() - started)

    try:
        printed, word = _print_showing_progress(job, report_paper.paper(job.report, now=now))
        _keep_prints(job.report, printed, word, now=now)
    except (RenderFailed, Refused) as problem:
        log.warning("print job %s: %s", job.pk, getattr(problem, "detail", "") or problem)
        _finish(job, passed(), RenderJob.State.FAILED, str(problem))
        return False
    _finish(job, passed(), RenderJob.State.DONE)
    return True


def _print_showing_progress(job: RenderJob, paper: OfficialPaper) -> tuple[RenderedPdf, bytes]:
    """Print in another thread, while this one, which holds the database connection, notes how far it is."""
    parts: queue.SimpleQueue[int] = queue.SimpleQueue()

    def progress(done: int, of: int) -> None:
        parts.put(95 * done // max(of, 1))

    with ThreadPoolExecutor(1) as pool:
        work: Future[tuple[RenderedPdf, bytes]] = pool.submit(print_paper, paper, progress)
        while wait_for([work], timeout=0.5).not_done:
            percent = None
            while not parts.empty():
                percent = parts.get()
            if percent is not None:
                RenderJob.objects.filter(pk=job.pk).update(progress=percent)
        return work.result()


def _keep_prints(report: Report, printed: RenderedPdf, word: bytes, *, now: datetime) -> None:
    kind = "du-thao" if report.state == ReportState.DRAFTING else "trinh-ky"
    name = f"{kind}-{report.round.code}-lan-{report.number}-{timezone.localtime(now):%Y%m%d-%H%M}"
    with transaction.atomic():
        standing = Report.objects.select_for_update().get(pk=report.pk)
        if standing.state in FROZEN:
            raise Refused("Báo cáo vừa được phát hành: hãy tải chính bản đã phát hành.")
        keep(
            StoredFile.Kind.REPORT_PDF,
            printed.bytes,
            name=f"{name}.pdf",
            pages=printed.pages,
            now=now,
            report=report,
        )
        keep(StoredFile.Kind.REPORT_DOCX, word, name=f"{name}.docx", now=now, report=report)
