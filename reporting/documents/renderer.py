"""The child process that turns HTML into PDF. Nothing else in the project imports WeasyPrint.

Run as `python -m reporting.documents.renderer`. It reads jobs from standard input and answers on standard
output, each a line of JSON (with the length of what follows) and then that many bytes. Limits on memory, CPU
time and file size are set before the first job; the CPU limit is renewed for every job. It knows no
database, no settings, no fonts of the machine, and fetches nothing but our own font files.
"""

from __future__ import annotations

import json
import logging
import os
import resource
import sys
import time
from typing import Any, BinaryIO

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from reporting.documents import fonts

VARIANT = "pdf/a-2a"


class ForbiddenAddress(ValueError):
    """A document asked for something other than one of our own named assets."""


class AssetFetcher(URLFetcher):
    """Fetches the named assets of `fonts.asset` and nothing else: no file, no network, no data: address."""

    def __init__(self) -> None:
        """Start with no protocol allowed, should a request ever pass by `fetch`."""
        super().__init__(allowed_protocols=[], allow_redirects=False)
        self.refused: list[str] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return the asset; raise `ForbiddenAddress` for any other address and remember it."""
        content = fonts.asset(url)
        if content is None:
            self.refused.append(url[:200])
            raise ForbiddenAddress("This address is not an asset of the portal.")
        return URLFetcherResponse(url, content, {"Content-Type": "font/ttf"})


def render(html: str) -> tuple[bytes, int, list[str]]:
    """Return the PDF (tagged PDF/A-2a), its number of pages and the addresses that were refused."""
    fetcher = AssetFetcher()
    font_config = FontConfiguration()
    source = HTML(string=html, url_fetcher=fetcher, base_url="vanban:giay/")
    document = source.render(font_config=font_config)
    pdf = document.write_pdf(pdf_variant=VARIANT)
    assert pdf is not None
    return pdf, len(document.pages), fetcher.refused


def main() -> None:
    """Serve jobs until standard input ends."""
    limits = json.loads(sys.argv[1])
    _limit(limits)
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    source, target = sys.stdin.buffer, _own_output()
    while line := source.readline():
        job = json.loads(line)
        html = source.read(job["length"]).decode()
        _renew_cpu(job["cpu_seconds"])
        answer, pdf = _answer(html)
        answer["peak_memory_kb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        target.write(json.dumps(answer | {"length": len(pdf)}).encode() + b"\n")
        target.write(pdf)
        target.flush()


def _answer(html: str) -> tuple[dict[str, Any], bytes]:
    started = time.monotonic()
    try:
        pdf, pages, refused = render(html)
    except MemoryError:
        return {"error": "memory"}, b""
    except RecursionError:
        return {"error": "depth"}, b""
    except Exception as error:  # noqa: BLE001 — whatever the library raises is told to the parent process
        return {"error": f"{type(error).__name__}: {error}"[:500]}, b""
    return {"pages": pages, "refused": refused, "seconds": time.monotonic() - started}, pdf


def _own_output() -> BinaryIO:
    """Keep standard output for answers: whatever a library prints goes to standard error."""
    target = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return target


def _limit(limits: dict[str, int]) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory_bytes"],) * 2)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits["file_bytes"],) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _renew_cpu(seconds: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds, hard))


if __name__ == "__main__":
    main()
