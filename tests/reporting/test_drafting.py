import pytest

from reporting import drafting, narrative, opening, submitting
from reporting.lifecycle import Refused
from reporting.models import Answer, Event, Figure, Section, WarningReason
from reporting.states import AnswerStatus, State
from tests.factories import TEXT, at, fill, submit

NOW = at("2025-10-10 09:00")


def save(world, assignment, key="1.1", *, actor=None, html=TEXT, seen=0, when=NOW, **values):
    section = Section.objects.get(round=world.round, key=key)
    return drafting.save_section(
        assignment,
        section,
        **{
            "html": html,
            "status": AnswerStatus.IN_PROGRESS,
            "amounts": {},
            "seen_version": seen,
            "actor": actor or world.reporters["cuc-a"],
            "now": when,
            **values,
        },
    )


def test_the_first_save_starts_the_report(world):
    assignment = world.assignment("cuc-a")
    answer = save(world, assignment)
    assert (answer.version, answer.updated_by, answer.updated_at) == (1, world.reporters["cuc-a"], NOW)
    fresh = world.assignment("cuc-a")
    assert (fresh.state, fresh.touched_at) == (State.IN_PROGRESS, NOW)
    assert Event.objects.get(assignment=assignment).action == "start"


def test_a_save_on_the_newest_version_counts_up(world):
    assignment = world.assignment("cuc-a")
    for seen in range(3):
        assert save(world, assignment, seen=seen, html=f"<p>Lần {seen}</p>").version == seen + 1
    assert Answer.objects.get(assignment=assignment).narrative == "<p>Lần 2</p>"


@pytest.mark.parametrize("seen", [0, 1])
def test_an_older_version_is_a_conflict_and_nothing_is_overwritten(world, seen):
    assignment = world.assignment("cuc-a")
    indicator = world.round.indicators.get(code="hoi_nghi")
    save(world, assignment, html="<p>Bản một</p>")
    theirs = world.approvers["cuc-a"]
    save(world, assignment, seen=1, html="<p>Bản của đồng nghiệp</p>", amounts={indicator: 4}, actor=theirs)
    with pytest.raises(drafting.Conflict) as caught:
        save(world, assignment, seen=seen, html="<p>Bản của tôi</p>", amounts={indicator: 9})
    assert caught.value.answer.version == 2
    assert caught.value.answer.updated_by == theirs
    assert Answer.objects.get(assignment=assignment).narrative == "<p>Bản của đồng nghiệp</p>"
    assert Figure.objects.get(assignment=assignment).amount == 4


def test_a_version_of_a_section_nobody_saved_is_refused(world):
    with pytest.raises(Refused, match="tải lại"):
        save(world, world.assignment("cuc-a"), seen=5)
    assert not Answer.objects.exists()


def test_two_people_start_at_once(world):
    mine, theirs = world.assignment("cuc-a"), world.assignment("cuc-a")
    save(world, theirs, key="1.1", actor=world.approvers["cuc-a"])
    save(world, mine, key="1.2")  # `mine` still says "not started"; the save goes through
    assert Answer.objects.count() == 2
    assert Event.objects.filter(action="start").count() == 1


def test_figures_are_set_changed_and_taken_away(world):
    assignment = world.assignment("cuc-a")
    one, two = world.round.indicators.filter(section__key="1.1")[:2]
    save(world, assignment, amounts={one: 4, two: 5})
    save(world, assignment, seen=1, amounts={one: 6, two: None})
    assert list(Figure.objects.values_list("indicator_id", "amount")) == [(one.pk, 6)]
    save(world, assignment, seen=2, amounts={})
    assert Figure.objects.get().amount == 6


@pytest.mark.parametrize(
    ("html", "reason"),
    [("<p>MẬT</p><p>Nội dung</p>", ""), ("<p>Nội dung</p>", "TỐI MẬT"), ("Độ mật: Tuyệt mật", "")],
)
def test_a_secrecy_mark_stores_nothing(world, html, reason):
    assignment = world.assignment("cuc-a")
    with pytest.raises(drafting.SecretMark, match="Bí mật nhà nước"):
        save(world, assignment, html=html, reason=reason)
    assert not Answer.objects.exists()
    assert world.assignment("cuc-a").state == State.NOT_STARTED


def test_a_text_too_long_stores_nothing(world):
    with pytest.raises(narrative.NarrativeTooLong):
        save(world, world.assignment("cuc-a"), html=f"<p>{'dài ' * 60_000}</p>")
    assert not Answer.objects.exists()


def test_the_text_is_cleaned_on_save(world):
    answer = save(
        world, world.assignment("cuc-a"), html='<p onclick="x()">Đã <b>làm</b></p><script>x()</script>'
    )
    assert answer.narrative == "<p>Đã <strong>làm</strong></p>"


@pytest.mark.parametrize("who", ["outsider", "admin", "reviewer"])
def test_nobody_else_writes_for_the_unit(world, who):
    with pytest.raises(Refused, match="không soạn"):
        save(world, world.assignment("cuc-a"), actor=getattr(world, who))
    assert not Answer.objects.exists()


def test_nothing_is_written_once_the_report_was_handed_over(world):
    assignment = world.assignment("cuc-a")
    fill(assignment, actor=world.reporters["cuc-a"], now=NOW)
    seen_by_colleague = world.assignment("cuc-a")  # still "in progress" in the hands of a colleague
    submitting.request_approval(assignment, actor=world.reporters["cuc-a"], now=NOW)
    with pytest.raises(Refused, match="trình duyệt"):
        save(world, seen_by_colleague, seen=1)
    assert Answer.objects.filter(section__key="1.1", version=1).exists()


def test_nothing_is_written_once_the_round_is_closed(world):
    opening.close_round(world.round, actor=world.lead, now=at("2025-11-01 08:00"))
    with pytest.raises(Refused, match="không còn mở"):
        save(world, world.assignment("cuc-a"))


def test_progress_counts_finished_sections(world):
    assignment = world.assignment("cuc-a")
    for key, status in [("1.1", "done"), ("1.2", "nil"), ("1.3", "not_applicable"), ("1.4", "in_progress")]:
        save(world, assignment, key=key, status=AnswerStatus(status), reason="Ngoài phạm vi")
    assert (assignment.sections_done, world.assignment("cuc-a").sections_done) == (3, 3)
    save(world, assignment, key="1.1", seen=1)
    assert world.assignment("cuc-a").sections_done == 2


def test_reasons_are_kept_changed_and_taken_away(world):
    assignment = world.assignment("cuc-a")
    give = {"actor": world.reporters["cuc-a"], "now": NOW}
    drafting.give_reasons(assignment, {"short-1.1": " Ít việc. ", "short-1.2": "Chưa có."}, **give)
    drafting.give_reasons(assignment, {"short-1.1": "Mới thành lập.", "short-1.2": "  "}, **give)
    assert list(WarningReason.objects.values_list("check_code", "reason")) == [
        ("short-1.1", "Mới thành lập.")
    ]


@pytest.mark.parametrize("who", ["outsider", "reviewer"])
def test_reasons_are_the_units_own(world, who):
    with pytest.raises(Refused):
        drafting.give_reasons(
            world.assignment("cuc-a"), {"short-1.1": "Khác."}, actor=getattr(world, who), now=NOW
        )


def test_reasons_stay_as_they_were_sent(world):
    submit(world, "cuc-a")
    with pytest.raises(Refused):
        drafting.give_reasons(
            world.assignment("cuc-a"),
            {"short-1.1": "Sau."},
            actor=world.reporters["cuc-a"],
            now=at("2025-10-11 08:00"),
        )
    assert not WarningReason.objects.exists()
