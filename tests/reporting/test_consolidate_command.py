import json
from datetime import date
from io import StringIO

import pikepdf
import pytest
from django.core.management import CommandError, call_command

from reporting import consolidation, issuing
from reporting.models import Paragraph, RenderJob, Report, ReportEvent, StoredFile
from tests.factories import accept, at, submit


@pytest.fixture(autouse=True)
def _own_cache(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def run(*arguments):
    out = StringIO()
    call_command("consolidate", *arguments, stdout=out)
    return out.getvalue()


def test_a_round_without_a_report_is_printed_and_nothing_is_stored(world, tmp_path):
    submit(world, "cuc-a")
    accept(world, "cuc-a")
    facts = json.loads(run("khoa-giao-2025", "--output", str(tmp_path / "ra" / "day"), "--json"))
    assert list(facts) == ["round", "units_expected", "units_included", "pages", "seconds", "pdf"]
    assert (facts["round"], facts["units_expected"], facts["units_included"]) == ("khoa-giao-2025", 4, 1)
    assert facts["pdf"] == str(tmp_path / "ra" / "day" / "bao-cao-tong-hop.pdf")
    with pikepdf.open(facts["pdf"]) as pdf:
        assert len(pdf.pages) == facts["pages"]
    assert not Report.objects.exists()
    assert not StoredFile.objects.exists()


def rows():
    return [
        list(model.objects.order_by("pk").values())
        for model in (Report, Paragraph, ReportEvent, StoredFile, RenderJob)
    ]


def test_an_issued_report_stays_as_it_is(world, tmp_path):
    submit(world, "cuc-a")
    accept(world, "cuc-a")
    report = consolidation.start_report(world.round, actor=world.lead, now=at("2025-11-03 08:00"))
    issuing.clear(report, actor=world.lead, now=at("2025-11-03 09:00"))
    issuing.sign(
        report,
        authority="KT. BỘ TRƯỞNG",
        post="THỨ TRƯỞNG",
        name="Nguyễn Văn An",
        signed_on=date(2025, 11, 4),
        actor=world.lead,
        now=at("2025-11-04 09:00"),
    )
    issuing.issue(
        report, number=7, issued_on=date(2025, 11, 4), actor=world.registry, now=at("2025-11-04 10:00")
    )
    before = rows()
    out = run("khoa-giao-2025", "--output", str(tmp_path))
    assert "1/4 đơn vị" in out
    assert rows() == before


def test_an_unknown_round_names_the_rounds_there_are(world, tmp_path):
    with pytest.raises(CommandError, match="khoa-giao-2031.*Các đợt: khoa-giao-2025"):
        run("khoa-giao-2031", "--output", str(tmp_path))
    assert not list(tmp_path.glob("*.pdf"))


def test_a_folder_that_cannot_be_written_is_named(world, tmp_path):
    (tmp_path / "tep").write_text("")
    with pytest.raises(CommandError, match="Không ghi được"):
        run("khoa-giao-2025", "--output", str(tmp_path / "tep"))
