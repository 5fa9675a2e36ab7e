"""The portal's whole main job in a real browser, with the real worker and scheduler and a real mail server:

plan → open → remind → draft → approve → return → resubmit → accept → consolidate → approve → issue → PDF.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
from playwright.sync_api import Browser, Locator, expect

from directives.deadlines import Boundary, format_phrase
from tests.e2e.conftest import Staged, staging
from tests.e2e.people import Visitor, visitor

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

VN = ZoneInfo("Asia/Ho_Chi_Minh")
WRITTEN = "Cục đã ban hành Kế hoạch số 15/KH-YDCT và tổ chức hai hội nghị quán triệt trong quý II."
BETTER = "Cục đã ban hành Kế hoạch số 15/KH-YDCT ngày 12/3 và tổ chức hai hội nghị với 246 lượt người dự."
OFFICE_WORDS = "Bộ Y tế đã chỉ đạo các đơn vị thực hiện nghiêm túc và kiểm tra thường xuyên."
FIGURES = {
    "Hội nghị quán triệt": "2",
    "Lượt người tham gia": "1.246",
    "Tỷ lệ cán bộ": "98,5",
    "Văn bản ban hành": "3",
}


def shown(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def text_of(pdf: Path) -> str:
    """All text of a PDF, white space as single spaces."""
    with pypdfium2.PdfDocument(pdf) as document:
        raw = " ".join(page.get_textpage().get_text_range() for page in document)
    return " ".join(raw.replace("￾", "").split())


def link_in(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    found = re.search(r"http://127\.0\.0\.1:\d+\S+", body.get_content())
    assert found, body.get_content()
    return found[0]


def addressed(address: str, *words: str) -> Callable[[EmailMessage], bool]:
    """A mail to the address whose subject or text holds all the words."""

    def fits(message: EmailMessage) -> bool:
        body = message.get_body(("plain",))
        text = f"{message['Subject']} {body.get_content() if body else ''}"
        return message["To"] == address and all(word in text for word in words)

    return fits


def test_from_the_plan_to_the_ministrys_report(
    chromium: Browser, ministry_portal: Staged, tmp_path: Path
) -> None:
    journey = Journey(chromium, ministry_portal, tmp_path)
    journey.the_admin_opens_the_round_of_the_plan()
    link = journey.the_unit_is_reminded_by_mail()
    journey.the_reporter_drafts_and_asks_for_approval(link)
    journey.the_approver_sends_it_and_gets_a_receipt()
    journey.the_reviewer_returns_it_with_a_comment()
    journey.the_unit_answers_and_sends_again()
    journey.the_reviewer_accepts()
    journey.the_unit_was_told_by_mail_of_the_return()
    journey.the_office_consolidates()
    journey.the_lead_clears_and_the_signature_is_recorded()
    journey.the_registry_issues_and_everybody_finds_the_pdf()


class Journey:
    """The steps in their order; each signs its own person in."""

    def __init__(self, browser: Browser, staged: Staged, folder: Path) -> None:
        self.browser, self.staged, self.folder = browser, staged, folder
        self.today = staged.today
        self.due = self.today + timedelta(days=16)
        self.phrase = format_phrase(Boundary.BEFORE, self.due)
        self.dispatch = self.due + timedelta(days=16)
        self.code = f"khoa-giao-{self.today.year}"
        self.name = f"Công tác khoa giáo năm {self.today.year}"
        self.receipt = ""

    def enter(self, role: str, path: str = "/") -> Visitor:
        person = visitor(self.browser, self.staged.portal.url)
        person.open(path)
        person.sign_in(self.staged.data["users"][role])
        return person

    def the_admin_opens_the_round_of_the_plan(self) -> None:
        admin = self.enter("admin", "/dot/")
        admin.follow("Mở đợt mới")
        admin.page.get_by_role("combobox", name="Lấy nhóm và ngày từ kế hoạch").select_option(
            str(self.staged.data["plan"])
        )
        admin.press("Điền từ kế hoạch")
        for label, value in {
            "Tên đợt": self.name,
            "Mã đợt": self.code,
            "Năm": str(self.today.year),
            "Kỳ báo cáo từ": f"01/01/{self.today.year}",
            "Kỳ báo cáo đến": f"31/12/{self.today.year}",
        }.items():
            admin.page.get_by_label(label, exact=True).fill(value)
        for group in ("Các đơn vị thuộc Bộ", "Các đơn vị trực thuộc Bộ", "Sở Y tế các tỉnh, thành phố"):
            fields = admin.page.get_by_role("group", name=group)
            fields.get_by_label("Phải báo cáo").check()
            self.enter_date(admin, fields, self.due)
        self.enter_date(admin, admin.page.get_by_role("region", name="Bộ gửi báo cáo"), self.dispatch)
        admin.press("Lưu và kiểm tra")
        admin.is_told(self.phrase)
        admin.press(re.compile(r"Mở đợt cho \d+ đơn vị"))
        admin.is_told(re.compile(r"Đã mở đợt: \d+ đơn vị nhận nhiệm vụ báo cáo"))
        admin.leave()

    def enter_date(self, admin: Visitor, fields: Locator, day: date) -> None:
        admin.write("Ngày in", shown(day), fields)
        fields.get_by_label("Cách tính hạn").select_option("before")
        admin.write(re.compile("Câu chữ trong văn bản"), "", fields)

    def the_unit_is_reminded_by_mail(self) -> str:
        """Weeks pass (the ledger is moved back); the next tick of the scheduler sends what fell due meanwhile."""
        address = self.staged.data["emails"]["reporter"]
        staging(self.staged.environment, "days-pass", self.code, "30")
        mail = self.staged.mailbox.wait_for(addressed(address, self.phrase))
        assert mail["Message-ID"].startswith("<notice-")
        other = self.staged.data["emails"]["approver"]
        assert not any(addressed(other, self.phrase)(message) for message in self.staged.mailbox.messages)
        return link_in(mail)

    def the_reporter_drafts_and_asks_for_approval(self, link: str) -> None:
        reporter = visitor(self.browser, self.staged.portal.url)
        reporter.open(link)
        reporter.sign_in(self.staged.data["users"]["reporter"])
        assert reporter.page.url.split("?")[0] == link.split("?")[0], (
            "the link of the mail survives the login"
        )
        reporter.is_at(self.name)
        self.first_section(reporter)
        self.second_section_saves_itself(reporter)
        self.the_other_sections_have_nothing_to_say(reporter)
        reporter.follow("Kiểm tra trước khi nộp")
        reporter.press("Trình lãnh đạo duyệt")
        reporter.is_told(re.compile("phải sửa hoặc nêu lý do"))
        assert reporter.give_reasons("Năm nay đơn vị tổ chức theo hình thức khác.") > 0
        reporter.press("Trình lãnh đạo duyệt")
        reporter.is_told("Đã trình lãnh đạo duyệt")
        reporter.leave()

    def first_section(self, reporter: Visitor) -> None:
        reporter.follow("45-NQ/TW", reporter.page.get_by_role("main"))
        for label, amount in FIGURES.items():
            reporter.write(re.compile(label), amount)
        reporter.editor("Kết quả thực hiện").fill(WRITTEN)
        reporter.press("Đánh dấu hoàn thành")
        reporter.is_told(re.compile(r"Đã lưu mục 1\.1: hoàn thành"))

    def second_section_saves_itself(self, reporter: Visitor) -> None:
        reporter.follow("20-NQ/TW", reporter.page.get_by_role("main"))
        text = reporter.editor("Kết quả thực hiện")
        text.click()
        reporter.page.keyboard.type("Nội dung tự lưu của mục này, chưa bấm nút nào.")
        expect(
            reporter.page.get_by_role("status").filter(has_text=re.compile(r"Đã lưu lúc \d\d:\d\d"))
        ).to_be_visible()
        reporter.page.reload()
        expect(reporter.editor("Kết quả thực hiện")).to_contain_text("Nội dung tự lưu")
        reporter.press("Đánh dấu hoàn thành")

    def the_other_sections_have_nothing_to_say(self, reporter: Visitor) -> None:
        """Every section still "Chưa bắt đầu" is marked as having nothing to report."""
        left = reporter.page.get_by_role("listitem").filter(has_text="Chưa ai soạn")
        expect(left.first).to_be_visible()
        for _section in range(left.count()):
            left.first.get_by_role("link").click()
            reporter.page.get_by_label("Không phát sinh").check()
            reporter.press("Đánh dấu hoàn thành")
            reporter.is_told(re.compile("Đã lưu mục .*: hoàn thành"))
        expect(left).to_have_count(0)

    def the_approver_sends_it_and_gets_a_receipt(self) -> None:
        approver = self.enter("approver")
        approver.follow(re.compile(rf"duyệt.*{re.escape(self.name)}", re.IGNORECASE))
        approver.press("Duyệt và nộp")
        approver.is_told("Báo cáo đã nộp.")
        self.receipt = approver.page.url
        expect(approver.page.get_by_text(re.compile(r"^[0-9a-f]{64}$"))).to_be_visible()
        approver.is_told("Nội dung lưu giữ khớp với mã băm.")
        approver.follow(re.compile("đang được dựng"))
        printed = approver.page.get_by_role("link", name=re.compile("Tải bản nộp"))
        expect(printed).to_be_visible(timeout=90_000)  # the worker prints
        sent = text_of(approver.save_download(re.compile("Tải bản nộp"), self.folder))
        assert WRITTEN in sent
        assert "1.246" in sent
        approver.leave()

    def the_reviewer_returns_it_with_a_comment(self) -> None:
        reviewer = self.enter("reviewer", f"/dot/{self.code}/tiep-nhan/")
        reviewer.follow(self.staged.data["unit"])
        first = reviewer.page.get_by_text("Thêm ý kiến").first
        first.click()
        reviewer.write(re.compile("Ý kiến về đoạn 1 mục 1.1"), "Đề nghị nêu rõ ngày ban hành và số người dự.")
        reviewer.press("Ghi ý kiến")
        reviewer.page.get_by_label("Trả lại bổ sung").check()
        reviewer.write("Bổ sung chậm nhất ngày", shown(self.today + timedelta(days=7)))
        reviewer.write(re.compile("Lời nhắn"), "Đề nghị bổ sung mục 1.1.")
        reviewer.press("Ghi quyết định")
        reviewer.is_told(re.compile("Đã trả lại báo cáo"))
        reviewer.leave()

    def the_unit_was_told_by_mail_of_the_return(self) -> None:
        """Asked only after the work that follows: the message goes out with a tick of the scheduler."""
        self.staged.mailbox.wait_for(addressed(self.staged.data["emails"]["reporter"], "trả lại"))

    def the_unit_answers_and_sends_again(self) -> None:
        reporter = self.enter("reporter", "/viec/")
        reporter.follow(self.name)
        reporter.write("Câu trả lời của đơn vị", "Đã bổ sung ngày ban hành và số người dự.")
        reporter.press("Lưu câu trả lời")
        reporter.is_told(re.compile("Đã lưu câu trả lời"))
        reporter.follow("45-NQ/TW", reporter.page.get_by_role("main"))
        reporter.editor("Kết quả thực hiện").fill(BETTER)
        reporter.press("Đánh dấu hoàn thành")
        reporter.follow("Kiểm tra trước khi nộp")
        reporter.is_told("Thay đổi so với lần nộp trước")
        reporter.give_reasons("Năm nay đơn vị tổ chức theo hình thức khác.")
        reporter.press("Trình lãnh đạo duyệt")
        reporter.is_told("Đã trình lãnh đạo duyệt")
        reporter.leave()
        approver = self.enter("approver", "/viec/")
        approver.follow(re.compile(rf"duyệt.*{re.escape(self.name)}", re.IGNORECASE))
        approver.press("Duyệt và nộp")
        approver.is_told("Báo cáo đã nộp.")
        approver.leave()

    def the_reviewer_accepts(self) -> None:
        reviewer = self.enter("reviewer", f"/dot/{self.code}/tiep-nhan/")
        reviewer.follow(self.staged.data["unit"])
        reviewer.is_told("Thay đổi so với bản nộp trước")
        reviewer.is_told("Đã bổ sung ngày ban hành và số người dự.")
        reviewer.page.get_by_label("Tiếp nhận", exact=True).check()
        reviewer.press("Ghi quyết định")
        reviewer.is_told(re.compile("Đã tiếp nhận báo cáo"))
        reviewer.leave()

    def the_office_consolidates(self) -> None:
        reviewer = self.enter("reviewer", f"/dot/{self.code}/tong-hop/")
        reviewer.press("Lập báo cáo của Bộ")
        reviewer.is_told("Đã lập báo cáo của Bộ.")
        reviewer.follow(re.compile(r"^1\.1 "))
        reviewer.press(re.compile("^Lấy vào"))
        reviewer.is_told(re.compile("Đã lấy đoạn của"))
        reviewer.press(re.compile("Viết thành câu"))
        reviewer.follow("Thêm đoạn")
        reviewer.write("Đoạn mới, Văn phòng Bộ tự viết", OFFICE_WORDS)
        reviewer.press("Thêm")
        reviewer.is_told("Đã thêm đoạn.")
        reviewer.follow("Xem bản in")
        sheet = reviewer.page.get_by_role("group", name="Trang in")
        for words in (BETTER, OFFICE_WORDS, "1.246", "DỰ THẢO", "Số liệu đến"):
            expect(sheet).to_contain_text(words)
        reviewer.press("Dựng bản in")
        expect(reviewer.page.get_by_text("Đã xong")).to_be_visible(timeout=90_000)  # the worker prints
        draft = text_of(reviewer.save_download(re.compile(r"\.pdf$"), self.folder))
        assert BETTER in draft
        reviewer.leave()

    def the_lead_clears_and_the_signature_is_recorded(self) -> None:
        lead = self.enter("lead", f"/dot/{self.code}/bao-cao/")
        lead.press("Trình ký")
        lead.is_told(re.compile("Đã trình ký"))
        lead.follow("Ghi nhận đã ký")
        lead.page.get_by_label("Quyền hạn, chức vụ").select_option("KT. BỘ TRƯỞNG / THỨ TRƯỞNG")
        lead.write("Họ và tên người ký", "Nguyễn Văn Ký")
        lead.press("Ghi nhận đã ký")
        lead.is_told(re.compile("Đã ghi nhận Nguyễn Văn Ký ký"))
        lead.leave()

    def the_registry_issues_and_everybody_finds_the_pdf(self) -> None:
        registry = self.enter("registry", f"/dot/{self.code}/bao-cao/")
        registry.follow("Phát hành")
        registry.write("Số văn bản", "1286")
        registry.write("Ngày ban hành", shown(self.today))
        registry.press("Phát hành")
        expect(registry.page.get_by_text("Đã phát hành Báo cáo số 1286")).to_be_visible(timeout=90_000)
        issued = text_of(registry.save_download(re.compile("PDF"), self.folder))
        place_and_date = (
            f"Hà Nội, ngày {self.today.day:02d} tháng {self.today.month:02d} năm {self.today.year}"
        )
        for words in ("1286/BC-BYT", place_and_date, "KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", "Nguyễn Văn Ký", BETTER):
            assert words in issued, words
        registry.leave()
        unit = self.enter("approver", self.receipt)
        unit.follow(re.compile("phiếu"), unit.page.get_by_role("main"))
        unit.is_told("Đã dùng trong báo cáo của Bộ")
        unit.is_told(re.compile(re.escape(BETTER[:40])))
        unit.leave()
