"""A person at the portal, who finds things by their labels and roles."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Response, expect

from tests.factories import PASSWORD

SLOW = 20_000


@dataclass
class Visitor:
    """One browser window of one person. `complaints` holds what the console said: there must be nothing."""

    context: BrowserContext
    url: str
    complaints: list[str] = field(default_factory=list)
    page: Page = field(init=False)

    def __post_init__(self) -> None:
        self.page = self.context.new_page()
        self.page.set_default_timeout(SLOW)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))
        self.page.on("console", self._hear)

    def _hear(self, line: ConsoleMessage) -> None:
        # The browser notes a form that comes back with its errors (422) or a conflict (409) as an error.
        if line.type == "error" and not re.search("status of (409|422)", line.text):
            self.complaints.append(f"{self.page.url}: {line.text}")

    def open(self, path: str) -> Response | None:
        """Go to a path of the portal, or to a whole address."""
        return self.page.goto(path if path.startswith("http") else f"{self.url}{path}")

    def sign_in(self, username: str) -> None:
        """Fill the login form that is open."""
        self.page.get_by_label("Tên đăng nhập hoặc thư điện tử công vụ").fill(username)
        self.page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
        self.press("Đăng nhập")

    def press(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        (within or self.page).get_by_role("button", name=name).first.click()

    def follow(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        (within or self.page).get_by_role("link", name=name).first.click()

    def write(self, label: str | re.Pattern[str], text: str, within: Locator | None = None) -> None:
        (within or self.page).get_by_label(label).first.fill(text)

    def editor(self, label: str) -> Locator:
        """The rich text editor of that name; never the plain textarea that stands there until it is ready."""
        return self.page.locator(".editor-text").and_(self.page.get_by_role("textbox", name=label))

    def is_at(self, heading: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)

    def is_told(self, words: str | re.Pattern[str]) -> None:
        """A message, a notice or a status says it."""
        expect(self.page.get_by_text(words).first).to_be_visible()

    def give_reasons(self, reason: str) -> int:
        """On the page before sending: a reason for every warning; returns how many there were."""
        fields = self.page.get_by_role("region", name=re.compile("điểm cần xem lại")).get_by_label("Lý do")
        for field_ in fields.all():
            field_.fill(reason)
        return fields.count()

    def save_download(self, name: str | re.Pattern[str], folder: Path) -> Path:
        """Follow a link to a file; returns where it was kept."""
        with self.page.expect_download() as coming:
            self.follow(name)
        kept = folder / coming.value.suggested_filename
        coming.value.save_as(kept)
        return kept

    def leave(self) -> None:
        self.context.close()
        assert self.complaints == []


def visitor(browser: Browser, url: str, *, scripts: bool = True) -> Visitor:
    """A fresh window; without `scripts` the browser runs none."""
    context = browser.new_context(locale="vi-VN", java_script_enabled=scripts, reduced_motion="reduce")
    return Visitor(context, url)


_FOCUSED = """() => {
    const e = document.activeElement;
    return [(e.labels?.[0] ?? e).innerText || "", e.getAttribute("aria-label") || "", e.tagName].join("|");
}"""
"""Label, name and tag of what has the focus."""


class Hands:
    """Fingers on a keyboard: they find things by Tab, and count what they decide."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.decided = 0

    def reach(self, name: str, most: int = 250) -> None:
        """Tab to what is called that."""
        seen = []
        for _ in range(most):
            self.page.keyboard.press("Tab")
            seen.append(self.page.evaluate(_FOCUSED))
            if re.search(name, seen[-1]):
                return
        raise AssertionError(f"{name} is not reached by Tab: {seen}")

    def choose(self, selector: str, most: int = 40) -> None:
        """Move among the proposals until one of these is chosen: down, and from the end up again."""
        for key in ["ArrowDown"] * most + ["ArrowUp"] * most:
            if self.page.locator(selector).count():
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"no proposal {selector} is reached")

    def press(self, key: str = "Enter") -> None:
        """Decide something that leads to another page."""
        self.decided += 1
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def follow(self, name: str) -> None:
        self.reach(name)
        self.press()
