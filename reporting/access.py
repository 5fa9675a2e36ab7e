"""Fetch and authorise in one step: what a person may not see does not exist for them (404)."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from reporting.models import Assignment, Report, Round, Submission, UrgedUnit, UrgingLetter
from reporting.reminders import may_hold
from reporting.states import LetterState, RoundState
from units.access import Standing
from units.models import OFFICE_ROLES, Role, Unit


def assignment_of_unit(standing: Standing, pk: int) -> Assignment:
    """An assignment that one of the person's own units owes."""
    found = Assignment.objects.of_units(standing).select_related(
        "round", "unit", "group", "deadline", "extension__deadline", "return_deadline"
    )
    return get_object_or_404(found, pk=pk)


def as_the_office_sees(standing: Standing, pk: int) -> Assignment | None:
    """The assignment whose unit page somebody of the office asks for, though it is not of a unit of theirs.

    One mail goes to the unit and up its ladder to the office, with one link; whoever opens it is led on.
    """
    found = Assignment.objects.at_office(standing).exclude(unit_id__in=standing.unit_ids)
    return found.filter(pk=pk).select_related("round", "unit").first()


def assignment_at_office(standing: Standing, round_code: str, unit_code: str) -> Assignment:
    """An assignment of a round that the person's office owns."""
    found = Assignment.objects.at_office(standing).select_related(
        "round", "unit", "group", "deadline", "extension__deadline", "return_deadline", "accepted_submission"
    )
    return get_object_or_404(found, round__code=round_code, unit__code=unit_code)


def round_at_office(standing: Standing, code: str) -> Round:
    """A round the person's office owns; an admin may see it too, to set it up."""
    row = get_object_or_404(Round.objects.select_related("owner", "plan", "previous"), code=code)
    if standing.has(row.owner_id, *OFFICE_ROLES) or standing.user.is_admin:
        return row
    raise Http404


def office_round(standing: Standing, code: str) -> Round:
    """A started round that the person's office owns; what units wrote is not for admins."""
    row = get_object_or_404(Round.objects.select_related("owner", "plan", "previous"), code=code)
    if standing.has(row.owner_id, *OFFICE_ROLES) and row.state != RoundState.PREPARING:
        return row
    raise Http404


def unit_to_urge(standing: Standing, code: str) -> Unit:
    """A unit the person's office asks to report in a round that is not issued yet; an admin may see any."""
    unit = get_object_or_404(Unit, code=code)
    asking = Round.objects.filter(
        state__in=(RoundState.OPEN, RoundState.CLOSED),
        assignments__unit=unit,
        owner_id__in=standing.office_ids,
    )
    if standing.user.is_admin or asking.exists():
        return unit
    raise Http404


def unit_to_hold(standing: Standing, code: str, now: datetime) -> Unit:
    """A unit whose reminders the person may look at and hold."""
    unit = unit_to_urge(standing, code)
    if not may_hold(unit, standing.user, now):
        raise PermissionDenied("Việc này do chuyên viên, lãnh đạo Văn phòng hoặc quản trị hệ thống làm.")
    return unit


def contacts_page_of(standing: Standing, code: str) -> Unit:
    """A unit whose people one may look at: one's own, one the office asks to report; an admin any."""
    if own := Unit.objects.filter(code=code, pk__in=standing.unit_ids).first():
        return own
    return unit_to_urge(standing, code)


def report_at_office(standing: Standing, round_code: str, number: int) -> Report:
    row = office_round(standing, round_code)
    return get_object_or_404(Report.objects.select_related("round__owner"), round=row, number=number)


def may_urge(standing: Standing, row: Round) -> bool:
    """Whether the person may draft a letter to the round's late units now."""
    return row.state == RoundState.OPEN and standing.has(row.owner_id, Role.REVIEWER, Role.LEAD)


def letter_at_office(
    standing: Standing, round_code: str, pk: int, *roles: str, who: str = ""
) -> UrgingLetter:
    """An urging letter of a round that the person's office owns; with `roles` for those who hold one there."""
    row = office_round(standing, round_code)
    found = UrgingLetter.objects.select_related("drafted_by", "round__owner", "round__plan")
    letter = get_object_or_404(found, round=row, pk=pk)
    if roles:
        need_role(standing, row.owner_id, *roles, who=who)
    return letter


def letter_of_unit(standing: Standing, assignment_pk: int, letter_pk: int) -> UrgedUnit:
    """What an issued letter says of a duty of the person's own units; a letter goes to whom it names."""
    found = UrgedUnit.objects.filter(
        assignment__in=Assignment.objects.of_units(standing),
        letter__state=LetterState.ISSUED,
        left_because="",
    ).select_related("letter__round__owner", "assignment__round", "assignment__unit")
    # By the keys of the rows, not by the columns: a number no column holds is then one no row has.
    return get_object_or_404(found, assignment__pk=assignment_pk, letter__pk=letter_pk)


def submission_for(standing: Standing, code: str) -> Submission:
    found = Submission.objects.visible_to(standing).select_related(
        "assignment__round", "assignment__unit", "submitted_by", "on_behalf_of"
    )
    return get_object_or_404(found, code=code)


def need_admin(standing: Standing) -> None:
    """Refuse an insider without the right, and say who has it."""
    if not standing.user.is_admin:
        raise PermissionDenied("Việc này do quản trị hệ thống làm. Hãy liên hệ quản trị của Bộ.")


def need_role(standing: Standing, unit_id: int, *roles: str, who: str) -> None:
    if not standing.has(unit_id, *roles):
        raise PermissionDenied(f"Việc này do {who} làm.")
