"""The unit's work with a browser that runs no scripts: fill a section, check, hand over, approve."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import Staged
from tests.e2e.people import Visitor, visitor

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

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
