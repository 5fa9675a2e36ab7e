from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reporting import rendering, urging, urging_issue
from reporting.documents.pdf import RenderedPdf
from reporting.models import Notice, Round, StoredFile, UrgingLetter
from reporting.notifying import send_all_due
from reporting.states import LetterState
from tests.factories import at, make_world, submit
from tests.personas import PDF
from tests.remembered import once

CODE = "khoa-giao-2025"
YESTERDAY = timezone.now() - timedelta(days=1)


@pytest.fixture(autouse=True)
def _printed(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    pdf = RenderedPdf(PDF, 2, 0.0, 0, ())
    monkeypatch.setattr(rendering, "print_paper", lambda paper: (pdf, b"PK docx"))
    monkeypatch.setattr(rendering, "print_pdf", lambda paper: pdf)


@pytest.fixture
@once
def letter(world) -> UrgingLetter:
    return urging.start(world.round, actor=world.reviewer, now=YESTERDAY)


def signed(world, letter):
    urging_issue.clear(letter, seen_version=letter.version, actor=world.lead, now=YESTERDAY)
    authority, post = urging_issue.SIGNERS[0]
    urging_issue.sign(
        letter,
        authority=authority,
        post=post,
        name="Hà Văn Ký",
        signed_on=timezone.localdate(YESTERDAY),
        actor=world.registry,
        now=YESTERDAY,
    )
    return letter


def issued(world, letter):
    signed(world, letter)
    day = timezone.localdate(YESTERDAY)
    urging_issue.issue(letter, number=7, issued_on=day, actor=world.registry, now=YESTERDAY)
    return letter


def address(name, *args):
    return reverse(f"reporting:{name}", args=[CODE, *args])


def html(response):
    return response.content.decode()


def of_unit(world, letter, code="cuc-a", *more):
    name = "unit_letter_file" if more else "unit_letter"
    return reverse(f"reporting:{name}", args=[world.assignment(code).pk, letter.pk, *more])


@pytest.mark.parametrize("where", ["reminders", "units", "round", "letters"])
def test_one_click_from_every_late_list_drafts_the_letter(world, sign_in, where):
    client = sign_in(world.reviewer)
    page = html(client.get(address(where), {"loc": "qua-han"}))
    assert "Soạn công văn đôn đốc" in page
    assert f'action="{address("letter_start")}"' in page
    answer = client.post(address("letter_start"), follow=True)
    assert answer.redirect_chain[-1][0] == UrgingLetter.objects.get().get_absolute_url()
    assert "Đã soạn dự thảo gửi 4 đơn vị quá hạn" in html(answer)


def test_a_filtered_list_drafts_to_its_group_alone(world, sign_in):
    client = sign_in(world.reviewer)
    page = html(client.get(address("units"), {"loc": "qua-han", "nhom": "so-y-te"}))
    assert "Soạn công văn đôn đốc" in page
    assert '<input type="hidden" name="group" value="so-y-te">' in page
    client.post(address("letter_start"), {"group": "so-y-te"})
    assert [unit.unit_name for unit in UrgingLetter.objects.get().units.all()] == [
        "Sở Y tế thành phố Hải Phòng"
    ]
    answer = client.post(address("letter_start"), {"group": "khong-co"}, follow=True)
    assert "Không có nhóm đơn vị này" in html(answer)


def test_an_empty_late_list_says_so(world, sign_in):
    for deadline in world.round.deadlines.all():
        deadline.due_at = timezone.now() + timedelta(days=30)
        deadline.save()
    client = sign_in(world.reviewer)
    assert "Không có đơn vị quá hạn" in html(client.get(address("letters")))
    assert "Soạn công văn" not in html(client.get(address("reminders")))
    assert "không có gì để đôn đốc" in html(client.post(address("letter_start"), follow=True))


@pytest.mark.parametrize("who", ["registry", "outsider"])
def test_who_may_not_draft_sees_no_button(world, sign_in, who):
    client = sign_in(getattr(world, who))
    answer = client.get(address("letters"))
    assert answer.status_code == (200 if who == "registry" else 404)
    assert address("letter_start") not in html(answer)
    client.post(address("letter_start"))
    assert not UrgingLetter.objects.exists()


def test_a_second_click_leads_to_the_draft_that_stands(world, letter, sign_in):
    answer = sign_in(world.lead).post(address("letter_start"), follow=True)
    assert answer.redirect_chain[-1][0] == letter.get_absolute_url()
    assert "Đợt này đã có một dự thảo" in html(answer)


@pytest.mark.parametrize("who", ["outsider", "admin"])
def test_everything_of_it_is_not_found_for_outsiders(world, letter, sign_in, who):
    client = sign_in(getattr(world, who))
    for name in (
        "letter",
        "letter_words",
        "letter_sign",
        "letter_issue",
        "letter_scan",
        "letter_pdf",
        "letter_docx",
    ):
        assert client.get(address(name, letter.pk)).status_code == 404
    for name in (
        "letter_words",
        "letter_units",
        "letter_clear",
        "letter_take_back",
        "letter_drop",
        "letter_issue",
    ):
        assert client.post(address(name, letter.pk)).status_code == 404


def test_the_page_shows_the_paper_and_the_units_to_tick(world, letter, sign_in):
    page = html(sign_in(world.reviewer).get(letter.get_absolute_url()))
    assert "V/v đôn đốc gửi báo cáo công tác khoa giáo năm 2025" in page
    assert "DANH SÁCH ĐƠN VỊ CHƯA GỬI BÁO CÁO" in page
    assert page.count('name="units"') == page.count(" checked>") == 4
    assert "ngày làm việc cuối" in page
    assert "Trình ký</button>" not in page  # the lead's
    assert "Trình ký</button>" in html(sign_in(world.lead).get(letter.get_absolute_url()))


def test_unticking_a_unit_takes_it_out(world, letter, sign_in):
    client = sign_in(world.reviewer)
    kept = world.assignment("cuc-a").pk
    answer = client.post(address("letter_units", letter.pk), {"units": [kept], "version": 1}, follow=True)
    assert "Đã cập nhật danh sách" in html(answer)
    assert [unit.unit_name for unit in letter.units.all()] == ["Cục Quản lý Y, Dược cổ truyền"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"version": 1}, "Hãy chọn ít nhất một đơn vị"),
        ({"units": ["999999"], "version": 1}, "Có đơn vị không còn quá hạn"),
        ({"units": ["x"], "version": "y"}, "Có chỗ cần sửa"),
        ({"units": "all", "version": 7}, "Nội dung bạn gửi chưa được lưu"),
    ],
)
def test_a_list_that_cannot_be_is_said_on_the_page(world, letter, sign_in, data, said):
    if data.get("units") == "all":
        data = data | {"units": [world.assignment("cuc-a").pk]}
    answer = sign_in(world.reviewer).post(address("letter_units", letter.pk), data)
    assert (answer.status_code, said in html(answer)) == (422, True)
    assert letter.units.count() == 4


def words(letter, **changes):
    names = ("subject", "addressees", "opening", "request", "closing", "recipients", "version")
    soon = f"{timezone.localdate() + timedelta(days=9):%d/%m/%Y}"
    data = {name: getattr(letter, name) for name in names}
    return data | {"reply_by": soon, "reply_boundary": "on_or_before", "signer": "1"} | changes


def test_words_are_edited_and_a_later_save_keeps_what_was_typed(world, letter, sign_in):
    client = sign_in(world.reviewer)
    assert letter.opening[:40] in html(client.get(address("letter_words", letter.pk)))
    client.post(address("letter_words", letter.pk), words(letter, closing="Trân trọng cảm ơn."))
    stored = UrgingLetter.objects.get()
    assert (stored.closing, stored.post, stored.version) == ("Trân trọng cảm ơn.", "PHÓ CHÁNH VĂN PHÒNG", 2)
    assert stored.reply_phrase.startswith("chậm nhất ngày ")
    late = sign_in(world.second_reviewer).post(
        address("letter_words", letter.pk), words(letter, closing="Muộn.")
    )
    page = html(late)
    assert late.status_code == 422
    assert "Chuyên viên tổng hợp 1 vừa sửa" in page
    assert "Muộn." in page
    assert "Trân trọng cảm ơn." in page  # what is stored, to compare


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"subject": ""}, "Hãy ghi trích yếu"),
        ({"reply_by": "31/02/2027"}, "ngày"),
        ({"reply_by": "01/01/2025"}, "sau hôm nay"),
        ({"closing": "TUYỆT MẬT"}, "Bí mật nhà nước"),
        ({"signer": "77"}, "77"),
    ],
)
def test_bad_words_come_back_with_the_reason(world, letter, sign_in, changes, said):
    answer = sign_in(world.reviewer).post(address("letter_words", letter.pk), words(letter, **changes))
    assert (answer.status_code, said in html(answer)) == (422, True)
    assert ("reply_by" in changes) == ("reply_by" in answer.context["form"].errors)


def test_the_whole_way_to_the_unit(world, letter, sign_in):
    lead, registry = sign_in(world.lead), sign_in(world.registry)
    today = f"{timezone.localdate():%d/%m/%Y}"
    assert "Đã trình ký" in html(lead.post(address("letter_clear", letter.pk), {"version": 1}, follow=True))
    sign = {"signer": "0", "name": "Hà Văn Ký", "signed_on": today}
    assert "Đã ghi nhận Hà Văn Ký" in html(
        registry.post(address("letter_sign", letter.pk), sign, follow=True)
    )
    scan = {"file": SimpleUploadedFile("ban-ky.pdf", PDF)}
    assert "Đã đính kèm" in html(registry.post(address("letter_scan", letter.pk), scan, follow=True))
    bad = registry.post(address("letter_issue", letter.pk), {"number": "bảy", "issued_on": today})
    assert (bad.status_code, "Nhập số nguyên" in html(bad)) == (422, True)
    done = registry.post(address("letter_issue", letter.pk), {"number": "7", "issued_on": today}, follow=True)
    assert "Đã phát hành Công văn số 07/BYT-VPB9" in html(done)
    page = html(sign_in(world.reporters["cuc-a"]).get(of_unit(world, letter)))
    assert "Công văn số " in page
    assert page.count("Đơn vị còn nợ báo cáo") == 1
    assert page.count("/tep/") == 3


def test_a_unit_named_reads_and_downloads_and_others_do_not(world, letter, sign_in):
    unit = sign_in(world.reporters["cuc-a"])
    assert unit.get(of_unit(world, letter)).status_code == 404  # not issued yet
    issued(world, letter)
    file = letter.stored_files.get(kind=StoredFile.Kind.LETTER_PDF)
    answer = unit.get(of_unit(world, letter, "cuc-a", file.pk))
    assert b"".join(answer.streaming_content) == PDF
    assert "inline" not in answer["Content-Disposition"]
    for stranger in (world.outsider, world.reporters["so-c"], world.reviewer, world.admin):
        client = sign_in(stranger)
        assert client.get(of_unit(world, letter)).status_code == 404
        assert client.get(of_unit(world, letter, "cuc-a", file.pk)).status_code == 404
    duty = html(unit.get(reverse("reporting:assignment", args=[world.assignment("cuc-a").pk])))
    assert of_unit(world, letter) in duty
    assert "phát hành công văn đôn đốc" in duty


def test_the_letter_stands_beside_the_duty_until_the_report_is_sent(world, letter, sign_in):
    unit = sign_in(world.reporters["cuc-a"])
    home, page = (
        reverse("reporting:home"),
        reverse("reporting:assignment", args=[world.assignment("cuc-a").pk]),
    )
    assert of_unit(world, letter) not in html(unit.get(home))
    issued(world, letter)
    for place in (home, page):
        assert f"{letter.reply_phrase}" in html(unit.get(place))
        assert of_unit(world, letter) in html(unit.get(place))
    assert "Bộ đã có công văn đôn đốc đơn vị" in html(unit.get(page))
    submit(world, "cuc-a", f"{timezone.localtime():%Y-%m-%d %H:%M}")
    assert of_unit(world, letter) not in html(unit.get(home))
    assert "Bộ đã có công văn đôn đốc đơn vị" not in html(unit.get(page))


def test_the_bell_leads_to_the_letter_and_the_office_sees_the_step(world, letter, sign_in):
    issued(world, letter)
    send_all_due(YESTERDAY + timedelta(minutes=1))
    notice = Notice.objects.get(rule="urge", recipient=world.reporters["cuc-a"], channel="in_app")
    answer = sign_in(world.reporters["cuc-a"]).get(reverse("reporting:notice_open", args=[notice.pk]))
    assert answer.url == of_unit(world, letter)
    office = sign_in(world.reviewer)
    review = html(office.get(address("review", "cuc-a")))
    assert letter.get_absolute_url() in review
    assert "Công văn đôn đốc" in review
    assert letter.name.split(" ngày ")[0].removeprefix("Công văn số ") in html(
        office.get(address("units"), {"loc": "qua-han"})
    )


def test_files_before_and_after_the_issue(world, letter, sign_in):
    client = sign_in(world.registry)
    draft = client.get(address("letter_pdf", letter.pk))
    assert (draft.content, draft["Content-Type"]) == (PDF, "application/pdf")
    assert "du-thao-cong-van-khoa-giao-2025-1.pdf" in draft["Content-Disposition"]
    assert client.get(address("letter_docx", letter.pk)).content.startswith(b"PK")
    issued(world, letter)
    kept = client.get(address("letter_pdf", letter.pk))
    assert "07-byt-vpb9" in kept["Content-Disposition"]
    other = Round.objects.exclude(pk=world.round.pk).first()
    assert (
        other is None
        or client.get(reverse("reporting:letter", args=[other.code, letter.pk])).status_code == 404
    )


def test_steps_out_of_turn_are_told(world, letter, sign_in):
    registry = sign_in(world.registry)
    answer = registry.get(address("letter_issue", letter.pk), follow=True)
    assert "Công văn hiện dự thảo nên không “Phát hành” được" in html(answer)
    signed(world, letter)
    lead = sign_in(world.lead)
    assert "không sửa lời văn được" in html(lead.get(address("letter_words", letter.pk), follow=True))
    late = lead.post(address("letter_clear", letter.pk), {"version": "1"}, follow=True)
    assert "vừa xử lý" in html(late)
    assert UrgingLetter.objects.get().state == LetterState.SIGNED


def test_clearing_needs_the_version_that_was_seen(world, letter, sign_in):
    answer = sign_in(world.lead).post(address("letter_clear", letter.pk), {}, follow=True)
    assert "vừa sửa" in html(answer)
    assert UrgingLetter.objects.get().state == LetterState.DRAFTING


def test_a_unit_that_sent_meanwhile_is_named_on_the_page(world, letter, sign_in):
    submit(world, "cuc-a", f"{timezone.localtime(YESTERDAY):%Y-%m-%d %H:%M}")
    page = html(sign_in(world.reviewer).get(letter.get_absolute_url()))
    assert "1 đơn vị trong dự thảo không còn quá hạn:" in page
    answer = sign_in(world.lead).post(address("letter_clear", letter.pk), {"version": 1}, follow=True)
    assert "Hãy cập nhật danh sách rồi trình" in html(answer)


def test_the_list_is_exported(world, letter, sign_in):
    answer = sign_in(world.registry).get(address("letters_xlsx"))
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert sign_in(world.outsider).get(address("letters_xlsx")).status_code == 404


def test_pages_ask_as_much_for_few_units_as_for_many(db, sign_in, settings):
    counts = []
    world = make_world(more_units=3)
    client = sign_in(world.reviewer)
    for group in (world.thuoc, None):
        UrgingLetter.objects.update(state=LetterState.DROPPED)
        letter = urging.start(world.round, group=group, actor=world.reviewer, now=at("2025-11-10 08:00"))
        row = []
        for page in (letter.get_absolute_url(), address("letters"), address("reminders")):
            with CaptureQueriesContext(
                connection,
            ) as asked:
                assert client.get(page).status_code == 200
            row.append(len(asked))
        counts.append(row)
    assert counts[0] == counts[1]
