"""Prints papers as PDF: whole, or a long report from pieces that are kept and merged.

`render_pdf` prints any paper; `build_report` prints a report whose compendium annexes may run to hundreds
of pages, re-using every piece whose content, form and fonts are the same as before.

What edits PDF files and fonts is imported where it is used: it takes longer to load than the rest of the
portal, and most processes never print.
"""

from __future__ import annotations

import builtins
import hashlib
import os
import queue
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from reporting.documents import markup
from reporting.documents.content import OfficialPaper
from reporting.documents.processes import Answer, Limits, RenderFailed, RenderProcess

__all__ = [
    "Limits",
    "RenderFailed",
    "RenderedPdf",
    "build_report",
    "render_pdf",
    "render_whole",
    "trim_cache",
]

WORKERS = 2
WHOLE_LIMITS = Limits(seconds=600, cpu_seconds=600, memory_bytes=8 << 30, file_bytes=512 << 20)
CACHE_BYTES = 512 << 20

Progress = Callable[[int, int], None]
"""Called with (parts done, parts in all) whenever a part is done."""


@dataclass(frozen=True)
class RenderedPdf:
    """A printed file. `seconds` is wall time; `peak_memory_kb` sums the peaks of the rendering processes.

    `rendered` and `reused` count the parts (the report and the pieces of its compendia); `refused` lists
    addresses a document asked for and did not get.
    """

    bytes: builtins.bytes
    pages: int
    seconds: float
    peak_memory_kb: int
    refused: tuple[str, ...] = ()
    rendered: int = 1
    reused: int = 0

    @property
    def sha256(self) -> str:
        """Hash of the file, as it is stored and shown."""
        return hashlib.sha256(self.bytes).hexdigest()


def render_pdf(paper: OfficialPaper, *, limits: Limits | None = None) -> RenderedPdf:
    """Print the paper in one piece: tagged PDF/A-2a with outline. Raises `RenderFailed`."""
    return _render_html(markup.paper_html(paper), limits or Limits())


def render_whole(paper: OfficialPaper) -> RenderedPdf:
    """Print even a long report in one piece, with wide limits: what `build_report` is measured against."""
    return _render_html(markup.paper_html(paper), WHOLE_LIMITS)


def _render_html(html: str, limits: Limits) -> RenderedPdf:
    started = time.monotonic()
    with RenderProcess(limits) as process:
        answer = process.render(html)
    return RenderedPdf(
        answer.pdf, answer.pages, time.monotonic() - started, answer.peak_memory_kb, answer.refused
    )


def build_report(
    paper: OfficialPaper,
    cache_dir: Path,
    progress: Progress | None = None,
    *,
    limits: Limits | None = None,
    workers: int = WORKERS,
) -> RenderedPdf:
    """Print a report and merge its compendium annexes from pieces kept in `cache_dir` (made when missing).

    A piece is kept under a hash of its HTML, our fonts and the libraries, so an edit of one unit's text
    prints the report and the pieces that hold that text. Raises `RenderFailed`.
    """
    started = time.monotonic()
    store = _Store(cache_dir)
    compendia = [annex for annex in paper.annexes if annex.compendium]
    groups = [markup.pieces(annex.blocks) for annex in compendia]
    documents = [markup.paper_html(paper, compendia=False)] + [
        markup.piece_html(paper, annex, group, first=index == 0)
        for annex, cut in zip(compendia, groups, strict=True)
        for index, group in enumerate(cut)
    ]
    shop = _Workshop(documents, store, limits or Limits(), progress)
    parts = shop.run(workers)
    content, pages = parts[0], 0
    if compendia:
        from reporting.documents import merging

        merged = merging.merge(parts[0], _dealt(parts[1:], [len(cut) for cut in groups]), store.subset)
        content, pages = merged.content, merged.pages
    else:
        pages = _page_count(content)
    trim_cache(cache_dir)
    own_peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return RenderedPdf(
        content,
        pages,
        time.monotonic() - started,
        own_peak + sum(shop.peaks.values()),
        tuple(shop.refused),
        rendered=shop.rendered,
        reused=len(documents) - shop.rendered,
    )


def _dealt(parts: Sequence[bytes], sizes: Sequence[int]) -> list[list[bytes]]:
    dealt, start = [], 0
    for size in sizes:
        dealt.append(list(parts[start : start + size]))
        start += size
    return dealt


def _page_count(content: bytes) -> int:
    import io

    import pikepdf

    with pikepdf.Pdf.open(io.BytesIO(content)) as pdf:
        return len(pdf.pages)


@dataclass
class _Workshop:
    """Prints what is not kept yet, with a few warm processes, longest parts first."""

    documents: Sequence[str]
    store: _Store
    limits: Limits
    progress: Progress | None
    peaks: dict[int, int] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    rendered: int = 0
    done: int = 0

    def run(self, workers: int) -> list[bytes]:
        parts: dict[int, bytes] = {}
        todo: list[int] = []
        for index, html in enumerate(self.documents):
            kept = self.store.load(html)
            if kept is None:
                todo.append(index)
            else:
                parts[index] = kept
        self._advance(len(parts))
        self.rendered = len(todo)
        todo.sort(key=lambda index: -len(self.documents[index]))
        waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
        for index in todo:
            waiting.put(index)
        size = min(workers, len(todo))
        if size:
            with ThreadPoolExecutor(size) as pool:
                for made in pool.map(lambda number: self._work(number, waiting), range(size)):
                    parts |= made
        return [parts[index] for index in range(len(self.documents))]

    def _work(self, number: int, waiting: queue.SimpleQueue[int]) -> dict[int, bytes]:
        made: dict[int, bytes] = {}
        with RenderProcess(self.limits) as process:
            while True:
                try:
                    index = waiting.get_nowait()
                except queue.Empty:
                    return made
                answer: Answer = process.render(self.documents[index])
                self.peaks[number] = answer.peak_memory_kb
                self.refused.extend(answer.refused)
                self.store.save(self.documents[index], answer.pdf)
                made[index] = answer.pdf
                self._advance(1)

    def _advance(self, parts: int) -> None:
        self.done += parts
        if self.progress is not None and parts:
            self.progress(self.done, len(self.documents))


class _Store:
    """Printed parts and font subsets on disk, each under the hash of everything it was made from."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def load(self, html: str) -> bytes | None:
        content = self._read(self._path(html, ".pdf"))
        return content if content and content.startswith(b"%PDF-") and b"%%EOF" in content[-32:] else None

    def save(self, html: str, pdf: bytes) -> None:
        self._write(self._path(html, ".pdf"), pdf)

    def subset(self, face: str, glyphs: frozenset[int]) -> bytes:
        path = self._path(f"{face} {sorted(glyphs)}", ".ttf")
        kept = self._read(path)
        if kept is None:
            from reporting.documents import merging

            kept = merging.font_subset(face, glyphs)
            self._write(path, kept)
        return kept

    def _path(self, source: str, suffix: str) -> Path:
        key = hashlib.sha256(f"{markup.version()}\0{source}".encode()).hexdigest()
        return self.folder / f"{key}{suffix}"

    def _read(self, path: Path) -> bytes | None:
        try:
            content = path.read_bytes()
            os.utime(path)  # the last use decides what is dropped first
        except OSError:
            return None
        return content

    def _write(self, path: Path, content: bytes) -> None:
        handle, temporary = tempfile.mkstemp(dir=self.folder)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(temporary, path)


def trim_cache(cache_dir: Path, *, most_bytes: int = CACHE_BYTES) -> int:
    """Drop the longest unused parts until the cache fits; return how many were dropped."""
    kept = []
    for path in cache_dir.iterdir():
        try:
            status = path.stat()
        except FileNotFoundError:
            continue  # another build dropped it first
        kept.append((status.st_mtime, status.st_size, path))
    total, dropped = sum(size for _, size, _ in kept), 0
    for _, size, path in sorted(kept):
        if total <= most_bytes:
            break
        path.unlink(missing_ok=True)
        total -= size
        dropped += 1
    return dropped
