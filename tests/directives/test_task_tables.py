"""Tables of tasks: rows with a leader and a time."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from directives.task_tables import read_tasks

ROWS = [
    ["STT", "Nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian hoàn thành"],
    ["1", "Rà soát", "Vụ A, Cục B", "Các vụ", "Tháng 4/2025"],
    ["2", "Theo dõi", "Vụ A", "", "Thường xuyên"],
    ["3", "Báo cáo", "Văn phòng", "Vụ A", "trước ngày 10/12 hằng năm"],
]
EXPECTED = [(("Vụ A", "Cục B"), date(2025, 4, 30), None), (("Văn phòng",), None, "yearly:12-10")]


def _read(text: str) -> list[tuple[tuple[str, ...], date | None, str | None]]:
    return [
        (task.leaders, task.deadline.due, task.deadline.recurrence)
        for task in read_tasks(text, date(2025, 1, 1))
    ]


def test_rows_with_tabs() -> None:
    assert _read("\n".join("\t".join(row) for row in ROWS)) == EXPECTED


def test_rows_with_bars() -> None:
    lines = ["| " + " | ".join(row) + " |" for row in ROWS]
    assert _read("\n".join([lines[0], "|---|---|---|---|---|", *lines[1:]])) == EXPECTED


def test_the_span_is_the_phrase() -> None:
    text = "\n".join("\t".join(row) for row in ROWS)
    phrases = [text[slice(*task.deadline.span)] for task in read_tasks(text, None) if task.deadline.span]
    assert phrases == ["Tháng 4/2025", "trước ngày 10/12 hằng năm"]


def test_columns_set_with_blanks() -> None:
    text = (
        "STT   Nhiệm vụ             Chủ trì              Thời hạn\n"
        "1     Rà soát quy hoạch    Phòng Kinh tế, Hạ    Trước\n"
        "      chi tiết             tầng và Đô thị       15/4/2025\n"
        "                              2\n"
        "2     Theo dõi             Vụ A                 Thường xuyên\n"
        "II. Tổ chức thực hiện: các phòng, ban chuyên môn căn cứ Kế hoạch.\n"
    )
    assert _read(text) == [
        (("Phòng Kinh tế, Hạ tầng và Đô thị",), date(2025, 4, 15), None),
        (("Vụ A",), None, None),
    ]


def test_cells_one_below_the_other() -> None:
    text = (
        "STT\nNội dung\nĐơn vị chủ trì\nThời hạn\n1\nRà soát\nVụ Pháp chế\nVăn phòng\nTrước ngày\n05/9/2025\n"
        "2\nCập nhật\nCục Công nghệ thông tin\nThường xuyên\nII. TỔ CHỨC\n"
    )
    assert _read(text) == [
        (("Vụ Pháp chế",), date(2025, 9, 5), None),
        (("Cục Công nghệ thông tin",), None, None),
    ]


def test_a_table_of_other_things_has_no_tasks() -> None:
    assert _read("STT\tHọ tên\tĐiện thoại\n1\tNguyễn Văn A\t30/6/2025") == []


@given(st.text(alphabet="|\t\n chủtrìthờihạn3/6 VụA-", max_size=200))
def test_no_input_raises(text: str) -> None:
    for task in read_tasks(text, None):
        assert 0 <= task.span[0] <= task.span[1] <= len(text)
