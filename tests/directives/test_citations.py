"""Citations found in running text: every way papers print them, and what only looks like one."""

import csv
import time
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.citations import Citation, find_citations

SHARED = Path(__file__).resolve().parents[3] / "shared"


def _brief(citations: list[Citation]) -> list[str]:
    return [f"{each.kind} {each.code} {each.issued_on or '-'}" for each in citations]


CASES: list[tuple[str, list[str]]] = [
    (
        "Căn cứ Nghị định số 42/2025/NĐ-CP ngày 27 tháng 02 năm 2025 của Chính phủ quy định chức năng",
        ["NĐ 42/2025/NĐ-CP 2025-02-27"],
    ),
    (
        "Thực hiện Công văn số 5566/VPCP-KGVX ngày 12/6/2025 của Văn phòng Chính phủ về việc báo cáo",
        ["CV 5566/VPCP-KGVX 2025-06-12"],
    ),
    ("Luật Khám bệnh, chữa bệnh số 15/2023/QH15 ngày 09 tháng 01 năm 2023", ["Luật 15/2023/QH15 2023-01-09"]),
    ("Nghị quyết số 98/2023/QH15 của Quốc hội", ["NQ 98/2023/QH15 -"]),
    (
        "các Nghị quyết số 18-NQ/TW và 19-NQ/TW ngày 25/10/2017 của Hội nghị lần thứ sáu",
        ["NQ 18-NQ/TW 2017-10-25", "NQ 19-NQ/TW 2017-10-25"],
    ),
    ("Nghị quyết số 18, 19-NQ/TW ngày 25/10/2017", ["NQ 18-NQ/TW 2017-10-25", "NQ 19-NQ/TW 2017-10-25"]),
    (
        "Quyết định số 1624/QĐ-TTg ngày 14/12/2023, Quyết định số 89/QĐ-TTg ngày 23/01/2024 của Thủ tướng Chính phủ",
        ["QĐ 1624/QĐ-TTg 2023-12-14", "QĐ 89/QĐ-TTg 2024-01-23"],
    ),
    ("theo Kế hoạch số 12-KH/TU trước ngày 20/10/2025", ["KH 12-KH/TU -"]),
    (
        "Nghị quyết Đại hội XIII của Đảng, khoản 2 Điều 5 Luật Dược năm 2016, điện thoại 024.62732273, kinh phí 15.000.000 đồng",
        [],
    ),
    (
        "Mẫu số 02/BC-BYT ban hành kèm theo Thông tư số 37/2019/TT-BYT ngày 30/12/2019",
        ["TT 37/2019/TT-BYT 2019-12-30"],
    ),
    ("Thông báo kết luận số 15-TB/TW ngày 5-3-2024", ["TB 15-TB/TW 2024-03-05"]),
    ("Công văn ngày 26/5/2020 số 12/BTP-VP của Bộ Tư pháp", ["CV 12/BTP-VP 2020-05-26"]),
    (
        "Nghị quyết số 45-NQ/TW của Ban Chấp hành Trung ương khóa XIII ngày 24/11/2023 về xây dựng",
        ["NQ 45-NQ/TW 2023-11-24"],
    ),
    (
        "NGHỊ QUYẾT SỐ 45-NQ/TW NGÀY 24 THÁNG 11 NĂM 2023 CỦA BAN CHẤP HÀNH TRUNG ƯƠNG",
        ["NQ 45-NQ/TW 2023-11-24"],
    ),
    (
        "Chỉ thị 25-CT/TW (ngày 25/10/2023) và Chỉ thị 28-CT/TW (25/12/2023)",
        ["CT 25-CT/TW 2023-10-25", "CT 28-CT/TW 2023-12-25"],
    ),
    ("Căn cứ Luật Tổ chức chính quyền địa phương ngày 16/6/2025;", []),
    (
        "Quyết định số 288/QĐ-BYT; Quyết định số 289/QĐ-BYT ngày 01/02/2024",
        ["QĐ 288/QĐ-BYT -", "QĐ 289/QĐ-BYT 2024-02-01"],
    ),
    ("Kết luận số 45 NQ/TW", ["KL 45-KL/TW -"]),
    ("Nghị quyết 45 NQ/TW ngày 24/11/2023", ["NQ 45-NQ/TW 2023-11-24"]),
    (
        "Tờ trình số 155/TTr-SYT ngày 2/3/2024; Báo cáo thẩm định số 77/BC-STP ngày 1/3/2024 của Sở Tư pháp",
        ["TTr 155/TTr-SYT 2024-03-02", "BC 77/BC-STP 2024-03-01"],
    ),
    ("Chương trình hành động số 50-CTr/TU, ngày 10/01/2018", ["CTr 50-CTr/TU 2018-01-10"]),
    (
        "Ngày 15/7/2024, Thủ tướng Chính phủ đã ký ban hành Chỉ thị số 20/CT-TTg về",
        ["CT 20/CT-TTg 2024-07-15"],
    ),
    ("Huyết áp 120/80 mmHg; tỷ lệ 12/BV; đạt 5/7 chỉ tiêu; HIV/AIDS", []),
    ("Quy chuẩn QCVN 01:2018/BYT", []),
    ("Thông tư liên tịch số 08/2015/TTLT-BYT-BNV ngày 27/5/2015", ["TTLT 08/2015/TTLT-BYT-BNV 2015-05-27"]),
    ("Lưu: VT, VPB9. Số nhà 138A Giảng Võ", []),
    ("Công điện số 1103/CĐ-TTg ngày 23/10/2024", ["CĐ 1103/CĐ-TTg 2024-10-23"]),
    ("văn bản số 1234/SGDĐT-VP ngày 5/6/2024", ["CV 1234/SGDĐT-VP 2024-06-05"]),
    (
        "các văn bản: số 5501/BYT-KCB ngày 02/8/2024, số 5601/BYT-DP ngày 9/8/2024",
        ["CV 5501/BYT-KCB 2024-08-02", "CV 5601/BYT-DP 2024-08-09"],
    ),
    ("Quyết định số 4858/QĐ-BYT ngày 31/02/2013", ["QĐ 4858/QĐ-BYT -"]),
    ("Pháp lệnh số 02/2022/UBTVQH15 ngày 18/8/2022", ["PL 02/2022/UBTVQH15 2022-08-18"]),
    (
        "Nghị quyết số 1211/2016/UBTVQH13 ngày 25 tháng 5 năm 2016 của Ủy ban Thường vụ Quốc hội",
        ["NQ 1211/2016/UBTVQH13 2016-05-25"],
    ),
    (
        "Luật sửa đổi, bổ sung một số điều của Luật Bảo hiểm y tế số 51/2024/QH15 ngày 27/11/2024",
        ["Luật 51/2024/QH15 2024-11-27"],
    ),
    ("Căn cứ Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15", ["Luật 64/2025/QH15 -"]),
    (
        "Kế hoạch số 45/KH-UBND ngày 3/4/2025 của UBND tỉnh; thực hiện Kế hoạch số 45/KH-UBND",
        ["KH 45/KH-UBND 2025-04-03"],
    ),
    (
        "Nghị quyết số 20-NQ/TW ngày 01/11/2012 và Nghị quyết số 20-NQ/TW ngày 25/10/2017",
        ["NQ 20-NQ/TW 2012-11-01", "NQ 20-NQ/TW 2017-10-25"],
    ),
    ("Hướng dẫn số 36- HD/ VPTW , ngày 03 / 4 / 2018", ["HD 36-HD/VPTW 2018-04-03"]),
    ("Quy định số 08-QĐi/TW ngày 25/10/2018", ["QĐi 08-QĐi/TW 2018-10-25"]),
    ("Nghị định số 63/CP ngày 24/10/1996", ["NĐ 63/CP 1996-10-24"]),
    ("Nghị định 63-CP ngày 24/10/1996", ["NĐ 63-CP 1996-10-24"]),
    (
        "QĐ số 1624/QĐ-TTg; NĐ 30/2020/NĐ-CP; CV 123/BYT-KCB",
        ["QĐ 1624/QĐ-TTg -", "NĐ 30/2020/NĐ-CP -", "CV 123/BYT-KCB -"],
    ),
    ("(theo Công văn số 12/BYT-KCB ngày 15/9/2025) trước ngày 20/10/2025", ["CV 12/BYT-KCB 2025-09-15"]),
    ("Kế hoạch số 12/KH-BYT\n- UBND các tỉnh, thành phố", ["KH 12/KH-BYT -"]),
    ("Chương trình phối hợp số 04-CTr/BTGTW-BYT", ["CTr 04-CTr/BTGTW-BYT -"]),
    ("Kế hoạch phối hợp liên ngành số 15/KHPH-BYT-BGDĐT ngày 9/9/2024", ["KH 15/KHPH-BYT-BGDĐT 2024-09-09"]),
    ("Báo cáo số 499/BC-UBND của Ủy ban nhân dân tỉnh, ngày 14/6/2024", ["BC 499/BC-UBND 2024-06-14"]),
    (
        "Thông báo số 12/TB-VPCP ngày 10/01/2025 của Văn phòng Chính phủ thông báo kết luận của Phó Thủ tướng",
        ["TB 12/TB-VPCP 2025-01-10"],
    ),
    (
        "Nghị quyết số 57-NQ/TW ngày 22/12/2024, Nghị quyết số 59-NQ/TW ngày 24/01/2025, Nghị quyết số 66-NQ/TW ngày 30/4/2025, Nghị quyết số 68-NQ/TW ngày 04/5/2025",
        [
            "NQ 57-NQ/TW 2024-12-22",
            "NQ 59-NQ/TW 2025-01-24",
            "NQ 66-NQ/TW 2025-04-30",
            "NQ 68-NQ/TW 2025-05-04",
        ],
    ),
    (
        "Căn cứ Điều lệ Đảng, Quy định số 24-QĐ/TW, ngày 30/7/2021 của Ban Chấp hành Trung ương",
        ["QĐ 24-QĐ/TW 2021-07-30"],
    ),
    ("số 15/KP2, phường 3; tổ 12/KP3", []),
    ("Giấy phép hoạt động số 123/BYT-GPHĐ; hợp đồng số 12/HĐKT-BV", []),
    (
        "theo Quyết định số 1234/QĐ-UBND ngày 5/3/2024 và Công văn số 567/SYT-NVY ngày 6/3/2024 của Sở Y tế, đề nghị báo cáo trước ngày 15/3/2024",
        ["QĐ 1234/QĐ-UBND 2024-03-05", "CV 567/SYT-NVY 2024-03-06"],
    ),
    ("Nghị quyết số 08 -\nNQ/TU", ["NQ 08-NQ/TU -"]),
    ("Chỉ thị số\n 25-CT/TW ngày\n 25/10/2023", ["CT 25-CT/TW 2023-10-25"]),
    ("Quyết định số 922 /QĐ-UBND", ["QĐ 922/QĐ-UBND -"]),
    ("Nghị quyết của Chính phủ số 01/NQ-CP ngày 05/01/2024", ["NQ 01/NQ-CP 2024-01-05"]),
    (
        "Nghị quyết số 29-NQ/TW, Kết luận số 91-KL/TW cùng ngày 12/8/2024",
        ["NQ 29-NQ/TW 2024-08-12", "KL 91-KL/TW 2024-08-12"],
    ),
    (
        "Nghị quyết số 05/2020/NQ-HĐND ngày 10/7/2020 của Hội đồng nhân dân tỉnh",
        ["NQ 05/2020/NQ-HĐND 2020-07-10"],
    ),
    ("Thông tư số 12/2022/TT - BYT", ["TT 12/2022/TT-BYT -"]),
    ("theo công văn số 3457/BHXH – CSYT ngày 1/10/2024", ["CV 3457/BHXH-CSYT 2024-10-01"]),
    ("Công văn số 1234/ BYT- KCB", ["CV 1234/BYT-KCB -"]),
    ("Công văn số: 1234-CV/BTGTW ngày 11/3/2024", ["CV 1234-CV/BTGTW 2024-03-11"]),
    (
        "Kết luận 14-KL/TW ngày 22-9-2021 của Bộ Chính trị; Thông tri số 03-TT/TW",
        ["KL 14-KL/TW 2021-09-22", "TT 03-TT/TW -"],
    ),
    (
        "Quyết định số 13-QĐ/ĐU ngày 01/6/2025 của Ban Thường vụ Đảng ủy; Kế hoạch 05-KH/ĐUCP",
        ["QĐ 13-QĐ/ĐU 2025-06-01", "KH 05-KH/ĐUCP -"],
    ),
    ("Chỉ thị số 25-CT/TW của Ban Bí thư được ban hành ngày 25/10/2023", ["CT 25-CT/TW 2023-10-25"]),
    ("Công văn của Bộ Nội vụ số 777/BNV-CCVC ngày 14/2/2025", ["CV 777/BNV-CCVC 2025-02-14"]),
    ("Bộ Y tế có Công văn số 777/BYT-TCCB ngày 14/2/2025 gửi các đơn vị", ["CV 777/BYT-TCCB 2025-02-14"]),
    ("Ngày 14/2/2025, Bộ Y tế có Công văn số 777/BYT-TCCB gửi các đơn vị", ["CV 777/BYT-TCCB 2025-02-14"]),
    ("Nghị quyết liên tịch số 01/2022/NQLT-CP-UBTWMTTQVN", ["NQLT 01/2022/NQLT-CP-UBTWMTTQVN -"]),
    ("Văn bản hợp nhất số 15/VBHN-BYT ngày 1/9/2023", ["VBHN 15/VBHN-BYT 2023-09-01"]),
    ("Bộ luật Lao động số 45/2019/QH14 ngày 20/11/2019", ["Luật 45/2019/QH14 2019-11-20"]),
    (
        "Kế hoạch số 324-KH/TU ngày 29/12/2023; trên cơ sở Kế hoạch số 324-KH/TU (sau đây gọi là Kế hoạch 324)",
        ["KH 324-KH/TU 2023-12-29"],
    ),
    ("Nghị quyết số 28 - NQ/TW (khóa XII) ngày 25/10/2017", ["NQ 28-NQ/TW 2017-10-25"]),
    ("theo Văn bản số 1234/UBND-KGVX ngày 12 tháng 3 năm 2025", ["CV 1234/UBND-KGVX 2025-03-12"]),
    ("Quyết định số 2345 QĐ/BYT", ["QĐ 2345-QĐ/BYT -"]),
    ("Kết luận số 123- KL/TW, ngày 24-1-2025 của Ban Chấp hành Trung ương", ["KL 123-KL/TW 2025-01-24"]),
    ("Công văn số 1888/BTP-VP,1889/BTP-VP", ["CV 1888/BTP-VP -", "CV 1889/BTP-VP -"]),
]


@pytest.mark.parametrize("encoding", ["as printed", "decomposed", "en dashes", "carriage returns"])
@pytest.mark.parametrize(("fragment", "expected"), CASES, ids=[case[0][:50] for case in CASES])
def test_fragments(fragment: str, expected: list[str], encoding: str) -> None:
    changed = {
        "as printed": fragment,
        "decomposed": unicodedata.normalize("NFD", fragment),
        "en dashes": fragment.replace("-", "–"),
        "carriage returns": fragment.replace("\n", "\r\n"),
    }[encoding]
    assert _brief(find_citations(changed)) == expected


@pytest.mark.parametrize(
    ("fragment", "issuer"),
    [
        ("Kết luận số 14-KL/TW ngày 22/9/2021 của Bộ Chính trị về chủ trương", "Bộ Chính trị"),
        ("Quyết định 4667/QĐ-BYT của Bộ Y tế", "Bộ Y tế"),
        (
            "Kế hoạch số 45/KH-UBND ngày 3/4/2025 của Ủy ban nhân dân tỉnh Lào Cai, Sở Y tế",
            "Ủy ban nhân dân tỉnh Lào Cai",
        ),
        ("Ngày 14/2/2025, Bộ Nội vụ có Công văn số 777/BNV-CCVC gửi các bộ", "Bộ Nội vụ"),
        ("Chỉ thị số 25-CT/TW ngày 25/10/2023 của Ban Bí thư\nvề y tế cơ sở", "Ban Bí thư"),
        ("Chỉ thị số 25-CT/TW", ""),
    ],
)
def test_issuer(fragment: str, issuer: str) -> None:
    assert [each.issuer for each in find_citations(fragment)] == [issuer]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_spans_index_the_original(form: str) -> None:
    text = unicodedata.normalize(
        form, "Để triển khai Nghị quyết số 07-\nNQ/TU, ngày 02/8/2018 và Kết luận 226-KL/TU của Thành ủy."
    )
    found = find_citations(text)
    printed = [unicodedata.normalize("NFC", text[slice(*each.span)]) for each in found]
    assert printed == ["Nghị quyết số 07-\nNQ/TU, ngày 02/8/2018", "Kết luận 226-KL/TU"]


def test_mentions_are_all_kept() -> None:
    text = "Chỉ thị số 25-CT/TW ngày 25/10/2023; thực hiện Chỉ thị số 25-CT/TW; theo Chỉ thị 25-CT/TW."
    (only,) = find_citations(text)
    assert only.issued_on == date(2023, 10, 25)
    assert len(only.mentions) == 3
    assert only.mentions[0] == only.span


def test_a_later_date_completes_an_earlier_mention() -> None:
    text = "Quán triệt Chỉ thị số 25-CT/TW.\n\nCăn cứ Chỉ thị số 25-CT/TW ngày 25/10/2023 của Ban Bí thư"
    assert _brief(find_citations(text)) == ["CT 25-CT/TW 2023-10-25"]


def test_the_number_of_the_paper_itself_is_left_out() -> None:
    text = "Số: 12/KH-SYT\n\nCăn cứ Kế hoạch số 45/KH-UBND ngày 3/4/2025. Kế hoạch số 12/KH-SYT này thay thế."
    assert _brief(find_citations(text, own_code="12/KH-SYT")) == ["KH 45/KH-UBND 2025-04-03"]


def test_an_older_paper_of_the_same_number_stays() -> None:
    text = "Kế hoạch số 12/KH-SYT ngày 5/2/2024"
    same = find_citations(text, own_code="12/KH-SYT", own_issued_on=date(2024, 2, 5))
    older = find_citations(text, own_code="12/KH-SYT", own_issued_on=date(2025, 2, 5))
    assert (same, _brief(older)) == ([], ["KH 12/KH-SYT 2024-02-05"])


def test_a_correction_is_explained() -> None:
    (only,) = find_citations("Kết luận số 86-KT/TW ngày 10/7/2024 của Ban Bí thư")
    assert "86-KT/TW" in only.note


@given(st.text(alphabet="0123456789/-.,;() \n\tNQKHTWCPBYTđĐsốngàyvàLuậtKếhoạch–\u0301\u200b", max_size=300))
def test_no_input_raises(text: str) -> None:
    for citation in find_citations(text):
        start, end = citation.span
        assert 0 <= start < end <= len(text)


# About twenty pages of dense prose with a citation in every other line.
_PAGES = "\n".join(fragment for fragment, _ in CASES) * 6


def _seconds(text: str) -> float:
    best = []
    for _ in range(3):
        start = time.process_time()
        find_citations(text)
        best.append(time.process_time() - start)
    return min(best)


@pytest.mark.parametrize(
    "text", [_PAGES, "12/BYT-KCB, " * 2000, "số 1" + " " * 60000, "Luật " * 9000 + "số 1/2023/QH15"]
)
def test_cost_is_linear(text: str) -> None:
    # Fourfold text tells a quadratic rule (sixteenfold) from a linear one on a busy machine too.
    once, fourfold = _seconds(text), _seconds(text * 4)
    assert fourfold <= max(2.6 * 2.6 * once, 0.1)


@pytest.mark.papers
def test_examples_beside_the_project() -> None:
    path = SHARED / "data" / "citation_examples.tsv"
    if not path.exists():
        pytest.skip("no examples lie beside the project")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in rows:
        found = find_citations(row["fragment"].replace("\\n", "\n"))
        assert _brief(found) == [
            f"{row['kind']} {code.strip()} {row['issued_on']}" for code in row["code"].split(";")
        ]


@pytest.mark.papers
@pytest.mark.parametrize(("pattern", "count"), [("000_*.txt", 10), ("004_*.txt", 6)])
def test_papers_beside_the_project(pattern: str, count: int) -> None:
    papers = list((SHARED / "seeds").glob(pattern))
    if not papers:
        pytest.skip("no papers lie beside the project")
    found = find_citations(papers[0].read_text(encoding="utf-8"))
    assert len(found) == count
    assert all(each.issued_on for each in found)
