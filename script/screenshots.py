"""Takes the README's pictures: a portal with demo data in a temporary folder, people who sign in, pages as shown.

Run by `script/screenshots`.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.portal.running_portal import ROOT, embedded_environment, running_portal

OUT = ROOT / "docs/screenshots"
PLAN = ROOT / "tests/directives/papers/01_ministry_plan.txt"
SIZE = {"width": 1440, "height": 900}
PASSWORD_LINE = re.compile(r"mật khẩu chung: (\S+)")


@dataclass(frozen=True)
class Picture:
    """`role` is how the account is listed by `demo_accounts`; `walk` goes from the person's home to the page."""

    name: str
    role: str
    walk: Callable[[Page], None]


def _main_link(page: Page, name: str | re.Pattern[str]) -> None:
    page.get_by_role("main").get_by_role("link", name=name).first.click()


def _duties(page: Page) -> None:
    page.get_by_role("heading", level=1, name="Việc của đơn vị").wait_for()


def _section(page: Page) -> None:
    page.get_by_role("main").get_by_role("listitem").get_by_role("heading", level=3).get_by_role(
        "link"
    ).first.click()
    _main_link(page, "45-NQ/TW")


def _round(page: Page) -> None:
    page.get_by_role("heading", level=1).wait_for()


def _bench(page: Page) -> None:
    page.get_by_role("link", name=re.compile("Bàn tổng hợp")).first.click()
    _main_link(page, re.compile(r"^1\.1 "))


def _directive(page: Page) -> None:
    page.get_by_role("link", name=re.compile("Văn bản chỉ đạo")).first.click()
    page.get_by_role("main").get_by_role("link", name="45-NQ/TW").first.click()


def _report(page: Page) -> None:
    page.get_by_role("link", name=re.compile("Báo cáo của Bộ")).first.click()


def _reading(page: Page) -> None:
    page.get_by_role("link", name="Đọc văn bản mới").first.click()
    page.get_by_role("main").locator("textarea").first.fill(PLAN.read_text(encoding="utf-8"))
    page.locator("main form:has(textarea) button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"/van-ban/doc/[0-9]+/"))


def _letter(page: Page) -> None:
    page.get_by_role("link", name=re.compile("Nhắc việc")).first.click()
    page.get_by_role("button", name=re.compile("Soạn công văn đôn đốc")).first.click()
    page.get_by_role("heading", level=1).wait_for()


PICTURES = [
    Picture("tong-quan", "Văn phòng Bộ – chuyên viên tổng hợp", _round),
    Picture("ban-tong-hop", "Văn phòng Bộ – chuyên viên tổng hợp", _bench),
    Picture("van-ban", "Văn phòng Bộ – chuyên viên tổng hợp", _directive),
    Picture("bao-cao-cua-bo", "Văn phòng Bộ – lãnh đạo", _report),
    Picture("cong-van-don-doc", "Văn phòng Bộ – lãnh đạo", _letter),
    Picture("doc-van-ban", "Quản trị", _reading),
    Picture("viec-cua-don-vi", "– soạn", _duties),
    Picture("soan-muc", "– soạn", _section),
]


def demo_accounts(environment: dict[str, str]) -> tuple[str, list[tuple[str, str]]]:
    """The password, and (username, what the account does) of every demo account, as the command prints them."""
    said = _manage(environment, "demo_accounts")
    password = PASSWORD_LINE.search(said)
    if password is None:
        raise SystemExit(f"The demo data have no accounts:\n{said}")
    rows = [line.split(maxsplit=1) for line in said.splitlines() if line.startswith("  ")]
    return password[1], [(username, label) for username, label in rows]


def _manage(environment: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def sign_in(page: Page, url: str, username: str, password: str) -> None:
    """From the login form to the person's home."""
    page.goto(f"{url}/")
    page.get_by_label("Tên đăng nhập hoặc thư điện tử công vụ").fill(username)
    page.get_by_label("Mật khẩu", exact=True).fill(password)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_url(lambda address: "dang-nhap" not in address)


def take(browser: Browser, url: str, picture: Picture, username: str, password: str) -> Path:
    """One picture at 1440 × 900 in the light theme, without a blinking caret."""
    context = browser.new_context(viewport=SIZE, locale="vi-VN", reduced_motion="reduce")
    page = context.new_page()
    sign_in(page, url, username, password)
    picture.walk(page)
    page.wait_for_load_state("networkidle")
    kept = OUT / f"{picture.name}.png"
    page.screenshot(path=kept, caret="hide", animations="disabled")
    context.close()
    return kept


def main(wanted: list[str]) -> int:
    """Make the demo, start the portal and take every picture, or those named."""
    unknown = set(wanted) - {picture.name for picture in PICTURES}
    if unknown:
        print(f"No such picture: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 1
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="portal-pictures-") as folder:
        data_dir = Path(folder) / "var"
        data_dir.mkdir()
        environment = embedded_environment(data_dir)
        print("Making the demo data ...", flush=True)
        _manage(environment, "prepare")
        password, accounts = demo_accounts(environment)
        with running_portal(data_dir) as portal, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=os.environ["CHROMIUM"], args=["--no-sandbox"]
            )
            for picture in PICTURES:
                if wanted and picture.name not in wanted:
                    continue
                username = next(name for name, label in accounts if picture.role in label)
                print(take(browser, portal.url, picture, username, password).relative_to(ROOT), flush=True)
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
