"""Who is bound by a deadline, and groups that have none."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.plans import read_paper

HEAD = "SỞ MẪU\nSố: 9/{symbol}\nHà Nội, ngày 05 tháng 3 năm 2025\n\n{kind}\n\n"


def _read(body: str, kind: str = "KẾ HOẠCH", symbol: str = "KH-SM") -> list[tuple[list[str], str]]:
    paper = read_paper(HEAD.format(kind=kind, symbol=symbol) + body)
    return [
        (list(each.addressees), str(each.deadline.due or each.deadline.recurrence or "-"))
        for each in paper.obligations
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # the sentence asks somebody
        ("Đề nghị Vụ A gửi báo cáo trước ngày 20/10/2025.", [(["Vụ A"], "2025-10-20")]),
        # partners and receivers one after the other
        (
            "1. Sở A\n- Phối hợp với Sở B, Sở C rà soát, báo cáo trước ngày 20/10/2025.",
            [(["Sở A"], "2025-10-20")],
        ),
        (
            "III. TỔ CHỨC THỰC HIỆN\n1. Sở A\n- Hằng tháng tổng hợp báo cáo Sở B, Sở C trước ngày 28.",
            [(["Sở A"], "monthly:28")],
        ),
        # the last of an item's groups has a deadline of its own
        (
            "III. TỔ CHỨC THỰC HIỆN\n1. Sở A, Sở B theo dõi; Sở B báo cáo Bộ trước ngày 20/10/2025.",
            [(["Sở A"], "-"), (["Sở B"], "2025-10-20")],
        ),
        # what several are told is done by one day
        (
            "III. TỔ CHỨC THỰC HIỆN\n1. Vụ A: hướng dẫn; Vụ B: bố trí kinh phí, hoàn thành các nhiệm vụ trên trong năm 2025.",
            [(["Vụ A", "Vụ B"], "2025-12-31")],
        ),
        # what a cited paper asks
        (
            "Thực hiện Công văn số 15/BM-VP về báo cáo, trong đó yêu cầu Sở B báo cáo trước ngày 30/10/2025:\n"
            "1. Sở A gửi báo cáo trước ngày 20/10/2025.",
            [(["Sở A"], "2025-10-20")],
        ),
        # the names after a colon
        (
            "III. TỔ CHỨC THỰC HIỆN\n1. Chế độ báo cáo: Các sở, ngành, UBND các xã gửi báo cáo trước ngày 20/10/2025.",
            [(["Các sở, ngành", "UBND các xã"], "2025-10-20")],
        ),
        # what it is about, then who is told
        (
            "III. TỔ CHỨC THỰC HIỆN\n1. Đối với các bệnh viện tư nhân: Sở A đôn đốc, xong trước ngày 20/10/2025.",
            [(["Sở A"], "2025-10-20")],
        ),
        # whom a group is to ask
        (
            "1. Sở A\na) Yêu cầu các chủ đầu tư công khai giá, xong trước ngày 20/10/2025;\nb) Kiểm tra.",
            [(["Sở A"], "2025-10-20")],
        ),
        # the end of an item sums up
        (
            "1. Sở A rà soát; Kho bạc B đối chiếu số liệu; kết quả gửi Sở C trước ngày 20/10/2025.",
            [(["Sở A", "Kho bạc B"], "2025-10-20")],
        ),
        # a deadline in front
        ("Trước ngày 20/10/2025, các bệnh viện tỉnh gửi báo cáo.", [(["các bệnh viện tỉnh"], "2025-10-20")]),
        # the last clause has a subject of its own
        (
            "Vụ A gửi trước ngày 20/10/2025, các Sở Y tế gửi chậm nhất ngày 30/10/2025.",
            [(["Vụ A"], "2025-10-20"), (["các Sở Y tế"], "2025-10-30")],
        ),
        # a list of groups parted by semicolons
        (
            "III. TỔ CHỨC THỰC HIỆN\n1. UBND các xã, phường; các bệnh viện tỉnh: gửi báo cáo trước ngày 20/10/2025.",
            [(["UBND các xã, phường", "các bệnh viện tỉnh"], "2025-10-20")],
        ),
        # receivers and partners are not bound
        (
            "III. TỔ CHỨC THỰC HIỆN\n1. Vụ A phối hợp với Vụ B báo cáo Bộ Y tế trước ngày 20/10/2025.",
            [(["Vụ A"], "2025-10-20")],
        ),
        # the heading above
        ("III. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\n- Gửi báo cáo trước ngày 20/10/2025.", [(["Sở Y tế"], "2025-10-20")]),
        # a group inside another's item
        (
            "III. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\n- Các bệnh viện tỉnh báo cáo Sở trước ngày 20/10/2025.",
            [(["Các bệnh viện tỉnh"], "2025-10-20")],
        ),
        # who leads a task
        (
            "II. NHIỆM VỤ\n1. Rà soát\n- Đơn vị chủ trì: Vụ A.\n- Thời hạn: trước ngày 20/10/2025.",
            [(["Vụ A"], "2025-10-20")],
        ),
        ("II. NHIỆM VỤ\n1. Trình Chính phủ trong quý III/2025 (Cục B).", [(["Cục B"], "2025-09-30")]),
        # groups without a deadline
        (
            "III. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế theo dõi.\n2. Sở Tài chính\nBố trí kinh phí.",
            [(["Sở Y tế"], "-"), (["Sở Tài chính"], "-")],
        ),
        (
            "3. Phân công thực hiện:\n- Ban Giám hiệu: chỉ đạo.\n- Cha mẹ học sinh: phối hợp.",
            [(["Ban Giám hiệu"], "-"), (["Cha mẹ học sinh"], "-")],
        ),
        # what has happened or is hoped for binds nobody
        ("I. MỤC TIÊU\n1. Trước ngày 31/12/2025 hoàn thành 80% hồ sơ.", []),
    ],
)  # fmt: skip
def test_who_is_bound(body: str, expected: list[tuple[list[str], str]]) -> None:
    assert _read(body) == expected


def test_a_directive_assigns_without_a_part_of_that_name() -> None:
    body = "1. Sở Y tế thanh tra.\n2. Công an tỉnh tuần tra.\nGiao Sở Y tế theo dõi."
    assert _read(body, "CHỈ THỊ", "CT-UBND") == [(["Sở Y tế"], "-"), (["Công an tỉnh"], "-")]
    assert _read(body) == []


def test_sentences_inside_an_item_tell_groups() -> None:
    body = "1. Về cán bộ: Giao Vụ Pháp chế rà soát. Giao Cục Điện lực báo cáo trước ngày 01/12/2030.\n2. Công an tỉnh đã nỗ lực."
    assert _read(body, "THÔNG BÁO", "TB-VP") == [(["Vụ Pháp chế"], "-"), (["Cục Điện lực"], "2030-12-01")]


def test_who_carries_out_a_decision_gets_no_task() -> None:
    body = (
        "Điều 1. Ban hành.\nĐiều 2. Chánh Văn phòng, Vụ trưởng Vụ A chịu trách nhiệm thi hành Quyết định này."
    )
    assert _read(body, "QUYẾT ĐỊNH", "QĐ-SM") == []


LETTER = """SỞ MẪU
Số: 12/SM-VP
V/v báo cáo
Hà Nội, ngày 05 tháng 3 năm 2025

Kính gửi:
- Các phòng;
- Trung tâm Mẫu.

Để kịp tổng hợp, Sở đề nghị {who} gửi báo cáo {when}.
"""


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("quý đơn vị", ["Các phòng", "Trung tâm Mẫu"]),
        ("các đơn vị", ["Các phòng", "Trung tâm Mẫu"]),
        ("Trung tâm Mẫu", ["Trung tâm Mẫu"]),
    ],
)
def test_a_letter_binds_whom_it_greets(who: str, expected: list[str]) -> None:
    (duty,) = read_paper(LETTER.format(who=who, when="về Sở Mẫu trước ngày 20/3/2025")).obligations
    assert list(duty.addressees) == expected
    assert (duty.deadline.due, duty.receiver) == (date(2025, 3, 20), "Sở Mẫu")


def test_a_letter_assigns_paragraphs_below_a_heading() -> None:
    tasks = "\n1. Một số nhiệm vụ phục vụ tổng hợp\n\nVụ Mẫu duy trì phần mềm báo cáo.\n\nPhòng Hai {does} danh sách.\n"
    letter = LETTER.format(who="các đơn vị", when="trước ngày 20/3/2025")
    told = [
        {
            name
            for each in read_paper(letter + tasks.format(does=does)).obligations
            for name in each.addressees
        }
        for does in ("lập", "đã lập")
    ]
    assert [names - {"Các phòng", "Trung tâm Mẫu"} for names in told] == [{"Vụ Mẫu", "Phòng Hai"}, {"Vụ Mẫu"}]


def test_everybody_beside_single_groups_is_named_as_printed() -> None:
    body = (
        "Kính gửi:\n- Sở Y tế;\n- Công an tỉnh.\n\nTheo dự báo có mưa lớn, yêu cầu:\n\n1. Sở Y tế trực cấp cứu.\n"
        "2. Công an tỉnh tuần tra.\n3. Các cơ quan, đơn vị trực ban, báo cáo trước ngày 20/3/2025."
    )
    assert (["Các cơ quan, đơn vị"], "2025-03-20") in _read(body, "CÔNG ĐIỆN", "CĐ-UBND")


def test_a_vague_letter_binds_without_a_date() -> None:
    (duty,) = read_paper(LETTER.format(who="các đơn vị", when="theo yêu cầu")).obligations
    assert (list(duty.addressees), duty.deadline.due) == (["Các phòng", "Trung tâm Mẫu"], None)


@pytest.mark.parametrize(
    ("duty", "due"),
    [
        ("báo cáo về Bộ Mẫu (qua Văn phòng Bộ) trước 17h00 ngày 15/4/2025", "2025-04-15"),
        ("gửi kết quả về Bộ Mẫu trước ngày 15/4/2025", "2025-04-15"),
    ],
)
def test_a_dated_duty_stays_beside_a_repeating_one(duty: str, due: str) -> None:
    body = (
        "Thực hiện Kết luận số 149-KL/TW ngày 10/01/2025 của Bộ Chính trị, Bộ Mẫu đề nghị các Sở Y tế "
        f"{duty}. Các Sở Y tế báo cáo định kỳ trước ngày 25 hằng tháng."
    )
    assert _read(body) == [(["các Sở Y tế"], due), (["Các Sở Y tế"], "monthly:25")]


@pytest.mark.parametrize(
    "lead",
    [
        "Thực hiện Nghị quyết số 21-NQ/TW ngày 25/10/2017 của Bộ Chính trị về dân số, Văn phòng Bộ tổng hợp",
        "Để làm tốt việc này, Bộ đã ban hành Kế hoạch, Bộ Mẫu đề nghị Văn phòng Bộ tổng hợp",
    ],
)
def test_a_clause_after_a_cited_paper_asks_itself(lead: str) -> None:
    body = f"{lead} trước ngày 15/4/2025. Các Sở Y tế báo cáo trước ngày 25 hằng tháng."
    assert _read(body) == [(["Văn phòng Bộ"], "2025-04-15"), (["Các Sở Y tế"], "monthly:25")]


def test_a_receiver_ends_with_its_line() -> None:
    body = "Đề nghị Vụ A báo cáo gửi Ban Tuyên giáo Trung ương\ntrước ngày 20/10/2025."
    (duty,) = read_paper(HEAD.format(kind="KẾ HOẠCH", symbol="KH-SM") + body).obligations
    assert duty.receiver == "Ban Tuyên giáo Trung ương"


@given(st.text(alphabet="IV12a)-. \nSởVụKínhgửiĐơnvịchủtrì:trướcngày/5TỔCHỨCTHỰCHIỆN\t|", max_size=300))
def test_no_input_raises(text: str) -> None:
    for duty in read_paper(text).obligations:
        assert 0 <= duty.span[0] <= duty.span[1] <= len(text)
