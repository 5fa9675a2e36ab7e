import json

import pytest

from reporting import submission_paper
from reporting.documents.content import Heading, Note, Para, Table
from tests.factories import submit


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
    assert sum(isinstance(b, Heading) for b in before.blocks) == 16
    assert any(isinstance(b, Para) and "hai hội nghị quán triệt" in b.html for b in before.blocks)
    table = next(b for b in before.blocks if isinstance(b, Table))
    assert table.rows[2].cells == ("Tỷ lệ cán bộ, đảng viên được quán triệt", "%", "1,2")


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
    assert paper.blocks[1] == Note(text)


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
