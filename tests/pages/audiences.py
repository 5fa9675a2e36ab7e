"""Who gets what at an address: the answers, and the audiences that many addresses share."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from tests.personas import Persona


class Answer(Enum):
    """What somebody gets. OK: the page, or for a post that it was heard; MOVED: on to another page;

    LOGIN: to the login page, which knows where to come back to; GONE: 404; DENIED: 403, says who may;
    REFUSED: the page again, or 403, with nothing changed.
    """

    OK = "ok"
    MOVED = "moved"
    LOGIN = "login"
    GONE = "gone"
    DENIED = "denied"
    REFUSED = "refused"


Audience = Mapping[Persona, Answer]
OK, MOVED, LOGIN, GONE, DENIED, REFUSED = Answer
UNIT = (Persona.REPORTER, Persona.APPROVER)
OFFICE = (Persona.REVIEWER, Persona.LEAD, Persona.REGISTRY)


def audience(
    others: Answer, *known: tuple[tuple[Persona, ...], Answer], anonymous: Answer = LOGIN
) -> Audience:
    """Everybody's answer: `others` for whoever is not named."""
    answers = dict.fromkeys(Persona, others) | {Persona.ANONYMOUS: anonymous}
    for personas, answer in known:
        answers |= dict.fromkeys(personas, answer)
    return answers


PUBLIC = audience(OK, anonymous=OK)
SIGNED_IN = audience(OK)
OF_UNIT = audience(GONE, (UNIT, OK))
APPROVER_ACTS = audience(GONE, ((Persona.APPROVER,), OK), ((Persona.REPORTER,), REFUSED))
UNIT_AND_OFFICE = audience(GONE, (UNIT + OFFICE, OK))
AT_OFFICE = audience(GONE, (OFFICE, OK))
EDITORS_ACT = audience(GONE, ((Persona.REVIEWER, Persona.LEAD), OK), ((Persona.REGISTRY,), REFUSED))
LEAD_ACTS = audience(GONE, ((Persona.LEAD,), OK), ((Persona.REVIEWER, Persona.REGISTRY), REFUSED))
EDITORS_SEE = audience(GONE, ((Persona.REVIEWER, Persona.LEAD), OK), ((Persona.REGISTRY,), DENIED))
_URGERS = (Persona.REVIEWER, Persona.LEAD, Persona.ADMIN)
URGES = audience(GONE, (_URGERS, OK), ((Persona.REGISTRY,), REFUSED))
URGES_SEE = audience(GONE, (_URGERS, OK), ((Persona.REGISTRY,), DENIED))
LEAD_SEES = audience(GONE, ((Persona.LEAD,), OK), ((Persona.REVIEWER, Persona.REGISTRY), DENIED))
SIGNERS_SEE = audience(GONE, ((Persona.LEAD, Persona.REGISTRY), OK), ((Persona.REVIEWER,), DENIED))
REGISTRY_SEES = audience(GONE, ((Persona.REGISTRY,), OK), ((Persona.REVIEWER, Persona.LEAD), DENIED))
_LOOKERS = (*OFFICE, Persona.ADMIN)
AT_OFFICE_OR_ADMIN = audience(GONE, (_LOOKERS, OK))
SEES_CONTACTS = audience(GONE, ((*UNIT, *_LOOKERS), OK))
SAYS_CONTACTS = audience(GONE, (UNIT, OK), (_LOOKERS, REFUSED))
_ONLY_LOOK = (Persona.REVIEWER, Persona.REGISTRY, Persona.ADMIN)
LEAD_RULES = audience(GONE, ((Persona.LEAD,), OK), (_ONLY_LOOK, REFUSED))
LEAD_RULES_SEE = audience(GONE, ((Persona.LEAD,), OK), (_ONLY_LOOK, DENIED))
ADMIN_ONLY = audience(DENIED, ((Persona.ADMIN,), OK))
