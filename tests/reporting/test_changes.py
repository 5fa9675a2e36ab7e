import pytest

from reporting import changes


def section(number="1.1", html="<p>Một hai ba.</p>", status="done", reason="", figures=()):
    return {
        "number": number,
        "title": f"Mục {number}",
        "status": status,
        "reason": reason,
        "html": html,
        "figures": list(figures),
    }


def figure(code, amount, decimals=0):
    return {"code": code, "name": code, "unit": "%", "amount": amount, "decimals": decimals}


@pytest.mark.parametrize(
    ("before", "after", "diff"),
    [
        ("", "", ""),
        ("một hai", "một hai", "một hai"),
        ("", "một", "<ins>một</ins>"),
        ("một", "", "<del>một</del>"),
        ("tại 6 tỉnh", "tại 7 tỉnh", "tại <del>6</del><ins>7</ins> tỉnh"),
        ("một ba", "một hai ba", "một <ins>hai </ins>ba"),
        ("a\n\nb", "a\n\nc", "a<br><del>b</del><ins>c</ins>"),
    ],
)
def test_words_are_marked(before, after, diff):
    assert changes.word_diff(before, after) == diff


def test_what_people_typed_is_never_markup():
    diff = changes.word_diff("<script>alert(1)</script>", "<img onerror=x> & <b>")
    assert "<script" not in diff
    assert "<img" not in diff
    assert "&lt;script&gt;" in diff
    assert "&amp;" in diff


def test_sides_keep_both_texts_whole():
    mine, theirs = changes.word_sides("tại 6 tỉnh", "tại 7 tỉnh và 12 xã")
    assert mine == "tại <del>6</del> tỉnh"
    assert theirs == "tại <ins>7</ins> tỉnh<ins> và 12 xã</ins>"


def test_long_unchanged_runs_are_shortened():
    words = " ".join(f"từ{n}" for n in range(400))
    diff = changes.word_diff(words + " cuối", words + " hết", context=5)
    assert diff.endswith("<del>cuối</del><ins>hết</ins>")
    assert "…" in diff
    assert "từ0 " not in diff
    assert "từ399 " in diff
    assert len(diff) < 200


def test_texts_too_long_for_words_are_compared_by_lines():
    lines = [f"dòng {n} có vài từ" for n in range(3000)]
    diff = changes.word_diff("\n".join([*lines, "cũ"]), "\n".join([*lines, "mới"]), context=2)
    assert "<ins>mới</ins>" in diff
    assert "<del>cũ</del>" in diff


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        (section(), section(), False),
        (section(), section(html="<p>Một hai bốn.</p>"), True),
        (section(), section(html="<p><strong>Một</strong> hai ba.</p>"), True),
        (section(), section(status="nil", html=""), True),
        (section(reason="a"), section(reason="b"), True),
        (section(figures=[figure("x", 4)]), section(figures=[figure("x", 4)]), False),
        (section(figures=[figure("x", 4)]), section(figures=[figure("x", 5)]), True),
        (section(figures=[figure("x", 4)]), section(), True),
    ],
)
def test_a_section_is_changed_when_anything_of_it_is(before, after, changed):
    (row,) = changes.section_changes([before], [after])
    assert row.changed is changed


def test_figures_are_told_with_both_values():
    (row,) = changes.section_changes(
        [section(figures=[figure("ty_le", 985, 1), figure("cu", 1)])],
        [section(figures=[figure("ty_le", 992, 1), figure("moi", 1286)])],
    )
    assert [(f.name, f.before, f.after) for f in row.figures] == [
        ("ty_le", "98,5", "99,2"),
        ("moi", "", "1.286"),
        ("cu", "1", ""),
    ]


def test_a_section_that_was_not_there_before_is_all_new():
    (row,) = changes.section_changes([], [section()])
    assert row.changed
    assert row.status_before == "not_started"
    assert row.diff == "<ins>Một hai ba.</ins>"


def test_two_submissions_are_compared_by_their_content(world):
    from reporting import reviewing, submitting
    from tests.factories import at, fill, return_report, submit

    first = submit(world, "cuc-a")
    assignment = return_report(world, "cuc-a")
    reviewing.reply(
        first.comments.get(), text="Đã bổ sung.", actor=world.reporters["cuc-a"], now=at("2025-10-13 09:00")
    )
    fill(assignment, actor=world.reporters["cuc-a"], now=at("2025-10-13 09:10"), amount=13)
    submitting.request_approval(assignment, actor=world.reporters["cuc-a"], now=at("2025-10-13 09:20"))
    second = submitting.submit(assignment, actor=world.approvers["cuc-a"], now=at("2025-10-14 10:00"))
    rows = changes.changes_since(first, second)
    assert len(rows) == 16
    with_figures = {row.number for row in rows if row.figures}
    assert with_figures == {row.number for row in rows if row.changed}
    assert with_figures == {"1.1", "2", "3", "4", "5", "6.2", "6.3"}
    assert all(not row.diff for row in rows)
