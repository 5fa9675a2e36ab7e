"""The drawing of a lineage: columns follow the longest way, rings do no harm, nothing overlaps."""

import pytest

from directives.lineage import HEIGHT, Box, Link, layout, reached


def drawn(focus, *pairs, leaves=()):
    keys = dict.fromkeys([focus, *(key for pair in pairs for key in pair)])
    boxes = [Box(key, key, leaf=key in leaves) for key in keys]
    return layout(focus, boxes, [Link(earlier, later, "thực hiện") for earlier, later in pairs])


def columns(drawing):
    """Keys from left to right, by column."""
    xs = sorted({box.x for box in drawing.boxes})
    return [sorted(box.box.key for box in drawing.boxes if box.x == x) for x in xs]


@pytest.mark.parametrize(
    ("focus", "pairs", "expected"),
    [
        ("nq", [("nq", "kh")], [["nq"], ["kh"]]),
        ("kh", [("nq", "kh")], [["nq"], ["kh"]]),
        # the longest way decides: the plan carries out both papers and stands right of the nearer one
        ("nq", [("nq", "kh"), ("nq", "plan"), ("kh", "plan")], [["nq"], ["kh"], ["plan"]]),
        ("plan", [("nq", "kh"), ("nq", "plan"), ("kh", "plan")], [["nq"], ["kh"], ["plan"]]),
        (
            "kh",
            [("nq", "kh"), ("nq", "plan"), ("kh", "plan"), ("hd", "kh")],
            [["hd", "nq"], ["kh"], ["plan"]],
        ),
    ],
)
def test_papers_stand_in_columns_from_origin_to_end(focus, pairs, expected):
    assert columns(drawn(focus, *pairs)) == expected


def test_those_who_must_act_stand_in_the_last_column():
    drawing = drawn("nq", ("nq", "kh"), ("kh", "plan"), ("nq", "so"), leaves={"so"})
    assert columns(drawing) == [["nq"], ["kh"], ["plan"], ["so"]]
    assert [words for _, words in drawing.lanes] == [
        "Văn bản đang xem",
        "Triển khai",
        "Triển khai",
        "Ai thực hiện",
    ]


@pytest.mark.parametrize(
    "pairs",
    [
        [("a", "b"), ("b", "a")],
        [("a", "b"), ("b", "c"), ("c", "a")],
        [("a", "b"), ("b", "c"), ("c", "b")],
    ],
)
def test_a_ring_of_relations_is_drawn_without_hanging(pairs):
    drawing = drawn("a", *pairs)
    assert {box.box.key for box in drawing.boxes} == {key for pair in pairs for key in pair}


def test_boxes_of_a_column_do_not_overlap_and_stay_inside():
    drawing = drawn("plan", *((f"p{n}", "plan") for n in range(9)), ("plan", "x"), ("p0", "x"))
    by_column = {}
    for box in drawing.boxes:
        by_column.setdefault(box.x, []).append(box.y)
        assert 0 < box.y <= drawing.height - HEIGHT
        assert box.x + box.width <= drawing.width
    for ys in by_column.values():
        ys.sort()
        assert all(later - earlier >= HEIGHT for earlier, later in zip(ys, ys[1:], strict=False))


def test_a_long_link_has_its_own_lane_beside_the_boxes_it_passes():
    drawing = drawn("nq", ("nq", "kh"), ("nq", "plan"), ("kh", "plan"))
    long = next(link for link in drawing.links if "H" in link.path)
    passed = next(box for box in drawing.boxes if box.box.key == "kh")
    y = float(long.path.split("H")[0].rsplit(" ", 1)[1])
    assert not passed.y <= y <= passed.y + HEIGHT


def test_a_box_without_a_way_to_the_focus_is_left_out():
    boxes = [Box("a", "a"), Box("b", "b"), Box("far", "far")]
    drawing = layout("a", boxes, [Link("a", "b")])
    assert {box.box.key for box in drawing.boxes} == {"a", "b"}


def test_a_paper_alone_is_one_box():
    drawing = layout("a", [Box("a", "45-NQ/TW")], [])
    assert [box.title for box in drawing.boxes] == ["45-NQ/TW"]
    assert drawing.links == []


def test_long_names_are_cut_to_the_box():
    drawing = layout("a", [Box("a", "Ban Bảo vệ, chăm sóc sức khỏe cán bộ Trung ương")], [])
    assert drawing.boxes[0].title.endswith("…")
    assert len(drawing.boxes[0].title) < 30


def test_reached_lists_nearest_first_and_never_the_start():
    assert reached("a", [("a", "b"), ("b", "c"), ("c", "a"), ("x", "y")]) == ["b", "c"]


def test_lines_side_by_side_bear_the_words_they_share_once():
    drawing = drawn("nq", ("nq", "p1"), ("nq", "p2"), ("kh", "p1"), ("kh", "p2"))
    labels = sorted((link.x, link.y) for link in drawing.links if link.words)
    assert len(labels) == 2  # two boxes on the left, a label for the two lines of each
    assert labels[1][1] - labels[0][1] >= HEIGHT
