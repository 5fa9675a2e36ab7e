import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reporting import consolidation, issuing, rendering, tasks
from reporting.models import Passage, RenderJob, Report, Section, StoredFile
from reporting.states import ReportState
from tests.factories import accept, at, make_world, submit
from tests.remembered import once

CODE = "khoa-giao-2025"
YESTERDAY = timezone.now() - timedelta(days=1)


@pytest.fixture(autouse=True)
def _own_cache(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(tasks.render, "delay", lambda: None)


@pytest.fixture
@once
def report(world) -> Report:
    submit(world, "cuc-a")
    accept(world, "cuc-a")
    return consolidation.start_report(world.round, actor=world.reviewer, now=YESTERDAY)


def address(name, *args):
    return reverse(f"reporting:{name}", args=[CODE, *args])


def html(response):
    return response.content.decode()


def today():
    return f"{timezone.localdate():%d/%m/%Y}"


def signed(world, report):
    issuing.clear(report, actor=world.lead, now=YESTERDAY)
    issuing.sign(
        report,
        authority="KT. BỘ TRƯỞNG",
        post="THỨ TRƯỞNG",
        name="Nguyễn Văn An",
        signed_on=timezone.localdate(YESTERDAY),
        actor=world.lead,
        now=YESTERDAY,
    )
    return report


@pytest.mark.parametrize(
    ("who", "status"),
    [("reviewer", 200), ("lead", 200), ("registry", 200), ("outsider", 404), ("admin", 404)],
)
def test_who_sees_the_report(world, report, sign_in, who, status):
    client = sign_in(getattr(world, who))
    assert client.get(address("report")).status_code == status
    assert client.get(address("report_version", 1)).status_code == status


@pytest.mark.parametrize("who", ["outsider", "admin"])
def test_everything_of_it_is_not_found_for_outsiders(world, report, sign_in, who):
    client = sign_in(getattr(world, who))
    job = rendering.request_print(report, actor=world.lead, now=YESTERDAY)
    kept = rendering.keep(StoredFile.Kind.REPORT_PDF, b"%PDF-1.7", name="x.pdf", now=YESTERDAY, report=report)
    for name in ("report_front", "report_take_back", "report_sign", "report_issue", "report_correct"):
        assert client.get(address(name)).status_code == 404
        assert client.post(address(name)).status_code == 404
    for name in ("report_start", "report_print", "report_clear"):
        assert client.post(address(name)).status_code == 404
    assert client.get(address("report_job", job.pk)).status_code == 404
    assert client.get(address("report_file", kept.pk)).status_code == 404


@pytest.mark.parametrize(
    ("name", "who", "status"),
    [
        ("report_issue", "lead", 403),
        ("report_issue", "registry", 302),
        ("report_sign", "reviewer", 403),
        ("report_front", "registry", 403),
        ("report_correct", "registry", 403),
        ("report_take_back", "reviewer", 403),
    ],
)
def test_insiders_without_the_right_are_told_who_has_it(world, report, sign_in, name, who, status):
    assert sign_in(getattr(world, who)).get(address(name)).status_code == status


def test_without_a_report_there_is_one_thing_to_do(world, sign_in):
    client = sign_in(world.reviewer)
    assert "Chưa lập báo cáo của Bộ" in html(client.get(address("report")))
    answer = client.post(address("report_start"))
    assert answer["Location"] == address("bench")
    assert Report.objects.get().state == ReportState.DRAFTING
    assert "đã được lập" in html(client.post(address("report_start"), follow=True))
    assert Report.objects.count() == 1


def test_the_preview_is_the_paper_of_a_draft(world, report, sign_in):
    place = Section.objects.get(round=world.round, key="2")
    consolidation.write(report, place, "Đã kiểm tra <i>nghiêm</i>.", actor=world.reviewer, now=YESTERDAY)
    page = html(sign_in(world.reviewer).get(address("report")))
    assert "DỰ THẢO" in page
    assert "Đã kiểm tra &lt;i&gt;nghiêm&lt;/i&gt;." in page
    assert "1/4 đơn vị)" in page
    assert "Kính gửi: Ban Tuyên giáo và Dân vận Trung ương" in page
    assert "ngày làm việc cuối" in page
    assert "3 đơn vị chưa có báo cáo" in page
    assert "Trình ký</button>" not in page
    assert "style=" not in page
    assert page.count("<h1") == 1
    assert "Trình ký</button>" in html(sign_in(world.lead).get(address("report")))


def test_front_words_keep_what_was_typed(world, report, sign_in):
    client = sign_in(world.reviewer)
    data = {
        "title": "Kết quả",
        "addressee": "Ban",
        "opening": "Mở.",
        "closing": "Kết.",
        "recipients": "Như trên",
    }
    answer = client.post(address("report_front"), data | {"addressee": "", "opening": "Đoạn đã gõ"})
    assert answer.status_code == 422
    assert "Đoạn đã gõ" in html(answer)
    assert client.post(address("report_front"), data)["Location"] == address("report")
    assert Report.objects.get().title == "Kết quả"


def test_a_print_is_asked_for_waited_for_and_downloaded(world, report, sign_in):
    client = sign_in(world.registry)
    page = client.post(address("report_print"))["Location"]
    waiting = html(client.get(page))
    assert 'http-equiv="refresh"' in waiting
    assert "Chờ dựng" in waiting
    rendering.run_waiting(timezone.now())
    done = html(client.get(page, headers={"HX-Request": "true"}))
    assert "<html" not in done
    assert "hx-trigger" not in done
    files = re.findall(r'href="([^"]+/tep/\d+/)"', done)
    assert len(files) == 2
    answer = client.get(files[0])
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content)[:4] in (b"%PDF", b"PK\x03\x04")


def test_a_failed_print_says_why(world, report, sign_in):
    job = rendering.request_print(report, actor=world.lead, now=YESTERDAY)
    RenderJob.objects.update(state="failed", message="Văn bản quá lớn.", finished_at=YESTERDAY)
    page = html(sign_in(world.lead).get(address("report_job", job.pk)))
    assert "Văn bản quá lớn." in page
    assert "Dựng lại" in page


def test_a_broker_that_is_away_does_not_stop_a_print(
    world, report, sign_in, monkeypatch, django_capture_on_commit_callbacks
):
    def away():
        raise OSError("no broker")

    monkeypatch.setattr(tasks.render, "delay", away)
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        assert sign_in(world.lead).post(address("report_print")).status_code == 302
    assert len(callbacks) == 1
    assert RenderJob.objects.get().state == "waiting"


def test_the_way_to_the_issued_report(world, report, sign_in):
    lead, registry = sign_in(world.lead), sign_in(world.registry)
    lead.post(address("report_clear"))
    assert RenderJob.objects.count() == 1  # the print to be signed
    page = html(registry.get(address("report")))
    assert "Ghi nhận đã ký" in page
    assert "DỰ THẢO" not in page
    wrong = registry.post(
        address("report_sign"), {"signer": "0", "name": "Trần Thị Bình", "signed_on": "32/13/2025"}
    )
    assert wrong.status_code == 422
    assert "Trần Thị Bình" in html(wrong)
    assert "dd/mm/yyyy" in html(wrong)
    registry.post(address("report_sign"), {"signer": "0", "name": "Trần Thị Bình", "signed_on": today()})
    assert Report.objects.get().signer_name == "Trần Thị Bình"
    early = registry.post(address("report_issue"), {"number": "7", "issued_on": "01/01/2025"})
    assert early.status_code == 422
    assert "không thể trước ngày ký" in html(early)
    registry.post(address("report_issue"), {"number": "7", "issued_on": today()})
    stored = Report.objects.get()
    assert (stored.state, stored.code) == (ReportState.ISSUED, "07/BC-BYT")
    page = html(lead.get(address("report")))
    assert "Bản đã phát hành" in page
    assert "Số: 07/BC-BYT" in page
    assert "Dựng bản in</button>" not in page
    pdf = StoredFile.objects.get(kind="report_pdf", frozen=True)
    assert b"".join(sign_in(world.reviewer).get(address("report_file", pdf.pk)).streaming_content).startswith(
        b"%PDF"
    )


def test_a_second_click_is_told_who_was_first(world, report, sign_in):
    client = sign_in(world.lead)
    client.post(address("report_clear"))
    page = html(client.post(address("report_clear"), follow=True))
    assert "Lãnh đạo Văn phòng Bộ vừa xử lý" in page
    assert report.events.count() == 1


def test_taking_back_wants_a_reason(world, report, sign_in):
    issuing.clear(report, actor=world.lead, now=YESTERDAY)
    client = sign_in(world.lead)
    assert client.post(address("report_take_back"), {"note": " "}).status_code == 422
    client.post(address("report_take_back"), {"note": "Bổ sung đơn vị"})
    assert Report.objects.get().state == ReportState.DRAFTING
    assert report.events.last().note == "Bổ sung đơn vị"


def test_a_correction_lists_both_reports(world, report, sign_in):
    issuing.issue(
        signed(world, report),
        number=7,
        issued_on=timezone.localdate(),
        actor=world.registry,
        now=timezone.now(),
    )
    client = sign_in(world.lead)
    client.post(address("report_correct"), {"note": "Sai số liệu"})
    page = html(client.get(address("report")))
    assert "đính chính Báo cáo số 07/BC-BYT" in page
    old = html(client.get(address("report_version", 1)))
    assert "Xem bản mới nhất" in old
    assert "Bản đã phát hành" in old
    assert client.get(address("report_version", 3)).status_code == 404


def test_steps_that_are_not_due_lead_back(world, report, sign_in):
    answer = sign_in(world.registry).get(address("report_issue"), follow=True)
    assert "Báo cáo hiện dự thảo" in html(answer)


def test_queries_do_not_grow_with_units(db, sign_in):
    world = make_world(more_units=2)
    report = consolidation.start_report(world.round, actor=world.reviewer, now=at("2025-10-20 09:00"))
    client = sign_in(world.lead)
    counts = []
    for code in ("cuc-a", "benh-vien-0", "benh-vien-1"):
        submit(world, code)
        accept(world, code)
        first = Passage.objects.filter(submission=world.assignment(code).accepted_submission).first()
        consolidation.take(report, first, actor=world.reviewer, now=at("2025-10-20 09:00"))
        with CaptureQueriesContext(connection) as queries:
            client.get(address("report"))
        counts.append(len(queries))
    assert len(set(counts)) == 1
