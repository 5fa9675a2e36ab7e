"""What a unit and those it took over from answered before: figures, texts, and who may read the papers."""

from datetime import date

import pytest
from django.urls import reverse

from reporting import duty_list
from reporting.checks import read_draft
from reporting.last_year import last_year
from reporting.models import Assignment, Attachment, Submission
from reporting.models.assignment import predecessor_ids
from reporting.quantities import format_amount
from reporting.summary_cards import summarise
from tests.factories import TEXT, accept, at, give, make_round, person, submit
from tests.remembered import once
from units.access import standing
from units.models import Role, Succession, Unit

ON = date(2025, 9, 1)


def end(old: Unit, heir: Unit, on: date = ON) -> None:
    Succession.objects.create(predecessor=old, successor=heir, effective_on=on)
    old.valid_to = on
    old.save()


@pytest.fixture
@once
def merged(world):
    """`benh-vien-b` took over from `cuc-a` on 1/9/2025; both had a report accepted in 2024."""
    earlier = make_round(world, code="khoa-giao-2024", year=2024, opened_at="2024-09-15 09:30")
    this_year, world.round = world.round, earlier
    for code, amount in (("cuc-a", 100), ("benh-vien-b", 40)):
        submit(
            world, code, "2024-10-10 09:00", amount=amount, text=f"{TEXT}<p>Kết quả của {code} trong năm.</p>"
        )
        accept(world, code, "2024-10-12 10:00")
    world.round = this_year
    this_year.previous = earlier
    this_year.save()
    end(world.units[0], world.units[1])
    return world.assignment("benh-vien-b")


def test_figures_of_several_units_are_summed_and_rates_are_not(merged):
    draft = read_draft(merged)
    assert (draft.last_year["hoi_nghi"], draft.summed_from["hoi_nghi"]) == (140, 2)
    assert "ty_le_quan_triet" not in draft.last_year
    shown = {line.indicator.code: line.before for card in summarise(draft).cards for line in card.figures}
    assert shown["hoi_nghi"] == "140 (cộng từ 2 đơn vị)"
    rates = [i for rows in draft.indicators.values() for i in rows if i.rollup == "none"]
    assert rates
    assert [shown[i.code] for i in rates] == [""] * len(rates)


def test_of_one_predecessor_its_own_figures_stand(world, merged):
    heir = Unit.objects.create(code="don-vi-moi", name="Đơn vị mới")
    end(world.units[0], heir)
    row = Assignment.objects.create(
        round=world.round,
        unit=heir,
        group=merged.group,
        unit_name=heir.name,
        deadline=merged.deadline,
        created_at=at("2025-10-01 08:00"),
    )
    draft = read_draft(row)
    assert (draft.last_year["hoi_nghi"], draft.summed_from) == (100, {})
    rate = next(i for rows in draft.indicators.values() for i in rows if i.rollup == "none")
    assert format_amount(draft.last_year[rate.code], rate.decimals)
    assert last_year(row).submission.unit_name == world.units[0].name


def test_texts_stand_under_the_name_of_their_unit(merged):
    found = last_year(merged)
    assert [s.unit_name for s in found.submissions] == [merged.unit_name, "Cục Quản lý Y, Dược cổ truyền"]
    text = found.texts["2"]
    assert text.index(merged.unit_name) < text.index("của benh-vien-b") < text.index("của cuc-a")


def test_a_successor_reads_what_was_sent_and_only_that(world, merged, client):
    sent = Submission.objects.get(assignment__unit=world.units[0])
    draft_file = Attachment.objects.create(
        assignment=sent.assignment,
        name="nhap.pdf",
        path="x",
        content_type="application/pdf",
        size=1,
        sha256="0" * 64,
        uploaded_by=world.reporters["cuc-a"],
        uploaded_at=at("2025-09-20 08:00"),
    )
    pages = {
        sent.get_absolute_url(): (200, 404),
        sent.assignment.get_absolute_url(): (404, 404),
        reverse("reporting:attachment", args=[sent.assignment_id, draft_file.pk]): (404, 404),
    }
    outsiders = (world.reporters["so-c"], world.outsider)
    for url, (heir, stranger) in pages.items():
        client.force_login(world.reporters["benh-vien-b"])
        assert client.get(url).status_code == heir, url
        for user in outsiders:
            client.force_login(user)
            assert client.get(url).status_code == stranger, url
    listed = duty_list.sent(standing(world.reporters["benh-vien-b"], date(2025, 10, 1)))
    assert {(row.submission.code, row.is_own) for row in listed} >= {(sent.code, False)}
    assert duty_list.sent(standing(world.outsider, date(2025, 10, 1))) == []


def test_before_the_day_and_of_a_unit_that_goes_on_nothing_is_inherited(world):
    old, heir = world.units[:2]
    Succession.objects.create(predecessor=old, successor=heir, effective_on=ON)
    assert predecessor_ids([heir.pk], ON) == set(), "it has not ended"
    old.valid_to = ON
    old.save()
    assert predecessor_ids([heir.pk], date(2025, 8, 31)) == set()
    last = Unit.objects.create(code="cuoi", name="Đơn vị cuối")
    end(heir, last)
    assert predecessor_ids([last.pk], ON) == {old.pk, heir.pk}
    someone = give(person("moi"), last, Role.REPORTER)
    assert set(Assignment.objects.inherited_by(standing(someone, ON)).values_list("unit_id", flat=True)) == {
        old.pk,
        heir.pk,
    }
