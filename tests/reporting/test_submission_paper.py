import json
from datetime import date

import pytest

from reporting import reviewing, submission_paper
from reporting.deadlines import DateToKeep
from reporting.documents.content import Heading, Note, Para, Table
from reporting.documents.markup import receipt_lines
from tests.factories import at, submit


@pytest.fixture
def submission(world):
    return submit(world, "so-c")


def change(submission, **fields):
    """A copy whose stored content differs; never saved, as a submission is immutable."""
    submission.content = json.dumps(json.loads(submission.content) | fields)
    return submission


def test_the_form_is_the_units_own(submission):
    paper = submission_paper.paper(submission)
    assert (paper.issuing_body, paper.parent_body) == (
        "Sở Y tế thành phố Hải Phòng",
        "UBND THÀNH PHỐ HẢI PHÒNG",
    )
    assert (paper.place, paper.year, paper.draft) == ("Hải Phòng", 2025, False)
    assert paper.subject == "Kết quả thực hiện công tác khoa giáo năm 2025"
    assert (paper.signature.post, paper.signature.name) == ("GIÁM ĐỐC", "Lãnh đạo SYT Hải Phòng")
    assert paper.addressees == ("Bộ Y tế (Văn phòng Bộ)",)


def test_the_receipt_carries_code_time_and_hash(submission):
    receipt = submission_paper.paper(submission).receipt
    assert (receipt.code, receipt.sha256, receipt.received_at) == (
        submission.code,
        submission.sha256,
        submission.submitted_at,
    )


def test_it_prints_what_was_sent_and_nothing_newer(world, submission):
    before = submission_paper.paper(submission)
    world.assignment("so-c").answers.update(narrative="<p>khác</p>")
    assert submission_paper.paper(submission) == before
    assert sum(isinstance(b, Heading) for b in before.blocks) == 16 + len(["1", "6"])
    assert any(isinstance(b, Para) and "hai hội nghị quán triệt" in b.html for b in before.blocks)
    table = next(b for b in before.blocks if isinstance(b, Table))
    assert table.rows[2].cells == ("Tỷ lệ cán bộ, đảng viên được quán triệt", "%", "1,2")


def test_the_headings_of_the_outline_are_printed_once_each(submission):
    found = [b for b in submission_paper.paper(submission).blocks if isinstance(b, Heading)]
    assert [(h.level, h.number) for h in found] == [
        (1, "1."),
        *((2, f"1.{n}.") for n in range(1, 8)),
        *((1, f"{n}.") for n in (2, 3, 4, 5, 6)),
        *((2, f"6.{n}.") for n in range(1, 6)),
    ]
    assert found[0].text.startswith("Tham mưu, tổ chức thực hiện")


def test_content_of_the_first_format_is_still_printed(submission):
    content = json.loads(submission.content)
    assert content["format"] == 3
    old = [{k: v for k, v in section.items() if k != "path"} for section in content["sections"]]
    found = submission_paper.paper(change(submission, format=1, sections=old)).blocks
    numbers = [(b.level, b.number) for b in found if isinstance(b, Heading)]
    assert numbers == [(2, f"{section['number']}.") for section in old]


def test_an_extension_stands_in_the_record_on_the_receipt_and_on_paper(world, client):
    reviewing.extend(
        world.assignment("cuc-a"),
        until=DateToKeep("on_or_before", date(2025, 10, 26)),
        reason="Bão.",
        decision_number="15/VPB",
        actor=world.lead,
        now=at("2025-10-18 08:00"),
    )
    sent = submit(world, "cuc-a", "2025-10-25 10:00")
    extension = {
        "phrase": "chậm nhất ngày 26/10/2025",
        "due_at": "2025-10-27T00:00:00+07:00",
        "counts_on_time": True,
        "decision_number": "15/VPB",
    }
    content = json.loads(sent.content)
    assert (content["deadline"]["phrase"], content["extension"]) == ("trước ngày 20/10/2025", extension)
    terms = "nộp trong hạn này được tính đúng hạn (theo 15/VPB)"
    printed = receipt_lines(submission_paper.paper(sent))
    assert printed[3:5] == [
        "Thời hạn: trước ngày 20/10/2025",
        f"Gia hạn: chậm nhất ngày 26/10/2025, {terms}",
    ]
    client.force_login(world.reporters["cuc-a"])
    page = client.get(sent.get_absolute_url()).content.decode()
    assert "Gia hạn: chậm nhất ngày 26/10/2025" in page
    assert "ngày làm việc cuối: thứ Sáu 24/10; nộp trong hạn này được tính đúng hạn" in page
    assert "15/VPB" in page


def test_content_before_extensions_were_kept_is_still_printed(submission):
    content = json.loads(submission.content)
    assert content.pop("extension") is None
    submission.content = json.dumps(content | {"format": 2})
    assert submission_paper.paper(submission).receipt.dates == ("Thời hạn: trước ngày 30/10/2025",)


def test_a_heading_is_printed_again_under_another_one(submission):
    one, two = {"number": "A", "title": "Phần A"}, {"number": "B", "title": "Phần B"}
    same = {"number": "1", "title": "Kết quả"}
    section = json.loads(submission.content)["sections"][0]
    paths = [[one, same], [one, same], [two, same]]
    sections = [section | {"path": path, "number": str(n)} for n, path in enumerate(paths)]
    found = submission_paper.paper(change(submission, sections=sections)).blocks
    numbers = [b.number for b in found if isinstance(b, Heading)]
    assert numbers == ["A.", "1.", "0.", "1.", "B.", "1.", "2."]


@pytest.mark.parametrize(
    ("status", "reason", "text"),
    [
        ("nil", "", "Không phát sinh."),
        ("not_applicable", "Không có cơ sở", "Không thuộc phạm vi: Không có cơ sở."),
    ],
)
def test_a_silent_section_says_why(submission, status, reason, text):
    section = json.loads(submission.content)["sections"][1] | {
        "status": status,
        "reason": reason,
        "html": "",
        "figures": [],
    }
    paper = submission_paper.paper(change(submission, sections=[section]))
    assert paper.blocks[-1] == Note(text)


def test_reasons_replies_and_attachments_are_listed(submission):
    paper = submission_paper.paper(
        change(
            submission,
            warnings=[{"check": "short-2", "reason": "Không có việc"}],
            replies=[{"section": "2", "comment": "Nêu số", "reply": "Đã bổ sung"}],
            attachments=[{"name": "ban-ky.pdf", "sha256": "ab", "size": 3}],
        )
    )
    said = [b.text for b in paper.blocks if isinstance(b, Note)]
    assert said == [
        "Nội dung ngắn, mục 2: Không có việc",
        "Mục 2: “Nêu số” – Đã bổ sung",
        "ban-ky.pdf (SHA-256: ab)",
    ]


@pytest.mark.parametrize(
    ("authority", "printed", "post"),
    [("KT.", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), ("TL.", "TL. GIÁM ĐỐC", ""), ("", "", "GIÁM ĐỐC")],
)
def test_who_signs_for_whom(world, submission, authority, printed, post):
    if authority:
        submission.authority, submission.on_behalf_of = authority, world.lead
    signature = submission_paper.paper(submission).signature
    assert (signature.authority, signature.post, signature.name) == (printed, post, "Lãnh đạo SYT Hải Phòng")
