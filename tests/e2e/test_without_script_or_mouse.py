"""The unit's work with a browser that runs no scripts: fill a section, check, hand over, approve.

And the way of the real plan to its round with a keyboard alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import Staged
from tests.e2e.people import Hands, Visitor, visitor

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

PLAN = "000_77915cdc0bfcf3cf.txt"
MOST_DECISIONS = 12
"""Keys that decide something between the pasted text and the open round; Tab and arrows aside."""
WRITTEN = "Đoạn một, gõ chữ thường.\n\n- việc thứ nhất\n- việc thứ hai"


@pytest.fixture
def reporter(chromium: Browser, drafts_portal: Staged) -> Visitor:
    return enter(chromium, drafts_portal, "reporter")


def enter(chromium: Browser, staged: Staged, role: str) -> Visitor:
    """Sign in without scripts and open the unit's report by its link."""
    person = visitor(chromium, staged.portal.url, scripts=False)
    person.open("/viec/")
    person.sign_in(staged.data["users"][role])
    person.is_at("Việc của đơn vị")
    person.follow(staged.data["round"])
    return person


def test_a_unit_drafts_checks_approves_and_sends(
    chromium: Browser, drafts_portal: Staged, reporter: Visitor
) -> None:
    reporter.follow("45-NQ/TW", reporter.page.get_by_role("main"))
    reporter.write("Kết quả thực hiện", WRITTEN)
    reporter.write(re.compile("Lượt người tham gia"), "không số")
    reporter.press("Đánh dấu hoàn thành")
    reporter.is_told("Đã lưu phần hợp lệ, còn chỗ cần sửa")
    amount = reporter.page.get_by_label(re.compile("Lượt người tham gia"))
    expect(amount).to_have_value("không số")
    expect(amount).to_have_attribute("aria-invalid", "true")
    amount.fill("1.246")
    reporter.press("Đánh dấu hoàn thành")
    reporter.is_told(re.compile(r"Đã lưu mục 1\.1: hoàn thành"))
    reporter.follow("Kiểm tra trước khi nộp")
    expect(reporter.page.get_by_role("listitem").filter(has_text="việc thứ hai")).to_be_visible()
    reporter.press("Trình lãnh đạo duyệt")
    reporter.is_told(re.compile("Còn 1 điểm phải sửa hoặc nêu lý do"))
    assert reporter.give_reasons("Mục này chỉ có hai việc.") == 1
    reporter.press("Trình lãnh đạo duyệt")
    reporter.is_told("Đã trình lãnh đạo duyệt")
    reporter.leave()
    approver = enter(chromium, drafts_portal, "approver")
    approver.follow("Xem và duyệt")
    approver.press("Duyệt và nộp")
    approver.is_told("Báo cáo đã nộp.")
    approver.is_told("1.246")
    approver.leave()


def test_a_leader_sends_the_draft_back_with_a_note(chromium: Browser, drafts_portal: Staged) -> None:
    reporter = enter(chromium, drafts_portal, "neighbour")
    reporter.follow("Kiểm tra trước khi nộp")
    reporter.press("Trình lãnh đạo duyệt")
    reporter.leave()
    approver = enter(chromium, drafts_portal, "other_approver")
    approver.follow("Xem và duyệt")
    approver.write("Chuyển lại người soạn với lời nhắn", "Đề nghị xem lại số liệu.")
    approver.press("Chuyển lại người soạn")
    approver.is_told("Đã chuyển lại người soạn kèm lời nhắn.")
    approver.is_told(re.compile("Đề nghị xem lại số liệu"))
    approver.leave()


@pytest.mark.papers
def test_the_real_plan_is_pasted_confirmed_and_its_round_opened_by_keyboard(
    chromium: Browser, drafts_portal: Staged, papers_dir: Path
) -> None:
    admin = visitor(chromium, drafts_portal.portal.url)
    session = {"name": "sessionid", "value": drafts_portal.data["admin"], "url": admin.url}
    admin.context.add_cookies([session])  # type: ignore[list-item]
    admin.open("/van-ban/doc/")
    hands, page = Hands(admin.page), admin.page

    hands.reach("TEXTAREA")
    page.keyboard.insert_text((papers_dir / PLAN).read_text(encoding="utf-8"))
    hands.follow("^Đọc văn bản")
    hands.follow("đề xuất không cần quyết")
    while page.locator("[data-proposal] .btn[data-yes]").count():
        hands.choose(".is-active .btn[data-yes]")
        hands.press("y")
    hands.follow("^Ghi vào danh mục")
    hands.follow("^Mở đợt báo cáo")

    expect(page.get_by_label("Tên đợt")).to_have_value("Công tác khoa giáo năm 2025")
    phrases = [field.input_value() for field in page.get_by_label("Câu chữ trong văn bản").all()]
    assert phrases == ["trước ngày 20/10/2025"] * 2 + ["trước ngày 30/10/2025", "trước ngày 5/11/2025"]
    assert page.locator("input[name=sections]:checked").count() == 16
    hands.reach("^Tên đợt")
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("Đợt theo kế hoạch")  # the other tests find their round by its name
    hands.follow("^Lưu và kiểm tra")
    admin.is_at("Đợt theo kế hoạch")
    hands.follow("^Mở đợt cho")
    admin.is_told("Đã mở đợt: 4 đơn vị nhận nhiệm vụ báo cáo.")
    for phrase in ("trước ngày 20/10/2025", "trước ngày 30/10/2025", "trước ngày 5/11/2025"):
        expect(page.get_by_role("cell", name=phrase).first).to_be_visible()
    assert hands.decided <= MOST_DECISIONS
    admin.leave()
