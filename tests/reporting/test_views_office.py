"""The office's pages of a round: counts and their lists agree, decisions go through, outsiders see nothing."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reporting import overview, reviewing
from reporting.deadlines import DateToKeep, current_deadlines
from reporting.models import Comment
from reporting.states import State
from tests.factories import accept, at, fill, make_world, return_report, submit
from tests.remembered import once

NOW = "2025-10-27 09:00"


@pytest.fixture
def later(time_machine):
    time_machine.move_to(at(NOW), tick=False)


@pytest.fixture
@once
def busy(world, later):
    """One accepted, one returned and overdue, one drafting."""
    submit(world, "cuc-a")
    accept(world, "cuc-a")
    submit(world, "benh-vien-b", "2025-10-21 09:00")
    return_report(world, "benh-vien-b", when="2025-10-22 09:00")
    fill(world.assignment("so-c"), actor=world.reporters["so-c"], now=at("2025-10-20 09:00"))
    return world


def test_every_number_equals_the_list_behind_it(busy):
    now = at(NOW)
    counts = overview.overview(busy.round, current_deadlines(busy.round), now).total
    for name in overview.LISTS:
        assert counts.of(name) == overview.listed(busy.round, name, now).count(), name
    assert [counts.of(name) for name in ("phai-nop", "tiep-nhan", "nop-muon", "qua-han")] == [4, 1, 1, 2]


def test_each_expected_unit_is_in_exactly_one_part_of_the_bar(busy):
    total = overview.overview(busy.round, current_deadlines(busy.round), at(NOW)).total
    assert sum(count for _, _, count in total.shares) == total.of("phai-nop")


def test_a_province_is_told_by_what_is_so_with_its_report(world, sign_in, later):
    def tile():
        (found,) = overview.tiles(world.round, at(NOW))
        return found.css, found.words

    assert tile() == ("", "chưa bắt đầu")
    submit(world, "so-c", "2025-10-24 09:00")
    assert tile() == ("t-sent", "đã nộp, chờ xem")
    return_report(world, "so-c", when="2025-10-25 09:00", until=date(2025, 10, 30))
    assert tile() == ("t-back", "trả lại bổ sung")
    world.assignment("so-c").answers.update(status="done")
    page = sign_in(world.reviewer).get(reverse("reporting:round", args=[world.round.code])).content.decode()
    assert '<span class="swatch s-warn"></span>trả lại bổ sung 1' in page
    reviewing.waive(world.assignment("so-c"), reason="Tạm dừng.", actor=world.lead, now=at(NOW))
    assert tile() == ("t-out", "được miễn, đã chuyển giao")


@pytest.mark.parametrize("name", ["round", "pace", "units", "matrix", "queue", "units_xlsx"])
def test_round_pages_open_for_the_office_only(busy, sign_in, name):
    url = reverse(f"reporting:{name}", args=[busy.round.code])
    assert sign_in(busy.reviewer).get(url).status_code == 200
    for outsider in (busy.outsider, busy.reporters["cuc-a"], busy.admin):
        assert sign_in(outsider).get(url).status_code == 404


def test_the_unit_page_opens_for_the_office_only(busy, sign_in):
    url = reverse("reporting:review", args=[busy.round.code, "cuc-a"])
    page = sign_in(busy.reviewer).get(url)
    assert page.status_code == 200
    assert "Cục Quản lý Y, Dược cổ truyền" in page.content.decode()
    for outsider in (busy.outsider, busy.reporters["cuc-a"], busy.admin):
        assert sign_in(outsider).get(url).status_code == 404


def test_a_reviewer_comments_and_returns(world, sign_in, later):
    first = submit(world, "so-c", "2025-10-24 09:00")
    client = sign_in(world.reviewer)
    passage = first.passages.first()
    place = reverse("reporting:comment_add", args=[world.round.code, "so-c"])
    client.post(
        place,
        {"section": passage.section.key, "passage": passage.pk, "text": "Nêu rõ số.", "needs_answer": "on"},
    )
    decide = reverse("reporting:decide", args=[world.round.code, "so-c"])
    page = client.post(
        decide, {"d-decision": "return", "d-until": "31/10/2025", "d-note": "Bổ sung số liệu."}
    )
    assert page.status_code == 302
    assignment = world.assignment("so-c")
    assert assignment.state == State.RETURNED
    assert assignment.return_deadline.due_at == at("2025-11-01 00:00")
    assert Comment.objects.get().sent_at == at(NOW)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"d-decision": "return", "d-until": "", "d-note": "x"}, "d-until"),
        ({"d-decision": "return", "d-until": "31/13/2025", "d-note": "x"}, "d-until"),
        ({"d-decision": "return", "d-until": "31/10/2025", "d-note": ""}, "d-note"),
    ],
)
def test_a_return_without_date_or_note_keeps_what_was_typed(world, sign_in, later, typed, field):
    submit(world, "so-c", "2025-10-24 09:00")
    page = sign_in(world.reviewer).post(reverse("reporting:decide", args=[world.round.code, "so-c"]), typed)
    assert page.status_code == 422
    assert f'id="id_{field}_error"' in page.content.decode()
    assert world.assignment("so-c").state == State.SUBMITTED


def test_a_past_return_date_is_refused_in_words(world, sign_in, later):
    submit(world, "so-c", "2025-10-24 09:00")
    typed = {"d-decision": "return", "d-until": "20/10/2025", "d-note": "Bổ sung."}
    page = sign_in(world.reviewer).post(reverse("reporting:decide", args=[world.round.code, "so-c"]), typed)
    assert page.status_code == 409
    assert "Ngày bổ sung đã qua" in page.content.decode()


def test_what_was_sent_is_not_called_overdue(world, sign_in, later):
    address = reverse("reporting:review", args=[world.round.code, "cuc-a"])
    assert 'class="deadline-left">quá hạn' in sign_in(world.reviewer).get(address).content.decode()
    submit(world, "cuc-a", "2025-10-21 09:00")
    page = sign_in(world.reviewer).get(address).content.decode()
    assert "Nộp muộn" in page
    assert "deadline-left" not in page


def test_the_second_reviewer_is_told_who_decided(world, sign_in, later):
    submit(world, "so-c", "2025-10-24 09:00")
    accept(world, "so-c", "2025-10-26 10:00")
    page = sign_in(world.second_reviewer).post(
        reverse("reporting:decide", args=[world.round.code, "so-c"]), {"d-decision": "accept"}
    )
    assert page.status_code == 409
    assert "Chuyên viên tổng hợp 1 vừa xử lý" in page.content.decode()


def test_only_the_lead_extends(world, sign_in, later):
    url = reverse("reporting:extend", args=[world.round.code, "so-c"])
    typed = {
        "x-until_date": "04/11/2025",
        "x-reason": "Mất điện diện rộng sau bão.",
        "x-counts_on_time": "on",
    }
    assert sign_in(world.reviewer).post(url, typed).status_code == 409
    assert sign_in(world.lead).post(url, typed).status_code == 302
    assert world.assignment("so-c").extension.deadline.due_at == at("2025-11-05 00:00")


def test_a_refused_extension_is_told_above_the_report_with_the_ministrys_own_date(world, sign_in, later):
    url = reverse("reporting:extend", args=[world.round.code, "so-c"])
    page = sign_in(world.lead).post(url, {"x-until_date": "31/11/2025", "x-reason": "Bão."})
    said = page.content.decode()
    assert page.status_code == 422
    assert said.count("Lịch không có ngày 31/11/2025.") == 2
    assert said.index("Lịch không có ngày 31/11/2025.") < said.index("Đơn vị chưa nộp báo cáo")
    assert "Bộ gửi báo cáo trước ngày 5/11/2025, ngày làm việc cuối: thứ Ba 04/11" in said


def test_an_extension_must_be_later_than_the_printed_date(world):
    with pytest.raises(reviewing.Refused, match="phải sau thời hạn chung"):
        reviewing.extend(
            world.assignment("so-c"),
            until=DateToKeep("on_or_before", date(2025, 10, 29)),
            reason="x",
            actor=world.lead,
            now=at("2025-10-20 08:00"),
        )


@pytest.mark.parametrize("name", ["round", "units", "matrix", "queue"])
def test_pages_ask_the_same_number_of_queries_for_more_units(db, sign_in, later, name):
    counts = []
    world = make_world(more_units=1)
    for more in (0, 3):
        for n in range(more):
            from reporting import opening
            from tests.factories import unit

            extra = unit(f"them-{n}", f"Bệnh viện thêm {n}", world.truc_thuoc)
            opening.add_unit(
                world.round, extra, world.truc_thuoc, actor=world.admin, now=at("2025-10-01 08:00"), note="x"
            )
        client = sign_in(world.reviewer)
        client.get(reverse(f"reporting:{name}", args=[world.round.code]))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(reverse(f"reporting:{name}", args=[world.round.code])).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_waiver_can_be_taken_back(world, sign_in, later):
    lead, where = sign_in(world.lead), [world.round.code, "so-c"]
    lead.post(reverse("reporting:waive", args=where), {"w-reason": "Mới thành lập."})
    assert world.assignment("so-c").state == State.WAIVED
    page = lead.get(reverse("reporting:review", args=where)).content.decode()
    assert "Bỏ miễn nộp" in page
    assert (
        sign_in(world.reviewer).post(reverse("reporting:unwaive", args=where), {"u-reason": "x"}).status_code
        == 409
    )
    assert world.assignment("so-c").state == State.WAIVED
    lead.post(reverse("reporting:unwaive", args=where), {"u-reason": "Miễn nhầm đơn vị."})
    assert world.assignment("so-c").state == State.IN_PROGRESS


def test_comments_alone_say_what_a_return_wants(world, sign_in, later):
    first = submit(world, "so-c", "2025-10-24 09:00")
    section = first.passages.first().section
    reviewing.add_comment(first, section, text="Nêu rõ số.", actor=world.reviewer, now=at(NOW))
    typed = {"d-decision": "return", "d-until": "31/10/2025", "d-note": ""}
    page = sign_in(world.reviewer).post(reverse("reporting:decide", args=[world.round.code, "so-c"]), typed)
    assert page.status_code == 302
    assert world.assignment("so-c").state == State.RETURNED


def test_the_office_moves_the_date_of_a_returned_report(world, sign_in, later):
    submit(world, "so-c", "2025-10-24 09:00")
    return_report(world, "so-c", when="2025-10-25 09:00", until=date(2025, 10, 30))
    where = [world.round.code, "so-c"]
    reviewer = sign_in(world.reviewer)
    page = reviewer.get(reverse("reporting:review", args=where)).content.decode()
    assert 'name="m-seen" value="1"' in page
    assert "Gia hạn cho đơn vị" not in page
    move = reverse("reporting:move_date", args=where)
    typed = {"m-until_date": "07/11/2025", "m-reason": "Bão số 12.", "m-seen": "1"}
    assert sign_in(world.registry).post(move, typed).status_code == 409
    assert reviewer.post(move, typed).status_code == 302
    assert world.assignment("so-c").return_deadline.due_at == at("2025-11-08 00:00")
    page = reviewer.post(move, typed | {"m-until_date": "10/11/2025"})
    assert page.status_code == 409, "somebody read the date before it was moved"
    assert "Người khác vừa đổi hạn bổ sung" in page.content.decode()
    assert "10/11/2025" in page.content.decode(), "what was typed is kept"
    unit_page = sign_in(world.reporters["so-c"]).get(world.assignment("so-c").get_absolute_url())
    assert "Đề nghị bổ sung số liệu." in unit_page.content.decode(), "the note of the return stays"


@pytest.mark.parametrize(
    ("text", "status", "why"),
    [
        (" ", 422, "Hãy ghi ý kiến."),
        ("Nêu rõ. " * 251, 422, "Dài quá 2.000 ký tự (đang có 2007)"),
        ("MẬT\n\nNêu rõ.", 409, "mang dấu MẬT"),
    ],
)
def test_a_remark_that_is_refused_is_shown_again_with_the_reason(world, sign_in, later, text, status, why):
    passage = submit(world, "so-c", "2025-10-24 09:00").passages.first()
    place = reverse("reporting:comment_add", args=[world.round.code, "so-c"])
    typed = {"section": passage.section.key, "passage": passage.pk, "text": text}
    answer = sign_in(world.reviewer).post(place, typed)
    page = answer.content.decode()
    assert answer.status_code == status
    assert f'aria-describedby="c-{passage.pk}_error" data-focus>{text.strip()}' in page
    assert why in page
    assert page.count('name="needs_answer" checked') == page.count('name="needs_answer"') - 1
    assert not Comment.objects.exists()


def test_lines_of_a_remark_count_as_the_browser_counts_them(world, sign_in, later):
    passage = submit(world, "so-c", "2025-10-24 09:00").passages.first()
    place = reverse("reporting:comment_add", args=[world.round.code, "so-c"])
    typed = {"section": passage.section.key, "passage": passage.pk, "text": "a\r\n" * 999 + "ab"}
    assert sign_in(world.reviewer).post(place, typed).status_code == 302


def test_a_remark_written_while_a_colleague_decided_can_be_copied(world, sign_in, later):
    passage = submit(world, "so-c", "2025-10-24 09:00").passages.first()
    accept(world, "so-c", "2025-10-26 10:00")
    client = sign_in(world.second_reviewer)
    place = reverse("reporting:comment_add", args=[world.round.code, "so-c"])
    typed = {"section": passage.section.key, "passage": passage.pk, "text": "Nêu rõ số."}
    answer = client.post(place, typed)
    assert answer.status_code == 409
    assert "readonly>Nêu rõ số.</textarea>" in answer.content.decode()
    decide = reverse("reporting:decide", args=[world.round.code, "so-c"])
    page = client.post(decide, {"d-decision": "accept", "d-note": "Cảm ơn."}).content.decode()
    assert "readonly>Cảm ơn.</textarea>" in page


def test_the_office_reads_an_answer_when_it_was_sent(world, sign_in, later):
    submit(world, "so-c", "2025-10-24 09:00")
    return_report(world, "so-c", when="2025-10-25 09:00", until=date(2025, 10, 30))
    address = reverse("reporting:review", args=[world.round.code, "so-c"])
    reviewing.reply(
        Comment.objects.get(),
        text="Đã bổ sung số.",
        actor=world.reporters["so-c"],
        now=at("2025-10-26 09:00"),
    )
    client = sign_in(world.reviewer)
    assert "Đã bổ sung số." not in client.get(address).content.decode()
    submit(world, "so-c", "2025-10-26 15:00")
    assert "Đã bổ sung số." in client.get(address).content.decode()


def test_a_waiver_taken_back_after_a_return_lets_comments_be_answered(world, sign_in, later):
    submit(world, "so-c", "2025-10-24 09:00")
    return_report(world, "so-c", when="2025-10-25 09:00", until=date(2025, 10, 30))
    reviewing.waive(world.assignment("so-c"), reason="Tạm dừng.", actor=world.lead, now=at(NOW))
    reviewing.unwaive(world.assignment("so-c"), reason="Nhầm.", actor=world.lead, now=at(NOW))
    assignment = world.assignment("so-c")
    comment = Comment.objects.get()
    page = sign_in(world.reporters["so-c"]).get(assignment.get_absolute_url()).content.decode()
    assert reverse("reporting:reply", args=[assignment.pk, comment.pk]) in page


def test_cells_of_the_matrix_lead_to_places_that_are_there(busy, sign_in):
    client = sign_in(busy.reviewer)
    page = client.get(reverse("reporting:matrix", args=[busy.round.code])).content.decode()
    links = set(re.findall(r'<a class="c [^"]*" href="([^"#]+)(#[^"]*)?"', page))
    assert {place for place, anchor in links if not anchor} >= {
        reverse("reporting:review", args=[busy.round.code, a.unit.code])
        for a in busy.round.assignments.filter(first_submitted_at=None)
    }
    pages = {place: client.get(place).content.decode() for place, _ in links}
    assert any(anchor for _, anchor in links)
    assert [link for link in links if link[1] and f'id="{link[1][1:]}"' not in pages[link[0]]] == []
