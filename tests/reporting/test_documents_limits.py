"""What the rendering process does with content that would hang it, and how it fails."""

from __future__ import annotations

import os
import time

import pytest

from reporting.documents import markup
from reporting.documents.content import Contribution, Para
from reporting.documents.pdf import build_report, render_pdf
from reporting.documents.processes import Limits, RenderFailed, RenderProcess
from tests.reporting import document_samples as samples


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td colspan=1000000 rowspan=1000000>ô</td></tr></table>",
        "<table>" + ("<tr>" + "<td colspan=20 rowspan=20>ô</td>" * 40 + "</tr>") * 60 + "</table>",
        "<ul><li>" * 5000 + "sâu",
        "<table><tr><td>" * 2000 + "sâu",
        "<p>" + "a" * 60_000 + "</p>",
        "<p>" + "a<br>" * 1500 + "</p>",
    ],
    ids=["colspan", "spans", "nested lists", "nested tables", "one word", "line breaks"],
)
def test_a_cleaned_narrative_cannot_hang_the_renderer(html: str) -> None:
    paper = samples.report(blocks=(Para(html),), annexes=())
    assert render_pdf(paper, limits=Limits(seconds=60, cpu_seconds=20)).pages >= 1


def test_a_long_word_is_offered_places_to_break_in_print_only() -> None:
    html = markup.paper_html(samples.report(blocks=(Para("<p>" + "x" * 95 + " ngắn</p>"),), annexes=()))
    assert "x" * 30 + "\u200b" + "x" * 30 + "\u200b" in html
    assert "ngắn" in html


def _page(body: str) -> str:
    """A document with our fonts and form around raw, uncleaned HTML."""
    return markup.paper_html(samples.report(blocks=(), annexes=())).replace("</body>", f"{body}</body>")


_ENDLESS = _page("<p>" + "không dừng " * 400_000 + "</p>")


def test_an_endless_document_is_stopped_and_said_to_be_too_long() -> None:
    started = time.monotonic()
    with RenderProcess(Limits(seconds=2)) as process, pytest.raises(RenderFailed, match="quá lâu") as caught:
        process.render(_ENDLESS)
    assert caught.value.reason == "timeout"
    assert time.monotonic() - started < 15


def test_processor_time_is_limited_too() -> None:
    limits = Limits(seconds=120, cpu_seconds=1)
    with RenderProcess(limits) as process, pytest.raises(RenderFailed) as caught:
        process.render(_ENDLESS)
    assert caught.value.reason == "timeout"


def test_memory_is_limited() -> None:
    limits = Limits(seconds=60, memory_bytes=400 << 20)
    with RenderProcess(limits) as process:
        assert process.render(_page("<p>vừa đủ</p>")).pages == 1
        with pytest.raises(RenderFailed) as caught:
            process.render(_page("<p>đoạn văn</p>" * 60_000))
    # Which library runs out first is chance; a C library may die without a word.
    assert caught.value.reason in {"memory", "crash"}


def test_a_process_that_is_killed_is_reported() -> None:
    with RenderProcess() as process:
        os.kill(process._child.pid, 9)
        with pytest.raises(RenderFailed, match="đột ngột"):
            process.render(_page("<p>a</p>"))


def test_a_process_renders_many_documents_and_renews_its_processor_time() -> None:
    html = markup.paper_html(samples.report(annexes=()))
    with RenderProcess(Limits(seconds=60, cpu_seconds=4)) as process:
        answers = [process.render(html) for _ in range(8)]
    assert len({answer.pdf for answer in answers}) == 1


def test_the_process_sees_neither_settings_nor_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "lo-ra")
    with RenderProcess() as process:
        process.render(_page("<p>a</p>"))
        with open(f"/proc/{process._child.pid}/environ", encoding="utf-8") as environment:
            names = {entry.partition("=")[0] for entry in environment.read().split("\0") if entry}
    assert "SECRET_KEY" not in names
    assert "DJANGO_SETTINGS_MODULE" not in names


def test_a_failing_piece_fails_the_report_and_ends_its_processes(tmp_path: object) -> None:
    annex = samples.compendium(2, 50)
    annex = type(annex)(
        "III", "X", (*annex.blocks, Contribution("Sở Y tế", samples.prose("x", 20_000))), compendium=True
    )
    with pytest.raises(RenderFailed) as caught:
        build_report(samples.report(annexes=(annex,)), tmp_path, limits=Limits(seconds=1.5))
    assert caught.value.reason == "timeout"
