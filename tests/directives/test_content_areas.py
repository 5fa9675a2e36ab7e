"""Content areas: the outline a plan proposes, with guidance for each cited paper."""

from directives.plans import read_paper

PLAN = """KẾ HOẠCH
Năm 2025

I. MỤC ĐÍCH
1. Thống nhất.

II. NỘI DUNG
1. Tham mưu thực hiện các nghị quyết
- Quán triệt Nghị quyết số 45-NQ/TW ngày 24/11/2023 về đội ngũ trí thức; Kết luận số 70-KL/TW ngày 31/01/2024
về thể thao, chú trọng trường học.
2. Kiểm tra, giám sát
Mỗi quý một lần.

III. TỔ CHỨC THỰC HIỆN
1. Sở Y tế theo dõi.
"""


def test_areas_are_the_items_of_the_content_part() -> None:
    areas = read_paper(PLAN).content_areas
    assert [(area.number, area.title) for area in areas] == [
        ("1", "Tham mưu thực hiện các nghị quyết"),
        ("2", "Kiểm tra, giám sát"),
    ]
    assert areas[1].guidance == "Mỗi quý một lần."
    assert areas[1].points == ()


def test_each_cited_paper_has_its_guidance() -> None:
    points = read_paper(PLAN).content_areas[0].points
    assert [(point.citation.code, point.guidance) for point in points] == [
        ("45-NQ/TW", "Nghị quyết số 45-NQ/TW ngày 24/11/2023 về đội ngũ trí thức"),
        ("70-KL/TW", "Kết luận số 70-KL/TW ngày 31/01/2024 về thể thao, chú trọng trường học"),
    ]


def test_a_paper_without_parts_gives_its_items() -> None:
    areas = read_paper("CÔNG VĂN\n1. Rà soát kho\n2. Tập huấn\n3. Tổ chức thực hiện").content_areas
    assert [area.title for area in areas] == ["Rà soát kho", "Tập huấn"]


def test_a_title_ends_where_a_whole_paragraph_stands_on_the_next_line() -> None:
    title = "Công tác tham mưu, hướng dẫn tổ chức thực hiện các nghị quyết, chỉ thị, kết luận của Đảng"
    paragraph = (
        "Các đơn vị quán triệt đầy đủ " + "các văn bản của Đảng về công tác y tế, " * 6 + "trong đó gồm:"
    )
    text = f"KẾ HOẠCH\n\nII. NỘI DUNG\n\n1. {title}\n\n{paragraph}\n\n- Rà soát.\n\n2. Kiểm tra\n\nMỗi quý.\n"
    first = read_paper(text).content_areas[0]
    assert first.title == title
    assert first.guidance.startswith("Các đơn vị quán triệt")
