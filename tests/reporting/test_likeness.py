import pytest

from reporting.likeness import groups, nearest, word_diff

LONG = "Trạm y tế cấp xã thiếu bác sĩ sau khi sắp xếp đơn vị hành chính, đề nghị có cơ chế luân phiên."


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "tập huấn 1.920 lượt",
            "tập huấn 2.140 lượt",
            [("same", "tập huấn"), ("removed", "1.920"), ("added", "2.140"), ("same", "lượt")],
        ),
        ("như nhau", "như nhau", [("same", "như nhau")]),
        ("", "mới", [("added", "mới")]),
        ("cũ", "", [("removed", "cũ")]),
    ],
)
def test_word_diff_names_what_went_and_what_came(old, new, expected):
    assert [(change.kind, change.text) for change in word_diff(old, new)] == expected


@pytest.mark.parametrize(
    ("text", "others", "expected"),
    [
        ("tập huấn giám sát bệnh", ["khen thưởng tập thể", "đã tập huấn về giám sát bệnh"], 1),
        ("tập huấn", ["kinh phí"], None),
        ("tập huấn", [], None),
    ],
)
def test_nearest_shares_most_words(text, others, expected):
    assert nearest(text, others) == expected


def test_texts_that_say_the_same_are_grouped_whatever_their_accents_and_case():
    texts = [
        LONG,
        "Một việc khác hẳn, không liên quan gì đến nội dung ở trên.",
        LONG.upper(),
        f"Đề nghị: {LONG}",
    ]
    assert groups(texts) == [[0, 2, 3]]


def test_a_shared_formula_is_no_likeness():
    shared = "Đơn vị đã ban hành kế hoạch thực hiện"
    texts = [f"{shared} {' '.join(f'{n}việc{i}' for i in range(20))}" for n in range(4)]
    assert groups(texts) == []
