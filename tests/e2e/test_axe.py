"""Every page, for everybody who sees something else on it: axe finds nothing, the console is silent, nothing
scrolls sideways. The list of pages is that of tests/pages/, which comes from the URLconf.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e.conftest import Staged

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]

AXE = (Path(__file__).parent / "vendor/axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async (tags) => (await axe.run(document, {runOnly: {type: "tag", values: tags},
    resultTypes: ["violations"]})).violations.map(v => ({id: v.id, help: v.help,
    nodes: v.nodes.slice(0, 3).map(n => n.target.join(" ") + " — " + n.html.slice(0, 160)), count: v.nodes.length}))"""
WIDTHS = (1440, 360)
# Dark is the same markup with other colours: the pages with the most kinds of parts stand for all.
DARK = {
    "account_login",
    "reporting:home",
    "reporting:assignment",
    "reporting:section",
    "reporting:check",
    "reporting:round",
    "reporting:review",
    "reporting:bench_section",
    "reporting:report",
    "reporting:directive",
    "directives:register",
}
# The newest report of a round is also found under its number.
SAME_PAGE = {"reporting:report", "reporting:report_version"}
# A start tag, and what of it makes another part of the page.
TAG = re.compile(r"<([a-z][a-z0-9]*)\b([^>]*)>")
PART = re.compile(r'\b(class="[^"]*"|role="[^"]*"|type="[^"]*"|aria-[a-z]+)')


class Look:
    """One person's browser window, which notes what pages complain of."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.page: Page = context.new_page()
        self.url = url
        self.complaints: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        self.page.on("requestfailed", lambda request: self.complaints.append(f"not loaded: {request.url}"))

    def _hear(self, line: Any) -> None:
        if line.type in ("error", "warning"):
            self.complaints.append(f"console: {line.text[:300]}")

    def open(self, path: str) -> int:
        self.complaints.clear()
        self.page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        answer = self.page.goto(f"{self.url}{path}")
        return answer.status if answer else 0

    def fetch(self, path: str) -> tuple[int, set[str]]:
        """Status of a page without showing it, and what it is made of: around its content, and within."""
        answer = self.page.context.request.get(f"{self.url}{path}")
        head, _, rest = answer.text().partition("<main")
        main, _, foot = rest.partition("</main>")
        return answer.status, {skeleton(head + foot), f"{path} {skeleton(main)}"}

    def faults(self, where: str, axe_at: tuple[int, ...] = WIDTHS) -> Iterator[str]:
        """What is wrong with the page that is open; it is measured at every width, axe runs at `axe_at`."""
        if self.page.locator("h1").count() != 1:
            yield f"{where}: {self.page.locator('h1').count()} h1"
        self.page.evaluate(AXE)
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            for found in self.page.evaluate(RUN, TAGS) if width in axe_at else []:
                nodes = "\n      ".join(found["nodes"])
                yield f"{where} at {width}: {found['id']} ({found['count']}×): {found['help']}\n      {nodes}"
            wide, room = self.page.evaluate(
                "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
            )
            if wide > room:
                yield f"{where} at {width}: scrolls sideways, {wide} > {room}: {self.widest()}"
        yield from (f"{where}: {line}" for line in self.complaints)

    def widest(self) -> str:
        """The elements that stick out, for the message."""
        return str(
            self.page.evaluate(
                """() => [...document.body.querySelectorAll("*")].filter(e => e.getBoundingClientRect().right >
                document.documentElement.clientWidth + 1).slice(-3).map(e => e.outerHTML.slice(0, 120))"""
            )
        )


def skeleton(html: str) -> str:
    """The parts of some HTML: who gets the same parts with other words need not be looked at once more."""
    parts = [(tag, PART.findall(rest)) for tag, rest in TAG.findall(html)]
    return hashlib.sha256(str(parts).encode()).hexdigest()


def windows(chromium: Browser, staged: Staged) -> dict[str, Look]:
    """A window for everybody of the scene, the anonymous visitor included."""
    opened = {}
    for persona in ["anonymous", *staged.data["sessions"]]:
        context = chromium.new_context(locale="vi-VN", reduced_motion="reduce")
        if key := staged.data["sessions"].get(persona):
            context.add_cookies([{"name": "sessionid", "value": key, "url": staged.portal.url}])
        opened[persona] = Look(context, staged.portal.url)
    return opened


@pytest.fixture(scope="module")
def light(chromium: Browser, scene_portal: Staged) -> dict[str, Look]:
    return windows(chromium, scene_portal)


def test_pages_have_no_faults_in_light(light: dict[str, Look], scene_portal: Staged) -> None:
    faults: list[str] = []
    titles: dict[str, set[str]] = defaultdict(set)
    seen: set[str] = set()
    cases: set[tuple[str, str]] = set()
    looked = 0
    for entry in scene_portal.data["pages"]:
        for persona in entry["seen_by"]:
            look = light[persona]
            where = f"{entry['name']} {entry['case']} as {persona} {entry['path']}"
            status, made_of = look.fetch(entry["path"])
            if status != 200:
                faults.append(f"{where}: status {status}")
            if status != 200 or made_of <= seen:
                continue
            look.open(entry["path"])
            titles[look.page.title()].add(entry["name"])
            # What another person sees more on a page is made of parts that were looked at when narrow.
            case = entry["name"], entry["case"]
            faults += look.faults(where, WIDTHS[:1] if case in cases else WIDTHS)
            cases.add(case)
            seen |= made_of
            looked += 1
    faults += [
        f"the title {title!r} names {names}"
        for title, names in titles.items()
        if not title or (len(names) > 1 and names != SAME_PAGE)
    ]
    assert looked >= len(scene_portal.data["pages"]), "every page is looked at by somebody"
    assert not faults, f"{len(faults)} faults on {looked} pages\n" + "\n".join(faults)


def test_pages_have_no_faults_in_dark(chromium: Browser, scene_portal: Staged) -> None:
    dark = windows(chromium, scene_portal)
    for look in dark.values():
        look.page.context.add_init_script("localStorage.setItem('theme', 'dark')")
    faults: list[str] = []
    chosen = [entry for entry in scene_portal.data["pages"] if entry["name"] in DARK and not entry["case"]]
    for entry in chosen:
        look = dark[entry["seen_by"][0]]
        look.open(entry["path"])
        assert look.page.locator("html").get_attribute("data-bs-theme") == "dark"
        faults += look.faults(f"{entry['name']} in dark", WIDTHS[:1])
    assert {entry["name"] for entry in chosen} == DARK
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("persona", "path", "status"),
    [("reporter", "/khong-co/", 404), ("reporter", "/dot/mo-moi/", 403), ("anonymous", "/khong-co/", 404)],
)
def test_error_pages_have_no_faults(light: dict[str, Look], persona: str, path: str, status: int) -> None:
    look = light[persona]
    found = look.open(path)
    if persona == "anonymous":
        assert found in (200, 404)  # an unknown address may ask for the login first
    else:
        assert found == status
    # The browser itself notes the status of the page in its console.
    look.complaints = [line for line in look.complaints if "Failed to load resource" not in line]
    assert not list(look.faults(path))


FOCUSED = """() => {
  const at = document.activeElement, shown = [at, at.closest(".editor"), ...(at.labels || [])].filter(Boolean);
  const box = at.getBoundingClientRect();
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  const ring = shown.map(e => getComputedStyle(e)).some(
    style => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== "none");
  return {
    what: at === document.body ? "" : `${at.tagName} ${at.name || at.innerText || at.ariaLabel || ""}`.slice(0, 60),
    tall: box.height > 300, ring, seen: !!top && (top === at || at.contains(top) || top.contains(at)) };
}"""


@pytest.mark.parametrize(
    ("persona", "name"), [("reporter", "reporting:section"), ("reviewer", "reporting:review")]
)
def test_what_the_keyboard_reaches_is_seen(
    light: dict[str, Look], scene_portal: Staged, persona: str, name: str
) -> None:
    """Every stop of Tab shows that it has the focus, and no bar at the edge of the window lies over it."""
    entries = [entry for entry in scene_portal.data["pages"] if entry["name"] == name]
    look = light[persona]
    page = look.page
    for entry in entries:
        look.open(entry["path"])
        page.set_viewport_size({"width": WIDTHS[0], "height": 620})
        if page.locator(".actionbar, form.decide").count():
            break
    page.locator("main a").first.focus()
    hidden, stops = [], set()
    for _press in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if not focused["what"]:
            break
        stops.add(focused["what"])
        if not focused["ring"] or not focused["seen"] and not focused["tall"]:
            hidden.append(focused)
    assert not hidden
    assert len(stops) > 12


def test_the_check_finds_a_fault(light: dict[str, Look], scene_portal: Staged) -> None:
    """axe is really run: an image without words is found."""
    look = light["reporter"]
    look.open("/viec/")
    look.page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    assert any("image-alt" in fault for fault in look.faults("here", WIDTHS[:1]))
