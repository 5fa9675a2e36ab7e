"""What a read paper proposes: titles of cited papers, duties, places; a table of small papers in own words."""

import pytest

from directives.plans import read_paper
from directives.proposals import duty_around, proposals_of, title_after


@pytest.mark.parametrize(
    ("words", "named", "title"),
    [
        (" của Ban Bí thư về phát triển y tế cơ sở; ", "", "Về phát triển y tế cơ sở"),
        (" của Chính phủ “Về phát triển dược liệu”.", "", "Về phát triển dược liệu"),
        (
            " của Bộ Chính trị về thực hiện ",
            "Nghị quyết số 07-\nNQ/TU",
            "Về thực hiện Nghị quyết số 07-NQ/TU",
        ),
        (" của Bộ Chính trị về dân số và ", "Kết luận số 5-KL/TW", "Về dân số"),
        (" về công tác dân số, Bộ Y tế xây dựng kế hoạch", "", "Về công tác dân số"),
        (" của Thành ủy\n\nvề việc học\n\ntập nghị quyết.", "", "Về việc học tập nghị quyết"),
        (" giữa hai bộ giai đoạn 2021-2025, trong đó", "", ""),
        (". Về nội dung khác thì", "", ""),
        (
            ", ngày 31/01/2024 của\nBộ Chính trị khóa XIII về phát triển thể thao;",
            "",
            "Về phát triển thể thao",
        ),
        (" của Thành ủy\n\nBộ Mẫu về dân số", "", ""),
        (" của Bộ Chính trị, Bộ Y tế đề nghị các sở báo cáo về Bộ Y tế (qua Văn phòng Bộ) trước", "", ""),
        (", đề nghị các đơn vị gửi báo cáo về Văn phòng Bộ trước ngày 5/5/2030", "", ""),
        (" của Bộ Y tế, Sở tổng hợp số liệu về dân số", "", ""),
        (" về Văn phòng Bộ trước ngày 5/5/2030", "", ""),
        (
            " của Bộ Y tế về tiêm chủng mở rộng, Bộ Y tế đề nghị:\n1. Sở Y tế báo cáo.",
            "",
            "Về tiêm chủng mở rộng",
        ),
        (" của Bộ Y tế về dân số, cụ thể như sau:\n- Sở Y tế báo cáo.", "", "Về dân số, cụ thể như sau"),
        (", các phòng thống kê số liệu về dân số", "", ""),
        (
            " ngày 5/5/2024 của Ban Bí thư (khóa XIII), về công tác dân số, các phòng gửi báo cáo",
            "",
            "Về công tác dân số",
        ),
        (" của Bộ Chính trị, Ban Bí thư khóa XII về việc đổi mới", "", "Về việc đổi mới"),
        (" của Thủ tướng Chính phủ phê duyệt Đề án “Sức khỏe học đường”", "", "Sức khỏe học đường"),
        ("", "", ""),
    ],
)
def test_a_title_is_in_the_words_after_the_number(words, named, title):
    assert title_after(words, named) == title


def test_a_title_has_an_end():
    assert len(title_after(" về " + "việc ấy " * 200)) <= 600


@pytest.mark.parametrize(
    ("text", "phrase", "duty"),
    [
        (
            "Xong việc A. Báo cáo trước ngày 5/5/2025. Việc B.",
            "trước ngày 5/5/2025",
            "Báo cáo trước ngày 5/5/2025",
        ),
        (
            "- Việc A.\n- Gửi báo cáo trước ngày 5/5/2025\n- Việc B.",
            "trước ngày 5/5/2025",
            "Gửi báo cáo trước ngày 5/5/2025",
        ),
        ("a) Nộp trước ngày 5/5/2025", "trước ngày 5/5/2025", "Nộp trước ngày 5/5/2025"),
    ],
)
def test_a_duty_is_the_sentence_of_its_deadline(text, phrase, duty):
    start = text.index(phrase)
    assert duty_around(text, (start, start + len(phrase))) == duty


def read(text):
    return {each.key: each for each in proposals_of(text, read_paper(text))}


@pytest.mark.parametrize(
    ("body", "issuer"),
    [
        ("Sở Công\nThương yêu cầu các phòng báo cáo.", "Sở Công Thương"),
        ("Các phòng báo cáo.", "SỞ CÔNG THƯƠNG"),
    ],
)
def test_an_issuer_in_capitals_is_written_as_in_the_body(body, issuer):
    head = "SỞ CÔNG THƯƠNG\nSố: 15/SCT-VP\nHà Nội, ngày 05 tháng 3 năm 2025\nV/v báo cáo tháng\n\nKính gửi: Các phòng;\n\n"
    assert read(head + body)["VB"].read["issuer"] == issuer


def test_ties_stand_with_the_paper_that_acts():
    found = read(
        "CÔNG VĂN\n\nCăn cứ Kế hoạch số 3-KH/TU ngày 01/02/2024 của Tỉnh ủy về việc thực hiện "
        "Chỉ thị số 4-CT/TW ngày 01/01/2024 của Ban Bí thư về an toàn thực phẩm.\n"
    )
    assert found["A1"].read["ties"] == [
        {"kind": "based_on", "to": None},
        {"kind": "implements", "to": 2},
    ]
    assert found["A1"].read["title"] == "Về việc thực hiện Chỉ thị số 4-CT/TW ngày 01/01/2024"
    assert found["A2"].read["ties"] == []


def test_a_group_is_marked_where_its_name_stands_and_only_once():
    text = (
        "KẾ HOẠCH\n\nII. TỔ CHỨC THỰC HIỆN\n\n1. Sở Y tế các tỉnh, thành phố\n\n"
        "- Báo cáo đợt một trước ngày 05/6/2025.\n\n- Báo cáo đợt hai trước ngày 05/9/2025.\n"
    )
    found = read(text)
    groups = [each for key, each in found.items() if key.startswith("D")]
    assert [text[slice(*each.spans[0])] for each in groups] == ["Sở Y tế các tỉnh, thành phố"]
    assert [found[key].read["groups"] for key in ("B1", "B2")] == [[1], [1]]


@pytest.mark.parametrize("text", ["", "\n", "KẾ HOẠCH", "x" * 3000, "\ud800 \x00", "1. \n2. \n3. "])
def test_no_text_is_too_odd(text):
    assert "VB" in read(text)


@pytest.mark.parametrize(("kind", "areas"), [("Số: 5/KH-BYT", 2), ("Số: 5/BYT-DP", 0)])
def test_the_tasks_of_a_letter_are_no_outline(kind, areas):
    text = f"{kind}\nHà Nội, ngày 05 tháng 3 năm 2026\n\n1. Sở Y tế báo cáo.\nNội dung.\n2. Vụ A tổng hợp.\n"
    text = text.replace("\n\n", "\nKẾ HOẠCH\n\n" if "KH" in kind else "\nKính gửi: Sở Y tế\n\n", 1)
    proposals = proposals_of(text, read_paper(text))
    assert len([each for each in proposals if each.letter == "C"]) == areas
