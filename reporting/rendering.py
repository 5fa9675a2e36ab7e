"""Printed files: a submission's PDF, prints of the ministry's report, and the jobs that ask for them.

A stored file is written once under a random name and never again; a new print is a new row. A job's row is
the truth: it is claimed by conditional update, and one whose worker died is taken again.
"""

from __future__ import annotations

import fcntl
import hashlib
import logging
import queue
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from reporting import report_paper, submission_paper
from reporting.documents.content import OfficialPaper
from reporting.documents.pdf import Progress, RenderedPdf, RenderFailed, build_report, render_pdf
from reporting.lifecycle import Refused, require_office
from reporting.models import RenderJob, Report, StoredFile, Submission, UrgingLetter
from reporting.states import ReportState
from reporting.submitting import is_intact
from units import uploads
from units.access import standing
from units.models import OFFICE_ROLES, User

log = logging.getLogger(__name__)

STALE_AFTER = timedelta(minutes=20)
"""Longer than the worker lets the task run, so that a slow print is not taken by a second worker."""
MOST_ATTEMPTS = 3
PATIENCE = 60.0
"""Seconds an issue waits for another one: four times what the longest report takes to print."""
_GLANCE = 0.2
UNDER_WAY = (RenderJob.State.WAITING, RenderJob.State.RUNNING)
_SHORT_FIRST = F("submission_id").asc(nulls_last=True)
FROZEN = (ReportState.ISSUED, ReportState.CORRECTED)
_SUFFIX = {
    StoredFile.Kind.SUBMISSION_PDF: ".pdf",
    StoredFile.Kind.REPORT_PDF: ".pdf",
    StoredFile.Kind.REPORT_DOCX: ".docx",
    StoredFile.Kind.MANIFEST: ".json",
    StoredFile.Kind.LETTER_PDF: ".pdf",
    StoredFile.Kind.LETTER_DOCX: ".docx",
}
CONTENT_TYPES = {
    ".json": "application/json",
    **{suffix: kind for kind, suffix in uploads.SUFFIX.items()},
}


def cache_dir() -> Path:
    """Where printed pieces are kept between prints; losing it costs time only."""
    return Path(settings.DATA_DIR) / "print-cache"


def content_type(file: StoredFile) -> str:
    return CONTENT_TYPES[Path(file.path).suffix]


def printed_submission(submission: Submission) -> StoredFile | None:
    """The PDF of exactly what was sent, once it is printed."""
    return StoredFile.objects.filter(submission=submission).first()


def submission_pdf(submission: Submission, *, now: datetime) -> StoredFile:
    """Print what was sent, once: the same file ever after.

    Raises `RenderFailed`, and `Refused` when the stored content is not what the receipt's hash says.
    """
    kept = printed_submission(submission)
    if kept is not None:
        return kept
    if not is_intact(submission):
        raise Refused("Nội dung lưu giữ không khớp với mã băm của phiếu nên không in. Hãy báo quản trị.")
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
    except IntegrityError:  # two first prints at once: one file stays
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
    letter: UrgingLetter | None = None,
    suffix: str = "",
) -> StoredFile:
    """Write the bytes and their row; when the row cannot be written the bytes go too.

    `suffix` (".png") is for what was not printed here but received.
    """
    path = uploads.write(data, folder="prints", suffix=suffix or _SUFFIX[kind])
    try:
        with transaction.atomic():
            return StoredFile.objects.create(
                kind=kind,
                report=report,
                submission=submission,
                letter=letter,
                name=name,
                path=path,
                size=len(data),
                sha256=hashlib.sha256(data).hexdigest(),
                pages=pages,
                frozen=frozen,
                created_at=now,
            )
    except BaseException:
        uploads.discard(path)
        raise


def print_paper(paper: OfficialPaper, progress: Progress | None = None) -> tuple[RenderedPdf, bytes]:
    """The PDF and Word file of a report or a letter. Raises `RenderFailed`."""
    return print_pdf(paper, progress), print_word(paper)


def print_pdf(paper: OfficialPaper, progress: Progress | None = None) -> RenderedPdf:
    """The PDF; what did not change since the last print is taken from the cache. Raises `RenderFailed`."""
    return build_report(paper, cache_dir(), progress)


def print_word(paper: OfficialPaper) -> bytes:
    """The Word file."""
    from reporting.documents.docx import render_docx  # slow to load, and most processes never print

    return render_docx(paper)


@contextmanager
def sole_issue() -> Iterator[None]:
    """Hold the one place of this machine where a report or a letter is printed while somebody waits.

    Whoever comes meanwhile, a second click included, waits up to `PATIENCE`; then `Refused`.
    """
    with (Path(settings.DATA_DIR) / "issuing.lock").open("w") as place:
        for tries_left in range(round(PATIENCE / _GLANCE), -1, -1):
            try:
                fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if not tries_left:
                    raise Refused("Cổng đang in một văn bản khác. Hãy đợi một phút rồi thử lại.") from None
                time.sleep(_GLANCE)
            else:
                break
        yield


def request_print(report: Report, *, actor: User, now: datetime) -> RenderJob:
    """Ask for a print of the report as it stands; one that still waits serves everybody."""
    require_office(report.round, actor, now, *OFFICE_ROLES)
    if report.state in FROZEN:
        raise Refused("Báo cáo đã phát hành: hãy tải chính bản đã phát hành, bản này không dựng lại.")
    waiting = report.render_jobs.filter(state=RenderJob.State.WAITING).first()
    if waiting is not None:
        return waiting
    return RenderJob.objects.create(report=report, requested_by=actor, requested_at=now)


def request_submission_print(submission: Submission, *, actor: User, now: datetime) -> RenderJob | None:
    """Ask for the PDF of what was sent; one job serves everybody, and none is needed once it is printed."""
    if not Submission.objects.visible_to(standing(actor, timezone.localdate(now))).filter(pk=submission.pk):
        raise Refused("Phiếu này không thuộc đơn vị của bạn.")
    if printed_submission(submission) is not None:
        return None
    going = submission.render_jobs.filter(state__in=UNDER_WAY)
    try:
        with transaction.atomic():
            return going.first() or RenderJob.objects.create(
                submission=submission, requested_by=actor, requested_at=now
            )
    except IntegrityError:  # two asked at once
        return going.first()


def run_waiting(now: datetime) -> int:
    """Do every job that waits, or whose worker went silent; returns how many were done well.

    What units sent goes first: a second each, while the ministry's report may take a minute.
    """
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
    for job in RenderJob.objects.filter(free).exclude(pk__in=tried).order_by(_SHORT_FIRST, "id"):
        claimed = RenderJob.objects.filter(free, pk=job.pk, attempts=job.attempts).update(
            state=RenderJob.State.RUNNING, claimed_at=now, attempts=job.attempts + 1, progress=0, message=""
        )
        if not claimed:
            continue
        job.attempts += 1
        if job.attempts > MOST_ATTEMPTS:
            _finish(job, now, RenderJob.State.FAILED, "Đã thử nhiều lần không được. Hãy báo quản trị.")
            continue
        return job
    return None


def _held(job: RenderJob) -> QuerySet[RenderJob]:
    """The job's row while our claim on it stands; empty once another worker has taken it."""
    return RenderJob.objects.filter(pk=job.pk, state=RenderJob.State.RUNNING, attempts=job.attempts)


def _finish(job: RenderJob, at: datetime, state: RenderJob.State, message: str = "") -> bool:
    """Write how the job ended; False when it is not ours any more, whose word stands."""
    progress = {"progress": 100} if state == RenderJob.State.DONE else {}
    ours = _held(job).update(state=state, finished_at=at, message=message[:300], **progress)
    if not ours:
        log.warning("print job %s was taken by another worker meanwhile", job.pk)
    return bool(ours)


def _run(job: RenderJob, now: datetime) -> bool:
    started = time.monotonic()

    def passed() -> datetime:
        return now + timedelta(seconds=time.monotonic() - started)

    try:
        if job.submission is not None:
            submission_pdf(job.submission, now=passed())
        elif job.report is not None:
            printed, word = _print_showing_progress(job, report_paper.paper(job.report, now=now))
            _keep_prints(job, job.report, printed, word, now=now)
    except (RenderFailed, Refused) as problem:
        log.warning("print job %s: %s", job.pk, getattr(problem, "detail", "") or problem)
        _finish(job, passed(), RenderJob.State.FAILED, str(problem))
        return False
    except OSError:
        log.exception("print job %s: the file could not be written", job.pk)
        _finish(job, passed(), RenderJob.State.FAILED, "Không ghi được tệp. Hãy báo quản trị rồi dựng lại.")
        return False
    return _finish(job, passed(), RenderJob.State.DONE)


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
                _held(job).update(progress=percent)
        return work.result()


def _keep_prints(job: RenderJob, report: Report, printed: RenderedPdf, word: bytes, *, now: datetime) -> None:
    """Both files or none, and only while the job is ours: whoever took it over keeps prints of its own."""
    kind = "du-thao" if report.state == ReportState.DRAFTING else "trinh-ky"
    name = f"{kind}-{report.round.code}-lan-{report.number}-{timezone.localtime(now):%Y%m%d-%H%M}"
    with uploads.rows_and_files() as paths:
        latest = Report.objects.select_for_update().get(pk=report.pk)
        if latest.state in FROZEN:
            raise Refused("Báo cáo vừa được phát hành: hãy tải chính bản đã phát hành.")
        if not _held(job).update(progress=99):
            return
        for kind, data, suffix, pages in (
            (StoredFile.Kind.REPORT_PDF, printed.bytes, ".pdf", printed.pages),
            (StoredFile.Kind.REPORT_DOCX, word, ".docx", 0),
        ):
            file = keep(kind, data, name=f"{name}{suffix}", pages=pages, now=now, report=report)
            paths.append(file.path)
