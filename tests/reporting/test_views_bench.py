import re

import pytest
from django.urls import reverse

from reporting import consolidation, issuing
from reporting.models import Paragraph, Passage, Report, Section
from tests.factories import accept, at, make_world, submit
from tests.remembered import once

NOW = at("2025-10-20 09:00")
CODE = "khoa-giao-2025"


@pytest.fixture
@once
def report(world) -> Report:
    for code in ("cuc-a", "so-c"):
        submit(world, code)
        accept(world, code)
    return consolidation.start_report(world.round, actor=world.reviewer, now=NOW)


@pytest.fixture
def office(world, report, sign_in):
    return sign_in(world.reviewer)


def passage(world, code="cuc-a", position=1):
    return Passage.objects.get(
        submission=world.assignment(code).accepted_submission, section__key="2", position=position
    )


def address(name, *args):
    return reverse(f"reporting:{name}", args=[CODE, *args])


def html(response):
    return response.content.decode()


PAGES = [("bench", ()), ("bench_section", ("2",)), ("figure", ("hoi_nghi",))]
VERBS = ["bench_take", "bench_merge", "bench_read", "bench_unread"]


@pytest.mark.parametrize(("name", "args"), PAGES)
@pytest.mark.parametrize(
    ("who", "status"),
    [("reviewer", 200), ("lead", 200), ("registry", 200), ("outsider", 404), ("admin", 404)],
)
def test_who_sees_the_bench(world, report, sign_in, who, status, name, args):
    assert sign_in(getattr(world, who)).get(address(name, *args)).status_code == status


@pytest.mark.parametrize("who", ["outsider", "admin"])
def test_verbs_do_not_exist_for_outsiders(world, report, sign_in, who):
    client = sign_in(getattr(world, who))
    paragraph = consolidation.take(report, passage(world, "so-c"), actor=world.reviewer, now=NOW)
    source = paragraph.sources.get()
    before = list(Paragraph.objects.values()), list(Passage.objects.values())
    targets = [
        *(address(name, "2", passage(world).pk) for name in VERBS),
        *(
            address(n, "2")
            for n in ("bench_take_group", "bench_read_all", "bench_write", "bench_write_figures")
        ),
        *(
            address(n, "2", paragraph.pk)
            for n in (
                "bench_save",
                "bench_remove",
                "bench_restore",
                "bench_up",
                "bench_down",
                "bench_renew_figures",
            )
        ),
        address("bench_drop_source", "2", source.pk),
        address("bench_renew_source", "2", source.pk, passage(world).pk),
    ]
    assert [client.post(url, {"text": "x"}).status_code for url in targets] == [404] * len(targets)
    assert (list(Paragraph.objects.values()), list(Passage.objects.values())) == before


def test_verbs_are_posted(office, world):
    assert office.get(address("bench_take", "2", passage(world).pk)).status_code == 405


def test_the_registry_reads_but_does_not_write(world, report, sign_in):
    client = sign_in(world.registry)
    page = html(client.get(address("bench_section", "2")))
    assert "Lấy vào" not in page
    answer = client.post(address("bench_take", "2", passage(world).pk), follow=True)
    assert "Việc này do Văn phòng Bộ làm" in html(answer)
    assert not Paragraph.objects.exists()


def test_take_comes_back_to_its_place_and_can_be_undone(office, world, report):
    mine = passage(world)
    answer = office.post(address("bench_take", "2", mine.pk), {"kept": "loc=chua-doc&q=hoi&ngoai=1"})
    assert answer["Location"] == f"{address('bench_section', '2')}?loc=chua-doc&q=hoi#p-{mine.pk}"
    page = html(office.get(address("bench_section", "2")))
    undo = re.search(r'<form method="post" action="([^"]+/doan/\d+/bo/)"', page)[1]
    assert "Cục YDCT" in page
    assert "2 đơn vị: 1 đã đọc, 1 đã trích" in page
    office.post(undo)
    assert Paragraph.objects.get().removed_at is not None


def test_merge_goes_into_the_chosen_paragraph(office, world, report):
    first = consolidation.take(report, passage(world), actor=world.reviewer, now=NOW)
    consolidation.write(
        report, Section.objects.get(round=world.round, key="2"), "Câu hai.", actor=world.lead, now=NOW
    )
    page = html(office.get(f"{address('bench_section', '2')}?chon={first.pk}"))
    assert "Gộp với đoạn 1" in page
    office.post(address("bench_merge", "2", passage(world, "so-c").pk), {"paragraph": first.pk})
    assert first.sources.count() == 2


def test_what_was_typed_stays_when_it_is_refused(office, world, report):
    answer = office.post(address("bench_write", "2"), {"text": "TỐI MẬT\n\nĐoạn đã gõ"})
    assert answer.status_code == 422
    assert "Đoạn đã gõ" in html(answer)
    assert "dấu TỐI MẬT" in html(answer)
    assert "<title>Lỗi:" in html(answer)
    assert not Paragraph.objects.exists()


def test_a_conflict_shows_both_texts(office, world, report):
    place = Section.objects.get(round=world.round, key="2")
    paragraph = consolidation.write(report, place, "Bản đầu.", actor=world.reviewer, now=NOW)
    consolidation.save_paragraph(paragraph, "Bản của lãnh đạo.", seen_version=1, actor=world.lead, now=NOW)
    url = address("bench_save", "2", paragraph.pk)
    answer = office.post(url, {"text": "Bản của tôi.", "version": "1"})
    assert answer.status_code == 409
    page = html(answer)
    assert "Bản của lãnh đạo." in page
    assert "Bản của tôi.</textarea>" in page
    assert "Lãnh đạo Văn phòng Bộ đã sửa đoạn này" in page
    office.post(url, {"text": "Bản của tôi.", "version": re.search(r'name="version" value="(\d+)"', page)[1]})
    paragraph.refresh_from_db()
    assert paragraph.text == "Bản của tôi."


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", 4),
        ("?loc=chua-doc", 4),
        ("?loc=da-trich", 0),
        ("?q=hai+phong", 2),
        ("?q=khong-co", 0),
        ("?page=9", 4),
    ],
)
def test_filters(office, query, shown):
    assert html(office.get(address("bench_section", "2") + query)).count('<article class="passage') == shown


def test_groups_and_changes_have_their_lists(office, world, report):
    page = html(office.get(address("bench_section", "2") + "?loc=trung-y"))
    assert page.count("passage-group") == 2
    wanted = re.findall(r'name="passage" value="(\d+)"', page)[:2]
    office.post(address("bench_take_group", "2"), {"passage": wanted})
    assert Paragraph.objects.get().sources.count() == 2
    assert "Không nguồn nào thay đổi" in html(office.get(address("bench_section", "2") + "?loc=thay-doi"))


def test_numbers_open_to_their_units(office, world):
    page = html(office.get(address("bench_section", "1.1")))
    assert f'href="{address("figure", "hoi_nghi")}"' in page
    opened = html(office.get(address("figure", "hoi_nghi")))
    assert "Hội nghị quán triệt: 24 hội nghị" in opened
    assert "Sở Y tế thành phố Hải Phòng" in opened
    assert office.get(address("figure", "khong-co")).status_code == 404


def test_old_figures_are_flagged_and_written_again(office, world, report):
    office.post(address("bench_write_figures", "2"))
    assert "Số liệu đã đổi" not in html(office.get(address("bench_section", "2")))
    submit(world, "benh-vien-b")
    accept(world, "benh-vien-b")
    assert "Số liệu đã đổi" in html(office.get(address("bench_section", "2")))
    office.post(address("bench_renew_figures", "2", Paragraph.objects.get().pk))
    assert Paragraph.objects.get().text.startswith("Theo báo cáo của 3/4 đơn vị")


@pytest.mark.parametrize("key", ["1", "9.9"])
def test_headings_and_unknown_sections_are_not_found(office, key):
    assert office.get(address("bench_section", key)).status_code == 404


def test_passages_of_another_round_are_not_found(office, world):
    assert office.post(address("bench_take", "2", 999_999)).status_code == 404
    assert office.post(address("bench_save", "2", 999_999), {"text": "x"}).status_code == 404


def test_a_cleared_report_offers_no_verbs(office, world, report):
    paragraph = consolidation.take(report, passage(world), actor=world.reviewer, now=NOW)
    issuing.clear(report, actor=world.lead, now=NOW)
    page = html(office.get(address("bench_section", "2")))
    assert "Lấy vào" not in page
    assert "Trình ký" in page
    answer = office.post(address("bench_remove", "2", paragraph.pk), follow=True)
    assert "không sửa được nữa" in html(answer)


def test_without_a_report_the_page_says_what_to_do(world, sign_in):
    client = sign_in(world.reviewer)
    assert "Lập báo cáo của Bộ" in html(client.get(address("bench")))
    page = html(client.post(address("bench_write_figures", "2"), follow=True))
    assert "Chưa lập báo cáo của Bộ" in page


def test_what_units_wrote_cannot_bring_markup(world, sign_in, report):
    place = Section.objects.get(round=world.round, key="2")
    consolidation.write(report, place, "<script>alert(1)</script>", actor=world.reviewer, now=NOW)
    page = html(sign_in(world.reviewer).get(address("bench_section", "2")))
    assert "<script>alert" not in page
    assert "style=" not in page


def test_queries_do_not_grow_with_units(db, sign_in):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    world = make_world(more_units=2)
    report = consolidation.start_report(world.round, actor=world.reviewer, now=NOW)
    client = sign_in(world.reviewer)
    counts = []
    for code in ("cuc-a", "benh-vien-0", "benh-vien-1"):
        submit(world, code)
        accept(world, code)
        consolidation.take(report, passage(world, code), actor=world.reviewer, now=NOW)
        found = []
        for name, args in PAGES:
            with CaptureQueriesContext(connection) as queries:
                client.get(address(name, *args))
            found.append(len(queries))
        counts.append(found)
    assert counts[0] == counts[1] == counts[2]
